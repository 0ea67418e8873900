"""Figures of an answer that read in more than one way, each the way that the sources bear out.

«22.10» is a day or a decimal, «5 tỷ 8» one amount or two numbers, «48 215» one number or two, «14g» an hour or a
weight. What the sources do not hold keeps its first reading, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.checks.figures.bearing import Evidence
from service.checks.figures.measures import UNITS, measured
from service.quantities import Quantity, date_parts, quantities
from service.text import normalise_tone

_SPACED = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![\w]|[.,][0-9])")
"""«48 215» for 48.215"""
_DAY = re.compile(
    r"(?<![\w.,/])(?P<day>0?[1-9]|[12][0-9]|3[01])(?P<dash>[.-])(?P<month>0?[1-9]|1[0-2])(?!\w|%|(?P=dash)\d|[.,/]\d)"
)
"""«22.10», «9-11»"""
_COUNTS = re.compile(
    rf"\s?(?:{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))}|giờ|lần|triệu|tỷ|nghìn|đồng)(?!\w)", re.I
)
"""Behind «3-5» and «22.10» these say that no day is meant."""
_PARTED = re.compile(
    r"(?<![\w.,])(?P<whole>[1-9][0-9]{0,3})\s?(?P<unit>tỷ|tỉ|triệu|mét|m|tấn|tạ|km|kg|lít|ha)\s?(?P<part>[0-9]{1,3})"
    r"(?!\w|%|[.,/-]\d|\s?(?:tỷ|triệu|nghìn|ngàn|trăm)\b)",
    re.IGNORECASE,
)
"""«5 tỷ 8», «18 mét 45»"""
_AMOUNTS = ("number", "money")
_HOUR = re.compile(r"\b(?:hồi|lúc|từ|đến|tới|trước|sau|vào)\s(?P<at>(?P<hour>[0-9]{1,2})g)\b", re.IGNORECASE)


def second_readings(answer: str, evidence: Sequence[Evidence]) -> Iterator[Quantity]:
    """What may be read in two ways, as the sources have it."""
    plain = normalise_tone(answer)
    yield from _spaced(answer, evidence)
    yield from _days(plain, evidence)
    yield from _parted(plain, evidence)
    times = {item.quantity.value for item in evidence if item.quantity.kind == "time"}
    for match in _HOUR.finditer(plain):
        if (value := f"{int(match['hour']):02}:00") in times:
            yield Quantity("time", value, *match.span("at"), match["at"])


def _spaced(answer: str, evidence: Sequence[Evidence]) -> Iterator[Quantity]:
    """Numbers in groups of three digits parted by blanks."""
    for match in _SPACED.finditer(answer):
        value = match[0].replace(" ", "")
        if any(item.quantity.value == value for item in evidence):
            yield Quantity("number", value, *match.span(), match[0])


def _days(plain: str, evidence: Sequence[Evidence]) -> Iterator[Quantity]:
    """A day and its month with a dot or a dash between them."""
    for match in _DAY.finditer(plain):
        day, month = int(match["day"]), int(match["month"])
        if not _COUNTS.match(plain, match.end()) and any(_is_day(item.quantity, day, month) for item in evidence):
            yield Quantity("date", f"--{month:02}-{day:02}", *match.span(), match[0])


def _is_day(said: Quantity, day: int, month: int) -> bool:
    if said.kind == "date":
        return date_parts(said.value)[2:] == (month, day)
    return said.kind == "fraction" and said.value == f"{day}/{month}"


def _parted(plain: str, evidence: Sequence[Evidence]) -> Iterator[Quantity]:
    """An amount whose unit stands for its comma."""
    for match in _PARTED.finditer(plain):
        unit = match["unit"].lower()
        written = f"{match['whole']},{match['part']}"
        if unit in UNITS:
            meant = Decimal(written.replace(",", ".")) * UNITS[unit][1]
            there = (one for one in evidence if _measures(one, UNITS[unit][0], meant))
        else:
            amounts = {amount.value for amount in quantities(f"{written} {unit}")[:1]}
            there = (one for one in evidence if one.quantity.kind in _AMOUNTS and one.quantity.value in amounts)
        if (said := next(there, None)) is not None:
            yield Quantity("number", said.quantity.value, *match.span(), match[0])


def _measures(item: Evidence, dimension: str, base: Decimal) -> bool:
    said = measured(item.text, item.quantity)
    return said.dimension == dimension and said.base == base
