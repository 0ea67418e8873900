"""Named Word styles from ``nd30.layout``, the page, and the template in which they stand."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from service.docx_writer.lines import RULE, clean, element, points, style_id
from service.nd30 import layout
from service.nd30.layout import LOOKS, PAGE, Align

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

LABEL = "Nhãn bản nháp"
_KEPT_STYLES = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "header"})


@cache
def template() -> bytes:
    """The library's template with only what we use of it, and our font, language and styles; made once."""
    import docx

    document = docx.Document()
    _prepare(document)
    unwanted = (
        "thumbnail",
        "stylesWithEffects",
        "customXml",
        "extended-properties",
        "numbering",
        "fontTable",
        "webSettings",
    )
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if any(name in relation.reltype for name in unwanted):
                del part.rels[key]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _prepare(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(_fonts())
    defaults.append(element("w:lang", val=layout.LANGUAGE, eastAsia=layout.LANGUAGE, bidi=layout.LANGUAGE))
    spacing = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for child in list(spacing):
        spacing.remove(child)
    _settle(document.settings.element)

    normal = document.styles["Normal"]
    _set_type(normal, size=layout.SET_A["text"])
    normal.paragraph_format.space_after = 0
    for part, look in LOOKS.items():
        style = _add_style(document, look.name)
        _set_type(style, layout.SET_A[part], bold=look.bold, italic=look.italic)
        _set_align(style, look.align)
        _space(style, part, indent=look.indent)
    rule = _add_style(document, RULE)
    _set_type(rule, 2)
    rule.paragraph_format.line_spacing = points(4)
    rule.paragraph_format.space_before = points(3)
    mark = _add_style(document, LABEL)
    _set_type(mark, 10, italic=True)
    mark.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _settle(settings: Any) -> None:
    """Word's present layout rules instead of an older version's, Vietnamese as theme language, no editing traces."""
    from docx.oxml.ns import qn

    compat = settings.find(qn("w:compat"))
    for child in list(compat):
        if child.get(qn("w:name")) == "compatibilityMode":
            child.set(qn("w:val"), "15")
        elif child.tag == qn("w:useFELayout"):
            compat.remove(child)
    settings.remove(settings.find(qn("w:rsids")))
    language = settings.find(qn("w:themeFontLang"))
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), layout.LANGUAGE)


def _add_style(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.element.styleId = style_id(name)
    style.quick_style = True
    style.hidden = False
    return style


def _fonts() -> Any:
    return element("w:rFonts", ascii=layout.FONT, hAnsi=layout.FONT, eastAsia=layout.FONT, cs=layout.FONT)


def _set_type(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _fonts())
    style.font.size = points(size)
    style.font.bold = bold
    style.font.italic = italic
    properties.append(element("w:szCs", val=round(size * 2)))


def _set_align(style: Any, align: Align) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    style.paragraph_format.alignment = {
        Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
        Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
        Align.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]


_BODY_LOOKS = frozenset(
    {"office", "ground", "order", "text", "division", "heading", "article", "roman", "clause", "point"}
)
_SPACE_BEFORE = {"sign": 6, "place_date": 6, "about": 6, "title": 18, "addressed": 12, "office": 6, "order": 6}
_SPACE_AFTER = {"addressed": layout.GAP_POINTS, "appendix_title": 4, "appendix_note": 12}


def _space(style: Any, part: str, *, indent: bool) -> None:
    """Khoản 6, điểm e for the body: gap, line spacing, first line; single spacing everywhere else."""
    shape = style.paragraph_format
    shape.line_spacing = layout.LINE_SPACING if part in _BODY_LOOKS else 1.0
    if part in _BODY_LOOKS:
        shape.space_after = points(layout.GAP_POINTS)
    if part in _SPACE_BEFORE:
        shape.space_before = points(_SPACE_BEFORE[part])
    if part == "division":
        shape.space_after = points(0)
    if part in _SPACE_AFTER:
        shape.space_after = points(_SPACE_AFTER[part])
    if part in ("office", "order", "division", "heading", "roman"):
        shape.keep_with_next = True
    if part in _BODY_LOOKS:
        shape.widow_control = True
    if indent:
        from docx.shared import Mm

        shape.first_line_indent = Mm(layout.INDENT_MM)


def page(section: Section, label: str) -> None:
    """A4 and margins; the page number in the top margin of every page but the first (mục I)."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(PAGE.width), Mm(PAGE.height)
    section.top_margin, section.bottom_margin = Mm(PAGE.own_top), Mm(PAGE.own_bottom)
    section.left_margin, section.right_margin = Mm(PAGE.own_left), Mm(PAGE.own_right)
    section.header_distance = section.footer_distance = Mm(PAGE.header)
    section.gutter = Mm(0)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = LOOKS["page_number"].name
    for kind in ("begin", "separate", "end"):
        run = number.add_run()
        run._r.append(element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            order = element("w:instrText")
            order.text = " PAGE "
            number.add_run()._r.append(order)
        elif kind == "separate":
            number.add_run("2")
    first = section.first_page_header.paragraphs[0]
    first.style = LABEL
    first.add_run(clean(label))
    if label:
        section.header.add_paragraph(clean(label), style=LABEL)


def new_section(document: Document, *, lies: bool) -> float:
    """Pages of their own, counted from 1, upright or on their side; the width of their lines in mm."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    width, height = (PAGE.height, PAGE.width) if lies else (PAGE.width, PAGE.height)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):  # a new section is a copy of the one before
        properties.remove(old)
    properties.insert_element_before(element("w:pgNumType", start=1), "w:cols", "w:titlePg", "w:docGrid")
    return width - PAGE.own_left - PAGE.own_right
