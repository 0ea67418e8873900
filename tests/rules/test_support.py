"""What bears a sentence out: the four verdicts, and each way in which a near passage does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.checks.grounding import SourceText, trace
from service.checks.support import ENOUGH, holds, judge
from service.records import Passage, Support
from tests.rules.making import PASSAGES


def passage(text: str) -> Passage:
    return Passage(1, 1, "Kế hoạch tiêm phòng", 0, text, "", 0, 0)


def test_the_four_verdicts() -> None:
    answer = (
        "Các việc phải làm:\n"
        "- Tổ chức tiêm đạt ít nhất 80% tổng đàn, hoàn thành trước ngày 15 tháng 12 năm 2026 [2].\n"
        "- Toàn tỉnh đã tiêm được 61,4% tổng đàn trâu, bò [4].\n"
        "- Báo cáo kết quả về Sở trước 17 giờ 00 ngày 20/12/2026.\n"
        "- Mỗi hộ chăn nuôi được hỗ trợ hai bao cám cho gia súc non."
    )
    found = judge(answer, PASSAGES)
    assert [(one.support, one.passages) for one in found] == [
        (Support.CITED, (2,)),
        (Support.UNHELD, (4,)),
        (Support.FOUND, (4,)),
        (Support.NONE, ()),
    ]
    assert all(answer[one.start : one.end].startswith("- ") for one in found)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Xã lập danh sách hộ chưa tiêm.", "Bố trí người tiêm theo từng thôn; lập danh sách hộ chưa tiêm."),
        ("Kinh phí mỗi thôn là 1.500.000 đồng.", "Kinh phí 1,5 triệu đồng mỗi thôn."),
        ("UBND xã hòan thành tiêm trong tháng 12/2026.", "Ủy ban nhân dân xã hoàn thành tiêm trong tháng 12 năm 2026."),
        ("Thời gian không quá 05 ngày làm việc.", "Thời gian giải quyết tối đa 5 ngày làm việc."),
    ],
)
def test_what_is_said_in_other_spelling_holds(sentence: str, text: str) -> None:
    assert holds(sentence, passage(text)) >= ENOUGH


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Tiêm đạt ít nhất 90% tổng đàn.", "Tiêm đạt ít nhất 80% tổng đàn."),
        ("Báo cáo trước ngày 15 tháng 12.", "Tiêm xong trước ngày 15 tháng 12. Báo cáo trước ngày 20 tháng 12."),
        ("Ông Lê Văn Hải làm tổ trưởng.", "Ông Trần Văn Hòa làm tổ trưởng."),
        ("Hộ chăn nuôi phải nộp tiền tiêm.", "Hộ chăn nuôi không phải nộp tiền tiêm."),
        ("Nộp báo cáo sau ngày 15 tháng 12.", "Nộp báo cáo trước ngày 15 tháng 12."),
        ("Số hồ sơ tăng 12% so với năm trước.", "Số hồ sơ giảm 12% so với năm trước."),
        ("Thời gian tối thiểu 5 ngày làm việc.", "Thời gian không quá 5 ngày làm việc."),
        ("Thôn trưởng phân công người trực tại trạm y tế.", "Bố trí người tiêm theo từng thôn."),
    ],
)
def test_what_is_changed_does_not(sentence: str, text: str) -> None:
    assert holds(sentence, passage(text)) < ENOUGH


def test_two_passages_may_hold_together() -> None:
    answer = "Tiêm đạt ít nhất 80% tổng đàn, báo cáo kết quả về Sở trước 17 giờ ngày 20 tháng 12 năm 2026 [2][4]."
    assert [(one.support, one.passages) for one in judge(answer, PASSAGES)] == [(Support.CITED, (2, 4))]


@pytest.mark.parametrize("answer", ["Thứ Tư, đoàn đi kiểm tra các thôn [1].", f"Đoàn kiểm tra 1{'2' * 5000} thôn [1]."])
def test_a_day_of_the_week_and_an_endless_number_are_judged(answer: str) -> None:
    assert trace(answer, [SourceText(1, "Kế hoạch", "Đoàn kiểm tra các thôn ngày 08/12/2026.")], (), "")
    assert judge(answer, (passage("Đoàn kiểm tra các thôn ngày 08/12/2026."),))[0].support is Support.UNHELD


def test_vectors_add_and_never_make_up_for_a_figure() -> None:
    near = passage("Trâu, bò được tiêm tại điểm tập trung của thôn vào buổi sáng.")
    said = "Buổi sáng, gia súc lớn được tiêm ngay ở thôn."
    assert holds(said, near) < ENOUGH <= holds(said, near, lambda _one, _two: 1.0)
    assert holds("Buổi sáng tiêm 300 con trâu, bò tại thôn.", near, lambda _one, _two: 1.0) == 0.0


@given(st.text(max_size=200))
def test_any_text_is_judged_in_place(answer: str) -> None:
    for one in judge(answer, PASSAGES):
        assert 0 <= one.start < one.end <= len(answer)
        assert set(one.passages) <= {p.number for p in PASSAGES}
        assert bool(one.passages) is (one.support is not Support.NONE)
