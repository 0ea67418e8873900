"""A fake engine that says what it is told. For tests only; it says so in its state."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager

from service.engines.base import Event
from service.errors import ContextTooLong, EngineBroken
from service.records import Delta, EngineFigures, EnginePhase as Phase, EngineState, Finish, Message, Options, Queued

_PIECE = re.compile(r"\s*\S+|\s+")


class ScriptedEngine:
    """Speaks ``answers`` one after another, or whatever ``answers(messages)`` returns, word by word.

    A word with the space before it counts as one token. Asking for more answers than there are is an
    ``AssertionError``: the test has miscounted. What was asked is kept in ``asked``, what was read ahead in ``read``.

    :param gate: when given, the engine says ``before_gate`` pieces and waits for the event before each further one;
        until the first piece it sends ``Queued`` meanwhile.
    :param break_after: raise ``EngineBroken`` after that many pieces.
    :param context: prompt and answer must fit into that many tokens.
    """

    name = "scripted"

    def __init__(
        self,
        answers: Sequence[str] | Callable[[Sequence[Message]], str] = (),
        *,
        gate: threading.Event | None = None,
        before_gate: int = 1,
        break_after: int | None = None,
        context: int = 4096,
    ) -> None:
        self._answers = answers
        self._gate = gate
        self._before_gate = before_gate
        self._break_after = break_after
        self._context = context
        self._lock = threading.Lock()
        self.asked: list[tuple[tuple[Message, ...], Options]] = []
        self.read: list[tuple[Message, ...]] = []
        self.closed = False

    def state(self) -> EngineState:
        return EngineState(
            Phase.READY, model="mô hình giả, chỉ để thử", detail="mô hình giả, chỉ để thử", context=self._context
        )

    def figures(self) -> EngineFigures:
        return EngineFigures()

    def read_ahead(self, messages: Sequence[Message]) -> None:
        if self.closed:
            raise EngineBroken
        self.read.append(tuple(messages))

    @contextmanager
    def pinned(self, messages: Sequence[Message]) -> Iterator[None]:
        self.read_ahead(messages)
        yield

    def advance(self, owner: str) -> bool:
        return False  # nobody waits for one that answers at once

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return sum(len(_PIECE.findall(message.content)) for message in messages)

    def close(self) -> None:
        self.closed = True

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Event]:
        if self.closed:
            raise EngineBroken
        started = time.monotonic()
        prompt_tokens = self.count_tokens(messages)
        if prompt_tokens + options.max_tokens > self._context:
            raise ContextTooLong(tokens=prompt_tokens, limit=max(0, self._context - options.max_tokens))
        pieces = _PIECE.findall(_before_stop(self._next_answer(messages, options), options.stop))
        spoken = pieces[: options.max_tokens]
        first = 0.0

        yield Queued(0, 0.0)
        for n, piece in enumerate(spoken):
            if n == self._break_after:
                raise EngineBroken
            if self._gate is not None and n >= self._before_gate:
                while not self._gate.wait(0.05):
                    if n == 0:
                        yield Queued(0, 0.0)
            if n == 0:
                first = time.monotonic() - started
            yield Delta(piece)
        reason = "length" if len(spoken) < len(pieces) else "stop"
        yield Finish(reason, prompt_tokens, 0, len(spoken), time.monotonic() - started, first)

    def _next_answer(self, messages: Sequence[Message], options: Options) -> str:
        with self._lock:
            self.asked.append((tuple(messages), options))
            n = len(self.asked)
        if callable(self._answers):
            return self._answers(messages)
        if n > len(self._answers):
            raise AssertionError(f"asked {n} times, but only {len(self._answers)} answers were scripted")
        return self._answers[n - 1]


def _before_stop(text: str, stops: Sequence[str]) -> str:
    return text[: min((at for stop in stops if (at := text.find(stop)) >= 0), default=len(text))]
