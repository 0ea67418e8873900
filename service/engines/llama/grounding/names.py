"""The guard on names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import TAIL, Logits, Tokens, Words, text_of

STRANGE = 2.0
"""Taken from the logit of a token that begins a capitalised word unknown to the prompt, within a line."""
_WITHIN = re.compile(r"[\w,)%”\"][ ]?\Z")


class NameGuard:
    """Holds back words with a capital that the prompt does not know, where no line or sentence begins."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        text = text_of(prompt, words).lower()
        begun = {word[:n] for word in set(re.findall(r"\w+", text)) for n in range(1, len(word) + 1)}
        strange = [token for token, begins in words.capitals().items() if begins not in begun]
        self._strange: Tokens = np.array(strange, np.int32)
        self._tail = b""

    def apply(self, logits: Logits) -> None:
        if _WITHIN.search(self._tail.decode("utf-8", "ignore")):
            logits[self._strange] -= np.float32(STRANGE)

    def accept(self, token: int) -> None:
        self._tail = (self._tail + (self._words.piece(token) or b""))[-TAIL:]
