"""Homes in a text: an address is read as a chain of segments, and counts where it is somebody's.

A segment is a house («số 12/4», «căn hộ 1206», «nhà bà Tám»), a lane or hamlet («ngõ 92», «thôn Đoài»), or a larger
place, which only goes on a chain. A chain is a home after a word for living («thường trú», «trú tại»), or with a person
before it and nothing of an office or an event between: «Trạm Y tế, số 9 đường Lê Duẩn» is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from service.checks.personal.dwellings import CAPITALS, CASED, Rules, rules_for
from service.checks.personal.landmarks import homes_by_landmark
from service.text import SURNAMES, fold, has_marks, normalise_tone

_REACH = 120
"""Letters before a chain in which its person may stand."""
_APART = 8
"""Words between a person and «ở» behind which a hamlet is where they live."""
_BESIDE_BRACKETS = 3
"""Words between a person and brackets that hold a home alone: «bà Năm bán xôi (hẻm 81 …)»."""
_MOVING = 12
"""Letters before a place in which «chuyển về» says what is moved there."""
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
_SENTENCE = re.compile(r"(?<!\b[A-ZĐ])(?<!\bs\.n)[.!?]\s")

_PLACED_LIST = (
    "đường phố xã phường trấn tỉnh huyện quận trường ty thôn làng bản ấp xóm chợ cầu sông núi hồ đảo ngõ hẻm kiệt khu "
    "tổ tòa viện học non thcs thpt th hiệu vực khoa phần tnhh cty học đẳng"
)
_PLACED = frozenset(_PLACED_LIST.split())
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
_WORDS = re.compile(r"[^\W_][\w'’]*")
_CALLED = re.compile(
    rf"\b(?:[{CAPITALS}]\.){{2,4}}[{CAPITALS}]?|\b[KHY]['’][{CAPITALS}]\w+"
    rf"|(?<!thứ )(?<!tháng )(?<!ngã )(?<!quý )(?<!huyện )(?<!xã )\b(?:Hai|Tư|Sáu|Bảy|Tám|Chín|Mười|Út)\s[{CAPITALS}]\w+"
)
"""«N.V.A.», «K'Brít», and «Tư Rớt»: in the South people are called by their place among brothers and sisters."""


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
    return max([end, *(one.end() for one in _CALLED.finditer(text))])


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each home."""
    cased = text not in (text.lower(), text.upper())
    a_form = _FORM.search(text)
    for at, piece, marked in _pieces(normalise_tone(text)):  # «toà nhà» is «tòa nhà»; no letter more or less
        rules = rules_for(marked, cased)
        found = [one.span() for one in _ABROAD.finditer(piece) if _said_to_live(piece[: one.start()], rules)]
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
            _lived_in(piece, match, rules)
            or _below_a_name(text, at, piece, match, rules)
            or (not piece[: match.start()].strip(_BULLET) and _ASKED.search(text, 0, at))
            or _ANSWERED.search(piece, max(0, match.start() - _REACH), match.start())
        ):
            yield match.span()
    yield from (match.span() for match in rules.told.finditer(piece) if _told_of(piece, match, rules))
    yield from (match.span() for match in rules.hut.finditer(piece) if _belongs(piece[: match.start()], rules))
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
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before) or rules.address.search(before)
    if lives and rules.building.search(f"{lives[0]}{match[0]} ") and not rules.quarters.match(match[0]):
        return False
    if lives and _an_office_moves(before, lives[0], rules):
        return False
    if _nobody_lives(before + match[0], rules):
        return False
    if rules.hosts.fullmatch(match[0].rstrip()) or (match[0][0].isupper() and rules.householder.search(before)):
        return False
    landmark = match[0][0].islower() and not lives
    if not landmark:
        return bool(lives or (rules.living.search(before) and _last_name(before) >= 0)) or _next_to_a_name(
            before, match, rules
        )
    if not (_LANDMARK if has_marks(line) else _BARE_LANDMARK).search(match[0].lower()):
        return False
    if rules.my_home.match(before):
        return True
    return _belongs(before, rules)


def _next_to_a_name(before: str, match: re.Match[str], rules: Rules) -> bool:
    """«Nông Thị Bích, Nà Sác, xã Trường Hà», «ông Quyên (Khe Lầy, xã Mẫu)»: a village right behind a name."""
    said = before.rstrip(" ,(")
    titled = max((found.end() for found in rules.titled.finditer(said)), default=-1)
    beside = before.rstrip()[-1:] in {",", "("} and len(said) in (_last_name(said), titled)
    return beside and match[0][0].isupper() and not names_somebody(match[0]) and not match[0].isupper()


def _belongs(passed: str, rules: Rules) -> bool:
    """Whether a person has just been named, and nothing of an office since."""
    before = _SENTENCE.split(passed)[-1][-_REACH:].rpartition(";")[2]
    person = max(_last_name(before), *_persons(before, rules), -1)
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    return person >= 0 and office < person and len(_WORDS.findall(before[person:])) <= _APART


def _villages_of(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether names of places alone, a hamlet first, are where somebody lives: «địa chỉ Pác Cáy, Đức Hồng»."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    if not (_AT_HOME.search(fold(before)) or rules.address.search(before)) or rules.office.search(before + match[0]):
        return False
    if names_somebody(match[0]) or re.search(r"(?<!\w)(?:Thị|Thi|Văn|Van|[A-Z]{3,})(?!\w)", match[0]):
        return False
    places = match[0].split(",")
    whole = len(places) > 2 or not _PROVINCES.fullmatch(fold(places[-1]).strip())
    return whole and (_last_name(before) >= 0 or bool(_persons(before, rules)))


def _below_a_name(text: str, at: int, line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is a line of its own below one that ends with a person's name, as on an envelope."""
    if line[: match.start()].strip(_BULLET) or not re.fullmatch(r"[^:;|\d]{0,30}", line[match.end() :]):
        return False
    before = text[max(0, at - _REACH) : at].rstrip().rpartition("\n")[2]
    if "," not in match[0] or rules.office.search(before):
        return False
    return 0 <= _last_name(before) >= len(before.rstrip(" .,;"))


def _said_to_live(passed: str, rules: Rules) -> bool:
    """Whether words for living, or for an address, end the sentence."""
    before = _SENTENCE.split(passed)[-1][-_REACH:]
    return any(rule.search(before) for rule in (rules.lives, rules.address, rules.living, rules.now))


def _persons(before: str, rules: Rules) -> list[int]:
    """Where what names a person ends: a title with a name, or a word for who speaks or is spoken of."""
    titled = (found for found in rules.titled.finditer(before) if not rules.named_for.search(before[: found.start()]))
    told = (found for found in rules.speaker.finditer(before) if not _MANY.search(before, 0, found.start()))
    return [found.end() for found in (*titled, *told)]


def _lived_in(line: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the chain is somebody's home."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before)
    if _an_office_moves(before, lives[0] if lives else before[-_MOVING:], rules):
        return False
    if _nobody_lives(before + match[0], rules) or (not lives and rules.sent.search(before)):
        return False
    if lives and not rules.building.search(lives[0]):
        return True
    house = bool(rules.house.match(line, match.end("mark")))
    person = max(_last_name(before), *_persons(before, rules), -1)
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


def _nobody_lives(said: str, rules: Rules) -> bool:
    """«Đàn dơi sống trong hang Đá, thôn 3»: animals and plants."""
    wild = rules.wild.search(said)
    return bool(wild and wild.start() and _last_name(said[: wild.start()]) < 0 and not _persons(said, rules))


def _an_office_moves(before: str, said: str, rules: Rules) -> bool:
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
