"""Who sits where in the KV cache.

The cache is a pool of *cells*, one per token read. A *seat* is a llama.cpp sequence: the list of cells that hold its
tokens. ``llama_memory_seq_cp`` lets two seats hold the same cells, so a beginning that many prompts have in common
is read once and kept once (the idea of vLLM's shared blocks; Kwon et al., SOSP 2023). A seat that has been left keeps
its prompt until somebody needs the room: the next prompt may begin alike.

This module only keeps the books; ``Cache`` is what it needs of llama.cpp.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import count
from typing import Protocol

from service.engines.llama.detokenizer import Detokenizer
from service.engines.llama.turns import Turn

_WORTH_WAITING = 32  # tokens that somebody else is just reading


class Cache(Protocol):
    """The operations on sequences; positions count from 0."""

    def copy(self, source: int, target: int, end: int) -> None:
        """Let sequence ``target``, which is empty, hold the cells of ``source`` at positions below ``end``."""
        ...

    def cut(self, sequence: int, start: int) -> None:
        """Free a sequence's cells from position ``start`` on."""
        ...


class Seat:
    """One sequence of the cache."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.tokens: list[int] = []  # what the cells hold, by position
        self.cells: list[int] = []  # which cells: equal numbers are one cell, held by several seats
        self.touched = 0  # when it was taken, or last lent its prompt after it was left; counted, not timed
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
        self.first_token = 0.0  # seconds from asking to the first token
        self.detokenizer = Detokenizer(turn.stops)

    @property
    def reading(self) -> bool:
        return self.newest < 0 and self.seat.answer is self

    @property
    def cells_to_come(self) -> int:
        return len(self.turn.prompt) + self.turn.options.max_tokens - max(len(self.seat.tokens), self.shared)


class Seats:
    """All seats of one cache of ``size`` cells.

    :param partial: the cache can be cut and copied at any position. Recurrent and hybrid models cannot, and then
        nothing is shared.
    """

    def __init__(self, cache: Cache, *, seats: int, size: int, partial: bool) -> None:
        self._cache = cache
        self._size = size
        self._partial = partial
        self._all = [Seat(number) for number in range(seats)]
        self._new_cell = count()
        self._clock = count(1)

    def answers(self) -> list[Answer]:
        """All that are seated, the earliest first."""
        return sorted((seat.answer for seat in self._all if seat.answer), key=lambda answer: answer.order)

    def take(self, turn: Turn) -> Answer | None:
        """Seat a turn so that it shares the longest beginning with anybody; None while there is no room.

        Prompts that were left behind are given up for it, the longest unused first.
        """
        free = [seat for seat in self._all if seat.answer is None]
        if not free:
            return None
        lender, held = self._longest_held(turn.prompt)
        leader, promised = self._longest_promised(turn.prompt, held)
        need = len(turn.prompt) + turn.options.max_tokens - max(held, promised)
        while self._used() + sum(answer.cells_to_come for answer in self.answers()) + need > self._size:
            if self.shed(keep=lender):
                continue
            if lender is None or lender.answer is not None or len(lender.tokens) == held:
                return None
            self.cut(lender, held)

        if leader is None and lender in free:
            seat = lender
            self.cut(seat, held)
        else:
            seat = min(free, key=lambda seat: (len(seat.tokens) > 0, seat.touched))
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

    def grow(self, seat: Seat, tokens: Sequence[int]) -> None:
        """The tokens have been decoded into new cells of the seat."""
        seat.tokens.extend(tokens)
        seat.cells.extend(next(self._new_cell) for _ in tokens)

    def cut(self, seat: Seat, start: int) -> None:
        """Forget the seat's tokens from ``start`` on."""
        self._cache.cut(seat.number, start)
        del seat.tokens[start:], seat.cells[start:]

    def leave(self, answer: Answer) -> None:
        """The answer is over. Its prompt stays for others, what was written goes."""
        self.cut(answer.seat, len(answer.turn.prompt) if self._partial else 0)
        answer.seat.answer = None

    def shed(self, *, keep: Seat | None = None) -> bool:
        """Give up the prompt of the seat that was left longest ago; False when there is none."""
        left = [seat for seat in self._all if seat.answer is None and seat.tokens and seat is not keep]
        if left:
            self.cut(min(left, key=lambda seat: seat.touched), 0)
        return bool(left)

    def _used(self) -> int:
        return len(set().union(*(seat.cells for seat in self._all)))

    def _longest_held(self, prompt: list[int]) -> tuple[Seat | None, int]:
        """The seat that holds most of the prompt; among equals one that is free, for it need not be copied."""
        if not self._partial:
            return None, 0
        found = [(_in_common(seat.tokens, prompt), seat.answer is None, seat) for seat in self._all]
        held, _, lender = max(found, key=lambda item: item[:2])
        return (lender, held) if held else (None, 0)

    def _longest_promised(self, prompt: list[int], held: int, before: int | None = None) -> tuple[Answer | None, int]:
        """The answer, seated earlier than ``before``, that is reading much more of the prompt than is held."""
        readers = [answer for answer in self.answers() if answer.reading and (before is None or answer.order < before)]
        found = [(_in_common(answer.turn.prompt, prompt), answer) for answer in readers if self._partial]
        promised, leader = max(found, key=lambda item: item[0], default=(0, None))
        return (leader, promised) if promised >= held + _WORTH_WAITING else (None, 0)

    def _lend(self, lender: Seat, seat: Seat, held: int) -> None:
        self._cache.copy(lender.number, seat.number, held)
        seat.tokens[:] = lender.tokens[:held]
        seat.cells[:] = lender.cells[:held]
        lender.touched = next(self._clock)


def _in_common(read: list[int], prompt: list[int]) -> int:
    """Length of the common beginning; the prompt's last token is left out, for its logits are needed."""
    end = min(len(read), len(prompt) - 1)
    return bisect_left(range(end), True, key=lambda n: read[: n + 1] != prompt[: n + 1])
