"""Waiting is visible, bounded and fair; leaving is heard at once, also while the prompt is being read."""

from __future__ import annotations

import threading

import pytest

from service.engines import turns as turns_module
from service.engines.llama import engine as engine_module, wheel
from service.engines.llama.engine import LlamaEngine
from service.errors import EngineBusy
from service.records import Delta, Options, Queued
from tests.service.engine_bundled import Brake, conversation, model_of, opened, read_slowly, said

SHORT = Options(max_tokens=3)


def owned(name: str) -> Options:
    return Options(max_tokens=3, owner=name)


def test_the_place_is_told_at_once_and_again_as_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "HEARTBEAT", 0.01)
    with opened(seats=1) as engine:
        brake = Brake(monkeypatch, model_of(engine))
        first = engine.stream(conversation(), owned("an"))
        assert isinstance(next(first), Queued)
        brake.wait_for_batch()
        second = engine.stream(conversation(1), owned("binh"))
        third = engine.stream(conversation(2), owned("chi"))
        assert [next(second), next(second)] == [event for event in (next(second),) for _ in range(2)]
        place = next(third)
        assert isinstance(place, Queued)
        assert place.place == 1
        assert place.seconds > 0
        assert engine.state().queue == 2
        second.close()  # type: ignore[attr-defined]
        moved = next(third)
        assert isinstance(moved, Queued)
        assert moved.place == 0
        brake.release()
        assert said(first)[1].answer_tokens == 3
        assert said(third)[1].answer_tokens == 3


def test_the_line_is_told_and_one_may_be_let_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(seats=1) as engine:
        assert (engine.figures().line, engine.figures().last_wait_seconds) == ((), 0.0)
        brake = Brake(monkeypatch, model_of(engine))
        first, second, third = (
            engine.stream(conversation(n), owned(name)) for n, name in enumerate(("an", "binh", "chi"))
        )
        next(first)
        brake.wait_for_batch()
        next(second)
        next(third)
        seen = engine.figures()
        assert (seen.served, seen.line) == (("an",), ("binh", "chi"))
        assert 0 < seen.waits[0] < seen.waits[1] == seen.last_wait_seconds
        assert engine.advance("chi") and not engine.advance("an")
        moved = next(event for event in third if isinstance(event, Queued) and event.place == 0)
        assert moved.place == 0 and engine.figures().line == ("chi", "binh")
        brake.release()
        assert said(third)[1].answer_tokens == said(second)[1].answer_tokens == 3


def test_a_full_queue_refuses_with_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(seats=1, queue_limit=1) as engine:
        brake = Brake(monkeypatch, model_of(engine))
        first, second = (engine.stream(conversation(), owned(name)) for name in ("an", "binh"))
        next(first)
        brake.wait_for_batch()
        next(second)
        with pytest.raises(EngineBusy) as caught:
            next(engine.stream(conversation(), owned("chi")))
        assert caught.value.facts == {"limit": 1}
        brake.release()
        assert said(second)[1].reason


def test_a_newer_question_replaces_the_waiting_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        brake = Brake(monkeypatch, model_of(engine))
        running, waiting, newer = (engine.stream(conversation(n), owned("an")) for n in range(3))
        next(running)
        brake.wait_for_batch()
        next(waiting)
        next(newer)
        text, finish = said(waiting)
        assert (text, finish.reason, finish.answer_tokens) == ("", "cancelled", 0)
        brake.release()
        assert said(running)[1].reason == "length"
        assert said(newer)[1].reason == "length"


def test_closing_while_the_prompt_is_read_stops_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        model = model_of(engine)
        read_slowly(monkeypatch, model)
        brake = Brake(monkeypatch, model)
        events = engine.stream(conversation(shared=20), SHORT)
        next(events)
        brake.wait_for_batch()
        brake.let_one_through()
        brake.wait_for_batch()
        events.close()  # type: ignore[attr-defined]
        brake.release()
        said(engine.stream(conversation(1), SHORT))
        prompt = engine.count_tokens(conversation(shared=20))
        assert prompt > 300
        assert brake.sizes[:2] == [32, 32]
        assert sum(brake.sizes) < 64 + engine.count_tokens(conversation(1)) + 5


