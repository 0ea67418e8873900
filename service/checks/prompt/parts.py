"""What a prompt says: its seven parts, found by rules and no model, and what it says twice over.

A part is found by a cue, a turn of phrase that announces it ("Bạn là …", "không quá … tiếng"), or by a label at the
head of a line ("Bối cảnh:", or the ones of CO-STAR, RTF and RISEN). A sentence is cut at its cues; each piece belongs
to the cue it begins with, so every span is a clause. Sentences typed without diacritics are read by the same cues
with their marks taken off. A part still holding an unfilled "[…]" or "…" of its starter sentence is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from service.checks.demands import gap_mark, most_syllables
from service.checks.prompt.cues import (
    CUES,
    LABELLED,
    LETTERS,
    NO_PARTS,
    NOT_MEANT,
    ORDER,
    SITUATION,
    SPOKEN_OF,
    TOO_LIKE,
    UNDATED,
    WORDS,
)
from service.quantities import quantities
from service.records import PARTS, Assertion, Case, CheckResult, Exercise, Finding, Level, Span
from service.text import comparable, count_syllables, fold, has_marks, sentences

LABELS = {
    "role": "Vai trò",
    "context": "Bối cảnh",
    "task": "Nhiệm vụ",
    "data": "Dữ liệu",
    "format": "Định dạng",
    "constraints": "Ràng buộc",
    "self_check": "Tự kiểm tra",
}

STARTERS = {
    "role": "Bạn là chuyên viên [phòng, cơ quan nào].",
    "context": "Văn bản này phục vụ [việc gì], người đọc là [ai].",
    "task": "Hãy soạn thảo [văn bản gì, về việc gì].",
    "data": "Chỉ dùng tài liệu kèm theo.",
    "format": "Trình bày thành từng mục, mỗi ý một dòng.",
    "constraints": "Giữ nguyên ngày, giờ và số liệu; không tự thêm; thiếu thì ghi [cần bổ sung].",
    "self_check": "Cuối bài, liệt kê những điểm cần xác minh lại.",
}
"""A sentence to begin each part with; what stands in brackets is for the person to fill in."""

_TABLE = "Trình bày thành bảng gồm các cột [tên từng cột], mỗi ý một dòng."
_TABULAR = frozenset({"extract", "compare_texts"})
"""Kinds of exercise whose answer is a table."""

_MISSING = {
    "role": ("Chưa giao vai cho máy", "Chưa biết mình viết thay ai, máy dễ chọn sai cách xưng và giọng văn."),
    "context": ("Chưa nói bối cảnh", "Máy chưa biết văn bản dùng vào việc gì và ai đọc nên dễ viết chung chung."),
    "task": (
        "Chưa nêu rõ việc phải làm",
        "Thiếu một động từ như soạn thảo, tóm tắt, đối chiếu thì máy phải đoán việc.",
    ),
    "data": ("Chưa chỉ ra dữ liệu", "Không được chỉ nguồn, máy lấy số liệu từ trí nhớ của nó và có thể sai."),
    "format": ("Chưa nêu định dạng", "Máy tự chọn độ dài và bố cục, thường dài và khác mẫu cần dùng."),
    "constraints": ("Chưa có ràng buộc", "Máy dễ thêm số liệu cho trôi câu."),
    "self_check": (
        "Chưa yêu cầu tự kiểm tra",
        "Được nhắc rà lại, máy chỉ ra chỗ chưa chắc và anh/chị đỡ phải dò cả bài.",
    ),
}


@dataclass(frozen=True)
class PartFound:
    """A stretch of the prompt that is one of the seven parts."""

    part: str
    start: int
    end: int


_LABEL = re.compile(
    r"[\s>*#_\-–•]{0,9}(?:[0-9]{1,2}[.)]\s?)?[*_]{0,3}(?P<label>[^\W\d_](?:[\w /\-]{1,24}?)?)[*_]{0,3}\s?"
    r"(?:\([^)\n]{1,30}\)\s?)?(?::|\s[–-]\s|\s=\s)[*_]{0,3}\s*"
)
_QUOTED = re.compile(r"(\"{3}|'{3}|`{3}).+?\1", re.DOTALL)
_UNFILLED = re.compile(
    r"\[(?!cần|chưa|can bo sung|chua|[0-9]|(?-i:[A-ZĐ_]+_[0-9]+\]))[^\]\n]*\]|\[\]|…|\.{3}", re.IGNORECASE
)
_AGAIN = re.compile(
    r"(?:hãy |hay )?\w+(?: \w+)? (?:lại|lai)\b", re.IGNORECASE
)  # "Kiểm tra lại …" can be the whole task
_TRIM = " \t\n,;:-–•*+"


_CAPITAL = "[" + "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper()) + "]"


_NOT_TO = "(thêm|bịa|nói|viết|hứa|quá|làm|để|ghi|nêu|nhắc|bỏ|sửa|dài|có|kể|gây|bao giờ|quên|suy|đoán|tự)"
"""Without marks «đừng» looks like «dùng», and says no only before these."""


@cache
def _compiled(rule: str, marked: bool) -> re.Pattern[str]:
    for _ in range(2):  # a list of words may name another
        for name, words in WORDS.items():
            rule = rule.replace(name, f"({words})")
    if not marked:
        rule = re.sub(rf"\|(?:{'|'.join(TOO_LIKE)})(?=[|)])|(?<=[(|])(?:{'|'.join(TOO_LIKE)})\|", "", rule)
        rule = rule.replace("đừng|", "đừng (?=@NOT)|").replace("@NOT", _NOT_TO)
    rule = rule if marked else "".join(letter if letter.isascii() else fold(letter) for letter in rule)
    # A look-behind has a fixed width, so its spaces stay single ones.
    rule = re.sub(r"(\(\?<[=!](?:\\.|[^)\\])*\))| ", lambda found: found[1] or r"\s+", rule)
    return re.compile(rule.replace("@PROPER", f"(?-i:{_CAPITAL})"), re.IGNORECASE)


@cache
def _cues(marked: bool) -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    lines = (
        (order, part, line.strip())
        for order, part in enumerate(ORDER)
        for line in re.split(r"\n(?!\s*\|)", CUES[part].strip())
    )
    return tuple((order, part, _compiled(re.sub(r"\n\s*", "", line), marked)) for order, part, line in lines)


@cache
def _not_meant() -> dict[str, re.Pattern[str]]:
    return {part: _compiled(rule, marked=False) for part, rule in NOT_MEANT.items()}


def find_parts(prompt: str) -> tuple[PartFound, ...]:
    """The parts of a prompt in order, each clause once; the same part may come several times.

    Pure and quick: it runs while a person types.
    """
    return tuple(one for one in _read(prompt) if one.part not in NO_PARTS)


def _read(prompt: str) -> tuple[PartFound, ...]:
    """The parts of a prompt, and between them what only reads like one (``NO_PARTS``)."""
    plain = comparable(prompt)
    quoted = [match.span() for match in _QUOTED.finditer(plain)]
    found = [PartFound("data", start, end) for start, end in quoted]
    lines = [(start, end) for start, end in sentences(prompt) if not any(a < end and start < b for a, b in quoted)]
    letters = _frame([plain[start:end] for start, end in lines])
    labels = {part for start, end in lines for part, _ in [_label(plain[start:end], letters)] if part}
    under, head, pasted = "", "", False
    for start, end in lines:
        part, skip = _label(plain[start:end], letters)
        under, head = (part, plain[start : start + skip]) if part else (under, head)
        default = under or ("data" if pasted else "")
        pieces = tuple(_pieces(plain[start + skip : end], default, frozenset(labels if under else ())))
        for part, left, right in pieces:
            banned = part == "invention" and _BAN.search(head + plain[start + skip : start + skip + left])
            found.append(PartFound("constraints" if banned else part, start + skip + left, start + skip + right))
        if plain[start:end].rstrip().endswith(":"):
            head = plain[start:end]
            pasted = pasted or any(part in ("task", "data") for part, _, _ in pieces)
    if "data" not in labels and all(one.part != "data" for one in found):
        found = _with_details(found, prompt)
    return _settled(found, plain)


_BAN = re.compile(
    r"\b(?:(?:không|khong)(?! (?:quá|vượt|dưới|cần|phải|biết|có|qua|vuot|duoi|can|phai|biet|co)\b)"
    r"|đừng|chớ|tránh|cấm|lỗi|tranh|cam|loi)\b[^;.]*\Z",
    re.IGNORECASE,
)
"""«Không bịa, tự thêm số liệu», «Tránh: tự thêm số liệu»: what comes last is forbidden."""


def _frame(lines: list[str]) -> Mapping[str, str]:
    """What single letters at the head of sentences stand for, when together they are one of the frames."""
    given = {match["label"].lower() for match in map(_LABEL.match, lines) if match and len(match["label"]) == 1}
    if len(given) < 2:
        return {}
    return next((parts for _, parts in LETTERS if given <= parts.keys()), {})


def _label(sentence: str, letters: Mapping[str, str]) -> tuple[str, int]:
    """The part a label at the head of a line announces, and how far the label reaches; ("", 0) without one."""
    match = _LABEL.match(sentence)
    if not match:
        return "", 0
    label = fold(match["label"]).strip()
    part = letters.get(label, "") or next((LABELLED[one] for one in (label, *label.split("/")) if one in LABELLED), "")
    return (part, match.end()) if part else ("", 0)


def _pieces(sentence: str, default: str, closed: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Cut a sentence at its cues. Parts in ``closed`` have a label of their own elsewhere: their cues do not count."""
    marked = has_marks(sentence)
    hits = [
        (match.start("it" if "it" in cue.groupindex else 0), order, match.end(), part)
        for order, part, cue in _cues(marked)
        if part not in closed
        for match in cue.finditer(sentence)
    ]
    if not default and not sentence.rstrip().endswith("?"):
        told = (match.start() for match in _compiled(SITUATION, marked).finditer(sentence))
        hits += [(start, len(ORDER), start + 1, "context") for start in told]
    if not marked:
        other = {part: [match.span() for match in like.finditer(sentence)] for part, like in _not_meant().items()}
        hits = [hit for hit in hits if not any(start <= hit[0] < end for start, end in other.get(hit[3], ()))]
    cuts, reach = [(0, default)] if default else [], 0
    for start, _, end, part in sorted(hits):
        if start >= reach:
            inside = bool(cuts) and cuts[-1][1] == "role" and not re.search(r"[,;:.]", sentence[cuts[-1][0] : start])
            if part == "context" and inside and _OF_WHOM.match(sentence, start):
                continue  # where the machine is to work is not yet where the writer does
            cuts, reach = [*cuts, (start, part)], end
    if sentence.rstrip().endswith("?") and all(part != "task" for _, part in cuts):
        aside = re.compile(r"[,:]\s").search(sentence, reach)  # "Theo tài liệu đã chọn, mức hỗ trợ là bao nhiêu?"
        if aside or not cuts:
            cuts.append((aside.end() if aside else 0, "task"))
        elif count_syllables(sentence[: cuts[0][0]]) > 1:
            cuts.insert(0, (0, "task"))
    for at, (start, part) in enumerate(cuts):
        left = 0 if at == 0 else start
        yield part, left, cuts[at + 1][0] if at + 1 < len(cuts) else len(sentence)


