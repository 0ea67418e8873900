"""All 29 kinds through the writer, genuine files, and what belongs to another law."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.shared import Pt

from service.docx_writer import write
from service.nd30.drafting import draft_from_text
from service.nd30.kinds import KINDS
from service.nd30.laid_out import check_layout, kind_of
from service.parsers.layout import read_layout
from service.settings import HOME
from tests.rules.nd30_papers import Paper, draft_of, paper
from tests.rules.nd30_samples import SAMPLES

DATA = HOME.parent / "shared" / "data"
GENUINE = sorted(path for folder in ("decree30", "real_files") for path in (DATA / folder).glob("*.docx"))
needs_files = pytest.mark.skipif(not GENUINE, reason="tệp thật không nằm cạnh thư mục này (../shared/data)")
SHIPPED = [path for path in sorted((HOME / "sample_docs").rglob("*.docx")) if path.parent.name != "co_loi"]


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_what_the_writer_writes_passes(kind: str) -> None:
    layout = read_layout(write(draft_of(kind)))
    assert kind_of(layout) == kind
    assert [(finding.rule, finding.title) for finding in check_layout(layout, mode="issued")] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_sample_documents_pass(path: Path) -> None:
    findings = check_layout(read_layout(path.read_bytes()), mode="issued")
    assert [(finding.rule, finding.title) for finding in findings] == []


@needs_files
def test_statutes_forms_and_the_decree_itself_are_out_of_scope() -> None:
    for path in GENUINE:
        layout = read_layout(path.read_bytes())
        assert (kind_of(layout), check_layout(layout)) == (None, ()), path.name


@pytest.mark.parametrize(
    ("title", "sign"),
    [
        ("NGHỊ ĐỊNH", "Số: 30/2020/NĐ-CP"),
        ("QUYẾT ĐỊNH", "Số: 12/2026/QĐ-UBND"),
        ("LUẬT", "Luật số: 72/2025/QH15"),
        ("THÔNG TƯ", "Số: 05/2026/TT-BNV"),
    ],
)
def test_normative_texts_are_left_to_their_own_decree(title: str, sign: str) -> None:
    held = paper("quyet_dinh")
    held.reword("Số", sign)
    held.reword("QUYẾT ĐỊNH", title)
    layout = read_layout(held.bytes)
    assert (kind_of(layout), check_layout(layout)) == (None, ())


def test_who_asks_for_a_kind_is_told_of_the_year_in_the_number() -> None:
    held = paper("quyet_dinh")
    held.reword("Số", "Số: 12/2026/QĐ-UBND")
    rules = [finding.rule for finding in check_layout(read_layout(held.bytes), "quyet_dinh")]
    assert rules == ["ND30-30"]


def test_a_citizens_form_is_no_letter() -> None:
    form = Paper(write(draft_from_text("")))
    for words in ("ĐƠN ĐĂNG KÝ TẠM TRÚ", "Kính gửi: Công an xã Triệu Phong", "Họ và tên: ……"):
        form.document.add_paragraph(words)
    assert kind_of(read_layout(form.bytes)) is None


def test_a_draft_may_leave_number_and_day_open() -> None:
    layout = read_layout(write(draft_from_text(SAMPLES["thong_bao"])))
    assert check_layout(layout, mode="draft") == ()
    assert {finding.rule for finding in check_layout(layout, mode="issued")} == {"ND30-31", "ND30-33"}


def typed_with_tabs() -> Paper:
    """A letter as many offices type it: no table at the head, the columns set with tabs."""
    made = Paper(write(draft_from_text(SAMPLES["cong_van"])))
    head = made.document.tables[0]._tbl
    for left, right, size, italic in (
        ("UBND TỈNH QUẢNG TRỊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, False),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Độc lập - Tự do - Hạnh phúc", 14, False),
        ("Số: 1284/SNNMT-CNTY", "Quảng Trị, ngày 09 tháng 11 năm 2026", 14, True),
        ("V/v đôn đốc tiêm phòng vắc xin", "", 12, False),
    ):
        line = made.document.add_paragraph()
        for words, bold, at in (
            (left, left.startswith("SỞ"), 12 if left.startswith("V/v") else 13),
            (f"\t{right}" if right else "", not italic, size),
        ):
            run = line.add_run(words)
            run.bold, run.italic, run.font.size = bold, italic and words.startswith("\t"), Pt(at)
        line.paragraph_format.space_before = Pt(6)
        head.addprevious(line._p)
    head.getparent().remove(head)
    return made


def test_a_head_typed_with_tabs_is_read_column_by_column() -> None:
    layout = read_layout(typed_with_tabs().bytes)
    assert kind_of(layout) == "cong_van"
    assert {finding.rule for finding in check_layout(layout)} == {"ND30-17", "ND30-22"}  # it has no drawn lines


def test_the_faults_of_one_column_are_told_of_that_column_only() -> None:
    held = typed_with_tabs()
    held.find("Số").runs[0].bold = True
    findings = check_layout(read_layout(held.bytes))
    assert {(finding.rule, finding.part) for finding in findings} >= {("ND30-32", "sign")}
    assert "ND30-38" not in {finding.rule for finding in findings}
