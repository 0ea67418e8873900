"""Whether somebody lives at an address: what is said before and behind it, who is named, and of what office."""

from __future__ import annotations

import re

from service.checks.personal.dwellings import Rules
from service.checks.personal.people import CAPITALS, last_name
from service.text import has_marks

REACH = 120
"""Letters before a chain in which its person may stand."""
_APART = 8
"""Words between a person and «ở» behind which a hamlet is where they live."""
_BESIDE_BRACKETS = 3
"""Words between a person and brackets that hold a home alone: «bà Năm bán xôi (hẻm 81 …)»."""
_MOVING = 12
"""Letters before a place in which «chuyển về» says what is moved there."""


def _of_an_office(passed: str, rules: Rules) -> bool:
    """Whether the sentence before an address only names an office: «Bên A: Trường Mẫu giáo Sơn Ca. Địa chỉ: …»."""
    said = re.split(r"[.!?;]\s", passed.rstrip(" .!?;"))[-1]
    said = re.sub(r"^\s*\w+ \w{1,2}\s*:\s*", "", said).lstrip()
    return bool(rules.office.match(said))


_SURNAMED = re.compile(r"(?:Duong|To|Ban|Lo)(?: [A-Z]\w*){1,3}")
"""Without diacritics «Duong Van Ut» is no street but a person."""
_YEAR_LAST = re.compile(r"(?:19|20)\d\d\s*$|\d\s(?:tuổi|tuoi|t)\s*$")
_YEAR_NEXT = re.compile(r"\s*[,;(–-]\s?(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d\s*[,;)–-]")
"""The date of birth right behind a name, and more to come in its row."""
_NAME_LAST = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?: (?:19|20)\d\d)? $")
_FROM = re.compile(r",\s(?:người|dân|nguoi|dan)\s$")
"""«Ông Tính, người thôn Bãi»"""
_NUMBER_LAST = re.compile(r"\d{3}\s$")
_HOUSE_OF = re.compile(r"\b(?:nhà|căn hộ|nha|can ho) $|^(?:căn|can) ", re.IGNORECASE)
_MANY = re.compile(r"\d\d\s$")
"""«812 học sinh» are nobody in particular."""
_ATTRIBUTES = re.compile(
    r",(?:,?\s(?:dân tộc|người|tộc|\d{1,3} tuổi|nam|nữ|nghề|làm"
    r"|giáo viên|học sinh|nông dân|công nhân)\b[^,]{0,20}){1,3}",
    re.IGNORECASE,
)
"""What is told of a person between the name and the home."""
_ABOUT = re.compile(
    r"(?:giới tính:? )?(?:nam|nữ)|(?:ngày |tháng |năm |sinh(?: năm)? |sn )?(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d"
    r"|\d{1,3} ?(?:tuổi|t)|(?:dân tộc|người) \w+|(?:con|cháu|vợ|chồng|em|mẹ|bố|chủ hộ)(?: [^\W\d]+){0,3}",
    re.IGNORECASE,
)
"""A field that tells of a person, between the name and the home."""
_ONE_FIELD = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,2}")
"""What else may stand there: an occupation."""
_PARTING = re.compile(r"\s?[,;|–]\s?|\s[-/]\s")
_ENDS = re.compile(r"\s?(?:[,.;)]|$)")
_FIELD_END = re.compile(r"(?:,\s[^;|.:\d]{0,40})?\s*(?:[;|/]|\.?\s*$)")
SENTENCE = re.compile(r"(?<!\b[A-ZĐ])(?<!\bs\.n)[.!?]\s")
_WORDS = re.compile(r"[^\W_][\w'’]*")


def belongs(passed: str, rules: Rules) -> bool:
    """Whether a person has just been named, and nothing of an office since."""
    before = SENTENCE.split(passed)[-1][-REACH:].rpartition(";")[2]
    person = max(last_name(before), *persons(before, rules), -1)
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    return person >= 0 and office < person and len(_WORDS.findall(before[person:])) <= _APART


def said_to_live(passed: str, rules: Rules) -> bool:
    """Whether words for living, or for an address, end the sentence."""
    before = SENTENCE.split(passed)[-1][-REACH:]
    return any(rule.search(before) for rule in (rules.lives, rules.address, rules.living, rules.now))


def persons(before: str, rules: Rules) -> list[int]:
    """Where what names a person ends: a title with a name, or a word for who speaks or is spoken of."""
    titled = (found for found in rules.titled.finditer(before) if not rules.named_for.search(before[: found.start()]))
    told = (found for found in rules.speaker.finditer(before) if not _MANY.search(before, 0, found.start()))
    return [found.end() for found in (*titled, *told)]


