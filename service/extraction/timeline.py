"""The dates of a document in order, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extraction.tables import rows
from service.quantities import Quantity, date_parts, quantities
from service.records import Block, Milestone
from service.text import fold, sentences

_OF_DOCUMENT = re.compile(r"(?:/[\w-]+|số\s+\S+|Luật [^,;]{0,60}|Nghị (?:định|quyết)[^,;]{0,40})\s*$", re.IGNORECASE)
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|đến hết|(?<!quá )hạn|xong|không quá)\W*(?:[\w:]+\W+){0,4}(?<!từ )$", re.IGNORECASE
)
_AS_OF = re.compile(
    r"\b(?:kết quả|số liệu|tính|tình hình|lũy kế)\b[^,;.]{0,60}\bđến(?: hết)?\W*(?:[\w:]+\W+){0,4}$", re.IGNORECASE
)
"""«Kết quả đến hết ngày …»: figures are told as they stood that day."""
_SPAN = re.compile(r"\s*(?:,|-|–|và|đến|tới)\s*(?:hết\s+)?")
_DONE = re.compile(r"[^;.]*\bđã\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:hằng|hàng|mỗi)\s+năm\b", re.IGNORECASE)
_DUE_COLUMN = re.compile(r"\b(?:thoi han|han|hoan thanh)\b")
_ISSUED = re.compile(r"^[^.;]{0,40},\s*ngày\b[^.;]*năm \d{4}\s*$")


def timeline(blocks: Sequence[Block]) -> tuple[Milestone, ...]:
    """Each date that is no date of a cited document and does not come round every year, oldest first; a year that is
    left out is that of the document.

    Dates known to the month or quarter stand at its end, those known to the year at the end of the year.
    """
    year = _year(blocks)
    heads = {row.block: row.head for row in rows(blocks)}
    found = dict[tuple[str, str], Milestone]()
    for n, block in enumerate(blocks):
        if block.kind in ("header", "footer"):
            continue
        for start, end in sentences(block.text):
            part = block.text[start:end]
            for one, told in _dates(part):
                when, month = date_parts(one.value), _month(one)
                own = told or year
                if _OF_DOCUMENT.search(part[: one.start]) or _ISSUED.match(part.strip()):
                    continue
                if own is None or month is None or (told is None and _YEARLY.search(part)):
                    continue
                key = f"{own:04}-{month:02}-{when.day or 32:02}"
                column = block.text[: start + one.start].count("|")
                deadline = _is_due(part, one) or _is_due_column(heads.get(n, ()), column)
                said = " ".join(part.split())
                found.setdefault((key, said), Milestone(key, _written(one, own), said, n, deadline, told is None))
    return tuple(found[key] for key in sorted(found))


def _dates(part: str) -> list[tuple[Quantity, int | None]]:
    """The dates of a sentence with their years; the first of a span has that of the second: «từ tháng 4 đến tháng 8 năm
    2027»."""
    found = list[tuple[Quantity, int | None]]()
    for one in reversed([one for one in quantities(part) if one.kind == "date"]):
        told = date_parts(one.value).year
        if told is None and found and _SPAN.fullmatch(part, one.end, found[-1][0].start):
            later, year = found[-1]
            turned = (_month(one) or 0) > (_month(later) or 12)  # «từ tháng 11 đến tháng 02 năm 2027»
            told = year - turned if year else None
        found.append((one, told))
    return found[::-1]


def _month(date: Quantity) -> int | None:
    when = date_parts(date.value)
    return when.month or (when.quarter * 3 if when.quarter else None)


def _is_due(part: str, date: Quantity) -> bool:
    before = part[: date.start]
    if not _DEADLINE.search(before) or _AS_OF.search(before):
        return False
    return not (before.rstrip().casefold().endswith("đến hết") and _DONE.match(part, date.end))


def _is_due_column(head: Sequence[str], column: int) -> bool:
    return column < len(head) and bool(_DUE_COLUMN.search(fold(head[column])))


def _written(date: Quantity, year: int) -> str:
    """The date with its month and year, which the text may leave to another one: «từ ngày 13 đến ngày 26 tháng 11»."""
    when = date_parts(date.value)
    if when.year and (when.month is None or str(when.month) in date.text):
        return date.text
    if when.quarter:
        return f"quý {('I', 'II', 'III', 'IV')[when.quarter - 1]} năm {year}"
    return f"{f'ngày {when.day:02} ' if when.day else ''}tháng {when.month} năm {year}"


def _year(blocks: Sequence[Block]) -> int | None:
    """The year of the document: of its place and date, else the one named most often."""
    for block in blocks[:20]:
        if _ISSUED.match(block.text.strip()):
            return next((date_parts(one.value).year for one in quantities(block.text) if one.kind == "date"), None)
    years = [date_parts(q.value).year for block in blocks for q in quantities(block.text) if q.kind == "date"]
    known = [year for year in years if year]
    return max(set(known), key=known.count) if known else None
