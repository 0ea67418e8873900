"""A vocabulary of whole words, so that the rules of grounded decoding can be followed by eye."""

from __future__ import annotations

import re
from collections.abc import Mapping

END = 0


class Spoken:
    """Learnt from the texts it is to read; the end of an item or a row is one token with its mark, as in real ones."""

    end = END

    def __init__(self, *texts: str) -> None:
        pieces = [piece for text in texts for piece in cut(text)]
        self.pieces: list[bytes | None] = [None, *dict.fromkeys([*(one.encode() for one in pieces), b"\n"])]
        self.size = len(self.pieces)

    def piece(self, token: int) -> bytes | None:
        return self.pieces[token]

    def numbers(self) -> Mapping[int, str]:
        return {}

    def capitals(self) -> Mapping[int, str]:
        return {}

    def newlines(self) -> list[int]:
        return [n for n, piece in enumerate(self.pieces) if b"\n" in (piece or b"")]

    def tokens(self, text: str) -> list[int]:
        return [self.pieces.index(piece.encode()) for piece in cut(text)]

    def tokenise(self, text: str, *, first: bool) -> list[int]:
        return self.tokens(text)


def cut(text: str) -> list[str]:
    return re.findall(r"(?: ?\||\.)?\n| ?\w+| ?[^\w\s]", text)
