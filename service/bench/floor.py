"""The floor of a machine: llama.cpp decoding a class's tokens in full batches, and nothing else.

The common beginning is read once and its cells lent to everybody; then ``width`` people at a time have their own tokens
read and are written to step by step, all in one batch. No queue, no text, no sampling but the likeliest token. What an
engine takes beyond this is its own.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from service.bench.asking import Answer, Run, told
from service.engines.llama.batch import Batch
from service.engines.llama.model import COMPUTED_AT_ONCE
from service.engines.llama.native import llama

_BATCH = 512


def floor(model: Path, prompts: Sequence[Sequence[int]], write: int, *, width: int, threads: int) -> Run:
    """A class answered so; loading is not timed."""
    same = sum(1 for _ in takewhile(lambda tokens: len({*tokens}) == 1, zip(*prompts, strict=False)))
    shared = min(same, *(len(prompt) - 1 for prompt in prompts))
    longest = max(len(prompt) for prompt in prompts)
    raw = _Raw(model, cells=shared + width * (longest - shared + write) + 64, width=width, threads=threads)
    try:
        started = time.perf_counter()
        raw.read_common(prompts[0][:shared])
        answers: list[Answer] = []
        for first in range(0, len(prompts), width):
            people = prompts[first : first + width]
            newest = raw.read_own([prompt[shared:] for prompt in people], shared)
            worded = time.perf_counter() - started
            for step in range(write - 1):
                newest = raw.write(newest, [len(prompt) + step for prompt in people])
            ended = time.perf_counter() - started
            answers += [Answer(worded, ended, write, len(prompt) - shared, shared) for prompt in people]
        answers[0] = replace(answers[0], read=len(prompts[0]), shared=0)  # somebody read the common beginning
        return told("floor", answers, time.perf_counter() - started)
    finally:
        raw.close()


class _Raw:
    """A model and its context; sequence ``width`` holds the common beginning, those below it the people."""

    def __init__(self, model: Path, *, cells: int, width: int, threads: int) -> None:
        native = self._native = llama()
        self._width = width
        self._model = native.llama_model_load_from_file(os.fsencode(model), native.llama_model_default_params())
        params = native.llama_context_default_params()
        params.n_ctx = cells
        params.n_batch, params.n_ubatch = _BATCH, COMPUTED_AT_ONCE
        params.n_seq_max = params.n_outputs_max = width + 1
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = True
        self._context = native.llama_init_from_model(self._model, params)
        self._memory = native.llama_get_memory(self._context)
        self._size = native.llama_vocab_n_tokens(native.llama_model_get_vocab(self._model))
        self._batch = Batch(_BATCH)
        self.read_common([0])  # fetches the file's pages
        native.llama_memory_clear(self._memory, False)
        self._shared = 0

    def read_common(self, tokens: Sequence[int]) -> None:
        for start in range(0, len(tokens), _BATCH):
            self._batch.clear()
            self._batch.add(tokens[start : start + _BATCH], start, self._width, wanted=0)
            self._decode()
        self._shared = len(tokens)

    def read_own(self, owns: Sequence[Sequence[int]], start: int) -> list[int]:
        """Read everybody's own tokens, as many people to a batch as fit; the first token of each answer."""
        newest: list[int] = []
        rows: list[int] = []
        self._batch.clear()
        for n, own in enumerate(owns):
            self._native.llama_memory_seq_rm(self._memory, n, -1, -1)
            self._native.llama_memory_seq_cp(self._memory, self._width, n, 0, self._shared)
            if self._batch.native.n_tokens + len(own) > _BATCH:
                newest += self._likeliest(rows)
                rows = []
                self._batch.clear()
            rows.append(self._batch.add(own, start, n, wanted=1))
        return newest + self._likeliest(rows)

    def write(self, newest: Sequence[int], positions: Sequence[int]) -> list[int]:
        self._batch.clear()
        rows = [
            self._batch.add([token], at, n, wanted=1)
            for n, (token, at) in enumerate(zip(newest, positions, strict=True))
        ]
        return self._likeliest(rows)

    def close(self) -> None:
        self._native.llama_free(self._context)
        self._native.llama_model_free(self._model)

    def _likeliest(self, rows: Sequence[int]) -> list[int]:
        self._decode()
        return [int(self._logits(row).argmax()) for row in rows]

    def _logits(self, row: int) -> Any:
        found = self._native.llama_get_logits_ith(self._context, row)
        address = ctypes.addressof(found.contents)
        return np.frombuffer((ctypes.c_float * self._size).from_address(address), np.float32)

    def _decode(self) -> None:
        if self._native.llama_decode(self._context, self._batch.native) != 0:
            raise RuntimeError("llama_decode failed; too little memory for this class?")
