"""«Nhật ký»: who opened whose work, and what was done to accounts. For administrators."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from service import audit
from service.pages import guards
from service.pages.stretches import start
from service.records import Role

pages = Blueprint("audit", __name__, url_prefix="/manage/users/audit")


@pages.get("")
def listing() -> str:
    guards.role(Role.ADMIN)
    return render_template("audit/listing.html", shown=audit.listed(guards.kit(), start(request.args)))
