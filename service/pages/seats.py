"""A learner's side of a class: joining, leaving, calling the trainer, voting, and the strip that says where one is."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service import seats
from service.classes import voting
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.pages import guards, home, strips
from service.pages.errors import sentence
from service.records import User

pages = Blueprint("seats", __name__, url_prefix="/classes")


@pages.post("/join")
def join() -> Response | tuple[str, int]:
    user, kit, form = guards.signed_in(), guards.kit(), request.form
    try:
        seats.join(kit, user, form.get("code", ""), form.get("seat", ""))
    except BadInput as refused:
        return home.front(user, refused=sentence(refused), typed=form.to_dict()), refused.status
    return redirect(url_for("home.today"), 303)


@pages.post("/leave")
def leave() -> Response:
    seats.leave(guards.kit(), guards.signed_in())
    return redirect(url_for("home.today"), 303)


@pages.post("/call")
def call() -> Response | str:
    user, kit = guards.signed_in(), guards.kit()
    seats.call(kit, user, request.form.get("on") == "1")
    if request.headers.get("HX-Request"):
        return _strip(kit, user)
    return redirect(guards.safe_next(request.form.get("next")), 303)


@pages.get("/vote")
def ballot() -> str:
    return _ballot(guards.kit(), guards.signed_in())


@pages.post("/vote")
def cast() -> Response | tuple[str, int]:
    user, kit, form = guards.signed_in(), guards.kit(), request.form
    try:
        voting.cast(kit, user, form.get("vote", 0, type=int), form.get("choice", ""))
    except BadInput as refused:
        return _ballot(kit, user, sentence(refused)), refused.status
    return redirect(url_for(".ballot"), 303)


@pages.get("/now")
def now() -> str:
    """The strip alone, asked for every ten seconds while a class is open."""
    return _strip(guards.kit(), guards.signed_in())


def _ballot(kit: Kit, user: User, refused: str = "") -> str:
    sitting, mine = seats.mine(kit, user), voting.ballot(kit, user)
    if sitting is None or mine is None:
        raise NotFound("Lớp của anh/chị không có bình chọn nào lúc này.")
    return render_template("seats/ballot.html", sitting=sitting, ballot=mine, sides=strips.sides(mine), refused=refused)


def _strip(kit: Kit, user: User) -> str:
    here, by_hand = request.values.get("here", ""), request.values.get("by_hand") == "1"
    return render_template("seats/_strip.html", **strips.strip(kit, user, here, by_hand=by_hand))
