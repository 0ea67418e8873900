"""Stop: a waiting turn never starts, a running one keeps what is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from service import answering, practice
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import AttemptState
from tests.pages.test_practice_run import ClientOf, events, run


@pytest.fixture
def gate() -> threading.Event:
    return threading.Event()


@pytest.fixture
def engine(gate: threading.Event) -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda _: "Một hai ba bốn năm sáu bảy tám.", gate=gate, before_gate=2)
    yield engine
    gate.set()
    engine.close()


def test_a_waiting_turn_never_starts(seeded: Kit, engine: ScriptedEngine, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan)
    assert lan.post(f"/attempts/{attempt_id}/stop").status_code == 303
    assert practice.load(seeded, attempt_id).state is AttemptState.STOPPED
    assert events(lan, attempt_id)[-1] == ("finish", {"reason": "cancelled"})
    assert engine.asked == []
    assert "Máy chưa viết chữ nào" in lan.get(f"/attempts/{attempt_id}").text


def test_a_running_answer_stops_and_keeps_its_text(
    seeded: Kit, gate: threading.Event, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "LOOK_EVERY", 0.0)  # the fake writes faster than the button is looked at
    lan, other_tab = client_of("lan"), client_of("lan")
    attempt_id = run(lan)
    told: list[object] = []
    reader = threading.Thread(target=lambda: told.extend(events(lan, attempt_id)))
    reader.start()
    for _ in range(200):
        if practice.load(seeded, attempt_id).state is AttemptState.RUNNING:
            break
        threading.Event().wait(0.05)
    assert other_tab.post(f"/attempts/{attempt_id}/stop").status_code == 303
    gate.set()
    reader.join(20)
    assert told[-1] == ("finish", {"reason": "cancelled"})
    kept = practice.load(seeded, attempt_id)
    assert kept.state is AttemptState.STOPPED
    page = lan.get(f"/attempts/{attempt_id}").text
    assert "Đã dừng." in page
    assert "Chạy lại câu lệnh này" in page


def test_only_the_owner_stops(seeded: Kit, client_of: ClientOf) -> None:
    attempt_id = run(client_of("lan"))
    assert client_of("minh").post(f"/attempts/{attempt_id}/stop").status_code == 404
    assert practice.load(seeded, attempt_id).state is AttemptState.QUEUED
