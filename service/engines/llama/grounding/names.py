"""The guard on names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import TAIL, Logits, Words, likely, text_of

STRANGE = 2.0
"""Taken from the logit of a token that begins a capitalised word unknown to the prompt, within a line."""
FAR = 8.0
"""Logits below the likeliest token: what is farther is not looked at."""
_WITHIN = re.compile(r"[\w,)%”\"][ ]?\Z")


class NameGuard:
    """Holds back words with a capital that the prompt does not know, where no line or sentence begins."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        text = text_of(prompt, words).lower()
        self._capitals = words.capitals()
        self._begun = {word[:n] for word in set(re.findall(r"\w+", text)) for n in range(1, len(word) + 1)}
        self._tail = b""

    def apply(self, logits: Logits) -> None:
        if _WITHIN.search(self._tail.decode("utf-8", "ignore")):
            for token in likely(logits, FAR):
                if (begins := self._capitals.get(token)) and begins not in self._begun:
                    logits[token] -= np.float32(STRANGE)

    def accept(self, token: int) -> None:
        self._tail = (self._tail + (self._words.piece(token) or b""))[-TAIL:]
