"""Dates of birth beside a person, without a word for being born: behind a name, in brackets, in a row, with an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.addresses import names_somebody
from service.checks.personal.dates import CYCLE, SIGN, YEAR
from service.text import fold

_NAMED_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})(?<!\d)"
    r"(?:\s\([^\W\d]{1,12}\)|,? (?:tên gọi khác|tên khác|thường gọi|bí danh|tức)(?: là)?:?(?:\s[^\W\d]+){1,4})?"
    r"\s*[–,;/(|\t-]\s*"
    r"(?:(?:[Gg]iới tính:? )?(?:[Nn]am|[Nn]ữ)|(?:SBD|[Ss]ố báo danh|[Ll]ớp)[^,;|\n]{1,12})?[ ,;|/–-]*"
    r"(?P<it>(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}(?: năm |, ?|/)|(?:tháng )?\d{1,2}[/.-])"
    r"(?:19\d{2}|20(?:[01]\d|2[0-2]))|\d{1,2}[/.-]\d{1,2}[/.-][013-9]\d(?=\s?[,;|)]|\.?(?:\s\d{1,2}[).]|$)))"
    r"(?![\d/-]?\d)"
)
"""A date behind a name: a child's year of birth at the latest, for after it the day of a document is likelier."""
_NAMED_YEAR = re.compile(
    r"(?:(?P<name>(?<![\w'’])(?:(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4}|(?:\w\.){2,4}\w?))\s*[(,;/|\t–-]"
    r"(?:\s?(?:chủ hộ|vợ|chồng|con|cháu"
    r"|mẹ|cha|bố|bà"
    r"|ông|em|anh|chị|dâu|rể)(?: \w+)?[,;/|–-]|(?:nam|nữ)[;|]"
    r"|(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý) \w+ ?[–-])?"
    r"|\b(?:[Nn]am|[Nn]ữ),|(?<=[,;|(/–-] )(?:[Nn]am|[Nn]ữ)\s?[;|/–-])\s*(?:khoảng (?:năm )?)?(?P<it>19[2-9]\d|200\d"
    r"|201\d)(?=\s*[),;/|–-]|\t|\.(?:\s|$)|$)",
    re.MULTILINE,
)
_BEAST = "(?:chuot|trau|ho|cop|meo|rong|ran|ngua|de|khi|ga|cho|heo|lon)"
_BY_SIGN = re.compile(
    rf"\b(?:tuoi|cam tinh)(?: con)? (?:(?P<cycle>{CYCLE}(?:[ ,(]+{YEAR})?)\b(?!,? sinh)"
    rf"|(?:{_BEAST}|{SIGN})[ ,(]+(?:sinh )?(?P<it>19[2-9]\d|20[012]\d)(?!\d))"
)
"""«tuổi Mậu Thìn», «cầm tinh con ngựa, 1990»"""
_BESIDE_NUMBER = re.compile(r"(?<!\d)(?:\d ?){12},? (?:sinh )?ngay (?P<it>\d{1,2}/\d{1,2}/(?:19\d\d|20[01]\d))(?!\d)")
"""«…, số định danh 048051000739, ngày 08/8/1951»; the day of issue is «cấp ngày»."""
_GENDER = re.compile(r"\b[Nn](?:am|ữ)\b")
_OF_GENDER = re.compile(r"\b(?:[Bb]ệnh nhân|[Cc]a \w+:?|[Nn]ạn nhân)\s(?:nam|nữ)$")
_SAID_NUMBER = "(?:không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|trăm|nghìn|ngàn|linh|lẻ)"
_SAID_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})\s?(?:–|-|,|\()\s?(?:ngày )?"
    rf"(?P<it>[a-zà-ỹ]+(?: [a-zà-ỹ]+){{0,2}} tháng [a-zà-ỹ]+(?: [a-zà-ỹ]+)? năm [a-zà-ỹ]+(?: [a-zà-ỹ]+){{1,5}}"
    rf"|\d{{1,2}} tháng (?:\d{{1,2}}|[A-ZĐa-zà-ỹ]+(?: [a-zà-ỹ]+)?) năm {_SAID_NUMBER}(?: {_SAID_NUMBER}){{2,7}})"
)
_SELF_YEAR = re.compile(
    r"(?:^|[:,.] )(?:em|e|chau) (?P<short>[89]\d)(?=,)"
    r"|\b(?:toi|em|minh|chau), (?:sinh )?(?P<it>19[3-9]\d|200\d|201\d)(?=,)"
    r"|\b(?:toi|vo|chong|chu ho|me|cha|con dau|con re) (?P<bare>19[3-9]\d|200\d)(?=[,;)]|\.?$|\.\s)"
)
"""«tôi, 1979, …», «vợ 1982»"""
_TITLED_YEAR = re.compile(
    r"\b(?:[Aa]nh|[Cc]hị|[ÔôOo]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Bb]é|[Ee]m|[Cc]háu)(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,4}"
    r",? (?P<it>19[2-9]\d|200\d|201\d|['’][5-9]\d)\b(?! (?:đồng|m|kg|người|hộ|phiếu|điểm|suất))"
)
"""«anh Tuấn 1982»"""
_TITLED_DATE = re.compile(
    r"\b(?:[Aa]nh|[Cc]hị|[ÔôOo]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Tt]hầy|[Dd]ì|[Ee]m|[Cc]háu)"
    r"(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,4} ?\((?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|200\d|[3-9]\d)|19[2-9]\d|200\d)"
    r"(?=[,;)])"
)
"""«thầy Đạo (3.3.1955, …)»"""
_TOLD_YEAR = re.compile(
    rf"\bcu (?:ong|ba) (?P<it>19[2-4]\d)\b"
    r"|\b(?:dua|con|chau|be|thang)(?: (?:gai|trai|lon|nho|be|ut|dau|giua|sau|ca|ruot|noi|ngoai|re|thu \w+)){1,3}"
    r" (?P<child>(?:\d{1,2}/|thang \d{1,2} nam (?:ngoai|nay|kia), tuc (?:la )?(?:\d{1,2}/)?)?"
    rf"{YEAR})(?![\w/]|[.,]\d| (?:dong|m2|kg)\b)"
    r"|\b(?P<slang>2k\d{1,2})\b"
)
"""«cụ ông 1938», «đứa út 8/2024», «2k5»"""
_AGE = re.compile(
    rf"(?:\b|(?<=\d))(?:tuoi|(?<=\d)t(?= ?\())(?:(?: ta| mu| am| thuc te)? ?[:(–-]+ ?"
    rf"| (?=(?:{CYCLE}|{SIGN}) |19[2-9]\d\b)|(?<=tuoi):[^\n]{{0,30}}? )"
    rf"(?: ?{CYCLE} ?\(|sinh |{SIGN} |\d{{1,3}} ?\()?"
    rf"(?P<it>(?:\d{{1,2}}[/.-])?\d{{1,2}}[/.-]{YEAR}|(?:{CYCLE} ?[(,]? ?)?(?:19[2-9]\d|20[01]\d)|{CYCLE})"
    r"(?![\d/.-]?\d)"
)
"""«62 tuổi (1963)», «Tuổi: ghi theo thẻ – 22/9/1966»"""
_AGED = re.compile(r"\b(?P<age>\d{1,3}) tuoi, (?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?P<year>(?:19|20)\d\d))(?![\d/-]?\d)")
"""«34 tuổi, 08/03/1990»: the age agrees."""
_KIN_YEAR = re.compile(
    r"\b(?:ông|bà|bố|mẹ|cha|vợ|chồng|anh|chị|em|con|cháu|cô|chú|dì|bác)(?:\s[a-zà-ỹđ]+){1,3}\s\((?P<it>19[2-9]\d|20[01]\d)\)"
    r"|(?<!\w )\b(?:vợ|chồng|con|mẹ|cha|bố|nam|nữ)(?:: |(?<=vợ), |(?<=chồng), )"
    r"(?P<said>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[012]\d))(?=\s?[;,.)]|$)",
    re.IGNORECASE,
)
"""«chị ruột tôi (1971)»"""
_NAMES_WITH_YEARS = (
    r"(?:(?:\d[).] ?)?[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?: \((?:19[2-9]\d|20[01]\d)\)"
    r"|, (?:19[2-9]\d|20[01]\d)(?=;))(?:, | và |; )?){2,}"
)
_LISTED_YEARS = re.compile(
    r"\b(?i:anh|chị|em|con|cháu|vợ|chồng|bố|mẹ|ông|bà)\b[^.\n]{0,40}?[:(]?\s"
    rf"(?P<list>{_NAMES_WITH_YEARS})"
    rf"|(?P<first>{_NAMES_WITH_YEARS})(?=[^.;\n]{{0,20}}\b(?:con|cháu|anh em)\b)"
    r"|\b(?:hai|ba|bốn|các|\d) (?:con|cháu|bé|em|đứa)(?: [a-zđà-ỹ]+){0,2}\s?[:(–-]\s?"
    r"(?P<bare>(?:(?:19[2-9]\d|20[012]\d)(?:,? và |, |; )?){2,})(?!\d)"
)
"""«anh chị em tôi gồm: Tâm (1961), Tín (1963)», «An (2012), Bình (2014) là con tôi», «hai cháu: 2012 và 2014»"""
_CHILD_MONTH = re.compile(
    r"\b(?:[Bb]é|[Cc]háu)(?: [A-ZĐÀ-Ỹ][\w'’]*){1,4}\s?[,(;|/–-]?\s?(?:(?:nam|nữ)\s?[,;|/–-]\s?)?"
    r"(?P<it>\d{1,2}[/.-]20[012]\d(?![\d/])|(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}"
    r"(?:,| năm| năm (?:ngoái|nay),|/) ?)20[012]\d"
    r"(?=\s?[,;|)/–]|\s-|\.?\s*$))"
)
"""«bé Na 3/2024», «cháu Kpă Mi Na, 02 tháng 12, 2023»"""
_CITED = re.compile(r"\b(?:theo|dẫn|xem)\s(?:\w+\s)?$", re.IGNORECASE)
_KIN_DATE = re.compile(
    r"\b(?:[Vv]ợ|[Cc]hồng|[Cc]on|[Cc]háu|[Bb]ố|[Cc]ha|[Mm]ẹ)(?: là)?(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){2,5},? "
    r"(?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[012]\d))(?![\d/-]?\d)"
    r"|\b(?:[Bb]é|[Bb]e|[Cc]háu|[Cc]hau)(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,5} \((?P<year>20[012]\d)\)"
)
"""«vợ Cù Thị Quyên 4.4.1991», «cháu Nguyễn Gia Hân (2020)»"""
_HEADED = re.compile(
    r"(?:\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh\b[^\n]{0,40}[:)]|(?<![^\n])[^\n|]{0,40}\bten\b[^\n|]{0,30}"
    r"\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh\b[^\n|]{0,40})\s*(?P<lines>(?:\n[^\n]+)+)"
)
_HEADED_LINE = re.compile(
    r"\n(?:\d{1,3}(?:[.)] ?| ?[–,;-] ?)|[-+•] ?)?[a-z' ]{2,40}? ?[–,;-] ?(?:(?:nam|nu) ?[–,;-] ?)?"
    r"(?P<it>(?:\d{1,2}[/.-]){1,2}(?:\d{4}|\d\d)|(?:19|20)\d\d|[3-9]\d(?= ?[–,;-] ))(?![\d/-]?\d)"
)
"""Lines below «(tên – ngày sinh – mẹ):»"""
_NAME_AND_YEAR = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})"
    r"(?:\s(?P<it>19[2-9]\d|200\d)"
    r"(?=\s*(?:[,;|)]|\.(?:\s|$)|$)|\s(?:trú|ngụ|ở|thường|tạm|quê|hiện|CCCD|cccd|căn cước)\b)"
    r"| (?P<date>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)(?=,? (?:[Nn]am|[Nn]ữ|NAM|NỮ)\b))",
    re.MULTILINE,
)
_OF_THE_CALENDAR = re.compile(rf"\bnam {CYCLE}$")
"""«trùng tu năm Giáp Tuất 1994»: no Mr Giáp."""
_TODAY = range(2015, 2036)
"""Years in which a text that tells an age may be written."""


