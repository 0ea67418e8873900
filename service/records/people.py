"""Who works here: people, their roles and the keys of their programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do. An administrator may do everything a trainer and an evaluator may."""

    LEARNER = "learner"
    TRAINER = "trainer"
    EVALUATOR = "evaluator"
    ADMIN = "admin"


@dataclass(frozen=True)
class User:
    """A person who signs in."""

    id: int
    name: str
    display_name: str
    role: Role
    active: bool = True

    @property
    def told_apart(self) -> str:
        """«Nguyễn Thị Hoà (hoa.nguyen)»: full names are shared, sign-in names are not."""
        return f"{self.display_name} ({self.name})"

    def is_any(self, *roles: Role) -> bool:
        """True when the person has one of the roles; an administrator always has."""
        return self.role is Role.ADMIN or self.role in roles


@dataclass(frozen=True)
class Noted:
    """An entry of the audit: who did what to what; ``owner`` is the name of whose work was read."""

    at: datetime
    who: str
    login: str
    deed: str
    subject: str
    owner: str = ""


@dataclass(frozen=True)
class ApiKey:
    """A program's key to ``/v1``, in the name of ``user_id``; the secret itself is kept nowhere."""

    id: int
    user_id: int
    label: str
    created_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
