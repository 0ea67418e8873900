"""Sentences that go round: a small model that has lost its way says the same words again and again."""

from __future__ import annotations

from collections import Counter

from service.checks.support.texts import Text
from service.text import fold, syllables

RUN = 6
"""Syllables that no sentence repeats by chance; names of bodies have up to five («Ủy ban nhân dân xã»)."""


def loops(claim: Text, there: Text) -> bool:
    """True when a run of the claim's syllables comes more often than once, and than in the passage."""
    known = _runs(there.text)
    return any(count > max(1, known[run]) for run, count in _runs(claim.text).items())


def _runs(text: str) -> Counter[tuple[str, ...]]:
    found = [fold(one.text) for one in syllables(text)]
    return Counter(tuple(found[n : n + RUN]) for n in range(len(found) - RUN + 1))
