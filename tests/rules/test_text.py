"""The Vietnamese text layer: normal forms, syllables, sentences."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from service import text as words

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắềộợủỳòóỏõọúùụýỷéèOAUYHÀĐ 0123456789.,/%-\n[]()«»", max_size=60
)
ANY = st.one_of(VIETNAMESE, st.text(max_size=40)).map(words.nfc)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("Hoà bình", "Hòa bình"),
        ("khoẻ", "khỏe"),
        ("uỷ ban", "ủy ban"),
        ("Thuý", "Thúy"),
        ("nguỵ", "ngụy"),
        ("hòan toàn", "hoàn toàn"),
        ("xoáy", "xoáy"),
        ("huýt", "huýt"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("quỳnh", "quỳnh"),
        ("của mùa", "của mùa"),
        ("khuỷu", "khuỷu"),
    ],
)
def test_tone_marks_have_one_place(old: str, new: str) -> None:
    assert words.normalise_tone(old) == new


@settings(max_examples=60)
@given(ANY)
def test_normal_forms_settle_at_once_and_keep_offsets(text: str) -> None:
    once = words.normalise_tone(text)
    assert words.normalise_tone(once) == once
    assert len(once) == len(text) == len(words.comparable(text))
    assert words.fold(words.fold(text)) == words.fold(text)
    assert words.nfc(words.nfc(text)) == words.nfc(text)


def test_nfc_composes_and_has_one_line_break() -> None:
    assert words.nfc(unicodedata.normalize("NFD", "Ủy ban\r\nxã\rấp")) == "Ủy ban\nxã\nấp"


def test_fold_takes_marks_and_d_off() -> None:
    assert words.fold("Quyết ĐỊNH số 30/2020/NĐ-CP") == "quyet dinh so 30/2020/nd-cp"


@settings(max_examples=60)
@given(ANY)
def test_a_slug_is_a_name_for_a_file(text: str) -> None:
    assert words.slug("Giấy mời họp: giao ban 09/2026") == "giay-moi-hop-giao-ban-09-2026"
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*){1,60}", words.slug(text, "khac"))
    assert words.slug("«…»", "khac") == "khac"


@given(ANY, st.data())
def test_folded_text_knows_where_it_came_from(text: str, data: st.DataObject) -> None:
    folded = words.fold_with_origin(text)
    assert folded.text == words.fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        left, right = folded.span(start, end)
        assert left < right
        assert folded.text[start:end] in words.fold(text[left:right])


def test_a_letter_that_folds_to_several_is_taken_whole() -> None:
    """A Korean syllable: "0가" folds to three letters."""
    assert words.fold_with_origin("0가").span(0, 2) == (0, 2)


@pytest.mark.parametrize(
    ("text", "marked"), [("quyet dinh 30", False), ("quyết định", True), ("đ", True), ("“a” – b", False)]
)
def test_queries_with_and_without_marks(text: str, marked: bool) -> None:
    assert words.has_marks(text) is marked


def test_a_number_is_one_syllable_and_punctuation_is_none() -> None:
    text = "Số: 186/KH-UBND, ngày 05/3/2024: đạt 61,4%; 1.500.000 đồng lúc 17:30."
    seen = [one.text for one in words.syllables(text)]
    assert seen == ["Số", "186/KH-UBND", "ngày", "05/3/2024", "đạt", "61,4%", "1.500.000", "đồng", "lúc", "17:30"]
    assert words.count_syllables(text) == 10
    assert all(text[one.start : one.end] == one.text for one in words.syllables(text))
    assert words.count_syllables("kinh tế-xã hội") == 4
    assert words.count_syllables(" … – !") == 0


def test_sentences_keep_abbreviations_list_numbers_and_citations_together() -> None:
    text = "1. UBND TP. Đông Hà họp ngày 05.\n2. Giao Sở A. Nộp trước hạn. [2] Hết."
    assert [text[start:end] for start, end in words.sentences(text)] == [
        "1. UBND TP. Đông Hà họp ngày 05.",
        "2. Giao Sở A. Nộp trước hạn. [2]",
        "Hết.",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nộp hồ sơ. [12] Hết hạn.", ["Nộp hồ sơ. [12]", "Hết hạn."]),
        ("Nộp hồ sơ. [1, 2] Hết hạn.", ["Nộp hồ sơ. [1, 2]", "Hết hạn."]),
        ("Nộp hồ sơ.[1] Hết hạn.", ["Nộp hồ sơ.[1]", "Hết hạn."]),
        ("Nộp hồ sơ! [1] [100–102][3; 4]  Hết hạn.", ["Nộp hồ sơ! [1] [100–102][3; 4]", "Hết hạn."]),
        ("Giao Sở A. [12] Giao Sở B. [3]\nHết.", ["Giao Sở A. [12]", "Giao Sở B. [3]", "Hết."]),
        ("Nộp hồ sơ [1]. [2] Hết hạn.", ["Nộp hồ sơ [1]. [2]", "Hết hạn."]),
        ("Nộp hồ sơ. [2026] Hết hạn.", ["Nộp hồ sơ. [2026] Hết hạn."]),
        ("Nộp hồ sơ. [1] [cần bổ sung] ngày.", ["Nộp hồ sơ. [1]", "[cần bổ sung] ngày."]),
    ],
)
def test_every_mark_after_the_stop_stays_with_its_sentence(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in words.sentences(text)] == parts


@settings(max_examples=60)
@given(ANY)
def test_sentences_leave_out_nothing_but_blanks(text: str) -> None:
    pairs = words.sentences(text)
    edges = [0, *(edge for pair in pairs for edge in pair), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    assert edges == sorted(edges) and not "".join(text[start:end] for start, end in gaps).strip()


@pytest.mark.parametrize("piece", ["[1]", "; ", ".[1,", "[1, ", ". [", ". [1]", " \u00a0"])
def test_long_runs_of_marks_take_no_time(piece: str) -> None:
    text = "A." + piece * 20_000
    started = time.process_time()
    words.sentences(text)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [("[2]", (2,)), ("[1, 12;3]", (1, 12, 3)), ("[1–3, 2]", (1, 2, 3)), ("[4-2]", (4, 2)), ("[1-900]", (1, 900))],
)
def test_a_mark_names_its_passages(mark: str, numbers: tuple[int, ...]) -> None:
    assert re.fullmatch(words.MARK, mark)
    assert words.mark_numbers(mark) == numbers


def test_lines_are_counted_as_a_reader_counts_them() -> None:
    text = "một\n\nhai\nba"
    assert [words.line_number(text, text.index(word)) for word in ("một", "hai", "ba")] == [1, 2, 3]
