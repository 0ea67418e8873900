"""The rules on words: each fires on what breaks it, alone, and on no clean document."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from service.nd30.drafting import draft_from_text
from service.nd30.rules import RULES, Check
from service.settings import HOME
from tests.rules.nd30_samples import MODES, SAMPLES, sent_out, told

BODY = "Một số hộ chăn thả rông"  # in the báo cáo: a plain sentence to put another before
SENTENCES = [  # rule, sentences that break it
    (
        "ND30-51",
        [
            "Thực hiện Công văn số 1284/SNNMT-CNTY ngày 09 tháng 11 năm 2026 của Sở Nông nghiệp và Môi trường chậm.",
            "Theo Công văn số 1284/SNNMT-CNTY ngày 09 tháng 11 năm 2026 của Sở Nông nghiệp và Môi trường thì còn chậm.",
        ],
    ),
    (
        "ND30-52",
        [
            "Theo Nghị định 30/2020/NĐ-CP thì phải sửa.",
            "Thực hiện Quyết định 125/QĐ-UBND của xã.",
            "Thực hiện tốt Kế hoạch 42/KH-UBND của xã.",
        ],
    ),
    ("ND30-54", ["1) Việc thứ nhất còn chậm.", "Chương 2\nKẾT QUẢ", "a/ Việc thứ nhất còn chậm."]),
    ("ND30-55", ["Chương I", "Phần II", "Mục 1"]),
    ("ND30-56", ["3. Việc nhảy số.", "b) Việc nhảy chữ.", "V. NHẢY SỐ"]),
    ("ND30-57", ["1.1. Việc nhỏ.", "+ Việc nhỏ.", "(1) Việc nhỏ.", "a. Việc nhỏ."]),
    ("ND30-85", ["Việc đã xong. còn lại chưa làm.", "Vì sao chậm? do thiếu người.", "việc này còn chậm."]),
    (
        "ND30-86",
        ["Giao ông Nguyễn văn Mẫu theo dõi.", "Giao bà Trần thị Mẫu theo dõi.", "Giao đồng chí Lê hữu Mẫu theo dõi."],
    ),
    (
        "ND30-87",
        ["Việc này do Tỉnh Quảng Trị giao.", "Các hộ ở Xã Triệu Phong đã báo.", "Các thôn của Phường Nam Đông báo."],
    ),
    ("ND30-88", ["Đoàn đi thủ đô Hà Nội.", "Đoàn đi thành phố Hồ Chí Minh.", "Xe về thủ đô Hà Nội trước."]),
    ("ND30-90", ["Vùng Tây bắc còn khó khăn.", "Vùng Nam bộ đã xong.", "Vùng Tây nguyên đã xong."]),
    ("ND30-91", ["Sở Tài Chính đã cấp kinh phí.", "Việc do sở Tài chính cấp.", "Việc do Ủy Ban Nhân Dân quyết định."]),
    ("ND30-92", ["Việc này được nhân dân ủng hộ.", "Đây là chính sách của nhà nước.", "Vận động nhân dân tham gia."]),
    (
        "ND30-95",
        [
            "Theo đúng quyết định số 125/QĐ-UBND của xã.",
            "Thực hiện tốt kế hoạch số 42/KH-UBND của xã.",
            "Trái với nghị định số 30/2020/NĐ-CP thì sửa.",
        ],
    ),
    (
        "ND30-96",
        [
            "Theo khoản 2 điều 5 của Luật.",
            "Theo đúng Khoản 2 Điều 5 của Luật.",
            "Theo đúng Điểm a khoản 1 Điều 5 của Luật.",
        ],
    ),
    ("ND30-97", ["Họp vào sáng thứ hai.", "Họp vào chiều thứ sáu.", "Báo cáo vào thứ năm hằng tuần."]),
    ("ND30-X1", ["Việc này  còn chậm.", "Việc này , còn chậm.", "Việc này,còn chậm.", "Việc chậm.Việc nhanh thì tốt."]),
    ("ND30-X3", ["Việc sử lý còn chậm.", "Cần bổ xung số liệu.", "Hai việc trồng chéo nhau."]),
    (
        "ND30-X4",
        ["Việc **rất quan trọng** cần làm.", "Việc cần làm ngay ✅ trong tuần.", "Việc này làm tốt 👍 trong tuần."],
    ),
    (
        "ND30-X6",
        [
            "Theo Nghị định số 30/2020/TT-CP thì sửa.",
            "Theo Quyết định số 125/KH-UBND của xã.",
            "Theo Thông tư số 05/2026/NĐ-BNV thì sửa.",
        ],
    ),
    (
        "ND30-X7",
        ["Việc do huyện Triệu Phong chủ trì.", "Hàng về thị trấn Ái Tử rồi.", "Đoàn của quận Hải Châu đã đến."],
    ),
]
STAMP = """
ỦY BAN NHÂN DÂN XÃ AN BÌNH
SAO Y
Số: 05/SY-UBND
An Bình, ngày 20 tháng 12 năm 2026
Nơi nhận:
- Lưu: VT.
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
Đỗ Thị Thử
"""  # of a certified copy, below a document
REPLACED = [  # rule, kind, what is replaced, by what
    ("ND30-21", "cong_van", "UBND TỈNH QUẢNG TRỊ  ", "UBND TỈNH  "),
    ("ND30-21", "cong_van", "UBND TỈNH QUẢNG TRỊ  ", "ỦY BAN NHÂN DÂN TỈNH  "),
    ("ND30-21", "cong_van", "UBND TỈNH QUẢNG TRỊ  ", "UBND XÃ  "),
    ("ND30-29", "cong_van", "1284/SNNMT-CNTY  ", "1284/UBND-CNTY  "),
    ("ND30-29", "bao_cao", "186/BC-UBND", "186/BC-STC"),
    ("ND30-29", "quyet_dinh", "125/QĐ-UBND", "125/QĐ-SNV"),
    ("ND30-50", "quyet_dinh", "số 42/KH-UBND ngày 03 tháng 3 năm 2026 của Ủy ban nhân dân xã", "số 42/KH-UBND"),
    ("ND30-50", "quyet_dinh", "địa phương ngày 16 tháng 6 năm 2025;", "địa phương;"),
    ("ND30-50", "quyet_dinh", "ngày 03 tháng 3 năm 2026 của Ủy ban nhân dân xã về", "về"),
    ("ND30-51", "quyet_dinh", "1. Xây dựng", "1. Kế hoạch số 42/KH-UBND ngày 03 tháng 3 năm 2026 của xã"),
    (
        "ND30-51",
        "quyet_dinh",
        "2. Hướng dẫn",
        "2. Theo Kế hoạch số 42/KH-UBND ngày 03 tháng 3 năm 2026 của xã, hướng dẫn",
    ),
    ("ND30-53", "quyet_dinh", "\nQUYẾT ĐỊNH:\n", "\n"),
    ("ND30-53", "quyet_dinh", "\nQUYẾT ĐỊNH:\n", "\nQuyết định:\n"),
    ("ND30-53", "quyet_dinh", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG\n\nCăn", "Căn"),
    ("ND30-63", "ke_hoach", "", "\nPhụ lục\nBẢNG PHÂN CÔNG NHIỆM VỤ\n"),
    ("ND30-63", "bao_cao", "", "\nPhụ lục I\nSỐ LIỆU TỪNG THÔN\n"),
    ("ND30-63", "to_trinh", "", "\nPHỤ LỤC\nDỰ TOÁN KINH PHÍ\n"),
    ("ND30-66", "cong_van", "KT. GIÁM ĐỐC\n", "TM. SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\n"),
    ("ND30-66", "quyet_dinh", "\nCHỦ TỊCH\n", "\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"),
    ("ND30-66", "to_trinh", "**TRƯỞNG PHÒNG**", "**TM. PHÒNG KINH TẾ**"),
    ("ND30-67", "giay_moi", "TL. CHỦ TỊCH", "TUQ. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG"),
    ("ND30-67", "ke_hoach", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TUQ. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG"),
    (
        "ND30-67",
        "thong_bao",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "TUQ. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
    ),
    ("ND30-69", "quyet_dinh", "Phạm Văn Mẫu", "TS. Phạm Văn Mẫu"),
    ("ND30-69", "bao_cao", "Phạm Văn Mẫu", "PGS. Phạm Văn Mẫu"),
    ("ND30-69", "ke_hoach", "Hoàng Thị Thử", "ThS. Hoàng Thị Thử"),
    ("ND30-70", "quyet_dinh", "\nPhạm Văn Mẫu", "\n(Đã ký)\n\nPhạm Văn Mẫu"),
    ("ND30-70", "bao_cao", "\nPhạm Văn Mẫu", "\n(Ký tên, đóng dấu)\nPhạm Văn Mẫu"),
    ("ND30-70", "to_trinh", "\n**Nguyễn Văn Giả", "\n(Chữ ký, con dấu)\n**Nguyễn Văn Giả"),
    ("ND30-78", "bao_cao", "BÁO CÁO\n", "MẬT\nBÁO CÁO\n"),
    ("ND30-78", "quyet_dinh", "QUYẾT ĐỊNH\n", "TỐI MẬT\nQUYẾT ĐỊNH\n"),
    ("ND30-78", "ke_hoach", "KẾ HOẠCH\n", "TUYỆT MẬT\nKẾ HOẠCH\n"),
    ("ND30-79", "bao_cao", "BÁO CÁO\n", "LƯU HÀNH NỘI BỘ\nBÁO CÁO\n"),
    ("ND30-79", "quyet_dinh", "QUYẾT ĐỊNH\n", "XEM XONG TRẢ LẠI\nQUYẾT ĐỊNH\n"),
    ("ND30-79", "ke_hoach", "KẾ HOẠCH\n", "LƯU HÀNH NỘI BỘ\nKẾ HOẠCH\n"),
    ("ND30-83", "bao_cao", "", STAMP.replace("SAO Y", "SAO Y BẢN CHÍNH")),
    ("ND30-83", "quyet_dinh", "", STAMP.replace("05/SY", "05/TrS")),
    ("ND30-83", "ke_hoach", "", STAMP.replace("An Bình, ngày 20 tháng 12 năm 2026\n", "")),
    ("ND30-X2", "bao_cao", BODY, "Sức khoẻ đàn vật nuôi tốt, đã hòa chung. Một số hộ chăn thả rông"),
    ("ND30-X2", "bao_cao", BODY, "Ủy viên và Uỷ viên dự đủ. Một số hộ chăn thả rông"),
    ("ND30-X2", "quyet_dinh", "2. Hướng dẫn", "2. Thoả thuận, hòa giải, hướng dẫn"),
]
MUTANTS = [
    (rule, "bao_cao", BODY, f"{sentence}\n{BODY}") for rule, sentences in SENTENCES for sentence in sentences
] + REPLACED


@pytest.mark.parametrize("degrees", ["GS.TS", "PGS. TS.", "ThS", "BS.CKII", "GS. TS"])
def test_all_degrees_before_a_name_are_marked_together(degrees: str) -> None:
    signed = SAMPLES["bao_cao"].replace("\nPhạm Văn Mẫu", f"\n{degrees} Phạm Văn Mẫu")
    found = [one for one in told(signed, "bao_cao", "issued") if one.rule == "ND30-69"]
    assert [(one.seen, one.expected) for one in found] == [(degrees, "Phạm Văn Mẫu")]


@pytest.mark.parametrize("mode", MODES)
def test_the_stamp_of_a_copy_passes(mode: str) -> None:
    assert told(SAMPLES["bao_cao"].rstrip() + STAMP, "bao_cao", mode) == ()


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("Việc này  còn chậm.", "này\u00a0\u00a0còn"),
        ("Việc này , còn chậm.", "này , còn"),
        ("Việc này,còn chậm.", "này,còn"),
    ],
)
def test_a_gap_is_shown_between_its_words(sentence: str, seen: str) -> None:
    text = SAMPLES["bao_cao"].replace(BODY, f"{sentence}\n{BODY}")
    assert [one.seen for one in told(text, "bao_cao", "draft") if one.rule == "ND30-X1"] == [seen]


def test_the_bullet_of_word_is_a_bullet() -> None:
    listed = "·   Phòng Kinh tế rà soát.\n·   Văn phòng tổng hợp."
    text = SAMPLES["bao_cao"].replace(BODY, f"{listed}\n{BODY}")
    assert "ND30-X1" not in {one.rule for one in told(text, "bao_cao", "draft")}
    assert draft_from_text(listed).body == ("- Phòng Kinh tế rà soát.", "- Văn phòng tổng hợp.")


@pytest.mark.parametrize("kind", SAMPLES)
def test_nothing_fires_on_a_clean_text(kind: str) -> None:
    for mode in MODES:
        assert [(finding.rule, finding.title) for finding in told(sent_out(SAMPLES[kind]), kind, mode)] == []
    assert told(SAMPLES[kind], kind, "draft") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Việc quản lý nhà nước về đất đai do Ủy ban nhân dân xã thực hiện, ngân sách nhà nước bảo đảm.",
        "Kinh phí khoảng 1.500.000 đồng v.v. và các khoản khác.",
        "Các hộ ở Phường Điện Biên Phủ và Quận 1 đã báo cáo.",
        "Lần thứ hai tổ chức tại huyện Triệu Phong (cũ), trước khi sáp nhập.",
        "Quy định tại các điều 15, 16 và 17 của Luật này.",
        "Gửi về hộp thư vanphong@trieuphong.example hoặc trang https://trieuphong.example/tin,bai trước 17 giờ 00.",
        "Theo Nghị quyết số 351/2017/UBTVQH14 và Luật số 72/2025/QH15.",
        "TP. Đông Hà, TT. Ái Tử và các đơn vị khác.",
    ],
)
def test_what_only_looks_like_a_breach_passes(sentence: str) -> None:
    assert told(SAMPLES["bao_cao"].replace(BODY, f"{sentence}\n{BODY}"), "bao_cao", "issued") == ()


def test_every_text_rule_is_mutated_here_or_with_the_form() -> None:
    here = Counter(rule for rule, _, _, _ in MUTANTS)
    form = (HOME / "tests" / "rules" / "test_form_check.py").read_text(encoding="utf-8")
    asked = {rule.id for rule in RULES.values() if rule.check in (Check.TEXT, Check.BOTH)}
    assert {rule for rule in asked if here[rule] < 3 and f'"{rule}"' not in form} <= {"ND30-66", "ND30-67"}
    assert set(here) <= asked


def test_every_rule_that_is_told_is_marked_so_in_the_table() -> None:
    def numbers(name: str) -> set[str]:
        return set(re.findall(r'"(ND30-\w+)"', (HOME / "service" / "nd30" / name).read_text(encoding="utf-8")))

    text = numbers("examine.py") | numbers("head_rules.py") | numbers("foot_rules.py") | numbers("wording.py")
    laid_out = numbers("looks.py") | numbers("sheet_rules.py")
    for rule in RULES.values():
        expected = {(True, True): Check.BOTH, (True, False): Check.TEXT, (False, True): Check.LAYOUT}
        assert rule.check is expected.get((rule.id in text, rule.id in laid_out), Check.NOBODY), rule.id
