"""The class engine over the model in the box, and a brake for its wheel."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from service.engines.base import Event
from service.engines.llama.engine import LlamaEngine
from service.engines.llama.model import Model
from service.records import Delta, Finish, Message, Options

MODELS = Path(__file__).parents[2] / "models"
BUNDLED: dict[str, Any] = json.loads((MODELS / "bundled.json").read_text(encoding="utf-8"))
MODEL_PATH = MODELS / BUNDLED["file"]
PIECES = 9216
"""Tokens of a model with random weights and this one's tokenizer: no fewer than it has."""

SYSTEM = "Bạn là trợ lý soạn thảo văn bản hành chính."
KINDS = ("công văn", "thông báo", "tờ trình", "giấy mời")
TOPICS = ("phòng, chống sốt xuất huyết", "an toàn giao thông", "tiêm phòng cho trẻ em", "thu gom rác thải")


def conversation(n: int = 0, *, shared: int = 0) -> list[Message]:
    """The ``n``-th of 16 conversations; their common beginning has about 20 + 18 × ``shared`` tokens."""
    rules = " Nêu rõ trách nhiệm của từng đơn vị, đầu mối liên hệ và mẫu báo cáo." * shared
    task = f"Soạn {KINDS[n % 4]} của UBND xã Tân Hòa về {TOPICS[n // 4]}, trước ngày {n + 5} tháng 6 năm 2026."
    return [Message("system", SYSTEM + rules), Message("user", task)]


@contextmanager
def opened(path: Path | None = MODEL_PATH, **options: Any) -> Iterator[LlamaEngine]:
    """A loaded engine, closed at the end."""
    engine = LlamaEngine(path, **options)
    try:
        if path is not None:
            engine.count_tokens([])
        yield engine
    finally:
        engine.close()


def model_of(engine: LlamaEngine) -> Model:
    assert engine._loop is not None
    assert engine._loop.model is not None
    return engine._loop.model


def read_slowly(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    """Batches of 32 tokens, as for a model that is a hundred times larger."""
    model.chunk = 32
    monkeypatch.setattr(model, "observe", lambda tokens, seconds: None)
    monkeypatch.setattr(Model, "longest_chunk", property(lambda model: model.chunk))


def said(events: Iterable[Event]) -> tuple[str, Finish]:
    """The whole text and the end of an answer."""
    text = ""
    for event in events:
        if isinstance(event, Delta):
            text += event.text
        if isinstance(event, Finish):
            return text, event
    raise AssertionError("no Finish came")


def together(engine: LlamaEngine, asked: Sequence[tuple[Sequence[Message], Options]]) -> list[tuple[str, Finish]]:
    """All answers, asked for at the same time by as many threads."""
    answers: dict[int, tuple[str, Finish]] = {}

    def ask(n: int) -> None:
        answers[n] = said(engine.stream(*asked[n]))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[n] for n in range(len(asked))]


class Brake:
    """While pulled, every decode of the model waits to be let through. ``sizes`` holds the tokens of each batch."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
        self.sizes: list[int] = []
        self._arrived = threading.Semaphore(0)
        self._passes = threading.Semaphore(0)
        self._off = False
        decode = model.decode

        def braked() -> int:
            self.sizes.append(model.batch.native.n_tokens)
            self._arrived.release()
            if not self._off:
                self._passes.acquire(timeout=20)
            return decode()

        monkeypatch.setattr(model, "decode", braked)

    def wait_for_batch(self) -> None:
        """Until the wheel stands before its next decode."""
        assert self._arrived.acquire(timeout=20)

    def let_one_through(self) -> None:
        self._passes.release()

    def release(self) -> None:
        self._off = True
        self._passes.release()
