"""Every noun that travels between the modules of Học Vụ.

Frozen dataclasses and enumerations only; they know nothing of the database, Flask or the model.
Times are aware UTC datetimes, lengths of text are counted in syllables (tiếng) unless said otherwise,
and every ``start``/``end`` is an offset in code points into the NFC text it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from service.records.exercises import (
    AnswerTable as AnswerTable,
)
from service.records.exercises import (
    Assertion as Assertion,
)
from service.records.exercises import (
    Baseline as Baseline,
)
from service.records.exercises import (
    Card as Card,
)
from service.records.exercises import (
    CardLevel as CardLevel,
)
from service.records.exercises import (
    Difference as Difference,
)
from service.records.exercises import (
    Exercise as Exercise,
)
from service.records.exercises import (
    ExerciseFile as ExerciseFile,
)
from service.records.exercises import (
    ExerciseInput as ExerciseInput,
)
from service.records.exercises import (
    Hint as Hint,
)
from service.records.exercises import (
    Identifier as Identifier,
)
from service.records.exercises import (
    Pair as Pair,
)
from service.records.exercises import (
    Planted as Planted,
)
from service.records.exercises import (
    StarterPrompt as StarterPrompt,
)
from service.records.rubrics import (
    Criterion as Criterion,
)
from service.records.rubrics import (
    CriterionLevel as CriterionLevel,
)
from service.records.rubrics import (
    HandIn as HandIn,
)
from service.records.rubrics import (
    Marking as Marking,
)
from service.records.rubrics import (
    Opinion as Opinion,
)
from service.records.rubrics import (
    Rater as Rater,
)
from service.records.rubrics import (
    Rubric as Rubric,
)

# ── people ──────────────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """What a person may do. An administrator may do everything a trainer and an evaluator may."""

    LEARNER = "learner"
    TRAINER = "trainer"
    EVALUATOR = "evaluator"
    ADMIN = "admin"


@dataclass(frozen=True)
class User:
    """A person who signs in."""

    id: int
    name: str
    display_name: str
    role: Role
    active: bool = True

    def is_any(self, *roles: Role) -> bool:
        """True when the person has one of the roles; an administrator always has."""
        return self.role is Role.ADMIN or self.role in roles


@dataclass(frozen=True)
class ApiKey:
    """A program's key to ``/v1``, in the name of ``user_id``; the secret itself is kept nowhere."""

    id: int
    user_id: int
    label: str
    created_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


# ── documents ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Block:
    """One paragraph, table row or heading of a read document, in reading order.

    ``anchor`` is stable for the same bytes ("p12", "t2r3", "h1", "trang3-5"); ``page`` counts from 1
    and is known for PDF only; ``kind`` is one of paragraph, heading, row, header, footer, box.
    """

    text: str
    anchor: str
    kind: str = "paragraph"
    page: int | None = None


@dataclass(frozen=True)
class ParsedDocument:
    """What a parser read: the blocks in order, and notes for the person (for example "trang 3 không có chữ")."""

    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks joined by line breaks."""
        return "\n".join(block.text for block in self.blocks)


class DocumentStatus(StrEnum):
    RECEIVED = "received"
    INDEXING = "indexing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Document:
    """A document on somebody's shelf; ``owner_id`` is None for the sample documents, which all may read."""

    id: int
    owner_id: int | None
    title: str
    filename: str
    sha256: str
    size: int
    status: DocumentStatus
    created_at: datetime
    reason: str = ""
    kind: str | None = None
    sample: str | None = None
    pages: int | None = None
    syllables: int = 0


@dataclass(frozen=True)
class Chunk:
    """A stretch of a document that is searched and cited as one passage.

    ``heading`` is its path ("Chương II › Điều 12"); ``first`` and ``last`` are the ordinal numbers of
    its first and last block in the document.
    """

    n: int
    text: str
    heading: str
    first: int
    last: int


@dataclass(frozen=True)
class Passage:
    """A chunk as it is handed to the model: numbered from 1 within one answer, with the place it came from.

    ``also`` names other documents that say the same ("A; B"): their passages were left out of the list.
    """

    number: int
    document_id: int
    document_title: str
    chunk: int
    text: str
    heading: str
    first: int
    last: int
    score: float = 0.0
    also: str = ""


