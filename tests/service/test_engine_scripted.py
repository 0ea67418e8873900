"""The fake engine does what tests need and hides nothing."""

from __future__ import annotations

import threading

import pytest

from service.engines.scripted import ScriptedEngine
from service.errors import EngineBroken
from service.records import Delta, Message, Options, Queued
from tests.service.engine_bundled import said

ASK = [Message("user", "Chào máy.")]


def test_it_says_aloud_that_it_is_a_fake() -> None:
    assert "mô hình giả, chỉ để thử" in ScriptedEngine().state().model


def test_it_says_its_answers_one_after_another_and_keeps_what_was_asked() -> None:
    engine = ScriptedEngine(["Một.", "Hai."])
    assert [said(engine.stream(ASK, Options()))[0] for _ in range(2)] == ["Một.", "Hai."]
    assert engine.asked == [(tuple(ASK), Options())] * 2


def test_running_out_of_answers_is_an_error() -> None:
    with pytest.raises(AssertionError, match="asked 1 times, but only 0"):
        list(ScriptedEngine([]).stream(ASK, Options()))


def test_it_can_answer_what_it_was_asked() -> None:
    engine = ScriptedEngine(lambda messages: messages[-1].content.upper())
    assert said(engine.stream(ASK, Options()))[0] == "CHÀO MÁY."


def test_it_breaks_off_when_told() -> None:
    events = ScriptedEngine(["một hai ba"], break_after=2).stream(ASK, Options())
    assert [next(events) for _ in range(3)][1:] == [Delta("một"), Delta(" hai")]
    with pytest.raises(EngineBroken):
        next(events)


def test_it_waits_at_the_gate() -> None:
    gate = threading.Event()
    events = ScriptedEngine(["một hai"], gate=gate, before_gate=0).stream(ASK, Options())
    assert [type(next(events)) for _ in range(3)] == [Queued] * 3
    gate.set()
    assert said(events)[0] == "một hai"
