"""The ranking by words equals the formula, written out plainly; the words of a query and of a passage."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from service.index.bm25 import K1, B, bm25, idf
from service.index.terms import places, signs, terms, words
from service.text import fold

WORDS = st.lists(st.sampled_from(["mot", "hai", "ba", "bon"]), min_size=1, max_size=9)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), WORDS)
def test_the_score_is_the_formula(passages: list[list[str]], query: list[str]) -> None:
    asked = terms(" ".join(query))
    held = [Counter([*one, *map(" ".join, pairwise(one))]) for one in passages]
    counts = Counter(term for one in held for term in one)
    weights = {term: idf(len(passages), counts[term]) for term in counts}
    average = sum(map(len, passages)) / len(passages)
    wanted = {*query, *map(" ".join, pairwise(query))}
    plain = [
        sum(
            weights[term] * often[term] * (K1 + 1) / (often[term] + K1 * (1 - B + B * len(one) / average))
            for term in wanted
            if often[term]
        )
        for one, often in zip(passages, held, strict=True)
    ]
    scores = bm25(asked, weights, [" ".join(one) for one in passages], average)
    assert scores.tolist() == pytest.approx(plain, rel=1e-4)


def test_a_rare_term_weighs_more() -> None:
    assert idf(1000, 1) > idf(1000, 500) > idf(1000, 1000) > 0


def test_a_query_without_marks_meets_every_spelling() -> None:
    asked = terms("dat dai cam")
    weights = {"dat": 1.0, "dai": 1.0, "cam": 2.0, "dat dai": 3.0}
    marked = ["đất đai bị cấm", "đặt dài cam đạt đài", "", "nhà ở"]
    bare = [fold(passage) for passage in marked]
    assert bm25(asked, weights, marked, 3.0).tolist() == bm25(asked, weights, bare, 3.0).tolist()
    assert bm25(terms("đất"), {"đất": 1.0}, ["đất", "đặt", "dat"], 1.0).tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_one_form_per_query() -> None:
    assert terms("ĐẤT đai").column == "exact"
    assert terms("dat dai").column == "folded"
    assert terms("dat dai").pairs == (("dat", "dai"),)
    assert terms("?!").runs == ()


@pytest.mark.parametrize(
    ("query", "also"),
    [
        ("UBND phường giao ai", ("ủy", "ban", "nhân", "dân")),
        ("ubnd phuong giao ai", ("uy", "ban", "nhan", "dan")),
        ("ủy ban nhân dân phường", ("ubnd",)),
        ("KT-XH năm nay thế nào", ("kinh", "tế", "xã", "hội")),
    ],
)
def test_an_abbreviation_is_asked_for_both_ways(query: str, also: tuple[str, ...]) -> None:
    assert also in terms(query).runs


def test_what_only_asks_is_not_looked_for() -> None:
    assert terms("hồ sơ gồm những gì").words == ("hồ", "sơ")
    assert terms("ho so gom nhung gi o dau").words == ("ho", "so")
    assert terms("may tinh ai mua").words == ("may", "tinh", "ai", "mua")  # «máy», not «mấy»
    assert terms("ai").words == ("ai",)
    assert terms("làm gì").words == ("làm", "gì")


def test_numbers_of_documents_are_found_in_any_writing() -> None:
    assert signs("Số: 30/2026/QĐ–UBND và 05-CT/TW") == ("30/2026/qd-ubnd", "05-ct/tw")
    assert words("Số 12/KH-UBND").startswith("12 kh ubnd ")


def test_the_words_of_a_query_are_shown_in_the_passage() -> None:
    text = "Uỷ ban gửi báo cáo trước ngày 15, và gửi bản giấy."
    assert [text[start:end] for start, end in places("uy ban gui bao cao", text)] == ["Uỷ ban gửi báo cáo", "gửi bản"]
    assert places("và", text) == ()
