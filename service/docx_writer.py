"""Draft → .docx in the prescribed form of Decree 30/2020/NĐ-CP (Phụ lục I and the sample forms of Phụ lục III).

Everything is set by named Word styles made from ``nd30.layout``, so a person who goes on in Word finds «Quốc hiệu»,
«Tên loại», «Nội dung» in the list of styles. The same draft gives the same bytes.
"""

from __future__ import annotations

import io
import itertools
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from service.nd30 import layout, phrases
from service.nd30.body import Paragraph, paragraphs
from service.nd30.drafting import address_lines, list_lines
from service.nd30.kinds import Addressee, Kind, Signing, kind_or_letter
from service.nd30.layout import LOOKS, PAGE, Align
from service.records import Draft, Table
from service.text import fold

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph

_STAMP = datetime(2020, 3, 5)  # noqa: DTZ001 — the day of the decree; Word's core properties carry no zone
_KEPT_STYLES = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "header"})
_NOT_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNIT = re.compile(  # where a long name may go on to a new line: before the next body, unit or «VÀ»
    r" (?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|ỦY BAN|HỘI ĐỒNG|SỞ|(?:VĂN )?PHÒNG|(?:CHI )?CỤC|TRUNG TÂM|VÀ) )"
)
_CELL_PADDING = 2.2  # mm: Word's own 1.9 and a little for letters wider than reckoned
_WIDE_CELL = 70.0  # mm: a longer text is better set in two lines
_FIGURES = re.compile(r"[\d.,]+\s?%?")
_RULE = "Đường kẻ"
_LABEL = "Nhãn bản nháp"
_ROUNDING = 1.5  # mm: what a line may be longer than reckoned
_ITALIC = 0.975  # an italic line is this much of a bold one, and a hair's breadth
_RIGHT_ROOM = PAGE.text_width - layout.LEFT_COLUMN
_WIDEST_RIGHT = 112.0  # mm: a long place and its date stay on one line, box 2 keeps 48
_SIGNING_SPACE = 66.0  # points between chức vụ and họ tên: room for signature and seal (7c, 8)
_RIGHT_SHARE = 0.56  # of the width, for the signature beside «Nơi nhận»
_OPEN_HINT = "Trang này không thuộc văn bản. Anh/chị đối chiếu từng chi tiết với hồ sơ gốc, rồi xóa trang này."


def write(draft: Draft, *, label: str = "", open_details: Sequence[str] = ()) -> bytes:
    """The document as .docx bytes.

    ``label`` («bản nháp – chưa kiểm chứng») stands small at the right of every head; ``open_details`` are listed on a
    page of their own at the end. Empty parts of the draft stay blank, ready to be written in.
    """
    import docx

    document = docx.Document(io.BytesIO(_template()))
    kind = kind_or_letter(draft.kind)
    _page(document.sections[0], label)
    _head(document, draft, kind)
    _title(document, draft, kind)
    _address(document, draft, kind)
    _body(document, draft, kind)
    _foot(document, draft, kind)
    _details(document, open_details)
    return _packed(document, f"{kind.name}: {draft.subject}".strip(" :"))


def write_sheet(title: str, body: Iterable[str | Table], *, label: str = "") -> bytes:
    """A sheet that is no document of the decree (an answer, a summary): heading, paragraphs and tables, in its type."""
    import docx

    document = docx.Document(io.BytesIO(_template()))
    _page(document.sections[0], label)
    _put(document, "title", _clean(title)).paragraph_format.space_after = _points(12)
    for item in body:
        if isinstance(item, Table):
            _table(document, item)
        elif _clean(item):
            _put(document, "text", _clean(item))
    return _packed(document, title)


# ── document, styles, page ──────────────────────────────────────────────────────────────────────


def _element(tag: str, **attributes: object) -> Any:
    """A WordprocessingML element: ``_element("w:top", val="single", sz=6)``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _twips(millimetres: float) -> int:
    return round(millimetres * layout.TWIPS_PER_MM)


@cache
def _template() -> bytes:
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
    defaults.append(_element("w:lang", val=layout.LANGUAGE, eastAsia=layout.LANGUAGE, bidi=layout.LANGUAGE))
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
    rule = _add_style(document, _RULE)
    _set_type(rule, 2)
    rule.paragraph_format.line_spacing = _points(4)
    rule.paragraph_format.space_before = _points(3)
    mark = _add_style(document, _LABEL)
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


def _points(value: float) -> Any:
    from docx.shared import Pt

    return Pt(value)


def _style_id(name: str) -> str:
    """Plain letters, as Word makes its own; setting a style by id spares the library's search by name."""
    return fold(name).replace(" ", "").replace(",", "")


