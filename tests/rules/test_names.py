"""Names of an answer against the sources: borne out in any spelling, flagged when one syllable differs."""

from __future__ import annotations

import pytest

from service.checks.names import grounded_names
from service.records import Assertion, Case, Level, SourceText
from tests.rules.making_exercises import exercise

SOURCE = (
    "UBND xã Gio Hải họp ngày 14/5/2026. Bà Lê Thị Hoà, Trưởng phòng Kinh tế, trình bày. Trường THPT Lê Lợi có 12 lớp. "
    "HTX Đông Hải thu 3,4 tấn. Máy có số seri USX-44718. Chủ tịch nói: “Làm xong trước mùa mưa năm nay”. "
    "Ban QLDA thuê Công ty Cổ phần Tân Lập Xanh. Bệnh viện Đa khoa Nam Hải khám ngày 27/7. Xe 73A-001.26 cũ."
)


def told(answer: str, prompt: str = "") -> list[str]:
    case = Case(prompt=prompt, answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", SOURCE),))
    result = grounded_names(case, Assertion("grounded-names"))
    return [one.seen for one in result.findings if one.level in (Level.ESSENTIAL, Level.ACTIONABLE)]


@pytest.mark.parametrize(
    "answer",
    [
        "Ủy ban nhân dân xã Gio Hải họp.",
        "Chị Hòa trình bày tại UBND Xã Gio Hải.",
        "Trường Trung học phổ thông Lê Lợi; Hợp tác xã Đông Hải.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Phó Chủ tịch, Bí thư Đảng ủy, Hội đồng nhân dân dự họp thứ Sáu.",
        "Theo Trưởng phòng Kinh tế, máy mang số USX-44718.",
        "Chủ tịch yêu cầu “làm xong trước mùa mưa năm nay”.",
        "- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN",
        "Ban Quản lý dự án thuê Cty Tân Lập Xanh.",
        "BVĐK Nam Hải khám bệnh. Xe số 73A-00126.",
        "Phòng Kinh tế trình bày. Phòng họp số 2. Bộ phận một cửa. Ban đầu thu 3,4 tấn.",
        "Ban Chấp hành họp. Bộ luật này có hiệu lực.",
        "Riêng Trường Lê Lợi có 12 lớp; Thạc sĩ Lê Thị Hòa trình bày.",
    ],
)
def test_other_spellings_are_the_same_name(answer: str) -> None:
    assert told(answer) == []


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ("Xã Gio Hà họp.", "Gio Hà"),
        ("Bà Lê Thị Hoa trình bày.", "Lê Thị Hoa"),
        ("Trưởng phòng Nội vụ trình bày.", "phòng Nội vụ"),
        ("Máy mang số USX-44781.", "USX-44781"),
        ("Trường THPT Lê Lai có 12 lớp.", "THPT Lê Lai"),
        ("Phường Gio Hải họp tại phường Gio Hải.", "phường Gio Hải"),
        ("Bà Ban Quỳnh Lan trình bày.", "Ban Quỳnh Lan"),
        ("BVĐK Nam Hà khám bệnh.", "BVĐK Nam Hà"),
        ("Sở Y tế báo cáo.", "Sở Y tế"),
        ("– Sở Y tế: 412 điểm.", "Sở Y tế"),
        ("- Phòng Văn hóa - Xã hội: 3 điểm.", "Phòng Văn hóa"),
        ("Bộ Công an trả lời.", "Bộ Công an"),
        ("Chủ tịch nói “phải cố gắng gấp đôi trong tháng tới”.", "phải cố gắng gấp đôi trong tháng tới"),
    ],
)
def test_a_name_that_differs_is_told(answer: str, seen: str) -> None:
    assert told(answer) == [seen]


def test_what_the_prompt_names_may_be_named() -> None:
    assert told("Kính gửi ông Trần Mẫu.", prompt="Gửi ông Trần Mẫu.") == []


def test_without_a_name_nothing_is_judged() -> None:
    case = Case(prompt="", answer="họp lúc chín giờ", exercise=exercise("summarise"))
    assert grounded_names(case, Assertion("grounded-names")).passed is None


@pytest.mark.parametrize(
    ("answer", "alarm"), [("Thu 34 tạ.", False), ("Thu 3.400 kg.", False), ("Thu 3,4 tạ.", True), ("Thu 3,4 m³.", True)]
)
def test_a_measure_is_the_same_in_other_units_only_when_it_is(answer: str, alarm: bool) -> None:
    from service.checks.grounding import grounded_numbers

    case = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", SOURCE),))
    assert (grounded_numbers(case, Assertion("grounded-numbers")).passed is False) is alarm


