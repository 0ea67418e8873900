"""Reading a .docx as it is set: styles resolved, tables and boxes in their place, numbers of lists, broken files."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from service.errors import HocVuError, TooLarge, Unreadable
from service.parsers import parse_layout
from service.parsers.layout import read_layout
from service.parsers.layout_json import pack, unpack
from service.records import Layout, Line
from tests.rules.nd30_papers import Paper, clean, paper

NAMES = nsdecls("w", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read(held: Paper) -> Layout:
    return read_layout(held.bytes)


def line(layout: Layout, start: str) -> Line:
    return next(line for line in layout.lines if layout.text_of(line).startswith(start))


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The package with bytes of one part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            assert name != entry or old in content
            target.writestr(entry, content.replace(old, new) if entry == name else content)
    return made.getvalue()


def test_more_paragraphs_than_any_document_has_are_refused_with_figures() -> None:
    with zipfile.ZipFile(io.BytesIO(clean("bao_cao"))) as honest:
        parts = {name: honest.read(name) for name in honest.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 40_001, 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as blown:
        for name, part in parts.items():
            blown.writestr(name, part)
    with pytest.raises(TooLarge, match=r"có 40\.\d{3} đoạn, mức nhận là 40\.000 đoạn"):
        read_layout(packed.getvalue())


def test_type_comes_from_the_styles_and_gives_way_to_the_run() -> None:
    held = paper("bao_cao")
    held.find("Thực hiện").runs[0].bold = True
    layout = read(held)
    title, text = line(layout, "BÁO CÁO"), line(layout, "Thực hiện")
    assert (title.align, title.runs[0].size, title.runs[0].bold) == ("center", 14, True)
    assert (text.align, text.first, text.after, text.line) == ("both", 12.7, 6, 1.15)
    assert (text.runs[0].bold, text.runs[0].fonts) == (True, ("Times New Roman",))


def test_a_toggle_in_two_styles_is_off_again() -> None:
    held = paper("bao_cao")
    style = held.document.styles.add_style("Nhấn", 2)  # a character style
    style.font.bold = True
    held.find("BÁO CÁO").runs[0].style = style
    held.find("Thực hiện").runs[0].style = style
    layout = read(held)
    assert not line(layout, "BÁO CÁO").runs[0].bold
    assert line(layout, "Thực hiện").runs[0].bold


def test_a_font_of_the_theme_and_defaults_of_the_document_are_found() -> None:
    held = paper("bao_cao")
    fonts = held.find("Thực hiện").runs[0]._r.get_or_add_rPr()._add_rFonts()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
    run = line(read(held), "Thực hiện").runs[0]
    assert run.fonts != ("Times New Roman",)


def test_capitals_of_the_style_are_read_as_printed() -> None:
    held = paper("bao_cao")
    held.reword("BÁO CÁO", "Báo cáo")
    held.find("Báo cáo").runs[0].font.all_caps = True
    assert "\nBÁO CÁO\n" in read(held).text


def test_deleted_and_hidden_text_is_not_there_and_inserted_text_is() -> None:
    held = paper("bao_cao")
    paragraph = held.find("Thực hiện")._p
    for xml in (
        f"<w:del {NAMES}><w:r><w:delText>bỏ</w:delText></w:r></w:del>",
        f'<w:ins {NAMES} w:id="7" w:author="x"><w:r><w:t> thêm.</w:t></w:r></w:ins>',
        f"<w:r {NAMES}><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>",
    ):
        paragraph.append(parse_xml(xml))
    text = read(held).text
    assert "như sau: thêm.\n" in text
    assert "bỏ" not in text
    assert "ẩn" not in text


def test_a_drawing_for_old_and_new_readers_is_read_once_and_its_line_found() -> None:
    held = paper("bao_cao")
    held.unrule("Độc lập")
    box = "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
    held.find("Độc lập")._p.append(
        parse_xml(
            f"<w:r {NAMES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            "<wp:posOffset>914400</wp:posOffset><wps:wsp><wps:spPr><a:prstGeom prst='line'/></wps:spPr></wps:wsp>"
            f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    layout = read(held)
    assert line(layout, "Độc lập").below == "single"
    assert layout.text.count("HỎA TỐC") == 1
    assert line(layout, "HỎA TỐC").boxed
    assert "914400" not in layout.text


def test_head_and_foot_are_lines_and_a_real_table_is_rows() -> None:
    held = paper("bao_cao")
    table = held.document.add_table(2, 4)
    table.style = None
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"ô {n}"
    layout = read(held)
    assert "| ô 0 | ô 1 | ô 2 | ô 3 |\n| ô 4 |" in layout.text
    number, dated = line(layout, "Số").place, line(layout, "Triệu Phong").place
    assert number is not None and dated is not None
    assert (number.row, number.column, dated.row, dated.column, number.frame) == (2, 1, 2, 2, True)


def test_automatic_numbers_and_dashes_are_part_of_the_text() -> None:
    held = paper("bao_cao")
    numbering = parse_xml(
        f"<w:numbering {NAMES}><w:abstractNum w:abstractNumId='0'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%2)'/></w:lvl>"
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    part = held.document.part
    made = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, numbering, part.package)
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    for words, level in (("Một", 0), ("Hai", 1), ("Ba", 1), ("Bốn", 0)):
        paragraph = held.document.add_paragraph(words)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 1
    assert read(held).text.endswith("1. Một\na) Hai\nb) Ba\n2. Bốn")


def test_the_page_number_is_found_by_field_place_and_tabs() -> None:
    held = paper("bao_cao")
    (number,) = read(held).sections[0].numbers
    assert (number.where, number.pages, number.align, number.size) == ("header", "default", "center", 14)
    paragraph = held.number()
    paragraph.alignment = 0
    paragraph._p.insert(1, parse_xml(f"<w:r {NAMES}><w:tab/></w:r>"))
    tabs = OxmlElement("w:tabs")
    for kind in ("center", "right"):
        tabs.append(parse_xml(f"<w:tab {NAMES} w:val='{kind}' w:pos='4500'/>"))
    paragraph._p.get_or_add_pPr().insert_element_before(tabs, "w:spacing", "w:ind", "w:jc")
    assert read(held).sections[0].numbers[0].align == "center"


def test_offsets_cover_the_text() -> None:
    for name in ("bao_cao", "cong_van", "appendix"):
        layout = read_layout(clean(name))
        for each in layout.lines:
            assert 0 <= each.start <= each.end <= len(layout.text)
            covered = "".join(layout.text[run.start : run.end] for run in each.runs)
            assert covered == layout.text_of(each)


def test_the_other_process_gives_the_same_layout() -> None:
    assert parse_layout(clean("cong_van")) == read_layout(clean("cong_van"))
    packed = json.loads(json.dumps(pack(read_layout(clean("appendix")))))
    assert unpack(packed) == read_layout(clean("appendix"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 none",
        clean("bao_cao")[:2000],
        replaced(clean("bao_cao"), "word/document.xml", b"</w:body>", b""),
        replaced(clean("bao_cao"), "word/document.xml", b"<w:body>", b"<w:bodies>"),
        replaced(clean("bao_cao"), "_rels/.rels", b"officeDocument", b"elsewhere"),
    ],
)
def test_what_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_layout(data)
    with pytest.raises(HocVuError):
        parse_layout(data)
