"""Logits → token: a llama.cpp sampler chain for each answer, a grammar beside it, processors before it."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from service.engines.llama.native import llama
from service.engines.llama.vocabulary import Vocabulary
from service.errors import BadInput
from service.records import Options

Logits = NDArray[np.float32]

PENALTY_WINDOW = 64
"""The penalties look at so many of the last tokens of the answer."""
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # llama_token_data


class LogitsProcessor(Protocol):
    """Changes what an answer is likely to say next; one object for each answer, used from one thread."""

    def apply(self, logits: Logits) -> None:
        """Change the logits of the next token, in place."""
        ...

    def accept(self, token: int) -> None:
        """The token has been written."""
        ...


class Sampler:
    """Draws the tokens of one answer: processors, then llama.cpp's chain of penalties, top-p, min-p, temperature, draw.

    The penalties look at the answer only, never at the prompt: names and numbers are to be copied from there. At
    temperature 0 the likeliest token is taken, and among equals the first. Must be freed.
    """

    def __init__(self, options: Options, vocabulary: Vocabulary, processors: Sequence[LogitsProcessor] = ()) -> None:
        native = self._native = llama()
        add = native.llama_sampler_chain_add
        self._size = vocabulary.size
        self._ends = vocabulary.ends
        self._processors = processors
        self._chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
        penalties = (options.repeat_penalty, options.frequency_penalty, options.presence_penalty)
        penalised = penalties != (1.0, 0.0, 0.0)
        self._likeliest = options.temperature <= 0 and not penalised
        if penalised:
            add(self._chain, native.llama_sampler_init_penalties(self._size, PENALTY_WINDOW, *penalties))
        if options.temperature <= 0:
            add(self._chain, native.llama_sampler_init_greedy())
        else:
            add(self._chain, native.llama_sampler_init_top_p(options.top_p, 1))
            add(self._chain, native.llama_sampler_init_min_p(options.min_p, 1))
            add(self._chain, native.llama_sampler_init_temp(options.temperature))
            add(self._chain, native.llama_sampler_init_dist(options.seed & 0xFFFFFFFF))
        self._grammar = _Grammar(grammar_of(options), vocabulary) if options.grammar or options.json_schema else None

    def sample(self, context: Any, index: int) -> int:
        """The token that follows batch entry ``index`` of the last decode. To be called once for each entry."""
        if not (self._processors or self._likeliest or self._grammar):
            return int(self._native.llama_sampler_sample(self._chain, context, index))
        logits = logits_at(context, index, self._size)
        for processor in self._processors:
            processor.apply(logits)
        if self._grammar:
            token = self._within_grammar(self._grammar, logits)
        elif self._likeliest:
            token = int(logits.argmax())
        else:
            token = int(self._native.llama_sampler_sample(self._chain, context, index))
        for processor in self._processors:
            processor.accept(token)
        return token

    def free(self) -> None:
        """Give the chain back to llama.cpp; a second call does nothing."""
        if self._chain:
            self._native.llama_sampler_free(self._chain)
            self._chain = None
        if self._grammar:
            self._grammar.free()

    def _within_grammar(self, grammar: _Grammar, logits: Logits) -> int:
        """Draw freely first: asking the grammar about one token is cheap, about a whole vocabulary it is not."""
        candidates = _Candidates(logits)
        token = candidates.draw(self._chain)
        if not grammar.allows(token):
            candidates = _Candidates(logits)
            if not grammar.narrow(candidates):
                return grammar.end  # nothing may follow
            token = candidates.draw(self._chain)
        if not self._ends(token):
            self._native.llama_sampler_accept(self._chain, token)
            grammar.accept(token)
        return token


def logits_at(context: Any, index: int, size: int) -> Logits:
    """The ``size`` logits after batch entry ``index`` where they lie in llama.cpp's memory: a change is seen there."""
    row = llama().llama_get_logits_ith(context, index)
    if not row:
        raise RuntimeError(f"no logits at batch entry {index}")
    memory: Any = (ctypes.c_float * size).from_address(ctypes.addressof(row.contents))
    return np.frombuffer(memory, np.float32)


def check_grammar(options: Options, vocabulary: Vocabulary) -> None:
    """Raises BadInput where the grammar or the schema of an answer cannot be used."""
    if options.grammar or options.json_schema:
        _Grammar(grammar_of(options), vocabulary).free()


_CHARACTER = r'[^"\\\x7F\x00-\x1F]'
"""A character inside a JSON string (RFC 8259): the converter forgets that a line break must be escaped."""


def grammar_of(options: Options) -> str:
    """The GBNF that an answer must follow. Raises BadInput when a schema cannot be told in GBNF."""
    if options.grammar and options.json_schema:
        raise BadInput("Chỉ nhận một trong hai: ngữ pháp GBNF hoặc JSON Schema. Lượt này chưa chạy.")
    if options.grammar:
        return options.grammar
    from llama_cpp.llama_grammar import json_schema_to_gbnf

    try:
        json.loads(options.json_schema)
        return str(json_schema_to_gbnf(options.json_schema)).replace(r'[^"\\]', _CHARACTER)
    except Exception as error:  # the converter meets what people have written
        raise BadInput(
            "JSON Schema này chưa dùng được (%(reason)s). Lượt này chưa chạy.",
            reason=str(error) or type(error).__name__,
        ) from error


class _Candidates:
    """All tokens with their logits, as llama.cpp's samplers take them; good for one draw."""

    def __init__(self, logits: Logits) -> None:
        self._native = llama()
        self._rows = np.zeros(len(logits), _CANDIDATE)
        self._rows["id"] = np.arange(len(logits))
        self._rows["logit"] = logits
        self.array = _array(self._rows)

    def draw(self, chain: Any) -> int:
        self._native.llama_sampler_apply(chain, ctypes.byref(self.array))
        return int(self.array.data[self.array.selected].id)

    @property
    def possible(self) -> bool:
        return bool(np.isfinite(self._rows["logit"]).any())


class _Grammar:
    """A GBNF grammar and how far the answer has come in it."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._native = llama()
        self.end = vocabulary.end
        self._sampler = self._native.llama_sampler_init_grammar(vocabulary.pointer, text.encode(), b"root")
        if not self._sampler:
            raise BadInput("Ngữ pháp GBNF này sai cách ghi hoặc thiếu quy tắc “root”. Lượt này chưa chạy.")

    def allows(self, token: int) -> bool:
        one = np.array([(token, 1.0, 0.0)], _CANDIDATE)
        self._native.llama_sampler_apply(self._sampler, ctypes.byref(_array(one)))
        return bool(np.isfinite(one["logit"][0]))

    def narrow(self, candidates: _Candidates) -> bool:
        """Rule out what may not follow; False when nothing may."""
        self._native.llama_sampler_apply(self._sampler, ctypes.byref(candidates.array))
        return candidates.possible

    def accept(self, token: int) -> None:
        self._native.llama_sampler_accept(self._sampler, token)

    def free(self) -> None:
        if self._sampler:
            self._native.llama_sampler_free(self._sampler)
            self._sampler = None


def _array(rows: NDArray[Any]) -> Any:
    """A ``llama_token_data_array`` over rows that the caller keeps alive."""
    native = llama()
    data = ctypes.cast(rows.ctypes.data, ctypes.POINTER(native.llama_token_data))
    return native.llama_token_data_array(data=data, size=len(rows), selected=-1, sorted=False)
