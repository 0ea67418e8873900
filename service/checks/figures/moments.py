"""Parts of a month that an answer names: «cuối tháng 6» is not the 15th of June."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.checks.figures.bearing import Evidence
from service.quantities import Quantity, date_parts, quantities
from service.text import normalise_tone

_PART = re.compile(r"\b(nửa đầu|nửa cuối|đầu|giữa|cuối) (?:của )?$", re.IGNORECASE)
_DAYS = {
    "đầu": range(1, 13),
    "giữa": range(9, 22),
    "cuối": range(19, 32),
    "nửa đầu": range(1, 17),
    "nửa cuối": range(15, 32),
}
"""The days that each part may mean, widely."""


def misplaced(answer: str, evidence: Sequence[Evidence]) -> Iterator[Quantity]:
    """Months of an answer with a part of theirs in which no day of the sources lies, though they tell days of it.

    A source that names the month alone, or a part of it, may mean any day.
    """
    plain = normalise_tone(answer)
    for one in quantities(answer):
        part = _PART.search(plain, max(0, one.start - 14), one.start) if one.kind == "date" else None
        if part is None or (month := date_parts(one.value).month) is None or date_parts(one.value).day:
            continue
        there = [item for item in evidence if item.quantity.kind == "date"]
        days = {date_parts(item.quantity.value).day for item in there if date_parts(item.quantity.value).month == month}
        if days and None not in days and not days & set(_DAYS[part[1].lower()]):
            yield replace(one, start=part.start(), text=answer[part.start() : one.end])
