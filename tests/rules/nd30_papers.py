"""Laid-out documents for the tests of Decree 30: clean ones made by the writer, and a hand to spoil them with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from service.docx_writer import write
from service.nd30.drafting import draft_from_text
from service.nd30.kinds import KINDS, Addressee, Signing
from service.records import Appendix, CertifiedCopy, Draft
from tests.rules.nd30_samples import SAMPLES

LONG = (
    "Ủy ban nhân dân xã yêu cầu các thôn, các phòng chuyên môn rà soát số liệu, lập danh sách, phân công người theo "
    "dõi và báo cáo kết quả đúng thời hạn để tổng hợp, trình cấp có thẩm quyền xem xét theo quy định hiện hành."
)


class Paper:
    """A .docx in the hand: found by the beginning of a paragraph's text, changed, saved."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))

    @property
    def bytes(self) -> bytes:
        saved = io.BytesIO()
        self.document.save(saved)
        return saved.getvalue()

    @property
    def section(self) -> Any:
        return self.document.sections[0]

    def paragraphs(self) -> Iterator[Paragraph]:
        for element in self.document.element.body.iter(qn("w:p")):
            yield Paragraph(element, self.document._body)

    def find(self, start: str) -> Paragraph:
        return next(paragraph for paragraph in self.paragraphs() if paragraph.text.startswith(start))

    def body(self) -> list[Paragraph]:
        """The paragraphs of the body that the writer set in a body style."""
        styles = {"Nội dung", "Khoản", "Điểm", "Điều", "Căn cứ"}
        return [paragraph for paragraph in self.paragraphs() if paragraph.style and paragraph.style.name in styles]

    def type(self, start: str, **font: Any) -> None:
        """Direct type on every run of a paragraph: size (points), bold, italic, name, colour."""
        for run in self.find(start).runs:
            for name, value in font.items():
                if name == "size":
                    run.font.size = Pt(value)
                elif name == "colour":
                    run.font.color.rgb = RGBColor.from_string(value)
                else:
                    setattr(run.font, name, value)

    def type_all(self, **font: Any) -> None:
        for paragraph in self.body():
            for run in paragraph.runs:
                if "size" in font:
                    run.font.size = Pt(font["size"])
                if "name" in font:
                    run.font.name = font["name"]

    def align(self, start: str, value: int) -> None:
        self.find(start).alignment = value

    def shape_all(self, **values: Any) -> None:
        for paragraph in self.body():
            for name, value in values.items():
                setattr(paragraph.paragraph_format, name, value)

    def reword(self, start: str, text: str) -> None:
        """Another text in the first run of a paragraph, the others emptied."""
        runs = self.find(start).runs
        runs[0].text = text
        for run in runs[1:]:
            run.text = ""

    def unrule(self, start: str, style: str = "") -> None:
        """Take the drawn line below a paragraph away, or draw it in another style."""
        below = self.find(start)._p.getnext()
        for top in below.iter(qn("w:top")):
            if style:
                top.set(qn("w:val"), style)
            else:
                top.getparent().remove(top)

    def number(self) -> Paragraph:
        return self.section.header.paragraphs[0]


def paper(name: str) -> Paper:
    return Paper(clean(name))


@cache
def clean(name: str) -> bytes:
    """A clean document: one of the samples, «long» of several pages, or «appendix» with two appendices."""
    if name == "long":
        draft = draft_from_text(SAMPLES["bao_cao"])
        return write(Draft(**{**vars(draft), "body": (LONG,) * 16 + draft.body}))
    if name == "appendix":
        return _with_appendices()
    if name == "copy":
        return _copied()
    if name == "parties":
        return write(draft_of("hop_dong"))
    if name == "urgent":
        marked = Paper(write(draft_from_text(SAMPLES["cong_dien"])))
        mark = marked.find("CÔNG ĐIỆN").insert_paragraph_before("HỎA TỐC")
        mark.runs[0].bold = True
        return marked.bytes
    return write(draft_from_text(SAMPLES[name]))


def _with_appendices() -> bytes:
    draft = draft_from_text(SAMPLES["quyet_dinh"].replace("danh sách kèm theo.", "Phụ lục kèm theo."))
    list_of = Appendix("Danh sách Tổ công tác", ("1. Bà Lê Thị Mẫu, Tổ trưởng.",))
    return write(replace(draft, appendices=(list_of, list_of)))


def _copied() -> bytes:
    stamp = CertifiedCopy(
        "SAO Y",
        issuer="ỦY BAN NHÂN DÂN XÃ AN BÌNH",
        sign="05/SY-UBND",
        place="An Bình",
        dated="ngày 20 tháng 12 năm 2026",
        authority=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        signer="Đỗ Thị Thử",
        recipients=("Các phòng chuyên môn", "Lưu: VT"),
    )
    return write(replace(draft_from_text(SAMPLES["quyet_dinh"]), copy=stamp))


def draft_of(kind_id: str) -> Draft:
    """A plain invented draft of any kind."""
    kind = next(kind for kind in KINDS if kind.id == kind_id)
    minutes, parties = kind.signing is Signing.MINUTES, kind.signing is Signing.PARTIES
    letters = kind.abbreviation or "UBND"
    opening = (
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG",
         "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025.",
         f"{kind.title}:" if kind.id == "quyet_dinh" else "QUYẾT NGHỊ:", "Điều 1. Thành lập Tổ công tác của xã.")
        if kind.order
        else ("Thực hiện nhiệm vụ được giao, Ủy ban nhân dân xã Triệu Phong có ý kiến như sau:",
              "1. Rà soát số hộ thuộc diện hỗ trợ;", "a) Lập danh sách theo từng thôn;", "b) Báo cáo kết quả.")
    )  # fmt: skip
    addressed = kind.addressee in (Addressee.REQUIRED, Addressee.WIRE)
    first = ("Như Điều 1",) if kind.order else ("Như trên",) if addressed or kind.first_recipient else ()
    signs = f"12/{letters}-{'UBND' if kind.abbreviation else 'VX'}" if kind.has_number else ""
    return Draft(
        kind=kind.id,
        issuer="ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG",
        sign=signs,
        place="Triệu Phong" if kind.has_place_date else "",
        dated="ngày 05 tháng 6 năm 2026" if kind.has_place_date else "",
        subject=("Về việc rà soát số liệu" if kind.has_title else "rà soát số liệu") if kind.has_subject else "",
        addressees=("Ủy ban nhân dân các xã, phường", "Chi cục Thủy lợi")[
            : 2 if kind.addressee is Addressee.WIRE else 1
        ]
        if addressed
        else (),
        body=(*opening, "Trân trọng đề nghị các đơn vị phối hợp thực hiện./."),
        authority=("CHỦ TỌA",) if minutes else ("ĐẠI DIỆN BÊN A", "CHỦ TỊCH") if parties else ("CHỦ TỊCH",),
        signer="Phạm Văn Mẫu",
        recipients=(*first, "Thường trực Đảng ủy xã", "Lưu: VT, VX"),
        secretary="Lê Thị Mẫu" if minutes else "",
        counterpart=("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC") if parties else (),
        countersigner="Trần Văn Thí" if parties else "",
    )


def move_number_to_footer(held: Paper) -> None:
    """The page number where a habit of many offices has it."""
    number = held.number()._p
    footer = held.section.footer.paragraphs[0]._p
    footer.getparent().replace(footer, number)
    held.section.header._element.append(OxmlElement("w:p"))


def lay_down(held: Paper) -> None:
    held.section.page_width, held.section.page_height = Mm(297), Mm(210)
