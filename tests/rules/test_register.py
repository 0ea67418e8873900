"""The voice of an office: residue is found where it stands, good text is left alone."""

from __future__ import annotations

import pytest

from service.checks.register import register
from service.records import Assertion, Level
from tests.rules.making import SOURCE, case, seen

REGISTER = Assertion("register")


@pytest.mark.parametrize(
    ("answer", "part", "stretch"),
    [
        ("Dưới đây là bản tóm tắt công văn:\nSở đề nghị xã báo cáo.", "preamble", "Dưới đây là bản tóm tắt công văn:"),
        ("Chắc chắn rồi, tôi xin viết.\nKính gửi: Sở A", "preamble", "Chắc chắn rồi, tôi xin viết."),
        ("Sở đề nghị.\nHy vọng bản tóm tắt này hữu ích.", "closing", "Hy vọng bản tóm tắt này hữu ích."),
        ("Nếu anh/chị cần thêm, hãy cho tôi biết.", "closing", "Nếu anh/chị cần thêm, hãy cho tôi biết."),
        ("Tôi là một mô hình ngôn ngữ nên không chắc.", "self", "Tôi là một mô hình ngôn ngữ"),
        ("Là một AI, máy xin trả lời.", "self", "Là một AI"),
        ("**Mục đích**\nNội dung", "markdown", "**Mục đích**"),
        ("## Mục đích", "markdown", "##"),
        ("```\nSố 1\n```", "markdown", "```"),
        ("Hoàn thành tốt 😀", "emoji", "😀"),
        ("Kính gửi: [Tên cơ quan]", "blank", "[Tên cơ quan]"),
        ("Kính gửi: {{co_quan}}", "blank", "{{co_quan}}"),
        ("Đề nghị các xã nộp sớm nhé.", "spoken", "nhé"),
        ("Họp tại nhà vh thôn 3.", "shorthand", "vh"),
        ("Ông Nam ko nhớ ngày.", "shorthand", "ko"),
        ("Ko đồng ý phương án hai.", "shorthand", "Ko"),
        ("Bà Lan k đồng ý.", "shorthand", "k"),
        ("Đề nghị đc hỗ trợ vốn sx.", "shorthand", "đc"),
        ("Giao Công an xã xã Triệu Phong chủ trì.", "doubled", "xã xã"),
        ("Gửi Ủy ban Ủy ban nhân dân tỉnh.", "doubled", "Ủy ban Ủy ban"),
        ("Here is the summary of the document.", "english", "Here is the summary of the document"),
        ("Báo cáo đúng deadline.", "english", "deadline"),
    ],
)  # fmt: skip
def test_residue_is_found_where_it_stands(answer: str, part: str, stretch: str) -> None:
    result = register(case(answer), REGISTER)
    finding = next(one for one in result.findings if one.part == part)
    assert answer[finding.spans[0].start : finding.spans[0].end] == stretch
    assert result.passed is False
    assert finding.title
    assert finding.why
    assert finding.try_next


@pytest.mark.parametrize(
    "answer",
    [
        SOURCE,
        "Đề nghị các xã báo cáo trước ngày 20/12 [2], [3].",
        "Công an xã phối hợp bảo đảm an ninh, an toàn; in, phát tài liệu cho hộ dân.",
        "Chủ trì là ai thì ghi rõ tên người ấy.",
        "Nha Trang, ngày 05 tháng 6 năm 2026",
        "- Mục một;\n- Mục hai: A - B - C.",
        "| Việc | Hạn |\n|---|---|\n| Tiêm | 15/12 |",
        "Ông [HO_TEN_1], số định danh [CCCD_1], gửi qua thư điện tử.",
        "Căn cứ điểm k khoản 2, các điểm h, i, k Điều 5; TL. CHỦ TỊCH; Số: 12/TB-VH; nộp tại sx@xa.gov.vn.",
        "Hợp tác xã xã Triệu Phong sửa thiết bị bị hỏng, quản lý lý lịch, đại biểu biểu quyết từng bước từng bước.",
        "Người chưa làm được được hướng dẫn lại theo kế hoạch kèm theo theo bốn tiêu chí.",
        "Ngày ngày, luôn luôn, năm năm một lần; nặng 12 kg; tiền của của dân.",
        "Sau khi thống nhất, dưới đây là địa chỉ nộp hồ sơ.",
    ],
)
def test_good_text_is_left_alone(answer: str) -> None:
    result = register(case(answer), REGISTER)
    assert result.findings == ()
    assert result.passed is True


def test_a_gap_left_open_on_purpose_is_only_told() -> None:
    answer = "Kinh phí [cần bổ sung], hạn [Chưa nêu]."
    result = register(case(answer), REGISTER)
    assert result.passed is True
    assert [one.level for one in result.findings] == [Level.INFORMATIVE]
    assert seen(result, answer) == ["[cần bổ sung]", "[Chưa nêu]"]


def test_an_exercise_bans_its_own_phrases() -> None:
    answer = "Triển khai quyết liệt, Quyết  liệt hơn nữa."
    result = register(case(answer), Assertion("register", value=["quyết liệt"]))
    assert seen(result, answer) == ["quyết liệt", "Quyết  liệt"]


def test_each_kind_of_slip_costs_once() -> None:
    assert register(case("**a** và **b** nhé."), REGISTER).score == 0.5
    assert register(case("  "), REGISTER).passed is None
