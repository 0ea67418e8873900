"""The trials of an experiment: the job "experiment" that makes them in the background, judged and kept one by one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import and_, select, update

from service import answering, batch, checks, exercises, feedback, jobs, models
from service.errors import EngineBroken, HocVuError
from service.experiment_rows import OPEN, load, move
from service.kit import Kit
from service.practice import brief
from service.records import AttemptState, Exercise, Experiment, Failed, Finish, Options, Sources, Trial
from service.store.db import now
from service.store.tables import experiments, trials

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Seats of a model that is opened for an experiment; background work has half of them."""
STEP = 8
"""Trials that one job makes before other long work gets its turn."""
LOOK_EVERY = 0.3
"""Seconds between two looks at the stop button."""


def step(kit: Kit, experiment_id: int) -> None:
    """The job "experiment": make the next trials. May run twice, and after a stop.

    1. An experiment that is not open any more, or was removed, is left alone; without a model it ends here for now.
    2. Claim the next trials of one model, as many as one step makes, the first input's first; another model than the
       one that serves is loaded once for all its trials.
    3. Answer them in one batch, which reads what they have in common once; each is judged and kept as it ends. Another
       model that cannot be opened, or breaks, fails its own trials, and the rest goes on.
    4. Add the next job, or end the experiment.
    """
    found = load(kit, experiment_id)
    if found is None or found.state not in OPEN:
        return
    state = kit.engine.state()
    if state.silent:
        give_up(kit, reason=state.detail or EngineBroken.sentence, experiment_id=experiment_id)
        return
    move(kit, experiment_id, (AttemptState.QUEUED,), state=AttemptState.RUNNING)
    here = found.trials[0].input
    waiting = sorted(
        (one for one in found.trials if one.state is AttemptState.QUEUED),
        key=lambda one: (found.variants[one.variant].model, one.input != here, one.n),
    )
    model = found.variants[waiting[0].variant].model if waiting else ""
    mine = [one for one in waiting if found.variants[one.variant].model == model]
    claimed = list[Trial]()
    try:
        with models.opened(kit, model, AT_ONCE) as engine:
            some = mine[:STEP] if engine is kit.engine else mine
            running = {"state": AttemptState.RUNNING}
            claimed = [one for one in some if _turn(kit, found.id, one, AttemptState.QUEUED, **running)]
            with _watched(kit, found.id) as over:
                _make(replace(kit, engine=engine), found, claimed, over, shared=engine is kit.engine)
    except HocVuError as error:
        if not model:
            raise
        log.warning("experiment %s, model %s: %s", found.id, model, error.code)
        for one in mine:
            for expected in OPEN:
                _turn(kit, found.id, one, expected, state=AttemptState.FAILED, error=str(error)[:300])
    finally:  # a stop, a fault, the end of the program: what was not made waits again
        for one in claimed:
            _turn(kit, found.id, one, AttemptState.RUNNING, state=AttemptState.QUEUED)
    _settle(kit, experiment_id)


def give_up(kit: Kit, *, reason: str, experiment_id: int) -> None:
    """The last try of a step failed; the person may go on later."""
    move(kit, experiment_id, OPEN, state=AttemptState.FAILED, error=reason[:300], finished_at=now())


