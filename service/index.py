"""Hybrid search over the passages: words (SQLite FTS5, BM25) and, when a model is there, meaning (exact cosine).

Words are normalised here and never by SQLite. Each passage is indexed twice: *exact* (tone marks in one place, lower
case) and *folded* (no marks, đ → d). A query without any mark is looked up in the folded column, any other in the
exact one, each syllable and each pair of neighbours as a quoted phrase; pairs were worth more than a word segmenter
in our measurements, and one column per query more than both. Title and heading are part of the indexed text.

Fusion is 0.7 · words + 0.3 · meaning, each scaled to 0..1 over the passages looked at; 0.3 was the weight that never
fell below words alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, select, text

from service.embedders.base import Embedder, Vectors
from service.records import Chunk, Passage
from service.store.db import Database
from service.store.tables import chunks, vectors
from service.store.tables import documents as shelf
from service.text import fold, has_marks, nfc, normalise_tone

MEANING = 0.3
"""The weight of the vectors in the fused score."""

CANDIDATES = 200
QUERY_SYLLABLES = 120
"""Passages found by words that are ranked; different syllables of a query that are looked up."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER_WORD = re.compile(r"\b(?:số|so)[\s:]+(?=\d)")
_SIGN = re.compile(r"\d+[a-zđ]?(?:/\d{4})?/[a-zđ][a-zđ\d]*(?:-[a-zđ\d]+)*|\d+-[a-zđ]{2,}(?:/[a-zđ\d]+)*")
_SLASH, _DASH = "\ue000", "\ue001"
"""Letters for private use: FTS5 counts them as parts of a word, and no text holds them (``_plain`` drops them)."""

_ARTICLE = re.compile(r"\bdieu (\d+[a-z]?)\b")


@dataclass(frozen=True)
class _Table:
    """The vectors of one document, and the stamp by which a change is noticed."""

    stamp: tuple[datetime, int, int]
    ids: tuple[int, ...]
    rows: Vectors


