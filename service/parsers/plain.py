"""Plain text and Markdown: one block a line, with the line's number as its anchor."""

from __future__ import annotations

import codecs
import re

from service.errors import Unreadable
from service.parsers.base import Limits
from service.records import Block, ParsedDocument
from service.text import nfc

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?$")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, _limits: Limits, /) -> ParsedDocument:
    """Read .txt: every line that holds something is a paragraph."""
    lines = enumerate(decode(data).splitlines(), start=1)
    return ParsedDocument(tuple(Block(line.strip(), f"p{n}") for n, line in lines if line.strip()))


def read_markdown(data: bytes, _limits: Limits, /) -> ParsedDocument:
    """Read .md: headings and the rows of pipe tables are told apart, everything else stays as written."""
    lines = enumerate(decode(data).splitlines(), start=1)
    return ParsedDocument(tuple(block for n, line in lines if (block := _markdown_block(n, line.strip()))))


def _markdown_block(n: int, line: str) -> Block | None:
    if heading := _HEADING.match(line):
        return Block(heading[1], f"p{n}", "heading") if heading[1] else None
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return None if _RULE.match(line) else Block(" | ".join(cells).strip(), f"p{n}", "row")
    return Block(line, f"p{n}") if line else None


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16 (with its mark) to NFC text.

    Raises ``Unreadable`` for any other code: TCVN3, VNI and Windows-1258 cannot be told apart safely, and a wrong
    guess would put wrong words into the mouth of a document.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(
            "Chữ trong tệp này theo bảng mã cũ (TCVN3, VNI…) hoặc không phải Unicode nên chưa đọc được. "
            "Anh/chị mở tệp, lưu lại với bảng mã UTF-8 rồi gửi lại."
        ) from None
    if "\0" in text:
        raise Unreadable("Tệp này không phải tệp chữ. Anh/chị chọn tệp .docx, .pdf, .txt hoặc .md.")
    return nfc(text)
