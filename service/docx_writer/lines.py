"""Paragraphs in the style of their component, ruled lines, and long names broken where they may be."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING, Any

from service.nd30 import layout
from service.nd30.layout import LOOKS
from service.nd30.papers import components
from service.text import fold

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph

NOT_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNIT = re.compile(  # where a long name may go on to a new line: before the next body, unit or «VÀ»
    r" (?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|ỦY BAN|HỘI ĐỒNG|SỞ|(?:VĂN )?PHÒNG|(?:CHI )?CỤC|TRUNG TÂM|VÀ) )"
)
ROUNDING = 1.5  # mm: what a line may be longer than reckoned
RULE = "Đường kẻ"


def element(tag: str, **attributes: object) -> Any:
    """A WordprocessingML element: ``element("w:top", val="single", sz=6)``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def twips(millimetres: float) -> int:
    return round(millimetres * layout.TWIPS_PER_MM)


def points(value: float) -> Any:
    from docx.shared import Pt

    return Pt(value)


def style_id(name: str) -> str:
    """Plain letters, as Word makes its own; setting a style by id spares the library's search by name."""
    return fold(name).replace(" ", "").replace(",", "")


def clean(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(NOT_XML.sub("", text).split())


def put(holder: Document | Cell, part: str, text: str, lead: int = 0) -> WordParagraph:
    """A paragraph in the style of a component, its first ``lead`` letters bold; a new cell's empty one is used up."""
    is_new_cell = hasattr(holder, "_tc") and len(holder.paragraphs) == 1 and not holder.paragraphs[0].text
    paragraph = holder.paragraphs[0] if is_new_cell else holder.add_paragraph()
    paragraph._p.style = style_id(LOOKS[part].name if part in LOOKS else part)
    if lead:
        paragraph.add_run(text[:lead]).bold = True
    if text[lead:]:
        paragraph.add_run(text[lead:])
    return paragraph


def rule(holder: Document | Cell, length: float, room: float) -> WordParagraph:
    """A ruled line of ``length`` mm, centred in ``room`` mm: the top border of a small empty paragraph."""
    side = twips(max(0.0, (room - length) / 2))
    paragraph = holder.add_paragraph(style=RULE)
    properties = paragraph._p.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=1, color="auto"))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(element("w:ind", left=side, right=side), "w:jc", "w:rPr")
    return paragraph


def names(name: str, points: float, room: float) -> str:
    """A name in capitals on lines of ``room`` mm: two lines parted where a name may be parted, else even lines."""
    name = clean(name).upper()
    if layout.bold_width(name, points) <= room:
        return name
    halves = [(name[: gap.start()], name[gap.end() :]) for gap in _UNIT.finditer(name)]
    measured = ((max(layout.bold_width(half, points) for half in pair), pair) for pair in halves)
    longest, best = min(measured, default=(room + 1, ("", "")))
    return "\n".join(best) if longest <= room else even_lines(name, points, room)


def even_lines(text: str, points: float, room: float, *, before_small: bool = False) -> str:
    """``text`` on as few lines of ``room`` mm as it needs, of about the same length.

    With ``before_small`` a line begins with a small letter only, so that names such as «Thu Đông» stay together.
    """
    whole = layout.bold_width(text, points)
    wanted = math.ceil(whole / room)
    for lines, limit in itertools.product((wanted, wanted + 1), range(101)):
        width = whole / lines + (room - whole / lines) * limit / 100
        broken = _break(text, points, width, before_small)
        if len(broken) <= lines and all(layout.bold_width(line, points) <= room for line in broken):
            return "\n".join(broken)
    return text


def _break(text: str, points: float, width: float, before_small: bool) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and layout.bold_width(longer, points) > width and (word[:1].islower() or not before_small):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def reword(document: Document, said: str, wanted: str) -> None:
    """Give the paragraphs of a document that says ``said`` the words of ``wanted``, component by component.

    A component that the two texts hold a different number of times is left as it is.
    """
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    paragraphs = [Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]
    now, then = (_by_part(text) for text in (said, wanted))
    for part in now.keys() & then.keys():
        if len(now[part]) != len(then[part]):
            continue
        for old, new in zip(now[part], then[part], strict=True):
            if old == new:
                continue
            meant = next((one for one in paragraphs if " ".join(one.text.split()) == old), None)
            if meant is not None:
                first, *others = meant.runs
                first.text = clean(new)
                for run in others:
                    run._r.getparent().remove(run._r)


def _by_part(text: str) -> dict[str, list[str]]:
    """The words of each component, in their order."""
    found: dict[str, list[str]] = {}
    for one in components(text):
        found.setdefault(one.part, []).append(" ".join(one.text.split()))
    return found
