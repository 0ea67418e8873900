"""Page and type of Decree 30/2020/NĐ-CP: Phụ lục I, phần I, mục I (page), II (components) and V (type table).

Sizes in points, page measures in millimetres. Of each range the decree allows, ``SET_A`` takes the large end and
``SET_B`` the sizes of the decree's own example column; its footnote asks that sizes rise and fall together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
TWIPS_PER_MM = 1440 / 25.4
MM_PER_POINT = 25.4 / 72


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    BOTH = "both"


@dataclass(frozen=True)
class Page:
    """A4 upright; each margin as the allowed range and the value our writer takes."""

    width: float = 210
    height: float = 297
    top: tuple[float, float] = (20, 25)
    bottom: tuple[float, float] = (20, 25)
    left: tuple[float, float] = (30, 35)
    right: tuple[float, float] = (15, 20)
    own_top: float = 20
    own_bottom: float = 20
    own_left: float = 30
    own_right: float = 20
    header: float = 8  # from the edge to the page number, inside the top margin

    @property
    def text_width(self) -> float:
        """Width of the lines that our writer sets."""
        return self.width - self.own_left - self.own_right


PAGE = Page()
LEFT_COLUMN = 62.0  # box 2; the rest is box 1: quốc hiệu at 13 pt bold is 95.7 mm long and must stay on one line
INDENT_MM = 12.7  # khoản 6, điểm e: 1 cm or 1.27 cm
COLON_AT = 17.6  # mm from the K to the colon of «Kính gửi:» at 14 pt: the dashes stand under it (khoản 9, điểm d)
GAP_POINTS = 6.0  # khoản 6, điểm e: at least 6 pt between paragraphs
LINE_SPACING = 1.15  # khoản 6, điểm e: single to 1.5 lines
SHORT_RULE = 0.4  # khoản 2 and 5: 1/3 to 1/2 of the text above


@dataclass(frozen=True)
class Look:
    """How one component is set. ``name`` is the Word style's name; ``low``–``high`` the sizes the decree allows."""

    name: str
    low: float
    high: float
    example: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = Align.CENTRE
    indent: bool = False


LOOKS: Mapping[str, Look] = {
    "nation": Look("Quốc hiệu", 12, 13, 12, bold=True, caps=True),
    "motto": Look("Tiêu ngữ", 13, 14, 13, bold=True),
    "superior": Look("Cơ quan chủ quản", 12, 13, 12, caps=True),
    "issuer": Look("Cơ quan ban hành", 12, 13, 12, bold=True, caps=True),
    "sign": Look("Số, ký hiệu", 13, 13, 13),
    "place_date": Look("Địa danh, thời gian", 13, 14, 13, italic=True),
    "title": Look("Tên loại", 13, 14, 14, bold=True, caps=True),
    "subject": Look("Trích yếu", 13, 14, 14, bold=True),
    "about": Look("Trích yếu công văn", 12, 13, 12),
    "addressed": Look("Kính gửi", 13, 14, 14),
    "addressee": Look("Nơi gửi", 13, 14, 14, align=Align.LEFT),
    "office": Look("Thẩm quyền ban hành", 13, 14, 14, bold=True, caps=True),
    "ground": Look("Căn cứ", 13, 14, 14, italic=True, align=Align.BOTH, indent=True),
    "order": Look("Lệnh quyết định", 13, 14, 14, bold=True, caps=True),
    "text": Look("Nội dung", 13, 14, 14, align=Align.BOTH, indent=True),
    "division": Look("Phần, chương, mục", 13, 14, 14, bold=True),
    "heading": Look("Tiêu đề phần, chương, mục", 13, 14, 14, bold=True, caps=True),
    "article": Look("Điều", 13, 14, 14, align=Align.BOTH, indent=True),
    "roman": Look("Mục La Mã", 13, 14, 14, bold=True, caps=True, align=Align.BOTH, indent=True),
    "clause": Look("Khoản", 13, 14, 14, align=Align.BOTH, indent=True),
    "point": Look("Điểm", 13, 14, 14, align=Align.BOTH, indent=True),
    "cell": Look("Ô bảng", 13, 14, 13, align=Align.LEFT),
    "authority": Look("Quyền hạn, chức vụ", 13, 14, 14, bold=True, caps=True),
    "signer": Look("Họ tên người ký", 13, 14, 14, bold=True),
    "recipients": Look("Nơi nhận", 12, 12, 12, bold=True, italic=True, align=Align.LEFT),
    "recipient": Look("Mục nơi nhận", 11, 11, 11, align=Align.LEFT),
    "appendix": Look("Phụ lục", 14, 14, 14, bold=True),
    "appendix_title": Look("Tên phụ lục", 13, 14, 14, bold=True, caps=True),
    "appendix_note": Look("Kèm theo văn bản", 13, 14, 14, italic=True),
    "copied": Look("Hình thức sao", 13, 14, 13, bold=True, caps=True),
    "page_number": Look("Số trang", 13, 14, 14),
}

SET_A: Mapping[str, float] = {part: look.high for part, look in LOOKS.items()}
SET_B: Mapping[str, float] = {part: look.example for part, look in LOOKS.items()}

# Advance widths of Times New Roman Bold in thousandths of an em, by the letter without its marks.
_BOLD_WIDTHS = {
    letter: width
    for width, letters in {
        250: " ,.",
        278: "il/",
        333: "fjt-:",
        389: "sI",
        444: "cerz",
        500: "agovxyJ0123456789",
        556: "bdhknpquSđ",
        611: "FP",
        667: "BELTZ",
        722: "wACDNRUVXYĐ",
        778: "GHKOQ",
        833: "m",
        944: "M",
        1000: "W",
    }.items()
    for letter in letters
}


def bold_width(text: str, points: float) -> float:
    """Length in mm of one line of ``text`` in Times New Roman Bold; what the ruled lines are measured by."""
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in text)
    return sum(_BOLD_WIDTHS.get(letter, 500) for letter in letters) / 1000 * points * MM_PER_POINT
