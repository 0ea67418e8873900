"""Dates of birth as officials write them: two papers of one person, a list below its head, what was just born."""

from __future__ import annotations

import pytest

from service.checks.privacy import find_personal


def dates(text: str) -> list[str]:
    return [one.text for one in find_personal(text) if one.mask.startswith("[NGAY_SINH_")]


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Cụ không nhớ tuổi, hộ khẩu ghi 1938, thẻ bảo hiểm ghi 1940.", ["1938", "1940"]),
        ("Bà chỉ biết mình tuổi Thìn, căn cước ghi 1940.", ["1940"]),
        ("Nó nhớ mình tuổi Sửu thôi, chứng minh nhân dân cũ ghi năm 1973.", ["1973"]),
        ("Bố tôi giấy tờ ghi 1951 nhưng tuổi thật là 1949.", ["1951", "1949"]),
        ("Tuổi trong giấy là 1960, tuổi thật 1957.", ["1960", "1957"]),
        ("Giấy ghi sinh năm 1950, tuổi thật của bà là năm Đinh Hợi 1947.", ["1950", "Đinh Hợi 1947"]),
        ("Khai sinh ghi 1962 nhưng năm sinh thật là Canh Tý.", ["1962", "Canh Tý"]),
        ("Ngày sinh cháu là 3/8/2010 hoặc 8/3/2010.", ["3/8/2010", "8/3/2010"]),
        ("Ngày sinh theo CCCD là 10/10/1950, theo sổ bảo hiểm là 01/01/1950.", ["10/10/1950", "01/01/1950"]),
        ("sinh ngày 10/10/1950 (giấy khai sinh), 01/01/1950 (sổ bảo hiểm)", ["10/10/1950", "01/01/1950"]),
        ("Bản thân ông khai sinh tháng 2/1960 mà em lại khai năm 1959.", ["2/1960", "1959"]),
    ],
)
def test_what_the_papers_of_one_person_say_is_found(text: str, born: list[str]) -> None:
    assert dates(text) == born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Ngày sinh của Lan: 2/3; của Huệ: 4/5; của Cúc: 6/7.", ["2/3", "4/5", "6/7"]),
        ("Năm sinh của ông là 1950 còn của bà là 1953.", ["1950", "1953"]),
        ("Họ tên – năm sinh – nghề:\n- Hồ Văn Pa – 84 – nương\n- Hồ Thị Nia – 91 – nương", ["84", "91"]),
        ("STT - Họ tên - Ngày sinh\n1 - Ma Văn Lâm - 3/4/1990\n2 - Ma Thị Hà - 5/6/1992", ["3/4/1990", "5/6/1992"]),
        ("Họ tên; ngày sinh; mẹ\nMai Linh; 02/8/2026; Hằng\nVõ Đạt; 19/7/2026; Na", ["02/8/2026", "19/7/2026"]),
        ("(Tên, năm sinh)\n- Tý, 2015\n- Dần, 2017", ["2015", "2017"]),
        ("HỌ TÊN – NĂM SINH – ẤP\nThạch Sô – 1960 – ấp 3\nKim Thị Dal – 1962 – ấp 4", ["1960", "1962"]),
    ],
)
def test_each_of_several_people_is_found(text: str, born: list[str]) -> None:
    assert dates(text) == born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Trẻ: Vừ A Chu; ra đời ngày: 09/11/2024; giới tính: nam.", "09/11/2024"),
        ("Ngày chào đời: 12/7/2020; cân nặng 3,1 kg.", "12/7/2020"),
        ("Trẻ được nhận nuôi: Trần An, ra đời 02/02/2025 tại Mẫu.", "02/02/2025"),
        ("Chào đời đêm Giao thừa năm Quý Mão nên cháu tên Xuân.", "đêm Giao thừa năm Quý Mão"),
        ("Chào đời vào mùa nước nổi năm 1978, tôi được bà ngoại nuôi.", "mùa nước nổi năm 1978"),
        ("Con thứ ba mới sinh hôm kia, 25/11/2026.", "25/11/2026"),
        ("vo em moi sinh ngay 5/11/2026", "5/11/2026"),
        ("Cháu sinh đúng hôm bão số 6, 17/9/2019.", "17/9/2019"),
        ("Ông sinh năm Thành Thái thứ 15, tức là 1903.", "1903"),
        ("Bà sinh năm Khải Định thứ 5 (1920), mất 2001.", "1920"),
        ("Ông cụ sinh năm Bảo Đại thứ bảy, nhằm năm 1932.", "1932"),
        ("Ông sinh trưởng tại làng Mẫu, ngày 4/4/1948.", "4/4/1948"),
        ("Bà sinh ra và lớn lên tại vùng than, năm 1962.", "1962"),
        ("Bà Thào Thị Mỷ - sinh năm: chừng 1950 - mù chữ.", "1950"),
    ],
)
def test_a_birth_in_other_words_is_found(text: str, born: str) -> None:
    assert dates(text) == [born]


@pytest.mark.parametrize(
    "text",
    [
        "Xã có hợp tác xã ra đời: năm 1998 với 40 hộ; HTX Mẫu; ra đời: 2001.",
        "Tờ báo chào đời đêm 30 Tết năm Ất Sửu.",
        "Chào đời từ mùa thu năm 1945, nước ta đã đổi thay.",
        "Nhà văn hóa xây năm Ất Sửu 1985, sửa năm Giáp Tuất 1994.",
        "Dia diem tiem cho meo: cho sinh truoc thang 8/2026; trẻ sinh trước tháng 8/2026 tiêm bù.",
        "Tôi sinh ra ở quê biển, năm 1980 nhập ngũ; bà sinh ra và lớn lên ở Mẫu, năm 1972 lấy chồng.",
        "Trẻ dưới 6 tuổi được cấp thẻ bảo hiểm từ năm 2020; sổ hộ khẩu cấp năm 1998.",
        "Ông cho biết tuổi nghề 20 năm, giấy phép ghi 1998; sổ đỏ ghi năm 2001.",
        "Ngày họp của tổ 1 là 5/6, của tổ 2 là 7/8.",
        "Danh sách tài sản (tên – năm sản xuất – nơi):\nMáy bơm – 2015 – kho\nMáy nổ – 2017 – trạm",
        "Mỗi sinh viên năm 2025 nhận 2 triệu; moi sinh vien nam 2025 nop 2 anh.",
    ],
)
def test_years_of_things_and_deeds_are_no_births(text: str) -> None:
    assert find_personal(text) == ()
