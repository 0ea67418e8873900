"""``/v1/chat/completions``: OpenAI's form, our queue, and nothing without a key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import api, keys
from service.engines.scripted import ScriptedEngine
from service.errors import TooManyAtOnce
from service.kit import Kit
from service.records import Lane, User

MODEL = "mo-hinh-gia-chi-de-thu"
HELLO = {"model": MODEL, "messages": [{"role": "user", "content": "Chào"}]}


@pytest.fixture
def secret(kit: Kit, people: dict[str, User]) -> str:
    return keys.create(kit, people["thu"], "thử")[1]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, secret: str, **changed: Any) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    return client.post("/v1/chat/completions", json=HELLO | changed, headers=headers)


def test_an_answer_has_the_known_form(client: FlaskClient, secret: str, engine: ScriptedEngine) -> None:
    told = ask(client, secret, max_tokens=60, temperature=0.3, seed=11, stop=["./."]).get_json()
    assert told["object"] == "chat.completion"
    assert told["model"] == MODEL
    choice = told["choices"][0]
    assert choice["message"] == {"role": "assistant", "content": "Máy giả đã đọc: Chào"}
    assert choice["finish_reason"] == "stop"
    assert told["usage"]["total_tokens"] == told["usage"]["prompt_tokens"] + told["usage"]["completion_tokens"]
    options = engine.asked[-1][1]
    assert (options.max_tokens, options.temperature, options.seed, options.stop) == (60, 0.3, 11, ("./.",))
    assert options.lane is Lane.BACKGROUND


def test_a_stream_has_the_known_form(client: FlaskClient, secret: str) -> None:
    answer = ask(client, secret, stream=True, stream_options={"include_usage": True})
    assert answer.mimetype == "text/event-stream"
    lines = [line[6:] for line in answer.text.split("\n\n") if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    text = "".join(choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"])
    assert text == "Máy giả đã đọc: Chào"
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["completion_tokens"] > 0


@pytest.mark.parametrize("header", [None, "Bearer hv-sai", "Basic abc", "Bearer "])
def test_without_a_key_there_is_no_answer(app: Flask, engine: ScriptedEngine, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = app.test_client().post("/v1/chat/completions", json=HELLO, headers=headers)
    assert answer.status_code == 401
    assert answer.get_json()["error"]["code"] == "HV-KHOA"
    assert engine.asked == []


def test_a_cookie_is_no_key(app: Flask, client_of: Any, engine: ScriptedEngine) -> None:
    assert client_of("thu").post("/v1/chat/completions", json=HELLO).status_code == 401
    assert engine.asked == []


@pytest.mark.parametrize(
    ("changed", "status", "param"),
    [
        ({"messages": []}, 400, "messages"),
        ({"messages": "Chào"}, 400, "messages"),
        ({"messages": [{"role": "king", "content": "x"}]}, 400, "role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400, "content"),
        ({"n": 2}, 400, "n"),
        ({"max_tokens": 0}, 400, "max_tokens"),
        ({"max_tokens": True}, 400, "max_tokens"),
        ({"temperature": "cao"}, 400, "temperature"),
        ({"stop": ["a", "b", "c", "d", "e"]}, 400, "stop"),
        ({"tools": [{"type": "function"}]}, 400, "tools"),
        ({"model": "gpt-4o"}, 404, None),
        ({"max_tokens": 100_000}, 422, None),
    ],
)
def test_what_cannot_be_is_told(
    client: FlaskClient, secret: str, engine: ScriptedEngine, changed: dict[str, Any], status: int, param: str | None
) -> None:
    answer = ask(client, secret, **changed)
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["message"].endswith(".")
    assert "đã được lưu" not in error["message"], "nothing is kept for a program"
    assert error["param"] == param
    assert engine.asked == []


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"\xff"])
def test_what_is_not_json_is_told(client: FlaskClient, secret: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    answer = client.post("/v1/chat/completions", data=body, headers=headers)
    assert answer.status_code == 400
    assert "error" in answer.get_json()


def test_a_secret_paper_is_refused(client: FlaskClient, secret: str, engine: ScriptedEngine) -> None:
    answer = ask(client, secret, messages=[{"role": "user", "content": "TỐI MẬT\nTóm tắt văn bản này"}])
    assert answer.status_code == 422
    assert answer.get_json()["error"]["code"] == "HV-MAT"
    assert engine.asked == []


def test_content_may_come_in_parts_and_decomposed(client: FlaskClient, secret: str, engine: ScriptedEngine) -> None:
    parts = [{"type": "text", "text": "Cha"}, {"type": "text", "text": "\u0300o"}]
    ask(client, secret, messages=[{"role": "developer", "content": "Ngắn."}, {"role": "user", "content": parts}])
    assert [(one.role, one.content) for one in engine.asked[-1][0]] == [("system", "Ngắn."), ("user", "Chào")]


def test_a_key_has_so_many_places(kit: Kit, people: dict[str, User]) -> None:
    key, _ = keys.create(kit, people["thu"], "thử")
    other, _ = keys.create(kit, people["dung"], "khác")
    slots = api.Slots()
    held = [slots.place(key) for _ in range(api.AT_ONCE)]
    assert [place.__enter__() for place in held] == list(range(api.AT_ONCE))
    with pytest.raises(TooManyAtOnce), slots.place(key):
        pass
    with slots.place(other) as place:
        assert place == 0
    held[3].__exit__(None, None, None)
    with slots.place(key) as place:
        assert place == 3