# ── model talk ──────────────────────────────────────────────────────────────────────────────────


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
    text; at most one of them. ``grounded``: keep close to the prompt (grounding.py); None leaves it to the engine,
    which does so for the practice model only. A grammar switches it off.
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
    """What the pages show of the model; ``small`` marks the practice model in the box."""

    phase: EnginePhase
    model: str = ""
    sha256: str = ""
    small: bool = False
    detail: str = ""
    context: int = 0
    queue: int = 0


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
    ``rows`` those they held; ``hits`` answers found part of their prompt in the cache.
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
    recent: tuple[AnswerFigures, ...] = ()


# ── checks and feedback ─────────────────────────────────────────────────────────────────────────


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
    put into the prompt at a click; ``passage`` the number of a passage that bears the finding out.
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
    passage: int | None = None


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
    the cosine of two texts by the embedding model, None while there is none.
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


# ── practice ────────────────────────────────────────────────────────────────────────────────────


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


# ── prompt experiments ──────────────────────────────────────────────────────────────────────────


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


# ── asking documents ────────────────────────────────────────────────────────────────────────────


class Shelf(StrEnum):
    """Whose documents are asked: one's own, or the samples that all may read.

    A class of people has no documents in common yet, so there is no shelf for it.
    """

    OWN = "own"
    SAMPLES = "samples"


@dataclass(frozen=True)
class Quote:
    """Words of a document as they stand there: a stretch of the text of passage ``number``."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """A question to one's documents and its answer; ``documents`` are those asked, empty for all that one may read.

    Of these only the documents of ``shelf`` and of one of ``kinds`` are searched; None and empty narrow nothing.

    ``answerable`` is False when the documents hold nothing near enough: no model was asked then, and ``passages`` are
    the nearest. ``dropped`` are numbers the model cited although no passage has them.
    """

    id: int
    user_id: int
    text: str
    documents: tuple[int, ...]
    state: AttemptState
    created_at: datetime
    answer: str = ""
    system: str = ""
    engine: str = ""
    model_sha256: str = ""
    options: Options = field(default_factory=Options)
    passages: tuple[Passage, ...] = ()
    left_out: tuple[str, ...] = ()
    support: tuple[Judged, ...] = ()
    dropped: tuple[int, ...] = ()
    answerable: bool = True
    finish_reason: str = ""
    prompt_tokens: int = 0
    shared_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    error: str = ""
    finished_at: datetime | None = None
    kinds: tuple[str, ...] = ()
    shelf: Shelf | None = None

    @property
    def over(self) -> bool:
        """True when the answer will not grow any more."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)


@dataclass(frozen=True)
class NoteItem:
    """A statement of a summary with the numbers of the passages that bear it out; ``quoted``: the document's own words,
    chosen by a rule, not written by a model."""

    text: str
    passages: tuple[int, ...]
    quoted: bool = False


@dataclass(frozen=True)
class SummaryPart:
    """A stretch of a document that is noted in one step; ``items`` is None until it has been.

    Its passages are numbered through the whole summary. ``dropped`` counts sentences of the model that nothing bore
    out.
    """

    n: int
    document_id: int
    heading: str
    passages: tuple[Passage, ...]
    items: tuple[NoteItem, ...] | None = None
    dropped: int = 0


