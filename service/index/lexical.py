"""Search by words: the database proposes passages, ``bm25`` ranks them.

FTS5 finds those that hold the rarest terms of a query; the ranking is our own, so that another database could propose
instead. How many passages hold a term is read from the counts that ``postings`` keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, select, text

from service.index.bm25 import bm25, idf
from service.index.fusion import Ids, Scores
from service.index.state import Entry, State
from service.index.terms import Terms
from service.store.tables import chunks, term_counts
from service.text import fold

LIKELY = 1000
"""In an index of fewer passages a word is not called rare before it would be in one of so many."""

SHARE = 30
"""Of more than ``most`` times this many passages, one in so many is ranked by words."""


def ranked(connection: Connection, state: State, scope: Sequence[Entry], asked: Terms, most: int) -> tuple[Ids, Scores]:
    """The candidates of these documents and their BM25, in no order; ``most`` are ranked, of very many a share."""
    holding = _holding(connection, asked)
    weights = {term: idf(state.passages, count) for term, count in holding.items()}
    rows = _candidates(connection, state, scope, asked.column, holding, most)
    scores = bm25(asked, weights, [row.words for row in rows], state.average)
    return np.array([row.id for row in rows], dtype=np.int64), scores


def weighed(
    connection: Connection, state: State, scope: Sequence[Entry], asked: Terms, most: int
) -> tuple[tuple[str, float, bool], ...]:
    """The words asked for, each with its idf and whether it stands in these documents.

    Where they hold more than ``most`` passages, a word that stands anywhere in the index counts as standing there.
    """
    holding = _holding(connection, asked)
    known = set(holding)
    if sum(entry.passages for entry in scope) <= most:
        rows = _candidates(connection, state, scope, asked.column, holding, most)
        known = set(" ".join(row.words for row in rows).split())
        known = known if asked.column == "exact" else {fold(word) for word in known}
    passages = max(state.passages, LIKELY)
    return tuple((word, idf(passages, holding.get(word, 0)), word in known) for word in asked.words)


def _holding(connection: Connection, asked: Terms) -> dict[str, int]:
    """The terms of a query that occur at all, and in how many passages."""
    column = term_counts.c[asked.column]
    listed = [*asked.words, *map(" ".join, asked.pairs)]
    rows = connection.execute(select(term_counts.c.term, column).where(term_counts.c.term.in_(listed), column > 0))
    return {row.term: row[1] for row in rows}


def _candidates(
    connection: Connection, state: State, scope: Sequence[Entry], column: str, holding: Mapping[str, int], most: int
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
