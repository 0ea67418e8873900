"""Tables and forms typed as text: what stands under which head («SĐT | Ngày sinh»), or below which label."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST_HEAD = 40
"""Letters of a column's head: a longer cell is a text."""
_LABEL = re.compile(
    r"(?:địa chỉ|(?:nơi|chỗ) (?:đăng ký )?(?:thường trú|tạm trú|cư trú|ở)|(?:số )?điện thoại|(?:ngày|năm) sinh)"
    r"(?: (?:hiện (?:tại|nay)|thường trú|liên hệ|nhà))?",
    re.IGNORECASE,
)
"""A line that is a label even without a colon."""


def columns(text: str) -> Iterator[tuple[str, int, int]]:
    """The head, start and end of each cell below the first row of a table, and of each line below a line that is only a
    label («Chỗ ở hiện nay:»); cells that hold nothing are left out.

    A table is two lines or more in a row with the same number of cells: two at least, parted by bars or tabs, or three,
    parted by commas or semicolons without a space (CSV). Its first row is the head when it has no figures. Bars at both
    ends of the lines (Markdown) make no difference.
    """
    heads: list[str] = []
    label = ""
    at = 0
    for line in text.splitlines(keepends=True):
        cells = _cells(line)
        said = line.strip()
        named = said.removesuffix(":") if said.endswith(":") or _LABEL.fullmatch(said) else ""
        if label and said and not named:
            start = at + line.index(said)
            yield label, start, start + len(said)
        label = named if len(said) <= _LONGEST_HEAD and said else label if not said else ""
        if heads and len(cells) == len(heads):
            for head, (start, end) in zip(heads, cells, strict=True):
                if head and line[start:end].strip(" -:"):
                    yield head, at + start, at + end
        else:
            row = [line[start:end].strip() for start, end in cells]
            is_head = len(cells) > 1 and not any(map(_has_figures, row)) and max(map(len, row)) <= _LONGEST_HEAD
            heads = row if is_head else []
        at += len(line)


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a line stand, the empty ones too; none without a bar, a tab, or two bare «,» or «;» (CSV)."""
    inner = line.strip("\r\n ")
    parting = r"[|\t]" if re.search(r"[|\t]", inner) else ";" if inner.count(";") > 1 else ","
    if len(parting) == 1 and (inner.count(parting) < 2 or re.search(rf"{parting}\s", inner)):
        return []
    first = line.index(inner)
    start, end = first, first + len(inner)
    start += inner.startswith("|")
    end -= inner.endswith("|")
    cells, left = [], start
    for found in re.finditer(rf"{parting}|$", line[start:end]):
        right = start + found.start()
        piece = line[left:right]
        cells.append((left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())))
        left = right + 1
    return cells


def _has_figures(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)
