"""Panels of judges whose preferences are known: the blind comparison finds them again, and says when it cannot.

    python3 run.py test --long panels [--seed N]

Every bound comes from the binomial distribution; with a given seed the lots fall the same way each time.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pytest

from service import accounts, compare
from service.agreement import wilson
from service.compare import counting
from service.errors import NotFound
from service.kit import Kit
from service.records import Comparison, Contestant, Role, Showing, User, Winner

STRENGTHS = {"mạnh": 2.4, "khá": 0.8, "vừa": -0.8, "yếu": -2.4}
"""The planted order. One answer beats another with the odds exp(difference), after Bradley and Terry (1952)."""
TIES, BOTH_BAD = 0.1, 0.05
"""How often a judge calls it a tie, or both bad."""
CHANCE = 1e-6
"""How unlikely a result must be before it counts as wrong."""

Vote = tuple[str, str, str, str]
"""Judge, left label, right label, winner: as the judge remembers it."""


@pytest.fixture(autouse=True)
def _same_lots(seed: int) -> None:
    random.seed(seed)  # compare draws sides and order from the common generator


def bounds(n: int, p: float) -> tuple[int, int]:
    """The smallest and the largest number of successes that are not too unlikely, CHANCE / 2 on either side."""
    low = high = 0
    below = 0.0
    for wins in range(n + 1):
        before = below
        below += binomial(n, p, wins)
        if before <= CHANCE / 2:
            low = wins
        if before < 1 - CHANCE / 2:
            high = wins
    return low, high


def binomial(n: int, p: float, wins: int) -> float:
    return math.comb(n, wins) * p**wins * (1 - p) ** (n - wins)


def beats(a: Contestant, b: Contestant) -> float:
    """How often ``a`` is preferred to ``b`` when one of them is."""
    return 1 / (1 + math.exp(STRENGTHS[b.label] - STRENGTHS[a.label]))


def panel(kit: Kit, size: int) -> list[User]:
    names = [f"cham{n}" for n in range(1, size + 1)]
    return [accounts.create_user(kit, name, name.title(), Role.EVALUATOR, f"{name}-mat-khau") for name in names]


def opened(kit: Kit, user: User, labels: tuple[str, ...]) -> Comparison:
    answers = [(label, f"Câu lệnh {label}", f"Kết quả của bản {label}.", None) for label in labels]
    return compare.plan(kit, user, "So kết quả", "tom-tat", answers, task="Tóm tắt công văn.")


def opinion(dice: random.Random, showing: Showing) -> Winner:
    drawn = dice.random()
    if drawn < TIES:
        return Winner.TIE
    if drawn < TIES + BOTH_BAD:
        return Winner.BOTH_BAD
    return Winner.LEFT if dice.random() < beats(showing.left, showing.right) else Winner.RIGHT


def judge_all(kit: Kit, judge: User, comparison: Comparison, think: Callable[[Showing], Winner]) -> list[Vote]:
    """Every pair the judge is shown, in turn; of one that comes again only the first vote is handed back."""
    given: list[Vote] = []
    seen = set[frozenset[int]]()
    while (showing := compare.next_showing(kit, judge, comparison.id)) is not None:
        assert showing.user_id == judge.id
        winner = think(showing)
        compare.vote(kit, judge, showing.id, winner)
        if (pair := frozenset((showing.left.id, showing.right.id))) not in seen:
            given.append((judge.name, showing.left.label, showing.right.label, winner))
        seen.add(pair)
    return given


def recount(votes: list[Vote]) -> dict[str, Counter[str]]:
    """Wins, losses, ties and both bad by label, counted without the program."""
    tally: dict[str, Counter[str]] = {label: Counter() for label in STRENGTHS}
    for _judge, left, right, winner in votes:
        if winner in (Winner.LEFT, Winner.RIGHT):
            tally[left if winner == Winner.LEFT else right]["wins"] += 1
            tally[right if winner == Winner.LEFT else left]["losses"] += 1
        else:
            for label in (left, right):
                tally[label]["ties" if winner == Winner.TIE else "both_bad"] += 1
    return tally


def check_standings(kit: Kit, user: User, comparison: Comparison, votes: list[Vote]) -> None:
    """The program's count is the plain one; a rate is given from ENOUGH votes on, best first, and not before."""
    standings = compare.standings(kit, user, comparison.id)
    tally = recount(votes)
    for one in standings:
        counted = tally[one.contestant.label]
        said = {"wins": one.wins, "losses": one.losses, "ties": one.ties, "both_bad": one.both_bad}
        assert said == {name: counted[name] for name in said}
        judged = one.wins + one.losses + one.ties
        if judged < compare.ENOUGH:
            assert one.rate is one.low is one.high is None, f"{judged} votes are too few to speak of"
        else:
            assert one.rate is not None and one.low is not None and one.high is not None
            assert one.rate == pytest.approx((one.wins + one.ties / 2) / judged)
            assert one.low <= one.rate <= one.high
    rates = [one.rate for one in standings]
    known = [rate for rate in rates if rate is not None]
    assert rates == sorted(known, reverse=True) + [None] * (len(rates) - len(known))


