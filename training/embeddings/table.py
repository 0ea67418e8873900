"""The table: which features have a row, what the rows are before any training, and the folder they are kept in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from service.embedders.features import features
from service.text import fold

DIM, ROWS = 256, 16_000
SYLLABLE_TEXTS, PAIR_TEXTS = 3, 5
"""A syllable must be in this many texts to get a row, a pair of syllables in this many."""
ASKED_PAIRS = 4

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Piece:
    """The rows of a stretch of text as it is typed with marks and without, and its length in words."""

    marked: Ids
    bare: Ids
    length: int


class Encoder:
    """Text → rows, for a vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._row = {feature: n for n, feature in enumerate(vocabulary)}

    def ids(self, text: str) -> Ids:
        return np.array([row for f in features(text) if (row := self._row.get(f))], dtype=np.int64)

    def piece(self, text: str) -> Piece:
        return Piece(self.ids(text), self.ids(fold(text)), len(text.split()))


@dataclass(frozen=True)
class Counted:
    """In how many texts every feature occurs, and the number of texts."""

    seen: Counter[str]
    total: int

    @staticmethod
    def of(texts: Iterable[str]) -> Counted:
        seen, total = Counter[str](), 0
        for text in texts:
            seen.update(set(features(text)))
            total += 1
        return Counted(seen, total)

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.seen + other.seen, self.total + other.total)

    def share(self, feature: str) -> float:
        """The part of the texts, 0 to 1, that have a feature."""
        return self.seen[feature] / max(1, self.total)


def choose(laws: Counted, asked: Counted) -> list[str]:
    """The rows of the table: syllables first, then pairs, the frequent before the rare; both are sought in the laws and
    in what is asked, of which a pair counts ``ASKED_PAIRS`` times."""
    known = {*laws.seen, *asked.seen}
    single = [one for one in known if "_" not in one and max(laws.seen[one], asked.seen[one]) >= SYLLABLE_TEXTS]
    pairs = [one for one in known if "_" in one and (laws.seen[one] >= PAIR_TEXTS or asked.seen[one] >= PAIR_TEXTS - 1)]
    pairs.sort(key=lambda one: (-laws.share(one) - ASKED_PAIRS * asked.share(one), one))
    return ["[UNK]", *sorted(single), *pairs][:ROWS]


def noise_times_idf(vocabulary: Sequence[str], counted: Counted, seed: int) -> torch.Tensor:
    """Random directions as long as the feature is rare, 1 on average; the row of unknown words is zero."""
    table = np.random.default_rng(seed).normal(size=(len(vocabulary), DIM)) / DIM**0.5
    idf = np.array([np.log(1 + counted.total / (1 + counted.seen[feature])) for feature in vocabulary])
    table *= (idf / idf[1:].mean())[:, None]
    table[0] = 0
    return torch.from_numpy(table.astype(np.float32))


def save(vocabulary: Sequence[str], table: torch.Tensor, folder: Path) -> None:
    """Write a folder that the stock classes of sentence-transformers load."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({feature: n for n, feature in enumerate(vocabulary)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=table.numpy())
    model = SentenceTransformer(modules=[module], device="cpu")
    model.to(torch.float16).save(str(folder), create_model_card=False)
    (folder / "reads.json").write_text('{"reads": "features"}\n', encoding="ascii")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # the library writes weights that only their owner may read


def load(folder: Path) -> tuple[list[str], torch.Tensor]:
    """Vocabulary and table of a model that ``save`` wrote."""
    from safetensors.torch import load_file

    weights = next(folder.rglob("model.safetensors"))
    tokens = json.loads(next(folder.rglob("tokenizer.json")).read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(tokens, key=tokens.__getitem__), load_file(weights)["embedding.weight"].float()
