"""What the sources hold though no figure of theirs equals it: rounded, in words, in other groups, as a span of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

from service.checks.figures.bearing import Evidence, is_small, minutes_of
from service.checks.figures.headed import under_head
from service.checks.figures.measures import Measured, measured, per_other_unit
from service.checks.figures.portions import same_share
from service.checks.figures.rounding import rounded
from service.checks.figures.stated import G_HOURS
from service.checks.figures.totals import counted, reckoned
from service.quantities import COUNT_WORDS, DateParts, Quantity, date_parts
from service.text import normalise_tone, syllables


def otherwise_said(
    one: Quantity, mine: Measured, answer: str, evidence: Sequence[Evidence], weekdays: set[str]
) -> bool:
    """True when the sources hold the quantity though no figure of theirs equals it.

    Rounded, counted in words, as a time after noon, in other groups of digits, as a span of time, or as a day of the
    week: one of the ``weekdays`` of their dates.
    """
    return (
        rounded(one, answer, evidence)
        or _in_words(one, answer, evidence)
        or _one_of(one, answer, evidence)
        or _of_an_age(one, answer, evidence)
        or _round_the_clock(one, evidence)
        or _of_the_year(one, answer, evidence)
        or counted(one, mine, answer, evidence)
        or _past_noon(one, answer, evidence)
        or _regrouped(one, evidence)
        or (one.value in weekdays and _of_its_date(one, answer, evidence))
        or _month(one, evidence)
        or _hours(one, mine, answer, evidence)
        or same_share(one, answer, evidence)
        or _per_other_unit(one, answer, evidence)
        or under_head(one, answer, evidence)
        or reckoned(one, answer, evidence)
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


_NEAR_DAY = re.compile(r"(?<![\d.,])(\d{1,2})\s?(?:[./-]|tháng )\s?(\d{1,2})(?!\d)")


def _of_its_date(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Where the sources name days of the week, one of a date of theirs stands beside that date only."""
    if not any(item.quantity.kind == "weekday" for item in evidence):
        return True
    beside = answer[max(0, one.start - 30) : one.end + 30]
    return bool(_NEAR_DAY.search(beside) or re.search(r"\b(?:ngày|mùng|mồng) \d", beside))


def _ratio_as_day(value: str) -> DateParts | None:
    day, _, month = value.partition("/")
    if not (day.isdecimal() and month.isdecimal() and 0 < int(day) <= 31 and 0 < int(month) <= 12):
        return None
    return date_parts(f"--{int(month):02}-{int(day):02}")


