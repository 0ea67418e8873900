"""How near a sentence and a passage are by their vectors, each of which is made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from service.embedders.base import Embedder


def likeness(embedder: Embedder | None) -> Callable[[str, str], float] | None:
    """The cosine, −1 to 1, of a sentence and a passage; None while the embedding model is absent or loading."""
    if embedder is None or not embedder.ready():
        return None
    sentence_vector = cache(embedder.query)
    passage_vector = cache(lambda passage: embedder.passages([passage])[0])
    return lambda sentence, passage: float(np.dot(sentence_vector(sentence), passage_vector(passage)))
