"""Units beside a number: "1,2 km" is "1.200 m", "67,5 ha" is not "67,5 m²", "62 hộ" is not "62 người"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from service.quantities import Quantity
from service.text import comparable

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
            "hải lý": "1852",
            "phân": "0.01",
            "li": "0.001",
            "tấc": "0.1",
            "xăng-ti-mét": "0.01",
            "xen-ti-mét": "0.01",
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
            "ký": "1",
            "mg": "0.000001",
            "mi-li-gam": "0.000001",
            "miligam": "0.000001",
            "µg": "0.000000001",
            "mcg": "0.000000001",
            "micrôgam": "0.000000001",
            "microgam": "0.000000001",
            "cân": "1",
            "yến": "10",
            "tạ": "100",
            "tấn": "1000",
        },
        "volume": {"ml": "0.001", "l": "1", "lít": "1", "m3": "1000", "m³": "1000", "mét khối": "1000", "khối": "1000"},
        "substance": {"mol": "1", "mmol": "0.001", "µmol": "0.000001"},
        "span": {"phút": "60", "giây": "1", "tiếng": "3600"},
        "days": {"ngày": "1", "tuần": "7"},
        "months": {"tháng": "1", "năm": "12"},
        "heat": {"độ c": "1", "°c": "1"},
        "fahrenheit": {"độ f": "1", "°f": "1"},
        "power": {"w": "1", "oát": "1", "kw": "1000", "mw": "1000000"},
        "apparent power": {"va": "1", "kva": "1000", "mva": "1000000"},
        "current": {"ma": "0.001", "ampe": "1"},
        "pressure": {"pa": "1", "kpa": "1000", "mpa": "1000000", "bar": "100000"},
        "sound": {"db": "1", "dba": "1"},
        "data": {"kb": "0.001", "mb": "1", "gb": "1000", "tb": "1000000", "tê-ra-bai": "1000000", "gi-ga-bai": "1000"},
        "bandwidth": {"kbps": "0.001", "mbps": "1", "gbps": "1000"},
        "concentration": {"ppm": "0", "ppb": "0"},
        "household": {"hộ": "1"},
        "people": {
            "người": "1",
            "khẩu": "1",
            "nhân khẩu": "1",
            "học sinh": "1",
            "sinh viên": "1",
            "đoàn viên": "1",
            "đại biểu": "1",
            "công nhân": "1",
        },
        "village": {"thôn": "1", "bản": "1", "ấp": "1", "xóm": "1", "buôn": "1"},
        "commune": {"xã": "1", "phường": "1"},
        "energy": {"wh": "1", "kwh": "1000", "mwh": "1000000"},
        "food": {"cal": "1", "kcal": "1000", "ki-lô-ca-lo": "1000", "ki lô ca lo": "1000"},
        "voltage": {"v": "1", "vôn": "1", "kv": "1000"},
    }.items()
    for name, factor in names.items()
}
"""Unit → its dimension and how many of the dimension's own unit it is; 0 where no conversion is fixed."""

_AFTER = re.compile(
    r"\s{0,2}(" + "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)) + r")(?![\w²³])", re.IGNORECASE
)


_AFTER_RANGE = re.compile(rf"\s?(?:-|đến|tới)\s?\d+(?:[.,]\d+)?{_AFTER.pattern}", re.IGNORECASE)
"""«từ 3 đến 3,5 cm»: what only the second of a pair is told in."""
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
    after = comparable(text[one.end : one.end + 2 * _REACH]) if one.kind in ("number", "words") else ""
    match = _AFTER.match(after[:_REACH]) or _AFTER_RANGE.match(after)
    if match is None:
        return Measured(one.value)
    unit = match[1].lower()
    dimension, factor = UNITS[unit]
    named = text[one.end + match.end() :][:2].strip().isupper()
    if named and dimension in ("village", "commune"):  # «3 xã Hoàng Vân»
        return Measured(one.value)
    try:
        base = (Decimal(one.value) * factor).normalize() if factor else None
    except InvalidOperation:
        base = None
    return Measured(one.value, unit, dimension, base)


