"""grounded-numbers, keeps-numbers and the tick list: every figure of an answer is traced to a passage."""

from __future__ import annotations

from datetime import date

import pytest

from service.checks.grounding import details, grounded_numbers, keeps_numbers, trace
from service.records import Assertion, Case, Level, Passage, SourceText
from tests.rules.making import PASSAGES, SOURCE, case, seen
from tests.rules.making_exercises import exercise

GROUNDED = Assertion("grounded-numbers")


@pytest.mark.parametrize(
    "answer",
    [
        "Đạt 61,4% tổng đàn; hạn ngày 15/12/2026.",
        "Nộp trước 17h ngày 20 tháng 12.",
        "Kinh phí 1.500.000 đồng mỗi thôn.",
        "Kinh phí 1.500.000đ, theo Kế hoạch 186/KH-UBND.",
        "Có 9 xã dưới 40%, số liệu đến 05/11/2026.",
        "Theo Công văn số 1284 ngày 9 tháng 11 năm 2026.",
        "1. Tiêm đạt 80% [2].\n2. Báo cáo trước ngày 20/12 [4].",
        "Trong năm 2026, hoàn thành trong tháng 12.",
        "Kinh phí [cần bổ sung số 77], đạt 80%.",
    ],
)
def test_what_the_source_says_in_other_words_is_found(answer: str) -> None:
    result = grounded_numbers(case(answer), GROUNDED)
    assert result.passed is True
    assert result.score == 1.0
    assert [one.level for one in result.findings] == [Level.CELEBRATORY]


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("Báo cáo kết quả về Sở trước ngày 25 tháng 12 năm 2026.", "ngày 25 tháng 12 năm 2026"),
        ("Hiện xã mới đạt 38%.", "38%"),
        ("Theo Kế hoạch số 168/KH-UBND.", "168/KH-UBND"),
        ("Kinh phí 15 triệu đồng.", "15 triệu đồng"),
        ("Nộp trước 16 giờ.", "16 giờ"),
        ("Căn cứ Điều 8 của Quy chế.", "Điều 8"),
        ("Nộp ngày 20 tháng 12 năm 2027.", "ngày 20 tháng 12 năm 2027"),
        ("Liên hệ 0912 345 678.", "0912 345 678"),
        ("Toàn tỉnh còn 38 xã.", "38"),
    ],
)
def test_what_the_source_does_not_say_is_one_finding_with_its_span(answer: str, wrong: str) -> None:
    result = grounded_numbers(case(answer), GROUNDED)
    assert result.passed is False
    assert seen(result, answer) == [wrong]
    assert result.findings[0].level is Level.ESSENTIAL
    assert wrong in result.findings[0].title
    assert result.findings[0].insert


def test_a_wrong_deadline_is_told_with_what_the_source_says() -> None:
    finding = grounded_numbers(
        case("Báo cáo kết quả về Sở trước 17 giờ ngày 25 tháng 12 năm 2026."), GROUNDED
    ).findings[0]
    assert "«ngày 20 tháng 12 năm 2026»" in finding.why
    assert "chênh nhau 5 ngày" in finding.why
    assert finding.expected == "ngày 20 tháng 12 năm 2026"
    assert finding.passages == (4,)
    assert "không khớp nguồn" in finding.title


def test_a_repeated_figure_is_one_finding_with_all_its_spans() -> None:
    answer = "Đạt 38% và vẫn 38%."
    result = grounded_numbers(case(answer), GROUNDED)
    assert len(result.findings) == 1
    assert seen(result, answer) == ["38%", "38%"]


def test_a_small_count_is_to_be_looked_at_but_does_not_fail() -> None:
    result = grounded_numbers(case("Có 3 việc phải làm, đạt 80%."), GROUNDED)
    assert result.passed is True
    assert [one.level for one in result.findings] == [Level.ACTIONABLE]


def test_number_words_are_for_information_only() -> None:
    result = grounded_numbers(case("Có hai mươi lăm hộ, đạt 80%."), GROUNDED)
    assert result.passed is True
    assert [one.level for one in result.findings] == [Level.INFORMATIVE]
    assert result.score == 1.0


