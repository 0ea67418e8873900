"""A class is its trainer's: the view from what is stored, the exercise at hand, the queue, the wall."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select, update

from service import accounts, audit, classes, exercises, feedback, jobs, practice, progress, seats, worker
from service.classes import live
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.practice import editor
from service.records import CLEARED, AttemptState, Class, EngineFigures, Live, Mark, Role, User
from service.store.tables import attempts, jobs as jobs_table
from tests.conftest import password_of

EXERCISE = "tom-tat-cong-van-tiem-phong"
BY_HAND = "xep-the-duoc-khong-duoc"
FULL = (
    "Bạn là chuyên viên Văn phòng UBND xã. Hãy tóm tắt công văn kèm theo cho Chủ tịch UBND xã, không quá 150 tiếng. "
    "Giữ nguyên ngày, giờ và số liệu; không tự thêm; thiếu thì ghi [cần bổ sung]."
)
BARE = "Tóm tắt công văn."


@pytest.fixture
def thu(people: dict[str, User]) -> User:
    return people["thu"]


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    """A class of six with Lan at seat 1 and Minh at seat 4."""
    made = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 6, EXERCISE)
    seats.join(seeded, people["lan"], made.code, 1)
    seats.join(seeded, people["minh"], made.code, 4)
    return made


def run(kit: Kit, user: User, prompt: str) -> int:
    """Run a prompt on the exercise, and have it graded."""
    attempt = practice.begin(kit, user, exercises.get(kit, user, EXERCISE), prompt)
    list(practice.answer(kit, attempt.id))
    feedback.grade(kit, attempt.id)
    return attempt.id


def marks(seen: Live, number: int) -> dict[str, Mark]:
    return dict(zip(seen.columns, seen.rows[number - 1].marks, strict=True))


@contextmanager
def statements(kit: Kit) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(kit.db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(kit.db.engine, "before_cursor_execute", note)


def test_a_class_is_its_trainers_and_the_administrators(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    ha = accounts.create_user(seeded, "ha", "Hà", Role.TRAINER, password_of("ha"))
    deeds = (
        lambda user: classes.get(seeded, user, lesson.id),
        lambda user: live.view(seeded, user, lesson.id),
        lambda user: classes.people(seeded, user, lesson.id),
        lambda user: classes.choose(seeded, user, lesson.id, EXERCISE),
        lambda user: classes.pause(seeded, user, lesson.id, True),
        lambda user: classes.clear_queue(seeded, user, lesson.id),
        lambda user: classes.free(seeded, user, lesson.id, 6),
        lambda user: classes.unpin(seeded, user, lesson.id, 1),
        lambda user: classes.set_open(seeded, user, lesson.id, True),
    )
    for deed in deeds:
        with pytest.raises(NotFound):
            deed(ha)
        for name in ("lan", "dung"):
            with pytest.raises(NotAllowed):
                deed(people[name])
        deed(people["quan"])
    assert classes.listing(seeded, ha) == ()
    assert [(one.id, taken) for one, taken in classes.listing(seeded, people["quan"])] == [(lesson.id, 2)]


def test_what_a_class_cannot_be_is_refused(seeded: Kit, thu: User) -> None:
    for name, wanted, told in (
        ("  ", 30, "Tên lớp"),
        ("x" * 121, 30, "Tên lớp"),
        ("Lớp", 0, "Số bàn"),
        ("Lớp", 201, "Số bàn"),
        ("Lớp", None, "Số bàn"),
    ):
        with pytest.raises(BadInput, match=told):
            classes.begin(seeded, thu, name, wanted)
    exercises.set_state(seeded, thu, EXERCISE, "draft")
    with pytest.raises(BadInput, match="chưa mở cho học viên"):
        classes.begin(seeded, thu, "Lớp", 30, EXERCISE)
    assert classes.listing(seeded, thu) == ()


def test_the_text_of_the_exercise_is_read_ahead_as_it_is_chosen(
    seeded: Kit, engine: ScriptedEngine, thu: User, lesson: Class
) -> None:
    with seeded.db.read() as connection:
        args = connection.execute(select(jobs_table.c.args).where(jobs_table.c.name == "read_ahead")).scalars().all()
    assert [one["exercise_id"] for one in args] == [EXERCISE]
    while worker.run_once(seeded):
        pass
    assert engine.read, "the engine has read what every prompt begins with"
    before = jobs.open_count(seeded.db)
    classes.choose(seeded, thu, lesson.id, BY_HAND)
    assert jobs.open_count(seeded.db) == before, "work by hand gives the machine nothing to read"


def test_the_view_tells_what_the_newest_attempt_was_found_to_be(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    assert set(marks(live.view(seeded, thu, lesson.id), 1).values()) == {Mark.NONE}
    run(seeded, people["lan"], BARE)
    told = marks(live.view(seeded, thu, lesson.id), 1)
    assert (told["task"], told["constraints"]) == (Mark.OK, Mark.MEND)
    run(seeded, people["lan"], FULL)
    seen = live.view(seeded, thu, lesson.id)
    assert (marks(seen, 1)["role"], marks(seen, 1)["constraints"]) == (Mark.OK, Mark.OK)
    assert set(marks(seen, 4).values()) == {Mark.NONE}
    assert [one.number for one in seen.rows if one.taken] == [1, 4]
    assert [one.number for one in seen.rows if one.answered] == [1]


def test_verdicts_on_the_answer_are_those_that_are_stored(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    attempt_id = run(seeded, people["lan"], FULL)
    stored = {one.check: one.passed for one in feedback.results(seeded, attempt_id)}
    assert stored["grounded-numbers"] is not None
    figures = {stored.get("grounded-numbers"), stored.get("keeps-numbers")} - {None}
    told = marks(live.view(seeded, thu, lesson.id), 1)
    assert told["figures"] is (Mark.MEND if False in figures else Mark.OK)


def test_a_prompt_being_written_is_seen_before_it_runs(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], EXERCISE)
    seats.looked_at(seeded, lan, exercise, feedback.look_at_prompt(seeded, exercise, BARE))
    assert marks(live.view(seeded, thu, lesson.id), 1)["constraints"] is Mark.MEND
    run(seeded, lan, FULL)
    assert marks(live.view(seeded, thu, lesson.id), 1)["constraints"] is Mark.OK
    seats.looked_at(seeded, lan, exercise, feedback.look_at_prompt(seeded, exercise, BARE))
    told = marks(live.view(seeded, thu, lesson.id), 1)
    assert told["constraints"] is Mark.MEND, "what is being written now"
    assert told["figures"] is not Mark.NONE, "what the last answer was found to be"
    other = exercises.get(seeded, lan, "soan-cong-van-don-doc")
    seats.looked_at(seeded, people["minh"], other, feedback.look_at_prompt(seeded, other, FULL))
    assert marks(live.view(seeded, thu, lesson.id), 4)["constraints"] is Mark.NONE, "not the class's exercise"


def test_what_was_done_before_the_class_does_not_show(seeded: Kit, people: dict[str, User], thu: User) -> None:
    run(seeded, people["lan"], FULL)
    made = classes.begin(seeded, thu, "Lớp chiều", 6)
    seats.join(seeded, people["lan"], made.code, 1)
    assert not live.view(seeded, thu, made.id).rows[0].answered
    classes.choose(seeded, thu, made.id, EXERCISE)
    assert not live.view(seeded, thu, made.id).rows[0].answered
    run(seeded, people["lan"], FULL)
    assert live.view(seeded, thu, made.id).rows[0].answered


def test_where_most_are_stuck(seeded: Kit, people: dict[str, User], thu: User, lesson: Class) -> None:
    run(seeded, people["lan"], BARE)
    assert live.view(seeded, thu, lesson.id).trouble is None
    run(seeded, people["minh"], BARE)
    found = live.view(seeded, thu, lesson.id).trouble
    assert found is not None and found.seats == 2 and (found.part or found.check)


def test_the_view_asks_as_much_for_forty_seats_as_for_two(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    run(seeded, people["lan"], BARE)
    with statements(seeded) as few:
        live.view(seeded, thu, lesson.id)
    big = classes.begin(seeded, thu, "Lớp lớn", 40, EXERCISE)
    folk = accounts.create_users(seeded, [(f"hv{n}", f"Người {n}", "mat-khau-dai") for n in range(8)], Role.LEARNER)
    for n, person in enumerate(folk, 1):
        seats.join(seeded, person, big.code, n)
        run(seeded, person, BARE)
    with statements(seeded) as many:
        seen = live.view(seeded, thu, big.id)
    assert sum(one.answered for one in seen.rows) == 8
    assert len(many) == len(few) <= 12  # each connection begins with a statement of its own


def test_a_seat_taken_beyond_a_smaller_class_is_still_shown(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    classes.free(seeded, thu, lesson.id, 4)
    assert [one.number for one in live.view(seeded, thu, lesson.id).rows if one.taken] == [1]
    assert seats.mine(seeded, people["minh"]) is None


# ── the queue ───────────────────────────────────────────────────────────────────────────────────


def waits(monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, *owners: User, served: tuple[str, ...] = ()) -> None:
    line = tuple(str(one.id) for one in owners)
    waits = tuple(50.0 * n for n in range(1, len(line) + 1))
    figures = EngineFigures(seats=3, seats_busy=3, waiting=len(line), served=served, line=line, waits=waits)
    monkeypatch.setattr(engine, "figures", lambda: figures)


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    """A fake model that waits for the gate before every word."""
    gate = threading.Event()
    engine = ScriptedEngine(lambda _messages: "Tiêm phòng đạt 97,3% tổng đàn.", gate=gate, before_gate=0)
    engine.gate = gate  # type: ignore[attr-defined]  # the tests open it
    gate.set()
    yield engine
    gate.set()
    engine.close()


def test_the_seat_that_is_written_for_and_those_that_come_next(
    seeded: Kit,
    engine: ScriptedEngine,
    people: dict[str, User],
    thu: User,
    lesson: Class,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("lan", "minh"):
        attempt = practice.begin(seeded, people[name], exercises.get(seeded, people[name], EXERCISE), BARE)
        with seeded.db.write() as connection:
            running = update(attempts).where(attempts.c.id == attempt.id)
            connection.execute(running.values(state=AttemptState.RUNNING))
    waits(monkeypatch, engine, people["minh"], people["dung"], served=(str(people["lan"].id), str(people["quan"].id)))
    seen = live.view(seeded, thu, lesson.id)
    assert [one.number for one in seen.rows if one.writing] == [1]
    assert (seen.writing, seen.waiting, seen.last_wait, seen.next_seats) == (1, 1, 50.0, (4,)), "the class's own"
    assert (seen.writing_elsewhere, seen.waiting_elsewhere) == (1, 1), "of other people"
    classes.clear_queue(seeded, thu, lesson.id)
    waits(monkeypatch, engine)
    seen = live.view(seeded, thu, lesson.id)
    assert [one.number for one in seen.rows if one.writing] == [1], "what was taken out is not written any more"


def test_clearing_the_queue_stops_what_waits_and_lets_be_what_is_written(
    seeded: Kit,
    engine: ScriptedEngine,
    people: dict[str, User],
    thu: User,
    lesson: Class,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate: threading.Event = engine.gate  # type: ignore[attr-defined]
    gate.clear()
    lan, minh = people["lan"], people["minh"]
    exercise = exercises.get(seeded, lan, EXERCISE)
    running = practice.begin(seeded, minh, exercise, FULL)
    writer = threading.Thread(target=lambda: list(practice.answer(seeded, running.id)))
    writer.start()
    queued = practice.begin(seeded, lan, exercise, FULL)
    elsewhere = practice.begin(seeded, people["dung"], exercise, FULL)
    while practice.load(seeded, running.id).state is not AttemptState.RUNNING:
        pass
    assert classes.clear_queue(seeded, thu, lesson.id) == 1, "what is being written is let be"
    waits(monkeypatch, engine, minh)
    assert classes.clear_queue(seeded, thu, lesson.id) == 1, "what waits in the engine's line ends"
    writer.join(10)
    gate.set()
    for user, one in ((lan, queued), (minh, running)):
        ended = practice.load(seeded, one.id)
        assert (ended.state, ended.error, ended.cleared, ended.prompt) == (AttemptState.STOPPED, CLEARED, True, FULL)
        standings = [it for stage in progress.course(seeded, user) for it in stage.standings]
        assert next(it.attempts for it in standings if it.exercise.id == EXERCISE) == 0
        assert editor.prompt_in_hand(seeded, user, exercise) == FULL
    assert practice.load(seeded, elsewhere.id).state is AttemptState.QUEUED
    assert classes.clear_queue(seeded, thu, lesson.id) == 0


def test_what_was_cleared_leaves_all_attempts_to_the_person(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    once = replace(exercises.get(seeded, people["lan"], EXERCISE), max_attempts=1)
    practice.begin(seeded, people["lan"], once, FULL)
    with pytest.raises(BadInput, match="đã làm đủ"):
        practice.begin(seeded, people["lan"], once, FULL)
    classes.clear_queue(seeded, thu, lesson.id)
    assert practice.begin(seeded, people["lan"], once, FULL).number == 2


# ── the wall ────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_pinned_without_a_name_and_taken_off_again(
    seeded: Kit, people: dict[str, User], thu: User, lesson: Class
) -> None:
    attempt_id = run(seeded, people["lan"], FULL)
    classes.pin(seeded, thu, lesson.id, attempt_id, "  Câu lệnh có dặn   thiếu thì ghi. ")
    [pinned] = classes.wall(seeded, lesson)
    assert pinned.text == practice.load(seeded, attempt_id).answer
    assert pinned.note == "Câu lệnh có dặn thiếu thì ghi."
    assert "lan" not in repr(pinned).lower().replace("lanh", "")
    assert [one.subject for one in audit.listed(seeded) if one.deed == "attempt.read"] == [str(attempt_id)]
    classes.pin(seeded, thu, lesson.id, attempt_id, "Lời mới.")
    assert [one.note for one in classes.wall(seeded, lesson)] == ["Lời mới."]
    classes.unpin(seeded, thu, lesson.id, attempt_id)
    assert classes.wall(seeded, lesson) == ()


def test_what_may_not_be_pinned(seeded: Kit, people: dict[str, User], thu: User, lesson: Class) -> None:
    stranger = run(seeded, people["dung"], FULL)
    with pytest.raises(NotFound):
        classes.pin(seeded, thu, lesson.id, stranger)
    waiting = practice.begin(seeded, people["minh"], exercises.get(seeded, people["minh"], EXERCISE), FULL)
    with pytest.raises(BadInput, match="chưa có kết quả viết xong"):
        classes.pin(seeded, thu, lesson.id, waiting.id)
    done = [run(seeded, people["lan"], f"{FULL} {n}") for n in range(classes.MOST_PINS + 1)]
    with pytest.raises(BadInput, match="dài quá 300 ký tự"):
        classes.pin(seeded, thu, lesson.id, done[0], "x" * 301)
    for one in done[:-1]:
        classes.pin(seeded, thu, lesson.id, one)
    with pytest.raises(BadInput, match="Đã ghim đủ 6 kết quả"):
        classes.pin(seeded, thu, lesson.id, done[-1])
