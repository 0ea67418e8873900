"""The real browser: the system's Chromium, with nothing of its own going out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect
from werkzeug.serving import make_server

from service import exercises, worker
from service.app import create_app
from service.embedders.hashing import HashingEmbedder
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, open_kit
from service.records import Exercise, Message
from tests.conftest import HERE, password_of, set_up

expect.set_options(timeout=20_000)  # the whole suite may be running on the other core

SHOTS = Path(__file__).resolve().parents[2] / "build" / "shots"
"""Where the journeys leave their screenshots, to be held beside the design."""


PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine; .ci/run installs it")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *quiet]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN", "accept_downloads": True}


@pytest.fixture(scope="session")
def shots() -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS


@contextmanager
def serve(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine, in this process; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Classroom:
    """One server and its kit, for all journeys of a module."""

    kit: Kit
    url: str

    def exercise(self, name: str) -> Exercise:
        return exercises.present(self.kit, name)


@pytest.fixture(scope="module")
def classroom(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The shipped course in this process. A fake model: to a sample prompt it gives the good answer in the box, to any
    other the weak one."""
    data = tmp_path_factory.mktemp("classroom") / "data"
    shutil.copytree(furnished, data)
    for path in (HERE / "pages" / "by_hand").glob("*.md"):
        shutil.copy(path, data / "prompts" / "exercises" / path.name)
    said: dict[str, str] = {}

    def answer(messages: Sequence[Message]) -> str:
        return said.get(messages[-1].content.strip(), "Chưa rõ việc.")

    kit = open_kit(set_up(data), engine=ScriptedEngine(answer, context=32_000), embedder=HashingEmbedder())
    for path in sorted((data / "prompts" / "exercises").glob("*.md")):
        exercise = exercises.present(kit, path.stem)
        boxed = {one.label: one.output for one in reversed(exercise.baselines)}
        labels = {"starter": "weak", "sample": "good"}
        said |= {one.raw.strip(): boxed.get(labels[one.label], "") for one in exercise.prompts if one.label in labels}
    working = worker.start(kit)
    with serve(create_app(kit)) as url:
        yield Classroom(kit, url)
    working.stop()
    kit.close()


def sign_in(page: Page, classroom: Classroom, name: str) -> None:
    """Through the door, as one of the people of a classroom."""
    page.goto(classroom.url)
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password_of(name))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hôm nay luyện gì?")).to_be_visible()
    page.wait_for_load_state()  # the scripts have run


@pytest.fixture(scope="module")
def lan(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Lan at her browser, signed in for all journeys of a module; what the console complains of fails them."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, classroom, "lan")
    yield page
    context.close()
    assert said == []


@pytest.fixture
def desk(lan: Page) -> Page:
    """Lan's browser at the size of an office screen, whatever the journey before it did."""
    lan.set_viewport_size({"width": 1366, "height": 768})
    return lan
