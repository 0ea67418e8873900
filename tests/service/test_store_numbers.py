"""The number of what was removed is never given again: what still holds it finds nothing, and nobody else's."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select, text

from service import accounts, ask, experiments, library, summarise, worker
from service.embedders.hashing import HashingEmbedder
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, open_kit
from service.records import AttemptState, Document, Role, User
from service.settings import Settings
from service.store import db as store
from service.store.db import MIGRATIONS, Database, now
from service.store.tables import documents, experiments as experiment_rows
from tests.conftest import quiet, set_up
from tests.service.test_ask import CLERKS

People = dict[str, User]
QUESTION = "Kinh phí tiêm phòng là bao nhiêu?"


def send(kit: Kit, user: User, name: str, words: str = CLERKS) -> Document:
    document = library.accept(kit, user, name, words.encode())
    library.index(kit, document.id)
    return document


# ── what is removed ─────────────────────────────────────────────────────────────────────────────


def a_document(kit: Kit, user: User) -> int:
    return send(kit, user, "a.txt", "Giao ban.").id


def a_question(kit: Kit, user: User) -> int:
    return ask.begin(kit, user, QUESTION).id


def a_summary(kit: Kit, user: User) -> int:
    return summarise.begin(kit, user, [library.shelf(kit, user)[0].id], 200).id


def an_experiment(kit: Kit, user: User) -> int:
    values: dict[str, Any] = {"user_id": user.id, "exercise_id": "x", "exercise_hash": "x", "kind": "parts"}
    values |= {"variants": [], "state": AttemptState.DONE, "created_at": now()}
    with kit.db.write() as connection:
        made = connection.execute(insert(experiment_rows).values(values).returning(experiment_rows.c.id))
        return int(made.scalar_one())


@pytest.mark.parametrize(
    ("make", "remove"),
    [
        (a_document, library.remove),
        (a_question, ask.remove),
        (a_summary, summarise.remove),
        (an_experiment, experiments.remove),
    ],
)
def test_no_number_is_given_twice(
    kit: Kit,
    people: People,
    make: Callable[[Kit, User], int],
    remove: Callable[[Kit, User, int], None],
) -> None:
    send(kit, people["lan"], "Kế hoạch.txt")
    given = set[int]()
    for user in (people["lan"], people["lan"]):
        number = make(kit, user)
        remove(kit, user, number)
        assert number not in given
        given.add(number)


def test_a_waiting_summary_never_reads_what_came_after(kit: Kit, people: People) -> None:
    mine = send(kit, people["lan"], "Của Lan.txt")
    begun = summarise.begin(kit, people["lan"], [mine.id], 200)
    library.remove(kit, people["lan"], mine.id)
    send(kit, people["minh"], "Của Minh.txt", "Kinh phí của Minh là 5 triệu đồng, nộp trước ngày 3 tháng 12 năm 2026.")
    while worker.run_once(kit):
        pass
    done = summarise.get(kit, people["lan"], begun.id)
    assert done.state is AttemptState.FAILED
    assert not done.passages and "Minh" not in done.text


def test_a_summary_never_reads_what_somebody_else_has_under_an_old_number(kit: Kit, people: People) -> None:
    """As data folders may hold it from the time when SQLite gave the number of the newest document again."""
    lan, minh = people["lan"], people["minh"]
    kept, gone = send(kit, lan, "Còn.txt", "Giao ban ngày 5 tháng 1 năm 2027."), send(kit, lan, "Của Lan.txt")
    begun = [summarise.begin(kit, lan, chosen, 200) for chosen in ([gone.id], [kept.id, gone.id])]
    for one in begun:
        summarise.stop(kit, lan, one.id)
    library.remove(kit, lan, gone.id)
    with kit.db.write() as connection:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'documents'")
    other = send(kit, minh, "Của Minh.txt", "Kinh phí của Minh là 5 triệu đồng, nộp trước ngày 3 tháng 12 năm 2026.")
    assert other.id == gone.id
    for one in begun:
        summarise.go_on(kit, lan, one.id)
    while worker.run_once(kit):
        pass
    alone, both = (summarise.get(kit, lan, one.id) for one in begun)
    assert alone.state is AttemptState.FAILED and not alone.passages
    assert both.state is AttemptState.DONE and {one.document_id for one in both.passages} == {kept.id}
    assert "Minh" not in both.text


# ── data folders from before ────────────────────────────────────────────────────────────────────

BEFORE = "0010"
"""The last revision under which SQLite gave numbers again."""
LATER = ("classes", "class_exercises", "class_members", "class_pins", "class_votes")
"""Tables that came after it: a data folder from then has nothing in them."""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder of the last version before: the newest of everything was removed, a question names what is gone."""
    settings = set_up(tmp_path / "old")
    db = Database(settings.url)
    with db.write() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, BEFORE)
    db.close()
    with monkeypatch.context() as then:
        then.setattr(store, "HEAD", BEFORE)
        with closing(opened(settings)) as kit:
            lan = accounts.create_user(kit, "lan", "Lan", Role.LEARNER, "lan-mat-khau")
            send(kit, lan, "Kế hoạch.txt")
            gone = send(kit, lan, "Đã gỡ.txt", "Lịch giao ban đã gỡ.")
            ask.begin(kit, lan, QUESTION, [gone.id])
            kept, removed = (summarise.begin(kit, lan, [gone.id], 200) for _ in range(2))
            assert kept.id < removed.id
            library.remove(kit, lan, gone.id)
            summarise.remove(kit, lan, removed.id)
            an_experiment(kit, lan)
            while kit.index.embed_missing():
                pass
    return settings


