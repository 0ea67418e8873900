"""Homes in a text: an address is read as a chain of segments, and counts where it is somebody's.

A segment is a house («số 12/4», «căn hộ 1206», «nhà bà Tám»), a lane or hamlet («ngõ 92», «thôn Đoài»), or a larger
place, which only goes on a chain. A chain is a home after a word for living («thường trú», «trú tại»), or with a person
before it and nothing of an office or an event between: «Trạm Y tế, số 9 đường Lê Duẩn» is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from service.checks.dwellings import CAPITALS, CASED, Rules, rules_for
from service.text import SURNAMES, fold, has_marks, normalise_tone

_REACH = 120
"""Letters before a chain in which its person may stand."""
_APART = 8
"""Words between a person and «ở» behind which a hamlet is where they live."""
_LANDMARK = re.compile(r"\b(?:sat|gan|canh|doi dien|dang sau|sau|truoc|ben|ke|giap|cuoi|dau)\b")


def _of_an_office(passed: str, rules: Rules) -> bool:
    """Whether the sentence before an address only names an office: «Bên A: Trường Mẫu giáo Sơn Ca. Địa chỉ: …»."""
    said = re.split(r"[.!?;]\s", passed.rstrip(" .!?;"))[-1]
    said = re.sub(r"^\s*\w+ \w{1,2}\s*:\s*", "", said).lstrip()
    return bool(rules.office.match(said))


_YEAR_LAST = re.compile(r"(?:19|20)\d\d\s*$")
_YEAR_NEXT = re.compile(r"\s*[,;(–-]\s?(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d\s*[,;)–-]")
"""The date of birth right behind a name, and more to come in its row."""
_FIELD_END = re.compile(r"(?:,\s[^;|.:\d]{0,40})?\s*(?:[;|]|\.?\s*$)")
_SENTENCE = re.compile(r"(?<!\b[A-ZĐ])(?<!\bs\.n)[.!?]\s")

_PLACED_LIST = (
    "đường phố xã phường trấn tỉnh huyện quận trường ty thôn làng bản ấp xóm chợ cầu sông núi hồ đảo ngõ hẻm kiệt khu "
    "tổ tòa viện học non thcs thpt th hiệu vực khoa phần tnhh"
)
_PLACED = frozenset(_PLACED_LIST.split())
_WORDS = re.compile(r"[^\W_][\w'’]*")


def names_somebody(text: str) -> bool:
    """Whether a surname and one more capitalised word stand in a row."""
    return _last_name(text) >= 0


def _last_name(text: str) -> int:
    """Where the last name of a person in the text ends, −1 without one; streets and places bear names too."""
    end = -1
    for run in re.finditer(rf"(?<!\w){CASED}(?:\s{CASED})+", text):
        before = re.search(r"(\w+) $", text[: run.start()])
        words = run[0].split()
        if (before and before[1].lower() in _PLACED) or words[0].lower() in _PLACED - SURNAMES:
            continue
        if any(one.lower() in SURNAMES and two[0].isupper() for one, two in pairwise(words)):
            end = run.end()
    initials = list(re.finditer(rf"\b(?:[{CAPITALS}]\.){{2,4}}[{CAPITALS}]?|\b[KHY]['’][{CAPITALS}]\w+", text))
    return max(end, initials[-1].end() if initials else -1)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each home."""
    cased = text not in (text.lower(), text.upper())
    a_form = _FORM.search(text)
    for at, piece, marked in _pieces(normalise_tone(text)):  # «toà nhà» is «tòa nhà»; no letter more or less
        rules = rules_for(marked, cased)
        for match in rules.chain.finditer(piece):
            if not rules.no_place.match(piece, match.end("mark")) and (
                _lived_in(piece, match, rules) or _below_a_name(text, at, piece, match, rules)
            ):
                yield at + match.start(), at + match.end()
        for match in rules.told.finditer(piece):
            if _told_of(piece, match, rules):
                yield at + match.start(), at + match.end()
        if a_form:
            yield from ((at + match.start("it"), at + match.end("it")) for match in rules.field.finditer(piece))


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """The lines, where they begin, whether they have diacritics; a message quoted without any is a piece of its own."""
    marked = has_marks(text)
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for quote in _QUOTE.finditer(text, *line.span()) if marked else ():
            if not has_marks(quote[0]):
                yield at, text[at : quote.start()], True
                yield quote.start(), quote[0], False
                at = quote.end()
        yield at, text[at : line.end()], marked


