"""Extractive answers: the sentences of the passages found that answer a question best, as they stand there.

No model writes them, so they are right however small the model is; whether they answer, a person sees.

Each sentence is scored by BM25 over the words and pairs of the question (``index.bm25``, weighed among the sentences
at hand), by what it means where an embedding model is there, by whether it holds the kind of thing that is asked for
(a number, a day, a time), and by its passage: how well that was found, and what of the question stands in it, for a
plan of the tree festival says only in its title what its hours are of. Of a place that is named («khoản 2 Điều 8»,
``index.places``) only what stands there is quoted; all of it, when nothing more is asked.

    sentences   what can be quoted of a passage
    rows        rows of tables, read with the names of their columns
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from service.checks.support import Likeness
from service.index.bm25 import bm25, idf
from service.index.places import named, stretches
from service.index.terms import terms, words
from service.quantities import Quantity, date_parts, quantities
from service.quoting.rows import read
from service.quoting.sentences import asks_for_form, whole
from service.records import Passage, Quote
from service.text import comparable, content_words, fold, has_marks, normalise_tone

__all__ = ["MOST", "quoted", "read"]

MOST = 3
"""Sentences that are quoted."""
NEAR = 0.7
"""A further sentence must come so near to the best one."""
MEANING, KIND, FOUND, AROUND, NEW = 0.3, 0.8, 2.0, 0.5, 0.4
"""What likeness, the kind of thing asked for, the best score of a passage, the words of the passage, and words that the
question does not have add to the words' share of 0 to 1; chosen on one half of the labelled questions."""

_WANTED = {
    ("khi nào", "lúc nào", "ngày nào", "hôm nào", "bao giờ", "thời hạn", "hạn cuối", "hạn nộp", "hạn", "ngày mấy"): (
        "date",
    ),
    ("mấy giờ", "lúc mấy", "giờ nào"): ("time",),
    ("bao nhiêu", "mấy", "tỷ lệ", "số lượng", "kinh phí", "mức"): ("number", "percent", "money", "fraction"),
}
"""The kinds of quantities that are asked for by these words. Without marks a single syllable may be another word
(«máy», «mục») and says nothing, as in ``index.terms``."""

_OPEN = frozenset(
    fold("nói quy định nội dung ghi viết nêu gồm thế nào ra sao gì là ai đâu thì xem trích cho biết hỏi").split()
)
"""Words that ask of a place no more than what it says."""


def quoted(question: str, passages: Sequence[Passage], likeness: Likeness | None = None) -> tuple[Quote, ...]:
    """At most ``MOST`` quotes, the best first, none of them twice; none where no word of the question stands in any.

    The passages come as they were found, the best first, or, where none has a score, in their own order.
    """
    places, rest = named(question)
    there = [
        Quote(passage.number, *span) for passage in passages for place in places for span in stretches(place, passage)
    ]
    if not there:
        form = asks_for_form(question)
        found = [Quote(one.number, *span) for one in passages for span in whole(one, (0, len(one.text)), form=form)]
        return _different(_best(question, passages, found, likeness), passages)
    if set(content_words(rest)) - _OPEN:
        by_number = {passage.number: passage for passage in passages}
        found = [
            Quote(one.number, *span) for one in there for span in whole(by_number[one.number], (one.start, one.end))
        ]
        if best := _best(rest, passages, found, likeness):
            return _different(best, passages)
    return _different(_in_order(there, passages), passages)


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


def _tells(one: Quantity) -> bool:
    """False for a mere year, which is no answer to «khi nào»."""
    return one.kind != "date" or any(date_parts(one.value)[1:])


def _best(question: str, passages: Sequence[Passage], found: Sequence[Quote], likeness: Likeness | None) -> list[Quote]:
    """Those that come near enough to the best one, it first."""
    place = {passage.number: n for n, passage in enumerate(passages)}
    texts = [_text(one, passages[place[one.number]]) for one in found]
    scores = _by_words(question, texts)
    if not scores.any():
        return []
    known = set(content_words(question))
    wanted = _wanted(question)
    around = _by_words(question, [f"{one.document_title}. {one.heading}\n{one.text}" for one in passages])
    best = max((passage.score for passage in passages), default=0.0) or 1.0
    for at, (one, text) in enumerate(zip(found, texts, strict=True)):
        own = content_words(text)
        scores[at] += NEW * min(1.0, 2 * sum(word not in known for word in own) / max(len(own), 1))
        scores[at] += FOUND * passages[place[one.number]].score / best + AROUND * around[place[one.number]]
        scores[at] += KIND * any(one.kind in wanted and _tells(one) for one in quantities(text))
        if likeness is not None:
            scores[at] += MEANING * max(0.0, likeness(question, text))
    order = np.argsort(-scores, kind="stable")
    return [found[int(at)] for at in order if scores[at] >= NEAR * scores.max()]


def _in_order(found: Iterable[Quote], passages: Sequence[Passage]) -> list[Quote]:
    """As they stand in their documents, of which the one found first comes first."""
    numbered = {passage.number: passage for passage in passages}
    documents = list(dict.fromkeys(passage.document_id for passage in passages))

    def place(one: Quote) -> tuple[int, int, int]:
        passage = numbered[one.number]
        return documents.index(passage.document_id), passage.chunk, one.start

    return sorted(found, key=place)


def _different(found: Iterable[Quote], passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The first ``MOST`` that say different words."""
    numbered = {passage.number: passage for passage in passages}
    kept: dict[str, Quote] = {}
    for one in found:
        kept.setdefault(" ".join(comparable(_text(one, numbered[one.number])).lower().split()), one)
    return tuple(kept.values())[:MOST]


def _text(one: Quote, passage: Passage) -> str:
    return passage.text[one.start : one.end]


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
