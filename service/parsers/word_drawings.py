"""What is drawn beside the text of a Word file: lines, pictures and text boxes; and what rules a text off.

Word writes a drawing twice, for new readers and for old ones (``mc:AlternateContent``); the new copy is read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from service.parsers.word_styles import A, W
from service.records import Line

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_V = "{urn:schemas-microsoft-com:vml}"

_BOX = f"{W}txbxContent"
_PICTURES = frozenset({f"{_PIC}pic", f"{_V}imagedata"})
_DRAWN = frozenset({f"{_WPS}wsp", f"{_V}line", f"{_V}shape", _BOX, *_PICTURES})
_STRAIGHT = frozenset({"line", "straightConnector1"})
_UNDERSCORES = re.compile(r"[\s_]*_{3,}[\s_]*|[\s─—–-]*[─—–-]{5,}[\s─—–-]*")


def drawn_in(paragraph: Any) -> list[Any]:
    """The shapes, pictures and contents of text boxes anchored in a paragraph."""
    return [element for element in paragraph.iter(*_DRAWN) if not in_fallback(element, paragraph)]


def is_picture(drawn: Any) -> bool:
    """True for an image."""
    return drawn.tag in _PICTURES


def is_outer_box(drawn: Any) -> bool:
    """True for the content of a text box that stands in no other one."""
    return drawn.tag == _BOX and not any(above.tag == _BOX for above in drawn.iterancestors())


def in_fallback(element: Any, paragraph: Any) -> bool:
    """True when the element belongs to the copy for old readers."""
    for above in element.iterancestors():
        if above.tag == f"{MC}Fallback":
            return True
        if above is paragraph:
            return False
    return False


def drawn_line(element: Any) -> str:
    """The dash style of a straight line; empty when the shape is none."""
    if element.tag == f"{_WPS}wsp":
        shape, dash = element.find(f".//{A}prstGeom"), element.find(f".//{A}prstDash")
        if shape is None or shape.get("prst") not in _STRAIGHT:
            return ""
        return "single" if dash is None or dash.get("val") == "solid" else "dashed"
    if element.tag in (f"{_V}line", f"{_V}shape"):
        if element.tag == f"{_V}shape" and element.get("type") != "#_x0000_t32":
            return ""
        stroke = element.find(f"{_V}stroke")
        return "single" if stroke is None or stroke.get("dashstyle", "solid") == "solid" else "dashed"
    return ""


def with_rules(lines: list[Line], text: str) -> tuple[Line, ...]:
    """A row of underscores, or an empty paragraph with a border or a drawn line, rules the text above it."""
    ruled = list(lines)
    last: int | None = None
    for n, line in enumerate(ruled):
        words = text[line.start : line.end].strip()
        is_rule = bool(words) and _UNDERSCORES.fullmatch(words)
        if words and not is_rule:
            if last is not None and not ruled[last].below and line.above and ruled[last].place == line.place:
                ruled[last] = replace(ruled[last], below=line.above)
            last = None if line.boxed else n
        elif last is not None and not ruled[last].below and ruled[last].place == line.place:
            drawn = "single" if is_rule else line.above or line.below
            ruled[last] = replace(ruled[last], below=drawn)
    return tuple(ruled)