def test_the_prompt_is_a_source_too_even_without_marks() -> None:
    answer = "Họp lúc 14 giờ 30 ngày 05 tháng 10 năm 2026."
    assert grounded_numbers(case(answer), GROUNDED).passed is False
    assert grounded_numbers(case(answer, "soan giay moi hop 14h30 ngay 5/10/2026"), GROUNDED).passed is True


def test_allowed_texts_and_today_are_accepted() -> None:
    answer = "Quảng Trị, ngày 23 tháng 11 năm 2026. Căn cứ Nghị định số 30/2020/NĐ-CP."
    assert len(seen(grounded_numbers(case(answer), GROUNDED), answer)) == 2
    allowing = Assertion("grounded-numbers", options={"allow": ["30/2020/NĐ-CP"]})
    assert grounded_numbers(case(answer, today=date(2026, 11, 23)), allowing).passed is True


def test_an_answer_may_point_at_its_own_articles() -> None:
    draft = "Điều 1. Thành lập Tổ công tác.\nĐiều 2. Các ông có tên tại Điều 1 thi hành."
    assert grounded_numbers(case(draft), GROUNDED).passed is True


def test_articles_and_clauses_of_a_source_may_be_named() -> None:
    law = SourceText(1, "Quy chế", "Điều 12. Hồ sơ\n1. Đơn đề nghị.\n2. Bản sao giấy tờ.\nĐiều 13. Hiệu lực")
    ask = case("Theo khoản 2 Điều 12.", sources=(law,), passages=())
    assert grounded_numbers(ask, GROUNDED).passed is True
    wrong = "Theo khoản 5 Điều 21."
    result = grounded_numbers(case(wrong, sources=(law,), passages=()), GROUNDED)
    assert seen(result, wrong) == ["khoản 5", "Điều 21"]


def test_amounts_of_a_table_in_millions() -> None:
    table = SourceText(1, "Phụ lục", "Đơn vị tính: triệu đồng\nXã A: 1.250\nXã B: 300,5")
    answer = "Xã A được 1.250 triệu đồng, xã B 300,5 triệu đồng."
    assert grounded_numbers(case(answer, sources=(table,), passages=()), GROUNDED).passed is True


def test_a_range_takes_its_month_from_the_end() -> None:
    source = SourceText(1, "Kế hoạch", "Thực hiện từ ngày 05 đến ngày 12 tháng 10 năm 2026, giao 20-30% số hộ.")
    answer = "Bắt đầu ngày 05/10/2026, mức thấp nhất 20%."
    assert grounded_numbers(case(answer, sources=(source,), passages=()), GROUNDED).passed is True


def test_without_any_figure_there_is_nothing_to_judge() -> None:
    assert grounded_numbers(case("Sở đề nghị xã báo cáo kịp thời."), GROUNDED).passed is None


def test_the_tick_list_has_every_figure_once_with_its_passage() -> None:
    answer = "Tiêm đạt 80% [2], nhắc lại 80%.\nNộp ngày 25 tháng 12."
    found = details(answer, (SourceText(1, "CV", SOURCE),), PASSAGES, "")
    assert [(one.key, one.found, one.passage) for one in found] == [
        ("percent:80", True, 2),
        ("date:--12-25", False, None),
    ]
    assert found[1].where == "«Nộp ngày 25 tháng 12», dòng 2"


def test_trace_keeps_the_order_of_the_answer() -> None:
    traced = trace("ngày 20/12, 80%, 61,4%", (), PASSAGES, "")
    assert [one.passage for one in traced] == [4, 2, 1]


def test_of_several_passages_with_the_figure_the_one_that_speaks_of_it_is_named() -> None:
    texts = (
        "Họp giao ban ngày 03 tháng 11.",
        "Có 09 thôn trong xã.",
        "Xã giao 03 trường học và 9 đơn vị cùng dọn vệ sinh.",
    )
    passages = [Passage(n, 1, "KL", n, text, "", n, n) for n, text in enumerate(texts, 1)]
    assert [one.passage for one in trace("03 trường học, 9 đơn vị dọn vệ sinh", (), passages, "")] == [3, 3]
    assert [one.passage for one in trace("dọn vệ sinh ở 9 thôn", (), passages, "")] == [2]


