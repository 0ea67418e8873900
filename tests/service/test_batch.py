"""Many answers in the background: all come, one failure is its own, people come first, the common text is read once."""

from __future__ import annotations

import time
from contextlib import closing
from types import SimpleNamespace
from typing import Any, cast

import pytest

from service import batch
from service.engines.scripted import ScriptedEngine
from service.errors import ContextTooLong, EngineAbsent, EngineBusy
from service.kit import Kit
from service.records import Answered, Failed, Finish, Lane, Message, Options
from tests.service.engine_bundled import conversation, opened, said


def over(engine: object) -> Kit:
    return cast(Kit, SimpleNamespace(engine=engine))


def asked(*prompts: str, **options: Any) -> list[batch.Asked]:
    return [((Message("system", "chung"), Message("user", prompt)), Options(**options)) for prompt in prompts]


def echo(messages: Any) -> str:
    return f"{messages[-1].content} xong"


def test_all_are_answered_in_the_background() -> None:
    engine = ScriptedEngine(echo)
    found = {one.n: one for one in batch.answers(over(engine), asked("một", "hai", "ba", owner="lan"))}
    assert [found[n].text for n in range(3)] == ["một xong", "hai xong", "ba xong"]
    assert all(isinstance(one.end, Finish) and one.end.reason == "stop" for one in found.values())
    assert {options.lane for _, options in engine.asked} == {Lane.BACKGROUND}
    assert len({options.owner for _, options in engine.asked}) == 3  # else they would take each other's place
    assert [messages[0].content for messages in engine.read] == ["chung"]


def test_nothing_is_pinned_for_a_single_one() -> None:
    engine = ScriptedEngine(echo)
    assert len([*batch.answers(over(engine), asked("một"))]) == 1
    assert [*batch.answers(over(engine), [])] == []
    assert engine.read == []


def test_one_that_does_not_fit_costs_the_others_nothing() -> None:
    ask = asked("một", "hai " * 50, "ba", max_tokens=10)
    found = {one.n: one for one in batch.answers(over(ScriptedEngine(echo, context=30)), ask)}
    assert isinstance(found[1].end, Failed) and found[1].end.code == ContextTooLong.code
    assert [found[0].text, found[2].text] == ["một xong", "ba xong"]


def test_a_full_queue_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BUSY", 0.0)
    full = iter([True, False])

    class Full(ScriptedEngine):
        def stream(self, messages: Any, options: Options) -> Any:
            if next(full):
                raise EngineBusy(limit=1)
            return super().stream(messages, options)

    [one] = batch.answers(over(Full(echo)), asked("một"))
    assert one.text == "một xong"


def test_closing_stops_what_is_being_written() -> None:
    with opened(seats=4) as engine:
        ask = [(conversation(n), Options(max_tokens=5 if n == 0 else 600)) for n in range(6)]
        answers = batch.answers(over(engine), ask)
        assert next(answers).n == 0
        answers.close()
        deadline = time.monotonic() + 20  # the wheel frees them before its next step
        while (figures := engine.figures()).seats_busy + figures.waiting:
            assert time.monotonic() < deadline, figures
            time.sleep(0.01)  # another thread frees them; nothing tells when
        assert figures.answers["stop"] + figures.answers["length"] == 1


def test_without_a_model_it_is_said_at_once() -> None:
    with opened(None) as engine, pytest.raises(EngineAbsent):
        list(batch.answers(over(engine), asked("một", "hai")))


def test_the_common_text_is_read_once_and_people_come_first() -> None:
    with opened(seats=2) as engine:
        ask = [(conversation(n, shared=8), Options(max_tokens=30)) for n in range(5)]
        with closing(batch.answers(over(engine), ask)) as answers:
            found: list[Answered] = [next(answers)]
            said(engine.stream(conversation(9), Options(max_tokens=3, owner="lan")))  # a seat is free for her
            assert engine.figures().waiting or engine.figures().seats_busy
            found += answers
        read = sum(one.end.prompt_tokens - one.end.shared_tokens for one in found if isinstance(one.end, Finish))
        assert read < 5 * 60
        assert {one.n for one in found} == {*range(5)}
