"""The live view of a class: what is stored of each seat's newest attempt, laid out for the wall.

A handful of queries however many seats there are; nothing is checked anew, and no name is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select

from service import classes, exercises, feedback, seats
from service.classes import grid, voting
from service.errors import InvalidExercise, NotFound
from service.kit import Kit
from service.records import AttemptState, CheckResult, Class, EnginePhase, Exercise, Live, Seat, SeatNow, User
from service.store.tables import attempts, class_members

NEXT = 3
"""So many seats that come next are named."""


def view(kit: Kit, user: User, class_id: int) -> Live:
    """The class as it stands now. Raises what ``classes.get`` raises."""
    found = classes.get(kit, user, class_id)
    exercise = at_hand(kit, found)
    columns = grid.columns_of(exercise)
    sitting, newest = _seated(kit, found), _newest(kit, found)
    results = feedback.results_of(kit, [row.id for row in newest.values()], told=("prompt-has",))
    figures = kit.engine.figures()
    taken = {one.number: one for one in sitting if one.number}
    loading = kit.engine.state().phase is EnginePhase.LOADING
    waiting = {str(one.user_id) for one in sitting} if loading else {*figures.line}
    told = {number: _told(one, newest, results) for number, one in taken.items()}

    def row(number: int) -> SeatNow:
        if number not in taken:
            return SeatNow(number, marks=grid.marks(columns, {}, ()))
        seat, last = taken[number], newest.get(taken[number].user_id)
        return SeatNow(
            number,
            taken=True,
            marks=grid.marks(columns, *told[number]),
            writing=last is not None and last.running and str(seat.user_id) not in waiting,
            calling=seat.calling,
            attempt_id=last.id if last is not None else None,
            answered=last is not None and last.answered,
        )

    places = {str(one.user_id): number for number, one in taken.items()}
    line = [(places[owner], wait) for owner, wait in zip(figures.line, figures.waits, strict=True) if owner in places]
    served = sum(owner in places for owner in figures.served)
    return Live(
        lesson=found,
        columns=columns,
        rows=tuple(map(row, range(1, max([found.seats, *taken]) + 1))),
        trouble=grid.trouble(told.values()),
        pins=classes.wall(kit, found),
        writing=served,
        waiting=len(line),
        last_wait=line[-1][1] if line else 0.0,
        writing_elsewhere=len(figures.served) - served,
        waiting_elsewhere=len(figures.line) - len(line),
        vote=voting.of(kit, found),
        next_seats=tuple(number for number, _ in line)[:NEXT],
    )


def at_hand(kit: Kit, found: Class) -> Exercise | None:
    """The exercise at hand; None while none was chosen, or where its file is gone."""
    try:
        return exercises.present(kit, found.exercise_id) if found.exercise_id else None
    except (NotFound, InvalidExercise):
        return None


def _seated(kit: Kit, found: Class) -> tuple[Seat, ...]:
    asked = select(class_members).where(class_members.c.class_id == found.id, class_members.c.seat.is_not(None))
    with kit.db.read() as connection:
        return tuple(map(classes.seat_of, connection.execute(asked)))


def _newest(kit: Kit, found: Class) -> Mapping[int, Row[Any]]:
    """By person, the newest attempt at the exercise at hand since it was put there."""
    if found.chosen_at is None:
        return {}
    seated = select(class_members.c.user_id).where(
        class_members.c.class_id == found.id, class_members.c.seat.is_not(None)
    )
    here = (attempts.c.exercise_id == found.exercise_id, attempts.c.created_at >= found.chosen_at)
    last = select(attempts.c.user_id, func.max(attempts.c.number).label("number"))
    last_of = last.where(*here, attempts.c.user_id.in_(seated)).group_by(attempts.c.user_id).subquery()
    over = attempts.c.state.in_((AttemptState.DONE, AttemptState.STOPPED, AttemptState.SUBMITTED))
    answered = (over & (attempts.c.answer != "")).label("answered")
    running = ((attempts.c.state == AttemptState.RUNNING) & ~attempts.c.stop_asked).label("running")
    asked = select(attempts.c.id, attempts.c.user_id, attempts.c.created_at, answered, running).join(
        last_of, (last_of.c.user_id == attempts.c.user_id) & (last_of.c.number == attempts.c.number)
    )
    with kit.db.read() as connection:
        rows = connection.execute(asked.where(attempts.c.exercise_id == found.exercise_id))
        return {row.user_id: row for row in rows}


def _told(
    seat: Seat, newest: Mapping[int, Row[Any]], results: Mapping[int, tuple[CheckResult, ...]]
) -> tuple[Mapping[str, bool], tuple[CheckResult, ...]]:
    """The parts of the prompt that the seat is at, the one being written or the one that ran, and what its newest
    answer was found to be."""
    last = newest.get(seat.user_id)
    found = results.get(last.id, ()) if last is not None else ()
    writing_on = seat.looked_at is not None and (last is None or seat.looked_at > last.created_at)
    parts = seat.parts if writing_on or not found else seats.parts_of(found)
    return parts, found
