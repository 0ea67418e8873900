"""The static model in the box: a table with a row per feature, read by NumPy; a text is the mean of its rows.

It is a sentence-transformers folder (``StaticEmbedding``; a test compares the vectors), but what the library costs,
about 390 MB of memory and 11 seconds of a core at every start, is more than the table is worth on an
office machine. So this reads the two files itself: ready at once, 16 MB. Other models go through ``sentence``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from service.embedders.base import Vectors, fingerprint, unit_rows
from service.embedders.features import features, pairs, words
from service.errors import SettingError

MARK = "reads.json"
"""The file that says ``{"reads": "features"}``: the model wants the features of a text instead of the text."""


def is_static(folder: Path) -> bool:
    """True for a folder that the recipe of the static model wrote (training/embeddings)."""
    try:
        told = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("reads") == "features"


class StaticEmbedder:
    """Vectors without a library. Row 0 is that of unknown features and counts for nothing.

    Raises ``SettingError`` for a folder whose files do not fit each other.
    """

    meaning = 0.3
    """Chosen on one half of a labelled set, confirmed on the other."""

    def __init__(self, folder: Path) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        self.name = fingerprint(folder)
        try:
            weights, tokenizer = (next(folder.rglob(name)) for name in ("model.safetensors", "tokenizer.json"))
            self._table: Vectors = load_file(weights)["embedding.weight"].astype(np.float32)
            rows: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
        except (OSError, ValueError, KeyError, StopIteration, RuntimeError, SafetensorError) as error:
            raise SettingError(
                key="HOCVU_EMBEDDER", seen=str(folder), allowed="thư mục nguyên vẹn của một mô hình nhúng"
            ) from error
        self._row = {token: row for token, row in rows.items() if 0 < row < len(self._table)}

    @property
    def dim(self) -> int:
        return int(self._table.shape[1])

    def ready(self) -> bool:
        return True

    def passages(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known = [at for feature in features(text) if (at := self._row.get(feature))]
            if known:
                row += self._table[known].mean(axis=0)
        return unit_rows(rows)

    def query(self, text: str) -> Vectors:
        row: Vectors = self.passages([text])[0]
        return row

    def words(self, text: str) -> Vectors:
        """A word has its own rows and half of those it makes with its neighbours, so that they add up to its text's."""
        exact, folded = words(text)
        rows = np.zeros((len(exact), self.dim), dtype=np.float32)
        for n, own in enumerate(zip(exact, folded, strict=True)):
            rows[n] += sum(self._table[at] for feature in own if (at := self._row.get(feature)))
        for n, pair in enumerate(pairs(folded)):
            if at := self._row.get(pair):
                rows[n : n + 2] += self._table[at] / 2
        return rows
