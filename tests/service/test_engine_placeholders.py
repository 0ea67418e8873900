"""Names and numbers behind placeholders: one for each value, shown unchanged; what is to be understood stays."""

from __future__ import annotations

import string
from itertools import takewhile

import numpy as np
import pytest
from hypothesis import given, strategies as st

from service.engines.llama.engine import _shown, _stops
from service.engines.llama.placeholders import ALL, FAMILIES, Bases, Placeholders, Shown, Unbound
from service.records import Delta, Finish, Message, Options
from tests.service.engine_bundled import SYSTEM, model_of, opened

NOTES = (
    "Mời họp 14h30 ngày 5/6/2026 tại Phòng họp số 3 UBND xã Bản Lẫm, chị Vừ Thị Sông chủ trì; kinh phí 12.500.000 đồng "
    "theo Kế hoạch số 792/KH-UBND; liên hệ 0398078058."
)


def answer(told: Placeholders, *pieces: str) -> str:
    """What comes of an answer that streams in these pieces."""
    shown = Shown(told.texts)
    return "".join(map(shown.feed, pieces)) + shown.end()


def test_what_is_copied_is_hidden_and_shown_unchanged() -> None:
    told = Placeholders()
    hidden = told.hide(NOTES)
    for value in ("5/6/2026", "14h30", "Bản Lẫm", "Vừ Thị Sông", "12.500.000", "792/KH-UBND", "0398078058"):
        assert value not in hidden
    shown = answer(told, hidden)
    assert "14 giờ 30 ngày 05 tháng 6 năm 2026" in shown
    assert shown.replace("14 giờ 30 ngày 05 tháng 6 năm 2026", "14h30 ngày 5/6/2026") == NOTES


def test_an_hour_before_a_colon_is_one_value() -> None:
    told = Placeholders()
    told.hide("khai mạc 8h00, báo cáo 8h15")
    hidden = told.hide("8 giờ 00: Khai mạc\n8 giờ 15: Báo cáo", learn=False)
    assert answer(told, hidden) == "8 giờ 00: Khai mạc\n8 giờ 15: Báo cáo"
    assert not any(letter.isdigit() for letter in hidden)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("từ 5/6/2026", "từ ngày 05 tháng 6 năm 2026"),
        ("từ 5-6-2026", "từ ngày 05.06.2026"),
        ("lúc 7h30", "lúc 7 giờ 30 phút"),
        ("lúc 14 giờ", "lúc 14h00"),
        ("bà Vừ Thị Sông", "Vừ Thị Sông"),
        ("xã Tân Phú", "Giao Tân Phú"),
    ],
)
def test_one_value_has_one_placeholder(one: str, other: str) -> None:
    told = Placeholders()
    marks = [{letter for letter in told.hide(text) if letter in ALL} for text in (one, other)]
    assert len(marks[0]) == 1
    assert marks[0] == marks[1]


@pytest.mark.parametrize(
    "text",
    [
        "không quá 120 tiếng",
        "đúng 3 gạch đầu dòng",
        "trong 15 dòng",
        "[12] Đoạn thứ mười hai",
        "12. Việc tiếp theo",
        "Sở Tư pháp, Ủy ban nhân dân, Trường Tiểu học",
        "Tại Hội trường",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "giờ 25:70",
    ],
)
def test_what_is_to_be_understood_stays(text: str) -> None:
    assert Placeholders().hide(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "tháng 5-6/2026",
        "Quý 1-2/2026",
        "1. 5/2026: khảo sát\n2. 6/2026: nghiệm thu",
        "Số hộ: 15\n- 10/2025: khảo sát",
        "tệp bao-cao-15-6-2026.docx",
        "10-15/6/2026",
        "Thời gian: 7 giờ\n30 đại biểu",
        "8-10 giờ, tỷ lệ 1:10, bản đồ 1:25",
        "tập huấn trong 2 giờ 15 phút mỗi buổi",
        "20 ý kiến của 12 câu lạc bộ",
        "Quyết định số 749/QĐ-TTg, Nghị quyết số 18-NQ/TW",
        "Ngày 05 tháng 6 năm 2026 họp. Ngày 06 tháng 6 năm 2026 báo cáo.\n- Ngày 07 tháng 6 năm 2026 nghỉ.",
    ],
)
def test_nothing_is_read_as_what_it_is_not(text: str) -> None:
    told = Placeholders()
    assert answer(told, "Vâng. ", told.hide(text)) == f"Vâng. {text}"


def test_document_numbers_stand_whole_behind_their_placeholder() -> None:
    told = Placeholders()
    assert len(told.hide("749/QĐ-TTg 18-NQ/TW 05/2023/QĐ-TTg")) == 5


