"""Runs of one prompt together: what belongs to them, their mean, and k of n for each check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service import repeats
from service.records import Attempt, AttemptState, CheckResult
from service.store.db import now


def attempt(number: int, prompt: str = "Tóm tắt công văn.", score: float | None = 50.0, **given: object) -> Attempt:
    made = Attempt(number, "bai", 1, "abc", 7, number, AttemptState.DONE, prompt, now(), engine="nhỏ", score=score)
    return replace(made, **given)  # type: ignore[arg-type]


def result(passed: bool | None, check: str = "contains", metric: str = "du-y", label: str = "Đủ ý") -> CheckResult:
    return CheckResult(check, passed, float(passed or 0), "", label=label, metric=metric)


def test_the_score_of_a_prompt_is_the_mean_of_its_runs() -> None:
    past = [attempt(1, score=40.0), attempt(2, "Câu khác."), attempt(3, score=80.0), attempt(4, score=60.0)]
    found = repeats.of(past, past[3])
    assert [run.number for run in found.runs] == [1, 3, 4]
    assert found.mean == pytest.approx(60)


@pytest.mark.parametrize(
    "other",
    [
        {"input": "hai"},
        {"exercise_hash": "moi"},
        {"engine": "lớn"},
        {"user_id": 8},
        {"prompt": "Tóm tắt công văn"},
    ],
)
def test_another_input_version_model_or_word_is_no_repeat(other: dict[str, object]) -> None:
    past = [attempt(1), attempt(2, **other)]  # type: ignore[arg-type]
    assert [len(group.runs) for group in repeats.grouped(past)] == [1, 1]


def test_what_broke_off_does_not_count_and_work_by_hand_is_never_a_repeat() -> None:
    broken = [attempt(n, state=state) for n, state in enumerate((AttemptState.STOPPED, AttemptState.FAILED), 2)]
    assert [run.number for run in repeats.of([attempt(1), *broken], broken[0]).runs] == [1]
    by_hand = [attempt(1, prompt=""), attempt(2, prompt="")]
    assert len(repeats.grouped(by_hand)) == 2
    assert repeats.of(broken, broken[0]).mean is None


def test_checks_of_one_kind_are_counted_apart_and_the_ungraded_left_out() -> None:
    first = [result(True), result(False), result(None, "similar")]
    second = [result(True), result(True), result(True, "similar")]
    found = list(repeats.counts([first, second]).values())
    assert [(one.met, one.graded) for one in found] == [(2, 2), (1, 2), (1, 1)]
