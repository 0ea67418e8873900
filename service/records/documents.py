"""A document on its way from the file to the passage that is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Block:
    """One paragraph, table row or heading of a read document, in reading order.

    ``anchor`` is stable for the same bytes ("p12", "t2r3", "h1", "trang3-5"); ``page`` counts from 1
    and is known for PDF only; ``kind`` is one of paragraph, heading, row, header, footer, box.
    """

    text: str
    anchor: str
    kind: str = "paragraph"
    page: int | None = None


@dataclass(frozen=True)
class ParsedDocument:
    """What a parser read: the blocks in order, and notes for the person (for example "trang 3 không có chữ")."""

    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks joined by line breaks."""
        return "\n".join(block.text for block in self.blocks)


class DocumentStatus(StrEnum):
    RECEIVED = "received"
    INDEXING = "indexing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Document:
    """A document on somebody's shelf; ``owner_id`` is None for the sample documents, which all may read."""

    id: int
    owner_id: int | None
    title: str
    filename: str
    sha256: str
    size: int
    status: DocumentStatus
    created_at: datetime
    reason: str = ""
    kind: str | None = None
    sample: str | None = None
    pages: int | None = None
    syllables: int = 0


@dataclass(frozen=True)
class Chunk:
    """A stretch of a document that is searched and cited as one passage.

    ``heading`` is its path ("Chương II › Điều 12"); ``first`` and ``last`` are the ordinal numbers of
    its first and last block in the document.
    """

    n: int
    text: str
    heading: str
    first: int
    last: int


@dataclass(frozen=True)
class Passage:
    """A chunk as it is handed to the model: numbered from 1 within one answer, with the place it came from.

    ``also`` names other documents that say the same ("A; B"): their passages were left out of the list.
    """

    number: int
    document_id: int
    document_title: str
    chunk: int
    text: str
    heading: str
    first: int
    last: int
    score: float = 0.0
    also: str = ""
