"""API keys: a program's way in, for the person who made it, until that person takes it back.

A key is random; the database holds only its SHA-256, as with sessions. It opens ``/v1`` and nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import Row, insert, select, update

from service import accounts, audit
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.records import ApiKey, Role, User
from service.store.db import now
from service.store.tables import api_keys, users
from service.text import nfc

PREFIX = "hv-"
"""How every key begins, so that one left in a file is recognised."""
HOLDERS = (Role.TRAINER, Role.EVALUATOR)
"""Who may make keys (an administrator always may): learners practise in the page."""
MOST = 20
"""Open keys of one person."""


def create(kit: Kit, user: User, label: str) -> tuple[ApiKey, str]:
    """A new key and its secret, which is told this once. Raises NotAllowed, BadInput."""
    _check(user)
    label = " ".join(nfc(label).split())
    if not 1 <= len(label) <= 80 or not label.isprintable():
        raise BadInput("Anh/chị đặt cho khóa một tên từ 1 đến 80 ký tự, ví dụ tên chương trình sẽ dùng nó.")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = {"user_id": user.id, "label": label, "token_hash": _digest(secret), "created_at": now()}
    with kit.db.write() as connection:
        mine = select(api_keys.c.id).where(api_keys.c.user_id == user.id, api_keys.c.revoked_at.is_(None))
        if len(connection.execute(mine).all()) >= MOST:
            raise BadInput("Anh/chị đã có %(limit)s khóa. Thu hồi khóa không dùng nữa rồi tạo khóa mới.", limit=MOST)
        made = connection.execute(insert(api_keys).values(**row).returning(*api_keys.c)).one()
    audit.note(kit, user, "create key", str(made.id))
    return _key(made), secret


def mine(kit: Kit, user: User) -> tuple[ApiKey, ...]:
    """The person's keys, open ones first, newest first. Raises NotAllowed."""
    _check(user)
    found = select(api_keys).where(api_keys.c.user_id == user.id)
    with kit.db.read() as connection:
        rows = connection.execute(found.order_by(api_keys.c.revoked_at.is_not(None), api_keys.c.id.desc()))
        return tuple(map(_key, rows))


def revoke(kit: Kit, user: User, key_id: int) -> None:
    """Take a key back: it opens nothing from now on. Somebody else's is not found."""
    _check(user)
    with kit.db.write() as connection:
        open_one = update(api_keys).where(api_keys.c.id == key_id, api_keys.c.user_id == user.id)
        if connection.execute(open_one.values(revoked_at=now())).rowcount == 0:
            raise NotFound()
    audit.note(kit, user, "revoke key", str(key_id))


def holder(kit: Kit, secret: str) -> tuple[ApiKey, User] | None:
    """Whose key this is; None when it is unknown or revoked, or its owner may not come in (any more)."""
    found = (
        select(api_keys, users.c.name, users.c.display_name, users.c.role, users.c.active)
        .join(users, users.c.id == api_keys.c.user_id)
        .where(api_keys.c.token_hash == _digest(secret), api_keys.c.revoked_at.is_(None), users.c.active)
    )
    with kit.db.read() as connection:
        row = connection.execute(found).first()
    if row is None:
        return None
    user = User(row.user_id, row.name, row.display_name, Role(row.role))
    if not user.is_any(*HOLDERS):
        return None
    if row.used_at is None or now() - row.used_at >= accounts.SEEN_EVERY:
        with kit.db.write() as connection:
            connection.execute(update(api_keys).where(api_keys.c.id == row.id).values(used_at=now()))
    return _key(row), user


def _check(user: User) -> None:
    if not user.is_any(*HOLDERS):
        raise NotAllowed()


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(row.id, row.user_id, row.label, row.created_at, row.used_at, row.revoked_at)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
