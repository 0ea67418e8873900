"""What each paragraph of the body is (Decree 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 6; mẫu 1.1 – 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from service.nd30.kinds import Kind
from service.records import Table

ORDER = re.compile(r"QUYẾT (ĐỊNH|NGHỊ)\s*:?", re.IGNORECASE)
GROUND = re.compile(r"(Căn cứ|Theo đề nghị|Xét (đề nghị|tờ trình))\b", re.IGNORECASE)
APPENDIX = re.compile(r"Phụ lục(?:\s+(?P<number>[IVXLC]+|\d+|[A-Z]))?\s*[.:]?", re.IGNORECASE)
DIVISION = re.compile(r"(Phần|Chương|Mục|Tiểu mục)\s+([IVXLC]+|\d+|thứ \w+)\.?", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\.?")
_ROMAN = re.compile(r"[IVX]+\.\s")
_CLAUSE = re.compile(r"\d{1,2}\.\s")
_POINT = re.compile(r"[a-zđ]\)\s")
_INTRODUCES = re.compile(r"trân trọng giới thiệu\s*:$")  # mẫu 1.8 centres this line
_SHORT_TITLE = 25  # words; a longer line without a full stop is a sentence somebody forgot to end


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and the component of layout.LOOKS that sets it; the first ``lead`` letters are bold."""

    look: str
    text: str
    lead: int = 0


def is_caps(text: str) -> bool:
    """True when ``text`` has letters and all of them are capitals."""
    return text.upper() == text and text.lower() != text


def paragraphs(body: Iterable[str | Table], kind: Kind | None) -> tuple[Paragraph | Table, ...]:
    """The body with every paragraph named; a line break inside a paragraph starts a new one."""
    found: list[Paragraph | Table] = []
    opening = True  # authority line and căn cứ stand before everything else
    after_division = False
    for item in body:
        if isinstance(item, Table):
            found.append(item)
            opening = after_division = False
            continue
        for line in filter(None, map(str.strip, item.split("\n"))):
            paragraph = _paragraph(line, kind, opening, after_division)
            found.append(paragraph)
            after_division = paragraph.look == "division"
            opening = opening and paragraph.look in ("office", "ground")
    return tuple(found)


def _paragraph(line: str, kind: Kind | None, opening: bool, after_division: bool) -> Paragraph:
    decides = kind is not None and kind.order
    if ORDER.fullmatch(line):
        return Paragraph("order", line)
    if opening and decides and is_caps(line):
        return Paragraph("office", line)
    if opening and GROUND.match(line) and line[-1] in ";.":
        return Paragraph("ground", line)
    if DIVISION.fullmatch(line):
        return Paragraph("division", line)
    if _INTRODUCES.search(line):
        return Paragraph("addressed", line)
    if after_division and is_caps(line):
        return Paragraph("heading", line)
    if article := _ARTICLE.match(line):
        return Paragraph("article", line, len(line) if _is_title(line) else article.end())
    if _ROMAN.match(line) and _is_title(line):
        return Paragraph("roman", line, len(line))
    if _CLAUSE.match(line):
        return Paragraph("clause", line, len(line) if _is_title(line) else 0)
    return Paragraph("point" if _POINT.match(line) else "text", line)


def _is_title(line: str) -> bool:
    return line[-1] not in ".,;:/" and len(line.split()) <= _SHORT_TITLE
