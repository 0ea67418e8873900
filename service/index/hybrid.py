"""The index: every passage of every document, found by number, by words and by meaning.

The database only proposes: FTS5 finds passages that hold the rarest terms of a query, the ranking is our own
(``bm25``), so that another database could propose instead. How many passages hold a term is counted in a table of
ours, kept in step by ``add`` and ``remove`` within the caller's transaction: one document never rebuilds the rest, and
what breaks off leaves the old state.

Words and meaning are each scaled to 0..1 over the passages looked at and added, with the weight that the model asks
for. On top come the references (``references``): a document or article that the query names goes first.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, select, text, update

from service.embedders.base import Embedder
from service.index import references
from service.index.bm25 import bm25, idf
from service.index.dense import STORED, Ids, Scores, Tables
from service.index.terms import Terms, counted, terms, words
from service.records import Chunk, Passage
from service.store.db import Database
from service.store.tables import chunks, documents as shelf, embedded, index_state, indexed, term_counts, vectors
from service.text import fold, nfc

NAMED, ARTICLE = 1.0, 2.0
"""What is added to the score (0..1) of a passage whose document, and whose article, the query names."""

LIKELY = 1000
"""In an index of fewer passages a word is not called rare before it would be in one of so many."""

SHARE = 30
"""Of more than ``Ranking.candidates`` times this many passages, one in so many is ranked by words."""

ALIKE = 0.85
"""Two passages are one when they share this much of their pairs of words, and all their numbers."""

_WITH_DIGIT = re.compile(r"[^\s\d]*\d\S*")

_OPENING = 1500
"""Letters at the head of a document among which its own number is looked for."""


@dataclass(frozen=True)
class Ranking:
    """How passages are ranked; another than the default is for measuring.

    ``meaning`` is the weight of the vectors in the fused score, None for the one the model asks for. ``candidates``
    passages are ranked by words: a query over fewer looks at all of them, one over more at those with its rarest
    terms. ``nearest`` come in by meaning alone. ``references`` puts first what a query names.
    """

    meaning: float | None = None
    candidates: int = 1000
    nearest: int = 200
    references: bool = True


@dataclass(frozen=True)
class _Entry:
    """A document as the index knows it; ``embedded`` is the number of its passages with a vector, by model."""

    document: int
    revision: int
    passages: int
    words: int
    sign: str
    name: str
    embedded: Mapping[str, int]


@dataclass(frozen=True)
class _State:
    """All documents at one version of the index."""

    version: int
    entries: Mapping[int, _Entry]
    passages: int
    average: float


class Index:
    """The passages of all documents. Writing takes the caller's connection; searching opens its own.

    ``earlier`` is a second model whose vectors answer until ``embedder`` has read every passage.
    """

    def __init__(
        self,
        db: Database,
        embedder: Embedder | None,
        earlier: Embedder | None = None,
        ranking: Ranking = Ranking(),
    ) -> None:
        self._db = db
        self._ranking = ranking
        self._embedders = [model for model in (embedder, earlier) if model is not None]
        self._tables: dict[str, Tables] = {}
        self._known = _State(-1, {}, 0, 0.0)
        self._lock = threading.Lock()

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def add(self, connection: Connection, document_id: int, found: Sequence[Chunk]) -> None:
        """Put the passages of a document into the index, inside the caller's transaction.

        They are found by words at once; ``embed_missing`` adds the vectors, outside any transaction of others.
        """
        title = connection.execute(select(shelf.c.title).where(shelf.c.id == document_id)).scalar_one()
        listed = [words(_whole(title, chunk.heading, chunk.text)) for chunk in found]
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
            connection.execute(_ADD_WORDS, _fts_rows(connection, document_id))
            _count(connection, listed, +1)
        opening = "\n".join(chunk.text for chunk in found)[:_OPENING]
        connection.execute(
            insert(indexed).values(
                document_id=document_id,
                revision=_next_version(connection),
                passages=len(found),
                words=sum(exact.count(" ") + 1 for exact in listed),
                sign=references.own_sign(opening)[:80],
                name=fold(words(title)),
            )
        )

    def remove(self, connection: Connection, document_id: int) -> None:
        """Take all passages of a document out of the index, inside the caller's transaction."""
        rows = _fts_rows(connection, document_id)
        if rows:
            connection.execute(_DELETE_WORDS, rows)
            _count(connection, [row["exact"] for row in rows], -1)
        connection.execute(delete(chunks).where(chunks.c.document_id == document_id))
        connection.execute(delete(embedded).where(embedded.c.document_id == document_id))
        connection.execute(delete(indexed).where(indexed.c.document_id == document_id))
        _next_version(connection)

    def embed_missing(self, limit: int = 64) -> int:
        """Give at most ``limit`` passages the vectors they lack; returns how many. 0 while the model still loads.

        The model works outside any transaction; a passage that was removed meanwhile is passed over. Once every
        passage has its vector, those of models that are no longer here are deleted.
        """
        if not self._embedders or not self._embedders[0].ready():
            return 0
        embedder = self._embedders[0]
        known = and_(vectors.c.chunk_id == chunks.c.id, vectors.c.model == embedder.name)
        with self._db.read() as connection:
            state = self._state(connection)
            behind = [entry.document for entry in state.entries.values() if _lacks(entry, embedder.name)]
            lacking = (
                select(chunks.c.id, chunks.c.document_id, shelf.c.title, chunks.c.heading, chunks.c.text)
                .join(shelf, shelf.c.id == chunks.c.document_id)
                .outerjoin(vectors, known)
                .where(vectors.c.chunk_id.is_(None), chunks.c.document_id.in_(behind[:limit]))
                .order_by(chunks.c.id)
                .limit(limit)
            )
            found = connection.execute(lacking).all() if behind else []
        if not found:
            self._forget_strangers(state)
            return 0
        rows = embedder.passages([_whole(row.title, row.heading, row.text) for row in found])
        with self._db.write() as connection:
            still = select(chunks.c.id, chunks.c.text).where(chunks.c.id.in_([row.id for row in found]))
            texts = {row.id: row.text for row in connection.execute(still)}
            values = [
                {
                    "chunk_id": row.id,
                    "model": embedder.name,
                    "dim": len(vector),
                    "vector": vector.astype(STORED).tobytes(),
                }
                for row, vector in zip(found, rows, strict=True)
                if texts.get(row.id) == row.text
            ]
            if values:
                connection.execute(insert(vectors).prefix_with("OR IGNORE", dialect="sqlite"), values)
            _count_vectors(connection, embedder.name, {row.document_id for row in found})
            _next_version(connection)
        return len(values)

    def _forget_strangers(self, state: _State) -> None:
        strangers = {name for entry in state.entries.values() for name in entry.embedded}
        strangers -= {model.name for model in self._embedders}
        if not strangers:
            return
        with self._db.write() as connection:
            connection.execute(delete(vectors).where(vectors.c.model.in_(strangers)))
            connection.execute(delete(embedded).where(embedded.c.model.in_(strangers)))
            _next_version(connection)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    def search(self, query: str, documents: Collection[int] | None = None, limit: int = 6) -> tuple[Passage, ...]:
        """The best passages for a query, best first, numbered from 1, of these documents or of all (None).

        A passage that says the same as a better one is left out; ``Passage.also`` of the better one names the document
        it stands in. A query that holds nothing to look for finds nothing.
        """
        asked = terms(query)
        if not asked.runs or limit < 1 or (documents is not None and not documents):
            return ()
        with self._db.read() as connection:
            state = self._state(connection)
            scope = [entry for entry in state.entries.values() if documents is None or entry.document in documents]
            reference = references.read(query) if self._ranking.references else references.Reference()
            numbered = {entry.document for entry in scope if reference.numbers(entry.sign)}
            if numbered and terms(reference.rest).runs:  # within the document its number says nothing any more
                query, asked = reference.rest, terms(reference.rest)
            ids, scores = self._fused(connection, state, scope, query, asked)
            ids, scores = _with_references(connection, scope, reference, numbered, ids, scores)
            order = np.lexsort((ids, -scores))[: 3 * limit + 10]
            kept = {int(ids[n]): float(scores[n]) for n in order if scores[n] > 0}
            found = _passages(connection, chunks.c.id.in_(list(kept)))
        ranked = [(replace(found[key][0], score=round(score, 4)), found[key][1]) for key, score in kept.items()]
        return tuple(replace(passage, number=n) for n, passage in enumerate(_unlike(ranked, limit), start=1))

    def weighed(self, query: str, documents: Collection[int] | None = None) -> tuple[tuple[str, float, bool], ...]:
        """The words a query looks up, each with its idf and whether it stands in these documents at all.

        Words that only ask are left out; those of a query without any mark come folded, as they are looked up.
        """
        asked = terms(query)
        with self._db.read() as connection:
            state = self._state(connection)
            scope = [entry for entry in state.entries.values() if documents is None or entry.document in documents]
            holding = _holding(connection, asked)
            known = set(holding)
            if sum(entry.passages for entry in scope) <= self._ranking.candidates:
                rows = _candidates(connection, state, scope, asked.column, holding, self._ranking.candidates)
                known = set(" ".join(row.words for row in rows).split())
                known = known if asked.column == "exact" else {fold(word) for word in known}
        passages = max(state.passages, LIKELY)
        return tuple((word, idf(passages, holding.get(word, 0)), word in known) for word in asked.words)

    def unheard(self, query: str, documents: Collection[int] | None = None) -> float:
        """How much of what a query asks stands nowhere in these documents: from 0 (all is there) to 1.

        Words count by their idf; those that only ask are left out. 0 for a query that holds nothing to look for.
        """
        found = self.weighed(query, documents)
        whole = sum(weight for _, weight, _ in found)
        return sum(weight for _, weight, known in found if not known) / whole if whole else 0.0

    def all_passages(self, documents: Sequence[int]) -> tuple[Passage, ...]:
        """Every passage of these documents, in their order and that of the text, numbered from 1."""
        with self._db.read() as connection:
            found = [passage for passage, _ in _passages(connection, chunks.c.document_id.in_(documents)).values()]
        place = {document: n for n, document in enumerate(documents)}
        ordered = sorted(found, key=lambda passage: (place[passage.document_id], passage.chunk))
        return tuple(replace(passage, number=n) for n, passage in enumerate(ordered, start=1))

    def around(self, document_id: int, n: int, reach: int = 1) -> tuple[Passage, ...]:
        """The ``n``-th passage of a document among its neighbours: at most ``reach`` on each side, and its whole Điều.

        In the order of the text; empty when there is no such passage.
        """
        with self._db.read() as connection:
            rows = _passages(connection, chunks.c.document_id == document_id).values()
        ordered = sorted((passage for passage, _ in rows), key=lambda passage: passage.chunk)
        here = next((at for at, passage in enumerate(ordered) if passage.chunk == n), None)
        if here is None:
            return ()
        low = high = here
        section = _article_path(ordered[here].heading)
        while section and low > 0 and _article_path(ordered[low - 1].heading) == section:
            low -= 1
        while section and high + 1 < len(ordered) and _article_path(ordered[high + 1].heading) == section:
            high += 1
        chosen = ordered[max(0, min(low, here - reach)) : max(high, here + reach) + 1]
        return tuple(replace(passage, number=place) for place, passage in enumerate(chosen, start=1))

    # ── ranking ─────────────────────────────────────────────────────────────────────────────────

    def _fused(
        self, connection: Connection, state: _State, scope: Sequence[_Entry], query: str, asked: Terms
    ) -> tuple[Ids, Scores]:
        """Passages and their scores, words and meaning together, in no order."""
        ids, by_words = self._by_words(connection, state, scope, asked)
        best = by_words.max(initial=0.0)
        scaled = by_words / best if best > 0 else by_words
        embedder = self._serving(scope)
        near_ids, by_meaning = self._by_meaning(connection, scope, query, embedder)
        if embedder is None or not len(near_ids):
            return ids, scaled
        meaning = embedder.meaning if self._ranking.meaning is None else self._ranking.meaning
        nearest = self._ranking.nearest
        low, high = by_meaning.min(), by_meaning.max()
        by_meaning = (by_meaning - low) / (high - low) if high > low else np.ones_like(by_meaning)
        best_ids = near_ids[np.argpartition(-by_meaning, nearest)[:nearest]] if len(near_ids) > nearest else near_ids
        every = np.union1d(ids, best_ids)
        place = np.full(int(max(every.max(), near_ids.max())) + 1, -1, dtype=np.int64)
        place[every] = np.arange(len(every))
        scores = np.zeros(len(every), dtype=np.float32)
        scores[place[ids]] += (1 - meaning) * scaled
        known = place[near_ids] >= 0
        scores[place[near_ids[known]]] += meaning * by_meaning[known]
        return every, scores

    def _by_words(
        self, connection: Connection, state: _State, scope: Sequence[_Entry], asked: Terms
    ) -> tuple[Ids, Scores]:
        holding = _holding(connection, asked)
        weights = {term: idf(state.passages, count) for term, count in holding.items()}
        rows = _candidates(connection, state, scope, asked.column, holding, self._ranking.candidates)
        listed = [row.words if asked.column == "exact" else fold(row.words) for row in rows]
        scores = bm25(asked, weights, listed, state.average)
        return np.array([row.id for row in rows], dtype=np.int64), scores

    def _by_meaning(
        self, connection: Connection, scope: Sequence[_Entry], query: str, embedder: Embedder | None
    ) -> tuple[Ids, Scores]:
        """Passages with a vector and their cosines; none when the model knows no word of the query."""
        none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if embedder is None:
            return none
        row = embedder.query(nfc(query))
        if not row.any():
            return none
        tables = self._tables.setdefault(embedder.name, Tables(embedder.name))
        tables.forget(self._known.entries)
        stamps = [
            (entry.document, (entry.revision, entry.embedded[embedder.name]))
            for entry in scope
            if entry.embedded.get(embedder.name)
        ]
        return tables.scores(connection, stamps, row)

    def _serving(self, scope: Sequence[_Entry]) -> Embedder | None:
        """The model whose vectors cover most of the passages; the one that was asked for when two cover as much."""
        ready = [model for model in self._embedders if model.ready()]
        covered = {model.name: sum(entry.embedded.get(model.name, 0) for entry in scope) for model in ready}
        best = max(ready, key=lambda model: covered[model.name], default=None)
        return best if best is not None and covered[best.name] else None

    def _state(self, connection: Connection) -> _State:
        """What the index holds, from memory where nothing changed."""
        version = connection.execute(select(index_state.c.version)).scalar_one()
        known = self._known
        if known.version == version:
            return known
        vectors_of: dict[int, dict[str, int]] = {}
        for row in connection.execute(select(embedded)):
            vectors_of.setdefault(row.document_id, {})[row.model] = row.passages
        entries = {
            row.document_id: _Entry(
                row.document_id,
                row.revision,
                row.passages,
                row.words,
                row.sign,
                row.name,
                vectors_of.get(row.document_id, {}),
            )
            for row in connection.execute(select(indexed).order_by(indexed.c.document_id))
        }
        passages = sum(entry.passages for entry in entries.values())
        total = sum(entry.words for entry in entries.values())
        state = _State(version, entries, passages, total / passages if passages else 0.0)
        with self._lock:
            if version > self._known.version:
                self._known = state
        return state


