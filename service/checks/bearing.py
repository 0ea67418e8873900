"""When what a source says bears out what an answer claims: the same value, otherwise written, rounded, or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from service.checks.measures import Measured, measured
from service.checks.stated import G_HOURS
from service.quantities import DateParts, Quantity, date_parts
from service.text import normalise_tone, syllables

SMALL = 10
"""A whole number up to this may be written as a word, and may be the writer's own count («3 việc»)."""


@dataclass(frozen=True)
class Evidence:
    """A quantity that the answer may draw on; ``passage`` is the number of the passage it stands in."""

    quantity: Quantity
    text: str
    passage: int | None
    of_prompt: bool = False


def is_small(one: Quantity) -> bool:
    """A whole number up to ``SMALL``; a row of digits without end, which Python would not count, is none."""
    return one.kind == "number" and one.value.isdecimal() and len(one.value) < 3 and int(one.value) <= SMALL


def bears(claim: Quantity, said: Quantity, years: set[int]) -> bool:
    """True when what a source says bears out what the answer claims."""
    if (
        said.kind == "sign" and claim.kind in ("fraction", "date") and "/" in claim.text
    ):  # «Quyết định 17/2021» for 17/2021/QĐ-UBND
        return said.value.startswith(claim.text.lstrip("0") + "/")
    if claim.kind == said.kind == "sign" and said.value.startswith(claim.value + "-"):
        return True  # «1452/SGDĐT» for 1452/SGDĐT-GDTrH
    if claim.kind == "date" and said.kind == "date":
        return _same_date(claim.value, said.value, years)
    if {claim.kind, said.kind} == {"date", "fraction"}:
        day, fraction = (claim.value, said.value) if claim.kind == "date" else (said.value, claim.value)
        parts = date_parts(day)
        return f"{parts.day}/{parts.month}" == fraction and (parts.year is None or parts.year in years)
    if claim.kind == "number" and said.kind == "day":
        return claim.value == said.value
    if {claim.kind, said.kind} == {"date", "number"} and claim.kind == "date":
        return claim.value == f"---{said.value:0>2}" and len(said.value) <= 2  # "(06, 07, 20/7)": days in a list
    if claim.value == said.value:
        plain = {"number", "money", "words"}
        # A percentage may stand in a table under "%"; only a decimal is telling enough to be the same figure.
        return claim.kind == said.kind or {claim.kind, said.kind} <= plain | (
            {"percent"} if "." in claim.value else set()
        )
    return claim.kind == "number" and said.kind == "sign" and claim.value == re.split(r"[/-]", said.value)[0]


def _same_date(claim: str, said: str, years: set[int]) -> bool:
    wanted, there = date_parts(claim), date_parts(said)
    if wanted.year is not None and wanted.year != there.year and (there.year is not None or wanted.year not in years):
        return False
    if wanted.year is not None and there.year is None and there.month is None and there.quarter is None:
        return False
    if wanted.quarter and there.month and not wanted.month:
        return (there.month - 1) // 3 + 1 == wanted.quarter
    return all(a is None or a == b for a, b in zip(wanted[1:], there[1:], strict=True))


def year_of(one: Quantity) -> int | None:
    """The year a quantity speaks of: of a date, of a document number, or a bare 19xx or 20xx."""
    if one.kind == "date":
        return date_parts(one.value).year
    if one.kind == "sign":
        found = re.search(r"/((?:19|20)[0-9]{2})/", one.value)
        return int(found[1]) if found else None
    return _bare_year(one)


def _bare_year(one: Quantity) -> int | None:
    """The year that stands alone: 19xx or 20xx."""
    bare = one.kind in ("number", "date") and re.fullmatch(r"(?:19|20)[0-9]{2}", one.value)
    return int(one.value) if bare else None


def said_in_parts(one: Quantity, evidence: Sequence[Evidence], years: set[int]) -> bool:
    """True for «9 trong 13 thôn» where both numbers are said, and for the year of something that is said."""
    if one.kind == "fraction":
        return set(one.value.split("/")) <= {item.quantity.value for item in evidence if item.quantity.kind == "number"}
    return _bare_year(one) in years


def otherwise_said(
    one: Quantity, mine: Measured, answer: str, evidence: Sequence[Evidence], weekdays: set[str]
) -> bool:
    """True when the sources hold the quantity though no figure of theirs equals it.

    Rounded, counted in words, as a time after noon, in other groups of digits, as a span of time, or as a day of the
    week: one of the ``weekdays`` of their dates.
    """
    return (
        _rounded(one, answer, evidence)
        or _in_words(one, answer, evidence)
        or _past_noon(one, answer, evidence)
        or _regrouped(one, evidence)
        or _out_of(one, answer, evidence)
        or one.value in weekdays
        or _month(one, evidence)
        or _hours(one, mine, answer, evidence)
        or _share(one, evidence)
        or _of_a_row(one, answer, evidence)
    )