def test_closing_while_it_writes_stops_before_the_next_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        brake = Brake(monkeypatch, model_of(engine))
        events = engine.stream(conversation(), Options(max_tokens=400))
        next(events)
        brake.wait_for_batch()
        brake.let_one_through()
        assert isinstance(next(event for event in events if not isinstance(event, Queued)), Delta)
        brake.wait_for_batch()
        events.close()  # type: ignore[attr-defined]
        written = len(brake.sizes)
        brake.release()
        said(engine.stream(conversation(1), SHORT))
        assert len(brake.sizes) - written <= 3  # the three tokens of the other answer


def test_others_write_on_while_a_long_prompt_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        model = model_of(engine)
        read_slowly(monkeypatch, model)
        brake = Brake(monkeypatch, model)
        brake.release()
        writing = engine.stream(conversation(), Options(max_tokens=400))
        while not isinstance(next(writing), Delta):
            pass
        long = threading.Thread(target=said, args=(engine.stream(conversation(1, shared=30), SHORT),))
        long.start()
        long.join()
        assert 32 in brake.sizes[2:]  # a token of the first and 31 of the second
        ends = [size for size in brake.sizes if size > 32]  # a quarter more only where that ends one of the two prompts
        assert len(ends) <= 2
        assert max(ends, default=0) <= 40
        writing.close()  # type: ignore[attr-defined]


def test_the_text_of_quick_steps_is_handed_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = conversation(), Options(max_tokens=60)
    pieces: dict[float, list[str]] = {}
    with opened() as engine:
        for together in (0.0, 1e9):
            monkeypatch.setattr(wheel, "_TOGETHER", together)
            pieces[together] = [event.text for event in engine.stream(*asked) if isinstance(event, Delta)]
    assert "".join(pieces[0.0]) == "".join(pieces[1e9])
    assert len(pieces[0.0]) > 40
    assert len(pieces[1e9]) == 2  # the first words at once, the others at the end


def test_what_was_written_is_handed_out_before_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "_TOGETHER", 1e9)
    with opened() as engine:
        writing = engine.stream(conversation(), Options(max_tokens=400))
        while not isinstance(next(writing), Delta):
            pass
        said(engine.stream(conversation(1, shared=30), SHORT))
        assert isinstance(next(writing), Delta)
        writing.close()  # type: ignore[attr-defined]  # the protocol promises an iterator, ours is a generator


def test_while_it_loads_people_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    from service.engines.llama.model import Model
    from tests.service.engine_bundled import MODEL_PATH

    gate = threading.Event()
    load = Model._load

    def late(*args: object) -> object:
        gate.wait(20)
        return load(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Model, "_load", late)
    monkeypatch.setattr(engine_module, "HEARTBEAT", 0.01)
    engine = LlamaEngine(MODEL_PATH)
    try:
        assert engine.state().phase == "loading"
        assert engine.state().detail.startswith("Máy đang nạp mô hình, còn khoảng ")
        events = engine.stream(conversation(), SHORT)
        assert all(isinstance(next(events), Queued) for _ in range(3))
        gate.set()
        assert said(events)[1].answer_tokens == 3
    finally:
        gate.set()
        engine.close()


def test_batches_follow_the_speed_of_reading() -> None:
    with opened() as engine:
        model = model_of(engine)
        for _ in range(40):
            model.observe(64, 64 * 0.01)  # a second is 100 tokens
        assert 95 <= model.chunk <= 100
        for _ in range(40):
            model.observe(32, 32.0)
        assert model.chunk == 32
        for _ in range(90):
            model.observe(512, 0.01)
        assert model.chunk == 512
