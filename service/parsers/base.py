"""The seam to file formats: a parser is a function from bytes to a ``ParsedDocument``.

To add a format: one module with such a function, and one line in ``PARSERS``. A parser gives the blocks in reading
order with stable anchors, its texts in NFC, and raises errors of ``service.errors`` only for what it foresees;
anything else that escapes it is told to the person as a broken file. It runs in a process of its own, with limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from service.records import ParsedDocument


@dataclass(frozen=True)
class Limits:
    """What a file may cost. ``pages`` also bounds files without pages, at ``PAGE_CHARACTERS`` characters each.

    ``xml_mb`` bounds the markup of a .docx, which takes about ten times its size while it is read; 400 written pages
    have some 10 MB, pictures do not count.
    """

    pages: int = 400
    seconds: int = 60
    memory_mb: int = 1500
    unpacked_mb: int = 300
    xml_mb: int = 30
    ratio: int = 200


PAGE_CHARACTERS = 3500
"""Characters of a closely written A4 page; an ordinary page of Decree 30 holds about 2,500."""


class Parser(Protocol):
    def __call__(self, data: bytes, limits: Limits, /) -> ParsedDocument: ...


PARSERS = {
    ".docx": "service.parsers.word:read_word",
    ".pdf": "service.parsers.pdf:read_pdf",
    ".txt": "service.parsers.plain:read_text",
    ".md": "service.parsers.plain:read_markdown",
}
"""Suffix → "module:function"; imported on first use."""
