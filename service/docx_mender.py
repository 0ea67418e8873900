"""Somebody's own .docx with the safe faults of Decree 30 put right, and a list of what was changed.

The file is the person's: parts that need no change keep their bytes, and in the others only the properties that were
told as faults change. Comments, tracked changes, pictures and tables stay. What is mended is written onto the paragraph
or run itself, never into a style, so that nothing else in the document moves. Text boxes are left alone.

1. Read the package and find its deviations and text fixes, as the checker does.
2. Letters in several pieces first: offsets of the text hold only afterwards.
3. Type and paragraph properties, page, page numbers, then the text from its end to its beginning.
4. Pack, and look again until nothing is left to do: mending a mended file changes nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from service.nd30.deviations import Deviation
from service.nd30.findings import DRAFT
from service.nd30.fixes import Fix, text_fixes
from service.nd30.laid_out import deviations, open_sheet, part_name
from service.nd30.layout import FONT, PAGE, SET_A, TWIPS_PER_MM
from service.parsers.layout import Piece, Reading, page_field, parse_part, read_package
from service.parsers.word_styles import W
from service.records import Change, Line
from service.text import nfc

MENDS = frozenset(
    f"ND30-{number:02}"
    for number in (
        1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 15, 16, 18, 20, 32, 34, 35, 38, 41, 42, 44, 46, 47, 49, 58, 59, 60, 61, 62,
        68, 72, 73, 74, 77, 80, 81,
    )
)  # fmt: skip
"""The rules of which at least some breaches are mended."""

_ROUNDS = 5
_SHOWN = 40  # letters before and after a change of text
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EXTRA = "hocvu"  # in the name of a header part of ours

# The order in which ECMA-376 lets the children of a properties element stand.
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_MARGINS = ("top", "bottom", "left", "right")
_RUN_WHATS = frozenset({"size", "bold", "italic", "font", "colour"})
_PARAGRAPH_WHATS = frozenset({"align", "before", "after", "line", "first"})


def mend(data: bytes, mode: str = DRAFT, spare: Collection[str] = ()) -> tuple[bytes, tuple[Change, ...]]:
    """The mended file and what was changed in it; the same bytes and nothing when there is nothing to mend.

    What breaks the rules of ``spare`` is let be, and so is a document of which the decree does not speak. Raises
    ``Unreadable`` for bytes that are no .docx.
    """
    changes: dict[Change, None] = {}
    for _ in range(_ROUNDS):
        bench = _Bench(data)
        told = list(bench.mend(mode, spare))
        if not told:
            break
        changes.update(dict.fromkeys(told))
        data = bench.packed()
    return data, tuple(changes)


class _Bench:
    """One round over one package."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._reading: Reading = read_package(data)
        self._changed: dict[str, Any] = {}
        self._added: dict[str, bytes] = {}

    def mend(self, mode: str, spare: Collection[str]) -> Iterator[Change]:
        sheet = open_sheet(self._reading.layout, None, mode)
        if sheet is None:
            return
        found = [one for one in deviations(sheet) if one.wanted is not None and one.rule not in spare]
        composed = [deviation for deviation in found if deviation.what == "nfc" and self._compose(deviation.at)]
        if composed:
            yield from map(_told, composed)
            return
        yield from map(_told, self._set_runs(deviation for deviation in found if deviation.what in _RUN_WHATS))
        for deviation in found:
            if deviation.at.startswith("s"):
                mended = self._set_section(deviation)
            else:
                mended = deviation.what in _PARAGRAPH_WHATS and self._set_paragraph(deviation)
            if mended:
                yield _told(deviation)
        yield from self._rewrite([fix for fix in text_fixes(sheet.outline, sheet.kind) if fix.rule not in spare])

    # ── letters ─────────────────────────────────────────────────────────────────────────────────

    def _line(self, anchor: str) -> Line | None:
        return next((line for line in self._reading.layout.lines if line.anchor == anchor and not line.boxed), None)

    def _placed(self, line: Line) -> Iterator[tuple[int, Piece]]:
        """The pieces of a paragraph with their offsets in the text of the layout."""
        at = line.start + (len(line.label) + 1 if line.label else 0)
        for piece in self._reading.pieces[line.anchor]:
            yield at, piece
            at += len(piece.text)

    def _compose(self, anchor: str) -> bool:
        """ND30-08: letters of one code each; a mark torn off by the end of a run goes back to its letter."""
        done = False
        pieces = [piece for piece in self._reading.pieces.get(anchor, ()) if piece.node is not None]
        for piece, below in zip(pieces, (*pieces[1:], None), strict=True):
            raw = piece.node.text or ""
            while (
                below is not None
                and raw
                and below.node.text
                and nfc(raw + below.node.text[0]) != nfc(raw) + nfc(below.node.text[0])
            ):
                raw += below.node.text[0]
                _set_text(below.node, below.node.text[1:])
            if raw and nfc(raw) != (piece.node.text or ""):
                _set_text(piece.node, nfc(raw))
                done = True
        if done:
            self._touch()
        return done

    def _rewrite(self, fixes: Sequence[Fix]) -> Iterator[Change]:
        """Apply text fixes from the end of the text, so that offsets before them hold; one change a rule and line."""
        layout = self._reading.layout
        planned = [(fix, line, pieces) for fix in fixes for line, pieces in self._plain_place(fix)]
        for fix, _, pieces in reversed(planned):
            now = fix.now
            for at, piece in pieces:
                text = piece.node.text
                first, last = max(fix.start - at, 0), max(fix.end - at, 0)
                _set_text(piece.node, text[:first] + now + text[min(last, len(piece.text)) :])
                now = ""
            self._touch()
        for rule, line in dict.fromkeys((fix.rule, line) for fix, line, _ in planned):
            before = after = layout.text_of(line)
            told = [fix for fix, other, _ in planned if (fix.rule, other) == (rule, line)]
            for fix in reversed(told):
                after = after[: fix.start - line.start] + fix.now + after[fix.end - line.start :]
            at = told[0].start - line.start
            yield Change(rule, part_name(told[0].part), _short(before, at), _short(after, at))

    def _plain_place(self, fix: Fix) -> Iterator[tuple[Line, list[tuple[int, Piece]]]]:
        """The line of a fix and the pieces it changes; nothing where tabs, breaks or automatic numbers are in it."""
        for line in self._reading.layout.lines:
            if line.boxed or not line.runs or not line.start <= fix.start <= fix.end <= line.end:
                continue
            pieces = [(at, piece) for at, piece in self._placed(line) if piece.node is not None and piece.text]
            touched = [(at, p) for at, p in pieces if at < fix.end and fix.start < at + len(p.text)]
            if fix.start == fix.end:
                touched = [(at, p) for at, p in pieces if at <= fix.start <= at + len(p.text)][:1]
            covered = sum(min(fix.end, at + len(p.text)) - max(fix.start, at) for at, p in touched)
            whole = all(len(p.node.text) == len(p.text) for _, p in touched)
            if touched and whole and covered == fix.end - fix.start:
                yield line, touched
            return

    # ── type and paragraphs ─────────────────────────────────────────────────────────────────────

    def _set_runs(self, found: Iterable[Deviation]) -> list[Deviation]:
        """Set the type of runs all of whose letters deviate alike; what shares a run with other text stays."""
        lines = {line.anchor: line for line in self._reading.layout.lines if not line.boxed}
        wanted: dict[tuple[Any, str, Any], tuple[set[int], list[Deviation]]] = {}
        letters: dict[Any, set[int]] = {}
        text = self._reading.layout.text
        for deviation in found:
            for at, piece in self._placed(lines[deviation.at]) if deviation.at in lines else ():
                inside = {n for n in range(at, at + len(piece.text)) if text[n].isalnum()}
                letters.setdefault(piece.run, set()).update(inside)
                covered = {n for n in inside if deviation.start <= n < deviation.end}
                if covered:
                    places, told = wanted.setdefault(
                        (piece.run, deviation.what, deviation.wanted), (set(), list[Deviation]())
                    )
                    places.update(covered)
                    told.append(deviation)
        done: dict[Deviation, None] = {}
        for (run, what, value), (places, told) in wanted.items():
            if places == letters[run]:
                _set_type(run, what, value)
                done.update(dict.fromkeys(told))
                self._touch()
        return list(done)

    def _set_paragraph(self, deviation: Deviation) -> bool:
        line = self._line(deviation.at)
        if line is None:
            return False
        properties = _properties(self._reading.paragraphs[deviation.at], "pPr")
        if deviation.what == "align":
            _child(properties, "jc", _PARAGRAPH_ORDER).set(f"{W}val", str(deviation.wanted))
        elif deviation.what == "first":
            indent = _child(properties, "ind", _PARAGRAPH_ORDER)
            _drop(indent, "hanging", "hangingChars", "firstLineChars")
            indent.set(f"{W}firstLine", str(_twips(deviation.wanted)))
        else:
            spacing = _child(properties, "spacing", _PARAGRAPH_ORDER)
            if deviation.what == "line":
                spacing.set(f"{W}line", str(round(deviation.wanted * 240)))
                spacing.set(f"{W}lineRule", "auto")
            else:
                spacing.set(f"{W}{deviation.what}", str(round(deviation.wanted * 20)))
                _drop(spacing, f"{deviation.what}Autospacing", f"{deviation.what}Lines")
                spacing.set(f"{W}{deviation.what}Autospacing", "0")
                _child(properties, "contextualSpacing", _PARAGRAPH_ORDER).set(f"{W}val", "0")
        self._touch()
        return True

    # ── sections, page numbers ──────────────────────────────────────────────────────────────────

    def _set_section(self, deviation: Deviation) -> bool:
        n = int(deviation.at[1:])
        section, element = self._reading.layout.sections[n], self._reading.sections[n]
        if deviation.rule == "ND30-10":
            self._set_numbers(deviation, element)
        elif deviation.what == "paper":
            size = _child(element, "pgSz", _SECTION_ORDER)
            width, height = (PAGE.height, PAGE.width) if deviation.wanted else (PAGE.width, PAGE.height)
            size.set(f"{W}w", str(_twips(width)))
            size.set(f"{W}h", str(_twips(height)))
            _drop(size, "code")
        elif deviation.what in _MARGINS:
            margins = _child(element, "pgMar", _SECTION_ORDER)
            kept = {"top": section.top, "bottom": section.bottom, "left": section.left, "right": section.right}
            for name, value in kept.items():  # a file may leave the element out, and Word needs all of it
                if margins.get(f"{W}{name}") is None:
                    margins.set(f"{W}{name}", str(_twips(value)))
            for name, default in (("header", 454), ("footer", 454), ("gutter", 0)):
                if margins.get(f"{W}{name}") is None:
                    margins.set(f"{W}{name}", str(default))
            gutter = section.gutter if deviation.what == "left" else 0
            margins.set(f"{W}{deviation.what}", str(_twips(max(0.0, deviation.wanted - gutter))))
        else:
            return False
        self._touch()
        return True

    def _set_numbers(self, deviation: Deviation, element: Any) -> None:
        if deviation.what in ("no_number", "footer"):
            for name, root in self._of(element, "footer"):
                self._strip(name, root)
            self._number_pages()
        elif deviation.what == "first":
            _child(element, "titlePg", _SECTION_ORDER).attrib.pop(f"{W}val", None)
            for name, root in self._of(element, "header", "first"):
                self._strip(name, root)
        elif deviation.what in ("start", "format"):
            counting = _child(element, "pgNumType", _SECTION_ORDER)
            counting.set(f"{W}{'start' if deviation.what == 'start' else 'fmt'}", str(deviation.wanted))
        else:
            for name, root in self._of(element, "header"):
                for paragraph in [p for p in root.iter(f"{W}p") if page_field(p) is not None]:
                    self._changed[name] = root
                    if deviation.what == "align":
                        _centre(paragraph)
                    else:
                        for run in paragraph.iter(f"{W}r"):
                            _set_type(run, "size", deviation.wanted)

    def _of(self, section: Any, where: str, pages: str = "") -> list[tuple[str, Any]]:
        """Headers or footers that a section shows; one without its own shows those of the section before."""
        at = self._reading.sections.index(section)
        shown: dict[str, tuple[str, Any]] = {}
        for element in self._reading.sections[: at + 1]:
            for reference in element.findall(f"{W}{where}Reference"):
                name, root = self._reading.linked.get(reference.get(f"{{{_R}}}id", ""), ("", None))
                if root is not None:
                    shown[reference.get(f"{W}type", "default")] = name, root
        return [found for kind, found in shown.items() if pages in ("", kind)]

    def _strip(self, name: str, root: Any) -> None:
        """Take the page number out of a header or footer."""
        for paragraph in [p for p in root.iter(f"{W}p") if page_field(p) is not None]:
            self._changed[name] = root
            depth = 0
            for element in list(paragraph.iter(f"{W}r", f"{W}fldSimple")):
                mark = element.find(f"{W}fldChar")
                kind = "" if mark is None else mark.get(f"{W}fldCharType")
                depth += kind == "begin"
                if depth or element.tag == f"{W}fldSimple":
                    element.getparent().remove(element)
                depth -= kind == "end"

    def _number_pages(self) -> None:
        """A centred PAGE field at the top of every running header, a header of ours where there is none."""
        first = self._reading.sections[0]
        own = [
            (element, reference)
            for element in self._reading.sections
            for reference in element.findall(f"{W}headerReference")
            if reference.get(f"{W}type", "default") == "default"
        ]
        for _, reference in own:
            name, root = self._reading.linked.get(reference.get(f"{{{_R}}}id", ""), ("", None))
            if root is not None and not any(page_field(p) is not None for p in root.iter(f"{W}p")):
                root.insert(0, parse_part(_NUMBER.encode()))
                self._changed[name] = root
        if not any(element is first for element, _ in own):
            self._add_header(first)
        _child(first, "titlePg", _SECTION_ORDER).attrib.pop(f"{W}val", None)
        self._touch()

    def _add_header(self, section: Any) -> None:
        from lxml import etree

        folder, _, main = self._reading.main.rpartition("/")
        links_name = f"{folder}/_rels/{main}.rels".lstrip("/")
        part = f"{folder}/header_{_EXTRA}.xml".lstrip("/")
        if part in self._added:
            return
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            links = self._changed.get(links_name)
            links = parse_part(package.read(links_name)) if links is None else links
            types = parse_part(package.read("[Content_Types].xml"))
        link = f"rId_{_EXTRA}"
        target = {"Id": link, "Type": f"{_R}/header", "Target": f"header_{_EXTRA}.xml"}
        etree.SubElement(links, f"{{{_LINKS}}}Relationship", target)
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": _HEADER_TYPE})
        self._changed[links_name], self._changed["[Content_Types].xml"] = links, types
        root = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:hdr xmlns:w="{W[1:-1]}">{_NUMBER}</w:hdr>'
        self._added[part] = root.encode()
        reference = section.makeelement(f"{W}headerReference", {f"{W}type": "default", f"{{{_R}}}id": link})
        section.insert(0, reference)

    # ── bytes ───────────────────────────────────────────────────────────────────────────────────

    def _touch(self) -> None:
        self._changed[self._reading.main] = self._reading.root

    def packed(self) -> bytes:
        """The package with its changed parts; everything else byte for byte, in the old order."""
        from lxml import etree

        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._data)) as source, zipfile.ZipFile(made, "w") as target:
            for info in source.infolist():
                root = self._changed.get(info.filename)
                content = source.read(info)
                if root is not None:
                    content = etree.tostring(
                        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                _write(target, info, content)
            for name, content in self._added.items():
                info = zipfile.ZipInfo(name, source.infolist()[0].date_time)
                info.compress_type = zipfile.ZIP_DEFLATED
                _write(target, info, content)
        return made.getvalue()


def _write(target: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
    target.writestr(entry, content)


# ── elements ────────────────────────────────────────────────────────────────────────────────────

_NUMBER = (
    f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:rPr>'
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:sz w:val="{round(SET_A["page_number"] * 2)}"/>'
    "</w:rPr><w:t>2</w:t></w:r></w:fldSimple></w:p>"
)


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _properties(element: Any, name: str) -> Any:
    """The properties of a paragraph or run, made where there are none; they always stand first."""
    found = element.find(f"{W}{name}")
    if found is None:
        found = element.makeelement(f"{W}{name}")
        element.insert(0, found)
    return found


def _child(parent: Any, name: str, order: str) -> Any:
    """The child of this name, made in its place among the others."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = parent.makeelement(f"{W}{name}")
        later = {f"{W}{other}" for other in order.partition(f"{name} ")[2].split()}
        at = next((n for n, child in enumerate(parent) if child.tag in later), len(parent))
        parent.insert(at, found)
    return found


def _drop(element: Any, *names: str) -> None:
    for name in names:
        element.attrib.pop(f"{W}{name}", None)


def _set_type(run: Any, what: str, value: Any) -> None:
    """Direct formatting of one run, for Latin and for complex script letters."""
    properties = _properties(run, "rPr")
    if what == "size":
        for name in ("sz", "szCs"):
            _child(properties, name, _RUN_ORDER).set(f"{W}val", str(round(value * 2)))
    elif what in ("bold", "italic"):
        for name in ("b", "bCs") if what == "bold" else ("i", "iCs"):
            _child(properties, name, _RUN_ORDER).set(f"{W}val", "1" if value else "0")
    elif what == "font":
        fonts = _child(properties, "rFonts", _RUN_ORDER)
        for letters in ("ascii", "hAnsi", "cs"):
            _drop(fonts, f"{letters}Theme")
            fonts.set(f"{W}{letters}", str(value))
        _drop(fonts, "cstheme")
    else:
        colour = _child(properties, "color", _RUN_ORDER)
        _drop(colour, "themeColor", "themeTint", "themeShade")
        colour.set(f"{W}val", str(value))


def _centre(paragraph: Any) -> None:
    """Centre a page number: by alignment alone, without the tabs or the frame that set it aside."""
    properties = _properties(paragraph, "pPr")
    _child(properties, "jc", _PARAGRAPH_ORDER).set(f"{W}val", "center")
    frame = properties.find(f"{W}framePr")
    if frame is not None:
        frame.set(f"{W}xAlign", "center")
    for tab in [tab for tab in paragraph.iter(f"{W}tab") if tab.getparent().tag == f"{W}r"]:
        tab.getparent().remove(tab)


def _set_text(node: Any, text: str) -> None:
    node.text = text
    if text != text.strip():
        node.set(_SPACE, "preserve")


def _short(line: str, at: int) -> str:
    """The words around a change; a short line whole."""
    first = 0 if len(line) <= 2 * _SHOWN else max(0, at - _SHOWN)
    words = re.sub(r"\s+", " ", line[first : first + 2 * _SHOWN]).strip()
    return f"{'…' if first else ''}{words}{'…' if first + 2 * _SHOWN < len(line) else ''}"


_NOW: Mapping[str, Callable[[float], str]] = {  # how a value that was set is told
    "size": lambda value: f"cỡ chữ {value:g}",
    "first": lambda value: f"thụt {value / 10:g} cm",
    "top": lambda value: f"lề trên {value:g} mm",
    "bottom": lambda value: f"lề dưới {value:g} mm",
    "left": lambda value: f"lề trái {value:g} mm",
    "right": lambda value: f"lề phải {value:g} mm",
    "before": lambda value: f"{value:g} pt",
    "after": lambda value: f"{value:g} pt",
    "line": lambda value: f"{value:g} dòng",
}  # fmt: skip


def _told(deviation: Deviation) -> Change:
    words = _NOW.get(deviation.what)
    now = words(deviation.wanted).replace(".", ",") if words else deviation.expected
    return Change(deviation.rule, part_name(deviation.part), deviation.seen, now)
