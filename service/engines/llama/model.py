"""A GGUF file → a model that can decode. Everything here happens on the loop's thread."""

from __future__ import annotations

import ctypes
import logging
import math
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from service.engines.llama.batch import Batch
from service.engines.llama.chat_template import ChatTemplate
from service.engines.llama.native import last_errors, llama
from service.engines.llama.placeholders import Placeholders
from service.engines.llama.steps import MOST_ROWS, StepCosts
from service.engines.llama.vocabulary import Vocabulary
from service.errors import EngineBroken
from service.records import Message

log = logging.getLogger(__name__)

_LARGEST_BATCH = 512
COMPUTED_AT_ONCE = 256
"""Tokens of a batch that llama.cpp takes through the model together (n_ubatch): with 256 two cores read 6 % faster than
with its usual 512, whose activations do not stay in the cache; with 128 or 64 as fast as with 512 or slower."""
_SMALLEST_BATCH = 32
_MEASURED = (1, 2, 4, 8, 16, _SMALLEST_BATCH, 4, 2, 1)
"""Steps of so many rows are timed when the model has been loaded; the small ones, which are weighed most, twice."""
_BATCH_SECONDS = 1.0  # a batch should not take longer: nobody gets a word, and no stop is heard, meanwhile
_WEIGHT = 0.2  # of the newest batch in the moving average of the reading speed
_KEPT = 40  # prompts of answers that are over, a class's: what is asked again, or changed at its end, is read already
_GPU_LAYERS = (-1, 12, 0)  # all; where they do not fit into the GPU's memory, fewer; none
_USUAL_CONTEXT = 4096
_CACHE_BYTES = 2**30
_CONVERSATIONS = 4
"""The cache has room for so many conversations of full length. People of a class have their material in common, and
most write a fraction of it; where the cells do not suffice, the next one waits for a moment."""
_ONE_THREAD_PARAMETERS = 64_000_000
"""A single row of a smaller model is computed so fast that waiting for a second thread costs what that one gains, and
more as soon as another program wants a core. Several rows, and prompts, are worth all cores."""


