"""Marks «[2]» in a .docx → footnotes, as Word keeps them (ECMA-376 part 1, 17.11).

Word numbers footnotes by their place in the text. A passage that is cited again gets a note that points to the first:
«Như chú thích 1.» Only the text of the body is looked at; everything else in the file stays as it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from service.text import MARK, mark_numbers

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = re.compile(rf"[ \u00a0]*({MARK})")
_NOT_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIZE = 20
"""Half points: the usual 10 pt of a footnote."""


def add(data: bytes, notes: Mapping[int, str]) -> bytes:
    """The same file with a footnote at each mark whose numbers all have a note; without any, the bytes as they were."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {entry: source.read(entry) for entry in source.infolist()}
    by_name = {entry.filename: entry for entry in parts}
    body = etree.fromstring(parts[by_name["word/document.xml"]], _parser())
    made = list[str]()
    for run in list(body.iter(f"{{{_W}}}r")):
        _mark_run(run, notes, made)
    if not made:
        return data
    parts[by_name["word/document.xml"]] = _bytes(body)
    relations = etree.fromstring(parts[by_name["word/_rels/document.xml.rels"]], _parser())
    etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id="rIdChuThich", Type=_KIND, Target="footnotes.xml")
    parts[by_name["word/_rels/document.xml.rels"]] = _bytes(relations)
    types = etree.fromstring(parts[by_name["[Content_Types].xml"]], _parser())
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName="/word/footnotes.xml", ContentType=_CONTENT)
    parts[by_name["[Content_Types].xml"]] = _bytes(types)
    like = by_name["word/document.xml"]
    extra = zipfile.ZipInfo("word/footnotes.xml", date_time=like.date_time)
    extra.compress_type, extra.external_attr = like.compress_type, like.external_attr
    parts[extra] = _footnotes(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in parts.items():
            target.writestr(entry, content)
    return packed.getvalue()


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _mark_run(run: Any, notes: Mapping[int, str], made: list[str]) -> None:
    """Split a run at its marks and put a reference in the place of each."""
    text = run.find(f"{{{_W}}}t")
    if text is None or not text.text or len(run.findall(f"{{{_W}}}t")) != 1:
        return
    pieces = list(_pieces(text.text, notes))
    if all(isinstance(piece, str) for piece in pieces):
        return
    look = run.find(f"{{{_W}}}rPr")
    parent, at = run.getparent(), run.getparent().index(run)
    parent.remove(run)
    for before, piece in zip((None, *pieces), pieces, strict=False):
        if isinstance(piece, str):
            fresh = _run(look)
            word = etree.SubElement(fresh, f"{{{_W}}}t")
            word.text = piece
            word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            if isinstance(before, int):  # «2,3», or two notes read as one
                comma = _run(look, raised=True)
                etree.SubElement(comma, f"{{{_W}}}t").text = ","
                parent.insert(at, comma)
                at += 1
            note = notes[piece]
            same = made.index(note) + 1 if note in made else 0
            made.append(f"Như chú thích {same}." if same else note)
            fresh = _run(look, raised=True)
            etree.SubElement(fresh, f"{{{_W}}}footnoteReference").set(f"{{{_W}}}id", str(len(made)))
        parent.insert(at, fresh)
        at += 1


def _pieces(text: str, notes: Mapping[int, str]) -> Iterator[str | int]:
    at = 0
    for match in _MARK.finditer(text):
        numbers = mark_numbers(match[1])
        if not all(number in notes for number in numbers):
            continue
        if match.start() > at:
            yield text[at : match.start()]
        yield from numbers
        at = match.end()
    if at < len(text):
        yield text[at:]


def _run(look: Any, *, raised: bool = False) -> Any:
    run = etree.Element(f"{{{_W}}}r")
    if look is not None:
        run.append(etree.fromstring(etree.tostring(look)))
    if raised:
        properties = run.find(f"{{{_W}}}rPr")
        if properties is None:
            properties = etree.SubElement(run, f"{{{_W}}}rPr")
        etree.SubElement(properties, f"{{{_W}}}vertAlign").set(f"{{{_W}}}val", "superscript")
    return run


def _footnotes(made: list[str]) -> bytes:
    """The part: the two separators that Word wants, then the notes, numbered from 1."""
    root = etree.Element(f"{{{_W}}}footnotes", nsmap={"w": _W})
    for number, (kind, line) in enumerate((("separator", "separator"), ("continuationSeparator",) * 2), -1):
        note = etree.SubElement(root, f"{{{_W}}}footnote")
        note.set(f"{{{_W}}}type", kind)
        note.set(f"{{{_W}}}id", str(number))
        etree.SubElement(etree.SubElement(etree.SubElement(note, f"{{{_W}}}p"), f"{{{_W}}}r"), f"{{{_W}}}{line}")
    for number, text in enumerate(made, 1):
        note = etree.SubElement(root, f"{{{_W}}}footnote")
        note.set(f"{{{_W}}}id", str(number))
        paragraph = etree.SubElement(note, f"{{{_W}}}p")
        etree.SubElement(_sized(paragraph, raised=True), f"{{{_W}}}footnoteRef")
        word = etree.SubElement(_sized(paragraph), f"{{{_W}}}t")
        word.text = " " + " ".join(_NOT_XML.sub("", text).split())
        word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _bytes(root)


def _sized(paragraph: Any, *, raised: bool = False) -> Any:
    run = etree.SubElement(paragraph, f"{{{_W}}}r")
    properties = etree.SubElement(run, f"{{{_W}}}rPr")
    etree.SubElement(properties, f"{{{_W}}}sz").set(f"{{{_W}}}val", str(_SIZE))
    if raised:
        etree.SubElement(properties, f"{{{_W}}}vertAlign").set(f"{{{_W}}}val", "superscript")
    return run
