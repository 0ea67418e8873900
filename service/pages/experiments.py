"""Prompt experiments: choose what to try, watch the trials, read parts × checks and the answers side by side."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from service import exercises, experiments, models, practice, promptfoo
from service.checks.prompt.ablation import struck
from service.checks.prompt.parts import LABELS
from service.differences import diff_syllables
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.pages import guards, marking
from service.pages.errors import sentence
from service.prompts import WORKED_BY_HAND
from service.records import AttemptState, Experiment, Trial, User
from service.text import count_syllables

pages = Blueprint("experiments", __name__)


@pages.get("/attempts/<int:attempt_id>/experiments")
def desk(attempt_id: int) -> str:
    """What can be tried with the prompt of an attempt, and what was tried on its exercise before."""
    return _desk(guards.signed_in(), attempt_id)


@pages.post("/attempts/<int:attempt_id>/experiments")
def begin(attempt_id: int) -> Response | tuple[str, int]:
    user, kit, form = guards.signed_in(), guards.kit(), request.form
    try:
        if form.get("kind") == "settings":
            rows = range(1, experiments.MOST_SETTINGS + 1)
            asked = [(form.get(f"model-{n}", ""), form.get(f"temperature-{n}", type=float)) for n in rows]
            used = [(model, temperature) for model, temperature in asked if temperature is not None]
            begun = experiments.begin_settings(kit, user, attempt_id, used, form.get("repeated", 1, type=int))
        else:
            begun = experiments.begin_parts(kit, user, attempt_id)
    except BadInput as refused:
        return _desk(user, attempt_id, refused=sentence(refused)), refused.status
    return redirect(url_for(".experiment", experiment_id=begun.id), 303)


@pages.get("/experiments/<int:experiment_id>")
def experiment(experiment_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    return render_template("experiments/experiment.html", **_sheet(kit, user, experiment_id))


@pages.get("/experiments/<int:experiment_id>/progress")
def progress(experiment_id: int) -> str:
    """The sheet alone, asked for every two seconds while trials are made."""
    user, kit = guards.signed_in(), guards.kit()
    return render_template("experiments/_sheet.html", **_sheet(kit, user, experiment_id))


@pages.post("/experiments/<int:experiment_id>/stop")
def stop(experiment_id: int) -> Response:
    experiments.stop(guards.kit(), guards.signed_in(), experiment_id)
    return redirect(url_for(".experiment", experiment_id=experiment_id), 303)


@pages.post("/experiments/<int:experiment_id>/go-on")
def go_on(experiment_id: int) -> Response:
    experiments.go_on(guards.kit(), guards.signed_in(), experiment_id)
    return redirect(url_for(".experiment", experiment_id=experiment_id), 303)


@pages.post("/experiments/<int:experiment_id>/remove")
def remove(experiment_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    removed = experiments.get(kit, user, experiment_id)
    experiments.remove(kit, user, experiment_id)
    return redirect(url_for("practice.desk", exercise_id=removed.exercise_id), 303)


@pages.get("/experiments/<int:experiment_id>/file")
def file(experiment_id: int) -> Response:
    """The trials as a spreadsheet; ``?form=json``: promptfoo's results; ``?form=yaml``: what promptfoo runs again."""
    user, kit, form = guards.signed_in(), guards.kit(), request.args.get("form")
    if form == "json":
        text, kind, ending = promptfoo.results(kit, user, experiment_id), "application/json", "json"
    elif form == "yaml":
        text, kind, ending = promptfoo.config(kit, user, experiment_id, request.url_root), "application/yaml", "yaml"
    else:
        text, kind, ending = experiments.export_csv(kit, user, experiment_id), "text/csv", "csv"
    name = f"thu-cau-lenh-{experiment_id}.{ending}"
    return send_file(BytesIO(text.encode()), mimetype=kind, as_attachment=True, download_name=name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _desk(user: User, attempt_id: int, *, refused: str = "") -> str:
    kit = guards.kit()
    attempt = practice.get(kit, user, attempt_id)
    exercise = exercises.for_attempt(kit, attempt)
    if exercise.kind in WORKED_BY_HAND or attempt.state is AttemptState.DRAFT:
        raise NotFound()
    variants = experiments.variants_of(attempt.prompt)[1:]
    return render_template(
        "experiments/desk.html",
        attempt=attempt,
        exercise=exercise,
        own=attempt.user_id == user.id,
        variants=[
            {"part": LABELS[one.part], "diff": marking.mark_diff(struck(attempt.prompt, one.part))} for one in variants
        ],
        inputs=min(experiments.INPUTS, len(exercise.inputs)),
        models=models.installed(kit),
        temperatures=experiments.TEMPERATURES,
        rows=experiments.MOST_SETTINGS,
        most_repeats=experiments.MOST_REPEATS,
        past=experiments.of_exercise(kit, attempt.user_id, exercise.id),
        absent=kit.engine.state().silent,
        refused=refused,
    )


def _sheet(kit: Kit, user: User, experiment_id: int) -> dict[str, Any]:
    found = experiments.get(kit, user, experiment_id)
    exercise = exercises.version(kit, found.exercise_id, found.exercise_hash)
    lines = experiments.lines(found)
    installed = models.installed(kit)
    names = {one.id: one.name for one in installed} | {"": kit.engine.state().model}
    answered = {one.variant: one.engine for one in reversed(found.trials) if one.engine}  # it may serve no longer
    inputs = [exercise.input(one) for one in dict.fromkeys(trial.input for trial in found.trials)]
    given = request.args.get("input") or ""
    given = given if given in {one.id for one in inputs} else inputs[0].id
    again = request.args.get("again", 0, type=int)
    return {
        "experiment": found,
        "exercise": exercise,
        "own": found.user_id == user.id,
        "lines": lines,
        "columns": experiments.columns(found),
        "labels": LABELS,
        "names": [answered.get(n) or names.get(one.model, one.model) for n, one in enumerate(found.variants)],
        "several": len(installed) > 1,
        "inputs": inputs,
        "given": given,
        "again": again,
        "repeats": max(len(_shown(found, line.index, given)) for line in lines),
        "failed": next((one.error for one in found.trials if one.state is AttemptState.FAILED), ""),
        **(_two(found, lines, given) if found.kind == "parts" else _beside(found, given, again)),
    }


def _two(found: Experiment, lines: tuple[experiments.Line, ...], given: str) -> dict[str, Any]:
    """The whole prompt's answer and another one's, with the differences; at first the one that changed most."""
    most = max(lines[1:], key=lambda line: len(line.changed), default=lines[0]).index
    chosen = request.args.get("variant", most, type=int)
    chosen = chosen if 0 < chosen < len(found.variants) else most
    before, after = (_told(next(iter(_shown(found, index, given)), None)) for index in (0, chosen))
    both = before["text"] and after["text"]
    return {
        "chosen": chosen,
        "prompt_diff": marking.mark_diff(struck(found.variants[0].prompt, found.variants[chosen].part)),
        "answers": [before, after],
        "answer_diff": marking.mark_diff(diff_syllables(before["text"], after["text"])) if both else "",
    }


def _beside(found: Experiment, given: str, again: int) -> dict[str, Any]:
    """The answer of each setting; where one was run less often than asked for, its last one."""
    shown = [_shown(found, index, given) for index in range(len(found.variants))]
    return {"answers": [_told(trials[min(max(again, 0), len(trials) - 1)] if trials else None) for trials in shown]}


def _shown(found: Experiment, variant: int, given: str) -> list[Trial]:
    return [one for one in found.trials if (one.variant, one.input) == (variant, given)]


def _told(trial: Trial | None) -> dict[str, Any]:
    answer = trial.answer if trial else ""
    return {"trial": trial, "text": answer, "answer": marking.mark(answer), "syllables": count_syllables(answer)}