def lived_in(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is somebody's home."""
    before = SENTENCE.split(line[: match.start()])[-1][-REACH:]
    lives = rules.lives.search(before)
    if an_office_moves(before, lives[0] if lives else before[-_MOVING:], rules):
        return False
    if nobody_lives(before + match[0], rules) or (not lives and rules.sent.search(before)):
        return False
    if lives and not rules.building.search(lives[0]):
        return True
    house = bool(rules.house.match(line, match.end("mark")))
    person = max(last_name(before), *persons(before, rules), -1)
    if hosted := rules.hosted.match(match[0]):
        person = len(before)
        in_brackets = line[match.end() :].lstrip().startswith("(")  # where it stands
        if hosted.end() == len(match[0]) and (in_brackets or not rules.there.search(before)):
            return False  # «máy bàn nhà cụ Đạm» says nothing of where it stands
    if _counts_something(line, match, before, house, rules):
        return False
    if rules.homestead.match(line, match.end()) or (
        house and (rules.heads_house.search(before) or rules.owner.search(before))
    ):
        return True
    if (_HOUSE_OF.search(before) or _HOUSE_OF.match(match[0])) and rules.owned.match(line, match.end()):
        return True
    if rules.at_work.match(line, match.end()) or _an_office_since(before, person, rules):
        return False
    if rules.address.search(before):
        return not _of_an_office(line[: match.start() - len(before)], rules)
    if rules.rented.match(match[0]) and rules.living.search(before):
        return True  # «lao động tự do, ở dãy trọ bà Tám»
    return _beside_somebody(line, match, before, person, house, rules)


def _beside_somebody(line: str, match: re.Match[str], before: str, person: int, house: bool, rules: Rules) -> bool:
    """Whether a chain of which nothing says that it is a home stands beside whoever lives there."""
    after = re.split(r"[.;!?](?:\s|$)", line[match.end() : match.end() + 70])[0]
    number = any(sum(map(str.isdigit, run)) >= 9 for run in re.findall(r"[\d .-]{9,}", f"{before}|{after}"))
    brought = rules.to.search(before) and rules.brought.search(before)
    if person < 0 and not number:
        return _told_behind(match[0], before, after, house, rules)
    apart = len(_WORDS.findall(before[person:])) if person >= 0 else _APART
    if rules.living.search(before) and (apart <= _APART or number or rules.now.search(before)):
        return True
    if house or brought or rules.my_home.match(before):
        return True
    if apart <= 1 and _NAME_LAST.search(before) and (rules.hamlet.match(match[0]) or rules.household.search(before)):
        return True  # «con chị Hoa thôn Hạ», «hộ bà Chiến đội 5»
    if apart <= 1 and _FROM.search(before) and rules.hamlet.match(match[0]):
        return True
    if number and person >= 0 and _NUMBER_LAST.search(before):
        return True  # «chị Mai 0912345678 ngõ 5»
    said, parting = before.rstrip()[:-1], before.rstrip()[-1:]
    if parting not in {*",;(|–-:/"} or not parting:
        return False
    return number or (person >= 0 and _in_a_row(said, parting, person, line[match.end() :], rules))


def _told_behind(chain: str, before: str, after: str, house: bool, rules: Rules) -> bool:
    """Whether what follows an address names who lives there, or something is sent to it."""
    if house and not before.strip() and rules.titled.match(after.lstrip(" ,:–-(")):
        return True  # «số nhà 4 ngách 17/2, ông Tài»
    if house and before.strip()[-1:] in {"", *",:.-–"} and rules.dweller.match(after):
        return True
    if rules.resident.search(before) and rules.titled.match(after.lstrip(" ,:–-(")):
        return True
    if rules.delivered.search(before) and any(map(str.isdigit, chain)):
        return True
    brought = rules.brought.search(before)
    if brought and rules.to_be_met.match(after):
        return True  # «nhận hàng tại 12 Hoa Sim, gặp chị Na»
    if brought and rules.to.search(before) and not rules.office.search(after):
        taken = any(rule.search(after) for rule in (rules.titled, rules.speaker))  # «gửi về xóm 9 cho em Uyên»
        return house or taken
    return house and bool(rules.receiver.search(after))


def nobody_lives(said: str, rules: Rules) -> bool:
    """«Đàn dơi sống trong hang Đá, thôn 3»: animals and plants."""
    wild = rules.wild.search(said)
    return bool(wild and wild.start() and last_name(said[: wild.start()]) < 0 and not persons(said, rules))


def an_office_moves(before: str, said: str, rules: Rules) -> bool:
    """«Phòng khám dời về nhà số 2»"""
    return bool(rules.moved.search(said) and rules.moving_office.search(before))


def _counts_something(line: str, match: re.Match[str], before: str, house: bool, rules: Rules) -> bool:
    """Whether the chain is a number only, one of a paper, or without diacritics a person."""
    if house and rules.alone.fullmatch(match[0]) and not ("/" in match[0] and rules.living.search(before)):
        return True  # «số 12» may count anything
    return bool(rules.paper.search(before)) or bool(_SURNAMED.fullmatch(match[0]) and not has_marks(line))


def _an_office_since(before: str, person: int, rules: Rules) -> bool:
    """Whether an office, a business or an event is named behind the last person, or that person is its owner."""
    if 0 <= person <= max((found.end() for found in rules.shop.finditer(before)), default=-1):
        return True
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    return office > person or (office >= 0 and bool(re.search(r"\b(?:của|cua)\b", before[office:person])))


def _in_a_row(said: str, parting: str, person: int, after: str, rules: Rules) -> bool:
    """Whether a chain is the home in a row on one person, of whom ``said`` tells, named up to ``person``."""
    between = len(_WORDS.findall(said[person:]))
    in_brackets = parting == "(" and after.startswith(")")
    if between <= (_BESIDE_BRACKETS if in_brackets else 1) or rules.born.search(said):
        return True
    if between <= _APART and parting == "," and _ATTRIBUTES.fullmatch(said, person) and _ENDS.match(after):
        return True  # «bà Vừ Thị Chía, người Mông, bản …»
    if between <= _APART and (_YEAR_LAST.search(said) or _YEAR_NEXT.match(said + parting, person)):
        return True  # «Hồ Thị Pớt – 06/06/2013 – thôn …»
    if between <= _APART and parting in ";|/" and _FIELD_END.match(after):
        return True  # «bà Nhung; 3 khẩu; tổ 9;»
    # «Hà Thu – nữ – 03/1991 – nội trợ – thôn …»
    first, *told = _PARTING.split(said[person:].rstrip())
    return (
        not first.strip()
        and any(map(_ABOUT.fullmatch, told))
        and all(_ABOUT.fullmatch(one) or _ONE_FIELD.fullmatch(one) for one in told)
    )
