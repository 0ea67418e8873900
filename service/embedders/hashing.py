"""A sham embedder for tests: every folded syllable is thrown into one of 64 boxes by its checksum.

It knows nothing of meaning and says so in its name; texts that share syllables come out similar, nothing else does.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from service.embedders.base import Vectors, unit_rows
from service.text import fold, syllables


class HashingEmbedder:
    """The contract of ``Embedder`` without a model: the same text always gives the same vector, on every machine."""

    name = "giả: băm tiếng, chỉ để thử"
    meaning = 0.3
    dim = 64

    def ready(self) -> bool:
        return True

    def passages(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for syllable in syllables(fold(text)):
                row[zlib.crc32(syllable.text.encode()) % self.dim] += 1
        return unit_rows(rows)

    def query(self, text: str) -> Vectors:
        row: Vectors = self.passages([text])[0]
        return row

    def words(self, text: str) -> Vectors:
        return self.passages([one.text for one in syllables(text)])
