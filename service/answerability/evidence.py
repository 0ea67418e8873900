"""What passages show for and against answering a question, in numbers that a person can read; ``weights`` adds them up.

Words of the question weigh by their idf among all documents; what matters besides is how near they stand to the word
that asks, and whether a thing of the kind asked for stands in the sentences that hold them. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.answerability.asked import KINDS, holds, kind_asked, places_asked, said_by_kind, unit_asked
from service.answerability.words import ASKING_WORDS, EVERYDAY_WORDS, PLAIN_WORDS, proper, signs, whole
from service.quantities import quantities
from service.records import Passage
from service.text import fold, has_marks, normalise_tone, sentences, syllables

LOOKED_AT = 6
"""Passages whose sentences are read; of the others only the words count."""
EVERYDAY_WEIGHT = 0.5
"""Of a word that people say without meaning much by it."""
BESIDE = 10.0
"""Letters from the asking word at which a word turns the question e times less."""
BEFORE, BEHIND, UNIT_REACH = 150, 80, 25
"""Letters around a number that are read with it, and behind it for its unit."""

Weighed = Sequence[tuple[str, float, bool]]
"""What ``Index.weighed`` tells of a question: each word, its idf, and whether it stands anywhere."""


@dataclass(frozen=True)
class _Asked:
    """The words of a question that tell, in order: how it spells them, what share each has of the whole, by idf and by
    idf and nearness to the asking word; the rarest is ``weights.max()`` of at most ``most``."""

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    weights: NDArray[np.float64]
    shares: NDArray[np.float64]
    turning: NDArray[np.float64]
    most: float

    def covered(self, there: Collection[str], turning: bool = False) -> float:
        shares = self.turning if turning else self.shares
        return float(sum(share for word, share in zip(self.words, shares, strict=True) if word in there))

    def joined(self, there: Collection[str], beside: Collection[tuple[str, str]]) -> float:
        """The share of neighbours that are neighbours there, too; of a question without any, the words themselves."""
        weight = dict(zip(self.words, self.weights, strict=True))
        held = [(weight[one] + weight[two], (one, two) in beside) for one, two in self.pairs]
        return sum(w for w, seen in held if seen) / sum(w for w, _ in held) if held else self.covered(there)

    def missing(self, there: Collection[str]) -> list[float]:
        return [weight for word, weight in zip(self.words, self.weights, strict=True) if word not in there]


def evidence(question: str, found: Sequence[Passage], weighed: Weighed) -> Mapping[str, float]:
    """The numbers by name; only those of the question itself where it has no telling word or nothing was found.

    ============== ==================================================================================
    asks_KIND      1 for the kind of thing asked for (``asked.KINDS``)
    bare           1 for a question without diacritics
    everywhere     share of the words that stand in any passage found
    lost           how many stand in none, as a logarithm
    document_lost  how many the document that holds most of them lacks, as a logarithm
    document_rare  idf of the rarest of these, 1 for a word that no document holds
    sentence_lost  how many words no sentence holds with its headings
    first          share of the words in the first passage
    sentence       the most that one sentence holds
    turning        the most that one holds with its headings, by nearness to the asking word
    kind_turning   the same of sentences with a thing of the kind asked for
    kind_gap       how much better the best sentence is than the best with such a thing
    kind_near      whether such a thing stands in the three best
    unit           1 when things are counted («bao nhiêu hộ»)
    unit_beside    the most of the words around a number that counts them
    lead           how far the first hit is ahead of the second
    sign, name     document numbers, proper names of the question that stand nowhere
    ============== ==================================================================================
    """
    marked, kind = has_marks(question), kind_asked(question)
    told = {f"asks_{one}": float(one == kind) for one in KINDS} | {"bare": float(not marked)}
    asked = _asked(question, weighed, kind)
    if not asked.words or not found:
        return told
    texts = list(map(whole, found))
    documents: dict[int, set[str]] = {}
    for passage, text in zip(found, texts, strict=True):
        documents.setdefault(passage.document_id, set()).update(_spelt(text, marked))
    everywhere = set().union(*documents.values())
    nearest = max(documents.values(), key=asked.covered)
    names = proper(question) if marked else set()
    told |= {
        "everywhere": asked.covered(everywhere),
        "lost": math.log1p(len(asked.missing(everywhere))),
        "document_lost": math.log1p(len(asked.missing(nearest))),
        "document_rare": max(asked.missing(nearest), default=0.0) / asked.most,
        "first": asked.covered(_spelt(texts[0], marked)),
        "lead": found[0].score - (found[1].score if len(found) > 1 else 0.0),
        "sign": float(bool(signs(question) - signs(*texts))),
        "name": len(names - set(map(fold, everywhere))) / max(1, len(names)),
    }
    return told | _in_sentences(asked, found[:LOOKED_AT], kind, marked) | _counted(asked, question, found, marked)


def _spelt(text: str, marked: bool) -> list[str]:
    plain = normalise_tone(text.lower())
    return [one.text for one in syllables(plain if marked else fold(plain))]


def _asked(question: str, weighed: Weighed, kind: str) -> _Asked:
    marked = has_marks(question)
    spell = normalise_tone if marked else fold
    known = {word: weight for word, weight, _ in weighed}
    most = max(known.values(), default=1.0) or 1.0
    passed = {*map(spell, (*ASKING_WORDS.split(), *PLAIN_WORDS.split())), *said_by_kind(kind, marked)}
    everyday = set(map(spell, EVERYDAY_WORDS.split("|")))
    places = places_asked(question)
    kept = []
    for one in syllables(question):
        word = normalise_tone(one.text.lower()) if marked else fold(one.text)
        if word in passed or (len(word) < 2 and not word.isdigit()):
            continue
        weight = max(known.get(word, most) * (EVERYDAY_WEIGHT if word in everyday else 1.0), 0.1)
        away = min((min(abs(one.start - end), abs(start - one.end)) for start, end in places), default=0)
        kept.append((word, weight, math.exp(-away / BESIDE), one))
    weights = np.array([weight for _, weight, _, _ in kept])
    turning = weights * np.array([near for _, _, near, _ in kept])
    beside = [(one[0], two[0]) for one, two in pairwise(kept) if not question[one[3].end : two[3].start].strip()]
    words = tuple(word for word, _, _, _ in kept)
    whole_weight, whole_turning = float(weights.sum()) or 1.0, float(turning.sum()) or 1.0
    return _Asked(words, tuple(beside), weights, weights / whole_weight, turning / whole_turning, most)


@dataclass(frozen=True)
class _Sentence:
    """What one sentence holds of the words: by itself, with title and heading, and what turns the question."""

    own: float
    under: float
    turning: float
    joined: float
    holding: float

    @property
    def score(self) -> float:
        return 0.25 * self.own + 0.35 * self.under + 0.25 * self.turning + 0.15 * self.joined

    @property
    def typed(self) -> float:
        """The score where a thing of the kind asked for stands; less where none does."""
        return self.score * (0.3 + 0.7 * self.holding)


def _in_sentences(asked: _Asked, found: Sequence[Passage], kind: str, marked: bool) -> dict[str, float]:
    read = [one for passage in found for one in _sentences(asked, passage, kind, marked)]
    if not read:
        return {}
    best = sorted(read, key=lambda one: -one.score)
    return {
        "sentence_lost": len(asked.words) * (1 - max(one.under for one in read)),
        "sentence": max(one.own for one in read),
        "turning": max(one.turning for one in read),
        "kind_turning": max(one.turning * one.holding for one in read),
        "kind_gap": best[0].score - max(one.typed for one in read),
        "kind_near": max(one.holding for one in best[:3]),
    }


def _sentences(asked: _Asked, passage: Passage, kind: str, marked: bool) -> Iterator[_Sentence]:
    above = _spelt(f"{passage.document_title}. {passage.heading}", marked)
    pairs = set(pairwise(above))
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        own = _spelt(text, marked)
        under = {*own, *above}
        yield _Sentence(
            asked.covered(set(own)),
            asked.covered(under),
            asked.covered(under, turning=True),
            asked.joined(under, pairs | set(pairwise(own))),
            holds(text, kind),
        )


def _counted(asked: _Asked, question: str, found: Sequence[Passage], marked: bool) -> dict[str, float]:
    unit = unit_asked(question)
    passed = set(map(normalise_tone if marked else fold, (*ASKING_WORDS.split(), *PLAIN_WORDS.split())))
    if not unit or unit in passed:
        return {"unit": 0.0, "unit_beside": 0.0}
    best = 0.0
    for passage in found[:LOOKED_AT]:
        above = _spelt(f"{passage.document_title}. {passage.heading}", marked)
        for one in quantities(passage.text):
            behind = _spelt(passage.text[one.end : one.end + UNIT_REACH], marked)[:3]
            if unit in (*behind, *_spelt(one.text, marked)):
                around = passage.text[max(0, one.start - BEFORE) : one.end + BEHIND]
                best = max(best, asked.covered({*above, *_spelt(around, marked)}))
    return {"unit": 1.0, "unit_beside": best}
