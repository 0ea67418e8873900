"""What the rules of grounded decoding share: logits, tokens, and what they need of a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from service.engines.llama.placeholders import FAMILY_OF
from service.text import fold

RULED_OUT = np.float32(-np.inf)
ALIKE = 16.0
"""Logits: what lies further below the likeliest token is not taken in its place."""
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

    def tokenise(self, text: str, *, first: bool) -> Sequence[int]: ...


@dataclass(frozen=True)
class Word:
    """A token as the rules see it: is it a word, and which kinds of placeholders does it hold? ``spelling`` is
    the same number for tokens that differ by case or by the space before them, ``sound`` for those that differ by
    marks, too.
    """

    is_word: bool
    spelling: int
    sound: int
    kinds: frozenset[str]


class Lexicon:
    """The tokens of a vocabulary as words. All answers share it, from whatever thread (:func:`lexicon`)."""

    def __init__(self) -> None:
        self._words: dict[int, Word] = {}
        self._spellings: dict[bytes | str, int] = {}  # the first token met that has it
        self._sounds: dict[str, int] = {}  # as above
        self._lettered: Tokens | None = None

    def word(self, token: int, words: Words) -> Word:
        """The word of this token."""
        found = self._words.get(token)
        if found is None:
            text = shown(words, token)
            kinds = frozenset(FAMILY_OF[letter] for letter in text if letter in FAMILY_OF)
            is_word = bool(kinds) or any(map(str.isalpha, text))
            spelling = self._spelling(token, words)
            sound = self._sounds.setdefault(fold(text.strip().lower()), token) if is_word else spelling
            found = self._words[token] = Word(is_word, spelling, sound, kinds)
        return found

    def lettered(self, words: Words) -> Tokens:
        """The tokens that have letters; looked up once."""
        if self._lettered is None:
            found = [token for token in range(words.size) if self.word(token, words).is_word]
            self._lettered = np.array(found, np.int32)
        return self._lettered

    def _spelling(self, token: int, words: Words) -> int:
        piece = (words.piece(token) or b"").strip()
        try:
            spelling: bytes | str = piece.decode().lower()
        except UnicodeDecodeError:  # a part of a character
            spelling = piece
        return self._spellings.setdefault(spelling or b"%d" % token, token)


_LEXICONS: WeakKeyDictionary[Words, Lexicon] = WeakKeyDictionary()


def lexicon(words: Words) -> Callable[[int], Word]:
    """Token → word, of this vocabulary."""
    held = _held(words)
    return lambda token: held.word(token, words)


def lettered(words: Words) -> Tokens:
    """The tokens that have letters, of this vocabulary."""
    return _held(words).lettered(words)


def _held(words: Words) -> Lexicon:
    held = _LEXICONS.get(words)
    return _LEXICONS.setdefault(words, Lexicon()) if held is None else held


def spellings(tokens: Sequence[int], words: Words) -> Tokens:
    """The spellings of several tokens."""
    word = lexicon(words)
    return np.array([word(token).spelling for token in tokens], np.int32)


def likely(logits: Logits, reach: float) -> list[int]:
    """The tokens at most ``reach`` below the likeliest. What a rule takes from them, up to that much, decides between
    them and no others; those left out are drawn by lot less often than e to the minus ``reach``."""
    found: list[int] = np.flatnonzero(logits > logits.max() - np.float32(reach)).tolist()
    return found


def rule_out(logits: Logits, token: int, words: Words) -> None:
    """Rule a token out, and what sounds like it: a small model that may not write «phân» takes «phan» and goes on."""
    word = lexicon(words)
    sound = word(token).sound
    logits[[other for other in likely(logits, ALIKE) if word(other).sound == sound]] = RULED_OUT
    logits[token] = RULED_OUT


def text_of(tokens: Sequence[int], words: Words) -> str:
    """Tokens as text, a blank where one structures the conversation."""
    return b"".join(words.piece(token) or b" " for token in tokens).decode("utf-8", "ignore")


def shown(words: Words, token: int) -> str:
    """One token as text; empty for one that structures the conversation and for a part of a letter."""
    return (words.piece(token) or b"").decode("utf-8", "ignore")
