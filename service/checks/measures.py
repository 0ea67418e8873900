"""Units of measure beside a number: "1,2 km" is "1.200 m", and "67,5 ha" is not "67,5 m²"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from service.text import Quantity, comparable

UNITS: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, names in {
        "length": {
            "mm": "0.001",
            "cm": "0.01",
            "dm": "0.1",
            "m": "1",
            "mét": "1",
            "km": "1000",
            "cây số": "1000",
            "ki-lô-mét": "1000",
            "ki lô mét": "1000",
            "mi-li-mét": "0.001",
            "mi li mét": "0.001",
        },
        "area": {
            "m2": "1",
            "m²": "1",
            "mét vuông": "1",
            "ha": "10000",
            "héc ta": "10000",
            "hecta": "10000",
            "héc-ta": "10000",
            "km2": "1000000",
            "km²": "1000000",
            "sào": "0",
        },
        "mass": {
            "g": "0.001",
            "gam": "0.001",
            "gram": "0.001",
            "kg": "1",
            "ki lô gam": "1",
            "ki-lô-gam": "1",
            "kí-lô-gam": "1",
            "kilôgam": "1",
            "cân": "1",
            "yến": "10",
            "tạ": "100",
            "tấn": "1000",
        },
        "volume": {"ml": "0.001", "l": "1", "lít": "1", "m3": "1000", "m³": "1000", "mét khối": "1000", "khối": "1000"},
        "span": {"phút": "60", "giây": "1", "tiếng": "3600"},
        "days": {"ngày": "1", "tuần": "7"},
        "months": {"tháng": "1", "năm": "12"},
        "heat": {"độ c": "1", "°c": "1"},
        "power": {"w": "1", "kw": "1000", "mw": "1000000"},
    }.items()
    for name, factor in names.items()
}
"""Unit → its dimension and how many of the dimension's own unit it is; 0 where no conversion is fixed."""

_AFTER = re.compile(
    r"\s{0,2}(" + "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)) + r")(?![\w²³])", re.IGNORECASE
)


_REACH = 14
"""Letters after a number in which its unit begins and ends."""


@dataclass(frozen=True)
class Measured:
    """A number with its unit; ``dimension`` is empty without a known one."""

    value: str
    unit: str = ""
    dimension: str = ""
    base: Decimal | None = None

    def agrees(self, other: Measured) -> bool:
        """True unless both have a unit and the units say that something else was measured."""
        if not self.dimension or not other.dimension:
            return True
        if self.dimension != other.dimension:
            return False
        if self.base is None or other.base is None:
            return self.unit == other.unit
        return self.base == other.base

    @property
    def minutes(self) -> Decimal | None:
        """The length of a span in minutes; None for anything else."""
        return self.base / 60 if self.dimension == "span" and self.base is not None else None

    def same(self, other: Measured) -> bool:
        """True when both say one measure, in whatever units."""
        return bool(self.dimension) and self.dimension == other.dimension and None is not self.base == other.base


def measured(text: str, one: Quantity) -> Measured:
    """The quantity with the unit that follows it in its text."""
    match = _AFTER.match(comparable(text[one.end : one.end + _REACH])) if one.kind in ("number", "words") else None
    if match is None:
        return Measured(one.value)
    unit = match[1].lower()
    dimension, factor = UNITS[unit]
    try:
        base = (Decimal(one.value) * factor).normalize() if factor else None
    except InvalidOperation:
        base = None
    return Measured(one.value, unit, dimension, base)
