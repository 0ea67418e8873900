"""Tables of a Word file: their rows and cells, and whether one is a table or only sets text side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from service.parsers.word_runs import plain_text
from service.parsers.word_styles import Styles, W, has_lines
from service.text import fold

WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""What stands around paragraphs, rows or cells without being seen: content controls, tracked insertions."""

_P = f"{W}p"
_FRAME_COLUMNS = 3
_HEAD_CUE = re.compile(r"cong hoa xa hoi|doc lap\s*[-–—]\s*tu do")
_FOOT_CUE = re.compile(
    r"(?m)^(?:noi nhan|thu ky|chu toa|chu tri|(?:tm|kt|tl|tuq|q)\. |dai dien |"
    r"(?:sao y|sao luc|trich sao)(?: ban chinh)?$)"
)


def rows(table: Any) -> Iterator[Any]:
    """The rows of a table."""
    return _unwrapped(table, f"{W}tr")


def cells(row: Any) -> Iterator[Any]:
    """The cells of a row."""
    return _unwrapped(row, f"{W}tc")


def is_frame(table: Any, cells_of: list[list[Any]], styles: Styles, style_id: str) -> bool:
    """A table that only sets text side by side, as the head and the foot of a state document do."""
    if not cells_of or max(map(len, cells_of)) > _FRAME_COLUMNS:
        return False
    text = fold("\n".join(plain_text(paragraph) for paragraph in table.iter(_P)))
    if _HEAD_CUE.search(text):
        return True
    own = table.find(f"{W}tblPr/{W}tblBorders")
    lines = styles.style("table", style_id).borders if own is None else has_lines(own)
    if lines or any(map(has_lines, table.iter(f"{W}tcBorders"))):
        return False
    several = any(sum(bool(plain_text(p)) for p in cell.findall(_P)) > 1 for row in cells_of for cell in row)
    return bool(_FOOT_CUE.search(text)) or (several and max(map(len, cells_of)) <= 2)


def _unwrapped(container: Any, tag: str) -> Iterator[Any]:
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in WRAPPERS:
            yield from _unwrapped(element, tag)
