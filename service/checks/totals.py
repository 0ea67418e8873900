"""What an answer adds up or takes off itself: «tổng cộng 27» for 11, 9 and 7, «tổng tiền» of a price and a count.

Only where the answer says that it does so, and only of what the sources say of one thing, one after the other: any
number is the sum of some others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from service.checks.bearing import Evidence
from service.checks.measures import measured, told_for
from service.quantities import Quantity
from service.text import normalise_tone, syllables

_TOTAL = re.compile(r"\b(?:tổng|cộng|tất cả|cả thảy|thành tiền|gộp)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:tăng(?: thêm)?|giảm|chênh(?: lệch)?|còn lại)\s+$", re.IGNORECASE)
_SCALED = re.compile(r"(?:nghìn|ngàn|triệu|tr|tỷ|tỉ)$", re.IGNORECASE)
_FAR = 60
"""Letters before a figure within which the sum is announced, in the same sentence."""
_MOST = 12
"""Parts of a sum."""
_Row = list[tuple[Evidence, Decimal]]


def reckoned(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a figure that the answer calls a sum or a difference is one of what the sources say."""
    if one.kind not in ("number", "money") or not re.fullmatch(r"\d+(?:\.\d+)?", one.value):
        return False
    before = re.split(r"\n|[.;]\s", normalise_tone(answer[max(0, one.start - _FAR) : one.start]))[-1]
    mine = measured(answer, one)
    value = mine.base if mine.base is not None else Decimal(one.value)
    money = one.kind == "money" or bool(_SCALED.search(one.text))
    rows = [
        row
        for (kind, dimension, _), row in _rows(evidence).items()
        if (kind == "money") is money and dimension in ("", mine.dimension)
    ]
    if _TOTAL.search(before):
        return any(value in _sums(row) for row in rows) or (money and value in _products(evidence))
    if _DIFFERENCE.search(before):
        return any(abs(a - b) == value for row in rows for (_, a), (_, b) in pairwise(row))
    return False


def _rows(evidence: Sequence[Evidence]) -> dict[tuple[str, str, str], _Row]:
    """What the sources say of one thing, in order: amounts of money, one kind of measure, «11 trường hợp»."""
    found: dict[tuple[str, str, str], _Row] = {}
    for item in evidence:
        one = item.quantity
        if one.kind not in ("number", "money") or not re.fullmatch(r"\d+(?:\.\d+)?", one.value):
            continue
        said = measured(item.text, one)
        thing = "" if one.kind == "money" or said.dimension else _thing(item)
        if one.kind == "money" or said.dimension or thing:
            amount = said.base if said.base is not None else Decimal(one.value)
            found.setdefault((one.kind, said.dimension, thing), []).append((item, amount))
    return found


def _thing(item: Evidence) -> str:
    after = syllables(item.text[item.quantity.end : item.quantity.end + 20])
    return normalise_tone(after[0].text).lower() if after else ""


def _sums(row: _Row) -> Iterator[Decimal]:
    for at in range(len(row)):
        yield from list(accumulate(amount for _, amount in row[at : at + _MOST]))[1:]


def _products(evidence: Sequence[Evidence]) -> Iterator[Decimal]:
    """A price for each of a thing, as often as the sources count it."""
    prices = [item for item in evidence if item.quantity.kind == "money" and item.quantity.value.isdecimal()]
    counts = [(_thing(item), item) for item in evidence if item.quantity.kind == "number"]
    for price in prices:
        names = told_for(price.text, price.quantity)
        for thing, item in counts:
            if thing in names and re.fullmatch(r"\d+(?:\.\d+)?", item.quantity.value):
                yield Decimal(price.quantity.value) * Decimal(item.quantity.value)
