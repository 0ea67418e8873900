"""What the passages do not hold is told in whole words: a name with all its capitals, a half with its other half."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.ask.gaps import gaps
from service.records import Passage

PLAN = Passage(
    1, 1, "Kế hoạch sửa đường Hoa Sim", 1,
    "Tối thứ Hai phường họp về thủ tục, xử phạt theo pháp luật; năm 2026 lắp 15 trụ đèn ở vùng ven, đóng cửa sân bóng. "
    "Phường An Hòa và xã Bình Minh góp ngân sách.",
    "II. KINH PHÍ", 0, 0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Lương tối thiểu vùng năm 2026 là bao nhiêu?", ("Lương tối thiểu vùng",)),
        ("Thủ tướng nước Pháp là ai?", ("Thủ tướng nước Pháp",)),
        ("Đại sứ quán nước Lào ở vùng nào?", ("Đại sứ quán nước Lào",)),
        ("Phường họp với nước Lào?", ("nước Lào",)),
        ("Đèn ở phường Đông Hòa lắp khi nào?", ("Đông Hòa",)),
        ("Sân bóng dài mấy ki-lô-mét?", ("dài", "ki-lô-mét")),
        ("lap den phai trung thau khong", ("trung thau",)),
        ("Đóng cửa sân bóng hỏng?", ("hỏng",)),
        ("Quyết định 402/QĐ-UBND lắp đèn?", ("Quyết định 402/QĐ-UBND",)),
        ("Năm 2026 lắp bao nhiêu trụ đèn?", ()),
        ("Sân bóng mặc trang phục thế nào?", ("mặc trang phục",)),
        ("luong toi thieu vung nam 2026", ("luong toi thieu vung",)),
        ("Hạn lắp đèn theo quy định, yêu cầu của công văn?", ()),
        ("han lap den theo quy dinh cua nghi dinh", ()),
    ],
)
def test_words_are_told_whole(question: str, told: tuple[str, ...]) -> None:
    assert gaps(question, (PLAN,)) == told


@given(st.text(max_size=80))
def test_what_is_told_stands_in_the_question(question: str) -> None:
    assert all(words in question for words in gaps(question, (PLAN,)))
    assert gaps(question, ()) == ()
