"""The seam to an embedding model. Implementations: ``static`` (the table in the box), ``sentence`` (any
sentence-transformers model), ``hashing`` (tests only).

Two methods for texts, since many models want another prefix before a query than before a passage. Vectors of texts are
float32 rows of length 1 (or all zeros when a text holds nothing the model knows: "no evidence").
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_FINGERPRINT_BYTES = 2**16


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

    def words(self, text: str) -> Vectors:
        """A row for each word of a text, as long as the word weighs; no row where a model does not tell them apart."""
        ...


def unit_rows(rows: NDArray[np.floating[Any]]) -> Vectors:
    """Rows of length 1 in float32; half precision is widened first, and a row of zeros stays as it is.

    A model in half precision that scales its own rows makes NaN of an empty one: that is "no evidence" as well.
    """
    wide = np.nan_to_num(rows.astype(np.float32))
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    unit: Vectors = np.divide(wide, length, out=np.zeros_like(wide), where=length > 0)
    return unit


def fingerprint(folder: Path) -> str:
    """A name for the model in a folder, with eight letters that change with it: names, sizes and heads of its files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
            digest.update(file.read(_FINGERPRINT_BYTES))
    return f"{folder.name[:100]}-{digest.hexdigest()[:8]}"
