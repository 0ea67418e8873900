"""Rewordings of figures that say the same, each beside the nearest one that does not."""

from __future__ import annotations

import pytest

from service.checks.grounding import details, grounded_numbers
from service.records import Assertion, Case, SourceText
from tests.rules.making import seen
from tests.rules.making_exercises import exercise

GROUNDED = Assertion("grounded-numbers")


def lost(source: str, answer: str) -> list[str]:
    told = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", source),))
    return seen(grounded_numbers(told, GROUNDED), answer)


@pytest.mark.parametrize(
    ("source", "answer", "wrong"),
    [
        ("Họp ngày 22/10/2025.", "Họp hôm 22.10 tại xã.", []),
        ("Họp ngày 22/10/2025.", "Họp hôm 23.10 tại xã.", ["23.10"]),
        ("Họp ngày 9/11/2025.", "Chủ nhật 9-11 chúng tôi họp.", []),
        ("Họp ngày 9/11/2025.", "Chủ nhật 9-12 chúng tôi họp.", ["12"]),
        ("Tiêm từ 10/6 đến 15/6/2025.", "Tiêm từ 10.6 đến 15.6.2025.", []),
        ("Đường dài 5,8 km, họp ngày 3/5.", "Chờ 3-5 ngày.", ["5"]),
        ("Vốn 5,8 tỷ đồng.", "Trong 5 tỷ 8 làm nên thư viện.", []),
        ("Vốn 5,8 tỷ đồng.", "Trong 5 tỷ 6 làm nên thư viện.", ["5 tỷ", "6"]),
        ("Vốn 5,002 triệu đồng.", "Vốn 5 triệu 2 nghìn đồng.", []),
        ("Vốn 5,2 triệu đồng.", "Vốn 5 triệu 2 nghìn đồng.", ["5 triệu 2 nghìn đồng"]),
        ("Mực nước 18,45 m.", "Mực nước 18 mét 45.", []),
        ("Mực nước 18,45 m.", "Mực nước 18 mét 54.", ["18", "54"]),
        ("Họp lúc 14 giờ.", "Hồi 14g ngày mai họp.", []),
        ("Họp lúc 14 giờ.", "Hồi 15g ngày mai họp.", ["15"]),
        ("Làm thêm 10 giờ.", "Ngày thường: 10 h.", []),
        ("Làm thêm 10 giờ.", "Ngày thường: 12 h.", ["12 h"]),
    ],
)
def test_what_reads_in_two_ways_is_read_as_the_source_has_it(source: str, answer: str, wrong: list[str]) -> None:
    assert lost(source, answer) == wrong


@pytest.mark.parametrize(
    ("source", "answer", "wrong"),
    [
        ("Một phần tư do Quỹ tài trợ.", "Quỹ gánh 25%.", []),
        ("Một phần tư do Quỹ tài trợ.", "Quỹ gánh 20%.", ["20%"]),
        ("Dự kiến tăng 20%.", "Ước thêm một phần năm.", []),
        ("Dự kiến tăng 20%.", "Ước thêm một phần tư.", ["một phần tư"]),
        ("Dự kiến tăng 20%, từ 1/4.", "Ước thêm một phần tư.", ["một phần tư"]),
        ("Đóng 1/3 số nợ.", "Đã đóng một phần ba.", []),
        ("Đóng 1/3 số nợ.", "Đã đóng hai phần ba.", ["hai phần ba"]),
        ("Đạt 31,5%.", "Chưa tới một phần ba.", []),
        ("Đạt 34,5%.", "Chưa tới một phần ba.", ["một phần ba"]),
        ("Năm 2026 làm một phần.", "Làm một phần năm 2026.", []),
        ("Hưởng hệ số 1,5.", "Hưởng 150%.", []),
        ("Hưởng hệ số 1,5.", "Hưởng 200%.", ["200%"]),
        ("Dài 1,5 km.", "Đạt 150%.", ["150%"]),
        ("Trực tuyến chiếm 2/5.", "Trực tuyến 40%.", []),
        ("Họp ngày mai, 2/5.", "Trực tuyến 40%.", ["40%"]),
        ("Dự họp: 78/92 hộ, 75 đồng ý.", "Có 75/78 hộ, tức 96%, tán thành.", []),
        ("Dự họp: 78/92 hộ, 75 đồng ý.", "Có 75/78 hộ, tức 97%, tán thành.", ["97%"]),
        ("Mỗi tiết 45 phút.", "Mỗi tiết ba phần tư giờ.", []),
        ("Mỗi tiết 50 phút.", "Mỗi tiết ba phần tư giờ.", ["ba phần tư"]),
    ],
)
def test_a_part_of_a_whole_is_known_in_any_notation(source: str, answer: str, wrong: list[str]) -> None:
    assert lost(source, answer) == wrong


