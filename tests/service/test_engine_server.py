"""A model server that is down, busy, strict, broken or forgetful, and what the person then hears."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from service.engines import openai_server
from service.engines.openai_server import OpenAIServerEngine
from service.errors import ContextTooLong, EngineBroken, EngineBusy
from service.records import EnginePhase, Message, Options
from tests.service.engine_bundled import said

HELLO = [Message("system", "Ngắn gọn."), Message("user", "Chào")]
MODELS = {"data": [{"id": "gia", "max_model_len": 500}]}

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Fake:
    """A fake server: what it replies to each chat request in turn, and the bodies it was sent.

    ``tokenize`` are its replies when it is asked to count; after them it knows of no such thing.
    """

    replies: list[Reply]
    models: Any = field(default_factory=lambda: MODELS)
    tokenize: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    cut: threading.Event = field(default_factory=threading.Event)


def refuse(status: int, words: str = "", **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(words.encode())

    return reply


def speak(*pieces: str, end: str | None = "stop") -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b": xin cho\n\n")
        for piece in pieces:
            _send(handler, {"choices": [{"delta": {"content": piece}, "finish_reason": None}]})
        if end:
            _send(handler, {"choices": [{"delta": {}, "finish_reason": end}]})
            _send(handler, {"choices": [], "usage": {"prompt_tokens": 40, "completion_tokens": 9}})
            handler.wfile.write(b"data: [DONE]\n\n")

    return reply


def count(tokens: int) -> Reply:
    return refuse(200, json.dumps({"count": tokens}))


def _send(handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
    handler.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
    handler.wfile.flush()


@contextmanager
def served(fake: Fake) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(fake.models).encode())

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/tokenize":
                fake.tokenize.pop(0)(self) if fake.tokenize else self.send_error(404)
                return
            fake.asked.append(body)
            fake.replies.pop(0)(self)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    runner = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    runner.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        runner.join()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_server, "PAUSES", (0.01, 0.01))


@contextmanager
def talking(fake: Fake, **options: Any) -> Iterator[OpenAIServerEngine]:
    with served(fake) as url:
        engine = OpenAIServerEngine(url, **options)
        engine.count_tokens(HELLO)
        try:
            yield engine
        finally:
            engine.close()


def comes_true(fact: Callable[[], bool]) -> None:
    """Wait for what another thread of the engine does; nothing there tells that it is done."""
    deadline = time.monotonic() + 10
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_busy_server_is_asked_again_before_the_first_word() -> None:
    fake = Fake([refuse(503), refuse(429, Retry_After="0"), speak("Kính ", "gửi")])
    with talking(fake) as engine:
        text, finish = said(engine.stream(HELLO, Options(max_tokens=9)))
    assert (text, finish.reason, finish.prompt_tokens, finish.answer_tokens) == ("Kính gửi", "stop", 40, 9)
    assert len(fake.asked) == 3


def test_a_server_that_stays_busy_says_so() -> None:
    with talking(Fake([refuse(503)] * 3)) as engine, pytest.raises(EngineBusy, match="quá tải"):
        said(engine.stream(HELLO, Options(max_tokens=9)))


def test_after_the_first_word_nothing_is_asked_twice() -> None:
    fake = Fake([speak("Kính ", end=None), speak("lần hai")])
    heard: list[Any] = []
    with talking(fake) as engine, pytest.raises(EngineBroken, match="Không nối được"):
        heard.extend(engine.stream(HELLO, Options(max_tokens=9)))
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refuse(401), EngineBroken, "không nhận khóa"),
        (refuse(404), EngineBroken, "không có mô hình"),
        (refuse(400, "maximum context length is 500"), ContextTooLong, "đơn vị chữ"),
        (refuse(400, "strange"), EngineBroken, "không đọc được"),
    ],
)
def test_a_refusal_becomes_a_sentence(reply: Reply, error: type[Exception], words: str) -> None:
    with talking(Fake([reply])) as engine, pytest.raises(error, match=words):
        said(engine.stream(HELLO, Options(max_tokens=9)))


def test_a_strict_server_is_asked_without_the_template_option() -> None:
    fake = Fake([refuse(400, "unknown field chat_template_kwargs"), speak("Vâng")])
    with talking(fake) as engine:
        assert said(engine.stream(HELLO, Options(max_tokens=9)))[0] == "Vâng"
    assert ["chat_template_kwargs" in body for body in fake.asked] == [True, False]


def test_a_server_that_is_not_there_is_told_and_looked_for() -> None:
    engine = OpenAIServerEngine("http://127.0.0.1:9/v1")
    try:
        engine.count_tokens(HELLO)
        state = engine.state()
        assert state.phase is EnginePhase.FAILED
        assert "127.0.0.1:9" in state.detail
        with pytest.raises(EngineBroken, match="Không nối được"):
            said(engine.stream(HELLO, Options(max_tokens=9)))
    finally:
        engine.close()


@pytest.mark.parametrize("away", [refuse(503), refuse(500), refuse(429), refuse(200, "<html>")])
def test_a_server_that_is_away_for_a_moment_still_counts_afterwards(
    away: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_server, "COUNT_AGAIN", 0.0)
    with talking(Fake([], tokenize=[count(31), away, count(32)])) as engine:
        estimate = engine.count_tokens(HELLO)
        assert estimate not in (31, 32) and engine.count_tokens(HELLO) == 32


def test_while_a_server_is_away_the_others_do_not_wait_for_its_count() -> None:
    with talking(Fake([], tokenize=[refuse(503), count(32)])) as engine:
        assert engine.count_tokens(HELLO) != 32


@pytest.mark.parametrize(
    "reply", [refuse(404), refuse(405), refuse(501), refuse(200, '{"tokens": []}'), refuse(200, "[]")]
)
def test_a_server_that_does_not_count_is_asked_once(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_server, "COUNT_AGAIN", 0.0)
    with talking(Fake([], tokenize=[reply, count(32)])) as engine:
        assert engine.count_tokens(HELLO) != 32


def test_answers_are_counted_and_what_is_read_ahead_is_none() -> None:
    replies = [speak("Kính ", "gửi"), speak("Kính", end="length"), refuse(400, "strange"), speak("Kính")]
    with talking(fake := Fake(replies)) as engine:
        for _ in range(2):
            said(engine.stream(HELLO, Options(max_tokens=9)))
        with pytest.raises(EngineBroken):
            said(engine.stream(HELLO, Options(max_tokens=9)))
        engine.read_ahead(HELLO)
        comes_true(lambda: len(fake.asked) == 4 and not engine.figures().seats_busy)
        seen = engine.figures()
    assert seen.answers == {"stop": 1, "length": 1, "cancelled": 0, "failed": 1}
    assert (seen.prompt_tokens, seen.written_tokens, seen.seats) == (80, 18, 8)
    assert [one.reason for one in seen.recent] == ["stop", "length", "failed"]
    assert 0 < seen.recent[0].first_token_seconds <= seen.recent[0].seconds


def test_leaving_cuts_the_line_while_the_server_is_silent() -> None:
    fake = Fake([])

    def silent(handler: BaseHTTPRequestHandler) -> None:
        assert handler.connection.recv(1) == b""  # the other end has hung up
        fake.cut.set()

    fake.replies.append(silent)
    with talking(fake) as engine:
        events = engine.stream(HELLO, Options(max_tokens=9))
        next(events)
        while not fake.asked:
            next(events)
        events.close()
        assert fake.cut.wait(10)
        comes_true(lambda: engine.figures().answers["cancelled"] == 1)


def test_the_options_are_sent_in_openais_words() -> None:
    fake = Fake([speak("{}")])
    options = Options(
        max_tokens=7, temperature=0.5, stop=("./.",), presence_penalty=0.5, json_schema='{"type": "object"}'
    )
    with talking(fake, model="gia") as engine:
        said(engine.stream(HELLO, options))
    body = fake.asked[0]
    assert (body["model"], body["max_tokens"], body["temperature"], body["stop"]) == ("gia", 7, 0.5, ["./."])
    assert body["presence_penalty"] == 0.5
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert [one["role"] for one in body["messages"]] == ["system", "user"]


def test_a_model_that_is_not_on_the_list_is_told() -> None:
    with talking(Fake([]), model="khac") as engine:
        assert "không có mô hình" in engine.state().detail
