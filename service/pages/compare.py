"""The evaluator's pages: open a blind comparison, vote pair by pair, read the count, take the votes away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from service import compare, exercises, ranking
from service.compare import choosing, counting
from service.errors import BadInput
from service.pages import guards, marking, ranking as drawing
from service.pages.errors import sentence
from service.pages.stretches import start
from service.records import Choice, Comparison, Contestant, Role, Showing, Stretch, User, Vote, Winner

pages = Blueprint("compare", __name__, url_prefix="/votes")


@pages.get("")
def listing() -> str:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    return render_template("compare/listing.html", comparisons=compare.listing(guards.kit(), user))


@pages.get("/ranking")
def newest() -> str | Response:
    """The newest ranking that the person may see."""
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    if (found := compare.newest_told(guards.kit(), user)) is not None:
        return _results(user, found.id)
    flash(_("Chưa có phép so nào để xếp nhóm. Anh/chị chấm hết các cặp của một phép so thì kết quả hiện ra."))
    return redirect(url_for("compare.listing"), 303)


@pages.get("/new")
def new() -> str:
    return _new(guards.role(Role.EVALUATOR, Role.TRAINER), request.args)


@pages.post("/new")
def narrow() -> Response:
    """Show other answers to choose from; what is ticked and written stays."""
    guards.role(Role.EVALUATOR, Role.TRAINER)
    form = request.form
    kept: dict[str, Any] = {name: form.get(name) or None for name in ("exercise", "person", "start", "title")}
    return redirect(url_for("compare.new", **kept, attempt=form.getlist("attempt", type=int)), 303)


@pages.post("")
def create() -> Response | tuple[str, int]:
    user, form = guards.role(Role.EVALUATOR, Role.TRAINER), request.form
    try:
        made = compare.from_attempts(guards.kit(), user, form.get("title", ""), form.getlist("attempt", type=int))
    except BadInput as error:
        return _new(user, form, refused=sentence(error)), error.status
    return redirect(url_for("compare.vote", comparison_id=made.id))


@pages.get("/<int:comparison_id>")
def vote(comparison_id: int) -> str | Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    kit = guards.kit()
    if not compare.blind(kit, user, comparison_id):
        return redirect(url_for("compare.results", comparison_id=comparison_id))
    again = request.args.get("pair", type=int)
    showing = compare.showing(kit, user, again) if again else compare.next_showing(kit, user, comparison_id)
    if showing is None:  # the last vote came from another window just now
        return redirect(url_for("compare.results", comparison_id=comparison_id))
    given = next((item for item in _cast_by(user, comparison_id) if item.showing_id == showing.id), None)
    filled = {"winner": given.winner, "reasons": given.reasons, "note": given.note} if given else {}
    return _ballot(user, comparison_id, showing, filled)


@pages.post("/<int:comparison_id>")
def cast(comparison_id: int) -> Response | tuple[str, int]:
    user, kit, form = guards.role(Role.EVALUATOR, Role.TRAINER), guards.kit(), request.form
    showing = compare.showing(kit, user, form.get("showing", 0, type=int))
    winner, reasons, note = form.get("winner"), form.getlist("reason"), form.get("note", "")
    try:
        if winner not in tuple(Winner):
            raise BadInput("Anh/chị chưa chọn bản nào. Phiếu chưa được ghi.")
        compare.vote(kit, user, showing.id, Winner(winner), reasons, note, form.get("seconds", 0.0, type=float))
    except BadInput as error:
        filled = {"winner": winner, "reasons": reasons, "note": note}
        if compare.blind(kit, user, comparison_id):
            return _ballot(user, comparison_id, showing, filled, sentence(error)), error.status
        return _results(user, comparison_id, sentence(error)), error.status
    return redirect(url_for("compare.vote", comparison_id=comparison_id))


@pages.get("/<int:comparison_id>/results")
def results(comparison_id: int) -> str:
    return _results(guards.role(Role.EVALUATOR, Role.TRAINER), comparison_id)


@pages.post("/<int:comparison_id>/close")
def close(comparison_id: int) -> Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    compare.close(guards.kit(), user, comparison_id)
    flash(_("Đã khóa phiếu. Từ nay không ai bình chọn thêm được."))
    return redirect(url_for("compare.results", comparison_id=comparison_id))


@pages.get("/<int:comparison_id>/export.csv")
def export_csv(comparison_id: int) -> Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    return _file(compare.export_csv(guards.kit(), user, comparison_id), "text/csv", f"phieu-{comparison_id}.csv")


@pages.get("/<int:comparison_id>/export.jsonl")
def export_arena(comparison_id: int) -> Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    lines = compare.export_arena(guards.kit(), user, comparison_id)
    return _file(lines, "application/x-ndjson", f"phieu-{comparison_id}.jsonl")


def _new(user: User, filled: MultiDict[str, str], refused: str = "") -> str:
    """The form of a new comparison, as it was filled in; what is ticked and not among those shown stands above them."""
    kit, exercise, person = guards.kit(), filled.get("exercise") or None, filled.get("person", 0, type=int)
    ticked = filled.getlist("attempt", type=int)
    shown = choosing.offered(kit, user, exercise, person, start(filled)) if exercise else None
    return render_template(
        "compare/new.html",
        exercises=exercises.visible(kit, user),
        chosen=exercise,
        shown=shown,
        beside=choosing.chosen(kit, user, exercise, set(ticked) - _ids(shown)) if exercise and shown else (),
        people=choosing.people(kit, user, exercise) if exercise else (),
        person=person,
        ticked=ticked,
        title=filled.get("title", ""),
        refused=refused,
    )


def _ids(shown: Stretch[Choice]) -> set[int]:
    return {one.attempt.id for one in shown}


def _ballot(user: User, comparison_id: int, showing: Showing, filled: Mapping[str, Any], refused: str = "") -> str:
    """A pair to judge, with what was chosen before: winner, reasons, note."""
    comparison, cast = compare.get(guards.kit(), user, comparison_id), _cast_by(user, comparison_id)
    voted = {item.showing_id for item in cast}
    return render_template(
        "compare/vote.html",
        comparison=comparison,
        task=marking.prose(comparison.task),
        showing=showing,
        sides=[marking.mark(side.answer) for side in (showing.left, showing.right)],
        filled=filled,
        last=max(cast, key=lambda item: item.id, default=None),
        final=len(voted | {showing.id}) == showing.of and showing.id not in voted,
        choices=compare.CHOICES,
        reasons=compare.REASONS,
        refused=refused,
    )


def _cast_by(user: User, comparison_id: int) -> list[Vote]:
    return [item for item in compare.cast(guards.kit(), user, comparison_id) if item.user_id == user.id]


def _results(user: User, comparison_id: int, refused: str = "") -> str:
    kit = guards.kit()
    comparison, cast = compare.get(kit, user, comparison_id), compare.cast(kit, user, comparison_id)
    blind, once = compare.blind(kit, user, comparison_id), [item for item in cast if not item.again]
    return render_template(
        "compare/results.html",
        comparison=comparison,
        blind=blind,
        may_close=comparison.open and compare.may_close(user, comparison),
        half_way=compare.half_way(kit, user, comparison_id),
        cast=len(once),
        judges=len({item.user_id for item in once}),
        until=max((item.at for item in once), default=None),
        refused=refused,
        **({} if blind else _counted(user, comparison)),
    )


def _counted(user: User, comparison: Comparison) -> dict[str, Any]:
    """What the votes say, for who may know: the drawing, the figures of the judges, the table."""
    kit = guards.kit()
    found, panel = counting.ranked(kit, user, comparison.id), counting.panel(kit, user, comparison.id)
    makers = compare.makers(kit, user, comparison.id)
    standings = {one.contestant.id: one for one in compare.standings(kit, user, comparison.id)}
    lacking, judges = counting.missing(comparison, found)
    names = {item.id: _named(item, makers) for item in comparison.contestants}
    return {
        "ranking": found,
        "plot": drawing.plot(found, names),
        "figures": drawing.figures(panel),
        "opener": panel.opener,
        "places": [(one, standings[one.id]) for one in found.rows],
        "unranked": [(names[one.id], one.votes) for one in found.rows if one.tier is None],
        "lacking": lacking,
        "lacking_judges": judges,
        "least": ranking.LEAST,
        "few": found.judges < ranking.FEW,
        "waiting": counting.waiting(kit, user, comparison.id),
        "makers": makers,
        "enough": compare.ENOUGH,
    }


def _named(item: Contestant, makers: Mapping[int, tuple[str, int]]) -> str:
    """A contestant by its label, and once the comparison is closed by whose it is."""
    if (maker := makers.get(item.attempt_id or 0)) is None:
        return item.label
    whose = _("%(name)s, lần %(n)s", name=maker[0], n=maker[1])
    return f"{item.label} – {whose}"


def _file(text: str, kind: str, name: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