def _ends_as_a_name(words: str) -> bool:
    """Whether the words before a date end in a name: «Ông Lê Tám mất năm 1999» tells of something else."""
    return names_somebody(words) and _is_capital_last(words) and not _OF_THE_CALENDAR.search(fold(words))


def _is_capital_last(words: str) -> bool:
    return words.rstrip(" ,(").rsplit(maxsplit=1)[-1][0].isupper()


def beside_people(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand beside the people that they are of, in ``plain``, the folded ``text``."""
    for pattern in (_AGE, _BESIDE_NUMBER, _SELF_YEAR, _TOLD_YEAR, _BY_SIGN):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(plain))
    titled = (*_TITLED_YEAR.finditer(text), *_TITLED_DATE.finditer(text))
    yield from (one.span("it") for one in titled if _is_capital_last(text[one.start() : one.start("it")]))
    for match in (*_NAMED_DATE.finditer(text), *_SAID_DATE.finditer(text), *_NAME_AND_YEAR.finditer(text)):
        it = match.lastgroup or "it"
        if _ends_as_a_name(match["name"]) or _GENDER.search(text[match.end("name") : match.start(it)]):
            yield match.span(it)
    for match in _NAMED_YEAR.finditer(text):
        if (
            not match["name"] or _ends_as_a_name(match["name"]) or _OF_GENDER.search(match["name"])
        ) and not _CITED.search(text[: match.start()]):
            yield match.span("it")
    for pattern in (_KIN_YEAR, _CHILD_MONTH, _KIN_DATE):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(text))
    yield from (match.span("it") for match in _AGED.finditer(plain) if int(match["age"]) + int(match["year"]) in _TODAY)
    for match in _LISTED_YEARS.finditer(text):
        years = re.compile(r"\d{4}").finditer(text, *match.span(match.lastgroup or 0))
        yield from (year.span() for year in years)
    for head in _HEADED.finditer(plain):
        yield from (line.span("it") for line in _HEADED_LINE.finditer(plain, *head.span("lines")))
