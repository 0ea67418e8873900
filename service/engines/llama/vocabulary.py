"""Text ↔ tokens of one model."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from service.engines.llama.native import llama
from service.engines.llama.placeholders import ALL
from service.errors import EngineBroken

_SPLIT = "\ufdd0"
"""A noncharacter: Unicode reserves it for use inside a program, so no document may contain it."""

_NUMBER = re.compile(rb" ?[0-9]+")


class Vocabulary:
    """The tokenizer inside a GGUF. ``tokenise`` and ``guard`` may be called from any thread.

    Control tokens (``<|im_end|>`` and the like) are recognised in what the chat template writes, never in what
    people or documents say: ``guard`` cuts every control token's spelling in a text in two, and ``tokenise`` reads
    the two halves separately. So a document cannot close its turn and speak as the system.
    """

    def __init__(self, model: Any) -> None:
        self._native = llama()
        self._vocab = self._native.llama_model_get_vocab(model)
        self._lock = threading.Lock()
        self._pieces: dict[int, bytes | None] = {}
        self._numbers: dict[int, str] | None = None
        self._capitals: dict[int, str] | None = None
        self._newlines: list[int] | None = None
        self._placeholders: dict[str, int] | None = None
        self.size: int = self._native.llama_vocab_n_tokens(self._vocab)
        self.bos = self._spelling(self._native.llama_vocab_bos(self._vocab))
        self.eos = self._spelling(self._native.llama_vocab_eos(self._vocab))
        turn, text = self._native.llama_vocab_eot(self._vocab), self._native.llama_vocab_eos(self._vocab)
        self.end: int = turn if turn >= 0 else text  # the token that ends an answer
        control = self._native.LLAMA_TOKEN_ATTR_CONTROL
        attributes = self._native.llama_vocab_get_attr
        spellings = [self._spelling(token) for token in range(self.size) if attributes(self._vocab, token) & control]
        self._control = re.compile("|".join(re.escape(text) for text in spellings if len(text) > 1) or r"(?!)")

    def guard(self, text: str) -> str:
        """``text`` with no control token left in it; ``tokenise`` takes the marks out again."""
        return self._control.sub(lambda found: f"{found[0][0]}{_SPLIT}{found[0][1:]}", text.replace(_SPLIT, ""))

    def tokenise(self, text: str, *, first: bool = True) -> list[int]:
        """Tokens of a rendered conversation; the begin-of-text token is added where the model wants one. Not ``first``:
        of a text that goes on another."""
        tokens: list[int] = []
        for n, part in enumerate(text.split(_SPLIT)):
            tokens += self._tokenise(part, first=first and n == 0)
        return tokens

    def _tokenise(self, text: str, *, first: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        opening = first and not (self.bos and text.startswith(self.bos))
        room = len(data) + 8
        buffer = (ctypes.c_int32 * room)()
        with self._lock:
            if self._vocab is None:
                raise EngineBroken
            n = self._native.llama_tokenize(self._vocab, data, len(data), buffer, room, opening, True)
        return list(buffer[:n])

    def piece(self, token: int) -> bytes | None:
        """The bytes of a token, which may be part of a character; None when the token ends the answer."""
        try:
            return self._pieces[token]
        except KeyError:
            ends = self._native.llama_vocab_is_eog(self._vocab, token)
            piece = self._pieces[token] = None if ends else self._bytes(token, special=False)
            return piece

    @property
    def pointer(self) -> Any:
        """The ``llama_vocab``, for grammars."""
        return self._vocab

    def ends(self, token: int) -> bool:
        """True for a token that ends the answer."""
        return self.piece(token) is None

    def numbers(self) -> Mapping[int, str]:
        """The tokens that are nothing but digits, perhaps after a space, and their digits; looked up once."""
        with self._lock:
            if self._numbers is None:
                if self._vocab is None:
                    raise EngineBroken
                pieces = ((token, self._bytes(token, special=False)) for token in range(self.size))
                self._numbers = {token: piece.decode().strip() for token, piece in pieces if _NUMBER.fullmatch(piece)}
            return self._numbers

    def capitals(self) -> Mapping[int, str]:
        """The tokens that begin a capitalised word after a space, and how, in small letters; looked up once."""
        with self._lock:
            if self._capitals is None:
                if self._vocab is None:
                    raise EngineBroken
                pieces = ((token, self._bytes(token, special=False)) for token in range(self.size))
                begun = ((token, piece.decode("utf-8", "ignore")) for token, piece in pieces if piece.startswith(b" "))
                self._capitals = {
                    token: text[1:].lower() for token, text in begun if text[1:2].isupper() and text[1:].isalpha()
                }
            return self._capitals

    def newlines(self) -> Sequence[int]:
        """The tokens that end a line, whatever stands before; looked up once."""
        with self._lock:
            if self._newlines is None:
                if self._vocab is None:
                    raise EngineBroken
                self._newlines = [token for token in range(self.size) if b"\n" in self._bytes(token, special=False)]
            return self._newlines

    def placeholders(self) -> Mapping[str, int]:
        """The placeholders for names and numbers that the model knows, each with its token; empty for most models."""
        if self._placeholders is None:
            found = {one: self._tokenise(one, first=False) for one in ALL}
            known = all(
                len(tokens) == 1 and self._bytes(tokens[0], special=False) == one.encode()
                for one, tokens in found.items()
            )
            self._placeholders = {one: tokens[0] for one, tokens in found.items()} if known else {}
        return self._placeholders

    def close(self) -> None:
        """To be called before the model is freed."""
        with self._lock:
            self._vocab = None

    def _spelling(self, token: int) -> str:
        return self._bytes(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _bytes(self, token: int, *, special: bool) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        n = self._native.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special)
        if n < 0:
            buffer = ctypes.create_string_buffer(-n)
            n = self._native.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special)
        return buffer.raw[:n]
