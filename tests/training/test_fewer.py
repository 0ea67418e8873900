"""A task with a fact fewer: neither told nor answered."""

from __future__ import annotations

import pytest

from training.tasks.fewer import fewer
from training.tasks.handwritten import LISTED, records
from training.tasks.sample import Sample
from training.words import Chance

_ASK = (
    "Thông báo tham quan hang cho học sinh: đi theo nhóm 20 em; mang đèn pin ánh vàng; không chạm thạch nhũ; ra khỏi "
    "hang trước 15h30."
)
_ANSWER = (
    "THÔNG BÁO\nVề việc tham quan hang\n1. Học sinh đi theo nhóm 20 em.\n2. Mang đèn pin ánh vàng.\n"
    "3. Không chạm thạch nhũ.\n4. Ra khỏi hang trước 15 giờ 30./."
)


def _changed(sample: Sample) -> list[Sample]:
    return [one for seed in range(40) if (one := fewer(Chance(seed), sample)) != sample]


def test_what_is_not_told_is_not_answered() -> None:
    found = _changed(Sample("draft", "draft", (), _ASK, _ANSWER))
    assert {len(one.answer.split("\n")) for one in found} == {4, 5}
    for told, fact in (("ánh vàng", "ánh vàng"), ("thạch nhũ", "thạch nhũ"), ("15h30", "15 giờ 30")):
        assert all((told in one.prompt) == (fact in one.answer) for one in found)
        assert any(fact not in one.answer for one in found)


def test_what_is_left_is_counted_anew_and_ends_as_a_document_does() -> None:
    for one in _changed(Sample("draft", "draft", (), _ASK, _ANSWER)):
        lines = one.answer.split("\n")[2:]
        assert [line.partition(".")[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
        assert one.answer.endswith("./.")
        assert one.answer.count("./.") == 1


def test_a_row_of_a_table_goes_with_its_sentence() -> None:
    notes = "Anh Lò Phán sửa cổng trước 12/5. Chị Hà Mơ mua rèm, hạn 20/5. Ông Tẩn trồng cây bàng ngày 3/6."
    table = (
        "| TT | Ai | Việc | Hạn |\n|---|---|---|---|\n| 1 | Lò Phán | Sửa cổng | 12/5 |\n"
        "| 2 | Hà Mơ | Mua rèm | 20/5 |\n| 3 | Tẩn | Trồng cây bàng | 3/6 |"
    )
    found = _changed(Sample("tasks", "draft", (notes,), "Lập bảng phân công.", table))
    assert found
    for one in found:
        assert one.answer.startswith("| TT | Ai | Việc | Hạn |\n|---|---|---|---|\n| 1 | ")
        assert one.answer.split("\n")[-1].startswith("| 2 | ")
        assert sum(name in one.passages[0] for name in ("Lò Phán", "Hà Mơ", "Tẩn")) == 2
        assert all((name in one.passages[0]) == (name in one.answer) for name in ("Lò Phán", "Hà Mơ", "Tẩn"))


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (f"{_ASK} Đúng 4 mục.", _ANSWER),
        (
            "Chi: loa 5 triệu; micro 2 triệu; dây 1 triệu; cộng 8 triệu.",
            "- Loa: 5 triệu.\n- Micro: 2 triệu.\n- Tổng: 8 triệu.",
        ),
        ("Họp 8h ngày 5/6 tại hội trường, ông Lâm chủ trì.", "- Thời gian: 8 giờ ngày 5/6.\n- Địa điểm: hội trường."),
    ],
    ids=["counted", "sum", "too few"],
)
def test_what_is_counted_or_adds_up_stays(ask: str, answer: str) -> None:
    assert not _changed(Sample("draft", "draft", (), ask, answer))


def test_a_fact_that_two_lines_say_stays() -> None:
    ask = "Giao Trạm Y tế phun thuốc; Trạm Y tế báo cáo trước 12/5; Đoàn xã phát tờ rơi."
    answer = "- Trạm Y tế: phun thuốc.\n- Trạm Y tế: báo cáo trước 12/5.\n- Đoàn xã: phát tờ rơi."
    for one in _changed(Sample("tasks", "draft", (), ask, answer)):
        assert ("báo cáo" in one.answer) == ("12/5" in one.prompt)
        assert ("phun" in one.answer) == ("phun" in one.prompt)


def test_many_of_the_tasks_by_hand_can_lose_a_line() -> None:
    """And none gains a number or loses one that the answer still says."""
    samples = [
        Sample(one.task, one.frame, one.passages, one.asks[0], one.answer)
        for one in records()[:600]
        if one.task in LISTED
    ]
    pairs = [(one, fewer(Chance(n), one)) for n, one in enumerate(samples)]
    changed = [(before, after) for before, after in pairs if before != after]
    assert len(changed) > len(samples) / 20
    for before, after in changed:
        assert len(after.answer) < len(before.answer)
        assert len("".join((after.prompt, *after.passages))) < len("".join((before.prompt, *before.passages)))
