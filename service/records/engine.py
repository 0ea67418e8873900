"""What is said to a model and heard from it, and how the engine fares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Message:
    """One turn in the OpenAI chat form; ``role`` is system, user or assistant."""

    role: str
    content: str


class Lane(StrEnum):
    """People are served first, background work in what is left."""

    PEOPLE = "people"
    BACKGROUND = "background"


@dataclass(frozen=True)
class Options:
    """How an answer is to be made, in llama.cpp's names; ``owner`` is the person the turn is counted for.

    ``frequency_penalty`` and ``presence_penalty`` are OpenAI's. ``grammar`` is GBNF, ``json_schema`` a JSON Schema as
    text; at most one of them. ``grounded``: keep close to the prompt (``engines.llama.grounding``); None leaves it to
    the engine, which does so for the practice model only. A grammar switches it off. ``opening`` are words that the
    answer begins with; they are part of it. A server that is spoken to over OpenAI's interface, which has none, begins
    by itself.
    """

    max_tokens: int = 400
    temperature: float = 0.0
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    seed: int = 7
    stop: tuple[str, ...] = ()
    opening: str = ""
    grammar: str = ""
    json_schema: str = ""
    grounded: bool | None = None
    lane: Lane = Lane.PEOPLE
    owner: str = ""


@dataclass(frozen=True)
class Queued:
    """The turn waits: ``place`` turns are ahead of it, about ``seconds`` seconds."""

    place: int
    seconds: float


@dataclass(frozen=True)
class Delta:
    """A piece of the answer; never a broken character."""

    text: str


@dataclass(frozen=True)
class Finish:
    """The answer is complete. ``reason`` is stop (the model ended), length (max_tokens) or cancelled.

    Seconds are counted from the question; ``waited_seconds`` until the engine began to read it.
    """

    reason: str
    prompt_tokens: int
    shared_tokens: int
    answer_tokens: int
    seconds: float
    first_token_seconds: float = 0.0
    waited_seconds: float = 0.0


class EnginePhase(StrEnum):
    LOADING = "loading"
    READY = "ready"
    ABSENT = "absent"
    FAILED = "failed"


@dataclass(frozen=True)
class EngineState:
    """What the pages show of the model; ``small`` marks the practice model in the box, ``altered`` that its file is not
    the one that came in the box."""

    phase: EnginePhase
    model: str = ""
    sha256: str = ""
    small: bool = False
    detail: str = ""
    context: int = 0
    queue: int = 0
    altered: bool = False

    @property
    def silent(self) -> bool:
        """True when no model answers: there is none, or it broke. One that still loads will."""
        return self.phase in (EnginePhase.ABSENT, EnginePhase.FAILED)


@dataclass(frozen=True)
class AnswerFigures:
    """What one answer cost. Seconds are counted from the question; ``waited_seconds`` until its reading began."""

    reason: str
    lane: Lane
    prompt_tokens: int
    shared_tokens: int
    written_tokens: int
    waited_seconds: float
    first_token_seconds: float
    seconds: float

    @property
    def tokens_per_second(self) -> float:
        """Written after the first token, by the clock; 0 for an answer of one token."""
        writing = self.seconds - self.first_token_seconds
        return (self.written_tokens - 1) / writing if self.written_tokens > 1 and writing > 0 else 0.0


@dataclass(frozen=True)
class EngineFigures:
    """The engine's counters since it was opened, and its gauges now. Zeros where an engine does not count.

    ``answers`` counts by reason of the end; ``room`` are the tokens that the decoded batches might have held and
    ``rows`` those they held; ``hits`` answers found part of their prompt in the cache. ``served`` are the owners of
    the people's turns that are being answered, ``line`` those whose turns wait, the next one first, and ``waits`` how
    long each of these is expected to.
    """

    answers: Mapping[str, int] = field(default_factory=dict)
    prompt_tokens: int = 0
    shared_tokens: int = 0
    written_tokens: int = 0
    hits: int = 0
    waited_seconds: float = 0.0
    first_token_seconds: float = 0.0
    busy_seconds: float = 0.0
    decodes: int = 0
    failed_decodes: int = 0
    rows: int = 0
    room: int = 0
    guessed_tokens: int = 0
    true_guesses: int = 0
    shed_prompts: int = 0
    loaded_prefixes: int = 0
    seats: int = 0
    seats_busy: int = 0
    waiting: int = 0
    cells: int = 0
    cells_used: int = 0
    pinned_prefixes: int = 0
    read_per_second: float = 0.0
    write_per_second: float = 0.0
    stalled_seconds: float = 0.0
    served: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    waits: tuple[float, ...] = ()
    recent: tuple[AnswerFigures, ...] = ()

    @property
    def last_wait_seconds(self) -> float:
        """How long the last person who waits is expected to."""
        return self.waits[-1] if self.waits else 0.0
