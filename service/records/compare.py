"""Answers side by side, and who was preferred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Winner(StrEnum):
    """The words of Chatbot Arena's vote files."""

    LEFT = "left"
    RIGHT = "right"
    TIE = "tie"
    BOTH_BAD = "tie (bothbad)"


@dataclass(frozen=True)
class Contestant:
    """One answer put to judgement; ``label`` is hidden while people vote."""

    id: int
    label: str
    prompt: str
    answer: str
    attempt_id: int | None = None


@dataclass(frozen=True)
class Comparison:
    id: int
    title: str
    exercise_id: str
    task: str
    created_by: int
    created_at: datetime
    open: bool
    contestants: tuple[Contestant, ...]


@dataclass(frozen=True)
class Showing:
    """A pair as one judge sees it: the sides were shuffled once and are stored."""

    id: int
    comparison_id: int
    user_id: int
    n: int
    of: int
    left: Contestant
    right: Contestant


@dataclass(frozen=True)
class Vote:
    id: int
    showing_id: int
    comparison_id: int
    user_id: int
    left_id: int
    right_id: int
    winner: Winner
    reasons: tuple[str, ...]
    note: str
    at: datetime
    seconds: float = 0.0


@dataclass(frozen=True)
class Standing:
    """Wins of one contestant: ``rate`` counts a tie as half, ``low``–``high`` is its 95 % interval; None: too few."""

    contestant: Contestant
    wins: int
    losses: int
    ties: int
    both_bad: int
    rate: float | None
    low: float | None
    high: float | None
