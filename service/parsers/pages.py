"""The pages of a PDF as pictures, and where every letter stands on them; a process of its own draws them.

    python -m service.parsers.pages '{"pages": 12, "seconds": 60, "memory_mb": 1024}' < a.pdf

The library is native code and the file a stranger's: what is too much for it ends with that process. Lengths are points
from the top left corner of the page.
"""

from __future__ import annotations

import base64
import bisect
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.errors import Unreadable
from service.parsers.picture import png

_ROOT = Path(__file__).resolve().parents[2]
_SCALE = 1.7  # pixels per point: about 122 dpi, sharp enough for 11 pt type
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


@dataclass(frozen=True)
class PictureLimits:
    """How many pages are drawn, and what drawing them may cost."""

    pages: int = 12
    seconds: int = 60
    memory_mb: int = 1024


def draw_pages(pdf: bytes, limits: PictureLimits | None = None) -> tuple[PagePicture, ...]:
    """The first pages of a PDF. Raises ``Unreadable`` when they cannot be drawn within the limits."""
    limits = limits or PictureLimits()
    command = [sys.executable, "-m", "service.parsers.pages", json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file travels as data
            command, input=pdf, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, timeout=limits.seconds,
            check=False,
        )  # fmt: skip
        pages = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):  # too slow; or it died: memory, or a fault in the library
        raise Unreadable("Chưa dựng được hình trang của tệp này. Phần chữ và góp ý vẫn đầy đủ.") from None
    return tuple(
        PagePicture(
            page["width"],
            page["height"],
            base64.b64decode(page["png"]),
            page["letters"],
            tuple((a, b, c, d) for a, b, c, d in page["boxes"]),
        )
        for page in pages
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


def main() -> None:
    """Draw what the parent sent."""
    limits = PictureLimits(**json.loads(sys.argv[1]))
    _bound(limits)
    json.dump(list(_pages(sys.stdin.buffer.read(), limits)), sys.stdout)


def _pages(data: bytes, limits: PictureLimits) -> Iterator[dict[str, Any]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), limits.pages)):
        page = document[number]
        width, height = page.get_size()
        bitmap = page.render(scale=_SCALE, grayscale=True)
        picture = png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        letters, boxes = _letters(page.get_textpage(), height)
        yield {
            "width": round(width, 1),
            "height": round(height, 1),
            "png": base64.b64encode(picture).decode(),
            "letters": letters,
            "boxes": boxes,
        }


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


def _bound(limits: PictureLimits) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    memory = limits.memory_mb * 2**20
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # as in service.parsers: a tighter one holds already
            continue


if __name__ == "__main__":
    main()
