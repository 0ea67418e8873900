"""The items of a list under grounded decoding: said once, and as many as the prompt asks for."""

from __future__ import annotations

import numpy as np
import pytest

from service.engines.llama.grounding.items import Items, count_asked, length_asked
from service.records import Delta, Message, Options
from tests.service.engine_bundled import opened
from tests.service.spoken import END, Spoken


def after(prompt: str, asked: str, written: str, likely: str = "") -> tuple[set[str], str]:
    """What may follow, and what is likeliest, where the model would go on with ``likely``; empty: would end."""
    words = Spoken(prompt, asked, written, likely)
    items = Items(words.tokens(prompt), words, asked)
    for token in words.tokens(written):
        items.accept(token)
    logits = np.zeros(words.size, np.float32)
    logits[words.tokens(likely)[0] if likely else END] = 1.0
    items.apply(logits)
    shown = ["" if piece is None else piece.decode() for piece in words.pieces]
    return {shown[n] for n in np.flatnonzero(np.isfinite(logits))}, shown[int(logits.argmax())]


NOTES = "việc cần làm: kiểm tra hội trường; gửi danh sách; kiểm tra loa"


def test_an_item_of_the_prompt_is_not_said_again() -> None:
    free, _ = after(NOTES, "", "- Gửi danh sách.\n- Kiểm tra loa.\n-")
    assert " Gửi" not in free
    assert " Kiểm" in free  # the prompt has another thing to be examined


def test_an_item_is_not_said_again_in_another_spelling() -> None:
    words = "Kiểm tra loa"
    free, _ = after(NOTES, "", f"- {words}.\n- Gửi danh sách.\n- Kiểm tra", " lóa loà Loa cho")
    assert free.isdisjoint({" loa", " lóa", " loà", " Loa"})
    assert " cho" in free


def test_what_begins_alike_parts_where_the_prompt_does() -> None:
    free, _ = after(NOTES, "", "- Kiểm tra loa.\n- Kiểm tra", " hội")
    assert " loa" not in free
    assert " hội" in free


def test_the_first_cell_of_a_row_is_an_item_and_the_others_are_not() -> None:
    row = "| 1 | Gửi danh sách | Công an | 5/6 |\n"
    free, _ = after(f"{NOTES} Công an 5/6", "", f"{row}| 2 |")
    assert " Gửi" not in free
    free, _ = after(f"{NOTES} Công an 5/6", "", f"{row}| 2 | Kiểm tra loa |")
    assert " Công" in free


def test_what_the_prompt_does_not_have_may_be_said_twice() -> None:
    free, _ = after("không có gì", "", "- Liên hệ: không.\n-", " Liên")
    assert " Liên" in free
    free, _ = after("không có gì", "", "- Liên hệ: không.\n- Liên hệ: không.\n-", " Liên")
    assert " Liên" not in free


def test_after_so_many_points_the_answer_ends() -> None:
    told = "- Một.\n- Hai.\n"
    assert after(NOTES, "Tóm tắt thành đúng 2 gạch đầu dòng.", told, "- Ba") == ({""}, "")
    assert len(after(NOTES, "Tóm tắt thành đúng 3 gạch đầu dòng.", told, "- Ba")[0]) > 1
    assert after(NOTES, "Tóm tắt.", told)[1] == ""


def test_before_so_many_points_it_does_not_end() -> None:
    assert after(NOTES, "Tóm tắt thành đúng 2 gạch đầu dòng.", "- Một")[1].endswith("\n")
    assert after(NOTES, "Tóm tắt, tối đa 2 gạch đầu dòng.", "- Một")[1] == ""
    assert after(NOTES, "Tóm tắt thành đúng 2 gạch đầu dòng.", "- Một", " hai")[1] == " hai"


def test_a_line_that_would_not_fit_is_not_begun() -> None:
    told = "- một hai ba bốn.\n- năm sáu bảy tám.\n"
    assert after(NOTES, "Tóm tắt không quá 13 tiếng.", told, "- chín") == ({""}, "")
    assert after(NOTES, "Tóm tắt không quá 60 tiếng.", told, "- chín")[1] == "-"
    assert after(NOTES, "Soạn giấy mời không quá 13 tiếng.", f"GIẤY MỜI\n{told}", "- chín")[1] == "-"


def test_what_the_source_has_twice_may_be_said_twice() -> None:
    twice = "ca một: địa điểm hội trường xã; ca hai: địa điểm hội trường xã"
    free, _ = after(twice, "", "- Địa điểm hội trường xã.\n-")
    assert " Địa" in free
    free, _ = after(twice, "", "- Địa điểm hội trường xã.\n- Địa điểm hội trường xã.\n-")
    assert " Địa" not in free


def test_under_another_heading_all_may_be_said_again() -> None:
    free, _ = after(NOTES, "", "- Gửi danh sách.\nViệc khác\n-")
    assert " Gửi" in free


def test_a_model_that_would_end_too_early_is_asked_for_one_more_line_and_no_more() -> None:
    asked = "Tóm tắt thành đúng 3 gạch đầu dòng."
    assert after(NOTES, asked, "- Một.\n")[1] == ""  # at the head of a line it may


