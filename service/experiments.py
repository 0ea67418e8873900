"""Prompt experiments: one prompt in several variants, each on two inputs of the exercise, checks beside checks.

*parts*: the prompt as it is, then without each of its parts. *settings*: the prompt under up to three models or
temperatures. An experiment goes queued → running → done | stopped | failed; its trials are made by the job "experiment"
in the background lane, in batches so that what they have in common is read once, and each is kept and judged as it
ends. A stopped, killed or failed experiment goes on with the trials that are left. Trials are no attempts: they count
nowhere but here.

The job stands in ``trials``, the table of what came out in ``outcomes``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from math import floor

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from service import audit, exercises, jobs, models, practice, seats
from service.checks.prompt.ablation import without
from service.checks.prompt.parts import LABELS, find_parts
from service.compare import defused
from service.errors import BadInput, NotFound
from service.experiment_rows import OPEN, load, move, read
from service.kit import Kit
from service.outcomes import Line, checks_of, columns, lines, verdicts_of
from service.prompts import WORKED_BY_HAND
from service.records import PARTS, Attempt, AttemptState, Exercise, Experiment, Role, User, Variant
from service.store.db import now
from service.store.tables import experiments, trials
from service.text import count_syllables
from service.trials import give_up, recover, step

__all__ = [
    "AN_HOUR",
    "INPUTS",
    "MOST_REPEATS",
    "MOST_SETTINGS",
    "TEMPERATURES",
    "Line",
    "begin_parts",
    "begin_settings",
    "columns",
    "export_csv",
    "get",
    "give_up",
    "go_on",
    "lines",
    "of_exercise",
    "recover",
    "remove",
    "step",
    "stop",
    "variants_of",
]

INPUTS = 2
"""On so many inputs a variant is tried, where the exercise has them."""
TEMPERATURES = (0.0, 0.3, 0.7, 1.0)
MOST_SETTINGS = 3
MOST_REPEATS = 3
AN_HOUR = 12
"""So many experiments a person may begin within an hour, one at a time."""

_VERDICTS: Mapping[bool | None, str] = {True: "đạt", False: "chưa đạt", None: ""}
_STATES: Mapping[AttemptState, str] = {
    AttemptState.QUEUED: "đang chờ",
    AttemptState.RUNNING: "đang chạy",
    AttemptState.DONE: "xong",
    AttemptState.STOPPED: "đã dừng",
    AttemptState.FAILED: "hỏng do máy",
}


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
    move(kit, experiment_id, OPEN, state=AttemptState.STOPPED)


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
    found = load(kit, experiment_id)
    if found is None:
        raise NotFound()
    if found.user_id != user.id:
        if not user.is_any(Role.TRAINER, Role.EVALUATOR):
            raise NotFound()
        audit.note(kit, user, "experiment.read", str(experiment_id))
    return found


def of_exercise(kit: Kit, user_id: int, exercise_id: str) -> tuple[Experiment, ...]:
    """A person's experiments with one exercise, newest first, without their trials; for code that has authorised."""
    mine = (experiments.c.user_id == user_id, experiments.c.exercise_id == exercise_id)
    with kit.db.read() as connection:
        rows = connection.execute(select(experiments).where(*mine).order_by(experiments.c.id.desc()).limit(20))
        return tuple(read(row) for row in rows)


def export_csv(kit: Kit, user: User, experiment_id: int) -> str:
    """A row per trial for a spreadsheet (UTF-8 with BOM); cells that look like formulas are defused.

    Numbers are whole and the temperature is in per cent: a spreadsheet takes a point for a number in one language, a
    comma in another.
    """
    found = get(kit, user, experiment_id)
    exercise = exercises.version(kit, found.exercise_id, found.exercise_hash)
    labels = checks_of(found)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["Lượt", "Phần bỏ đi", "Mô hình", "Độ ngẫu nhiên (%)", "Hạt giống"]
    head += ["Trường hợp", "Trạng thái", "Điểm", "Số tiếng"]
    writer.writerow([*head, *map(defused, labels), "Câu lệnh", "Kết quả"])
    for trial in found.trials:
        variant, verdicts = found.variants[trial.variant], verdicts_of(trial)
        score = "" if trial.score is None else floor(round(trial.score, 6))  # as the pages tell it
        cells = [trial.n, LABELS.get(variant.part, ""), trial.engine, round(100 * variant.temperature), trial.seed]
        cells += [exercise.input(trial.input).label, _STATES[trial.state], score, count_syllables(trial.answer)]
        cells += [_VERDICTS[verdicts.get(label)] for label in labels]
        writer.writerow([defused(cell) for cell in (*cells, variant.prompt, trial.answer)])
    return "\ufeff" + out.getvalue()


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _exercise(kit: Kit, user: User, attempt: Attempt) -> Exercise:
    exercise = exercises.get(kit, user, attempt.exercise_id)
    if exercise.kind in WORKED_BY_HAND or not attempt.prompt:
        raise BadInput("Bài này làm bằng tay, không có câu lệnh để thử.")
    if kit.engine.state().silent:
        raise BadInput("Máy này chưa có mô hình nên chưa thử được. Câu lệnh của anh/chị vẫn còn nguyên.")
    seats.refuse_paused(kit, user)
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
    return read(row)


def _alone(connection: Connection, user_id: int, but: int = 0) -> None:
    is_open = and_(experiments.c.user_id == user_id, experiments.c.state.in_(OPEN), experiments.c.id != but)
    if connection.execute(select(experiments.c.id).where(is_open)).first():
        raise BadInput("Anh/chị đang có một lượt thử chưa xong. Anh/chị chờ lượt ấy xong, hoặc dừng lại rồi thử tiếp.")


def _own(kit: Kit, user: User, experiment_id: int) -> None:
    found = load(kit, experiment_id)
    if found is None or found.user_id != user.id:
        raise NotFound()
