"""Summaries and their parts as they are kept: rows read into nouns, and the state that one moves to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from service.ask import tracing
from service.kit import Kit
from service.records import AttemptState, NoteItem, Passage, Summary, SummaryPart
from service.store.tables import summaries, summary_parts

OPEN = (AttemptState.QUEUED, AttemptState.RUNNING)
"""The states of a summary that is not over."""


def load(kit: Kit, summary_id: int) -> Summary | None:
    """A summary with its parts; None when there is none. For code that has authorised."""
    with kit.db.read() as connection:
        row = connection.execute(select(summaries).where(summaries.c.id == summary_id)).first()
        if row is None:
            return None
        of_it = select(summary_parts).where(summary_parts.c.summary_id == summary_id).order_by(summary_parts.c.n)
        return read(row, tuple(map(_part, connection.execute(of_it))))


def read(row: Row[Any], parts: tuple[SummaryPart, ...] = ()) -> Summary:
    """A row of ``summaries`` as the noun, with its ``parts``."""
    kept = row._asdict() | {
        "documents": tuple(row.documents),
        "state": AttemptState(row.state),
        "support": tracing.read(row.support),
        "parts": parts,
    }
    return Summary(**kept)


def move(kit: Kit, summary_id: int, **values: Any) -> None:
    """Change columns of a summary that is open; another one is left as it is."""
    with kit.db.write() as connection:
        this = update(summaries).where(summaries.c.id == summary_id, summaries.c.state.in_(OPEN))
        connection.execute(this.values(**values))


def is_open(kit: Kit, summary_id: int) -> bool:
    """False once it was stopped, removed, or came to its end."""
    with kit.db.read() as connection:
        return connection.execute(select(summaries.c.state).where(summaries.c.id == summary_id)).scalar() in OPEN


def _part(row: Row[Any]) -> SummaryPart:
    kept = row.notes
    items = None if kept is None else tuple(NoteItem(**one | {"passages": tuple(one["passages"])}) for one in kept)
    passages = tuple(Passage(**one) for one in row.passages)
    return SummaryPart(row.n, row.document_id, row.heading, passages, items, row.dropped)