class Model:
    """One model with one context over one unified KV cache.

    ``seats`` sequences are there to answer from: as many as answers are written at the same time and, where a cache can
    be cut, more that keep the prompts of earlier ones; ``shelf`` further ones keep beginnings.

    ``context`` is the most tokens that one conversation may have, ``cells`` the size of the cache for all together.
    ``read_seconds`` is a moving average of the seconds per prompt token, and ``chunk`` how many tokens a batch may
    therefore have; ``write_seconds`` is what a token took at the start, ``steps`` knows it as it is now. Where the
    build of llama.cpp can use a GPU, all layers go there.

    :param threads: None = the physical cores, but one for a single row of a very small model.
    :param context: None = what the model was trained for, at most 4,096.
    :param progress: called with 0…1 while the file loads; answers False to give up.
    :raises EngineBroken: with a sentence that says what is wrong with the file.
    """

    NO_ROOM = 1

    def __init__(
        self,
        path: Path,
        *,
        threads: int | None,
        seats: int,
        shelf: int,
        context: int | None,
        progress: Callable[[float], bool],
    ) -> None:
        native = self._native = llama()
        self._model: Any = None
        self._context: Any = None
        self._model = self._load(path, progress)
        try:
            if not native.llama_model_has_decoder(self._model) or native.llama_model_n_ctx_train(self._model) <= 0:
                raise EngineBroken(f"Tệp {path.name} không phải mô hình viết văn bản. Anh/chị chọn tệp mô hình khác.")
            self.name = self.meta("general.name") or path.stem
            self.vocabulary = Vocabulary(self._model)
            self.template = ChatTemplate(
                self.meta("tokenizer.chat_template"), bos=self.vocabulary.bos, eos=self.vocabulary.eos
            )
            trained: int = native.llama_model_n_ctx_train(self._model)
            self.context = min(context or _USUAL_CONTEXT, trained)
            self.cells = self._cells(seats, shelf)
            self.partial = not (
                native.llama_model_is_recurrent(self._model) or native.llama_model_is_hybrid(self._model)
            )
            self.seats, self.shelf = seats + (_KEPT if self.partial else 0), shelf
            self._context = self._open(threads, path)
            self._memory = native.llama_get_memory(self._context)
            self.batch = Batch(_LARGEST_BATCH)
            measured = self._measure()
            self.read_seconds, self.write_seconds = measured[_SMALLEST_BATCH] / _SMALLEST_BATCH, measured[1]
            self.steps = StepCosts(measured)
        except BaseException:
            self.close()
            raise
        self._width = seats
        self.chunk = self._usual_chunk()

    # ── decoding ─────────────────────────────────────────────────────────────────────────────────

    @property
    def pointer(self) -> Any:
        """The ``llama_context``, for samplers."""
        return self._context

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """The rendered conversation as the model reads it. May be called from any thread."""
        return self.read(messages)[0]

    def read(
        self, messages: Sequence[Message], *, plain: bool = False, opening: str = ""
    ) -> tuple[list[int], Placeholders | None]:
        """``tokens`` with the beginning of the answer, and what stands behind the placeholders among them; None where
        the model has none, or with ``plain``, which hides nothing."""
        told = Placeholders() if self.vocabulary.placeholders() and not plain else None

        def hide(text: str, role: str = "") -> str:
            if told is None:
                return text
            return told.hide_answer(text) if role == "assistant" else told.hide(text)

        guarded = [
            Message(message.role, self.vocabulary.guard(hide(message.content, message.role))) for message in messages
        ]
        begun = self.vocabulary.guard(hide(opening)) if opening else ""
        return self.vocabulary.tokenise(self.template.render(guarded) + begun), told

    def observe(self, tokens: int, seconds: float) -> None:
        """A batch of ``tokens`` has taken so long. Small ones, which mostly write, are not counted."""
        if tokens >= _SMALLEST_BATCH:
            self.read_seconds += _WEIGHT * (seconds / tokens - self.read_seconds)
            self.chunk = self._usual_chunk()

    @property
    def longest_chunk(self) -> int:
        """While nobody waits for the next word, only a stop has to be heard: a batch may take twice as long."""
        return min(2 * self.chunk, _LARGEST_BATCH)

    def _usual_chunk(self) -> int:
        return max(self._width, _SMALLEST_BATCH, min(_LARGEST_BATCH, int(_BATCH_SECONDS / self.read_seconds)))

    def decode(self) -> int:
        """Run the batch. 0 = done, ``NO_ROOM`` = the cache has too few free cells, anything else = it failed."""
        code: int = self._native.llama_decode(self._context, self.batch.native)
        return code

    def copy(self, source: int, target: int, end: int) -> None:
        self._native.llama_memory_seq_cp(self._memory, source, target, 0, end)

    def cut(self, sequence: int, start: int) -> bool:
        return bool(self._native.llama_memory_seq_rm(self._memory, sequence, start, -1))

    def save(self, sequence: int, tokens: Sequence[int], path: Path) -> bool:
        """Write a sequence's state to a file, with its tokens before it."""
        held = (ctypes.c_int32 * len(tokens))(*tokens)
        save = self._native.llama_state_seq_save_file
        return bool(save(self._context, os.fsencode(path), sequence, held, len(tokens)))

    def load(self, sequence: int, tokens: Sequence[int], path: Path) -> bool:
        """Fill an empty sequence from such a file; False when it does not hold exactly these tokens, whole."""
        found, count = (ctypes.c_int32 * len(tokens))(), ctypes.c_size_t()
        load = self._native.llama_state_seq_load_file
        done = load(self._context, os.fsencode(path), sequence, found, len(tokens), ctypes.byref(count))
        if done and list(found[: count.value]) == list(tokens):
            return True
        self.cut(sequence, 0)
        return False

    def close(self) -> None:
        """Free context and model, in this order. A second call does nothing."""
        if vocabulary := getattr(self, "vocabulary", None):
            vocabulary.close()
        if self._context is not None:
            self._native.llama_free(self._context)
        if self._model is not None:
            self._native.llama_model_free(self._model)
        self._context = self._model = None

    # ── opening ──────────────────────────────────────────────────────────────────────────────────

    def _load(self, path: Path, progress: Callable[[float], bool]) -> Any:
        if not path.is_file():
            raise EngineBroken(f"Không thấy tệp mô hình {path.name}. Anh/chị xem lại thư mục mô hình.")
        params = self._native.llama_model_default_params()
        params.progress_callback = self._native.llama_progress_callback(lambda done, _: progress(done))
        model = None
        for layers in _GPU_LAYERS if self._native.llama_supports_gpu_offload() else (0,):
            params.n_gpu_layers = layers
            if model := self._native.llama_model_load_from_file(os.fsencode(path), params):
                break
        if not model:
            if progress(0.0):  # else it was given up
                log.error("cannot load %s: %s", path, last_errors())
            raise EngineBroken(
                f"Không đọc được tệp mô hình {path.name}: tệp hỏng, chép chưa đủ hoặc thuộc loại chưa dùng được. "
                "Anh/chị chép lại tệp rồi khởi động lại Học Vụ."
            )
        return model

    def _open(self, threads: int | None, path: Path) -> Any:
        params = self._native.llama_context_default_params()
        params.n_ctx = self.cells
        params.n_batch, params.n_ubatch = _LARGEST_BATCH, COMPUTED_AT_ONCE
        params.n_seq_max = self.seats + self.shelf
        params.n_outputs_max = max(params.n_seq_max, 2 * MOST_ROWS)  # answers being written, guesses among them
        params.n_threads = threads or self._usual_threads()
        params.n_threads_batch = threads or physical_cores()
        params.kv_unified = True
        context = self._native.llama_init_from_model(self._model, params)
        if not context:
            log.error("cannot open a context for %s: %s", path, last_errors())
            raise EngineBroken(
                f"Máy không đủ bộ nhớ để mở mô hình {path.name}. "
                "Anh/chị chọn mô hình nhỏ hơn hoặc đóng bớt chương trình."
            )
        return context

    def _cells(self, seats: int, shelf: int) -> int:
        """Cells for so many whole conversations as fit into the cache's share of the memory; for one always."""
        native, model = self._native, self._model
        architecture = self.meta("general.architecture")
        head = int(
            self.meta(f"{architecture}.attention.key_length")
            or native.llama_model_n_embd(model) // max(1, native.llama_model_n_head(model))
        )
        f16, key_and_value = 2, 2
        cell = native.llama_model_n_layer(model) * native.llama_model_n_head_kv(model) * head * f16 * key_and_value
        return max(
            self.context, min(min(seats + shelf, _CONVERSATIONS) * self.context, _CACHE_BYTES // max(1, int(cell)))
        )

    def _usual_threads(self) -> int:
        """Threads for a batch of one row."""
        return 1 if self._native.llama_model_n_params(self._model) < _ONE_THREAD_PARAMETERS else physical_cores()

    def _measure(self) -> dict[int, float]:
        """Seconds of a step by its rows, the shortest time of each. The first decode, which also fetches the file's
        pages, is not timed."""
        seconds: dict[int, float] = {}
        position = 0
        for n, rows in enumerate((1, *_MEASURED)):
            self.batch.clear()
            last = self.batch.add([0] * rows, position, 0, wanted=1)
            started = time.perf_counter()
            if self.decode() != 0:
                raise EngineBroken("Mô hình mở được nhưng không chạy được trên máy này. Anh/chị chọn tệp mô hình khác.")
            self._native.llama_get_logits_ith(self._context, last)  # waits until the decode is complete
            if n:
                seconds[rows] = min(seconds.get(rows, math.inf), time.perf_counter() - started)
            position += rows
        self.cut(0, 0)
        return seconds

    def meta(self, key: str) -> str:
        """A value of the GGUF's header as text; empty when it is not there."""
        size = 1 << 12
        while True:
            buffer = ctypes.create_string_buffer(size)
            n = self._native.llama_model_meta_val_str(self._model, key.encode(), buffer, size)
            if n < size:
                return buffer.value.decode("utf-8", "replace") if n >= 0 else ""
            size = n + 1


def physical_cores() -> int:
    """Cores this process may use, counting the two threads of one core once where the system tells."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    siblings = Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/core_cpus_list")
    physical = len({path.read_text(encoding="ascii") for path in siblings})
    return max(1, min(usable, physical or usable))
