"""Answerability: whether documents hold what a question asks, and which of its words they do not hold.

words.py  the words of a question that tell, and those that no passage holds

Rules, no model: they err to the side of asking it, since every sentence of its answer is judged afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.answerability.words import ASKING, EVERYDAY_WORDS, lacking, proper, signs, whole
from service.kit import Kit
from service.records import Passage
from service.text import content_words, count_syllables, fold, syllables

__all__ = ["answerable", "lacking"]

UNHEARD = 0.5
"""A question of which more than this share stands nowhere in the documents is not put to the model (``unheard``). Of
1,180 questions in an asker's own words, each put to 40 documents, 0.24 refused 25 % of those that one of them answers
and 20 % of the others, 0.5 refuses 14 % and 10 %: how people speak says little of what a document holds."""
LACKING = 2
"""Nor is one of which so many syllables stand in none of the passages found."""
MANY = 10
"""So many documents must be there for a word that stands in none of them to tell something."""
COVERED, COVERED_OF_FEW = 0.25, 0.4
"""The least part of a question's own words that one passage must hold for the question to be put to the model. With few
documents it is the only rule, and stricter."""
_EVERYDAY = re.compile(rf"\b(?:{EVERYDAY_WORDS})\b", re.IGNORECASE)


def answerable(kit: Kit, question: str, readable: Sequence[int], found: Sequence[Passage]) -> bool:
    """True when a question is worth putting to the model with the passages ``found``.

    ``readable`` are all documents that may be read, whatever the question is narrowed to: of many, the words that stand
    in none tell something; a few lack many a word in which they may well be asked.
    """
    many = len(readable) >= MANY
    if many and kit.index.unheard(_EVERYDAY.sub(" ", question), readable) > UNHEARD:
        return False
    if many and sum(map(count_syllables, lacking(question, found))) >= LACKING:
        return False
    return _near(question, found, COVERED if many else COVERED_OF_FEW)


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
