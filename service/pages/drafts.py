"""The bench: drafts as sheets of A4, edited part by part, verified detail by detail, taken home as .docx."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import drafts, handin, practice
from service.errors import BadInput
from service.kit import Kit
from service.nd30.body import Paragraph, paragraphs
from service.nd30.drafting import appendix_head, list_lines, signed_for, text_of
from service.nd30.kinds import BY_ID, KINDS, Addressee, Kind, Signing
from service.pages import guards
from service.pages.desk import panel
from service.pages.filters import clock
from service.records import Draft, Finding, StoredDraft, Table, User

pages = Blueprint("drafts", __name__)

MARKED = 12
"""So many places of a finding are marked on the paper."""

UNHEARD = 2
"""So many texts that it never heard of again a page remembers: the first and the last."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/drafts")
def shelf() -> str:
    user, kit = guards.signed_in(), guards.kit()
    rows = [
        (
            one,
            drafts.name_of(one),
            sum(not detail.ticked for detail in found),
            drafts.left_open(found),
            BY_ID.get(one.draft.kind),
        )
        for one in drafts.shelf(kit, user)
        for found in (drafts.details(kit, one),)
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
    own, other = signed_for(stored.draft)
    return render_template(
        "drafts/paper.html",
        stored=stored,
        draft=stored.draft,
        name=drafts.name_of(stored),
        kind=kind,
        kinds=KINDS,
        kind_open=drafts.kind_open(kit, stored),
        titled=kind is not None and kind.has_title,
        addressed=bool(stored.draft.addressees) or (kind is not None and kind.addressee is not Addressee.NONE),
        minutes=kind is not None and kind.signing is Signing.MINUTES,
        parties=_two_sign(stored.draft),
        kept={"copy": drafts.parts_of(stored.draft)["copy"]},
        addressees=list_lines(stored.draft.addressees) if len(stored.draft.addressees) > 1 else stored.draft.addressees,
        recipients=list_lines(stored.draft.recipients),
        authority=own,
        counterpart=other,
        printed=signed_for(Draft(stored.draft.kind)),
        body=_content(stored.draft.body, kind),
        appendices=[
            (one.title, _content(one.body, None), appendix_head(stored.draft, n)[-1])
            for n, one in enumerate(stored.draft.appendices, 1)
        ],
        **_verification(kit, user, stored),
    )


@pages.post("/drafts/<int:draft_id>")
def save(draft_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("version"), int):
        raise BadInput(drafts.NO_DRAFT)
    unheard = sent.get("unheard", [])
    if not isinstance(unheard, list) or len(unheard) > UNHEARD:
        raise BadInput(drafts.NO_DRAFT)
    draft, *earlier = map(_sent, (sent.get("draft"), *unheard))
    return _saved(kit, user, drafts.save(kit, user, draft_id, sent["version"], draft, earlier))


@pages.post("/drafts/<int:draft_id>/form")
def form(draft_id: int) -> str:
    """What is said of the form while it is typed: the page sends the parts that differ from what is saved."""
    user, kit = guards.signed_in(), guards.kit()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise BadInput(drafts.NO_DRAFT)
    stored = drafts.typed(kit, user, draft_id, sent)
    return render_template("drafts/_form.html", form=_form(kit, stored), stored=stored)


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


@pages.post("/drafts/<int:draft_id>/docx")
def docx_unmasked(draft_id: int) -> Response:
    """The same with the words behind the masks, which the browser sends along and nobody keeps."""
    user, kit = guards.signed_in(), guards.kit()
    try:
        masks = json.loads(request.form.get("masks", "{}"))
    except (ValueError, RecursionError):
        masks = None
    data, name = drafts.export(kit, user, draft_id, masks if isinstance(masks, dict) else {"": ""})
    return send_file(BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=name)


def _sent(parts: object) -> Draft:
    if not isinstance(parts, dict):
        raise BadInput(drafts.NO_DRAFT)
    return drafts.draft_of(parts)


def _saved(kit: Kit, user: User, stored: StoredDraft) -> Response:
    """What the page needs after a saving: the new version, and everything that hangs on the text."""
    beside = render_template("drafts/_beside.html", stored=stored, **_verification(kit, user, stored))
    said = _("Đã lưu %(at)s", at=clock(stored.updated_at))
    attached = appendix_head(stored.draft, 1)[-1] if stored.draft.appendices else ""
    return jsonify({"version": stored.version, "saved": said, "beside": beside, "attached": attached})


def _verification(kit: Kit, user: User, stored: StoredDraft) -> dict[str, Any]:
    details = drafts.details(kit, stored)
    attempt = practice.get(kit, user, stored.attempt_id) if stored.attempt_id is not None else None
    return {
        "handed_in": handin.for_attempt(kit, attempt.id) if attempt and attempt.handed_in else None,
        "exercise_id": attempt.exercise_id if attempt else "",
        "details": sorted(details, key=lambda detail: detail.ticked),
        "to_tick": sum(not detail.ticked for detail in details),
        "verified": sum(detail.ticked and not detail.key.startswith(drafts.BLANK) for detail in details),
        "blanks": {detail.key for detail in details if detail.key.startswith(drafts.BLANK)},
        "passages": {passage.number: passage for passage in attempt.passages} if attempt else {},
        "form": _form(kit, stored),
    }


@dataclass(frozen=True)
class Told:
    """A finding beside the paper: the part it speaks of, the words there, and a key that stays while it stands."""

    finding: Finding
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same for the same fault, whatever else is typed."""
        return f"{self.finding.rule}:{self.finding.part}"


@dataclass(frozen=True)
class FormPanel:
    """The findings on the form: those laid open, those folded, and how many ask for a change."""

    open: tuple[Told, ...]
    folded: tuple[Told, ...]
    asked: int


def _form(kit: Kit, stored: StoredDraft) -> FormPanel:
    text, sorted_out = text_of(stored.draft), panel(drafts.findings(kit, stored))

    def told(finding: Finding) -> Told:
        return Told(finding, tuple(dict.fromkeys(text[span.start : span.end] for span in finding.spans[:MARKED])))

    return FormPanel(tuple(map(told, sorted_out.open)), tuple(map(told, sorted_out.folded)), sorted_out.asked)


def _content(body: Sequence[str | Table], kind: Kind | None) -> list[tuple[Paragraph | Table, bool]]:
    return [(item, isinstance(item, Table)) for item in paragraphs(body, kind)]


def _two_sign(draft: Draft) -> bool:
    """True where a second party has its place on the paper."""
    kind = BY_ID.get(draft.kind)
    return bool(draft.counterpart or draft.countersigner or (kind and kind.signing is Signing.PARTIES))
