"""Handing in, and the sheets on which a hand-in is marked: by its author, a peer, a trainer; then the model answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import accounts, exercises, feedback, handin, practice, rubric, verify
from service.errors import BadInput
from service.kit import Kit
from service.pages import desk as desk_of, guards, marking
from service.pages.errors import sentence
from service.records import Attempt, Detail, Exercise, HandIn, Marking, Rater, Role, Rubric, User

pages = Blueprint("handin", __name__)


@dataclass(frozen=True)
class Sheet:
    """A filled-in marking sheet as it is shown: who filled it in (in words), and the points it gives."""

    marking: Marking
    who: str
    got: float
    most: float


@pages.get("/hand-ins")
def listing() -> str:
    """What one has handed in, and what one was given to mark."""
    user, kit = guards.signed_in(), guards.kit()
    mine, given = handin.mine(kit, user), rubric.to_mark(kit, user)
    titles = {one.id: one.title for one in exercises.visible(kit, user)}
    marked = {one.id: rubric.marked(kit, one.id) for one in mine}
    return render_template("handin/listing.html", mine=mine, given=given, titles=titles, marked=marked)


@pages.post("/attempts/<int:attempt_id>/ticks")
def tick(attempt_id: int) -> str | Response:
    """Note a detail as checked; answers with the list as it stands now."""
    user, kit = guards.signed_in(), guards.kit()
    verify.tick(kit, user, attempt_id, request.form.get("key", ""), request.form.get("verdict", ""))
    if "HX-Request" not in request.headers:
        return redirect(url_for("practice.attempt", attempt_id=attempt_id), 303)
    shown = practice.get(kit, user, attempt_id, write=True)
    return render_template("handin/_details.html", attempt=shown, own=True, **to_check(kit, shown))


@pages.post("/attempts/<int:attempt_id>/hand-in")
def hand_in(attempt_id: int) -> Response:
    made = handin.of_attempt(guards.kit(), guards.signed_in(), attempt_id)
    return _handed_in(made)


@pages.post("/drafts/<int:draft_id>/hand-in")
def hand_in_draft(draft_id: int) -> Response:
    made = handin.of_draft(guards.kit(), guards.signed_in(), draft_id)
    return _handed_in(made)


@pages.get("/hand-ins/<int:hand_in_id>")
def sheet(hand_in_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    found, part = rubric.part_of(kit, user, hand_in_id)
    return _page(kit, user, found, part)


@pages.post("/hand-ins/<int:hand_in_id>/marks")
def mark(hand_in_id: int) -> Response | tuple[str, int]:
    user, kit = guards.signed_in(), guards.kit()
    found, part = rubric.part_of(kit, user, hand_in_id)
    levels = _named("level-")
    reasons, note = _named("reason-"), request.form.get("note", "")
    try:
        rubric.mark(kit, user, hand_in_id, levels, reasons, note)
    except BadInput as refused:
        typed = {"levels": levels, "reasons": reasons, "note": note}
        return _page(kit, user, found, part, typed=typed, refused=sentence(refused)), refused.status
    flash(_("Đã lưu phiếu chấm."))
    return redirect(url_for(".sheet", hand_in_id=hand_in_id), 303)


def to_check(kit: Kit, attempt: Attempt) -> dict[str, Any]:
    """What the list of details to check needs; nothing to check for an answer that is not graded yet."""
    kind = exercises.for_attempt(kit, attempt).kind
    details: tuple[Detail, ...] = verify.details(kit, attempt) if attempt.graded_at else ()
    return {
        "to_check": details,
        "unchecked": sum(not one.ticked for one in details),
        "may_hand_in": handin.may_be_handed_in(attempt, kind),
        "handed_in": handin.for_attempt(kit, attempt.id) if attempt.handed_in else None,
    }


def _handed_in(made: HandIn) -> Response:
    flash(_("Đã nộp bài. Anh/chị tự chấm theo phiếu dưới đây."))
    return redirect(url_for("handin.sheet", hand_in_id=made.id), 303)


def _named(prefix: str) -> dict[str, str]:
    form = request.form
    return {name.removeprefix(prefix): form[name] for name in form if name.startswith(prefix)}


def _page(
    kit: Kit,
    user: User,
    found: HandIn,
    part: Rater,
    *,
    typed: Mapping[str, Any] | None = None,
    refused: str = "",
) -> str:
    attempt = practice.load(kit, found.attempt_id)
    exercise = exercises.for_attempt(kit, attempt)
    used = rubric.of(kit, exercise)
    people = {one.id: one for one in accounts.list_users(kit)}
    every = rubric.marked(kit, found.id)
    own = next((one for one in every if one.rater_id == user.id), None)
    # A peer marks without the others' marks before the eyes, and is not told whose work it is.
    others = () if part is Rater.PEER else tuple(one for one in every if one.rater_id != user.id)
    filled = typed or ({"levels": own.levels, "reasons": own.reasons, "note": own.note} if own else None)
    return render_template(
        "handin/sheet.html",
        found=found,
        part=part.value,
        attempt=attempt,
        exercise=exercise,
        prose=marking.prose(exercise.task),
        text=marking.mark(found.text),
        details=verify.details(kit, attempt),
        owner=None if part is Rater.PEER else people[found.user_id],
        rubric=used,
        own=_sheet(kit, used, own, part, people) if own else None,
        filled=filled or {"levels": {}, "reasons": {}, "note": ""},
        refused=refused,
        others=[_sheet(kit, used, one, part, people) for one in others],
        changed=len(rubric.history(kit, user, found.id)) - len(every) if user.is_any(Role.TRAINER) else 0,
        **_machine(kit, found, part),
        **_model_answer(kit, exercise, attempt, part),
    )


def _sheet(kit: Kit, used: Rubric, one: Marking, part: Rater, people: Mapping[int, User]) -> Sheet:
    got, most = rubric.total(used, one)
    rater = people[one.rater_id]
    name = rater.told_apart if part is Rater.TRAINER else rater.display_name
    if one.role is Rater.SELF:
        who = _("Người làm tự chấm")
    elif one.role is Rater.TRAINER:
        who = _("Giảng viên %(name)s chấm", name=name)
    else:
        who = _("Một học viên khác chấm") if part is not Rater.TRAINER else _("Học viên %(name)s chấm chéo", name=name)
    return Sheet(one, who, got, most)


def _machine(kit: Kit, found: HandIn, part: Rater) -> dict[str, Any]:
    """The automatic score, beside the marks and apart from them; a peer judges without it.

    It is that of the text shown beside it; ``written`` is that of the machine's text, where a draft mended it.
    """
    if part is Rater.PEER:
        return {"tally": desk_of.tally(()), "written": None}
    written = desk_of.tally(feedback.results(kit, found.attempt_id)) if found.draft_id else None
    return {"tally": desk_of.tally(handin.results(kit, found)), "written": written}


def _model_answer(kit: Kit, exercise: Exercise, attempt: Attempt, part: Rater) -> dict[str, Any]:
    """The model answer with the difference of the prompts: a trainer always sees it, the author once it is open."""
    if part is Rater.PEER:
        return {"model_answer": "", "prompt_diff": "", "model_answer_notes": "", "answer_later": False}
    owner = next(one for one in accounts.list_users(kit) if one.id == attempt.user_id)
    past = practice.history(kit, owner, exercise.id)
    shown = desk_of.revealed(kit, exercise, past, attempt.prompt, always=part is Rater.TRAINER)
    later = bool(exercise.model_answer) and not shown["model_answer"]
    keys = ("model_answer", "model_answer_notes", "prompt_diff")
    return {key: shown[key] for key in keys} | {"answer_later": later}
