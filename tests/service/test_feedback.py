"""Feedback: the prompt's checks before the model, the whole exercise's after it, kept and repeatable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from service import exercises, feedback, practice
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Attempt, Level, User
from service.store.tables import results as kept_results

ANSWER = "Xã tiêm đạt 80% tổng đàn, xong trước ngày 15 tháng 12 năm 2026, hiện mới đạt 38%."


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda _: ANSWER)
    yield engine
    engine.close()


@pytest.fixture
def attempt(seeded: Kit, people: dict[str, User]) -> Attempt:
    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    list(practice.answer(seeded, attempt.id))
    return attempt


def test_the_prompt_is_looked_at_without_a_model(seeded: Kit, people: dict[str, User], engine: ScriptedEngine) -> None:
    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    results = feedback.look_at_prompt(seeded, exercise, "Bạn là chuyên viên. Số của tôi là 001087654321.")
    assert {result.check for result in results} == {"prompt-has", "no-personal-data"}
    assert not any(result.passed for result in results)
    assert engine.asked == []


def test_an_invented_figure_is_found_where_it_stands(seeded: Kit, attempt: Attempt) -> None:
    feedback.grade(seeded, attempt.id)
    results = {result.check: result for result in feedback.results(seeded, attempt.id)}
    assert results["grounded-numbers"].passed is False
    spans = [span for finding in results["grounded-numbers"].findings for span in finding.spans]
    assert [ANSWER[span.start : span.end] for span in spans] == ["38%"]
    graded = practice.load(seeded, attempt.id)
    assert graded.graded_at is not None and graded.score is not None and 0 < graded.score < 100


def test_grading_twice_comes_to_the_same_end(seeded: Kit, attempt: Attempt) -> None:
    feedback.grade(seeded, attempt.id)
    once = feedback.results(seeded, attempt.id)
    feedback.grade(seeded, attempt.id)
    assert feedback.results(seeded, attempt.id) == once
    assert {type(finding.level) for result in once for finding in result.findings} == {Level}


def test_what_was_kept_with_one_passage_is_still_shown(seeded: Kit, attempt: Attempt) -> None:
    feedback.grade(seeded, attempt.id)
    this = kept_results.c.attempt_id == attempt.id
    with seeded.db.write() as connection:
        for row in connection.execute(select(kept_results).where(this)).all():
            kept = [{**one, "passage": 2} for one in row.findings]
            for one in kept:
                del one["passages"]
            connection.execute(update(kept_results).where(this, kept_results.c.n == row.n).values(findings=kept))
    found = [finding for result in feedback.results(seeded, attempt.id) for finding in result.findings]
    assert found and {finding.passages for finding in found} == {(2,)}


def test_given_up_grading_keeps_nobody_waiting(seeded: Kit, attempt: Attempt) -> None:
    feedback.give_up(seeded, reason="hỏng", attempt_id=attempt.id)
    assert practice.load(seeded, attempt.id).graded_at is not None
    assert feedback.results(seeded, attempt.id) == ()
