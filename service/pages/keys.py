"""The page of one's API keys: make one, see when each was last used, take one back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from service import api, keys
from service.errors import BadInput
from service.pages import guards
from service.pages.errors import sentence

pages = Blueprint("keys", __name__, url_prefix="/account/keys")


@pages.get("")
def listing() -> str:
    guards.role(*keys.HOLDERS)
    return _listing()


@pages.post("")
def create() -> str | tuple[str, int]:
    """Make a key; its secret is on this one answer only, and nowhere else."""
    user = guards.role(*keys.HOLDERS)
    label = request.form.get("label", "")
    try:
        key, secret = keys.create(guards.kit(), user, label)
    except BadInput as error:
        return _listing(wrong=sentence(error), label=label), error.status
    return _listing(fresh=key, secret=secret)


@pages.post("/<int:key_id>/revoke")
def revoke(key_id: int) -> AnyResponse:
    user = guards.role(*keys.HOLDERS)
    keys.revoke(guards.kit(), user, key_id)
    flash(gettext("Đã thu hồi khóa. Chương trình dùng khóa ấy không vào được nữa."))
    return redirect(url_for("keys.listing"), 303)


def _listing(**said: object) -> str:
    empty: dict[str, object] = {"wrong": "", "label": "", "fresh": None, "secret": ""}
    kit = guards.kit()
    found = {"keys": keys.mine(kit, guards.signed_in()), "models": api.models(kit), "address": request.host_url + "v1"}
    return render_template("keys/listing.html", **found, **{**empty, **said})
