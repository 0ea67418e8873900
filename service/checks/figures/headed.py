"""Numbers whose unit a head or bracket tells: «Biểu cấp giống (tạ)», «Đơn vị tính: triệu đồng», «| Số lượng (kg) |»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from service.checks.figures.bearing import Evidence
from service.checks.figures.measures import UNITS, measured
from service.quantities import Quantity, quantities
from service.text import normalise_tone

_SCALES = {"nghìn": "nghìn", "ngàn": "nghìn", "triệu": "triệu", "tỷ": "tỷ", "tỉ": "tỷ", "tr": "triệu"}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_HEAD = re.compile(
    r"(?:\b(?:đơn vị(?: tính)?|đvt)\s*:\s*|\((?:(?:đơn vị(?: tính)?|đvt)\s*:?\s*|tính bằng |tính theo |theo )?)"
    rf"(?:(?P<scale>{'|'.join(_SCALES)})\.?(?:\s?(?:đồng|đ))?|(?P<unit>{_UNIT}))(?=[\s).,;]|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def _heads(text: str) -> tuple[tuple[int, str, str], ...]:
    """Where each head of a text ends, with its scale of money or its unit."""
    return tuple(
        (match.end(), _SCALES.get((match["scale"] or "").lower(), ""), (match["unit"] or "").lower())
        for match in _HEAD.finditer(normalise_tone(text))
    )


def under_head(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a bare number is what the sources say, read in the unit of a head before it or later in its line."""
    if one.kind != "number" or measured(answer, one).dimension:
        return False
    for end, scale, unit in _heads(answer):
        if end > one.start and "\n" in answer[one.end : end]:
            return False
        if scale:
            amounts = {amount.value for amount in quantities(f"{one.text} {scale} đồng")[:1]}
            if any(item.quantity.kind in ("money", "number") and item.quantity.value in amounts for item in evidence):
                return True
        else:
            dimension, factor = UNITS[unit]
            there = (measured(item.text, item.quantity) for item in evidence)
            if factor and any(it.dimension == dimension and it.base == Decimal(one.value) * factor for it in there):
                return True
    return False
