"""When an exercise is passed: enough points, and no essential check failed in half of a prompt's runs or more."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert, update

from service import exercises, passing, practice, progress
from service.kit import Kit
from service.practice import reveal
from service.records import Exercise, Finding, Level, User
from service.store.tables import attempts, results

NAME = "tom-tat-cong-van-tiem-phong"
PROMPT = "Tóm tắt công văn kèm theo."


def run(kit: Kit, user: User, score: float | None, *failed: tuple[str, Level, float]) -> Exercise:
    """One run of the prompt with this score, in which these checks (label, level, weight) failed."""
    exercise = exercises.get(kit, user, NAME)
    attempt = practice.begin(kit, user, exercise, PROMPT)
    list(practice.answer(kit, attempt.id))
    with kit.db.write() as connection:
        connection.execute(update(attempts).where(attempts.c.id == attempt.id).values(score=score))
        for n, (label, level, weight) in enumerate(failed):
            said = [asdict(Finding("contains", level, "Kết quả chưa có «17 giờ 00»"))]
            kept = {"attempt_id": attempt.id, "n": n, "check_name": "contains", "label": label, "findings": said}
            kept |= {"metric": "", "of": "answer", "reason": ""}
            connection.execute(insert(results).values(**kept, passed=False, score=0.0, weight=weight))
    return exercise


def verdict(kit: Kit, user: User, exercise: Exercise) -> passing.Verdict:
    [found] = passing.verdicts(kit, exercise, practice.history(kit, user, exercise.id))
    return found


def test_points_alone_do_not_pass(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = run(seeded, lan, 74.0, ("Giữ đủ số liệu", Level.ESSENTIAL, 2.0), ("Văn phong", Level.ACTIONABLE, 1.0))
    found = verdict(seeded, lan, exercise)
    assert (found.enough, found.passed, found.to_mend) == (True, False, ("Giữ đủ số liệu",))
    past = practice.history(seeded, lan, exercise.id)
    assert reveal.passed(seeded, past, exercise) == set()
    assert not reveal.may_see(seeded, "solved", exercise, past)
    every = (one for stage in progress.course(seeded, lan) for one in stage.standings)
    standing = next(one for one in every if one.exercise.id == exercise.id)
    assert (standing.best, standing.passed, standing.to_mend) == (74.0, frozenset(), ("Giữ đủ số liệu",))


def test_what_does_not_count_holds_nobody_back(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = run(seeded, lan, 74.0, ("Tên riêng", Level.ESSENTIAL, 0.0), ("Văn phong", Level.ACTIONABLE, 1.0))
    assert verdict(seeded, lan, exercise).passed
    assert reveal.passed(seeded, practice.history(seeded, lan, exercise.id), exercise) == {exercise.inputs[0].id}


def test_too_few_points_do_not_pass_either(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = run(seeded, lan, 69.9)
    found = verdict(seeded, lan, exercise)
    assert (found.mark, found.enough, found.passed, found.to_mend) == (100 * exercise.threshold, False, False, ())
    assert passing.verdicts(seeded, exercise, ()) == ()


def test_a_check_that_most_runs_meet_is_met(seeded: Kit, people: dict[str, User]) -> None:
    lan, figures = people["lan"], ("Giữ đủ số liệu", Level.ESSENTIAL, 2.0)
    exercise = run(seeded, lan, 90.0)
    run(seeded, lan, 80.0, figures)
    assert verdict(seeded, lan, exercise).to_mend == ("Giữ đủ số liệu",), "one of two is half"
    run(seeded, lan, None, figures)
    run(seeded, lan, 90.0)
    assert verdict(seeded, lan, exercise).passed, "one of three, a run without a score left out"
