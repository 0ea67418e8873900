"""Two versions of a document, clause by clause: what is the same, changed, added, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.differences import diff_syllables
from service.records import Block, ClauseChange
from service.text import comparable, syllables

_LABEL = re.compile(
    r"\s*((?:Phụ lục|PHỤ LỤC)(?:\s+[IVXLC\d]+)?|(?:Phần|Chương|Mục|Điều)\s+[IVXLC\d]+[a-zđ]?"
    r"|[IVXLC]{1,6}(?=[.)])|\d{1,2}(?:\.\d{1,2})*(?=[.)])|[a-zđ](?=\)))",
    re.IGNORECASE,
)
ALIKE = 0.5
"""The least ratio of shared syllables with which two clauses are versions of one another."""


@dataclass(frozen=True)
class _Clause:
    n: int
    label: str
    text: str
    words: tuple[str, ...]


def versions(old: Sequence[Block], new: Sequence[Block]) -> tuple[ClauseChange, ...]:
    """Every clause of both in the order of the newer version; ``runs`` of a changed one as ``diff_syllables`` tells.

    Clauses are matched where the words are the same first, then by likeness between those matches, the same number
    («Điều 5», «khoản 2») counting for a clause whose words were changed a lot.
    """
    before, after = list(_clauses(old)), list(_clauses(new))
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after], autojunk=False)
    changes = list[ClauseChange]()
    for tag, low, high, start, stop in matcher.get_opcodes():
        if tag == "equal":
            changes += [_same(a, b) for a, b in zip(before[low:high], after[start:stop], strict=True)]
        else:
            changes += _between(before[low:high], after[start:stop])
    return tuple(changes)


def _clauses(blocks: Sequence[Block]) -> Iterator[_Clause]:
    article = ""
    for n, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if not text or block.kind in ("header", "footer"):
            continue
        found = _LABEL.match(text)
        label = found[1] if found else ""
        if label and label[:1].isalpha() and " " in label:
            article = label
        elif label and article:
            label = f"{article}, {label}"
        yield _Clause(n, label, text, tuple(one.text.casefold() for one in syllables(comparable(text))))


def _same(a: _Clause, b: _Clause) -> ClauseChange:
    if comparable(a.text) == comparable(b.text):
        return ClauseChange("same", b.label, a.n, b.n, (("=", b.text),))
    return ClauseChange("changed", b.label, a.n, b.n, tuple(diff_syllables(a.text, b.text)))


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
            a = before[of_new[j]]
            made.append(ClauseChange("changed", b.label, a.n, b.n, tuple(diff_syllables(a.text, b.text))))
            at += 1
        else:
            made.append(ClauseChange("added", b.label, None, b.n, (("+", b.text),)))
    return made + [_removed(one) for one in before[at:]]


def _alike(a: _Clause, b: _Clause) -> float:
    ratio = SequenceMatcher(None, a.words, b.words, autojunk=False).ratio()
    return ratio + 0.25 if a.label and a.label == b.label else ratio


def _removed(one: _Clause) -> ClauseChange:
    return ClauseChange("removed", one.label, one.n, None, (("-", one.text),))
