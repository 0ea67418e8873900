"""Certificates: issued from the progress page, printed on A4 landscape, checked by anybody without signing in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service import certificates
from service.pages import guards

pages = Blueprint("certificates", __name__, url_prefix="/certificates")


@pages.get("")
def check() -> str:
    """Public: whoever holds a sheet may ask whether it is true. No code can be guessed, so there is nothing to list."""
    asked = request.args.get("code", "").strip()[:60]
    found = certificates.check(guards.kit(), asked) if asked else None
    return render_template("certificates/check.html", asked=asked, found=found)


@pages.post("")
def issue() -> Response:
    user, kit = guards.signed_in(), guards.kit()
    made = certificates.issue(kit, user, request.form.get("module", -1, type=int))
    return redirect(url_for(".sheet", certificate_id=made.id), 303)


@pages.get("/<int:certificate_id>")
def sheet(certificate_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    return render_template("certificates/sheet.html", certificate=certificates.get(kit, user, certificate_id))
