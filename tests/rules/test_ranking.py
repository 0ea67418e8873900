"""Bradley and Terry's model against published values and closed forms; what may not matter does not; tiers as told."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from service.ranking import DRAWS, LEAST, POINTS, fit, rank, students, tiers_of
from service.records import Ballot, Ranking

# Games won by the team of a row against that of a column: Milwaukee, Detroit, Toronto, New York, Boston, Cleveland,
# Baltimore in the American League East of 1987 (Agresti, Categorical Data Analysis, 2nd ed. 2002, table 10.10).
BASEBALL = [
    [0, 7, 9, 7, 7, 9, 11],
    [6, 0, 7, 5, 11, 9, 9],
    [4, 6, 0, 7, 7, 8, 12],
    [6, 8, 6, 0, 6, 7, 10],
    [6, 2, 6, 7, 0, 7, 12],
    [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
]


@st.composite
def panels(draw: st.DrawFn) -> list[Ballot]:
    """Up to six judges, each of whom says something of some pairs of four contestants."""
    pairs = st.sampled_from([*combinations((3, 5, 8, 9), 2)])
    votes = st.lists(st.tuples(st.integers(1, 6), pairs, st.sampled_from([0.0, 0.5, 1.0])), max_size=40)
    return [Ballot(judge, *pair, share) for judge, pair, share in draw(votes)]


def scores(found: Ranking) -> dict[int, float]:
    return {one.id: one.score for one in found.rows}


def flat(found: Ranking) -> list[float]:
    """Everything in it, by contestant."""
    rows = sorted(found.rows, key=lambda one: one.id)
    return [value for one in rows for value in (one.id, one.votes, one.score, one.low, one.high, one.tier or 0)]


def jury(size: int, strengths: list[float], seed: int = 0) -> list[Ballot]:
    """Judges who decide each pair by the odds of the model, one independently of the other."""
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return [
        Ballot(judge, a, b, float(dice.random() < 1 / (1 + math.exp(strengths[b] - strengths[a]))))
        for judge in range(size)
        for a, b in combinations(range(len(strengths)), 2)
    ]


def test_baseball_as_agresti_has_it() -> None:
    """Strengths over Baltimore's: table 10.11, column 3."""
    assert np.round(fit(np.array(BASEBALL, dtype=float)), 2).tolist() == [1.58, 1.44, 1.29, 1.25, 1.11, 0.68]


@given(wins=st.integers(1, 400), losses=st.integers(1, 400))
def test_of_two_the_odds_are_those_of_their_games(wins: int, losses: int) -> None:
    assert fit(np.array([[0.0, wins], [losses, 0.0]]))[0] == pytest.approx(math.log(wins / losses))


@given(st.lists(st.integers(0, 60), min_size=16, max_size=16), st.floats(0.001, 5))
def test_the_fit_expects_as_many_wins_as_there_were(games: list[int], prior: float) -> None:
    """The likelihood equations (Ford 1957), also where one wins everything and where some never met."""
    wins = np.zeros((5, 5))
    wins[:4, :4] = np.reshape(games, (4, 4))
    np.fill_diagonal(wins, 0)
    wins[:4, 4] = wins[4, :4] = prior
    strengths = np.append(fit(wins), 0.0)
    chance = 1 / (1 + np.exp(strengths[None, :] - strengths[:, None]))
    expected = ((wins + wins.T) * chance).sum(axis=1)
    assert expected[:4] == pytest.approx(wins.sum(axis=1)[:4], abs=1e-6)


def test_a_hundred_points_are_sixty_four_of_a_hundred() -> None:
    assert 1 / (1 + math.exp(-100 / POINTS)) == pytest.approx(0.64, abs=0.001)
    assert 1 / (1 + math.exp(-400 / POINTS)) == pytest.approx(10 / 11)


