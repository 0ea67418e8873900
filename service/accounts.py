"""Who may come in: people, their passwords and their sessions.

A password is kept as an argon2id hash, a session as the SHA-256 of a random token: neither a stolen backup nor the
administrator can sign in as somebody else. Sessions live on the server, so signing out, a new password or a closed
account ends them at once, on every machine.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Role, User
from service.store.db import now
from service.store.tables import sessions, users

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
LOGIN_RULE = "Tên đăng nhập gồm 2 đến 32 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới."
TAKEN = "Tên đăng nhập %(name)s đã có người dùng. Anh/chị chọn tên khác."
SHORTEST, LONGEST = 8, 200
"""Allowed length of a password in characters; the upper bound only keeps hashing cheap."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly we remember when a session was last used; a write per click would be too many."""

NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$xgfhXMgXM8OBdGpfF/5wvQ$p/qzfMGa7JZ5wpIIoVlYLfLG0TSwZ/5EOt0Q3AchT40"
"""The hash of a password that was thrown away: checked for unknown names, so that they take as long as known ones."""

WORDS = tuple(
    """
    anh ban bau bay ben bien bong buoi cam canh cau chanh chim chuong cua dao dau den dong dua duong gao ghe gio
    hai hoa hong kem khoai khe mai may men mua nam nang nen ngo nha nhan nui ong phao rau rung sach sao sen song
    suoi tam than thu thuyen tre trang trau tranh trung tuoi vang vuon xanh xe
    """.split()  # noqa: SIM905 - a list of sixty-four quoted words is harder to read
)
FIGURES = "23456789"
"""Generated passwords avoid 0 and 1, which are read as letters."""


@cache
def _hasher() -> PasswordHasher:
    # OWASP's smallest argon2id profile: 19 MiB, 2 passes. The library's default of 64 MiB would need 2.5 GB
    # when a class of forty signs in at once beside a loaded model.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


# ── people ──────────────────────────────────────────────────────────────────────────────────────


def create_user(kit: Kit, name: str, display_name: str, role: Role, password: str) -> User:
    """Add a person; ``BadInput`` when the name is taken or name, display name or password will not do."""
    (made,) = create_users(kit, [(name, display_name, password)], role)
    return made


def create_users(kit: Kit, people: Sequence[tuple[str, str, str]], role: Role) -> tuple[User, ...]:
    """Add people by sign-in name, full name and password: all of them, or none when one will not do (``BadInput``)."""
    rows = [
        {
            "name": login(name),
            "display_name": full_name(display_name),
            "role": Role(role).value,
            "password_hash": _hash(password),
            "active": True,
            "created_at": now(),
        }
        for name, display_name, password in people
    ]
    made: list[User] = []
    try:
        with kit.db.write() as connection:
            for row in rows:
                added = connection.execute(insert(users).values(**row).returning(users)).one()
                made.append(_user(added))
    except IntegrityError:
        raise BadInput(TAKEN, name=rows[len(made)]["name"]) from None
    return tuple(made)


def login(typed: str) -> str:
    """A sign-in name as it is kept; ``BadInput`` when it will not do."""
    name = typed.strip().lower()
    if not NAME.fullmatch(name):
        raise BadInput(LOGIN_RULE)
    return name


def full_name(typed: str) -> str:
    """A person's name as it is kept: NFC, one space between words; ``BadInput`` when it will not do."""
    found = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(found) <= 120 or not found.isprintable():
        raise BadInput("Họ và tên cần có từ 1 đến 120 ký tự.")
    return found


def list_users(kit: Kit) -> tuple[User, ...]:
    """Everybody, those who may sign in first, by name."""
    with kit.db.read() as connection:
        rows = connection.execute(select(users).order_by(users.c.active.desc(), users.c.name)).all()
    return tuple(_user(row) for row in rows)


def set_password(kit: Kit, name: str, password: str) -> User:
    """Give a person a new password and end all their sessions."""
    hashed = _hash(password)
    with kit.db.write() as connection:
        user = _find(connection, name)
        connection.execute(update(users).where(users.c.id == user.id).values(password_hash=hashed))
        _revoke(connection, user.id)
    return user


def change_password(kit: Kit, user: User, old: str, new: str) -> None:
    """A person's own change: the old password must be right. Ends all their sessions, this one too."""
    with kit.db.read() as connection:
        hashed = connection.execute(select(users.c.password_hash).where(users.c.id == user.id)).scalar_one()
    if not _fits(hashed, old):
        raise BadInput("Mật khẩu đang dùng chưa đúng. Mật khẩu chưa đổi.")
    set_password(kit, user.name, new)


