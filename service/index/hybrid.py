"""The index: every passage of every document, found by number, by words and by meaning.

Words (``lexical``) and meaning (``dense``) are each scaled to 0..1 over the passages looked at and added, with the
weight that the model asks for (``fusion``). On top come the references (``references``): a document or article that
the query names goes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection

from service.embedders.base import Embedder
from service.index import embedding, fusion, lexical, passages, postings, references
from service.index.dense import Tables
from service.index.duplicates import without_duplicates
from service.index.fusion import Ids, Scores
from service.index.state import Entry, Memory, State
from service.index.terms import Terms, terms
from service.records import Chunk, Passage
from service.store.db import Database
from service.text import nfc

NAMED, ARTICLE = 1.0, 2.0
"""What is added to the score (0..1) of a passage whose document, and whose article, the query names."""


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
        self._memory = Memory()

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def add(self, connection: Connection, document_id: int, found: Sequence[Chunk]) -> None:
        """Put the passages of a document into the index, inside the caller's transaction.

        They are found by words at once; ``embed_missing`` adds the vectors, outside any transaction of others.
        """
        postings.add(connection, document_id, found)

    def remove(self, connection: Connection, document_id: int) -> None:
        """Take all passages of a document out of the index, inside the caller's transaction."""
        postings.remove(connection, document_id)

    def embed_missing(self, limit: int = 64) -> int:
        """Give at most ``limit`` passages the vectors they lack; returns how many. 0 while the model still loads.

        The model works outside any transaction; a passage that was removed meanwhile is passed over. Once every
        passage has its vector, those of models that are no longer here are deleted.
        """
        if not self._embedders or not self._embedders[0].ready():
            return 0
        embedder = self._embedders[0]
        with self._db.read() as connection:
            state = self._memory.state(connection)
            found = embedding.lacking(connection, state, embedder.name, limit)
        if not found:
            self._forget_strangers(state)
            return 0
        made = embedder.passages([passages.whole(row.title, row.heading, row.text) for row in found])
        with self._db.write() as connection:
            return embedding.keep(connection, embedder.name, found, made)

    def _forget_strangers(self, state: State) -> None:
        strangers = {name for entry in state.entries.values() for name in entry.embedded}
        strangers -= {model.name for model in self._embedders}
        if strangers:
            with self._db.write() as connection:
                embedding.forget(connection, strangers)

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
            state = self._memory.state(connection)
            scope = state.among(documents)
            reference = references.read(query) if self._ranking.references else references.Reference()
            numbered = {entry.document for entry in scope if reference.numbers(entry.sign)}
            if numbered and terms(reference.rest).runs:  # within the document its number says nothing any more
                query, asked = reference.rest, terms(reference.rest)
            ids, scores = self._fused(connection, state, scope, query, asked)
            ids, scores = fusion.lifted(ids, scores, _lifts(connection, scope, reference, numbered))
            order = np.lexsort((ids, -scores))[: 3 * limit + 10]
            kept = {int(ids[n]): float(scores[n]) for n in order if scores[n] > 0}
            found = passages.by_key(connection, list(kept))
        ranked = [(replace(found[key][0], score=round(score, 4)), found[key][1]) for key, score in kept.items()]
        return passages.numbered(without_duplicates(ranked, limit))

    def weighed(self, query: str, documents: Collection[int] | None = None) -> tuple[tuple[str, float, bool], ...]:
        """The words a query looks up, each with its idf and whether it stands in these documents at all.

        Words that only ask are left out; those of a query without any mark come folded, as they are looked up.
        """
        asked = terms(query)
        with self._db.read() as connection:
            state = self._memory.state(connection)
            return lexical.weighed(connection, state, state.among(documents), asked, self._ranking.candidates)

    def unheard(self, query: str, documents: Collection[int] | None = None) -> float:
        """How much of what a query asks stands nowhere in these documents: from 0 (all is there) to 1.

        Words count by their idf; those that only ask are left out. 0 for a query that holds nothing to look for.
        """
        found = self.weighed(query, documents)
        whole = sum(weight for _, weight, _ in found)
        return sum(weight for _, weight, known in found if not known) / whole if whole else 0.0

    def uncalled(self, query: str, documents: Collection[int] | None = None) -> str:
        """A query with blanks for what calls one of these documents by its own number; as it is when nothing else is
        asked."""
        with self._db.read() as connection:
            own = {entry.sign for entry in self._memory.state(connection).among(documents) if entry.sign}
        rest = references.without(query, own)
        return rest if terms(rest).runs else query

    def all_passages(self, documents: Sequence[int]) -> tuple[Passage, ...]:
        """Every passage of these documents, in their order and that of the text, numbered from 1."""
        with self._db.read() as connection:
            return passages.numbered(passages.of_documents(connection, documents))

    def around(self, document_id: int, n: int, reach: int = 1) -> tuple[Passage, ...]:
        """The ``n``-th passage of a document among its neighbours: at most ``reach`` on each side, and its whole Điều.

        In the order of the text; empty when there is no such passage.
        """
        with self._db.read() as connection:
            ordered = passages.of_documents(connection, [document_id])
        return passages.numbered(passages.around(ordered, n, reach))

    # ── ranking ─────────────────────────────────────────────────────────────────────────────────

    def _fused(
        self, connection: Connection, state: State, scope: Sequence[Entry], query: str, asked: Terms
    ) -> tuple[Ids, Scores]:
        """Passages and their scores, words and meaning together, in no order."""
        ids, by_words = lexical.ranked(connection, state, scope, asked, self._ranking.candidates)
        embedder = self._serving(scope)
        if embedder is None:
            return ids, fusion.scaled(by_words)
        near_ids, by_meaning = self._by_meaning(connection, scope, query, embedder)
        meaning = embedder.meaning if self._ranking.meaning is None else self._ranking.meaning
        return fusion.fused(ids, by_words, near_ids, by_meaning, meaning, self._ranking.nearest)

    def _by_meaning(
        self, connection: Connection, scope: Sequence[Entry], query: str, embedder: Embedder
    ) -> tuple[Ids, Scores]:
        """Passages with a vector and their cosines; none when the model knows no word of the query."""
        row = embedder.query(nfc(query))
        if not row.any():
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        tables = self._tables.setdefault(embedder.name, Tables(embedder.name))
        tables.forget(self._memory.newest.entries)
        stamps = [
            (entry.document, (entry.revision, entry.embedded[embedder.name]))
            for entry in scope
            if entry.embedded.get(embedder.name)
        ]
        return tables.scores(connection, stamps, row)

    def _serving(self, scope: Sequence[Entry]) -> Embedder | None:
        """The model whose vectors cover most of the passages; the one that was asked for when two cover as much."""
        ready = [model for model in self._embedders if model.ready()]
        covered = {model.name: sum(entry.embedded.get(model.name, 0) for entry in scope) for model in ready}
        best = max(ready, key=lambda model: covered[model.name], default=None)
        return best if best is not None and covered[best.name] else None


def _lifts(
    connection: Connection, scope: Sequence[Entry], asked: references.Reference, numbered: Collection[int]
) -> dict[int, float]:
    """Passage → what is added to its score because the query names its document by number, or its article."""
    named = set(numbered)
    if asked.articles and not named:
        named = references.longest((entry.document, entry.name) for entry in scope if asked.names(entry.name))
        named = named or ({scope[0].document} if len(scope) == 1 else set())
    if not named:
        return {}
    return {
        key: ARTICLE if asked.articles & references.articles(heading) else NAMED * bool(numbered)
        for key, heading in passages.headings(connection, named).items()
    }