@pytest.mark.parametrize(
    ("source", "answer", "wrong"),
    [
        ("Cấp 640 kg lạc.", "Biểu cấp lạc (tạ)\nBưng Sen: 6,4", []),
        ("Cấp 640 kg lạc.", "Biểu cấp lạc (tạ)\nBưng Sen: 4,6", ["4,6"]),
        ("Cấp 640 kg lạc.", "| Nơi | Số lượng (tấn) |\n|---|---|\n| Bưng Sen | 0,64 |", []),
        ("Thu 61,2 tỷ.", "Bảng thu (tỷ đồng):\n| Thuế | 61,2 |", []),
        ("Thu 61,2 tỷ.", "Đơn vị tính: triệu đồng\n| Thuế | 61.200 |", []),
        ("Thu 61,2 tỷ.", "Đơn vị tính: triệu đồng\n| Thuế | 62.100 |", ["62.100"]),
        ("Giá 7.400 đồng/kg.", "Giá 7,4 triệu đồng/tấn.", []),
        ("Giá 7.400 đồng/kg.", "Một tấn thóc được 7,4 triệu đồng.", []),
        ("Giá 7.400 đồng/kg.", "Giá 7,4 triệu đồng/tạ.", ["7,4 triệu đồng"]),
        ("Cáp đường kính 6 mm.", "Cáp 6 li.", []),
        ("Đón 18.000 lượt khách.", "Đón 1,8 vạn lượt.", []),
        ("Đón 18.000 lượt khách.", "Đón 8,1 vạn lượt.", ["8,1 vạn"]),
        ("Thưởng 300 triệu đồng.", "Thưởng 3 trăm triệu.", []),
        ("Hỗ trợ 40.000 đồng/kg lợn.", "Hỗ trợ 40.000 đồng một con.", ["40.000 đồng một con"]),
    ],
)
def test_units_of_heads_and_of_prices_are_turned_into_each_other(source: str, answer: str, wrong: list[str]) -> None:
    assert lost(source, answer) == wrong


CASES = "11 trường hợp không mũ, 9 trường hợp quá tốc độ, 7 trường hợp có cồn."


