"""How near a sentence and a passage are by their vectors: as wholes, and word by word."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from service.embedders.base import Embedder, Vectors


def likeness(embedder: Embedder | None) -> Callable[[str, str], float] | None:
    """The cosine, −1 to 1, of a sentence and a passage; None while the embedding model is absent or loading."""
    if embedder is None or not embedder.ready():
        return None
    sentence_vector = cache(embedder.query)
    passage_vector = cache(lambda passage: embedder.passages([passage])[0])
    return lambda sentence, passage: float(np.dot(sentence_vector(sentence), passage_vector(passage)))


def met(asked: Vectors, told: Vectors, apart_from: Vectors | None = None) -> float:
    """How much of what the words asked weigh is met by the nearest word told, −1 to 1; 0 where either has none.

    MaxSim (Khattab and Zaharia 2020, ColBERT), each word of the question weighing as much as its row is long; less, by
    as much as it is met by ``apart_from`` (a title) already.
    """
    weight = np.linalg.norm(asked, axis=1)
    unit = asked / np.maximum(weight, 1e-9)[:, None]
    if apart_from is not None:
        weight = weight * (1 - np.clip(_nearest(unit, apart_from), 0, 1))
    whole = float(weight.sum())
    return float(weight @ _nearest(unit, told)) / whole if whole > 0 else 0.0


def _nearest(unit: Vectors, told: Vectors) -> Vectors:
    """The cosine of each row and the nearest one told."""
    length = np.linalg.norm(told, axis=1)
    if not length.any() or not len(unit):
        return np.zeros(len(unit), dtype=np.float32)
    nearest: Vectors = (unit @ (told[length > 0] / length[length > 0, None]).T).max(axis=1)
    return nearest
