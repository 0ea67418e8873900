"""Continuous batching: one turn of the wheel is one ``llama_decode`` for everybody."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from service.engines.llama.model import Model
from service.engines.llama.sampling import Sampler
from service.engines.llama.seats import Answer, Seats
from service.engines.llama.turns import Turns
from service.errors import EngineBroken
from service.records import Delta

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Part:
    """An answer's share of a batch; ``index`` is the batch entry whose logits it needs, None while it reads on."""

    answer: Answer
    tokens: list[int]
    index: int | None


class Wheel:
    """Serves ``turns`` with ``model``. Lives on one thread."""

    def __init__(self, model: Model, turns: Turns, seats: int) -> None:
        self._model = model
        self._turns = turns
        self._seats = Seats(model, seats=seats, size=model.cells, partial=model.partial)
        self._samplers: dict[Answer, Sampler] = {}

    def turn(self) -> bool:
        """Decode one batch and hand out what came of it; False when there is nothing to do.

        1. Seats whose asker has gone are freed.
        2. Free seats are given to those who wait.
        3. The batch is filled: a token for everyone who writes, then prompts, the earliest first.
        4. It is decoded; where that fails, in smaller and smaller pieces.
        5. Everyone whose logits are there gets the next token.
        """
        for answer in self._seats.answers():
            if answer.turn.closed:
                self._free(answer, complete=False)
        self._admit()
        parts = self._decode()
        for part in parts:
            if part.index is not None:
                try:
                    self._write(part.answer, part.index)
                except Exception:  # whatever it is, it is this answer's alone
                    log.exception("one answer failed")
                    self._give_up(part.answer)
        return bool(parts)

    def stop(self) -> None:
        """Give up all answers and forget all prompts: at the end, or to start anew after a failure."""
        for answer in self._seats.answers():
            self._give_up(answer)
        while self._seats.shed():
            pass

    def _admit(self) -> None:
        while (turn := self._turns.head()) is not None and (answer := self._seats.take(turn)) is not None:
            if not self._turns.start(turn):  # it has left just now
                self._seats.leave(answer)
                continue
            try:
                self._samplers[answer] = Sampler(turn.options, self._model.vocabulary.size)
            except Exception:  # as above
                log.exception("one answer could not begin")
                self._give_up(answer)

    def _fill(self, room: int) -> list[_Part]:
        """Put at most ``room`` tokens into the batch, but always one for everyone who writes."""
        batch, parts = self._model.batch, []
        batch.clear()
        answers = self._seats.answers()
        for answer in answers:
            if not answer.reading:
                seat = answer.seat
                index = batch.add([answer.newest], len(seat.tokens), seat.number, wanted=True)
                parts.append(_Part(answer, [answer.newest], index))
        room -= len(parts)
        for answer in answers:
            if room > 0 and answer.reading and self._seats.may_read(answer):
                seat, prompt = answer.seat, answer.turn.prompt
                start = len(seat.tokens)
                tokens = prompt[start : start + room]
                complete = start + len(tokens) == len(prompt)
                index = batch.add(tokens, start, seat.number, wanted=complete)
                parts.append(_Part(answer, tokens, index if complete else None))
                room -= len(tokens)
                answer.turn.expected = (len(prompt) - start) * self._model.read_seconds
        return parts

    def _decode(self) -> list[_Part]:
        """Fill and decode until it works: give up kept prompts, then halve the batch, then fail the newest answer."""
        room = self._model.chunk
        while parts := self._fill(room):
            started = time.perf_counter()
            code = self._model.decode()
            if code == 0:
                self._model.observe(sum(len(part.tokens) for part in parts), time.perf_counter() - started)
                for part in parts:
                    self._seats.grow(part.answer.seat, part.tokens)
                return parts
            log.warning("llama_decode returned %d for %d tokens", code, sum(len(part.tokens) for part in parts))
            for part in parts:  # some of the batch may have been stored
                self._seats.cut(part.answer.seat, len(part.answer.seat.tokens))
            if code == self._model.NO_ROOM and self._seats.shed():
                continue
            if room > 1:
                room //= 2
            else:
                self._give_up(max((part.answer for part in parts), key=lambda answer: answer.order))
                room = self._model.chunk
        return []

    def _write(self, answer: Answer, index: int) -> None:
        turn = answer.turn
        token = self._samplers[answer].sample(self._model.pointer, index)
        if not answer.written:
            answer.first_token = time.monotonic() - turn.asked
        piece = self._model.vocabulary.piece(token)
        if piece is None:
            self._finish(answer, "stop")
            return
        answer.newest = token
        answer.written += 1
        if text := answer.detokenizer.feed(piece):
            turn.events.put(Delta(text))
        if answer.detokenizer.stopped:
            self._finish(answer, "stop")
        elif answer.written >= turn.options.max_tokens:
            self._finish(answer, "length")

    def _finish(self, answer: Answer, reason: str) -> None:
        if rest := answer.detokenizer.flush():
            answer.turn.events.put(Delta(rest))
        answer.turn.events.put(answer.turn.finished(reason, answer.shared, answer.written, answer.first_token))
        self._free(answer, complete=True)

    def _give_up(self, answer: Answer) -> None:
        answer.turn.events.put(EngineBroken())
        self._free(answer, complete=False)

    def _free(self, answer: Answer, *, complete: bool) -> None:
        if sampler := self._samplers.pop(answer, None):
            sampler.free()
        self._seats.leave(answer)
        self._turns.end(answer.turn, complete=complete)
