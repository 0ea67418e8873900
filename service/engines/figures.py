"""What an engine counts about itself: numbers only, nothing of people. Written by one thread at a time, read by any."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from typing import Any

from service.records import AnswerFigures, Finish, Lane

_RECENT = 20


@dataclass
class Counters:
    """Totals since the engine was opened; ``recent`` holds the newest answers, the newest last."""

    answers: dict[str, int] = field(default_factory=lambda: {"stop": 0, "length": 0, "cancelled": 0, "failed": 0})
    prompt_tokens: int = 0
    shared_tokens: int = 0
    written_tokens: int = 0
    hits: int = 0  # answers that found a part of their prompt read
    waited_seconds: float = 0.0
    first_token_seconds: float = 0.0
    busy_seconds: float = 0.0
    decodes: int = 0
    failed_decodes: int = 0
    rows: int = 0  # tokens decoded, guesses included
    room: int = 0  # tokens that the same batches might have held
    recent: deque[AnswerFigures] = field(default_factory=lambda: deque(maxlen=_RECENT))

    def batch(self, rows: int, room: int, seconds: float) -> None:
        """A batch has been decoded."""
        self.decodes += 1
        self.rows += rows
        self.room += max(rows, room)
        self.busy_seconds += seconds

    def answer(self, finish: Finish, lane: Lane) -> None:
        """An answer has ended."""
        figures = AnswerFigures(
            finish.reason,
            lane,
            finish.prompt_tokens,
            finish.shared_tokens,
            finish.answer_tokens,
            finish.waited_seconds,
            finish.first_token_seconds,
            finish.seconds,
        )
        self.answers[figures.reason] += 1
        self.prompt_tokens += figures.prompt_tokens
        self.shared_tokens += figures.shared_tokens
        self.written_tokens += figures.written_tokens
        self.hits += figures.shared_tokens > 0
        self.waited_seconds += figures.waited_seconds
        self.first_token_seconds += figures.first_token_seconds
        if lane is Lane.PEOPLE:
            self.recent.append(figures)

    def counted(self) -> dict[str, Any]:
        """All of it now, by the names of :class:`service.records.EngineFigures`."""
        now = {one.name: getattr(self, one.name) for one in fields(self)}
        return now | {"answers": dict(self.answers), "recent": tuple(self.recent)}
