"""Draft → .docx in the prescribed form of Decree 30/2020/NĐ-CP (Phụ lục I and the sample forms of Phụ lục III).

Everything is set by named Word styles made from ``nd30.layout``, so a person who goes on in Word finds «Quốc hiệu»,
«Tên loại», «Nội dung» in the list of styles. The same draft gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from service.docx_writer.lines import clean, points, put, reword
from service.docx_writer.parts import address, appendices, body, foot, head, stamp, title
from service.docx_writer.styles import page, template
from service.docx_writer.tables import table
from service.nd30 import layout, phrases
from service.nd30.body import Paragraph
from service.nd30.drafting import draft_from_text, text_of
from service.nd30.kinds import kind_or_letter
from service.records import Draft, Table

if TYPE_CHECKING:
    from docx.document import Document

_STAMP = datetime(2020, 3, 5)  # noqa: DTZ001 — the day of the decree; Word's core properties carry no zone
_OPEN_HINT = "Trang này không thuộc văn bản. Anh/chị đối chiếu từng chi tiết với hồ sơ gốc, rồi xóa trang này."


def write(draft: Draft, *, label: str = "", open_details: Sequence[str] = ()) -> bytes:
    """The document as .docx bytes.

    ``label`` («bản nháp – chưa kiểm chứng») stands small at the right of every head; ``open_details`` are listed on a
    page of their own at the end. Empty parts of the draft stay blank, ready to be written in.
    """
    document = _laid_out(draft, label)
    _details(document, open_details)
    return _packed(document, _name(draft))


def write_as_written(text: str) -> bytes:
    """The document that a plain text holds, as .docx bytes: set by the decree, its words as they stand there.

    What is misspelt or against the form stays so, for whoever is to find it. Only the words count: a line that was
    broken in the text is set as one.
    """
    draft = draft_from_text(text)
    document = _laid_out(draft)
    reword(document, text_of(draft), text)
    return _packed(document, _name(draft))


def _laid_out(draft: Draft, label: str = "") -> Document:
    import docx

    document = docx.Document(io.BytesIO(template()))
    kind = kind_or_letter(draft.kind)
    page(document.sections[0], label)
    head(document, draft, kind)
    title(document, draft, kind)
    address(document, draft, kind)
    body(document, draft, kind)
    foot(document, draft, kind)
    appendices(document, draft)
    if draft.copy:
        stamp(document, draft.copy)
    return document


def _name(draft: Draft) -> str:
    return f"{kind_or_letter(draft.kind).name}: {draft.subject}".strip(" :")


def write_sheet(title: str, body: Iterable[str | Paragraph | Table], *, label: str = "") -> bytes:
    """A sheet that is no document of the decree (an answer, a summary): heading, paragraphs and tables, in its type.

    A plain line is set as text, a ``Paragraph`` as it says.
    """
    import docx

    document = docx.Document(io.BytesIO(template()))
    page(document.sections[0], label)
    put(document, "title", clean(title)).paragraph_format.space_after = points(12)
    for item in body:
        if isinstance(item, Table):
            table(document, item)
        elif isinstance(item, Paragraph):
            put(document, item.look, clean(item.text), item.lead)
        elif clean(item):
            put(document, "text", clean(item))
    return _packed(document, title)


def _details(document: Document, open_details: Sequence[str]) -> None:
    """The last page: what a person still has to verify. It is no part of the document."""
    if not open_details:
        return
    head = put(document, "title", phrases.OPEN_DETAILS)
    head.paragraph_format.page_break_before = True
    head.paragraph_format.space_after = points(6)
    put(document, "text", _OPEN_HINT)
    for n, detail in enumerate(open_details, 1):
        put(document, "text", f"{n}. {clean(detail)}")


def _packed(document: Document, title: str) -> bytes:
    """The file: clean core properties, one fixed time on every entry."""
    core = document.core_properties
    core.title, core.language = clean(title)[:250], layout.LANGUAGE
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
