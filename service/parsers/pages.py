"""The pages of a PDF as pictures, and where every letter stands on them.

``draw`` and ``draw_first`` run in the process of its own that reads files (``service.parsers``): the library is native
code and the file a stranger's. Lengths are points from the top left corner of the page.
"""

from __future__ import annotations

import base64
import bisect
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service import parsers
from service.errors import NotFound, Unreadable
from service.parsers.base import Limits

WIDTH = 1100
"""Pixels across a page that is shown beside its text: readable, some 200 kB."""
HIGHEST = 4400
"""Pixels down; a longer page is drawn narrower."""

_SCALE = 1.7  # pixels per point under the marks of findings: about 122 dpi, sharp enough for 11 pt type
_NEAR = 3.0  # points: letters whose feet differ by more stand on two lines
_FEWEST = 3  # letters of a block that may be looked for anywhere, not only below the last one

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class PagePicture:
    """A page: its size in points, a PNG of it, its letters without blanks (NFC) and the box of each."""

    width: float
    height: float
    png: bytes
    letters: str
    boxes: tuple[Box, ...]


def draw_pages(pdf: bytes, most: int = 12, limits: Limits | None = None) -> tuple[PagePicture, ...]:
    """The first pages of a PDF. Raises ``Unreadable`` when they cannot be drawn within the limits."""
    try:
        answer = parsers.ask_apart(pdf, f"{parsers.PAGES}:{most}", limits or Limits())
    except Unreadable:
        raise Unreadable("Chưa dựng được hình trang của tệp này. Phần chữ và góp ý vẫn đầy đủ.") from None
    return tuple(
        PagePicture(
            page["width"],
            page["height"],
            base64.b64decode(page["png"]),
            page["letters"],
            tuple((a, b, c, d) for a, b, c, d in page["boxes"]),
        )
        for page in answer["pages"]
    )


# ── finding words on the pictures ───────────────────────────────────────────────────────────────


class Finder:
    """Finds stretches of texts on the pages, by their letters alone: blanks and the bars of table rows do not count.

    ``texts`` are the blocks of the same document in reading order. A block that the pages show otherwise is not found,
    and has no place.
    """

    def __init__(self, pages: Sequence[PagePicture], texts: Sequence[str]) -> None:
        self._pages = pages
        self._firsts = [0]
        for page in pages:
            self._firsts.append(self._firsts[-1] + len(page.letters))
        stream = "".join(page.letters for page in pages)
        self._places: list[dict[int, int]] = []
        below = 0
        for text in texts:
            kept = [n for n, letter in enumerate(text) if not letter.isspace() and letter != "|"]
            words = "".join(text[n] for n in kept)
            at = stream.find(words, below) if words else -1
            if at < 0 and len(words) >= _FEWEST:  # the other column, or the top of the page
                at = stream.find(words)
            self._places.append({n: at + m for m, n in enumerate(kept)} if at >= 0 else {})
            if at >= 0:
                below = at + len(words)

    def boxes(self, block: int, start: int, end: int) -> Iterator[tuple[int, Box]]:
        """Where a stretch of a block stands: page (from 0) and box, one for each line it runs over."""
        place = self._places[block]
        line: tuple[int, Box] | None = None
        for n in (place[at] for at in range(start, end) if at in place):
            page = bisect.bisect_right(self._firsts, n) - 1
            box = self._pages[page].boxes[n - self._firsts[page]]
            if line and line[0] == page and abs(line[1][3] - box[3]) < _NEAR and box[0] > line[1][0]:
                line = page, (line[1][0], min(line[1][1], box[1]), max(line[1][2], box[2]), max(line[1][3], box[3]))
            else:
                if line:
                    yield line
                line = page, box
        if line:
            yield line


# ── in the process of its own ───────────────────────────────────────────────────────────────────


def draw(data: bytes, page: int) -> bytes:
    """The page, counted from 1, in greys as PNG. Raises ``NotFound`` (no such page) or ``Unreadable``."""
    document = _opened(data)
    try:
        if not 1 <= page <= len(document):
            raise NotFound
        sheet = document[page - 1]
        width, height = sheet.get_size()
        return _png(sheet, min(WIDTH / max(width, 1.0), HIGHEST / max(height, 1.0)))
    finally:
        document.close()


def draw_first(data: bytes, most: int) -> list[dict[str, Any]]:
    """The first pages with their letters, as JSON can carry them."""
    document = _opened(data)
    drawn = []
    for number in range(min(len(document), most)):
        page = document[number]
        width, height = page.get_size()
        letters, boxes = _letters(page.get_textpage(), height)
        drawn.append(
            {
                "width": round(width, 1),
                "height": round(height, 1),
                "png": base64.b64encode(_png(page, _SCALE)).decode(),
                "letters": letters,
                "boxes": boxes,
            }
        )
    return drawn


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable from error


def _letters(page: Any, height: float) -> tuple[str, list[list[float]]]:
    """Letters and their boxes; a mark that stands apart joins its letter."""
    from pypdfium2 import raw

    letters: list[str] = []
    boxes: list[list[float]] = []
    for n in range(page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(page, n))
        if letter.isspace() or not letter.isprintable():
            continue
        if (
            letters
            and unicodedata.combining(letter)
            and len(joined := unicodedata.normalize("NFC", letters[-1] + letter)) == 1
        ):
            letters[-1] = joined
            continue
        left, bottom, right, top = page.get_charbox(n, loose=True)
        letters.append(letter)
        boxes.append([round(left, 1), round(height - top, 1), round(right, 1), round(height - bottom, 1)])
    return "".join(letters), boxes


def _png(page: Any, scale: float) -> bytes:
    """A page in greys as a PNG file (ISO/IEC 15948): no picture library is needed."""
    bitmap = page.render(scale=scale, grayscale=True)
    grey, width, height, stride = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
    rows = b"".join(b"\0" + grey[at * stride : at * stride + width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
