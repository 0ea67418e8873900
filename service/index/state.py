"""What the index holds of each document, at one version of the index; kept in memory until something is written."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from service.store.tables import embedded, index_state, indexed


@dataclass(frozen=True)
class Entry:
    """A document as the index knows it; ``embedded`` is the number of its passages with a vector, by model."""

    document: int
    revision: int
    passages: int
    words: int
    sign: str
    name: str
    embedded: Mapping[str, int]


@dataclass(frozen=True)
class State:
    """All documents at one version of the index; ``average`` is the mean length of a passage in words."""

    version: int
    entries: Mapping[int, Entry]
    passages: int
    average: float

    def among(self, documents: Collection[int] | None) -> list[Entry]:
        """The entries of these documents, or of all (None)."""
        return [entry for entry in self.entries.values() if documents is None or entry.document in documents]


class Memory:
    """The newest state that any thread has read."""

    def __init__(self) -> None:
        self.newest = State(-1, {}, 0, 0.0)
        self._lock = threading.Lock()

    def state(self, connection: Connection) -> State:
        """What the index holds, from memory where nothing changed."""
        version = connection.execute(select(index_state.c.version)).scalar_one()
        known = self.newest
        if known.version == version:
            return known
        vectors_of: dict[int, dict[str, int]] = {}
        for row in connection.execute(select(embedded)):
            vectors_of.setdefault(row.document_id, {})[row.model] = row.passages
        entries = {
            row.document_id: Entry(
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
        state = State(version, entries, passages, total / passages if passages else 0.0)
        with self._lock:
            if version > self.newest.version:
                self.newest = state
        return state


def next_version(connection: Connection) -> int:
    """Count the index on by one version, whose number it returns; whoever writes does so in the same transaction."""
    step = update(index_state).values(version=index_state.c.version + 1).returning(index_state.c.version)
    return int(connection.execute(step).scalar_one())
