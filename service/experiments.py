"""Prompt experiments: one prompt in several variants, each on two inputs of the exercise, checks beside checks.

*parts*: the prompt as it is, then without each of its parts. *settings*: the prompt under up to three models or
temperatures. An experiment goes queued → running → done | stopped | failed; its trials are made by the job "experiment"
in the background lane, in batches so that what they have in common is read once, and each is kept and judged as it
ends. A stopped, killed or failed experiment goes on with the trials that are left. Trials are no attempts: they count
nowhere but here.
"""

from __future__ import annotations

import csv
import io
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from statistics import fmean
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from service import accounts, answering, batch, checks, exercises, feedback, jobs, models, practice
from service.checks.ablation import without
from service.checks.prompt_parts import LABELS, PARTS, find_parts
from service.compare import defused
from service.errors import BadInput, EngineBroken, HocVuError, NotFound
from service.kit import Kit
from service.prompts import WORKED_BY_HAND
from service.records import (
    Attempt,
    AttemptState,
    CheckResult,
    EnginePhase,
    Exercise,
    Experiment,
    Failed,
    Finish,
    Options,
    Role,
    Sources,
    Trial,
    User,
    Variant,
)
from service.repeats import CheckCount
from service.store.db import now
from service.store.tables import experiments, trials
from service.text import count_syllables

log = logging.getLogger(__name__)

INPUTS = 2
"""On so many inputs a variant is tried, where the exercise has them."""
TEMPERATURES = (0.0, 0.3, 0.7, 1.0)
MOST_SETTINGS = 3
MOST_REPEATS = 3
AN_HOUR = 12
"""So many experiments a person may begin within an hour, one at a time."""
AT_ONCE = 8
"""Seats of a model that is opened for an experiment; background work has half of them."""
STEP = 8
"""Trials that one job makes before other long work gets its turn."""
LOOK_EVERY = 0.3
"""Seconds between two looks at the stop button."""
OPEN = (AttemptState.QUEUED, AttemptState.RUNNING)
GONE = (EnginePhase.ABSENT, EnginePhase.FAILED)

VERDICTS: Mapping[bool, str] = {True: "đạt", False: "chưa đạt"}


@dataclass(frozen=True)
class Line:
    """A variant in the table: k of n for each check, the checks that came out otherwise than in the first variant.

    Checks of one label are one: it is met where all of them are.

    ``score`` and ``syllables`` are means over its finished trials, None before there is one; ``done`` of ``of`` are
    finished.
    """

    index: int
    variant: Variant
    counts: Mapping[str, CheckCount]
    changed: frozenset[str]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    score: float | None
    syllables: float | None
    met: int
    graded: int
    done: int
    of: int


# ── beginning, stopping, going on ───────────────────────────────────────────────────────────────


def begin_parts(kit: Kit, user: User, attempt_id: int) -> Experiment:
    """Try what each part of the attempt's prompt did. Raises ``BadInput`` when it has fewer than two, or at a limit."""
    attempt = practice.get(kit, user, attempt_id, write=True)
    exercise = _exercise(kit, user, attempt)
    variants = variants_of(attempt.prompt, exercise.temperature)
    if len(variants) < 3:
        raise BadInput("Câu lệnh chưa đủ hai phần nên chưa có gì để bỏ thử. Anh/chị viết thêm một phần rồi thử lại.")
    return _begin(kit, user, attempt, exercise, "parts", variants, repeated=1)