def recover(kit: Kit) -> int:
    """At start: trials that a killed process left running are made again. Returns how many."""
    left = update(trials).where(trials.c.state == AttemptState.RUNNING).values(state=AttemptState.QUEUED)
    with kit.db.write() as connection:
        return connection.execute(left).rowcount


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _make(kit: Kit, found: Experiment, claimed: Sequence[Trial], over: threading.Event, *, shared: bool) -> None:
    """Answer the claimed trials and keep each with its judgement; one that fails costs the others nothing.

    ``shared``: by the model that serves everybody. When that one is gone, what it was writing waits for another start.
    """
    exercise = exercises.version(kit, found.exercise_id, found.exercise_hash)
    ready = list[tuple[Trial, Sources]]()
    asked = list[batch.Asked]()
    for trial in claimed:
        prompt = found.variants[trial.variant].prompt
        options = brief.begun(kit, exercise, prompt, _options(kit, found, exercise, trial))
        sources, messages = brief.prepare(kit, exercise, prompt, options, trial.input)
        ready.append((trial, sources))
        asked.append((messages, options))
    with closing(batch.answers(kit, asked, over)) as answers:
        for one in answers:
            trial, sources = ready[one.n]
            if isinstance(one.end, Failed):
                if not (shared and kit.engine.state().silent):
                    failed = {"state": AttemptState.FAILED, "error": one.end.sentence[:300]}
                    _turn(kit, found.id, trial, AttemptState.RUNNING, **failed)
            elif one.end.reason != "cancelled":
                values = _judged(kit, found, exercise, trial, sources, one.text, one.end)
                _turn(kit, found.id, trial, AttemptState.RUNNING, **values)


def _judged(
    kit: Kit, found: Experiment, exercise: Exercise, trial: Trial, sources: Sources, answer: str, end: Finish
) -> dict[str, Any]:
    """An answer with its results, as columns."""
    prompt, state = found.variants[trial.variant].prompt, kit.engine.state()
    facts = {"passages": sources.passages, "finish_reason": end.reason}
    results = feedback.judge(kit, exercise, prompt, answer, trial.input, **facts)
    return answering.ended(end) | {
        "answer": answer,
        "engine": state.model,
        "model_sha256": state.sha256,
        "score": checks.score([one for one in results if one.of == "answer"]),
        "results": [asdict(replace(one, findings=())) for one in results],
    }


@contextmanager
def _watched(kit: Kit, experiment_id: int) -> Iterator[threading.Event]:
    """An event that is set when the experiment is stopped or removed, looked for every moment beside the work."""
    over, left = threading.Event(), threading.Event()

    def look() -> None:
        while not left.wait(LOOK_EVERY):
            if not _is_open(kit, experiment_id):
                over.set()
                return

    watcher = threading.Thread(target=look, name="experiment watch", daemon=True)
    watcher.start()
    try:
        yield over
    finally:
        left.set()
        watcher.join()


def _options(kit: Kit, found: Experiment, exercise: Exercise, trial: Trial) -> Options:
    usual = brief.usual_options(exercise, found.user_id)
    temperature = found.variants[trial.variant].temperature
    return brief.within(kit, replace(usual, seed=trial.seed, temperature=temperature))


def _settle(kit: Kit, experiment_id: int) -> None:
    """After a step: the next job, or the end."""
    of_this = trials.c.experiment_id == experiment_id
    with kit.db.write() as connection:
        is_open = and_(experiments.c.id == experiment_id, experiments.c.state.in_(OPEN))
        if connection.execute(select(experiments.c.id).where(is_open)).first() is None:
            return
        states = connection.execute(select(trials.c.state, trials.c.error).where(of_this)).all()
        if any(row.state == AttemptState.QUEUED for row in states):
            jobs.add(connection, "experiment", experiment_id=experiment_id)
            return
        if any(row.state == AttemptState.RUNNING for row in states):
            return  # another worker is at it, and ends it
        ended: dict[str, Any] = {"state": AttemptState.DONE, "finished_at": now()}
        if all(row.state == AttemptState.FAILED for row in states):
            ended |= {"state": AttemptState.FAILED, "error": states[0].error}
        connection.execute(update(experiments).where(is_open).values(**ended))


def _turn(kit: Kit, experiment_id: int, trial: Trial, expected: AttemptState, **values: Any) -> bool:
    with kit.db.write() as connection:
        here = and_(trials.c.experiment_id == experiment_id, trials.c.n == trial.n, trials.c.state == expected)
        return connection.execute(update(trials).where(here).values(**values)).rowcount == 1


def _is_open(kit: Kit, experiment_id: int) -> bool:
    with kit.db.read() as connection:
        return connection.execute(select(experiments.c.state).where(experiments.c.id == experiment_id)).scalar() in OPEN