def test_the_advice_names_the_mark_that_the_exercise_wants() -> None:
    wanted = exercise("extract", assertions=(Assertion("icontains-any", value=["[chưa nêu]", "chưa nêu"]),))
    [finding] = grounded_numbers(case("Nộp ngày 25/12.", exercise=wanted), GROUNDED).findings
    assert finding.insert.endswith("thiếu thì ghi [chưa nêu].")
    assert "[cần bổ sung]" not in finding.try_next


# ── keeps-numbers ───────────────────────────────────────────────────────────────────────────────


def test_listed_figures_must_all_survive() -> None:
    wanted = Assertion("keeps-numbers", value=["80%", "17 giờ 00 ngày 20 tháng 12 năm 2026", "từng thôn"])
    assert keeps_numbers(case("Tiêm 80% theo từng thôn, báo cáo trước 17h ngày 20/12/2026."), wanted).passed is True
    result = keeps_numbers(case("Tiêm 80% theo từng thôn."), wanted)
    assert result.passed is False
    assert result.score == pytest.approx(2 / 3)
    assert [one.title for one in result.findings] == ["Kết quả bỏ mất «17 giờ 00 ngày 20 tháng 12 năm 2026»"]
    assert result.findings[0].passages == (4,)


def test_lost_figures_are_one_finding_with_one_sentence_to_insert() -> None:
    wanted = Assertion("keeps-numbers", value=["80%", "17 giờ 00 ngày 20 tháng 12 năm 2026", "từng thôn"])
    [finding] = keeps_numbers(case("Tiêm theo từng thôn."), wanted).findings
    assert finding.title == "Kết quả bỏ mất: 80%; 17 giờ 00 ngày 20 tháng 12 năm 2026"
    assert finding.insert == "Phải nêu đủ: 80%; 17 giờ 00 ngày 20 tháng 12 năm 2026."
    assert (finding.why, finding.passages, finding.expected) == ("Những chi tiết này có trong nguồn.", (2, 4), "")


def test_many_lost_figures_are_counted_in_the_title() -> None:
    [finding] = keeps_numbers(case("Cần tiêm đủ."), Assertion("keeps-numbers")).findings
    assert finding.title == f"Kết quả bỏ mất {len(finding.expected.split('; '))} số liệu, mốc thời gian của nguồn"


def test_of_all_figures_a_share_is_enough() -> None:
    everything = Assertion("keeps-numbers", threshold=0.4)
    assert (
        keeps_numbers(case("Đạt 61,4%, cần 80% trước ngày 15/12/2026; nộp 17h ngày 20/12/2026."), everything).passed
        is True
    )
    assert keeps_numbers(case("Cần tiêm đủ."), everything).passed is False
    assert keeps_numbers(case("Cần tiêm đủ.", sourced=False), everything).passed is None


