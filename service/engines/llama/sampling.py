"""Logits → token: a llama.cpp sampler chain for each answer."""

from __future__ import annotations

from typing import Any

from service.engines.llama.native import llama
from service.records import Options

_PENALTY_WINDOW = 64


class Sampler:
    """The chain of one answer, in llama.cpp's order: penalty, top-p, min-p, temperature, draw.

    The repeat penalty looks at the last 64 tokens of the answer only, never at the prompt: names and numbers are to
    be copied from there. At temperature 0 the likeliest token is taken, and among equals the first.
    Must be freed, on the thread that owns the context.
    """

    def __init__(self, options: Options, vocabulary_size: int) -> None:
        native = llama()
        add = native.llama_sampler_chain_add
        self._sample = native.llama_sampler_sample
        self._free = native.llama_sampler_free
        self._chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
        if options.repeat_penalty != 1.0:
            penalties = native.llama_sampler_init_penalties
            add(self._chain, penalties(vocabulary_size, _PENALTY_WINDOW, options.repeat_penalty, 0.0, 0.0))
        if options.temperature <= 0:
            add(self._chain, native.llama_sampler_init_greedy())
            return
        add(self._chain, native.llama_sampler_init_top_p(options.top_p, 1))
        add(self._chain, native.llama_sampler_init_min_p(options.min_p, 1))
        add(self._chain, native.llama_sampler_init_temp(options.temperature))
        add(self._chain, native.llama_sampler_init_dist(options.seed & 0xFFFFFFFF))

    def sample(self, context: Any, index: int) -> int:
        """The token that follows batch entry ``index`` of the last decode."""
        token: int = self._sample(self._chain, context, index)
        return token

    def free(self) -> None:
        self._free(self._chain)
