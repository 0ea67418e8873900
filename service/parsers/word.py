"""Word files (.docx): paragraphs and tables in the order of the page, headers, footers, text boxes and footnotes.

python-docx opens the package; the walk over the body is ours, since its own lists give paragraphs and tables apart
and know neither text boxes nor content controls. Deleted (tracked) and hidden text is not read: nobody sees it.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from service.parsers.base import Limits
from service.records import Block, ParsedDocument
from service.text import nfc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")} | {f"{_MC}Fallback"}
)
_MARKS = {f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_PAGE_NUMBER = re.compile(r"\W*\d*\W*")
_HEADING_STYLE = re.compile(r"(?:heading \d|title|subtitle)$", re.IGNORECASE)


def read_word(data: bytes, _limits: Limits, /) -> ParsedDocument:
    """Read a .docx. Each paragraph and each table row is one block.

    A row reads "ô | ô", with line breaks where a cell has several paragraphs; a merged cell is read once.
    """
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    part = docx.Document(io.BytesIO(data)).part
    related: dict[str, list[Any]] = {}
    for link in part.rels.values():
        if not link.is_external:
            related.setdefault(link.reltype, []).append(link.target_part)
    reader = _Reader(_heading_styles(related.get(RELATIONSHIP_TYPE.STYLES, [])))
    for header in related.get(RELATIONSHIP_TYPE.HEADER, []):
        reader.margin(header.element, "header", "h")
    reader.walk(part.element.body)
    for footer in related.get(RELATIONSHIP_TYPE.FOOTER, []):
        reader.margin(footer.element, "footer", "f")
    for notes in related.get(RELATIONSHIP_TYPE.FOOTNOTES, []):
        reader.margin(parse_xml(notes.blob), "paragraph", "n")
    return ParsedDocument(tuple(reader.blocks))


def _heading_styles(parts: list[Any]) -> frozenset[str]:
    """Ids of the styles that are headings, by their built-in name or outline level."""
    return frozenset(
        style.get(f"{_W}styleId", "")
        for part in parts
        for style in part.element.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
        and ((name := style.find(f"{_W}name")) is not None and _HEADING_STYLE.match(name.get(f"{_W}val", "")))
    )


class _Reader:
    """Collects blocks; counts give the anchors: "p12", "t2r3", "b1" (box), "h1", "f1", "n1" (footnote)."""

    def __init__(self, heading_styles: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._heading_styles = heading_styles
        self._count: Counter[str] = Counter()
        self._seen: set[tuple[str, str]] = set()

    def walk(self, container: Any) -> None:
        """Everything in the body, or in a wrapper inside it (content control, tracked insertion)."""
        for element in container:
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
                self.walk(element)

    def margin(self, container: Any, kind: str, letter: str) -> None:
        """Headers, footers, footnotes: the same text once, page numbers not at all."""
        for paragraph in container.iter(f"{_W}p"):
            text = _text(paragraph)
            if _PAGE_NUMBER.fullmatch(text) or (letter, text) in self._seen:
                continue
            self._seen.add((letter, text))
            self._add(text, letter, kind)

    def _add(self, text: str, letter: str, kind: str) -> None:
        self._count[letter] += 1
        if text:
            self.blocks.append(Block(text, f"{letter}{self._count[letter]}", kind))

    def _paragraph(self, paragraph: Any) -> None:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        heading = style is not None and style.get(f"{_W}val") in self._heading_styles
        heading = heading or (level is not None and level.get(f"{_W}val") != "9")
        self._add(_text(paragraph), "p", "heading" if heading else "paragraph")
        self._boxes(paragraph)

    def _boxes(self, element: Any) -> None:
        """Text boxes anchored here. Word writes each twice, for new and old readers; the old copy is left out."""
        for content in _outermost(element, f"{_W}txbxContent"):
            for paragraph in content.iter(f"{_W}p"):
                self._add(_text(paragraph), "b", "box")

    def _table(self, table: Any) -> None:
        self._count["t"] += 1
        number = self._count["t"]
        rows = [_cells(row) for row in _rows(table)]
        if _is_frame(table, rows):
            for paragraph in (p for cells in rows for cell in cells for p in cell):
                self.walk([paragraph])
            return
        for n, cells in enumerate(rows, start=1):
            texts = ["\n".join(filter(None, (_text(p) for p in cell if p.tag == f"{_W}p"))) for cell in cells]
            if any(texts):
                self.blocks.append(Block(" | ".join(texts).rstrip(" |").strip(), f"t{number}r{n}", "row"))
            for child in (child for cell in cells for child in cell):
                self._boxes(child) if child.tag == f"{_W}p" else self.walk([child])


def _is_frame(table: Any, rows: list[list[list[Any]]]) -> bool:
    """A table that only places text side by side, as the head and the foot of a state document do.

    At most two columns, no line drawn, and a cell with several paragraphs: each of these is a line of its own.
    """
    several = any(sum(1 for p in cell if p.tag == f"{_W}p" and _text(p)) > 1 for cells in rows for cell in cells)
    if not several or any(len(cells) > 2 for cells in rows):
        return False
    style = table.find(f"{_W}tblPr/{_W}tblStyle")
    if style is not None and "grid" in style.get(f"{_W}val", "").lower():
        return False
    borders = (side for name in ("tblBorders", "tcBorders") for box in table.iter(f"{_W}{name}") for side in box)
    return all(side.get(f"{_W}val") in ("nil", "none") for side in borders)


def _rows(container: Any) -> Iterator[Any]:
    for element in container:
        if element.tag == f"{_W}tr":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _rows(element)


def _cells(container: Any) -> list[list[Any]]:
    """The cells of a row as lists of their children; a cell that continues a vertical merge is empty."""
    cells: list[list[Any]] = []
    for element in container:
        if element.tag == f"{_W}tc":
            merge = element.find(f"{_W}tcPr/{_W}vMerge")
            continued = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            cells.append([] if continued else list(_children(element)))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            cells += _cells(element)
    return cells


def _children(cell: Any) -> Iterator[Any]:
    for element in cell:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _children(element)


def _text(paragraph: Any) -> str:
    """The visible text of a paragraph without its text boxes, in NFC, blanks squeezed, line breaks kept."""
    lines = nfc("".join(_pieces(paragraph))).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == f"{_W}r" and _hidden(child):
            continue
        elif child.tag not in _SKIPPED and child.tag != f"{_W}txbxContent" and isinstance(child.tag, str):
            yield from _pieces(child)


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in ("0", "false", "off")


def _outermost(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _outermost(child, tag)
