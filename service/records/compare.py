"""Answers side by side, and who was preferred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.records.practice import Attempt


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
class Choice:
    """An attempt that may be put into a comparison, and whose it is: ``person`` of those who worked on the exercise.

    ``name`` is empty for those who are to choose without knowing.
    """

    attempt: Attempt
    person: int
    name: str


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
    """What one judge said of one showing; ``again``: a pair shown a second time, which counts for consistency only."""

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
    again: bool = False


@dataclass(frozen=True)
class Ballot:
    """What one judge said of two contestants: ``share`` is the first one's part of the win, 1, ½ for a tie or 0."""

    judge: int
    first: int
    second: int
    share: float


@dataclass(frozen=True)
class Ranked:
    """A contestant on the scale of a ranking, with the 95 % interval; ``tier`` from 1, None: too few votes."""

    id: int
    votes: int
    score: float
    low: float
    high: float
    tier: int | None


@dataclass(frozen=True)
class Ranking:
    """Who stands where: the ranked, best first, then those with too few votes."""

    rows: tuple[Ranked, ...]
    judges: int

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        return tuple(one for one in self.rows if one.tier is not None)

    @property
    def tiers(self) -> int:
        return max((one.tier or 0 for one in self.rows), default=0)


@dataclass(frozen=True)
class Measured:
    """A share or a coefficient from ``n`` cases, with its 95 % interval where there is one."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Panel:
    """How far the judges of a comparison agree, with each other and with themselves; None: too little to measure.

    ``kappa`` of two judges has its interval; of more it is the mean over ``couples`` of them, from the lowest to the
    highest. ``left``: the share of choices that fell on the left side. ``steady``: the share of pairs shown a second
    time with the sides changed of which the same was said again. ``opener``: votes of whoever opened the comparison.
    """

    judges: int
    pairs: int
    alpha: Measured | None
    agreed: Measured | None
    kappa: Measured | None
    couples: int
    left: Measured | None
    steady: Measured | None
    opener: int


@dataclass(frozen=True)
class Waiting:
    """A comparison with fewer votes than its contestants need to be ranked, and ``pairs`` that a judge has not judged.

    ``pairs`` is None where none have been drawn for the judge yet.
    """

    comparison: Comparison
    votes: int
    needed: int
    pairs: int | None


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
