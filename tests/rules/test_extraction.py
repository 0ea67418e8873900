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
        ("Luật Tổ chức chính quyền địa phương", True, None),
        ("Kế hoạch số 186/KH-UBND ngày 20/8/2026", True, 5),
        ("Công văn số 07/SNV-VP", True, None),
    ]


def test_two_versions_clause_by_clause() -> None:
    old = ("Điều 1. Phạm vi", "1. Áp dụng cho toàn xã.", "2. Thời gian họp là 60 phút.", "Điều 2. Hiệu lực từ ngày ký.")
    new = (*old[:2], "2. Thời gian họp là 90 phút.", "3. Ghi âm được lưu 12 tháng.", old[3])
    found = versions(blocks(*old), blocks(*new))
    assert [(one.kind, one.label) for one in found] == [
        ("same", "Điều 1"),
        ("same", "Điều 1, 1"),
        ("changed", "Điều 1, 2"),
        ("added", "Điều 1, 3"),
        ("same", "Điều 2"),
    ]
    assert ("-", "60") in [(op, text.strip()) for op, text in found[2].runs]


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
