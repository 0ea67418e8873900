"""The nouns of the third layer: a sheet of criteria, a hand-in, and how a person marked it. They know nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class CriterionLevel:
    """A level of a criterion; ``points`` None: "not assessable", which is left out of the sum."""

    name: str
    label: str
    points: float | None
    explanation: str = ""


@dataclass(frozen=True)
class Criterion:
    """One question of a rubric; ``reason`` is optional, required or disabled; ``auto`` names a metric of the checks."""

    name: str
    label: str
    prompt: str
    levels: tuple[CriterionLevel, ...]
    weight: float = 1.0
    reason: str = "optional"
    auto: str = ""

    def level(self, name: str) -> CriterionLevel | None:
        """The level of this name."""
        return next((one for one in self.levels if one.name == name), None)


@dataclass(frozen=True)
class Rubric:
    """A marking sheet (Open edX ORA's words in the file). ``guidelines`` are for trainers and the model only."""

    id: str
    version: int
    name: str
    criteria: tuple[Criterion, ...]
    feedback_prompt: str = ""
    guidelines: str = ""


class Rater(StrEnum):
    """In whose part somebody marks."""

    SELF = "self"
    PEER = "peer"
    TRAINER = "trainer"


@dataclass(frozen=True)
class HandIn:
    """An attempt as it was handed in; ``text`` is the answer, or the draft made from it (``draft_id``)."""

    id: int
    attempt_id: int
    user_id: int
    exercise_id: str
    text: str
    at: datetime
    draft_id: int | None = None


@dataclass(frozen=True)
class Marking:
    """How one person marked a hand-in: the level chosen for each criterion, why, and a word on the whole."""

    id: int
    hand_in_id: int
    rater_id: int
    role: Rater
    rubric: str
    levels: Mapping[str, str]
    at: datetime
    reasons: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Opinion:
    """What the model thinks of one criterion, and the words of the answer it rests on.

    ``passed`` None: not graded; ``at`` None: it has not been asked yet.
    """

    n: int
    criterion: str
    passed: bool | None = None
    quote: str = ""
    reason: str = ""
    engine: str = ""
    at: datetime | None = None
