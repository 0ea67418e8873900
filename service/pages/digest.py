"""What rules read out of documents: tasks with their deadlines, dates, legal bases; two versions clause by clause."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from service import ask, digest, library
from service.errors import BadInput
from service.pages import guards, marking
from service.pages.errors import sentence
from service.records import ClauseChange, Document

pages = Blueprint("digest", __name__)


@pages.get("/digest")
def desk() -> str:
    """The tables of the documents of ``?document=``; without any, the choice."""
    user, kit = guards.signed_in(), guards.kit()
    found = ask.documents(kit, user)
    chosen = [library.get(kit, user, one) for one in dict.fromkeys(request.args.getlist("document", type=int))]
    bare = "make" in request.args and not chosen
    return render_template(
        "digest/desk.html",
        refused=_("Chưa chọn tài liệu nào. Anh/chị chọn ít nhất một tài liệu rồi lập bảng.") if bare else "",
        mine=[one for one in found if one.owner_id is not None],
        samples=[one for one in found if one.owner_id is None],
        chosen=[one.id for one in chosen],
        digests=[digest.of(kit, user, one) for one in chosen],
    )


@pages.get("/digest/versions")
def versions() -> str:
    """Two versions side by side: ``?old=`` and ``?new=``; without them, the choice."""
    user, kit = guards.signed_in(), guards.kit()
    found = ask.documents(kit, user)
    old, new = (_wanted(name) for name in ("old", "new"))
    refused = ""
    changes: tuple[ClauseChange, ...] = ()
    if old and new:
        try:
            changes = digest.compared(kit, user, old.id, new.id)
        except BadInput as error:
            refused = sentence(error)
    elif "old" in request.args or "new" in request.args:
        refused = _("Anh/chị chọn cả bản cũ và bản mới rồi so.")
    return render_template(
        "digest/versions.html",
        refused=refused,
        mine=[one for one in found if one.owner_id is not None],
        samples=[one for one in found if one.owner_id is None],
        old=old,
        new=new,
        rows=[(one, marking.mark_diff(one.runs)) for one in changes],
        strangers=digest.strangers(changes),
        tally={kind: sum(one.kind == kind for one in changes) for kind in ("changed", "added", "removed", "same")},
    )


def _wanted(name: str) -> Document | None:
    number = request.args.get(name, type=int)
    return library.get(guards.kit(), guards.signed_in(), number) if number else None
