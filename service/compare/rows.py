"""Comparisons as they are kept: who may ask for them, a row read into each noun, the votes that count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from service.errors import NotAllowed, NotFound
from service.records import Comparison, Contestant, Role, Showing, User, Vote, Winner
from service.store.tables import comparisons, contestants, showings, votes


def judge(user: User) -> None:
    """Only evaluators and trainers compare. Raises NotAllowed."""
    if not user.is_any(Role.EVALUATOR, Role.TRAINER):
        raise NotAllowed()


def blind(connection: Connection, comparison: Comparison, user: User) -> bool:
    """True while a pair of this person waits for a vote, or none has been drawn for them yet."""
    return comparison.open and left(connection, comparison, user) != 0


def left(connection: Connection, comparison: Comparison, user: User) -> int | None:
    """How many of this person's pairs have no vote yet; None when none have been drawn for them."""
    drawn = select(func.count(showings.c.id.distinct()), func.count(votes.c.showing_id.distinct()))
    drawn = drawn.outerjoin_from(showings, votes, votes.c.showing_id == showings.c.id)
    mine = drawn.where(showings.c.comparison_id == comparison.id, showings.c.user_id == user.id)
    shown, voted = connection.execute(mine).one()
    return shown - voted if shown else None


def comparison(connection: Connection, comparison_id: int) -> Comparison:
    """Raises NotFound."""
    row = connection.execute(select(comparisons).where(comparisons.c.id == comparison_id)).first()
    if row is None:
        raise NotFound()
    of = select(contestants).where(contestants.c.comparison_id == comparison_id).order_by(contestants.c.id)
    found = tuple(map(_contestant, connection.execute(of)))
    return Comparison(row.id, row.title, row.exercise_id, row.task, row.created_by, row.created_at, row.open, found)


def showing(connection: Connection, row: Row[Any]) -> Showing:
    """A row of ``showings`` as the noun."""
    sides = {
        item.id: _contestant(item)
        for item in connection.execute(select(contestants).where(contestants.c.id.in_((row.left_id, row.right_id))))
    }
    mine = (showings.c.comparison_id == row.comparison_id, showings.c.user_id == row.user_id)
    of = connection.execute(select(func.count()).select_from(showings).where(*mine)).scalar_one()
    return Showing(row.id, row.comparison_id, row.user_id, row.n, of, sides[row.left_id], sides[row.right_id])


def cast(connection: Connection, comparison_id: int, *, every: bool = False) -> tuple[Vote, ...]:
    """The newest vote of each showing, in the order of voting; ``every``: those that were replaced as well."""
    found = select(votes, showings.c.comparison_id, showings.c.user_id, showings.c.left_id, showings.c.right_id).join(
        showings, showings.c.id == votes.c.showing_id
    )
    found = found.where(showings.c.comparison_id == comparison_id)
    if not every:
        newest = select(func.max(votes.c.id)).group_by(votes.c.showing_id)
        found = found.where(votes.c.id.in_(newest))
    again = _again(connection, comparison_id)
    return tuple(
        Vote(
            id=row.id,
            showing_id=row.showing_id,
            comparison_id=row.comparison_id,
            user_id=row.user_id,
            left_id=row.left_id,
            right_id=row.right_id,
            winner=Winner(row.winner),
            reasons=tuple(row.reasons),
            note=row.note,
            at=row.at,
            seconds=row.seconds,
            again=row.showing_id in again,
        )
        for row in connection.execute(found.order_by(votes.c.id))
    )


def _again(connection: Connection, comparison_id: int) -> frozenset[int]:
    """The showings of a pair that its judge was shown before, whatever the sides."""
    found = select(showings).where(showings.c.comparison_id == comparison_id).order_by(showings.c.n)
    seen, again = set[tuple[int, frozenset[int]]](), set[int]()
    for row in connection.execute(found):
        pair = row.user_id, frozenset((row.left_id, row.right_id))
        if pair in seen:
            again.add(row.id)
        seen.add(pair)
    return frozenset(again)


def _contestant(row: Row[Any]) -> Contestant:
    return Contestant(row.id, row.label, row.prompt, row.answer, row.attempt_id)
