"""The process that reads one file: bytes on standard input, blocks or an error as JSON on standard output."""

from __future__ import annotations

import base64
import json
import sys

from service.errors import HocVuError
from service.parsers import LAYOUT, OCR, PAGES, PICTURE, Limits, read, read_checked
from service.parsers.layout_json import pack
from service.parsers.ocr import WRITTEN_MB, read_scan
from service.records import ParsedDocument


def main() -> None:
    """Read what the parent sent, inside the limits it set."""
    limits = Limits(**json.loads(sys.argv[2]))
    _bound(limits, WRITTEN_MB if sys.argv[1] == OCR else 0)
    data = sys.stdin.buffer.read()
    try:
        answer = _answer(data, sys.argv[1], limits)
    except HocVuError as error:
        answer = {"error": type(error).__name__, "sentence": error.sentence, "facts": error.facts}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _answer(data: bytes, what: str, limits: Limits) -> dict[str, object]:
    if what == LAYOUT:
        return pack(read_checked(data, limits))
    if what.startswith((PICTURE, PAGES)):
        from service.parsers.pages import draw, draw_first

        number = int(what.partition(":")[2])
        if what.startswith(PAGES):
            return {"pages": draw_first(data, number)}
        return {"png": base64.b64encode(draw(data, number)).decode()}
    return _blocks(read_scan(data, limits) if what == OCR else read(data, what, limits))


def _blocks(parsed: ParsedDocument) -> dict[str, object]:
    blocks = [[block.text, block.anchor, block.kind, block.page] for block in parsed.blocks]
    return {"blocks": blocks, "pages": parsed.pages, "notes": parsed.notes}


def _bound(limits: Limits, written_mb: int) -> None:
    """Memory, processor time and written files end here; Windows has no such limits, and the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    memory, written = limits.memory_mb * 2**20, written_mb * 2**20
    wanted = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_FSIZE, written))
    for what, most in wanted:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that does not know this limit, or already has a tighter one
            continue


if __name__ == "__main__":
    main()
