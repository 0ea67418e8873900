"""Whether a model would write a text, up to ties: the judge of texts that were made in batches of different shapes.

llama.cpp's kernels for one row and for many add up in another order and round at other places (to float16 in the cache
and, for float16 weights, between the layers), so two tokens that are almost equally likely may change places. Such a
tie is allowed, and nothing else is. The judge reads the conversation alone and follows the text: at each place it must
go on with a token whose logit is within ``TIE`` of the likeliest one's. A text in which another conversation or a wrong
cell had a part soon leaves that path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.engines.llama.engine import processors
from service.engines.llama.model import Model
from service.engines.llama.placeholders import Placeholders, Shown
from service.engines.llama.sampling import PENALTY_WINDOW, logits_at
from service.records import Message, Options

TIE, TIE_Q8_0 = 0.1, 0.6
"""In logits; the larger for files in Q8_0.

With the model in the box (Q8_0: what passes between its layers is rounded to 8 bits) the distance between
the two likeliest tokens moved by up to 0.45 (a median of 0.05, 99 % below 0.28) when 16 prompts of up to 300 tokens
were read in other batches: in chunks of 512, 32, 15, 7 tokens, one by one, alone and beside 7 or 15 others; AVX2. With
a model in F16 it moves by a tenth of that."""
_Q8_0 = "7"  # llama_ftype

Logits = NDArray[np.float32]


class Judge:
    """A model of its own, which reads one conversation at a time; must be closed.

    :param small: as the engine was told: then answers are grounded unless the options say otherwise.
    """

    def __init__(self, path: Path, *, small: bool = False) -> None:
        self._small = small
        self._model = Model(path, threads=1, seats=1, shelf=0, context=None, progress=lambda _: True)
        self._tie = TIE_Q8_0 if self._model.meta("general.file_type") == _Q8_0 else TIE
        self._held: list[int] = []
        self._told: Placeholders | None = None

    def ties(self, messages: Sequence[Message], options: Options, text: str) -> int:
        """At how many places the text decides a tie otherwise than the model does here.

        Raises AssertionError for a text that the model does not write, ValueError where that cannot be told: for a
        temperature above 0 and for grammars.
        """
        if options.temperature > 0 or options.grammar or options.json_schema:
            raise ValueError(f"no text can be judged that was made with {options}")
        prompt, self._told = self._model.read(messages, opening=options.opening)
        text = text.removeprefix(options.opening)
        others: list[tuple[list[int], int]] = [([], 0)]  # beginnings of the text that are still to be followed
        furthest, why = "", "it does not begin so"
        while others:
            written, ties = others.pop()
            changing = processors(self._model.vocabulary, prompt, self._told, options, messages, small=self._small)
            for processor, token in product(changing, written):
                processor.accept(token)
            while not self._over(written, options):
                logits = self._read([*prompt, *written])
                for processor in changing:
                    processor.apply(logits)
                _penalise(logits, written, options)
                best = int(logits.argmax())
                likely = _likely(logits, self._tie)
                fitting = [token for token in likely if self._fits([*written, token], options, text)]
                if not fitting:
                    break
                others += [([*written, token], ties + (token != best)) for token in reversed(fitting[1:])]
                written, ties = [*written, fitting[0]], ties + (fitting[0] != best)
                for processor in changing:
                    processor.accept(fitting[0])
            else:
                return ties
            if len(said := self._text(written)) >= len(furthest):
                furthest, why = said, self._gap(logits, written, options, text)
        raise AssertionError(f"the model does not write {text!r}: after {furthest!r} {why}")

    def shown(self, messages: Sequence[Message], raw: str) -> str:
        """An answer as the model wrote it, with words in place of its placeholders."""
        return _in_words(raw, self._model.read(messages)[1])

    def close(self) -> None:
        self._model.close()

    def _read(self, tokens: list[int]) -> Logits:
        """The logits after these tokens; what they have in common with the ones before is in the cache."""
        model = self._model
        same = next((n for n, (a, b) in enumerate(zip(self._held, tokens, strict=False)) if a != b), len(self._held))
        start = min(same, len(tokens) - 1)
        if not model.cut(0, start):  # a recurrent state cannot be taken back
            model.cut(0, start := 0)
        self._held = tokens
        while True:
            model.batch.clear()
            chunk = tokens[start : start + model.longest_chunk]
            row = model.batch.add(chunk, start, 0, wanted=1)
            if model.decode() != 0:
                raise RuntimeError("llama_decode failed")
            start += len(chunk)
            if start == len(tokens):
                return logits_at(model.pointer, row, model.vocabulary.size).copy()

    def _fits(self, written: list[int], options: Options, text: str) -> bool:
        said = self._text(written)
        if any(said.startswith(text + stop) or (text + stop).startswith(said) for stop in options.stop):
            return True
        return said == text if self._over(written, options) else text.startswith(said)

    def _over(self, written: list[int], options: Options) -> bool:
        if len(written) == options.max_tokens or any(stop in self._text(written) for stop in options.stop):
            return True
        return bool(written) and self._model.vocabulary.ends(written[-1])

    def _text(self, written: list[int]) -> str:
        said = b"".join(self._model.vocabulary.piece(token) or b"" for token in written).decode("utf-8", "ignore")
        return _in_words(said, self._told)

    def _gap(self, logits: Logits, written: list[int], options: Options, text: str) -> str:
        """By how much the likeliest token is likelier than the likeliest one that the text could go on with."""
        order = [int(token) for token in np.argsort(-logits)]
        fitting = (token for token in order if self._fits([*written, token], options, text))
        if (token := next(fitting, None)) is None:
            return "there is no such token"
        return f"it goes on {logits[order[0]] - logits[token]:.3f} below the likeliest token; a tie is {self._tie}"


def _in_words(raw: str, told: Placeholders | None) -> str:
    return Shown(told.texts).feed(raw) if told else raw


def _penalise(logits: Logits, written: Sequence[int], options: Options) -> None:
    recent, counts = np.unique(np.array(written[-PENALTY_WINDOW:], np.int32), return_counts=True)
    seen = logits[recent]
    seen = np.where(seen > 0, seen / options.repeat_penalty, seen * options.repeat_penalty)
    logits[recent] = seen - counts * options.frequency_penalty - options.presence_penalty


def _likely(logits: Logits, tie: float) -> list[int]:
    """The tokens that tie with the likeliest one, that one first."""
    close = np.flatnonzero(logits >= logits.max() - tie)
    return [int(token) for token in close[np.argsort(-logits[close], kind="stable")]]


@contextmanager
def judging(path: Path, *, small: bool = False) -> Iterator[Judge]:
    """A judge, closed at the end."""
    judge = Judge(path, small=small)
    try:
        yield judge
    finally:
        judge.close()


def check_same(path: Path, messages: Sequence[Message], options: Options, *texts: str) -> None:
    """Raises AssertionError unless the texts are equal or part at ties only; the model is opened when they part."""
    if len(set(texts)) > 1:
        with judging(path) as judge:
            for text in dict.fromkeys(texts):
                judge.ties(messages, options, text)