def _month(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«T3» for March, where the sources speak of it; «tháng 10» for «khởi công 01/10», which may be a ratio."""
    if one.kind == "date" and (wanted := date_parts(one.value)).day is None and wanted.year is None:
        ratios = (_ratio_as_day(item.quantity.value) for item in evidence if _may_be_day(item))
        months = {day.month for day in ratios if day and day.month}
        quarters = {(month + 2) // 3 for month in months}
        return wanted.month in months if wanted.month else wanted.quarter in quarters
    if one.kind != "weekday" or not one.text.startswith("T"):
        return False
    dates = (date_parts(item.quantity.value) for item in evidence if item.quantity.kind == "date")
    return one.text[1:].isdecimal() and any(parts.month == int(one.text[1:]) for parts in dates)


def _may_be_day(item: Evidence) -> bool:
    """Whether a fraction counts nothing: «01/10», «khởi công 1/10.»"""
    said = item.quantity
    return said.kind == "fraction" and (said.text[0] == "0" or not re.match(r"\s\w", item.text[said.end :][:2]))


def _in_words(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«3 buổi» for «ba buổi»: a count up to ten whose word stands before the same thing in a source."""
    if not is_small(one) or not int(one.value):
        return False
    after = syllables(answer[one.end : one.end + 20])
    if not after:
        return False
    thing = normalise_tone(after[0].text).lower()
    pattern = rf"\b{COUNT_WORDS[int(one.value)]}\s+{re.escape(thing)}\b"
    if one.value == "1" and len(after) > 1:  # «01 giải Nhất» for «giải Nhất»
        pattern += rf"|\b{re.escape(thing)}\s+{re.escape(normalise_tone(after[1].text))}\b"
    said = re.compile(pattern, re.IGNORECASE)
    return any(said.search(normalise_tone(text)) for text in {item.text for item in evidence})


_BORN = re.compile(r"\bsinh (?:ngày |năm )[^;\n]{0,12}?((?:19|20)[0-9]{2})|\bSN:? ?((?:19|20)[0-9]{2})")
_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")


def _of_an_age(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«55 tuổi» for who was born 1971, in a text of 2026."""
    if one.kind != "number" or not re.match(r" tuổi\b", answer[one.end :]) or not one.value.isdecimal():
        return False
    for text in {item.text for item in evidence}:
        now = max(map(int, _YEAR.findall(text)), default=0)
        if any(now - int(born[1] or born[2]) - int(one.value) in (0, 1) for born in _BORN.finditer(text)):
            return True
    return False


def _round_the_clock(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«24/7» for «24/24»."""
    return (one.kind, one.value) == ("fraction", "24/7") and any("24/24" in item.text for item in evidence)


def _of_the_year(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«3 tháng đầu năm» for «quý I»."""
    if one.kind != "number" or one.value not in ("3", "6", "9"):
        return False
    quarters = {date_parts(item.quantity.value).quarter for item in evidence if item.quantity.kind == "date"}
    return int(one.value) // 3 in quarters and bool(
        re.match(r" tháng đầu năm\b", normalise_tone(answer[one.end :][:20]))
    )


_DAY = 24 * 60
_TURN = re.compile(r"\b(đợt|lần|giai đoạn|vòng|buổi|bước|kỳ) $", re.IGNORECASE)


def _one_of(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«Đợt 1, đợt 2, đợt 3» for «3 đợt», unless the sources number them themselves."""
    turn = _TURN.search(normalise_tone(answer[max(0, one.start - 12) : one.start])) if is_small(one) else None
    if turn is None:
        return False
    name = turn[1].lower()
    counts = [item for item in evidence if is_small(item.quantity) and int(item.quantity.value) >= int(one.value)]
    said = {normalise_tone(item.text[item.quantity.end :][: len(name) + 1]).strip().lower() for item in counts}
    numbered = re.compile(rf"\b{name} (?:thứ )?\d", re.IGNORECASE)
    return name in said and not any(numbered.search(normalise_tone(text)) for text in {item.text for item in evidence})


def _hours(one: Quantity, mine: Measured, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«18 tiếng» for «18 giờ», «1 giờ 30 phút» for «90 phút»: a span may read as a time of the day."""
    if one.kind == "number" and mine.unit == "g" and G_HOURS.search(answer):
        return f"{one.value:0>2}:00" in {item.quantity.value for item in evidence if item.quantity.kind == "time"}
    if mine.unit == "tiếng":
        times = [at for item in evidence if (at := minutes_of(item.quantity)) is not None]
        spans = (times, ((end - begin) % _DAY for begin, end in pairwise(times)))  # «6 tiếng» for 22 giờ – 4 giờ
        return any(mine.minutes == span for span in chain(*spans))
    if one.kind == "time":
        said = (item for item in evidence if item.quantity.kind in ("number", "words"))
        return any(minutes_of(one) == measured(item.text, item.quantity).minutes for item in said)
    return mine.minutes is not None and any(mine.minutes == minutes_of(item.quantity) for item in evidence)


def _per_other_unit(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    if one.kind != "money":
        return False
    return any(
        item.quantity.kind == "money" and per_other_unit(answer, one, item.text, item.quantity) for item in evidence
    )


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


_DAY_ROW = re.compile(
    r"(?<![\d/.,])(?P<days>\d{1,2}(?:, ?\d{1,2})*(?:,| và) ?\d{1,2}) ?(?:/|tháng )(?P<month>\d{1,2})(?!\d)"
)
_DAYS_LISTED = re.compile(r"(?P<count>\d{1,2}) ngày[,:]? \(?(?P<days>\d{1,2}(?:, ?\d{1,2})* và \d{1,2})(?:/| tháng )\d")
_DAY_COUNT = re.compile(
    r"(?P<count>\d{1,2}) ngày\b[^.;\d\n]{0,20}(?P<first>\d{1,2})(?:/\d{1,2})?(?: ?[–-] ?| đến (?:hết )?(?:ngày )?)"
    r"(?P<last>\d{1,2})(?:/| tháng )\d"
)


def _of_a_row(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """What a row of days holds by itself: «18, 19, 20/11» for «18–20/11», «3 ngày, từ 18 đến 20/11»."""
    listed = _DAYS_LISTED.match(answer, one.start)
    if listed and listed.end("count") == one.end:
        return int(listed["count"]) == len(re.findall(r"\d+", listed["days"]))
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
