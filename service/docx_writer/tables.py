"""Tables: the frames that set text side by side, and the tables of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from service.docx_writer.lines import RULE, clean, element, points, put, twips
from service.nd30 import layout
from service.nd30.layout import PAGE
from service.records import Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

_CELL_PADDING = 2.2  # mm: Word's own 1.9 and a little for letters wider than reckoned
_WIDE_CELL = 70.0  # mm: a longer text is better set in two lines
_FIGURES = re.compile(r"[\d.,]+\s?%?")


def columns(document: Document, *widths: float, rows: int = 1) -> WordTable:
    """A table without borders, with columns of fixed widths in mm and no padding."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table: WordTable = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    properties.find(qn("w:tblLayout")).addnext(margins)
    fix_widths(table, widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        together(row)
    return table


def fix_widths(table: WordTable, widths: Sequence[float]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    properties = table._tbl.tblPr
    for tag in ("w:tblStyle", "w:tblW"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, element("w:tblW", w=twips(sum(widths)), type="dxa"))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def table(document: Document, table: Table, room: float = PAGE.text_width) -> None:
    """A table of the body, ``room`` mm wide: single borders, bold centred head that repeats on the next page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    rows = [[clean(cell) for cell in row] + [""] * (columns - len(row)) for row in table.rows]
    longest = [min(40, max(4, *(len(row[n]) for row in rows))) for n in range(columns)]
    widths = _column_widths(rows, room)
    word_table = document.add_table(rows=len(rows), cols=columns)
    word_table.autofit = False
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="auto"))
    word_table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)
    margins = element("w:tblCellMar")
    for side, gap in (("top", 40), ("left", 108), ("bottom", 40), ("right", 108)):
        margins.append(element(f"w:{side}", w=gap, type="dxa"))
    word_table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)
    for column, width in zip(word_table.columns, widths, strict=True):
        column.width = round(width * 36000)
    fix_widths(word_table, widths)
    word_table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for n, (word_row, row) in enumerate(zip(word_table.rows, rows, strict=True)):
        together(word_row)
        for cell, text, width in zip(word_row.cells, row, longest, strict=True):
            paragraph = put(cell, "cell", text, lead=len(text) if n == 0 else 0)
            if n == 0 or width <= 5:  # the head, and narrow columns such as «TT»
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif _FIGURES.fullmatch(text):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    below = document.add_paragraph(style=RULE)
    below.paragraph_format.space_after = points(layout.GAP_POINTS)


def _column_widths(rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """Widths in mm that fill the page and break no word: each column's longest word, then a share of the rest."""
    points, padding = layout.SET_A["cell"], 2 * _CELL_PADDING
    needed, wanted = [], []
    for column in zip(*rows, strict=True):
        words = (layout.bold_width(word, points) for text in column for word in text.split())
        needed.append(max(words, default=0.0) + padding)
        wanted.append(min(_WIDE_CELL, max(layout.bold_width(text, points) for text in column) + padding))
    more = [1 + max(0.0, wish - least) for wish, least in zip(wanted, needed, strict=True)]
    spare = max(0.0, room - sum(needed))
    return [least + spare * share / sum(more) for least, share in zip(needed, more, strict=True)]


def least_width(table: Table) -> float:
    """Millimetres that a table needs when no word is broken."""
    points, padding = layout.SET_A["cell"], 2 * _CELL_PADDING
    width = 0.0
    for n in range(max(map(len, table.rows), default=0)):
        words = (word for row in table.rows if n < len(row) for word in clean(row[n]).split())
        width += padding + max((layout.bold_width(word, points) for word in words), default=0.0)
    return width


def keep_with_next(document: Document, first: int, last: int) -> None:
    """Keep blocks of the document, counted from 0, on one page with the block after them."""
    from docx.oxml.ns import qn

    for block in document.element.body[first:last]:
        for paragraph in block.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
