"""The migrations build exactly the tables of ``store.tables``, and can be taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from service.errors import Conflict
from service.store.db import HEAD, MIGRATIONS, Database
from service.store.tables import metadata


def not_full_text(_object: Any, name: str | None, kind: str, _reflected: bool, _to: Any) -> bool:
    """FTS5 keeps its shelves in tables of its own, which no metadata knows."""
    return not (kind == "table" and str(name).startswith("chunk_words"))


def test_the_migrated_schema_is_the_schema(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    assert db.migrate() is None
    with db.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": not_full_text})
        assert compare_metadata(context, metadata) == []
    db.close()


def test_no_number_that_others_may_keep_is_given_again(tmp_path: Path) -> None:
    """Alembic compares no AUTOINCREMENT, and a table made anew loses it unless told."""
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    db.migrate()
    with db.read() as connection:
        made = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '% AUTOINCREMENT%'"))
        assert set(made.scalars()) == {one.name for one in metadata.tables.values() if one.kwargs}
    db.close()


def test_the_newest_revision_is_known_without_asking(tmp_path: Path) -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_what_was_there_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    with db.write() as connection:
        connection.execute(text("CREATE TABLE old (word TEXT)"))
        connection.execute(text("INSERT INTO old VALUES ('còn đây')"))
    backup = db.migrate()
    assert backup is not None and db.current()
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT word FROM old").fetchone() == ("còn đây",)
    copy.close()
    assert db.migrate() is None
    db.close()


def test_data_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    db.migrate()
    with db.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="mới hơn"):
        db.migrate()
    db.close()


def test_words_keep_their_marks(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    db.migrate()
    with db.write() as connection:
        connection.execute(text("INSERT INTO chunk_words(rowid, exact, folded) VALUES (7, 'hòa 30\ue0002020', 'hoa')"))
        found = text("SELECT rowid FROM chunk_words WHERE chunk_words MATCH :query")
        assert connection.execute(found, {"query": 'exact : ("hòa")'}).scalar() == 7
        assert connection.execute(found, {"query": 'exact : ("hoa")'}).scalar() is None
        assert connection.execute(found, {"query": 'exact : ("30\ue0002020")'}).scalar() == 7
        assert connection.execute(found, {"query": 'exact : ("2020")'}).scalar() is None
    db.close()


def test_the_migrations_can_be_taken_back(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'hv.sqlite3'}")
    db.migrate()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with db.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    db.close()
