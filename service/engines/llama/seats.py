"""Who sits where in the KV cache.

The cache is a pool of *cells*, one per token read. A *seat* is a llama.cpp sequence: the list of cells that hold its
tokens. ``llama_memory_seq_cp`` lets two seats hold the same cells, so a beginning that many prompts have in common
is read once and kept once (the idea of vLLM's shared blocks; Kwon et al., SOSP 2023). A seat that has been left keeps
its prompt until somebody needs the room: the next prompt may begin alike. Beside the seats there is a small *shelf* of
sequences that hold nothing but beginnings which were asked to be kept; these are given up last.

A recurrent or hybrid model has no cells to cut: its state is that of everything read so far, and can only be copied
whole. There a beginning is shared at its exact end (``Turn.boundary``): reading pauses there, and the state is put on
the shelf for whoever begins alike.

This module only keeps the books; ``Cache`` is what it needs of llama.cpp.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Protocol

from service.engines.llama.detokenizer import Detokenizer
from service.engines.turns import Turn

_WORTH_WAITING = 8  # tokens that somebody else is just reading: he has them after the next batch


class Cache(Protocol):
    """The operations on sequences; positions count from 0."""

    def copy(self, source: int, target: int, end: int) -> None:
        """Let sequence ``target``, which is empty, hold the cells of ``source`` at positions below ``end``."""
        ...

    def cut(self, sequence: int, start: int) -> bool:
        """Free a sequence's cells from position ``start`` on; False when its state cannot be taken back so far."""
        ...


