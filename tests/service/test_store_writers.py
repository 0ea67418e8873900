"""Writers of one process stand in line: SQLite's own patience is a lottery, and a class draws too often."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import event, func, select

from service.audit import note
from service.kit import Kit
from service.records import User
from service.store.tables import audit


def test_many_writers_need_no_patience_of_the_database(kit: Kit, people: dict[str, User]) -> None:
    """SQLite is told not to wait at all, so any two writers that met there would fail."""
    kit.db.close()  # the next connections are new ones
    event.listen(kit.db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=0"))

    def write(n: int) -> None:
        note(kit, people["lan"], "test.write", str(n))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(200)))
    with kit.db.read() as connection:
        assert connection.execute(select(func.count()).where(audit.c.deed == "test.write")).scalar_one() == 200
