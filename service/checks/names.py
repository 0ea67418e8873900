"""Fidelity of names: people, bodies, places, codes and quoted phrases of an answer are traced to the sources.

A name is a run of capitalised syllables as Vietnamese writes them. It is borne out when the same syllables stand in a
row in a source or the prompt, in any case, with any tone placement, spelled out or abbreviated ("UBND" = "Ủy ban nhân
dân", "PCCC" by its initials). A name that differs in one syllable is flagged, never passed as near enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from service.checks.figures.measures import UNITS
from service.checks.naming import BODIES, HEADS, KNOWN, PLAIN, Name, listed, names, tokens
from service.checks.spellings import JOINED, Said, is_short, spelled
from service.quantities import COUNT_WORDS
from service.records import Assertion, Case, CheckResult, Finding, Level, Passage, SourceText, Span
from service.text import SURNAMES, comparable, fold, line_number

_WAY = "(?:đông|tây|nam|bắc)"
_DIRECTION = re.compile(
    rf"\b(?:phía|(?<!xu )(?<!định )hướng|mạn|bờ|cánh|góc) ({_WAY}(?: {_WAY})?)\b"
    r"(?! (?:giới|nữ|sinh|dân|đúc|người|dần))",  # «phía nam giới», «xu hướng đông dân»
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«]([^”\"»\n]{6,200})[”\"»]")


def unfounded(
    answer: str, sources: Sequence[SourceText], passages: Sequence[Passage], prompt: str, allow: Iterable[str] = ()
) -> Iterator[tuple[Name, str]]:
    """The names of an answer that no source and not the prompt holds, each with the nearest that they do hold."""
    texts = [*(source.text for source in sources), *(f"{one.heading}\n{one.text}" for one in passages), prompt, *allow]
    said = Said(texts)
    written_out = said.written_out(answer)
    for name in names(answer):
        own = _without(name, written_out, answer)
        lost = _lost(own, said, answer) if own else None
        if lost:
            yield lost, said.near(lost.words)
    yield from _turned(answer, texts)
    yield from _of_another_point(answer, texts)
    yield from _of_another_level(answer, texts)


_CORES = {
    "bđbp": (["biên", "phòng"],),
    "đvtn": (["đoàn", "viên"], ["thanh", "niên"]),
    "ccb": (["cựu", "chiến", "binh"],),
    "csgt": (["giao", "thông"],),
    "lđlđ": (["công", "đoàn"],),
    "gv": (["giáo", "viên"], ["thầy"], ["cô"]),
    "hs": (["học", "sinh"],),
}
"""What offices shorten so where a text says a part of it only: «BĐBP» where a «đồn Biên phòng» is told."""
_LEVEL = re.compile(
    r"\b(?P<of>cấp|công an|(?-i:CA)|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|đảng ủy|mttq) "
    r"(?P<which>xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|quốc gia|cơ sở)\b"
    r"|(?P<part>đầu|giữa|cuối) (?P<time>tháng|tuần|quý)\b(?! \d)",
    re.IGNORECASE,
)


def _levels(text: str) -> Iterator[tuple[tuple[str, str], re.Match[str]]]:
    """Levels and parts of a time, each with whose it is: («công an», «xã»), («tháng», «cuối»)."""
    for found in _LEVEL.finditer(comparable(text)):
        pair = (found["of"], found["which"]) if found["of"] else (found["time"], found["part"])
        of = "công an" if pair[0] == "CA" else " ".join(spelled([pair[0].lower()]))
        yield (of, pair[1].lower()), found


def _of_another_level(answer: str, texts: Iterable[str]) -> Iterator[tuple[Name, str]]:
    """«cấp tỉnh» where the sources have «cấp xã» only, «đầu tháng» where they have «cuối tháng»."""
    there = {pair: found[0] for text in texts for pair, found in _levels(text)}
    for pair, found in _levels(answer) if there else ():
        others = [said for (of, _), said in there.items() if of == pair[0]]
        if others and pair not in there:
            yield Name(*found.span(), tuple(found[0].lower().split())), min(others)


_POINT = re.compile(r"\b[Đđ]iểm ([a-zđ])(?=,|;| của| [Kk]hoản| [Đđ]iều)")


def _of_another_point(answer: str, texts: Iterable[str]) -> Iterator[tuple[Name, str]]:
    """«điểm b khoản 4» where the sources name other points only."""
    there = {point[1]: point[0].lower() for text in texts for point in _POINT.finditer(comparable(text))}
    for point in _POINT.finditer(comparable(answer)) if there else ():
        if point[1] not in there:
            yield Name(*point.span(), tuple(point[0].lower().split())), min(there.values())


def _turned(answer: str, texts: Iterable[str]) -> Iterator[tuple[Name, str]]:
    """Directions of an answer where the sources name others only: «phía đông» for «phía tây»."""
    there = {way[1].lower(): way[0].lower() for text in texts for way in _DIRECTION.finditer(comparable(text))}
    for way in _DIRECTION.finditer(comparable(answer)):
        if there and not any(way[1].lower() in known for known in there):  # «phía bắc» is part of «hướng tây bắc»
            yield Name(*way.span(), tuple(way[0].lower().split())), min(there.values())


def _without(name: Name, written_out: frozenset[int], answer: str) -> Name | None:
    """The name without what writes an abbreviation of the sources out; None when no name is left."""
    if not any(name.start <= place < name.end for place in written_out):
        return name
    left = [
        (a + name.start, b + name.start)
        for a, b in (m.span() for m in re.finditer(r"\w+", answer[name.start : name.end]))
    ]
    left = [(a, b) for a, b in left if a not in written_out]
    words = tuple(comparable(answer[a:b]).lower() for a, b in left)
    if not words or all(word in HEADS | PLAIN for word in words):
        return None
    return Name(left[0][0], left[-1][1], words)


def _lost(name: Name, said: Said, answer: str) -> Name | None:
    """The part of a name that is not borne out; None when all of it is."""
    words = list(name.words)
    if said.holds(words) or " ".join(words) in KNOWN:
        return _of_another_kind(name, said, answer)
    if _headed(words, said) or (
        words[-1] in COUNT_WORDS and said.holds([*words[:-1], str(COUNT_WORDS.index(words[-1]))])
    ):
        return None  # «khu phố Bốn» for «khu phố 4»
    if words[-2:] == ["việt", "nam"]:
        words = words[:-2]  # «MTTQ Việt Nam»
    in_full = spelled(words)
    written = answer[name.start : name.end]
    short = frozenset(word.lower() for word in re.findall(r"\w+", written) if is_short(word))
    if "".join(words) in said.words or said.holds_shortened(words, short):  # «Ê Đê» for «Êđê»
        return None  # «CCN Tam Quan» for «Cụm công nghiệp Tam Quan», «Hội Liên hiệp Phụ nữ» for «Hội LHPN»
    if len(words) == 1:
        word = words[0]
        if any(letter.isdigit() for letter in word):
            code = next(
                (match[0] for match in JOINED.finditer(answer) if match.start() <= name.start < match.end()), word
            )
            known = {re.sub(r"\W", "", one.lower()) for one in (word, code)} & said.codes
            if said.numbers(word) or word in UNITS:
                return None
            if re.fullmatch(r"\d{1,2}t", word) and said.holds([word[:-1], "tháng"]):
                return None  # «6T/2025»
            plain = not any(letter.isalpha() for letter in word) or said.holds(re.findall(r"\d+|\D+", word))  # «250kVA»
            return None if known or plain or re.fullmatch(r"m[23]|km[23]?", word) or _is_bore(word, said) else name
        if written.isupper() and 2 <= len(written) <= 8:  # an abbreviation of its own, or «2,34 MW»
            parted = any(code.removeprefix(word).isdecimal() for code in said.codes if code.startswith(word))
            common = in_full != words or word in UNITS or any(map(said.holds, _CORES.get(word, ())))
            return None if common or parted else name  # «PCB 40» for «PCB40»
        return None if word in said.words else name
    if words[0] not in SURNAMES | HEADS and _only_opened(name, said, answer):
        return None
    if written.startswith("cửa ") and _goes_on(name, words[1], said, answer):
        return None  # «vào cửa Bảo tàng»
    # A run may be several names in a row: «Chủ tịch UBND xã Gio Hải».
    if words[0] not in SURNAMES and _in_pieces(words, short, said):
        return None  # «Trịnh Thị Hội» is not «Trịnh Thị Hợi», though «Hội» begins many a body
    if all(word in PLAIN for word in in_full):
        return None
    return name


def _is_bore(word: str, said: Said) -> bool:
    """Whether «Ø6» is what the sources say: a diameter of 6."""
    return word[0] == "ø" and said.holds([word[1:]])


def _headed(words: Sequence[str], said: Said) -> bool:
    """Whether the sources have what a name says after its head, under a head of the same meaning."""
    head, rest = words[0], " ".join(words[1:])
    if head == "giải" and said.has_prize(rest):
        return True
    if head in BODIES:
        headed = head in said.words and len(words) > 3 and words[1] in SURNAMES and said.holds(words[1:])
        if headed:  # «GĐ Sở Tống Bá Kiên»
            return True
        return (head, rest) in said.columns or said.has_signed(words)  # «phòng Kỹ thuật»: a row of the column «Phòng»
    if len(words) == 2 and said.holds([head, "nhà", words[1]]):
        return True  # «dãy C» for «dãy nhà C»
    return head in HEADS and said.heads(words)  # "Trường Lê Lợi" for "Trường THPT Lê Lợi"


_SERVICES = listed("trạm cục sở phòng hạt đồn")
"""Kinds of body, any of which may bear one name: «Trạm BVTV» is not «Sở BVTV»."""


def _only_opened(name: Name, said: Said, answer: str) -> bool:
    """Whether a name is known but for its first word, with which its sentence begins: «Riêng Chi cục Thuế»."""
    before, words = answer[: name.start].rpartition("\n")[2].rstrip(), list(name.words)
    if before.strip(" *_#>•–-") and not before.endswith((".", ":", ";", "!", "?")):
        return False
    last = answer[name.start : name.end].rsplit(maxsplit=1)[-1]
    told = len(words) > 2 or words[0] in said.small or last.isupper()  # «Ngưỡng Breteau», «Giấy ISO»
    short = frozenset(word for word in words[1:] if is_short(word.upper()))
    if told and (said.holds(words[1:]) or (last.isupper() and said.holds_shortened(words[1:], short))):
        return True
    return len(words) == 2 and _goes_on(name, words[1], said, answer)  # «Gọi Công an xã»


def _goes_on(name: Name, word: str, said: Said, answer: str) -> bool:
    """Whether the last word of a name and the small one after it stand in the sources."""
    after = re.match(r" ([^\W\d_A-ZĐ]\w*)", answer[name.end :])
    return bool(after and said.holds([word, after[1]]))


_UNITS = listed("xã phường trấn thôn bản ấp xóm buôn huyện quận tỉnh phố")
"""Kinds of administrative unit; of «thị trấn», «thành phố» the last syllable."""


def _of_another_kind(name: Name, said: Said, answer: str) -> Name | None:
    """«xã Cầu Kè» where the sources only know «phường Cầu Kè»: the name with its kind; None when nothing is wrong."""
    kind = re.search(r"(\w+) $", answer[: name.start])
    short = answer[name.start : name.end].isupper()
    if kind is None or kind[1] not in _UNITS | _SERVICES or (len(name.words) < 2 and not short):
        return None
    there = said.before(name.words)
    wrong = there and (there <= _UNITS or there <= _SERVICES) and kind[1] not in there
    return Name(kind.start(), name.end, (kind[1], *name.words)) if wrong else None


def _in_pieces(words: Sequence[str], short: frozenset[str], said: Said) -> bool:
    """Whether a run falls into pieces that each stand in the sources, none a single word but an abbreviation."""

    def stands(piece: Sequence[str]) -> bool:
        return (len(piece) > 1 or piece[0] in short) and said.holds_shortened(piece, short)

    for cut in range(len(words) - 1, 0, -1):
        rest = words[cut:]
        if stands(words[:cut]) and (
            (len(rest) > 1 and all(word in PLAIN for word in rest)) or stands(rest) or _in_pieces(rest, short, said)
        ):
            return True
    return False


# ── the check ───────────────────────────────────────────────────────────────────────────────────


def grounded_names(case: Case, assertion: Assertion) -> CheckResult:
    """Every name and quoted phrase of the answer stands in the sources or the prompt; ``options: {allow: [..]}``."""
    answer = case.answer or ""
    allow = [str(item) for item in assertion.options.get("allow", ())]
    found = names(answer)
    lost = list(unfounded(answer, case.sources, case.passages, case.prompt, allow))
    texts = [*(one.text for one in case.sources), *(one.text for one in case.passages), case.prompt]
    quotes = list(_misquoted(answer, texts))
    if not found and not lost and not quotes:
        return CheckResult("grounded-names", None, 0.0, "Kết quả không nêu tên riêng nào nên không có gì để đối chiếu.")
    findings = [_finding(answer, same, near) for (_, near), same in _by_text(answer, lost).items()] + quotes
    if not findings:
        good = Finding("grounded-names", Level.CELEBRATORY, "Mọi tên riêng đều có trong nguồn")
        return CheckResult("grounded-names", True, 1.0, good.title + ".", (good,))
    wrong = len(lost) + len(quotes)
    total = max(len(found), wrong)
    reason = f"{total - wrong}/{total} tên riêng, lời trích có trong nguồn."
    return CheckResult("grounded-names", False, 1 - wrong / total, reason, tuple(findings))


def _by_text(answer: str, lost: Iterable[tuple[Name, str]]) -> dict[tuple[str, str], list[Name]]:
    """The names that are lost, each with all its places: what is said twice is told once."""
    found = dict[tuple[str, str], list[Name]]()
    for name, near in lost:
        found.setdefault((answer[name.start : name.end], near), []).append(name)
    return found


def _finding(answer: str, same: Sequence[Name], near: str) -> Finding:
    name = same[0]
    seen = answer[name.start : name.end]
    return Finding(
        check="grounded-names",
        level=Level.ESSENTIAL,
        title=f"Tên «{seen}» " + ("không khớp nguồn" if near else "không có trong nguồn"),
        where=f"Dòng {line_number(answer, name.start)}.",
        why=f"Nguồn ghi «{near}» (không kể chữ hoa)." if near else "Tài liệu và câu lệnh đều không nêu tên này.",
        try_next="Đối chiếu với nguồn rồi sửa, hoặc thêm vào câu lệnh: «Chép nguyên tên người, cơ quan, địa danh.»",
        seen=seen,
        spans=tuple(Span(one.start, one.end, "name") for one in same),
        insert="Chép nguyên tên người, cơ quan, địa danh từ tài liệu kèm theo.",
    )


def _misquoted(answer: str, texts: Iterable[str]) -> Iterator[Finding]:
    """Phrases in quotation marks of which a third or more of the words in a row stand nowhere."""
    said = Said(texts)
    for match in _QUOTED.finditer(answer):
        words = [token.plain for token in tokens(match[1])]
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
