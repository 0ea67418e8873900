"""What was changed between two texts, by syllable."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from service.text import SYLLABLE

_TOKENS = re.compile(rf"(\s*)({SYLLABLE}|[^\s]|$)")
Op = Literal["=", "-", "+"]
Token = tuple[str, str]  # the space before it, and a syllable or a mark of punctuation
_PAIRS = 1_000_000
Step = tuple[str, int, int, int, int]  # an opcode of difflib


def diff_syllables(old: str, new: str) -> list[tuple[Op, str]]:
    """What was removed and added, by syllable, as runs that can be read.

    Runs are (op, text): "=" and "-" joined give ``old``, "=" and "+" joined give ``new``, to the last space.
    Between two changes a shared stretch of one or two syllables is told as changed too, so that a rewritten
    phrase reads as one replacement and not as a zip of single words.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    old_words, new_words = [word for _, word in before], [word for _, word in after]
    # Texts of one word over and over would take minutes; only for those difflib may leave out frequent words.
    often = Counter(new_words)
    heavy = sum(often[word] for word in old_words) > _PAIRS
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=heavy)
    steps = _without_islands(matcher.get_opcodes(), before, after)
    runs = list[tuple[Op, str]]()
    removed = added = ""
    for tag, low, high, start, stop in steps:
        if tag != "equal":
            removed += "".join(space + word for space, word in before[low:high])
            added += "".join(space + word for space, word in after[start:stop])
            continue
        for (old_space, word), (new_space, _) in zip(before[low:high], after[start:stop], strict=True):
            same = word
            if old_space == new_space and not removed and not added:
                same = old_space + word
            else:
                removed, added = removed + old_space, added + new_space
            runs += _changed(removed, added)
            runs.append(("=", same))
            removed = added = ""
    runs += _changed(removed, added)
    return _joined(runs)


def _without_islands(steps: Sequence[Step], before: list[Token], after: list[Token]) -> list[Step]:
    """Equal stretches that are no longer than the changes on both sides, and at most two syllables, become changes."""

    def words(tokens: list[Token]) -> int:
        return sum(1 for _, word in tokens if word[:1].isalnum())

    def size(step: Step) -> int:
        return max(words(before[step[1] : step[2]]), words(after[step[3] : step[4]]))

    kept = list[Step]()
    for at, step in enumerate(steps):
        inner = step[0] == "equal" and 0 < at < len(steps) - 1
        island = inner and size(step) <= min(2, size(steps[at - 1]), size(steps[at + 1]))
        kept.append(("replace", *step[1:]) if island else step)
    return kept


def _changed(removed: str, added: str) -> list[tuple[Op, str]]:
    """A change as runs; what both sides begin or end with in spaces is not part of it."""
    head = len(removed) - len(removed.lstrip()) if removed.strip() and added.strip() else 0
    while head and removed[:head] != added[:head]:
        head -= 1
    tail = 0
    shortest = min(len(removed), len(added)) - head
    while tail < shortest and removed[-1 - tail] == added[-1 - tail] and removed[-1 - tail].isspace():
        tail += 1
    runs: list[tuple[Op, str]] = [
        ("=", removed[:head]),
        ("-", removed[head : len(removed) - tail]),
        ("+", added[head : len(added) - tail]),
        ("=", removed[len(removed) - tail :] if tail else ""),
    ]
    return [run for run in runs if run[1]]


def _joined(runs: list[tuple[Op, str]]) -> list[tuple[Op, str]]:
    joined = list[tuple[Op, str]]()
    for op, piece in runs:
        if joined and joined[-1][0] == op:
            joined[-1] = op, joined[-1][1] + piece
        elif piece:
            joined.append((op, piece))
    return joined