def weekdays_of(evidence: Sequence[Evidence], years: set[int]) -> set[str]:
    """The days of the week of the sources' dates; «12/5», which may be a ratio, is taken as a date as well."""
    found = set[str]()
    for item in evidence:
        kind, value = item.quantity.kind, item.quantity.value
        parts = date_parts(value) if kind == "date" else _ratio_as_day(value) if kind == "fraction" else None
        if parts and parts.day and parts.month:
            for year in {parts.year} if parts.year else years:
                try:
                    found.add(f"weekday {date(year or 1, parts.month, parts.day).isoweekday() + 1}")
                except ValueError:
                    continue
    return found


def _ratio_as_day(value: str) -> DateParts | None:
    day, _, month = value.partition("/")
    if not (day.isdecimal() and month.isdecimal() and 0 < int(day) <= 31 and 0 < int(month) <= 12):
        return None
    return date_parts(f"--{int(month):02}-{int(day):02}")


_ROUNDED = re.compile(r"\b(gần|ngót|non|hơn|trên|khoảng|chừng|xấp xỉ|độ|cỡ)\s+$", re.IGNORECASE)
_ROUGHLY = Decimal("0.05")
"""How far a rounded number may lie from the one it stands for, as a part of it."""
_DIGIT_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _rounded(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«gần 90» for 86, «hơn 1.280» for 1.286, «gần 98%» for 97,75%: fewer digits, on the right side of the real one."""
    word = _ROUNDED.search(answer, max(0, one.start - 12), one.start)
    if word is None:
        return False
    low, high = word[1].lower() in ("hơn", "trên"), word[1].lower() in ("gần", "ngót", "non")

    def fits(said: Decimal, real: Decimal, most: Decimal) -> bool:
        right = real > said if low else real < said if high else real != said
        return right and abs(real - said) <= most

    if (about := _minutes(one)) is not None:  # «gần 3 giờ» for 2 giờ 50
        return any(fits(about, at, _MINUTES) for item in evidence if (at := _minutes(item.quantity)) is not None)
    if one.kind not in _AMOUNTS or not _FIGURE.fullmatch(one.value):
        return False
    mine = measured(answer, one)
    for item in evidence:
        theirs = measured(item.text, item.quantity)
        alike = item.quantity.kind in _AMOUNTS and (one.kind == "percent") == (item.quantity.kind == "percent")
        if not alike or not _FIGURE.fullmatch(item.quantity.value):
            continue
        if (
            mine.dimension
            and theirs.dimension
            and (mine.dimension != theirs.dimension or None in (mine.base, theirs.base))
        ):
            continue
        said, real = Decimal(one.value), Decimal(item.quantity.value)
        if mine.base is not None and theirs.base is not None:  # «gần 23 khối» for 22,8 m³
            said, real = mine.base, theirs.base
        most = 2 * _ROUGHLY if one.kind == "percent" else _ROUGHLY  # «gần 5%» for 4,7 %
        if fits(said, real, most * said) and _figures(one.value) < _figures(item.quantity.value):
            return True
    return False


_AMOUNTS = ("number", "money", "percent")
_MINUTES = Decimal(15)
"""How far a rounded time of the day may lie from the one it stands for."""


_FIGURE = re.compile(r"[1-9]\d*(?:\.\d+)?")


def _month(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«T3» for March, where the sources speak of it."""
    if one.kind != "weekday" or not one.text.startswith("T"):
        return False
    dates = (date_parts(item.quantity.value) for item in evidence if item.quantity.kind == "date")
    return one.text[1:].isdecimal() and any(parts.month == int(one.text[1:]) for parts in dates)


_OUT_OF = re.compile(r"\bcứ (?P<of>[0-9]{1,4})\b[^.;\n]{0,40}?\bthì (?:có )?(?P<share>[0-9]{1,4})\b", re.IGNORECASE)


def _out_of(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«cứ 100 hồ sơ thì 84 …» for 84 %: both numbers of the phrase."""
    for said in _OUT_OF.finditer(answer):
        if (one.start, one.end) in (said.span("of"), said.span("share")) and int(said["of"]):
            share = Decimal(said["share"]) * 100 / Decimal(said["of"])
            return any(item.quantity.kind == "percent" and Decimal(item.quantity.value) == share for item in evidence)
    return False


def _figures(value: str) -> int:
    """How many figures of a number tell something: 2 of «15000», 4 of «97.75»."""
    return len(value.replace(".", "").rstrip("0")) if "." not in value else len(value.replace(".", ""))


def _in_words(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«3 buổi» for «ba buổi»: a count up to ten whose word stands before the same thing in a source."""
    if not is_small(one) or not int(one.value):
        return False
    after = syllables(answer[one.end : one.end + 20])
    if not after:
        return False
    thing = normalise_tone(after[0].text).lower()
    pattern = rf"\b{_DIGIT_WORDS[int(one.value)]}\s+{re.escape(thing)}\b"
    if one.value == "1" and len(after) > 1:  # «01 giải Nhất» for «giải Nhất»
        pattern += rf"|\b{re.escape(thing)}\s+{re.escape(normalise_tone(after[1].text))}\b"
    said = re.compile(pattern, re.IGNORECASE)
    return any(said.search(normalise_tone(text)) for text in {item.text for item in evidence})


def _hours(one: Quantity, mine: Measured, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«18 tiếng» for «18 giờ», «1 giờ 30 phút» for «90 phút»: a span may read as a time of the day."""
    if one.kind == "number" and mine.unit == "g" and G_HOURS.search(answer):
        return f"{one.value:0>2}:00" in {item.quantity.value for item in evidence if item.quantity.kind == "time"}
    if mine.unit == "tiếng":
        return any(item.quantity.kind == "time" and item.quantity.value == f"{one.value:0>2}:00" for item in evidence)
    if one.kind == "time":
        said = (item for item in evidence if item.quantity.kind in ("number", "words"))
        return any(_minutes(one) == measured(item.text, item.quantity).minutes for item in said)
    return mine.minutes is not None and any(mine.minutes == _minutes(item.quantity) for item in evidence)


_PAST_NOON = re.compile(r"\b(?:trưa|chiều|tối|đêm)\b", re.IGNORECASE)


def _past_noon(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«buổi chiều, từ 1 giờ tới 4 giờ» for 13 and 16: half a day is told once for several times, in the same line."""
    if one.kind != "time":
        return False
    hour, minute = one.value.split(":")
    line = answer[answer.rfind("\n", 0, one.start) + 1 : one.end + 30].partition("\n")[0]
    late = f"{int(hour) + 12:02}:{minute}"
    return (
        int(hour) < 12
        and bool(_PAST_NOON.search(line))
        and any(item.quantity.kind == "time" and item.quantity.value == late for item in evidence)
    )


_HALF = re.compile(r"\b(?:một )?nửa\b", re.IGNORECASE)


def _share(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«1/4» for 25 %, «50%» for «một nửa»."""
    if one.kind == "fraction":
        part, _, whole = one.value.partition("/")
        if not (whole.isdecimal() and part.isdecimal() and 1 < int(whole) <= SMALL):
            return False
        share = Decimal(part) * 100 / Decimal(whole)
    elif one.kind == "percent" and one.value == "50":
        share = Decimal(50)
    else:
        return False
    return any(item.quantity.kind == "percent" and Decimal(item.quantity.value) == share for item in evidence) or (
        share == 50 and any(_HALF.search(text) for text in {item.text for item in evidence})
    )


_DAY_ROW = re.compile(
    r"(?<![\d/.,])(?P<days>\d{1,2}(?:, ?\d{1,2})*(?:,| và) ?\d{1,2}) ?(?:/|tháng )(?P<month>\d{1,2})(?!\d)"
)
_DAY_COUNT = re.compile(
    r"(?P<count>\d{1,2}) ngày\b[^.;\d\n]{0,20}(?P<first>\d{1,2})(?:/\d{1,2})?(?: ?[–-] ?| đến (?:hết )?(?:ngày )?)"
    r"(?P<last>\d{1,2})(?:/| tháng )\d"
)


def _of_a_row(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """What a row of days holds by itself: «18, 19, 20/11» for «18–20/11», «3 ngày, từ 18 đến 20/11»."""
    count = _DAY_COUNT.match(answer, one.start)
    if count and count.end("count") == one.end:
        return int(count["count"]) == int(count["last"]) - int(count["first"]) + 1
    for row in _DAY_ROW.finditer(answer, max(0, one.start - 40)):
        days = [int(day) for day in re.findall(r"\d+", row["days"])]
        if row.start() <= one.start < row.end() and days == list(range(days[0], days[-1] + 1)):
            there = {date_parts(item.quantity.value)[2:] for item in evidence if item.quantity.kind == "date"}
            return {(int(row["month"]), days[0]), (int(row["month"]), days[-1])} <= there
    return False


_LONG = 8
"""Digits of an account, a telephone or a card at least."""


def _regrouped(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«5501000327718» for «5501 0003 27718»: the same long number, grouped another way."""
    digits = re.sub(r"[ .-]", "", one.text)
    return len(digits) >= _LONG and digits.isdecimal() and any(digits in _runs(item.text) for item in evidence)


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[str]:
    """Long numbers of a text without what parts their groups."""
    found = (re.sub(r"[ .-]", "", match[0]) for match in re.finditer(r"\d+(?:[ .-]\d+)+|\d+", text))
    return frozenset(run for run in found if len(run) >= _LONG)


def _minutes(one: Quantity) -> Decimal | None:
    """A time of the day read as a span: «1 giờ 30 phút» is 90."""
    hours, _, minutes = one.value.partition(":")
    return Decimal(hours) * 60 + Decimal(minutes) if one.kind == "time" else None
