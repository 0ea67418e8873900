"""What an answer adds up or takes off itself: «tổng cộng 27» for 11, 9 and 7, «tổng tiền» of a price and a count.

Only where the answer says that it does so, and only of what the sources say of one thing, one after the other: any
number is the sum of some others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations, pairwise

from service.checks.figures.bearing import SMALL, Evidence, is_small
from service.checks.figures.measures import Measured, measured, told_for
from service.quantities import Quantity
from service.text import normalise_tone, syllables

_TOTAL = re.compile(r"\b(?:tổng|cộng|tất cả|cả thảy|thành tiền|gộp)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:tăng|giảm|chênh|còn lại|vượt|nhiều hơn|ít hơn|cao hơn|thấp hơn)\b[^\d,.;]{0,15}$", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:mỗi|bình quân|trung bình)\b[^\d,.;]{0,25}$", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:vắng|chưa|không|còn)\b[^\d,.;]{0,15}$", re.IGNORECASE)
_SCALED = re.compile(r"(?:nghìn|ngàn|triệu|tr|tỷ|tỉ)$", re.IGNORECASE)
_FAR = 60
"""Letters before a figure within which the sum is announced, in the same sentence."""
_MOST = 12
"""Parts of a sum."""
_KINDS = ("number", "money", "percent")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_TELLING, _SENTENCE = 3, 160
_OF_EACH = re.compile(r" [^\W\d]+(?: [^\W\d]+)? ")
_SIGNS = (_TOTAL, _DIFFERENCE, _EACH, _LEFT)
_REST = re.compile(r"\b(?:nữ|nam|còn lại|phần còn)\b", re.IGNORECASE)
_OWN = re.compile(r" (?:ý|điểm|nội dung|việc|bước|mục|phần|lưu ý)\b", re.IGNORECASE)
_MEMBERS = re.compile(r" (?:người|thành viên|đồng chí|ông|bà|nội dung|việc|nhiệm vụ|mục)\b", re.IGNORECASE)
_ITEM = re.compile(r"(?m)^[ \t]*(?:\d{1,2}[.)/]|[-–•*+]|[a-zđ][.)])\s")
_NUMBERED = re.compile(r"(?:^|(?<=[\s(]))(\d{1,2})[.)]\s(?=[A-ZĐÀ-Ỹ])")
_Row = list[tuple[Evidence, Decimal]]


def reckoned(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a figure that the answer calls a sum or a difference is one of what the sources say."""
    if one.kind not in _KINDS or not _PLAIN.fullmatch(one.value):
        return False
    before = re.split(r"\n|[.;]\s", normalise_tone(answer[max(0, one.start - _FAR) : one.start]))[-1]
    mine = measured(answer, one)
    value = mine.base if mine.base is not None else Decimal(one.value)
    kind = "money" if one.kind == "number" and _SCALED.search(one.text) else one.kind
    if kind == "number" and not any(sign.search(before) for sign in _SIGNS) and not before.endswith("= "):
        return False
    rows = [
        row for (of, dimension, _), row in _rows(evidence).items() if of == kind and dimension in ("", mine.dimension)
    ]
    if kind == "percent" and _is_rest(value, before, rows):
        return True
    if kind == "money" and value in _shares(evidence):
        return True
    if (_TOTAL.search(before) or before.endswith("= ")) and kind != "percent":
        return any(value in _sums(row) for row in rows) or (kind == "money" and value in _products(evidence))
    if _DIFFERENCE.search(before):
        return any(abs(a - b) == value for row in rows for a, b in _pairs(row, value))
    if _EACH.search(before):
        return value in _quotients(rows, evidence)
    return kind == "number" and bool(_LEFT.search(before)) and value in _left(evidence)