def test_a_date_is_announced_once() -> None:
    told = Placeholders()
    assert answer(told, told.hide("Ngày sinh: 5/6/1990")) == "Ngày sinh: 05 tháng 6 năm 1990"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ông Trần Văn An Trưởng ban Tổ chức", "ông ⟨⟩ Trưởng ban Tổ chức"),
        ("do Lê Thị Hoa Phó Chủ tịch chủ trì", "do ⟨⟩ Phó Chủ tịch chủ trì"),
        ("đồng chí Phó Giám đốc Đỗ Văn Hải", "đồng chí Phó Giám đốc ⟨⟩"),
        ("giao ông Phó Chủ tịch", "giao ông Phó Chủ tịch"),
        ("bà Nguyễn Thị Thư sinh năm 1990", "bà ⟨⟩ sinh năm ⟨⟩"),
        ("do Thư ký Mai Thị Hoa ghi", "do Thư ký ⟨⟩ ghi"),
        ("giá 500.000đ, nặng 24kg, dài 15km", "giá ⟨⟩đ, nặng ⟨⟩kg, dài ⟨⟩km"),
        ("mẫu 12A và 30a", "mẫu 12A và 30a"),
        ("Ông Nguyễn Văn Trưởng vắng mặt", "Ông ⟨⟩ vắng mặt"),
        ("chị Lê Thị Thư ký nhận", "chị ⟨⟩ ký nhận"),
    ],
)
def test_posts_and_units_stay_beside_what_is_hidden(text: str, left: str) -> None:
    assert "".join("⟨⟩" if letter in ALL else letter for letter in Placeholders().hide(text)) == left


def test_a_name_in_capitals_is_that_of_the_unit_that_was_read() -> None:
    told = Placeholders()
    told.hide("UBND xã Bản Lẫm báo cáo UBND huyện Tân Uyên")
    written = "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẢN LẪM\nThôn Bản Lẫm, xã Bản Lẫm, HUYỆN TÂN UYÊN, TỈNH LAI CHÂU"
    hidden = told.hide_answer(written)
    assert "LẪM" not in hidden
    assert "UYÊN" not in hidden
    assert answer(told, *hidden) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Căn cứ [cần bổ sung];\nQUYẾT ĐỊNH:", "Căn cứ [cần bổ sung].\nQUYẾT ĐỊNH:"),
        ("Căn cứ A;\nXét đề nghị của B;\n\nQUYẾT NGHỊ:", "Căn cứ A;\nXét đề nghị của B.\n\nQUYẾT NGHỊ:"),
        ("Căn cứ A; B;\nTheo đề nghị của C.", "Căn cứ A; B;\nTheo đề nghị của C."),
        ("Căn cứ A;", "Căn cứ A;"),
        ("Căn cứ A;\nx", "Căn cứ A;\nx"),
        ("- Phòng A;\nPhòng B", "- Phòng A;\nPhòng B"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_last_basis_ends_in_a_full_stop(written: str, shown: str, whole: bool) -> None:
    bases = Bases()
    assert "".join(map(bases.feed, [written] if whole else written)) + bases.end() == shown


def test_an_answer_hides_only_what_was_told() -> None:
    told = Placeholders()
    told.hide("Ông Lê Văn Bình, hạn 20/12/2026.")
    given = told.hide("Bà Trần Thị Cúc và ông Lê Văn Bình, trước ngày 20 tháng 12 năm 2026, 500 bản", learn=False)
    assert "Trần Thị Cúc" in given
    assert "500" in given
    assert "Lê Văn Bình" not in given
    assert "2026" not in given


def test_the_word_before_a_date_is_not_said_twice() -> None:
    told = Placeholders()
    mark = told.hide("20/12/2026")
    assert answer(told, "Trước ", "ngày", " ", mark, ".") == "Trước ngày 20 tháng 12 năm 2026."


def test_a_placeholder_in_a_document_is_nobodys() -> None:
    told = Placeholders()
    assert told.hide(f"{ALL[0]}Ông Lê Văn Bình{ALL[-1]}").count(ALL[0]) == 1
    assert answer(told, ALL[5]) == "[cần bổ sung]"


def test_when_they_are_used_up_the_rest_stays() -> None:
    told = Placeholders()
    count = FAMILIES["sign"]
    hidden = told.hide("; ".join(f"{n}/QĐ-UBND" for n in range(100, 100 + count + 2)))
    assert hidden.endswith(f"; {100 + count}/QĐ-UBND; {101 + count}/QĐ-UBND")
    assert len(told.texts) == count


def test_the_order_can_be_turned() -> None:
    plain, turned = Placeholders(), Placeholders(first=7)
    assert {ord(plain.hide("xã Tân Phú")[-1]) - ord(turned.hide("xã Tân Phú")[-1])} == {-7}


def test_placeholders_behind_which_nothing_stands_are_ruled_out() -> None:
    logits = np.zeros(6, np.float32)
    Unbound([2, 4]).apply(logits)
    assert np.isneginf(logits).tolist() == [False, False, True, False, True, False]


WORDS = st.text(alphabet="aăâbcdđAĂÂBCDĐ .,;:-()[]\n" + string.ascii_letters + "".join(ALL[:3]), max_size=80)


@given(WORDS, st.integers(0, 200))
def test_words_come_back_as_they_were(text: str, first: int) -> None:
    told = Placeholders(first)
    hidden = told.hide(text)
    plain = text.translate(dict.fromkeys(map(ord, ALL)))
    assert answer(told, hidden).lower() == plain.lower()
    assert answer(told, hidden) == answer(told, *hidden)


@given(st.text(max_size=120))
def test_any_text_is_hidden_without_harm(text: str) -> None:
    told = Placeholders()
    hidden = told.hide(text)
    assert told.hide(text) == hidden
    assert {ord(letter) for letter in hidden if letter in ALL} <= set(told.texts)


@pytest.mark.parametrize(
    ("read", "said", "as_written"),
    [
        ("Việc: phát giống lúa.", "1. Phát giống lúa.", "1. phát giống lúa."),
        ("Việc: phát giống lúa.", "| 1 | Phát giống | Phát giống |", "| 1 | phát giống | Phát giống |"),
        ("Việc: phát giống lúa.", "a) Phát giống\n- Phát giống\nPhát giống", "a) phát giống\n- phát giống\nphát giống"),
        ("Phát giống lúa. Rồi phát giống ngô.", "1. Phát giống", "1. Phát giống"),  # read so, too
        ("Việc: phát giống lúa.", "1. Phát thanh", "1. Phát thanh"),  # of other words
        ("Sở Y tế họp", "- Sở Y tế: họp", "- Sở Y tế: họp"),
    ],
)
def test_a_line_begins_as_it_was_read(read: str, said: str, as_written: str) -> None:
    told = Placeholders()
    told.hide(read)
    assert told.hide_answer(said) == as_written
    assert answer(told, as_written) == said


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a) một", "a) Một"),
        ("a. một\nb. hai", "a. Một\nb. Hai"),
        ("an", "An"),
        ("a", "A"),
        ("| 1 | a | b |", "| 1 | A | b |"),
        ("- ý kiến\n2) ý", "- Ý kiến\n2) Ý"),
        ("một. hai\nđ", "Một. hai\nĐ"),
    ],
)
def test_a_line_begins_with_a_capital_however_it_streams(written: str, shown: str) -> None:
    assert answer(Placeholders(), written) == answer(Placeholders(), *written) == shown


