"""Answerability: whether documents hold what a question asks, and which of its words they do not hold.

words.py     the words of a question that tell, and those that no passage holds
asked.py     the kind of thing asked for, and sentences that hold one
evidence.py  what the passages found show, in numbers
weights.py   what each number counts for, learnt by ``python -m training.answerable``

No model is asked. Where it errs, it errs to the side of asking one, since every sentence of an answer is judged
afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from service.answerability.evidence import evidence
from service.answerability.weights import BIAS, LIMIT, WEIGHTS
from service.answerability.words import ASKING, lacking, proper, signs, whole
from service.kit import Kit
from service.records import Passage
from service.text import content_words, fold, syllables

__all__ = ["answerable", "doubt", "lacking"]

MANY = 10
"""So many documents must be there for the rarity of a word among them to tell something."""
COVERED_OF_FEW = 0.4
"""With fewer: the least part of a question's own words that one passage must hold for it to be put to the model."""


def answerable(kit: Kit, question: str, readable: Sequence[int], found: Sequence[Passage]) -> bool:
    """True when a question is worth putting to the model with the passages ``found``.

    ``readable`` are all documents that may be read, whatever the question is narrowed to: of many, the words that stand
    in few or none tell something; a few lack many a word in which they may well be asked.
    """
    if len(readable) < MANY:
        return _near(question, found, COVERED_OF_FEW)
    return bool(found) and doubt(kit, question, readable, found) <= LIMIT


def doubt(kit: Kit, question: str, readable: Sequence[int], found: Sequence[Passage]) -> float:
    """How much speaks against an answer: the log-odds of a logistic regression over the evidence."""
    seen = evidence(question, found, kit.index.weighed(question, readable))
    return float(BIAS + sum(weight * seen.get(name, 0.0) for name, weight in WEIGHTS.items()))


def _near(question: str, passages: Sequence[Passage], least: float) -> bool:
    """True when one passage, with its title and heading, holds enough of what the question asks about.

    Half of the measure are the words, half the pairs of neighbours; the names and document numbers of the question
    must be among the passages.
    """
    asked = [word for word in content_words(question) if word not in ASKING]
    if not passages or not asked:
        return bool(passages)
    texts = list(map(whole, passages))
    if signs(question) - signs(*texts):
        return False
    if proper(question) - {fold(one.text) for text in texts for one in syllables(text)}:
        return False
    return max(_covered(asked, content_words(text)) for text in texts) >= least


def _covered(asked: Sequence[str], there: Sequence[str]) -> float:
    known, own = set(there), set(asked)
    single = len(own & known) / len(own)
    pairs = set(pairwise(asked))
    return (single + len(pairs & set(pairwise(there))) / len(pairs)) / 2 if pairs else single
