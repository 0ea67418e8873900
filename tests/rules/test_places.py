"""Places that a question names, and where they stand: by the numbers of lines and headings, never by likeness."""

from __future__ import annotations

import pytest

from service.index.places import Place, has_articles, named, stretches
from service.records import Passage

RULES = (
    "Chương II\nQUY ĐỊNH CỤ THỂ\nĐiều 8. Thể thức\n1. Thể thức là tập hợp các thành phần.\n2. Thành phần gồm:\n"
    "a) Quốc hiệu;\nb) Số, ký hiệu.\n3. Khoản 2 Điều này áp dụng từ 31 tháng 12.\nĐiều 9. Soạn thảo\nCơ quan soạn thảo."
)


def passage(text: str, heading: str = "") -> Passage:
    return Passage(1, 1, "Nghị định", 0, text, heading, 0, 0)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("điều 12", (Place("12"),)),
        ("dieu 12 khoan 1", (Place("12", "1"),)),
        ("Khoản 2 Điều 8 nói gì?", (Place("8", "2"),)),
        ("Theo điểm a, khoản 2 của Điều 8 thì sao?", (Place("8", "2", "a"),)),
        ("Điều 8 khoản 2 điểm đ", (Place("8", "2", "đ"),)),
        ("Điều 3a, khoản 3 Điều 4 và điều 5?", (Place("3a"), Place("4", "3"), Place("5"))),
        ("Điểm b Điều 7", (Place("7", "", "b"),)),
        ("Điều này nói gì? Khoản 2 nói gì?", ()),
        ("dia diem o dau, 12 dieu kien nao", ()),
    ],
)
def test_places_are_read_from_a_question(question: str, places: tuple[Place, ...]) -> None:
    assert named(question)[0] == places


def test_what_else_is_asked_is_left() -> None:
    assert named("Theo khoản 2 Điều 8 thì ai ký?")[1].split() == ["theo", "thì", "ai", "ký?"]
    assert str(Place("8", "2", "a")) == "điểm a khoản 2 Điều 8"


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        (Place("8"), "Điều 8. Thể thức", "31 tháng 12."),
        (Place("8", "2"), "2. Thành phần gồm:", "b) Số, ký hiệu."),
        (Place("8", "2", "b"), "b) Số, ký hiệu.", "b) Số, ký hiệu."),
        (Place("9"), "Điều 9. Soạn thảo", "Cơ quan soạn thảo."),
    ],
)
def test_a_place_goes_to_where_the_next_begins(place: Place, first: str, last: str) -> None:
    [(start, end)] = stretches(place, passage(RULES))
    assert RULES[start:end].startswith(first) and RULES[start:end].strip().endswith(last)


def test_what_is_not_there_stands_nowhere() -> None:
    for place in (Place("12"), Place("2"), Place("8", "4"), Place("9", "1")):
        assert stretches(place, passage(RULES)) == []


def test_a_passage_goes_on_where_its_heading_says() -> None:
    later = passage("c) Ngày tháng.\n3. Chữ ký.", "Chương II › Điều 8. Thể thức › khoản 2 – khoản 3")
    assert [later.text[slice(*one)] for one in stretches(Place("8", "2"), later)] == ["c) Ngày tháng.\n"]
    assert [later.text[slice(*one)] for one in stretches(Place("8"), later)] == [later.text]
    assert stretches(Place("8", "2"), passage("2. Mua máy.", "mục II › mục 2")) == []
    assert has_articles(later) and not has_articles(passage("2. Mua máy.", "mục II"))
