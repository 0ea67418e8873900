"""The nouns of an exercise: the task, what it is done on, how it is checked, and the key that a good answer is held to.

Frozen dataclasses that know nothing of files, pages or the model. ``start``/``end`` are offsets in code points into the
text of the input they speak of; an ``input`` that is empty means the exercise's first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PARTS = ("role", "context", "task", "data", "format", "constraints", "self_check")
"""The seven parts of a prompt: vai trò, bối cảnh, nhiệm vụ, dữ liệu, định dạng, ràng buộc, tự kiểm tra."""


@dataclass(frozen=True)
class ExerciseFile:
    """A document an exercise works on: ``sample`` names an entry of sample_docs/manifest."""

    sample: str
    label: str
    role: str = "source"


@dataclass(frozen=True)
class Assertion:
    """One check of an exercise in promptfoo's words; ``on_fail`` names a text of ``Exercise.feedback``."""

    type: str
    value: Any = None
    threshold: float | None = None
    weight: float = 1.0
    metric: str = ""
    severity: str = ""
    on_fail: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    input: str | None = None
    """The id of the only input it is asked of; None: of every input."""
    parts: tuple[Assertion, ...] = ()
    """The checks of an assert-set."""


@dataclass(frozen=True)
class StarterPrompt:
    """A prompt of the exercise; ``reveal`` is visible, hidden, solved or after:N attempts."""

    label: str
    raw: str
    reveal: str = "visible"


@dataclass(frozen=True)
class Hint:
    content: str
    cost: int = 0
    after_attempts: int = 0


@dataclass(frozen=True)
class ExerciseInput:
    """One thing the task is done on, beside the documents that all inputs share; a good prompt works on every input.

    ``text`` is a note, a letter, a draft to be looked through; ``situation`` says what is different this time;
    ``unanswerable`` marks a question to which the documents give no answer.
    """

    id: str = ""
    label: str = ""
    files: tuple[ExerciseFile, ...] = ()
    text: str = ""
    situation: str = ""
    key_facts: tuple[str, ...] = ()
    unanswerable: bool = False


@dataclass(frozen=True)
class Planted:
    """A mistake put there on purpose, and how it is mended.

    ``where`` is "text" (the text of the input), "source" (a document of the exercise) or the label of a baseline
    output; ``check`` names the check that finds it, "type" or "type/metric"; "flags-errors" leaves it to the reader.
    """

    id: str
    type: str
    quote: str
    fix: str
    why: str
    check: str
    where: str = "text"
    start: int = 0
    end: int = 0
    input: str = ""


@dataclass(frozen=True)
class CardLevel:
    """A heap into which cards are sorted, the least careful first."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Card:
    """A case to be sorted; ``also`` are levels that are right as well, ``reason`` is told afterwards."""

    id: str
    text: str
    level: str
    reason: str
    also: tuple[str, ...] = ()
    input: str = ""


@dataclass(frozen=True)
class Identifier:
    """A stretch of an input's text that tells who somebody is and must be masked; ``kind`` is that of the mask."""

    kind: str
    quote: str
    start: int = 0
    end: int = 0
    input: str = ""


@dataclass(frozen=True)
class Pair:
    """Two answers to the same task, judged without knowing where they come from.

    ``better`` is first, second or tie; ``reasons`` are criteria of the course (R1 … R10).
    """

    id: str
    first: str
    second: str
    better: str
    reasons: tuple[str, ...]
    why: str
    input: str = ""


@dataclass(frozen=True)
class AnswerTable:
    """The table a good extraction holds; rows are told apart by the ``keys``, the columns that name them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    input: str = ""


@dataclass(frozen=True)
class Difference:
    """A difference of substance between two texts: what stood there, what stands there now, what it means.

    ``places`` are where it stands in the text of the input, one in each version that speaks of it; empty when the
    versions are documents of their own.
    """

    old: str
    new: str
    effect: str
    input: str = ""
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Baseline:
    """An answer in the box: ``label`` is weak, middling, good or another; ``work`` is work by hand.

    Words of ``work``: ``marks`` (find_errors: quotes; mask_data: {quote, kind}), ``places`` (sort_cards: card →
    level), ``choices`` and ``reasons`` (blind_compare: pair → side, pair → criteria), ``table`` (extract: rows, the
    head first), ``marks`` (compare_texts: stretches of the input's text).
    """

    label: str
    output: str = ""
    prompt: str = ""
    work: Mapping[str, Any] = field(default_factory=dict)
    input: str = ""


@dataclass(frozen=True)
class Exercise:
    """A task of about 15 minutes, read from one Markdown file with YAML front matter (README of prompts/)."""

    id: str
    title: str
    kind: str
    module: int
    level: int
    state: str
    version: int
    hash: str
    duration_min: int
    safety: str
    situation: str
    task: str
    requirements_text: str
    k_code: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    trainer_notes: str = ""
    document_type: str | None = None
    files: tuple[ExerciseFile, ...] = ()
    prompts: tuple[StarterPrompt, ...] = ()
    prompt_parts: tuple[str, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    threshold: float = 0.7
    max_tokens: int = 400
    temperature: float = 0.0
    seed: int = 7
    hints: tuple[Hint, ...] = ()
    key_facts: tuple[str, ...] = ()
    model_answer: str = ""
    model_answer_notes: str = ""
    feedback: Mapping[str, str] = field(default_factory=dict)
    max_attempts: int = 0
    value: int = 10
    author: str = ""
    lang: str = "vi"
    order: int = 0
    requirements: tuple[str, ...] = ()
    rubric: str = ""
    inputs: tuple[ExerciseInput, ...] = (ExerciseInput(),)
    planted: tuple[Planted, ...] = ()
    levels: tuple[CardLevel, ...] = ()
    cards: tuple[Card, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tables: tuple[AnswerTable, ...] = ()
    differences: tuple[Difference, ...] = ()
    baselines: tuple[Baseline, ...] = ()

    def input(self, given: str) -> ExerciseInput:
        """The input of this id; the first one for any other."""
        return next((one for one in self.inputs if one.id == given), self.inputs[0])