def _add_style(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.element.styleId = _style_id(name)
    style.quick_style = True
    style.hidden = False
    return style


def _fonts() -> Any:
    return _element("w:rFonts", ascii=layout.FONT, hAnsi=layout.FONT, eastAsia=layout.FONT, cs=layout.FONT)


def _set_type(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _fonts())
    style.font.size = _points(size)
    style.font.bold = bold
    style.font.italic = italic
    properties.append(_element("w:szCs", val=round(size * 2)))


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


def _space(style: Any, part: str, *, indent: bool) -> None:
    """Khoản 6, điểm e for the body: gap, line spacing, first line; single spacing everywhere else."""
    shape = style.paragraph_format
    shape.line_spacing = layout.LINE_SPACING if part in _BODY_LOOKS else 1.0
    if part in _BODY_LOOKS:
        shape.space_after = _points(layout.GAP_POINTS)
    if part in _SPACE_BEFORE:
        shape.space_before = _points(_SPACE_BEFORE[part])
    if part in ("division", "addressed"):
        shape.space_after = _points(0 if part == "division" else layout.GAP_POINTS)
    if part in ("office", "order", "division", "heading", "roman"):
        shape.keep_with_next = True
    if part in _BODY_LOOKS:
        shape.widow_control = True
    if indent:
        from docx.shared import Mm

        shape.first_line_indent = Mm(layout.INDENT_MM)


def _page(section: Section, label: str) -> None:
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
        run._r.append(_element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            order = _element("w:instrText")
            order.text = " PAGE "
            number.add_run()._r.append(order)
        elif kind == "separate":
            number.add_run("2")
    first = section.first_page_header.paragraphs[0]
    first.style = _LABEL
    first.add_run(_clean(label))
    if label:
        section.header.add_paragraph(_clean(label), style=_LABEL)


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def _clean(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(_NOT_XML.sub("", text).split())


def _put(holder: Document | Cell, part: str, text: str, lead: int = 0) -> WordParagraph:
    """A paragraph in the style of a component, its first ``lead`` letters bold; a new cell's empty one is used up."""
    is_new_cell = hasattr(holder, "_tc") and len(holder.paragraphs) == 1 and not holder.paragraphs[0].text
    paragraph = holder.paragraphs[0] if is_new_cell else holder.add_paragraph()
    paragraph._p.style = _style_id(LOOKS[part].name if part in LOOKS else part)
    if lead:
        paragraph.add_run(text[:lead]).bold = True
    if text[lead:]:
        paragraph.add_run(text[lead:])
    return paragraph


def _rule(holder: Document | Cell, length: float, room: float) -> None:
    """A ruled line of ``length`` mm, centred in ``room`` mm: the top border of a small empty paragraph."""
    side = _twips(max(0.0, (room - length) / 2))
    paragraph = holder.add_paragraph(style=_RULE)
    properties = paragraph._p.get_or_add_pPr()
    borders = _element("w:pBdr")
    borders.append(_element("w:top", val="single", sz=6, space=1, color="auto"))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(_element("w:ind", left=side, right=side), "w:jc", "w:rPr")


def _columns(document: Document, *widths: float, rows: int = 1) -> WordTable:
    """A table without borders, with columns of fixed widths in mm and no padding."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table: WordTable = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=0, type="dxa"))
    properties.find(qn("w:tblLayout")).addnext(margins)
    _fix_widths(table, widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _together(row)
    return table


def _fix_widths(table: WordTable, widths: Sequence[float]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    properties = table._tbl.tblPr
    for tag in ("w:tblStyle", "w:tblW"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, _element("w:tblW", w=_twips(sum(widths)), type="dxa"))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _names(name: str, points: float, room: float) -> str:
    """A name in capitals on lines of ``room`` mm: two lines parted where a name may be parted, else even lines."""
    name = _clean(name).upper()
    if layout.bold_width(name, points) <= room:
        return name
    halves = [(name[: gap.start()], name[gap.end() :]) for gap in _UNIT.finditer(name)]
    measured = ((max(layout.bold_width(half, points) for half in pair), pair) for pair in halves)
    longest, best = min(measured, default=(room + 1, ("", "")))
    return "\n".join(best) if longest <= room else _even_lines(name, points, room)


def _even_lines(text: str, points: float, room: float, *, before_small: bool = False) -> str:
    """``text`` on as few lines of ``room`` mm as it needs, of about the same length.

    With ``before_small`` a line begins with a small letter only, so that names such as «Thu Đông» stay together.
    """
    whole = layout.bold_width(text, points)
    wanted = math.ceil(whole / room)
    for lines, limit in itertools.product((wanted, wanted + 1), range(101)):
        width = whole / lines + (room - whole / lines) * limit / 100
        broken = _break(text, points, width, before_small)
        if len(broken) <= lines and all(layout.bold_width(line, points) <= room for line in broken):
            return "\n".join(broken)
    return text


def _break(text: str, points: float, width: float, before_small: bool) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and layout.bold_width(longer, points) > width and (word[:1].islower() or not before_small):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _head(document: Document, draft: Draft, kind: Kind) -> None:
    """Boxes 1 to 4 and 5b: two columns, the number on the same line as place and date."""
    sizes = layout.SET_A
    dated = phrases.date_line(draft) or phrases.date_line(Draft(draft.kind, place="…………"))
    right_room = min(_WIDEST_RIGHT, max(_RIGHT_ROOM, _ITALIC * layout.bold_width(dated, sizes["place_date"])))
    left_column = PAGE.text_width - right_room
    left_room = left_column - (_ROUNDING if right_room == _RIGHT_ROOM else 0)
    table = _columns(document, left_column, right_room, rows=2)
    left, right = table.rows[0].cells
    if draft.superior:
        _put(left, "superior", _names(draft.superior, sizes["superior"], left_room))
    name = _names(draft.issuer, sizes["issuer"], left_room)
    _put(left, "issuer", name)
    if name:
        longest = max(layout.bold_width(line, sizes["issuer"]) for line in name.split("\n"))
        _rule(left, longest * layout.SHORT_RULE, left_column)
    _put(right, "nation", phrases.NATION)
    _put(right, "motto", phrases.MOTTO)
    _rule(right, layout.bold_width(phrases.MOTTO, sizes["motto"]), right_room)

    left, right = table.rows[1].cells
    if kind.has_number or draft.sign:
        _put(left, "sign", phrases.number_line(draft) or phrases.number_line(Draft(draft.kind, sign="/")))
    if not kind.has_title:
        about = f"{phrases.ABOUT} {_clean(draft.subject)}".strip()
        _put(left, "about", _even_lines(about, sizes["about"], left_room, before_small=True))
    if kind.has_place_date:
        _put(right, "place_date", dated)


def _title(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 5a: tên loại, trích yếu, short rule."""
    if not kind.has_title:
        return
    _put(document, "title", kind.title)
    subject = _clean(draft.subject)
    if subject:
        lines = _even_lines(subject, layout.SET_A["subject"], PAGE.text_width - _ROUNDING, before_small=True)
        _put(document, "subject", lines)
    else:
        lines = kind.title
    measured = max(layout.bold_width(line, layout.SET_A["subject"]) for line in lines.split("\n"))
    _rule(document, min(measured, PAGE.text_width) * layout.SHORT_RULE, PAGE.text_width)
    _put(document, _RULE, "").paragraph_format.space_after = _points(8)


def _address(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 9a: one addressee beside «Kính gửi:», several below it, the dashes in line under the colon."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    lines = [_clean(line) for line in address_lines(draft)]
    if not lines:
        if not kind.has_title:
            _put(document, _RULE, "").paragraph_format.space_after = _points(12)
        return
    first = _put(document, "addressed", lines[0])
    first.paragraph_format.space_after = _points(layout.GAP_POINTS if len(lines) == 1 else 0)
    if len(lines) == 1:
        first.paragraph_format.space_after = _points(12)
        return
    longest = max(layout.bold_width(line, layout.SET_A["addressee"]) for line in lines[1:])
    if kind.addressee is Addressee.WIRE:
        start = max(0.0, min(45.0, (PAGE.text_width - longest) / 2))
    else:
        start = max(layout.COLON_AT, min(60.0, (PAGE.text_width - longest) / 2))
        first.alignment = WD_ALIGN_PARAGRAPH.LEFT
        first.paragraph_format.left_indent = Mm(start - layout.COLON_AT)
    for line in lines[1:]:
        item = _put(document, "addressee", line)
        item.paragraph_format.left_indent = Mm(start + 2.5)
        item.paragraph_format.first_line_indent = Mm(-2.5)
    item.paragraph_format.space_after = _points(12)


def _body(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 6."""
    shown: Iterable[Paragraph | Table] = paragraphs(_without_controls(draft.body), kind)
    last: WordParagraph | None = None
    for item in shown:
        if isinstance(item, Table):
            _table(document, item)
        else:
            last = _put(document, item.look, item.text, item.lead)
            if item.look in ("clause", "article") and item.lead == len(item.text):
                last.paragraph_format.keep_with_next = True
    if last is not None:
        last.paragraph_format.keep_with_next = True


def _without_controls(body: Iterable[str | Table]) -> tuple[str | Table, ...]:
    return tuple(item if isinstance(item, Table) else _NOT_XML.sub("", item) for item in body)


def _table(document: Document, table: Table) -> None:
    """A table of the body: single borders, bold centred head that repeats on the next page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    rows = [[_clean(cell) for cell in row] + [""] * (columns - len(row)) for row in table.rows]
    longest = [min(40, max(4, *(len(row[n]) for row in rows))) for n in range(columns)]
    widths = _column_widths(rows)
    word_table = document.add_table(rows=len(rows), cols=columns)
    word_table.autofit = False
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color="auto"))
    word_table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)
    margins = _element("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 108), ("bottom", 40), ("right", 108)):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    word_table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)
    for column, width in zip(word_table.columns, widths, strict=True):
        column.width = round(width * 36000)
    _fix_widths(word_table, widths)
    word_table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for n, (word_row, row) in enumerate(zip(word_table.rows, rows, strict=True)):
        _together(word_row)
        for cell, text, width in zip(word_row.cells, row, longest, strict=True):
            paragraph = _put(cell, "cell", text, lead=len(text) if n == 0 else 0)
            if n == 0 or width <= 5:  # the head, and narrow columns such as «TT»
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif _FIGURES.fullmatch(text):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    gap = document.add_paragraph(style=_RULE)
    gap.paragraph_format.space_after = _points(layout.GAP_POINTS)


def _column_widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths in mm that fill the page and break no word: each column's longest word, then a share of the rest."""
    points, padding = layout.SET_A["cell"], 2 * _CELL_PADDING
    needed, wanted = [], []
    for column in zip(*rows, strict=True):
        words = (layout.bold_width(word, points) for text in column for word in text.split())
        needed.append(max(words, default=0.0) + padding)
        wanted.append(min(_WIDE_CELL, max(layout.bold_width(text, points) for text in column) + padding))
    more = [1 + max(0.0, wish - least) for wish, least in zip(wanted, needed, strict=True)]
    spare = max(0.0, PAGE.text_width - sum(needed))
    return [least + spare * share / sum(more) for least, share in zip(needed, more, strict=True)]


def _foot(document: Document, draft: Draft, kind: Kind) -> None:
    """Boxes 7 and 9b; the sample form 1.9 of biên bản has two signatures and «Nơi nhận» below them."""
    gap = _put(document, _RULE, "")
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.space_after = _points(4)
    if kind.signing is Signing.MINUTES:
        half = PAGE.text_width / 2
        left, right = _columns(document, half, half).rows[0].cells
        _signature(left, [phrases.SECRETARY], draft.secretary, half)
        _signature(right, draft.authority or [phrases.CHAIR], draft.signer, half)
        _put(document, _RULE, "").paragraph_format.space_after = _points(10)
        _recipients(document, draft)
        return
    width = PAGE.text_width * _RIGHT_SHARE
    left, right = _columns(document, PAGE.text_width - width, width).rows[0].cells
    _recipients(left, draft)
    _signature(right, draft.authority or [""], draft.signer, width)


def _signature(cell: Cell, authority: Sequence[str], signer: str, room: float) -> None:
    for line in authority:
        _put(cell, "authority", _names(line, layout.SET_A["authority"], room - 2))
    paragraph = cell.add_paragraph(style=LOOKS["signer"].name)
    paragraph.paragraph_format.space_before = _points(_SIGNING_SPACE)
    paragraph.add_run(_clean(signer))


def _recipients(holder: Document | Cell, draft: Draft) -> None:
    _put(holder, "recipients", phrases.RECIPIENTS)
    for line in list_lines(draft.recipients):
        _put(holder, "recipient", _clean(line))


def _details(document: Document, open_details: Sequence[str]) -> None:
    """The last page: what a person still has to verify. It is no part of the document."""
    if not open_details:
        return
    head = _put(document, "title", phrases.OPEN_DETAILS)
    head.paragraph_format.page_break_before = True
    head.paragraph_format.space_after = _points(6)
    _put(document, "text", _OPEN_HINT)
    for n, detail in enumerate(open_details, 1):
        _put(document, "text", f"{n}. {_clean(detail)}")


# ── bytes ───────────────────────────────────────────────────────────────────────────────────────


def _packed(document: Document, title: str) -> bytes:
    """The file: clean core properties, one fixed time on every entry."""
    core = document.core_properties
    core.title, core.language = _clean(title)[:250], layout.LANGUAGE
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = _STAMP
    core.revision = 1
    raw = io.BytesIO()
    document.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
