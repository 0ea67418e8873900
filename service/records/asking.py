"""A question to documents, and a document summed up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.records.checks import Judged
from service.records.documents import Passage
from service.records.practice import AttemptState
from service.records.talk import Options


class Shelf(StrEnum):
    """Whose documents are asked: one's own, or the samples that all may read.

    A class of people has no documents in common yet, so there is no shelf for it.
    """

    OWN = "own"
    SAMPLES = "samples"


@dataclass(frozen=True)
class Quote:
    """Words of a document as they stand there: a stretch of the text of passage ``number``."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """A question to one's documents and its answer; ``documents`` are those asked, empty for all that one may read.

    Of these only the documents of ``shelf`` and of one of ``kinds`` are searched; None and empty narrow nothing.

    ``answerable`` is False when the documents hold nothing near enough: no model was asked then, and ``passages`` are
    the nearest. ``dropped`` are numbers the model cited although no passage has them.
    """

    id: int
    user_id: int
    text: str
    documents: tuple[int, ...]
    state: AttemptState
    created_at: datetime
    answer: str = ""
    system: str = ""
    engine: str = ""
    model_sha256: str = ""
    options: Options = field(default_factory=Options)
    passages: tuple[Passage, ...] = ()
    left_out: tuple[str, ...] = ()
    support: tuple[Judged, ...] = ()
    dropped: tuple[int, ...] = ()
    answerable: bool = True
    finish_reason: str = ""
    prompt_tokens: int = 0
    shared_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    error: str = ""
    finished_at: datetime | None = None
    kinds: tuple[str, ...] = ()
    shelf: Shelf | None = None

    @property
    def over(self) -> bool:
        """True when the answer will not grow any more."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)


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