def _pairs(row: _Row, value: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """Two amounts of a row that stand side by side; any two of a few when the difference tells more than a figure."""
    amounts = [amount for _, amount in row]
    yield from pairwise(amounts) if value <= SMALL or len(row) > _MOST else combinations(amounts, 2)


def _quotients(rows: Sequence[_Row], evidence: Sequence[Evidence]) -> Iterator[Decimal]:
    """What one of many gets, where it comes out even: «mỗi hộ 4 khẩu» for 96 hộ and 384 khẩu."""
    counts = [one for one in evidence if one.quantity.kind == "number" and one.quantity.value.isdecimal()]
    for item, amount in (pair for row in rows for pair in row):
        for count in (int(one.quantity.value) for one in counts if _are_near(one, item)):
            if count > SMALL and amount > count and amount % count == 0:
                yield amount / count


def _are_near(one: Evidence, other: Evidence) -> bool:
    """Whether two figures stand in one text, at most a long sentence apart."""
    return one.text == other.text and abs(one.quantity.start - other.quantity.start) <= _SENTENCE


def _left(evidence: Sequence[Evidence]) -> Iterator[Decimal]:
    """Who is missing: «vắng 14» for «142/156»."""
    for item in evidence:
        if item.quantity.kind == "fraction":
            part, _, whole = item.quantity.value.partition("/")
            if _PLAIN.fullmatch(part) and _PLAIN.fullmatch(whole):
                yield Decimal(whole) - Decimal(part)


def counted(one: Quantity, mine: Measured, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a small count is that of a list: «3 ý» of the answer's own, «3 người» of one in the sources."""
    if not is_small(one) or int(one.value) < 2 or mine.dimension in ("days", "months", "span"):
        return False
    if _OWN.match(normalise_tone(answer), one.end):
        return int(one.value) == len(_ITEM.findall(answer))
    texts = {item.text for item in evidence if not item.of_prompt}
    return bool(mine.dimension or _MEMBERS.match(normalise_tone(answer), one.end)) and any(
        [int(n) for n in _NUMBERED.findall(text)] == list(range(1, int(one.value) + 1)) for text in texts
    )


def _is_rest(share: Decimal, before: str, rows: Sequence[_Row]) -> bool:
    """«nữ 50,4%» where the sources have «nam 49,6%»."""
    told = bool(share % 1) or bool(_REST.search(before))
    return told and any(100 - amount == share for row in rows for _, amount in row)


def _shares(evidence: Sequence[Evidence]) -> Iterator[Decimal]:
    """What the percentages of the sources are of their amounts, where that takes three figures to tell."""
    plain = [item for item in evidence if _PLAIN.fullmatch(item.quantity.value)]
    shares = [item for item in plain if item.quantity.kind == "percent"]
    for amount in (item for item in plain if item.quantity.kind == "money"):
        for share in (one for one in shares if _are_near(one, amount)):
            part = Decimal(amount.quantity.value) * Decimal(share.quantity.value) / 100
            if len(format(part.normalize(), "f").rstrip("0").replace(".", "")) >= _TELLING:
                yield part


def _rows(evidence: Sequence[Evidence]) -> dict[tuple[str, str, str], _Row]:
    """What the sources say of one thing, in order: amounts of money, one kind of measure, «11 trường hợp»."""
    found: dict[tuple[str, str, str], _Row] = {}
    for item in evidence:
        one = item.quantity
        if one.kind not in _KINDS or not _PLAIN.fullmatch(one.value):
            continue
        said = measured(item.text, one)
        thing = "" if one.kind != "number" or said.dimension else _thing(item)
        if one.kind != "number" or said.dimension or thing:
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
    rows = [
        Decimal(count.quantity.value) * Decimal(price.quantity.value)
        for count, price in pairwise(sorted(evidence, key=lambda item: item.quantity.start))
        if (count.quantity.kind, price.quantity.kind) == ("number", "money")
        and count.text == price.text
        and _PLAIN.fullmatch(count.quantity.value)
        and _PLAIN.fullmatch(price.quantity.value)
        and _OF_EACH.fullmatch(count.text, count.quantity.end, price.quantity.start)
    ]
    yield from rows  # «10 suất 2 triệu đồng, 15 suất 1 triệu đồng»
    yield from accumulate(rows)
    prices = [item for item in evidence if item.quantity.kind == "money" and item.quantity.value.isdecimal()]
    counts = [(_thing(item), item) for item in evidence if item.quantity.kind == "number"]
    for price in prices:
        names = told_for(price.text, price.quantity)
        for thing, item in counts:
            if thing in names and _are_near(item, price) and _PLAIN.fullmatch(item.quantity.value):
                yield Decimal(price.quantity.value) * Decimal(item.quantity.value)
