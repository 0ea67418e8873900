"""The tables of Decree 30: kinds, sizes, rules."""

from __future__ import annotations

import pytest

from service.nd30 import layout
from service.nd30.body import paragraphs
from service.nd30.kinds import BY_ID, KINDS, kind_of_sign, kind_of_title
from service.nd30.rules import RULES, RULESET, Severity
from service.records import Level, Table

# Phụ lục III, mục I, in its own order and spelling
ABBREVIATIONS = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB"


def test_the_29_kinds_carry_the_decrees_abbreviations() -> None:
    assert len(KINDS) == len(BY_ID) == 29
    assert " ".join(kind.abbreviation for kind in KINDS if kind.abbreviation) == ABBREVIATIONS
    assert {kind.id for kind in KINDS if not kind.abbreviation} == {"cong_van", "thu_cong"}


@pytest.mark.parametrize(
    ("title", "kind_id"),
    [
        ("THÔNG BÁO", "thong_bao"),
        ("quyet dinh", "quyet_dinh"),
        ("BẢN THOẢ THUẬN", "ban_thoa_thuan"),
        ("TỜ TRÌNH:", "to_trinh"),
    ],
)
def test_a_title_is_known_whatever_its_spelling(title: str, kind_id: str) -> None:
    kind = kind_of_title(title)
    assert kind is not None
    assert kind.id == kind_id


def test_the_sign_tells_the_kind_and_case_counts() -> None:
    assert kind_of_sign("12/TB-UBND") is BY_ID["thong_bao"]
    assert kind_of_sign("Số: 12/QyĐ-UBND") is BY_ID["quy_dinh"]
    assert kind_of_sign("12/QYĐ-UBND") is None
    assert kind_of_sign("12/UBND-VX") is None


def test_our_sizes_lie_in_the_ranges_of_the_type_table() -> None:
    for part, look in layout.LOOKS.items():
        assert look.low <= layout.SET_A[part] <= look.high
        assert look.low <= layout.SET_B[part] <= look.high
    assert [layout.SET_A[part] for part in ("nation", "motto", "place_date")] == [13, 14, 14]
    assert [layout.SET_B[part] for part in ("nation", "motto", "place_date")] == [12, 13, 13]


def test_our_page_lies_in_the_margins_of_the_decree() -> None:
    page = layout.PAGE
    for own, (low, high) in (
        (page.own_top, page.top),
        (page.own_bottom, page.bottom),
        (page.own_left, page.left),
        (page.own_right, page.right),
    ):
        assert low <= own <= high
    assert layout.bold_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13) < page.text_width - layout.LEFT_COLUMN


def test_every_rule_can_be_shown_to_a_person() -> None:
    assert RULESET == "nd30-2020"
    for rule_id, rule in RULES.items():
        assert rule_id == rule.id
        assert rule.severity in Severity
        assert rule.severity.level in (Level.ESSENTIAL, Level.ACTIONABLE, Level.INFORMATIVE)
        for sentence in (rule.why, rule.try_next, *([rule.ask] if rule.ask else [])):
            assert sentence.endswith((".", ".”")), (rule_id, sentence)
        assert "!" not in rule.why + rule.try_next + rule.ask
        assert "Nghị định 30/2020/NĐ-CP" in rule.reason or not rule.source or rule_id == "ND30-X7"
        for sentence in (rule.why_en, rule.try_next_en):
            assert sentence.endswith((".", ".”")), (rule_id, sentence)
        assert rule.title
        assert rule.title_en


def test_the_table_holds_every_number_once() -> None:
    numbers = [f"ND30-{n:02}" for n in range(1, 100)] + [f"ND30-X{n}" for n in range(1, 9)]
    assert list(RULES) == numbers


def test_the_body_is_named_paragraph_by_paragraph() -> None:
    body = (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ",
        "Căn cứ Luật A;",
        "Theo đề nghị của B.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Thành lập Tổ công tác, gồm các ông, bà sau đây.",
        "1. Khoản có lời văn kết thúc bằng dấu chấm.",
        "a) Điểm;",
        Table((("TT", "Việc"), ("1", "Họp"))),
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "I. MỤC ĐÍCH",
        "1. Yêu cầu",
        "Căn cứ tình hình thực tế, các đơn vị báo cáo.",
    )
    named = paragraphs(body, BY_ID["quyet_dinh"])
    assert [item.look if not isinstance(item, Table) else "table" for item in named] == [
        "office", "ground", "ground", "order", "article", "clause", "point", "table", "division", "heading", "roman",
        "clause", "text",
    ]  # fmt: skip
    leads = [item.text[: item.lead] for item in named if not isinstance(item, Table) and item.lead]
    assert leads == ["Điều 1.", "I. MỤC ĐÍCH", "1. Yêu cầu"]