@pytest.mark.parametrize(
    ("source", "answer", "wrong"),
    [
        (CASES, "Tổng cộng 27 trường hợp.", []),
        (CASES, "Tổng cộng 29 trường hợp.", ["29"]),
        (CASES, "Xử lý 27 trường hợp.", ["27"]),  # no word says that the answer adds up
        ("Cung cấp 4.500 cây, đơn giá 6.000 đồng/cây.", "Tổng tiền 27 triệu đồng.", []),
        ("Cung cấp 4.500 cây, đơn giá 6.000 đồng/cây.", "Tổng tiền 28 triệu đồng.", ["28 triệu đồng"]),
        ("Năm nay 312 hộ, năm trước 360 hộ.", "Số hộ nghèo giảm 48 hộ.", []),
        ("Năm nay 312 hộ, năm trước 360 hộ.", "Số hộ nghèo giảm 84 hộ.", ["84"]),
        ("Có 27 vụ.", "Gần 30 vụ.", []),
        ("Có 312 hộ.", "Gần 300 hộ.", ["300"]),
        ("Có 33 vụ.", "Gần 30 vụ.", ["30"]),
        ("Có 128 thanh niên.", "Hơn 120 thanh niên.", []),
        ("Có 138 thanh niên.", "Hơn 120 thanh niên.", ["120"]),
        ("Nam chiếm 49,6%.", "Nữ chiếm 50,4%.", []),
        ("Nam chiếm 49,6%.", "Nữ chiếm 51,4%.", ["51,4%"]),
        ("Giảm từ 6,8% xuống 5,3%.", "Giảm 1,5 điểm phần trăm.", []),
        ("Giảm từ 6,8% xuống 5,3%.", "Giảm 1,2 điểm phần trăm.", ["1,2 điểm phần trăm"]),
        ("Vốn 9,6 tỷ đồng, tỉnh 60%, huyện 40%.", "Tỉnh 5,76 tỷ đồng, tỷ lệ 60/40.", []),
        ("Vốn 9,6 tỷ đồng, tỉnh 60%, huyện 40%.", "Tỉnh 5,67 tỷ đồng, tỷ lệ 70/30.", ["5,67 tỷ đồng", "70/30"]),
        ("Lương 4,15 triệu đồng/tháng.", "Lương 49,8 triệu đồng/năm.", []),
        ("Lương 4,15 triệu đồng/tháng.", "Lương 48,9 triệu đồng/năm.", ["48,9 triệu đồng"]),
        ("Năm 2026, tổ gồm: 1. Ông Tâm; 2. Bà Ước; 3. Ông Phú.", "Tổ có 3 người.", []),
        ("Năm 2026, tổ gồm: 1. Ông Tâm; 2. Bà Ước; 3. Ông Phú.", "Tổ có 4 người, họp 3 tuần.", ["4", "3"]),
        ("Rà soát, báo cáo.", "Tóm tắt 2 ý:\n- Rà soát\n- Báo cáo", []),
        ("Rà soát, báo cáo.", "Tóm tắt 3 ý:\n- Rà soát\n- Báo cáo", ["3"]),
        ("Khám ngày 5/11 và 6/11.", "Khám 2 ngày: 5 và 6/11.", []),
        ("Khám ngày 5/11 và 6/11.", "Khám 3 ngày: 5 và 6/11.", ["3"]),
        ("Trong tháng 9/2025.", "T9/2025 và T10.", ["T10"]),
        ("Nghỉ thứ Hai; trả sách trước thứ Ba, 2/12/2025.", "Trả sách trước 2.12.2025, thứ Ba.", []),
        ("Nghỉ thứ Hai; trả sách trước 2/12/2025.", "Thư viện nghỉ thứ Ba.", ["thứ Ba"]),
        ("Phát hiện 34 bao.", "Hơn 30 bao.", []),
        ("Phát hiện 39 bao.", "Hơn 30 bao.", ["30"]),
        ("Thu 412,6 tỷ đồng; chi 385,1 tỷ đồng.", "Thu vượt chi 27,5 tỷ đồng.", []),
        ("Thu 412,6 tỷ đồng; chi 385,1 tỷ đồng.", "Thu vượt chi 25,7 tỷ đồng.", ["25,7 tỷ đồng"]),
        ("Thu 412,6 tỷ đồng; chi 385,1 tỷ đồng.", "Thu 412,6; chi 385,1 (tỷ đồng).", []),
        ("Có 96 hộ, 384 nhân khẩu.", "Mỗi hộ bình quân 4 khẩu.", []),
        ("Có 96 hộ, 384 nhân khẩu.", "Mỗi hộ bình quân 5 khẩu.", ["5"]),
        ("Có 142/156 thành viên dự.", "Vắng 14 thành viên.", []),
        ("Có 142/156 thành viên dự.", "Vắng 16 thành viên.", ["16"]),
        ("Trao 10 suất 2 triệu đồng, 15 suất 1 triệu đồng.", "Tổng trị giá 35 triệu đồng.", []),
        ("Trao 10 suất 2 triệu đồng, 15 suất 1 triệu đồng.", "Tổng trị giá 53 triệu đồng.", ["53 triệu đồng"]),
        ("Ông Sáu, sinh năm 1971, bị phạt năm 2026.", "Ông Sáu (55 tuổi) bị phạt.", []),
        ("Ông Sáu, sinh năm 1971, bị phạt năm 2026.", "Ông Sáu (45 tuổi) bị phạt.", ["45"]),
        ("6 tháng đầu năm 2025 thu 5 tỷ.", "Quý I và quý II/2025 thu 5 tỷ.", []),
        ("6 tháng đầu năm 2025 thu 5 tỷ.", "Quý II và quý III/2025 thu 5 tỷ.", ["quý III/2025"]),
        ("Quý I thu 5 tỷ.", "3 tháng đầu năm thu 5 tỷ.", []),
        ("Quý I thu 5 tỷ.", "6 tháng đầu năm thu 5 tỷ.", ["6"]),
        ("Trực 24/24 giờ.", "Trực 24/7.", []),
        ("Giao 3 đợt.", "Đợt 1, đợt 2 và đợt 3 giao cây.", []),
        ("Giao 3 đợt.", "Đợt 4 giao cây.", ["4"]),
        ("Học từ 8h00 đến 11h30.", "Buổi học dài 3 tiếng rưỡi.", []),
        ("Học từ 8h00 đến 11h30.", "Buổi học dài 4 tiếng.", ["4"]),
        ("Điền mẫu số 6.", "Khai vào mẫu 6, nộp ngay.", []),
        ("Điền mẫu số 6.", "Khai vào mẫu 7, nộp ngay.", ["7"]),
    ],
)
def test_what_an_answer_reckons_is_reckoned_after_it(source: str, answer: str, wrong: list[str]) -> None:
    assert lost(source, answer) == wrong


