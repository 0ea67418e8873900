"""A scan: refused where nothing can read it, read as text and told as such where tesseract is."""

from __future__ import annotations

import io

import pytest

from service import office
from service.docx_writer import write
from service.errors import ScanWithoutText
from service.form import examine
from service.kit import Kit
from service.parsers import ocr, parse
from service.parsers.pages import draw_pages
from tests.files import pdf_file
from tests.rules.nd30_drafts import random_draft

needs_tesseract = pytest.mark.skipif(bool(ocr.missing()), reason=ocr.missing())
needs_office = pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")


def scan_of(pdf: bytes) -> bytes:
    """The same pages as pictures, as a scanner gives them."""
    from PIL import Image

    first, *others = (Image.open(io.BytesIO(page.png)) for page in draw_pages(pdf))
    kept = io.BytesIO()
    first.save(kept, "PDF", save_all=True, append_images=others, resolution=122)
    return kept.getvalue()


def test_without_tesseract_a_scan_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "Không có.")
    with pytest.raises(ScanWithoutText):
        parse(pdf_file([[]]), ".pdf")


@needs_tesseract
def test_a_scan_without_a_letter_is_refused_still() -> None:
    with pytest.raises(ScanWithoutText):
        parse(pdf_file([[]]), ".pdf")


@needs_tesseract
@needs_office
def test_a_scanned_letter_is_read_and_told_as_read_by_a_machine(kit: Kit) -> None:
    draft = random_draft("giay_moi", 1)
    scan = scan_of(office.to_pdf(write(draft), 60))
    report = examine(kit, "quet.pdf", scan)
    assert report.notes[0] == ocr.TOLD
    assert (report.kind, report.laid_out, report.changes) == ("giay_moi", False, ())
    text = "\n".join(block.text for block in report.blocks)
    assert draft.signer in text and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