class Index:
    """The passages of all documents. Writing takes the caller's connection; searching opens its own."""

    def __init__(self, db: Database, embedder: Embedder | None) -> None:
        self._db = db
        self._embedder = embedder
        self._tables: dict[int, _Table] = {}

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def add(self, connection: Connection, document_id: int, found: Sequence[Chunk]) -> None:
        """Put the passages of a document into the index, inside the caller's transaction.

        They are found by words at once; ``embed_missing`` adds the vectors, outside any transaction of others.
        """
        title = connection.execute(select(shelf.c.title).where(shelf.c.id == document_id)).scalar_one()
        for chunk in found:
            row = insert(chunks).values(
                document_id=document_id,
                n=chunk.n,
                text=chunk.text,
                heading=chunk.heading,
                first=chunk.first,
                last=chunk.last,
            )
            key = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
            exact = words(_whole(title, chunk.heading, chunk.text))
            connection.execute(_ADD_WORDS, {"id": key, "exact": exact, "folded": fold(exact)})

    def remove(self, connection: Connection, document_id: int) -> None:
        """Take all passages of a document out of the index, inside the caller's transaction."""
        connection.execute(_DELETE_WORDS, {"document": document_id})
        connection.execute(delete(chunks).where(chunks.c.document_id == document_id))
        self._tables.pop(document_id, None)

    def embed_missing(self, limit: int = 64) -> int:
        """Give at most ``limit`` passages the vectors they lack; returns how many. 0 while the model still loads.

        The model works outside any transaction; a passage that was removed meanwhile is passed over.
        """
        if self._embedder is None or not self._embedder.ready():
            return 0
        model = self._embedder.name
        known = and_(vectors.c.chunk_id == chunks.c.id, vectors.c.model == model)
        lacking = (
            select(chunks.c.id, shelf.c.title, chunks.c.heading, chunks.c.text)
            .join(shelf, shelf.c.id == chunks.c.document_id)
            .outerjoin(vectors, known)
            .where(vectors.c.chunk_id.is_(None))
            .order_by(chunks.c.id)
            .limit(limit)
        )
        with self._db.read() as connection:
            found = connection.execute(lacking).all()
        if not found:
            return 0
        rows = self._embedder.passages([_whole(row.title, row.heading, row.text) for row in found])
        with self._db.write() as connection:
            still = select(chunks.c.id, chunks.c.text).where(chunks.c.id.in_([row.id for row in found]))
            texts = {row.id: row.text for row in connection.execute(still)}
            values = [
                {"chunk_id": row.id, "model": model, "dim": len(vector), "vector": vector.astype("<f4").tobytes()}
                for row, vector in zip(found, rows, strict=True)
                if texts.get(row.id) == row.text
            ]
            if values:
                connection.execute(insert(vectors).prefix_with("OR IGNORE", dialect="sqlite"), values)
        return len(values)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    def search(self, query: str, documents: Collection[int] | None = None, limit: int = 6) -> tuple[Passage, ...]:
        """The best passages for a query, best first, numbered from 1, of these documents or of all (None).

        A query that holds nothing to look for finds nothing.
        """
        exact = words(query)
        if not exact or limit < 1 or (documents is not None and not documents):
            return ()
        with self._db.read() as connection:
            scores = _scaled(self._by_words(connection, exact, documents), low=0.0)
            meaning = self._by_meaning(connection, query, documents)
            if meaning:
                meaning = _scaled(meaning, low=min(meaning.values()))
                keys = scores.keys() | meaning.keys()
                scores = {key: (1 - MEANING) * scores.get(key, 0) + MEANING * meaning.get(key, 0) for key in keys}
            scores = _with_articles(connection, scores, exact, documents)
            best = sorted((key for key in scores if scores[key] > 0), key=lambda key: (-scores[key], key))[:limit]
            found = _passages(connection, chunks.c.id.in_(best))
        return tuple(_numbered(n, found[key], scores[key]) for n, key in enumerate(best, start=1))

    def all_passages(self, documents: Sequence[int]) -> tuple[Passage, ...]:
        """Every passage of these documents, in their order and that of the text, numbered from 1."""
        with self._db.read() as connection:
            found = _passages(connection, chunks.c.document_id.in_(documents)).values()
        place = {document: n for n, document in enumerate(documents)}
        ordered = sorted(found, key=lambda passage: (place[passage.document_id], passage.chunk))
        return tuple(_numbered(n, passage, 0.0) for n, passage in enumerate(ordered, start=1))

    def _by_words(self, connection: Connection, exact: str, documents: Collection[int] | None) -> dict[int, float]:
        match = _match(exact)
        where = "" if documents is None else "AND c.document_id IN :documents"
        statement = text(f"""
            SELECT w.rowid, -bm25(chunk_words) AS score FROM chunk_words AS w JOIN chunks AS c ON c.id = w.rowid
            WHERE chunk_words MATCH :match {where} ORDER BY score DESC, w.rowid LIMIT {CANDIDATES}
        """)  # noqa: S608 - the pieces are ours; what people typed travels as a value
        values: dict[str, object] = {"match": match}
        if documents is not None:
            statement = statement.bindparams(bindparam("documents", expanding=True))
            values["documents"] = list(documents)
        return {row.rowid: row.score for row in connection.execute(statement, values)}

    def _by_meaning(self, connection: Connection, query: str, documents: Collection[int] | None) -> dict[int, float]:
        """Cosine of every passage that has a vector of this model; empty when the model knows no word of the query."""
        if self._embedder is None or not self._embedder.ready():
            return {}
        current = self._current_tables(connection, self._embedder.name, documents)
        if not current:
            return {}
        asked = self._embedder.query(nfc(query))
        if not asked.any():
            return {}
        return {
            key: float(score) for table in current for key, score in zip(table.ids, table.rows @ asked, strict=True)
        }

    def _current_tables(self, connection: Connection, model: str, documents: Collection[int] | None) -> list[_Table]:
        """The vectors by document, from memory where nothing changed."""
        stamps = (
            select(shelf.c.id, shelf.c.created_at, func.count(), func.max(chunks.c.id))
            .join(chunks, chunks.c.document_id == shelf.c.id)
            .join(vectors, and_(vectors.c.chunk_id == chunks.c.id, vectors.c.model == model))
            .where(_among(shelf.c.id, documents))
            .group_by(shelf.c.id)
        )
        current = []
        for document_id, *stamp in connection.execute(stamps):
            table = self._tables.get(document_id)
            if table is None or table.stamp != tuple(stamp):
                table = _load(connection, model, document_id, (stamp[0], stamp[1], stamp[2]))
                self._tables[document_id] = table
            current.append(table)
        return current


