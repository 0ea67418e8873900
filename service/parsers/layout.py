"""Word files as they are set: sections, page numbers, and every paragraph with its effective type and gaps.

``word`` reads what a document says, this module how it looks. Only ``w:t`` is text, of a twofold drawing the new copy
is read, deleted (tracked) and hidden text is not there. A heading may be a table, tabs or text boxes: ``Layout.text``
puts what stands in columns one below the other, and the rows of a real table as «| ô | ô |».
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from service.errors import TooLarge, Unreadable
from service.parsers.word_styles import A, Properties, Styles, W, has_lines, is_on, number, paragraph_properties
from service.records import Layout, Line, PageNumber, Place, RunLook, Section
from service.text import fold, nfc

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_V = "{urn:schemas-microsoft-com:vml}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"

_P, _PPR, _RUN, _RPR, _T, _TBL = (f"{W}{name}" for name in ("p", "pPr", "r", "rPr", "t", "tbl"))
MM_PER_TWIP = 25.4 / 1440
_SINGLE = 240
_AUTO_GAP = 280  # twips: what Word makes of before/afterAutospacing
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "txbxContent")}
    | {f"{_MC}Fallback"}
)
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_UNDERSCORES = re.compile(r"[\s_]*_{3,}[\s_]*|[\s─—–-]*[─—–-]{5,}[\s─—–-]*")
_PAGE = re.compile(r"\bPAGE\b", re.IGNORECASE)
_STRAIGHT = frozenset({"line", "straightConnector1"})
_HEAD_CUE = re.compile(r"cong hoa xa hoi|doc lap\s*[-–—]\s*tu do")
_FOOT_CUE = re.compile(
    r"(?m)^(?:noi nhan|thu ky|chu toa|chu tri|(?:tm|kt|tl|tuq|q)\. |dai dien |"
    r"(?:sao y|sao luc|trich sao)(?: ban chinh)?$)"
)
_FRAME_COLUMNS = 3
PARAGRAPHS = 40_000
"""So many of a file are read, cells of tables among them: 400 pages of 100 lines. Empty ones take two seconds."""


def read_layout(data: bytes) -> Layout:
    """The layout of a .docx; raises ``Unreadable`` for bytes that are none.

    Files of strangers are to be read by ``service.parsers.parse_layout``, in a process of its own.
    """
    return read_package(data).layout


class Piece(NamedTuple):
    """A stretch of a paragraph's text and the ``w:t`` it comes from, None for a tab or a line break."""

    text: str
    node: Any
    run: Any


@dataclass
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
            return _Reader(_Package(package)).read()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable from error


def parse_part(data: bytes) -> Any:
    """The root of one XML part; entities stay unresolved and nothing is fetched."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False))


class _Package:
    """The parts that matter, found by their relations as Word does."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())
        self.main = next((path for kind, path in self.links("").values() if kind == "officeDocument"), "")
        self.root = parse_part(package.read(self.main))
        self._main_links = self.links(self.main)

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (its kind, the part it leads to)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        return {
            link.get("Id", ""): (
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
            )
            for link in parse_part(self._package.read(path)).iterfind(f"{_LINKS}Relationship")
            if link.get("TargetMode") != "External"
        }

    def of_kind(self, kind: str) -> Any:
        """The root of the main part's first relation of this kind; None when there is none."""
        for found, path in self._main_links.values():
            if found == kind and path in self._names:
                return parse_part(self._package.read(path))
        return None

    def linked(self, link: str) -> tuple[str, Any]:
        """Name and root of a header or footer; ("", None) when it is missing."""
        _, path = self._main_links.get(link, ("", ""))
        return (path, parse_part(self._package.read(path))) if path in self._names else ("", None)

    def pages(self) -> int | None:
        """How many pages the program counted that saved the file."""
        for kind, path in self.links("").values():
            if kind == "extended-properties" and path in self._names:
                counted = parse_part(self._package.read(path)).findtext(f"{_APP}Pages")
                return number(counted) or None
        return None


