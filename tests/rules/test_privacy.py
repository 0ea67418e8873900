"""Personal data is found and masked; stamps of secrecy are told from the words of running text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings, strategies as st

from service.checks.privacy import circulation_mark, find_personal, masked, no_personal_data, secrecy_mark
from service.records import Assertion, Level
from tests.rules.making import SOURCE, case

CLEAN = Assertion("no-personal-data")


@pytest.mark.parametrize(
    ("text", "mask", "stretch"),
    [
        ("CCCD 045123456789 cấp tại", "CCCD", "045123456789"),
        ("số 045 123 456 789.", "CCCD", "045 123 456 789"),
        ("CMND số 191234567", "CMND", "191234567"),
        ("gọi 0912 345 678 nhé", "SDT", "0912 345 678"),
        ("gọi +84912345678", "SDT", "+84912345678"),
        ("số cũ 01684 227 519 không dùng nữa", "SDT", "01684 227 519"),
        ("A01 Phùng A Chẳng 011083002217 1.500.000", "CCCD", "011083002217"),
        ("phụ huynh bé Na 3/2024 đóng tiền", "NGAY_SINH", "3/2024"),
        ("Ho ten,Ma BHXH,Ghi chu\nCao Thi Ly,5220148837,", "BHXH", "5220148837"),
        ("thư an.nguyen@vidu.vn, hoặc", "EMAIL", "an.nguyen@vidu.vn"),
        ("số tài khoản: 1234 5678 9012 tại ngân hàng", "TK", "1234 5678 9012"),
        ("mã số BHXH 4521234567", "BHXH", "4521234567"),
        ("sinh ngày 05/3/1990 tại", "NGAY_SINH", "05/3/1990"),
        ("thường trú tại thôn Đông, xã Mẫu; nghề", "DIA_CHI", "thôn Đông, xã Mẫu"),
        ("chị Hà Thị Nga ở số 17 ngõ 92 đường Hoa Sim kể", "DIA_CHI", "số 17 ngõ 92 đường Hoa Sim"),
        ("Bên bán: bà Chu Thị Hồng (bản Tả Lủng), vắng mặt", "DIA_CHI", "bản Tả Lủng"),
        ("em ten Pham Thi Duyen, nha o thon Ha, xa Van Khuc", "DIA_CHI", "thon Ha, xa Van Khuc"),
        ("Hộ cận nghèo: Hồ Thị Ăm, thôn Pa Rồng.", "DIA_CHI", "thôn Pa Rồng"),
        ("Tôi tên Lò Văn Páo, nhà ngay sau đình làng, xin trình bày", "DIA_CHI", "nhà ngay sau đình làng"),
        ("Bé gái sinh lúc 5 giờ 20 ngày 12/10/2026, nặng 3 kg", "NGAY_SINH", "12/10/2026"),
        ("Tôi sinh năm Kỷ Sửu 1949.", "NGAY_SINH", "Kỷ Sửu 1949"),
        ("Anh Hưng, SN 85, thợ hàn.", "NGAY_SINH", "85"),
        ("Lê Minh Tú (20/11/1987) được điều động", "NGAY_SINH", "20/11/1987"),
        ("Số TK: 0123 4567 8900.", "TK", "0123 4567 8900"),
        ("stk mb 0334455667", "TK", "0334455667"),
        ("Đóng BHXH mã số 2411 809 356, thiếu 7 tháng", "BHXH", "2411 809 356"),
        ("hưởng thất nghiệp 3 tháng. Sổ: 7412046590.", "BHXH", "7412046590"),
        ("gọi anh Kính 0905 cách 614 cách 377", "SDT", "0905 cách 614 cách 377"),
        ("để lại số 84-977-350-264", "SDT", "84-977-350-264"),
        ("Vũ Gia Hân, 0388 512 704", "SDT", "0388 512 704"),
        ("thẻ số 9704 0512 3388 7641 bị trừ tiền", "TK", "9704 0512 3388 7641"),
        ("Nguyên đơn: bà Hồ Thị Châu, 1983.", "NGAY_SINH", "1983"),
        ("Lý lịch: Bạc Cầm Thoả; 07-1984; Thái", "NGAY_SINH", "07-1984"),
        ("Cao Thị Nết/1952/đi lại khó", "NGAY_SINH", "1952"),
        ("Anh hy sinh ở phía Nam, giấy ghi sinh năm 1951, nguyên quán", "NGAY_SINH", "1951"),
        (
            "Sinh ngày ghi bằng chữ: hai mươi chín tháng hai năm hai nghìn không trăm mười sáu",
            "NGAY_SINH",
            "hai mươi chín tháng hai năm hai nghìn không trăm mười sáu",
        ),
        ("tên Mai Chi, ngày sinh 06 OCT 2018, tỉ lệ", "NGAY_SINH", "06 OCT 2018"),
        ("3. Cát Hải Yến; nữ; 02/01/1990; ngạch", "NGAY_SINH", "02/01/1990"),
        ("anh Thuận 0976 415 082/chị Én sẽ giúp", "SDT", "0976 415 082"),
        ("bạn Hiếu 2k5 chi đoàn khối 8", "NGAY_SINH", "2k5"),
        ("sinh ngày không nhớ, chỉ biết mùa suốt lúa năm 1965", "NGAY_SINH", "1965"),
        ("Cháu ở với ông bà, nhà bản Co Muông, xã Tam Chung;", "DIA_CHI", "bản Co Muông, xã Tam Chung"),
        ("Chỗ ở hiện nay:\nplei Rbai B, xã Ia Piar", "DIA_CHI", "plei Rbai B, xã Ia Piar"),
        ("Họ tên | Ở đâu | Chỗ ở\nLò Páo | xa | bản Lũng, xã Mẫu", "DIA_CHI", "bản Lũng, xã Mẫu"),
        ('Nhắn: "nha toi o so 6 hem 211 duong Ho Van Cong goi gap"', "DIA_CHI", "so 6 hem 211 duong Ho Van Cong"),
        ("Ngân hàng Mẫu, điện thoại 0236 3822 456", "SDT", "0236 3822 456"),
        ("số máy: không chín một hai ba bốn năm sáu bảy tám", "SDT", "không chín một hai ba bốn năm sáu bảy tám"),
        ("BHYT của mẹ: BT2 79 79 11223344", "BHXH", "BT2 79 79 11223344"),
        ("hộ chiếu số C1234567 hết hạn", "HO_CHIEU", "C1234567"),
        ("mã số thuế cá nhân 8012345678", "MST", "8012345678"),
        ("Thắng 0772/901/448 trực tổ công nghệ số", "SDT", "0772/901/448"),
        ("điện thoại bên này 0049 176 4458 2093", "SDT", "0049 176 4458 2093"),
        ("CCCD: O95O78OO3421, cấp năm ngoái", "CCCD", "O95O78OO3421"),
        ("Bà Lành, số 001085012345", "CCCD", "001085012345"),
        ("qua sổ ATM số 8800 2051 66 190", "TK", "8800 2051 66 190"),
        ("Họ tên;TK;Số tiền\nLục Nhình;8306205081946;400000", "TK", "8306205081946"),
        ("Gửi lại: nguyen tuyet . vp @ hoakhanh . gov . vn", "EMAIL", "nguyen tuyet . vp @ hoakhanh . gov . vn"),
        ("Cháu ra đời hôm 12/10/2019, nay vào lớp một", "NGAY_SINH", "12/10/2019"),
        ("nha toi o 12 chu van an, phuong 3", "DIA_CHI", "12 chu van an, phuong 3"),
        ("ba lan o 45 cau giay, ha noi", "DIA_CHI", "45 cau giay"),
        ("chi hoa, 20 trang tien, ha noi", "DIA_CHI", "20 trang tien"),
        ("Liên hệ Tú o9o7 334 128", "SDT", "o9o7 334 128"),
        ("trả lời số 0 9 3 7  4 1 2  8 0 6", "SDT", "0 9 3 7  4 1 2  8 0 6"),
        ("hẹn qua máy 0937 . 412 . 806 nhé", "SDT", "0937 . 412 . 806"),
        ("đổi số: 0868–221–905", "SDT", "0868–221–905"),
        ("con rể: 0937 / 412 / 806", "SDT", "0937 / 412 / 806"),
        ("thẻ khám bệnh. Số thẻ: GD 4 79 0312004418", "BHXH", "GD 4 79 0312004418"),
        ("làm thủ tục lương hưu qua tài khoản, số sổ 0296013384", "BHXH", "0296013384"),
        ("gửi vào 0341007118526 của VCB", "TK", "0341007118526"),
        (
            "đọc số căn cước qua điện thoại: không ba một, không sáu hai, không không năm, chín một hai",
            "CCCD",
            "không ba một, không sáu hai, không không năm, chín một hai",
        ),
        ("hòm thư van.phong[at]xa-mau[.]vn", "EMAIL", "van.phong[at]xa-mau[.]vn"),
        ("Ngày sinh: 0 5 / 1 1 / 1 9 6 8", "NGAY_SINH", "0 5 / 1 1 / 1 9 6 8"),
        ("Ngày sinh: 05111968", "NGAY_SINH", "05111968"),
        ("vé của khách, DOB 05NOV1968", "NGAY_SINH", "05NOV1968"),
        ("thủ quỹ mới, s.n. 1991, trung cấp", "NGAY_SINH", "1991"),
        ("Tôi, họ Hà, chào đời đúng ngày 5 tháng 11 năm 1968", "NGAY_SINH", "5 tháng 11 năm 1968"),
        ("mẹ đẻ hăm mốt tháng Giêng năm hai ngàn lẻ chín", "NGAY_SINH", "hăm mốt tháng Giêng năm hai ngàn lẻ chín"),
        ("chị ghi sai năm sinh của con, đúng phải là 2015", "NGAY_SINH", "2015"),
        ("Vũ Thị Lan, SBD 2417, 14/01/2007, phúc khảo", "NGAY_SINH", "14/01/2007"),
        ("chúng tôi là vợ chồng, chồng 1979.", "NGAY_SINH", "1979"),
        ("Tôi là thợ hồ, có hai con đang học, vợ làm ruộng, nay đang ở xóm Bến, xã Mẫu.", "DIA_CHI", "xóm Bến, xã Mẫu"),
        ("toi la le thi hoa lam nghe may o cho, hien o to 4 ap Binh Hoa", "DIA_CHI", "to 4 ap Binh Hoa"),
        ("Nhà cô ở ngách 30, ngõ 18 Hoa Sim, rẽ phải", "DIA_CHI", "ngách 30, ngõ 18 Hoa Sim"),
        ("Nhà em gần đình, cụ thể là xóm 2 làng Hạ", "DIA_CHI", "xóm 2 làng Hạ"),
        ("em ở P1508 tòa B3 khu đô thị Mẫu", "DIA_CHI", "P1508 tòa B3 khu đô thị Mẫu"),
        (
            "Người nhận: Trần Văn Bình\nSố 5 ngách 12, ngõ 80 phố Hoa Sim",
            "DIA_CHI",
            "Số 5 ngách 12, ngõ 80 phố Hoa Sim",
        ),
        ("Chủ hộ: bà Thái Thị Nhung; 3 khẩu; tổ 9, xã Mẫu; có nước sạch", "DIA_CHI", "tổ 9, xã Mẫu"),
        ("Họ tên: Lý Seo Páo / Thôn: Ngải Thầu / Nghề: ruộng", "DIA_CHI", "Ngải Thầu"),
        ("Số nhà 22, tổ 3 là nhà của bà Vũ Thị Lụa.", "DIA_CHI", "Số nhà 22, tổ 3"),
        ("Gửi giúp c Hạnh – 118/6 Hoa Sim, trước trưa", "DIA_CHI", "118/6 Hoa Sim"),
        ("nơi ở cuối cùng: ngõ Giếng Đất, làng Hạ Yên", "DIA_CHI", "ngõ Giếng Đất, làng Hạ Yên"),
        ("CCCD gắn chíp 040-088-012-345 còn hạn", "CCCD", "040-088-012-345"),
        ("số CMND l64 223 9O7 bản mờ", "CMND", "l64 223 9O7"),
        ("Số CCCD: [0|4|8|0|9|1|0|0|2|2|3|3]", "CCCD", "0|4|8|0|9|1|0|0|2|2|3|3"),
        ("số máy là không chín tám tám 204 không 77", "SDT", "không chín tám tám 204 không 77"),
        (
            "số mới là cộng tám tư chín không năm một hai ba bốn năm sáu",
            "SDT",
            "cộng tám tư chín không năm một hai ba bốn năm sáu",
        ),
        ("số đọc là 0 3 8 . 2 2 4 . 1 9 0 5 nhé", "SDT", "0 3 8 . 2 2 4 . 1 9 0 5"),
        ("máy bàn 3822456 mã vùng 0236", "SDT", "3822456"),
        ("số Hàn 010 2233 4455 chỉ nghe buổi tối", "SDT", "010 2233 4455"),
        ("mail hoa.vp@gmail .com báo lỗi", "EMAIL", "hoa.vp@gmail .com"),
        ("thư: hoa.vp a còng gmail chấm com", "EMAIL", "hoa.vp a còng gmail chấm com"),
        ("Mã số trên thẻ mới là 4420 8831 06 (thẻ y tế)", "BHXH", "4420 8831 06"),
        ("số tài khoản: một hai ba bốn năm sáu bảy tám chín không", "TK", "một hai ba bốn năm sáu bảy tám chín không"),
        ("sinh l0/O3/1981 tại", "NGAY_SINH", "l0/O3/1981"),
        ("Sổ nợ: Tư Sáng, ấp 5A, 3 bao phân", "DIA_CHI", "ấp 5A"),
        ("Thu của Út Hồng, ấp Rạch Cát, hai giạ lúa", "DIA_CHI", "ấp Rạch Cát"),
        ("anh Đỗ Lâm, 9 tháng Tư năm một chín bảy ba, thợ nề", "NGAY_SINH", "9 tháng Tư năm một chín bảy ba"),
        ("Chuyển giúp vào SeaBank 0296 3345 118 trước trưa", "TK", "0296 3345 118"),
        ("Mẹ hưởng tuất hằng tháng, số sổ 3317.0025.46, nhờ lĩnh thay", "BHXH", "3317.0025.46"),
        ("dt 083.7765.2190 bao mai di", "SDT", "083.7765.2190"),
        ("Chuyển về TPBank 0912345678 hoặc gặp chị Na", "SDT", "0912345678"),
        ("Số CC O4820 0013 772 đã cấp lại", "CCCD", "O4820 0013 772"),
        ("9 | Lý Thị Sen | 04/12/87 | Nữ | CN kho", "NGAY_SINH", "04/12/87"),
        ("12;Sùng A Dế;nam;1995;thợ mộc;vay 30tr", "NGAY_SINH", "1995"),
        ("Maria Đỗ Thị Na, chào đời 02-11-1951, rửa tội tại quê", "NGAY_SINH", "02-11-1951"),
        ("giấy cũ số 121 773 ghi sinh 1941 thôi", "NGAY_SINH", "1941"),
        ("cô Mận (4.5.1961, đã nghỉ hưu) xin giấy", "NGAY_SINH", "4.5.1961"),
        ("Con bé đẻ hồi tháng 9/2015 ở trạm", "NGAY_SINH", "tháng 9/2015"),
        ("Cu Tý đẻ đúng mùng 5 Tết năm 2019", "NGAY_SINH", "mùng 5 Tết năm 2019"),
        ("Triệu Tòn Phin / nam / 08.1983 / khuyết tật", "NGAY_SINH", "08.1983"),
        ("nhận nuôi cháu Kpă Mi Na, 02 tháng 12, 2023", "NGAY_SINH", "02 tháng 12, 2023"),
        ("bố tuổi Ất Sửu 1985, làm ruộng", "NGAY_SINH", "Ất Sửu 1985"),
        ("bé Mít, 04/24 (tháng năm sinh), nặng 11 kg", "NGAY_SINH", "04/24"),
        ("Sinh âm lịch 12/9/1986", "NGAY_SINH", "12/9/1986"),
        ("con gái đầu 2012, học", "NGAY_SINH", "2012"),
        ("cụ bà tuổi con ngựa, 1930, mất", "NGAY_SINH", "1930"),
        ("đang sinh sống tại Buôn Kram từ lâu", "DIA_CHI", "Buôn Kram"),
        ("Tôi người làng Kép, xã Mẫu, xin hỏi", "DIA_CHI", "làng Kép, xã Mẫu"),
        ("Vợ sinh đôi với ca khó ngày 12/9/2020", "NGAY_SINH", "12/9/2020"),
        ("sinh thứ Hai, 12/9/1986 tại Huế", "NGAY_SINH", "12/9/1986"),
        ("Lầu Y Xìa; nữ; 1999; lớp xóa mù", "NGAY_SINH", "1999"),
        ("Nhà tôi đối diện cổng chợ, có giàn bầu", "DIA_CHI", "đối diện cổng chợ"),
        ("Ông Páo ở đầu cầu treo, chưa có điện", "DIA_CHI", "đầu cầu treo"),
        ("Hộ anh Chá ở trên đỉnh dốc Cọp, cách 2 km", "DIA_CHI", "trên đỉnh dốc Cọp"),
        ("Chú Năm Nhỏ, nhà ngó ra vàm Cái Sắn, nhận giùm", "DIA_CHI", "ngó ra vàm Cái Sắn"),
        ("giấy xin tống đạt về căn nhà đối diện trạm bơm", "DIA_CHI", "đối diện trạm bơm"),
        ("Nhà cháu không có số, ngôi nhà thứ ba cạnh gốc gạo, qua cầu", "DIA_CHI", "nhà thứ ba cạnh gốc gạo"),
        ("số 0918 rồi 765 rồi 432", "SDT", "0918 rồi 765 rồi 432"),
        ("đọc là 0, 9, 1, 8, 7, 6, 5, 4, 3, 2", "SDT", "0, 9, 1, 8, 7, 6, 5, 4, 3, 2"),
        ("người xin: ông Bẩy, tuổi Mậu Thìn.", "NGAY_SINH", "Mậu Thìn"),
        ("Bé gái sơ sinh, 05/9/2025, nặng 3 kg", "NGAY_SINH", "05/9/2025"),
        ("Tôi ăn ở luôn tại ki-ốt 17 dãy C, nay xin ở tiếp", "DIA_CHI", "ki-ốt 17 dãy C"),
        ("Liên hệ: anh Hoan, trại giữa đồng Chó Ngáp, trước 5 giờ", "DIA_CHI", "trại giữa đồng Chó Ngáp"),
        ("Bác Tụng vừa chuyển về căn liền kề LK4-12 khu đô thị Hoa", "DIA_CHI", "căn liền kề LK4-12 khu đô thị Hoa"),
        ("vợ - Mai Thị Quế, nhà riêng Khối Tân Sơn, bán rau", "DIA_CHI", "Khối Tân Sơn"),
        ("Hoàng Văn Páo, địa chỉ Pác Cáy, Đức Hồng, vào viện", "DIA_CHI", "Pác Cáy, Đức Hồng"),
        ("Người làm đơn: Nông Thị Bích, Nà Sác, xã Mẫu.", "DIA_CHI", "Nà Sác"),
        ("Triệu Tòn Phin / nam / thôn Lủng Cáng / ruộng", "DIA_CHI", "thôn Lủng Cáng"),
        ("Bệnh nhân Hà Văn Sơn, 67 tuổi, khu 5, thị trấn Mẫu.", "DIA_CHI", "khu 5, thị trấn Mẫu"),
        ("Xin chuyển khẩu lên tổ 3, phường Mẫu.", "DIA_CHI", "tổ 3, phường Mẫu"),
        ("Trú quán: xóm Đình, xã Mẫu", "DIA_CHI", "xóm Đình, xã Mẫu"),
        ("cháu Na con chị Hoa thôn Hạ xin nghỉ", "DIA_CHI", "thôn Hạ"),
        ("Nhận hàng tại K45/12 Hoa Sim, gặp chị Na.", "DIA_CHI", "K45/12 Hoa Sim"),
        ("Bác sống trong ngôi nhà số 12 ngõ 5 Hoa Sim của bà Hoa", "DIA_CHI", "nhà số 12 ngõ 5 Hoa Sim"),
        ("Anh cả Nghiêm Xuân Tước - 024061000853.", "CCCD", "024061000853"),  # «Anh» is no «NH»
        ("Tiền ăn em chuyển qua MoMo 0918 663 204.", "TK", "0918 663 204"),
        ("Số tài khoản thanh toán 0341.007.155.208.", "TK", "0341.007.155.208"),
        ("Bên bảo hiểm hỏi thì gọi con tên Ngân 0779 026 418.", "SDT", "0779 026 418"),
        ("Em sn 98 thì thi ở đâu ạ?", "NGAY_SINH", "98"),
        ("Cụ Tấn sống một mình tại kiệt 112/5 Lê Ngô Cát, tổ 3.", "DIA_CHI", "kiệt 112/5 Lê Ngô Cát, tổ 3"),
        ("trích biên bản: căn cước 038 202\n011 574, vắng mặt", "CCCD", "038 202\n011 574"),
        ("cô gọi bà theo số 0399\n518 274 nhé", "SDT", "0399\n518 274"),
        ("Mã thẻ: CN3383820114\n576\nHẹn khám lại", "BHXH", "CN3383820114\n576"),
        ("nho so me la 0914 sau sau 2 0 3 8", "SDT", "0914 sau sau 2 0 3 8"),
        ("Truy thu: 4216 0938 57 | Hà Văn Mão | thiếu 3 tháng", "BHXH", "4216 0938 57"),
        ("Bé Vũ Minh Bách (Bin), 19/tháng 3/2021, dị ứng cua", "NGAY_SINH", "19/tháng 3/2021"),
        ("Ngân Văn Thẻo, tên gọi khác Tí Sứt, 28.12.1992, nghề rèn", "NGAY_SINH", "28.12.1992"),
        ("02) H'Zuyn Kbuôr, 20.1.15.", "NGAY_SINH", "20.1.15"),
        ("bé Cốm (14 tháng 2 năm ngoái, 2024) tiêm mũi 3", "NGAY_SINH", "14 tháng 2 năm ngoái, 2024"),
        ("Đương sự khai: 1991 (không nhớ ngày tháng), phụ hồ", "NGAY_SINH", "1991"),
        ("Hỏi: chị sinh năm nào? Đáp: tám mươi sáu, cuối năm", "NGAY_SINH", "tám mươi sáu"),
        ("sinh năm gì cán bộ cứ viết chín tư đi", "NGAY_SINH", "chín tư"),
        ("chị Hạnh (17/4/88) đăng ký tiêm", "NGAY_SINH", "17/4/88"),
        ("Cụ Hoàng (1932) nhận quà", "NGAY_SINH", "1932"),
        ("Ngày sinh của mẹ: chưa rõ, năm 1950", "NGAY_SINH", "1950"),
        ("ông Thào A Dê, tuổi 1965, nghề nông", "NGAY_SINH", "1965"),
        ("Giao lại lần 2: P.1204 tòa B2, chung cư Hoa; khách vắng", "DIA_CHI", "P.1204 tòa B2, chung cư Hoa"),
        ("giao giờ hành chính, số 9 ngõ 7 Hoa Sim, ko được thì về", "DIA_CHI", "số 9 ngõ 7 Hoa Sim"),
        ("Nhờ shipper để đồ ở phòng 6 dãy trọ Út Nhỏ, bấm chuông", "DIA_CHI", "phòng 6 dãy trọ Út Nhỏ"),
        ("khai nhà ở dưới chân cầu Rạch Ông, không nhớ số", "DIA_CHI", "dưới chân cầu Rạch Ông"),
        ("hộ ông Hờ Chùa Dê (nhóm Suối, bản Hua Tạt) tốc mái", "DIA_CHI", "nhóm Suối, bản Hua Tạt"),
        ("bị đơn đã bỏ đi khỏi thửa 112, khu phố 3, thị trấn Mẫu từ lâu", "DIA_CHI", "khu phố 3, thị trấn Mẫu"),
        ("Lý Páo không có mặt tại bản Piềng Mòn từ tháng 4", "DIA_CHI", "bản Piềng Mòn"),
        ("Tôi ở nhà sàn thứ tư kể từ cầu treo", "DIA_CHI", "nhà sàn thứ tư kể từ cầu treo"),
        ("Cử tri xóm Đình, thôn Phù Lưu – bà Chử Thị Vóc – hỏi", "DIA_CHI", "xóm Đình, thôn Phù Lưu"),
        ("nhờ bác ghé nhà 2 gian cuối xóm Cồn hỏi giùm", "DIA_CHI", "cuối xóm Cồn hỏi giùm"),
        ("mang den nha bi thu so 17 ngo Tho Nhuom", "DIA_CHI", "so 17 ngo Tho Nhuom"),
        ("Nhà em làm nghề chài mùa nước, mùa khô về thôn Liên Đình", "DIA_CHI", "thôn Liên Đình"),
        ("Thăm mẹ Việt Nam anh hùng Trần Thị Sáu tại thôn Bình An, xã Mẫu", "DIA_CHI", "thôn Bình An, xã Mẫu"),
        ("Bà Năm bán xôi (hẻm 81 Hoa Sim) đã nhận hỗ trợ", "DIA_CHI", "hẻm 81 Hoa Sim"),
        ("Giấy triệu tập gửi số nhà 6, hẻm 2, bà Đào nhận thay.", "DIA_CHI", "số nhà 6, hẻm 2"),
        ("em ở ktx khu B phòng 402", "DIA_CHI", "khu B phòng 402"),
        ("Bệnh nhân cư trú ở tòa S2.05, phòng 1911", "DIA_CHI", "tòa S2.05, phòng 1911"),
        ("Chủ nhà trọ: bà Tư, số 90 đường tỉnh 8", "DIA_CHI", "số 90 đường tỉnh 8"),
        ("Lao động tự do, ở dãy trọ ông Bảy Đờn", "DIA_CHI", "dãy trọ ông Bảy Đờn"),
        ("Hộ nghèo có địa chỉ tại khóm Vĩnh Phước", "DIA_CHI", "khóm Vĩnh Phước"),
        ("Hộ khẩu cũ: chủ hộ Giàng A Sình, bản Háng Đồng C, 9 khẩu", "DIA_CHI", "bản Háng Đồng C"),
        ("Tôi tên là Vi Văn Cương, trú\ntại thôn Nà Pán, xin xác nhận", "DIA_CHI", "thôn Nà Pán"),
        ("Chị Cao Thị Thìn sinh\nngày 04/5/1976 tại", "NGAY_SINH", "04/5/1976"),
        ("tiền gửi vào số tài\nkhoản 123456789012", "TK", "123456789012"),
        ("mail: hoa.nguyen @vidu.vn", "EMAIL", "hoa.nguyen @vidu.vn"),
        ("nhà ông ở ngã ba cây đa, có giàn mướp", "DIA_CHI", "ngã ba cây đa"),
        ("bà Mão ở chân đèo Khau Phạ", "DIA_CHI", "chân đèo Khau Phạ"),
        ("Quê: Nam Định; ở xóm 6 Hải Anh", "DIA_CHI", "xóm 6 Hải Anh"),
        ("thợ nề, hiện ở\ntổ 4 phường Hoa Sen", "DIA_CHI", "tổ 4 phường Hoa Sen"),
        ("tui ở ghe neo rạch Cái Sơn", "DIA_CHI", "ghe neo rạch Cái Sơn"),
        ("ông Quyên (Khe Lầy, xã Mẫu)", "DIA_CHI", "Khe Lầy"),
        ("Anh Đàng Năng Tuấn, palei Hamu Tanran", "DIA_CHI", "palei Hamu Tanran"),
        ("già làng A Yrel ở plei Kần", "DIA_CHI", "plei Kần"),
        ("NKTT: số 9 Hàng Đào", "DIA_CHI", "số 9 Hàng Đào"),
        ("địa chỉ thường trú ghi trên CCCD: Thôn 2, Trà Giang", "DIA_CHI", "Thôn 2"),
        ("số sổ hưu 01 2345 6789", "BHXH", "01 2345 6789"),
        ("Bà cụ ở cuối ngõ 12 Hoa Sim đi lạc", "DIA_CHI", "cuối ngõ 12 Hoa Sim"),
        ("Chủ nhà số 8 hẻm 12 đồng ý", "DIA_CHI", "nhà số 8 hẻm 12"),
        ("Phòng 1203 tòa A: chủ Lê Na", "DIA_CHI", "Phòng 1203 tòa A"),
        ("Hộ bà Chiến đội 5 nợ tiền nước", "DIA_CHI", "đội 5"),
        ("| Họ tên | Nghề | Thôn |\n|---|---|---|\n| Lò Páo | rèn | Nà Pán |", "DIA_CHI", "Nà Pán"),
        ("Chủ hộ;Tổ;Khẩu\nLê Na;4;5", "DIA_CHI", "4"),
        ("gọi0912345678 hoặc", "SDT", "0912345678"),
        ("CCCD số001085012345", "CCCD", "001085012345"),
        ("Số 0912 345 678/Lan", "SDT", "0912 345 678"),
        ("BHXH 0123456789/BHYT", "BHXH", "0123456789"),
        ("Số GTTT: 123456789", "CMND", "123456789"),
        ("TKNH 19034567890123", "TK", "19034567890123"),
        ("ck 19034567890123 giúp em", "TK", "19034567890123"),
        ("ngay_sinh: 1990-02-01", "NGAY_SINH", "1990-02-01"),
        ("Năm sinh: Nam: 1990", "NGAY_SINH", "1990"),
        ("sinh ngày .../.../1950", "NGAY_SINH", "1950"),
        ("NGUYỄN THỊ LAN 01/02/1990 NỮ", "NGAY_SINH", "01/02/1990"),
        ("Địa chỉ (thôn/tổ): tổ 5", "DIA_CHI", "tổ 5"),
        ("Họ và tên: Lò Páo; thôn/xóm: Hạ", "DIA_CHI", "Hạ"),
        (
            "gọi không tám sáu chín hai mốt ba mươi bốn năm mươi sáu",
            "SDT",
            "không tám sáu chín hai mốt ba mươi bốn năm mươi sáu",
        ),
        ("Cụ đẻ năm đói Ất Dậu", "NGAY_SINH", "đói Ất Dậu"),
        ("Chị Trang về làm dâu xóm Bãi", "DIA_CHI", "xóm Bãi"),
        ("chuyển trường vì gia đình dọn lên thôn Đăk Tro", "DIA_CHI", "thôn Đăk Tro"),
        ("mẹ em nằm liệt tại nhà (ấp Cái Dứa)", "DIA_CHI", "ấp Cái Dứa"),
        ("Số nhà 15, ngõ 4, tổ 7: hộ Đặng Thị Bốn chưa nộp", "DIA_CHI", "Số nhà 15, ngõ 4, tổ 7"),
        ("Tài khoản điện lực, lô 9 đường D4, chị Uyên", "DIA_CHI", "lô 9 đường D4"),
        ("Địa điểm dùng điện: 40/6 Tôn Đản", "DIA_CHI", "40/6 Tôn Đản"),
        ("Ông Khải xin cấp đổi sổ cho nhà 18 Hồ Xuân Hương", "DIA_CHI", "nhà 18 Hồ Xuân Hương"),
        (
            "sinh ngày hai mươi tháng một năm một nghìn chín trăm bảy mươi chín",
            "NGAY_SINH",
            "hai mươi tháng một năm một nghìn chín trăm bảy mươi chín",
        ),
        ("Con dâu tôi cc 0310 9000 4412 bị khóa tài khoản", "CCCD", "0310 9000 4412"),
        ("tăng mức đóng cho Lê Văn Tạ – 1915 604 112", "BHXH", "1915 604 112"),
        ("chuyển lương vào thẻ Nam Á 0103 775 449", "TK", "0103 775 449"),
        ("quỹ hụi: Út Lành – Kiên Long 38412705, nhớ ghi tên", "TK", "38412705"),
        ("quét mã không được thì gõ tay 1056 7229 18 VCB", "TK", "1056 7229 18"),
        ("chị Mỷ đẻ rơi tại nhà điểm dân cư Pa Cheo 2, bản Sín", "DIA_CHI", "điểm dân cư Pa Cheo 2, bản Sín"),
        ("xin hỗ trợ xóa nhà tạm: thôn Gạo", "DIA_CHI", "thôn Gạo"),
        ("Bác vẫn ở chỗ cũ thôi, ngách 12/4 phố Hàng Than", "DIA_CHI", "ngách 12/4 phố Hàng Than"),
        ("Ông Tám Rết dọn vô hẻm 91 Bờ Đập rồi", "DIA_CHI", "hẻm 91 Bờ Đập"),
        ("Tôi là Cao Bá Sửu, người xóm Đình Giữa, xã Mẫu", "DIA_CHI", "xóm Đình Giữa, xã Mẫu"),
        ("Cháu nay về với ông bà ngoại dưới đội 4, thôn Trung", "DIA_CHI", "đội 4, thôn Trung"),
        ("bà Ngô Thị Mão là nhân khẩu tổ dân phố Hạ 2", "DIA_CHI", "tổ dân phố Hạ 2"),
        ("– Nhà bác chỗ nào?\n– Ấp Cây Gòn, qua cầu ván", "DIA_CHI", "Ấp Cây Gòn"),
        ("bên này em ở No. 7, Lane 30, Minsheng Rd., Banqiao", "DIA_CHI", "No. 7, Lane 30, Minsheng Rd., Banqiao"),
        ("she is living at 214 Maple Ct, Garden City, CA", "DIA_CHI", "214 Maple Ct, Garden City, CA"),
        ("bản khai sinh đề 17.05.2011 mà học bạ ghi khác", "NGAY_SINH", "17.05.2011"),
        ("ông Điểu Gấc lọt lòng mẹ mồng hai tháng tư năm 1961", "NGAY_SINH", "mồng hai tháng tư năm 1961"),
        ("Cụ Mến kể cụ đẻ năm 43, hồi Tây đóng bốt", "NGAY_SINH", "43"),
        ("– Cụ sinh năm nào ạ?\n– Năm bốn chín, ghi thế.", "NGAY_SINH", "bốn chín"),
        ("ông nội khai trễ nên trong giấy mới thành 20/9/1986", "NGAY_SINH", "20/9/1986"),
        (
            "GI ẤY RA VI ỆN\nĐ ịa ch ỉ: s ố 21 t ổ 16 ph ường H ải B ối",
            "DIA_CHI",
            "s ố 21 t ổ 16 ph ường H ải B ối",
        ),
        ("H ọ t ên: v ợ ch ồng ông\nS ố CM ND : 1 6 2 3 4 8 0 5 1", "CMND", "1 6 2 3 4 8 0 5 1"),
        ("Gi ấy kh ám b ệnh\nSinh ng ày : 0 7 / 1 1 / 1 9 6 2", "NGAY_SINH", "0 7 / 1 1 / 1 9 6 2"),
        ("TT|H Ọ T ÊN|SỔ BH XH\n1|V Õ TH Ị BÉ|5208 115 790", "BHXH", "5208 115 790"),
        ("Bà Hà Thị Sen, 36 tuổi, 12/4/1988, thai 30 tuần", "NGAY_SINH", "12/4/1988"),
        ("BN nữ, tuổi: 61 (1963), mệt", "NGAY_SINH", "1963"),
        ("mã vùng nhà tôi đổi rồi, má gọi 0912 345 678", "SDT", "0912 345 678"),
        ("Nơi ở: Ấ. Tân Lợi, X. Mẫu", "DIA_CHI", "Ấ. Tân Lợi, X. Mẫu"),
        ("Thường trú KP. Hòa Lân, P. Mẫu", "DIA_CHI", "KP. Hòa Lân, P. Mẫu"),
        ("HKTT: K Hòa Bình, TT Mẫu", "DIA_CHI", "K Hòa Bình, TT Mẫu"),
        ("Con dì Tám, giồng Sao, nghỉ học", "DIA_CHI", "giồng Sao"),
        ("Địa chỉ nhà: BT5-12 KĐT Hoa Sen", "DIA_CHI", "BT5-12 KĐT Hoa Sen"),
        ("Địa chỉ: CT2-0711 Hoa Sen, gửi bảo vệ", "DIA_CHI", "CT2-0711 Hoa Sen"),
        ("Em theo chồng về thôn Hạ từ năm ngoái", "DIA_CHI", "thôn Hạ"),
        ("Ra trại, Mạnh trở về số 5 Hàng Lọng sống với bà", "DIA_CHI", "số 5 Hàng Lọng"),
        ("Cô Giàng Thị Sua, người Mông, bản Phiêng Ban, được khen", "DIA_CHI", "bản Phiêng Ban"),
        ("Hỏi: Chị cho biết nơi ở? Đáp: Thôn Rào Tre, từ nhỏ.", "DIA_CHI", "Thôn Rào Tre"),
        ("Nơi thường trú\n\nTổ 5 KP Long An 1", "DIA_CHI", "Tổ 5 KP Long An 1"),
        ("Chỗ ở:......ấp Giồng Ké......", "DIA_CHI", "ấp Giồng Ké"),
        ("Sinh năm: ......1974...... Trình độ: ...8/12...", "NGAY_SINH", "1974"),
        ("Sinh ngày...14...tháng...6...năm...1981...tại xã", "NGAY_SINH", "14...tháng...6...năm...1981"),
        ("Ngày sinh [17/09/1983] Dân tộc [Kinh]", "NGAY_SINH", "17/09/1983"),
        ("DOB: 19790630; Sex: F", "NGAY_SINH", "19790630"),
        ("Năm 1977 mẹ sinh ra tôi ở kinh tế mới.", "NGAY_SINH", "Năm 1977"),
        ("Bé trai, chào đời 3h20 sáng 17/7/2023, nặng 3 kg", "NGAY_SINH", "17/7/2023"),
        ("Chị Páo sinh bé gái 3.100 gram hồi 22h40 ngày 07/8/2022.", "NGAY_SINH", "07/8/2022"),
        ("H: Chị sinh năm nào? Đ: Bảy tám ạ.", "NGAY_SINH", "Bảy tám"),
        ("thân nhân liệt sĩ Cao Thị Lụa, vợ, 10/10/1948.", "NGAY_SINH", "10/10/1948"),
        ("Giấy CM 250-119-448 Lâm Đồng", "CMND", "250-119-448"),
        ("C.M.T: 031 447 229", "CMND", "031 447 229"),
        ("Số thẻ\n054068003315", "CCCD", "054068003315"),
        ("Căn cước: 066/300/004/782", "CCCD", "066/300/004/782"),
        ("Vũ Văn Lực,Nam,040069112234,thợ", "CCCD", "040069112234"),
        ("Agri 5402205118824 mẹ đứng tên", "TK", "5402205118824"),
        ("nạp vào ví 0787 441 227 giúp em", "TK", "0787 441 227"),
        ("stk 686869 vpbank", "TK", "686869"),
        ("Em trai ở Úc, 0412 774 904, giờ bên đó sớm hơn", "SDT", "0412 774 904"),
        ("Chị tôi ở Mỹ: (714) 555 0134, gọi buổi sáng", "SDT", "(714) 555 0134"),
        ("trực hạt: 0915227341/42/43", "SDT", "0915227341"),
    ],
)
def test_personal_data_is_found_exactly(text: str, mask: str, stretch: str) -> None:
    found = find_personal(text)
    assert [(one.mask, text[one.start : one.end]) for one in found] == [(f"[{mask}_1]", stretch)]


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        "Số: 012345/QĐ-UBND",
        "kinh phí 012.345.678.900 đồng",
        "tài khoản 111",
        "ngày 05/3/2024",
        "1.500.000 đồng",
        "0,9123456789",
        "Trường THCS Chu Văn An, số 17 đường Hoa Sim, tổ chức hội khỏe.",
        "Đoàn do ông Lê Anh Tuấn làm trưởng đoàn kiểm tra tại thôn 4, xã Mẫu.",
        "Bà Hoàng Thị Lan, Bí thư Chi bộ khu phố 3, chủ trì.",
        "theo khoản 4 Điều 25 và khoản 14 Điều 8",
        "Vi sinh vật được cấy ngày 12/6/2026; học sinh giỏi năm 2025.",
        "Bò cái sinh tháng 5/2025, đã gắn thẻ tai.",
        "Mã số thuế 0101234567 của công ty.",
        "Toàn xã có 214 nam thanh niên sinh năm 2007 đủ tuổi gọi khám.",
        "Con bò cái vàng, số tai VN-009, sinh tháng 4/2022, đã tiêm.",
        "Dự sinh 12/02/2026.",
        "đăng nhập lạ từ địa chỉ IP 113.161.204.77 lúc 2 giờ",
        "Bên A: Trường Mẫu giáo Sơn Ca. Địa chỉ: ấp Tân Thuận, xã Bình Hòa.",
        "khai báo lại nơi thường trú trên VNeID không?",
        "Bộ phận một cửa dời về nhà văn hóa cũ, số 46 đường 30 tháng 4.",
        "Công ty Gốm Mới, MSDN 0800 319 625.",
        "Đơn chuyển phát số 8412 0095 37, cước 32.000.",
        "Tên | Số lượng\nBàn | 0123",
        "Quyết định số 0912/345/678 của công ty.",
        "Lệnh chuyển tiền số tham chiếu 25091700048213 bị trả về.",
        "giá 5 @ 3.5 kg",
        "tên gọi khác Tí Sứt, 28.12.1992",
        "tom tat cong van nay cho chu tich xa, khong qua 150 tieng, chi dung cong van kem theo",
        "tom tat cho chu tich xa khong qua 150 tieng, neu ro han",
        "gui anh em, toi da 5 gach dau dong",
        "trinh chu tich, chia 3 muc va 2 bang",
        "ke cho ong nghe, 6 cau thoi",
        "soan cho co giao, 2 trang a4",
        "anh chi viet 4 doan ngan",
        "viet cho ong nam doc, khong qua 80 chu cho de nho",
        "viet cho chi hoa, toi da 120 tu nhe",
        "Trâu mã tai VN 0384 4127 9056 đã tiêm; số công tơ 012345678901.",
        "tài khoản xa_mau, mật khẩu 20251234",
        "Con nghé chào đời ngày 2/9/2025 tại trại; đàn dê 12 con, đẻ lứa hai tháng Chạp.",
        "Ra quân ở ngã ba Ông Tạ, đoạn trước số nhà 12 đường Hoa Sim.",
        "Bệnh viện Đa khoa khu vực Ninh Hạ (đường Hoa Sim, tổ dân phố 11) có 38 ca.",
        "Chủ tịch Nguyễn Văn Tâm đang ở thôn 4 chỉ đạo dập lửa.",
        "Quyết định của Chủ tịch Lê Văn Tám, 12/3/2024.",
        "Đã đăng ký khai sinh ngày 12/9/2024 tại xã.",
        "Mã QR 000201010212; số thẻ đảng viên 12345678.",
        "cà vẹt xe 23L1-088.19 và 10l xăng",
        "Phòng khám khu vực dời về nhà số 2, tổ 5, giờ khám giữ nguyên.",
        "Đánh rơi ví có 1 CCCD, 2 CMND của anh Sần.",
        "Bên nhận khoán: Y Thuyên Niê; lô rừng 7, khoảnh 3, tiểu khu 441.",
        "em oi quyet dinh 214 ky ngay may, chi thay ban in sai",
        "Nguoi nop don: Duong Van Ut, so 12/KH gui lai",
        "Cửa hàng ông Tư khai trương tại số 12 Hoa Sim.",
        "Cô Hoa, tổ 2 chuyên môn; đại biểu Lê Văn Tư (tổ 5) phát biểu.",
        "Cháu Hoa 20/10/2025 nhận quà; chị Hoa khối 9, phòng 203.",
        "Tôi đứng trước cổng UBND xã chờ; ông Tư họp ở nhà văn hóa cạnh chợ.",
        "Chị Hoa bán hàng ở đầu chợ; bà con ở gần bãi rác phản ánh; ông Tư đang ở ngoài đồng.",
        "Tôi muốn mượn nhà văn hóa thôn làm tiệc cưới; chúng tôi đăng ký trước mấy ngày?",
        "name is laid out as an official document and can be taken as a Word file",
        "Nhà Rông bản Kon Hạ do ông Tư trông.",
        "Ứng dụng của tỉnh chào đời ngày 18/7/2021; tạp chí chào đời 12/3/1998.",
        "Liên hệ Sở, mã 01001091062, thứ Tư Lễ khai mạc tại thôn 4.",
        "Ông Lê An, 15 tháng 3 năm học mới, báo cáo chuyên đề.",
        "Nơi thường trú: Hà Nội, Việt Nam của chị Hoa",
        "HOC TAI DIEM TRUONG BAN PHIENG CAI, TOI 2-4-6, TU 19H DEN 21H",
        "Nội trú P.6 giường 2: Cụ Hoàng Thị Tẹo; khách lưu trú phòng 204.",
        "nguoi nha benh nhan giuong 17 lien he phong cong tac xa hoi",
        "Ông bà già đang ở nhờ nhà cháu.",
        "Từ nay bưu cục chuyển về 245 Lê Duẩn, bà con nhớ đi đúng chỗ.",
        "Anh chị nào nhặt được ba lô ở bến Gianh xin liên hệ cháu Trung.",
        "mình nữ, phòng ở khu Làng đại học, 1tr6/tháng",
        "chau be di lac o be boi, ao khoac xanh",
        "CTY TNHH TM HÙNG VƯƠNG - ĐC: lô C5 đường số 9, KCN Mẫu.",
        "Trường Tiểu học Lương Thế Vinh, địa chỉ tại thôn Phú Long, xã Mẫu.",
        "Họp tại nhà trưởng thôn Phó Thị Tấm, nhà ông trưởng bản Nùng Seo.",
        "Tỉnh yêu cầu 98\nthôn Nà Pồng thấp nhất.",
        "LÊ VĂN SƠN\n14/02/1999\nSao y bản chính; tài khoản 123456789/GP-SYT",
        "thửa 6 ha bỏ hoang do chủ đi làm công ty",
        "| Thôn | Số hộ |\n|---|---|\n| Nà Pán | 45 |",
        "Giao nhiệm vụ cho tổ 5, giao ban tại phòng 12 Hoa Sim.",
        "Bưu tá nghỉ; giao thông đường số 9 thông suốt.",
        "Nợ TK 1121 85.000.000, Có TK 33311 7.727.273, kèm hóa đơn số 00004518.",
        "Nhận Huy hiệu 30 năm Đảng, số thẻ 41.023877.",
        "Gói thầu 0912 345\n2. Đường thôn Hạ, năm 2026\n12 hộ hiến đất.",
        "Tiêm phòng dại: chó mực, giống ta, sinh tháng 1 năm 2024.",
        "Vay 30 triệu của Ngân hàng Chính sách theo khế ước số 6600000714891125.",
        "Ảnh chụp lớp học trò sinh năm 1957 trường làng.",
        "Bò cái lai của ông Bùi Văn Ngói, đẻ ngày 16/3/2021.",
        "bác gõ giúp em dãy số trên căn cước mặt trước nhé",
        "Tổ nhân khẩu thống kê; nhân khẩu thôn Hạ tăng 12 người.",
        "Ông Lê mất năm 1988, ông Tư Ngọ về hưu năm 2003, ông Hà đỗ 1981.",
        "Liệt sĩ Mai Văn Sáng nhập ngũ 3/1967, đơn vị C5 D2.",
        "NS 2023: 3,2 tỷ; NS 2024 cấp 4 tỷ; ngân sách (NS) 2025 chưa giao.",
        "Lễ Giáng sinh 24/12/2022 và Phục sinh năm 2023; ngày sinh nhật Bác 19/5.",
        "Cụ Hoa 81 tuổi, 12/3/2024 vào viện.",
        "Mã thiết bị đo mưa 0389 114 226, mã sinh viên 0912004118, mã dự án 036177009944.",
        "Số phiếu hẹn 0356118447; số khung RLX12, số máy 0867118447; giấy phép xây dựng số 0371122334.",
        "Đàn khỉ sống trong rừng thôn 5; ốc sên sống ở vườn xóm Cam.",
        "Mục lục: Chương I......... 12; Chương II.......... 45; họp ngày ... tháng ... năm 2026.",
        "Hai lớp có 60 em sinh năm 2015, 2016; thanh niên sinh năm 2006, 2007 đi khám.",
        "Ông Hà ký ngày 2/4/2014, ngày 8/8/2016; năm 2019 mẹ con bà nhận đất.",
        "Giá lô LK-05 chưa rõ; hiện vật BT.1204; T. Hòa, K. Lan dự họp.",
        "Bà Hoàng Thị Lan, dân tộc Tày, Bí thư Chi bộ, thôn Hạ, chủ trì.",
    ],
)
def test_office_figures_are_no_personal_data(text: str) -> None:
    assert find_personal(text) == ()


@pytest.mark.parametrize(
    "piece",
    ["a", "3f9a", "sinh ", "Nguyễn Văn A ", "0 ", "số 1, ", "a.[.]@", "0 1  ", "sinh...1...", "K. A, ", "1/2/1990, "],
)
def test_texts_made_to_be_slow_come_to_an_end(piece: str) -> None:
    """10,000 letters of one kind; a rule that grows much faster than the text would not come back within minutes."""
    text = piece * (10_000 // len(piece))
    assert all(text[one.start : one.end] == one.text for one in find_personal(text))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Ba cháu sinh ngày 2/4/2013, ngày 8/8/2015 và ngày 30/1/2019.", ["2/4/2013", "8/8/2015", "30/1/2019"]),
        ("Các con sinh 1982, 1985 và 1991, ở xa.", ["1982", "1985", "1991"]),
        ("Năm sinh vợ/chồng: 1987/1984", ["1987", "1984"]),
        ("Con: 1) Minh, 2007; 2) Ánh, 2010; đều đi học.", ["2007", "2010"]),
        ("Đơn của vợ Lù Thị Mai 3.5.1990, chồng Vàng A Páo 11.2.1988.", ["3.5.1990", "11.2.1988"]),
        ("Danh sách (tên – ngày sinh – mẹ):\nLê Na – 03/8/26 – mẹ: Hoa\nHồ Tân – 1/7/26", ["03/8/26", "1/7/26"]),
        ("Ngày sinh của em là 30/12/2008 hay 13/12/2008?", ["30/12/2008", "13/12/2008"]),
        ("Anh khai sinh tháng 4/1970, em lại khai tháng 9/1970.", ["4/1970", "tháng 9/1970"]),
        ("Bé Na, ngày 5.2.2026 sinh tại Bệnh viện Sản Lạc Thủy.", ["5.2.2026"]),
        ("Trẻ nữ; ra đời: 08-04-2018; lớp 2.", ["08-04-2018"]),
        ("Cháu sinh đúng Ngày Thầy thuốc 27/02/2021.", ["27/02/2021"]),
        ("Tôi sinh ra ở miền biển, mùa thu năm 1969.", ["mùa thu năm 1969"]),
        ("Chau Le Gia Bao (2020) xin chuyen lop.", ["2020"]),
    ],
)
def test_each_date_of_several_people_is_found(text: str, dates: list[str]) -> None:
    assert [one.text for one in find_personal(text)] == dates


@pytest.mark.parametrize(
    "text",
    [
        "Lop 6A gom 42 em, sinh nam 2014 co 40 em, sinh nam 2013 co 2 em.",
        "Bà sinh năm Bảo Thái thứ 2.",
        "Ra đời từ năm 1998, hợp tác xã nay có 40 hộ.",
        "Họp ngày 5.1.2026 tại bản Suối, ông Lò Văn Páo chủ trì.",
    ],
)
def test_years_of_a_group_of_a_reign_and_of_a_body_are_no_births(text: str) -> None:
    assert find_personal(text) == ()


def test_two_numbers_in_a_row_are_told_apart() -> None:
    found = find_personal("Mã BHXH và điện thoại: 7410882266 - 0908117447")
    assert [(one.kind, one.text) for one in found] == [("BHXH", "7410882266"), ("SDT", "0908117447")]


def test_the_same_value_gets_the_same_mask() -> None:
    text = "A: 0912345678, B: 0987 654 321, lại A: 0912 345 678."
    assert masked(text) == "A: [SDT_1], B: [SDT_2], lại A: [SDT_1]."


@example(["a@b.vn", "STK 123456789", "a@b.vn", "STK 123456789"])
@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["0912345678", "045123456789", " ", ",", "a@b.vn", "STK 123456789", "BHXH 0123456789"]),
        max_size=8,
    )
)
def test_a_masked_text_has_nothing_left_to_mask(pieces: list[str]) -> None:
    assert find_personal(masked(" ".join(pieces))) == ()


def test_each_piece_is_a_finding_that_offers_its_mask() -> None:
    prompt = "Soạn công văn.\nCông dân số 045123456789."
    result = no_personal_data(case("Đã nhận đơn.", prompt), CLEAN)
    assert (result.passed, result.score, result.of) == (False, 0.0, "prompt")
    finding = result.findings[0]
    assert finding.title == "Dãy 12 chữ số ở dòng 2 có thể là số định danh"
    assert finding.expected == "[CCCD_1]"
    assert finding.level is Level.ESSENTIAL
    assert [(prompt[span.start : span.end], span.of) for span in finding.spans] == [("045123456789", "prompt")]
    assert "045123456789" not in finding.title + finding.why + finding.seen + finding.where


def test_the_answer_is_looked_through_too_but_nothing_is_told_twice() -> None:
    prompt = "Gọi 0912345678."
    result = no_personal_data(case("Gọi 0912345678 hoặc 0987654321.", prompt), CLEAN)
    assert [(span.of, span.start) for one in result.findings for span in one.spans] == [("prompt", 4), ("answer", 20)]
    assert result.of == "answer"


def test_clean_texts_pass() -> None:
    assert no_personal_data(case(SOURCE, "Tóm tắt công văn."), CLEAN).passed is True
    assert no_personal_data(case(None, "Tóm tắt công văn."), CLEAN).of == "prompt"


# ── marks ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "mark", "stretch"),
    [
        ("UBND XÃ MẪU\nMẬT\nSố: 1", "MẬT", "MẬT"),
        ("| TỐI MẬT | CỘNG HÒA XÃ HỘI |", "TỐI MẬT", "TỐI MẬT"),
        ("SỞ A          TUYỆT MẬT", "TUYỆT MẬT", "TUYỆT MẬT"),
        ("[MẬT]", "MẬT", "MẬT"),
        ("M Ậ T", "MẬT", "M Ậ T"),
        ("TOI MAT", "TỐI MẬT", "TOI MAT"),
        ("Độ mật: Tối mật", "TỐI MẬT", "Tối mật"),
        ("**MẬT**", "MẬT", "MẬT"),
        ("MẬT\n…\nTUYỆT MẬT", "TUYỆT MẬT", "TUYỆT MẬT"),
    ],
)
def test_stamps_are_found(text: str, mark: str, stretch: str) -> None:
    found = secrecy_mark(text)
    assert found is not None
    assert (found.mark, text[found.start : found.end]) == (mark, stretch)


def test_a_stamp_in_decomposed_letters_is_found() -> None:
    assert secrecy_mark(unicodedata.normalize("NFD", "Số: 1\nTỐI MẬT")) is not None


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        "Căn cứ Luật Bảo vệ bí mật nhà nước số 117/2025/QH15;",
        "BÍ MẬT NHÀ NƯỚC",
        "MẬT ĐỘ DÂN SỐ",
        "Mật ong rừng",
        "mật",
        "MAT",
        "Độ mật: mật độ dân cư",
        "không đưa văn bản mật, tối mật vào máy",
    ],
)
def test_words_of_running_text_are_no_stamp(text: str) -> None:
    assert secrecy_mark(text) is None


def test_limited_circulation_is_a_warning_only() -> None:
    text = "LƯU HÀNH NỘI BỘ\nKế hoạch tập huấn"
    mark = circulation_mark(text)
    assert mark is not None
    assert text[mark.start : mark.end] == "LƯU HÀNH NỘI BỘ"
    assert secrecy_mark(text) is None
    assert circulation_mark("Tài liệu lưu hành nội bộ của xã") is None
    result = no_personal_data(case(None, text), CLEAN)
    assert result.passed is True
    assert [one.level for one in result.findings] == [Level.ACTIONABLE]


@pytest.mark.parametrize(
    "text",
    [
        "Bảo quản vắc xin ở nhiệt độ từ 2 đến 8 độ C; người tiêm theo dõi vật nuôi.",
        "Chủ tịch tiếp công dân từ 7 giờ 30 đến 11 giờ 00, người dân đăng ký trước.",
        "Người dân gửi phiếu ở nhà văn hóa thôn.",
        "Mời bà con thôn Bàu Sen và thôn Cồn Dừa chú ý.",
        "Nhận được đơn đề ngày 06 tháng 11 năm 2026 của người dân.",
    ],
)
def test_hours_measures_public_houses_and_the_date_of_a_letter_are_nobodys(text: str) -> None:
    assert find_personal(text) == ()


def test_a_home_in_brackets_is_told_once_and_a_row_with_a_year_behind_its_name_holds_one() -> None:
    found = find_personal("Mời các hộ tới nhà ông Vàng A Páo (bản Lũng, xã Mẫu) để họp.")
    assert [one.text for one in found] == ["bản Lũng, xã Mẫu"]
    found = find_personal("- Ngô Văn Cẩn, 3-1950, hạng 2/4, thôn Đông, xã Mẫu")
    assert [one.text for one in found] == ["3-1950", "thôn Đông, xã Mẫu"]


def test_what_is_masked_already_keeps_its_number() -> None:
    [found] = find_personal("Ông Mẫu, CCCD [CCCD_1]; bà Dụ, CCCD 001099054321.")
    assert found.mask == "[CCCD_2]"


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("sai ngày sinh: trên thẻ ghi 11/02/1962, đúng là 12/01/1962", ["11/02/1962", "12/01/1962"]),
        ("Anh chị em tôi gồm: Tâm (1961), Tín (1963) và Nghĩa (1966)", ["1961", "1963", "1966"]),
        ("Tôi sinh 15/8/1958 theo CCCD nhưng lý lịch ghi 10/1957", ["15/8/1958", "10/1957"]),
        ("giấy khai sinh ghi ngày 2/9/1973, CCCD ghi 9/2/1973", ["2/9/1973", "9/2/1973"]),
        ("sinh 2010 này chị đừng ghi 2008", ["2010", "2008"]),
        ("giấy ghi 1971, thật ra sanh năm 1969", ["1971", "1969"]),
        ("xin cải chính ngày sinh từ 15/3/1979 thành 13/5/1979", ["15/3/1979", "13/5/1979"]),
        ("ghi sai năm sinh 1961 thành 1916", ["1961"]),
        ("các con tôi sinh năm 2010, 2014", ["2010", "2014"]),
        ("vợ sinh 1970 chồng sinh 1968", ["1970", "1968"]),
        ("con dâu 1992, cháu nội 2018", ["1992", "2018"]),
        ("Phạt ông Trần Văn Quý (SN 1970, xóm 3, xã Mẫu) 5 triệu đồng", ["1970", "xóm 3, xã Mẫu"]),
        ("chị Lan 1985 thôn Đoài", ["1985", "thôn Đoài"]),
        ("chị Mai 0912345678 ngõ 5 Hoa Sim", ["0912345678", "ngõ 5 Hoa Sim"]),
        ("stk 0341 0077 15926 vietcombank, xong nhắn lại số 0977.415.208", ["0341 0077 15926", "0977.415.208"]),
        ("Cụ sinh năm Nhâm Ngọ, tức 1942.", ["Nhâm Ngọ", "1942"]),
        ("An (2012), Bình (2014) đều là con ông Tám", ["2012", "2014"]),
        ("hai cháu: 2012 và 2014", ["2012", "2014"]),
        ("chủ hộ 1967, vợ 1970", ["1967", "1970"]),
        ("cô giáo Hà ở nhà tập thể giáo viên, bản Cát", ["nhà tập thể giáo viên", "bản Cát"]),
        ("tôi tên Thạch Sà Rươl, sáu mốt, tức là sinh năm 1961", ["sáu mốt", "1961"]),
        ("Ông nhắc tới Luật Đất đai (2013), Luật Nhà ở (2014)", []),
    ],
)
def test_every_detail_of_a_row_is_found(text: str, details: list[str]) -> None:
    assert [one.text for one in find_personal(text)] == details
