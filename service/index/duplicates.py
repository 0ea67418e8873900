"""Near-duplicates: of passages that say the same only the best is shown, and it names where else that stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.index.terms import counted
from service.records import Passage

ALIKE = 0.85
"""Two passages are one when they share this much of their words and pairs, and all their numbers."""

_WITH_DIGIT = re.compile(r"[^\s\d]*\d\S*")


def without_duplicates(ranked: Sequence[tuple[Passage, str]], limit: int) -> list[Passage]:
    """The best ``limit`` passages, given best first with their indexed words; of those that say the same only the best.

    Its ``Passage.also`` names the documents of the others.
    """
    kept: list[tuple[Passage, str]] = []
    by_numbers: dict[tuple[str, ...], list[int]] = {}
    for passage, listed in ranked:
        alike = by_numbers.setdefault(tuple(sorted(_WITH_DIGIT.findall(listed))), [])
        twin = next((n for n in alike if _same(kept[n][1], listed)), None)
        if twin is not None:
            better, its_words = kept[twin]
            other = passage.document_title if passage.document_id != better.document_id else ""
            places = dict.fromkeys(filter(None, (*better.also.split("; "), other)))
            kept[twin] = replace(better, also="; ".join(places)), its_words
        elif len(kept) < limit:
            alike.append(len(kept))
            kept.append((passage, listed))
    return [passage for passage, _ in kept]


def _same(one: str, other: str) -> bool:
    if not ALIKE <= len(one) / max(1, len(other)) <= 1 / ALIKE:
        return False
    pairs, others = set(counted(one)), set(counted(other))
    return len(pairs & others) >= ALIKE * len(pairs | others)