def begin_settings(
    kit: Kit, user: User, attempt_id: int, settings: Sequence[tuple[str, float]], repeated: int = 1
) -> Experiment:
    """Try the attempt's prompt under (model, temperature) pairs; above temperature 0 each ``repeated`` times.

    Raises ``BadInput`` for fewer than two different ones, a model that does not fit into the memory, or at a limit.
    """
    attempt = practice.get(kit, user, attempt_id, write=True)
    exercise = _exercise(kit, user, attempt)
    wanted = tuple(dict.fromkeys(settings))
    if not 2 <= len(wanted) <= MOST_SETTINGS or not 1 <= repeated <= MOST_REPEATS:
        raise BadInput("Anh/chị chọn hai hoặc ba thiết lập khác nhau để so.")
    if any(temperature not in TEMPERATURES for _, temperature in wanted):
        raise BadInput("Độ ngẫu nhiên đã chọn không có trong danh sách. Anh/chị chọn lại.")
    for model, _ in wanted:
        models.must_fit(models.get(kit, model))
    variants = tuple(Variant(attempt.prompt, model=model, temperature=temperature) for model, temperature in wanted)
    return _begin(kit, user, attempt, exercise, "settings", variants, repeated)


def variants_of(prompt: str, temperature: float = 0.0) -> tuple[Variant, ...]:
    """The prompt, and the prompt without each part that was found in it and without which something is left."""
    found = {piece.part for piece in find_parts(prompt)}
    left = ((part, without(prompt, part)) for part in PARTS if part in found)
    return (
        Variant(prompt, temperature=temperature),
        *(Variant(text, part, temperature=temperature) for part, text in left if any(map(str.isalnum, text))),
    )


def stop(kit: Kit, user: User, experiment_id: int) -> None:
    """The stop button: the trials under way end within a moment; what is done stays."""
    _own(kit, user, experiment_id)
    _move(kit, experiment_id, OPEN, state=AttemptState.STOPPED)


def go_on(kit: Kit, user: User, experiment_id: int) -> None:
    """Make the trials that are left, and those that failed. Raises ``BadInput`` while another experiment is open."""
    _own(kit, user, experiment_id)
    halted = (AttemptState.STOPPED, AttemptState.FAILED, AttemptState.DONE)
    with kit.db.write() as connection:
        _alone(connection, user.id, but=experiment_id)
        again = and_(trials.c.experiment_id == experiment_id, trials.c.state == AttemptState.FAILED)
        connection.execute(update(trials).where(again).values(state=AttemptState.QUEUED, error=""))
        left = and_(trials.c.experiment_id == experiment_id, trials.c.state.in_(OPEN))
        if connection.execute(select(trials.c.n).where(left).limit(1)).first() is None:
            return
        begun = update(experiments).where(experiments.c.id == experiment_id, experiments.c.state.in_(halted))
        if connection.execute(begun.values(state=AttemptState.QUEUED, error="", finished_at=None)).rowcount:
            jobs.add(connection, "experiment", experiment_id=experiment_id)


def remove(kit: Kit, user: User, experiment_id: int) -> None:
    """Delete an experiment of one's own; trials under way find nothing to write to."""
    _own(kit, user, experiment_id)
    with kit.db.write() as connection:
        connection.execute(delete(experiments).where(experiments.c.id == experiment_id))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, experiment_id: int) -> Experiment:
    """One experiment with its trials, for its owner; trainers and evaluators may read it, which is noted."""
    found = _load(kit, experiment_id)
    if found is None:
        raise NotFound()
    if found.user_id != user.id:
        if not user.is_any(Role.TRAINER, Role.EVALUATOR):
            raise NotFound()
        accounts.note(kit, user, "experiment.read", str(experiment_id))
    return found


def of_exercise(kit: Kit, user_id: int, exercise_id: str) -> tuple[Experiment, ...]:
    """A person's experiments with one exercise, newest first, without their trials; for code that has authorised."""
    mine = (experiments.c.user_id == user_id, experiments.c.exercise_id == exercise_id)
    with kit.db.read() as connection:
        rows = connection.execute(select(experiments).where(*mine).order_by(experiments.c.id.desc()).limit(20))
        return tuple(_experiment(row, ()) for row in rows)


