"""What the rules of grounded decoding share: logits, tokens, and what they need of a vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RULED_OUT = np.float32(-np.inf)
TAIL = 32
"""Bytes of the answer in which the place of a word or number is recognised."""

Logits = NDArray[np.float32]
Tokens = NDArray[np.int32]


class Words(Protocol):
    """What is needed of a vocabulary."""

    size: int
    end: int

    def piece(self, token: int) -> bytes | None: ...

    def numbers(self) -> Mapping[int, str]: ...

    def capitals(self) -> Mapping[int, str]: ...

    def newlines(self) -> Sequence[int]: ...


class Spellings:
    """Numbers that are the same for tokens that differ by case or by the space before them only."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbered: dict[bytes | str, int] = {}

    def of(self, token: int) -> int:
        """The number of this token."""
        piece = (self._words.piece(token) or b"").strip()
        try:
            spelling: bytes | str = piece.decode().lower()
        except UnicodeDecodeError:  # a part of a character
            spelling = piece
        return self._numbered.setdefault(spelling or b"%d" % token, len(self._numbered))

    def all(self, tokens: Sequence[int]) -> Tokens:
        """Those of several tokens."""
        return np.array([self.of(token) for token in tokens], np.int32)


def text_of(tokens: Sequence[int], words: Words) -> str:
    """Tokens as text, a blank where one structures the conversation."""
    return b"".join(words.piece(token) or b" " for token in tokens).decode("utf-8", "ignore")


def shown(words: Words, token: int) -> str:
    """One token as text; empty for one that structures the conversation and for a part of a letter."""
    return (words.piece(token) or b"").decode("utf-8", "ignore")
