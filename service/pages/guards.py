"""Who is asking. The first line of every view names who may see it; nothing is served on trust.

    user = guards.signed_in()
    user = guards.role(Role.TRAINER)

Whose object it is, the feature functions check themselves. ``SignInNeeded`` becomes a walk to /login and back.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, session

from service import accounts
from service.errors import NotAllowed, SignInNeeded
from service.kit import Kit
from service.records import Role, User


def kit() -> Kit:
    """The kit of the running app."""
    return cast(Kit, current_app.extensions["kit"])


def current_user() -> User | None:
    """The person of this request, looked up once; None for a stranger."""
    if "user" not in g:
        token = session.get("token")
        g.user = accounts.user_of(kit(), token) if isinstance(token, str) else None
    return cast("User | None", g.user)


def signed_in() -> User:
    """The person of this request; a stranger is sent to the door."""
    user = current_user()
    if user is None:
        raise SignInNeeded
    return user


def role(*roles: Role) -> User:
    """The person of this request, who must have one of the roles (an administrator always has)."""
    user = signed_in()
    if not user.is_any(*roles):
        raise NotAllowed
    return user


def safe_next(target: str | None) -> str:
    """Where to go after signing in: a path of this site, else the first page.

    "//host", "/\\host" and control characters are what browsers turn into another site.
    """
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return "/"
    if any(ord(sign) < 32 for sign in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc or parts.path in ("/login", "/logout") else target
