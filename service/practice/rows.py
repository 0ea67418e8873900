"""Attempts as they are kept: a row read into the noun, the columns of a new one, whose rows are meant."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, and_, not_

from service import answering
from service.records import CLEARED, Attempt, AttemptState, Exercise, User
from service.store.db import now
from service.store.tables import attempts


def read(row: Row[Any]) -> Attempt:
    """A row of ``attempts`` as the noun."""
    kept = row._asdict()
    return Attempt(**{name: kept[name] for name in Attempt.__dataclass_fields__} | answering.read(row))


def mine(user: User, exercise_id: str) -> tuple[ColumnElement[bool], ...]:
    """Whatever the person did on an exercise."""
    return attempts.c.user_id == user.id, attempts.c.exercise_id == exercise_id


def draft(user: User, exercise_id: str) -> tuple[ColumnElement[bool], ...]:
    """What the person is doing on it, before it is an attempt with a number: one row at most."""
    return *mine(user, exercise_id), attempts.c.state == AttemptState.DRAFT


def counted() -> tuple[ColumnElement[bool], ...]:
    """The attempts that count: none that the machine broke off, none that a trainer took out of the queue."""
    cleared = and_(attempts.c.state == AttemptState.STOPPED, attempts.c.error == CLEARED)
    return attempts.c.number.is_not(None), attempts.c.state != AttemptState.FAILED, not_(cleared)


def fresh(user: User, exercise: Exercise) -> dict[str, Any]:
    """The columns of a draft in which nothing is written yet."""
    return {
        "user_id": user.id,
        "exercise_id": exercise.id,
        "exercise_version": exercise.version,
        "exercise_hash": exercise.hash,
        "state": AttemptState.DRAFT,
        "prompt": "",
        "created_at": now(),
    }
