"""The tokenizer: text ↔ numbers, by byte pairs learnt from Vietnamese (BPE).

It starts from single bytes, so any Unicode text survives the round trip, and joins what often stands together until it has
``pieces`` pieces; 4,096 of them give about one piece per Vietnamese syllable. Digits stay single: numbers, dates and document
numbers are copied digit by digit. The first split is that of Qwen 2, which llama.cpp knows as ``pre=qwen2``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from service.engines.llama import placeholders

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""Must equal llama.cpp's regular expression for ``qwen2``; the parity proof compares token ids."""

END, SYSTEM, USER, ASSISTANT, PAD, BOS = "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|pad|>", "<|bos|>"
SPECIAL = (END, SYSTEM, USER, ASSISTANT, PAD, BOS)
"""Control tokens, at the ids 0 … 5; BOS exists because the format wants one, and is never used."""


def _split(tokenizer: Tokenizer) -> Tokenizer:
    from tokenizers import Regex, decoders, pre_tokenizers

    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def with_placeholders(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with the service's placeholders for names and numbers as tokens behind all others."""
    from tokenizers import AddedToken

    tokenizer.add_tokens([AddedToken(one, normalized=False, special=False) for one in placeholders.ALL])
    return tokenizer


def learn(texts: Iterable[str], pieces: int) -> Tokenizer:
    """A tokenizer of ``pieces`` pieces from these texts, the placeholders among them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    trainer = trainers.BpeTrainer(
        vocab_size=pieces - placeholders.COUNT,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=3,
        show_progress=False,
    )
    tokenizer = _split(Tokenizer(models.BPE()))
    tokenizer.train_from_iterator(texts, trainer)
    return with_placeholders(tokenizer)


def rebuilt(tokens: list[str], merges: list[str]) -> Tokenizer:
    """The tokenizer that a GGUF file describes, special tokens first."""
    from tokenizers import AddedToken, Tokenizer, models

    held = placeholders.ALL[0] in tokens
    vocabulary = {token: number for number, token in enumerate(tokens) if token not in placeholders.ALL}
    pairs = [(first, second) for first, _, second in (merge.partition(" ") for merge in merges)]
    tokenizer = _split(Tokenizer(models.BPE(vocab=vocabulary, merges=pairs)))
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    return with_placeholders(tokenizer) if held else tokenizer


def load(path: Path) -> Tokenizer:
    """A saved tokenizer."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))
