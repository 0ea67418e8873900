"""Continuous batching: one turn of the wheel is one ``llama_decode`` for everybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.engines.figures import Counters
from service.engines.llama.lookup import MOST, Chances, Lookup, Memory
from service.engines.llama.model import Model
from service.engines.llama.sampling import Sampler
from service.engines.llama.saved import SavedPrefixes
from service.engines.llama.seats import Answer, Seats
from service.engines.turns import Turn, Turns
from service.errors import EngineBroken
from service.records import Delta, Finish

log = logging.getLogger(__name__)

FEW = 3
"""While at most so many people write, and nobody's prompt is being read, tokens are guessed (lookup.py): the rows of
a batch are cheap then. With more people the batch is full of answers already."""
_LEFT_OVER = 0.25
"""The end of a prompt goes into a batch that it makes longer by no more than so much."""
_TOGETHER = 0.02
"""Seconds in which an asker is given text once: nobody reads faster, and each time wakes threads that want the cores.
Of a small model ten tokens go together, of a large one each goes by itself."""
_WORTH_LOADING = 64  # tokens: below that reading is as quick as fetching from the disk


@dataclass(frozen=True)
class _Part:
    """An answer's share of a batch. ``index`` is the first batch entry whose logits it needs, None while it reads on;
    the last ``guesses`` of its tokens are guessed, after a match of ``match`` tokens."""

    answer: Answer
    tokens: list[int]
    index: int | None
    guesses: int = 0
    match: int = 0


@dataclass(frozen=True)
class _Pen:
    """What an answer is written with."""

    sampler: Sampler
    lookup: Lookup | None


class Wheel:
    """Serves ``turns`` with ``model``. Lives on one thread.

    :param seats: answers written at the same time.
    :param lookup: guess tokens from the prompt while few people write.
    """

    def __init__(
        self,
        model: Model,
        turns: Turns,
        *,
        seats: int,
        saved: SavedPrefixes,
        counters: Counters,
        pins: Mapping[tuple[int, ...], int],
        lookup: bool = True,
    ) -> None:
        self._model = model
        self._turns = turns
        self._saved = saved
        self._counters = counters
        self._guessing = lookup and model.partial  # a recurrent state cannot be taken back
        self.chances = Chances()
        self._memory = Memory()
        self.seats = Seats(
            model,
            seats=model.seats,
            width=seats,
            shelf=model.shelf,
            size=model.cells,
            partial=model.partial,
            pins=pins,
        )
        self._pens: dict[Answer, _Pen] = {}

    def turn(self) -> bool:
        """Decode one batch and hand out what came of it; False when there is nothing to do.

        1. Seats whose asker has gone are freed.
        2. Free seats are given to those who wait.
        3. The batch is filled: a token for everyone who writes, then prompts, the earliest first.
        4. It is decoded; where that fails, in smaller and smaller pieces.
        5. Everyone whose logits are there gets the next token; beginnings that were to be kept go on the shelf.
        """
        for answer in self.seats.answers():
            if answer.turn.closed:
                self._free(answer, "cancelled")
        self._admit()
        parts = self._decode()
        for part in parts:
            try:
                if part.index is not None:
                    self._write(part, part.index)
                elif part.answer.turn.keep and part.answer.read:
                    self.seats.shelve(part.answer)
                    self._free(part.answer, "stop")
            except Exception:  # whatever it is, it is this answer's alone
                log.exception("one answer failed")
                self._give_up(part.answer)
        return bool(parts)

    def tidy(self) -> bool:
        """With nothing else to do, save one kept beginning; False when all are saved."""
        return any(self._saved.save(place.tokens, place.number) for place in self.seats.pinned())

    def stop(self) -> None:
        """Give up all answers and forget all prompts: at the end, or to start anew after a failure."""
        for answer in self.seats.answers():
            self._give_up(answer)
        while self.seats.shed():
            pass

    # ── seating ──────────────────────────────────────────────────────────────────────────────────

    def _admit(self) -> None:
        while (turn := self._turns.head()) is not None:
            if turn.keep and self.seats.shelved(turn.prompt):  # by somebody else, meanwhile
                if self._turns.start(turn):
                    self._turns.end(turn, complete=False)
                continue
            self._fetch(turn)
            if (answer := self.seats.take(turn)) is None:
                return
            if not self._turns.start(turn):  # it has left just now
                self.seats.leave(answer)
                continue
            answer.waited = time.monotonic() - turn.asked
            if turn.keep:
                continue
            try:
                sampler = Sampler(turn.options, self._model.vocabulary, turn.processors)
                # what is drawn by lot hangs on the last digit of the logits, which differs from batch to batch
                guessing = self._guessing and turn.options.temperature <= 0
                lookup = Lookup(turn.prompt, turn.options.max_tokens, self._memory.tokens) if guessing else None
                self._pens[answer] = _Pen(sampler, lookup)
            except Exception:  # as above
                log.exception("one answer could not begin")
                self._give_up(answer)

    def _fetch(self, turn: Turn) -> None:
        """Fill a place on the shelf from the disk, where much more of the prompt lies there than is in the cache."""
        found = self._saved.longest(turn.prompt, self.seats.held(turn.prompt) + _WORTH_LOADING)
        if found is None or not self.seats.room(len(found)) or (place := self.seats.clear_place()) is None:
            return
        if self._saved.load(found, place.number):
            self.seats.put(place, found)

    # ── the batch ────────────────────────────────────────────────────────────────────────────────

    def _fill(self, room: int) -> list[_Part]:
        """Put at most ``room`` tokens into the batch, but always one for everyone who writes."""
        self._model.batch.clear()
        answers = self.seats.answers()
        writing = [answer for answer in answers if not answer.reading]
        guess = self._guessing and len(writing) <= FEW and len(writing) == len(answers)
        if len(writing) < len(answers):  # to read may take long
            for answer in writing:
                self._hand_out(answer)
        parts = [self._next_token(answer, len(writing) if guess else 0) for answer in writing]
        room -= len(parts)
        for answer in answers:
            if room > 0 and answer.reading and self.seats.may_read(answer):
                parts.append(self._next_chunk(answer, room))
                room -= len(parts[-1].tokens)
        return parts  # the last one may have gone a little over the room

    def _next_token(self, answer: Answer, writers: int) -> _Part:
        """The newest token, and what is guessed to follow it unless ``writers`` is 0."""
        match, guessed = self._guesses(answer, writers) if writers else (0, [])
        seat, tokens = answer.seat, [answer.newest, *guessed]
        index = self._model.batch.add(tokens, len(seat.tokens), seat.number, wanted=len(tokens))
        return _Part(answer, tokens, index, len(guessed), match)

    def _guesses(self, answer: Answer, writers: int) -> tuple[int, list[int]]:
        lookup = self._pens[answer].lookup
        if lookup is None:
            return 0, []
        match, start = lookup.longest()
        left = answer.turn.options.max_tokens - answer.written - 1
        # the others' rows are there anyway; what is weighed is what the guesses add
        count = self.chances.worth(match, left, self._model.steps.from_rows(writers, 1 + MOST), writers - 1)
        return match, lookup.guess(start, count)

    def _next_chunk(self, answer: Answer, room: int) -> _Part:
        """As much of the prompt as fits, or all of it when little is left over: a small batch costs more by the token.

        The last token's logits begin the answer.
        """
        seat, prompt = answer.seat, answer.turn.prompt
        start, stop = len(seat.tokens), self.seats.next_stop(answer)
        if stop - start > room + room * _LEFT_OVER or not self._model.batch.fits(stop - start):
            stop = min(stop, start + room)
        tokens = prompt[start:stop]
        wanted = start + len(tokens) == len(prompt) and not answer.turn.keep
        index = self._model.batch.add(tokens, start, seat.number, wanted=int(wanted))
        answer.turn.expected = (len(prompt) - start) * self._model.read_seconds
        return _Part(answer, tokens, index if wanted else None)

    def _decode(self) -> list[_Part]:
        """Fill and decode until it works: give up kept prompts, then halve the batch, then fail the newest answer."""
        writing = any(not answer.reading for answer in self.seats.answers())
        room = self._model.chunk if writing else self._model.longest_chunk
        while parts := self._fill(room):
            started = time.perf_counter()
            code = self._model.decode()
            if code == 0:
                self._observe(parts, time.perf_counter() - started)
                for part in parts:
                    self.seats.grow(part.answer.seat, part.tokens)
                return parts
            self._counters.failed_decodes += 1
            log.warning("llama_decode returned %d for %d tokens", code, sum(len(part.tokens) for part in parts))
            for part in parts:  # some of the batch may have been stored
                if not self.seats.cut(part.answer.seat, len(part.answer.seat.tokens)):
                    self._give_up(part.answer)
            if code == self._model.NO_ROOM and self.seats.shed():
                continue
            if room > 1:
                room //= 2
            elif left := [part.answer for part in parts if part.answer.seat.answer is part.answer]:
                self._give_up(max(left, key=lambda answer: answer.order))
                room = self._model.chunk
        return []

    def _observe(self, parts: list[_Part], seconds: float) -> None:
        rows = sum(len(part.tokens) for part in parts)
        self._counters.batch(rows, self._model.chunk, seconds)
        self._model.observe(rows, seconds)
        if all(not part.answer.reading for part in parts):
            self._model.steps.observe(rows, seconds)

    # ── handing out ──────────────────────────────────────────────────────────────────────────────

    def _write(self, part: _Part, index: int) -> None:
        """Draw the next token, and one more for each guess as long as the guesses come true."""
        answer, guessed = part.answer, part.tokens[len(part.tokens) - part.guesses :]
        end = len(answer.seat.tokens) - part.guesses
        true = 0
        for row, token in enumerate(self._draws(answer, index, 1 + part.guesses)):
            if not self._say(answer, token):
                break
            if row == part.guesses or token != guessed[row]:
                break
            true += 1
        if part.guesses:
            self.chances.learn(part.match, part.guesses, true)
            if answer.seat.answer is answer:  # else it is over, and its seat was cut when it was left
                self.seats.cut(answer.seat, end + true)

    def _draws(self, answer: Answer, index: int, rows: int) -> Iterator[int]:
        pen = self._pens[answer]
        for row in range(rows):
            token = pen.sampler.sample(self._model.pointer, index + row)
            if pen.lookup is not None:
                pen.lookup.accept(token)
            yield token

    def _say(self, answer: Answer, token: int) -> bool:
        """Hand out a token; False when it ended the answer."""
        turn = answer.turn
        if not answer.written:
            answer.first_token = time.monotonic() - turn.asked
        piece = self._model.vocabulary.piece(token)
        if piece is None:
            return self._finish(answer, "stop")
        answer.newest = token
        answer.written += 1
        answer.unsaid += answer.detokenizer.feed(piece)
        if time.monotonic() - answer.said >= _TOGETHER:
            self._hand_out(answer)
        if answer.detokenizer.stopped:
            return self._finish(answer, "stop")
        if answer.written >= turn.options.max_tokens:
            return self._finish(answer, "length")
        return True

    def _hand_out(self, answer: Answer) -> None:
        if answer.unsaid:
            answer.turn.events.put(Delta(answer.unsaid))
            answer.unsaid, answer.said = "", time.monotonic()

    def _finish(self, answer: Answer, reason: str) -> bool:
        answer.unsaid += answer.detokenizer.flush()
        self._hand_out(answer)
        answer.turn.events.put(self._free(answer, reason))
        return False

    def _give_up(self, answer: Answer) -> None:
        self._hand_out(answer)
        answer.turn.events.put(EngineBroken())
        self._free(answer, "failed")

    def _free(self, answer: Answer, reason: str) -> Finish:
        if pen := self._pens.pop(answer, None):
            pen.sampler.free()
        if answer.written and reason in ("stop", "length"):
            self._memory.add(answer.seat.tokens[len(answer.turn.prompt) :])
        self.seats.leave(answer)
        self._turns.end(answer.turn, complete=reason in ("stop", "length") and not answer.turn.keep)
        finish = answer.turn.finished(reason, answer.shared, answer.written, answer.first_token, answer.waited)
        if not answer.turn.keep:
            self._counters.answer(finish, answer.turn.options.lane)
        return finish