@pytest.mark.parametrize(
    ("source", "answer", "wrong"),
    [
        ("Nộp trước ngày 28/6/2025.", "Nộp cuối tháng 6.", []),
        ("Nộp trước ngày 15/6/2025.", "Nộp cuối tháng 6.", ["cuối tháng 6"]),
        ("Nộp trước ngày 15/6/2025.", "Nộp giữa tháng Sáu.", []),
        ("Nộp trước ngày 15/6/2025.", "Nộp nửa đầu tháng 6/2025.", []),
        ("Nộp trước ngày 18/6/2025.", "Nộp đầu tháng 6/2025.", ["đầu tháng 6/2025"]),
        ("Nộp trong tháng 6; họp ngày 3/6.", "Nộp cuối tháng 6.", []),
        ("Khởi công 01/10.", "Khởi công trong tháng 10.", []),
        ("Được 01/10 điểm.", "Khởi công trong tháng 11.", ["tháng 11"]),
    ],
)
def test_parts_of_a_month_are_held_against_its_days(source: str, answer: str, wrong: list[str]) -> None:
    assert lost(source, answer) == wrong


def test_a_day_that_is_nearest_to_a_count_is_told_without_their_distance() -> None:
    assert lost("Chia 6 viên/chai.", "Phát ngày 6 mỗi hộp.") == ["ngày 6 mỗi hộp"]


def test_second_readings_stand_in_the_tick_list() -> None:
    told = details("Họp hôm 22.10.", (SourceText(1, "", "Họp ngày 22/10/2025."),), (), "")
    assert [(one.key, one.text, one.found) for one in told] == [("date:--10-22", "22.10", True)]
