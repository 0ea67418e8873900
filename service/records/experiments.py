"""The same prompt again, without its parts, with other settings or models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.records.checks import CheckResult
from service.records.practice import AttemptState


@dataclass(frozen=True)
class Variant:
    """One way of asking: the prompt, the part that was left out of it, and how the answer is made.

    ``model`` is the file name of an installed model, empty for the one that serves.
    """

    prompt: str
    part: str = ""
    model: str = ""
    temperature: float = 0.0


@dataclass(frozen=True)
class Trial:
    """One run of a variant (its index) on an input; ``results`` are without findings, ``score`` is of the answer."""

    n: int
    variant: int
    input: str
    seed: int
    state: AttemptState
    answer: str = ""
    engine: str = ""
    model_sha256: str = ""
    finish_reason: str = ""
    prompt_tokens: int = 0
    shared_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    error: str = ""
    score: float | None = None
    results: tuple[CheckResult, ...] = ()


@dataclass(frozen=True)
class Experiment:
    """A prompt run in several variants on several inputs; ``kind`` is parts or settings, the first variant the measure.

    ``attempt_id`` is the attempt whose prompt it was, None when that is gone.
    """

    id: int
    user_id: int
    exercise_id: str
    exercise_hash: str
    attempt_id: int | None
    kind: str
    variants: tuple[Variant, ...]
    state: AttemptState
    created_at: datetime
    error: str = ""
    finished_at: datetime | None = None
    trials: tuple[Trial, ...] = ()

    @property
    def over(self) -> bool:
        """True while nothing is queued or under way."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)

    @property
    def done(self) -> int:
        """Trials that came to an end, well or badly."""
        return sum(one.state in (AttemptState.DONE, AttemptState.FAILED) for one in self.trials)


@dataclass(frozen=True)
class InstalledModel:
    """A GGUF that can be run: its file name, what people read, its path and size in bytes; ``serving``: in use now."""

    id: str
    name: str
    path: str
    size: int
    serving: bool = False
