"""Extractive answers: the sentences of the passages found that answer a question best, as they stand there.

No model writes them, so they are right however small the model is; whether they answer, a person sees.

Each sentence is scored by BM25 over the words and pairs of the question (``index.bm25``, weighed among the sentences
at hand), by what it means where an embedding model is there, by whether it holds the kind of thing that is asked for
(a number, a day, a time), and by the rank of its passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.checks.support import Likeness
from service.index.bm25 import bm25, idf
from service.index.terms import terms, words
from service.quantities import quantities
from service.records import Passage, Quote
from service.text import content_words, count_syllables, fold, has_marks, normalise_tone, sentences

MOST = 3
"""Sentences that are quoted."""
NEAR = 0.7
"""A further sentence must come so near to the best one."""
MEANING, KIND, RANK, NEW = 0.3, 0.5, 1.0, 0.4
"""What likeness, the kind of thing asked for, the first rank, and words that the question does not have add to the
words' share of 0 to 1; chosen on one half of the labelled questions."""
LONGEST_LEAD = 160
"""Letters of the headings before a sentence, at most."""
SHORTEST = 4
"""Syllables of a sentence that is worth quoting."""

_WANTED = {
    ("khi nào", "lúc nào", "ngày nào", "hôm nào", "bao giờ", "thời hạn", "hạn cuối", "hạn nộp", "ngày mấy"): ("date",),
    ("mấy giờ", "lúc mấy", "giờ nào"): ("time",),
    ("bao nhiêu", "mấy", "tỷ lệ", "số lượng", "kinh phí", "mức"): ("number", "percent", "money", "fraction"),
}
"""The kinds of quantities that are asked for by these words. Without marks a single syllable may be another word
(«máy», «mục») and says nothing, as in ``index.terms``."""


def _wanted(question: str) -> set[str]:
    asked, marked = normalise_tone(question.lower()), has_marks(question)
    return {
        kind
        for phrases, kinds in _WANTED.items()
        for kind in kinds
        if any(
            re.search(rf"\b{phrase if marked else fold(phrase)}\b", asked)
            for phrase in phrases
            if marked or " " in phrase
        )
    }


def quoted(question: str, passages: Sequence[Passage], likeness: Likeness | None = None) -> tuple[Quote, ...]:
    """At most ``MOST`` sentences, the best first; none where no word of the question stands in any.

    The passages come as they were found, the best first, or, where none has a score, in their own order.
    """
    found = [
        (n, start, end)
        for n, passage in enumerate(passages)
        for start, end in _whole(passage.text)
        if count_syllables(passage.text[start:end]) >= SHORTEST
    ]
    texts = [passages[n].text[start:end] for n, start, end in found]
    scores = _by_words(question, texts)
    if not scores.any():
        return ()
    known = set(content_words(question))
    wanted = _wanted(question)
    ranked = any(passage.score for passage in passages)
    for at, ((n, _start, _end), text) in enumerate(zip(found, texts, strict=True)):
        own = content_words(text)
        scores[at] += NEW * min(1.0, 2 * sum(word not in known for word in own) / max(len(own), 1))
        scores[at] += RANK * (1 - n / len(passages)) * ranked
        scores[at] += KIND * any(one.kind in wanted for one in quantities(text))
        if likeness is not None:
            scores[at] += MEANING * max(0.0, likeness(question, text))
    best = [int(at) for at in np.argsort(-scores, kind="stable")[:MOST] if scores[at] >= NEAR * scores.max()]
    return tuple(Quote(passages[found[at][0]].number, found[at][1], found[at][2]) for at in best)


def _whole(text: str) -> list[tuple[int, int]]:
    """Sentences; a heading or a lead-in («Thành phần:») goes with what it leads to."""
    whole: list[tuple[int, int]] = []
    opened: int | None = None
    for start, end in sentences(text):
        said = text[start:end].rstrip()
        begun = start if opened is None else opened
        leads = said[-1] not in ".;!?…" and "|" not in said
        if leads and end - begun < LONGEST_LEAD:
            opened = begun
            continue
        whole.append((begun, end))
        opened = None
    if opened is not None:
        whole.append((opened, len(text)))
    return whole


def _by_words(question: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """The share, 0 to 1, of the most that any of the sentences has."""
    asked = terms(question)
    listed = [words(fold(text) if asked.column == "folded" else text) for text in texts]
    padded = [f" {one} " for one in listed]
    both = [*asked.words, *map(" ".join, asked.pairs)]
    holding = {term: sum(f" {term} " in one for one in padded) for term in both}
    weights = {term: idf(len(texts), count) for term, count in holding.items() if count}
    lengths = [one.count(" ") + 1 for one in listed]
    scores = bm25(asked, weights, listed, sum(lengths) / max(len(lengths), 1)).astype(np.float64)
    return scores / scores.max() if scores.any() else scores
