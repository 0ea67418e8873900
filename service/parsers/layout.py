"""Word files as they are set: sections, page numbers, and every paragraph with its effective type and gaps.

``word`` reads what a document says, this module how it looks. Only ``w:t`` is text, of a twofold drawing the new copy
is read, deleted (tracked) and hidden text is not there. A heading may be a table, tabs or text boxes: ``Layout.text``
puts what stands in columns one below the other, and the rows of a real table as «| ô | ô |».

What is known of each part of a file lies apart: ``word_package``, ``word_styles``, ``word_measures``, ``word_runs``,
``word_drawings``, ``word_tables``, ``word_sections``.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.errors import TooLarge, Unreadable
from service.parsers.word_drawings import MC, drawn_in, drawn_line, is_outer_box, is_picture, with_rules
from service.parsers.word_measures import line_fields
from service.parsers.word_package import Package, parse_part
from service.parsers.word_runs import Piece, add_run, first_child, read_pieces, run_look
from service.parsers.word_sections import page_field, read_sections
from service.parsers.word_styles import Properties, Styles, W, paragraph_properties
from service.parsers.word_tables import WRAPPERS, cells, is_frame, rows
from service.records import Layout, Line, Place, RunLook

__all__ = ["PARAGRAPHS", "Piece", "Reading", "page_field", "parse_part", "read_layout", "read_package"]

PARAGRAPHS = 40_000
"""So many of a file are read, cells of tables among them: 400 pages of 100 lines. Empty ones take two seconds."""

_P, _PPR, _TBL = (f"{W}{name}" for name in ("p", "pPr", "tbl"))


def read_layout(data: bytes) -> Layout:
    """The layout of a .docx; raises ``Unreadable`` for bytes that are none.

    Files of strangers are to be read by ``service.parsers.parse_layout``, in a process of its own.
    """
    return read_package(data).layout


@dataclass(frozen=True)
class Reading:
    """A layout with the XML it was read from, for whoever mends the file.

    ``main`` names the part of ``root``; ``pieces`` are by anchor; ``linked`` leads from a relation of the main part to
    the name and root of a header or footer.
    """

    layout: Layout
    root: Any
    main: str
    paragraphs: dict[str, Any]
    pieces: dict[str, list[Piece]]
    sections: list[Any]
    linked: dict[str, tuple[str, Any]]


def read_package(data: bytes) -> Reading:
    """:func:`read_layout` with the elements it rests on."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _Reader(Package(package)).read()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable from error


