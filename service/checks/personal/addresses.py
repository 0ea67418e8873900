"""Homes in a text: an address is read as a chain of segments, and counts where it is somebody's.

A segment is a house («số 12/4», «căn hộ 1206», «nhà bà Tám»), a lane or hamlet («ngõ 92», «thôn Đoài»), or a larger
place, which only goes on a chain. A chain is a home after a word for living («thường trú», «trú tại»), or with a person
before it and nothing of an office or an event between: «Trạm Y tế, số 9 đường Lê Duẩn» is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.dwellings import Rules, rules_for
from service.checks.personal.landmarks import homes_by_landmark
from service.checks.personal.people import last_name, names_somebody
from service.checks.personal.residents import (
    REACH,
    SENTENCE,
    an_office_moves,
    belongs,
    lived_in,
    nobody_lives,
    persons,
    said_to_live,
)
from service.text import fold, has_marks, normalise_tone

_REACH_ON = 30
"""Letters behind a landmark in which a number or a hamlet says more."""
_LANDMARK = re.compile(
    r"\b(?:sát|gần|cạnh|đối diện|đằng sau|bên|kế|giáp|(?:cuối|đầu)(?! (?:năm|tháng|tuần|quý|kỳ|vụ|mùa|buổi|giờ))"
    r"|(?:kể|tính|đếm) từ|(?:sau|trước)(?! (?:khi|lúc|đó|này|mấy|ngày|tháng|trận|cơn|bão|mưa|lũ|lốc|vụ|đợt|\d)))\b"
)
_BARE_LANDMARK = re.compile(
    r"\b(?:sat|gan|canh|doi dien|dang sau|(?:sau|truoc)(?! (?:khi|luc|do|tran|con|bao|mua|lu|loc|vu|dot)\b)|ben|ke|giap"
    r"|(?:cuoi|dau)(?! (?:nam|thang|tuan|quy|ky|vu|mua|buoi|gio)\b))\b"
)
_AT_HOME = re.compile(
    r"\b(?:thuong tru|tam tru|cu tru|hktt|(?:cho|noi) o|tru|ngu|cu ngu|sinh song)(?: (?:tai|o|la|hien nay|truoc day))*"
    r"\s?:?\s?$"
)
_PROVINCES = re.compile(
    r"an giang|ba ria|bac giang|bac kan|bac lieu|bac ninh|ben tre|binh dinh|binh duong|binh phuoc|binh thuan"
    r"|ca mau|can tho|cao bang|da nang|dak lak|dak nong|dien bien|dong nai|dong thap|gia lai|ha giang|ha nam"
    r"|ha noi|ha tinh|hai duong|hai phong|hau giang|hoa binh|ho chi minh|hue|hung yen|khanh hoa|kien giang"
    r"|kon tum|lai chau|lam dong|lang son|lao cai|long an|nam dinh|nghe an|ninh binh|ninh thuan|phu tho|phu yen"
    r"|quang binh|quang nam|quang ngai|quang ninh|quang tri|soc trang|son la|tay ninh|thai binh|thai nguyen"
    r"|thanh hoa|tien giang|tra vinh|tuyen quang|vinh long|vinh phuc|yen bai|sai gon|viet nam"
)
"""Before one of them stands a commune: too large for a home."""
_ABROAD = re.compile(
    r"(?<![\w.,])(?:No\. ?)?\d{1,5},?(?: Lane \d{1,4},)?(?: [A-Z][a-z]+){1,3}"
    r" (?:St|Street|Ave|Avenue|Rd|Road|Ct|Court|Dr|Drive|Ln|Lane|Blvd|Way|Pl|Place)\b\.?"
    r"(?:, [A-Z]\w*(?: [A-Z]\w*){0,2}){0,3}"
)
"""«214 Maple Ct, Garden City, CA»"""
_ASKED = re.compile(r"\b(?:nhà|ở|trú|địa chỉ)\b[^\n?]{0,30}\b(?:đâu|nào)\b[^\n?]{0,12}\?\s*$", re.IGNORECASE)
"""The line above asks where somebody lives."""
_ANSWERED = re.compile(
    r"(?:\b(?:nhà|ở|trú|địa chỉ)\b[^\n?]{0,30}\b(?:đâu|nào|mấy)\b[^\n?]{0,12}"
    r"|\b(?:(?:nơi|chỗ) ở|địa chỉ)(?: [^\W\d]+){0,3})\?"
    r"[\"”]?\s?[-–]?\s?(?:[^\W\d]{1,8}(?: lời)?:\s)?[\"“]?(?:dạ,? )?$",
    re.IGNORECASE,
)
"""«Hỏi: Nhà bác ở đâu? Đáp: …», in one line."""
_BULLET = " \t-–•"


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each home."""
    cased = text not in (text.lower(), text.upper())
    a_form = _FORM.search(text)
    for at, piece, marked in _pieces(normalise_tone(text)):  # «toà nhà» is «tòa nhà»; no letter more or less
        rules = rules_for(marked, cased)
        found = [one.span() for one in _ABROAD.finditer(piece) if said_to_live(piece[: one.start()], rules)]
        found += _homes(text, at, piece, rules)
        if marked:
            found += (
                (start, end)
                for start, end in homes_by_landmark(piece)
                if not any(start <= left <= end + _REACH_ON for left, _ in found)
            )
        if a_form:
            found += (match.span("it") for match in rules.in_a_form.finditer(piece))
        yield from ((at + start, at + end) for start, end in found)


