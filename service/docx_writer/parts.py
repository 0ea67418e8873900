"""The components of a document, box by box from the top of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from service.docx_writer.lines import NOT_XML, ROUNDING, RULE, clean, even_lines, names, points, put, rule
from service.docx_writer.styles import new_section
from service.docx_writer.tables import columns, keep_with_next, least_width, table
from service.nd30 import layout, phrases
from service.nd30.body import Paragraph, paragraphs
from service.nd30.drafting import address_lines, appendix_head, list_lines, signed_for
from service.nd30.kinds import Addressee, Kind, Signing
from service.nd30.layout import LOOKS, PAGE
from service.records import CertifiedCopy, Draft, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph

_ITALIC = 0.975  # an italic line is this much of a bold one, and a hair's breadth
_RIGHT_ROOM = PAGE.text_width - layout.LEFT_COLUMN
_WIDEST_RIGHT = 112.0  # mm: a long place and its date stay on one line, box 2 keeps 48
_STAMP_GAP = 18.0  # points above the line that parts a document from the stamp of its copy
_SIGNING_SPACE = 66.0  # points between chức vụ and họ tên: room for signature and seal (7c, 8)
_RIGHT_SHARE = 0.56  # of the width, for the signature beside «Nơi nhận»


def head(document: Document, draft: Draft, kind: Kind) -> None:
    """Boxes 1 to 4 and 5b: two columns, the number on the same line as place and date."""
    sizes = layout.SET_A
    dated = phrases.date_line(draft) or phrases.date_line(Draft(draft.kind, place="…………"))
    right_room = min(_WIDEST_RIGHT, max(_RIGHT_ROOM, _ITALIC * layout.bold_width(dated, sizes["place_date"])))
    left_column = PAGE.text_width - right_room
    left_room = left_column - (ROUNDING if right_room == _RIGHT_ROOM else 0)
    table = columns(document, left_column, right_room, rows=2)
    left, right = table.rows[0].cells
    if draft.superior:
        put(left, "superior", names(draft.superior, sizes["superior"], left_room))
    _issuer(left, draft.issuer, left_column, left_room)
    put(right, "nation", phrases.NATION)
    put(right, "motto", phrases.MOTTO)
    rule(right, layout.bold_width(phrases.MOTTO, sizes["motto"]), right_room)

    left, right = table.rows[1].cells
    if kind.has_number or draft.sign:
        put(left, "sign", phrases.number_line(draft) or phrases.number_line(Draft(draft.kind, sign="/")))
    if not kind.has_title:
        about = f"{phrases.ABOUT} {clean(draft.subject)}".strip()
        put(left, "about", even_lines(about, sizes["about"], left_room, before_small=True))
    if kind.has_place_date:
        put(right, "place_date", dated)


def _issuer(cell: Cell, issuer: str, column: float, room: float) -> None:
    """The issuing body on lines of ``room`` mm, with its short rule, in a column of so many mm."""
    name = names(issuer, layout.SET_A["issuer"], room)
    put(cell, "issuer", name)
    if name:
        longest = max(layout.bold_width(line, layout.SET_A["issuer"]) for line in name.split("\n"))
        rule(cell, longest * layout.SHORT_RULE, column)


def title(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 5a: tên loại, trích yếu, short rule."""
    if not kind.has_title:
        return
    put(document, "title", kind.title)
    subject = clean(draft.subject)
    if subject:
        lines = even_lines(subject, layout.SET_A["subject"], PAGE.text_width - ROUNDING, before_small=True)
        put(document, "subject", lines)
    else:
        lines = kind.title
    measured = max(layout.bold_width(line, layout.SET_A["subject"]) for line in lines.split("\n"))
    rule(document, min(measured, PAGE.text_width) * layout.SHORT_RULE, PAGE.text_width)
    put(document, RULE, "").paragraph_format.space_after = points(8)


