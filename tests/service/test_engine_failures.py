"""A missing or broken file is told in a sentence; a failure costs the answers it hits and no others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from service.bench.ties import check_same
from service.engines.llama.engine import LlamaEngine
from service.engines.llama.model import Model
from service.engines.llama.sampling import Sampler
from service.engines.llama.wheel import Wheel
from service.errors import EngineAbsent, EngineBroken
from service.records import EnginePhase, Options
from tests.service.engine_bundled import BUNDLED, MODEL_PATH, Brake, conversation, model_of, opened, said

OPTIONS = Options(max_tokens=20)


def test_without_a_model_the_state_says_so() -> None:
    with opened(None) as engine:
        assert engine.state().phase is EnginePhase.ABSENT
        assert engine.state().detail == EngineAbsent.sentence
        with pytest.raises(EngineAbsent):
            list(engine.stream(conversation(), OPTIONS))
        with pytest.raises(EngineAbsent):
            engine.count_tokens(conversation())


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "head only", "cut", "folder"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "mo-hinh-100%.gguf"
    whole = MODEL_PATH.read_bytes()
    if damage == "folder":
        path.mkdir()
    elif damage != "missing":
        path.write_bytes(
            {"empty": b"", "text": b"xin ch\xc3\xa0o", "head only": whole[:40], "cut": whole[:4_000_000]}[damage]
        )
    engine = LlamaEngine(path)
    try:
        with pytest.raises(EngineBroken, match=r"mo-hinh-100%\.gguf"):
            list(engine.stream(conversation(), OPTIONS))
        assert engine.state().phase is EnginePhase.FAILED
        assert "mo-hinh-100%.gguf" in engine.state().detail
    finally:
        engine.close()


def test_loading_that_was_given_up_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """As when a command has said what was asked wrongly, and closes the engine while its file is read."""
    with pytest.raises(EngineBroken):
        Model(MODEL_PATH, threads=1, seats=1, shelf=0, context=None, progress=lambda part: False)
    assert caplog.records == []


def test_the_state_names_the_file_by_its_hash() -> None:
    with opened(label=BUNDLED["name"], small=True) as engine:
        state = engine.state()
        while not state.sha256:
            state = engine.state()
        assert state.sha256 == BUNDLED["sha256"]
        assert (state.model, state.small, state.context) == (BUNDLED["name"], True, BUNDLED["context"])
    assert engine.state().phase is EnginePhase.ABSENT


def test_a_file_in_the_box_that_was_changed_is_told_and_serves_on(caplog: pytest.LogCaptureFixture) -> None:
    with opened(small=True, sha256=BUNDLED["sha256"]) as right, opened(small=True, sha256="0" * 64) as wrong:
        while not (right.state().sha256 and wrong.state().sha256):
            pass
        assert (right.state().altered, wrong.state().altered) == (False, True)
        assert wrong.state().phase is EnginePhase.READY
    [told] = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert told.startswith(f"HV-MAY-SAI-TEP: {MODEL_PATH.name}")


def test_one_failing_answer_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        alone, _ = said(engine.stream(conversation(), OPTIONS))
        brake = Brake(monkeypatch, model_of(engine))
        good = engine.stream(conversation(), OPTIONS)
        next(good)
        brake.wait_for_batch()
        made: list[Sampler] = []
        sample = Sampler.sample

        def failing(sampler: Sampler, context: object, index: int) -> int:
            if sampler in made:
                raise RuntimeError("a fault in one answer")
            return sample(sampler, context, index)

        init = Sampler.__init__

        def marked(sampler: Sampler, options: Options, size: int) -> None:
            init(sampler, options, size)
            made.append(sampler)

        monkeypatch.setattr(Sampler, "__init__", marked)
        monkeypatch.setattr(Sampler, "sample", failing)
        bad = engine.stream(conversation(1), OPTIONS)
        next(bad)
        brake.release()
        with pytest.raises(EngineBroken):
            list(bad)
        check_same(MODEL_PATH, conversation(), OPTIONS, alone, said(good)[0])


@pytest.mark.parametrize("code", [1, -3])
def test_a_failed_batch_is_tried_again_in_smaller_pieces(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    with opened() as engine:
        alone, _ = said(engine.stream(conversation(), OPTIONS))
        model = model_of(engine)
        decode = model.decode
        sizes: list[int] = []

        def sometimes() -> int:
            sizes.append(model.batch.native.n_tokens)
            return code if sizes[-1] > 8 else decode()

        monkeypatch.setattr(model, "decode", sometimes)
        text, finish = said(engine.stream(conversation(1), OPTIONS))
        assert finish.answer_tokens == 20
        assert max(sizes) > 8
        monkeypatch.setattr(model, "decode", decode)
        for n, before in ((1, text), (0, alone)):
            check_same(MODEL_PATH, conversation(n), OPTIONS, before, said(engine.stream(conversation(n), OPTIONS))[0])


def test_an_answer_that_can_never_be_decoded_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        model = model_of(engine)
        decode = model.decode
        monkeypatch.setattr(model, "decode", lambda: -2)
        with pytest.raises(EngineBroken):
            list(engine.stream(conversation(), OPTIONS))
        monkeypatch.setattr(model, "decode", decode)
        assert said(engine.stream(conversation(), OPTIONS))[1].answer_tokens == 20


def test_a_fault_in_the_wheel_does_not_end_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        fill = Wheel._fill
        faults = [RuntimeError("a fault in the wheel")]

        def once(wheel: Wheel, room: int) -> list[object]:
            parts = fill(wheel, room)
            if parts and faults:
                raise faults.pop()
            return parts  # type: ignore[return-value]

        monkeypatch.setattr(Wheel, "_fill", once)
        with pytest.raises(EngineBroken):
            list(engine.stream(conversation(), OPTIONS))
        assert said(engine.stream(conversation(), OPTIONS))[1].answer_tokens == 20
        assert engine.state().phase is EnginePhase.READY


def test_closing_breaks_off_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as engine:
        events = engine.stream(conversation(), Options(max_tokens=900))
        next(events)
        engine.close()
        with pytest.raises(EngineBroken):
            list(events)


@pytest.mark.parametrize("ending", ["pass", "engine.close()", "raise SystemExit(0)", "del engine, events"])
def test_the_interpreter_ends_quietly_in_the_middle_of_an_answer(ending: str) -> None:
    program = f"""
from pathlib import Path
from service.engines import open_engine
from service.records import Message, Options
engine = open_engine("llama", model_path=Path({str(MODEL_PATH)!r}))
events = engine.stream([Message("user", "Soạn thông báo.")], Options(max_tokens=900))
for event in zip(events, range(20)):
    pass
{ending}
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
