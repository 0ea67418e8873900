"""Support: which passage bears a sentence of an answer out. No model decides, so tomorrow's answer is the same.

A passage does not hold a sentence unless

1. each quantity of the sentence stands there, compared by value (``grounding.bears``; units of one kind too: 1,2 km is
   1.200 m): ``figures``;
2. each name of the sentence stands there, letter by letter, an abbreviation counting as its words: ``names``;
3. it does not go round in words that the passage says once: ``looping``;
4. the passage has ``COVERED`` of its telling words, a paraphrase counting as its word: ``wordings``, ``alignment``;
5. no rule says that the passage makes another claim: that the words belong to something else there (``crossing``,
   ``roles``), or that what is denied, planned or said of some is told otherwise (``contradiction``, ``intent``).

Then signs for and against are weighed (``signs``), with weights fitted to labelled pairs (``weights``). Vectors, where
there are any, are one more sign and never make up for a figure or a name. What no sign shows is a claim in the words of
the passage whose persons, causes or order in time are exchanged; the person is told to read the passage.

Both sides are read by ``texts``, in the one spelling of ``normalisation``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from service.checks.citations import citations
from service.checks.support.figures import quantities_hold
from service.checks.support.looping import loops
from service.checks.support.names import names_hold
from service.checks.support.signs import Beside
from service.checks.support.texts import Text, claim_of, read, states
from service.checks.support.weights import BIAS, WEIGHTS
from service.records import Judged, Passage, Support
from service.text import sentences

ENOUGH = 0.6
"""The least chance, 0 to 1, with which a passage is said to hold a sentence: above an even one, since what is held is
believed."""

COVERED = 0.42
"""Of the labelled sentences that a passage bears out, 1 % share fewer of their words with it; of those beside a passage
on something else, 90 % do."""

MEANING = 1.0
"""What a cosine of 1 adds to the weighed sum; a cosine up to ``UNLIKE`` adds nothing."""
UNLIKE = 0.4

Likeness = Callable[[str, str], float]
"""Cosine of a sentence and a passage, −1 to 1."""


def judge(answer: str, passages: Sequence[Passage], likeness: Likeness | None = None) -> tuple[Judged, ...]:
    """Each sentence of an answer that states something, with what bears it out.

    ``cited`` names the passages that hold; ``unheld`` those that are named and do not; ``found`` the passage that
    holds although none was named; ``none`` nothing. A lead-in («Các việc phải làm:») states nothing and is left out.
    """
    numbered = {passage.number: passage for passage in passages}
    stating = [(start, end) for start, end in sentences(answer) if states(answer[start:end])]
    return tuple(_judged(answer, start, end, numbered, likeness) for start, end in stating)


def holds(sentence: str, passage: Passage, likeness: Likeness | None = None) -> float:
    """The chance, 0 to 1, that a passage bears a sentence out; 0 when a quantity or name in it is not borne out."""
    return _held(claim_of(sentence), (passage,), likeness)


def _judged(answer: str, start: int, end: int, numbered: Mapping[int, Passage], likeness: Likeness | None) -> Judged:
    said = answer[start:end]
    claim = claim_of(said)
    named = list(dict.fromkeys(n for mark in citations(said) for n in mark.numbers if n in numbered))
    if named:
        alone = [n for n in named if _held(claim, (numbered[n],), likeness) >= ENOUGH]
        if alone:
            return Judged(start, end, Support.CITED, tuple(alone))
        if len(named) > 1 and _held(claim, [numbered[n] for n in named], likeness) >= ENOUGH:
            return Judged(start, end, Support.CITED, tuple(named))
        return Judged(start, end, Support.UNHELD, tuple(named))
    held = {n: _held(claim, (passage,), likeness) for n, passage in numbered.items()}
    best = max(held, key=held.__getitem__, default=None)
    if best is None or held[best] < ENOUGH:
        return Judged(start, end, Support.NONE, ())
    return Judged(start, end, Support.FOUND, (best,))


def _held(claim: Text, passages: Sequence[Passage], likeness: Likeness | None) -> float:
    """The chance that passages read as one hold a claim, raised by likeness, or 0 when a rule forbids it."""
    there = read("\n".join(f"{one.document_title}. {one.heading}\n{one.text}" for one in passages))
    if not claim.words or not names_hold(claim, there) or not quantities_hold(claim, there):
        return 0.0
    beside = Beside(claim, there)
    if beside.cover < COVERED or beside.another() or loops(claim, there):
        return 0.0
    weighed = BIAS + sum(WEIGHTS[name] * value for name, value in beside.signs().items())
    if likeness is not None:
        near = max(likeness(claim.text, one.text) for one in passages)
        weighed += MEANING * max(0.0, near - UNLIKE) / (1 - UNLIKE)
    return 1 / (1 + math.exp(-weighed))
