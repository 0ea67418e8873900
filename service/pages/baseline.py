"""A ready-made answer of an exercise on a desk of its own: to be read, with its findings, before any model writes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from service import baseline, exercises, practice
from service.pages import desk as desk_of, guards

pages = Blueprint("baseline", __name__)


@pages.get("/exercises/<exercise_id>/baseline/<label>")
def desk(exercise_id: str, label: str) -> str:
    user, kit = guards.signed_in(), guards.kit()
    exercise = exercises.get(kit, user, exercise_id)
    past, chosen = practice.history(kit, user, exercise_id), exercise.input(request.args.get("input", ""))
    made = baseline.get(kit, user, exercise, past, label, chosen.id)
    return render_template(
        "baseline/desk.html",
        exercise=exercise,
        past=past,
        made=made,
        chosen=chosen,
        given=exercise.input(made.baseline.input),
        baselines=baseline.offered(kit, user, exercise, past, chosen.id),
        prose=desk_of.prose(exercise),
        materials=desk_of.materials(kit, exercise, made.baseline.input),
        passages=made.passages,
        **desk_of.answer(made.baseline.output, made.results, made.passages),
        **desk_of.findings_of(made.results),
    )