_PERIODS = {
    "giây": "giây",
    "s": "giây",
    "phút": "phút",
    "giờ": "giờ",
    "h": "giờ",
    "ngày": "ngày",
    "tuần": "tuần",
    "tháng": "tháng",
    "quý": "quý",
    "năm": "năm",
}
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
_CONTAINERS = ("thùng", "bao", "hộp", "chai", "gói", "lon", "can", "bình")
_PIECES = ("cuốn", "trang", "hộ", "người", "buổi", "lượt", "chuyến", "cây", "con", "tiết", "bài")
_SIZES = tuple(name for name, (dimension, _) in UNITS.items() if dimension in ("length", "area", "mass", "volume"))
_PER = re.compile(
    r"(?:/|\b(?:mỗi|một|trên|hằng|hàng)\s)\s?("
    + "|".join(sorted(map(re.escape, {*_PERIODS, *_CONTAINERS, *_SIZES}), key=len, reverse=True))
    + rf"|(?:(?<=/)|(?<=mỗi )|(?<=một ))(?:{'|'.join(_PIECES)}))(?![\w²³])",
    re.IGNORECASE,
)
_EACH = re.compile(rf"\b(?:một|mỗi|1) ({'|'.join(map(re.escape, _SIZES))})\b[^,;.\d\n]{{0,20}}$", re.IGNORECASE)
"""«một tấn thóc được 7,4 triệu»: what an amount is told for, before it."""
_ONE = Decimal(1)
_FAR = 30
"""Letters after an amount in which it is said for how much it is."""


def with_unit(text: str, one: Quantity) -> Quantity:
    """The quantity and what it is counted in or told for: «2.400 lít/giờ», the part of a text that is wrong."""
    found = _AFTER.match(comparable(text[one.end : one.end + _REACH]))
    end = one.end + (found.end() if found else 0)
    clause = re.split(r"[,;.(\n|]", comparable(text[end : end + _FAR]))[0]
    end += max((told.end() for told in _PER.finditer(clause)), default=0)
    return replace(one, end=end, text=text[one.start : end])


def same_rate(answer: str, one: Quantity, source: str, other: Quantity) -> bool:
    """False when both amounts are told for something, and for nothing in common: «9.200 đồng/tạ» for «… đồng/kg»."""
    (periods, things), (other_periods, other_things) = _rate(answer, one), _rate(source, other)
    return all(
        not mine or not theirs or bool(mine & theirs)
        for mine, theirs in ((periods, other_periods), (things, other_things))
    )


def per_other_unit(answer: str, one: Quantity, source: str, other: Quantity) -> bool:
    """Whether both are one price for another unit each: «15 triệu đồng/tấn» for «15.000 đồng/kg»."""
    (periods, things), (other_periods, other_things) = _rate(answer, one), _rate(source, other)
    if not things and (before := _EACH.search(comparable(answer[max(0, one.start - _FAR) : one.start]))):
        things = {UNITS[before[1].lower()]}
    if not (one.value.isdecimal() and other.value.isdecimal()):
        return False
    months = (
        [n for name, n in _MONTHS.items() if name in periods],
        [n for name, n in _MONTHS.items() if name in other_periods],
    )
    if periods != other_periods:  # «49,8 triệu đồng/năm» for «4,15 triệu đồng/tháng»
        return (
            bool(all(months))
            and things == other_things
            and int(one.value) * months[1][0] == int(other.value) * months[0][0]
        )
    return any(
        dimension == there
        and bool(factor and other_factor)
        and Decimal(one.value) / factor == Decimal(other.value) / other_factor
        for dimension, factor in things
        for there, other_factor in other_things
    )


def told_for(text: str, one: Quantity) -> list[str]:
    """What an amount is told for, as it is written: «đồng/ha/năm»."""
    clause = re.split(r"[,;.(\n|]", comparable(text[one.end : one.end + _FAR]))[0]
    return [found[1].lower() for found in _PER.finditer(clause)]


def _rate(text: str, one: Quantity) -> tuple[set[str], set[tuple[str, Decimal]]]:
    """For which periods and which units an amount is told: «400.000 đồng/ha/năm»; synonyms are one."""
    names = told_for(text, one)
    things = {UNITS.get(name, (name, _ONE)) for name in names if name not in _PERIODS}
    return {_PERIODS[name] for name in names if name in _PERIODS}, things