# ── what stands in the database ─────────────────────────────────────────────────────────────────

_ADD_WORDS = text("INSERT INTO chunk_words(rowid, exact, folded) VALUES (:id, :exact, :folded)")
_DELETE_WORDS = text(
    "INSERT INTO chunk_words(chunk_words, rowid, exact, folded) VALUES ('delete', :id, :exact, :folded)"
)
_COUNT = text("""
    INSERT INTO term_counts(term, exact, folded) VALUES (:term, :exact, :folded)
    ON CONFLICT(term) DO UPDATE SET exact = exact + excluded.exact, folded = folded + excluded.folded
""")


def _fts_rows(connection: Connection, document_id: int) -> list[dict[str, object]]:
    """What the full-text table holds of a document. It keeps no text itself, and must be told the old one to forget."""
    rows = connection.execute(select(chunks.c.id, chunks.c.words).where(chunks.c.document_id == document_id))
    return [{"id": row.id, "exact": row.words, "folded": fold(row.words)} for row in rows]


def _count(connection: Connection, listed: Iterable[object], sign: int) -> None:
    """Count passages in or out under each of their words and pairs."""
    exact: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    for one in listed:
        exact.update(set(counted(str(one))))
        folded.update(set(counted(fold(str(one)))))
    rows = [
        {"term": term, "exact": sign * exact[term], "folded": sign * folded[term]}
        for term in sorted(exact.keys() | folded.keys())
    ]
    if rows:
        connection.execute(_COUNT, rows)
    if rows and sign < 0:
        gone = and_(term_counts.c.term == bindparam("term"), term_counts.c.exact <= 0, term_counts.c.folded <= 0)
        connection.execute(delete(term_counts).where(gone), rows)