_ADD_WORDS = text("INSERT INTO chunk_words(rowid, exact, folded) VALUES (:id, :exact, :folded)")
_DELETE_WORDS = text("DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = :document)")


def words(text: str) -> str:
    """The words of a text as they are indexed and looked up, parted by blanks.

    Document numbers come twice: in their parts where they stand, so that "quyết định 30" finds "Quyết định số
    30/2020/…", and once more at the end as one folded word, so that the whole number outweighs its parts.
    """
    plain = _NUMBER_WORD.sub("", _plain(text))
    signs = [fold(sign).replace("/", _SLASH).replace("-", _DASH) for sign in _SIGN.findall(plain)]
    return " ".join([*_WORD.findall(plain), *signs])


def _plain(text: str) -> str:
    lower = normalise_tone(nfc(text).lower()).replace("–", "-")
    return lower.replace(_SLASH, " ").replace(_DASH, " ")


def _match(exact: str) -> str:
    """The FTS5 expression: quoted words and pairs joined by OR, in one column. Nothing typed can be syntax."""
    column, listed = ("exact", exact) if has_marks(exact) else ("folded", fold(exact))
    typed = listed.split()
    known = dict.fromkeys(list(dict.fromkeys(typed))[:QUERY_SYLLABLES])
    pairs = dict.fromkeys(f"{one} {two}" for one, two in pairwise(typed) if one in known and two in known)
    terms = " OR ".join(f'"{term}"' for term in [*known, *pairs])
    return f"{column} : ({terms})"


def _whole(title: str, heading: str, body: str) -> str:
    return f"{title}. {heading}\n{body}"


def _among(column: ColumnElement[int], documents: Collection[int] | None) -> ColumnElement[bool]:
    return column.is_not(None) if documents is None else column.in_(documents)


def _scaled(scores: Mapping[int, float], *, low: float) -> dict[int, float]:
    """Min–max to 0..1; ``low`` is the score of the least (0 for words: most passages hold none of them)."""
    high = max(scores.values(), default=low)
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in scores.items()}


def _with_articles(
    connection: Connection, scores: dict[int, float], exact: str, documents: Collection[int] | None
) -> dict[int, float]:
    """«Điều 12 luật đất đai»: vectors and BM25 know nothing of numbers, so the article asked for by name goes first.

    It must be of the only document looked at, or of one whose whole title is in the query.
    """
    folded = fold(exact)
    asked = set(_ARTICLE.findall(folded))
    if not asked:
        return scores
    rows = connection.execute(
        select(chunks.c.id, chunks.c.heading, shelf.c.title)
        .join(shelf, shelf.c.id == chunks.c.document_id)
        .where(_among(shelf.c.id, documents), chunks.c.heading.contains("Điều "))
    )
    alone = documents is not None and len(documents) == 1
    known = set(folded.split())
    boosted = dict(scores)
    for key, heading, title in rows:
        named = alone or set(fold(words(title)).split()) <= known
        if named and asked & set(_ARTICLE.findall(fold(words(heading)))):
            boosted[key] = boosted.get(key, 0.0) + 1.0
    return boosted


def _passages(connection: Connection, where: ColumnElement[bool]) -> dict[int, Passage]:
    rows = connection.execute(
        select(chunks, shelf.c.title).join(shelf, shelf.c.id == chunks.c.document_id).where(where)
    )
    return {
        row.id: Passage(0, row.document_id, row.title, row.n, row.text, row.heading, row.first, row.last)
        for row in rows
    }


def _numbered(number: int, passage: Passage, score: float) -> Passage:
    return Passage(
        number,
        passage.document_id,
        passage.document_title,
        passage.chunk,
        passage.text,
        passage.heading,
        passage.first,
        passage.last,
        round(score, 4),
    )


def _load(connection: Connection, model: str, document_id: int, stamp: tuple[datetime, int, int]) -> _Table:
    rows = connection.execute(
        select(vectors.c.chunk_id, vectors.c.vector)
        .join(chunks, chunks.c.id == vectors.c.chunk_id)
        .where(chunks.c.document_id == document_id, vectors.c.model == model)
        .order_by(vectors.c.chunk_id)
    ).all()
    table: NDArray[np.float32] = np.frombuffer(b"".join(row.vector for row in rows), dtype="<f4").reshape(len(rows), -1)
    return _Table(stamp, tuple(row.chunk_id for row in rows), table)
