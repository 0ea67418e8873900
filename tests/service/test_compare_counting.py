"""What the votes of a comparison say: tiers once there are enough, how far judges agree, what is still missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service import accounts, compare, ranking
from service.compare import counting
from service.errors import BadInput, NotAllowed
from service.kit import Kit
from service.records import Comparison, Role, Showing, User, Winner

Opinion = Callable[[Showing], Winner]


def opened(kit: Kit, user: User, answers: int = 3) -> Comparison:
    return compare.plan(kit, user, "So các bản", "x", [(f"Bản {n}", f"p{n}", f"Ý {n}.", None) for n in range(answers)])


def jury(kit: Kit, size: int) -> list[User]:
    return [accounts.create_user(kit, f"cham{n}", f"Người {n}", Role.EVALUATOR, "x" * 12) for n in range(size)]


def earlier(showing: Showing) -> Winner:
    """Prefers the answer that was put in first."""
    return Winner.LEFT if showing.left.id < showing.right.id else Winner.RIGHT


def later(showing: Showing) -> Winner:
    return Winner.RIGHT if earlier(showing) is Winner.LEFT else Winner.LEFT


def judge_all(kit: Kit, user: User, comparison: Comparison, think: Opinion) -> None:
    while (showing := compare.next_showing(kit, user, comparison.id)) is not None:
        compare.vote(kit, user, showing.id, think(showing))


def test_a_clear_order_falls_into_tiers(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    judges = [people["dung"], *jury(kit, 11)]
    for n, judge in enumerate(judges):
        judge_all(kit, judge, comparison, later if n == 5 else earlier)
    found = counting.ranked(kit, people["dung"], comparison.id)
    assert [one.id for one in found.rows] == [one.id for one in comparison.contestants]
    assert (found.judges, {one.votes for one in found.rows}, found.rows[0].tier) == (12, {24}, 1)
    assert found.tiers > 1 and found.rows[0].low > found.rows[2].high
    assert counting.missing(comparison, found) == (0, 0)


def test_both_bad_is_no_vote_for_the_ranking(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    judge_all(kit, people["dung"], comparison, lambda _showing: Winner.BOTH_BAD)
    found = counting.ranked(kit, people["dung"], comparison.id)
    assert {(one.votes, one.tier) for one in found.rows} == {(0, None)}


def test_it_is_told_how_many_votes_and_judges_are_missing(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    judge_all(kit, people["dung"], comparison, earlier)
    found = counting.ranked(kit, people["dung"], comparison.id)
    assert counting.missing(comparison, found) == (ranking.LEAST - 2, (ranking.LEAST - 2) // 2)


@pytest.mark.parametrize("deed", [counting.ranked, counting.panel])
def test_nothing_is_told_to_the_blind_nor_to_learners(
    kit: Kit, people: dict[str, User], deed: Callable[[Kit, User, int], object]
) -> None:
    comparison = opened(kit, people["dung"])
    judge_all(kit, people["dung"], comparison, earlier)
    deed(kit, people["dung"], comparison.id)
    with pytest.raises(BadInput, match="còn cặp chưa chấm"):
        deed(kit, people["thu"], comparison.id)
    with pytest.raises(NotAllowed):
        deed(kit, people["lan"], comparison.id)
    with pytest.raises(NotAllowed):
        counting.waiting(kit, people["lan"], comparison.id)


def test_judges_agree_on_answers_whatever_the_sides(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 5)
    judge_all(kit, people["dung"], comparison, earlier)
    alone = counting.panel(kit, people["dung"], comparison.id)
    assert (alone.judges, alone.pairs, alone.alpha, alone.kappa, alone.agreed) == (1, 10, None, None, None)
    judge_all(kit, people["thu"], comparison, earlier)
    both = counting.panel(kit, people["dung"], comparison.id)
    assert both.alpha is not None and both.kappa is not None and both.agreed is not None
    assert (both.alpha.value, both.kappa.value, both.agreed.value) == pytest.approx((1, 1, 1))
    assert (both.couples, both.kappa.n) == (1, 10)
    judge_all(kit, people["quan"], comparison, later)
    three = counting.panel(kit, people["dung"], comparison.id)
    assert three.kappa is not None and three.alpha is not None and three.alpha.value < 0
    assert (three.couples, three.kappa.value, three.kappa.low, three.kappa.high) == pytest.approx((3, -1 / 3, -1, 1))


def test_a_hand_that_always_goes_left_is_seen(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 5)
    judge_all(kit, people["dung"], comparison, lambda _showing: Winner.LEFT)
    left = counting.panel(kit, people["dung"], comparison.id).left
    assert left is not None and (left.value, left.n) == (1.0, 10), "the pairs shown again say nothing of it"


def test_the_newest_comparison_that_waits_for_ones_votes_is_named(kit: Kit, people: dict[str, User]) -> None:
    done, waits, locked = opened(kit, people["dung"]), opened(kit, people["dung"], 4), opened(kit, people["dung"])
    compare.close(kit, people["dung"], locked.id)
    judge_all(kit, people["dung"], done, earlier)
    found = counting.waiting(kit, people["dung"], done.id)
    assert found is not None and found.comparison.id == waits.id
    assert (found.votes, found.needed, found.pairs) == (0, ranking.LEAST * 4 // 2, None)
    showing = compare.next_showing(kit, people["dung"], waits.id)
    assert showing is not None
    compare.vote(kit, people["dung"], showing.id, Winner.TIE)
    found = counting.waiting(kit, people["dung"], done.id)
    assert found is not None and (found.votes, found.pairs) == (1, 6)
    judge_all(kit, people["dung"], waits, earlier)
    assert counting.waiting(kit, people["dung"], done.id) is None
