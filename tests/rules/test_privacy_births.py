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
    ("text", "born"),
    [
        ("Hà Văn Tám, dân tộc Tày, 1961, làm ruộng", ["1961"]),
        ("Hà Văn Tám (thợ mộc, 1961), làm ruộng", ["1961"]),
        ("Hà Văn Tám (Tân Sửu, 1961) xin vay", ["1961"]),
        ("ông Hà Văn Tám, 65t, 1961, chủ hộ", ["1961"]),
        ("Hà Văn Tám (chủ hộ) – 1961; Lê Thị Sáu (vợ) – 1964; Hà Thu (con) – 1990", ["1961", "1964", "1990"]),
        ("em Hà Thu (lớp 5A, 2015) nghỉ học; em Hà Lan, lớp 5B, 3/4/2015, nghỉ", ["2015", "3/4/2015"]),
        ("Học sinh: Hà Thu - lớp 5A - 12/03/2015", ["12/03/2015"]),
        ("1. Hà Văn Tám 12/3/1961\n2. Lê Thị Sáu 05/6/1964", ["12/3/1961", "05/6/1964"]),
        ("- Hà Văn Tám, tháng 3 năm 1961, bí thư", ["tháng 3 năm 1961"]),
        ("Tạ Văn Bình 1990, Tạ Văn An 1993 và Tạ Thị Hà 1995 đều trú xóm", ["1990", "1993", "1995"]),
        ("K'Brim – 1990 – bon Mẫu", ["1990"]),
        ("bị can Nguyễn Văn T., 1990, và đối tượng T. (12/3/1991)", ["1990", "12/3/1991"]),
        ("ong Ha Van Tam, 12/3/1961, va ba Le Thi Sau, 1964, xin vay", ["12/3/1961", "1964"]),
        ("be Ha Thu (12-3-2023) tiem; chau Ha Lan, 4/5/2022, lop 1", ["12-3-2023", "4/5/2022"]),
        ("Cụ ông Bùi Gia Toại (1944 – 2022) an táng chiều nay.", ["1944"]),
        ("Trong phòng có tui (95), vợ tui (97).", ["95", "97"]),
        ("bị đánh máy sai năm sinh 1991, năm sinh đúng: 1990", ["1991", "1990"]),
        ("Nhầm ngày sinh thành 12/3/1991, đúng là 13/2/1991.", ["12/3/1991", "13/2/1991"]),
        ("Năm sinh: 1990 (CCCD) / 1991 (sổ hộ khẩu)", ["1990", "1991"]),
        ("Năm sinh ghi trong sổ: 1990; ghi trong thẻ: 1991", ["1990", "1991"]),
        ("Trên thẻ để 12/3/1961, ngoài đời sinh 1960.", ["12/3/1961", "1960"]),
        ("Trẻ bị bỏ rơi, dự đoán sinh khoảng 10/3/2026.", ["10/3/2026"]),
        ("Chị ấy đẻ rơi trên xe lúc 3 giờ sáng mồng 5/6/2024; 7/8/2010 mới là ngày đẻ.", ["mồng 5/6/2024", "7/8/2010"]),
    ],
)
def test_a_date_behind_a_name_and_what_is_told_of_them_is_found(text: str, born: list[str]) -> None:
    assert dates(text) == born


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nguyễn Văn A (2015), năng suất tăng; chiến dịch Hồ Chí Minh (1975).",
        "Giám đốc Hà Văn Tám (2015–2020) nghỉ hưu.",
        "Quyết định của Chủ tịch Hà Văn Tám, 12/3/2014.",
        "Con đường Hà Thu 12/3/2015 khánh thành; xã Chi Lăng 1979, trường Chu Văn An 1965.",
        "di Ha Noi 2015, ve Ba Dinh 2009.",
        "Ông Hà Văn Tám (thương binh 1968), nhập ngũ 1968, xuất ngũ 1975.",
        "Hạn nộp của ông Tám: 12/3/2026; của bà Sáu: 15/3/2026.",
        "Bà Sáu – 1964 cây keo; ông Tám, 1961 m2 đất.",
    ],
)
def test_years_beside_names_that_tell_of_deeds_and_papers_are_no_births(text: str) -> None:
    assert find_personal(text) == ()


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