class _Reader:
    """Walks the body once; text, lines and sections grow in reading order."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.of_kind("styles"), package.of_kind("theme"), package.of_kind("numbering"))
        self._anchors = {paragraph: f"p{n}" for n, paragraph in enumerate(package.root.iter(f"{W}p"), 1)}
        self._text: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._pieces: dict[str, list[Piece]] = {}
        self._sections: list[Any] = []
        self._tables = 0
        self._table_sections: set[int] = set()
        self._pictures = 0
        self._roots: dict[str, tuple[str, Any]] = {}
        self._shape = lru_cache(maxsize=4096)(self._read_shape)

    def read(self) -> Reading:
        if len(self._anchors) > PARAGRAPHS:
            raise TooLarge(
                "Tệp này có %(count)s đoạn, mức nhận là %(limit)s đoạn. Anh/chị tách ra rồi gửi từng phần.",
                count=f"{len(self._anchors):,}".replace(",", "."),
                limit=f"{PARAGRAPHS:,}".replace(",", "."),
            )
        body = self._package.root.find(f"{W}body")
        if body is None:
            raise Unreadable
        self._walk(body, None, "", False)
        self._sections += body.findall(f"{W}sectPr")
        sections = tuple(self._read_sections())
        layout = Layout(
            "".join(self._text), sections, _with_rules(self._lines, "".join(self._text)), self._package.pages(),
            self._pictures,
        )  # fmt: skip
        by_anchor = {anchor: paragraph for paragraph, anchor in self._anchors.items()}
        return Reading(
            layout, self._package.root, self._package.main, by_anchor, self._pieces, self._sections, self._roots
        )

    # ── body ────────────────────────────────────────────────────────────────────────────────────

    def _walk(self, container: Any, place: Place | None, table_style: str, boxed: bool) -> None:
        for element in container:
            if element.tag == _P:
                self._new_line()
                self._paragraph(element, place, table_style, boxed)
            elif element.tag == _TBL:
                self._table(element)
            elif element.tag in _WRAPPERS:
                self._walk(element, place, table_style, boxed)
            elif element.tag == f"{_MC}AlternateContent":
                for choice in element.findall(f"{_MC}Choice"):
                    self._walk(choice, place, table_style, boxed)

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)

    def _new_line(self) -> None:
        if self._length and not self._text[-1].endswith("\n"):
            self._add("\n")

    def _paragraph(self, element: Any, place: Place | None, table_style: str, boxed: bool) -> None:
        properties = _first_child(element, _PPR)
        direct = paragraph_properties(properties)
        shape, fields = self._shape(tuple(direct.items()), table_style, place is not None)
        anchor = self._anchors[element]
        pieces, looks, decomposed = self._read_pieces(element, direct.get("style", ""), table_style, place is not None)
        label = self._styles.lists.label(shape["num"], shape.get("level", 0)) if pieces and shape.get("num") else ""
        start = self._length
        self._add(f"{label} " if label else "")
        runs: list[RunLook] = []
        for piece, look in zip(pieces, looks, strict=True):
            runs = _grown(runs, _run_look(self._length, piece.text, look))
            self._add(piece.text)
        self._pieces[anchor] = pieces
        content = [child for child in element.iter(*_DRAWN) if not _in_fallback(child, element)]
        drawn = next(filter(None, map(_drawn_line, content)), "")
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
                **(fields | {"below": drawn} if drawn else fields),
            )
        )
        self._pictures += sum(child.tag in (f"{_PIC}pic", f"{_V}imagedata") for child in content)
        for box in content:
            if box.tag == f"{W}txbxContent" and not any(up.tag == f"{W}txbxContent" for up in box.iterancestors()):
                self._walk(box, None, "", True)
        if properties is not None and (ends := properties.find(f"{W}sectPr")) is not None:
            self._sections.append(ends)

    def _read_shape(
        self, direct: tuple[tuple[str, Any], ...], table_style: str, in_table: bool
    ) -> tuple[Properties, dict[str, Any]]:
        """The effective properties of a paragraph, and the fields of a ``Line`` that follow from them."""
        own = dict(direct)
        shape = self._styles.paragraph(own, table_style, in_table)
        return shape, {"style": self._styles.style("paragraph", own.get("style", "")).name, **_line_fields(shape)}

    def _read_pieces(
        self, element: Any, style: str, table_style: str, in_table: bool
    ) -> tuple[list[Piece], list[Properties], bool]:
        """The visible stretches of a paragraph with their looks, and whether the file had letters in several pieces."""
        pieces: list[Piece] = []
        looks: list[Properties] = []
        decomposed = False
        for run, node, raw in _stretches(element):
            own = _first_child(run, _RPR)
            direct = () if own is None else tuple(self._styles.direct(own).items())
            look = self._styles.look(style, table_style, in_table, direct)
            if look.get("vanish"):
                continue
            text = nfc(raw)
            decomposed = decomposed or text != raw
            if pieces and text and unicodedata.combining(text[0]):  # a mark torn from its letter by a run's end
                decomposed = True
            text = text.upper() if look.get("caps") and len(text.upper()) == len(text) else text
            pieces.append(Piece(text, node, run))
            looks.append(look)
        return pieces, looks, decomposed

    # ── tables ──────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: Any) -> None:
        self._tables += 1
        here = self._tables
        rows = [list(_cells(row)) for row in _rows(table)]
        style = table.find(f"{W}tblPr/{W}tblStyle")
        style_id = "" if style is None else style.get(f"{W}val", "")
        frame = self._is_frame(table, rows, style_id)
        if not frame:
            self._table_sections.add(len(self._sections))
        for n, cells in enumerate(rows, 1):
            self._new_line()
            for m, cell in enumerate(cells, 1):
                place = Place(here, n, m, len(cells), frame)
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
            if element.tag == f"{W}p":
                self._paragraph(element, place, table_style, False)
                self._add(" ")
            elif element.tag == f"{W}tbl":
                for row in _rows(element):
                    for inner in _cells(row):
                        self._cell(inner, place, table_style)
            elif element.tag in _WRAPPERS:
                self._cell(element, place, table_style)

    def _is_frame(self, table: Any, rows: list[list[Any]], style_id: str) -> bool:
        """A table that only sets text side by side, as the head and the foot of a state document do."""
        if not rows or max(map(len, rows)) > _FRAME_COLUMNS:
            return False
        text = fold("\n".join(_plain(paragraph) for paragraph in table.iter(f"{W}p")))
        if _HEAD_CUE.search(text):
            return True
        own = table.find(f"{W}tblPr/{W}tblBorders")
        lines = self._styles.style("table", style_id).borders if own is None else has_lines(own)
        if lines or any(map(has_lines, table.iter(f"{W}tcBorders"))):
            return False
        several = any(sum(bool(_plain(p)) for p in cell.findall(f"{W}p")) > 1 for cells in rows for cell in cells)
        return bool(_FOOT_CUE.search(text)) or (several and max(map(len, rows)) <= 2)

    # ── sections ────────────────────────────────────────────────────────────────────────────────

    def _read_sections(self) -> Iterator[Section]:
        inherited: dict[tuple[str, str], tuple[str, Any]] = {}
        for n, element in enumerate(self._sections):
            for reference in element:
                where = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}.get(reference.tag)
                if where:
                    link = reference.get(f"{_R}id", "")
                    if link not in self._roots:
                        self._roots[link] = self._package.linked(link)
                    inherited[where, reference.get(f"{W}type", "default")] = self._roots[link]
            title = element.find(f"{W}titlePg")
            numbers = tuple(
                found
                for (where, pages), (_, root) in inherited.items()
                if root is not None
                for found in self._page_numbers(root, where, pages)
            )
            yield _section(element, title is not None and is_on(title), numbers, n in self._table_sections)

    def _page_numbers(self, root: Any, where: str, pages: str) -> Iterator[PageNumber]:
        for paragraph in root.iter(f"{W}p"):
            run = page_field(paragraph)
            if run is None:
                continue
            direct = paragraph_properties(paragraph.find(f"{W}pPr"))
            shape = self._styles.paragraph(direct, "", False)
            own = run.find(f"{W}rPr") if run.tag == f"{W}r" else run.find(f"{W}r/{W}rPr")
            look = self._styles.look(direct.get("style", ""), "", False, tuple(self._styles.direct(own).items()))
            align = _number_align(paragraph, shape)
            yield PageNumber(where, pages, align, look["size"] / 2, look["b"], look["i"])


# ── paragraphs ──────────────────────────────────────────────────────────────────────────────────


def _stretches(element: Any) -> Iterator[tuple[Any, Any, str]]:
    """(run, ``w:t`` or None, text) for everything of a paragraph that is printed on its own line."""
    for child in element:
        tag = child.tag
        if tag == _RUN:
            for part in child:
                tag = part.tag
                if tag == _T:
                    yield child, part, part.text or ""
                elif tag in _MARKS and part.get(f"{W}type") not in ("page", "column"):
                    yield child, None, _MARKS[tag]
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _stretches(child)


def _plain(paragraph: Any) -> str:
    return nfc("".join(text for _, _, text in _stretches(paragraph))).strip()


_PLAIN_LETTER = re.compile(r"[A-Za-z]")
_MARKED_LETTER = re.compile(r"[^\W\d_A-Za-z]")


def _run_look(start: int, text: str, look: Properties) -> RunLook:
    fonts: tuple[str, ...] = (look["ascii"],)
    if look["ascii"] != look["hAnsi"]:
        marked = _MARKED_LETTER.search(text)
        plain = not marked or _PLAIN_LETTER.search(text)
        fonts = (look["ascii"],) * bool(plain) + (look["hAnsi"],) * bool(marked)
    return RunLook(
        start,
        start + len(text),
        fonts,
        look["size"] / 2,
        look["b"],
        look["i"],
        look.get("underline", False),
        look["colour"],
    )


def _grown(runs: list[RunLook], run: RunLook) -> list[RunLook]:
    """``runs`` with one more, joined to the last when it looks the same: Word tears runs apart without a reason."""
    if runs and runs[-1].end == run.start:
        last = runs[-1]
        same = (last.size, last.bold, last.italic, last.underline, last.colour, last.fonts) == (
            run.size, run.bold, run.italic, run.underline, run.colour, run.fonts,
        )  # fmt: skip
        if same:
            return [*runs[:-1], RunLook(last.start, run.end, *_rest(last))]
    return [*runs, run]


def _rest(run: RunLook) -> tuple[Any, ...]:
    return run.fonts, run.size, run.bold, run.italic, run.underline, run.colour


def _first_child(element: Any, tag: str) -> Any:
    """The child of this name, which by the schema comes first; None when there is none."""
    for child in element:
        return child if child.tag == tag else element.find(tag)
    return None


def _line_fields(shape: Properties) -> dict[str, Any]:
    """What effective properties make of a ``Line``; twips become millimetres and points."""
    rule = shape.get("line_rule", "auto")
    height = shape.get("line", _SINGLE)
    before = _AUTO_GAP if shape.get("beforeAutospacing") else shape.get("before", 0)
    after = _AUTO_GAP if shape.get("afterAutospacing") else shape.get("after", 0)
    return {
        "align": shape.get("align", "left"),
        "left": round(shape.get("left", 0) * MM_PER_TWIP, 2),
        "right": round(shape.get("right", 0) * MM_PER_TWIP, 2),
        "first": round(shape.get("first", 0) * MM_PER_TWIP, 2),
        "before": 0.0 if shape.get("contextual") else before / 20,
        "after": 0.0 if shape.get("contextual") else after / 20,
        "line": height / (_SINGLE if rule == "auto" else 20),
        "line_rule": rule,
        "above": shape.get("border_top", ""),
        "below": shape.get("border_bottom", ""),
        "break_before": shape.get("break_before", False),
    }


_DRAWN = frozenset({f"{_WPS}wsp", f"{_V}line", f"{_V}shape", f"{W}txbxContent", f"{_PIC}pic", f"{_V}imagedata"})


def _in_fallback(element: Any, paragraph: Any) -> bool:
    for above in element.iterancestors():
        if above.tag == f"{_MC}Fallback":
            return True
        if above is paragraph:
            return False
    return False


def _drawn_line(element: Any) -> str:
    """The dash style of a straight line; empty when the shape is none."""
    if element.tag == f"{_WPS}wsp":
        shape, dash = element.find(f".//{A}prstGeom"), element.find(f".//{A}prstDash")
        if shape is None or shape.get("prst") not in _STRAIGHT:
            return ""
        return "single" if dash is None or dash.get("val") == "solid" else "dashed"
    if element.tag in (f"{_V}line", f"{_V}shape"):
        if element.tag == f"{_V}shape" and element.get("type") != "#_x0000_t32":
            return ""
        stroke = element.find(f"{_V}stroke")
        return "single" if stroke is None or stroke.get("dashstyle", "solid") == "solid" else "dashed"
    return ""


def _with_rules(lines: list[Line], text: str) -> tuple[Line, ...]:
    """A row of underscores, or an empty paragraph with a border or a drawn line, rules the text above it."""
    ruled = list(lines)
    last: int | None = None
    for n, line in enumerate(ruled):
        words = text[line.start : line.end].strip()
        is_rule = bool(words) and _UNDERSCORES.fullmatch(words)
        if words and not is_rule:
            if last is not None and not ruled[last].below and line.above and _same_cell(ruled[last], line):
                ruled[last] = replace(ruled[last], below=line.above)
            last = None if line.boxed else n
        elif last is not None and not ruled[last].below and _same_cell(ruled[last], line):
            drawn = "single" if is_rule else line.above or line.below
            ruled[last] = replace(ruled[last], below=drawn)
    return tuple(ruled)


def _same_cell(above: Line, below: Line) -> bool:
    return above.place == below.place


# ── tables, sections ────────────────────────────────────────────────────────────────────────────


def _rows(container: Any) -> Iterator[Any]:
    for element in container:
        if element.tag == f"{W}tr":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _rows(element)


def _cells(container: Any) -> Iterator[Any]:
    for element in container:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _cells(element)


def _section(element: Any, different_first: bool, numbers: tuple[PageNumber, ...], has_table: bool) -> Section:
    def measure(tag: str, name: str, default: int) -> float:
        found = element.find(f"{W}{tag}")
        return round(number(None if found is None else found.get(f"{W}{name}"), default) * MM_PER_TWIP, 2)

    page, counting = element.find(f"{W}pgSz"), element.find(f"{W}pgNumType")
    start = None if counting is None else counting.get(f"{W}start")
    return Section(
        width=measure("pgSz", "w", 12240),
        height=measure("pgSz", "h", 15840),
        top=abs(measure("pgMar", "top", 1440)),
        bottom=abs(measure("pgMar", "bottom", 1440)),
        left=measure("pgMar", "left", 1440),
        right=measure("pgMar", "right", 1440),
        gutter=measure("pgMar", "gutter", 0),
        landscape=page is not None and page.get(f"{W}orient") == "landscape",
        different_first=different_first,
        numbers=numbers,
        number_format="decimal" if counting is None else counting.get(f"{W}fmt", "decimal"),
        number_start=None if start is None else number(start),
        has_table=has_table,
    )


def page_field(paragraph: Any) -> Any:
    """The run or simple field that gives the page number; None when the paragraph has none."""
    for element in paragraph.iter(f"{W}fldSimple", f"{W}instrText"):
        if _in_fallback(element, paragraph):
            continue
        simple = element.tag == f"{W}fldSimple"
        if _PAGE.search(element.get(f"{W}instr", "") if simple else element.text or ""):
            return element if simple else element.getparent()
    return None


def _number_align(paragraph: Any, shape: Properties) -> str:
    """Where the number stands: by frame, by alignment, or by the tabs before it (Word's header has two)."""
    if shape.get("frame_align"):
        return str(shape["frame_align"])
    tabs = 0
    for element in paragraph.iter(f"{W}tab", f"{W}instrText", f"{W}fldSimple"):
        if element.tag != f"{W}tab":
            break
        tabs += element.getparent().tag == f"{W}r"
    stops = [stop for stop in shape.get("tabs", ()) if stop != "clear"]
    if tabs and stops:
        return str(stops[min(tabs, len(stops)) - 1])
    return str(shape.get("align", "left"))


# ── across the pipe ─────────────────────────────────────────────────────────────────────────────


def pack(layout: Layout) -> dict[str, Any]:
    """The layout as plain lists and values, for JSON."""
    return asdict(layout)


def unpack(packed: dict[str, Any]) -> Layout:
    """What :func:`pack` packed."""
    lines = tuple(
        Line(
            **{
                **line,
                "runs": tuple(RunLook(**{**run, "fonts": tuple(run["fonts"])}) for run in line["runs"]),
                "place": Place(**line["place"]) if line["place"] else None,
            }
        )
        for line in packed["lines"]
    )
    sections = tuple(
        Section(**{**section, "numbers": tuple(PageNumber(**found) for found in section["numbers"])})
        for section in packed["sections"]
    )
    return Layout(packed["text"], sections, lines, packed["pages"], packed["pictures"])
