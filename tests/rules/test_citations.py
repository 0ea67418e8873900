"""Citation marks: read, held against the passages, and told apart from lists."""

from __future__ import annotations

import pytest

from service.checks.citations import citations, cites_source
from service.records import Assertion, Level
from tests.rules.making import case, seen

CITES = Assertion("cites-source")


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Đạt 80% [2].", [(2,)]),
        ("a [1][3] b [1, 3]", [(1,), (3,), (1, 3)]),
        ("theo [1-3]", [(1, 2, 3)]),
        ("[cần bổ sung] [CCCD_1] [2026a]", []),
        ("[999-1]", [(999, 1)]),
    ],
)
def test_marks_are_read(answer: str, numbers: list[tuple[int, ...]]) -> None:
    found = citations(answer)
    assert [one.numbers for one in found] == numbers
    assert all(answer[one.start] == "[" and answer[one.end - 1] == "]" for one in found)


def test_marks_that_hold_are_praised() -> None:
    result = cites_source(case("Tiêm đạt ít nhất 80% tổng đàn [2]. Nộp trước 17h ngày 20/12/2026. [4]"), CITES)
    assert result.passed is True
    assert [(one.level, one.title) for one in result.findings] == [(Level.CELEBRATORY, "Cả 2 trích dẫn đều đúng đoạn")]


def test_a_number_that_names_no_passage() -> None:
    answer = "Tiêm đạt 80% [2], xong sớm [9]."
    result = cites_source(case(answer), CITES)
    assert result.passed is False
    assert result.score == 0.5
    assert seen(result, answer) == ["[9]"]
    assert result.findings[0].level is Level.ESSENTIAL


def test_a_passage_that_says_something_else() -> None:
    answer = "Xã lập danh sách hộ chưa tiêm [4]."
    result = cites_source(case(answer), CITES)
    assert seen(result, answer) == ["Xã lập danh sách hộ chưa tiêm", "[4]"]
    assert result.findings[0].passage == 3
    assert "Đoạn 3" in result.findings[0].why


def test_a_figure_cited_from_the_wrong_passage() -> None:
    result = cites_source(case("Toàn tỉnh đã tiêm được 61,4% tổng đàn [2]."), CITES)
    assert result.passed is False
    assert result.findings[0].passage == 1


def test_too_few_marks() -> None:
    assert cites_source(case("Tiêm đạt 80%."), CITES).passed is False
    assert cites_source(case("Tiêm đạt 80% tổng đàn [2]."), Assertion("cites-source", value=2)).score == 0.5


def test_without_passages_there_is_nothing_to_judge() -> None:
    assert cites_source(case("Đạt [1].", sourced=False), CITES).passed is None
