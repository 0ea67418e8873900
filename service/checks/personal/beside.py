"""Dates of birth beside a word for a person: a title, a kinship, somebody who speaks, an age, a calendar sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.dates import CYCLE, SIGN, YEAR
from service.checks.personal.people import CAPITALS
from service.text import has_marks

_BY_INITIAL = re.compile(
    r"\b(?:[Bb]ị (?:can|cáo|hại|đơn)|[Nn]guyên đơn|[Đđ]ối tượng|[Nn]ạn nhân|[Nn]ghi phạm"
    r"|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu)"
    rf"(?: [{CAPITALS}]\w*){{0,3}} (?:[{CAPITALS}]\.)+(?:, ?| ?\(| [–-] )"
    r"(?P<it>(?:\d{1,2}[/.-]){1,2}(?:19\d\d|20(?:[01]\d|2[0-2]))|19[2-9]\d|200\d|201\d)(?=[,;)]| [–-])"
)
"""«bị can Nguyễn Văn T., 1990»"""
_BEAST = "(?:chuot|trau|ho|cop|meo|rong|ran|ngua|de|khi|ga|cho|heo|lon)"
_BY_SIGN = re.compile(
    rf"\b(?:tuoi|cam tinh)(?: con)? (?:(?P<cycle>{CYCLE}(?:[ ,(]+{YEAR})?)\b(?!,? sinh)"
    rf"|(?:{_BEAST}|{SIGN})[ ,(]+(?:sinh )?(?P<it>19[2-9]\d|20[012]\d)(?!\d))"
)
"""«tuổi Mậu Thìn», «cầm tinh con ngựa, 1990»"""
_BESIDE_NUMBER = re.compile(r"(?<!\d)(?:\d ?){12},? (?:sinh )?ngay (?P<it>\d{1,2}/\d{1,2}/(?:19\d\d|20[01]\d))(?!\d)")
"""«…, số định danh 048051000739, ngày 08/8/1951»; the day of issue is «cấp ngày»."""
_SELF_YEAR = re.compile(
    r"(?:^|[:,.] )(?:em|e|chau) (?P<short>[89]\d)(?=,)"
    r"|\b(?:toi|tui|em|(?:vo|chong) (?:toi|tui|em)) \((?P<in_brackets>[89]\d)\)"
    r"|\b(?:toi|em|minh|chau), (?:sinh )?(?P<it>19[3-9]\d|200\d|201\d)(?=,)"
    r"|\b(?:toi|vo|chong|chu ho|me|cha|con dau|con re) (?P<bare>19[3-9]\d|200\d)(?=[,;)]|\.?$|\.\s)"
)
"""«tôi, 1979, …», «vợ 1982», «tui (95)»"""
_TITLE = r"\b(?:[Aa]nh|[Cc]hị|[ÔôOo]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Tt]hầy|[Dd]ì|[Bb]é|[Ee]m|[Cc]háu)"
_BARE_TITLE = r"\b(?:[Aa]nh|[Oo]ng|[Ee]m|chi|ba|co|chu|bac|cu|thay|be|chau)"


def _titled(title: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """«anh Tuấn 1982»; «thầy Đạo (3.3.1955, …)»"""
    name = rf"{title}(?: [{CAPITALS}][\w'’]*){{1,4}}"
    things = r"(?! (?:đồng|m\d?|kg|người|hộ|phiếu|điểm|suất|dong|nguoi|ho)\b)"
    return (
        re.compile(rf"{name},? (?P<it>19[2-9]\d|200\d|201\d|['’][5-9]\d)\b{things}"),
        re.compile(rf"{name} ?\((?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19\d\d|200\d|[3-9]\d)|19[2-9]\d|200\d)(?=[,;)])"),
    )


_TITLED, _BARE_TITLED = _titled(_TITLE), _titled(_BARE_TITLE)
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
    rf"\b(?:[Bb]é|[Bb]e|[Cc]háu|[Cc]hau)(?: [{CAPITALS}][\w'’]*){{1,4}}\s?[,(;|/–-]?\s?(?:(?:nam|nữ)\s?[,;|/–-]\s?)?"
    r"(?P<it>\d{1,2}[/.-]20[012]\d(?![\d/])|(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}"
    r"(?:,| năm| năm (?:ngoái|nay),|/) ?)20[012]\d"
    r"(?=\s?[,;|)/–]|\s-|\.?\s*$))"
)
"""«bé Na 3/2024», «cháu Kpă Mi Na, 02 tháng 12, 2023»"""
_KIN_DATE = re.compile(
    rf"\b(?:[Vv]ợ|[Cc]hồng|[Cc]on|[Cc]háu|[Bb]ố|[Cc]ha|[Mm]ẹ)(?: là| tên)?(?: [{CAPITALS}][\w'’]*){{2,5}},? "
    r"(?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[012]\d))(?![\d/-]?\d)"
    rf"|\b(?:[Bb]é|[Bb]e|[Cc]háu|[Cc]hau)(?: [{CAPITALS}][\w'’]*){{1,5}} \((?P<year>20[012]\d)\)"
)
"""«vợ Cù Thị Quyên 4.4.1991», «cháu Nguyễn Gia Hân (2020)»"""
_TODAY = range(2015, 2036)
"""Years in which a text that tells an age may be written."""


def beside_people(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand beside the people that they are of, in ``plain``, the folded ``text``."""
    for pattern in (_AGE, _BESIDE_NUMBER, _SELF_YEAR, _TOLD_YEAR, _BY_SIGN):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(plain))
    for pattern in (*(_TITLED if has_marks(text) else _BARE_TITLED), _KIN_YEAR, _CHILD_MONTH, _KIN_DATE, _BY_INITIAL):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(text))
    yield from (match.span("it") for match in _AGED.finditer(plain) if int(match["age"]) + int(match["year"]) in _TODAY)
    for match in _LISTED_YEARS.finditer(text):
        years = re.compile(r"\d{4}").finditer(text, *match.span(match.lastgroup or 0))
        yield from (year.span() for year in years)
