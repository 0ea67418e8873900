"""One score from several: words and meaning scaled and added, and what the query names lifted above both. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
"""Keys of passages."""

Scores = NDArray[np.float32]
"""A score for each of as many passages."""


def scaled(scores: Scores) -> Scores:
    """Scores by words (0 or more), the best of them 1."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def fused(
    ids: Ids, by_words: Scores, near_ids: Ids, by_meaning: Scores, meaning: float, nearest: int
) -> tuple[Ids, Scores]:
    """All passages found by words and the ``nearest`` by meaning, with their scores in 0..1, in no order.

    Words are scaled by their best, cosines to 0..1 over all of them; ``meaning`` (0..1) is the weight of the latter.
    Without cosines the words are all there is.
    """
    if not len(near_ids):
        return ids, scaled(by_words)
    low, high = by_meaning.min(), by_meaning.max()
    by_meaning = (by_meaning - low) / (high - low) if high > low else np.ones_like(by_meaning)
    best_ids = near_ids[np.argpartition(-by_meaning, nearest)[:nearest]] if len(near_ids) > nearest else near_ids
    every = np.union1d(ids, best_ids)
    place = np.full(int(max(every.max(), near_ids.max())) + 1, -1, dtype=np.int64)
    place[every] = np.arange(len(every))
    scores = np.zeros(len(every), dtype=np.float32)
    scores[place[ids]] += (1 - meaning) * scaled(by_words)
    known = place[near_ids] >= 0
    scores[place[near_ids[known]]] += meaning * by_meaning[known]
    return every, scores


def lifted(ids: Ids, scores: Scores, lifts: Mapping[int, float]) -> tuple[Ids, Scores]:
    """The passages and those of ``lifts`` (key → what is added to its score), in no order."""
    if not lifts:
        return ids, scores
    every = np.union1d(ids, np.fromiter(lifts, dtype=np.int64, count=len(lifts)))
    raised = np.array([lifts.get(int(key), 0.0) for key in every], dtype=np.float32)
    raised[np.searchsorted(every, ids)] += scores
    return every, raised
