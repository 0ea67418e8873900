"""Long documents summed up: choose, watch the parts being noted, stop and go on, read with the sources beside."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from service import ask, summarise
from service.errors import BadInput
from service.kit import Kit
from service.pages import ask as asking, guards, marking
from service.pages.errors import sentence
from service.records import Summary, User
from service.summarise import taken

pages = Blueprint("summarise", __name__)


@pages.get("/summaries")
def desk() -> str:
    """The empty form, with the documents of ``?document=`` already chosen, and the summaries made before."""
    return _desk(guards.signed_in(), chosen=request.args.getlist("document", type=int))


@pages.post("/summaries")
def begin() -> Response | tuple[str, int]:
    user, kit = guards.signed_in(), guards.kit()
    chosen = request.form.getlist("document", type=int)
    length = request.form.get("length", summarise.LENGTHS[1], type=int)
    reader = request.form.get("reader", "")
    try:
        begun = summarise.begin(kit, user, chosen, length, reader)
    except BadInput as refused:
        return _desk(user, chosen=chosen, length=length, reader=reader, refused=sentence(refused)), refused.status
    return redirect(url_for(".summary", summary_id=begun.id), 303)


@pages.get("/summaries/<int:summary_id>")
def summary(summary_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    shown = summarise.get(kit, user, summary_id)
    first = asking.first_cited(shown.text, shown.support, shown.passages)
    return render_template("summarise/summary.html", **_sheet(shown), **asking.beside(kit, user, *first))


@pages.get("/summaries/<int:summary_id>/progress")
def progress(summary_id: int) -> str:
    """The sheet alone, asked for every two seconds while parts are being noted."""
    shown = summarise.get(guards.kit(), guards.signed_in(), summary_id)
    return render_template("summarise/_sheet.html", **_sheet(shown))


@pages.post("/summaries/<int:summary_id>/stop")
def stop(summary_id: int) -> Response:
    summarise.stop(guards.kit(), guards.signed_in(), summary_id)
    return redirect(url_for(".summary", summary_id=summary_id), 303)


@pages.post("/summaries/<int:summary_id>/go-on")
def go_on(summary_id: int) -> Response:
    summarise.go_on(guards.kit(), guards.signed_in(), summary_id)
    return redirect(url_for(".summary", summary_id=summary_id), 303)


@pages.post("/summaries/<int:summary_id>/remove")
def remove(summary_id: int) -> Response:
    summarise.remove(guards.kit(), guards.signed_in(), summary_id)
    return redirect(url_for(".desk"), 303)


@pages.get("/summaries/<int:summary_id>/passages/<int:number>")
def passage(summary_id: int, number: int) -> str | Response:
    """Where a number of the summary leads to (``ask.opened``)."""
    user, kit = guards.signed_in(), guards.kit()
    shown = summarise.get(kit, user, summary_id)
    back = (url_for(".summary", summary_id=summary_id), shown.title)
    return asking.opened(kit, user, shown.passages, number, back=back)


@pages.get("/summaries/<int:summary_id>/file")
def file(summary_id: int) -> Response:
    """The summary as a Word file, its marks as footnotes."""
    data, name = taken.export(guards.kit(), guards.signed_in(), summary_id)
    return send_file(data, as_attachment=True, download_name=name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _desk(
    user: User,
    *,
    chosen: list[int],
    length: int = summarise.LENGTHS[1],
    reader: str = "",
    refused: str = "",
) -> str:
    kit: Kit = guards.kit()
    found = ask.documents(kit, user)
    return render_template(
        "summarise/desk.html",
        chosen=chosen,
        mine=[one for one in found if one.owner_id is not None],
        samples=[one for one in found if one.owner_id is None],
        lengths=sorted({*summarise.LENGTHS, length}),
        length=length,
        reader=reader,
        past=summarise.history(kit, user),
        refused=refused,
    )


def _sheet(shown: Summary) -> dict[str, Any]:
    traced = taken.traced(shown)
    links = asking.citations(shown.passages, ".passage", summary_id=shown.id)
    cited = {n for one in shown.support for n in one.passages}
    return {
        "summary": shown,
        "answer": marking.mark(traced.text, asking.traced_marks(traced), links),
        "links": links,
        "cited": cited,
        "sources": [one for one in shown.passages if one.number in cited],
        "copied": taken.as_text(shown),
        "noted": [part for part in shown.parts if part.items],
        "dropped": sum(part.dropped for part in shown.parts),
    }
