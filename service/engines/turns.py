"""Whose turn it is: a bounded, fair queue with a visible place.

* **One running and one waiting turn per person.** A newer one takes the place of the one that waits.
* **Round-robin by person.** First come, first served, except that when somebody's answer ends, what the same
  person has waiting goes behind everybody else who waits.
* **People before background work**, which gets at most half of the seats, but is not starved: after eight people
  in a row one background turn is let through.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from service.engines.base import Event
from service.errors import EngineBroken, EngineBusy
from service.records import Delta, Finish, Lane, Options, Queued

if TYPE_CHECKING:
    from service.engines.llama.sampling import LogitsProcessor

HEARTBEAT = 1.0
"""Seconds between two signs of life while a turn waits."""
_PEOPLE_IN_A_ROW = 8
_WEIGHT = 0.2  # of the newest answer in the moving average of durations


@dataclass(eq=False)
class Turn:
    """One answer that was asked for, from the queue to its end. ``prompt`` is empty where a server reads it.

    ``events`` carries what happens to the asking thread: protocol events, an exception to raise, or None for
    "your place may have changed". ``expected`` is the seconds until the first word once the turn is being read.
    ``boundary`` is how many tokens of the prompt others may begin with as well, 0 when that is not known. A turn with
    ``keep`` only has its prompt read, for others to begin with.
    """

    prompt: list[int]
    options: Options
    stops: tuple[str, ...] = ()
    processors: tuple[LogitsProcessor, ...] = ()
    boundary: int = 0
    keep: bool = False
    asked: float = field(default_factory=time.monotonic)
    events: SimpleQueue[Event | Exception | None] = field(default_factory=SimpleQueue)
    closed: bool = False
    expected: float = 0.0

    @property
    def key(self) -> Hashable:
        """The same for all turns that must take turns: those of one person in one lane."""
        return (self.options.lane, self.options.owner or id(self))

    def finished(
        self, reason: str, shared: int = 0, written: int = 0, first: float = 0.0, waited: float | None = None
    ) -> Finish:
        """All times are counted from the moment the turn was asked for; without a seat it has only waited."""
        seconds = time.monotonic() - self.asked
        waited = seconds if waited is None else waited
        return Finish(reason, len(self.prompt), shared, written, seconds, first, waited)


class Turns:
    """The queue between the asking threads and the loop. All methods may be called from any thread.

    :param seats: how many turns can run at once.
    :param limit: how many may wait; the next one gets ``EngineBusy``.
    :param average: the first guess of an answer's seconds, until some have been seen.
    """

    def __init__(self, *, seats: int, limit: int, average: float = 10.0) -> None:
        self._seats = seats
        self._limit = limit
        self.average = average
        self._changed = threading.Condition()
        self._waiting: dict[Lane, dict[Hashable, Turn]] = {lane: {} for lane in Lane}
        self._running: dict[Hashable, tuple[Turn, float]] = {}
        self._in_a_row = 0
        self._closed = False

    # ── the asking side ──────────────────────────────────────────────────────────────────────────

    def join(self, turn: Turn) -> None:
        """Stand in line, in the place of one's own waiting turn if there is one. Raises ``EngineBusy``."""
        with self._changed:
            if self._closed:
                raise EngineBroken
            lane = self._waiting[turn.options.lane]
            replaced = lane.get(turn.key)
            if replaced is None and self._count() >= self._limit:
                raise EngineBusy(limit=self._limit)
            lane[turn.key] = turn
            if replaced is not None:
                replaced.events.put(replaced.finished("cancelled"))
            self._changed.notify_all()

    def leave(self, turn: Turn) -> None:
        """The asker does not listen any more. A turn that runs is freed by the loop before its next token."""
        with self._changed:
            turn.closed = True
            lane = self._waiting[turn.options.lane]
            if lane.get(turn.key) is turn:
                del lane[turn.key]
                self._tell_all()
            self._changed.notify_all()

    def advance(self, owner: str) -> bool:
        """Put what a person waits for before everybody else's; False when nothing of theirs waits."""
        key = (Lane.PEOPLE, owner)
        with self._changed:
            lane = self._waiting[Lane.PEOPLE]
            if not owner or key not in lane:
                return False
            others = {other: turn for other, turn in lane.items() if other != key}
            turn = lane[key]
            lane.clear()
            lane.update({key: turn, **others})
            self._tell_all()
            return True

    def ahead(self, turn: Turn) -> tuple[int, float]:
        """How many turns are before this one, and the seconds until it is expected to be read; (0, …) once it is."""
        with self._changed:
            place = next((n for n, other in enumerate(self._line()) if other is turn), None)
            if place is None:
                return 0, turn.expected
            return place, self._seconds(place)

    def line(self) -> tuple[tuple[str, float], ...]:
        """Whose turns wait in the lane of people, the next one first, and the seconds until each is to be read."""
        with self._changed:
            waiting = self._waiting[Lane.PEOPLE].values()
            return tuple((turn.options.owner, self._seconds(place)) for place, turn in enumerate(waiting))

    def served(self) -> tuple[str, ...]:
        """Whose turns of the lane of people have a seat."""
        with self._changed:
            seated = [turn for turn, _ in self._running.values()]
        return tuple(turn.options.owner for turn in seated if turn.options.lane is Lane.PEOPLE)

    def count(self) -> int:
        """How many wait."""
        with self._changed:
            return self._count()

    def running(self) -> int:
        """How many have a seat."""
        with self._changed:
            return len(self._running)

    # ── the loop's side ──────────────────────────────────────────────────────────────────────────

    def head(self) -> Turn | None:
        """The turn to be seated next; None when nobody may be."""
        with self._changed:
            people = self._first(Lane.PEOPLE)
            background = self._first(Lane.BACKGROUND) if self._background_may_run() else None
            if people and background:
                return background if self._in_a_row >= _PEOPLE_IN_A_ROW else people
            return people or background

    def start(self, turn: Turn) -> bool:
        """Take the turn out of the line for a seat; False when it has left or been replaced since ``head``."""
        with self._changed:
            lane = self._waiting[turn.options.lane]
            if lane.get(turn.key) is not turn:
                return False
            del lane[turn.key]
            self._running[turn.key] = (turn, time.monotonic())
            self._in_a_row = self._in_a_row + 1 if turn.options.lane is Lane.PEOPLE else 0
            self._tell_all()
            return True

    def end(self, turn: Turn, *, complete: bool) -> None:
        """The turn has left its seat. ``complete``: its duration counts for the moving average."""
        with self._changed:
            _, started = self._running.pop(turn.key)
            if complete:
                self.average += _WEIGHT * (time.monotonic() - started - self.average)
            lane = self._waiting[turn.options.lane]
            if turn.key in lane:
                lane[turn.key] = lane.pop(turn.key)  # to the end of the line
            self._tell_all()

    def wait(self) -> None:
        """Sleep until there may be something to do."""
        with self._changed:
            if not self._closed and not self._count():
                self._changed.wait()

    def close(self, error: Exception | None = None) -> None:
        """Let nobody in any more and raise ``error`` in everyone who waits."""
        with self._changed:
            self._closed = True
            for turn in self._line():
                turn.events.put(error or EngineBroken())
            for lane in self._waiting.values():
                lane.clear()
            self._changed.notify_all()

    # ── with the lock held ───────────────────────────────────────────────────────────────────────

    def _count(self) -> int:
        return sum(len(lane) for lane in self._waiting.values())

    def _line(self) -> Iterator[Turn]:
        for lane in self._waiting.values():
            yield from lane.values()

    def _seconds(self, place: int) -> float:
        """Until who stands at this place of the line, from 0, is expected to be read."""
        free = self._seats - len(self._running)
        return self.average * max(0, place + 1 - free) / self._seats

    def _first(self, lane: Lane) -> Turn | None:
        return next((turn for key, turn in self._waiting[lane].items() if key not in self._running), None)

    def _background_may_run(self) -> bool:
        running = sum(turn.options.lane is Lane.BACKGROUND for turn, _ in self._running.values())
        return running < max(1, self._seats // 2)

    def _tell_all(self) -> None:
        for turn in self._line():
            turn.events.put(None)


def relay(turns: Turns, turn: Turn, fault: Callable[[], Exception | None]) -> Iterator[Event]:
    """What happens to a turn that has joined; until the first word its place, when it changes and every second.

    ``fault`` is asked in silence: an exception to raise, when nothing more can be hoped for.
    """
    place = -1
    due = 0.0
    waiting = True
    while True:
        if waiting:
            now = time.monotonic()
            ahead, seconds = turns.ahead(turn)
            if ahead != place or now >= due:
                place, due = ahead, now + HEARTBEAT
                yield Queued(place, seconds)
        try:
            event = turn.events.get(timeout=max(0.0, due - time.monotonic()) if waiting else HEARTBEAT)
        except Empty:
            if (error := fault()) is not None:
                raise error from None
            continue
        if event is None:
            continue
        if isinstance(event, Exception):
            raise event
        waiting = False
        yield event
        if not isinstance(event, Delta):
            return
