"""The form check: clean documents pass, and each rule fires alone on what breaks only it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from service.checks.form import check_text, nd30_format
from service.nd30.rules import RULES
from service.records import Assertion, Case, CheckResult, Exercise, Level
from tests.rules.nd30_samples import SAMPLES

_EXERCISE = Exercise("x", "x", "draft", 1, 1, "visible", 1, "", 15, "green", "", "", "")


def fired(text: str, kind: str | None, mode: str = "draft") -> set[str]:
    """The numbers of the rules that ask for a change."""
    to_mend = (Level.ESSENTIAL, Level.ACTIONABLE)
    return {finding.rule for finding in check_text(text, kind, mode) if finding.level in to_mend}


def graded(answer: str | None, kind: str | None = "thong_bao", **options: Any) -> CheckResult:
    return nd30_format(Case("", answer, _EXERCISE), Assertion("nd30-format", kind, metric="the-thuc", options=options))


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_clean_document_passes_with_praise(kind: str) -> None:
    result = graded(SAMPLES[kind], kind)
    assert (result.passed, result.score) == (True, 1.0)
    assert [finding.level for finding in result.findings] == [Level.CELEBRATORY]
    assert fired(SAMPLES[kind], None) == set()


MUTANTS = [  # rule, kind, what is replaced, by what
    ("ND30-13", "bao_cao", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", ""),
    ("ND30-13", "quyet_dinh", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("ND30-13", "ke_hoach", "CHỦ NGHĨA VIỆT NAM", "CHỦ NGHĨA VIỆT NAM MUÔN NĂM"),
    ("ND30-15", "bao_cao", "Độc lập - Tự do - Hạnh phúc\n", ""),
    ("ND30-15", "quyet_dinh", "Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"),
    ("ND30-15", "ke_hoach", "Độc lập - Tự do - Hạnh phúc", "Độc lập - Tự Do - Hạnh Phúc"),
    ("ND30-19", "bao_cao", "ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG\nSố", "UBND XÃ TRIỆU PHONG\nSố"),
    ("ND30-19", "quyet_dinh", "ỦY BAN NHÂN DÂN\nXÃ", "UBND\nXÃ"),
    ("ND30-24", "bao_cao", "Số: 186", "Số 186"),
    ("ND30-24", "quyet_dinh", "Số: 125", "SỐ: 125"),
    ("ND30-25", "bao_cao", "Số: 186", "Số: 6"),
    ("ND30-25", "quyet_dinh", "Số: 125", "Số: CXXV"),
    ("ND30-26", "bao_cao", "186/BC-UBND", "186/BC - UBND"),
    ("ND30-26", "quyet_dinh", "125/QĐ-UBND", "125 /QĐ-UBND"),
    ("ND30-26", "giay_moi", "21/GM-UBND", "21GM-UBND"),
    ("ND30-27", "bao_cao", "186/BC-", "186/TB-"),
    ("ND30-27", "to_trinh", "08/TTr-", "08/TTR-"),
    ("ND30-28", "cong_van", "1284/SNNMT-CNTY  ", "1284/CV-SNNMT  "),
    ("ND30-28", "bao_cao", "186/BC-UBND", "186/UBND-KT"),
    ("ND30-30", "quyet_dinh", "125/QĐ-UBND", "125/2026/QĐ-UBND"),
    ("ND30-30", "bao_cao", "186/BC-UBND", "186/2026/BC-UBND"),
    ("ND30-33", "bao_cao", "ngày 15 tháng 12 năm 2026\nBÁO", "ngày 15/12/2026\nBÁO"),
    ("ND30-33", "quyet_dinh", "Triệu Phong, ngày 10 tháng 4 năm 2026", "Ngày 10 tháng 4 năm 2026"),
    ("ND30-34", "ke_hoach", "Đông Hà, ngày 03", "Đông Hà, ngày 3"),
    ("ND30-34", "giay_gioi_thieu", "Trị, ngày 07", "Trị, ngày 7"),
    ("ND30-35", "to_trinh", "ngày 02 tháng 02 năm", "ngày 02 tháng 2 năm"),
    ("ND30-35", "quyet_dinh", "Phong, ngày 10 tháng 4", "Phong, ngày 10 tháng 04"),
    ("ND30-36", "quyet_dinh", "Phong, ngày 10 tháng 4", "Phong, ngày 31 tháng 4"),
    ("ND30-36", "to_trinh", "Phong, ngày 02 tháng 02", "Phong, ngày 30 tháng 02"),
    ("ND30-37", "quyet_dinh", "Triệu Phong, ngày 10", "Triệu Phong ngày 10"),
    ("ND30-37", "bao_cao", "\nTriệu Phong, ngày 15", "\nTriệu phong, ngày 15"),
    ("ND30-41", "bao_cao", "\nBÁO CÁO\n", "\nBáo cáo\n"),
    ("ND30-41", "ke_hoach", "\nKẾ HOẠCH\nTập huấn", "\n\nVề việc tập huấn"),
    ("ND30-42", "quyet_dinh", "Về việc thành lập Tổ công tác chuyển đổi số xã Triệu Phong\n", ""),
    ("ND30-42", "ke_hoach", "phường năm 2026\n\nThực", "phường năm 2026.\n\nThực"),
    ("ND30-44", "cong_van", "V/v đôn đốc tiêm phòng vắc xin\ncho vật nuôi vụ Thu Đông năm 2026\n", ""),
    ("ND30-44", "cong_van", "\nV/v đôn", "\nVề việc đôn"),
    ("ND30-44", "cong_van", "\nKính gửi:", "\nCÔNG VĂN\n\nKính gửi:"),
    ("ND30-45", "ke_hoach", "\nThực hiện nhiệm vụ", "\nKính gửi: Các phòng chuyên môn\n\nThực hiện nhiệm vụ"),
    (
        "ND30-45",
        "giay_moi",
        "\nỦy ban nhân dân xã Triệu Phong trân",
        "\nKính gửi: Ông Trần Văn Thí\n\nỦy ban nhân dân xã trân",
    ),
    ("ND30-46", "to_trinh", "Kính gửi: Ủy ban nhân dân xã Triệu Phong\n", ""),
    ("ND30-46", "to_trinh", "Kính gửi: Ủy", "Kính gửi Ủy"),
    ("ND30-47", "cong_van", "- Chi cục Chăn nuôi và Thú y.", "- Chi cục Chăn nuôi và Thú y"),
    ("ND30-47", "to_trinh", "Kính gửi: Ủy ban nhân dân xã Triệu Phong", "Kính gửi: Ủy ban nhân dân xã; Đảng ủy xã"),
    ("ND30-47", "to_trinh", "Kính gửi: Ủy", "Kính gửi:\nỦy"),
    ("ND30-49", "quyet_dinh", "ngày 16 tháng 6 năm 2025;", "ngày 16 tháng 6 năm 2025."),
    ("ND30-49", "quyet_dinh", "ngày 06 tháng 4 năm 2026.\n", "ngày 06 tháng 4 năm 2026;\n"),
    ("ND30-62", "bao_cao", "kính báo cáo./.", "kính báo cáo."),
    ("ND30-62", "giay_moi", "thời gian./.", "thời gian"),
    ("ND30-64", "bao_cao", "TM. ỦY", "T/M ỦY"),
    ("ND30-64", "ke_hoach", "TM. ỦY", "TM ỦY"),
    ("ND30-64", "cong_van", "KT. GIÁM ĐỐC", "KT/ GIÁM ĐỐC"),
    ("ND30-64", "quyet_dinh", "\nCHỦ TỊCH\n", "\nChủ tịch\n"),
    ("ND30-65", "thong_bao", "PHÓ CHỦ TỊCH\n", ""),
    ("ND30-65", "giay_moi", "CHÁNH VĂN PHÒNG\n", ""),
    ("ND30-72", "bao_cao", "Nơi nhận:\n", ""),
    ("ND30-72", "quyet_dinh", "Nơi nhận:\n", "Nơi nhận\n"),
    ("ND30-73", "bao_cao", "- Thường trực Đảng ủy xã;", "- Thường trực Đảng ủy xã"),
    ("ND30-73", "quyet_dinh", "- Thường trực Đảng ủy xã;", "+ Thường trực Đảng ủy xã;"),
    ("ND30-74", "bao_cao", "\n- Lưu: VT, KT.", ""),
    ("ND30-74", "quyet_dinh", "- Lưu: VT, VP.", "- Lưu VT, VP."),
    ("ND30-74", "giay_moi", "- Lưu: VT, KT.", "- Lưu: VT, KT"),
    ("ND30-75", "to_trinh", "- Như trên;\n", ""),
    ("ND30-75", "quyet_dinh", "- Như Điều 3;", "- Như trên;"),
    ("ND30-75", "bao_cao", "- Như trên;\n", ""),
    ("ND30-84", "quyet_dinh", "\nPhạm Văn Mẫu", ""),
    ("ND30-84", "bao_cao", "Triệu Phong, ngày 15 tháng 12 năm 2026\n", ""),
    ("ND30-84", "bao_cao", "Số: 186/BC-UBND\n", ""),
    (
        "ND30-84",
        "bien_ban",
        "THƯ KÝ                         CHỦ TỌA\n\nLê Thị Mẫu                     Phạm",
        "CHỦ TỌA\n\nPhạm",
    ),
    ("ND30-19", "giay_moi", "ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG\nSố", "UBND XÃ TRIỆU PHONG\nSố"),
    ("ND30-24", "giay_moi", "Số: 21", "Số. 21"),
    ("ND30-25", "ke_hoach", "Số: 42", "Số: 042"),
    ("ND30-27", "ke_hoach", "42/KH-", "42/QĐ-"),
    ("ND30-28", "giay_moi", "21/GM-UBND", "21/UBND-VP"),
    ("ND30-30", "giay_moi", "21/GM-UBND", "21/2026/GM-UBND"),
    ("ND30-33", "ke_hoach", "Đông Hà, ngày 03 tháng 3 năm 2026", "Đông Hà, 03/3/2026"),
    ("ND30-34", "bao_cao", "\nTriệu Phong, ngày 15", "\nTriệu Phong, ngày 5"),
    ("ND30-35", "ke_hoach", "Hà, ngày 03 tháng 3", "Hà, ngày 03 tháng 03"),
    ("ND30-36", "ke_hoach", "Hà, ngày 03 tháng 3", "Hà, ngày 32 tháng 3"),
    ("ND30-37", "ke_hoach", "Đông Hà, ngày 03", "Đông Hà ngày 03"),
    ("ND30-45", "thong_bao", "\nThực hiện Công", "\nKính gửi: Trưởng các thôn\n\nThực hiện Công"),
    ("ND30-62", "ke_hoach", "tổng hợp./.", "tổng hợp."),
    ("ND30-65", "giay_gioi_thieu", "CHÁNH VĂN PHÒNG\n", ""),
]
ISSUED = [  # the same, for what is asked only of a document that goes out
    ("ND30-31", "bao_cao", "Số: 186/", "Số: ……/"),
    ("ND30-31", "quyet_dinh", "Số: 125/", "Số:      /"),
    ("ND30-31", "giay_moi", "Số: 21/", "Số: [số]/"),
    ("ND30-31", "ke_hoach", "Số: 42/KH-UBND", "Số: 42/KH-[…]"),
    ("ND30-33", "ke_hoach", "Đông Hà, ngày 03", "Đông Hà, ngày ……"),
    ("ND30-33", "bao_cao", "\nTriệu Phong, ngày 15", "\n[địa danh], ngày 15"),
    ("ND30-X5", "bao_cao", "Một số hộ chăn", "[Tên thôn] còn hộ chăn"),
    ("ND30-X5", "quyet_dinh", "xã Triệu Phong gồm", "…… gồm"),
    ("ND30-X5", "giay_moi", "\nLê Thị Mẫu", "\n[họ và tên]"),
]


@pytest.mark.parametrize(("rule", "kind", "old", "new"), [mutant for mutant in MUTANTS if mutant[3]])
def test_a_finding_shows_where_and_says_what_the_decree_wants(rule: str, kind: str, old: str, new: str) -> None:
    text = SAMPLES[kind].replace(old, new)
    finding = next(item for item in check_text(text, kind) if item.rule == rule)
    assert finding.where
    assert finding.part or rule == "ND30-84"
    assert finding.title.endswith((".", ".”"))
    assert finding.why.startswith(RULES[rule].why)
    for span in finding.spans:
        assert text[span.start : span.end].strip()


@pytest.mark.parametrize(
    ("kind", "sign", "wrong"),
    [
        ("bao_cao", "186/BC-UBND", "186/BC.UBND"),
        ("bao_cao", "186/BC-UBND", "186/BC - UBND"),
        ("bao_cao", "186/BC-UBND", "186/BC–UBND"),
        ("bao_cao", "186/BC-UBND", "186/BC_UBND"),
        ("bao_cao", "186/BC-UBND", "186/bc-ubnd"),
        ("quyet_dinh", "125/QĐ-UBND", "125 /QĐ UBND"),
        ("giay_moi", "21/GM-UBND", "21GM-UBND"),
        ("ke_hoach", "42/KH-…", "42/KH"),
    ],
)
def test_a_sign_that_is_only_written_wrongly_is_given_back_written_rightly(kind: str, sign: str, wrong: str) -> None:
    text = re.sub(r"Số: \S+", f"Số: {wrong}", SAMPLES[kind], count=1)
    assert [(one.rule, one.expected) for one in check_text(text, kind)] == [("ND30-26", f"Số: {sign}")]


@pytest.mark.parametrize(
    ("kind", "old", "new", "rule", "expected"),
    [
        (
            "cong_van",
            "V/v đôn đốc",
            "V/v: Đôn đốc",
            "ND30-44",
            "V/v đôn đốc tiêm phòng vắc xin cho vật nuôi vụ Thu Đông năm 2026",
        ),
        ("cong_van", "/SNNMT-CNTY", "/CV-SNNMT", "ND30-28", "Số: 1284/SNNMT-…"),
        ("ke_hoach", "42/KH-UBND", "42/QĐ-UBND", "ND30-27", "Số: 42/KH-UBND"),
        ("giay_moi", "21/GM-UBND", "21/UBND-VP", "ND30-28", "Số: 21/GM-UBND"),
        (
            "bao_cao",
            "\nTriệu Phong, ngày 15",
            "\nTriệu Phong, ngày 5",
            "ND30-34",
            "Triệu Phong, ngày 05 tháng 12 năm 2026",
        ),
        ("ke_hoach", "Hà, ngày 03 tháng 3", "Hà, ngày 3 tháng 03", "ND30-35", "Đông Hà, ngày 03 tháng 3 năm 2026"),
        ("ke_hoach", "Đông Hà, ngày 03", "Đông hà, ngày 03", "ND30-37", "Đông Hà, ngày 03 tháng 3 năm 2026"),
        ("bao_cao", "- Thường trực Đảng ủy xã;", "+ Thường trực Đảng ủy xã", "ND30-73", "- Thường trực Đảng ủy xã;"),
        ("quyet_dinh", "- Lưu: VT, VP.", "Lưu VT", "ND30-74", "- Lưu: VT, …."),
        ("quyet_dinh", "- Lưu: VT, VP.", "- Lưu VT, VP.", "ND30-74", "- Lưu: VT, VP."),
        ("quyet_dinh", "- Lưu: VT, VP.", "- Lưu: VP.", "ND30-74", "- Lưu: VT, VP."),
        ("quyet_dinh", "- Lưu: VT, VP.", "Lưu: VP, KT", "ND30-74", "- Lưu: VT, VP, KT."),
        ("quyet_dinh", "- Lưu: VT, VP.", "- Lưu: Văn thư, VP.", "ND30-74", "- Lưu: VT, VP."),
        ("quyet_dinh", "- Lưu: VT, VP.", "- Lưu VT-VP.", "ND30-74", "- Lưu: VT, VP."),
        ("bao_cao", ";\n- Lưu: VT, KT.", ".", "ND30-74", "- Thường trực Đảng ủy xã; - Lưu: VT, …."),
        ("bao_cao", "Số: 186/", "Số 186/", "ND30-24", "Số: 186/BC-UBND"),
        ("thong_bao", "Số:", "SỐ", "ND30-24", "Số: /TB-UBND"),
        ("bao_cao", "Số: 186/", "Số: 6/", "ND30-25", "Số: 06/BC-UBND"),
        ("ke_hoach", "Số: 42/", "Số: 042/", "ND30-25", "Số: 42/KH-UBND"),
        ("quyet_dinh", "Số: 125/", "Số: CXXV/", "ND30-25", "Số: …/QĐ-UBND"),
        (
            "bao_cao",
            "\nTriệu Phong, ngày 15 tháng 12 năm 2026",
            "\nTriệu Phong, ngày 5/01/2026",
            "ND30-33",
            "Triệu Phong, ngày 05 tháng 01 năm 2026",
        ),
        (
            "ke_hoach",
            "Đông Hà, ngày 03 tháng 3 năm 2026",
            "Đông Hà, 3.03.2026",
            "ND30-33",
            "Đông Hà, ngày 03 tháng 3 năm 2026",
        ),
        (
            "ke_hoach",
            "Đông Hà, ngày 03 tháng 3 năm 2026",
            "Đông Hà, ngày 31/4/2026",
            "ND30-33",
            "Đông Hà, ngày … tháng … năm …",
        ),
        (
            "ke_hoach",
            "Đông Hà, ngày 03 tháng 3 năm 2026",
            "Đông Hà, ngày 03 tháng ba",
            "ND30-33",
            "Địa danh, ngày … tháng … năm …",
        ),
        ("bao_cao", "TM. ỦY BAN NHÂN DÂN", "T/M ỦY BAN NHÂN DÂN", "ND30-64", "TM. ỦY BAN NHÂN DÂN"),
        ("bao_cao", "TM. ỦY BAN NHÂN DÂN", "TM.ỦY BAN NHÂN DÂN", "ND30-64", "TM. ỦY BAN NHÂN DÂN"),
        ("bao_cao", "\nCHỦ TỊCH\n", "\nQuyền Chủ tịch\n", "ND30-64", "QUYỀN CHỦ TỊCH"),
        ("quyet_dinh", "16 tháng 6 năm 2025;", "16 tháng 6 năm 2025.", "ND30-49", "… ngày 16 tháng 6 năm 2025;"),
        ("bao_cao", "kính báo cáo./.", "kính báo cáo!", "ND30-62", "… xã Triệu Phong kính báo cáo./."),
    ],
)
def test_what_is_expected_is_made_of_what_stands_there(kind: str, old: str, new: str, rule: str, expected: str) -> None:
    assert old in SAMPLES[kind]
    found = [one for one in check_text(SAMPLES[kind].replace(old, new), kind) if one.rule == rule]
    assert [one.expected for one in found] == [expected]


def test_blank_number_and_day_are_fine_in_a_draft_and_not_in_an_issued_document() -> None:
    assert fired(SAMPLES["thong_bao"], "thong_bao") == set()
    assert fired(SAMPLES["thong_bao"], "thong_bao", "issued") == {"ND30-31", "ND30-33"}
    assert fired(SAMPLES["bao_cao"], "bao_cao", "issued") == set()
    blank_too = SAMPLES["bao_cao"].replace("Số: 186/", "Số: ……/")
    assert "ND30-31" in fired(blank_too, "bao_cao", "issued")


def test_open_places_are_for_information_until_the_document_is_issued() -> None:
    text = SAMPLES["thong_bao"].replace("Lê Thị Mẫu", "[cần bổ sung]").replace("Phòng Kinh tế;", "[cần bổ sung];")
    finding = next(item for item in check_text(text, "thong_bao") if item.rule == "ND30-X5")
    assert finding.level is Level.INFORMATIVE
    assert [text[span.start : span.end] for span in finding.spans] == ["[cần bổ sung]"] * 2
    assert fired(text, "thong_bao") == set()
    assert "ND30-X5" in fired(text, "thong_bao", "issued")


def test_bare_content_gets_one_finding_for_all_that_is_missing() -> None:
    content = "Ủy ban nhân dân xã thông báo lịch tiếp công dân như sau:\n1. Thứ Hai.\n2. Thứ Năm./."
    result = graded(content)
    assert [finding.rule for finding in result.findings] == ["ND30-84"]
    told = result.findings[0]
    assert told.title.startswith("Văn bản mới có phần nội dung, còn thiếu: quốc hiệu; ")
    assert told.title.endswith("; nơi nhận.")
    assert (told.seen, told.expected) == ("", ""), "what is not there has no words that could be shown"
    assert result.passed is False
    assert result.score < 0.3


def test_a_title_is_not_denied_where_head_and_foot_are_missing() -> None:
    told = graded("GIẤY MỜI\nHọp giao ban\nỦy ban nhân dân xã kính mời:\n- Trưởng các thôn./.", "giay_moi").findings[0]
    assert told.title.startswith("Văn bản mới có tên loại và phần nội dung, còn thiếu: quốc hiệu; ")


def test_a_lost_heading_is_one_finding() -> None:
    text = "THÔNG BÁO" + SAMPLES["thong_bao"].partition("THÔNG BÁO")[2]
    assert fired(text, "thong_bao") == {"ND30-84"}


def test_what_is_missing_is_named_in_the_title() -> None:
    text = SAMPLES["bao_cao"].replace("Số: 186/BC-UBND\n", "").replace("\nPhạm Văn Mẫu", "")
    (told,) = (one for one in check_text(text, "bao_cao") if one.rule == "ND30-84")
    assert (told.title, told.seen, told.expected) == ("Còn thiếu: số, ký hiệu; họ tên người ký.", "", "")


def test_scope_body_asks_only_for_the_content() -> None:
    content = "Đề nghị các thôn báo cáo trước ngày 15 tháng 6 năm 2026"
    assert [item.rule for item in graded(content, scope="body").findings] == ["ND30-62"]
    done = graded(f"{content}./.", scope="body")
    assert done.passed
    assert [(finding.level, finding.where) for finding in done.findings] == [(Level.CELEBRATORY, "Nội dung")]
    assert "đều đủ" not in done.findings[0].why, "head and foot were not looked at"


def test_parts_in_a_foreign_order_are_named() -> None:
    dated = "Triệu Phong, ngày 15 tháng 12 năm 2026\n"
    titled = "BÁO CÁO\nKết quả tiêm phòng vắc xin cho vật nuôi vụ Thu Đông năm 2026\n"
    text = SAMPLES["bao_cao"].replace(dated + titled, titled + dated)
    (finding,) = (item for item in check_text(text, "bao_cao") if item.level is Level.ESSENTIAL)
    assert (finding.rule, finding.part) == ("ND30-84", "place_date")
    assert "thứ tự" in finding.title


def test_another_kind_than_asked_for_is_named() -> None:
    assert fired(SAMPLES["bao_cao"], "thong_bao") >= {"ND30-41", "ND30-45"}


def test_the_score_falls_with_the_errors_and_stays_above_zero() -> None:
    once = graded(SAMPLES["bao_cao"].replace("Số: 186", "Số: 6"), "bao_cao")
    twice = graded(SAMPLES["bao_cao"].replace("Số: 186", "Số: 6").replace("TM. ỦY", "T/M ỦY"), "bao_cao")
    assert 1.0 > once.score > twice.score > 0.0
    assert not once.passed
    assert graded("", "bao_cao").score == 0.0


def test_a_warning_alone_does_not_fail_the_check() -> None:
    result = graded(SAMPLES["bao_cao"].replace("kính báo cáo./.", "kính báo cáo."), "bao_cao")
    assert result.passed
    assert result.score == pytest.approx(0.96)


def test_a_threshold_decides_when_the_exercise_sets_one() -> None:
    case = Case("", SAMPLES["bao_cao"].replace("Số: 186", "Số: 6"), _EXERCISE)
    assertion = Assertion("nd30-format", "bao_cao", threshold=0.8)
    assert nd30_format(case, assertion).passed
    assert not nd30_format(case, replace(assertion, threshold=0.9)).passed


def test_without_an_answer_nothing_is_graded() -> None:
    result = graded(None)
    assert result.passed is None
    assert result.metric == "the-thuc"


def test_an_attachment_after_the_signature_is_not_taken_for_the_body() -> None:
    assert fired(SAMPLES["bao_cao"] + "\nPhụ lục\nSố liệu từng thôn kèm theo báo cáo\n", "bao_cao") == set()


def test_what_a_signing_program_prints_hides_no_name() -> None:
    printed = (
        "[ KÝ BỞI CHỮ KÝ SỐ HỢP LỆ ]\nCơ quan: Phạm Văn Mẫu\nThời gian ký: 2026.08.14 08:30:15 +07:00\nPhạm Văn Mẫu"
    )
    assert fired(SAMPLES["bao_cao"].replace("\nPhạm Văn Mẫu", f"\n{printed}"), "bao_cao") == set()


def test_a_pdf_may_give_the_two_lines_of_a_deputy_as_one() -> None:
    joined = SAMPLES["thong_bao"].replace("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")
    assert fired(joined, "thong_bao") == set()
