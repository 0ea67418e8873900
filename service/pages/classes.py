"""Classes for trainers: the list, the view for the wall, who sits where, the wall's answers, the grade book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import classes, exercises, practice, ranking
from service.classes import grades, live, voting
from service.errors import BadInput
from service.kit import Kit
from service.pages import guards, marking, strips
from service.pages.errors import sentence
from service.pages.filters import counted
from service.prompts import WORKED_BY_HAND
from service.records import Exercise, Live, Role, SeatNow, User

pages = Blueprint("classes", __name__, url_prefix="/manage/classes")

SIDE_BY_SIDE = 3
"""So many tables of seats stand beside each other on the wall."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_SEAT: Mapping[str, Callable[[Kit, User, int, int], None]] = {"free": classes.free, "answered": classes.answer_call}
"""What a trainer does at one seat, by the last word of the address."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
"""Addresses that lead nowhere from another machine, so nobody is told to open them."""


@dataclass(frozen=True)
class Shown:
    """An answer as the trainer reads it before it is pinned, without whose it is."""

    seat: int
    attempt_id: int
    prompt: str
    answer: str
    note: str
    pinned: bool


@pages.get("")
def listing() -> str:
    user = guards.role(Role.TRAINER)
    return _listing(user)


@pages.post("")
def create() -> Response | tuple[str, int]:
    user, kit, form = guards.role(Role.TRAINER), guards.kit(), request.form
    try:
        made = classes.begin(kit, user, form.get("name", ""), form.get("seats", type=int), form.get("exercise", ""))
    except BadInput as refused:
        return _listing(user, refused=sentence(refused), typed=form.to_dict()), refused.status
    return _to(".wall", made.id)


# ── the wall ────────────────────────────────────────────────────────────────────────────────────


@pages.get("/<int:class_id>")
def wall(class_id: int) -> str:
    user, kit = guards.role(Role.TRAINER), guards.kit()
    seen = live.view(kit, user, class_id)
    return render_template("classes/wall.html", exercises=_offered(kit, user), **_wall(kit, seen))


@pages.get("/<int:class_id>/now")
def now(class_id: int) -> str:
    """What changes on the wall, asked for every few seconds."""
    user, kit = guards.role(Role.TRAINER), guards.kit()
    return render_template("classes/_now.html", **_wall(kit, live.view(kit, user, class_id)))


@pages.post("/<int:class_id>/exercise")
def choose(class_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    classes.choose(guards.kit(), user, class_id, request.form.get("exercise", ""))
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/pause")
def pause(class_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    classes.pause(guards.kit(), user, class_id, request.form.get("on") == "1")
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/queue/clear")
def clear_queue(class_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    taken = classes.clear_queue(guards.kit(), user, class_id)
    flash(
        counted("Đã rút %(n)s lượt đang chờ. Câu lệnh vẫn còn ở bàn của từng người, lượt này không tính.", taken)
        if taken
        else _("Không có lượt nào của lớp đang chờ.")
    )
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/queue/first")
def let_first(class_id: int) -> Response:
    user, number = guards.role(Role.TRAINER), request.form.get("seat", type=int)
    try:
        classes.let_first(guards.kit(), user, class_id, number)
        flash(_("Bàn %(seat)s lên trước.", seat=number))
    except BadInput as refused:
        flash(sentence(refused))
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/open")
def set_open(class_id: int) -> Response:
    user, is_open = guards.role(Role.TRAINER), request.form.get("on") == "1"
    found = classes.set_open(guards.kit(), user, class_id, is_open)
    said = _("Đã mở lại lớp “%(name)s”.") if is_open else _("Đã đóng lớp “%(name)s”. Sổ điểm vẫn còn.")
    flash(said % {"name": found.name})
    return _to(".wall", class_id) if is_open else redirect(url_for(".listing"), 303)


# ── who sits where ──────────────────────────────────────────────────────────────────────────────


@pages.get("/<int:class_id>/people")
def people(class_id: int) -> str:
    user, kit = guards.role(Role.TRAINER), guards.kit()
    return render_template(
        "classes/people.html",
        lesson=classes.get(kit, user, class_id),
        people=classes.people(kit, user, class_id),
    )


@pages.post("/<int:class_id>/seats/<int:number>/free", defaults={"deed": "free"})
@pages.post("/<int:class_id>/seats/<int:number>/answered", defaults={"deed": "answered"})
def at_seat(class_id: int, number: int, deed: str) -> Response:
    """A seat is given back, or the trainer has been at one that called."""
    user = guards.role(Role.TRAINER)
    AT_SEAT[deed](guards.kit(), user, class_id, number)
    return _to(".people", class_id)


# ── what is pinned ──────────────────────────────────────────────────────────────────────────────


@pages.get("/<int:class_id>/pins")
def pins(class_id: int) -> str:
    """The seats whose answer can be pinned, and the answer of the one chosen; reading it is noted."""
    user, kit = guards.role(Role.TRAINER), guards.kit()
    return _pins(kit, user, class_id, request.args.get("seat", type=int))


@pages.post("/<int:class_id>/pins")
def pin(class_id: int) -> Response | tuple[str, int]:
    user, kit, form = guards.role(Role.TRAINER), guards.kit(), request.form
    try:
        classes.pin(kit, user, class_id, form.get("attempt", 0, type=int), form.get("note", ""))
    except BadInput as refused:
        page = _pins(kit, user, class_id, form.get("seat", type=int), sentence(refused), form.get("note", ""))
        return page, refused.status
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/pins/<int:attempt_id>/remove")
def unpin(class_id: int, attempt_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    classes.unpin(guards.kit(), user, class_id, attempt_id)
    return _to(".pins", class_id)


# ── what the class votes on ─────────────────────────────────────────────────────────────────────


@pages.get("/<int:class_id>/vote")
def vote(class_id: int) -> str:
    """What is pinned, to choose from."""
    user, kit = guards.role(Role.TRAINER), guards.kit()
    return _vote(kit, user, class_id)


@pages.post("/<int:class_id>/vote")
def begin_vote(class_id: int) -> Response | tuple[str, int]:
    user, kit, ticked = guards.role(Role.TRAINER), guards.kit(), request.form.getlist("attempt", type=int)
    try:
        voting.begin(kit, user, class_id, ticked)
    except BadInput as refused:
        return _vote(kit, user, class_id, sentence(refused), ticked), refused.status
    return _to(".wall", class_id)


@pages.post("/<int:class_id>/vote/close")
def close_vote(class_id: int) -> Response:
    user = guards.role(Role.TRAINER)
    voting.close(guards.kit(), user, class_id)
    return _to(".wall", class_id)


# ── the grade book ──────────────────────────────────────────────────────────────────────────────


@pages.get("/<int:class_id>/grades")
def book(class_id: int) -> str:
    user, kit = guards.role(Role.TRAINER), guards.kit()
    order = request.args.get("order", "")
    order = order if order in grades.ORDERS else grades.ORDERS[0]
    return render_template(
        "classes/grades.html",
        lesson=classes.get(kit, user, class_id),
        titles=grades.titles(kit, user, class_id),
        lines=grades.book(kit, user, class_id, order),
        order=order,
    )


@pages.get("/<int:class_id>/grades.xlsx", defaults={"ending": "xlsx"})
@pages.get("/<int:class_id>/grades.csv", defaults={"ending": "csv"})
def file(class_id: int, ending: str) -> Response:
    user, kit = guards.role(Role.TRAINER), guards.kit()
    if ending == "xlsx":
        data, kind = grades.export_xlsx(kit, user, class_id), XLSX
    else:
        data, kind = grades.export_csv(kit, user, class_id).encode(), "text/csv"
    name = f"so-diem-lop-{class_id}.{ending}"
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _to(page: str, class_id: int) -> Response:
    return redirect(url_for(page, class_id=class_id), 303)


def _listing(user: User, *, refused: str = "", typed: Mapping[str, str] | None = None) -> str:
    kit = guards.kit()
    known = _offered(kit, user)
    return render_template(
        "classes/listing.html",
        classes=classes.listing(kit, user),
        exercises=known,
        titles={one.id: one.title for one in known},
        refused=refused,
        typed=typed or {},
        most=classes.MOST_SEATS,
    )


def _offered(kit: Kit, user: User) -> list[Exercise]:
    return [one for one in exercises.visible(kit, user) if one.state == "visible"]


def _wall(kit: Kit, seen: Live) -> dict[str, Any]:
    exercise = live.at_hand(kit, seen.lesson)
    host = request.host.rsplit(":", 1)[0]
    pins, notes = strips.beside(seen.pins, seen.vote)
    return {
        "seen": seen,
        "lesson": seen.lesson,
        "pins": pins,
        "notes": notes,
        "exercise": exercise,
        "by_hand": exercise is not None and exercise.kind in WORKED_BY_HAND,
        "tables": _side_by_side(seen.rows),
        "host": "" if host in LOOPBACK else request.host,
        "last_wait": _minutes(seen.last_wait),
        "taken": sum(one.taken for one in seen.rows),
        "least": ranking.LEAST,
    }


def _side_by_side(rows: tuple[SeatNow, ...]) -> list[tuple[SeatNow, ...]]:
    size = ceil(len(rows) / SIDE_BY_SIDE)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _minutes(seconds: float) -> str:
    """«1:40»."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _vote(kit: Kit, user: User, class_id: int, refused: str = "", ticked: Sequence[int] = ()) -> str:
    found = classes.get(kit, user, class_id)
    return render_template(
        "classes/vote.html",
        lesson=found,
        pinned=[(one, marking.mark(one.text)) for one in classes.wall(kit, found)],
        ticked=ticked,
        refused=refused,
    )


def _pins(kit: Kit, user: User, class_id: int, number: int | None, refused: str = "", note: str | None = None) -> str:
    seen = live.view(kit, user, class_id)
    chosen = next((one for one in seen.rows if one.number == number and one.answered), None)
    return render_template(
        "classes/pins.html",
        seen=seen,
        lesson=seen.lesson,
        answered=[one for one in seen.rows if one.answered],
        chosen=_shown(kit, user, seen, chosen, note) if chosen else None,
        pinned=[(one, marking.mark(one.text)) for one in seen.pins],
        refused=refused,
        longest=classes.LONGEST_NOTE,
    )


def _shown(kit: Kit, user: User, seen: Live, seat: SeatNow, note: str | None) -> Shown:
    attempt = practice.get(kit, user, seat.attempt_id or 0)
    there = next((one for one in seen.pins if one.attempt_id == attempt.id), None)
    return Shown(
        seat=seat.number,
        attempt_id=attempt.id,
        prompt=attempt.prompt,
        answer=marking.mark(attempt.answer),
        note=note if note is not None else there.note if there else "",
        pinned=there is not None,
    )
