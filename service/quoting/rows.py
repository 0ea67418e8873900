"""Rows of tables in a passage («1 | Báo cáo | 31/3»), each with the head row that names its columns."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from service.records import Passage, Quote


class Row(NamedTuple):
    """A row by where it stands; ``columns`` are the cells of the head above it, its own when it is the head itself."""

    start: int
    end: int
    cells: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def is_head(self) -> bool:
        return self.cells == self.columns

    def __str__(self) -> str:
        """«TT: 1; Nhiệm vụ: Báo cáo»; as it stands when it has other cells than its head, as merged ones make."""
        if len(self.cells) != len(self.columns) or self.is_head:
            return " | ".join(self.cells)
        named = zip(self.columns, self.cells, strict=True)
        return "; ".join(": ".join(filter(None, pair)) for pair in named if pair[1])


_LINE = re.compile(r"[^\n]+")
_ABOVE = re.compile(r"(?:^| › )Bảng: (.+)$")


def rows(passage: Passage) -> list[Row]:
    """All rows of a passage. The first of a table is its head, unless the passage begins within the table, whose head
    then stands in its heading; a lone line is no table."""
    found: list[Row] = []
    above = _ABOVE.search(passage.heading)
    for tabular, run in groupby(_LINE.finditer(passage.text), key=lambda line: "|" in line[0]):
        lines = list(run)
        if not tabular:
            continue
        goes_on = above if lines[0].start() == 0 else None
        columns = _cells(goes_on[1] if goes_on else lines[0][0]) if goes_on or len(lines) > 1 else ()
        found += (Row(*line.span(), _cells(line[0]), columns) for line in lines)
    return found


def read(passage: Passage, quote: Quote) -> str:
    """The words of a quote as they are read: rows with the names of their columns, whose own row is left out."""
    text, at = "", quote.start
    for row in rows(passage):
        if quote.start <= row.start and row.end <= quote.end:
            text += passage.text[at : row.start] + ("" if row.is_head else str(row))
            at = row.end
    text += passage.text[at : quote.end]
    return re.sub(r"\n{2,}", "\n", text).strip() or passage.text[quote.start : quote.end]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))