def _homes(text: str, at: int, piece: str, rules: Rules) -> Iterator[tuple[int, int]]:
    """Where homes stand in the piece of the text that begins at ``at``, landmarks left out."""
    for match in rules.chain.finditer(piece):
        if not rules.no_place.match(piece, match.end("mark")) and (
            lived_in(piece, match, rules)
            or _below_a_name(text, at, piece, match, rules)
            or (not piece[: match.start()].strip(_BULLET) and _ASKED.search(text, 0, at))
            or _ANSWERED.search(piece, max(0, match.start() - REACH), match.start())
        ):
            yield match.span()
    yield from (match.span() for match in rules.told.finditer(piece) if _told_of(piece, match, rules))
    yield from (match.span() for match in rules.hut.finditer(piece) if belongs(piece[: match.start()], rules))
    yield from (match.span() for match in rules.villages.finditer(piece) if _villages_of(piece, match, rules))


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
    before = SENTENCE.split(line[: match.start()])[-1][-REACH:]
    lives = rules.lives.search(before) or rules.address.search(before)
    if lives and rules.building.search(f"{lives[0]}{match[0]} ") and not rules.quarters.match(match[0]):
        return False
    if lives and an_office_moves(before, lives[0], rules):
        return False
    if nobody_lives(before + match[0], rules):
        return False
    if rules.hosts.fullmatch(match[0].rstrip()) or (match[0][0].isupper() and rules.householder.search(before)):
        return False
    landmark = match[0][0].islower() and not lives
    if not landmark:
        return bool(lives or (rules.living.search(before) and last_name(before) >= 0)) or _next_to_a_name(
            before, match, rules
        )
    if not (_LANDMARK if has_marks(line) else _BARE_LANDMARK).search(match[0].lower()):
        return False
    if rules.my_home.match(before):
        return True
    return belongs(before, rules)


def _next_to_a_name(before: str, match: re.Match[str], rules: Rules) -> bool:
    """«Nông Thị Bích, Nà Sác, xã Trường Hà», «ông Quyên (Khe Lầy, xã Mẫu)»: a village right behind a name."""
    said = before.rstrip(" ,(")
    titled = max((found.end() for found in rules.titled.finditer(said)), default=-1)
    beside = before.rstrip()[-1:] in {",", "("} and len(said) in (last_name(said), titled)
    return beside and match[0][0].isupper() and not names_somebody(match[0]) and not match[0].isupper()


def _villages_of(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether names of places alone, a hamlet first, are where somebody lives: «địa chỉ Pác Cáy, Đức Hồng»."""
    before = SENTENCE.split(line[: match.start()])[-1][-REACH:]
    if not (_AT_HOME.search(fold(before)) or rules.address.search(before)) or rules.office.search(before + match[0]):
        return False
    if names_somebody(match[0]) or re.search(r"(?<!\w)(?:Thị|Thi|Văn|Van|[A-Z]{3,})(?!\w)", match[0]):
        return False
    places = match[0].split(",")
    whole = len(places) > 2 or not _PROVINCES.fullmatch(fold(places[-1]).strip())
    return whole and (last_name(before) >= 0 or bool(persons(before, rules)))


def _below_a_name(text: str, at: int, line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is a line of its own below one that ends with a person's name, as on an envelope."""
    if line[: match.start()].strip(_BULLET) or not re.fullmatch(r"[^:;|\d]{0,30}", line[match.end() :]):
        return False
    before = text[max(0, at - REACH) : at].rstrip().rpartition("\n")[2]
    if "," not in match[0] or rules.office.search(before):
        return False
    return 0 <= last_name(before) >= len(before.rstrip(" .,;"))