@settings(max_examples=15, deadline=None)
@given(panels(), st.randoms())
def test_the_order_and_the_names_of_judges_do_not_matter(votes: list[Ballot], dice: random.Random) -> None:
    shuffled = [replace(one, judge=900 - one.judge) for one in votes]
    dice.shuffle(shuffled)
    assert flat(rank(shuffled, [9, 3, 8, 5])) == pytest.approx(flat(rank(votes, [3, 5, 8, 9])), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(panels())
def test_the_sides_do_not_matter(votes: list[Ballot]) -> None:
    turned = [Ballot(one.judge, one.second, one.first, 1 - one.share) for one in votes]
    assert flat(rank(turned, [3, 5, 8, 9])) == pytest.approx(flat(rank(votes, [3, 5, 8, 9])), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(panels())
def test_who_wins_what_was_lost_stands_where_it_was_lost(votes: list[Ballot]) -> None:
    mirrored = scores(rank([replace(one, share=1 - one.share) for one in votes], [3, 5, 8, 9]))
    for id_, score in scores(rank(votes, [3, 5, 8, 9])).items():
        assert mirrored[id_] == pytest.approx(-score, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(panels())
def test_every_score_is_finite_and_within_its_interval(votes: list[Ballot]) -> None:
    for one in rank(votes, [3, 5, 8, 9]).rows:
        assert math.isfinite(one.low) and math.isfinite(one.high)
        assert one.low < one.score < one.high or one.votes < LEAST


def test_who_wins_everything_stands_first_with_an_interval() -> None:
    votes = [Ballot(judge, 1, other, 1.0) for judge in range(12) for other in (2, 3)]
    votes += [Ballot(judge, 2, 3, float(judge % 2)) for judge in range(12)]
    first, *rest = rank(votes, [1, 2, 3]).rows
    assert (first.id, first.tier, [one.tier for one in rest]) == (1, 1, [2, 2])
    assert 200 < first.score < 1200 and first.high - first.low > 100


@pytest.mark.parametrize(("judges", "contestants"), [(6, 5), (11, 3), (30, 2)])
def test_a_panel_of_one_mind_is_ranked(judges: int, contestants: int) -> None:
    """Where the loser of all has next to nothing but a draw's small half of a win."""
    votes = [Ballot(judge, a, b, 1.0) for judge in range(judges) for a, b in combinations(range(contestants), 2)]
    found = rank(votes, range(contestants))
    assert [one.id for one in found.rows] == [*range(contestants)] and found.tiers > 1


def test_those_who_never_met_are_not_told_apart() -> None:
    """Two pairs of strong and weak, without a vote between the pairs."""
    votes = [Ballot(judge, a, b, float(judge % 5 > 0)) for judge in range(30) for a, b in ((1, 2), (3, 4))]
    found = rank(votes, [1, 2, 3, 4])
    assert [(one.id, one.tier) for one in found.rows] == [(1, 1), (3, 1), (2, 2), (4, 2)]
    assert scores(found)[1] == pytest.approx(scores(found)[3])


def test_equals_are_one_tier() -> None:
    votes = [Ballot(judge, a, b, 0.5) for judge in range(15) for a, b in combinations(range(4), 2)]
    found = rank(votes, range(4))
    assert [(one.score, one.tier) for one in found.rows] == [(pytest.approx(0, abs=1e-6), 1)] * 4


def test_a_planted_order_is_found_in_tiers() -> None:
    found = rank(jury(40, [2.0, 2.0, 0.0, -2.0]), range(4))
    assert {one.id for one in found.rows[:2]} == {0, 1} and [one.id for one in found.rows[2:]] == [2, 3]
    assert [one.tier for one in found.rows] == [1, 1, 2, 3] and found.tiers == 3
    assert sum(one.score for one in found.rows) == pytest.approx(0, abs=1e-6)


def test_equals_are_hardly_ever_told_apart() -> None:
    """Five who are equal, judged by chance: in 95 of 100 panels they must be one tier (12 of 60 have p < 0.0001)."""
    parted = sum(rank(jury(14, [0.0] * 5, seed), range(5)).tiers > 1 for seed in range(60))
    assert parted < 12


def test_equals_of_whom_few_judges_have_opinions_are_hardly_ever_told_apart() -> None:
    """Three who each favour some of eight equals, which tells of them only (by a normal distribution 4 of 10 part)."""

    def opinionated(seed: int) -> list[Ballot]:
        dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
        leaning = [[dice.choice((-0.8, 0.8)) for _ in range(8)] for _ in range(3)]
        return [replace(one, judge=n) for n in range(3) for one in jury(1, leaning[n], 100 * seed + n)]

    parted = sum(rank(opinionated(seed), range(8)).tiers > 1 for seed in range(20))
    assert parted < 5


def test_of_one_judge_an_interval_speaks_of_the_votes_alone() -> None:
    assert students(1).tolist() == [1.0] * DRAWS


@pytest.mark.parametrize(("judges", "quantile"), [(4, 3.182), (7, 2.447), (31, 2.042)])
def test_a_normal_variable_becomes_students(judges: int, quantile: float) -> None:
    """The 97.5th percentile of t (Fisher and Yates, table III), within what 2000 draws tell."""
    drawn = np.random.default_rng(7).normal(size=(500, DRAWS)) * students(judges)
    assert np.percentile(np.abs(drawn), 95) == pytest.approx(quantile, rel=0.05)


@pytest.mark.parametrize("judges", [1, 3, 12])
def test_intervals_hold_the_truth(judges: int) -> None:
    """Of independent votes in about 95 of 100, however few judges gave them (under 80 of 100: p < 0.0001)."""
    strengths = [1.0, 0.3, -0.3, -1.0]
    held = 0
    for seed in range(30):
        votes = [one for n in range(-(-24 // judges)) for one in jury(judges, strengths, seed * 1000 + n)]
        found = {one.id: one for one in rank(votes, range(4)).rows}
        held += sum(found[n].low <= POINTS * strengths[n] <= found[n].high for n in range(4))
    assert held >= 0.8 * 120


def test_a_judge_counts_once_however_often_the_votes_are_copied() -> None:
    """Ten judges who say everything twice know no more than ten; twenty do."""
    ten = jury(10, [1.0, 0.0, -1.0])
    said_twice = rank([*ten, *ten], range(3)).rows
    twenty = rank([*ten, *(replace(one, judge=one.judge + 100) for one in ten)], range(3)).rows
    once = rank(ten, range(3)).rows

    def width(rows: tuple[object, ...]) -> float:
        return sum(one.high - one.low for one in rows)  # type: ignore[attr-defined]

    assert width(twenty) < 0.85 * width(once)
    assert width(said_twice) > 0.85 * width(once)


def test_too_few_votes_are_not_ranked_but_placed_last() -> None:
    votes = [Ballot(judge, 1, 2, float(judge < 12)) for judge in range(LEAST - 1)]
    assert [one.tier for one in rank(votes, [1, 2]).rows] == [None, None]
    votes += [Ballot(99, 1, 2, 1.0), Ballot(99, 3, 1, 1.0)]
    found = rank(votes, [1, 2, 3])
    assert [(one.id, one.votes, one.tier is None) for one in found.rows] == [
        (1, 21, False),
        (2, 20, False),
        (3, 1, True),
    ]
    assert found.rows[0].score == pytest.approx(-found.rows[1].score), "0 is the mean of those ranked"


def test_least_is_where_three_of_four_are_no_coin() -> None:
    def by_chance(n: int) -> float:
        return 2 * sum(math.comb(n, wins) for wins in range(math.ceil(0.75 * n), n + 1)) / 2**n

    assert by_chance(LEAST) < 0.05
    assert all(by_chance(n) > 0.05 for n in range(4, LEAST, 4))


def test_nothing_voted_is_a_ranking_of_nobody() -> None:
    found = rank([], [1, 2])
    assert (found.judges, found.tiers, found.ranked) == (0, 0, ()) and [one.score for one in found.rows] == [0, 0]


@pytest.mark.parametrize(
    ("above", "tiers"),
    [
        ([], []),
        (["000", "000", "000"], [1, 1, 1]),
        (["011", "001", "000"], [1, 2, 3]),
        (["001", "000", "000"], [1, 1, 2]),  # below the first: the second keeps it from nothing
        (["000", "001", "000"], [1, 1, 2]),  # below any one of the tier, not the first alone
        (["0011", "0001", "0000", "0000"], [1, 1, 2, 2]),  # what is told apart from an earlier tier opens no other
    ],
)
def test_a_tier_ends_where_one_is_told_apart_from_any_of_it(above: list[str], tiers: list[int]) -> None:
    table = np.array([[cell == "1" for cell in row] for row in above], dtype=bool).reshape(len(above), len(above))
    assert tiers_of(table) == tiers