@pytest.mark.parametrize("mark", ["", "- ", "1. ", "1) ", "a) ", "| 1 | "])
def test_a_hidden_date_begins_a_line_with_a_capital(mark: str) -> None:
    told = Placeholders()
    assert answer(told, mark + told.hide("20/12/2026")) == f"{mark}Ngày 20 tháng 12 năm 2026"


def test_the_last_letter_of_an_answer_is_not_lost() -> None:
    end = Finish("stop", 1, 0, 1, 0.0, 0.0)
    assert list(_shown([Delta("A"), Delta("\n"), Delta("b"), end], Placeholders())) == [
        Delta("A"),
        Delta("\n"),
        Delta("B"),
        end,
    ]


def test_a_stop_string_is_found_in_small_letters_too() -> None:
    told = Placeholders()
    told.hide("kết luận: xong")
    assert _stops(Options(stop=("\nKết luận", "Hết")), told) == ("\nKết luận", "\nkết luận", "Hết")


# ── with the model in the box ───────────────────────────────────────────────────────────────────


def test_the_practice_model_reads_one_token_for_a_number_and_answers_in_words() -> None:
    with opened(small=True) as engine:
        few, many = (engine.count_tokens([Message("user", f"Gọi số {number}.")]) for number in ("0912345678", "091234"))
        assert few == many
        asked = [Message("system", SYSTEM), Message("user", f"Soạn giấy mời theo ghi chép. {NOTES}")]
        heard = [event.text for event in engine.stream(asked, Options(max_tokens=120)) if isinstance(event, Delta)]
        assert "".join(heard)
        assert model_of(engine).read(asked, plain=True)[1] is None  # as for grammars
        assert not set("".join(heard)) & set(ALL)


def test_conversations_that_begin_alike_share_their_beginning_though_names_are_hidden() -> None:
    with opened() as engine:
        model = model_of(engine)
        one, other = (
            model.tokens([Message("system", NOTES), Message("user", f"Soạn thư gửi {name}.")])
            for name in ("bà Trần Thị Cúc", "ông Lê Văn Bình và bà Vừ Thị Sông")
        )
        beginning = model.tokens([Message("system", NOTES)])
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        assert common >= len(beginning) - 3  # the opening of the answer


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("mở 7h30-11h sáng", ["7 giờ 30", "11 giờ"]),
        ("5h–7h và 16h–20h30", ["5 giờ", "7 giờ", "16 giờ", "20 giờ 30"]),
        ("8:00-9:30, 10g-11g30", ["8 giờ 00", "9 giờ 30", "11 giờ 30"]),
        ("7 giờ-9 giờ 15", ["7 giờ", "9 giờ 15"]),
        ("phòng A-7h, 2-7h", []),
    ],
)
def test_both_ends_of_a_time_are_hidden(given: str, shown: list[str]) -> None:
    told = Placeholders()
    told.hide(given)
    assert list(told.texts.values()) == shown
