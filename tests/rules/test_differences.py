"""Changes marked in two versions: every side counts, wording alone is nothing, the key stays closed."""

from __future__ import annotations

from service.checks.handwork import MISSED
from service.checks.tables import judge_cells, names_differences
from service.records import AnswerTable, Assertion, CheckResult, Difference, ExerciseInput, Level
from tests.rules.making_exercises import case, exercise

OLD = "1. Hạn là 15 ngày.\n2. Công khai hằng quý."
TEXT = f"BẢN CŨ\n{OLD}\nBẢN MỚI\n1. Hạn là 10 ngày.\n2. Mỗi quý công khai.\n3. Có lệ phí."


def at(quote: str) -> tuple[int, int]:
    return TEXT.index(quote), TEXT.index(quote) + len(quote)


MADE = exercise(
    "compare_texts",
    inputs=(ExerciseInput("", text=TEXT),),
    differences=(
        Difference("15 ngày", "10 ngày", "Nhanh hơn.", places=(at("15 ngày"), at("10 ngày"))),
        Difference("", "lệ phí", "Thêm phí.", places=(at("lệ phí"),)),
    ),
)


def marked(*quotes: str, wording: tuple[str, ...] = ()) -> CheckResult:
    marks = [{"start": at(one)[0], "end": at(one)[1], "type": ""} for one in quotes]
    marks += [{"start": at(one)[0], "end": at(one)[1], "type": "cau_chu"} for one in wording]
    return names_differences(case(MADE, "", marks=marks), Assertion("any"))


def test_all_places_of_all_differences_pass() -> None:
    result = marked("15", "10 ngày", "lệ phí", wording=("Mỗi quý công khai",))
    assert (result.passed, result.score) == (True, 1.0)
    assert result.reason == "Tìm trọn 2/2 điểm khác nhau; 3/3 chỗ đánh dấu là đổi nội dung thật."


def test_one_side_alone_is_half_and_its_other_side_is_told() -> None:
    result = marked("15 ngày", "lệ phí")
    assert result.passed is True  # F1 of 3/4 and 1
    half = next(one for one in result.findings if one.part == MISSED)
    assert (half.level, half.where) == (Level.ACTIONABLE, "Dòng 5 của văn bản.")


def test_wording_told_as_substance_counts_against_and_substance_as_wording_is_missed() -> None:
    result = marked("Mỗi quý công khai", wording=("lệ phí",))
    assert (result.passed, result.score) == (False, 0.0)
    titles = [one.title for one in result.findings]
    assert titles == [
        "Còn một điểm khác nhau ở dòng 2",
        "Chỗ ở dòng 7 đổi cả nội dung, không chỉ câu chữ",
        "«Mỗi quý công khai» không đổi nội dung",
    ]


def test_marking_everything_finds_nothing() -> None:
    everything = [{"start": 0, "end": len(TEXT), "type": ""}]
    assert names_differences(case(MADE, "", marks=everything), Assertion("any")).score == 0


def test_every_cell_has_its_verdict() -> None:
    key = AnswerTable(("Việc", "Hạn"), (("Nộp báo cáo", "05/12/2026"), ("Họp thôn", "[chưa nêu]")), ("Việc",))
    made = (("Hạn", "Việc"), ("05/12/2026", "Nộp báo cáo"), ("06/12/2026", "Họp thôn"), ("", "Mua xe"))
    judged = judge_cells(key, made)
    assert judged.cells == {(1, 1): True, (1, 0): True, (2, 1): True, (2, 0): False, (3, 1): False}
    assert (judged.extra, judged.right, judged.filled) == ((3,), 3, 5)
