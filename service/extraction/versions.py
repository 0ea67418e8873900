"""Two versions of a document, clause by clause: what is the same, changed, added, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.differences import diff_syllables
from service.records import Block, ClauseChange
from service.text import comparable, syllables

_NUMBERS = re.compile(
    r"\s*(?:(?P<division>(?:Phụ lục(?:\s+[IVXLC\d]+)?|(?:Phần|Chương|Mục|Điều)\s+[IVXLC\d]+[a-zđ]?)\b)"
    r"|(?P<roman>(?-i:[IVXLC]{1,6}))[.)]|(?P<clause>\d{1,2}(?:\.\d{1,2})*)[.)]|(?P<point>[a-zđ])\))[.:\s]*",
    re.IGNORECASE,
)
_FOOT = re.compile(r"\s*Nơi nhận\b", re.IGNORECASE)
_TITLE_END = re.compile(r"[^.;:,/]$")
ALIKE = 0.5
"""The least ratio of shared syllables with which two clauses are versions of one another."""


@dataclass(frozen=True)
class _Clause:
    """A block and where it stands: «khoản 1 Điều 2»; ``words`` are those after its number, if it has one.

    ``titled``: a division with its title, of which the number tells nothing.
    """

    n: int
    label: str
    text: str
    words: tuple[str, ...]
    numbered: bool
    titled: bool


def versions(old: Sequence[Block], new: Sequence[Block]) -> tuple[ClauseChange, ...]:
    """Every clause of both in the order of the newer version; ``runs`` of a changed one as ``diff_syllables`` tells.

    Clauses are matched where the words after their numbers are the same first, then by likeness between those matches,
    the same number («khoản 2 Điều 5») counting for a clause whose words were changed a lot. One that moved says from
    where: «Điều 4 cũ → Điều 5».
    """
    before, after = list(_clauses(old)), list(_clauses(new))
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after], autojunk=False)
    changes = list[ClauseChange]()
    for tag, low, high, start, stop in matcher.get_opcodes():
        if tag == "equal":
            changes += [_paired(a, b) for a, b in zip(before[low:high], after[start:stop], strict=True)]
        else:
            changes += _between(before[low:high], after[start:stop])
    return tuple(changes)


def _clauses(blocks: Sequence[Block]) -> Iterator[_Clause]:
    division = clause = ""
    for n, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if not text or block.kind in ("header", "footer"):
            continue
        if _FOOT.match(text):
            division = clause = ""
        found = None if block.kind == "row" else _NUMBERS.match(text)
        kind = found.lastgroup if found else None
        if found is None or kind is None:
            place = clause or division
            label = f"{'bảng' if block.kind == 'row' else 'đoạn'} thuộc {place}" if place else ""
        elif kind == "point":
            label = " ".join(filter(None, (f"điểm {found[kind]}", clause or division)))
        elif kind == "clause":
            label = clause = " ".join(filter(None, (f"khoản {found[kind]}", division)))
        else:
            label = division = found[kind] if kind == "division" else f"mục {found[kind]}"
            clause = ""
        rest = text[found.end() :] if found else text
        words = tuple(one.text.casefold() for one in syllables(comparable(rest or text)))
        titled = kind in ("division", "roman") and bool(_TITLE_END.search(rest))
        yield _Clause(n, label, text, words, found is not None, titled)


def _paired(a: _Clause, b: _Clause) -> ClauseChange:
    if comparable(a.text) == comparable(b.text):
        return ClauseChange("same", b.label, a.n, b.n, (("=", b.text),))
    label = b.label if a.label == b.label or not a.label else f"{a.label} cũ → {b.label}"
    return ClauseChange("changed", label, a.n, b.n, tuple(diff_syllables(a.text, b.text)))


def _between(before: Sequence[_Clause], after: Sequence[_Clause]) -> list[ClauseChange]:
    """Pair what was replaced: the most alike first, never crossing a pair that is closer."""
    rated = sorted(
        ((_alike(a, b), -abs(i - j), i, j) for i, a in enumerate(before) for j, b in enumerate(after)), reverse=True
    )
    pairs = dict[int, int]()
    for ratio, _, i, j in rated:
        crossing = any((i - x) * (j - y) <= 0 for x, y in pairs.items())
        if ratio >= ALIKE and not crossing:
            pairs[i] = j
    made, at = list[ClauseChange](), 0
    of_new = {j: i for i, j in pairs.items()}
    for j, b in enumerate(after):
        if j in of_new:
            while at < of_new[j]:
                made.append(_removed(before[at]))
                at += 1
            made.append(_paired(before[of_new[j]], b))
            at += 1
        else:
            made.append(ClauseChange("added", b.label, None, b.n, (("+", b.text),)))
    return made + [_removed(one) for one in before[at:]]


def _alike(a: _Clause, b: _Clause) -> float:
    ratio = SequenceMatcher(None, a.words, b.words, autojunk=False).ratio()
    same = a.numbered and b.numbered and a.label == b.label and not (a.titled or b.titled)
    return ratio + 0.25 if same else ratio


def _removed(one: _Clause) -> ClauseChange:
    return ClauseChange("removed", one.label, one.n, None, (("-", one.text),))
