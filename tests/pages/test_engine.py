"""Trainers see how busy the model is; Prometheus may ask from this machine; learners see neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from service.engines.scripted import ScriptedEngine
from service.records import AnswerFigures, EngineFigures, Lane

SEEN = EngineFigures(
    answers={"stop": 3, "length": 1, "cancelled": 0, "failed": 0},
    prompt_tokens=4000,
    shared_tokens=3000,
    written_tokens=320,
    seats=8,
    seats_busy=2,
    waiting=5,
    cells=1000,
    cells_used=250,
    recent=(AnswerFigures("length", Lane.PEOPLE, 1000, 900, 64, 1.5, 2.0, 5.0),),
)


@pytest.fixture(autouse=True)
def seen(engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "figures", lambda: SEEN)


def test_a_trainer_sees_answers_and_the_whole(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("thu").get("/manage/engine")
    assert page.status_code == 200
    for text in ("1,5 giây", "2 trên 8 chỗ", "5 lượt", "75%", "25%", "đủ độ dài", "21"):
        assert text in page.text, text


def test_before_the_first_answer_the_page_says_so(
    client_of: Callable[[str], FlaskClient], engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "figures", EngineFigures)
    assert "Chưa có câu trả lời nào" in client_of("quan").get("/manage/engine").text


def test_what_happens_inside_a_server_is_not_given_as_zero(
    client_of: Callable[[str], FlaskClient], engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = ("Bộ nhớ chữ đang dùng", "Mỗi bước đầy bao nhiêu", "Tốc độ viết, một người")
    assert all(label in client_of("thu").get("/manage/engine").text for label in inside)
    monkeypatch.setattr(engine, "figures", lambda: replace(SEEN, cells=0, cells_used=0))
    page = client_of("thu").get("/manage/engine").text
    assert "Đã trả lời" in page and not any(label in page for label in inside)


def test_a_stuck_engine_is_told(
    client_of: Callable[[str], FlaskClient], engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "figures", lambda: EngineFigures(stalled_seconds=130.0))
    assert "Máy trả lời bị treo 130 giây rồi" in client_of("thu").get("/manage/engine").text


def test_a_model_file_that_was_changed_is_told(
    client_of: Callable[[str], FlaskClient], engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "không đúng mã kiểm tra SHA-256"
    assert said not in client_of("thu").get("/manage/engine").text
    state = replace(engine.state(), altered=True)
    monkeypatch.setattr(engine, "state", lambda: state)
    assert said in client_of("thu").get("/manage/engine").text


def test_learners_and_strangers_do_not(client_of: Callable[[str], FlaskClient], app: object) -> None:
    assert client_of("lan").get("/manage/engine").status_code == 403
    assert app.test_client().get("/manage/engine").status_code == 302  # type: ignore[attr-defined]


def test_prometheus_may_ask_from_this_machine(app: object) -> None:
    answer = app.test_client().get("/metrics")  # type: ignore[attr-defined]
    assert answer.content_type.startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'hocvu_engine_answers_total{reason="stop"} 3.0' in lines
    assert 'hocvu_engine_prompt_tokens_total{source="shared"} 3000.0' in lines
    assert "hocvu_engine_cells_used 250.0" in lines
    assert any(line.startswith("hocvu_jobs_open ") for line in lines)


@pytest.mark.parametrize("elsewhere", [{"REMOTE_ADDR": "192.168.1.5"}, {"HTTP_X_FORWARDED_FOR": "192.168.1.5"}])
def test_from_elsewhere_only_a_trainer_may(
    client_of: Callable[[str], FlaskClient], app: object, elsewhere: dict[str, str]
) -> None:
    stranger = app.test_client()  # type: ignore[attr-defined]
    assert stranger.get("/metrics", environ_overrides=elsewhere).status_code == 302
    assert client_of("lan").get("/metrics", environ_overrides=elsewhere).status_code == 403
    assert client_of("thu").get("/metrics", environ_overrides=elsewhere).status_code == 200
