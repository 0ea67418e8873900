"""What a text states: its quantities, and what official writing says with them without saying it.

Articles and clauses by their heads, the days of «12–16/5», the halves of «165/180», grades the Roman way, hours by
«7g30», amounts under «Đơn vị: triệu đồng», days of the week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from service.checks.figures.portions import portions
from service.quantities import Quantity, date_parts, quantities
from service.text import normalise_tone

G_HOURS = re.compile(r"\b\d{1,2}g\d{2}\b")
"""Who writes «7g30» means an hour by «11g», elsewhere a weight."""
_NUMBERED = re.compile(r"(?<!\w)(?:[A-ZĐ]{1,4}\.?|thứ\s)([0-9]{1,4})\b(?![./-]\w)")
"""What numbers a road, a class or a session: «QL15», «kỳ họp thứ 5»."""
_PART = re.compile(
    r"(?i)\b(?:phụ lục|biểu|bảng|hình|bước|mục|phần|chương|trang|mẫu|câu)(?: số)? ([0-9]{1,2})(?![\d%]|[.,/]\d)"
)
"""A part of a document or a form by its number."""
_HALF_YEAR = re.compile(r"(?i)\b(?:0?(?P<months>[69]) tháng|nửa) đầu năm\b")
"""«6 tháng đầu năm»: the first two quarters."""
_GAP = re.compile(r"/| ?[–-] ?| (?:đến|tới) ")
_ROMANS = [ten + one for ten in ("", "X") for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")]
_ANY_ROMAN = "|".join(sorted(_ROMANS, key=len, reverse=True))
_ROMAN = re.compile(rf"(?:(?<=[a-zà-ỹđ] )|(?<=[a-zà-ỹđ]: ))({_ANY_ROMAN})\b(?![./]\w)")
"""A part, a class or a session numbered the Roman way: «loại I», «khóa XIX», «cấp dự báo: IV»."""
_BRACKETED = re.compile(r"\(([0-9]{1,2})\)")
"""«BOD5 121 mg/l (50)»: a figure in a source, in an answer the number of a part."""
_RANKED = r"(?i:cấp|loại|hạng|bậc|khóa|nhóm|mức|báo động|vùng|học kỳ|kỳ)"
_GRADED = re.compile(rf"\b{_RANKED}\s({_ANY_ROMAN})\b(?![./]\w)")
_GRADE = re.compile(
    rf"\b(?:{_RANKED}|HK|BĐ)[\s:]{{0,2}}(?:([0-9]{{1,2}})(?![\w%]|[.,/][0-9])|({_ANY_ROMAN})\b(?![./]\w))"
)
_DAYS = re.compile(r"(?<![\d./])(?P<first>[1-9]\d?|0\d)\s?[–-]\s?(?P<last>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")
"""Days of one month: «12–16/5»."""
_DASHED = re.compile(r"(?i)\b(?:trước|ngày|hôm|hạn|sáng|chiều|tối)\s+(?P<day>\d{1,2})-(?P<month>\d{1,2})(?![-\d/])")
"""A day and its month: «trước 15-9»."""
_HEAD = re.compile(r"(?mi)^[ \t*#_]*(?:điều\s+(?P<article>[0-9]{1,3})\s*[.:]|(?P<clause>[0-9]{1,2})\.\s)")
_TABLE_UNIT = re.compile(
    r"(?:(?:đơn vị|đvt)[^:\n]{0,12}:\s*|\((?:tính bằng |tính theo )?)(nghìn|ngàn|triệu|tỷ)\s+đồng", re.IGNORECASE
)


@lru_cache(maxsize=256)
def stated(text: str) -> tuple[Quantity, ...]:
    """The quantities of a source, with the articles and clauses it is made of.

    Under "Đơn vị: triệu đồng" or "(triệu đồng)" every bare number also stands for its amount.
    """
    plain = normalise_tone(text)
    heads = (
        Quantity(
            "article",
            f"dieu {head['article']}" if head["article"] else f"khoan {head['clause']}",
            *head.span(),
            head[0],
        )
        for head in _HEAD.finditer(plain)
    )
    found = (*quantities(text), *heads, *_parts_said(plain, quantities(text)))
    unit = _TABLE_UNIT.search(plain)
    if unit is None:
        return found
    amounts = (
        replace(one, kind="money", value=amount.value)
        for one in found
        if one.kind == "number" and one.start > unit.start()
        for amount in quantities(f"{one.text} {unit[1]} đồng")[:1]  # none for «quý I»
    )
    return (*found, *amounts)


def _quarters(plain: str) -> Iterator[Quantity]:
    for match in _HALF_YEAR.finditer(plain):
        last = int(match["months"]) // 3 if match["months"] else 2
        yield from (Quantity("date", f"Q{n}", *match.span(), match[0]) for n in range(1, last + 1))


def _hours_said(plain: str) -> Iterator[Quantity]:
    """The full hours of who writes «7g30»: «11g», elsewhere a weight."""
    if G_HOURS.search(plain):
        for match in re.finditer(r"\b(\d{1,2})g\b", plain):
            yield Quantity("time", f"{int(match[1]):02}:00", *match.span(), match[0])


def _scaled(plain: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The first amount of «1,94/2,5 tỷ đồng» and «7–9 triệu đồng», whose unit stands behind the second only."""
    for one, after in pairwise(found):
        if one.kind == "number" and after.kind == "money" and _GAP.fullmatch(plain, one.end, after.start):
            unit = after.text.lstrip("0123456789.,")
            yield from (replace(one, kind="money", value=amount.value) for amount in quantities(one.text + unit)[:1])


