"""Tasks typed without marks: words get theirs in the answer, names stay as they were typed."""

from __future__ import annotations

import pytest

from training.notes import bare
from training.tasks import make
from training.tasks.sample import Expected, Sample
from training.tasks.unaccented import unaccented
from training.words import Chance


def test_words_get_their_marks_and_names_stay_as_typed() -> None:
    sample = Sample(
        "draft",
        "draft",
        ("Ủy ban nhân dân xã Quảng Mỹ giao bà Lò Thị Xoan phát dọn cỏ dại trước 12/5/2026.",),
        "Soạn thông báo.",
        "Ủy ban nhân dân xã Quảng Mỹ giao Lò Thị Xoan phát dọn cỏ dại trước ngày 12 tháng 5 năm 2026.",
        (Expected("Lò Thị Xoan", ("quảng mỹ",)), Expected("phát dọn cỏ dại", ("lò thị xoan",))),
    )
    typed = unaccented(sample)
    assert typed.passages == ("Uy ban nhan dan xa Quang My giao ba Lo Thi Xoan phat don co dai truoc 12/5/2026.",)
    assert typed.prompt == "Soan thong bao."
    assert typed.answer == (
        "Ủy ban nhân dân xã Quang My giao Lo Thi Xoan phát dọn cỏ dại trước ngày 12 tháng 5 năm 2026."
    )
    assert typed.expected == (Expected("Lo Thi Xoan", ("quang my",)), Expected("phát dọn cỏ dại", ("lo thi xoan",)))


@pytest.mark.parametrize("task", ["draft", "tasks", "cited", "summary"])
def test_some_of_every_kind_of_work_is_typed_so(task: str) -> None:
    typed = [one for seed in range(200) if (one := make(Chance(seed), task)).prompt == bare(one.prompt)]
    assert any(all(text == bare(text) for text in one.passages) for one in typed)
    assert all(one.answer != bare(one.answer) for one in typed if len(one.answer) > 60)
