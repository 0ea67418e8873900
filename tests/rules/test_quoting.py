"""What the documents themselves say to a question, word for word."""

from __future__ import annotations

from hypothesis import given, strategies as st

from service.quoting import MOST, quoted
from service.records import Passage

LETTER = (
    "Thực hiện kế hoạch tiêm phòng, Sở đề nghị các xã:\n"
    "1. Tổ chức tiêm phòng đạt ít nhất 80% tổng đàn, hoàn thành trước ngày 15 tháng 12 năm 2026.\n"
    "2. Bảo quản vắc xin ở nhiệt độ từ 2 đến 8 độ C.\n"
    "3. Báo cáo kết quả tiêm phòng về Sở trước 17 giờ 00 ngày 18 tháng 12 năm 2026./."
)
PLAN = "IV. KINH PHÍ\nTổng kinh phí là 62.000.000 đồng từ ngân sách xã.\nPhòng Kinh tế lập dự toán."


def passage(number: int, text: str, score: float = 0.0) -> Passage:
    return Passage(number, number, f"Văn bản {number}", 1, text, "", 1, 1, score)


def said(question: str, *texts: str) -> list[tuple[int, str]]:
    passages = [passage(n, text, 1 / n) for n, text in enumerate(texts, 1)]
    return [(one.number, passages[one.number - 1].text[one.start : one.end]) for one in quoted(question, passages)]


def test_the_sentence_that_answers_comes_first_whatever_the_marks() -> None:
    for question in ("Báo cáo kết quả về Sở trước ngày nào?", "bao cao ket qua ve so truoc ngay nao"):
        number, text = said(question, LETTER, PLAN)[0]
        assert (number, text) == (1, LETTER.split("\n")[3])


def test_the_kind_of_thing_asked_for_decides_between_like_sentences() -> None:
    plan = "Thôn Đông tiêm phòng tại nhà văn hóa thôn.\nThôn Đông tiêm phòng lúc 7 giờ 30 sáng thứ Hai."
    assert said("Thôn Đông tiêm phòng lúc mấy giờ?", plan)[0][1].endswith("thứ Hai.")
    assert said("Thôn Đông tiêm phòng ở đâu?", plan)[0][1].endswith("văn hóa thôn.")


def test_a_syllable_that_only_looks_like_a_question_asks_for_no_number() -> None:
    """«máy», «mục» are no «mấy», «mức»; without marks a single syllable says nothing."""
    plan = "Máy tính cũ giao văn thư giữ.\nMáy tính mới thì kho của cơ quan còn giữ 12 chiếc."
    for question in ("Ai giữ máy tính?", "ai giu may tinh"):
        assert said(question, plan)[0][1].endswith("văn thư giữ.")
    assert said("Kho còn giữ mấy máy tính?", plan)[0][1].endswith("12 chiếc.")


def test_a_heading_is_quoted_with_what_it_leads_to() -> None:
    assert said("Kinh phí bao nhiêu?", PLAN)[0][1] == "IV. KINH PHÍ\nTổng kinh phí là 62.000.000 đồng từ ngân sách xã."


def test_nothing_is_quoted_where_no_word_is_shared() -> None:
    assert said("Giá xăng?", "Thôn Đông họp tối thứ Sáu, mời bà con.") == []
    assert said("Hạn?") == []


@given(st.text(), st.lists(st.text(max_size=200), max_size=4))
def test_any_text_is_quoted_within_its_bounds(question: str, texts: list[str]) -> None:
    passages = [passage(n, text) for n, text in enumerate(texts, 1)]
    found = quoted(question, passages)
    assert len(found) <= MOST
    for one in found:
        text = passages[one.number - 1].text
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
