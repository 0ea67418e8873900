"""The stream of an answer: events in order, heartbeats in silence, and a closed page that is noticed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from service.errors import EngineBusy
from service.pages import streaming
from service.records import Delta, Failed, Finish, Passage, Queued, Sources

PASSAGE = Passage(1, 5, "Công văn 1284", 0, "Tiêm đạt 80% tổng đàn.", "", 2, 3)
TOLD = (Sources((PASSAGE,), ("Phụ lục",)), Queued(2, 45.4), Delta("Đã\nđọc"), Finish("stop", 1, 0, 2, 0.1))


def heard(stream: Iterator[bytes]) -> list[tuple[str, dict[str, Any]]]:
    frames = b"".join(stream).decode().split("\n\n")
    found = [frame.split("\n") for frame in frames if frame.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]


def stream(events: Iterator[Any], **given: Any) -> Iterator[bytes]:
    given = {"environ": {}, "seen": lambda: None, "watched": lambda: False} | given
    response = streaming.respond(events, **given)
    assert response.mimetype == "text/event-stream"
    assert response.headers["X-Accel-Buffering"] == "no"
    return iter(response.response)  # type: ignore[arg-type]


def test_events_come_in_order_and_whole() -> None:
    assert heard(stream(iter(TOLD))) == [
        ("sources", {"passages": [{"number": 1, "title": "Công văn 1284", "heading": "", "document": 5, "first": 2,
                                   "last": 3}], "left_out": ["Phụ lục"]}),
        ("queued", {"place": 2, "seconds": 45}),
        ("delta", {"text": "Đã\nđọc"}),
        ("finish", {"reason": "stop"}),
    ]  # fmt: skip


def test_an_error_becomes_an_event() -> None:
    def events() -> Iterator[Any]:
        yield Queued(0, 0)
        raise EngineBusy(limit=64)

    *_, last = heard(stream(events()))
    assert last == ("failed", {"code": "HV-MAY-DAY", "sentence": str(EngineBusy(limit=64))})


def test_what_nobody_foresaw_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def events() -> Iterator[Any]:
        yield Delta("Một")
        raise KeyError("bí mật")

    [_, (name, told)] = heard(stream(events()))
    assert name == "failed"
    assert "bí mật" not in told["sentence"]


def test_silence_is_filled_with_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT", 0.02)
    monkeypatch.setattr(streaming, "LOOK_EVERY", 0.01)
    go_on = threading.Event()

    def events() -> Iterator[Any]:
        go_on.wait(10)
        yield Finish("stop", 0, 0, 0, 0)

    sent = stream(events())
    assert next(sent).startswith(b":")
    assert next(sent).startswith(b":")
    go_on.set()
    assert heard(sent)[-1][0] == "finish"


def test_a_closed_page_frees_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LOOK_EVERY", 0.01)
    closed, go_on, left = threading.Event(), threading.Event(), threading.Event()

    def events() -> Iterator[Any]:
        try:
            yield Delta("một")
            go_on.wait(10)
            while True:
                yield Delta(" nữa")
        finally:
            closed.set()

    sent = stream(events(), environ={"waitress.client_disconnected": left.is_set})
    assert next(sent).startswith(b":")
    assert b"delta" in next(sent)
    left.set()
    assert list(sent) == []
    go_on.set()
    assert closed.wait(10), "the generator was not closed"


def test_a_watched_answer_goes_on_without_its_first_page() -> None:
    finished, reads = threading.Event(), []

    def events() -> Iterator[Any]:
        yield Delta("một")
        yield from (Delta(str(n)) for n in range(20))
        finished.set()

    def watched() -> bool:
        reads.append(True)
        return True

    sent = stream(events(), watched=watched)
    next(sent)
    sent.close()  # type: ignore[attr-defined]
    assert finished.wait(10)


def test_a_failed_answer_is_told_with_its_sentence() -> None:
    assert heard(stream(iter([Failed("HV-MAY", "Máy dừng.")]))) == [
        ("failed", {"code": "HV-MAY", "sentence": "Máy dừng."})
    ]
