"""Every layout rule against a clean document and at least three that break it and nothing else."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from service.nd30.laid_out import check_layout
from service.nd30.rules import RULES, Check
from service.parsers.layout import read_layout
from service.records import Finding, Level
from tests.rules.nd30_papers import Paper, clean, lay_down, move_number_to_footer, paper
from tests.rules.nd30_samples import MODES

LEFT, CENTRE, RIGHT, BOTH = range(4)
NATION, MOTTO, OWN = "CỘNG HÒA", "Độc lập", "ỦY BAN NHÂN DÂN XÃ"
BASES = (
    "bao_cao",
    "cong_van",
    "quyet_dinh",
    "to_trinh",
    "giay_moi",
    "bien_ban",
    "ke_hoach",
    "long",
    "appendix",
    "urgent",
    "copy",
    "parties",
)

Deed = Callable[[Paper], object]


def found(data: bytes) -> dict[str, tuple[Finding, ...]]:
    """Mode → what is told of a document."""
    layout = read_layout(data)
    return {mode: check_layout(layout, mode=mode) for mode in MODES}


def decompose(held: Paper, start: str) -> None:
    run = held.find(start).runs[0]
    run.text = unicodedata.normalize("NFD", run.text)


def tear(held: Paper, start: str) -> None:
    """The last mark of a run pushed into the next one."""
    run = held.find(start).runs[0]
    text = unicodedata.normalize("NFD", run.text)
    at = next(n for n, letter in enumerate(text) if unicodedata.combining(letter))
    run.text = text[:at]
    more = held.find(text[:at]).add_run(text[at:])
    more.bold, more.italic = run.bold, run.italic


def split_head(held: Paper) -> None:
    """Number and date in rows of their own."""
    table = held.document.tables[0]
    row = table.add_row()
    right = table.rows[1].cells[1].paragraphs[0]._p
    row.cells[1]._tc.append(right)
    table.rows[1].cells[1]._tc.append(row.cells[0].paragraphs[0]._p)
    row.cells[0]._tc.append(row.cells[1].paragraphs[0]._p)


def out_of_row(held: Paper, row: int, cell: int) -> None:
    """What stands in a cell of the last table, moved below the table."""
    table = held.document.tables[row]
    for element in list(table.rows[-1].cells[cell]._tc.iterchildren(qn("w:p"))):
        held.document.element.body.insert(len(held.document.element.body) - 1, element)
    table.rows[-1].cells[cell].add_paragraph()


def restart(held: Paper, n: int) -> None:
    counting = held.document.sections[n]._sectPr.find(qn("w:pgNumType"))
    counting.getparent().remove(counting)


def underline_only(held: Paper) -> None:
    held.unrule(MOTTO)
    held.find(MOTTO).runs[0].underline = True


def drop_number(held: Paper) -> None:
    held.number()._p.clear_content()


def start_at(held: Paper, value: str) -> None:
    counting = held.section._sectPr.makeelement(qn("w:pgNumType"), {qn("w:start"): value})
    held.section._sectPr.append(counting)


MUTANTS: list[tuple[str, str, Deed]] = [
    ("ND30-01", "bao_cao", lambda p: setattr(p.section, "page_width", Mm(215.9))),
    ("ND30-01", "cong_van", lambda p: setattr(p.section, "page_height", Mm(279.4))),
    ("ND30-01", "quyet_dinh", lambda p: setattr(p.section, "page_height", Mm(330))),
    ("ND30-02", "bao_cao", lay_down),
    ("ND30-02", "cong_van", lambda p: (lay_down(p), setattr(p.section, "orientation", 1))),
    ("ND30-02", "giay_moi", lay_down),
    ("ND30-03", "bao_cao", lambda p: setattr(p.section, "top_margin", Mm(15))),
    ("ND30-03", "cong_van", lambda p: setattr(p.section, "bottom_margin", Mm(15))),
    ("ND30-03", "quyet_dinh", lambda p: setattr(p.section, "top_margin", Mm(30))),
    ("ND30-04", "bao_cao", lambda p: setattr(p.section, "left_margin", Mm(25))),
    ("ND30-04", "cong_van", lambda p: setattr(p.section, "left_margin", Mm(40))),
    ("ND30-04", "quyet_dinh", lambda p: setattr(p.section, "gutter", Mm(10))),
    ("ND30-05", "bao_cao", lambda p: setattr(p.section, "right_margin", Mm(10))),
    ("ND30-05", "cong_van", lambda p: setattr(p.section, "right_margin", Mm(25.4))),
    ("ND30-05", "quyet_dinh", lambda p: setattr(p.section, "right_margin", Mm(30))),
    ("ND30-06", "bao_cao", lambda p: p.type_all(name="Arial")),
    ("ND30-06", "cong_van", lambda p: p.type("Kính gửi", name="Calibri")),
    ("ND30-06", "quyet_dinh", lambda p: p.type("- Lưu", name="Tahoma")),
    ("ND30-07", "bao_cao", lambda p: p.type_all(name=".VnTime")),
    ("ND30-07", "cong_van", lambda p: p.type("Kính gửi", name="VNI-Times")),
    ("ND30-07", "quyet_dinh", lambda p: p.type("Điều 1", name=".VnTimeH")),
    ("ND30-08", "bao_cao", lambda p: decompose(p, "Thực hiện")),
    ("ND30-08", "cong_van", lambda p: decompose(p, "SỞ NÔNG")),
    ("ND30-08", "quyet_dinh", lambda p: tear(p, "Phạm")),
    ("ND30-09", "bao_cao", lambda p: p.type("Thực hiện", colour="FF0000")),
    ("ND30-09", "cong_van", lambda p: p.type("Số", colour="0000FF")),
    ("ND30-09", "quyet_dinh", lambda p: p.type(MOTTO, colour="333333")),
    ("ND30-10", "bao_cao", move_number_to_footer),
    ("ND30-10", "cong_van", lambda p: setattr(p.number(), "alignment", RIGHT)),
    ("ND30-10", "quyet_dinh", lambda p: setattr(p.section, "different_first_page_header_footer", False)),
    ("ND30-10", "long", drop_number),
    ("ND30-10", "giay_moi", lambda p: start_at(p, "4")),
    ("ND30-10", "ke_hoach", lambda p: [setattr(run.font, "size", Pt(10)) for run in p.number().runs]),
    ("ND30-11", "bao_cao", lambda p: p.type(MOTTO, size=13)),
    ("ND30-11", "cong_van", lambda p: p.type("Quảng Trị", size=13)),
    ("ND30-11", "quyet_dinh", lambda p: (p.type(NATION, size=12), p.type("Triệu Phong", size=13))),
    ("ND30-12", "bao_cao", lambda p: p.type_all(size=12)),
    ("ND30-12", "cong_van", lambda p: p.type_all(size=15)),
    ("ND30-12", "quyet_dinh", lambda p: p.type("Điều 3", size=13)),
    ("ND30-14", "bao_cao", lambda p: p.type(NATION, bold=False)),
    ("ND30-14", "cong_van", lambda p: p.type(NATION, size=14)),
    ("ND30-14", "quyet_dinh", lambda p: p.type(NATION, italic=True)),
    ("ND30-16", "bao_cao", lambda p: p.type(MOTTO, bold=False)),
    ("ND30-16", "cong_van", lambda p: p.align(MOTTO, RIGHT)),
    ("ND30-16", "quyet_dinh", lambda p: p.type(MOTTO, size=12)),
    ("ND30-17", "bao_cao", lambda p: p.unrule(MOTTO)),
    ("ND30-17", "cong_van", lambda p: p.unrule(MOTTO, "dashed")),
    ("ND30-17", "quyet_dinh", underline_only),
    ("ND30-18", "bao_cao", lambda p: p.type("ỦY BAN", bold=False)),
    ("ND30-18", "cong_van", lambda p: p.align("SỞ NÔNG", LEFT)),
    ("ND30-18", "quyet_dinh", lambda p: p.type("ỦY BAN", size=14)),
    ("ND30-18", "ke_hoach", lambda p: p.type("ỦY BAN", italic=True)),
    ("ND30-20", "cong_van", lambda p: p.type("UBND", bold=True)),
    ("ND30-20", "cong_van", lambda p: p.type("UBND", size=14)),
    ("ND30-20", "cong_van", lambda p: p.type("UBND", italic=True)),
    ("ND30-22", "bao_cao", lambda p: p.unrule("ỦY BAN")),
    ("ND30-22", "cong_van", lambda p: p.unrule("SỞ NÔNG", "dotted")),
    ("ND30-22", "quyet_dinh", lambda p: p.unrule("ỦY BAN", "none")),
    ("ND30-32", "bao_cao", lambda p: p.type("Số", size=12)),
    ("ND30-32", "cong_van", lambda p: p.type("Số", bold=True)),
    ("ND30-32", "quyet_dinh", lambda p: p.align("Số", LEFT)),
    ("ND30-38", "bao_cao", lambda p: p.type("Triệu Phong", italic=False)),
    ("ND30-38", "cong_van", lambda p: p.type("Quảng Trị", size=12)),
    ("ND30-38", "quyet_dinh", lambda p: p.type("Triệu Phong", bold=True)),
    ("ND30-39", "bao_cao", split_head),
    ("ND30-39", "quyet_dinh", split_head),
    ("ND30-39", "ke_hoach", split_head),
    ("ND30-41", "bao_cao", lambda p: p.type("BÁO CÁO", bold=False)),
    ("ND30-41", "quyet_dinh", lambda p: p.align("QUYẾT ĐỊNH", LEFT)),
    ("ND30-41", "giay_moi", lambda p: p.type("GIẤY MỜI", size=16)),
    ("ND30-42", "bao_cao", lambda p: p.type("Kết quả", bold=False)),
    ("ND30-42", "quyet_dinh", lambda p: p.align("Về việc", BOTH)),
    ("ND30-42", "ke_hoach", lambda p: p.type("Tập huấn", size=12)),
    ("ND30-43", "bao_cao", lambda p: p.unrule("Kết quả")),
    ("ND30-43", "quyet_dinh", lambda p: p.unrule("Về việc", "dashed")),
    ("ND30-43", "ke_hoach", lambda p: p.unrule("Tập huấn")),
    ("ND30-44", "cong_van", lambda p: p.type("V/v", bold=True)),
    ("ND30-44", "cong_van", lambda p: p.type("V/v", size=14)),
    ("ND30-44", "cong_van", lambda p: setattr(p.find("V/v").paragraph_format, "space_before", Pt(0))),
    ("ND30-46", "cong_van", lambda p: p.type("Kính gửi", bold=True)),
    ("ND30-46", "cong_van", lambda p: p.type("Kính gửi", italic=True)),
    ("ND30-46", "to_trinh", lambda p: p.reword("Kính gửi", "Kính gửi Ủy ban nhân dân xã Triệu Phong")),
    ("ND30-47", "cong_van", lambda p: p.type("- Chi cục", bold=True)),
    ("ND30-47", "cong_van", lambda p: p.type("- Ủy ban", size=12)),
    ("ND30-47", "cong_van", lambda p: p.type("- Chi cục", italic=True)),
    ("ND30-48", "cong_van", lambda p: setattr(p.find("- Chi cục").paragraph_format, "left_indent", Mm(60))),
    ("ND30-48", "cong_van", lambda p: setattr(p.find("- Ủy ban").paragraph_format, "first_line_indent", Mm(5))),
    ("ND30-48", "cong_van", lambda p: setattr(p.find("- Chi cục").paragraph_format, "left_indent", Mm(2.5))),
    ("ND30-49", "quyet_dinh", lambda p: p.type("Căn cứ Luật", italic=False)),
    ("ND30-49", "quyet_dinh", lambda p: p.type("Căn cứ Kế hoạch", bold=True)),
    ("ND30-49", "appendix", lambda p: p.type("Theo đề nghị", italic=False)),
    ("ND30-58", "bao_cao", lambda p: p.shape_all(alignment=LEFT)),
    ("ND30-58", "cong_van", lambda p: p.shape_all(alignment=CENTRE)),
    ("ND30-58", "quyet_dinh", lambda p: p.align("Điều 3", LEFT)),
    ("ND30-59", "bao_cao", lambda p: p.shape_all(first_line_indent=Mm(0))),
    ("ND30-59", "cong_van", lambda p: p.shape_all(first_line_indent=Mm(20))),
    ("ND30-59", "quyet_dinh", lambda p: p.shape_all(left_indent=Mm(10))),
    ("ND30-60", "bao_cao", lambda p: p.shape_all(space_after=Pt(0))),
    ("ND30-60", "cong_van", lambda p: p.shape_all(space_after=Pt(3))),
    ("ND30-60", "quyet_dinh", lambda p: p.shape_all(space_after=Pt(3), space_before=Pt(3))),
    ("ND30-61", "bao_cao", lambda p: p.shape_all(line_spacing=2.0)),
    ("ND30-61", "cong_van", lambda p: p.shape_all(line_spacing=0.8)),
    ("ND30-61", "quyet_dinh", lambda p: p.shape_all(line_spacing_rule=WD_LINE_SPACING.DOUBLE)),
    ("ND30-61", "giay_moi", lambda p: p.shape_all(line_spacing=Pt(30))),
    ("ND30-68", "bao_cao", lambda p: p.type("TM.", bold=False)),
    ("ND30-68", "cong_van", lambda p: p.type("Trần Văn Thí", size=12)),
    ("ND30-68", "quyet_dinh", lambda p: p.align("Phạm Văn Mẫu", LEFT)),
    ("ND30-68", "bien_ban", lambda p: p.type("THƯ KÝ", bold=False)),
    ("ND30-72", "bao_cao", lambda p: p.type("Nơi nhận", italic=False)),
    ("ND30-72", "cong_van", lambda p: p.type("Nơi nhận", size=14)),
    ("ND30-72", "quyet_dinh", lambda p: p.type("Nơi nhận", bold=False)),
    ("ND30-73", "bao_cao", lambda p: p.type("- Như trên", size=14)),
    ("ND30-73", "cong_van", lambda p: p.type("- Lưu", italic=True)),
    ("ND30-73", "quyet_dinh", lambda p: p.type("- Thường trực", bold=True)),
    ("ND30-76", "bao_cao", lambda p: out_of_row(p, -1, 0)),
    ("ND30-76", "cong_van", lambda p: out_of_row(p, -1, 0)),
    ("ND30-76", "quyet_dinh", lambda p: out_of_row(p, -1, 0)),
    ("ND30-77", "urgent", lambda p: p.type("HỎA TỐC", bold=False)),
    ("ND30-77", "urgent", lambda p: p.type("HỎA TỐC", size=11)),
    ("ND30-77", "urgent", lambda p: p.type("HỎA TỐC", italic=True)),
    ("ND30-80", "appendix", lambda p: p.type("Phụ lục I", size=12)),
    ("ND30-80", "appendix", lambda p: p.reword("Phụ lục II", "Phụ lục 2")),
    ("ND30-80", "appendix", lambda p: p.type("DANH SÁCH", bold=False)),
    ("ND30-80", "appendix", lambda p: p.reword("DANH SÁCH", "Danh sách tổ công tác")),
    ("ND30-81", "appendix", lambda p: p.type("(Kèm theo", italic=False)),
    ("ND30-81", "appendix", lambda p: p.align("(Kèm theo", LEFT)),
    ("ND30-81", "appendix", lambda p: p.find("(Kèm theo")._p.getparent().remove(p.find("(Kèm theo")._p)),
    ("ND30-68", "parties", lambda p: p.type("ĐẠI DIỆN BÊN B", bold=False)),
    ("ND30-68", "parties", lambda p: p.align("Trần Văn Thí", LEFT)),
    ("ND30-68", "copy", lambda p: p.type("Đỗ Thị Thử", size=12)),
    ("ND30-18", "copy", lambda p: p.type("ỦY BAN NHÂN DÂN\nXÃ AN BÌNH", bold=False)),
    ("ND30-83", "copy", lambda p: p.type("SAO Y", bold=False)),
    ("ND30-83", "copy", lambda p: p.align("SAO Y", LEFT)),
    ("ND30-83", "copy", lambda p: p.type("SAO Y", size=16)),
    ("ND30-83", "copy", lambda p: p.reword("SAO Y", "SAO Y BẢN CHÍNH")),
    ("ND30-83", "copy", lambda p: p.reword("Số: 05/SY", "Số: 05/SL-UBND")),
    ("ND30-82", "appendix", lambda p: restart(p, 1)),
    ("ND30-82", "appendix", lambda p: restart(p, 2)),
    ("ND30-82", "appendix", lambda p: (restart(p, 1), restart(p, 2))),
]  # fmt: skip


@pytest.mark.parametrize("name", BASES)
def test_nothing_fires_on_a_clean_document(name: str) -> None:
    assert found(clean(name)) == {"draft": (), "issued": ()}


@pytest.mark.parametrize(("rule", "base", "deed"), MUTANTS, ids=[f"{m[0]}-{n}" for n, m in enumerate(MUTANTS)])
def test_the_broken_rule_fires_and_no_other(rule: str, base: str, deed: Deed) -> None:
    held = paper(base)
    deed(held)
    findings = found(held.bytes)
    assert [{finding.rule for finding in told} for told in findings.values()] == [{rule}, {rule}]
    for finding in findings["issued"]:
        assert finding.title.endswith(".")
        assert finding.where
        assert finding.why.startswith(RULES[rule].why)
        assert finding.level in (Level.ESSENTIAL, Level.ACTIONABLE)


def test_every_layout_rule_has_three_mutants() -> None:
    counted = Counter(rule for rule, _, _ in MUTANTS)
    asked = {rule.id for rule in RULES.values() if rule.check in (Check.LAYOUT, Check.BOTH)} - {"ND30-79"}
    assert {rule for rule in asked if counted[rule] < 3} == set()
    assert set(counted) == asked


def test_the_rules_that_no_check_decides_are_known() -> None:
    nobody = [rule.id for rule in RULES.values() if rule.check is Check.NOBODY]
    assert nobody == [
        "ND30-23", "ND30-40", "ND30-71", "ND30-89", "ND30-93", "ND30-94", "ND30-98", "ND30-99", "ND30-X8",
    ]  # fmt: skip
