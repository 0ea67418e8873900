"""Citation marks: read, held against the passages, and told apart from lists."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from service.checks.citations import KnownMarks, citations, cites_source, telling_cells
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
    assert result.findings[0].passages == (3,)
    assert "Đoạn 3" in result.findings[0].why


def test_a_figure_cited_from_the_wrong_passage() -> None:
    result = cites_source(case("Toàn tỉnh đã tiêm được 61,4% tổng đàn [2]."), CITES)
    assert result.passed is False
    assert result.findings[0].passages == (1,)


def test_too_few_marks() -> None:
    assert cites_source(case("Tiêm đạt 80%."), CITES).passed is False
    assert cites_source(case("Tiêm đạt 80% tổng đàn [2]."), Assertion("cites-source", value=2)).score == 0.5


def test_without_passages_there_is_nothing_to_judge() -> None:
    assert cites_source(case("Đạt [1].", sourced=False), CITES).passed is None


@pytest.mark.parametrize(
    ("pieces", "shown", "dropped"),
    [
        (["Đạt 80% [2]."], "Đạt 80% [2].", []),
        (["Đạt 80% [", "9", "]."], "Đạt 80%.", [9]),
        (["Đạt [1, 9] và [3", "] nữa"], "Đạt [1] và [3] nữa", [9]),
        (["Ghi [cần ", "bổ sung] và ["], "Ghi [cần bổ sung] và [", []),
        (["a ", "[0]", " b [4-6]"], "a b [4]", [0, 5, 6]),
        (["Theo [1", "-3] và [2–", "4]."], "Theo [1, 2, 3] và [2, 3, 4].", []),
        (["Theo [1, 2, 3, 4, 1, 2, 3, 4, 1", ", 2, 9]."], "Theo [1, 2, 3, 4].", [9]),
    ],
)
def test_a_number_without_a_passage_is_dropped_on_the_way(pieces: list[str], shown: str, dropped: list[int]) -> None:
    marks = KnownMarks(4)
    assert "".join([*map(marks.feed, pieces), marks.close()]) == shown
    assert marks.dropped == dropped


@given(st.text(alphabet="a [19],-\n", max_size=40), st.lists(st.integers(0, 40), max_size=5))
def test_how_the_pieces_fall_changes_nothing(text: str, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    whole, parted = KnownMarks(1), KnownMarks(1)
    assert whole.feed(text) + whole.close() == "".join([*map(parted.feed, pieces), parted.close()])


ROWS = [
    ["TT", "Đơn vị", "Tổng đàn", "Đã tiêm", "Tỷ lệ (%)"],
    ["1", "Thôn Đông", "120", "108", "90,0"],
    ["2", "Thôn Tây Hạ", "108", "95", "88,0"],
    ["3", "Toàn xã", "1.935", "1.760", "91,0"],
]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Thôn Đông đã tiêm 108 con [2].", [(), (1, 3), (), ()]),
        ("Thôn Đông đạt 90%, thôn Tây Hạ đạt 88% [1].", [(), (1, 4), (1, 4), ()]),
        ("Toàn xã có 1.935 con trâu, bò [3].", [(), (), (), (1, 2)]),
        ("Đã tiêm được 1.760 con.", [(3,), (), (), (3,)]),
        ("Các đơn vị nộp báo cáo đúng hạn.", [(), (), (), ()]),
        ("", [(), (), (), ()]),
    ],
)
def test_the_cells_that_a_sentence_was_taken_from(sentence: str, told: list[tuple[int, ...]]) -> None:
    assert telling_cells(sentence, ROWS) == told


def test_a_long_cell_is_known_by_the_words_of_its_sentence() -> None:
    rows = [
        ["Phòng Kinh tế", "Lập danh sách hộ chưa tiêm, nêu rõ lý do từng hộ", "12/11/2026"],
        ["Công an xã", "Trực", ""],
    ]
    assert telling_cells("Phòng Kinh tế lập danh sách hộ chưa tiêm trước ngày 12/11/2026 [4].", rows) == [(0, 1, 2), ()]
    assert telling_cells("Nêu rõ lý do từng hộ.", rows) == [(1,), ()]
