"""The .docx is read back: page, type and order of Decree 30, nothing of the machine, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from hypothesis import given, settings, strategies as st

from service import docx_writer
from service.nd30.drafting import draft_from_text
from service.nd30.examine import check_text
from service.nd30.kinds import KINDS
from service.nd30.layout import LOOKS, SET_A
from service.parsers.base import Limits
from service.parsers.word import read_word
from service.records import Draft, Table
from tests.rules.nd30_samples import SAMPLES

LABEL = "bản nháp – chưa kiểm chứng"


def read(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def lines(document: Document) -> list[str]:
    """All text in reading order, cell by cell, as one string per paragraph with single spaces."""
    found: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [paragraph.text for row in block.rows for cell in row.cells for paragraph in cell.paragraphs]
    return [" ".join(line.split()) for line in found if line.strip()]


def paragraph(document: Document, style: str) -> Paragraph:
    """The first paragraph of a component, in the head, body or foot."""
    tables = [cell for table in document.tables for row in table.rows for cell in row.cells]
    everywhere = [*document.paragraphs, *(item for cell in tables for item in cell.paragraphs)]
    return next(item for item in everywhere if item.style is not None and item.style.name == style)


@pytest.fixture(params=["cong_van", "quyet_dinh", "bien_ban"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def draft(kind: str) -> Draft:
    return draft_from_text(SAMPLES[kind])


def test_the_page_is_a4_with_the_margins_of_the_decree(draft: Draft) -> None:
    section = read(docx_writer.write(draft)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]


def test_the_page_number_is_a_centred_field_in_the_head_hidden_on_page_one(draft: Draft) -> None:
    section = read(docx_writer.write(draft, label=LABEL)).sections[0]
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert number.style.font.size.pt == 14
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.first_page_header.paragraphs[0].text == LABEL
    assert not section.footer.paragraphs[0].text


def test_every_style_is_times_new_roman_and_sized_by_the_table(draft: Draft) -> None:
    document = read(docx_writer.write(draft))
    for part, look in LOOKS.items():
        style = document.styles[look.name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert (style.font.size.pt, style.font.bold, style.font.italic) == (SET_A[part], look.bold, look.italic)
    everything = zipfile.ZipFile(io.BytesIO(docx_writer.write(draft)))
    styles = everything.read("word/styles.xml").decode()
    assert "asciiTheme" not in styles
    assert set(re.findall(r'w:ascii="([^"]+)"', styles)) == {"Times New Roman"}
    assert set(re.findall(r'<w:lang w:val="([^"]+)"', styles)) == {"vi-VN"}


def test_the_head_stands_in_two_columns_with_the_number_beside_the_date(draft: Draft, kind: str) -> None:
    document = read(docx_writer.write(draft))
    head = document.tables[0]
    (left, right), (below_left, below_right) = (row.cells for row in head.rows)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in right.text
    assert "Độc lập - Tự do - Hạnh phúc" in right.text
    assert " ".join(left.text.split()) == f"{draft.superior} {draft.issuer}".strip()
    assert below_left.text.startswith("Số:")
    assert (kind == "bien_ban") != ("ngày" in below_right.text)
    assert not head._tbl.tblPr.findall(qn("w:tblBorders"))
    assert len(left._tc.findall(f".//{qn('w:pBdr')}")) == len(right._tc.findall(f".//{qn('w:pBdr')}")) == 1


def test_the_superior_is_not_bold_and_the_issuer_is() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["cong_van"])))
    assert paragraph(document, "Cơ quan chủ quản").text == "UBND TỈNH QUẢNG TRỊ"
    assert paragraph(document, "Cơ quan chủ quản").style.font.bold is False
    assert paragraph(document, "Cơ quan ban hành").style.font.bold is True


def test_a_cong_van_has_its_subject_under_the_number_and_no_title() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["cong_van"])))
    cell = document.tables[0].rows[1].cells[0]
    assert [item.style.name for item in cell.paragraphs] == ["Số, ký hiệu", "Trích yếu công văn"]
    assert cell.paragraphs[1].text.startswith("V/v đôn đốc")
    assert "CÔNG VĂN" not in "\n".join(lines(document))
    dashes = [item for item in document.paragraphs if item.style.name == "Nơi gửi"]
    assert [item.text[-1] for item in dashes] == [";", "."]
    assert len({item.paragraph_format.left_indent for item in dashes}) == 1


def test_the_body_of_a_quyet_dinh_is_set_by_what_its_lines_are() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["quyet_dinh"])))
    styles = [item.style.name for item in document.paragraphs if item.text]
    assert styles == [
        "Tên loại", "Trích yếu", "Thẩm quyền ban hành", "Căn cứ", "Căn cứ", "Căn cứ", "Lệnh quyết định", "Điều", "Điều",
        "Khoản", "Khoản", "Điều",
    ]  # fmt: skip
    article = paragraph(document, "Điều")
    assert (article.runs[0].text, article.runs[0].bold) == ("Điều 1.", True)
    assert not article.runs[1].bold


def test_body_text_is_justified_indented_and_spaced(draft: Draft) -> None:
    shape = read(docx_writer.write(draft)).styles["Nội dung"].paragraph_format
    assert shape.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(shape.first_line_indent.cm, 2) == 1.27
    assert shape.space_after.pt >= 6
    assert 1.0 <= shape.line_spacing <= 1.5


def test_minutes_have_two_signatures_and_the_recipients_below() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["bien_ban"])))
    left, right = document.tables[-1].rows[0].cells
    assert left.text.split() == ["THƯ", "KÝ", "Lê", "Thị", "Mẫu"]
    assert right.text.split() == ["CHỦ", "TỌA", "Phạm", "Văn", "Mẫu"]
    assert lines(document)[-3:] == ["Nơi nhận:", "- Thành viên dự họp;", "- Lưu: VT, Hồ sơ."]


def test_a_table_of_the_body_has_borders_and_a_repeated_head() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["to_trinh"])))
    table: WordTable = document.tables[1]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Vá ổ gà đoạn đầu thôn", "45.000.000"]
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_open_details_stand_on_a_page_of_their_own() -> None:
    document = read(docx_writer.write(draft_from_text(SAMPLES["thong_bao"]), label=LABEL, open_details=["2.150 con"]))
    *_, head, hint, detail = document.paragraphs
    assert head.paragraph_format.page_break_before
    assert "không thuộc văn bản" in hint.text
    assert detail.text == "1. 2.150 con"


def test_blanks_are_left_for_what_is_not_known() -> None:
    text = "\n".join(item.text for item in read(docx_writer.write(Draft("thong_bao"))).tables[0].rows[1].cells)
    assert re.search(r"Số: {3,}/", text)
    assert re.search(r"ngày {3,}tháng {3,}năm", text)


def test_the_same_draft_gives_the_same_bytes_without_traces(draft: Draft) -> None:
    content = docx_writer.write(draft, label=LABEL, open_details=["a"])
    assert content == docx_writer.write(draft, label=LABEL, open_details=["a"])
    core = read(content).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "vi-VN")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert {entry.date_time for entry in archive.infolist()} == {(2020, 3, 5, 0, 0, 0)}
    assert not [name for name in archive.namelist() if "thumbnail" in name or "app.xml" in name or "custom" in name]
    assert "rsid" not in archive.read("word/settings.xml").decode()


@pytest.mark.parametrize("kind_id", [kind.id for kind in KINDS])
def test_all_29_kinds_can_be_written(kind_id: str) -> None:
    base = draft_from_text(SAMPLES["bao_cao"])
    text = "\n".join(lines(read(docx_writer.write(replace(base, kind=kind_id, secretary="Lê Thị Mẫu")))))
    for part in (base.issuer, base.subject, base.signer, "- Lưu: VT, KT."):
        if part != base.subject or kind_id != "cong_van":
            assert part in text


def test_what_is_written_is_read_back_and_found_in_order(draft: Draft, kind: str) -> None:
    read_back = read_word(docx_writer.write(draft, label=LABEL, open_details=["2.150 con"]), Limits()).text
    assert check_text(read_back, kind) == ()
    assert draft_from_text(read_back) == draft


def test_control_characters_and_line_breaks_do_no_harm() -> None:
    rough = Draft(
        "thong_bao", subject="Về\x00 việc", body=("một\x0bhai\nba", Table(((), ("ô\x07",)))), recipients=("a\nb",)
    )
    text = lines(read(docx_writer.write(rough, open_details=["x\x1by"])))
    assert {"Về việc", "mộthai", "ba", "ô", "- a b."} <= set(text)


_WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=40)


@settings(max_examples=10, deadline=None)
@given(subject=_WORDS, body=st.lists(_WORDS, max_size=4), items=st.lists(_WORDS, max_size=3), signer=_WORDS)
def test_whatever_is_in_a_draft_is_in_the_file(subject: str, body: list[str], items: list[str], signer: str) -> None:
    draft = Draft("ke_hoach", subject=subject, body=tuple(body), recipients=tuple(items), signer=signer)
    written = "".join("".join(lines(read(docx_writer.write(draft)))).split())
    for part in (subject, *body, *(item.strip(" ;.") for item in items), signer):
        assert "".join(part.split()) in written
