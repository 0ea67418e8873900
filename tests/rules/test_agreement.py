"""Kappa, alpha and shares against published examples; what may not matter does not."""

from __future__ import annotations

import random
from itertools import chain

import pytest
from hypothesis import assume, given, strategies as st

from service.agreement import EVEN, UNITS, agreed, alpha, kappa, share, wilson, within
from service.records import Measured

TURNED = {"first": "second", "second": "first"}
LABELS = st.sampled_from(["first", "second", "tie"])
UNITS_OF = st.lists(st.lists(st.none() | LABELS, min_size=4, max_size=4), min_size=1, max_size=12)

# What four observers said of twelve units (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, part C).
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]

# Two dermatologists on 88 patients: SAS/STAT User's Guide, PROC FREQ, «Agreement Study».
DERMATOLOGISTS = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]


def said(table: list[list[int]]) -> list[tuple[int, int]]:
    """What each of two raters said, thing by thing, of a table of counts."""
    cells = (((a, b), count) for a, row in enumerate(table) for b, count in enumerate(row))
    return [cell for cell, count in cells for _ in range(count)]


def test_alpha_of_krippendorffs_example() -> None:
    found = alpha([*zip(*KRIPPENDORFF, strict=True)])
    assert found is not None and found.value == pytest.approx(0.743, abs=0.0005)
    assert found.n == 40, "values that can be paired: unit 12 has one alone"
    assert found.low is not None and found.high is not None and found.low < found.value < found.high


def test_alpha_of_two_observers_as_krippendorff_has_it() -> None:
    """The same paper, part A: binary data of two observers on ten units, alpha 0.095."""
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = alpha([*zip(meg, owen, strict=True)])
    assert found is not None and found.value == pytest.approx(0.095, abs=0.0005)


def test_kappa_with_its_interval_as_sas_has_it() -> None:
    found = kappa(said(DERMATOLOGISTS))
    assert found is not None and found.n == 88
    assert (found.value, found.low, found.high) == pytest.approx((0.3449, 0.2030, 0.4868), abs=5e-5)


def test_kappa_of_cohens_example() -> None:
    """Educational and Psychological Measurement 20 (1960), table 1: 200 cases, kappa .492."""
    found = kappa(said([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert found is not None and found.value == pytest.approx(0.492, abs=0.0005)


def test_wilson_against_a_published_example() -> None:
    """Newcombe (Statistics in Medicine 17, 1998), table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_wilson_of_all_and_of_none_ends_there() -> None:
    assert [wilson(n, n)[1] for n in range(1, 60)] == [1.0] * 59
    assert [wilson(0, n)[0] for n in range(1, 60)] == [0.0] * 59


@given(n=st.integers(1, 500), part=st.floats(0, 1))
def test_wilson_holds_the_rate(n: int, part: float) -> None:
    wins = round(n * part)
    low, high = wilson(wins, n)
    assert 0 <= low <= wins / n + 1e-12 and wins / n - 1e-12 <= high <= 1


def test_how_many_agree() -> None:
    assert agreed([["a", "a", "b"], ["a", None, "a"], ["b", None, None]]) == Measured(0.5, 4)
    assert agreed([["a", None], []]) is None


@given(UNITS_OF, st.randoms())
def test_the_order_of_judges_and_of_things_does_not_matter(units: list[list[str | None]], dice: random.Random) -> None:
    found, columns = alpha(units, TURNED), [*range(4)]
    dice.shuffle(columns)
    moved = [[unit[n] for n in columns] for unit in units]
    other = alpha(moved, TURNED)
    assert (found is None) == (other is None) and agreed(moved) == agreed(units)
    if found and other:
        assert (other.value, other.n, other.low) == pytest.approx((found.value, found.n, found.low))
    both = [(a, b) for a, b, *_ in units if a and b]
    one, turned = kappa(both), kappa([(b, a) for a, b in both])
    assert (one is None) == (turned is None)
    if one and turned:
        assert (turned.low is None) == (one.low is None)
        assert (turned.value, turned.low or 0, turned.high or 0) == pytest.approx(
            (one.value, one.low or 0, one.high or 0)
        )


@given(UNITS_OF, st.data())
def test_which_of_a_pair_is_called_the_first_does_not_matter(
    units: list[list[str | None]], data: st.DataObject
) -> None:
    turned = [
        [TURNED.get(one, one) if one else None for one in unit] if data.draw(st.booleans()) else unit for unit in units
    ]
    found, other = alpha(units, TURNED), alpha(turned, TURNED)
    assert (found is None) == (other is None)
    if found and other:
        assert other.value == pytest.approx(found.value)
    one, two = (kappa([(a, b) for a, b, *_ in some if a and b], TURNED) for some in (units, turned))
    assert (one is None) == (two is None)
    if one and two:
        assert (two.value, two.low, two.high) == pytest.approx((one.value, one.low, one.high))


@given(st.lists(LABELS, min_size=2, max_size=30), st.integers(2, 6))
def test_perfect_agreement_is_one_without_an_interval(things: list[str], judges: int) -> None:
    assume(len({*things}) > 1)
    found, of_two = alpha([[one] * judges for one in things]), kappa([(one, one) for one in things])
    assert found is not None and of_two is not None
    assert (found.value, of_two.value) == pytest.approx((1, 1))
    assert [found.low, found.high, of_two.low, of_two.high] == [None] * 4, "no sample of it would differ"


@given(UNITS_OF)
def test_a_judge_who_repeats_another_makes_them_agree_no_less(units: list[list[str | None]]) -> None:
    units = [unit for unit in units if None not in unit]
    doubled = [[*unit, *unit] for unit in units]
    before, after = agreed(units), agreed(doubled)
    if before and after:
        assert after.value >= before.value
    found, other = alpha(units), alpha(doubled)
    if found and other:
        assert other.value >= found.value - 1e-9


def test_a_good_order_does_not_look_like_chance() -> None:
    """Where the first is nearly always the better one, agreement is none of the names' doing."""
    units = [["first"] * 4] * 9 + [["first", "first", "first", "second"]]
    blind, seen = alpha(units), alpha(units, TURNED)
    assert blind is not None and seen is not None
    assert blind.value < 0.1 < 0.9 < seen.value


@given(UNITS_OF)
def test_nothing_is_above_one(units: list[list[str | None]]) -> None:
    for found in (alpha(units), alpha(units, TURNED), kappa([(a, b) for a, b, *_ in units if a and b])):
        assert found is None or (found.value <= 1 + 1e-9 and (found.high is None or found.high <= 1 + 1e-9))


def test_what_cannot_be_measured_is_none() -> None:
    assert alpha([]) is None and alpha([["a", None], [None, "b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None, "no variation to agree on"
    assert kappa([("a", "a"), ("a", "a")]) is None
    assert share(0, 0) is None


def test_alpha_of_few_things_has_no_interval() -> None:
    few = [["a", "a"], ["b", "b"], ["a", "b"]]
    found = alpha(few)
    assert found is not None and found.low is None and found.high is None
    more = alpha([*chain.from_iterable([few] * UNITS)])
    assert more is not None and more.low is not None


@pytest.mark.parametrize(
    ("hits", "n", "told"),
    [(500, 1000, True), (54, 100, None), (260, 480, None), (300, 480, False), (5, 60, False), (2, 3, None)],
)
def test_a_share_lies_within_limits_only_when_the_count_says_so(hits: int, n: int, told: bool | None) -> None:
    found = share(hits, n)
    assert found is not None and within(found, *EVEN) is told
