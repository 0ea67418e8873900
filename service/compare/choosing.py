"""What may be put into a comparison, and whose it is said to be.

Who opens a comparison votes in it as well, and must read the answers to choose among them: to that extent their own
votes are not blind, and the files mark them as theirs. What they need not know is whose an answer is. So evaluators
choose among «học viên 1, 2 …», numbered by the first thing each did on the exercise, which no filter changes; names
come when the comparison is closed, as for every judge. Trainers teach these people and read their work by name
elsewhere: they are shown names, for hiding them here would only pretend. An evaluator who opens an attempt by its own
address sees whose it is, and the audit says that they did.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from service.compare import rows
from service.kit import Kit
from service.practice import rows as attempt_rows
from service.records import AttemptState, Choice, Role, Stretch, User
from service.store.stretches import stretch
from service.store.tables import attempts, users

LISTED = 100
"""So many answers are offered at a time."""
_GROWING = (AttemptState.DRAFT, AttemptState.QUEUED, AttemptState.RUNNING)


def offered(kit: Kit, user: User, exercise_id: str, person: int = 0, start: int = 0) -> Stretch[Choice]:
    """The finished answers of an exercise, newest first, ``LISTED`` from ``start`` on; 0: everybody's."""
    rows.judge(user)
    with kit.db.read() as connection:
        who = _people(connection, user, exercise_id)
        found = _answers(exercise_id).order_by(attempts.c.id.desc())
        if person:
            found = found.where(attempts.c.user_id.in_([id_ for id_, (n, *_) in who.items() if n == person]))
        shown = stretch(connection, found, start, LISTED)
    return shown.map(lambda row: Choice(attempt_rows.read(row), *who[row.user_id][:2]))


def chosen(kit: Kit, user: User, exercise_id: str, attempt_ids: Collection[int]) -> tuple[Choice, ...]:
    """Those of an exercise's finished answers that were chosen, newest first; other numbers are passed over."""
    rows.judge(user)
    found = _answers(exercise_id).where(attempts.c.id.in_(attempt_ids))
    with kit.db.read() as connection:
        who = _people(connection, user, exercise_id)
        made = connection.execute(found.order_by(attempts.c.id.desc())).all()
    return tuple(Choice(attempt_rows.read(row), *who[row.user_id][:2]) for row in made)


def people(kit: Kit, user: User, exercise_id: str) -> tuple[tuple[int, str], ...]:
    """Everybody with a finished answer to the exercise: their number, and the name where it may be known."""
    rows.judge(user)
    answered = _answers(exercise_id).with_only_columns(attempts.c.user_id).distinct()
    with kit.db.read() as connection:
        who = _people(connection, user, exercise_id)
        return tuple(sorted((who[id_][0], who[id_][2]) for id_ in connection.execute(answered).scalars()))


def _answers(exercise_id: str) -> Select[Any]:
    finished = attempts.c.number.is_not(None), attempts.c.answer != "", attempts.c.state.not_in(_GROWING)
    return select(attempts).where(attempts.c.exercise_id == exercise_id, *finished)


def _people(connection: Connection, user: User, exercise_id: str) -> Mapping[int, tuple[int, str, str]]:
    """The number, name and full name («Lan (lan)») of who worked on an exercise; no names for whom they are hidden."""
    first = func.min(attempts.c.id)
    found = select(users).join(attempts, attempts.c.user_id == users.c.id)
    found = found.where(attempts.c.exercise_id == exercise_id).group_by(users.c.id).order_by(first)
    named = user.is_any(Role.TRAINER)
    return {
        row.id: (n, row.display_name, f"{row.display_name} ({row.name})") if named else (n, "", "")
        for n, row in enumerate(connection.execute(found), 1)
    }
