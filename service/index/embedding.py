"""The vectors of the passages, written: those a model still owes, and those of models that are no longer here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select

from service.embedders.base import Vectors
from service.index.dense import STORED
from service.index.state import State, next_version
from service.store.tables import chunks, documents as shelf, embedded, vectors


def lacking(connection: Connection, state: State, model: str, limit: int) -> Sequence[Any]:
    """``id``, ``document_id``, ``title``, ``heading`` and ``text`` of at most ``limit`` passages without a vector."""
    behind = [entry.document for entry in state.entries.values() if entry.embedded.get(model, 0) < entry.passages]
    if not behind:
        return ()
    known = and_(vectors.c.chunk_id == chunks.c.id, vectors.c.model == model)
    found = (
        select(chunks.c.id, chunks.c.document_id, shelf.c.title, chunks.c.heading, chunks.c.text)
        .join(shelf, shelf.c.id == chunks.c.document_id)
        .outerjoin(vectors, known)
        .where(vectors.c.chunk_id.is_(None), chunks.c.document_id.in_(behind[:limit]))
        .order_by(chunks.c.id)
        .limit(limit)
    )
    return connection.execute(found).all()


def keep(connection: Connection, model: str, found: Sequence[Any], made: Vectors) -> int:
    """Keep a vector for each passage of ``found`` that still says the same; returns how many."""
    still = select(chunks.c.id, chunks.c.text).where(chunks.c.id.in_([row.id for row in found]))
    texts = {row.id: row.text for row in connection.execute(still)}
    values = [
        {"chunk_id": row.id, "model": model, "dim": len(vector), "vector": vector.astype(STORED).tobytes()}
        for row, vector in zip(found, made, strict=True)
        if texts.get(row.id) == row.text
    ]
    if values:
        connection.execute(insert(vectors).prefix_with("OR IGNORE", dialect="sqlite"), values)
    _count(connection, model, {row.document_id for row in found})
    next_version(connection)
    return len(values)


def forget(connection: Connection, models: Collection[str]) -> None:
    """Delete all vectors of these models."""
    connection.execute(delete(vectors).where(vectors.c.model.in_(models)))
    connection.execute(delete(embedded).where(embedded.c.model.in_(models)))
    next_version(connection)


def _count(connection: Connection, model: str, documents: Collection[int]) -> None:
    """Note how many passages of these documents have a vector of this model."""
    this = and_(embedded.c.model == model, embedded.c.document_id.in_(documents))
    connection.execute(delete(embedded).where(this))
    counts = (
        select(chunks.c.document_id, vectors.c.model, func.count())
        .join(vectors, vectors.c.chunk_id == chunks.c.id)
        .where(vectors.c.model == model, chunks.c.document_id.in_(documents))
        .group_by(chunks.c.document_id, vectors.c.model)
    )
    connection.execute(insert(embedded).from_select(["document_id", "model", "passages"], counts))
