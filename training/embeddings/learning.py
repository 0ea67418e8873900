"""Learning: Adam on softmaxes over a batch, first of clauses beside windows, then of questions beside what answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from training.embeddings.asked import Batch
from training.embeddings.table import Ids

SCALE, BACKWARD = 20.0, 0.3
"""Of the softmax over the batch, and the weight of the direction passage → query."""
RATE = 3e-3
SENTENCES, WITHIN, WORDINGS, LAWS = 0.5, 0.5, 0.2, 0.3
"""Beside the passages of all documents of a batch count so much: their sentences; the question's own document alone;
another wording of the question among those of all; and a batch without labels, so that laws are not forgotten."""
FEW = 256
"""Pairs of that batch."""

Pairs = list[tuple[Ids, Ids]]
Loss = Callable[[torch.Tensor], torch.Tensor]


def apart(feed: Iterator[Pairs]) -> Loss:
    """The loss of a batch of queries, each beside its own passage and those of the others."""

    def loss(weights: torch.Tensor) -> torch.Tensor:
        scores = _pair_scores(weights, next(feed))
        right = torch.arange(len(scores))
        return cross_entropy(scores, right) + BACKWARD * cross_entropy(scores.T, right)

    return loss


def asked(questions: Iterator[Batch], laws: Iterator[Pairs]) -> Loss:
    """The loss of a batch of questions, and of a few pairs from laws."""

    def loss(weights: torch.Tensor) -> torch.Tensor:
        batch = next(questions)
        asks, others, passages, sentences = (
            _vectors(weights, bags) for bags in (batch.asks, batch.others, batch.passages, batch.sentences)
        )
        told = _answers(
            asks, passages, [(right, own) for (right, _), (own, _) in zip(batch.right, batch.own, strict=True)]
        )
        told += SENTENCES * _answers(
            asks, sentences, [(right, own) for (_, right), (_, own) in zip(batch.right, batch.own, strict=True)]
        )
        told += WORDINGS * cross_entropy(SCALE * asks @ others.T, torch.arange(len(asks)))
        scores = _pair_scores(weights, next(laws)[:FEW])
        return told + LAWS * cross_entropy(scores, torch.arange(len(scores)))

    return loss


def train(
    table: torch.Tensor, loss: Loss, seconds: float, tell: Callable[[str], None], rate: float = RATE
) -> torch.Tensor:
    """Adam, the step size falling to nothing as the time (of one core) runs out."""
    weights = table.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([weights], lr=rate)
    begun = time.process_time()
    step, mean = 0, 0.0
    while (spent := time.process_time() - begun) < seconds:
        for group in optimizer.param_groups:
            group["lr"] = rate * max(0.01, 1 - spent / seconds)
        now = loss(weights)
        optimizer.zero_grad()
        now.backward()
        optimizer.step()
        step += 1
        mean += (now.item() - mean) / min(step, 20)
        if step % 50 == 0:
            tell(f"{spent:5.0f} s  step {step}  loss {mean:.3f}")
    trained = weights.detach()
    trained[0] = 0
    return trained


def _answers(asks: torch.Tensor, told: torch.Tensor, places: Sequence[tuple[list[int], slice]]) -> torch.Tensor:
    """The mean of −log of the chance of what answers: among all, and among what stands in the question's document."""
    scores = SCALE * asks @ told.T
    losses = [
        (1 + WITHIN) * -scores[n, right].logsumexp(0) + scores[n].logsumexp(0) + WITHIN * scores[n, own].logsumexp(0)
        for n, (right, own) in enumerate(places)
        if right
    ]
    return torch.stack(losses).mean() if losses else torch.zeros(())


def _pair_scores(weights: torch.Tensor, pairs: Pairs) -> torch.Tensor:
    full = [(query, passage) for query, passage in pairs if len(query) and len(passage)]
    queries, passages = (_vectors(weights, [one[n] for one in full]) for n in (0, 1))
    return SCALE * queries @ passages.T


def _vectors(weights: torch.Tensor, bags: Sequence[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
    rows = embedding_bag(torch.from_numpy(np.concatenate(bags)), weights, torch.from_numpy(starts), mode="mean")
    return normalize(rows)
