"""The seam to an embedding model. Implementations: ``sentence`` (sentence-transformers), ``hashing`` (tests only).

Two methods, since many models want another prefix before a query than before a passage. Vectors are float32 rows of
length 1 (or all zeros when a text holds nothing the model knows: "no evidence").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """``name`` goes with every stored vector: vectors of two models are never compared.

    ``meaning`` is the weight (0..1) of its vectors beside the full text.
    """

    @property
    def name(self) -> str: ...

    @property
    def meaning(self) -> float: ...

    @property
    def dim(self) -> int:
        """Numbers in a vector. Waits for loading."""
        ...

    def ready(self) -> bool:
        """False while the model still loads; search then goes by words alone."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dim). Waits for loading."""
        ...

    def query(self, text: str) -> Vectors:
        """Shape (dim,). Waits for loading."""
        ...


def unit_rows(rows: NDArray[np.floating[Any]]) -> Vectors:
    """Rows of length 1 in float32; half precision is widened first, and a row of zeros stays as it is."""
    wide = rows.astype(np.float32)
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    unit: Vectors = np.divide(wide, length, out=np.zeros_like(wide), where=length > 0)
    return unit
