"""The work behind the pages: a thread (or a process of its own) that takes jobs from the table and does them.

``HANDLERS`` is the only place that knows which function does which job; a handler may run twice (after a crash) and
must come to the same end. Whoever waits for a job that was given up is told why (``GIVEN_UP``).
"""

from __future__ import annotations

import logging
import os
import platform
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from service import experiments, feedback, jobs, library, opinion, reading_ahead
from service.errors import HocVuError
from service.kit import Kit
from service.records import Job
from service.summarise import steps

log = logging.getLogger(__name__)

HANDLERS: Mapping[str, Callable[..., object]] = {
    "index": library.index,
    "feedback": feedback.grade,
    "read_ahead": reading_ahead.read,
    "summarise": steps.step,
    "opinion": opinion.judge,
    "experiment": experiments.step,
}
"""Name of a job → function(kit, **args)."""

LONG = ("summarise", "opinion", "experiment")
"""Jobs in which the model writes: they have a thread of their own, so that feedback never waits behind them."""

GIVEN_UP: Mapping[str, Callable[..., object]] = {
    "index": library.give_up,
    "feedback": feedback.give_up,
    "summarise": steps.give_up,
    "opinion": opinion.give_up,
    "experiment": experiments.give_up,
}
"""Name of a job → function(kit, reason=…, **args), called when the last try has failed."""

IDLE = 0.5
"""Seconds between two looks into an empty table."""


def run_once(kit: Kit, worker: str = "", only: Collection[str] | None = None, never: Collection[str] = ()) -> bool:
    """Do one job, if one is due. A job that breaks off goes back into the table; it never takes the worker along."""
    job = jobs.claim(kit.db, worker or _name(), only, never)
    if job is None:
        return False
    try:
        with _held(kit, job):
            HANDLERS[job.name](kit, **job.args)
    except Exception as error:  # noqa: BLE001 - whatever a job does, the next one must get its turn
        _broke_off(kit, job, error)
    else:
        jobs.finish(kit.db, job)
    return True


@contextmanager
def _held(kit: Kit, job: Job) -> Iterator[None]:
    """Renew the lease of a job until it ends: what a model writes for long is not taken up by a second worker."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(jobs.LEASE.total_seconds() / 3):
            try:
                jobs.renew(kit.db, job)
            except Exception:  # the database was busy or away for a moment; a thread that ended would lose the job
                log.exception("the lease of job %s was not renewed; the next time perhaps", job.id)

    beside = threading.Thread(target=renew, name="lease", daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


class Worker(threading.Thread):
    """Does jobs until stopped, the long ones on a second thread. ``wake`` cuts an idle wait short; ``stop`` lets the
    jobs in hand come to their end."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(name="worker", daemon=True)
        self._kit = kit
        self._wake = threading.Event()
        self._over = threading.Event()

    def run(self) -> None:
        beside = threading.Thread(target=self._work, args=(LONG,), name="long work", daemon=True)
        beside.start()
        self._work()
        beside.join()

    def _work(self, only: Collection[str] | None = None) -> None:
        while not self._over.is_set():
            try:
                if only is None:
                    busy = run_once(self._kit, never=LONG) or self._kit.index.embed_missing()
                else:
                    busy = run_once(self._kit, only=only)
            except Exception:
                log.exception("the worker stumbled; it goes on")  # the database was busy or away for a moment
                busy = False
            if not busy:
                self._wake.wait(IDLE)
                self._wake.clear()

    def wake(self) -> None:
        """Look into the table now."""
        self._wake.set()

    def stop(self, timeout: float = 10.0) -> None:
        """Take no further job and wait for the one in hand; what is cut off is taken up again at the next start."""
        self._over.set()
        self._wake.set()
        self.join(timeout)


def start(kit: Kit) -> Worker:
    """A running worker thread."""
    worker = Worker(kit)
    worker.start()
    return worker


def _broke_off(kit: Kit, job: Job, error: Exception) -> None:
    told = isinstance(error, HocVuError)
    log.warning("job %s %s, try %s: %s", job.id, job.name, job.tries, type(error).__name__, exc_info=not told)
    reason = str(error) if told else HocVuError.sentence
    if jobs.fail(kit.db, job, f"{type(error).__name__}: {error}") and job.name in GIVEN_UP:
        GIVEN_UP[job.name](kit, reason=reason, **job.args)


def _name() -> str:
    return f"{platform.node()}:{os.getpid()}"[:40]
