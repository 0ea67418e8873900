"""The rows of a document's tables, each with the head row above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.records import Block


class Row(NamedTuple):
    """A row below the head of its table; ``block`` counts from 0."""

    block: int
    head: tuple[str, ...]
    cells: tuple[str, ...]


def rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """Every row but the first of its table."""
    table, head = "", tuple[str, ...]()
    for n, block in enumerate(blocks):
        if block.kind != "row":
            table = ""
            continue
        cells = tuple(" ".join(cell.split()) for cell in block.text.split("|"))
        name = block.anchor.rpartition("r")[0]
        if name == table:
            yield Row(n, head, cells)
        else:
            table, head = name, cells
