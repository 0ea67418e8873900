"""The judge of answers: what it must see, and what it must not be fooled by."""

from __future__ import annotations

import pytest

from service.nd30.kinds import BY_ID
from service.text import fold
from training.evaluation.bench import Answered, figures
from training.evaluation.briefs import free_briefs
from training.evaluation.judging import holds, in_place, invented, is_syllable, judge, loops, names, says
from training.tasks import NOT_THERE, Expected, Wants


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giếng", "Thủy", "thuỷ", "khuya", "ước", "gì", "xoong", "ĐƯỜNG"])
def test_real_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ngheeng", "qyết", "thuủy", "brăng", "kế hoạch", "ghang", "kanh", "xx"])
def test_strange_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_fact_in_the_wrong_line_has_not_arrived() -> None:
    fact = Expected("ngày 05 tháng 6 năm 2026", ("trước", "hạn"))
    assert in_place(fact, "Báo cáo trước ngày 05 tháng 6 năm 2026.")
    assert not in_place(fact, "Thời gian: ngày 05 tháng 6 năm 2026.\nBáo cáo trước [cần bổ sung].")
    assert not in_place(fact, "Báo cáo trước ngày 06 tháng 6 năm 2026.")


def test_what_stands_in_no_source_is_invented() -> None:
    count, found = invented("Đồng chí Lê Văn Tám họp lúc 8 giờ 30, chi 12.000.000 đồng.", "Lê Văn Tám, 8 giờ 30", "")
    assert count == 3
    assert found == ("12.000.000 đồng",)
    assert invented("1. Bà Vũ Thị Hoa dự.", "", "Vũ Thị Hoa")[1] == ()


def test_names_are_two_capitals_or_more() -> None:
    assert names("Giao Sở Nội vụ và ông Đặng Thùy Anh, đến dự HỘI NGHỊ.") == ["Giao Sở Nội", "Đặng Thùy Anh"]


@pytest.mark.parametrize(
    ("kind", "value", "good", "bad"),
    [
        ("max_words", 4, "một hai ba", "một hai ba bốn năm"),
        ("min_words", 3, "một hai ba", "một"),
        ("table", ["Việc", "Hạn"], "| Việc | hạn |\n|---|---|\n| a | b |", "| Việc | Ai |\n|---|---|"),
        ("bullets", True, "- a\n- b", "a, b"),
        ("exactly_n", 2, "- a\n- b", "- a\n- b\n- c"),
        ("contains", "Kính mời", "trân trọng kính mời", "mời"),
        ("not_contains", "**", "đậm", "**đậm**"),
        ("cites", 2, "Có [2].", "Có [1]."),
        ("refuses", True, "Tài liệu không nêu.", "Là 5 triệu."),
    ],
)
def test_conditions_of_free_briefs(kind: str, value: object, good: str, bad: str) -> None:
    assert holds(good, kind, value)
    assert not holds(bad, kind, value)


def test_free_facts_may_come_in_any_notation() -> None:
    assert says("Họp lúc 14 giờ 00, ngày 26 tháng 11 năm 2026.", "26/11/2026")
    assert says("Họp lúc 14 giờ 00.", "14 giờ")
    assert not says("Họp lúc 15 giờ.", "14 giờ")
    assert not says("", "14 giờ")


def test_an_unanswerable_question_must_be_refused() -> None:
    asked = {"source": "Họp ở xã.", "prompt": "Ai chủ trì?", "expected": (), "wants": Wants(exact=NOT_THERE)}
    assert judge(NOT_THERE, **asked).refused is True  # type: ignore[arg-type]
    assert judge("Chủ trì: Lê Văn Tám.", **asked).refused is False  # type: ignore[arg-type]


def test_a_loop_is_seen_and_a_form_is_not_one() -> None:
    assert loops("Đề nghị các đơn vị báo cáo kết quả thực hiện. " * 5)
    assert not loops("1. [cần bổ sung].\n2. [cần bổ sung].\n3. [cần bổ sung].\n4. [cần bổ sung].")


def test_what_the_material_says_over_and_over_may_be_copied() -> None:
    law = "Người nộp tạm ứng chi phí xem xét, thẩm định tại chỗ chịu chi phí xem xét, thẩm định tại chỗ. " * 2
    assert loops(law)
    assert not loops(law, law)
    assert not loops(law, fold(law))
    assert loops(law * 2, law)


def test_every_free_brief_can_be_asked_and_judged() -> None:
    found = free_briefs()
    assert len(found) >= 60
    assert {one.task for one in found} == {"free-tune", "free-held"}
    answered = [
        Answered(
            one,
            "",
            "stop",
            judge(
                "Không có trong tài liệu.",
                source=one.source,
                prompt=one.prompt,
                expected=one.expected,
                wants=one.wants,
                kind=one.kind,
                frame=one.frame,
                must=one.must,
            ),
        )
        for one in found
    ]
    told = figures(answered)
    assert told["n"] == len(found)
    assert told["facts"] < 0.05
    assert told["format"] is not None
    assert told["unanswerable"] == 1.0
    assert {one.kind for one in found if one.kind} <= set(BY_ID)
