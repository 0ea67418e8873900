"""The words of the passages, written: the full-text table, and how many passages hold each word and pair.

Both are kept in step within the caller's transaction: one document never rebuilds the rest, and what breaks off leaves
the old state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text

from service.index import references
from service.index.passages import whole
from service.index.state import next_version
from service.index.terms import counted, words
from service.records import Chunk
from service.store.tables import chunks, documents as shelf, embedded, indexed, term_counts
from service.text import fold

_OPENING = 1500
"""Letters at the head of a document among which its own number is looked for."""

_ADD_WORDS = text("INSERT INTO chunk_words(rowid, exact, folded) VALUES (:id, :exact, :folded)")
_DELETE_WORDS = text(
    "INSERT INTO chunk_words(chunk_words, rowid, exact, folded) VALUES ('delete', :id, :exact, :folded)"
)
_COUNT = text("""
    INSERT INTO term_counts(term, exact, folded) VALUES (:term, :exact, :folded)
    ON CONFLICT(term) DO UPDATE SET exact = exact + excluded.exact, folded = folded + excluded.folded
""")


def add(connection: Connection, document_id: int, found: Sequence[Chunk]) -> None:
    """Write the passages of a document, their words, and what the index knows of the document."""
    title = connection.execute(select(shelf.c.title).where(shelf.c.id == document_id)).scalar_one()
    listed = [words(whole(title, chunk.heading, chunk.text)) for chunk in found]
    if found:
        rows = [
            {
                "document_id": document_id,
                "n": chunk.n,
                "text": chunk.text,
                "heading": chunk.heading,
                "first": chunk.first,
                "last": chunk.last,
                "words": exact,
            }
            for chunk, exact in zip(found, listed, strict=True)
        ]
        connection.execute(insert(chunks), rows)
        posted = _fts_rows(connection, document_id)
        connection.execute(_ADD_WORDS, posted)
        _count(connection, posted, +1)
    opening = "\n".join(chunk.text for chunk in found)[:_OPENING]
    connection.execute(
        insert(indexed).values(
            document_id=document_id,
            revision=next_version(connection),
            passages=len(found),
            words=sum(exact.count(" ") + 1 for exact in listed),
            sign=references.own_sign(opening)[:80],
            name=fold(words(title)),
        )
    )


def remove(connection: Connection, document_id: int) -> None:
    """Delete what ``add`` wrote, and with the passages their vectors."""
    rows = _fts_rows(connection, document_id)
    if rows:
        connection.execute(_DELETE_WORDS, rows)
        _count(connection, rows, -1)
    connection.execute(delete(chunks).where(chunks.c.document_id == document_id))
    connection.execute(delete(embedded).where(embedded.c.document_id == document_id))
    connection.execute(delete(indexed).where(indexed.c.document_id == document_id))
    next_version(connection)


def _fts_rows(connection: Connection, document_id: int) -> list[dict[str, Any]]:
    """What the full-text table holds of a document. It keeps no text itself, and must be told the old one to forget."""
    rows = connection.execute(select(chunks.c.id, chunks.c.words).where(chunks.c.document_id == document_id))
    return [{"id": row.id, "exact": row.words, "folded": fold(row.words)} for row in rows]


def _count(connection: Connection, passages: Iterable[Mapping[str, Any]], sign: int) -> None:
    """Count passages, as the full-text table holds them, in or out under each of their words and pairs."""
    exact: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    for passage in passages:
        exact.update(set(counted(passage["exact"])))
        folded.update(set(counted(passage["folded"])))
    rows = [
        {"term": term, "exact": sign * exact[term], "folded": sign * folded[term]}
        for term in sorted(exact.keys() | folded.keys())
    ]
    if rows:
        connection.execute(_COUNT, rows)
    if rows and sign < 0:
        gone = and_(term_counts.c.term == bindparam("term"), term_counts.c.exact <= 0, term_counts.c.folded <= 0)
        connection.execute(delete(term_counts).where(gone), rows)
