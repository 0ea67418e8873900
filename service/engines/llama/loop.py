"""The engine's one thread: load the model, turn the wheel, free the model."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from service.engines.figures import Counters
from service.engines.llama.model import Model
from service.engines.llama.saved import SavedPrefixes
from service.engines.llama.wheel import Wheel
from service.engines.turns import Turns
from service.errors import EngineBroken
from service.records import EnginePhase

log = logging.getLogger(__name__)

STALLED = 120.0
"""Seconds after which a batch that has not come to its end is a fault: batches are made to take a second."""
_USUAL_ANSWER = 200  # tokens, for the first estimate of how long an answer takes
_GUESS = 10.0  # seconds of loading, until llama.cpp reports its progress


class Loop:
    """Loads the model, then serves ``turns`` until ``close``; ``phase`` and ``detail`` tell how it goes.

    ``opened`` is set when loading is over, well or badly. Only this thread touches llama.cpp's context;
    ``model.vocabulary`` and ``model.template`` may be used by others, ``counters`` be read.

    :param shelf: beginnings kept in the cache; ``folder``: where they are saved, None = nowhere.
    :param pins: how many want a beginning, by its tokens, to be given up last; changed by other threads meanwhile.
    """

    def __init__(
        self,
        path: Path,
        turns: Turns,
        *,
        threads: int | None,
        seats: int,
        shelf: int,
        context: int | None,
        folder: Path | None,
        lookup: bool,
        pins: Mapping[tuple[int, ...], int],
    ) -> None:
        self._path = path
        self._turns = turns
        self._threads, self._seats, self._shelf, self._context = threads, seats, shelf, context
        self._folder = folder
        self._lookup = lookup
        self._pins = pins
        self._closing = False
        self._started = time.monotonic()
        self._progress = 0.0
        self._beat = 0.0  # when the batch in hand was begun; 0 while there is none
        self._ended = threading.Event()
        self.counters = Counters()
        self.model: Model | None = None
        self.wheel: Wheel | None = None
        self.saved: SavedPrefixes | None = None
        self.phase = EnginePhase.LOADING
        self.detail = ""
        self.opened = threading.Event()
        self._thread = threading.Thread(target=self._run, name="llama", daemon=True)
        self._thread.start()
        threading.Thread(target=self._watch, name="llama-watchdog", daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    @property
    def stalled_seconds(self) -> float:
        """For how long the batch in hand has not come to an end; 0 while that is no longer than it may take."""
        beat = self._beat
        passed = time.monotonic() - beat if beat else 0.0
        return passed if passed > STALLED else 0.0

    def loading_seconds(self) -> float:
        """How long loading will still take, by what has been done so far."""
        passed = time.monotonic() - self._started
        return passed * (1 - self._progress) / self._progress if self._progress else max(1.0, _GUESS - passed)

    def close(self) -> None:
        """Stop before the next token, free the model, end the thread."""
        self._closing = True
        self._turns.close()
        if threading.current_thread() is not self._thread:  # a garbage collection on it may call this
            self._thread.join()

    def _run(self) -> None:
        try:
            self._serve()
            self.phase = EnginePhase.ABSENT
        except EngineBroken as error:
            self._fail(error)
        except Exception:  # the thread must not die silently
            log.exception("the engine stops")
            self._fail(EngineBroken("Mô hình không chạy được. Anh/chị khởi động lại Học Vụ hoặc chọn mô hình khác."))
        finally:
            if self.phase is EnginePhase.READY:  # not even an exception: whatever it was, nobody is served any more
                self._fail(EngineBroken())
            self._ended.set()
            self.opened.set()

    def _watch(self) -> None:
        """Tell the log where the loop hangs, once for each time that it does. The askers are told by the engine."""
        told = 0.0
        while not self._ended.wait(STALLED / 4):
            if self.stalled_seconds and told != self._beat:
                told = self._beat
                frame = sys._current_frames().get(self._thread.ident or 0)
                where = "".join(traceback.format_stack(frame)) if frame else "?"
                log.error("the engine has not moved for %.0f s:\n%s", self.stalled_seconds, where)

    def _serve(self) -> None:
        model = Model(
            self._path,
            threads=self._threads,
            seats=self._seats,
            shelf=self._shelf,
            context=self._context,
            progress=self._loading,
        )
        saved = SavedPrefixes(self._folder, self._path, model)
        wheel = Wheel(
            model,
            self._turns,
            seats=self._seats,
            saved=saved,
            counters=self.counters,
            lookup=self._lookup,
            pins=self._pins,
        )
        try:
            self._turns.average = _USUAL_ANSWER * model.write_seconds
            self.model, self.wheel, self.saved = model, wheel, saved
            self.phase = EnginePhase.READY
            self.opened.set()
            log.info("%s is ready after %.1f s", self._path.name, time.monotonic() - self._started)
            while not self._closing:
                try:
                    self._beat = time.monotonic()
                    busy = wheel.turn() or wheel.tidy()
                    self._beat = 0.0
                    if not busy:
                        self._turns.wait()
                except Exception:  # a fault of ours must cost no more than the answers now running
                    log.exception("a turn of the wheel failed; its answers are given up")
                    wheel.stop()
            while wheel.tidy():
                pass
        finally:
            wheel.stop()
            model.close()

    def _loading(self, part: float) -> bool:
        self._progress = part
        return not self._closing

    def _fail(self, error: EngineBroken) -> None:
        self.phase, self.detail = EnginePhase.FAILED, str(error)
        self._turns.close(error)
