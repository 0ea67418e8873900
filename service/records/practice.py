"""An attempt at an exercise and what may come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.records.documents import Passage
from service.records.engine import Finish, Options

CLEARED = "HV-XOA-HANG"
"""The ``error`` of an attempt that a trainer took out of the queue before anything was written."""


class AttemptState(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Attempt:
    """One run of one prompt. Everything that explains the answer is kept with it."""

    id: int
    exercise_id: str
    exercise_version: int
    exercise_hash: str
    user_id: int
    number: int | None
    state: AttemptState
    prompt: str
    created_at: datetime
    parent_id: int | None = None
    input: str = ""
    work: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""
    system: str = ""
    engine: str = ""
    model_sha256: str = ""
    options: Options = field(default_factory=Options)
    passages: tuple[Passage, ...] = ()
    left_out: tuple[str, ...] = ()
    finish_reason: str = ""
    prompt_tokens: int = 0
    shared_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    error: str = ""
    score: float | None = None
    graded_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def by_hand(self) -> bool:
        """True when it was done by hand, without a prompt."""
        return bool(self.work)

    @property
    def over(self) -> bool:
        """True when the answer will not grow any more."""
        return self.state not in (AttemptState.DRAFT, AttemptState.QUEUED, AttemptState.RUNNING)

    @property
    def cleared(self) -> bool:
        """True when the trainer took it out of the queue: it does not count."""
        return self.state is AttemptState.STOPPED and self.error == CLEARED

    @property
    def handed_in(self) -> bool:
        """True when it lies before those who mark it, and must not change."""
        return self.state is AttemptState.SUBMITTED


@dataclass(frozen=True)
class Sources:
    """The passages chosen for the answer, and the titles of what did not fit into the model's context."""

    passages: tuple[Passage, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """The answer broke off; ``code`` goes with the log, ``sentence`` to the person."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Answered:
    """The ``n``-th conversation of a batch has been answered; what was written before a failure is kept in ``text``."""

    n: int
    text: str
    end: Finish | Failed