def set_active(kit: Kit, name: str, active: bool) -> User:
    """Open or close an account. Closing ends its sessions and keeps its work; the last administrator stays."""
    with kit.db.write() as connection:
        user = _find(connection, name)
        if not active:
            _keep_an_admin(connection, user)
            _revoke(connection, user.id)
        connection.execute(update(users).where(users.c.id == user.id).values(active=active))
    return User(user.id, user.name, user.display_name, user.role, active)


def rename(kit: Kit, name: str, display_name: str) -> User:
    """Put a person's full name right, also on certificates issued before; the sign-in name and sessions stay."""
    display_name = full_name(display_name)
    with kit.db.write() as connection:
        user = _find(connection, name)
        connection.execute(update(users).where(users.c.id == user.id).values(display_name=display_name))
    return User(user.id, user.name, display_name, user.role, user.active)


def set_role(kit: Kit, name: str, role: Role) -> User:
    """Give a person another role; it counts from their next click. The last administrator stays one."""
    with kit.db.write() as connection:
        user = _find(connection, name)
        if role is not Role.ADMIN:
            _keep_an_admin(connection, user)
        connection.execute(update(users).where(users.c.id == user.id).values(role=role.value))
    return User(user.id, user.name, user.display_name, role, user.active)


def new_password() -> str:
    """A password that can be read out and typed: four words without marks and four figures, about 36 bits."""
    words = [secrets.choice(WORDS) for _ in range(4)]
    return "-".join((*words, "".join(secrets.choice(FIGURES) for _ in range(4))))


# ── sessions ────────────────────────────────────────────────────────────────────────────────────


def sign_in(kit: Kit, name: str, password: str) -> str:
    """Check a name and a password; returns the token of a new session.

    One sentence and one duration for every failure: it does not tell whether the name exists.
    """
    with kit.db.read() as connection:
        row = connection.execute(select(users).where(users.c.name == name.strip().lower())).first()
    right = _fits(row.password_hash if row else NOBODY, password)
    if row is None or not right or not row.active:
        raise BadInput("Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị kiểm tra bộ gõ tiếng Việt và phím Caps Lock.")
    token = secrets.token_urlsafe(32)
    at = now()
    with kit.db.write() as connection:
        connection.execute(
            insert(sessions).values(token_hash=_digest(token), user_id=row.id, created_at=at, seen_at=at)
        )
    return token


def user_of(kit: Kit, token: str) -> User | None:
    """The person whose session this is; None when it is unknown, revoked, older than ``session_hours``, or closed."""
    digest, at = _digest(token), now()
    query = (
        select(users, sessions.c.seen_at)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(
            sessions.c.token_hash == digest,
            sessions.c.revoked_at.is_(None),
            sessions.c.created_at > at - timedelta(hours=kit.settings.session_hours),
            users.c.active,
        )
    )
    with kit.db.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    if at - row.seen_at >= SEEN_EVERY:
        with kit.db.write() as connection:
            connection.execute(update(sessions).where(sessions.c.token_hash == digest).values(seen_at=at))
    return _user(row)


def sign_out(kit: Kit, token: str) -> None:
    """End one session; an unknown token is no error."""
    with kit.db.write() as connection:
        ended = update(sessions).where(sessions.c.token_hash == _digest(token), sessions.c.revoked_at.is_(None))
        connection.execute(ended.values(revoked_at=now()))


def revoke_sessions(kit: Kit, user_id: int) -> int:
    """End all sessions of a person; returns how many were open."""
    with kit.db.write() as connection:
        return _revoke(connection, user_id)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _user(row: Row[Any]) -> User:
    return User(row.id, row.name, row.display_name, Role(row.role), row.active)


def _find(connection: Connection, name: str) -> User:
    row = connection.execute(select(users).where(users.c.name == name.strip().lower())).first()
    if row is None:
        raise NotFound("Không có ai mang tên đăng nhập này.")
    return _user(row)


def _keep_an_admin(connection: Connection, user: User) -> None:
    others = select(func.count()).where(users.c.role == Role.ADMIN.value, users.c.active, users.c.id != user.id)
    if user.role is Role.ADMIN and not connection.execute(others).scalar_one():
        raise BadInput("Đây là quản trị viên duy nhất. Anh/chị giao quyền quản trị cho một người khác trước.")


def _revoke(connection: Connection, user_id: int) -> int:
    open_ones = update(sessions).where(sessions.c.user_id == user_id, sessions.c.revoked_at.is_(None))
    return connection.execute(open_ones.values(revoked_at=now())).rowcount


def _hash(password: str) -> str:
    password = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput("Mật khẩu cần có từ %(low)s đến %(high)s ký tự.", low=SHORTEST, high=LONGEST)
    return _hasher().hash(password)


def _fits(hashed: str, password: str) -> bool:
    # NFC, because Vietnamese keyboards differ in how they compose «ậ»: the same keys must open the same door.
    try:
        return _hasher().verify(hashed, unicodedata.normalize("NFC", password[: LONGEST + 1]))
    except VerificationError:
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
