"""Search ranks by itself: the words of passages and their counts are kept, the full-text table keeps no text.

Passages are made anew from the blocks: every document that was searchable goes back into the line of the worker.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CHUNK_WORDS = """
CREATE VIRTUAL TABLE chunk_words USING fts5(exact, folded, {content} tokenize = "unicode61 remove_diacritics 0")
"""
INDEX_AGAIN = """
INSERT INTO jobs(name, args, state, tries, due_at, worker, reason, created_at)
SELECT 'index', :args, 'queued', 0, CURRENT_TIMESTAMP, '', '', CURRENT_TIMESTAMP
"""


def upgrade() -> None:
    _drop_passages()
    _create_passages(sa.Column("words", sa.Text(), nullable=False))
    op.create_table(
        "indexed",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_indexed_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", name="pk_indexed"),
    )
    op.create_table(
        "embedded",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_embedded_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "model", name="pk_embedded"),
    )
    op.create_table(
        "term_counts",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("exact", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_term_counts"),
    )
    op.create_table(
        "index_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_index_state"),
    )
    op.execute("INSERT INTO index_state(id, version) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(CHUNK_WORDS.format(content="content = '',"))
    _index_again()


def downgrade() -> None:
    _drop_passages()
    for table in ("index_state", "term_counts", "embedded", "indexed"):
        op.drop_table(table)
    _create_passages()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(CHUNK_WORDS.format(content=""))
    _index_again()


def _drop_passages() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE chunk_words")
    op.drop_table("vectors")
    op.drop_table("chunks")


def _create_passages(*more: "sa.Column[Any]") -> None:
    op.create_table(
        "chunks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_chunks_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_chunks"),
        sa.UniqueConstraint("document_id", "n", name="uq_chunks_document_id_n"),
    )
    op.create_index("ix_chunks_document_id", "chunks", ["document_id"])
    op.create_table(
        "vectors",
        sa.Column("chunk_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("dim", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["chunk_id"], ["chunks.id"], name="fk_vectors_chunk_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chunk_id", "model", name="pk_vectors"),
    )


def _index_again() -> None:
    connection = op.get_bind()
    searchable = sa.text("SELECT id FROM documents WHERE status IN ('ready', 'indexing')")
    for key in connection.execute(searchable).scalars().all():
        connection.execute(sa.text("UPDATE documents SET status = 'received' WHERE id = :id"), {"id": key})
        connection.execute(sa.text(INDEX_AGAIN), {"args": json.dumps({"document_id": key})})
