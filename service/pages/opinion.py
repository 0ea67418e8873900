"""The model's second opinion beside the feedback of the rules: asked for by a click, shown as it comes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service import exercises, feedback, opinion, practice
from service.kit import Kit
from service.pages import guards
from service.records import Attempt

pages = Blueprint("opinion", __name__)


@pages.post("/attempts/<int:attempt_id>/opinion")
def ask(attempt_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    opinion.ask(kit, user, attempt_id)
    return redirect(url_for("practice.attempt", attempt_id=attempt_id), 303)


@pages.get("/attempts/<int:attempt_id>/opinion")
def shown(attempt_id: int) -> Response:
    """The opinions as far as they have come; 204 while there are no more than the page shows (``?seen=``)."""
    user, kit = guards.signed_in(), guards.kit()
    attempt = practice.get(kit, user, attempt_id)
    there = told(kit, attempt)
    if there["opinions_seen"] == request.args.get("seen", type=int):
        return make_response("", 204)
    return make_response(render_template("opinion/_opinion.html", own=attempt.user_id == user.id, **there))


def told(kit: Kit, attempt: Attempt) -> dict[str, Any]:
    """What the part of the page about the second opinion needs."""
    given = opinion.of_attempt(kit, attempt.id)
    exercise = exercises.for_attempt(kit, attempt)
    return {
        "attempt": attempt,
        "opinions": given,
        "opinions_open": any(one.at is None for one in given),
        "opinions_seen": sum(one.at is not None for one in given),
        "opinion_counts": feedback.counts_opinions(exercise, attempt.input),
        "may_ask_opinion": opinion.may_be_asked(kit, attempt),
    }
