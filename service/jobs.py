"""The job table: work that must be done once the page has answered, and that survives a crash.

A job is added in the same transaction as the rows it speaks of. A worker claims one by an UPDATE that must change
exactly one row, and holds it by a lease that is renewed while it works; a lease that ran out (the process was killed)
makes the job claimable again. A job that fails is tried three times, each time later. This module knows names only;
the functions are in ``worker``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from service.records import Job
from service.store.db import Database, now
from service.store.tables import jobs

LEASE = timedelta(minutes=5)
TRIES = 3
WAIT = timedelta(seconds=5)
"""Before the second try; doubled for the third."""


def add(connection: Connection, name: str, **args: Any) -> int:
    """Put a job into the table, inside the caller's transaction."""
    row = insert(jobs).values(name=name, args=args, state="queued", due_at=now(), created_at=now())
    return int(connection.execute(row.returning(jobs.c.id)).scalar_one())


def claim(db: Database, worker: str, only: Collection[str] | None = None, never: Collection[str] = ()) -> Job | None:
    """Take the oldest job that is due, of the names in ``only`` and none in ``never``, or None.

    Losers of a race simply look again.
    """
    free = or_(
        and_(jobs.c.state == "queued", jobs.c.due_at <= now()),
        and_(jobs.c.state == "running", jobs.c.lease_until < now()),
    )
    free = and_(free, jobs.c.name.not_in(never), *([] if only is None else [jobs.c.name.in_(only)]))
    with db.write() as connection:
        row = connection.execute(select(jobs).where(free).order_by(jobs.c.due_at, jobs.c.id).limit(1)).first()
        if row is None:
            return None
        taken = connection.execute(
            update(jobs)
            .where(jobs.c.id == row.id, free)
            .values(state="running", worker=worker, lease_until=now() + LEASE, tries=row.tries + 1)
        )
        if taken.rowcount != 1:
            return None
        return Job(id=row.id, name=row.name, args=row.args, tries=row.tries + 1)


def renew(db: Database, job: Job) -> None:
    """Hold a job that is still being done for another lease."""
    with db.write() as connection:
        this = and_(jobs.c.id == job.id, jobs.c.state == "running")
        connection.execute(update(jobs).where(this).values(lease_until=now() + LEASE))


def finish(db: Database, job: Job) -> None:
    """The job is done."""
    with db.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job.id).values(state="done", finished_at=now()))


def fail(db: Database, job: Job, reason: str) -> bool:
    """The job broke off: queue it again later, or give up after the third try. True when given up."""
    last = job.tries >= TRIES
    values: dict[str, Any] = {"state": "failed" if last else "queued", "reason": reason[:500]}
    values |= {"finished_at": now()} if last else {"due_at": now() + WAIT * 2 ** (job.tries - 1)}
    with db.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job.id).values(**values))
    return last


def recover(db: Database) -> int:
    """At the start of the only worker: what the last process left running is queued again. Returns how many."""
    with db.write() as connection:
        left = update(jobs).where(jobs.c.state == "running").values(state="queued", due_at=now(), lease_until=None)
        return connection.execute(left).rowcount


def open_count(db: Database) -> int:
    """Jobs waiting or running."""
    with db.read() as connection:
        return len(connection.execute(select(jobs.c.id).where(jobs.c.state.in_(("queued", "running")))).all())