def opened(settings: Settings) -> Kit:
    return open_kit(settings, engine=ScriptedEngine(quiet), embedder=HashingEmbedder())


def asked(path: Path, *statements: str) -> list[list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(one).fetchall() for one in statements]


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table there was before, and the index's own shelves."""
    [names] = asked(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    tables = sorted({name for (name,) in names} - {"alembic_version", "chunk_words", *LATER})
    rows = asked(path, *(f"SELECT * FROM {name} ORDER BY 1, 2" for name in tables))
    return dict(zip(tables, rows, strict=True))


def shapes(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Columns, foreign keys and indexes of every table there was before, in the words of SQLite."""
    indexes = asked(path, "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")[0]
    found = {"indexes": [one for one in indexes if one[0] not in LATER]}
    for name in content(path):
        columns, keys = asked(path, f"PRAGMA table_info({name})", f"PRAGMA foreign_key_list({name})")
        found |= {name: columns, f"{name}, keys": [one[2:] for one in keys]}  # without the numbers SQLite gives them
    return {name: sorted(one, key=str) for name, one in found.items()}


def test_an_old_data_folder_is_brought_up_whole(old: Settings) -> None:
    path = old.data / "hocvu.sqlite3"
    rows, shape = content(path), shapes(path)
    assert all(rows[name] for name in ("documents", "blocks", "chunks", "vectors", "questions", "summaries"))
    with closing(opened(old)) as kit:
        assert kit.db.current()
        assert content(path) == rows
        assert shapes(path) == shape
        assert asked(path, *(f"SELECT count(*) FROM {name}" for name in LATER)) == [[(0,)]] * len(LATER)
        assert asked(path, "PRAGMA foreign_key_check", "PRAGMA integrity_check") == [[], [("ok",)]]
        [(revision,)] = asked(path, "SELECT version_num FROM alembic_version")[0]
        assert revision == store.HEAD
        [lan] = accounts.list_users(kit)
        [plan] = library.shelf(kit, lan)
        assert kit.index.search("kinh phi tiem phong")[0].document_id == plan.id
        with kit.db.read() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        library.remove(kit, lan, plan.id)
        left = content(path)
        assert not any(left[name] for name in ("documents", "blocks", "chunks", "vectors", "indexed", "embedded"))
    copies = list((old.data / "backups").glob(f"truoc-nang-cap-{BEFORE}-*"))
    assert [content(one) for one in copies] == [rows]


def test_numbers_given_before_are_not_given_again(old: Settings) -> None:
    with closing(opened(old)) as kit:
        [lan] = accounts.list_users(kit)
        [question] = ask.history(kit, lan)
        [gone] = question.documents
        assert send(kit, lan, "Mới.txt", "Nội dung mới.").id == gone + 1
        [kept] = summarise.history(kit, lan)
        assert a_summary(kit, lan) == kept.id + 2


KILLED = """
import os, sys
from sqlalchemy import event
from service.store.db import Database
db = Database(sys.argv[1])
@event.listens_for(db.engine, "after_cursor_execute")
def die(connection, cursor, statement, *_):
    if statement.strip().startswith("DROP TABLE " + sys.argv[2]):
        os._exit(9)
db.migrate()
"""


@pytest.mark.parametrize("table", ["documents", "experiments"])
def test_killed_in_the_middle_it_begins_again(old: Settings, table: str) -> None:
    path = old.data / "hocvu.sqlite3"
    rows, shape = content(path), shapes(path)
    dead = subprocess.run([sys.executable, "-c", KILLED, old.url, table], check=False)
    assert dead.returncode == 9, "it was in the middle"
    assert (content(path), shapes(path)) == (rows, shape), "nothing has happened"
    with closing(opened(old)) as kit:
        assert (content(path), shapes(path)) == (rows, shape)
        with kit.db.read() as connection:
            assert len(connection.execute(select(documents)).all()) == 1
