"""Times and numbers as an official document writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.pages.filters import clock, day, megabytes, moment, number, percent

AT = datetime(2026, 6, 4, 18, 5, tzinfo=UTC)  # already the fifth in Viet Nam


def test_times_are_those_of_the_office() -> None:
    assert clock(AT) == "1 giờ 05"
    assert day(AT) == "ngày 05 tháng 6 năm 2026"
    assert moment(AT) == "1 giờ 05 ngày 05 tháng 6 năm 2026"


def test_noughts_before_days_under_ten_and_the_first_two_months() -> None:
    assert day(datetime(2026, 2, 28, 12, tzinfo=UTC)) == "ngày 28 tháng 02 năm 2026"
    assert day(datetime(2026, 10, 1, 12, tzinfo=UTC)) == "ngày 01 tháng 10 năm 2026"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(1_500_000, 0, "1.500.000"), (1234.5, 1, "1.234,5"), (0, 0, "0"), (-1200, 0, "-1.200")],
)
def test_numbers(value: float, places: int, written: str) -> None:
    assert number(value, places) == written


@pytest.mark.parametrize(("share", "written"), [(0.614, "61,4%"), (0.8, "80%"), (1, "100%"), (0, "0%")])
def test_percent(share: float, written: str) -> None:
    assert percent(share) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [(1, "1 kB"), (13_400, "13 kB"), (340_000, "0,3 MB"), (2_000_000, "2 MB"), (34_500_000, "34,5 MB")],
)
def test_sizes(size: int, written: str) -> None:
    assert megabytes(size) == written
