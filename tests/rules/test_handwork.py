"""Work by hand against its key: marks, cards, masks, choices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given as drawn, settings, strategies as st

from service.checks.handwork import MISSED, flags_errors, judges_pairs, masks_data, sorts_cards
from service.prompts import load_exercise
from service.prompts.keys import HANDLING
from service.records import Assertion, Card, ExerciseInput, Identifier, Level, Pair, Planted
from tests.rules.making_exercises import case, exercise

TEXT = "Họp thứ Hai, ngày 02 tháng 12. Ông Mẫu, số 001099012345, chủ trì.\nTổng cộng 12 người."
INPUTS = (ExerciseInput("mot", "Một", text=TEXT),)
ASK = Assertion("any")


def planted(name: str, quote: str) -> Planted:
    at = TEXT.index(quote)
    return Planted(
        name, "so_lieu", quote, "đúng", "Vì sai.", "flags-errors", start=at, end=at + len(quote), input="mot"
    )


def mark(quote: str, type_: str = "") -> dict[str, Any]:
    at = TEXT.index(quote)
    return {"start": at, "end": at + len(quote), "type": type_}


ERRORS = exercise("find_errors", inputs=INPUTS, planted=(planted("a", "thứ Hai"), planted("b", "12 người")))


def test_all_found_and_nothing_else() -> None:
    result = flags_errors(case(ERRORS, marks=[mark("thứ Hai"), mark("Tổng cộng 12 người")]), ASK)
    assert (result.passed, result.score) == (True, 1.0)
    assert {finding.level for finding in result.findings} == {Level.CELEBRATORY}


def test_what_was_missed_is_told_by_its_line_and_a_false_alarm_by_its_words() -> None:
    result = flags_errors(case(ERRORS, marks=[mark("thứ Hai"), mark("chủ trì")]), ASK)
    assert (result.passed, round(result.score, 2)) == (False, 0.5)
    [missed] = [one for one in result.findings if one.part == MISSED]
    assert "dòng 2" in missed.title and "12 người" not in missed.title
    assert (missed.seen, missed.expected) == ("12 người", "đúng")
    assert any("«chủ trì» không phải lỗi" in one.title for one in result.findings)


def test_the_right_place_under_another_kind_is_found_and_told_kindly() -> None:
    named = flags_errors(case(ERRORS, marks=[mark("thứ Hai", "so_lieu"), mark("12 người", "chinh_ta")]), ASK)
    assert (named.score, named.reason) == (
        0.875,
        "Tìm ra 2/2 lỗi; 2/2 chỗ đánh dấu là lỗi thật; 1 lỗi gọi chưa đúng loại.",
    )
    told = named.findings[1]
    assert (told.level, told.title) == (Level.ACTIONABLE, "Tìm đúng chỗ «12 người», nhưng đây là lỗi số liệu")
    assert told.why == "Anh/chị chọn «chính tả, viết hoa». Vì sai."
    unnamed = flags_errors(case(ERRORS, marks=[mark("thứ Hai"), mark("12 người", "la")]), ASK)
    assert unnamed.score == 1, "no kind chosen, or none that there is, costs nothing"
    twice = flags_errors(
        case(ERRORS, marks=[mark("Hai", "chinh_ta"), mark("thứ Hai", "so_lieu"), mark("12 người")]), ASK
    )
    assert twice.score == 1


def test_marking_everything_finds_nothing() -> None:
    result = flags_errors(case(ERRORS, marks=[{"start": 0, "end": len(TEXT)}]), ASK)
    assert result.score == 0
    assert any(one.title == "Chỗ đánh dấu rộng quá" for one in result.findings)


def test_no_marks_is_zero_and_no_key_is_not_graded() -> None:
    assert flags_errors(case(ERRORS), ASK).score == 0
    assert flags_errors(case(exercise("find_errors", inputs=INPUTS)), ASK).passed is None


CARDS = exercise(
    "sort_cards",
    levels=HANDLING,
    cards=(
        Card("a", "Lịch họp", "cong_khai", "Đã niêm yết."),
        Card("b", "Hộ nghèo", "han_che", "Có tên.", ("bi_mat",)),
    ),
)


def test_cards_on_their_heaps() -> None:
    assert sorts_cards(case(CARDS, places={"a": "cong_khai", "b": "bi_mat"}), ASK).score == 1
    careless = sorts_cards(case(CARDS, places={"a": "cong_khai", "b": "noi_bo"}), ASK)
    assert [one.level for one in careless.findings] == [Level.ESSENTIAL]
    careful = sorts_cards(case(CARDS, places={"a": "bi_mat", "b": "han_che"}), ASK)
    assert [one.level for one in careful.findings] == [Level.ACTIONABLE]
    assert (careful.findings[0].expected, careful.findings[0].why) == ("Công khai", "Đã niêm yết.")
    assert "chưa được xếp" in sorts_cards(case(CARDS, places={"a": "cong_khai"}), ASK).findings[0].title


def test_what_is_unpublished_alone_is_internal_by_the_notes_and_by_the_cards_of_the_course() -> None:
    made = load_exercise(Path("prompts/exercises/xep-the-duoc-khong-duoc.md"))
    assert [one.id for one in made.levels if "chưa công bố" in one.note.lower()] == ["noi_bo"]
    assert [one.id for one in made.levels if "dữ liệu cá nhân" in one.note.lower()] == ["han_che"]
    unpublished = [one for one in made.cards if "chưa công bố" in one.reason and "có dữ liệu cá nhân" not in one.reason]
    assert {one.level for one in unpublished if one.level != "bi_mat"} == {"noi_bo"}


MASKED = exercise(
    "mask_data",
    inputs=INPUTS,
    identifiers=(
        Identifier("HO_TEN", "Mẫu", TEXT.index("Mẫu"), TEXT.index("Mẫu") + 3, "mot"),
        Identifier("CCCD", "001099012345", TEXT.index("001"), TEXT.index("001") + 12, "mot"),
    ),
)


def test_every_identifier_must_be_wholly_masked() -> None:
    assert masks_data(case(MASKED, marks=[mark("Ông Mẫu"), mark("001099012345")]), ASK).passed is True
    half = masks_data(case(MASKED, marks=[mark("Mẫu"), mark("001099")]), ASK)
    assert half.passed is False
    assert any("mới che một phần" in one.title for one in half.findings)
    left = masks_data(case(MASKED, marks=[mark("Mẫu"), mark("Họp")]), ASK)
    assert any("để lộ ở dòng 1" in one.title for one in left.findings)
    assert any("«Họp» không cần che" in one.title for one in left.findings)


PAIRS = exercise("blind_compare", pairs=(Pair("p", "Bài A", "Bài B", "first", ("R1", "R9"), "A đúng số liệu."),))


def test_a_choice_is_worth_more_with_its_reasons() -> None:
    right = judges_pairs(case(PAIRS, choices={"p": "first"}, reasons={"p": ["R1", "R9"]}), ASK)
    bare = judges_pairs(case(PAIRS, choices={"p": "first"}), ASK)
    wrong = judges_pairs(case(PAIRS, choices={"p": "tie"}, reasons={"p": ["R1"]}), ASK)
    assert (right.score, bare.score, wrong.score) == (1.0, 0.7, 0.0)
    assert wrong.findings[0].level is Level.ESSENTIAL
    assert "Đúng với nguồn" in bare.findings[0].expected
    half = judges_pairs(case(PAIRS, choices={"p": "first"}, reasons={"p": ["R1", "R6"]}), ASK).findings[0]
    assert (half.title, half.expected) == ("Cặp 1: chọn đúng, lý do chưa đủ", "Đúng độ dài, định dạng")
    assert half.why == "Nêu đúng: Đúng với nguồn. Đáp án không dựa vào: Văn phong hành chính. A đúng số liệu."
    assert "chọn lại" not in half.try_next, "the choice was right"
    assert right.findings[0].why == "Nêu đúng: Đúng với nguồn; Đúng độ dài, định dạng. A đúng số liệu."
    assert wrong.findings[0].why == "A đúng số liệu."


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=40)
@drawn(st.dictionaries(st.sampled_from(["start", "end", "type", "x"]), anything))
def test_no_mark_from_outside_breaks_the_rules(made: dict[str, Any]) -> None:
    for check, of in ((flags_errors, ERRORS), (masks_data, MASKED)):
        assert 0 <= check(case(of, marks=[made, None, "x"]), ASK).score <= 1