@pytest.mark.parametrize(
    ("source", "answer", "lost"),
    [
        ("Cấm xe từ 4h đến 22h.", "Đường cấm xe từ 4 giờ sáng đến 10 giờ đêm.", []),
        ("Hội vật từ 13h đến 16h.", "Buổi chiều, mời bà con xem hội vật từ 1 giờ tới 4 giờ.", []),
        ("Hội vật từ 13h đến 16h.", "Hội vật từ 1 giờ tới 4 giờ.", ["1 giờ", "4 giờ"]),
        ("Họp 7g30 đến 11g.", "Họp xong lúc 11 giờ.", []),
        ("Họp đến 11 giờ.", "Họp từ 7g00 đến 11g.", ["7g00"]),
        ("Họp đến 11 giờ.", "Dùng 11 g đường.", ["11"]),
        ("Tài khoản 5501 0003 27718.", "Chuyển vào tài khoản 5501000327718.", []),
        ("Độ ẩm 50 ± 5%.", "Độ ẩm 50% (cộng trừ 5%).", []),
        ("Giá 9.200 đồng/kg lúa tươi.", "Giá 9.200 đồng mỗi ký lúa.", []),
        ("Giá 9.200 đồng/kg lúa tươi.", "Giá 9.200 đồng/tạ lúa.", ["9.200 đồng/tạ"]),
        ("Công suất 2.340 kW.", "Công suất 2,34 MW.", []),
        ("Khẩu phần 612 kcal.", "Khẩu phần 612 cal.", ["612 cal"]),
        ("Có 62 hộ trồng.", "Có 62 người trồng.", ["62 người"]),
        ("Có 62 hộ trồng.", "62 hộ tham gia.", []),
        ("Cấp dự báo cháy rừng: IV.", "Cháy rừng cấp IV.", []),
        ("Cấp dự báo cháy rừng: IV.", "Cháy rừng cấp V.", ["V"]),
        ("Nhận 1.437 hồ sơ.", "Nhận trong tháng 1.437 hồ sơ.", []),
        ("Phí 8.200 đồng/m2/tháng.", "Mức phí: 8.200 đồng/m2/quý.", ["8.200 đồng/m2/quý"]),
        ("Học bù chiều thứ Năm.", "Học bù vào chiều thứ Ba.", ["thứ Ba"]),
        ("Học bù ngày 02/10/2025.", "Học bù vào thứ Năm, ngày 02/10/2025.", []),
        ("Đợt 7 lấy mẫu.", "Đợt quan trắc thứ 7 lấy mẫu.", []),
        ("Duy trì 2 chốt.", "Đề nghị xã: 1. Duy trì 2 chốt. 3. Thống kê.", []),
        ("Nấu ăn.", "Quy trình trong ngày\n1. Nấu ăn.", []),
        ("Chùa nhận quà rằm tháng Bảy.", "Chùa nhận quà vào rằm tháng 7.", []),
        ("Chùa nhận quà rằm tháng Bảy.", "Chùa nhận quà vào rằm tháng 8.", ["rằm tháng 8"]),
        ("Tòa khu vực 4 mời họp.", "Tòa khu vực 4 triệu tập họp.", []),
        ("thang 9 tram tiem 96 tre, y si Rơ Châm Lan ky", "Tháng 9, trạm tiêm cho 96 trẻ.", []),
        ("thang 9 tram tiem 96 tre, y si Rơ Châm Lan ky", "Tháng 8, trạm tiêm cho 96 trẻ.", ["Tháng 8"]),
        ("tien xe 1tr8 nha", "Tiền xe là 1.800.000 đồng.", []),
        ("Tiền xe 1,8 triệu đồng.", "Tiền xe 1 triệu 8.", []),
        ("Tiền ăn 50.000 đồng/người.", "Tiền ăn 50k một người.", []),
        ("Mua 12,5 tấn lúa.", "Mua 12 tấn rưỡi lúa.", []),
        ("Mua 12 tấn lúa.", "Mua 12 tấn rưỡi lúa.", ["12"]),
        ("Bảng lương (nghìn đồng): thợ hàn 9.870.", "Thợ hàn lãnh 9.870.000 đồng.", []),
        ("Lương 7–9 triệu đồng.", "Lương từ 7.000.000 đến 9.000.000 đồng.", []),
        ("Lề 30-35 mm.", "Lề từ 3 đến 3,5 cm.", []),
        ("Đường huyết 6,2 mmol/l.", "Đường huyết 6,2 g/l.", ["6,2 g/l"]),
        ("Quét tài liệu 1.000 đ/trang.", "Quét tài liệu 1.000 đồng/cuốn.", ["1.000 đồng/cuốn"]),
        ("Vượt báo động II.", "Nước vượt báo động III.", ["III"]),
        ("Vượt báo động II.", "Nước vượt báo động 2.", []),
        ("(1) lún 4 m; (2) nứt; (3) hở.", "Lún 2 m.", ["2"]),
        ("Điện thoại 0225 388 1416.", "Gọi (0225) 3881416.", []),
        ("Công văn số 1452/SGDĐT-GDTrH.", "Theo công văn 1452/SGDĐT.", []),
        ("Sửa đường.", "Nổi bật\n1/ Sửa đường\n2/ Trồng cây", []),
    ],
)
def test_times_rates_and_units_are_read_as_people_write_them(source: str, answer: str, lost: list[str]) -> None:
    asked = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", source),))
    assert seen(grounded_numbers(asked, GROUNDED), answer) == lost


