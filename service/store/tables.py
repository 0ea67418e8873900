"""The whole schema, on one page. Features hold the SQL; this file holds the shapes.

Times are stored as UTC without a zone and come back aware. JSON columns hold only what is read as a whole.
The full-text table of SQLite (``chunk_words``) is made by the migration, since SQLAlchemy has no word for it.

Where rows are removed whose numbers others keep (JSON columns, jobs, the audit, an open page), the table says
``sqlite_autoincrement``: else SQLite gives the number of the newest again, as PostgreSQL never does, and an old
question names a newer document.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, whatever the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _to(name: str, target: str, *, nullable: bool = False, ondelete: str = "CASCADE") -> Column[int]:
    return Column(name, ForeignKey(target, ondelete=ondelete), nullable=nullable, index=True)


users = Table(
    "users",
    metadata,
    _id(),
    Column("name", String(64), nullable=False, unique=True),
    Column("display_name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",  # the cookie holds a random token, this table only its SHA-256: a stolen backup signs nobody in
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("user_id", "users.id"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

api_keys = Table(
    "api_keys",  # like a session: only the SHA-256 of the secret is here
    metadata,
    _id(),
    _to("user_id", "users.id"),
    Column("label", String(80), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

audit = Table(
    "audit",  # who did what to whose work; never the text itself
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    _to("user_id", "users.id", nullable=True, ondelete="SET NULL"),
    Column("deed", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _to("owner_id", "users.id", nullable=True),
    Column("title", String(300), nullable=False),
    Column("filename", String(300), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("kind", String(32)),
    Column("sample", String(80), unique=True),
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("pages", Integer),
    Column("syllables", Integer, nullable=False, default=0),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("owner_id", "sha256"),
    sqlite_autoincrement=True,
)

blocks = Table(
    "blocks",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("anchor", String(40), nullable=False),
    Column("page", Integer),
)

chunks = Table(
    "chunks",
    metadata,
    _id(),
    _to("document_id", "documents.id"),
    Column("n", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False, default=""),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("words", Text, nullable=False),  # as they were given to chunk_words, which keeps none and must be told
    UniqueConstraint("document_id", "n"),
)

indexed = Table(
    "indexed",  # one row per document in the index: its size, its own folded number, its title in folded words
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("sign", String(80), nullable=False),
    Column("name", Text, nullable=False),
)

embedded = Table(
    "embedded",  # how many passages of a document have a vector, by model
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(120), primary_key=True),
    Column("passages", Integer, nullable=False),
)

term_counts = Table(
    "term_counts",  # in how many passages a word or a pair of neighbours stands, as typed and folded
    metadata,
    Column("term", Text, primary_key=True),
    Column("exact", Integer, nullable=False),
    Column("folded", Integer, nullable=False),
)

index_state = Table(
    "index_state",  # one row; its version grows with every change of the index
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)

vectors = Table(
    "vectors",  # float16, little endian, one row per chunk and embedding model
    metadata,
    Column("chunk_id", ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(120), primary_key=True),
    Column("dim", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    _id(),
    Column("exercise_id", String(80), nullable=False),
    Column("exercise_version", Integer, nullable=False),
    Column("exercise_hash", String(64), nullable=False),
    _to("user_id", "users.id"),
    Column("number", Integer),  # None while the prompt is only being written
    _to("parent_id", "attempts.id", nullable=True, ondelete="SET NULL"),
    Column("state", String(16), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("input", String(40), nullable=False, default=""),  # which of the exercise's inputs; empty: the first
    Column("work", JSON, nullable=False, default=dict),  # what was done by hand in place of a prompt
    Column("answer", Text, nullable=False, default=""),
    Column("system", Text, nullable=False, default=""),
    Column("engine", String(120), nullable=False, default=""),
    Column("model_sha256", String(64), nullable=False, default=""),
    Column("options", JSON, nullable=False, default=dict),
    Column("passages", JSON, nullable=False, default=list),
    Column("left_out", JSON, nullable=False, default=list),
    Column("finish_reason", String(16), nullable=False, default=""),
    Column("prompt_tokens", Integer, nullable=False, default=0),
    Column("shared_tokens", Integer, nullable=False, default=0),
    Column("answer_tokens", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("error", String(40), nullable=False, default=""),
    Column("stop_asked", Boolean, nullable=False, default=False),
    Column("seen_at", Moment),  # when somebody last watched the answer grow
    Column("score", Float),
    Column("graded_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    UniqueConstraint("user_id", "exercise_id", "number"),
    Index(
        "one_draft_per_exercise",
        "user_id",
        "exercise_id",
        unique=True,
        sqlite_where=text("state = 'draft'"),
        postgresql_where=text("state = 'draft'"),
    ),
)

results = Table(
    "results",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("check_name", String(40), nullable=False),
    Column("label", String(120), nullable=False),
    Column("metric", String(40), nullable=False),
    Column("passed", Boolean),
    Column("score", Float, nullable=False),
    Column("weight", Float, nullable=False),
    Column("of", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings", JSON, nullable=False),
)

certificates = Table(
    "certificates",  # the person's name is that of the account; with the account deleted nobody is named any more
    metadata,
    _id(),
    _to("user_id", "users.id", nullable=True, ondelete="SET NULL"),
    Column("module", Integer, nullable=False),  # 0: the whole course
    Column("code", String(16), nullable=False, unique=True),
    Column("issuer", String(200), nullable=False),
    Column("passed", Integer, nullable=False),
    Column("exercises", Integer, nullable=False),
    Column("issued_at", Moment, nullable=False),
    UniqueConstraint("user_id", "module"),
)

verified = Table(
    "verified",  # details that no source holds, each checked by the person: right, or wrong and to be mended
    metadata,
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("at", Moment, nullable=False),
)

hand_ins = Table(
    "hand_ins",  # the text as it was handed in: the answer, or the draft made from it
    metadata,
    _id(),
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), nullable=False, unique=True),
    _to("user_id", "users.id"),
    Column("exercise_id", String(80), nullable=False),
    _to("draft_id", "drafts.id", nullable=True, ondelete="SET NULL"),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

peers = Table(
    "peers",  # who else than a trainer may mark a hand-in, without learning whose it is
    metadata,
    Column("hand_in_id", ForeignKey("hand_ins.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    _to("given_by", "users.id", nullable=True, ondelete="SET NULL"),
    Column("at", Moment, nullable=False),
)

markings = Table(
    "markings",  # append-only: a changed mark adds a row, the newest of a person counts
    metadata,
    _id(),
    _to("hand_in_id", "hand_ins.id"),
    _to("rater_id", "users.id"),
    Column("role", String(8), nullable=False),
    Column("rubric", String(100), nullable=False),  # "id, version" of the sheet that was filled in
    Column("levels", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
)

opinions = Table(
    "opinions",  # the model's second opinion, criterion by criterion; passed None: not graded
    metadata,
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("criterion", Text, nullable=False),
    Column("passed", Boolean),
    Column("quote", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("engine", String(120), nullable=False, default=""),
    Column("at", Moment),  # None while it waits
)

questions = Table(
    "questions",  # what a person asked of documents; the columns of an answer are those of attempts
    metadata,
    _id(),
    _to("user_id", "users.id"),
    Column("text", Text, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("kinds", JSON, nullable=False, server_default="[]"),
    Column("shelf", String(8)),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False, default=""),
    Column("system", Text, nullable=False, default=""),
    Column("engine", String(120), nullable=False, default=""),
    Column("model_sha256", String(64), nullable=False, default=""),
    Column("options", JSON, nullable=False, default=dict),
    Column("passages", JSON, nullable=False, default=list),
    Column("left_out", JSON, nullable=False, default=list),
    Column("support", JSON, nullable=False, default=list),
    Column("dropped", JSON, nullable=False, default=list),
    Column("answerable", Boolean, nullable=False, default=True),
    Column("finish_reason", String(16), nullable=False, default=""),
    Column("prompt_tokens", Integer, nullable=False, default=0),
    Column("shared_tokens", Integer, nullable=False, default=0),
    Column("answer_tokens", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("error", String(40), nullable=False, default=""),
    Column("stop_asked", Boolean, nullable=False, default=False),
    Column("seen_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    sqlite_autoincrement=True,
)

summaries = Table(
    "summaries",  # long documents summed up by jobs, one step each
    metadata,
    _id(),
    _to("user_id", "users.id"),
    Column("title", String(300), nullable=False),
    Column("documents", JSON, nullable=False),
    Column("reader", String(120), nullable=False, default=""),
    Column("length", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("support", JSON, nullable=False, default=list),
    Column("left_out", Integer, nullable=False, default=0),
    Column("by_model", Boolean, nullable=False, default=False),
    Column("engine", String(120), nullable=False, default=""),
    Column("error", String(300), nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    sqlite_autoincrement=True,
)

summary_parts = Table(
    "summary_parts",  # notes: None until the part has been noted
    metadata,
    Column("summary_id", ForeignKey("summaries.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("document_id", Integer, nullable=False),
    Column("heading", String(300), nullable=False),
    Column("passages", JSON, nullable=False),
    Column("notes", JSON(none_as_null=True)),
    Column("dropped", Integer, nullable=False, default=0),
)

experiments = Table(
    "experiments",  # a prompt run in several variants by jobs
    metadata,
    _id(),
    _to("user_id", "users.id"),
    Column("exercise_id", String(80), nullable=False),
    Column("exercise_hash", String(64), nullable=False),
    _to("attempt_id", "attempts.id", nullable=True, ondelete="SET NULL"),
    Column("kind", String(16), nullable=False),
    Column("variants", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("error", String(300), nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    sqlite_autoincrement=True,
)

trials = Table(
    "trials",  # one answer of an experiment; the results without their findings
    metadata,
    Column("experiment_id", ForeignKey("experiments.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("variant", Integer, nullable=False),
    Column("input", String(40), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False, default=""),
    Column("engine", String(120), nullable=False, default=""),
    Column("model_sha256", String(64), nullable=False, default=""),
    Column("finish_reason", String(16), nullable=False, default=""),
    Column("prompt_tokens", Integer, nullable=False, default=0),
    Column("shared_tokens", Integer, nullable=False, default=0),
    Column("answer_tokens", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("error", String(300), nullable=False, default=""),
    Column("score", Float),
    Column("results", JSON, nullable=False, default=list),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _to("user_id", "users.id"),
    _to("attempt_id", "attempts.id", nullable=True, ondelete="SET NULL"),
    Column("title", String(300), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("ticked", JSON, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    _id(),
    Column("title", String(300), nullable=False),
    Column("exercise_id", String(80), nullable=False),
    Column("task", Text, nullable=False, default=""),
    _to("created_by", "users.id"),
    Column("created_at", Moment, nullable=False),
    Column("open", Boolean, nullable=False, default=True),
)

contestants = Table(
    "contestants",
    metadata,
    _id(),
    _to("comparison_id", "comparisons.id"),
    Column("label", String(120), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("answer", Text, nullable=False),
    _to("attempt_id", "attempts.id", nullable=True, ondelete="SET NULL"),
)

showings = Table(
    "showings",  # the pairs as one judge sees them: order and sides drawn once and kept
    metadata,
    _id(),
    _to("comparison_id", "comparisons.id"),
    _to("user_id", "users.id"),
    Column("n", Integer, nullable=False),
    Column("left_id", ForeignKey("contestants.id", ondelete="CASCADE"), nullable=False),
    Column("right_id", ForeignKey("contestants.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("comparison_id", "user_id", "n"),
)

votes = Table(
    "votes",  # append-only: a changed vote adds a row, the newest of a showing counts
    metadata,
    _id(),
    _to("showing_id", "showings.id"),
    Column("winner", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("at", Moment, nullable=False),
)

classes = Table(
    "classes",
    metadata,
    _id(),
    _to("trainer_id", "users.id"),
    Column("name", String(120), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("open", Boolean, nullable=False, default=True),
    Column("paused", Boolean, nullable=False, default=False),
    Column("exercise_id", String(80), nullable=False, default=""),
    Column("chosen_at", Moment),  # when the exercise at hand was put there
    Column("created_at", Moment, nullable=False),
)

class_exercises = Table(
    "class_exercises",  # every exercise that a class has had at hand: the columns of its grade book
    metadata,
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("exercise_id", String(80), primary_key=True),
    Column("at", Moment, nullable=False),
)

class_members = Table(
    "class_members",  # seat: None once they have left; parts: what was found in the prompt being written
    metadata,
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("seat", Integer),
    Column("joined_at", Moment, nullable=False),
    Column("calling", Boolean, nullable=False, default=False),
    Column("parts", JSON, nullable=False, default=dict),
    Column("looked_at", Moment),
    UniqueConstraint("class_id", "seat"),
    Index("ix_class_members_user_id", "user_id"),
)

class_pins = Table(
    "class_pins",  # answers on the wall of a class; whose they are is not told there
    metadata,
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("note", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
)

class_votes = Table(
    "class_votes",  # comparisons that a whole class votes in, the newest of a class counts
    metadata,
    Column("comparison_id", ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True),
    _to("class_id", "classes.id"),
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("name", String(40), nullable=False),
    Column("args", JSON, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
    Column("due_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("worker", String(40), nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
