"""What was changed between two texts, told by syllable."""

from __future__ import annotations

from hypothesis import given, settings

from service.differences import diff_syllables
from tests.rules.test_text import ANY


def test_a_changed_day_is_one_change() -> None:
    runs = diff_syllables("trước 17 giờ ngày 25 tháng 12.", "trước 17 giờ ngày 20 tháng 12.")
    assert runs == [("=", "trước 17 giờ ngày "), ("-", "25"), ("+", "20"), ("=", " tháng 12.")]


def test_a_sentence_put_in_front_leaves_the_rest_alone() -> None:
    runs = diff_syllables("Tóm tắt công văn.", "Bạn là văn thư. Tóm tắt công văn.\nKhông bịa.")
    assert runs == [("+", "Bạn là văn thư. "), ("=", "Tóm tắt công văn."), ("+", "\nKhông bịa.")]


def test_a_rewritten_phrase_is_not_a_zip_of_words() -> None:
    assert diff_syllables("của xã Hải Lăng", "tại xã Triệu Phong") == [
        ("-", "của xã Hải Lăng"),
        ("+", "tại xã Triệu Phong"),
    ]


@settings(max_examples=80)
@given(ANY, ANY)
def test_a_difference_gives_both_texts_back(old: str, new: str) -> None:
    runs = diff_syllables(old, new)
    assert "".join(piece for op, piece in runs if op != "+") == old
    assert "".join(piece for op, piece in runs if op != "-") == new
    assert all(piece for _, piece in runs)


def test_equal_texts_have_no_difference() -> None:
    assert diff_syllables("a b", "a b") == [("=", "a b")]
    assert diff_syllables("", "") == []