_OF_WHOM = re.compile(r"(?:của|cua|thuộc|thuoc|ubnd|xã|xa|phường|phuong|trường|truong|thôn|thon)\b", re.IGNORECASE)
_NO_DETAIL = frozenset(("article", "words", "fraction"))
_OF_FORM = re.compile(
    r"\s*(?:từ|tiếng|chữ|dòng|câu|ý|trang|gạch|đoạn|mục|phần|cột|bước|phút|lựa|slide|tu|tieng|chu|dong|cau|trang"
    r"|doan|muc|phan"
    r"|cot|buoc|phut)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"\b(?:ông|bà|anh|chị|ong|ba)\s(?-i:{_CAPITAL}\w+(?:\s{_CAPITAL}\w+)*)", re.IGNORECASE)


def _with_details(found: list[PartFound], prompt: str) -> list[PartFound]:
    """Two concrete details that the answer is to use are data, even where nothing announces them."""
    bound = [(one.start, one.end) for one in found if one.part in ("format", "constraints", "role", "self_check")]
    details = {
        (one.kind, one.value): (one.start, one.end)
        for one in quantities(prompt)
        if one.kind not in _NO_DETAIL
        and not (one.kind == "date" and len(one.value) == 4)
        and not _OF_FORM.match(prompt, one.end)
        and not any(a <= one.start < b for a, b in bound)
    }
    spans = sorted([*details.values(), *(match.span() for match in _PERSON.finditer(prompt))])
    return [*found, PartFound("data", spans[0][0], spans[-1][1])] if len(spans) >= 2 and details else found


def _settled(found: list[PartFound], plain: str) -> tuple[PartFound, ...]:
    """Trim the pieces, drop what says nothing yet, join neighbours of one part, and make sure of the task."""
    pieces = list[PartFound]()
    for piece in sorted(found, key=lambda piece: piece.start):
        said = plain[piece.start : piece.end]
        if count_syllables(said) < (1 if piece.part in ("task", "data", "format") else 2) or _UNFILLED.search(said):
            continue
        start = piece.start + len(said) - len(said.lstrip(_TRIM))
        end = piece.start + len(said.rstrip(_TRIM))
        last = pieces[-1] if pieces else None
        if last and last.part == piece.part and not plain[last.end : start].strip(_TRIM):
            pieces[-1] = PartFound(piece.part, last.start, end)
        else:
            pieces.append(PartFound(piece.part, start, end))
    first = pieces[0] if pieces else None
    if (
        first
        and first.part == "self_check"
        and _AGAIN.match(plain, first.start)
        and all(piece.part != "task" for piece in pieces)
    ):
        pieces[0] = PartFound("task", first.start, first.end)
    return tuple(pieces)


# ── the checks ──────────────────────────────────────────────────────────────────────────────────


def prompt_has(case: Case, assertion: Assertion) -> CheckResult:
    """The parts an exercise asks for are there (``value``: names of parts; else the exercise's, else all seven)."""
    wanted = _listed(assertion.value) or case.exercise.prompt_parts or PARTS
    read = _read(case.prompt)
    found = [one for one in read if one.part not in NO_PARTS]
    have = [part for part in wanted if any(piece.part == part for piece in found)]
    missing = [part for part in wanted if part not in have]
    begun = _begun(case.prompt)
    findings = [begun[part] if part in begun else _missing(part, case.exercise) for part in missing]
    findings += [begun[part] for part in have if part in begun and begun[part].seen in _OFFERED]
    if found:
        spans = tuple(Span(piece.start, piece.end, piece.part, "prompt") for piece in found)
        findings.append(_present(spans, complete=not missing))
    findings += _lengths(case.prompt, case.exercise)
    findings += [_invented(one, case) for one in read if one.part == "invention"]
    reason = (
        f"Câu lệnh có {len(have)}/{len(wanted)} phần cần có."
        if not missing
        else f"Câu lệnh còn thiếu: {', '.join(LABELS[part].lower() for part in missing)}."
    )
    return CheckResult("prompt-has", not missing, len(have) / len(wanted), reason, tuple(findings), of="prompt")


def prompt_max_words(case: Case, assertion: Assertion) -> CheckResult:
    """The prompt is not longer than ``value`` syllables."""
    limit, length = int(assertion.value), count_syllables(case.prompt)
    if length <= limit:
        return CheckResult(
            "prompt-max-words", True, 1.0, f"Câu lệnh dài {length} tiếng, trong mức {limit}.", of="prompt"
        )
    finding = Finding(
        check="prompt-max-words",
        level=Level.ACTIONABLE,
        title=f"Câu lệnh dài {length} tiếng, quá mức {limit}",
        why="Câu lệnh dài lấn chỗ của tài liệu mà máy phải đọc.",
        try_next="Bỏ ý lặp lại và những điều đã có trong tài liệu kèm theo.",
    )
    return CheckResult("prompt-max-words", False, limit / length, finding.title + ".", (finding,), of="prompt")


def _listed(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


def speaks_of(words: str, missing: Collection[str]) -> bool:
    """A trainer's words on a prompt that is not enough are about a part that is missing, as far as can be told.

    Without a task everything is missing; words that name no part may be about any.
    """
    spoken = {part for part, cue in SPOKEN_OF.items() if re.search(cue, words, re.IGNORECASE)}
    return "task" in missing or not spoken or not spoken.isdisjoint(missing)


def starter_of(part: str, exercise: Exercise) -> str:
    """The sentence to begin a part with, in keeping with what the exercise asks."""
    starter = STARTERS[part]
    if part == "constraints":
        return starter.replace("[cần bổ sung]", gap_mark(exercise))
    if part != "format":
        return starter
    starter = _TABLE if exercise.tables or exercise.kind in _TABULAR else starter
    most = most_syllables(exercise)
    return f"{starter.removesuffix('.')}, không quá {most} tiếng." if most else starter


def _missing(part: str, exercise: Exercise) -> Finding:
    title, why = _MISSING[part]
    level = Level.ESSENTIAL if part == "task" else Level.ACTIONABLE
    starter = starter_of(part, exercise)
    return Finding("prompt-has", level, title, why=why, try_next=f"Thêm câu: «{starter}»", part=part, insert=starter)


_OFFERED = frozenset(_UNFILLED.findall(" ".join((*STARTERS.values(), _TABLE))))
"""Blanks that can only come from a starter sentence; another one in a part that says enough may be meant so."""


def _begun(prompt: str) -> dict[str, Finding]:
    """The first blank of each part that has one: the prompt is read as if they were filled in."""
    plain = comparable(prompt)
    places = [match.span() for match in _UNFILLED.finditer(plain)]
    pieces = find_parts(_UNFILLED.sub(lambda match: "x" * len(match[0]), plain)) if places else ()
    return {
        piece.part: Finding(
            check="prompt-has",
            level=Level.ESSENTIAL if piece.part == "task" else Level.ACTIONABLE,
            title=f"Còn chỗ trống {prompt[start:end]}, anh/chị điền vào",
            why=_MISSING[piece.part][1],
            seen=prompt[start:end],
            part=piece.part,
            spans=(Span(start, end, of="prompt"),),
        )
        for start, end in reversed(places)
        for piece in pieces
        if piece.start < end and start < piece.end
    }


def _present(spans: tuple[Span, ...], complete: bool) -> Finding:
    names = ", ".join(LABELS[part].lower() for part in PARTS if any(span.label == part for span in spans))
    if complete:
        return Finding("prompt-has", Level.CELEBRATORY, f"Câu lệnh đủ các phần: {names}", spans=spans)
    return Finding("prompt-has", Level.INFORMATIVE, f"Câu lệnh đã có: {names}", spans=spans)


def _invented(order: PartFound, case: Case) -> Finding:
    return Finding(
        check="prompt-has",
        level=Level.ACTIONABLE,
        title="Câu lệnh cho phép máy tự nghĩ ra số liệu",
        why="Số liệu máy nghĩ ra trông như thật, khi ký khó nhận biết.",
        try_next=f"Sửa chỗ này thành: «Không tự thêm số liệu; thiếu thì ghi {gap_mark(case.exercise)}.»",
        seen=case.prompt[order.start : order.end],
        spans=(Span(order.start, order.end, of="prompt"),),
    )


_BOUND = "không quá|không vượt quá|tối đa|dưới|ít nhất|tối thiểu|trên|khoảng|chừng"
_TELLING = "trong vòng|trong|(?<!kéo )dài|đúng"
"""These announce a length of the text only where the number is not one of hours («trong 3 tiếng»)."""
_LONG = WORDS["@LONG"].replace("@PAPER", WORDS["@PAPER"]).replace(" ", r"\s+")
_LENGTH = re.compile(
    rf"\b(?:(?P<bound>{_BOUND}|{_TELLING}|{fold(_BOUND)}|{fold(_TELLING)}):?\s+)?(?:(?:từ|tu)\s+)?{UNDATED}"
    rf"{fold(UNDATED)}(?:(?P<least>[0-9]{{1,5}})\s*(?:đến|tới|den|toi|[–-])\s*)?(?P<n>[0-9]{{1,5}})\s*"
    rf"(?:(?(bound)(?:từ|tu)|(?:{_LONG}|{fold(_LONG)}))|tiếng|chữ|tieng|chu)\b"
    r"(?!\s+(?:ký|số|cái|khóa|ky|so|cai|khoa)\b)",
    re.IGNORECASE,
)
_FEWEST, _HOURS = 20, (24, 36, 48, 72)
"""Fewer are hours, and so are these."""
_AT_LEAST = ("it nhat", "toi thieu", "tren")
_ABOUT = ("khoang", "chung", "dai", "dung")
_OF_A_PIECE = re.compile(r"\b(?:mỗi|từng|tiêu đề|câu dẫn|moi|tung|tieu de)\b[^,;.\n]*\Z", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(r"\b(?:kéo dài|keo dai|gốc|goc)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_MINUTES = re.compile(
    rf"(?<!giờ )(?<!gio )\b(?:{WORDS['@FEW']}|{fold(WORDS['@FEW'])})\s+(?:phút|phut)\b", re.IGNORECASE
)


def _lengths(prompt: str, exercise: Exercise) -> Iterator[Finding]:
    """Limits of the whole text that contradict each other, are missing, or allow more than the exercise does."""
    plain = comparable(prompt)
    said = [
        (manner, int(match["n"]), match)
        for match in _LENGTH.finditer(plain)
        if (manner := _manner(match)) is not None and not _OF_A_PIECE.search(plain[: match.start()])
    ]
    limits = [one for one in said if one[0]]
    bare = [one for one in said if not one[0] and not _OF_SOMETHING_ELSE.search(plain[: one[2].start()])]
    spans = tuple(Span(match.start(), match.end(), of="prompt") for _, _, match in limits or bare)
    at_least = [n for bound, n, _ in limits if bound in _AT_LEAST]
    at_least += [int(match["least"]) for _, _, match in limits if match["least"]]
    about = [n for bound, n, _ in limits if bound in _ABOUT]
    at_most = [n for bound, n, _ in limits if bound not in _AT_LEAST + _ABOUT]
    if (at_most and max(at_least + about, default=0) > min(at_most)) or max(len(set(at_most)), len(set(about))) > 1:
        yield Finding(
            check="prompt-has",
            level=Level.ACTIONABLE,
            title="Câu lệnh nêu hai độ dài trái nhau",
            where=" và ".join(f"«{prompt[span.start : span.end]}»" for span in spans),
            why="Gặp hai mức khác nhau, máy theo mức nào là tùy lúc.",
            try_next="Giữ lại một mức độ dài.",
            spans=spans,
        )
    at_most = at_most or ([] if limits else [n for _, n, _ in bare])  # «cả bài 150 chữ», where nothing is said outright
    allowed = most_syllables(exercise)
    in_minutes = "phút" in exercise.task and _MINUTES.search(plain)
    if allowed and prompt.strip() and not (at_most or about or in_minutes):
        limit = f"Viết không quá {allowed} tiếng."
        yield Finding(
            check="prompt-has",
            level=Level.ACTIONABLE,
            title=f"Câu lệnh chưa nêu độ dài, bài yêu cầu không quá {allowed} tiếng",
            why="Không có mức, máy thường viết dài hơn người đọc cần.",
            try_next=f"Thêm câu: «{limit}»",
            insert=limit,
        )
    if allowed and at_most and min(at_most) > allowed:
        yield Finding(
            check="prompt-has",
            level=Level.ACTIONABLE,
            title=f"Câu lệnh cho phép {min(at_most)} tiếng, bài yêu cầu không quá {allowed}",
            why="Máy viết đúng câu lệnh vẫn có thể dài hơn mức của bài.",
            try_next=f"Sửa thành: «không quá {allowed} tiếng».",
            spans=spans,
        )


def _manner(match: re.Match[str]) -> str | None:
    """The folded word of a length; "den" for a range, whatever stands before it, "" for a bare number of syllables;
    None where it is no length."""
    bound = "den" if match["least"] else fold(match["bound"] or "")
    if not match["least"] and bound in fold(_BOUND).split("|"):
        return bound
    return bound if int(match["n"]) >= _FEWEST and int(match["n"]) not in _HOURS else None