def _count_vectors(connection: Connection, model: str, documents: Collection[int]) -> None:
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


def _next_version(connection: Connection) -> int:
    step = update(index_state).values(version=index_state.c.version + 1).returning(index_state.c.version)
    return int(connection.execute(step).scalar_one())


def _holding(connection: Connection, asked: Terms) -> dict[str, int]:
    """The terms of a query that occur at all, and in how many passages."""
    column = term_counts.c[asked.column]
    listed = [*asked.words, *map(" ".join, asked.pairs)]
    rows = connection.execute(select(term_counts.c.term, column).where(term_counts.c.term.in_(listed), column > 0))
    return {row.term: row[1] for row in rows}


def _candidates(
    connection: Connection, state: _State, scope: Sequence[_Entry], column: str, holding: Mapping[str, int], most: int
) -> Sequence[Any]:
    """``id`` and ``words`` of the passages to rank: all when they are few, else those with the rarest terms."""
    inside = sum(entry.passages for entry in scope)
    whole = len(scope) == len(state.entries)
    among = [entry.document for entry in scope]
    if not holding or not inside:
        return []
    if inside <= most:
        here = select(chunks.c.id, chunks.c.words)
        return connection.execute(here if whole else here.where(chunks.c.document_id.in_(among))).all()
    most = max(most, inside // SHARE)
    room = most * state.passages / inside
    chosen: list[str] = []
    for term in sorted(holding, key=lambda term: (holding[term], term)):
        if chosen and holding[term] > room:
            break
        chosen.append(term)
        room -= holding[term]
    match = " OR ".join(f'"{term}"' for term in chosen)
    filtered = "" if whole else "AND c.document_id IN :documents"
    # Where the documents looked in hold more of a term than their share, more than ``most`` may match: the best, then.
    best = "ORDER BY w.rank" if sum(holding[term] for term in chosen) > most else ""
    statement = text(f"""
        SELECT c.id, c.words FROM chunk_words AS w JOIN chunks AS c ON c.id = w.rowid
        WHERE chunk_words MATCH :match {filtered} {best} LIMIT {most}
    """)  # noqa: S608 - the pieces are ours; what people typed travels as a value
    values: dict[str, object] = {"match": f"{column} : ({match})"}
    if not whole:
        statement = statement.bindparams(bindparam("documents", expanding=True))
        values["documents"] = among
    return connection.execute(statement, values).all()


def _passages(connection: Connection, where: ColumnElement[bool]) -> dict[int, tuple[Passage, str]]:
    """Passages by their key, with the words they are found by."""
    rows = connection.execute(
        select(chunks, shelf.c.title).join(shelf, shelf.c.id == chunks.c.document_id).where(where)
    )
    return {
        row.id: (
            Passage(0, row.document_id, row.title, row.n, row.text, row.heading, row.first, row.last),
            row.words,
        )
        for row in rows
    }


# ── rules ───────────────────────────────────────────────────────────────────────────────────────


def _with_references(
    connection: Connection,
    scope: Sequence[_Entry],
    asked: references.Reference,
    numbered: Collection[int],
    ids: Ids,
    scores: Scores,
) -> tuple[Ids, Scores]:
    """Put first what the query names: the passages of a document by its number, and of an article of a document."""
    named = set(numbered)
    if asked.articles and not named:
        named = references.longest((entry.document, entry.name) for entry in scope if asked.names(entry.name))
        named = named or ({scope[0].document} if len(scope) == 1 else set())
    if not named:
        return ids, scores
    rows = connection.execute(select(chunks.c.id, chunks.c.heading).where(chunks.c.document_id.in_(named)))
    boost = {
        row.id: ARTICLE if asked.articles & references.articles(row.heading) else NAMED * bool(numbered) for row in rows
    }
    every = np.union1d(ids, np.fromiter(boost, dtype=np.int64, count=len(boost)))
    raised = np.array([boost.get(int(key), 0.0) for key in every], dtype=np.float32)
    raised[np.searchsorted(every, ids)] += scores
    return every, raised


def _unlike(ranked: Sequence[tuple[Passage, str]], limit: int) -> list[Passage]:
    """The best ``limit`` passages, of those that say the same only the best."""
    kept: list[tuple[Passage, str]] = []
    by_numbers: dict[tuple[str, ...], list[int]] = {}
    for passage, listed in ranked:
        alike = by_numbers.setdefault(tuple(sorted(_WITH_DIGIT.findall(listed))), [])
        twin = next((n for n in alike if _same(kept[n][1], listed)), None)
        if twin is not None:
            better, its_words = kept[twin]
            other = passage.document_title if passage.document_id != better.document_id else ""
            places = dict.fromkeys(filter(None, (*better.also.split("; "), other)))
            kept[twin] = replace(better, also="; ".join(places)), its_words
        elif len(kept) < limit:
            alike.append(len(kept))
            kept.append((passage, listed))
    return [passage for passage, _ in kept]


def _same(one: str, other: str) -> bool:
    if not ALIKE <= len(one) / max(1, len(other)) <= 1 / ALIKE:
        return False
    pairs, others = set(counted(one)), set(counted(other))
    return len(pairs & others) >= ALIKE * len(pairs | others)


def _article_path(heading: str) -> str:
    """The heading path down to its Điều; empty above or without one."""
    parts = heading.split(" › ")
    at = next((n for n, part in enumerate(parts) if part.lower().startswith("điều ")), None)
    return "" if at is None else " › ".join(parts[: at + 1])


def _lacks(entry: _Entry, model: str) -> bool:
    return entry.embedded.get(model, 0) < entry.passages


def _whole(title: str, heading: str, body: str) -> str:
    return f"{title}. {heading}\n{body}"