@pytest.mark.parametrize(
    ("source", "answer", "lost"),
    [
        ("Ban Quản lý bảo trì đường bộ.", "Liên hệ Ban QL bảo trì đường bộ.", []),
        ("Cắt nước ở các khu phố 2, 5, 7.", "Nơi mất nước: KP2, KP5 và KP7.", []),
        ("Cắt nước ở các khu phố 2, 5, 7.", "Nơi mất nước: KP3.", ["KP3"]),
        ("Hai bên ký hợp đồng, phạt 8%.", "a) Hai bên: đã ký.\nb) Đối tượng: lúa.\nc) Phạt: 8%.", []),
        ("| Phòng | Tháng 6 |\n| Kinh tế | 412 |", "Phòng Kinh tế dùng nhiều nhất.", []),
        ("| Phòng | Tháng 6 |\n| Kinh tế | 412 |", "Sở Kinh tế dùng nhiều nhất.", ["Sở Kinh tế"]),
        ("Tiền thưởng: nhất 3 triệu, nhì 2 triệu.", "Chị Thư đoạt giải Nhì.", []),
        ("Hội nghị thống nhất chọn ba đội.", "Chị Thư đoạt giải Ba.", ["giải Ba"]),
        ("Giá chưa gồm thuế GTGT 8%.", "Giá chưa có thuế VAT 8%.", []),
        ("Khoa Cơ điện đứng đầu.", "Năm nay Khoa Cơ khí đứng đầu.", ["Khoa Cơ khí"]),
        ("Khoa Cơ điện đứng đầu.", "Năm nay Khoa Cơ điện đứng đầu.", []),
        ("Phát quà tại hội trường B.", "Phát quà ở hội trường A.", ["hội trường A"]),
        ("Công đoàn họp.", "Ban Chấp hành Công đoàn họp.", []),
        ("Thỏa thuận tăng ca.", "THỎA THUẬN LÀM THÊM GIỜ (tóm lược)\nTăng ca.", []),
        ("Ki-ốt dãy C cho thuê.", "Cho thuê ki-ốt dãy D.", ["dãy D"]),
        ("Chỉ số Breteau 34, cao hơn ngưỡng 20.", "Kết quả. Ngưỡng Breteau là 20.", []),
        ("Lối thoát phía tây bị chắn.", "Dọn lối thoát phía đông.", ["phía đông"]),
        ("Lối thoát phía tây bị chắn.", "Dọn lối thoát ở hướng tây.", []),
        ("Lối thoát phía tây bị chắn.", "Xu hướng đông dân; về phía nam giới.", []),
        ("Gió hướng tây bắc.", "Gió từ phía bắc.", []),
        ("Phạt hộ kinh doanh Phát Lợi Hưng.", "Đơn xin gỡ mái che\nHộ Phát Lợi Hưng đã nhận.", []),
        ("Phạt hộ kinh doanh Phát Lợi Hưng.", "Đơn xin gỡ mái che\nHộ Phát Lợi Hùng đã nhận.", ["Phát Lợi Hùng"]),
        ("Điều 3. Bà Uyên thi hành.", "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.", []),
        ("Trưởng đoàn: TS Bành Quốc Toại.", "Thưa Tiến sĩ Toại, phòng đã dành.", []),
        ("Thay cáp đường kính 6 mm.", "Thay cáp Ø6 li.", []),
        ("Thay cáp đường kính 6 mm.", "Thay cáp Ø8 li.", ["Ø8"]),
        ("Họp tại nhà văn hóa khu phố 4.", "Họp ở NVH KP4.", []),
        ("Họp tại nhà văn hóa khu phố 4.", "Họp ở khu phố Bốn.", []),
        ("Họp tại nhà văn hóa khu phố 4.", "Họp ở khu phố Bảy.", ["phố Bảy"]),
        ("Mực nước dưới báo động 2.", "Mực nước dưới BĐ2.", []),
        ("Mực nước dưới báo động 2.", "Mực nước dưới BĐ3.", ["BĐ3"]),
        ("Bảo tàng mở cửa.", "Giá vé vào cửa Bảo tàng.", []),
        ("Công an xã xử lý.", "CA xã xử lý.", []),
        ("Công an xã xử lý.", "CA huyện xử lý.", ["CA huyện"]),
        ("Theo điểm c khoản 4 Điều 12.", "Căn cứ Điều 12, khoản 4, điểm c.", []),
        ("Theo điểm c khoản 4 Điều 12.", "Căn cứ điểm b khoản 4 Điều 12.", ["điểm b"]),
        ("Chị Mai Thị Lan phụ trách.", "Chị Liên phụ trách.", ["Liên"]),
        ("Hội trưởng họp.", "Ông Hội trưởng họp.", []),
        ("Khám nghĩa vụ quân sự.", "Khám NVQS cho thanh niên.", []),
        ("Khám nghĩa vụ quân sự.", "Khám NVQP cho thanh niên.", ["Khám NVQP"]),
        ("Đồn Biên phòng cùng trồng cây.", "Xã và BĐBP cùng trồng cây.", []),
        ("Đồn Kiểm lâm cùng trồng cây.", "Xã và BĐBP cùng trồng cây.", ["BĐBP"]),
        ("Họp lúc 14 giờ.", "II. THỜI GIAN: 14 giờ, kính thưa Lãnh đạo.", []),
        ("Trong tháng 9/2025.", "T9/2025: khám xong.", []),
        ("Ông Nghĩa làm Chủ tịch.", "Ông Nghị là Chủ tịch.", ["Nghị"]),
        ("Trong 6 tháng đầu năm.", "Kết quả 6T/2025.", []),
        ("Giám đốc Sở: ông Tống Bá Kiên.", "GĐ Sở Tống Bá Kiên báo cáo.", []),
        ("Giám đốc Sở: ông Tống Bá Kiên.", "GĐ Sở Tống Bá Khiên báo cáo.", ["Sở Tống Bá Khiên"]),
        ("Trọng tài do Liên đoàn Bóng chuyền cử.", "Trọng tài của Liên đoàn Bóng đá.", ["Liên đoàn Bóng đá"]),
        ("Báo cáo số 17/BC-TBP: về cảng Bãi Chướng.", "Tàu về cảng Bãi Chương.", ["Bãi Chương"]),
        ("Xe BKS 69K-004.17.", "Xe biển số 69K-004.71.", ["69K-004.71"]),
        ("Xe BKS 69K-004.17.", "Xe biển số 69K-004.17.", []),
        ("Lịch tháng 11/2026.", "Lịch tháng Mười Một 2026.", []),
        ("Thu gom thứ Hai, thứ Tư.", "Gom rác chiều (T2, T4).", []),
        ("Xưởng ở KCN Nhơn Tân.", "Xưởng thuộc KCN Nhơn Hội.", ["KCN Nhơn Hội"]),
        ("Báo về xã.", "Nơi nhận: Trung tâm Điều hành giao thông.", ["Trung tâm Điều hành"]),
        ("Hộ Phí Văn Lực vay ở huyện Lục Yên.", "Vay ở huyện Văn Yên.", ["Văn Yên"]),
        ("Trường THPT Lê Lợi; chợ đầu mối Sặt.", "Họp ở Trường Lê Lợi, gần chợ Sặt.", []),
        ("Vay ở huyện Lục Yên.", "Agribank huyện Lục Yên cho vay.", ["Agribank"]),
        ("Trạm BVTV khuyên phun thuốc.", "Theo Sở BVTV, cần phun thuốc.", ["Sở BVTV"]),
        ("Xếp loại B.", "Hộ được xếp loại C.", ["loại C"]),
        ("MTTQ giám sát.", "MTTQ Việt Nam giám sát.", []),
        ("Nhờ Công an xã giúp.", "Gọi Công an tỉnh.", ["Công an tỉnh"]),
        ("Giải Nhì cấp tỉnh.", "Đạt giải Nhì cấp quốc gia.", ["cấp quốc gia"]),
        ("Thu rác thứ Bảy cuối tháng.", "Thu rác thứ Bảy đầu tháng.", ["đầu tháng"]),
        ("Thu rác cuối tháng.", "Thu rác cuối tháng, từ đầu tháng 5.", []),
        ("tram y te xa Dak Mau bao cao, y si Rơ Lan ky", "Báo cáo của Trạm Y tế xã Đăk Mâu.", []),
        ("tram y te xa Dak Mau bao cao, y si Rơ Lan ky", "Báo cáo của Trạm Y tế xã Đăk Mây.", ["Đăk Mây"]),
        ("Tờ trình số 34/TTr-PKT xin thanh lý.", "Phòng Kinh tế xin thanh lý.", []),
        ("Thi tại dãy nhà C.", "Thi ở dãy C.", []),
        ("Xi măng PCB40.", "Chở xi măng loại PCB 40.", []),
        ("Họp ngày 30/5/2026.", "Họp lúc 19 giờ, Thứ Bảy.", []),
        ("BSCKII Lường Văn Mẫu.", "Bác sĩ chuyên khoa II Lường Văn Mẫu.", []),
        ("Trạm bơm 2.340 kW.", "Tổng công suất 2,34 MW.", []),
        ("Giá 0,98 USD.", "Giá 0,98 đô la Mỹ.", []),
    ],
)
def test_short_forms_openers_and_what_a_syllable_tells_apart(source: str, answer: str, lost: list[str]) -> None:
    case = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", source),))
    result = grounded_names(case, Assertion("grounded-names"))
    assert [one.seen for one in result.findings if one.level is Level.ESSENTIAL] == lost


def test_a_name_that_is_lost_twice_is_told_once_with_both_places() -> None:
    answer = "Sở Nội vụ thông báo. Sở Nội vụ mời xã Gio Hải."
    case = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", SOURCE),))
    result = grounded_names(case, Assertion("grounded-names"))
    [one] = result.findings
    assert [answer[span.start : span.end] for span in one.spans] == ["Sở Nội vụ"] * 2
    assert result.score == pytest.approx(1 / 3)
