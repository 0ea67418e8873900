"""When a cell of a table says what the key's cell says."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.checks.cells import same
from service.prompts import load_exercise

CENTRE = "Trung tâm Phục vụ hành chính công"
OFFICE = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        ("Ủy ban nhân dân xã", "UBND xã Triệu Phong"),
        ("Ủy ban nhân dân phường", "Uỷ ban nhân dân"),
        ("Công an xã", "CA xã"),
        ("Công an xã", "cong an xa"),
        ("Công an xã", "CAX"),
        ("Ban Chỉ huy Quân sự xã", "BCHQS xã"),
        (CENTRE, "TTPVHCC"),
        (CENTRE, "Trung tâm PVHCC xã"),
        (OFFICE, "VP HĐND và UBND xã"),
        (OFFICE, "Văn phòng HĐND - UBND"),
        (OFFICE, "Văn phòng"),
        ("Văn phòng", OFFICE + " xã"),
        ("Phòng Văn hóa - Xã hội", "phòng Văn hoá – Xã hội"),
        ("Phòng Văn hóa - Xã hội", "P. VH-XH"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa và Xã hội (PVHXH)"),
        ("Trưởng các thôn", "các Trưởng thôn"),
        ("Tổ công nghệ số cộng đồng các thôn", "Tổ CNSCĐ"),
        ("Mặt trận Tổ quốc xã, Công an xã", "Công an xã và MTTQ"),
        ("Phòng Giáo dục", "PGD"),
    ],
)
def test_one_body_in_other_letters(wanted: str, seen: str) -> None:
    assert same(wanted, seen, "Chủ trì")


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        ("Chủ tịch", "Phó Chủ tịch"),
        ("Trạm Y tế xã", "Trạm Thú y xã"),
        ("Trưởng các thôn", "Trưởng phòng"),
        ("Trưởng các thôn", "Trưởng thôn Long Khê"),
        ("Công an xã", "Phòng Văn hóa - Xã hội"),
        ("Công an xã", "Công an phường"),
        ("Công an xã", "Công an tỉnh"),
        ("Công an xã", "Công an xã, Phòng Kinh tế"),
        ("Công an xã, Phòng Kinh tế", "Công an xã"),
        ("Ủy ban nhân dân xã", "Hội đồng nhân dân xã"),
        ("Ủy ban nhân dân xã Triệu Phong", "Ủy ban nhân dân xã Triệu Ái"),
        ("Nguyễn Văn Mẫu", "Nguyễn Văn Mậu"),
        ("Công an xã", ""),
        ("Công an xã", "[chưa nêu]"),
    ],
)
def test_another_body(wanted: str, seen: str) -> None:
    assert not same(wanted, seen, "Phối hợp")


def test_whose_an_issuing_body_is_may_be_told() -> None:
    assert same("Phòng Kinh tế", "Phòng Kinh tế, UBND xã Triệu Phong", "Cơ quan")
    assert same("Phòng Kinh tế", "UBND xã Triệu Phong - Phòng Kinh tế", "Cơ quan ban hành")
    assert same("Công dân", "Công dân ở Khu phố 4", "Cơ quan")
    assert same("Ủy ban nhân dân xã", "UBND xã Triệu Phong", "Cơ quan")
    assert not same("Ủy ban nhân dân xã", "Phòng Kinh tế, UBND xã", "Cơ quan")
    assert not same("Phòng Kinh tế", "Phòng Kinh tế, UBND xã", "Chủ trì"), "there it is one more"


@pytest.mark.parametrize("seen", ["chưa nêu", "Chưa xác định", "Thời hạn sẽ được xác định tại cuộc họp sau", "—"])
def test_that_nothing_is_stated_has_many_words(seen: str) -> None:
    assert same("[chưa nêu]", seen, "Thời hạn")
    assert not same("trước ngày 30 tháng 11 năm 2026", seen, "Thời hạn")


@pytest.mark.parametrize(
    ("wanted", "seen", "column", "right"),
    [
        ("trước ngày 30 tháng 11 năm 2026", "30/11/2026", "Thời hạn", True),
        ("trước ngày 30 tháng 11 năm 2026", "xong trước 30/11/2026", "Thời hạn", True),
        ("trước ngày 30 tháng 11 năm 2026", "truoc 30/11/2026", "Thời hạn", True),
        ("trước ngày 30 tháng 11 năm 2026", "sau ngày 30 tháng 11 năm 2026", "Thời hạn", False),
        ("trước ngày 30 tháng 11 năm 2026", "từ ngày 30 tháng 11 năm 2026", "Hạn", False),
        ("trước ngày 30 tháng 11 năm 2026", "30/11/2026", "Ngày", False),
        ("bắt đầu từ ngày 10 tháng 11 năm 2026", "trước 10/11/2026", "Thời hạn", False),
        ("bắt đầu từ ngày 10 tháng 11 năm 2026", "10/11/2026", "Thời hạn", False),
        ("bắt đầu từ ngày 10 tháng 11 năm 2026", "từ 10/11/2026", "Thời hạn", True),
        ("bắt đầu từ ngày 10 tháng 11 năm 2026", "bắt đầu ngày 10/11/2026", "Thời hạn", True),
        ("từ ngày 01/11/2026 đến ngày 10/11/2026", "01/11/2026 - 10/11/2026", "Thời gian", True),
        ("ngày 21 tháng 9 năm 2026", "21/9/2026", "Ngày", True),
        ("ngày 21 tháng 9 năm 2026", "trước ngày 21/9/2026", "Ngày", False),
        ("nộp trước 16 giờ 00", "nộp sau 16 giờ 00", "Quy định mới", False),
        ("trước 02 ngày làm việc", "02 ngày làm việc", "Quy định mới", True),
        ("trước 02 ngày làm việc", "trước ít nhất 02 ngày làm việc", "Quy định mới", True),
    ],
)
def test_before_from_after_and_until_must_agree(wanted: str, seen: str, column: str, right: bool) -> None:
    assert same(wanted, seen, column) is right


@pytest.mark.parametrize(
    ("wanted", "seen", "right"),
    [
        ("Tuần tra ban đêm tại 03 thôn ven sông", "Tuần tra ban đêm", True),
        ("Tuần tra ban đêm tại 03 thôn ven sông", "Tổ chức tuần tra ban đêm tại 03 thôn ven sông", True),
        ("Tuần tra ban đêm tại 03 thôn ven sông", "Tuần tra", False),
        ("Tuần tra ban đêm tại 03 thôn ven sông", "Tuần tra ban đêm tại 05 thôn ven sông", False),
        ("Kiểm tra bếp ăn của 03 trường học", "Kiểm tra bếp ăn", True),
        ("Kiểm tra bếp ăn của 03 trường học", "Kiểm tra trường học", False),
        ("Kiểm tra bếp ăn của 03 trường học", "Không kiểm tra bếp ăn của 03 trường học", False),
        ("Giải quyết 14 hồ sơ đất đai quá hạn", "Xử lý 14 hồ sơ đất đai quá hạn", True),
        ("Xây dựng kế hoạch tiêm phòng vật nuôi", "Lập kế hoạch tiêm phòng vật nuôi", True),
        ("Đề xuất tổ chức ngày hội đọc sách tại các thôn", "Tổ chức ngày hội đọc sách tại các thôn", False),
        ("Đề xuất tổ chức ngày hội đọc sách tại các thôn", "Đề xuất ngày hội đọc sách tại các thôn", True),
        ("Tổ chức 09 buổi hỏi đáp dịch vụ công", "Tổ chức 09 buổi hỏi đáp dịch vụ công, mỗi thôn 01 buổi", True),
    ],
)
def test_a_task_is_itself_while_its_deed_and_its_object_stay(wanted: str, seen: str, right: bool) -> None:
    assert same(wanted, seen, "Việc", names_row=True) is right


def test_a_document_is_itself_with_its_number_only() -> None:
    assert same("Tờ trình số 28/TTr-TTPVHCC", "Tờ trình 28/TTr-TTPVHCC", "Văn bản", names_row=True)
    assert not same("Tờ trình số 28/TTr-TTPVHCC", "Tờ trình", "Văn bản", names_row=True)
    assert same("Phiếu trình giải quyết công việc", "Phiếu trình", "Văn bản", names_row=True)


def test_what_was_denied_is_not_said() -> None:
    asked = "không yêu cầu nộp bản sao thẻ căn cước"
    assert not same(asked, "nộp bản sao thẻ căn cước", "Quy định mới")
    assert same(asked, "Không yêu cầu người dân nộp bản sao thẻ căn cước", "Quy định mới")
    assert not same("miễn lệ phí nộp trực tuyến", "lệ phí nộp trực tuyến", "Quy định mới")
    assert same("giữ 06 tháng", "kết quả chưa nhận được giữ 06 tháng", "Nội dung đang ghi")
    assert same("nộp tiền mặt tại quầy", "đến quầy nộp tiền mặt 8.000 đồng", "Nội dung đang ghi")
    assert same("Thống nhất không sửa", "Thống nhất", "Nội dung góp ý", names_row=True)


def test_of_two_numbers_the_first_may_not_be_left_out() -> None:
    asked = "Dừng loa lúc 21 giờ 30 thay vì 22 giờ 00"
    assert same(asked, "Dừng loa lúc 21 giờ 30", "Nội dung góp ý", names_row=True)
    assert not same(asked, "Dừng loa lúc 22 giờ 00", "Nội dung góp ý", names_row=True)


def test_every_key_of_the_course_knows_itself_and_no_task_for_another() -> None:
    for path in sorted(Path("prompts/exercises").glob("*.md")):
        for key in load_exercise(path).tables:
            for name, cells in zip(key.columns, zip(*key.rows, strict=True), strict=True):
                for cell in cells:
                    assert same(cell, cell, name, names_row=name in key.keys), cell
                if name == "Việc":
                    pairs = [(a, b) for a in cells for b in cells if a != b]
                    assert not [pair for pair in pairs if same(*pair, name, names_row=True)]
