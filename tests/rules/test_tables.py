"""A table taken out of a text, and the differences between two texts."""

from __future__ import annotations

from dataclasses import replace

from service.checks.register import register
from service.checks.tables import fills_table, judge_cells, names_differences, table_in
from service.records import AnswerTable, Assertion, Difference
from tests.rules.making_exercises import case, exercise

ASK = Assertion("any")
KEY = AnswerTable(
    ("Việc", "Chủ trì", "Hạn"),
    (
        ("Kiểm tra bếp ăn của 03 trường học", "Phòng Văn hóa - Xã hội", "trước ngày 25 tháng 11 năm 2026"),
        ("Tổ chức ngày hội đọc sách", "Phòng Văn hóa - Xã hội", "[chưa nêu]"),
    ),
    ("Việc",),
)
MADE = exercise("extract", tables=(KEY,))
GOOD = """Bảng nhiệm vụ:
| TT | Nhiệm vụ, công việc | Đơn vị chủ trì | Thời hạn |
|---|:--|---|---|
| 1 | Tổ chức ngày hội đọc sách tại các thôn | Phòng Văn hoá – Xã hội | [cần bổ sung] |
| 2 | Kiểm tra bếp ăn 03 trường học | Phòng Văn hóa - Xã hội | 25/11/2026 |"""


def test_a_table_is_read_with_its_head() -> None:
    assert table_in(GOOD)[0] == ("TT", "Nhiệm vụ, công việc", "Đơn vị chủ trì", "Thời hạn")
    assert len(table_in(GOOD)) == 3
    assert table_in("Việc\tHạn\nNộp\t5/12") == (("Việc", "Hạn"), ("Nộp", "5/12"))
    assert table_in("Không có bảng nào.") == ()


def test_other_words_for_the_same_cells_are_right() -> None:
    key = KEY.__class__(("Nhiệm vụ", "Chủ trì", "Hạn"), KEY.rows, ("Nhiệm vụ",))
    result = fills_table(case(exercise("extract", tables=(key,)), GOOD), ASK)
    assert (result.passed, result.reason) == (True, "Bảng đúng cả 2 dòng.")


def test_an_invented_deadline_and_a_wrong_one_are_told() -> None:
    wrong = (
        GOOD.replace("[cần bổ sung]", "30/11/2026")
        .replace("25/11/2026", "26/11/2026")
        .replace("Nhiệm vụ, công việc", "Việc")
    )
    result = fills_table(case(MADE, wrong), ASK)
    assert result.passed is False
    assert [(one.seen, one.expected) for one in result.findings] == [
        ("26/11/2026", "trước ngày 25 tháng 11 năm 2026"),
        ("30/11/2026", "[chưa nêu]"),
    ]
    assert wrong[result.findings[0].spans[0].start :].startswith("26/11/2026")


def test_a_cell_left_empty_by_hand_is_told_what_to_write() -> None:
    (name, lead, _), second = KEY.rows
    made = case(MADE, "", table=[KEY.columns, (name, lead, ""), (*second[:2], "")])
    stated, unstated = fills_table(made, ASK).findings
    assert stated.try_next == unstated.try_next, "the key stays closed"
    assert "[chưa nêu]" in unstated.try_next
    assert "ghi [chưa nêu]" in unstated.why
    assert "để ngỏ" not in unstated.why


def test_a_blank_is_praised_only_where_the_source_has_nothing() -> None:
    praise = "Kết quả ghi rõ chỗ cần bổ sung"
    made = GOOD.replace("Nhiệm vụ, công việc", "Việc")
    kept = [one for one in register(case(MADE, made), Assertion("register")).findings if one.title == praise]
    assert [made[one.start : one.end] for one in kept[0].spans] == ["[cần bổ sung]"]
    lost = made.replace("25/11/2026", "[cần bổ sung]")
    kept = [one for one in register(case(MADE, lost), Assertion("register")).findings if one.title == praise]
    assert [one.start for one in kept[0].spans] == [lost.index("[cần bổ sung]")]
    both = lost.replace("Ngày hội", "").replace("| [cần bổ sung] |\n| 2", "| ngay |\n| 2")
    assert praise not in [one.title for one in register(case(MADE, both), Assertion("register")).findings]
    assert praise in [one.title for one in register(case(exercise("draft"), both), Assertion("register")).findings]


