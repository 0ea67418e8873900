"""A page of a PDF as a picture, through pypdfium2: the paper itself beside the text that was read from it."""

from __future__ import annotations

import struct
import zlib

from service.errors import NotFound, Unreadable

WIDTH = 1100
"""Pixels across: readable beside a text, some 200 kB."""
HIGHEST = 4400
"""Pixels down; a longer page is drawn narrower."""


def draw(data: bytes, page: int) -> bytes:
    """The page, counted from 1, in greys as PNG. Raises ``NotFound`` (no such page) or ``Unreadable``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable from error
    try:
        if not 1 <= page <= len(document):
            raise NotFound
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(WIDTH / max(width, 1.0), HIGHEST / max(height, 1.0))
        bitmap = sheet.render(scale=scale, grayscale=True)
        return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        document.close()


def png(grey: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of grey values, ``stride`` bytes apart, as a PNG file (ISO/IEC 15948): no picture library is needed."""
    rows = b"".join(b"\0" + grey[at * stride : at * stride + width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
