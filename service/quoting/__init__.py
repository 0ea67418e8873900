"""Extractive answers: the sentences of the passages found that answer a question best, as they stand there.

No model writes them, so they are right however small the model is; whether they answer, a person sees.

Each sentence is weighed by signs: its words by BM25 and those of its passage, how well that was found, what it means
where an embedding model is there, and whether it holds the kind of thing that is asked for (a number, a day, a time).
What a sign counts was fitted to questions whose answers are known (``python -m training.quoting``). Of a place that is
named («khoản 2 Điều 8», ``index.places``) only what stands there is quoted; all of it, when nothing more is asked.

    signs       by what a sentence is known to answer
    weights     what each sign counts
    sentences   what can be quoted of a passage
    rows        rows of tables, read with the names of their columns
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from service.embedders.base import Embedder
from service.index.places import named, stretches
from service.quoting.rows import read
from service.quoting.sentences import asks_for_form, whole
from service.quoting.signs import NAMES, Asked
from service.quoting.weights import BY_VECTORS, BY_WORDS
from service.records import Passage, Quote
from service.text import comparable, content_words, fold

__all__ = ["MOST", "quoted", "read"]

MOST = 3
"""Sentences that are quoted."""
NEAR = 0.01
"""A further sentence must have this share of the best one's chance to be the answer."""

_OPEN = frozenset(
    fold("nói quy định nội dung ghi viết nêu gồm thế nào ra sao gì là ai đâu thì xem trích cho biết hỏi").split()
)
"""Words that ask of a place no more than what it says."""


def quoted(question: str, passages: Sequence[Passage], embedder: Embedder | None = None) -> tuple[Quote, ...]:
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
        return _different(_best(question, passages, found, embedder), passages)
    if set(content_words(rest)) - _OPEN:
        by_number = {passage.number: passage for passage in passages}
        found = [
            Quote(one.number, *span) for one in there for span in whole(by_number[one.number], (one.start, one.end))
        ]
        if best := _best(rest, passages, found, embedder):
            return _different(best, passages)
    return _different(_in_order(there, passages), passages)


def _best(question: str, passages: Sequence[Passage], found: Sequence[Quote], embedder: Embedder | None) -> list[Quote]:
    """Those that come near enough to the best one, it first; none where no word of the question stands in any."""
    place = {passage.number: n for n, passage in enumerate(passages)}
    texts = [(place[one.number], _text(one, passages[place[one.number]])) for one in found]
    asked = Asked(question, embedder)
    signs = asked.signs(passages, texts)
    if not signs[:, NAMES.index("words")].any():
        return []
    scores = signs @ np.array([(BY_VECTORS if asked.by_vectors else BY_WORDS)[name] for name in NAMES])
    order = np.argsort(-scores, kind="stable")
    return [found[int(at)] for at in order if scores[at] >= scores.max() + math.log(NEAR)]


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
