"""Pairs without labels: a clause of an article, and a window of the article that mostly lacks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.embeddings.articles import Article
from training.embeddings.table import Encoder, Ids, Piece

BATCH, HARD_LAWS = 512, 6
"""Pairs in a batch; half of them come from this many laws."""

WINDOW = (40, 220)
"""Words of a passage, drawn anew for every pair; what is searched later has about 110."""

QUESTIONS = (
    "có đúng không",
    "đúng hay sai",
    "là gì",
    "như thế nào",
    "ai có thẩm quyền",
    "trong trường hợp nào",
    "được quy định ra sao",
    "bao gồm những gì",
    "cần điều kiện gì",
    "bị xử lý thế nào",
    "thời hạn bao lâu",
    "theo quy định của pháp luật",
    "tôi muốn hỏi",
    "thì phải làm sao",
    "có được phép không",
    "hồ sơ gồm những gì",
)
"""What people put around the matter of a question, so that the table learns to pass over it."""


@dataclass(frozen=True)
class Encoded:
    """An article as rows of the table."""

    law: Piece
    title: Piece
    clauses: tuple[Piece, ...]

    @staticmethod
    def of(article: Article, encoder: Encoder) -> Encoded:
        clauses = tuple(map(encoder.piece, article.clauses))
        return Encoded(encoder.piece(article.law), encoder.piece(article.title), clauses)


def pair(article: Encoded, questions: Sequence[Piece], rng: np.random.Generator) -> tuple[Ids, Ids]:
    """A made-up query and a passage that answers it."""
    clauses = article.clauses
    by_title = len(article.title.marked) > 0 and (len(clauses) < 2 or rng.random() < 0.3)
    asked = -1 if by_title else int(rng.integers(len(clauses)))
    parts = [article.title if by_title else clauses[asked]]
    if rng.random() < 0.25:
        parts.append(article.law)
    if rng.random() < 0.35:
        parts.append(questions[int(rng.integers(len(questions)))])
    typed = "bare" if rng.random() < 0.2 else "marked"
    query = np.concatenate([getattr(part, typed) for part in parts])
    kept = query[rng.random(len(query)) >= rng.random() * 0.5]

    given_away = rng.random() < 0.5
    aim = rng.integers(*WINDOW)
    low = high = max(asked, 0) if not by_title else int(rng.integers(len(clauses)))
    length = clauses[low].length
    while length < aim and (low > 0 or high < len(clauses) - 1):
        if high == len(clauses) - 1 or (low > 0 and rng.random() < 0.5):
            low -= 1
            length += clauses[low].length
        else:
            high += 1
            length += clauses[high].length
    passage = [clauses[n].marked for n in range(low, high + 1) if given_away or n != asked or low == high]
    if rng.random() < 0.8 and (given_away or not by_title):
        passage.append(article.title.marked)
    if rng.random() < 0.7:
        passage.append(article.law.marked)
    return (kept if len(kept) else query), np.concatenate(passage)


Pairs = list[tuple[Ids, Ids]]


def batches(
    laws: Sequence[Sequence[Encoded]], questions: Sequence[Piece], seed: int
) -> Iterator[list[tuple[Ids, Ids]]]:
    """Batches without end; half of each is drawn from few laws."""
    rng = np.random.default_rng(seed)
    everything = [article for articles in laws for article in articles]
    share = np.array([len(articles) for articles in laws], dtype=float)
    share /= share.sum()
    while True:
        few = rng.choice(len(laws), size=min(HARD_LAWS, len(laws)), replace=False, p=share)
        near = [article for n in few for article in laws[n]]
        drawn = [near[rng.integers(len(near))] for _ in range(BATCH // 2)]
        drawn += [everything[rng.integers(len(everything))] for _ in range(BATCH - len(drawn))]
        unique = list({id(article): article for article in drawn}.values())
        yield [pair(article, questions, rng) for article in unique]
