"""What no passage holds of a question: its words as typed, document numbers, and nothing that any text may lack."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.answerability import lacking
from service.records import Passage
from service.text import syllables

PLAN = Passage(
    number=1,
    document_id=1,
    document_title="Kế hoạch sửa đường Hoa Sim",
    chunk=1,
    first=0,
    last=0,
    heading="II. KINH PHÍ",
    text="Ngày 05/9/2026 phường lắp 15 trụ đèn theo Quyết định số 41/QĐ-UBND, hết 120 triệu đồng.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Công ty nào trúng thầu lắp đèn?", ("Công ty", "trúng thầu")),
        ("cong ty nao trung thau lap den", ("cong ty", "trung thau")),
        ("Đèn đường Hoa Sim bao nhiêu oát?", ("oát",)),
        ("Quyết định 402/QĐ-UBND do ai ký?", ("402/QĐ-UBND", "ký")),
        ("Quyết định 41/QĐ-UBND lắp mấy trụ đèn, xong trước ngày 12/11?", ()),
        ("Lắp đèn hết bao nhiêu tiền?", ()),
        ("Kinh phí sửa đường là bao nhiêu?", ()),
        ("kế hoach sửa duong hoa sim?", ()),
        ("Vé máy bay bao nhiêu?", ("Vé máy bay",)),
        ("Tổng kinh phí lắp đèn là bao nhiêu, phường bỏ ra mấy đồng?", ()),
        ("Nếu trời lạnh thì lắp đèn hôm nào?", ("trời lạnh",)),
        ("", ()),
    ],
)
def test_words_that_no_passage_holds_are_told_as_typed(question: str, told: tuple[str, ...]) -> None:
    assert lacking(question, (PLAN,)) == told


def test_without_passages_nothing_is_known() -> None:
    assert lacking("Công ty nào trúng thầu?", ()) == ()


@given(st.text(max_size=80))
def test_what_is_told_stands_in_the_question_and_not_in_the_passage(question: str) -> None:
    here = {one.text.lower() for one in syllables(PLAN.text)}
    for words in lacking(question, (PLAN,)):
        assert words in question
        assert not {one.text.lower() for one in syllables(words)} <= here
