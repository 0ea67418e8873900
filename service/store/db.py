"""Open the database, bring it up to date, and hand out connections.

SQLite runs in WAL mode with foreign keys on, waits 15 s for another writer, and a write transaction begins with
BEGIN IMMEDIATE, so two writers queue up instead of failing at commit. Before each migration of a file that holds
data a copy is set beside it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url

from service.errors import Conflict

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0013"
"""The newest revision there (a test compares): loading Alembic only to ask would slow down every start."""


def now() -> datetime:
    """This moment in UTC; the only clock of the project's records."""
    return datetime.now(UTC)


class Database:
    """One database. ``read()`` and ``write()`` give a connection inside one short transaction."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        if self.sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self.path = Path(parsed.database) if self.sqlite and parsed.database else None
        options: dict[str, Any] = {"connect_args": {"timeout": 15, "check_same_thread": False}} if self.sqlite else {}
        # Every open stream may hold a connection for a moment; the default pool of 15 is too small for a class.
        self.engine: Engine = create_engine(url, pool_size=20, max_overflow=100, pool_timeout=30, **options)
        # SQLite's writers ask again and again, and who is unlucky for 15 s fails; those of one process stand in line.
        self._line: AbstractContextManager[object] = threading.Lock() if self.sqlite else nullcontext()
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_immediate)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: one consistent picture, never blocked by a writer."""
        with self.engine.connect().execution_options(hocvu_read=True) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection for writing: all or nothing, committed at the end of the block."""
        with self._line, self.engine.begin() as connection:
            yield connection

    def migrate(self) -> Path | None:
        """Bring the schema up to date; returns the backup made before, if there was anything to lose.

        Raises ``Conflict`` when a newer Học Vụ has written the data.
        """
        if self.current():
            return None
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        with self.read() as connection:
            names = inspect(connection).get_table_names()
        backup = self.backup(f"truoc-nang-cap-{self._revision() or 'dau'}") if names else None
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._free() as connection, connection.begin():
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise Conflict(
                    "Dữ liệu này do một phiên bản Học Vụ mới hơn ghi nên phiên bản này không mở. "
                    "Dữ liệu không bị thay đổi; anh/chị dùng lại phiên bản mới."
                ) from error
        return backup

    def _free(self) -> Connection:
        """A connection closed after use, on which SQLite minds no foreign keys: a migration may drop a table to make it
        anew, and what belongs to its rows must stay. Only outside a transaction can they be switched off."""
        connection = self.engine.connect()
        connection.detach()
        if self.sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        return connection

    def current(self) -> bool:
        """True when the schema is the one this version works with."""
        return self._revision() == HEAD

    def _revision(self) -> str | None:
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()

    def backup(self, name: str, folder: Path | None = None) -> Path | None:
        """Copy a live SQLite database safely; returns the new file. Other databases have their own tools: None."""
        if self.path is None:
            return None
        folder = folder or self.path.parent / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}-{now():%Y%m%d-%H%M%S-%f}.sqlite3"
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        return target

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    reading = connection.get_execution_options().get("hocvu_read")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
