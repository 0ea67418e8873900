"""Certificates: a sheet for a finished module or the finished course, with a code that anybody can check.

The code is 80 random bits, so it can be neither guessed nor worked out, and only what lies in the table is valid: a
sheet with another name or module does not agree with what the check shows. The name is that of the account, kept
nowhere else: when the account is deleted the row stays without a person, and the check says that it was revoked.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from service import progress
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import User
from service.settings import OFFICE_TIME
from service.store.db import now
from service.store.tables import certificates, users

WHOLE_COURSE = 0
"""Stands in the place of a module's number on the certificate of the whole course."""

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, which are read as other signs."""
LENGTH = 16
"""Signs of a code, 5 bits each."""

_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Certificate:
    """``holder`` is the person's name, empty once the account was deleted; ``module`` is 0 for the whole course.

    ``passed`` of ``exercises`` were passed on the day it was issued.
    """

    id: int
    code: str
    module: int
    holder: str
    issuer: str
    passed: int
    exercises: int
    issued_at: datetime

    @property
    def revoked(self) -> bool:
        return not self.holder

    @property
    def written(self) -> str:
        """The code as it stands on paper: HV-7K2M-…"""
        return "-".join(("HV", *re.findall("....", self.code)))

    @property
    def title(self) -> str:
        """What was finished, as it stands on the paper."""
        if self.module == WHOLE_COURSE:
            return "cả khóa, gồm sáu mô-đun"
        named = progress.COURSE[self.module - 1]
        return f"mô-đun {named.number}: {named.name}"

    @property
    def day(self) -> str:
        """«ngày 05 tháng 6 năm 2026», as Decree 30 writes it: a nought before days under 10, and months 1 and 2."""
        local = self.issued_at.astimezone(OFFICE_TIME)
        return f"ngày {local.day:02d} tháng {f'{local.month:02d}' if local.month < 3 else local.month} năm {local.year}"


def issue(kit: Kit, user: User, module: int) -> Certificate:
    """The certificate of a finished module (0: of the whole course), made on first request. BadInput before that."""
    stages = [stage for stage in progress.course(kit, user) if module in (WHOLE_COURSE, stage.module.number)]
    if not stages:
        raise NotFound()
    for held in of(kit, user):
        if held.module == module:
            return held
    if not all(stage.finished for stage in stages):
        raise BadInput("Mô-đun này chưa xong nên chưa có giấy chứng nhận. Trang Tiến bộ cho biết còn thiếu mấy bài.")
    row = {
        "user_id": user.id,
        "module": module,
        "code": "".join(secrets.choice(SIGNS) for _ in range(LENGTH)),
        "issuer": kit.settings.issuer,
        "passed": sum(stage.passed for stage in stages),
        "exercises": sum(len(stage.standings) for stage in stages),
        "issued_at": now(),
    }
    try:
        with kit.db.write() as connection:
            connection.execute(insert(certificates).values(**row))
    except IntegrityError:  # a second click was faster
        pass
    return next(held for held in of(kit, user) if held.module == module)


def of(kit: Kit, user: User) -> tuple[Certificate, ...]:
    """A person's certificates, by module."""
    return _found(kit, certificates.c.user_id == user.id)


def get(kit: Kit, user: User, certificate_id: int) -> Certificate:
    """One of one's own certificates."""
    for held in _found(kit, certificates.c.id == certificate_id, certificates.c.user_id == user.id):
        return held
    raise NotFound()


def check(kit: Kit, code: str) -> Certificate | None:
    """What was issued under a code as somebody typed it; None when nothing was. A deleted person has no name left."""
    typed = re.sub(r"[^0-9A-Z]", "", code.upper()).removeprefix("HV").translate(_MISREAD)
    return next(iter(_found(kit, certificates.c.code == typed)), None) if len(typed) == LENGTH else None


def _found(kit: Kit, *conditions: Any) -> tuple[Certificate, ...]:
    asked = select(certificates, users.c.display_name).outerjoin(users, users.c.id == certificates.c.user_id)
    with kit.db.read() as connection:
        return tuple(map(_certificate, connection.execute(asked.where(*conditions).order_by(certificates.c.module))))


def _certificate(row: Row[Any]) -> Certificate:
    named = {name: getattr(row, name) for name in Certificate.__dataclass_fields__ if name != "holder"}
    return Certificate(**named, holder=row.display_name or "")
