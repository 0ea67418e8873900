"""A plain text as the papers in it: documents in the form of Decree 30, and what stands before them.

One text may hold two versions of a document, or the four of a file. A document begins with the national name, goes on
to the next one, and a line of its own right above it is its heading: «BẢN CŨ», «VĂN BẢN 2». What stands before the
first is none: notes, a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from service.nd30.outline import outline
from service.nd30.parts import Found, Part
from service.nd30.pieces import NATION
from service.text import fold

LONGEST_HEADING = 80
"""Characters of a line that may be the heading of the document below it."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*$")
_ONE_LINE = frozenset({Part.ADDRESSED, Part.ADDRESSEE})


@dataclass(frozen=True)
class Paper:
    """A stretch of a text, from ``start``; ``heading`` is the line above it and no part of ``text``."""

    text: str
    start: int = 0
    heading: str = ""
    document: bool = False


def papers(text: str) -> tuple[Paper, ...]:
    """The papers of a text (NFC) in their order: every word of it is in one of them, or in its heading."""
    lines = list(_LINE.finditer(text))
    begun = [n for n, line in enumerate(lines) if NATION.match(fold(line[0].strip()))]
    headings = [lines[n - 1] if n and _is_heading(text, lines[n - 1], lines[n]) else None for n in begun]
    cuts = [heading.start() if heading else lines[n].start() for n, heading in zip(begun, headings, strict=True)]
    ends = [*cuts, len(text)]
    found = [_paper(text, 0, ends[0])]
    for n, heading, end in zip(begun, headings, ends[1:], strict=True):
        found.append(_paper(text, lines[n].start(), end, heading[0].strip() if heading else "", document=True))
    return tuple(one for one in found if one.text)


def components(text: str) -> tuple[Found, ...]:
    """The components of a text, one for each paragraph and row as it is printed.

    What the outline leaves aside is ``Part.OTHER``: no line with a letter or a figure goes missing.
    """
    places: list[tuple[int, int, Part]] = []
    for found in outline(text).found:
        if (
            found.part in _ONE_LINE
            and places
            and places[-1][2] in _ONE_LINE
            and "\n" not in text[places[-1][1] : found.start]
        ):
            start, _, part = places.pop()  # «Kính gửi: …» on one line
            places.append((start, found.end, part))
        elif found.part is Part.TABLE:
            rows = re.finditer(r"[^\n]+", text[found.start : found.end])
            places += [(found.start + row.start(), found.start + row.end(), found.part) for row in rows]
        else:
            places.append((found.start, found.end, found.part))
    begun = [start for start, _, _ in places]
    for line in re.finditer(r"[^\n]+", text):
        last = bisect_left(begun, line.end()) - 1
        if (last < 0 or places[last][1] <= line.start()) and any(map(str.isalnum, line[0])):
            places.append((line.start(), line.end(), Part.OTHER))
    return tuple(Found(part, text[start:end], start, end) for start, end, part in sorted(places))


def _is_heading(text: str, line: re.Match[str], below: re.Match[str]) -> bool:
    """A short line that is a paragraph of its own and no sentence."""
    words = line[0].strip()
    alone = not text[: line.start()].strip() or _PARAGRAPH_END.search(text[: line.start()])
    parted = "\n" in text[line.end() + 1 : below.start()]
    return bool(alone and parted and len(words) <= LONGEST_HEADING and words[-1] not in ".;," and words[0] != "-")


def _paper(text: str, start: int, end: int, heading: str = "", *, document: bool = False) -> Paper:
    words = text[start:end].strip()
    return Paper(words, text.index(words, start) if words else start, heading, document)
