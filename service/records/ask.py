"""A question to documents, its answer, and what bears it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.records.checks import Judged
from service.records.documents import Passage
from service.records.engine import Options
from service.records.practice import AttemptState

UNSURE = "unsure"
"""The ``finish_reason`` of an answer that the small model only refused, though the documents are near enough."""


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

    ``answerable`` is False when the documents hold nothing near enough (no model was asked then, ``engine`` is empty)
    or when the model found that they do not tell; ``passages`` are the nearest. ``dropped`` are numbers the model cited
    although no passage has them.
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
    def unsure(self) -> bool:
        """True when the small model found no answer and the documents have the word: ``answer`` is empty."""
        return self.finish_reason == UNSURE

    @property
    def over(self) -> bool:
        """True when the answer will not grow any more."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)
