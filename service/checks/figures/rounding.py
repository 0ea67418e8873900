"""Figures that an answer rounds and says so: «gần 90» for 86, «hơn 1.280» for 1.286, «gần hai phần ba» for 64 %."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from service.checks.figures.bearing import Evidence, minutes_of
from service.checks.figures.measures import measured
from service.quantities import Quantity

_WORD = re.compile(r"\b(gần|ngót|non|chưa (?:tới|đến|đầy)|suýt|hơn|trên|khoảng|chừng|xấp xỉ|độ|cỡ)\s+$", re.IGNORECASE)
_BELOW, _ABOVE = ("hơn", "trên"), ("gần", "ngót", "non", "chưa tới", "chưa đến", "chưa đầy", "suýt")
"""Words that put the rounded number below the real one, and above it."""
_ROUGHLY = Decimal("0.05")
"""How far a rounded number may lie from the one it stands for, as a part of it."""
_TEN, _TENS = Decimal(10), Decimal(200)
"""Up to so many the next ten is near enough, unless more than a tenth away: «gần 30» for 27, «hơn 120» for 128."""
_FEW, _SOME = Decimal(4), Decimal(30)
"""So few never tell, from so many on: «hơn 30» for 34."""
_MINUTES = Decimal(15)
"""How far a rounded time of the day may lie from the one it stands for."""
_AMOUNTS = ("number", "money", "percent")
_FIGURE = re.compile(r"[1-9]\d*(?:\.\d+)?")


def rounded_by(one: Quantity, answer: str, said: Decimal, real: Decimal, most: Decimal) -> bool:
    """Whether a word before the quantity says that it is rounded, and the real value lies on its side and near."""
    word = _WORD.search(answer, max(0, one.start - 12), one.start)
    if word is None:
        return False
    low, high = word[1].lower() in _BELOW, word[1].lower() in _ABOVE
    right = real > said if low else real < said if high else real != said
    return right and abs(real - said) <= most


def rounded(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Fewer figures than the real amount, and on the side of it that the word says."""
    if (about := minutes_of(one)) is not None:  # «gần 3 giờ» for 2 giờ 50
        times = (minutes_of(item.quantity) for item in evidence)
        return any(rounded_by(one, answer, about, at, _MINUTES) for at in times if at is not None)
    if one.kind not in _AMOUNTS or not _FIGURE.fullmatch(one.value):
        return False
    if not _WORD.search(answer, max(0, one.start - 12), one.start):
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
        most = (2 * _ROUGHLY if one.kind == "percent" else _ROUGHLY) * said  # «gần 5%» for 4,7 %
        if one.kind != "percent" and _TEN <= said < _TENS and said % _TEN == 0:
            most = max(min(said / _TEN, _TEN - 1), _FEW if said >= _SOME else Decimal(0))
        if rounded_by(one, answer, said, real, most) and _figures(one.value) < _figures(item.quantity.value):
            return True
    return False


def _figures(value: str) -> int:
    """How many figures of a number tell something: 2 of «15000», 4 of «97.75»."""
    return len(value.replace(".", "").rstrip("0")) if "." not in value else len(value.replace(".", ""))
