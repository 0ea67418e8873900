"""Search by meaning: the cosine of every vector with that of the query, exactly, from tables kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from service.embedders.base import Vectors
from service.index.fusion import Ids, Scores
from service.store.tables import chunks, vectors

STORED = "<f2"
"""Half precision, little endian: half the disk, and no figure of ours changed by it."""


@dataclass(frozen=True)
class _Table:
    """The vectors of one document, and the stamp by which a change is noticed."""

    stamp: tuple[int, int]
    ids: Ids
    rows: Vectors


class Tables:
    """The vectors of one model, document by document, read from the database when they are first asked for."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._kept: dict[int, _Table] = {}

    def scores(
        self, connection: Connection, stamps: Sequence[tuple[int, tuple[int, int]]], asked: Vectors
    ) -> tuple[Ids, Scores]:
        """Passage ids and their cosines with ``asked`` for the documents of ``stamps``: (document, its stamp)."""
        tables = [self._table(connection, document, stamp) for document, stamp in stamps]
        if not tables:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        return np.concatenate([table.ids for table in tables]), np.concatenate([table.rows @ asked for table in tables])

    def forget(self, living: Iterable[int]) -> None:
        """Drop the tables of documents that are gone."""
        for document in self._kept.keys() - set(living):
            self._kept.pop(document, None)

    def _table(self, connection: Connection, document: int, stamp: tuple[int, int]) -> _Table:
        table = self._kept.get(document)
        if table is None or table.stamp != stamp:
            table = self._kept[document] = self._load(connection, document, stamp)
        return table

    def _load(self, connection: Connection, document: int, stamp: tuple[int, int]) -> _Table:
        rows = connection.execute(
            select(vectors.c.chunk_id, vectors.c.vector)
            .join(chunks, chunks.c.id == vectors.c.chunk_id)
            .where(chunks.c.document_id == document, vectors.c.model == self.model)
            .order_by(vectors.c.chunk_id)
        ).all()
        stored = np.frombuffer(b"".join(row.vector for row in rows), dtype=STORED)
        table = stored.reshape(len(rows), -1).astype(np.float32)
        return _Table(stamp, np.array([row.chunk_id for row in rows], dtype=np.int64), table)
