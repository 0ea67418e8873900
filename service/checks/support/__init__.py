"""Support: which passage bears a sentence of an answer out. No model decides, so tomorrow's answer is the same.

A passage holds a sentence when

1. each quantity of the sentence stands there, compared by value (``grounding.bears``; units of one kind too: 1,2 km is
   1.200 m): ``figures``;
2. each name of the sentence stands there, letter by letter, an abbreviation counting as its words: ``names``;
3. nothing is turned round: what one says and the other denies («phải nộp», «không phải nộp»), or two opposites
   («trước», «sau»; «tăng», «giảm») on the two sides: ``contradiction``;
4. nothing is mixed up: no clause of the sentence takes its words from two clauses of the passage that run in parallel
   («thùng xanh …, thùng xám …»): ``clauses``; nor is another one named as who does it: ``roles``;
5. nothing is made stronger: words for all, for certainty and for weighty deeds («mọi», «bảo đảm», «xử phạt») stand on
   both sides: ``strength``;
6. enough of its words are there, half by the word and half by the pair of neighbours.

Vectors, where there are any, add to the sixth and never make up for the others. What no rule sees is a claim in the
passage's own words whose persons or causes are exchanged; the person is told to read the passage.

Both sides are read by ``texts``, in the one spelling of ``normalisation``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from service.checks.citations import citations
from service.checks.support.clauses import mixed
from service.checks.support.contradiction import contradicted
from service.checks.support.figures import quantities_hold
from service.checks.support.names import names_hold
from service.checks.support.roles import other_doer
from service.checks.support.strength import stronger
from service.checks.support.texts import Text, claim_of, nearest, read, states
from service.records import Judged, Passage, Support
from service.text import sentences

ENOUGH = 0.34
"""The least overlap, 0 to 1, with which a passage holds a sentence; chosen on one half of the labelled pairs."""

MEANING = 0.25
"""What a cosine of 1 adds to the overlap; a cosine up to ``UNLIKE`` adds nothing."""
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
    """How well a passage bears a sentence out: its overlap, 0 to 1, or 0 when something in it is not borne out."""
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
    """The overlap of a claim with passages read as one, raised by likeness, or 0 when a rule speaks against it."""
    there = read("\n".join(f"{one.document_title}. {one.heading}\n{one.text}" for one in passages))
    if not claim.words or not quantities_hold(claim, there) or not names_hold(claim, there):
        return 0.0
    beside = nearest(claim, there)
    if contradicted(claim, beside) or mixed(claim, there) or other_doer(claim, there) or stronger(claim, there, beside):
        return 0.0
    score = _overlap(claim, there)
    if likeness is not None:
        near = max(likeness(claim.text, one.text) for one in passages)
        score += MEANING * max(0.0, near - UNLIKE) / (1 - UNLIKE)
    return min(score, 1.0)


def _overlap(claim: Text, there: Text) -> float:
    """The share of the claim's words that the passage has, 0 to 1: half by the word, half by the pair of neighbours."""
    own, pairs = set(claim.words), claim.pairs
    single = len(own & set(there.words)) / len(own)
    return (single + len(pairs & there.pairs) / len(pairs)) / 2 if pairs else single
