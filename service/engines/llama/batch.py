"""The arrays handed to ``llama_decode``."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from service.engines.llama.native import llama


class Batch:
    """Room for ``size`` tokens, each of one sequence, filled anew for every decode.

    The arrays are ours rather than ``llama_batch_init``'s, because a slice of a ctypes array is written in one step.
    """

    def __init__(self, size: int) -> None:
        native = llama()
        self._size = size
        self._token = (ctypes.c_int32 * size)()
        self._position = (ctypes.c_int32 * size)()
        self._sequence = (ctypes.c_int32 * size)()
        self._wanted = (ctypes.c_int8 * size)()
        one_each = (ctypes.c_int32 * size)(*[1] * size)
        pointer = ctypes.POINTER(ctypes.c_int32)
        first, step = ctypes.addressof(self._sequence), ctypes.sizeof(ctypes.c_int32)
        sequences = (pointer * size)(*[ctypes.cast(first + n * step, pointer) for n in range(size)])
        self.native = native.llama_batch(
            0,
            ctypes.cast(self._token, pointer),
            None,
            ctypes.cast(self._position, pointer),
            ctypes.cast(one_each, pointer),
            ctypes.cast(sequences, ctypes.POINTER(pointer)),
            ctypes.cast(self._wanted, ctypes.POINTER(ctypes.c_int8)),
        )

    def fits(self, tokens: int) -> bool:
        """There is room for so many more."""
        return int(self.native.n_tokens) + tokens <= self._size

    def clear(self) -> None:
        self.native.n_tokens = 0

    def add(self, tokens: Sequence[int], position: int, sequence: int, *, wanted: int) -> int:
        """Append tokens of one sequence, the first at ``position``; returns the index of the first wanted one.

        ``wanted``: the logits after so many of the last tokens are needed.
        """
        start: int = self.native.n_tokens
        n = len(tokens)
        end = start + n
        self._token[start:end] = [*tokens]
        self._position[start:end] = [*range(position, position + n)]
        self._sequence[start:end] = [sequence] * n
        self._wanted[start:end] = [int(place >= n - wanted) for place in range(n)]
        self.native.n_tokens = end
        return end - wanted
