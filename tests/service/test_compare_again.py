"""Pairs shown a second time with the sides changed: when, how many, and that nothing else counts them."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations, pairwise

import pytest
from sqlalchemy import insert

from service import compare
from service.compare import counting
from service.kit import Kit
from service.records import Comparison, Showing, User, Winner
from service.store.tables import showings


def opened(kit: Kit, user: User, answers: int) -> Comparison:
    rows = [(f"Kết quả {n}", f"p{n}", f"Ý thứ {n}.", None) for n in range(answers)]
    return compare.plan(kit, user, "So các bản", "x", rows)


def judged(kit: Kit, user: User, comparison: Comparison, *, always: Winner | None = None) -> list[Showing]:
    """All showings of a judge, who prefers the earlier answer or always says the same."""
    shown = []
    while (showing := compare.next_showing(kit, user, comparison.id)) is not None:
        better = Winner.LEFT if showing.left.id < showing.right.id else Winner.RIGHT
        compare.vote(kit, user, showing.id, always or better)
        shown.append(showing)
    return shown


@pytest.mark.parametrize(("answers", "twice"), [(2, 0), (3, 0), (4, 1), (5, 2), (12, 13)])
def test_a_fifth_of_the_pairs_come_again_after_all_others(
    kit: Kit, people: dict[str, User], answers: int, twice: int
) -> None:
    shown = judged(kit, people["dung"], opened(kit, people["dung"], answers))
    sides = [(one.left.id, one.right.id) for one in shown]
    first, again = sides[: len(sides) - twice], sides[len(sides) - twice :]
    assert len({frozenset(pair) for pair in first}) == len(first) == len([*combinations(range(answers), 2)])
    assert len({*again}) == twice and {(right, left) for left, right in again} <= {*first}
    assert all({*before} != {*after} for before, after in pairwise(sides)), "never twice running"
    assert {one.of for one in shown} == {len(sides)}, "the judge is told the count of pairs and no more"


def test_a_second_vote_counts_in_no_standing(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 5)
    judged(kit, people["dung"], comparison)
    standings = compare.standings(kit, people["dung"], comparison.id)
    assert [(one.wins, one.losses) for one in standings] == [(4, 0), (3, 1), (2, 2), (1, 3), (0, 4)]
    assert {one.votes for one in counting.ranked(kit, people["dung"], comparison.id).rows} == {4}
    assert len(compare.export_arena(kit, people["dung"], comparison.id).splitlines()) == 10
    table = compare.export_csv(kit, people["dung"], comparison.id).removeprefix("\ufeff")
    assert [row["Chấm lại"] for row in csv.DictReader(io.StringIO(table))] == [""] * 10 + ["có"] * 2


def test_who_keeps_to_an_answer_is_told_from_who_keeps_to_a_side(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["thu"], 5)
    judged(kit, people["dung"], comparison)
    steady = counting.panel(kit, people["dung"], comparison.id).steady
    assert steady is not None and (steady.value, steady.n) == (1.0, 2)
    judged(kit, people["quan"], comparison, always=Winner.LEFT)
    found = counting.panel(kit, people["dung"], comparison.id)
    assert found.steady is not None and (found.steady.value, found.steady.n) == (0.5, 4)
    judged(kit, people["thu"], comparison, always=Winner.TIE)
    found = counting.panel(kit, people["dung"], comparison.id)
    assert found.steady is not None and (found.steady.value, found.steady.n) == (4 / 6, 6)


def test_results_wait_for_the_second_votes_too(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 4)
    for _ in range(6):
        showing = compare.next_showing(kit, people["dung"], comparison.id)
        assert showing is not None
        compare.vote(kit, people["dung"], showing.id, Winner.LEFT)
    assert compare.blind(kit, people["dung"], comparison.id)
    judged(kit, people["dung"], comparison)
    assert not compare.blind(kit, people["dung"], comparison.id)


def test_who_was_drawn_pairs_before_keeps_them(kit: Kit, people: dict[str, User]) -> None:
    """A comparison of an earlier version: each pair once, and done when each has a vote."""
    comparison = opened(kit, people["dung"], 5)
    ids = [one.id for one in comparison.contestants]
    drawn = [{"n": n, "left_id": a, "right_id": b} for n, (a, b) in enumerate(combinations(ids, 2), 1)]
    shared = {"comparison_id": comparison.id, "user_id": people["dung"].id}
    with kit.db.write() as connection:
        connection.execute(insert(showings), [shared | one for one in drawn])
    assert len(judged(kit, people["dung"], comparison)) == 10
    assert not compare.blind(kit, people["dung"], comparison.id)
    assert counting.panel(kit, people["dung"], comparison.id).steady is None
    assert len(judged(kit, people["thu"], comparison)) == 12, "who comes later is drawn pairs as they are drawn now"


def test_the_file_for_other_tools_marks_who_opened_it(kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 2)
    judged(kit, people["thu"], comparison)
    judged(kit, people["dung"], comparison)
    lines = compare.export_arena(kit, people["dung"], comparison.id).splitlines()
    assert [json.loads(line)["extra"]["opened_it"] for line in lines] == [False, True]
    table = compare.export_csv(kit, people["dung"], comparison.id).removeprefix("\ufeff")
    assert [row["Người mở phép so"] for row in csv.DictReader(io.StringIO(table))] == ["", "có"]
    assert counting.panel(kit, people["dung"], comparison.id).opener == 1
