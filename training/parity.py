"""Proof that the file says what the network says: token ids and logits of llama.cpp beside those of the training framework."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from training.model import Model
from training.packing import hidden
from training.tasks import make
from training.words import Chance

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TEXTS = 50


@dataclass(frozen=True)
class Parity:
    """``same_tokens`` of ``texts``; the largest difference of two logits; how often both would write the same token."""

    texts: int
    same_tokens: int
    largest: float
    same_choice: float


def compare(model: Model, tokenizer: Tokenizer, path: Path, texts: int = TEXTS) -> Parity:
    """Run reserved conversations through both."""
    from llama_cpp import Llama

    model.eval()
    same, largest, agreed, total = 0, 0.0, 0, 0
    with closing(Llama(str(path), n_ctx=1024, n_threads=1, n_threads_batch=1, logits_all=True, verbose=False)) as other:
        for n in range(texts):
            sample = make(Chance(90_000 + n, held=True))
            text = "".join(text for text, _ in hidden(sample))
            ids = tokenizer.encode(text).ids
            same += ids == other.tokenize(text.encode(), add_bos=False, special=True)
            ids = ids[:1000]
            with torch.no_grad():
                ours = model.logits(torch.tensor([ids]))[0].numpy()
            other.reset()
            other.eval(ids)
            theirs = np.array(other.scores[: len(ids)])
            largest = max(largest, float(np.abs(ours - theirs).max()))
            agreed += int((ours.argmax(-1) == theirs.argmax(-1)).sum())
            total += len(ids)
    return Parity(texts, same, round(largest, 4), round(agreed / total, 5))