def graded(answer: str) -> Iterator[Quantity]:
    """The grade that an answer names the Roman way: «cấp V»."""
    for match in _GRADED.finditer(normalise_tone(answer)):
        yield Quantity("grade", str(_ROMANS.index(match[1]) + 1), *match.span(1), match[1])


def _parts_said(plain: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """What a quantity also says: "165/180" both its numbers, "10/8" in a range its day, "loại I" its grade."""
    for one in found:
        if one.kind == "fraction":
            for half in one.value.split("/"):
                yield replace(one, kind="number", value=half)
        elif one.kind == "date" and (day := date_parts(one.value).day):
            yield replace(one, kind="day", value=str(day))
    yield from _quarters(plain)
    yield from portions(plain)
    yield from _hours_said(plain)
    yield from _scaled(plain, found)
    bracketed = list(_BRACKETED.finditer(plain))
    for match in () if [one[1] for one in bracketed[:2]] == ["1", "2"] else bracketed:  # «(1) …; (2) …»: parts
        yield Quantity("number", str(int(match[1])), *match.span(1), match[1])
    for match in (*_NUMBERED.finditer(plain), *_PART.finditer(plain)):
        yield Quantity("number", str(int(match[1])), *match.span(1), match[1])
    for match in _DAYS.finditer(plain):
        for written in match["first"], match["last"]:
            if int(match["month"]) <= 12 and int(written) <= 31:
                yield Quantity("date", f"--{int(match['month']):02}-{int(written):02}", *match.span(), match[0])
    for match in _DASHED.finditer(plain):
        if int(match["month"]) <= 12 and int(match["day"]) <= 31:
            yield Quantity("date", f"--{int(match['month']):02}-{int(match['day']):02}", *match.span(), match[0])
    for match in _ROMAN.finditer(plain):
        grade = Quantity("number", str(_ROMANS.index(match[1]) + 1), *match.span(1), match[1])
        yield from (grade, replace(grade, kind="grade"))
    for match in _GRADE.finditer(plain):
        value = str(int(match[1])) if match[1] else str(_ROMANS.index(match[2]) + 1)
        yield Quantity("grade", value, *match.span(), match[0])


_DAY_OF_WEEK = re.compile(
    r"\b(?:(?i:thứ) ((?i:hai|ba|tư|năm|sáu|bảy)|[2-7])|((?i:chủ nhật)|CN(?![-./]|\s[A-ZĐ]))|T([2-7])(?![./-]?\w))\b"
)
LISTED_DAYS = re.compile(
    r"\bthứ ([2-7](?:(?:, ?| và | - |-)[2-7])+)(?![\d/-]|\.\d|\s?(?:%|người|hộ|ngày|giờ))", re.IGNORECASE
)
"""«các thứ 2, 4, 6»"""
_DAY_NAMES = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}


_LISTING = (",", "–", "-", "(", "và", ";")
"""Before «CN», which is short for much else, another day stands, or a part of the day."""


def _is_name_of_day(match: re.Match[str]) -> bool:
    """«thứ Hai», «Chủ nhật», «T2»; «thứ hai» may count something."""
    return not match[1] or match[1][0].isupper()


def days_of_week(text: str) -> Iterator[Quantity]:
    """The days of the week that a text names, as «weekday 2» … «weekday 8» (Chủ nhật). «thứ hai» and «thứ 7» may count
    as well: only those with a capital or after «sáng», «chiều», «tối» are taken."""
    for match in _DAY_OF_WEEK.finditer(normalise_tone(text)):
        before = text[: match.start()].rstrip().lower()
        told = match[1] or match[3]
        part = before.endswith(("sáng", "trưa", "chiều", "tối", "đêm"))
        sure = part or (match[2] == "CN" and before.endswith(_LISTING)) or (match[2] != "CN" and _is_name_of_day(match))
        if sure:
            number = 8 if match[2] else _DAY_NAMES.get(told.lower()) or int(told)
            yield Quantity("weekday", f"weekday {number}", *match.span(), text[match.start() : match.end()])
    for match in LISTED_DAYS.finditer(normalise_tone(text)):
        for day in re.finditer(r"[2-7]", match[1]):
            start = match.start(1) + day.start()
            yield Quantity("weekday", f"weekday {day[0]}", start, start + 1, day[0])


def own_articles(answer: str) -> Iterator[str]:
    """The numbers of the articles that an answer has itself."""
    return (head["article"] for head in _HEAD.finditer(normalise_tone(answer)) if head["article"])