def test_what_is_wrong_is_shown_in_its_own_cell() -> None:
    rows = (
        ("Xây dựng kế hoạch, trình Ủy ban nhân dân xã", "Phòng Kinh tế", "05/12/2026"),
        ("Tổ chức ngày hội đọc sách", "Ủy ban nhân dân xã", "05/12/2026"),
    )
    key = replace(KEY, rows=rows)
    made = """Bảng [1]:
| Việc [2] | Chủ trì | Hạn |
|---|---|---|
| Xây dựng kế hoạch, trình Ủy ban nhân dân xã | Ủy ban nhân dân xã [3] | 05/12/2026 |
| **Tổ chức ngày hội đọc sách** [2] | Ủy ban nhân dân xã | 06/12/2026 [4] |
| 05/12/2026 | Văn phòng | [chưa nêu] |"""
    result = fills_table(case(exercise("extract", tables=(key,)), made), ASK)
    line = made.split("\n")
    places = [made[: one.spans[0].start].count("\n") for one in result.findings]
    assert places == [3, 4, 5]
    spans = [one.spans[0] for one in result.findings]
    assert [made[one.start : one.end] for one in spans] == ["Ủy ban nhân dân xã", "06/12/2026", "05/12/2026"]
    assert spans[0].start > made.index(line[3]) + line[3].index("| Ủy ban")


def test_cells_parted_by_tabs_are_shown_in_their_place() -> None:
    made = "Việc\tChủ trì\tHạn\nKiểm tra bếp ăn\tVăn phòng\t25/11/2026"
    [wrong, _lost] = fills_table(case(MADE, made), ASK).findings
    assert (wrong.seen, made[wrong.spans[0].start :][:9]) == ("Văn phòng", "Văn phòng")


def test_a_lost_row_and_an_added_one_are_told() -> None:
    rows = GOOD.replace("Nhiệm vụ, công việc", "Việc").splitlines()
    result = fills_table(case(MADE, "\n".join([*rows[:4], "| 3 | Mua xe công vụ | Văn phòng | ngay |"])), ASK)
    assert [one.title for one in result.findings] == [
        "Bảng sót dòng «Kiểm tra bếp ăn của 03 trường học»",
        "Dòng «Mua xe công vụ» không khớp dòng nào của đáp án",
    ]
    assert result.score < 0.5


def test_of_two_rows_that_hold_the_key_s_words_the_nearer_one_is_taken() -> None:
    rows = (("Đề xuất tổ chức ngày hội đọc sách tại các thôn", "Thư viện", "sớm"), ("Họp", "Văn phòng", "ngay"))
    key = replace(KEY, rows=rows)
    wider = ("Tổ chức ngày hội đọc sách", "Phòng Văn hóa - Xã hội", "sau")
    nearer = ("Đề xuất việc tổ chức ngày hội đọc sách tại các thôn", "Thư viện", "sớm")
    for made in ((wider, nearer), (nearer, wider)):
        found = judge_cells(key, (KEY.columns, *made))
        assert made[found.rows[0] - 1] == nearer and made[found.extra[0] - 1] == wider


def test_of_two_rows_of_one_name_the_one_with_the_key_s_other_cells_is_taken() -> None:
    name, lead, due = KEY.rows[1]
    made = ((name, "Công an xã", "ngay"), (name, lead, due))
    found = judge_cells(KEY, (KEY.columns, *made))
    assert found.rows == {1: 2} and found.extra == (1,)