def check_files(kit: Kit, user: User, comparison: Comparison, votes: list[Vote], judges: list[User]) -> None:
    """The files for other tools hold the votes that count, one row each, and no judge's name.

    The spreadsheet has the pairs that came again as well, and says so: one of the six of each judge.
    """
    table = compare.export_csv(kit, user, comparison.id).removeprefix("\ufeff")
    lines = compare.export_arena(kit, user, comparison.id)
    for judge in judges:
        assert judge.name not in table and judge.display_name not in table
        assert judge.name not in lines and judge.display_name not in lines
    pseudonyms = {judge.name: f"nguoi-cham-{n}" for n, judge in enumerate(judges, 1)}
    expected = Counter((pseudonyms[judge], left, right, winner) for judge, left, right, winner in votes)
    chosen = {said: winner for winner, said in compare.CHOICES.items()}
    told = [*csv.DictReader(io.StringIO(table))]
    csv_rows = Counter(
        (f"nguoi-cham-{row['Người chấm']}", row["Bản A"], row["Bản B"], chosen[row["Chọn"]])
        for row in told
        if not row["Chấm lại"]
    )
    assert csv_rows == expected
    assert Counter(row["Người chấm"] for row in told if row["Chấm lại"]) == {
        str(n): 1 for n in range(1, len(judges) + 1)
    }
    sides = {"model_a": "left", "model_b": "right"}
    arena = [json.loads(line) for line in lines.splitlines()]
    assert (
        Counter(
            (row["judge"], row["model_a"], row["model_b"], sides.get(row["winner"], row["winner"])) for row in arena
        )
        == expected
    )
    for row in arena:
        assert row["conversation_a"][1]["content"] == f"Kết quả của bản {row['model_a']}."


@pytest.mark.parametrize(
    ("judges", "rounds"), [pytest.param(12, 1, id="sample"), pytest.param(30, 20, marks=pytest.mark.long)]
)
def test_the_planted_order_is_found(
    kit: Kit, people: dict[str, User], seed: int, tell: Callable[[str], None], judges: int, rounds: int
) -> None:
    """And nothing is said before it can be known; sides are balanced; everybody sees only their own pairs."""
    jury = panel(kit, judges)
    everything: list[Vote] = []
    for n in range(rounds):
        comparison = opened(kit, people["dung"], tuple(random.sample([*STRENGTHS], len(STRENGTHS))))
        votes: list[Vote] = []
        for judge in jury:
            dice = random.Random(f"{seed} {n} {judge.name}")  # noqa: S311 - reproducible, not secret
            votes += judge_all(kit, judge, comparison, lambda showing, dice=dice: opinion(dice, showing))  # type: ignore[misc]
            check_standings(kit, judge, comparison, votes)
        check_files(kit, jury[0], comparison, votes, jury)
        found = [one.contestant.label for one in compare.standings(kit, jury[0], comparison.id)]
        assert found == [*STRENGTHS], f"round {n}: {found}"
        ranked = counting.ranked(kit, jury[0], comparison.id)
        labels = {one.id: one.label for one in comparison.contestants}
        assert [labels[one.id] for one in ranked.rows] == [*STRENGTHS]
        assert ranked.rows[0].tier == 1 and ranked.tiers > 1, "two of the four lie 4.8 apart"
        everything += votes

    pairs = Counter(frozenset((left, right)) for _judge, left, right, _winner in everything)
    assert pairs == {frozenset(pair): judges * rounds for pair in combinations(STRENGTHS, 2)}
    for pair in combinations(STRENGTHS, 2):
        low, high = bounds(judges * rounds, 0.5)
        left = sum((one, other) == pair for _judge, one, other, _winner in everything)
        assert low <= left <= high, f"{pair[0]} stood left of {pair[1]} {left} times of {judges * rounds}"
    tell(f"{judges} judges, {rounds} comparisons, {len(everything)} votes: the planted order in every one")