@pytest.mark.parametrize(
    "asked",
    [
        "gồm hai phần: “Năm điểm chính”, năm gạch đầu dòng; “Việc của xã”, ba gạch đầu dòng",
        "Soạn thông báo có 3 ý chính và Nơi nhận",
        "mỗi trang một tiêu đề, không quá bốn gạch đầu dòng",
    ],
)
def test_a_list_that_is_not_all_of_the_answer_is_not_counted(asked: str) -> None:
    told = "- Một.\n- Hai.\n- Ba.\n- Bốn.\n- Năm.\n"
    assert len(after(NOTES, asked, told, "- Sáu")[0]) > 1


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("Tóm tắt thành đúng 3 gạch đầu dòng.", (3, True)),
        ("Tóm tắt trong 04 ý, mỗi ý một gạch đầu dòng.", (4, True)),
        ("Mỗi ý một gạch đầu dòng, tổng cộng 3 ý.", (3, True)),
        ("ba gạch đầu dòng thôi nhé", (3, True)),
        ("tom tat 5 gach dau dong", (5, True)),
        ("tom tat dung 3 y, moi y mot gach dau dong", (3, True)),
        ("Số ý phải là 2, mỗi ý là một gạch đầu dòng.", (2, True)),
        ("Nêu 3 điểm chính của văn bản", (3, True)),
        ("Nêu tối đa 4 ý chính.", (4, False)),
        ("tối đa là 3 ý", (3, False)),
        ("không được quá 3 ý", (3, False)),
        ("Nêu ít nhất 3 ý.", (0, False)),
        ("ít nhất là 3 ý", (0, False)),
        ("hơn 3 ý", (0, False)),
        ("khoảng 5 ý", (0, False)),
        ("Nêu 3-5 ý.", (0, False)),
        ("3 đến 5 ý", (0, False)),
        ("3 hoặc 4 ý", (0, False)),
        ("mười hai ý", (0, False)),
        ("Mỗi việc một gạch đầu dòng.", (0, False)),
        ("mỗi phần gồm 2 gạch đầu dòng", (0, False)),
        ("từng đoạn 2 ý", (0, False)),
        ("viết báo cáo có 3 phần, mỗi phần 2 ý", (0, False)),
        ("thêm một ý về kinh phí", (0, False)),
        ("Bỏ một ý trùng", (0, False)),
        ("Có 2 ý kiến khác nhau, tóm tắt giúp.", (0, False)),
        ("Đạt 3 điểm", (0, False)),
        ("3 điểm cầu", (0, False)),
        ("tổng 10 điểm", (0, False)),
        ("Khoản 1 điểm c Điều 5 gồm những trường hợp nào?", (0, False)),
        ("Trạm có 5 y tá", (0, False)),
        ("trong năm Y tế", (0, False)),
        ("Tóm tắt.", (0, False)),
        ("", (0, False)),
    ],
)
def test_how_many_points_a_prompt_asks_for(prompt: str, count: tuple[int, bool]) -> None:
    assert count_asked(prompt) == count


@pytest.mark.parametrize(
    ("prompt", "length"),
    [
        ("Tóm tắt không quá 60 tiếng.", 60),
        ("cắt còn 100 chữ", 100),
        ("tom tat duoi 80 tu", 80),
        ("90 tiếng trở lại", 90),
        ("Ba ý, mỗi ý không quá 20 tiếng, cả bài không quá 70 tiếng.", 70),
        ("Viết ít nhất 200 tiếng.", 0),
        ("không dưới 100 chữ", 0),
        ("không ít hơn 100 chữ", 0),
        ("hơn 100 chữ", 0),
        ("tối thiểu là 100 chữ", 0),
        ("10 từ khóa", 0),
        ("Hội thi kéo dài 10 tiếng đồng hồ.", 0),
        ("Hội nghị kéo dài 10 tiếng", 0),
        ("200 người, 50 từ thôn Đông", 0),
        ("chuyển 50 từ xã A", 0),
        ("Ba ý, mỗi ý không quá 20 tiếng.", 0),
        ("mỗi gạch đầu dòng, tối đa 25 từ", 0),
        ("câu không quá 25 từ", 0),
        ("tiêu đề không quá 15 chữ", 0),
        ("", 0),
    ],
)
def test_how_long_an_answer_a_prompt_allows(prompt: str, length: int) -> None:
    assert length_asked(prompt) == length


def test_the_practice_model_keeps_to_the_number_of_points() -> None:
    notes = (
        "Bạn hỗ trợ công chức soạn thảo văn bản. Chỉ dùng thông tin được cung cấp.\nTÀI LIỆU:\n"
        "[1] Họp giao ban 8 giờ 30, ngày 05 tháng 6 năm 2026 tại Hội trường. Chủ trì: Trần Văn Nam. Thư ký: Lê Thị Hoa."
    )
    with opened(small=True) as engine:
        for count in (1, 2):
            asked = [Message("system", notes), Message("user", f"Tóm tắt thành đúng {count} gạch đầu dòng.")]
            events = list(engine.stream(asked, Options(max_tokens=120)))
            text = "".join(event.text for event in events if isinstance(event, Delta))
            assert sum(line.startswith("- ") for line in text.split("\n")) == count