def test_another_body_and_another_side_of_a_date_are_wrong_and_a_shortened_task_is_right() -> None:
    row = ("Tuần tra ban đêm tại 03 thôn ven sông", "Công an xã", "bắt đầu từ ngày 10 tháng 11 năm 2026")
    key = replace(KEY, columns=("Việc", "Chủ trì", "Thời hạn"), rows=(row,))
    made = (key.columns, ("Tuần tra ban đêm", "Phòng Văn hóa - Xã hội", "trước 10/11/2026"))
    assert judge_cells(key, made).cells == {(1, 0): True, (1, 1): False, (1, 2): False}


def test_columns_under_other_usual_names_are_found() -> None:
    made = GOOD.replace("Nhiệm vụ, công việc", "Nhiệm vụ").replace("Đơn vị chủ trì", "Đơn vị")
    assert fills_table(case(MADE, made), ASK).passed is True


def test_the_usual_name_yields_to_the_exact_one() -> None:
    made = GOOD.replace("| TT |", "| Đơn vị |")
    assert fills_table(case(MADE, made), ASK).passed is True


def test_without_the_column_that_names_the_rows_only_that_is_told() -> None:
    lines = [line.split("|") for line in GOOD.replace("| Đơn vị chủ trì |", "| Ghi chú |").splitlines()]
    made = "\n".join("|".join(cells[:2] + cells[3:]) for cells in lines)
    result = fills_table(case(MADE, made), ASK)
    [finding] = result.findings
    assert finding.title == "Bảng thiếu cột «Việc», «Chủ trì»"
    assert finding.insert == "Bảng có đủ các cột: Việc, Chủ trì."
    assert finding.level.value == "essential"
    assert (result.passed, result.score) == (False, 0)
    assert "thừa" not in result.reason


def test_columns_that_the_prompt_names_are_not_asked_for_again() -> None:
    made = "\n".join(line.rpartition("|")[0].rpartition("|")[0] + "|" for line in GOOD.splitlines())
    told = replace(case(MADE, made), prompt="Lập bảng gồm các cột: Việc, Chủ trì, Hạn; mỗi việc một dòng.")
    finding = fills_table(told, ASK).findings[0]
    assert finding.title == "Bảng thiếu cột «Hạn»"
    assert "Nêu tên" not in finding.try_next
    assert finding.insert == "Giữ đúng số cột và tên cột đã nêu."


def test_a_text_that_is_no_table_fails() -> None:
    assert fills_table(case(MADE, "Phòng Văn hóa kiểm tra bếp ăn."), ASK).score == 0


def test_a_table_filled_by_hand_goes_before_the_machine_s() -> None:
    made = case(MADE, "Không có bảng.", table=[KEY.columns, *KEY.rows])
    assert fills_table(made, ASK).score == 1


DIFFERENT = exercise(
    "compare_texts", differences=(Difference("15 ngày", "10 ngày", "Nhanh hơn."), Difference("", "lệ phí", "Thêm phí."))
)


def test_differences_are_named_with_both_sides() -> None:
    good = names_differences(case(DIFFERENT, "Thời hạn giảm từ 15 ngày còn 10 ngày; thêm quy định về lệ phí."), ASK)
    assert (good.passed, good.score) == (True, 1.0)
    half = names_differences(case(DIFFERENT, "Thời hạn nay là 10 ngày; có lệ phí."), ASK)
    assert (half.passed, half.score) == (False, 0.75)
    assert half.findings[0].title == "Mới nêu một bên; bản cũ ghi «15 ngày»"
    other = names_differences(case(DIFFERENT, "Thời hạn trước là 15 ngày; có lệ phí."), ASK)
    assert other.findings[0].title == "Mới nêu một bên; bản mới ghi «10 ngày»"
    none = names_differences(case(DIFFERENT, "Hai bản giống nhau."), ASK)
    assert none.score == 0
    assert "15 ngày → 10 ngày" in none.findings[0].expected