class Seat:
    """One sequence of the cache: a place to answer from, or a place on the shelf."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.tokens: list[int] = []  # what the cells hold, by position
        self.cells: list[int] = []  # which cells: equal numbers are one cell, held by several seats
        self.touched = 0  # when it was taken, or last lent its prompt after it was left; counted, not timed
        self.pinned = False  # on the shelf: because somebody asked for it, not only as a boundary
        self.answer: Answer | None = None


class Answer:
    """A turn that has a seat: its prompt is being read, then its answer written."""

    def __init__(self, turn: Turn, seat: Seat, order: int) -> None:
        self.turn = turn
        self.seat = seat
        self.order = order  # who sat down earlier has the smaller one
        self.leader: Answer | None = None  # who is just reading a beginning that this one waits for
        self.shared = 0  # tokens of the prompt that are not read here
        self.newest = -1  # the token sampled last, not yet decoded
        self.written = 0
        self.waited = 0.0  # seconds from asking to the seat
        self.first_token = 0.0  # seconds from asking to the first token
        self.detokenizer = Detokenizer(turn.stops)
        self.unsaid = ""  # text that the asker has not been given yet
        self.said = -math.inf  # when the asker was given some

    @property
    def reading(self) -> bool:
        return self.newest < 0 and self.seat.answer is self

    @property
    def read(self) -> bool:
        """All of the prompt is in the cache."""
        return len(self.seat.tokens) >= len(self.turn.prompt)

    @property
    def cells_to_come(self) -> int:
        return len(self.turn.prompt) + self.turn.options.max_tokens - max(len(self.seat.tokens), self.shared)


class Seats:
    """All sequences of one cache of ``size`` cells: ``seats`` to answer from, numbered from 0, then the ``shelf``.

    :param width: so many may sit at the same time; what is beyond keeps the prompts of those who have left.
    :param pins: how many want a beginning, by its tokens, to be given up last; may change at any moment.
    :param partial: the cache can be cut and copied at any position. Recurrent and hybrid models cannot.
    """

    def __init__(
        self,
        cache: Cache,
        *,
        seats: int,
        size: int,
        partial: bool,
        shelf: int = 0,
        width: int | None = None,
        pins: Mapping[tuple[int, ...], int] | None = None,
    ) -> None:
        self._pins = {} if pins is None else pins
        self._width = width or seats
        self._cache = cache
        self._size = size
        self._partial = partial
        self._all = [Seat(number) for number in range(seats)]
        self._shelf = [Seat(number) for number in range(seats, seats + shelf)]
        self._new_cell = count()
        self._clock = count(1)
        self.shed_prompts = 0  # prompts given up for want of room

    def answers(self) -> list[Answer]:
        """All that are seated, the earliest first."""
        return sorted((seat.answer for seat in self._all if seat.answer), key=lambda answer: answer.order)

    def take(self, turn: Turn) -> Answer | None:
        """Seat a turn so that it shares the longest beginning with anybody; None while there is no room."""
        free = [seat for seat in self._all if seat.answer is None]
        if not free or len(self._all) - len(free) >= self._width:
            return None
        lender, held = self._longest_held(turn.prompt)
        leader, promised = self._longest_promised(turn.prompt, held)
        need = len(turn.prompt) + turn.options.max_tokens - max(held, promised)
        while not self.room(need, keep=lender):
            if lender is None or lender.answer is not None or len(lender.tokens) == held:
                return None
            self.cut(lender, held)

        seat = min(free, key=lambda seat: (len(seat.tokens) > 0, seat.touched))
        if leader is None and lender in free and held >= len(lender.tokens) - 1:  # asked again, or going on
            seat = lender
        if leader is None and seat is lender:
            self.cut(seat, held)
        else:
            self.cut(seat, 0)
            if leader is None and lender is not None:
                self._lend(lender, seat, held)
        seat.touched = next(self._clock)
        answer = seat.answer = Answer(turn, seat, seat.touched)
        answer.leader, answer.shared = leader, max(held, promised)
        return answer

    def may_read(self, answer: Answer) -> bool:
        """False while somebody earlier is reading what the answer shares; once that is read, it is taken over."""
        if answer.leader is None:
            return True
        if answer.leader.reading and len(answer.leader.seat.tokens) < answer.shared:
            return False
        lender, held = self._longest_held(answer.turn.prompt)
        answer.leader, promised = self._longest_promised(answer.turn.prompt, held, before=answer.order)
        answer.shared = max(held, promised)
        if answer.leader is None and lender is not None:
            self._lend(lender, answer.seat, held)
        return answer.leader is None

    def next_stop(self, answer: Answer) -> int:
        """How far the prompt may be read in one go: to the boundary first, where only a whole state can be shared."""
        boundary = answer.turn.boundary
        return boundary if not self._partial and len(answer.seat.tokens) < boundary else len(answer.turn.prompt)

    def grow(self, seat: Seat, tokens: Sequence[int]) -> None:
        """The tokens have been decoded into new cells of the seat."""
        seat.tokens.extend(tokens)
        seat.cells.extend(next(self._new_cell) for _ in tokens)
        answer = seat.answer
        if answer and not self._partial and len(seat.tokens) == answer.turn.boundary:
            self.shelve(answer)

    def cut(self, seat: Seat, start: int) -> bool:
        """Forget the seat's tokens from ``start`` on; False when that cannot be done."""
        done = self._cache.cut(seat.number, start)
        del seat.tokens[start:], seat.cells[start:]
        return done

    def leave(self, answer: Answer) -> None:
        """The answer is over. Its prompt stays for others, what was written goes."""
        self.cut(answer.seat, len(answer.turn.prompt) if self._partial else 0)
        answer.seat.answer = None

    # ── the shelf ────────────────────────────────────────────────────────────────────────────────

    def shelve(self, answer: Answer) -> None:
        """Keep what has been read of the answer's prompt, in place of what was used longest ago."""
        tokens = answer.seat.tokens[: len(answer.turn.prompt)]
        place = self.shelved(tokens)
        if place is None and (place := self.clear_place()):
            self._lend(answer.seat, place, len(tokens))
            place.touched, place.pinned = next(self._clock), False
        if place is not None:
            place.pinned |= answer.turn.keep

    def shelved(self, tokens: Sequence[int]) -> Seat | None:
        """The place on the shelf with exactly these tokens, which thereby counts as used."""
        place = next((place for place in self._shelf if place.tokens == tokens), None)
        if place is not None:
            place.touched = next(self._clock)
        return place

    def clear_place(self) -> Seat | None:
        """An empty place on the shelf, made by giving up what was used longest ago; None when there is none."""
        places = [place for place in self._shelf if not self._wanted(place)]
        if not places:
            return None
        place = min(places, key=lambda place: (len(place.tokens) > 0, place.pinned, place.touched))
        self.cut(place, 0)
        return place

    def put(self, place: Seat, tokens: Sequence[int]) -> None:
        """The place has been filled from a file."""
        place.tokens[:] = tokens
        place.cells[:] = [next(self._new_cell) for _ in tokens]
        place.touched, place.pinned = next(self._clock), True

    def pinned(self) -> list[Seat]:
        """The places on the shelf that were asked for."""
        return [place for place in self._shelf if place.tokens and place.pinned]

    def room(self, tokens: int, *, keep: Seat | None = None) -> bool:
        """Make room for so many further tokens, beside what the seated answers will need; False when there is none.

        What is least valuable goes first: prompts left behind, the longest unused, and then those on the shelf.
        """
        while self.used() + sum(answer.cells_to_come for answer in self.answers()) + tokens > self._size:
            if not self.shed(keep=keep):
                return False
        return True

    def shed(self, *, keep: Seat | None = None) -> bool:
        """Give up the least valuable prompt that nobody is using; False when there is none."""
        left = [seat for seat in (*self._all, *self._shelf) if seat.answer is None and seat.tokens and seat is not keep]
        if left:
            self.cut(min(left, key=lambda seat: (seat in self._shelf, self._wanted(seat), seat.touched)), 0)
            self.shed_prompts += 1
        return bool(left)

    def _wanted(self, place: Seat) -> bool:
        return self._pins.get(tuple(place.tokens), 0) > 0

    def used(self) -> int:
        """Cells that hold something."""
        return len(set().union(*(seat.cells for seat in (*self._all, *self._shelf))))

    def held(self, prompt: list[int]) -> int:
        """How many tokens of a prompt need not be read."""
        return self._longest_held(prompt)[1]

    def _longest_held(self, prompt: list[int]) -> tuple[Seat | None, int]:
        """The sequence that holds most of the prompt; among equals a free seat, for that need not be copied."""
        lender, held = None, 0
        for seat in (*self._all, *self._shelf) if self._partial else self._shelf:
            if seat.tokens[:held] != prompt[:held]:  # it holds less than another one
                continue
            common = _in_common(seat.tokens, prompt, known=held)
            if not self._partial and common < len(seat.tokens):
                continue
            free = seat.number < len(self._all) and seat.answer is None
            if common > held or (common == held and free and lender is not None and lender.answer is not None):
                lender, held = seat, common
        return lender, held

    def _longest_promised(self, prompt: list[int], held: int, before: int | None = None) -> tuple[Answer | None, int]:
        """The answer, seated earlier than ``before``, that is reading much more of the prompt than is held."""
        readers = [answer for answer in self.answers() if answer.reading and (before is None or answer.order < before)]
        found = [(self._promise(answer, prompt), answer) for answer in readers]
        promised, leader = max(found, key=lambda item: item[0], default=(0, None))
        return (leader, promised) if promised >= held + _WORTH_WAITING else (None, 0)

    def _promise(self, reader: Answer, prompt: list[int]) -> int:
        """How much of the prompt a reader will have in the cache in a form that can be copied."""
        if self._partial:
            return _in_common(reader.turn.prompt, prompt)
        boundary = reader.turn.boundary
        to_come = self._shelf and len(reader.seat.tokens) < boundary < len(prompt)
        return boundary if to_come and reader.turn.prompt[:boundary] == prompt[:boundary] else 0

    def _lend(self, lender: Seat, seat: Seat, held: int) -> None:
        self._cache.copy(lender.number, seat.number, held)
        seat.tokens[:] = lender.tokens[:held]
        seat.cells[:] = lender.cells[:held]
        lender.touched = next(self._clock)


def _in_common(read: list[int], prompt: list[int], known: int = 0) -> int:
    """Length of the common beginning, ``known`` tokens of which have been compared; the prompt's last token is left
    out, for its logits are needed."""
    end = min(len(read), len(prompt) - 1)
    return bisect_left(range(end), True, lo=known, key=lambda n: read[known : n + 1] != prompt[known : n + 1])
