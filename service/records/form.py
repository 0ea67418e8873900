"""What the look at the form of a document has found, and what was mended."""

from __future__ import annotations

from dataclasses import dataclass

from service.records.checks import Finding
from service.records.documents import Block


@dataclass(frozen=True)
class Change:
    """One thing that was mended in a person's own document: the rule, the part, what stood there and what does now."""

    rule: str
    part: str
    seen: str
    now: str


@dataclass(frozen=True)
class FormFinding:
    """A finding on the form of a document: its number on the page, and the group of rules and the page it belongs to.

    ``count`` is how often it occurs; ``page`` counts from 1 and is known for PDF only.
    """

    number: int
    group: str
    finding: Finding
    count: int = 1
    page: int | None = None


@dataclass(frozen=True)
class Spot:
    """A stretch of a block that a finding speaks of: the finding's number, the block from 0, offsets into its text."""

    number: int
    block: int
    start: int
    end: int


@dataclass(frozen=True)
class FormReport:
    """What Decree 30 says of a file. ``in_scope`` is False for a document that the decree does not govern.

    ``blocks`` are the components of the document in reading order, each with its component (``nd30.outline.Part``) as
    kind. ``mode`` is "draft" or "issued"; ``kind`` one of the 29 kinds, None out of scope; ``changes`` is what mending
    the file would change now, empty when nothing is safe to change or the file is not a Word file; ``rules`` is how
    many rules were asked, fewer when only the words are known (``laid_out`` False). ``named`` is the kind that a file
    out of scope bears as its title, without head or number that would make it a document.
    """

    file: str
    kind: str | None
    mode: str
    in_scope: bool
    blocks: tuple[Block, ...]
    findings: tuple[FormFinding, ...] = ()
    spots: tuple[Spot, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    pages: int | None = None
    laid_out: bool = False
    rules: int = 0
    named: str | None = None

    @property
    def mendable(self) -> bool:
        """True when a mended copy of the file can be made."""
        return bool(self.changes)