def address(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 9a: one addressee beside «Kính gửi:», several below it, the dashes in line under the colon."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    lines = [clean(line) for line in address_lines(draft)]
    if not lines:
        if not kind.has_title:
            put(document, RULE, "").paragraph_format.space_after = points(12)
        return
    first = put(document, "addressed", lines[0])
    first.paragraph_format.space_after = points(layout.GAP_POINTS if len(lines) == 1 else 0)
    if len(lines) == 1:
        first.paragraph_format.space_after = points(12)
        return
    longest = max(layout.bold_width(line, layout.SET_A["addressee"]) for line in lines[1:])
    if kind.addressee is Addressee.WIRE:
        start = max(0.0, min(45.0, (PAGE.text_width - longest) / 2))
    else:
        start = max(layout.COLON_AT, min(60.0, (PAGE.text_width - longest) / 2))
        first.alignment = WD_ALIGN_PARAGRAPH.LEFT
        first.paragraph_format.left_indent = Mm(start - layout.COLON_AT)
    for line in lines[1:]:
        item = put(document, "addressee", line)
        item.paragraph_format.left_indent = Mm(start + 2.5)
        item.paragraph_format.first_line_indent = Mm(-2.5)
    item.paragraph_format.space_after = points(12)


def body(document: Document, draft: Draft, kind: Kind) -> None:
    """Box 6."""
    shown: Iterable[Paragraph | Table] = paragraphs(_without_controls(draft.body), kind)
    last: WordParagraph | None = None
    for item in shown:
        if isinstance(item, Table):
            table(document, item)
        else:
            last = put(document, item.look, item.text, item.lead)
            if item.look in ("clause", "article") and item.lead == len(item.text):
                last.paragraph_format.keep_with_next = True
    if last is not None:
        last.paragraph_format.keep_with_next = True


def _without_controls(body: Iterable[str | Table]) -> tuple[str | Table, ...]:
    return tuple(item if isinstance(item, Table) else NOT_XML.sub("", item) for item in body)


def foot(document: Document, draft: Draft, kind: Kind) -> None:
    """Boxes 7 and 9b; where two sign, as in the sample form 1.9, «Nơi nhận» stands below them."""
    gap = put(document, RULE, "")
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.space_after = points(4)
    own, other = signed_for(draft)
    two: tuple[tuple[Sequence[str], str], ...]
    if kind.signing is Signing.MINUTES:
        two = (((phrases.SECRETARY,), draft.secretary), (own, draft.signer))
    elif kind.signing is Signing.PARTIES or draft.counterpart or draft.countersigner:
        two = ((own, draft.signer), (other, draft.countersigner))
    else:
        _sign_beside(document, own, draft.signer, draft.recipients)
        return
    half = PAGE.text_width / 2
    for cell, (authority, signer) in zip(columns(document, half, half).rows[0].cells, two, strict=True):
        _signature(cell, authority, signer, half)
    put(document, RULE, "").paragraph_format.space_after = points(10)
    _recipients(document, draft.recipients)


def _sign_beside(document: Document, authority: Sequence[str], signer: str, recipients: Sequence[str]) -> None:
    """One signature at the right, «Nơi nhận» level with it at the left."""
    width = PAGE.text_width * _RIGHT_SHARE
    left, right = columns(document, PAGE.text_width - width, width).rows[0].cells
    _recipients(left, recipients)
    _signature(right, authority or [""], signer, width)


def _signature(cell: Cell, authority: Sequence[str], signer: str, room: float) -> None:
    for line in authority:
        put(cell, "authority", names(line, layout.SET_A["authority"], room - 2))
    paragraph = cell.add_paragraph(style=LOOKS["signer"].name)
    paragraph.add_run(clean(signer))
    paragraph.paragraph_format.space_before = points(_SIGNING_SPACE)


def _recipients(holder: Document | Cell, recipients: Sequence[str]) -> None:
    put(holder, "recipients", phrases.RECIPIENTS)
    for line in list_lines(recipients):
        put(holder, "recipient", clean(line))


# ── what comes below ────────────────────────────────────────────────────────────────────────────


def appendices(document: Document, draft: Draft) -> None:
    """Each on pages of its own that are counted from 1 (mục III, khoản 1; mẫu 2.1).

    One whose table is wider than the page lies on its side (mục I, khoản 2).
    """
    for number, one in enumerate(draft.appendices, 1):
        content = paragraphs(_without_controls(one.body), None)
        lies = any(isinstance(item, Table) and least_width(item) > PAGE.text_width for item in content)
        room = new_section(document, lies=lies)
        head, *more = appendix_head(draft, number)
        put(document, "appendix", clean(head))
        for line in more[:-1]:
            put(document, "appendix_title", even_lines(clean(line), layout.SET_A["appendix_title"], room - ROUNDING))
        put(document, "appendix_note", more[-1])
        for item in content:
            if isinstance(item, Table):
                table(document, item, room)
            else:
                put(document, item.look, item.text, item.lead)


def stamp(document: Document, copy: CertifiedCopy) -> None:
    """The stamp of a certified copy, below a line over the whole width (phần II, mục II, khoản 2; mẫu 3.1)."""
    above = len(document.element.body)
    rule(document, PAGE.text_width, PAGE.text_width).paragraph_format.space_before = points(_STAMP_GAP)
    right_room = PAGE.text_width - layout.LEFT_COLUMN
    grid = columns(document, layout.LEFT_COLUMN, right_room, rows=2)
    (left, right), (below_left, below_right) = (row.cells for row in grid.rows)
    _issuer(left, copy.issuer, layout.LEFT_COLUMN, layout.LEFT_COLUMN - ROUNDING)
    put(right, "copied", copy.form)
    sign, dated = phrases.number_line(copy), phrases.date_line(copy)
    put(below_left, "sign", sign or phrases.number_line(Draft("", sign=f"/{phrases.COPIES.get(copy.form, '')}-")))
    put(below_right, "place_date", dated or phrases.date_line(Draft("", place="…………")))
    put(document, RULE, "").paragraph_format.space_after = points(4)
    below = len(document.element.body)
    _sign_beside(document, copy.authority, copy.signer, copy.recipients)
    keep_with_next(document, above - 1, below - 1)
