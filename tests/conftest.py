"""The small world every test lives in: a fresh data folder, a scripted model, and people with opposite rights."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from service import accounts, exercises, library, worker
from service.embedders.hashing import HashingEmbedder
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, open_kit
from service.records import Message, Role, User
from service.settings import Settings, share_cores

share_cores()  # several processes test on few cores, with models of two threads each

PEOPLE = {
    "lan": ("Lan", Role.LEARNER),
    "minh": ("Minh", Role.LEARNER),
    "thu": ("Thu", Role.TRAINER),
    "dung": ("Dũng", Role.EVALUATOR),
    "quan": ("Quân", Role.ADMIN),
}
"""Two learners who must never see each other's work, a trainer, an evaluator, an administrator."""

HERE = Path(__file__).resolve().parent
"""The folder of the tests."""

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Real files for some tests; a test that needs them skips where they are missing."""


def password_of(name: str) -> str:
    return f"{name}-mat-khau"


def set_up(data: Path) -> Settings:
    return Settings(data=data, secret_key="x" * 64, login_limit="1000 per minute", upload_limit="1000 per minute")


def quiet(messages: Sequence[Message]) -> str:
    return f"Máy giả đã đọc: {messages[-1].content}"


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema and the people, made once and copied for every test."""
    data = tmp_path_factory.mktemp("founded") / "data"
    with closing(open_kit(set_up(data), engine=ScriptedEngine(quiet), embedder=HashingEmbedder())) as kit:
        for name, (display_name, role) in PEOPLE.items():
            accounts.create_user(kit, name, display_name, role, password_of(name))
    return data


@pytest.fixture(scope="session")
def furnished(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the shipped sample documents indexed and the shipped exercises in place."""
    data = tmp_path_factory.mktemp("furnished") / "data"
    shutil.copytree(founded, data)
    with closing(open_kit(set_up(data), engine=ScriptedEngine(quiet), embedder=HashingEmbedder())) as kit:
        library.seed(kit)
        exercises.seed(kit)
        while worker.run_once(kit):
            pass
    return data


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a server's second start finds it: no people, the samples indexed by the embedder in the box.

    Made once for all the processes of a run; a test that starts a server copies it.
    """
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = root / "stocked"
    with FileLock(root / "stocked.lock"):
        if not data.exists():
            making = root / "stocking"
            with closing(open_kit(set_up(making), engine=ScriptedEngine(quiet))) as kit:
                library.seed(kit)
                exercises.seed(kit)
                while worker.run_once(kit) or kit.index.embed_missing():
                    pass
            making.rename(data)
    return data


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    template = "furnished" if "seeded" in request.fixturenames else "founded"
    shutil.copytree(request.getfixturevalue(template), tmp_path / "data")
    return set_up(tmp_path / "data")


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(quiet)
    yield engine
    engine.close()


@pytest.fixture
def kit(settings: Settings, engine: ScriptedEngine) -> Iterator[Kit]:
    """A kit with the schema and the people in it, nothing else (unless the test asks for ``seeded``)."""
    kit = open_kit(settings, engine=engine, embedder=HashingEmbedder())
    yield kit
    kit.close()


@pytest.fixture
def people(kit: Kit) -> dict[str, User]:
    return {user.name: user for user in accounts.list_users(kit)}


@pytest.fixture
def seeded(kit: Kit) -> Kit:
    """The kit with the shipped sample documents indexed and the shipped exercises in place."""
    return kit


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The templates, compiled once for all the apps of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def apps() -> dict[Settings, tuple[Flask, dict[str, Any]]]:
    """Applications by their settings but the data folder, each with its configuration as it was made."""
    return {}


@pytest.fixture
def app(kit: Kit, compiled: FileSystemBytecodeCache, apps: dict[Settings, tuple[Flask, dict[str, Any]]]) -> Flask:
    """The application on the kit. Making one takes 0.2 s: tests of the same settings share it, and nothing it keeps."""
    from service.app import create_app, furnish

    settings = replace(kit.settings, data=Path())
    if settings not in apps:
        made = create_app(kit)
        made.jinja_env.bytecode_cache = compiled
        apps[settings] = made, dict(made.config)
    app, config = apps[settings]
    app.config.clear()
    app.config.update(config)
    furnish(app, kit)
    return app


@pytest.fixture
def client_of(app: Flask, people: dict[str, User]) -> Callable[[str], FlaskClient]:
    """A test client signed in as one of the people."""

    def sign_in(name: str) -> FlaskClient:
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        answer = client.post("/login", data={"name": name, "password": password_of(name)})
        assert answer.status_code == 302, answer.text
        return client

    return sign_in
