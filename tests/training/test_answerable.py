"""Learning what evidence counts for: the arithmetic, and the file that it writes."""

from __future__ import annotations

import numpy as np
import pytest

from service.answerability import weights
from training.answerable import OUT, Learnt, Seen, area, judged, learn, limit, written

BAD = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 1.0])
DOUBTS = np.array([-2.0, -1.0, 0.0, 3.0, 2.0, 4.0])


def test_the_area_is_how_often_the_unanswerable_is_the_more_doubtful() -> None:
    assert area(DOUBTS, BAD) == pytest.approx(7 / 8)
    assert area(np.zeros(6), BAD) == pytest.approx(1 / 2)


def test_no_more_answerable_questions_exceed_the_limit_than_may() -> None:
    assert limit(DOUBTS, BAD, 0.25) == 0.0
    assert limit(DOUBTS, BAD, 0.0) == 3.0


def test_what_tells_gets_the_weight_and_what_never_varies_none() -> None:
    chance = np.random.default_rng(0)
    tells = chance.normal(size=400)
    rows = np.column_stack([tells, chance.normal(size=400), np.ones(400)])
    found = learn(rows, (tells + chance.normal(scale=0.3, size=400) > 0).astype(float), np.ones(400))
    assert found.weights[0] > 5 * abs(found.weights[1])
    assert found.weights[2] == pytest.approx(0)


def test_no_question_is_judged_by_what_was_learnt_from_its_document() -> None:
    """Each document has a column of its own, which tells everything; learnt elsewhere it tells nothing."""
    names = [f"document {n}" for n in range(12)]
    tells = [Seen({name: 1.0}, name, n % 2 == 0) for n, name in enumerate(names)]
    learnt, doubts = judged([tells, [Seen({}, "", True), Seen({}, "", False)]], names)
    assert area(learnt.doubts(np.eye(12)), np.array([0.0, 1.0] * 6)) == 1.0
    assert area(doubts[0], np.array([0.0, 1.0] * 6)) <= 0.6


def test_the_file_is_as_it_was_written() -> None:
    found = Learnt(np.array(list(weights.WEIGHTS.values())), weights.BIAS)
    assert written(found, list(weights.WEIGHTS), weights.LIMIT) == OUT.read_text(encoding="utf-8")
