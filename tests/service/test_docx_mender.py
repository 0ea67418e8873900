"""Mending somebody's own .docx: what was told is put right, all else stays, and mending twice is mending once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from service.docx_mender import MENDS, mend
from service.errors import Unreadable
from service.nd30.laid_out import check_layout
from service.nd30.rules import RULES
from service.parsers.layout import read_layout
from tests.rules.nd30_papers import Paper, clean, move_number_to_footer, paper
from tests.rules.test_nd30_layout import MUTANTS, decompose, drop_number, tear

SMALLEST_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
BY_HAND = {"ND30-02", "ND30-17", "ND30-22", "ND30-39", "ND30-43", "ND30-48", "ND30-76", "ND30-82", "ND30-07"}


def rules(data: bytes) -> set[str]:
    return {finding.rule for finding in check_layout(read_layout(data))}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


FIRST = {rule: (base, deed) for rule, base, deed in reversed(MUTANTS)}
MENDABLE = [(rule, *FIRST[rule]) for rule in FIRST if rule in MENDS]


@pytest.mark.parametrize(("rule", "base", "deed"), MENDABLE, ids=[rule for rule, _, _ in MENDABLE])
def test_a_spoilt_document_is_mended_once_and_for_all(rule: str, base: str, deed: Callable[[Paper], object]) -> None:
    held = paper(base)
    deed(held)
    spoilt = held.bytes
    mended, changes = mend(spoilt)
    needs_a_person = not changes  # a wording, a caps or a numbering that only its writer can choose
    assert needs_a_person or rules(mended) == set()
    assert {change.rule for change in changes} <= {rule}
    assert mend(mended) == (mended, ())
    docx.Document(io.BytesIO(mended))


def test_what_is_never_mended_is_not_promised() -> None:
    for rule in BY_HAND:
        base, deed = FIRST[rule]
        held = paper(base)
        deed(held)
        spoilt = held.bytes
        assert mend(spoilt) == (spoilt, ())
    assert BY_HAND.isdisjoint(MENDS)
    assert set(RULES) >= MENDS


@pytest.mark.parametrize(
    ("base", "start", "spoilt", "mended"),
    [
        ("bao_cao", "Độc lập", "Độc lập – Tự Do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("bao_cao", "Độc lập", "Độc lập-Tự do-Hạnh Phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("bao_cao", "Triệu Phong", "Triệu Phong, ngày 5 tháng 1 năm 2026", "Triệu Phong, ngày 05 tháng 01 năm 2026"),
        ("bao_cao", "Triệu Phong", "Triệu Phong, ngày 15 tháng 06 năm 2026", "Triệu Phong, ngày 15 tháng 6 năm 2026"),
        (
            "quyet_dinh",
            "Căn cứ Luật",
            "Căn cứ Luật A ngày 16 tháng 6 năm 2025.",
            "Căn cứ Luật A ngày 16 tháng 6 năm 2025;",
        ),
        ("quyet_dinh", "Theo đề", "Theo đề nghị của Chánh Văn phòng;", "Theo đề nghị của Chánh Văn phòng."),
        ("bao_cao", "Trên đây", "Trên đây là báo cáo của xã.", "Trên đây là báo cáo của xã./."),
        ("bao_cao", "- Thường", "+ Thường trực Đảng ủy xã", "- Thường trực Đảng ủy xã;"),
        ("bao_cao", "- Lưu", "- Lưu: VT, KT", "- Lưu: VT, KT."),
    ],
)
def test_text_is_mended_where_the_decree_leaves_no_doubt(base: str, start: str, spoilt: str, mended: str) -> None:
    held = paper(base)
    held.reword(start, spoilt)
    data, changes = mend(held.bytes)
    assert mended in read_layout(data).text
    assert rules(data) == set()
    assert changes
    assert mend(data) == (data, ())


def test_text_torn_into_many_runs_is_mended_too() -> None:
    held = paper("bao_cao")
    motto = held.find("Độc lập")
    held.reword("Độc lập", "Độc lập")
    for piece in (" –", " Tự do ", "–", "Hạnh phúc"):
        motto.add_run(piece)
    data, _ = mend(held.bytes)
    assert "Độc lập - Tự do - Hạnh phúc\n" in read_layout(data).text
    assert rules(data) == set()


@pytest.mark.parametrize("deed", [decompose, tear])
def test_letters_in_pieces_become_one(deed: Callable[[Paper, str], None]) -> None:
    held = paper("bao_cao")
    deed(held, "Thực hiện")
    data, changes = mend(held.bytes)
    assert [change.rule for change in changes] == ["ND30-08"]
    assert read_layout(data).text == read_layout(clean("bao_cao")).text


def test_a_clean_document_comes_back_as_it_is() -> None:
    for name in ("bao_cao", "cong_van", "quyet_dinh", "appendix"):
        assert mend(clean(name)) == (clean(name), ())


def test_what_the_decree_does_not_speak_of_is_not_touched() -> None:
    held = paper("quyet_dinh")
    held.reword("Số", "Số: 12/2026/QĐ-UBND")
    held.type("Căn cứ Luật", size=9)
    normative = held.bytes
    assert mend(normative) == (normative, ())


def burdened() -> Paper:
    """A document with a picture, a comment mark, tracked changes, a table and faults of its own."""
    held = paper("bao_cao")
    held.document.add_picture(io.BytesIO(SMALLEST_PNG))
    held.document.add_table(2, 4)
    text = held.find("Một số hộ")._p
    for xml in (
        '<w:ins {} w:id="8" w:author="A"><w:r><w:t xml:space="preserve"> Đã thêm.</w:t></w:r></w:ins>',
        '<w:del {} w:id="9" w:author="A"><w:r><w:delText>Đã bỏ.</w:delText></w:r></w:del>',
        '<w:bookmarkStart {} w:id="3" w:name="cho"/>',
        '<w:bookmarkEnd {} w:id="3"/>',
    ):
        text.append(parse_xml(xml.format(nsdecls("w"))))
    held.document.add_comment(held.find("Thực hiện").runs, "Xem lại.", "A", "A")
    held.type("Số", bold=True)
    held.section.left_margin = Mm(25)
    return held


def test_only_what_was_told_changes_and_all_else_survives() -> None:
    spoilt = burdened().bytes
    mended, changes = mend(spoilt)
    assert {change.rule for change in changes} == {"ND30-04", "ND30-32"}
    before, after = parts(spoilt), parts(mended)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert list(before) == list(after)

    def stripped(data: bytes) -> list[Any]:
        """Every element but the weight of the number line and the left margin."""
        root = docx.Document(io.BytesIO(data)).element
        kept = []
        for element in root.iter():
            if element.tag in (qn("w:b"), qn("w:bCs")):
                continue
            attributes = {k: v for k, v in element.attrib.items() if (element.tag, k) != (qn("w:pgMar"), qn("w:left"))}
            kept.append((element.tag, attributes, element.text))
        return kept

    assert stripped(spoilt) == stripped(mended)


def test_the_page_number_moves_to_the_top_or_is_put_there() -> None:
    for deed in (move_number_to_footer, drop_number):
        held = paper("long")
        deed(held)
        mended, changes = mend(held.bytes)
        assert {change.rule for change in changes} == {"ND30-10"}
        (number,) = read_layout(mended).sections[0].numbers
        assert (number.where, number.align) == ("header", "center")
        assert rules(mended) == set()


def test_a_file_without_any_header_gets_one() -> None:
    held = paper("long")
    for reference in held.section._sectPr.findall(qn("w:headerReference")):
        held.section._sectPr.remove(reference)
    mended, _ = mend(held.bytes)
    assert rules(mended) == set()
    assert docx.Document(io.BytesIO(mended)).sections[0].header.paragraphs[0].alignment == 1
    assert mend(mended) == (mended, ())


def test_every_section_keeps_its_own_page() -> None:
    held = paper("bao_cao")
    section = held.document.add_section(WD_SECTION.NEW_PAGE)
    section.left_margin = Mm(20)
    mended, _ = mend(held.bytes)
    assert [round(found.left) for found in read_layout(mended).sections] == [30, 30]


def test_a_run_shared_with_other_text_is_left_to_the_person() -> None:
    held = paper("to_trinh")
    held.find("Kính gửi").runs[0].font.size = Pt(16)
    mended, changes = mend(held.bytes)
    assert {change.rule for change in changes} == {"ND30-46", "ND30-47"}  # both halves of the line alike
    assert rules(mended) == set()


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(Unreadable):
        mend(b"no file")
