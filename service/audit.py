"""The audit: who opened whose work, and who did what to which account. Written as it happens; administrators read it.

Of what was read only the number is kept, never the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from service.kit import Kit
from service.records import Noted, Stretch, User
from service.store.db import now
from service.store.stretches import stretch
from service.store.tables import attempts, audit, experiments, hand_ins, users

SHOWN = 100
"""Entries of one page."""
OF_SOMEBODY: dict[str, Table] = {
    "attempt.read": attempts,
    "hand_in.read": hand_ins,
    "experiment.read": experiments,
}
"""The deeds whose subject is the number of somebody's work, and where that lies."""
_OF_A_PERSON = "progress.read"  # its subject is the number of a person


def note(kit: Kit, user: User | None, deed: str, subject: str) -> None:
    """Write down who did what to what; never the text itself."""
    with kit.db.write() as connection:
        row = {"at": now(), "user_id": user.id if user else None, "deed": deed[:40], "subject": subject[:120]}
        connection.execute(insert(audit).values(**row))


def listed(kit: Kit, start: int = 0) -> Stretch[Noted]:
    """What was noted, the newest first, from ``start`` on; whose work it was where that is still there."""
    found = select(audit, users.c.display_name, users.c.name).outerjoin(users, users.c.id == audit.c.user_id)
    with kit.db.read() as connection:
        shown = stretch(connection, found.order_by(audit.c.id.desc()), start, SHOWN)
        owners = {deed: _owners(connection, deed, shown) for deed in (*OF_SOMEBODY, _OF_A_PERSON)}
    return shown.map(lambda row: _entry(row, owners))


def _owners(connection: Connection, deed: str, shown: Iterable[Row[Any]]) -> dict[str, str]:
    """The names of those whose work is meant, by the number of it."""
    numbers = {int(row.subject) for row in shown if row.deed == deed and row.subject.isdecimal()}
    if deed == _OF_A_PERSON:
        found = select(users.c.id, users.c.display_name).where(users.c.id.in_(numbers))
    else:
        work = OF_SOMEBODY[deed]
        found = select(work.c.id, users.c.display_name).join(users, users.c.id == work.c.user_id)
        found = found.where(work.c.id.in_(numbers))
    return {str(number): name for number, name in connection.execute(found)}


def _entry(row: Row[Any], owners: dict[str, dict[str, str]]) -> Noted:
    return Noted(
        at=row.at,
        who=row.display_name or "",
        login=row.name or "",
        deed=row.deed,
        subject=row.subject,
        owner=owners.get(row.deed, {}).get(row.subject, ""),
    )