def lines(found: Experiment) -> tuple[Line, ...]:
    """The table: a line per variant, compared with the first input by input."""
    base = _rates(found, 0)
    return tuple(_line(found, index, base) for index in range(len(found.variants)))


def columns(found: Experiment) -> tuple[str, ...]:
    """The checks that could be judged in some answer, in the order of the exercise: the table has a column for each."""
    return tuple(dict.fromkeys(label for trial in found.trials for label in _verdicts(trial)))


def export_csv(kit: Kit, user: User, experiment_id: int) -> str:
    """A row per trial for a spreadsheet (UTF-8 with BOM); cells that look like formulas are defused."""
    found = get(kit, user, experiment_id)
    labels = columns(found)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["luot", "bo_phan", "mo_hinh", "nhiet_do", "hat_giong", "dau_vao", "trang_thai", "diem", "so_tieng"]
    writer.writerow([*head, *map(defused, labels), "cau_lenh", "ket_qua"])
    for trial in found.trials:
        variant, verdicts = found.variants[trial.variant], _verdicts(trial)
        score = "" if trial.score is None else round(trial.score, 1)
        cells = [trial.n, LABELS.get(variant.part, ""), trial.engine, variant.temperature, trial.seed, trial.input]
        cells += [trial.state.value, score, count_syllables(trial.answer)]
        cells += [VERDICTS[verdicts[label]] if label in verdicts else "" for label in labels]
        writer.writerow([defused(cell) for cell in (*cells, variant.prompt, trial.answer)])
    return "\ufeff" + out.getvalue()


# ── the job ─────────────────────────────────────────────────────────────────────────────────────


def step(kit: Kit, experiment_id: int) -> None:
    """The job "experiment": make the next trials. May run twice, and after a stop.

    1. An experiment that is not open any more, or was removed, is left alone; without a model it ends here for now.
    2. Claim the next trials of one model, as many as one step makes, the first input's first; another model than the
       one that serves is loaded once for all its trials.
    3. Answer them in one batch, which reads what they have in common once; each is judged and kept as it ends. Another
       model that cannot be opened, or breaks, fails its own trials, and the rest goes on.
    4. Add the next job, or end the experiment.
    """
    found = _load(kit, experiment_id)
    if found is None or found.state not in OPEN:
        return
    state = kit.engine.state()
    if state.phase in GONE:
        give_up(kit, reason=state.detail or EngineBroken.sentence, experiment_id=experiment_id)
        return
    _move(kit, experiment_id, (AttemptState.QUEUED,), state=AttemptState.RUNNING)
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


def _make(kit: Kit, found: Experiment, claimed: Sequence[Trial], over: threading.Event, *, shared: bool) -> None:
    """Answer the claimed trials and keep each with its judgement; one that fails costs the others nothing.

    ``shared``: by the model that serves everybody. When that one is gone, what it was writing waits for another start.
    """
    exercise = exercises.version(kit, found.exercise_id, found.exercise_hash)
    ready = list[tuple[Trial, Sources, Options]]()
    asked = list[batch.Asked]()
    for trial in claimed:
        prompt = found.variants[trial.variant].prompt
        options = practice.begun(kit, exercise, prompt, _options(kit, found, exercise, trial))
        sources, messages = practice.prepare(kit, exercise, prompt, options, trial.input)
        ready.append((trial, sources, options))
        asked.append((messages, options))
    with closing(batch.answers(kit, asked, over)) as answers:
        for one in answers:
            trial, sources, _ = ready[one.n]
            if isinstance(one.end, Failed):
                if not shared or kit.engine.state().phase not in GONE:
                    failed = {"state": AttemptState.FAILED, "error": one.end.sentence[:300]}
                    _turn(kit, found.id, trial, AttemptState.RUNNING, **failed)
            elif one.end.reason != "cancelled":
                values = _judged(kit, found, exercise, trial, sources, one.text, one.end)
                _turn(kit, found.id, trial, AttemptState.RUNNING, **values)


