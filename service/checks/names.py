"""Fidelity of names: people, bodies, places, codes and quoted phrases of an answer are traced to the sources.

A name is a run of capitalised syllables as Vietnamese writes them. It is borne out when the same syllables stand in a
row in a source or the prompt, in any case, with any tone placement, spelled out or abbreviated ("UBND" = "Ủy ban nhân
dân", "PCCC" by its initials). A name that differs in one syllable is flagged, never passed as near enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from service.checks.addresses import SURNAMES
from service.records import Assertion, Case, CheckResult, Finding, Level, Passage, SourceText, Span
from service.text import comparable, fold, line_number, sentences

SHORT_FORMS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "q": "quận",
    "ql": "quốc lộ",
    "tl": "tỉnh lộ",
    "đt": "đường tỉnh",
    "htx": "hợp tác xã",
    "thpt": "trung học phổ thông",
    "thcs": "trung học cơ sở",
    "th": "tiểu học",
    "mn": "mầm non",
    "cty": "công ty",
    "tnhh": "trách nhiệm hữu hạn",
    "cp": "cổ phần",
    "ks": "kỹ sư",
    "bs": "bác sĩ",
    "gv": "giáo viên",
    "đ/c": "đồng chí",
}
"""Abbreviations that offices use, and what they stand for."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADS = _listed(
    "sở bộ phòng ban cục chi đội tổ hội đồn trạm trường công hợp ủy văn liên quỹ kho tòa viện bệnh trung đài nhà hạt "
    "tổng khoa đoàn câu xí xưởng cửa siêu khách ngân bưu chợ cầu đường phố thôn xóm bản làng ấp buôn khu xã phường "
    "tỉnh huyện quận thị thành đảo sông núi hồ đèo cảng bến quốc mặt khối tiểu lớp mẫu "
)
_KNOWN = frozenset(("việt nam", "vp", "hđnd", "ubnd"))
"""What an office may name without a source."""

_BODIES = _listed("sở bộ phòng ban cục")
_PLAIN = _listed(
    "chủ phó bí giám trưởng thư kế chánh hiệu đại chuyên công cán hạt ủy hội văn thường tổng nhân nhà đảng việt "
    "quốc độc cộng điều khoản điểm chương mục phụ nghị luật quyết thông chỉ kính nơi đồng ông bà anh chị em cô chú "
    "bác cụ thầy quý tháng ngày năm tuần thứ lưu mẫu đơn phiếu biểu bảng tết internet zalo facebook email wifi ai "
    "covid tt stt vt kt tm tl tuq q word excel pdf usb qr cccd vnd vnđ ngtt "
)
"""Syllables that begin titles, offices and parts of a document: capitalised, they name nobody by themselves."""

_OPENERS = _listed(
    "theo tại trong từ đến khi nếu để về có các những mỗi một hai ba bốn năm sáu bảy tám chín mười do vì trước sau "
    "ngoài cả với của và được đã sẽ đề yêu giao mời bầu thu thực căn nhằm cùng riêng tổng hiện nay còn số qua nhờ "
    "mọi toàn việc người cho bên khoảng hơn gần lúc vào hồi sáng chiều tối đêm hôm "
)
"""Words that open a sentence and are no part of the name after them."""

_TITLES = _listed("ông bà anh chị em cô chú bác cụ thầy") | {"đồng chí", "đ/c"}
_CALENDAR = frozenset(
    [("thứ", day) for day in ["hai", "ba", "tư", "năm", "sáu", "bảy"]]
    + [("chủ", "nhật")]
    + [
        ("tháng", month)
        for month in ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "một", "chạp"]
    ]
)
"""Days and months in words: dates are traced as dates."""

_TOKEN = re.compile(r"đ/c|[\w]+(?:['’][\w]+)*(?:-\d[\w-]*)?", re.IGNORECASE)
_CODE = re.compile(r"(?=\w*[A-ZĐ])(?=[\w-]*\d)[\w-]+")
_QUOTED = re.compile(r"[“\"«]([^”\"»\n]{6,200})[”\"»]")
_BREAK = re.compile(r"[.!?:;\n\t|(\[“\"«•]|(?:^|\s)[-–—+*]\s")


@dataclass(frozen=True)
class Name:
    """A name in a text and its words in small letters."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    first: bool

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or bool(_CODE.fullmatch(self.text))


def _tokens(text: str) -> list[_Token]:
    plain, found, at = comparable(text), [], 0
    for match in _TOKEN.finditer(plain):
        gap = plain[at : match.start()]
        found.append(_Token(match[0], match.start(), match.end(), at == 0 or bool(_BREAK.search(gap))))
        at = match.end()
    return found


def _spelled(words: Iterable[str]) -> list[str]:
    """Lower case, abbreviations written out, "QL15" parted into its letters and digits."""
    found: list[str] = []
    for word in words:
        parted = re.fullmatch(r"(ql|tl|đt|p|q)\.?(\d+\w?)", word)
        for piece in parted.groups() if parted else (word,):
            found += SHORT_FORMS.get(piece, piece).split()
    return found


@lru_cache(maxsize=256)
def _words_of(text: str) -> tuple[str, ...]:
    """A source's words, spelled out; a class works on the same sources."""
    return tuple(_spelled(token.plain for token in _tokens(text)))


