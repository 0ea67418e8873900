"""What a check sees and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from service.records.documents import Passage
from service.records.exercises import Exercise


class Level(StrEnum):
    """How much a finding matters, in the order in which findings are shown."""

    ESSENTIAL = "essential"
    ACTIONABLE = "actionable"
    INFORMATIVE = "informative"
    CELEBRATORY = "celebratory"


@dataclass(frozen=True)
class Span:
    """A stretch of the checked text; ``of`` says which: "answer" or "prompt"."""

    start: int
    end: int
    label: str = ""
    of: str = "answer"


@dataclass(frozen=True)
class Finding:
    """One thing to say to the person: where, why, what to try. All texts are whole Vietnamese sentences.

    ``rule`` is the number of a Decree 30 rule ("ND30-15") or empty; ``insert`` is a sentence that can be
    put into the prompt at a click; ``passages`` are the numbers of those that bear the finding out.
    """

    check: str
    level: Level
    title: str
    why: str = ""
    try_next: str = ""
    where: str = ""
    seen: str = ""
    expected: str = ""
    rule: str = ""
    part: str = ""
    spans: tuple[Span, ...] = ()
    insert: str = ""
    passages: tuple[int, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """The verdict of one check: ``passed`` None means "not graded" and is left out of the score."""

    check: str
    passed: bool | None
    score: float
    reason: str
    findings: tuple[Finding, ...] = ()
    label: str = ""
    metric: str = ""
    weight: float = 1.0
    of: str = "answer"


class Support(StrEnum):
    """What bears a sentence of an answer out: see ``checks.support``."""

    CITED = "cited"
    UNHELD = "unheld"
    FOUND = "found"
    NONE = "none"


@dataclass(frozen=True)
class Judged:
    """A sentence of an answer and its support; ``passages`` are numbers of passages."""

    start: int
    end: int
    support: Support
    passages: tuple[int, ...] = ()


@dataclass(frozen=True)
class SourceText:
    """The whole text of a document that the answer may draw on."""

    document_id: int
    title: str
    text: str


@dataclass(frozen=True)
class Case:
    """What a check looks at; ``answer`` is None when only the prompt is checked.

    ``input`` is the id of the input the person worked on; ``work`` is what was done by hand in place of a prompt, in
    the words of ``Baseline.work``. ``seconds`` is how long the answer took, None when none was run; ``likeness`` gives
    the cosine of two texts by the embedding model, None while there is none. ``masks`` is a text with the masks that
    hide other data than the prompt's.
    """

    prompt: str
    answer: str | None
    exercise: Exercise
    sources: tuple[SourceText, ...] = ()
    passages: tuple[Passage, ...] = ()
    today: date | None = None
    finish_reason: str = ""
    input: str = ""
    work: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None
    likeness: Callable[[str, str], float] | None = field(default=None, compare=False)
    masks: str = ""
