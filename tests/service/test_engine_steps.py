"""What a step takes is learned relative to a step with one row, and one interruption changes little."""

from __future__ import annotations

import pytest

from service.engines.llama.steps import MOST_ROWS, StepCosts


def test_what_is_seen_again_and_again_is_believed() -> None:
    costs = StepCosts({1: 0.006, 32: 0.06})  # the first step after loading is slow
    for _ in range(60):
        costs.observe(1, 0.002)
        costs.observe(4, 0.0038)
    assert costs.seconds(1) == pytest.approx(0.002, rel=0.05)
    assert costs.seconds(4) == pytest.approx(0.0038, rel=0.05)
    assert costs.seconds(8) == pytest.approx(0.002 * (1 + 9 * 7 / 31), rel=0.05)  # never seen: as measured at the start
    assert costs.seconds(MOST_ROWS + 9) == costs.seconds(MOST_ROWS)
    assert costs.from_rows(4, 2) == [costs.seconds(4), costs.seconds(5)]


def test_more_rows_never_take_less() -> None:
    costs = StepCosts({1: 0.002, 4: 0.001, 16: 0.008})  # one step was interrupted
    assert [costs.seconds(rows) for rows in (1, 2, 4)] == [0.002] * 3
    assert costs.seconds(4) < costs.seconds(10) < costs.seconds(16) == costs.seconds(MOST_ROWS)


def test_an_interrupted_step_counts_little() -> None:
    costs = StepCosts({1: 0.002})
    for _ in range(20):
        costs.observe(1, 0.002)
    before = costs.seconds(3)
    costs.observe(3, 5.0)
    assert before < costs.seconds(3) < 1.2 * before


def test_on_a_busy_machine_all_steps_get_dearer() -> None:
    costs = StepCosts({1: 0.002, 8: 0.006})
    relative = costs.seconds(5) / costs.seconds(1)
    for _ in range(60):
        costs.observe(1, 0.004)
    assert costs.seconds(5) == pytest.approx(0.004 * relative, rel=0.05)
    costs.observe(MOST_ROWS + 1, 1.0)  # no step of that size is weighed