_FORM = re.compile(r"\b(?:họ (?:và )?tên|ho (?:va )?ten|chủ hộ|chu ho)\b[^:\n]{0,20}:", re.IGNORECASE)
_QUOTE = re.compile(r'["“][^"“”\n]{25,}["”]')


def _told_of(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether a landmark, or a village named without its kind, is where the person just named lives."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before) or rules.address.search(before)
    if lives and rules.building.search(f"{lives[0]}{match[0]} "):
        return False
    landmark = match[0][0].islower() and not lives
    if not landmark:
        return bool(lives or (rules.living.search(before) and _last_name(before) >= 0))
    if not _LANDMARK.search(fold(match[0])):
        return False
    person = max(_last_name(before), *_persons(before, rules), -1)
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    return person >= 0 and office < person and len(_WORDS.findall(before[person:])) <= _APART


def _below_a_name(text: str, at: int, line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is a line of its own below one that ends with a person's name, as on an envelope."""
    if line[: match.start()].strip(" \t-–•") or not re.fullmatch(r"[^:;|\d]{0,30}", line[match.end() :]):
        return False
    before = text[max(0, at - _REACH) : at].rstrip().rpartition("\n")[2]
    if "," not in match[0] or rules.office.search(before):
        return False
    return 0 <= _last_name(before) >= len(before.rstrip(" .,;"))


def _persons(before: str, rules: Rules) -> list[int]:
    """Where what names a person ends: a title with a name, or a word for who speaks or is spoken of."""
    titled = (found for found in rules.titled.finditer(before) if not rules.named_for.search(before[: found.start()]))
    return [found.end() for found in (*titled, *rules.speaker.finditer(before))]


def _lived_in(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is somebody's home."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before)
    if lives and not rules.building.search(lives[0]):
        return True
    house = bool(rules.house.match(line, match.end("mark")))
    if house and rules.alone.fullmatch(match[0]) and not ("/" in match[0] and rules.living.search(before)):
        return False  # «số 12» may count anything
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    person = max(_last_name(before), *_persons(before, rules), -1)
    if hosted := rules.hosted.match(match[0]):
        person = len(before)
        in_brackets = line[match.end() :].lstrip().startswith("(")  # where it stands
        if hosted.end() == len(match[0]) and (in_brackets or not rules.there.search(before)):
            return False  # «máy bàn nhà cụ Đạm» says nothing of where it stands
    if rules.homestead.match(line, match.end()):
        return True
    if rules.at_work.match(line, match.end()):
        return False
    if office > person or (office >= 0 and re.search(r"\b(?:của|cua)\b", before[office:person])):
        return False
    if rules.address.search(before):
        return not _of_an_office(line[: match.start() - len(before)], rules)
    after = re.split(r"[.;!?](?:\s|$)", line[match.end() : match.end() + 70])[0]
    number = any(sum(map(str.isdigit, run)) >= 9 for run in re.findall(r"[\d .-]{9,}", f"{before}|{after}"))
    brought = rules.to.search(before) and rules.brought.search(before)
    if person < 0 and house and not before.strip() and rules.titled.match(after.lstrip(" ,:–-(")):
        return True  # «số nhà 4 ngách 17/2, ông Tài»
    if person < 0 and not number:
        taken = any(rule.search(after) for rule in (rules.titled, rules.speaker))  # «gửi về xóm 9 cho em Uyên»
        return bool(brought and (house or taken)) or bool(house and rules.receiver.search(after))
    apart = len(_WORDS.findall(before[person:]))
    if rules.living.search(before) and (apart <= _APART or number or rules.now.search(before)):
        return True
    if house or brought or rules.my_home.match(before):
        return True
    said, parting = before.rstrip()[:-1], before.rstrip()[-1:]
    if parting not in {*",;(|–-:"} or not parting:
        return False
    return number or (person >= 0 and _in_a_row(said, parting, person, line[match.end() :], rules))


def _in_a_row(said: str, parting: str, person: int, after: str, rules: Rules) -> bool:
    """Whether a chain is the home in a row on one person, of whom ``said`` tells, named up to ``person``."""
    between = len(_WORDS.findall(said[person:]))
    if between <= 1 or rules.born.search(said):
        return True
    if between <= _APART and (_YEAR_LAST.search(said) or _YEAR_NEXT.match(said + parting, person)):
        return True  # «Hồ Thị Pớt – 06/06/2013 – thôn …»
    return between <= _APART and parting in ";|" and bool(_FIELD_END.match(after))  # «bà Nhung; 3 khẩu; tổ 9;»