@dataclass(frozen=True)
class Summary:
    """A long document (or several) summed up step by step; ``length`` in syllables, ``reader`` as the person wrote it.

    ``left_out`` counts the parts for which the length had no room, ``by_model`` is False when rules alone chose.
    """

    id: int
    user_id: int
    title: str
    documents: tuple[int, ...]
    reader: str
    length: int
    state: AttemptState
    created_at: datetime
    parts: tuple[SummaryPart, ...] = ()
    text: str = ""
    support: tuple[Judged, ...] = ()
    left_out: int = 0
    by_model: bool = False
    engine: str = ""
    error: str = ""
    finished_at: datetime | None = None

    @property
    def over(self) -> bool:
        """True while no step is queued or under way."""
        return self.state not in (AttemptState.QUEUED, AttemptState.RUNNING)

    @property
    def done(self) -> int:
        """Parts that have been noted."""
        return sum(part.items is not None for part in self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, by their numbers."""
        return tuple(passage for part in self.parts for passage in part.passages)


# ── what rules read out of documents ────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Assignment:
    """A task given to somebody; ``block`` is where it stands, counted from 0."""

    block: int
    task: str
    lead: str = ""
    support: str = ""
    product: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class Milestone:
    """A date and what is said of it.

    ``key`` sorts ("2026-12-15"; day 32 is the end of a month); ``assumed``: the year is not written there.
    """

    key: str
    date: str
    text: str
    block: int
    deadline: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class LegalBasis:
    """A document referred to. ``document`` is its id where it lies on the shelf, None: could not be verified."""

    sign: str
    name: str
    block: int
    ground: bool = False
    document: int | None = None


@dataclass(frozen=True)
class ClauseChange:
    """A clause of two versions: same, changed, added or removed; ``runs`` as ``diff_syllables`` gives them."""

    kind: str
    label: str
    old: int | None
    new: int | None
    runs: tuple[tuple[str, str], ...]


# ── Decree 30 documents ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Table:
    """A table in the body of a document: rows of cells, the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Appendix:
    """An attachment, on pages of its own; its number and the line «(Kèm theo …)» follow from the document."""

    title: str
    body: tuple[str | Table, ...] = ()


@dataclass(frozen=True)
class CertifiedCopy:
    """The stamp below a document that makes a copy of it (Phụ lục I, phần II, mục II).

    ``form`` is «SAO Y», «SAO LỤC» or «TRÍCH SAO»; the other parts are those of the body that copies, as in ``Draft``.
    """

    form: str
    issuer: str = ""
    sign: str = ""  # "15/SY-UBND"
    place: str = ""
    dated: str = ""
    authority: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A document in the parts of Decree 30/2020/NĐ-CP, Điều 8; box numbers are those of Phụ lục I.

    ``body`` paragraphs are plain text; the writer styles them by what they are (căn cứ, Điều, Chương …).
    Values that are not known yet stay empty, and ``sign`` then starts with "/" ("/TB-UBND").
    """

    kind: str
    superior: str = ""  # 2, cơ quan chủ quản
    issuer: str = ""  # 2, cơ quan ban hành
    sign: str = ""  # 3, "12/TB-UBND"
    place: str = ""  # 4, địa danh
    dated: str = ""  # 4, "ngày 05 tháng 6 năm 2026"
    subject: str = ""  # 5a or 5b, trích yếu without "V/v"
    addressees: tuple[str, ...] = ()  # 9a, Kính gửi
    body: tuple[str | Table, ...] = ()  # 6
    authority: tuple[str, ...] = ()  # 7a, lines of quyền hạn and chức vụ
    signer: str = ""  # 7b
    recipients: tuple[str, ...] = ()  # 9b, items without the leading dash
    secretary: str = ""  # biên bản only: the name under THƯ KÝ
    counterpart: tuple[str, ...] = ()  # the other party of a contract or an agreement: its quyền hạn, chức vụ
    countersigner: str = ""  # and the name under them
    appendices: tuple[Appendix, ...] = ()
    copy: CertifiedCopy | None = None


@dataclass(frozen=True)
class Detail:
    """A number, date or name that a person must verify before the text is used.

    ``ticked``: it has been; ``wrong``: it was, and must be mended.
    """

    key: str
    text: str
    where: str
    found: bool
    ticked: bool
    passage: int | None = None
    wrong: bool = False


@dataclass(frozen=True)
class StoredDraft:
    """A draft on somebody's bench; ``version`` grows by one with each save and guards against two tabs."""

    id: int
    user_id: int
    attempt_id: int | None
    title: str
    draft: Draft
    ticked: tuple[str, ...]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class RunLook:
    """How a stretch of a laid-out document is set; offsets into ``Layout.text``, ``size`` in points.

    Styles, defaults and theme fonts are already resolved. ``fonts`` holds the fonts of plain and of marked letters,
    once when they are the same; ``colour`` is six hexadecimal digits, empty for Word's automatic black.
    """

    start: int
    end: int
    fonts: tuple[str, ...]
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Place:
    """The cell of a table: numbers from 1; ``frame`` when the table only sets text side by side, without lines."""

    table: int
    row: int
    column: int
    columns: int
    frame: bool = True


@dataclass(frozen=True)
class Line:
    """One paragraph of a laid-out document, an empty one too. Indents in mm, gaps in points.

    ``anchor`` ("p12") counts the paragraphs of the file and stays the same for the same bytes. ``line`` is a multiple
    of a single line, or points when ``line_rule`` is "exact" or "atLeast". ``label`` is the number or dash that Word
    itself puts before the text; it opens the stretch ``start``–``end``. ``above`` and ``below`` name the drawn line
    over and under the paragraph ("single", "dashed" …).
    """

    anchor: str
    start: int
    end: int
    runs: tuple[RunLook, ...] = ()
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    label: str = ""
    style: str = ""
    section: int = 0
    place: Place | None = None
    boxed: bool = False
    above: str = ""
    below: str = ""
    decomposed: bool = False
    break_before: bool = False


@dataclass(frozen=True)
class PageNumber:
    """A page number field: ``where`` is header or footer, ``pages`` is default, first or even."""

    where: str
    pages: str
    align: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Section:
    """A section of a laid-out document; lengths in mm, ``left`` without the ``gutter``."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float = 0.0
    landscape: bool = False
    different_first: bool = False
    numbers: tuple[PageNumber, ...] = ()
    number_format: str = "decimal"
    number_start: int | None = None
    has_table: bool = False


@dataclass(frozen=True)
class Layout:
    """A Word document as it is set: its text (NFC), its sections and its paragraphs in reading order.

    ``pages`` is what the program that saved the file counted, None when it said nothing; ``pictures`` counts images.
    """

    text: str
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    pages: int | None = None
    pictures: int = 0

    def text_of(self, line: Line) -> str:
        """The text of a paragraph, its automatic number included."""
        return self.text[line.start : line.end]


@dataclass(frozen=True)
class Change:
    """One thing that was mended in a person's own document: the rule, the part, what stood there and what does now."""

    rule: str
    part: str
    seen: str
    now: str


@dataclass(frozen=True)
class FormFinding:
    """A finding on the form of a document: its number on the page, and the group of rules and the page it belongs to.

    ``count`` is how often it occurs; ``page`` counts from 1 and is known for PDF only.
    """

    number: int
    group: str
    finding: Finding
    count: int = 1
    page: int | None = None


@dataclass(frozen=True)
class Spot:
    """A stretch of a block that a finding speaks of: the finding's number, the block from 0, offsets into its text."""

    number: int
    block: int
    start: int
    end: int


@dataclass(frozen=True)
class FormReport:
    """What Decree 30 says of a file. ``in_scope`` is False for a document that the decree does not govern.

    ``blocks`` are the components of the document in reading order, each with its component (``nd30.outline.Part``) as
    kind. ``mode`` is "draft" or "issued"; ``kind`` one of the 29 kinds, None out of scope; ``changes`` is what mending
    the file would change now, empty when nothing is safe to change or the file is not a Word file; ``rules`` is how
    many rules were asked, fewer when only the words are known (``laid_out`` False).
    """

    file: str
    kind: str | None
    mode: str
    in_scope: bool
    blocks: tuple[Block, ...]
    findings: tuple[FormFinding, ...] = ()
    spots: tuple[Spot, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    pages: int | None = None
    laid_out: bool = False
    rules: int = 0

    @property
    def mendable(self) -> bool:
        """True when a mended copy of the file can be made."""
        return bool(self.changes)


# ── comparison ──────────────────────────────────────────────────────────────────────────────────


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


# ── jobs ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Job:
    id: int
    name: str
    args: Mapping[str, Any]
    tries: int
