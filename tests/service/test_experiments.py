"""Prompt experiments: what is run, kept, counted and exported; stop, restart, limits, and who may see them."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select, update

from service import exercises, experiments, models, outcomes, practice, worker
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, EngineBroken, NotFound
from service.kit import Kit
from service.records import Attempt, AttemptState, Experiment, Lane, Message, User
from service.settings import HOME
from service.store.tables import audit, trials
from service.trials import STEP

EXERCISE = "tom-tat-cong-van-tiem-phong"
PROMPT = "Bạn là chuyên viên. Tóm tắt công văn kèm theo, không quá 150 tiếng; không tự thêm số liệu."


def speak(messages: Sequence[Message]) -> str:
    """Keeps to a length only when asked for one: leaving the format out flips the check of length."""
    return "Xã tiêm phòng cho đàn vật nuôi. " * (6 if "150 tiếng" in messages[-1].content else 40)


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(speak)
    yield engine
    engine.close()


@pytest.fixture
def attempt(seeded: Kit, people: dict[str, User]) -> Attempt:
    exercise = exercises.get(seeded, people["lan"], EXERCISE)
    made = practice.begin(seeded, people["lan"], exercise, PROMPT)
    list(practice.answer(seeded, made.id))
    return made


def work(kit: Kit) -> None:
    while worker.run_once(kit, only=worker.LONG):
        pass


def done(kit: Kit, user: User, experiment: Experiment) -> Experiment:
    work(kit)
    return experiments.get(kit, user, experiment.id)


def test_each_part_is_left_out_on_two_inputs(
    seeded: Kit, engine: ScriptedEngine, people: dict[str, User], attempt: Attempt
) -> None:
    lan = people["lan"]
    found = done(seeded, lan, experiments.begin_parts(seeded, lan, attempt.id))
    assert [one.part for one in found.variants] == ["", "role", "task", "data", "format", "constraints"]
    assert (found.state, found.done, len(found.trials)) == (AttemptState.DONE, 12, 12)
    assert {(one.variant, one.input) for one in found.trials} == {
        (n, given) for n in range(6) for given in ("tiem-phong", "quy-che-hop")
    }
    asked = engine.asked[1:]
    assert {options.lane for _, options in asked} == {Lane.BACKGROUND}
    assert len({options.owner for _, options in asked}) == 12, "trials do not wait for each other"
    first, *others = experiments.lines(found)
    by_part = {line.variant.part: line for line in others}
    assert by_part["format"].worse == ("Độ dài: không quá 150 tiếng",)
    assert by_part["role"].changed == frozenset()
    assert (first.done, first.of, first.changed) == (2, 2, frozenset())
    labels = experiments.columns(found)
    assert "Độ dài" in labels and "Các phần của câu lệnh" not in labels and len(set(labels)) == len(labels)
    assert len(practice.history(seeded, lan, EXERCISE)) == 1, "a trial is no attempt"
    rows = list(csv.reader(io.StringIO(experiments.export_csv(seeded, lan, found.id).removeprefix("\ufeff"))))
    assert len(rows) == 13 and len({len(row) for row in rows}) == 1
    known = ["Lượt", "Phần bỏ đi", "Mô hình", "Độ ngẫu nhiên (%)", "Hạt giống", "Trường hợp", "Trạng thái", "Điểm"]
    assert rows[0] == [*known, "Số tiếng", *outcomes.checks_of(found), "Câu lệnh", "Kết quả"]
    whole, role = (dict(zip(rows[0], row, strict=True)) for row in rows[1:3])
    assert (whole["Phần bỏ đi"], role["Phần bỏ đi"]) == ("", "Vai trò")
    assert (whole["Độ ngẫu nhiên (%)"], whole["Trạng thái"]) == ("0", "xong")
    assert whole["Trường hợp"] == exercises.present(seeded, EXERCISE).input("tiem-phong").label
    assert whole["Điểm"] == str(round(found.trials[0].score or 0.0)), "a point would make it text in Vietnamese"


def test_settings_are_repeated_where_chance_is_let_in(
    seeded: Kit, engine: ScriptedEngine, people: dict[str, User], attempt: Attempt
) -> None:
    lan = people["lan"]
    found = experiments.begin_settings(seeded, lan, attempt.id, [("", 0.0), ("", 0.7), ("", 0.7)], repeated=3)
    found = done(seeded, lan, found)
    assert [len([one for one in found.trials if one.variant == n]) for n in (0, 1)] == [2, 6]
    assert {options.temperature for _, options in engine.asked[1:]} == {0.0, 0.7}
    assert {one.seed for one in found.trials} == {7, 8, 9}
    table = csv.DictReader(io.StringIO(experiments.export_csv(seeded, lan, found.id)))
    assert {row["Độ ngẫu nhiên (%)"] for row in table} == {"0", "70"}


def test_a_killed_and_a_stopped_experiment_go_on(seeded: Kit, people: dict[str, User], attempt: Attempt) -> None:
    lan = people["lan"]
    begun = experiments.begin_parts(seeded, lan, attempt.id)
    assert worker.run_once(seeded, only=worker.LONG)
    half = experiments.get(seeded, lan, begun.id)
    assert (half.state, half.done) == (AttemptState.RUNNING, STEP)
    with seeded.db.write() as connection:  # as a killed process leaves a trial
        last = (trials.c.experiment_id == begun.id, trials.c.n == 12)
        connection.execute(update(trials).where(*last).values(state=AttemptState.RUNNING))
    assert experiments.recover(seeded) == 1
    experiments.stop(seeded, lan, begun.id)
    assert done(seeded, lan, begun).done == STEP, "a stopped one is left alone"
    experiments.go_on(seeded, lan, begun.id)
    whole = done(seeded, lan, begun)
    assert (whole.state, whole.done) == (AttemptState.DONE, 12)
    kept = {one.n: one.answer for one in half.trials if one.state is AttemptState.DONE}
    assert kept == {one.n: one.answer for one in whole.trials if one.n in kept}


def test_what_breaks_costs_its_own_trial_only(
    seeded: Kit, engine: ScriptedEngine, people: dict[str, User], attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, told = people["lan"], []

    def break_once(messages: Sequence[Message]) -> str:
        told.append(messages)
        if len(told) == 3:
            raise EngineBroken
        return speak(messages)

    monkeypatch.setattr(engine, "_answers", break_once)
    found = done(seeded, lan, experiments.begin_parts(seeded, lan, attempt.id))
    assert found.state is AttemptState.DONE
    (broken,) = [one for one in found.trials if one.state is AttemptState.FAILED]
    assert broken.error == EngineBroken.sentence
    experiments.go_on(seeded, lan, found.id)
    assert done(seeded, lan, found).done == 12
    assert all(one.state is AttemptState.DONE for one in experiments.get(seeded, lan, found.id).trials)


def test_stop_ends_what_is_being_written(
    seeded: Kit, engine: ScriptedEngine, people: dict[str, User], attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.trials.LOOK_EVERY", 0.02)
    gate = threading.Event()
    monkeypatch.setattr(engine, "_gate", gate)
    monkeypatch.setattr(engine, "_before_gate", 0)
    lan = people["lan"]
    begun = experiments.begin_parts(seeded, lan, attempt.id)
    running = threading.Thread(target=work, args=(seeded,))
    running.start()
    while not any(one.state is AttemptState.RUNNING for one in experiments.get(seeded, lan, begun.id).trials):
        pass
    experiments.stop(seeded, lan, begun.id)
    running.join(20)  # the answers end though the gate stays shut
    gate.set()
    found = experiments.get(seeded, lan, begun.id)
    assert (found.state, found.done) == (AttemptState.STOPPED, 0)
    assert {one.state for one in found.trials} == {AttemptState.QUEUED}


def test_one_at_a_time_and_so_many_an_hour(
    seeded: Kit, people: dict[str, User], attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = people["lan"]
    monkeypatch.setattr(experiments, "AN_HOUR", 1)
    begun = experiments.begin_parts(seeded, lan, attempt.id)
    with pytest.raises(BadInput, match="chưa xong"):
        experiments.begin_parts(seeded, lan, attempt.id)
    experiments.stop(seeded, lan, begun.id)
    with pytest.raises(BadInput, match="Trong một giờ"):
        experiments.begin_parts(seeded, lan, attempt.id)
    for settings in ([("", 0.7)], [("", 0.7), ("", 0.7)], [("", 0.0), ("", 5.0)]):
        with pytest.raises(BadInput):
            experiments.begin_settings(seeded, lan, attempt.id, settings)


def test_others_do_not_see_it_and_a_trainers_reading_is_noted(
    seeded: Kit, people: dict[str, User], attempt: Attempt
) -> None:
    begun = experiments.begin_parts(seeded, people["lan"], attempt.id)
    for deed in (experiments.get, experiments.stop, experiments.go_on, experiments.remove, experiments.export_csv):
        with pytest.raises(NotFound):
            deed(seeded, people["minh"], begun.id)
    assert experiments.get(seeded, people["thu"], begun.id).id == begun.id
    with pytest.raises(NotFound):
        experiments.remove(seeded, people["thu"], begun.id)
    with pytest.raises(NotFound):
        experiments.begin_parts(seeded, people["thu"], attempt.id)
    with seeded.db.read() as connection:
        assert "experiment.read" in connection.execute(select(audit.c.deed)).scalars().all()
    experiments.remove(seeded, people["lan"], begun.id)
    work(seeded)
    with pytest.raises(NotFound):
        experiments.get(seeded, people["lan"], begun.id)


def test_another_installed_model_is_loaded_and_given_back(
    seeded: Kit, engine: ScriptedEngine, people: dict[str, User], attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scripted engine serves; a copy of the real model in the box is another one, a broken file a third."""
    seeded.settings.models.mkdir()
    other = seeded.settings.models / "khac.gguf"
    shutil.copy(next((HOME / "models").glob("*.gguf")), other)
    monkeypatch.setattr(models, "find_model", lambda settings: next((HOME / "models").glob("*.gguf")))
    lan = people["lan"]
    (seeded.settings.models / "hong.gguf").write_bytes(b"GGUF" + bytes(80))
    wanted = [("", 0.0), ("hong.gguf", 0.0), ("khac.gguf", 0.0)]
    found = done(seeded, lan, experiments.begin_settings(seeded, lan, attempt.id, wanted))
    own, broken, other_s = ([one for one in found.trials if one.variant == n] for n in range(3))
    assert found.state is AttemptState.DONE
    assert all(one.state is AttemptState.DONE and one.engine == engine.state().model for one in own)
    assert all(one.state is AttemptState.FAILED and "hong.gguf" in one.error for one in broken)
    assert all(one.state is AttemptState.DONE and one.engine == "khac" and one.answer_tokens for one in other_s)
    assert not any(thread.name == "llama" for thread in threading.enumerate()), "the other model is gone"
    monkeypatch.setattr(models, "free_memory", lambda: 500_000_000)
    with pytest.raises(BadInput, match="máy còn 500 MB"):
        experiments.begin_settings(seeded, lan, attempt.id, [("", 0.0), ("khac.gguf", 0.0)])
    with pytest.raises(NotFound):
        experiments.begin_settings(seeded, lan, attempt.id, [("", 0.0), ("../khac.gguf", 0.0)])
