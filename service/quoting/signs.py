"""Signs by which a sentence is known to answer a question: words, vectors, and the kind of thing that is asked for.

``NAMES`` are the columns; those of ``VECTORS`` are 0 without an embedding model that tells words apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from service.embedders.base import Embedder, Vectors
from service.embedders.likeness import met
from service.index.bm25 import bm25, idf
from service.index.terms import terms, words
from service.quantities import Quantity, date_parts, quantities
from service.records import Passage
from service.text import count_syllables, fold, has_marks, normalise_tone

NAMES = (
    "words", "found", "title", "kind", "no_kind", "time", "no_time", "length",
    "meaning", "met", "rest_met", "passage_meaning", "passage_met",
)  # fmt: skip
"""The words of the sentence by BM25, and how well its passage was found, each as a share of the best; the question's
words in the title; whether the kind of quantity that is asked for stands in the sentence, and whether it is asked for
and does not; the same of a time; the logarithm of its length. Then the cosine of question and sentence, how much of the
question that meets (``met``), the same of what the title does not meet, and the first two of its passage."""
VECTORS = NAMES.index("meaning")

Array = NDArray[np.float64]

_WANTED = {
    ("khi nào", "lúc nào", "ngày nào", "hôm nào", "bao giờ", "thời hạn", "hạn cuối", "hạn nộp", "hạn", "ngày mấy"): (
        "date",
    ),
    ("mấy giờ", "lúc mấy", "giờ nào"): ("time",),
    ("bao nhiêu", "mấy", "tỷ lệ", "số lượng", "kinh phí", "mức"): ("number", "percent", "money", "fraction"),
}
"""The kinds of quantities that are asked for by these words. Without marks a single syllable may be another word
(«máy», «mục») and says nothing, as in ``index.terms``."""
_WHEN = re.compile(
    r"\b(?:khi nao|luc nao|ngay nao|hom nao|bao gio|han|ngay may|may gio|gio nao|thang may|bao lau|thu may|den ngay)\b"
)
_TIME = re.compile(r"\b(?:ngày|giờ|tháng|tuần|thứ|quý|năm|sáng|chiều|tối|trưa|hôm)\b")


class Asked:
    """A question, read once for all the sentences beside it."""

    def __init__(self, question: str, embedder: Embedder | None) -> None:
        self.question = question
        self.wanted = _wanted(question)
        self.when = bool(_WHEN.search(fold(question)))
        self._words = embedder.words if embedder is not None and embedder.ready() else _no_words
        self._rows = self._words(question)

    @property
    def by_vectors(self) -> bool:
        """True where vectors tell anything of the question's words."""
        return bool(self._rows.any())

    def signs(self, passages: Sequence[Passage], sentences: Sequence[tuple[int, str]]) -> Array:
        """A row for each sentence (the place of its passage in the list, and its words), a column for each name."""
        asked, best = terms(self.question), max((passage.score for passage in passages), default=0.0) or 1.0
        texts = [text for _, text in sentences]
        by_words = shares(self.question, texts)
        titles = [self._words(one.document_title) for one in passages]
        beside = [self._near(self._words(f"{one.document_title}. {one.text}")) for one in passages]
        table = np.zeros((len(sentences), len(NAMES)))
        for row, (at, text), share in zip(table, sentences, by_words, strict=True):
            kinds = {one.kind for one in quantities(text) if _tells(one)}
            timed = bool(kinds & {"date", "time", "duration"}) or bool(_TIME.search(normalise_tone(text.lower())))
            right = bool(kinds & self.wanted)
            row[:VECTORS] = (
                share,
                passages[at].score / best,
                _known(asked.words, asked.column, passages[at].document_title),
                right,
                bool(self.wanted) and not right,
                self.when and timed,
                self.when and not timed,
                math.log(1 + count_syllables(text)),
            )
            if self.by_vectors:
                told = self._words(text)
                row[VECTORS:] = *self._near(told), met(self._rows, told, titles[at]), *beside[at]
        return table

    @cached_property
    def _whole(self) -> Vectors:
        return _unit(self._rows.sum(axis=0))

    def _near(self, told: Vectors) -> tuple[float, float]:
        """The cosine of the question and a text, and how much of the question it meets."""
        return float(self._whole @ _unit(told.sum(axis=0))) if self.by_vectors and len(told) else 0.0, met(
            self._rows, told
        )


def shares(question: str, texts: Sequence[str]) -> Array:
    """BM25 of each text among these, as a share, 0 to 1, of the most that any has."""
    asked = terms(question)
    listed = [words(fold(text) if asked.column == "folded" else text) for text in texts]
    padded = [f" {one} " for one in listed]
    both = [*asked.words, *map(" ".join, asked.pairs)]
    holding = {term: sum(f" {term} " in one for one in padded) for term in both}
    weights = {term: idf(len(texts), count) for term, count in holding.items() if count}
    lengths = [one.count(" ") + 1 for one in listed]
    scores = bm25(asked, weights, listed, sum(lengths) / max(len(lengths), 1)).astype(np.float64)
    return scores / scores.max() if scores.any() else scores


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


def _known(asked: Sequence[str], column: str, title: str) -> float:
    """The share of the words asked that stand in a title."""
    there = set(words(fold(title) if column == "folded" else title).split())
    return sum(word in there for word in asked) / max(1, len(asked))


def _no_words(_text: str) -> Vectors:
    return np.zeros((0, 0), dtype=np.float32)


def _unit(row: Vectors) -> Vectors:
    length = float(np.linalg.norm(row))
    return row / length if length else row
