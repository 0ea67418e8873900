"""Every noun that travels between the modules of Học Vụ.

Frozen dataclasses and enumerations only; they know nothing of the database, Flask or the model.
Times are aware UTC datetimes, lengths of text are counted in syllables (tiếng) unless said otherwise,
and every ``start``/``end`` is an offset in code points into the NFC text it speaks of.
"""

from __future__ import annotations

from service.records.ask import (
    UNSURE as UNSURE,
    Question as Question,
    Quote as Quote,
    Shelf as Shelf,
)
from service.records.checks import (
    Case as Case,
    CheckResult as CheckResult,
    Finding as Finding,
    Judged as Judged,
    Level as Level,
    SourceText as SourceText,
    Span as Span,
    Support as Support,
)
from service.records.classes import (
    BookLine as BookLine,
    Class as Class,
    ClassBallot as ClassBallot,
    ClassVote as ClassVote,
    Grade as Grade,
    Live as Live,
    Mark as Mark,
    Pin as Pin,
    Seat as Seat,
    SeatNow as SeatNow,
    Sitting as Sitting,
    Trouble as Trouble,
)
from service.records.compare import (
    Ballot as Ballot,
    Choice as Choice,
    Comparison as Comparison,
    Contestant as Contestant,
    Measured as Measured,
    Panel as Panel,
    Ranked as Ranked,
    Ranking as Ranking,
    Showing as Showing,
    Standing as Standing,
    Vote as Vote,
    Waiting as Waiting,
    Winner as Winner,
)
from service.records.documents import (
    Block as Block,
    Chunk as Chunk,
    Document as Document,
    DocumentStatus as DocumentStatus,
    ParsedDocument as ParsedDocument,
    Passage as Passage,
)
from service.records.drafts import (
    Appendix as Appendix,
    CertifiedCopy as CertifiedCopy,
    Detail as Detail,
    Draft as Draft,
    StoredDraft as StoredDraft,
    Table as Table,
)
from service.records.engine import (
    AnswerFigures as AnswerFigures,
    Delta as Delta,
    EngineFigures as EngineFigures,
    EnginePhase as EnginePhase,
    EngineState as EngineState,
    Finish as Finish,
    Lane as Lane,
    Message as Message,
    Options as Options,
    Queued as Queued,
)
from service.records.exercises import (
    PARTS as PARTS,
    AnswerTable as AnswerTable,
    Assertion as Assertion,
    Baseline as Baseline,
    Card as Card,
    CardLevel as CardLevel,
    Difference as Difference,
    Exercise as Exercise,
    ExerciseFile as ExerciseFile,
    ExerciseInput as ExerciseInput,
    Hint as Hint,
    Identifier as Identifier,
    Pair as Pair,
    Planted as Planted,
    StarterPrompt as StarterPrompt,
)
from service.records.experiments import (
    Experiment as Experiment,
    InstalledModel as InstalledModel,
    Trial as Trial,
    Variant as Variant,
)
from service.records.extraction import (
    Assignment as Assignment,
    ClauseChange as ClauseChange,
    LegalBasis as LegalBasis,
    Milestone as Milestone,
)
from service.records.form import (
    Change as Change,
    FormFinding as FormFinding,
    FormReport as FormReport,
    Spot as Spot,
)
from service.records.jobs import (
    Job as Job,
)
from service.records.layout import (
    Layout as Layout,
    Line as Line,
    PageNumber as PageNumber,
    Place as Place,
    RunLook as RunLook,
    Section as Section,
)
from service.records.lists import (
    Stretch as Stretch,
)
from service.records.people import (
    ApiKey as ApiKey,
    Noted as Noted,
    Role as Role,
    User as User,
)
from service.records.practice import (
    CLEARED as CLEARED,
    Answered as Answered,
    Attempt as Attempt,
    AttemptState as AttemptState,
    Failed as Failed,
    Sources as Sources,
)
from service.records.rubrics import (
    Criterion as Criterion,
    CriterionLevel as CriterionLevel,
    HandIn as HandIn,
    Marking as Marking,
    Opinion as Opinion,
    Rater as Rater,
    Rubric as Rubric,
)
from service.records.summarise import (
    NoteItem as NoteItem,
    Summary as Summary,
    SummaryPart as SummaryPart,
)
