"""Tasks made of the texts of laws."""

from __future__ import annotations

import re

import pytest

from training import laws
from training.notes import bare
from training.tasks import NOT_THERE
from training.tasks.reading import found, marked, points, reading
from training.words import Chance

ARTICLES = (
    ("Điều 4. Cấp phép nuôi ong", "1. Người nuôi ong nộp đơn tại trạm khuyến nông trước mùa hoa vải."),
    ("Điều 9. Đường đê", "Xe tải trên năm tấn không được đi trên mặt đê trong mùa lũ."),
    ("Điều 12. Sổ mượn sách", "Thủ thư ghi sổ mượn sách, người mượn ký tên vào cột cuối."),
    ("Điều 21. Chợ phiên", "Ban quản lý chợ niêm yết giá chỗ ngồi, thu theo buổi."),
    ("Điều 30. Giếng làng", "Mỗi xóm cử hai hộ trông giếng làng, thay phiên theo tháng."),
    ("Điều 41. Đò ngang", "Chủ đò phát áo phao cho khách trước khi rời bến."),
    ("Điều 52. Lò gốm", "Lò gốm chỉ đốt từ chập tối đến gà gáy để đỡ khói."),
)


@pytest.fixture(autouse=True)
def articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven articles instead of the law texts, which need not be at hand."""
    monkeypatch.setattr(laws, "articles", lambda: ARTICLES)


def test_the_sentence_that_is_sought_is_answered_with_its_passage() -> None:
    answered = refused = 0
    for seed in range(200):
        sample = found(Chance(seed))
        if sample is None:
            continue
        for ask, answer in ((sample.prompt, sample.answer), *sample.more):
            asked = set(re.findall(r"\w+", bare(ask).lower()))
            if answer == NOT_THERE:
                refused += 1
                continue
            text, _, number = answer.rstrip("].").rpartition(" [")
            passage = sample.passages[int(number) - 1]
            assert text in passage
            assert len(asked & set(re.findall(r"\w+", bare(text).lower()))) >= 3
            answered += 1
    assert answered > 100
    assert refused > 50


def test_a_text_without_marks_gets_them_back() -> None:
    for seed in range(40):
        sample = marked(Chance(seed))
        assert sample is not None
        read = "\n".join((*sample.passages, sample.prompt))
        assert bare(sample.answer).lower() in read.lower()
        assert sample.answer not in read


def test_articles_become_as_many_points_as_are_asked_for() -> None:
    for seed in range(40):
        sample = points(Chance(seed))
        assert sample is not None
        lines = sample.answer.split("\n")
        assert len(lines) == sample.wants.bullets
        assert str(len(lines)) in sample.prompt
        material = "\n".join(sample.passages).lower()
        assert all(part.rstrip(".").lower() in material for line in lines for part in line[2:].split(": ", 1))


def test_without_laws_other_notes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "articles", lambda: ())
    assert {reading(Chance(seed)).task for seed in range(30)} == {"lookup"}