def give_up(kit: Kit, *, reason: str, experiment_id: int) -> None:
    """The last try of a step failed; the person may go on later."""
    _move(kit, experiment_id, OPEN, state=AttemptState.FAILED, error=reason[:300], finished_at=now())


def recover(kit: Kit) -> int:
    """At start: trials that a killed process left running are made again. Returns how many."""
    left = update(trials).where(trials.c.state == AttemptState.RUNNING).values(state=AttemptState.QUEUED)
    with kit.db.write() as connection:
        return connection.execute(left).rowcount


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
    usual = practice.usual_options(exercise, found.user_id)
    temperature = found.variants[trial.variant].temperature
    return practice.within(kit, replace(usual, seed=trial.seed, temperature=temperature))


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


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _exercise(kit: Kit, user: User, attempt: Attempt) -> Exercise:
    exercise = exercises.get(kit, user, attempt.exercise_id)
    if exercise.kind in WORKED_BY_HAND or not attempt.prompt:
        raise BadInput("Bài này làm bằng tay, không có câu lệnh để thử.")
    if kit.engine.state().phase in GONE:
        raise BadInput("Máy này chưa có mô hình nên chưa thử được. Câu lệnh của anh/chị vẫn còn nguyên.")
    return exercise


def _begin(
    kit: Kit,
    user: User,
    attempt: Attempt,
    exercise: Exercise,
    kind: str,
    variants: Sequence[Variant],
    repeated: int,
) -> Experiment:
    """Put the experiment and its trials down, with the job."""
    here = exercise.input(attempt.input).id
    inputs = (here, *(one.id for one in exercise.inputs if one.id != here))[:INPUTS]
    plan = [
        (index, given, exercise.seed + again)
        for given in inputs
        for again in range(repeated)
        for index, variant in enumerate(variants)
        if again == 0 or variant.temperature > 0
    ]
    values = {
        "user_id": user.id,
        "exercise_id": exercise.id,
        "exercise_hash": exercise.hash,
        "attempt_id": attempt.id,
        "kind": kind,
        "variants": [asdict(one) for one in variants],
        "state": AttemptState.QUEUED,
        "created_at": now(),
    }
    mine = experiments.c.user_id == user.id
    with kit.db.write() as connection:
        _alone(connection, user.id)
        lately = select(func.count()).select_from(experiments)
        lately = lately.where(mine, experiments.c.created_at > now() - timedelta(hours=1))
        if (connection.execute(lately).scalar() or 0) >= AN_HOUR:
            raise BadInput(
                "Trong một giờ mỗi người thử được %(limit)s lượt. Anh/chị quay lại sau ít phút.", limit=AN_HOUR
            )
        row = connection.execute(insert(experiments).values(values).returning(experiments)).one()
        waiting = {"experiment_id": row.id, "state": AttemptState.QUEUED}
        connection.execute(
            insert(trials),
            [
                waiting | {"n": n, "variant": index, "input": given, "seed": seed}
                for n, (index, given, seed) in enumerate(plan, 1)
            ],
        )
        jobs.add(connection, "experiment", experiment_id=row.id)
    return _experiment(row, ())


def _alone(connection: Connection, user_id: int, but: int = 0) -> None:
    is_open = and_(experiments.c.user_id == user_id, experiments.c.state.in_(OPEN), experiments.c.id != but)
    if connection.execute(select(experiments.c.id).where(is_open)).first():
        raise BadInput("Anh/chị đang có một lượt thử chưa xong. Anh/chị chờ lượt ấy xong, hoặc dừng lại rồi thử tiếp.")


def _own(kit: Kit, user: User, experiment_id: int) -> None:
    found = _load(kit, experiment_id)
    if found is None or found.user_id != user.id:
        raise NotFound()


