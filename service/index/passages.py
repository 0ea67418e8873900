"""Passages as they are kept: read by key or document, put in order, numbered, and shown among their neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, select

from service.records import Passage
from service.store.tables import chunks, documents as shelf


def whole(title: str, heading: str, body: str) -> str:
    """The text by which a passage is found: what stands above it belongs to it."""
    return f"{title}. {heading}\n{body}"


def by_key(connection: Connection, keys: Collection[int]) -> dict[int, tuple[Passage, str]]:
    """These passages by their key, each with the words it is found by; those that are gone are left out."""
    return _read(connection, chunks.c.id.in_(keys))


def of_documents(connection: Connection, documents: Sequence[int]) -> list[Passage]:
    """Every passage of these documents, in their order and that of the text."""
    place = {document: n for n, document in enumerate(documents)}
    found = (passage for passage, _ in _read(connection, chunks.c.document_id.in_(documents)).values())
    return sorted(found, key=lambda passage: (place[passage.document_id], passage.chunk))


def headings(connection: Connection, documents: Collection[int]) -> dict[int, str]:
    """The heading path of every passage of these documents, by its key."""
    rows = connection.execute(select(chunks.c.id, chunks.c.heading).where(chunks.c.document_id.in_(documents)))
    return {row.id: row.heading for row in rows}


def numbered(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages with their place in this order, from 1."""
    return tuple(replace(passage, number=n) for n, passage in enumerate(passages, start=1))


def around(ordered: Sequence[Passage], n: int, reach: int) -> Sequence[Passage]:
    """The ``n``-th passage of a document, whose passages these are, with ``reach`` on each side and its whole Điều."""
    here = next((at for at, passage in enumerate(ordered) if passage.chunk == n), None)
    if here is None:
        return ()
    low = high = here
    section = _article_path(ordered[here].heading)
    while section and low > 0 and _article_path(ordered[low - 1].heading) == section:
        low -= 1
    while section and high + 1 < len(ordered) and _article_path(ordered[high + 1].heading) == section:
        high += 1
    return ordered[max(0, min(low, here - reach)) : max(high, here + reach) + 1]


def _read(connection: Connection, where: ColumnElement[bool]) -> dict[int, tuple[Passage, str]]:
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


def _article_path(heading: str) -> str:
    """The heading path down to its Điều; empty above or without one."""
    parts = heading.split(" › ")
    at = next((n for n, part in enumerate(parts) if part.lower().startswith("điều ")), None)
    return "" if at is None else " › ".join(parts[: at + 1])
