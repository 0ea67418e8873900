"""sentence-transformers: any embedding model that lies in a folder of this machine.

The library takes ten seconds to import, so a thread loads it; until then search goes by words alone. Loading a local
folder would still ask a hub about its base model: ``local_files_only`` forbids it here, and ``settings.go_offline``
for the whole process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from service.embedders.base import Vectors, fingerprint, unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)


class SentenceEmbedder:
    """A model folder, loaded in the background.

    Query and passage prefixes are those of the model's own configuration. A folder that does not load leaves
    ``ready()`` False for good, with the reason in ``problem``; ``passages`` and ``query`` then raise RuntimeError.
    """

    meaning = 0.5
    """Half: such models deserve more than a static table (0.75 in a public comparison); not measured here."""

    def __init__(self, folder: Path) -> None:
        self.name = fingerprint(folder)
        self.problem = ""
        self._folder = folder
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()  # tokenizers are not made for two threads at once
        self._loader = threading.Thread(target=self._load, name="embedder", daemon=True)
        self._loader.start()

    @property
    def dim(self) -> int:
        """Numbers in a vector. Waits for loading."""
        return int(self._loaded().get_embedding_dimension() or 0)

    def ready(self) -> bool:
        return self._model is not None

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        model = self._loaded()
        with self._lock:
            return unit_rows(model.encode_document(list(texts), show_progress_bar=False))

    def query(self, text: str) -> Vectors:
        model = self._loaded()
        with self._lock:
            row: Vectors = unit_rows(model.encode_query([text], show_progress_bar=False))[0]
        return row

    def words(self, text: str) -> Vectors:
        return np.zeros((0, 0), dtype=np.float32)  # a transformer reads words in the light of each other

    def _load(self) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except Exception as error:  # noqa: BLE001 - a folder may be wrong in any way; search goes on by words
            self.problem = f"{type(error).__name__}: {error}"
            log.warning("the embedding model in %s does not load: %s", self._folder, self.problem)

    def _loaded(self) -> SentenceTransformer:
        self._loader.join()
        if self._model is None:
            raise RuntimeError(self.problem)
        return self._model
