"""The engine's one thread: load the model, turn the wheel, free the model."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from service.engines.llama.model import Model
from service.engines.llama.turns import Turns
from service.engines.llama.wheel import Wheel
from service.errors import EngineBroken
from service.records import EnginePhase

log = logging.getLogger(__name__)

_USUAL_ANSWER = 200  # tokens, for the first estimate of how long an answer takes
_GUESS = 10.0  # seconds of loading, until llama.cpp reports its progress


class Loop:
    """Loads the model, then serves ``turns`` until ``close``; ``phase`` and ``detail`` tell how it goes.

    ``opened`` is set when loading is over, well or badly. Only this thread touches llama.cpp's context;
    ``model.vocabulary`` and ``model.template`` may be used by others.
    """

    def __init__(self, path: Path, turns: Turns, *, threads: int | None, seats: int, context: int | None) -> None:
        self._path = path
        self._turns = turns
        self._threads, self._seats, self._context = threads, seats, context
        self._closing = False
        self._started = time.monotonic()
        self._progress = 0.0
        self.model: Model | None = None
        self.phase = EnginePhase.LOADING
        self.detail = ""
        self.opened = threading.Event()
        self._thread = threading.Thread(target=self._run, name="llama", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

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
            self.opened.set()

    def _serve(self) -> None:
        model = Model(
            self._path, threads=self._threads, seats=self._seats, context=self._context, progress=self._loading
        )
        wheel = Wheel(model, self._turns, self._seats)
        try:
            self._turns.average = _USUAL_ANSWER * model.write_seconds
            self.model = model
            self.phase = EnginePhase.READY
            self.opened.set()
            log.info("%s is ready after %.1f s", self._path.name, time.monotonic() - self._started)
            while not self._closing:
                try:
                    if not wheel.turn():
                        self._turns.wait()
                except Exception:  # a fault of ours must cost no more than the answers now running
                    log.exception("a turn of the wheel failed; its answers are given up")
                    wheel.stop()
        finally:
            wheel.stop()
            model.close()

    def _loading(self, part: float) -> bool:
        self._progress = part
        return not self._closing

    def _fail(self, error: EngineBroken) -> None:
        self.phase, self.detail = EnginePhase.FAILED, str(error)
        self._turns.close(error)