def test_nobody_is_shown_somebody_elses_pairs(kit: Kit, people: dict[str, User]) -> None:
    jury = panel(kit, 4)
    comparison = opened(kit, people["dung"], tuple(STRENGTHS))
    shown = {judge.id: compare.next_showing(kit, judge, comparison.id) for judge in jury}
    for judge in (*jury, people["dung"], people["thu"], people["quan"]):
        for owner, showing in shown.items():
            assert showing is not None
            if owner == judge.id:
                assert compare.showing(kit, judge, showing.id) == showing
                continue
            with pytest.raises(NotFound):
                compare.showing(kit, judge, showing.id)
            with pytest.raises(NotFound):
                compare.vote(kit, judge, showing.id, Winner.LEFT)
    assert compare.cast(kit, people["dung"], comparison.id) == ()


@pytest.mark.parametrize("judges", [pytest.param(6, id="sample"), pytest.param(30, marks=pytest.mark.long)])
def test_a_judge_who_always_points_left_decides_nothing(kit: Kit, people: dict[str, User], judges: int) -> None:
    """Sides drawn by lot turn a habit of the hand into a coin: nobody's wins leave the binomial bounds of a half."""
    comparison = opened(kit, people["dung"], tuple(STRENGTHS))
    jury = panel(kit, judges)
    for judge in jury:
        judge_all(kit, judge, comparison, lambda _showing: Winner.LEFT)
    for one in compare.standings(kit, jury[0], comparison.id):
        low, high = bounds(one.wins + one.losses, 0.5)
        assert low <= one.wins <= high, f"{one.contestant.label} won {one.wins} of {one.wins + one.losses}"


def test_second_thoughts_replace_the_vote(kit: Kit, people: dict[str, User], seed: int) -> None:
    """Whoever votes again before the last pair is counted once, with the last word, in standings and files."""
    jury = panel(kit, 4)
    comparison = opened(kit, people["dung"], tuple(STRENGTHS))
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    votes: list[Vote] = []
    for judge in jury:
        seen = set[frozenset[int]]()
        while (showing := compare.next_showing(kit, judge, comparison.id)) is not None:
            winner = opinion(dice, showing)
            for _ in range(dice.choice((0, 0, 1, 3)) if showing.n < showing.of else 0):
                compare.vote(kit, judge, showing.id, dice.choice([*Winner]))
            compare.vote(kit, judge, showing.id, winner)
            if (pair := frozenset((showing.left.id, showing.right.id))) not in seen:
                votes.append((judge.name, showing.left.label, showing.right.label, winner))
            seen.add(pair)
    check_standings(kit, jury[0], comparison, votes)
    check_files(kit, jury[0], comparison, votes, jury)


@pytest.mark.parametrize(
    ("panels", "judges"), [pytest.param(8, 12, id="sample"), pytest.param(500, 30, marks=pytest.mark.long)]
)
def test_the_interval_holds_the_planted_rate(
    kit: Kit, people: dict[str, User], seed: int, tell: Callable[[str], None], panels: int, judges: int
) -> None:
    """As often as theory says for this rate and this many votes, which for Wilson's interval is near 95 in 100."""
    jury = panel(kit, judges)
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    held = 0
    for _ in range(panels):
        comparison = opened(kit, people["dung"], ("mạnh", "khá"))
        strong, other = comparison.contestants
        planted = beats(strong, other)
        for judge in jury:
            judge_all(
                kit,
                judge,
                comparison,
                lambda showing: Winner.LEFT if dice.random() < beats(showing.left, showing.right) else Winner.RIGHT,
            )
        standing = next(one for one in compare.standings(kit, jury[0], comparison.id) if one.contestant == strong)
        assert standing.low is not None and standing.high is not None
        held += standing.low <= planted <= standing.high
    wins = range(judges + 1)
    expected = sum(
        binomial(judges, planted, n) for n in wins if wilson(n, judges)[0] <= planted <= wilson(n, judges)[1]
    )
    assert 0.9 <= expected <= 0.99
    low, high = bounds(panels, expected)
    tell(f"{panels} panels of {judges}: the rate {planted:.3f} was held in {held / panels:.1%}, theory {expected:.1%}")
    assert low <= held <= high
