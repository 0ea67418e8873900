"""Clean invented documents as plain text, one per kind; the file's name is the kind's id."""

from __future__ import annotations

from pathlib import Path

from service.nd30.examine import examine
from service.nd30.kinds import BY_ID
from service.nd30.outline import outline
from service.nd30.wording import wording
from service.records import Finding

MODES = ("draft", "issued")
SAMPLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.txt"))}


def sent_out(text: str) -> str:
    """A sample whose number and day are still blank, with both filled in."""
    return text.replace("Số:      /", "Số: 31/").replace("ngày      tháng 11", "ngày 20 tháng 11")


def told(text: str, kind: str, mode: str) -> tuple[Finding, ...]:
    """Everything that the text rules say of a document, of whatever level."""
    found = outline(text)
    return (*examine(text, kind, mode, found=found).findings, *wording(found, BY_ID[kind], mode))