@pytest.mark.parametrize(
    ("source", "answer", "lost"),
    [
        ("Tổng thu 154,6 tỷ đồng.", "Thu được gần 155 tỷ.", []),
        ("Tổng thu 154,6 tỷ đồng.", "Thu được hơn 155 tỷ.", ["155 tỷ"]),
        ("Tổng 106.887.600 đ.", "Sau thuế chừng 107 triệu.", []),
        ("Đã chạy 87.300 km.", "Xe chạy hơn 87 nghìn cây số.", []),
        ("Gỗ tịch thu 22,8 m³.", "Bán gần 23 khối gỗ.", []),
        ("Gỗ tịch thu 22,8 m³.", "Bán gần 23 tấn gỗ.", ["23"]),
        ("Phá nước lúc 2 giờ 50.", "Gặp nạn lúc gần 3 giờ.", []),
        ("Phá nước lúc 2 giờ 10.", "Gặp nạn lúc gần 3 giờ.", ["3 giờ"]),
        ("Trên báo động 0,32 m.", "Vượt báo động 32 phân.", []),
        ("Cách đảo 11 hải lý.", "Cách đảo 11 km.", ["11 km"]),
        ("Giải ngân 1,94/2,5 tỷ đồng.", "Giải ngân 1,94 tỷ trong số 2,5 tỷ đồng.", []),
        ("Đạt 84%.", "Cứ 100 hồ sơ thì 84 hồ sơ nộp trực tuyến.", []),
        ("Đạt 84%.", "Cứ 100 hồ sơ thì 48 hồ sơ nộp trực tuyến.", ["100", "48"]),
        ("Thu gom thứ Hai, thứ Tư, thứ Bảy.", "Gom rác T2, T4, T7.", []),
        ("Thu gom thứ Hai, thứ Tư.", "Gom rác T2, T5.", ["T5"]),
        ("Tháng 3: 12 hồ sơ; tháng 4: 15 hồ sơ.", "T3: 12 hồ sơ, T4: 15 hồ sơ.", []),
        ("Công nghiệp đạt 12 tỷ đồng.", "Ngành CN-TTCN và Khu CN Dung Quất đạt 12 tỷ đồng.", []),
        ("Đơn vị: triệu đồng\nThu quý I: 500", "Quý I thu 500 triệu đồng.", []),
        ("Ngày 6/5/2026 giao 12/5 thay vì 9/5.", "Nhận hàng vào thứ Ba 12-5, tức sau thứ Bảy 9-5.", []),
        ("Ngày 6/5/2026 giao 12/5.", "Nhận hàng vào thứ Năm 12-5.", ["thứ Năm"]),
        ("Thu gom thứ Hai, thứ Tư, thứ Sáu.", "Đổ rác chiều các thứ 2, 4, 6.", []),
        ("Thu gom thứ Hai, thứ Tư, thứ Sáu.", "Đổ rác chiều các thứ 2, 4, 7.", ["7"]),
        ("Công tơ mét 48.215 km.", "Km lúc đi: 48 215.", []),
        ("Công tơ mét 48.215 km.", "Km lúc đi: 48 216.", ["48", "216"]),
        ("25% là nữ; trẻ em giảm một nửa.", "1/4 là nữ; trẻ em giảm 50%.", []),
        ("25% là nữ.", "1/3 là nữ.", ["1/3"]),
        ("Phun đến 18/8, bình 16 lít.", "Phun bằng bình 18 lít.", ["18"]),
        ("Bơm 1.200 m3/giờ.", "Bơm 1.200 m3/ngày.", ["1.200 m3/ngày"]),
        ("Sản lượng tăng 4,7%.", "Sản lượng tăng gần 5%.", []),
        ("Mưa 218 mm.", "Mưa trên 200 mm.", ["200"]),
        ("Hội chợ từ 18/11 đến 20/11.", "Hội chợ các ngày 18, 19, 20/11.", []),
        ("Hội chợ từ 18/11 đến 20/11.", "Hội chợ 3 ngày, từ 18 đến 20/11.", []),
        ("Hội chợ từ 18/11 đến 20/11.", "Hội chợ 4 ngày, từ 18 đến 20/11.", ["4"]),
    ],
)
def test_roundings_units_and_days_of_the_week_are_held_against_the_source(
    source: str, answer: str, lost: list[str]
) -> None:
    told = Case(prompt="", answer=answer, exercise=exercise("summarise"), sources=(SourceText(1, "", source),))
    assert seen(grounded_numbers(told, GROUNDED), answer) == lost
