"""The stop on what is said over and over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, Logits, Tokens, Words, lettered, lexicon, rule_out, shown
from service.text import fold

SHORT_PERIOD = 4
"""Tokens: a shorter stretch may be said twice in a row, and is stopped after three times; after two where it is made of
two words or more."""
PERIOD, REPEATED = 64, 40
"""A repetition has a period of at most 64 tokens and goes on for two periods after the first, but at least 40 tokens:
a dotted line or the ruler of a table is none."""
SHORTEST, LONGEST, TIMES = 4, 40, 4
"""Letters of a stretch that is said so many times in a row, however it was cut into tokens, marked and spaced."""


class Repetition:
    """``self._same[p - 1]`` is for how many tokens the answer has sounded as it did ``p`` tokens before."""

    _PERIODS: Tokens = np.arange(1, PERIOD + 1, dtype=np.int32)
    _ENOUGH: Tokens = np.maximum(2 * _PERIODS, REPEATED)

    def __init__(self, words: Words) -> None:
        self._words = words
        self._word = lexicon(words)
        self._recent: Tokens = np.full(PERIOD, -1, np.int32)  # the latest first
        self._sounds: Tokens = np.full(PERIOD, -1, np.int32)  # theirs
        self._same: Tokens = np.zeros(PERIOD, np.int32)
        self._letters = ""  # the latest last
        self.found = False

    def accept(self, token: int) -> None:
        sound = self._word(token).sound
        self._same += 1
        self._same *= self._sounds == sound
        for recent, newest in ((self._recent, token), (self._sounds, sound)):
            recent[1:] = recent[:-1]
            recent[0] = newest
        self._letters = (self._letters + "".join(fold(shown(self._words, token).lower()).split()))[-TIMES * LONGEST :]
        self.found = bool((self._same >= self._ENOUGH).any()) or self._goes_round()

    def apply(self, logits: Logits) -> None:
        """Rule out the word that would begin what has been said over and over anew. Where it is the likeliest, only a
        mark may follow, or the end: whatever other word came would be no better."""
        twice = self._same >= self._PERIODS
        if not twice.any():
            return
        for period in np.flatnonzero(twice) + 1:
            first = int(self._recent[period - 1])
            stretch = self._recent[:period].tolist()
            if self._same[period - 1] < self._often(stretch):
                continue
            if (_is_word(self._words.piece(first)) and self._is_said(stretch)) or self._is_slashed(stretch):
                if self._word(int(logits.argmax())).sound == self._word(first).sound:
                    logits[lettered(self._words)] = RULED_OUT
                rule_out(logits, first, self._words)

    def _often(self, stretch: Sequence[int]) -> int:
        """For how many tokens a stretch must have been repeated to be stopped."""
        words = sum(_is_word(self._words.piece(token)) for token in stretch)
        once = len(stretch) >= SHORT_PERIOD or words == len(stretch) > 1
        return len(stretch) if once else 2 * len(stretch)

    def _goes_round(self) -> bool:
        """True when the last letters are one stretch of words again and again; figures and marks must be the same."""
        letters = self._letters
        for length in range(SHORTEST, len(letters) // TIMES + 1):
            once = letters[-length:]
            if letters.endswith(once * TIMES) and 2 * sum(map(str.isalpha, once)) >= length and not {*once} & {*"[|"}:
                return True
        return False

    def _is_said(self, stretch: Sequence[int]) -> bool:
        """True for words, also with figures; open places and cells of a table may well stand three times in a row."""
        pieces = [self._words.piece(token) or b"" for token in stretch]
        spoken, seen = sum(map(_is_word, pieces)), sum(bool(piece.strip(b" ")) for piece in pieces)
        return 2 * spoken >= seen and not any(mark in piece for piece in pieces for mark in (b"[", b"|"))

    def _is_slashed(self, stretch: Sequence[int]) -> bool:
        """True for a slash, also with figures: «1/ 1/ 1/» is no date."""
        pieces = [(self._words.piece(token) or b"").strip() for token in stretch]
        return b"/" in pieces and len(pieces) < SHORT_PERIOD


def _is_word(piece: bytes | None) -> bool:
    return (piece or b"").decode("utf-8", "ignore").strip().isalpha()
