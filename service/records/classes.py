"""A class in one room: who teaches it, who sits where, what its live view and its grade book show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.records.compare import Contestant
from service.records.people import User
from service.records.rubrics import Rater


@dataclass(frozen=True)
class Class:
    """``code`` is what learners type; ``exercise_id`` is empty before one was chosen, at ``chosen_at``."""

    id: int
    name: str
    trainer_id: int
    seats: int
    code: str
    open: bool
    paused: bool
    created_at: datetime
    exercise_id: str = ""
    chosen_at: datetime | None = None

    @property
    def written(self) -> str:
        """The code as it is shown and read aloud: «TP 4826»."""
        return f"{self.code[:2]} {self.code[2:]}"


@dataclass(frozen=True)
class Seat:
    """Where a person sits in a class; ``number`` None: they were there and have left.

    ``parts`` are those of the prompt in their editor when it was last looked at: True found, False lacking.
    """

    class_id: int
    user_id: int
    number: int | None
    joined_at: datetime
    calling: bool = False
    parts: Mapping[str, bool] = field(default_factory=dict)
    looked_at: datetime | None = None


@dataclass(frozen=True)
class Sitting:
    """The seat of a person in an open class."""

    lesson: Class
    number: int
    calling: bool


class Mark(StrEnum):
    """What a cell of the live view says: met, to be mended, nothing to say yet."""

    OK = "ok"
    MEND = "mend"
    NONE = "none"


@dataclass(frozen=True)
class SeatNow:
    """A seat in the live view; ``marks`` stand under its columns, ``attempt_id`` is the newest attempt's."""

    number: int
    taken: bool = False
    marks: tuple[Mark, ...] = ()
    writing: bool = False
    calling: bool = False
    attempt_id: int | None = None
    answered: bool = False


@dataclass(frozen=True)
class Trouble:
    """Where most of the class is stuck: so many ``seats`` lack a ``part`` of the prompt, or fail a ``check``."""

    seats: int
    part: str = ""
    check: str = ""


@dataclass(frozen=True)
class Pin:
    """An answer on the wall of a class, without its author's name; ``note`` is the trainer's word on it."""

    class_id: int
    attempt_id: int
    text: str
    note: str
    at: datetime


@dataclass(frozen=True)
class ClassVote:
    """What the whole class chooses between; ``id`` is the comparison's, ``cast`` counts those who have voted.

    While it is ``open`` nothing is told of the count: ``counts``, beside ``answers``, is empty then.
    """

    id: int
    open: bool
    answers: tuple[Contestant, ...]
    cast: int
    counts: tuple[int, ...] = ()
    ties: int = 0
    both_bad: int = 0


@dataclass(frozen=True)
class ClassBallot:
    """The vote of the class as one person sees it: ``answers`` in an order of their own.

    ``chosen`` is the number of an answer, or a word of ``Winner`` for none; empty: they have not voted.
    """

    vote: ClassVote
    answers: tuple[Contestant, ...]
    chosen: str


@dataclass(frozen=True)
class Live:
    """The live view of a class: ``columns`` of every seat, who comes next in the queue, what stands on the wall.

    ``writing``, ``waiting`` and ``last_wait`` (seconds) are the class's own; other people are counted ``elsewhere``.
    """

    lesson: Class
    columns: tuple[str, ...]
    rows: tuple[SeatNow, ...]
    trouble: Trouble | None
    pins: tuple[Pin, ...]
    writing: int
    waiting: int
    last_wait: float
    writing_elsewhere: int
    waiting_elsewhere: int
    next_seats: tuple[int, ...]
    vote: ClassVote | None = None


@dataclass(frozen=True)
class Grade:
    """What a person did on an exercise; ``points`` of ``most`` are those of the sheet that ``by`` filled in."""

    attempts: int = 0
    handed_in: int | None = None
    points: float | None = None
    most: float = 0.0
    by: Rater | None = None


@dataclass(frozen=True)
class BookLine:
    """A person of the grade book; ``seat`` None: they have left. ``grades`` go by exercise."""

    person: User
    seat: int | None
    grades: Mapping[str, Grade]
