"""Sections of a Word file: paper, margins, and the page numbers of their headers and footers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from service.parsers.word_drawings import in_fallback
from service.parsers.word_measures import millimetres
from service.parsers.word_package import Package
from service.parsers.word_styles import Properties, Styles, W, is_on, number, paragraph_properties
from service.records import PageNumber, Section

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MARGINS = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}
_PAGE = re.compile(r"\bPAGE\b", re.IGNORECASE)


def read_sections(
    elements: Sequence[Any], package: Package, styles: Styles, with_table: Collection[int]
) -> Iterator[Section]:
    """A section for each ``w:sectPr``, in order; a header or footer it does not name is that of the one before.

    ``with_table`` holds the places of those in which a real table stands, from 0.
    """
    inherited: dict[tuple[str, str], Any] = {}
    for n, element in enumerate(elements):
        for reference in element:
            if where := _MARGINS.get(reference.tag):
                _, root = package.margin(reference.get(f"{_R}id", ""))
                inherited[where, reference.get(f"{W}type", "default")] = root
        numbers = tuple(
            found
            for (where, pages), root in inherited.items()
            if root is not None
            for found in _page_numbers(root, styles, where, pages)
        )
        yield _section(element, numbers, n in with_table)


def page_field(paragraph: Any) -> Any:
    """The run or simple field that gives the page number; None when the paragraph has none."""
    for element in paragraph.iter(f"{W}fldSimple", f"{W}instrText"):
        if in_fallback(element, paragraph):
            continue
        simple = element.tag == f"{W}fldSimple"
        if _PAGE.search(element.get(f"{W}instr", "") if simple else element.text or ""):
            return element if simple else element.getparent()
    return None


def _page_numbers(root: Any, styles: Styles, where: str, pages: str) -> Iterator[PageNumber]:
    for paragraph in root.iter(f"{W}p"):
        run = page_field(paragraph)
        if run is None:
            continue
        direct = paragraph_properties(paragraph.find(f"{W}pPr"))
        shape = styles.paragraph(direct, "", False)
        own = run.find(f"{W}rPr") if run.tag == f"{W}r" else run.find(f"{W}r/{W}rPr")
        look = styles.look(direct.get("style", ""), "", False, tuple(styles.direct(own).items()))
        yield PageNumber(where, pages, _number_align(paragraph, shape), look["size"] / 2, look["b"], look["i"])


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


def _section(element: Any, numbers: tuple[PageNumber, ...], has_table: bool) -> Section:
    def measure(tag: str, name: str, default: int) -> float:
        found = element.find(f"{W}{tag}")
        return millimetres(number(None if found is None else found.get(f"{W}{name}"), default))

    page, counting, title = (element.find(f"{W}{tag}") for tag in ("pgSz", "pgNumType", "titlePg"))
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
        different_first=title is not None and is_on(title),
        numbers=numbers,
        number_format="decimal" if counting is None else counting.get(f"{W}fmt", "decimal"),
        number_start=None if start is None else number(start),
        has_table=has_table,
    )
