"""The dates of a document in order, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.quantities import date_parts, quantities
from service.records import Block, Milestone
from service.text import sentences

_OF_DOCUMENT = re.compile(r"(?:/[\w-]+|số\s+\S+|Luật [^,;]{0,60}|Nghị (?:định|quyết)[^,;]{0,40})\s*$", re.IGNORECASE)
_DEADLINE = re.compile(r"(?:trước|chậm nhất|muộn nhất|đến hết|hạn|xong|không quá)\W*(?:[\w:]+\W+){0,4}$", re.IGNORECASE)
_ISSUED = re.compile(r"^[^.;]{0,40},\s*ngày\b[^.;]*năm \d{4}\s*$")


def timeline(blocks: Sequence[Block]) -> tuple[Milestone, ...]:
    """Each date that is no date of a cited document, oldest first; a year that is left out is that of the document.

    Dates known to the month or quarter stand at its end, those known to the year at the end of the year.
    """
    year = _year(blocks)
    found = dict[tuple[str, str], Milestone]()
    for n, block in enumerate(blocks):
        if block.kind in ("header", "footer"):
            continue
        for start, end in sentences(block.text):
            part = block.text[start:end]
            for one in quantities(part):
                if one.kind != "date" or _OF_DOCUMENT.search(part[: one.start]) or _ISSUED.match(part.strip()):
                    continue
                when = date_parts(one.value)
                own = when.year or year
                if own is None or (when.month is None and when.quarter is None and when.day is None):
                    continue
                month = when.month or (when.quarter * 3 if when.quarter else None)
                if month is None:
                    continue
                key = f"{own:04}-{month:02}-{when.day or 32:02}"
                deadline = bool(_DEADLINE.search(part[: one.start]))
                said = " ".join(part.split())
                # «từ ngày 13 đến ngày 26 tháng 11»: the first date takes its month from the second, and says so here
                bare = when.month is not None and when.day is not None and str(when.month) not in one.text
                date = f"ngày {when.day:02} tháng {month} năm {own}" if bare else one.text
                found.setdefault((key, said), Milestone(key, date, said, n, deadline, when.year is None))
    return tuple(found[key] for key in sorted(found))


def _year(blocks: Sequence[Block]) -> int | None:
    """The year of the document: of its place and date, else the one named most often."""
    for block in blocks[:20]:
        if _ISSUED.match(block.text.strip()):
            return next((date_parts(one.value).year for one in quantities(block.text) if one.kind == "date"), None)
    years = [date_parts(q.value).year for block in blocks for q in quantities(block.text) if q.kind == "date"]
    known = [year for year in years if year]
    return max(set(known), key=known.count) if known else None