def _verdicts(trial: Trial) -> dict[str, bool]:
    """The checks of the answer that could be judged, by label. The prompt's own tell nothing here: a part that is left
    out is missing."""
    found = dict[str, bool]()
    for one in trial.results:
        if one.of == "answer" and one.weight > 0 and one.passed is not None:
            label = one.label or one.check
            found[label] = found.get(label, True) and one.passed
    return found


def _rates(found: Experiment, index: int) -> dict[tuple[str, str], float]:
    """By input and check, the share of a variant's trials in which it was met."""
    verdicts = dict[tuple[str, str], list[bool]]()
    for trial in found.trials:
        if trial.variant == index and trial.state is AttemptState.DONE:
            for label, met in _verdicts(trial).items():
                verdicts.setdefault((trial.input, label), []).append(met)
    return {where: fmean(of_one) for where, of_one in verdicts.items()}


def _line(found: Experiment, index: int, base: Mapping[tuple[str, str], float]) -> Line:
    mine = [one for one in found.trials if one.variant == index]
    done = [one for one in mine if one.state is AttemptState.DONE]
    verdicts = dict[str, list[bool]]()
    for label, met in (pair for one in done for pair in _verdicts(one).items()):
        verdicts.setdefault(label, []).append(met)
    moved = dict[str, float]()
    for (given, label), rate in _rates(found, index).items():
        if rate != base.get((given, label), rate):
            moved[label] = moved.get(label, 0.0) + rate - base[given, label]
    scores = [one.score for one in done if one.score is not None]
    return Line(
        index=index,
        variant=found.variants[index],
        counts={label: CheckCount(label, sum(of_one), len(of_one)) for label, of_one in verdicts.items()},
        changed=frozenset(moved),
        worse=tuple(label for label, change in moved.items() if change < 0),
        better=tuple(label for label, change in moved.items() if change > 0),
        score=fmean(scores) if scores else None,
        syllables=fmean(count_syllables(one.answer) for one in done) if done else None,
        met=sum(map(sum, verdicts.values())),
        graded=sum(map(len, verdicts.values())),
        done=len(done),
        of=len(mine),
    )


def _turn(kit: Kit, experiment_id: int, trial: Trial, expected: AttemptState, **values: Any) -> bool:
    with kit.db.write() as connection:
        here = and_(trials.c.experiment_id == experiment_id, trials.c.n == trial.n, trials.c.state == expected)
        return connection.execute(update(trials).where(here).values(**values)).rowcount == 1


def _move(kit: Kit, experiment_id: int, expected: Sequence[AttemptState], **values: Any) -> None:
    with kit.db.write() as connection:
        here = and_(experiments.c.id == experiment_id, experiments.c.state.in_(expected))
        connection.execute(update(experiments).where(here).values(**values))


def _is_open(kit: Kit, experiment_id: int) -> bool:
    with kit.db.read() as connection:
        return connection.execute(select(experiments.c.state).where(experiments.c.id == experiment_id)).scalar() in OPEN


def _load(kit: Kit, experiment_id: int) -> Experiment | None:
    with kit.db.read() as connection:
        row = connection.execute(select(experiments).where(experiments.c.id == experiment_id)).first()
        if row is None:
            return None
        of_it = select(trials).where(trials.c.experiment_id == experiment_id).order_by(trials.c.n)
        return _experiment(row, tuple(map(_trial, connection.execute(of_it))))


def _experiment(row: Row[Any], made: tuple[Trial, ...]) -> Experiment:
    given = {name: value for name, value in row._asdict().items() if name in Experiment.__dataclass_fields__}
    variants = tuple(Variant(**one) for one in row.variants)
    return Experiment(**given | {"state": AttemptState(row.state), "variants": variants, "trials": made})


def _trial(row: Row[Any]) -> Trial:
    given = {name: value for name, value in row._asdict().items() if name in Trial.__dataclass_fields__}
    results = tuple(CheckResult(**one | {"findings": ()}) for one in row.results)
    return Trial(**given | {"state": AttemptState(row.state), "results": results})
