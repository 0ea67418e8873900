"""Parts of a whole, however they are told: «một phần tư», «25%», «1/4», «cứ bốn … thì một», «hệ số 1,5» for 150 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.checks.figures.bearing import SMALL, Evidence
from service.checks.figures.measures import measured
from service.checks.figures.rounding import rounded_by
from service.quantities import COUNT_WORDS, Quantity
from service.text import normalise_tone

_PARTS = {word: n for n, word in enumerate(COUNT_WORDS) if 0 < n < 10}
_WHOLES = _PARTS | {"tư": 4, "mười": 10}
_IN_WORDS = re.compile(
    rf"\b(?P<part>{'|'.join(_PARTS)}) phần (?P<whole>hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)\b"
    r"(?!\s+(?:mươi|trăm|nghìn|\d|nay|ngoái|sau|trước|tới|học|qua))",  # «một phần năm 2026»
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\bcứ (?P<of>[0-9]{1,4})\b[^.;\n]{0,40}?\bthì (?:[^\W\d]+ ){0,2}?(?P<share>[0-9]{1,4})\b", re.IGNORECASE
)
_HALF = re.compile(r"\b(?:một )?nửa\b", re.IGNORECASE)
_FACTOR = re.compile(r"\b(?:hệ số|gấp)[\s:]{0,2}$", re.IGNORECASE)
_SHARED = re.compile(r"\b(?:chiếm|khoảng|gần|hơn|đạt|được|tới|trên|đóng|bằng)\s+$", re.IGNORECASE)
"""Before a small fraction of a source these say that it is no day: «chiếm 2/5»."""
_OWN_RATIO = re.compile(r"(?<![\w.,/])(\d{1,3}(?:\.?\d{3})*)/(\d{1,3}(?:\.?\d{3})*)(?![\w/])")
_PLACES, _HALF_ONE = 2, Decimal("0.5")
_NEAR = Decimal(4)
"""Percentage points by which «gần hai phần ba» may miss the share it stands for."""


def portions(text: str) -> Iterator[Quantity]:
    """The shares that a text tells in words."""
    for match in _IN_WORDS.finditer(normalise_tone(text)):
        part, whole = _PARTS[match["part"].lower()], _WHOLES[match["whole"].lower()]
        if part < whole:
            yield Quantity("share", f"{part}/{whole}", *match.span(), text[match.start() : match.end()])


def same_share(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the sources hold a part of a whole in another notation."""
    if one.kind == "fraction" and _of_a_hundred(one, evidence):
        return True
    share = _percentage(one)
    if share is None:
        return one.kind == "number" and _out_of(one, answer, evidence)
    if one.kind == "share" and _of_an_hour(one, share, answer, evidence):
        return True
    if one.kind == "percent" and _of_own_ratio(one, share, answer, evidence):
        return True
    if share == 50 and any(_HALF.search(text) for text in {item.text for item in evidence}):
        return True
    return any(_equals(one, share, answer, item) for item in evidence)


def _of_a_hundred(one: Quantity, evidence: Sequence[Evidence]) -> bool:
    """«60/40» for 60 % and 40 %."""
    both = one.value.split("/")
    there = {item.quantity.value for item in evidence if item.quantity.kind == "percent"}
    return set(both) <= there and sum(map(Decimal, both)) == 100


def _percentage(one: Quantity) -> Decimal | None:
    """A percentage, or a share or small fraction as one."""
    if one.kind == "percent":
        return Decimal(one.value)
    if one.kind not in ("share", "fraction"):
        return None
    part, _, whole = one.value.partition("/")
    small = part.isdecimal() and whole.isdecimal() and len(whole) < 3 and 1 < int(whole) <= SMALL
    return Decimal(part) * 100 / Decimal(whole) if small else None


def _equals(one: Quantity, share: Decimal, answer: str, item: Evidence) -> bool:
    said = item.quantity
    if one.kind == "percent" and said.kind == "number":  # «150%» for «hệ số 1,5»
        return said.value[0].isdecimal() and Decimal(said.value) * 100 == share and _is_factor(item)
    if one.kind == said.kind == "percent":
        return False  # equal figures are seen elsewhere
    no_day = _SHARED.search(item.text, max(0, said.start - 12), said.start)
    real = _percentage(said) if said.kind != "fraction" or no_day else _ratio(said)
    if real is None:
        return False
    if share == real or _is_rounded(share, real) or (one.kind == "percent" != said.kind and _is_rounded(real, share)):
        return True  # «một phần ba» for 33,3 %
    return rounded_by(one, answer, share, real, _NEAR)


def _ratio(said: Quantity) -> Decimal | None:
    """A fraction that can be no day as a percentage: «78/92»."""
    part, _, whole = said.value.partition("/")
    sure = said.kind == "fraction" and part.isdecimal() and whole.isdecimal() and 12 < int(whole) >= int(part)
    return Decimal(part) * 100 / Decimal(whole) if sure else None


def _of_own_ratio(one: Quantity, share: Decimal, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«75/78 hộ, tức 96%»: the percentage of a fraction beside it whose numbers the sources have."""
    numbers = {item.quantity.value for item in evidence if item.quantity.kind == "number"}
    for ratio in _OWN_RATIO.finditer(answer[max(0, one.start - 40) : one.start]):
        part, whole = (found.replace(".", "") for found in ratio.groups())
        if {part, whole} <= numbers and int(whole):
            return _is_rounded(Decimal(part) * 100 / Decimal(whole), share)
    return False


def _of_an_hour(one: Quantity, share: Decimal, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«ba phần tư giờ» for 45 phút."""
    if not re.match(r"\s(?:giờ|tiếng)\b", normalise_tone(answer[one.end : one.end + 8])):
        return False
    return any(measured(item.text, item.quantity).minutes == share * 60 / 100 for item in evidence)


def _is_rounded(real: Decimal, told: Decimal) -> bool:
    """Whether a share that does not come out even is told to as many places as ``told`` has: 33,3 % for a third."""
    places = len(format(told, "f").partition(".")[2])
    return places <= _PLACES and real != real.to_integral_value() and abs(real - told) <= _HALF_ONE.scaleb(-places)


def _is_factor(item: Evidence) -> bool:
    return bool(_FACTOR.search(item.text, max(0, item.quantity.start - 10), item.quantity.start))


def _out_of(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """«cứ 100 hồ sơ thì 84 …» for 84 %: both numbers of the phrase."""
    for said in _OUT_OF.finditer(answer):
        if (one.start, one.end) in (said.span("of"), said.span("share")) and int(said["of"]):
            share = Decimal(said["share"]) * 100 / Decimal(said["of"])
            return any(item.quantity.kind == "percent" and Decimal(item.quantity.value) == share for item in evidence)
    return False
