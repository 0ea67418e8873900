"""What rules read out of a document, on invented paragraphs in the usual wordings."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from service.extraction import assignments, bases, key_sentences, salience, timeline, versions
from service.records import Assignment, Block, Passage


def blocks(*lines: str) -> list[Block]:
    return [Block(line, f"p{n}") for n, line in enumerate(lines)]


def test_a_task_with_all_it_says() -> None:
    text = (
        "2. Giao Phòng Kinh tế chủ trì, phối hợp với Trưởng các thôn xây dựng kế hoạch tiêm phòng, trình Ủy ban nhân "
        "dân xã trước ngày 12 tháng 11 năm 2026."
    )
    assert assignments(blocks(text)) == (
        Assignment(
            block=0,
            task="xây dựng kế hoạch tiêm phòng, trình Ủy ban nhân dân xã trước ngày 12 tháng 11 năm 2026",
            lead="Phòng Kinh tế",
            support="Trưởng các thôn",
            product="kế hoạch tiêm phòng",
            deadline="trước ngày 12 tháng 11 năm 2026",
        ),
    )


def test_a_task_in_other_wordings() -> None:
    found = assignments(
        blocks(
            "Đề nghị Ủy ban nhân dân các xã, phường bố trí người trực.",
            "- Công an xã có trách nhiệm tuần tra ban đêm.",
            "3. Trạm Y tế xã:",
            "a) Kiểm tra bếp ăn trong tuần 02.",
            "Tổ chức lớp học vào buổi tối.",
        )
    )
    assert [one.lead for one in found] == ["Ủy ban nhân dân các xã, phường", "Công an xã", "Trạm Y tế xã"]
    assert found[2].task == "Kiểm tra bếp ăn trong tuần 02"


def test_a_lead_in_gives_the_numbered_lines_below_it() -> None:
    found = assignments(
        blocks(
            "Để kịp vụ mùa, Sở Nông nghiệp đề nghị Ủy ban nhân dân các xã, phường thực hiện các nội dung sau:",
            "1. Tổ chức tiêm phòng, hoàn thành trước ngày 15 tháng 12 năm 2026.",
            "2. Lập danh sách hộ chưa tiêm.",
            "Đề nghị Ủy ban nhân dân các xã, phường quan tâm chỉ đạo thực hiện./.",
        )
    )
    assert [(one.lead, one.block) for one in found] == [("Ủy ban nhân dân các xã, phường", n) for n in (1, 2)]
    assert found[0].deadline == "hoàn thành trước ngày 15 tháng 12 năm 2026"


def leads(*lines: str) -> list[tuple[str, str]]:
    return [(one.lead, one.task) for one in assignments(blocks(*lines))]


def test_each_line_below_an_order_names_whom_it_orders_and_all_that_it_orders() -> None:
    found = leads(
        "Để bảo đảm an toàn, Ủy ban nhân dân xã yêu cầu:",
        "1. Trưởng các thôn thông báo đến từng hộ trước ngày 17 tháng 10 năm 2026; sơ tán 147 hộ; nhà ở cao thì ở lại.",
        "2. Trạm Y tế xã chuẩn bị thuốc. Nếu có người bị nạn thì báo cáo ngay. Mưa còn kéo dài.",
    )
    assert found == [
        ("Trưởng các thôn", "thông báo đến từng hộ trước ngày 17 tháng 10 năm 2026"),
        ("Trưởng các thôn", "sơ tán 147 hộ; nhà ở cao thì ở lại"),
        ("Trạm Y tế xã", "chuẩn bị thuốc"),
        ("Trạm Y tế xã", "Nếu có người bị nạn thì báo cáo ngay"),
    ]


def test_several_bodies_in_one_paragraph_below_its_label_have_a_task_each() -> None:
    given = (
        "3. Phân công: Phòng Kinh tế chủ trì cung ứng cây giống trước ngày 15 tháng 3 năm 2026; Đoàn Thanh niên huy "
        "động 50 đoàn viên; các thôn bố trí đất trồng."
    )
    assert leads("KẾ HOẠCH", "1. Mục đích: Phủ xanh đất trống.", given) == [
        ("Phòng Kinh tế", "cung ứng cây giống trước ngày 15 tháng 3 năm 2026"),
        ("Đoàn Thanh niên", "huy động 50 đoàn viên"),
        ("các thôn", "bố trí đất trồng"),
    ]
    assert leads("Kết quả phân công: Phòng Kinh tế đã làm xong; Đoàn Thanh niên đã trồng 300 cây.") == []


def test_what_others_are_helped_to_hand_in_is_no_product() -> None:
    def product(task: str) -> str:
        return assignments(blocks(f"Tổ công nghệ số có trách nhiệm {task} trước ngày 30/6/2026."))[0].product

    assert product("hướng dẫn 300 người dân nộp hồ sơ trực tuyến") == ""
    assert product("hướng dẫn và lập danh sách hộ") == "danh sách hộ"
    assert product("hỗ trợ người dân, lập danh sách hộ") == "danh sách hộ"


def test_a_line_numbered_as_the_one_that_leads_is_none_of_its_own() -> None:
    found = leads(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Kinh tế:",
        "a) Mua thuốc; cử người trực.",
        "2. Đài Truyền thanh xã phát lịch tiêm.",
        "VI. KẾT QUẢ",
        "1. Phòng Kinh tế mua thuốc.",
    )
    assert [lead for lead, _ in found] == ["Phòng Kinh tế", "Phòng Kinh tế", "Đài Truyền thanh xã"]


def test_a_line_that_ends_in_its_duties_leads_to_the_points_below_it() -> None:
    found = leads(
        "Điều 6. Trách nhiệm của cơ quan, tổ chức, cá nhân đối với công tác thư viện",
        "1. Người đứng đầu cơ quan, tổ chức, trong phạm vi quyền hạn được giao có trách nhiệm chỉ đạo đúng quy định.",
        "2. Cá nhân trong quá trình theo dõi, giải quyết công việc phải thực hiện đúng quy định.",
        "3. Văn thư cơ quan có nhiệm vụ",
        "a) Tiếp nhận, đăng ký văn bản đến.",
        "b) Quản lý Sổ đăng ký.",
        "4. Các bộ, cơ quan ngang bộ trong phạm vi quyền hạn của mình có trách nhiệm:",
        "a) Tổ chức tập huấn.",
        "Điều 7. Khi mượn sách, người mượn có trách nhiệm sau đây:",
        "1. Giữ sách sạch.",
    )
    assert found == [
        ("Người đứng đầu cơ quan, tổ chức", "chỉ đạo đúng quy định"),
        ("Cá nhân", "thực hiện đúng quy định"),
        ("Văn thư cơ quan", "Tiếp nhận, đăng ký văn bản đến"),
        ("Văn thư cơ quan", "Quản lý Sổ đăng ký"),
        ("Các bộ, cơ quan ngang bộ", "Tổ chức tập huấn"),
        ("người mượn", "Giữ sách sạch"),
    ]


def test_a_body_that_is_named_by_what_it_does_keeps_that() -> None:
    found = leads(
        "Cơ quan tổ chức lập quy hoạch có trách nhiệm lấy ý kiến.",
        "Đơn vị chuẩn bị gửi tài liệu trước ngày 20 tháng 7 năm 2026.",
    )
    assert [lead for lead, _ in found] == ["Cơ quan tổ chức lập quy hoạch", "Đơn vị chuẩn bị"]


def test_a_heading_that_names_its_bodies_leads_however_many() -> None:
    bodies = "Hội đồng nhân dân, Ủy ban nhân dân các xã, phường, đặc khu"
    assert leads(f"4. Trách nhiệm của {bodies}", "a) Bố trí kinh phí.") == [(bodies, "Bố trí kinh phí")]


def test_a_heading_of_two_bodies_leads_until_a_line_names_another() -> None:
    found = leads(
        "3. Trách nhiệm của đơn vị và cá nhân trong cơ quan, tổ chức",
        "a) Người đứng đầu đơn vị chịu trách nhiệm trước Chủ tịch về việc lập hồ sơ.",
        "b) Lập hồ sơ về công việc.",
        "c) Công chức, viên chức và người lao động trước khi nghỉ hưu phải bàn giao hồ sơ.",
        "d) Đơn vị và cá nhân có trách nhiệm nộp lưu hồ sơ.",
    )
    assert found == [
        ("Người đứng đầu đơn vị", "chịu trách nhiệm trước Chủ tịch về việc lập hồ sơ"),
        ("đơn vị và cá nhân", "Lập hồ sơ về công việc"),
        ("Công chức, viên chức và người lao động", "bàn giao hồ sơ"),
        ("Đơn vị và cá nhân", "nộp lưu hồ sơ"),
    ]


def test_an_order_with_a_deadline_needs_no_list_and_a_report_gives_none() -> None:
    found = leads(
        "Các thôn gửi số liệu về Phòng Kinh tế trước ngày 20 tháng 7 năm 2026.",
        "Phòng Kinh tế đã gửi số liệu trước ngày 20 tháng 7 năm 2026.",
        "Trong năm, xã đã rà soát hồ sơ; giao Trung tâm Phục vụ hành chính công trình ký trực tiếp.",
        "Ủy ban nhân dân xã trân trọng kính mời:",
        "- Trưởng các thôn.",
        "Thông tin công dân được tiếp cận:",
        "1. Thông tin về quy hoạch.",
    )
    assert found == [("Các thôn", "gửi số liệu về Phòng Kinh tế trước ngày 20 tháng 7 năm 2026")]


def test_a_body_ends_where_its_task_begins() -> None:
    found = assignments(
        blocks(
            "1. Đề nghị Ủy ban nhân dân tỉnh hỗ trợ 2.900 triệu đồng.",
            "Giao Phòng Kinh tế, Hạ tầng và Đô thị phường theo dõi việc sửa đèn.",
            "Đề nghị bà T.T.B bổ sung giấy tờ.",
            "2. Trạm Y tế xã phối hợp xử lý rác thải trước ngày 05 tháng 6 năm 2026 để báo cáo.",
        )
    )
    assert [(one.lead, one.task.split()[0]) for one in found] == [
        ("Ủy ban nhân dân tỉnh", "hỗ"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị phường", "theo"),
        ("bà T.T.B", "bổ"),
        ("Trạm Y tế xã", "phối"),
    ]
    assert (found[3].support, found[3].deadline) == ("", "trước ngày 05 tháng 6 năm 2026")


def test_a_table_of_costs_is_none_of_tasks() -> None:
    rows = ("TT | Nội dung | Đơn vị tính | Ngày công | Thành tiền (đồng)", "1 | Vắc xin | liều | 5 | 17.280.000")
    assert assignments([Block(row, f"t1r{n}", "row") for n, row in enumerate(rows, 1)]) == ()


def test_a_table_of_tasks() -> None:
    head = "TT | Nội dung | Chủ trì | Phối hợp | Sản phẩm | Thời hạn"
    rows = (head, "1 | Mua máy | Phòng Kinh tế | | Biên bản | 10/3/2026")
    found = assignments([Block(row, f"t1r{n}", "row") for n, row in enumerate(rows, 1)])
    assert found == (Assignment(1, "Mua máy", "Phòng Kinh tế", "", "Biên bản", "10/3/2026"),)


def test_a_timeline_without_the_dates_of_cited_documents() -> None:
    found = timeline(
        blocks(
            "Đông Mai, ngày 09 tháng 11 năm 2026",
            "Thực hiện Kế hoạch số 186/KH-UBND ngày 20 tháng 8 năm 2026, tiêm xong trước ngày 15 tháng 12.",
            "Sơ kết vào ngày 01 tháng 12 năm 2026.",
        )
    )
    assert [(one.key, one.deadline, one.assumed, one.block) for one in found] == [
        ("2026-12-01", False, False, 2),
        ("2026-12-15", True, True, 1),
    ]
    span = timeline(blocks("Phát thanh từ ngày 13 đến ngày 26 tháng 11 năm 2026."))
    assert [one.date for one in span] == ["ngày 13 tháng 11 năm 2026", "ngày 26 tháng 11 năm 2026"]


def test_a_year_left_out_is_told() -> None:
    found = timeline(
        blocks(
            "Đông Mai, ngày 09 tháng 11 năm 2026",
            "Mưa kéo dài trong tháng 10; họp giao ban quý IV.",
            "Thi công từ tháng 4 đến tháng 8 năm 2027, nghỉ từ tháng 11 đến tháng 02 năm 2028.",
        )
    )
    assert [(one.date, one.assumed) for one in found] == [
        ("tháng 10 năm 2026", True),
        ("quý IV năm 2026", True),
        ("tháng 4 năm 2027", False),
        ("tháng 8 năm 2027", False),
        ("tháng 11 năm 2027", False),
        ("tháng 02 năm 2028", False),
    ]


def test_what_comes_round_every_year_is_no_milestone_and_what_figures_stand_at_no_deadline() -> None:
    found = timeline(
        blocks(
            "Đông Mai, ngày 09 tháng 11 năm 2026",
            "Công khai trước ngày 31 tháng 12 hằng năm. Mỗi năm khảo sát một lần vào tháng 3.",
            "Kết quả đến hết ngày 05 tháng 11 năm 2026 như sau:",
            "Đến hết ngày 06 tháng 11 năm 2026, xã đã tiêm 61%.",
            "Hồ sơ quá hạn giảm trong quý III năm 2026.",
            "Tiêm đến hết ngày 07 tháng 11 năm 2026.",
        )
    )
    assert [(one.key, one.deadline) for one in found] == [
        ("2026-09-32", False),
        ("2026-11-05", False),
        ("2026-11-06", False),
        ("2026-11-07", True),
    ]


def test_a_column_of_deadlines_makes_its_dates_deadlines() -> None:
    rows = ("TT | Công việc | Ngày nhận | Thời hạn", "1 | Mua máy | 01/3/2026 | 10/3/2026")
    found = timeline([Block(row, f"t1r{n}", "row") for n, row in enumerate(rows, 1)])
    assert [(one.date, one.deadline) for one in found] == [("01/3/2026", False), ("10/3/2026", True)]


def test_a_document_cited_keeps_its_kind_and_its_date() -> None:
    found = bases(
        blocks(
            "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ "
            "chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
            "Theo Luật Đất đai năm 2024, Phương án số 02/PA-UBND ngày 28 tháng 8 năm 2026 và Báo cáo thẩm tra số "
            "37/BC-VHXH, hộ đủ điều kiện theo Luật Đất đai.",
        )
    )
    assert sorted(one.name for one in found) == [
        "Báo cáo thẩm tra số 37/BC-VHXH",
        "Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015",
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 "
        "tháng 11 năm 2019",
        "Luật Đất đai năm 2024",
        "Phương án số 02/PA-UBND ngày 28 tháng 8 năm 2026",
    ]


def test_documents_cited_and_whether_they_are_at_hand() -> None:
    found = bases(
        blocks(
            "Số: 12/BC-UBND",
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Thực hiện Kế hoạch số 186/KH-UBND ngày 20/8/2026 và Công văn số 07/SNV-VP.",
        ),
        {"186/kh-ubnd": 5},
    )
    assert [(one.name, one.ground, one.document) for one in found] == [
        ("Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", True, None),
        ("Kế hoạch số 186/KH-UBND ngày 20/8/2026", True, 5),
        ("Công văn số 07/SNV-VP", True, None),
    ]


def test_a_document_is_none_of_its_own_bases_however_its_number_is_spelled() -> None:
    found = bases(
        blocks(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Luật Về việc quy định quyền hội họp số 101-SL/L003",
            "LUẬT",
            "QUY ĐỊNH QUYỀN HỘI HỌP",
            "Căn cứ Luật Đất đai năm 2024 và Quyết định số 12-QĐ/UB;",
            "Quốc hội ban hành Luật quy định quyền hội họp số 101/SL-L-003.",
            "Luật Này thay Quyết định số 12/QĐ-UB. Các luật khác: Luật Số 5.",
        )
    )
    assert [one.name for one in found] == ["Quyết định số 12-QĐ/UB", "Luật Đất đai năm 2024"]


def test_the_law_that_a_title_names_is_the_document_s_own() -> None:
    head = ("QUỐC HỘI", "Luật số: 104/2016/QH13", "LUẬT", "TIẾP CẬN THÔNG TIN", "Căn cứ Hiến pháp năm 2013;")
    body = "Quốc hội ban hành Luật Tiếp cận thông tin. Luật Đất đai được sửa theo Luật số 104/2016/QH13."
    assert [one.name for one in bases(blocks("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *head, body))] == ["Luật Đất đai"]


def test_a_law_s_name_goes_on_over_a_comma_and_the_word_so() -> None:
    text = "Căn cứ Luật Phòng, chống thiên tai, Luật Tần số vô tuyến điện năm 2009 và Luật Khám bệnh, chữa bệnh;"
    assert [one.name for one in bases(blocks(text))] == [
        "Luật Phòng, chống thiên tai",
        "Luật Tần số vô tuyến điện năm 2009",
        "Luật Khám bệnh, chữa bệnh",
    ]


def test_two_versions_clause_by_clause() -> None:
    old = ("Điều 1. Phạm vi", "1. Áp dụng cho toàn xã.", "2. Thời gian họp là 60 phút.", "Điều 2. Hiệu lực từ ngày ký.")
    new = (*old[:2], "2. Thời gian họp là 90 phút.", "3. Ghi âm được lưu 12 tháng.", old[3])
    found = versions(blocks(*old), blocks(*new))
    assert [(one.kind, one.label) for one in found] == [
        ("same", "Điều 1"),
        ("same", "khoản 1 Điều 1"),
        ("changed", "khoản 2 Điều 1"),
        ("added", "khoản 3 Điều 1"),
        ("same", "Điều 2"),
    ]
    assert ("-", "60") in [(op, text.strip()) for op, text in found[2].runs]


def test_an_article_that_moved_is_not_taken_for_the_one_in_its_place() -> None:
    old = ("Điều 4. Hiệu lực", "Quy chế có hiệu lực từ ngày ký.", "Nơi nhận:", "- Như Điều 4;")
    new = ("Điều 4. Trang phục", "Mặc áo có cổ.", "Điều 5. Hiệu lực", old[1], old[2], "- Như Điều 5;")
    assert [(one.kind, one.label) for one in versions(blocks(*old), blocks(*new))] == [
        ("added", "Điều 4"),
        ("added", "đoạn thuộc Điều 4"),
        ("changed", "Điều 4 cũ → Điều 5"),
        ("same", "đoạn thuộc Điều 5"),
        ("same", ""),
        ("changed", ""),
    ]


def test_a_clause_is_named_as_it_is_cited() -> None:
    lines = ("I. PHẠM VI", "1. Họp ở xã.", "c) Họp ở thôn.", "Điều 2", "Họp vào thứ Hai.")
    found = versions(blocks(*lines), blocks(*lines))
    assert [one.label for one in found] == [
        "mục I",
        "khoản 1 mục I",
        "điểm c khoản 1 mục I",
        "Điều 2",
        "đoạn thuộc Điều 2",
    ]


def test_a_title_a_place_and_the_recipients_are_no_points_of_a_summary() -> None:
    text = (
        "Hà Nội, ngày 05 tháng 3 năm 2020\nĐiều 1. Phạm vi điều chỉnh\n"
        "Điều 2. Giao Phòng Kinh tế chủ trì việc tiêm phòng.\nNơi nhận:\n- Thời gian ký: 2026.08.14 08:30:15;"
    )
    below = Passage(2, 1, "", 1, "- Văn phòng Tổng Bí thư;\n- Lưu: VT.", "Nơi nhận", 0, 0)
    found = key_sentences([Passage(1, 1, "", 0, text, "Điều 1 – Điều 2", 0, 0), below], 200)
    assert [one for one, _ in found] == ["Điều 2. Giao Phòng Kinh tế chủ trì việc tiêm phòng."]


def test_figures_and_deadlines_come_before_talk() -> None:
    talk, deed = "Các thôn tiếp tục quan tâm việc này ở cơ sở.", "Nộp 12 triệu đồng trước ngày 05 tháng 6 năm 2026."
    assert salience(deed) > salience(talk) > salience("II. MỤC TIÊU") == salience("Căn cứ Luật Đất đai năm 2024;") == 0
    passage = Passage(1, 1, "", 0, f"{talk} {deed}", "", 0, 0)
    assert [text for text, _ in key_sentences([passage], 15)] == [deed]


def test_the_best_of_each_section_comes_before_a_second_of_another() -> None:
    money = "Phê duyệt kinh phí 12 triệu đồng trước ngày 05 tháng 6 năm 2026."
    more = "Chi thêm kinh phí 3 triệu đồng cho việc này trong năm."
    care = "Đợt khám bắt đầu từ ngày 07 tháng 6 năm 2026."
    parts = (("I. KINH PHÍ › khoản 1", f"{money} {more}"), ("II. Y TẾ", care))
    passages = [Passage(n, 1, "", n, text, heading, 0, 0) for n, (heading, text) in enumerate(parts)]
    assert [text for text, _ in key_sentences(passages, 24)] == [money, care]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="Giao Phòng chủ trì,.:|0123456789/ngày năm\n", max_size=80), max_size=6))
def test_any_text_is_read(lines: list[str]) -> None:
    found = blocks(*lines)
    assert all(0 <= one.block < len(found) for one in (*assignments(found), *timeline(found), *bases(found)))
    changes = versions(found, found)
    assert {one.kind for one in changes} <= {"same"}