class _Said:
    """What the sources say, ready to be asked whether some words stand there in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [_words_of(text) for text in texts]
        self.text = " " + " \n ".join(" ".join(line) for line in lines) + " "
        self.words = frozenset(word for line in lines for word in line)
        self.initials = "\n".join("".join(word[0] for word in line) for line in lines)
        self.codes = frozenset(re.sub(r"\W", "", word) for word in self.words if any(c.isdigit() for c in word))

    def holds(self, words: Sequence[str]) -> bool:
        return f" {' '.join(_spelled(words))} " in self.text

    def near(self, words: Sequence[str]) -> str:
        """The likeliest thing meant: as many words of the sources, most alike."""
        size, all_words, meant = len(words), self.text.split(" "), set(words)
        starts = (n - at for n, word in enumerate(all_words) if word in meant for at in range(size) if n >= at)
        there = {" ".join(all_words[n : n + size]) for n in starts}
        return next(iter(get_close_matches(" ".join(words), sorted(there), n=1, cutoff=0.75)), "")


def names(text: str) -> tuple[Name, ...]:
    """The runs of capitalised syllables of a text that may name somebody or something, codes among them."""
    found: list[Name] = []
    for start, end in ((a, b) for a, b in sentences(text) if not _shouted(text[a:b])):
        run: list[_Token] = []
        tokens = _tokens(text[start:end])
        for n, token in enumerate(tokens):
            glued = n > 0 and text[start + tokens[n - 1].end : start + token.start] == " "
            if token.capital and not (run and not glued):
                run.append(token)
                continue
            found += _named(run, tokens, start)
            run = [token] if token.capital else []
        found += _named(run, tokens, start)
    return tuple(found)


def _shouted(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters) and len(letters) > 4


def _named(run: list[_Token], tokens: list[_Token], offset: int) -> Iterator[Name]:
    """The name that a run is: a title or the first word of a sentence is no part of it."""
    if not run:
        return
    while run and not _is_code(run[0]) and _is_no_part(run):
        run = run[1:]
    if not run:
        return
    words = [token.plain for token in run]
    start, end = run[0].start, run[-1].end
    at = tokens.index(run[0])
    if len(run) == 1 and not _is_code(run[0]) and not run[0].text.isupper():
        # One capital in a row of small letters is the middle of a name: "Phòng Kinh tế", "Bộ Y tế".
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        if before and (before.plain, words[0]) in _CALENDAR:
            return
        if before and before.plain in _TITLES:
            pass
        elif before and before.plain in _BODIES and after and not after.capital:
            words, end = [before.plain, *words, after.plain], after.end  # "phòng Kinh tế" is not "phòng Nội vụ"
            start = before.start
        elif before and before.plain in _HEADS:
            words, start = [before.plain, *words], before.start
        elif after and not after.capital and before and before.capital:
            words, end = [*words, after.plain], after.end
    yield Name(offset + start, offset + end, tuple(words))


def _is_no_part(run: Sequence[_Token]) -> bool:
    """Whether the first word of a run only opens it: a title, or what a sentence happens to begin with."""
    word = run[0].plain
    if len(run) == 1:  # "Phòng thủ dân sự": a lone head names nobody; single letters and Roman numbers count parts
        return run[0].first or word in _PLAIN or word in _HEADS or bool(re.fullmatch(r"[ivxl]+|\w", word))
    return word in _TITLES or (run[0].first and (word in _PLAIN | _OPENERS or word in _HEADS))


def _is_code(token: _Token) -> bool:
    return bool(_CODE.fullmatch(token.text))


def unfounded(
    answer: str, sources: Sequence[SourceText], passages: Sequence[Passage], prompt: str, allow: Iterable[str] = ()
) -> Iterator[tuple[Name, str]]:
    """The names of an answer that no source and not the prompt holds, each with the nearest that they do hold."""
    texts = [*(source.text for source in sources), *(f"{one.heading}\n{one.text}" for one in passages), prompt, *allow]
    said = _Said(texts)
    for name in names(answer):
        lost = _lost(name, said, answer)
        if lost:
            yield lost, said.near(lost.words)


def _lost(name: Name, said: _Said, answer: str) -> Name | None:
    """The part of a name that is not borne out; None when all of it is."""
    words = list(name.words)
    if said.holds(words) or " ".join(words) in _KNOWN:
        return None
    if words[0] in _HEADS and words[0] not in _BODIES and words[0] in said.words and said.holds(words[1:]):
        return None  # "Trường Lê Lợi" for "Trường THPT Lê Lợi"
    spelled = _spelled(words)
    first = answer[name.start : name.end].split(maxsplit=1)[0]
    if (
        len(words) > 1
        and first.isupper()
        and 2 <= len(first) <= 8
        and words[0] in said.initials
        and said.holds(words[1:])
    ):
        return None  # «CCN Tam Quan» for «Cụm công nghiệp Tam Quan»
    if len(words) == 1:
        word = words[0]
        if any(letter.isdigit() for letter in word):
            known = re.sub(r"\W", "", word) in said.codes or not any(letter.isalpha() for letter in word)
            return None if known or re.fullmatch(r"m[23]|km[23]?", word) else name
        written = answer[name.start : name.end]
        if written.isupper() and 2 <= len(written) <= 8:  # an abbreviation of its own
            return None if word in said.initials or spelled != words else name
        return None if word in said.words else name
    # A run may be several names in a row ("Chủ tịch UBND xã Gio Hải"); what is known at its head and tail is left out.
    while words and any(said.holds(words[:n]) for n in range(len(words), 1, -1)) and len(words) > 2:
        cut = next(n for n in range(len(words), 1, -1) if said.holds(words[:n]))
        if cut == len(words):
            return None
        rest = words[cut:]
        if words[0] in SURNAMES:
            break  # «Trịnh Thị Hội» is not «Trịnh Thị Hợi», though «Hội» begins many a body
        if all(word in _PLAIN for word in rest) or (len(rest) > 1 and said.holds(rest)):
            return None
        break
    if all(word in _PLAIN for word in spelled):
        return None
    return name


# ── the check ───────────────────────────────────────────────────────────────────────────────────


def grounded_names(case: Case, assertion: Assertion) -> CheckResult:
    """Every name and quoted phrase of the answer stands in the sources or the prompt; ``options: {allow: [..]}``."""
    answer = case.answer or ""
    allow = [str(item) for item in assertion.options.get("allow", ())]
    found = names(answer)
    lost = list(unfounded(answer, case.sources, case.passages, case.prompt, allow))
    texts = [*(one.text for one in case.sources), *(one.text for one in case.passages), case.prompt]
    quotes = list(_misquoted(answer, texts))
    if not found and not quotes:
        return CheckResult("grounded-names", None, 0.0, "Kết quả không nêu tên riêng nào nên không có gì để đối chiếu.")
    findings = [_finding(answer, name, near) for name, near in lost] + quotes
    if not findings:
        good = Finding("grounded-names", Level.CELEBRATORY, "Mọi tên riêng đều có trong nguồn")
        return CheckResult("grounded-names", True, 1.0, good.title + ".", (good,))
    total = max(len(found), len(findings))
    reason = f"{total - len(findings)}/{total} tên riêng, lời trích có trong nguồn."
    return CheckResult("grounded-names", False, 1 - len(findings) / total, reason, tuple(findings))


def _finding(answer: str, name: Name, near: str) -> Finding:
    seen = answer[name.start : name.end]
    return Finding(
        check="grounded-names",
        level=Level.ESSENTIAL,
        title=f"Tên «{seen}» " + ("không khớp nguồn" if near else "không có trong nguồn"),
        where=f"Dòng {line_number(answer, name.start)}.",
        why=f"Nguồn ghi «{near}» (không kể chữ hoa)." if near else "Tài liệu và câu lệnh đều không nêu tên này.",
        try_next="Đối chiếu với nguồn rồi sửa, hoặc thêm vào câu lệnh: «Chép nguyên tên người, cơ quan, địa danh.»",
        seen=seen,
        spans=(Span(name.start, name.end, "name"),),
        insert="Chép nguyên tên người, cơ quan, địa danh từ tài liệu kèm theo.",
    )


def _misquoted(answer: str, texts: Iterable[str]) -> Iterator[Finding]:
    """Phrases in quotation marks of which a third or more of the words in a row stand nowhere."""
    said = _Said(texts)
    for match in _QUOTED.finditer(answer):
        words = [token.plain for token in _tokens(match[1])]
        if len(words) < 3 or said.holds(words):
            continue
        known = sum(said.holds(words[n : n + 3]) for n in range(len(words) - 2))
        if known >= 0.7 * (len(words) - 2) or fold(match[1]) in fold(said.text):
            continue
        yield Finding(
            check="grounded-names",
            level=Level.ACTIONABLE,
            title="Lời trong ngoặc kép không có trong nguồn",
            where=f"Dòng {line_number(answer, match.start())}.",
            why="Đặt trong ngoặc kép là trích nguyên văn; nguồn không có câu này.",
            try_next="Chép lại đúng lời của nguồn, hoặc bỏ dấu ngoặc kép.",
            seen=match[1],
            spans=(Span(match.start(1), match.end(1), "quote"),),
        )
