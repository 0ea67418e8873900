"""BM25 of passages for the terms of a query. Pure: whoever finds the candidates, the ranking is this one.

The formula is Lucene's: idf = ln(1 + (N − df + 0.5) / (df + 0.5)), k1 = 1.2, b = 0.75, length in words. A pair of
neighbours is a term like a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from service.index.fusion import Scores
from service.index.terms import Terms
from service.text import fold

K1, B = 1.2, 0.75

_GAP = "\n"


def idf(passages: int, holding: int) -> float:
    """The weight of a term that ``holding`` of all ``passages`` hold."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def bm25(asked: Terms, weights: Mapping[str, float], passages: Sequence[str], average: float) -> Scores:
    """A score per passage, given as its exact words parted by single blanks, whatever ``asked.column`` is.

    ``weights`` holds the idf of each word and each pair ("đất đai") that occurs anywhere; ``average`` is the mean
    length of all passages of the index in words.
    """
    if not passages:
        return np.zeros(0, dtype=np.float32)
    words = [word for word in asked.words if word in weights]
    number = {word: n for n, word in enumerate(words)}
    flat = f" {_GAP} ".join(passages).split(" ")
    spelt = _spelt(number, flat) if asked.column == "folded" else number
    ids = np.fromiter(map((spelt | {_GAP: -2}).get, flat, repeat(-1)), dtype=np.int32, count=len(flat))
    gaps = ids == -2
    owner = np.cumsum(gaps, dtype=np.int32)
    length = np.bincount(owner[~gaps], minlength=len(passages))
    norm = (K1 * (1 - B + B * length / max(average, 1.0))).astype(np.float32)[:, None]

    def summed(which: NDArray[np.int32], where: NDArray[np.int32], weight: Sequence[float]) -> Scores:
        count = np.bincount(where * len(weight) + which, minlength=len(passages) * len(weight))
        often = count.reshape(len(passages), len(weight)).astype(np.float32)
        share = often * (K1 + 1) / (often + norm)
        # no «@»: on some processors its library raises a floating-point flag for nothing, and a warning with it
        total: Scores = np.einsum("pw,w->p", share, np.array(weight, dtype=np.float32))
        return total

    score = np.zeros(len(passages), dtype=np.float32)
    if words:
        held = ids >= 0
        score += summed(ids[held], owner[held], [weights[word] for word in words])
    pairs = [(one, two) for one, two in asked.pairs if f"{one} {two}" in weights]
    if pairs:
        table = np.full((len(words), len(words)), -1, dtype=np.int32)
        for n, (one, two) in enumerate(pairs):
            table[number[one], number[two]] = n
        first = np.flatnonzero((ids[:-1] >= 0) & (ids[1:] >= 0))
        which = table[ids[first], ids[first + 1]]
        kept = which >= 0
        score += summed(which[kept], owner[first[kept]], [weights[f"{one} {two}"] for one, two in pairs])
    return score


def _spelt(folded: Mapping[str, int], words: Iterable[str]) -> dict[str, int]:
    """Each of these words that is folded to one of ``folded``, with its number: «đất» and «dat» with that of "dat"."""
    seen = list(set(words))  # the same words come again and again: each is folded once, in a quarter of the time
    bare = fold(" ".join(seen)).split(" ")
    return {word: folded[one] for word, one in zip(seen, bare, strict=True) if one in folded}
