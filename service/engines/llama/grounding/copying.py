"""The bonus on what goes on as the prompt does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import Logits, Tokens, Words, lexicon, spellings

BONUS = 1.0
"""Added to the logit for each token of the match beyond the first."""
LONGEST_MATCH = 4
"""Tokens of the match that count."""


class CopyBonus:
    """Where the last words of the answer stand in the prompt too, what follows them there gets likelier.

    ``self._match[j]`` is how many of the answer's last tokens equal those of the prompt up to and including ``j``.

    It is carried on from token to token: a match at ``j`` is one longer than the match at ``j - 1`` was, or none.
    """

    def __init__(self, prompt: Sequence[int], words: Words, bonus: float) -> None:
        self._bonus = bonus
        self._word = lexicon(words)
        self._tokens: Tokens = np.array(prompt, np.int32)
        self._spellings = spellings(prompt, words)
        self._match: Tokens = np.zeros(len(prompt), np.int32)
        sayable = [bool(words.piece(token)) for token in prompt]  # not what ends or structures a conversation
        self._sayable = np.array(sayable, np.bool_)

    def apply(self, logits: Logits) -> None:
        ends = np.flatnonzero(self._match[:-1] >= 2)
        if not ends.size:
            return
        ends = ends[self._sayable[ends + 1]]
        length = np.minimum(self._match[ends], LONGEST_MATCH)
        order = np.argsort(length, kind="stable")  # a token that follows several matches gets what the longest gives
        following = self._tokens[ends[order] + 1]
        logits[following] = logits[following] + np.float32(self._bonus) * (length[order] - 1)

    def accept(self, token: int) -> None:
        match = self._match
        match[1:] = match[:-1]  # numpy copies what overlaps
        match[:1] = 0
        match += 1
        match *= self._spellings == self._word(token).spelling
