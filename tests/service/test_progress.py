"""Progress: what counts as done, passed and finished, what was learnt, and who may read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from service import exercises, handwork, practice, progress
from service.checks.handwork import MISSED
from service.errors import NotFound
from service.kit import Kit
from service.progress import COURSE, Stage, learnt
from service.records import CheckResult, Exercise, Finding, Level, Span, User
from service.store.tables import attempts, audit

SORTING = "xep-the-duoc-khong-duoc"


def said(check: str, title: str, level: Level = Level.ESSENTIAL, rule: str = "") -> CheckResult:
    return CheckResult(check, False, 0.0, title, (Finding(check, level, title, rule=rule),))


def test_learnt_is_what_is_not_said_again() -> None:
    first = (said("a", "Thiếu hạn"), said("b", "Thừa dấu", rule="ND30-15"), said("c", "Dài 200 tiếng"))
    latest = (said("a", "Thiếu nơi nhận"), said("b", "Thiếu dấu", rule="ND30-15"))
    assert [one.title for one in learnt(first, latest)] == ["Thiếu hạn", "Dài 200 tiếng"]


@pytest.mark.parametrize(
    ("before", "after", "mended"),
    [
        ("«Bảng điểm…» chưa được xếp", "«Bảng điểm…» xếp chưa đúng", False),
        ("«Bảng điểm…» chưa được xếp", "«Bảng lương…» xếp chưa đúng", True),
        ("Kết quả còn thiếu: 3.200 liều; 15/11", "Kết quả chưa có «15/11»", False),
        ("Số «38%» không có trong nguồn", "Số «38%» không khớp nguồn", False),
        ("Số «38%» không có trong nguồn", "Số «40%» không có trong nguồn", True),
    ],
)
def test_what_is_wrong_in_another_way_is_not_mended(before: str, after: str, mended: bool) -> None:
    assert bool(learnt((said("a", before),), (said("a", after),))) is mended


def test_a_matter_is_known_by_its_place_its_part_and_what_is_asked_for() -> None:
    def one(title: str, check: str = "a", **told: Any) -> tuple[CheckResult, ...]:
        return (replace(said(check, title), findings=(Finding(check, Level.ESSENTIAL, title, **told),)),)

    spot = (Span(4, 9, of="text"),)
    assert not learnt(one("Còn một chỗ để lộ", spans=spot), one("Chỗ này mới che một phần", spans=spot))
    assert not learnt(one("Thiếu nhiệm vụ", part="task"), one("Còn chỗ trống", part="task"))
    assert not learnt(one("Dài 200 tiếng", expected="tối đa 150"), one("Dài 180 tiếng", expected="tối đa 150"))
    assert not learnt(one("Dài 200 tiếng", "prompt-max-words"), one("Dài 180 tiếng", "prompt-max-words"))
    assert learnt(one("Còn một chỗ để lộ", part=MISSED), one("Còn một chỗ khác", part=MISSED))


def test_praise_and_information_are_nothing_to_mend() -> None:
    first = (said("a", "Làm tốt", Level.CELEBRATORY), said("b", "Dài 54 tiếng", Level.INFORMATIVE))
    assert learnt(first, ()) == ()


def test_the_modules_stand_in_order_and_look_back_only() -> None:
    assert [module.number for module in COURSE] == [1, 2, 3, 4, 5, 6]
    assert all(before < module.number for module in COURSE for before in module.after)


def test_a_module_is_finished_at_four_fifths(seeded: Kit, people: dict[str, User]) -> None:
    some = progress.course(seeded, people["lan"])[0].standings[:5]
    assert len(some) == 5
    passed = [progress.replace(one, passed=frozenset({""})) for one in some]
    assert not Stage(COURSE[0], (*passed[:3], *some[3:])).finished
    assert Stage(COURSE[0], (*passed[:4], *some[4:])).finished
    assert not Stage(COURSE[0], ()).finished


def sorted_cards(exercise: Exercise, wrong: int) -> dict[str, dict[str, str]]:
    """The cards of the first input, ``wrong`` of them on the most careless heap that is not theirs."""
    cards = [one for one in exercise.cards if one.input == exercise.inputs[0].id]
    places = {one.id: one.level for one in cards}
    for one in [one for one in cards if one.level == exercise.levels[-1].id][:wrong]:
        places[one.id] = exercise.levels[0].id
    return {"places": places}


def test_a_learner_passes_and_sees_what_was_learnt(seeded: Kit, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], SORTING)
    handwork.hand_over(seeded, lan, exercise, sorted_cards(exercise, wrong=2))
    before = progress.course(seeded, lan, learnt=True)[0].standings[0]
    assert (before.exercise.id, before.attempts, before.gone, len(before.left)) == (SORTING, 1, (), 2)
    handwork.hand_over(seeded, lan, exercise, sorted_cards(exercise, wrong=0))
    after = progress.course(seeded, lan, learnt=True)[0].standings[0]
    assert (after.done, after.best, after.passed) == (True, 100.0, {exercise.inputs[0].id})
    assert len(after.gone) == 2
    assert after.left == ()
    assert after.won == ("Xếp thẻ",)
    assert progress.course(seeded, people["minh"], learnt=True)[0].standings[0].attempts == 0


def test_a_prompt_passes_by_the_mean_of_its_runs(seeded: Kit, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    for score in (95.0, 35.0):
        attempt = practice.begin(seeded, lan, exercise, "Tóm tắt công văn kèm theo.")
        list(practice.answer(seeded, attempt.id))
        with seeded.db.write() as connection:
            connection.execute(update(attempts).where(attempts.c.id == attempt.id).values(score=score))
    every = (one for stage in progress.course(seeded, lan) for one in stage.standings)
    standing = next(one for one in every if one.exercise.id == exercise.id)
    assert (standing.attempts, standing.first, standing.best, standing.passed) == (2, 65.0, 65.0, frozenset())


def test_what_should_come_first_advises_until_it_is_done(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    assert [one.number for one in progress.course(seeded, lan)[1].advised] == [1]
    later = next(one for one in exercises.visible(seeded, lan) if one.requirements)
    asked = exercises.get(seeded, lan, later.requirements[0])

    def advice() -> list[str]:
        every = (one for stage in progress.course(seeded, lan) for one in stage.standings)
        return [one.id for standing in every if standing.exercise.id == later.id for one in standing.advised]

    assert asked.id in advice()
    attempt = practice.begin(seeded, lan, asked, "Tóm tắt cho lãnh đạo.")
    list(practice.answer(seeded, attempt.id))
    assert asked.id not in advice()


def test_only_the_person_and_a_trainer_may_read_it(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    assert progress.person(seeded, lan, lan.id) == lan
    assert progress.person(seeded, people["thu"], lan.id) == lan
    with seeded.db.read() as connection:
        assert (str(lan.id), people["thu"].id) in {
            (row.subject, row.user_id) for row in connection.execute(select(audit)) if row.deed == "progress.read"
        }
    for reader, whose in (("minh", lan), ("dung", lan), ("thu", people["dung"])):
        with pytest.raises(NotFound):
            progress.person(seeded, people[reader], whose.id)
