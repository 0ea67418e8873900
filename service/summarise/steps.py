"""The job "summarise", one step each time: plan the parts, note the next one, merge the notes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict

from sqlalchemy import func, insert, select, update

from service import accounts, answering, jobs, library
from service.kit import Kit
from service.records import AttemptState, NoteItem, Summary, SummaryPart
from service.store.db import now
from service.store.tables import summaries, summary_parts
from service.summarise import lines, merging, notes, parts, rows


def step(kit: Kit, summary_id: int) -> None:
    """The job "summarise". May run twice, and after a stop.

    1. A summary that is not open any more, or was removed, is left alone.
    2. The first step cuts the documents into parts that fit into half of the model's context.
    3. Each further step notes one part; the next job is added with what it wrote.
    4. When all are noted, the notes become the summary.
    """
    found = rows.load(kit, summary_id)
    if found is None or found.state not in rows.OPEN:
        return
    part = next((one for one in found.parts if one.items is None), None)
    with suppress(answering.Stopped):  # what is noted stays
        if not found.parts:
            _plan(kit, found)
        elif part is not None:
            _keep_note(kit, found, part, *notes.note(kit, found, part))
        else:
            _merge(kit, found)


def give_up(kit: Kit, *, reason: str, summary_id: int) -> None:
    """The last try of a step failed; the person may go on later."""
    rows.move(kit, summary_id, state=AttemptState.FAILED, error=reason[:300])


def _plan(kit: Kit, found: Summary) -> None:
    planned = list(parts.cut(kit, _readable(kit, found)))
    if not planned:
        give_up(kit, reason="Tài liệu không có chữ để tóm tắt.", summary_id=found.id)
        return
    with kit.db.write() as connection:
        open_ = update(summaries).where(summaries.c.id == found.id, summaries.c.state.in_(rows.OPEN))
        if not connection.execute(open_.values(state=AttemptState.RUNNING)).rowcount:
            return
        if connection.execute(select(func.count()).where(summary_parts.c.summary_id == found.id)).scalar():
            return  # the job ran twice
        connection.execute(
            insert(summary_parts),
            [
                {
                    "summary_id": found.id,
                    "n": part.n,
                    "document_id": part.document_id,
                    "heading": part.heading[:300],
                    "passages": [asdict(one) for one in part.passages],
                }
                for part in planned
            ],
        )
        jobs.add(connection, "summarise", summary_id=found.id)


def _readable(kit: Kit, found: Summary) -> list[int]:
    """The documents of a summary that its person may still read: until schema 0011 SQLite gave the number of a removed
    one again, perhaps to somebody else's."""
    owner = next(one for one in accounts.list_users(kit) if one.id == found.user_id)
    return [one for one in found.documents if library.reachable(kit, owner, one)]


def _keep_note(kit: Kit, found: Summary, part: SummaryPart, items: Sequence[NoteItem], dropped: int) -> None:
    this = (summary_parts.c.summary_id == found.id, summary_parts.c.n == part.n, summary_parts.c.notes.is_(None))
    with kit.db.write() as connection:
        kept = {"notes": [asdict(one) for one in items], "dropped": dropped}
        if not connection.execute(update(summary_parts).where(*this).values(**kept)).rowcount:
            return  # noted already by a job that ran twice, or removed
        still = select(summaries.c.id).where(summaries.c.id == found.id, summaries.c.state.in_(rows.OPEN))
        if connection.execute(still).first():
            jobs.add(connection, "summarise", summary_id=found.id)


def _merge(kit: Kit, found: Summary) -> None:
    noted = [item for part in found.parts for item in part.items or ()]
    chosen, left_out = merging.merged(kit, found, noted)
    text = lines.written(found.passages, chosen)
    by_model = any(not item.quoted for item in noted)
    rows.move(
        kit,
        found.id,
        state=AttemptState.DONE,
        text=text,
        support=[asdict(one) for one in lines.supported(text, found.passages, chosen)],
        left_out=left_out,
        by_model=by_model,
        engine=kit.engine.state().model if by_model else "",
        finished_at=now(),
    )
