"""What can be quoted of a passage: whole sentences with the headings above them, and whole rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.nd30.outline import outline
from service.nd30.parts import Part
from service.quoting.rows import rows
from service.records import Passage
from service.text import count_syllables, fold, sentences

LONGEST_LEAD = 160
"""Letters of the headings before a sentence, at most."""
SHORTEST = 4
"""Syllables of a sentence that is worth quoting."""

_FORM = {
    Part.NATION, Part.MOTTO, Part.ISSUER, Part.SIGN, Part.PLACE_DATE, Part.ABOUT, Part.TITLE, Part.SUBJECT, Part.MARK,
    Part.ADDRESSED, Part.ADDRESSEE, Part.RECIPIENTS, Part.RECIPIENT, Part.OTHER,
}  # fmt: skip
_SURE = {Part.NATION, Part.MOTTO, Part.TITLE, Part.ADDRESSED, Part.RECIPIENTS}
"""The parts that name a document and those it goes to, and by which of them a passage is known to hold any."""
_ASKS_FOR_FORM = re.compile(
    r"\b(?:ban hanh|ky hieu|trich yeu|ngay ky|ky (?:vao )?(?:ngay|hom|khi) nao|co quan nao|ve viec gi|kinh gui|noi nhan"
    r"|gui (?:cho |den |toi )?(?:cac |nhung )?(?:ai|noi nao|don vi nao)|so (?:may|bao nhieu|nao))\b"
)

_LABEL = re.compile(
    r"(?:(?:phần|chương|mục|tiểu mục|điều|khoản|điểm)\s+\w{1,6}|\d{1,2}|[ivxlc]{1,6})\s*[.:)]?", re.IGNORECASE
)
"""The number of a heading, which is no sentence though it ends in a full stop."""


def asks_for_form(question: str) -> bool:
    """True for a question whose answer may be the head of a document: its number, day, body, subject or addressees."""
    return bool(_ASKS_FOR_FORM.search(fold(question)))


def whole(passage: Passage, within: tuple[int, int], *, form: bool = False) -> list[tuple[int, int]]:
    """Sentences and rows of a stretch, the form of the document left out unless asked for.

    A heading or a lead-in («Thành phần:») goes with what it leads to; the head row of a table is left out.
    """
    found: list[tuple[int, int]] = []
    passed = [] if form else _form(passage.text)
    opened: tuple[int, int] | None = None
    for start, end, row in _pieces(passage, within):
        if any(start < last and first < end for first, last in passed):
            found += [opened] if opened else []
            opened = None
            continue
        if row and opened:  # a row tells what it is by its columns
            found.append(opened)
            opened = None
        begun = opened[0] if opened else start
        said = passage.text[start:end].rstrip()
        leads = not row and (said[-1] not in ".;!?…" or _LABEL.fullmatch(said) is not None)
        if leads and end - begun < LONGEST_LEAD:
            opened = begun, end
            continue
        found.append((begun, end))
        opened = None
    found += [opened] if opened else []
    return [(start, end) for start, end in found if count_syllables(passage.text[start:end]) >= SHORTEST]


def _pieces(passage: Passage, within: tuple[int, int]) -> Iterator[tuple[int, int, bool]]:
    """Sentences, and rows as they stand; True for a row."""
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
