"""An attempt's life: kept while written, run once by whoever claims it, replayed to everybody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from service import answering, exercises, practice, reading_ahead, worker
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotAllowed, NotFound, Secret
from service.kit import Kit
from service.practice import brief, comparison, editor
from service.records import (
    Attempt,
    AttemptState,
    CheckResult,
    Delta,
    EngineState,
    Exercise,
    Failed,
    Finish,
    Options,
    Sources,
    User,
)

ONE = "tom-tat-cong-van-tiem-phong"


@pytest.fixture
def exercise(seeded: Kit, people: dict[str, User]) -> Exercise:
    return exercises.get(seeded, people["lan"], ONE)


def run(kit: Kit, user: User, exercise: Exercise, prompt: str = "Tóm tắt công văn.") -> Attempt:
    attempt = practice.begin(kit, user, exercise, prompt)
    list(practice.answer(kit, attempt.id))
    return practice.load(kit, attempt.id)


def test_what_is_being_written_is_kept_and_becomes_the_attempt(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    assert editor.prompt_in_hand(seeded, people["lan"], exercise) == exercise.prompts[0].raw
    editor.keep(seeded, people["lan"], exercise, "Tóm")
    kept = editor.keep(seeded, people["lan"], exercise, "Tóm tắt")
    assert editor.prompt_in_hand(seeded, people["lan"], exercise) == "Tóm tắt"
    assert editor.prompt_in_hand(seeded, people["minh"], exercise) == exercise.prompts[0].raw
    assert practice.history(seeded, people["lan"], ONE) == ()
    begun = practice.begin(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    assert (begun.id, begun.number, begun.state) == (kept.id, 1, AttemptState.QUEUED)


def test_a_mask_hides_one_persons_data_whatever_machine_it_was_given_on(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    def kept(prompt: str, known: str = "") -> str:
        editor.keep(seeded, people["lan"], exercise, prompt, known)
        return editor.prompt_in_hand(seeded, people["lan"], exercise)

    text = "Tóm tắt đơn của công dân có số định danh {}."
    run(seeded, people["lan"], exercise, text.format("[CCCD_2]"))
    other = text.format("079203001234")
    assert kept(other) == kept(other) == text.format("[CCCD_3]"), "an earlier prompt may hide another person behind it"
    assert kept(other, "[CCCD_7] [SDT_9]") == text.format("[CCCD_8]"), "and so may the browser"
    editor.keep(seeded, people["minh"], exercise, other)
    assert editor.prompt_in_hand(seeded, people["minh"], exercise) == text.format("[CCCD_1]")


def test_an_answer_comes_in_order_and_is_stored_with_all_that_explains_it(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    events = list(practice.answer(seeded, attempt.id))
    assert isinstance(events[0], Sources) and events[0].passages
    assert isinstance(events[-1], Finish)
    text = "".join(event.text for event in events if isinstance(event, Delta))
    done = practice.load(seeded, attempt.id)
    assert (done.state, done.answer) == (AttemptState.DONE, text.strip())
    assert done.passages == events[0].passages
    assert all(passage.text in done.system for passage in done.passages)
    assert done.system.index("[1]") < done.system.index(f"[{len(done.passages)}]")
    assert done.engine and done.options.seed == exercise.seed


def test_a_second_reader_gets_the_same_text_and_the_model_is_asked_once(
    seeded: Kit, people: dict[str, User], exercise: Exercise, engine: ScriptedEngine
) -> None:
    attempt = run(seeded, people["lan"], exercise)
    replayed = [event.text for event in practice.answer(seeded, attempt.id) if isinstance(event, Delta)]
    assert "".join(replayed) == attempt.answer
    assert len(engine.asked) == 1


class TestWhileTheModelIsHeld:
    """A model that stops after its second piece until the gate opens."""

    @pytest.fixture
    def gate(self) -> threading.Event:
        return threading.Event()

    @pytest.fixture
    def engine(self, gate: threading.Event) -> Iterator[ScriptedEngine]:
        engine = ScriptedEngine(lambda _: "Một hai ba bốn năm sáu bảy tám chín mười.", gate=gate, before_gate=2)
        yield engine
        gate.set()
        engine.close()

    def test_closing_the_answer_keeps_its_text_as_interrupted(
        self, seeded: Kit, people: dict[str, User], exercise: Exercise
    ) -> None:
        attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt.")
        events = practice.answer(seeded, attempt.id)
        for event in events:
            if isinstance(event, Delta):
                break
        events.close()  # type: ignore[attr-defined]  # a generator
        left = practice.load(seeded, attempt.id)
        assert left.state is AttemptState.INTERRUPTED and left.answer
        assert left.answer in "Một hai ba bốn năm sáu bảy tám chín mười."

    def test_a_crash_leaves_an_interrupted_attempt_with_its_saved_text(
        self, seeded: Kit, people: dict[str, User], exercise: Exercise, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(answering, "SAVE_EVERY", 0.0)
        attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt.")
        events = practice.answer(seeded, attempt.id)
        pieces = 0
        while pieces < 2:
            pieces += isinstance(next(events), Delta)
        assert practice.load(seeded, attempt.id).state is AttemptState.RUNNING
        assert practice.recover(seeded) == 1  # what the next process does at its start
        found = practice.load(seeded, attempt.id)
        assert found.state is AttemptState.INTERRUPTED and found.answer.startswith("Một")
        events.close()  # type: ignore[attr-defined]  # a generator


class TestAModelThatBreaks:
    @pytest.fixture
    def engine(self) -> Iterator[ScriptedEngine]:
        engine = ScriptedEngine(["Một hai ba bốn năm."], break_after=1)
        yield engine
        engine.close()

    def test_the_attempt_fails_with_a_sentence_and_does_not_count(
        self, seeded: Kit, people: dict[str, User], exercise: Exercise
    ) -> None:
        attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt.")
        last = list(practice.answer(seeded, attempt.id))[-1]
        assert isinstance(last, Failed) and "đã được lưu" in last.sentence
        assert practice.load(seeded, attempt.id).state is AttemptState.FAILED
        assert isinstance(list(practice.answer(seeded, attempt.id))[-1], Failed), "a reload tells the same"


@pytest.mark.parametrize(
    ("prompt", "error", "said"),
    [
        ("   ", BadInput, "còn trống"),
        ("chữ " * 2001, BadInput, "2001 tiếng"),
        ("TỐI MẬT\nTóm tắt công văn.", Secret, "chưa được lưu"),
    ],
)
def test_what_cannot_be_run_is_told_and_not_stored(
    seeded: Kit, people: dict[str, User], exercise: Exercise, prompt: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        practice.begin(seeded, people["lan"], exercise, prompt)
    assert practice.history(seeded, people["lan"], ONE) == ()


def test_others_work_is_read_by_those_who_teach_and_never_changed(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    attempt = run(seeded, people["lan"], exercise)
    with pytest.raises(NotFound):
        practice.get(seeded, people["minh"], attempt.id)
    assert practice.get(seeded, people["thu"], attempt.id) == attempt
    with pytest.raises(NotFound):
        practice.stop(seeded, people["thu"], attempt.id)
    with pytest.raises(NotAllowed):
        practice.of_learners(seeded, people["minh"])
    assert practice.of_learners(seeded, people["thu"]).rows == ((attempt, people["lan"]),)


def test_two_attempts_are_compared_by_syllable_and_by_verdict(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    first = run(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    second = run(
        seeded, people["lan"], exercise, "Tóm tắt công văn cho Chủ tịch, không quá 150 tiếng. Chỉ dùng công văn."
    )
    while worker.run_once(seeded):
        pass
    seen = comparison.compare(seeded, people["lan"], first.id, second.id)
    assert "".join(text for op, text in seen.prompt_runs if op != "+") == first.prompt
    assert "".join(text for op, text in seen.prompt_runs if op != "-") == second.prompt
    assert seen.added > 0 and seen.unchanged > 0
    assert {type(flip.before and flip.before.passed) for flip in seen.flips} <= {bool, type(None)}


def test_a_check_whose_points_alone_moved_is_told(
    seeded: Kit, people: dict[str, User], exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = people["lan"]
    first, second = run(seeded, lan, exercise, "Tóm tắt."), run(seeded, lan, exercise, "Tóm tắt công văn.")
    told = {
        one.id: (CheckResult("has-table", False, share, "", label="Bảng"), CheckResult("contains", False, 0.0, ""))
        for one, share in ((first, 0.4), (second, 0.6))
    }
    monkeypatch.setattr("service.feedback.results", lambda _kit, attempt_id: told[attempt_id])
    seen = comparison.compare(seeded, lan, first.id, second.id)
    assert [(one.label, one.before and one.before.score) for one in seen.moved] == [("Bảng", 0.4)]
    assert (seen.flips, seen.unchanged) == ((), 1)


def test_what_does_not_fit_is_left_out_by_name(seeded: Kit, people: dict[str, User]) -> None:
    long = exercises.get(seeded, people["lan"], "tom-tat-bao-cao-cai-cach")
    attempt = run(seeded, people["lan"], long)
    assert attempt.left_out, "a report of seven pages does not fit into 4,096 tokens of the fake"
    assert len(attempt.passages) <= brief.PASSAGES
    assert [passage.number for passage in attempt.passages] == list(range(1, len(attempt.passages) + 1))


# ── reading ahead ───────────────────────────────────────────────────────────────────────────────


def test_an_exercise_that_is_opened_is_read_ahead_once(
    seeded: Kit, exercise: Exercise, engine: ScriptedEngine, people: dict[str, User]
) -> None:
    for _ in range(3):
        reading_ahead.opened(seeded, exercise, "")
    while worker.run_once(seeded):
        pass
    [read] = engine.read
    run(seeded, people["lan"], exercise)
    asked, _ = engine.asked[-1]
    assert read[0] == asked[0]  # what the class has in common, to the letter
    assert [message.role for message in read] == [message.role for message in asked]


def test_each_input_of_an_exercise_is_read_ahead(
    seeded: Kit, exercise: Exercise, engine: ScriptedEngine, people: dict[str, User]
) -> None:
    first, second = (one.id for one in exercise.inputs[:2])
    for given in (first, "", second, second):
        reading_ahead.opened(seeded, exercise, given)
    while worker.run_once(seeded):
        pass
    assert len(engine.read) == 2
    attempt = practice.begin(seeded, people["lan"], exercise, "Rút gọn giúp tôi.", given=second)
    list(practice.answer(seeded, attempt.id))
    asked, _ = engine.asked[-1]
    assert engine.read[1][0] == asked[0] != engine.read[0][0]


def test_at_start_what_is_practised_most_is_read_ahead(
    seeded: Kit, people: dict[str, User], exercise: Exercise, engine: ScriptedEngine
) -> None:
    run(seeded, people["lan"], exercise)
    reading_ahead.most_used(seeded)
    while worker.run_once(seeded):
        pass
    assert len(engine.read) == 1


def test_what_cannot_be_read_ahead_is_let_be(seeded: Kit, engine: ScriptedEngine) -> None:
    reading_ahead.read(seeded, "khong-co-bai-nay")
    engine.close()
    reading_ahead.read(seeded, ONE)
    assert engine.read == []


class Practising(ScriptedEngine):
    """Says of itself that it is the practice model."""

    def state(self) -> EngineState:
        return replace(super().state(), small=True)


def test_the_program_begins_a_draft_for_the_practice_model_only(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    drafting = replace(exercise, kind="draft")
    practising = replace(seeded, engine=Practising(lambda _: ""))

    def opening(kit: Kit, given: Exercise, prompt: str) -> str:
        return brief.begun(kit, given, prompt, Options()).opening

    assert opening(practising, drafting, "Soạn thông báo về việc tiêm phòng.") == "THÔNG BÁO\n"
    assert opening(practising, drafting, "Viết giúp tôi theo ghi chép.") == ""
    assert opening(practising, exercise, "Soạn thông báo về việc tiêm phòng.") == ""
    assert opening(seeded, drafting, "Soạn thông báo về việc tiêm phòng.") == ""
