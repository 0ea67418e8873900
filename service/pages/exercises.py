"""The trainer's pages: list, edit with validation, publish or hide, and the learners' attempts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import accounts, exercises, passing, practice, rubric
from service.checks.guide import GROUPS, GUIDE
from service.errors import BadInput, Conflict, InvalidExercise
from service.pages import guards
from service.pages.errors import sentence, told
from service.pages.filters import counted
from service.pages.stretches import start
from service.prompts import Problem
from service.records import Role
from service.settings import HOME

pages = Blueprint("exercises", __name__, url_prefix="/manage")


@pages.get("/exercises")
def listing() -> str:
    user = guards.role(Role.TRAINER)
    kit = guards.kit()
    return render_template(
        "exercises/listing.html",
        exercises=exercises.visible(kit, user),
        broken=exercises.broken(kit, user),
        told=told,
    )


@pages.get("/exercises/new")
def new() -> str:
    guards.role(Role.TRAINER)
    skeleton = (HOME / "prompts" / "exercise-skeleton.md").read_text(encoding="utf-8")
    return _editor("", skeleton, (), opened="", new=True)


@pages.get("/exercises/<exercise_id>")
def edit(exercise_id: str) -> str:
    user = guards.role(Role.TRAINER)
    kit = guards.kit()
    text = exercises.source(kit, user, exercise_id)
    problems = exercises.check(kit, text, exercise_id)
    return _editor(exercise_id, text, problems, opened=exercises.digest(text))


@pages.post("/exercises/check")
def check() -> str:
    guards.role(Role.TRAINER)
    problems = exercises.check(guards.kit(), request.form.get("text", ""), request.form.get("exercise_id", "").strip())
    return render_template("exercises/_problems.html", problems=problems, told=told, known=GUIDE)


@pages.post("/exercises")
def save() -> Response | tuple[str, int]:
    user = guards.role(Role.TRAINER)
    kit = guards.kit()
    exercise_id, text = request.form.get("exercise_id", "").strip(), request.form.get("text", "")
    new, opened = "new" in request.form, request.form.get("opened", "")
    try:
        saved = exercises.save(kit, user, exercise_id, text, opened=opened)
    except (BadInput, Conflict) as error:
        problems = exercises.check(kit, text, exercise_id)
        refused = "" if isinstance(error, InvalidExercise) else sentence(error)
        stored = exercises.source(kit, user, exercise_id) if isinstance(error, Conflict) and not new else ""
        opened = exercises.digest(stored) or opened
        page = _editor(exercise_id, text, problems, opened=opened, new=new, refused=refused, stored=stored)
        return page, error.status
    flash(_("Đã lưu bài “%(title)s”, bản %(version)s.", title=saved.title, version=saved.version))
    return redirect(url_for("exercises.edit", exercise_id=saved.id))


@pages.post("/exercises/<exercise_id>/state")
def state(exercise_id: str) -> Response:
    user = guards.role(Role.TRAINER)
    saved = exercises.set_state(guards.kit(), user, exercise_id, request.form.get("state", ""))
    shown = saved.state == "visible"
    flash(
        _("Bài “%(title)s” đã hiện cho học viên.", title=saved.title)
        if shown
        else _("Bài “%(title)s” đã ẩn với học viên. Các lần làm cũ vẫn giữ nguyên.", title=saved.title)
    )
    return redirect(url_for("exercises.listing"))


@pages.get("/hand-ins")
def hand_ins() -> str:
    user = guards.role(Role.TRAINER)
    kit = guards.kit()
    return render_template(
        "exercises/hand_ins.html",
        shown=rubric.handed_in(kit, user, start(request.args)),
        titles={exercise.id: exercise.title for exercise in exercises.visible(kit, user)},
        learners=[one for one in accounts.list_users(kit) if one.active and one.role is Role.LEARNER],
    )


@pages.post("/hand-ins/deal")
def deal() -> Response:
    user = guards.role(Role.TRAINER)
    given = rubric.deal(guards.kit(), user)
    flash(
        counted("Đã giao %(n)s bài cho học viên khác chấm.", given)
        if given
        else _("Bài nào cũng đã có người chấm chéo, hoặc chưa có học viên khác.")
    )
    return redirect(url_for("exercises.hand_ins"), 303)


@pages.post("/hand-ins/<int:hand_in_id>/peers")
def give(hand_in_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    rubric.give(guards.kit(), user, hand_in_id, request.form.get("peer", 0, type=int))
    return redirect(url_for("exercises.hand_ins", start=start(request.form) or None), 303)


@pages.get("/attempts")
def attempts() -> str:
    user = guards.role(Role.TRAINER)
    kit = guards.kit()
    chosen = request.args.get("exercise") or None
    known = {exercise.id: exercise for exercise in exercises.visible(kit, user)}
    shown = practice.of_learners(kit, user, chosen, start(request.args))
    return render_template(
        "exercises/attempts.html",
        shown=shown,
        judged=passing.judged(kit, known, [attempt for attempt, _of in shown]),
        exercises=known,
        chosen=chosen,
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _editor(
    exercise_id: str,
    text: str,
    problems: Sequence[Problem],
    *,
    opened: str,
    new: bool = False,
    refused: str = "",
    stored: str = "",
) -> str:
    """The editor with a text in it, ``opened`` what it was begun from; ``stored`` is what lies there by now instead."""
    return render_template(
        "exercises/edit.html",
        exercise_id=exercise_id,
        text=text,
        problems=problems,
        told=told,
        opened=opened,
        new=new,
        refused=refused,
        stored=stored,
        groups=GROUPS,
        known=GUIDE,
    )