class _Reader:
    """Walks the body once; text, lines and sections grow in reading order."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.of_kind("styles"), package.of_kind("theme"), package.of_kind("numbering"))
        self._anchors = {paragraph: f"p{n}" for n, paragraph in enumerate(package.root.iter(_P), 1)}
        self._text: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._pieces: dict[str, list[Piece]] = {}
        self._sections: list[Any] = []
        self._tables = 0
        self._table_sections: set[int] = set()
        self._pictures = 0
        self._shape = lru_cache(maxsize=4096)(self._read_shape)

    def read(self) -> Reading:
        if len(self._anchors) > PARAGRAPHS:
            raise TooLarge(
                "Tệp này có %(count)s đoạn, mức nhận là %(limit)s đoạn. Anh/chị tách ra rồi gửi từng phần.",
                count=f"{len(self._anchors):,}".replace(",", "."),
                limit=f"{PARAGRAPHS:,}".replace(",", "."),
            )
        package = self._package
        body = package.root.find(f"{W}body")
        if body is None:
            raise Unreadable
        self._walk(body, None, "", False)
        self._sections += body.findall(f"{W}sectPr")
        sections = tuple(read_sections(self._sections, package, self._styles, self._table_sections))
        text = "".join(self._text)
        layout = Layout(text, sections, with_rules(self._lines, text), package.pages(), self._pictures)
        by_anchor = {anchor: paragraph for paragraph, anchor in self._anchors.items()}
        return Reading(layout, package.root, package.main, by_anchor, self._pieces, self._sections, package.linked)

    def _walk(self, container: Any, place: Place | None, table_style: str, boxed: bool) -> None:
        for element in container:
            if element.tag == _P:
                self._new_line()
                self._paragraph(element, place, table_style, boxed)
            elif element.tag == _TBL:
                self._table(element)
            elif element.tag in WRAPPERS:
                self._walk(element, place, table_style, boxed)
            elif element.tag == f"{MC}AlternateContent":
                for choice in element.findall(f"{MC}Choice"):
                    self._walk(choice, place, table_style, boxed)

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)

    def _new_line(self) -> None:
        if self._length and not self._text[-1].endswith("\n"):
            self._add("\n")

    def _paragraph(self, element: Any, place: Place | None, table_style: str, boxed: bool) -> None:
        properties = first_child(element, _PPR)
        direct = paragraph_properties(properties)
        in_table = place is not None
        shape, fields = self._shape(tuple(direct.items()), table_style, in_table)
        anchor = self._anchors[element]
        pieces, looks, decomposed = read_pieces(element, self._styles, direct.get("style", ""), table_style, in_table)
        label = self._styles.lists.label(shape["num"], shape.get("level", 0)) if pieces and shape.get("num") else ""
        start = self._length
        self._add(f"{label} " if label else "")
        runs: list[RunLook] = []
        for piece, look in zip(pieces, looks, strict=True):
            add_run(runs, run_look(self._length, piece.text, look))
            self._add(piece.text)
        self._pieces[anchor] = pieces
        drawn = drawn_in(element)
        below = next(filter(None, map(drawn_line, drawn)), "")
        self._lines.append(
            Line(
                anchor=anchor,
                start=start,
                end=self._length,
                runs=tuple(runs),
                label=label,
                section=len(self._sections),
                place=place,
                boxed=boxed,
                decomposed=decomposed,
                **(fields | {"below": below} if below else fields),
            )
        )
        self._pictures += sum(map(is_picture, drawn))
        for box in filter(is_outer_box, drawn):
            self._walk(box, None, "", True)
        if properties is not None and (ends := properties.find(f"{W}sectPr")) is not None:
            self._sections.append(ends)

    def _read_shape(
        self, direct: tuple[tuple[str, Any], ...], table_style: str, in_table: bool
    ) -> tuple[Properties, dict[str, Any]]:
        """The effective properties of a paragraph, and the fields of a ``Line`` that follow from them."""
        own = dict(direct)
        shape = self._styles.paragraph(own, table_style, in_table)
        return shape, {"style": self._styles.style("paragraph", own.get("style", "")).name, **line_fields(shape)}

    def _table(self, table: Any) -> None:
        self._tables += 1
        here = self._tables
        cells_of = [list(cells(row)) for row in rows(table)]
        style = table.find(f"{W}tblPr/{W}tblStyle")
        style_id = "" if style is None else style.get(f"{W}val", "")
        frame = is_frame(table, cells_of, self._styles, style_id)
        if not frame:
            self._table_sections.add(len(self._sections))
        for n, row in enumerate(cells_of, 1):
            self._new_line()
            for m, cell in enumerate(row, 1):
                place = Place(here, n, m, len(row), frame)
                if frame:
                    self._walk(cell, place, style_id, False)
                else:
                    self._add("| ")
                    self._cell(cell, place, style_id)
            self._add("" if frame else "|")
        self._new_line()

    def _cell(self, cell: Any, place: Place, table_style: str) -> None:
        """A cell of a real table, on the line of its row."""
        for element in cell:
            if element.tag == _P:
                self._paragraph(element, place, table_style, False)
                self._add(" ")
            elif element.tag == _TBL:
                for row in rows(element):
                    for inner in cells(row):
                        self._cell(inner, place, table_style)
            elif element.tag in WRAPPERS:
                self._cell(element, place, table_style)
