"""What can be quoted of a passage: whole sentences with the headings above them, and whole rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from service.nd30.body import is_caps
from service.nd30.outline import outline
from service.nd30.parts import Part
from service.quoting.rows import rows
from service.records import Passage
from service.text import count_syllables, fold, sentences

LONGEST_LEAD = 160
"""Letters of the headings before a sentence, at most."""
LONGEST_CELL, RUN = 10, 3
"""Syllables of a line that may be a cell, and how many such lines in a row are a table."""
LONGEST_LEAD_IN = 8
"""Syllables of words before a colon that state nothing by themselves: «Thành phần:»."""
LONGEST_HEADING = 14
"""Syllables of a line that leads to the next and need not be quoted itself."""
SHORTEST = 4
"""Syllables of a sentence that is worth quoting."""

_FORM = {
    Part.NATION, Part.MOTTO, Part.ISSUER, Part.SIGN, Part.PLACE_DATE, Part.ABOUT, Part.TITLE, Part.SUBJECT, Part.MARK,
    Part.ADDRESSED, Part.ADDRESSEE, Part.RECIPIENTS, Part.RECIPIENT, Part.OTHER, Part.AUTHORITY, Part.SIGNER, Part.NOTE,
    Part.SECRETARY_TITLE, Part.SECRETARY, Part.COUNTERPART, Part.COUNTERSIGNER,
}  # fmt: skip
_SURE = {Part.NATION, Part.MOTTO, Part.TITLE, Part.ADDRESSED, Part.RECIPIENTS}
"""The parts that name a document and those it goes to, and by which of them a passage is known to hold any."""
_ASKS_FOR_FORM = re.compile(
    r"\b(?:ban hanh|ky hieu|trich yeu|ngay ky|ky (?:vao )?(?:ngay|hom|khi) nao|co quan nao|ve viec gi|kinh gui|noi nhan"
    r"|ai (?:da )?ky|nguoi ky"
    r"|gui (?:cho |den |toi )?(?:cac |nhung )?(?:ai|noi nao|don vi nao)|so (?:may|bao nhieu|nao))\b"
)

_LABEL = re.compile(
    r"(?:(?:phần|chương|mục|tiểu mục|điều|khoản|điểm)\s+\w{1,6}|\d{1,2}|[ivxlc]{1,6})\s*[.:)]?", re.IGNORECASE
)
"""The number of a heading, which is no sentence though it ends in a full stop."""
_MARKED = re.compile(
    r"(?:(?:phần|chương|mục|tiểu mục|điều|khoản|điểm)\s+\w{1,6}\b|(?:\d{1,2}|[ivxlc]{1,6}|[a-zđ])[.)]\s|[-–+*•]\s)",
    re.IGNORECASE,
)
_DIVISION = re.compile(r"\s*(?:phần|chương|mục|tiểu mục|điều)\s+\w{1,6}\b", re.IGNORECASE)


_Piece = tuple[int, int, bool]
"""Where a sentence, a line or a row stands; True for a row."""


def asks_for_form(question: str) -> bool:
    """True for a question whose answer may be the head of a document: its number, day, body, subject, addressees or
    signer."""
    return bool(_ASKS_FOR_FORM.search(fold(question)))


def whole(passage: Passage, within: tuple[int, int], *, form: bool = False) -> list[tuple[int, int]]:
    """Sentences and rows of a stretch, the form of the document left out unless asked for.

    The nearest heading or lead-in («Thành phần:») goes with what it leads to, the lines of a head, and of a table that
    was read as a run of short lines, with each other; the head row of a table is left out.
    """
    text = passage.text
    found = _joined(text, _pieces(passage, within)) if form else _below_headings(passage, within)
    return [(start, end) for start, end in found if count_syllables(text[start:end]) >= SHORTEST]


def _joined(text: str, pieces: Iterable[_Piece]) -> list[tuple[int, int]]:
    """Each piece with the unended ones before it, up to ``LONGEST_LEAD``."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, int] | None = None
    for start, end, row in pieces:
        if row and opened:  # a row tells what it is by its columns
            found.append(opened)
            opened = None
        begun = opened[0] if opened else start
        if not row and not _ends(text[start:end]) and end - begun < LONGEST_LEAD:
            opened = begun, end
            continue
        found.append((begun, end))
        opened = None
    return [*found, opened] if opened else found


def _below_headings(passage: Passage, within: tuple[int, int]) -> list[tuple[int, int]]:
    """Each line with the heading right above it, without the form of the document."""
    text, form, found = passage.text, _form(passage.text), list[tuple[int, int]]()
    opened: tuple[int, int] | None = None

    def sort(line: _Piece) -> tuple[bool, bool]:
        return any(line[0] < last and first < line[1] for first, last in form), _is_cell(text, line)

    for (in_form, cells), run in groupby(_lines(passage, within), key=sort):
        lines = list(run)
        if in_form or (cells and len(lines) >= RUN):
            found += [opened] if opened and not _leads_only(text[slice(*opened)]) else []
            found += [] if in_form else _joined(text, lines)
            opened = None
            continue
        for start, end, row in lines:
            leads = not row and not _ends(text[start:end]) and count_syllables(text[start:end]) <= LONGEST_HEADING
            if opened and (row or leads) and not _leads_only(text[slice(*opened)]):
                found.append(opened)
            if not leads:
                found.append((opened[0] if opened and not row else start, end))
            opened = (start, end) if leads else None
    return [*found, opened] if opened else found


def _ends(said: str) -> bool:
    """True for words that end in an end mark, and are no mere number of a heading."""
    said = said.strip()
    return said[-1] in ".;!?…" and not _LABEL.fullmatch(said)


def _lines(passage: Passage, within: tuple[int, int]) -> Iterator[_Piece]:
    """The pieces, a number with what it numbers, and a line that was broken with the rest of it."""
    text = passage.text
    waiting: tuple[int, int] | None = None
    for start, end, row in _pieces(passage, within):
        if waiting and (row or not (_LABEL.fullmatch(text[slice(*waiting)].strip()) or text[start].islower())):
            yield *waiting, False
            waiting = None
        begun = waiting[0] if waiting else start
        waiting = None if row or _ends(text[start:end]) else (begun, end)
        if waiting is None:
            yield begun, end, row
    if waiting:
        yield *waiting, False


def _is_cell(text: str, line: _Piece) -> bool:
    start, end, row = line
    said = text[start:end].strip()
    marked = is_caps(said) or _MARKED.match(said) or said.endswith(":")
    return not row and not marked and not _ends(said) and count_syllables(said) <= LONGEST_CELL


def _leads_only(said: str) -> bool:
    """True for a heading that says nothing of its own."""
    lead_in = said.rstrip().endswith(":") and count_syllables(said) <= LONGEST_LEAD_IN
    return lead_in or is_caps(said) or _DIVISION.match(said) is not None


def _pieces(passage: Passage, within: tuple[int, int]) -> Iterator[_Piece]:
    """Sentences, and rows as they stand."""
    at, last = within
    for row in rows(passage):
        if not at <= row.start < row.end <= last:
            continue
        yield from ((at + start, at + end, False) for start, end in sentences(passage.text[at : row.start]))
        if not row.is_head:
            yield row.start, row.end, True
        at = row.end
    yield from ((at + start, at + end, False) for start, end in sentences(passage.text[at:last]))


def _form(text: str) -> list[tuple[int, int]]:
    found = outline(text).found
    if _SURE.isdisjoint(one.part for one in found):
        return []
    return [(one.start, one.end) for one in found if one.part in _FORM]
