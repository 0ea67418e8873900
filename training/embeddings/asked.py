"""What people ask, composed by hand: questions with the passages and the sentences that answer them.

The documents are those of ``training/tasks/shelf.py``, cut into passages as there, and into sentences as the program
quotes them. A sentence is taken to answer when it has nearly as many of the answer's words as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from service.quoting.sentences import whole
from service.text import content_words
from training.embeddings.table import Encoder, Ids, Piece
from training.evaluation.judging import passage_of
from training.tasks.shelf import Document

TELLS, NEARLY = 0.4, 0.85
"""A sentence that answers has this share of the words of the answer, and this share of what the best one has."""
DOCUMENTS, QUESTIONS = 40, 5
"""Documents of a batch, and questions of each at most."""
BARE = 0.25
"""How often a question is typed without marks."""
DROPPED_ASKED, DROPPED_TOLD = 0.3, 0.2
"""Of the features of a question and of what answers it at most so many are dropped."""
_CITED = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Asked:
    """A question in several wordings, and the passages and sentences of its document (from 0) that answer it."""

    asks: tuple[Piece, ...]
    passages: tuple[int, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class Encoded:
    """A document as rows of the table, and what is asked of it."""

    passages: tuple[Ids, ...]
    sentences: tuple[Ids, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Batch:
    """Questions with another wording of each, all that might answer them, and for each what does and where its own
    document begins and ends among the passages and the sentences."""

    asks: list[Ids]
    others: list[Ids]
    passages: list[Ids]
    sentences: list[Ids]
    right: list[tuple[list[int], list[int]]]
    own: list[tuple[slice, slice]]


def sentences_of(passage: str) -> list[str]:
    """The sentences of a passage, as they may be quoted."""
    found = whole(passage_of(passage), (0, len(passage)))
    return [passage[start:end] for start, end in found] or [passage]


def answering(answer: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """Which of the sentences have most of the words of an answer; none when none has enough of them."""
    wanted = set(content_words(_CITED.sub("", answer)))
    shares = [len(wanted & set(content_words(one))) / max(1, len(wanted)) for one in sentences]
    best = max(shares, default=0.0)
    return tuple(n for n, share in enumerate(shares) if best >= TELLS and share >= NEARLY * best)


def encoded(document: Document, encoder: Encoder) -> Encoded:
    """A document and the questions that it answers."""
    listed = [(n, one) for n, passage in enumerate(document.passages) for one in sentences_of(passage)]
    questions = []
    for question in document.questions:
        passages = tuple(sorted(n - 1 for n in question.cites if 0 < n <= len(document.passages)))
        if passages:
            found = answering(question.answer, [one if n in passages else "" for n, one in listed])
            questions.append(Asked(tuple(map(encoder.piece, question.asks)), passages, found))
    rows = tuple(encoder.ids(passage) for passage in document.passages)
    return Encoded(rows, tuple(encoder.ids(one) for _, one in listed), tuple(questions))


def batches(documents: Sequence[Encoded], seed: int) -> Iterator[Batch]:
    """Batches without end: some documents whole, and a few questions of each."""
    rng = np.random.default_rng(seed)

    def typed(asked: Piece) -> Ids:
        return _thinned(asked.bare if rng.random() < BARE else asked.marked, DROPPED_ASKED, rng)

    while True:
        batch = Batch([], [], [], [], [], [])
        for at in rng.choice(len(documents), size=min(DOCUMENTS, len(documents)), replace=False):
            document = documents[at]
            first, begun = len(batch.passages), len(batch.sentences)
            batch.passages.extend(_thinned(one, DROPPED_TOLD, rng) for one in document.passages)
            batch.sentences.extend(_thinned(one, DROPPED_TOLD, rng) for one in document.sentences)
            own = slice(first, len(batch.passages)), slice(begun, len(batch.sentences))
            for n in rng.permutation(len(document.questions))[:QUESTIONS]:
                question = document.questions[n]
                order = rng.permutation(len(question.asks))
                batch.asks.append(typed(question.asks[order[0]]))
                batch.others.append(typed(question.asks[order[-1]]))
                right = [first + k for k in question.passages], [begun + k for k in question.sentences]
                batch.right.append(right)
                batch.own.append(own)
        yield batch


def _thinned(rows: Ids, most: float, rng: np.random.Generator) -> Ids:
    kept = rows[rng.random(len(rows)) >= rng.random() * most]
    return kept if len(kept) else rows
