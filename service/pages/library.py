"""The shelf of documents: upload, watch them being read, read them, take them away or remove them."""

from __future__ import annotations

import re

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from service import library
from service.errors import BadInput
from service.pages import guards
from service.pages.errors import sentence
from service.pages.filters import counted
from service.records import DocumentStatus, User

pages = Blueprint("library", __name__)

SLOWEST = 16
"""A row that is still being read asks again after 1 s; from this question on every 5 s."""

_PASSAGE = re.compile(r"(\d{1,6})-(\d{1,6})")


@pages.get("/documents")
def shelf() -> str:
    return _shelf(guards.signed_in())


@pages.post("/documents")
def upload() -> str | AnyResponse | tuple[str, int]:
    """Take in one file or several; each that cannot be used, or was there before, is told by name."""
    user, kit = guards.signed_in(), guards.kit()
    files = [file for file in request.files.getlist("file") if file.filename]
    refused: list[tuple[str, str]] = []
    there = {document.id for document in library.shelf(kit, user)}
    fresh, known, status = 0, list[str](), 400
    if not files:
        refused.append(("", sentence(BadInput("Chưa có tệp nào được chọn."))))
    for file in files:
        try:
            taken = library.accept(kit, user, file.filename or "", file.read())
        except BadInput as error:
            refused.append((file.filename or "", sentence(error)))
            status = error.status
            continue
        if taken.id in there:
            name = library.display_name(file.filename or "")
            known.append(
                gettext("“%(name)s” đã có sẵn, tên trong danh sách là “%(title)s”.", name=name, title=taken.title)
            )
        else:
            there.add(taken.id)
            fresh += 1
    told = [counted("Đã nhận %(n)s tệp. Máy đang đọc.", fresh)] if fresh else []
    if refused:
        return _shelf(user, refused, [*told, *known]), status
    flash(" ".join((*told, *known)))
    return redirect(url_for("library.shelf"), 303)


@pages.get("/documents/<int:document_id>")
def document(document_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    found = library.get(kit, user, document_id)
    blocks = library.blocks(kit, document_id) if found.status is DocumentStatus.READY else ()
    wanted = _PASSAGE.fullmatch(request.args.get("passage", ""))
    shown = (int(wanted[1]), int(wanted[2])) if wanted else None
    return render_template("library/document.html", document=found, blocks=blocks, shown=shown)


@pages.get("/documents/<int:document_id>/pages/<int:page>.png")
def picture(document_id: int, page: int) -> AnyResponse:
    """A page of a PDF as it looks, where the extra that draws is installed."""
    return Response(library.picture(guards.kit(), guards.signed_in(), document_id, page), mimetype="image/png")


@pages.get("/documents/<int:document_id>/status")
def status(document_id: int) -> Response:
    """For the row of a document being read: the whole row once something has changed, else only the next question."""
    user = guards.signed_in()
    found = library.get(guards.kit(), user, document_id)
    if request.args.get("seen") == found.status.value:
        asked = request.args.get("n", 0, type=int)
        return make_response(render_template("library/_poll.html", document=found, n=min(asked + 1, SLOWEST)))
    answer = make_response(render_template("library/_row.html", document=found, mine=found.owner_id == user.id))
    answer.headers["HX-Retarget"] = f"#tai-lieu-{found.id}"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


@pages.get("/documents/<int:document_id>/file")
def file(document_id: int) -> AnyResponse:
    """The very bytes that were sent in, always as a download: a browser never opens them here."""
    kit = guards.kit()
    found = library.get(kit, guards.signed_in(), document_id)
    return send_file(
        library.path(kit, found), mimetype="application/octet-stream", as_attachment=True, download_name=found.filename
    )


@pages.post("/documents/<int:document_id>/retry")
def retry(document_id: int) -> AnyResponse:
    library.retry(guards.kit(), guards.signed_in(), document_id)
    return redirect(url_for("library.shelf"), 303)


@pages.post("/documents/<int:document_id>/remove")
def remove(document_id: int) -> AnyResponse:
    user, kit = guards.signed_in(), guards.kit()
    title = library.get(kit, user, document_id).title
    library.remove(kit, user, document_id)
    flash(gettext("Đã gỡ “%(title)s”.", title=title))
    return redirect(url_for("library.shelf"), 303)


def _shelf(user: User, refused: list[tuple[str, str]] | None = None, taken: list[str] | None = None) -> str:
    kit = guards.kit()
    return render_template(
        "library/shelf.html",
        mine=library.shelf(kit, user),
        samples=library.samples(kit),
        refused=refused or [],
        taken=taken or [],
        limit_mb=kit.settings.upload_mb,
        limit_pages=kit.settings.upload_pages,
    )
