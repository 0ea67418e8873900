"""Scans → text, with tesseract and its Vietnamese data, where the extra ``[ocr]`` and the program are installed.

Text only, and told as such: type, margins and gaps cannot be seen, and a machine that reads letters misreads some.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import replace
from functools import cache

from service.errors import ScanWithoutText, Unreadable
from service.parsers.base import Limits
from service.parsers.pdf import assemble
from service.records import ParsedDocument
from service.text import nfc

LANGUAGE = "vie"
PAGES = 8
"""So many pages of a scan are read; each takes seconds of a core."""
SECONDS = 180
"""What reading them may take."""
WRITTEN_MB = 64
"""Tesseract is handed a page as a file; larger ones are not written."""

_DPI = 200  # the decree asks at least this of a scanned copy (Phụ lục I, phần II)
TOLD = "Bản quét: chữ dưới đây do máy nhận dạng, có thể sai; chỉ soi được lời văn. Anh/chị đối chiếu với bản gốc."


@cache
def missing() -> str:
    """What is missing for reading scans, as a sentence with what helps; empty when nothing is."""
    program = shutil.which("tesseract")
    if program is None:
        return "Không có; bản quét chưa đọc được chữ. Cài gói tesseract-ocr và tesseract-ocr-vie của hệ điều hành."
    languages = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    if LANGUAGE not in (languages.stdout + languages.stderr).split():
        return "Có Tesseract nhưng thiếu tiếng Việt; cài thêm gói tesseract-ocr-vie."
    if importlib.util.find_spec("pytesseract") is None:
        return "Có Tesseract nhưng thiếu phần nối: .venv/bin/pip install -c constraints.txt -e '.[ocr]'."
    return ""


def read_scan(data: bytes, limits: Limits, /) -> ParsedDocument:
    """The first pages of a PDF without text, read from their pictures. Raises ``ScanWithoutText`` or ``Unreadable``."""
    import pypdfium2
    import pytesseract

    try:
        document = pypdfium2.PdfDocument(data)
        texts = []
        for number in range(min(len(document), PAGES)):
            picture = document[number].render(scale=_DPI / 72, grayscale=True).to_pil()
            texts.append(nfc(pytesseract.image_to_string(picture, lang=LANGUAGE, timeout=limits.seconds)))
    except (pypdfium2.PdfiumError, pytesseract.TesseractError, RuntimeError) as error:  # the last when time is up
        raise Unreadable from error
    if not any(map(str.isalnum, "".join(texts))):
        raise ScanWithoutText
    parsed = assemble(texts)
    more = (f"Chỉ nhận dạng {PAGES} trang đầu của {len(document)} trang.",) if len(document) > PAGES else ()
    return replace(parsed, pages=len(document), notes=(TOLD, *more, *parsed.notes))
