"""The bench: drafts as sheets of A4, edited part by part, verified detail by detail, taken home as .docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import drafts, practice
from service.errors import BadInput
from service.kit import Kit
from service.nd30.body import paragraphs
from service.nd30.drafting import list_lines
from service.nd30.kinds import BY_ID, Addressee, Signing
from service.pages import guards
from service.pages.desk import panel
from service.pages.filters import clock
from service.records import StoredDraft, Table, User

pages = Blueprint("drafts", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/drafts")
def shelf() -> str:
    user, kit = guards.signed_in(), guards.kit()
    rows = [
        (one, sum(not detail.ticked for detail in drafts.details(kit, one)), BY_ID.get(one.draft.kind))
        for one in drafts.shelf(kit, user)
    ]
    return render_template("drafts/shelf.html", rows=rows)


@pages.post("/attempts/<int:attempt_id>/drafts")
def create(attempt_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    made = drafts.from_attempt(kit, user, attempt_id)
    return redirect(url_for(".paper", draft_id=made.id), 303)


@pages.get("/drafts/<int:draft_id>")
def paper(draft_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    stored = drafts.get(kit, user, draft_id)
    kind = BY_ID.get(stored.draft.kind)
    return render_template(
        "drafts/paper.html",
        stored=stored,
        draft=stored.draft,
        kind=kind,
        titled=kind is not None and kind.has_title,
        addressed=bool(stored.draft.addressees) or (kind is not None and kind.addressee is not Addressee.NONE),
        minutes=kind is not None and kind.signing is Signing.MINUTES,
        addressees=list_lines(stored.draft.addressees) if len(stored.draft.addressees) > 1 else stored.draft.addressees,
        recipients=list_lines(stored.draft.recipients),
        body=[(item, isinstance(item, Table)) for item in paragraphs(stored.draft.body, kind)],
        **_verification(kit, user, stored),
    )


@pages.post("/drafts/<int:draft_id>")
def save(draft_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    sent = request.get_json(silent=True)
    if (
        not isinstance(sent, dict)
        or not isinstance(sent.get("version"), int)
        or not isinstance(sent.get("draft"), dict)
    ):
        raise BadInput("Bản nháp gửi lên không đúng mẫu. Bản đã lưu trước đó vẫn còn nguyên.")
    return _saved(kit, user, drafts.save(kit, user, draft_id, sent["version"], drafts.draft_of(sent["draft"])))


@pages.post("/drafts/<int:draft_id>/ticks")
def tick(draft_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    key, on = request.form.get("key", ""), request.form.get("on") == "1"
    if key not in {detail.key for detail in drafts.details(kit, drafts.get(kit, user, draft_id))}:
        raise BadInput("Chi tiết này không còn trong bản nháp. Anh/chị tải lại trang để xem danh sách mới.")
    return _saved(kit, user, drafts.tick(kit, user, draft_id, key, on))


@pages.get("/drafts/<int:draft_id>/docx")
def docx(draft_id: int) -> Response:
    data, name = drafts.export(guards.kit(), guards.signed_in(), draft_id)
    return send_file(BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=name)


def _saved(kit: Kit, user: User, stored: StoredDraft) -> Response:
    """What the page needs after a saving: the new version, and everything that hangs on the text."""
    beside = render_template("drafts/_beside.html", stored=stored, **_verification(kit, user, stored))
    said = _("Đã lưu %(at)s", at=clock(stored.updated_at))
    return jsonify({"version": stored.version, "saved": said, "beside": beside})


def _verification(kit: Kit, user: User, stored: StoredDraft) -> dict[str, Any]:
    details = drafts.details(kit, stored)
    attempt = practice.get(kit, user, stored.attempt_id) if stored.attempt_id is not None else None
    return {
        "handed_in": attempt is not None and attempt.handed_in,
        "details": sorted(details, key=lambda detail: detail.ticked),
        "to_tick": sum(not detail.ticked for detail in details),
        "passages": {passage.number: passage for passage in attempt.passages} if attempt else {},
        "form": panel(drafts.findings(kit, stored)),
    }
