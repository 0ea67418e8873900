"""A document summed up, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.records.checks import Judged
from service.records.documents import Passage
from service.records.practice import AttemptState


@dataclass(frozen=True)
class NoteItem:
    """A statement of a summary with the numbers of the passages that bear it out; ``quoted``: the document's own words,
    chosen by a rule, not written by a model."""

    text: str
    passages: tuple[int, ...]
    quoted: bool = False


@dataclass(frozen=True)
class SummaryPart:
    """A stretch of a document that is noted in one step; ``items`` is None until it has been.

    Its passages are numbered through the whole summary. ``dropped`` counts sentences of the model that nothing bore
    out.
    """

    n: int
    document_id: int
    heading: str
    passages: tuple[Passage, ...]
    items: tuple[NoteItem, ...] | None = None
    dropped: int = 0


@dataclass(frozen=True)
class Summary:
    """A long document (or several) summed up step by step; ``length`` in syllables, ``reader`` as the person wrote it.

    ``left_out`` counts the parts for which the length had no room, ``by_model`` is False when rules alone chose.
    """

    id: int
    user_id: int
    title: str
    documents: tuple[int, ...]
    reader: str
    length: int
    state: AttemptState
    created_at: datetime
    parts: tuple[SummaryPart, ...] = ()
    text: str = ""
    support: tuple[Judged, ...] = ()
    left_out: int = 0
    by_model: bool = False
    engine: str = ""
    error: str = ""
    finished_at: datetime | None = None

    @property
    def over(self) -> bool:
        """True while no step is queued or under way."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)

    @property
    def done(self) -> int:
        """Parts that have been noted."""
        return sum(part.items is not None for part in self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, by their numbers."""
        return tuple(passage for part in self.parts for passage in part.passages)
