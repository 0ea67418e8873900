"""The evaluator's pages: open a blind comparison, vote pair by pair, read the count, take the votes away as a file."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import compare, exercises, practice
from service.errors import BadInput
from service.pages import guards, marking
from service.records import Role, Winner

pages = Blueprint("compare", __name__, url_prefix="/votes")


@pages.get("")
def listing() -> str:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    return render_template("compare/listing.html", comparisons=compare.listing(guards.kit(), user))


@pages.get("/new")
def new() -> str:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    kit = guards.kit()
    chosen = request.args.get("exercise") or None
    answered = [attempt for attempt, _of in practice.of_learners(kit, user, chosen) if attempt.answer and attempt.over]
    return render_template(
        "compare/new.html", exercises=exercises.visible(kit, user), chosen=chosen, attempts=answered if chosen else ()
    )


@pages.post("")
def create() -> Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    ids = request.form.getlist("attempt", type=int)
    made = compare.from_attempts(guards.kit(), user, request.form.get("title", ""), ids)
    return redirect(url_for("compare.vote", comparison_id=made.id))


@pages.get("/<int:comparison_id>")
def vote(comparison_id: int) -> str | Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    kit = guards.kit()
    comparison = compare.get(kit, user, comparison_id)
    again = request.args.get("pair", type=int)
    showing = compare.showing(kit, user, again) if again else compare.next_showing(kit, user, comparison_id)
    if showing is None:
        return redirect(url_for("compare.results", comparison_id=comparison_id))
    before = [item for item in compare.cast(kit, user, comparison_id) if item.user_id == user.id]
    given = next((item for item in before if item.showing_id == showing.id), None)
    last = max(before, key=lambda item: item.id, default=None)
    return render_template(
        "compare/vote.html",
        comparison=comparison,
        task=marking.prose(comparison.task),
        showing=showing,
        sides=[marking.mark(side.answer) for side in (showing.left, showing.right)],
        given=given,
        last=last,
        reasons=_reasons(),
    )


@pages.post("/<int:comparison_id>")
def cast(comparison_id: int) -> Response:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    form = request.form
    if form.get("winner") not in tuple(Winner):
        raise BadInput("Anh/chị chưa chọn bản nào. Phiếu chưa được ghi.")
    compare.vote(
        guards.kit(),
        user,
        form.get("showing", 0, type=int),
        Winner(form["winner"]),
        form.getlist("reason"),
        form.get("note", ""),
        form.get("seconds", 0.0, type=float),
    )
    return redirect(url_for("compare.vote", comparison_id=comparison_id))


@pages.get("/<int:comparison_id>/results")
def results(comparison_id: int) -> str:
    user = guards.role(Role.EVALUATOR, Role.TRAINER)
    kit = guards.kit()
    comparison = compare.get(kit, user, comparison_id)
    mine_open = compare.next_showing(kit, user, comparison_id) is not None
    return render_template(
        "compare/results.html",
        comparison=comparison,
        blind=mine_open,
        standings=() if mine_open else compare.standings(kit, user, comparison_id),
        cast=len(compare.cast(kit, user, comparison_id)),
        enough=compare.ENOUGH,
    )


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


def _reasons() -> dict[str, str]:
    said = (_("Đúng nguồn hơn"), _("Đủ việc và hạn"), _("Gọn hơn"), _("Đúng văn phong"), _("Không bịa thêm"))
    return dict(zip(compare.REASONS, said, strict=True))


def _file(text: str, kind: str, name: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
