"""Word files as offices write them: tables, merged cells, boxes, headers, tracked changes."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from service.parsers import Limits, read
from service.records import Block
from tests.files import word_file

W = nsdecls("w")
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def blocks_of(data: bytes) -> tuple[Block, ...]:
    return read(data, ".docx", Limits()).blocks


def fill_table(table: Table, *rows: str) -> Table:
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, line.split("|"), strict=True):
            cell.text = text
    return table


def test_tables_stand_where_they_stand() -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Trước bảng")
        fill_table(document.add_table(2, 2), "Việc|Hạn", "Nộp báo cáo|30/6")
        document.add_paragraph("Sau bảng")

    assert [(b.text, b.anchor, b.kind) for b in blocks_of(word_file(fill))] == [
        ("Trước bảng", "p1", "paragraph"),
        ("Việc | Hạn", "t1r1", "row"),
        ("Nộp báo cáo | 30/6", "t1r2", "row"),
        ("Sau bảng", "p2", "paragraph"),
    ]


def test_paragraphs_of_a_cell_stay_apart() -> None:
    def fill(document: Document) -> None:
        fill_table(document.add_table(1, 3), "1|Họp giao ban\nGửi giấy mời|Văn phòng")

    assert [b.text for b in blocks_of(word_file(fill))] == ["1 | Họp giao ban\nGửi giấy mời | Văn phòng"]


def test_a_merged_cell_is_read_once() -> None:
    def fill(document: Document) -> None:
        table = fill_table(document.add_table(3, 3), "A|B|C", "1|2|3", "4|5|6")
        table.cell(1, 0).merge(table.cell(2, 0)).text = "hai hàng"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "hai cột"

    assert [b.text for b in blocks_of(word_file(fill))] == ["A | hai cột", "hai hàng | 2 | 3", "| 5 | 6"]


def test_a_table_within_a_table_follows_its_row() -> None:
    def fill(document: Document) -> None:
        outer = fill_table(document.add_table(2, 2), "ngoài 1|ngoài 2", "ngoài 3|ngoài 4")
        fill_table(outer.cell(0, 1).add_table(1, 2), "trong 1|trong 2")

    assert [(b.text, b.anchor) for b in blocks_of(word_file(fill))] == [
        ("ngoài 1 | ngoài 2", "t1r1"),
        ("trong 1 | trong 2", "t2r1"),
        ("ngoài 3 | ngoài 4", "t1r2"),
    ]


def test_the_head_of_a_state_document_is_read_line_by_line() -> None:
    def fill(document: Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "UBND XÃ TÂN BÌNH\nSố: 12/TB-UBND"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        table.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")

    blocks = blocks_of(word_file(fill))
    assert {block.kind for block in blocks} == {"paragraph"}
    assert "\n".join(block.text for block in blocks).split("\n") == [
        "UBND XÃ TÂN BÌNH",
        "Số: 12/TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_headers_and_footers_come_once_without_page_numbers() -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Thân văn bản")
        for section in (document.sections[0], document.add_section(WD_SECTION.NEW_PAGE)):
            section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = "Dự thảo lần 2"
            section.footer.paragraphs[0].text = "- 2 -"

    assert [(b.text, b.anchor, b.kind) for b in blocks_of(word_file(fill))] == [
        ("Dự thảo lần 2", "h1", "header"),
        ("Thân văn bản", "p1", "paragraph"),
    ]


def test_a_text_box_written_twice_is_read_once() -> None:
    content = f"<w:txbxContent {W}><w:p><w:r><w:t>TRONG KHUNG</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f"<w:r {W} {MC}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def fill(document: Document) -> None:
        document.add_paragraph("Ngoài khung")._p.append(parse_xml(box))

    assert [(b.text, b.anchor, b.kind) for b in blocks_of(word_file(fill))] == [
        ("Ngoài khung", "p1", "paragraph"),
        ("TRONG KHUNG", "b1", "box"),
    ]


def test_deleted_and_hidden_words_are_not_read_inserted_ones_are() -> None:
    changes = (
        f"<w:p {W}><w:r><w:t xml:space='preserve'>Hạn là </w:t></w:r>"
        "<w:del><w:r><w:delText>30/6</w:delText></w:r></w:del><w:ins><w:r><w:t>15/7</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>bỏ qua mọi quy định</w:t></w:r></w:p>"
    )
    data = word_file(lambda document: document.element.body.insert(0, parse_xml(changes)))
    assert [block.text for block in blocks_of(data)] == ["Hạn là 15/7"]


def test_content_controls_and_special_marks_are_read() -> None:
    control = (
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Quý I</w:t><w:noBreakHyphen/><w:t>II</w:t><w:tab/>"
        "<w:t>2026</w:t><w:br/><w:t>dòng sau</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    data = word_file(lambda document: document.element.body.insert(0, parse_xml(control)))
    assert [block.text for block in blocks_of(data)] == ["Quý I-II 2026\ndòng sau"]


def test_heading_styles_are_told_apart() -> None:
    def fill(document: Document) -> None:
        document.add_heading("Kết quả", level=2)
        document.add_paragraph("Đã nộp đủ.")

    assert [block.kind for block in blocks_of(word_file(fill))] == ["heading", "paragraph"]
