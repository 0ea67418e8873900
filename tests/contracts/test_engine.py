"""What every engine keeps to: the scripted one, llama.cpp with the model in the box, and a server behind HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from service.bench.ties import check_same
from service.engines.base import Engine
from service.engines.openai_server import OpenAIServerEngine
from service.engines.scripted import ScriptedEngine
from service.errors import ContextTooLong, EngineBroken
from service.records import Delta, EnginePhase, Finish, Message, Options, Queued
from tests.contracts.model_server import model_server
from tests.service.engine_bundled import MODEL_PATH, conversation, opened, said

ANSWER = "Kính gửi: Các trường học trên địa bàn xã.\nĐề nghị các trường tổng vệ sinh, báo cáo trước ngày 15 tháng 6./."
OPTIONS = Options(max_tokens=60)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, str]]:
    """(address, key) of a server that speaks OpenAI's protocol: our own, over a scripted engine."""
    with model_server(ScriptedEngine(lambda _: ANSWER, context=1024)) as door:
        yield door


@pytest.fixture(params=["scripted", "llama", "server"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "scripted":
        yield ScriptedEngine(lambda _: ANSWER, context=1024)
    elif request.param == "server":
        url, key = request.getfixturevalue("served")
        server = OpenAIServerEngine(url, key=key)
        assert server.count_tokens(conversation())  # waits for the first look at the server
        yield server
        server.close()
    else:
        with opened(context=1024) as llama:
            yield llama


def test_it_is_ready_and_says_which_model(engine: Engine) -> None:
    state = engine.state()
    assert state.phase is EnginePhase.READY
    assert state.model
    assert state.context == 1024
    assert state.queue == 0


def test_first_the_place_then_the_text_then_one_end(engine: Engine) -> None:
    events = list(engine.stream(conversation(), OPTIONS))
    kinds = [type(event) for event in events]
    first_text = kinds.index(Delta)
    assert set(kinds[:first_text]) == {Queued}
    assert set(kinds[first_text:-1]) == {Delta}
    assert kinds[-1] is Finish


def test_the_end_counts_what_was_read_and_written(engine: Engine) -> None:
    _, finish = said(engine.stream(conversation(), OPTIONS))
    assert finish.prompt_tokens == engine.count_tokens(conversation())
    assert 0 < finish.answer_tokens <= OPTIONS.max_tokens
    assert 0 < finish.first_token_seconds <= finish.seconds


def test_the_same_question_gets_the_same_answer(engine: Engine) -> None:
    check_same(
        MODEL_PATH, conversation(), OPTIONS, *(said(engine.stream(conversation(), OPTIONS))[0] for _ in range(2))
    )


def test_it_ends_at_the_length_asked_for(engine: Engine) -> None:
    _, finish = said(engine.stream(conversation(), Options(max_tokens=5)))
    assert (finish.reason, finish.answer_tokens) == ("length", 5)


def test_no_character_is_ever_broken(engine: Engine) -> None:
    pieces = [event.text for event in engine.stream(conversation(), OPTIONS) if isinstance(event, Delta)]
    assert "".join(pieces)
    assert all(piece and "\ufffd" not in piece for piece in pieces)


def test_words_given_to_begin_with_begin_the_answer_or_are_left_out(engine: Engine) -> None:
    begun, _ = said(engine.stream(conversation(), replace(OPTIONS, opening="GIẤY MỜI\n")))
    assert begun.startswith("GIẤY MỜI\n") == (engine.name == "llama")
    assert begun.count("GIẤY MỜI\n") <= 1
    assert len(begun) > len("GIẤY MỜI\n")


def test_a_stop_string_ends_the_answer_and_is_never_shown(engine: Engine) -> None:
    for _ in range(2):  # the second time all of the prompt is there, as it will be for the third
        whole, _ = said(engine.stream(conversation(), OPTIONS))
    stop = whole[20:27]
    text, finish = said(engine.stream(conversation(), Options(max_tokens=60, stop=(stop,))))
    assert finish.reason == "stop"
    assert text == whole[: whole.index(stop)]


def test_closing_the_generator_frees_the_engine(engine: Engine) -> None:
    events = engine.stream(conversation(), Options(max_tokens=400))
    assert any(isinstance(event, Delta) for event in events)
    events.close()  # type: ignore[attr-defined]
    assert said(engine.stream(conversation(1), OPTIONS))[0]


def test_what_does_not_fit_is_refused_with_figures(engine: Engine) -> None:
    long = [Message("user", "phòng cháy " * 600)]
    with pytest.raises(ContextTooLong) as caught:
        next(engine.stream(long, Options(max_tokens=100)))
    assert caught.value.facts == {"tokens": engine.count_tokens(long), "limit": 924}


def test_many_may_ask_at_once(engine: Engine) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(said(engine.stream(conversation(n), OPTIONS))[0]))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 12
    assert all(answers)


def test_after_closing_nothing_more_is_said(engine: Engine) -> None:
    engine.close()
    engine.close()
    with pytest.raises(EngineBroken):
        list(engine.stream(conversation(), OPTIONS))
