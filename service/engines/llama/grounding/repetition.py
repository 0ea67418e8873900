"""The stop on what is said over and over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, Logits, Tokens, Words

SHORT_PERIOD = 4
"""Tokens: a shorter stretch may be said twice in a row, and is stopped after three times."""
PERIOD, REPEATED = 64, 40
"""A repetition has a period of at most 64 tokens and goes on for two periods after the first, but at least 40 tokens:
a dotted line or the ruler of a table is none."""


class Repetition:
    """``self._same[p - 1]`` is for how many tokens the answer has been equal to itself ``p`` tokens before."""

    _PERIODS: Tokens = np.arange(1, PERIOD + 1, dtype=np.int32)
    _ENOUGH: Tokens = np.maximum(2 * _PERIODS, REPEATED)

    _TWICE: Tokens = np.where(_PERIODS < SHORT_PERIOD, 2 * _PERIODS, _PERIODS)

    def __init__(self, words: Words) -> None:
        self._words = words
        self._recent: Tokens = np.full(PERIOD, -1, np.int32)  # the latest first
        self._same: Tokens = np.zeros(PERIOD, np.int32)
        self.found = False

    def accept(self, token: int) -> None:
        self._same += 1
        self._same *= self._recent == token
        self._recent[1:] = self._recent[:-1]
        self._recent[0] = token
        self.found = bool((self._same >= self._ENOUGH).any())

    def apply(self, logits: Logits) -> None:
        """Rule out the word that would begin what has been said over and over once more."""
        twice = self._same >= self._TWICE
        if not twice.any():
            return
        for period in np.flatnonzero(twice) + 1:
            first = int(self._recent[period - 1])
            stretch = self._recent[:period].tolist()
            if (_is_word(self._words.piece(first)) and self._is_said(stretch)) or self._is_slashed(stretch):
                logits[first] = RULED_OUT

    def _is_said(self, stretch: Sequence[int]) -> bool:
        """True for words, also with figures; open places and cells of a table may well stand three times in a row."""
        pieces = [self._words.piece(token) or b"" for token in stretch]
        spoken, shown = sum(map(_is_word, pieces)), sum(bool(piece.strip(b" ")) for piece in pieces)
        return 2 * spoken >= shown and not any(mark in piece for piece in pieces for mark in (b"[", b"|"))

    def _is_slashed(self, stretch: Sequence[int]) -> bool:
        """True for a slash, also with figures: «1/ 1/ 1/» is no date."""
        pieces = [(self._words.piece(token) or b"").strip() for token in stretch]
        return b"/" in pieces and len(pieces) < SHORT_PERIOD


def _is_word(piece: bytes | None) -> bool:
    return (piece or b"").decode("utf-8", "ignore").strip().isalpha()
