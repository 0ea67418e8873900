"""Classes: one trainer, one room, one machine. Who sits where is in ``seats``, which knows nothing of trainers.

Only the trainer of a class, and an administrator, sees and runs it; to any other trainer it is not there.

    live    the view for the wall: seats beside what was found in their work, the queue, where most are stuck
    grid    what a cell of it says, from what the checks have found; pure
    voting  answers of the wall that the whole class votes on
    grades  the grade book, and as a spreadsheet
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service import exercises, practice, reading_ahead, seats
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.prompts import WORKED_BY_HAND
from service.records import (
    CLEARED,
    AttemptState,
    Class,
    EnginePhase,
    Exercise,
    Pin,
    Role,
    Seat,
    User,
)
from service.store.db import now
from service.store.tables import attempts, class_exercises, class_members, class_pins, classes, users
from service.text import nfc

MOST_SEATS = 200
LONGEST_NAME, LONGEST_NOTE = 120, 300
"""Characters of a class's name, and of the trainer's word on what is pinned."""
MOST_PINS = 6
"""Answers that a wall has room for."""

LETTERS = "ABCEGHKLMNPRTUVXY"
"""Of the Vietnamese alphabet: no O and I, which are read as figures, no D, Q and S, which are heard as Đ, C and X."""
FIGURES = "23456789"


# ── the class ───────────────────────────────────────────────────────────────────────────────────


def begin(kit: Kit, user: User, name: str, wanted: int | None, exercise_id: str = "") -> Class:
    """Open a class with so many seats, and maybe its first exercise. Raises BadInput; nothing is made then."""
    _trainer(user)
    name = " ".join(nfc(name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput("Tên lớp cần có từ 1 đến %(limit)s ký tự. Lớp chưa được mở.", limit=LONGEST_NAME)
    if wanted is None or not 1 <= wanted <= MOST_SEATS:
        raise BadInput("Số bàn là một số từ 1 đến %(limit)s. Lớp chưa được mở.", limit=MOST_SEATS)
    exercise = _offered(kit, user, exercise_id) if exercise_id else None
    values = {"trainer_id": user.id, "name": name, "seats": wanted, "created_at": now()}
    while True:
        try:
            with kit.db.write() as connection:
                made = insert(classes).values(**values, code=new_code()).returning(classes)
                found = seats.read(connection.execute(made).one())
            break
        except IntegrityError:  # of a million codes, this one has been given before
            continue
    return _put(kit, found, exercise) if exercise else found


def new_code() -> str:
    """Two letters and four figures that are not mistaken for each other when read aloud."""
    return "".join(secrets.choice(signs) for signs in (LETTERS,) * 2 + (FIGURES,) * 4)


def listing(kit: Kit, user: User) -> tuple[tuple[Class, int], ...]:
    """The trainer's classes, an administrator's all, the open ones first, each with how many seats are taken."""
    _trainer(user)
    taken = func.count(class_members.c.seat)
    found = select(classes, taken.label("taken")).outerjoin(class_members, class_members.c.class_id == classes.c.id)
    if user.role is not Role.ADMIN:
        found = found.where(classes.c.trainer_id == user.id)
    ordered = found.group_by(classes.c.id).order_by(classes.c.open.desc(), classes.c.id.desc())
    with kit.db.read() as connection:
        return tuple((seats.read(row), row.taken) for row in connection.execute(ordered))


def get(kit: Kit, user: User, class_id: int) -> Class:
    """One class, for its trainer or an administrator. Raises NotAllowed, NotFound."""
    _trainer(user)
    with kit.db.read() as connection:
        row = connection.execute(select(classes).where(classes.c.id == class_id)).first()
    if row is None or (row.trainer_id != user.id and user.role is not Role.ADMIN):
        raise NotFound()
    return seats.read(row)


def set_open(kit: Kit, user: User, class_id: int, is_open: bool) -> Class:
    """Close a class, whose seats and grade book stay, or open it again; nobody calls from a class that is closed."""
    found = get(kit, user, class_id)
    if not is_open:
        with kit.db.write() as connection:
            quiet = update(class_members).where(class_members.c.class_id == found.id).values(calling=False)
            connection.execute(quiet)
    return _change(kit, found, open=is_open, paused=False)


def pause(kit: Kit, user: User, class_id: int, paused: bool) -> Class:
    """Let the seats of the class run nothing for a while, or again."""
    return _change(kit, get(kit, user, class_id), paused=paused)


def choose(kit: Kit, user: User, class_id: int, exercise_id: str) -> Class:
    """Put an exercise at hand, and have its text read ahead as opening it does."""
    found = get(kit, user, class_id)
    return _put(kit, found, _offered(kit, user, exercise_id))


def clear_queue(kit: Kit, user: User, class_id: int) -> int:
    """Take out of the queue what the seats of the class wait for; what is being written is let be. Returns how many.

    The prompts stay with their attempts, which do not count.
    """
    found = get(kit, user, class_id)
    line = kit.engine.figures().line
    loading = kit.engine.state().phase is EnginePhase.LOADING
    seated = select(class_members.c.user_id).where(class_members.c.class_id == found.id, class_members.c.seat > 0)
    asked = (attempts.c.user_id.in_(seated), attempts.c.state == AttemptState.RUNNING, ~attempts.c.stop_asked)
    with kit.db.write() as connection:
        queued = and_(attempts.c.user_id.in_(seated), attempts.c.state == AttemptState.QUEUED)
        ended = {"state": AttemptState.STOPPED, "finish_reason": "cancelled", "finished_at": now()}
        stopped = connection.execute(update(attempts).where(queued).values(error=CLEARED, stop_asked=True, **ended))
        running = update(attempts).where(*asked)
        if not loading:
            running = running.where(attempts.c.user_id.in_([int(owner) for owner in line if owner.isdecimal()]))
        return stopped.rowcount + connection.execute(running.values(error=CLEARED, stop_asked=True)).rowcount


def let_first(kit: Kit, user: User, class_id: int, number: int | None) -> None:
    """Let what a seat waits for come next. Raises BadInput when nothing of it waits."""
    found = get(kit, user, class_id)
    seat = (class_members.c.class_id == found.id, class_members.c.seat == number)
    with kit.db.read() as connection:
        whose = connection.execute(select(class_members.c.user_id).where(*seat)).scalar()
    if whose is None or not kit.engine.advance(str(whose)):
        raise BadInput("Bàn này không có lượt nào đang chờ. Hàng đợi giữ nguyên thứ tự.")


# ── the people in it ────────────────────────────────────────────────────────────────────────────


def people(kit: Kit, user: User, class_id: int) -> tuple[tuple[Seat, User], ...]:
    """Who sits where, by seat, then those who have left; names are for the trainer, not for the wall."""
    found = get(kit, user, class_id)
    person = [users.c[name].label(f"person_{name}") for name in ("name", "display_name", "role", "active")]
    asked = select(class_members, *person).join(users, users.c.id == class_members.c.user_id)
    ordered = asked.where(class_members.c.class_id == found.id).order_by(
        class_members.c.seat.is_(None), class_members.c.seat, users.c.display_name
    )
    with kit.db.read() as connection:
        return tuple((seat_of(row), _person(row)) for row in connection.execute(ordered))


def free(kit: Kit, user: User, class_id: int, number: int) -> None:
    """Give a seat back that somebody has taken by mistake; what they did stays theirs."""
    _at_seat(kit, user, class_id, number, seat=None, calling=False)


def answer_call(kit: Kit, user: User, class_id: int, number: int) -> None:
    """The trainer has been at the seat: it calls no longer."""
    _at_seat(kit, user, class_id, number, calling=False)


def seat_of(row: Any) -> Seat:
    """A row of ``class_members`` as the noun."""
    kept = row._asdict()
    return Seat(number=kept["seat"], **{name: kept[name] for name in Seat.__dataclass_fields__ if name != "number"})


# ── the wall ────────────────────────────────────────────────────────────────────────────────────


def pin(kit: Kit, user: User, class_id: int, attempt_id: int, note: str = "") -> None:
    """Put an answer of somebody in the class on its wall, without a name; again changes the note. Raises BadInput."""
    found = get(kit, user, class_id)
    note = " ".join(nfc(note).split())
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            "Lời của giảng viên dài quá %(limit)s ký tự. Kết quả chưa được ghim; anh/chị rút ngắn rồi ghim lại.",
            limit=LONGEST_NOTE,
        )
    attempt = practice.get(kit, user, attempt_id)
    here = (class_pins.c.class_id == found.id, class_pins.c.attempt_id == attempt.id)
    member = (class_members.c.class_id == found.id, class_members.c.user_id == attempt.user_id)
    with kit.db.write() as connection:
        if connection.execute(select(class_members.c.user_id).where(*member)).first() is None:
            raise NotFound()
        if not (attempt.over and attempt.answer):
            raise BadInput("Bàn này chưa có kết quả viết xong để ghim. Anh/chị chờ máy viết xong rồi ghim.")
        if connection.execute(update(class_pins).where(*here).values(note=note)).rowcount:
            return
        on_wall = select(func.count()).select_from(class_pins).where(class_pins.c.class_id == found.id)
        if connection.execute(on_wall).scalar_one() >= MOST_PINS:
            raise BadInput("Đã ghim đủ %(n)s kết quả. Anh/chị bỏ ghim một kết quả rồi ghim tiếp.", n=MOST_PINS)
        fresh = {"class_id": found.id, "attempt_id": attempt.id, "note": note, "at": now()}
        connection.execute(insert(class_pins).values(fresh))


def unpin(kit: Kit, user: User, class_id: int, attempt_id: int) -> None:
    """Take an answer off the wall; one that is not there is no error."""
    found = get(kit, user, class_id)
    with kit.db.write() as connection:
        here = (class_pins.c.class_id == found.id, class_pins.c.attempt_id == attempt_id)
        connection.execute(delete(class_pins).where(*here))


def wall(kit: Kit, found: Class) -> tuple[Pin, ...]:
    """What is pinned, the newest first, for code that knows the person to be of the class."""
    asked = select(class_pins, attempts.c.answer).join(attempts, attempts.c.id == class_pins.c.attempt_id)
    ordered = asked.where(class_pins.c.class_id == found.id).order_by(class_pins.c.at.desc())
    with kit.db.read() as connection:
        return tuple(
            Pin(row.class_id, row.attempt_id, row.answer, row.note, row.at) for row in connection.execute(ordered)
        )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _trainer(user: User) -> None:
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()


def _at_seat(kit: Kit, user: User, class_id: int, number: int, **values: Any) -> None:
    found = get(kit, user, class_id)
    seat = (class_members.c.class_id == found.id, class_members.c.seat == number)
    with kit.db.write() as connection:
        connection.execute(update(class_members).where(*seat).values(**values))


def _offered(kit: Kit, user: User, exercise_id: str) -> Exercise:
    """An exercise that learners may open."""
    exercise = exercises.get(kit, user, exercise_id)
    if exercise.state != "visible":
        raise BadInput(
            "Bài “%(title)s” chưa mở cho học viên. Anh/chị mở bài ở trang Soạn bài rồi chọn lại.", title=exercise.title
        )
    return exercise


def _put(kit: Kit, found: Class, exercise: Exercise) -> Class:
    of_it = class_exercises.c
    known = select(of_it.exercise_id).where(of_it.class_id == found.id, of_it.exercise_id == exercise.id)
    with kit.db.write() as connection:
        if connection.execute(known).first() is None:
            connection.execute(insert(class_exercises).values(class_id=found.id, exercise_id=exercise.id, at=now()))
        looked = update(class_members).where(class_members.c.class_id == found.id)
        connection.execute(looked.values(parts={}, looked_at=None))
    if exercise.kind not in WORKED_BY_HAND:
        reading_ahead.opened(kit, exercise, "")
    return _change(kit, found, exercise_id=exercise.id, chosen_at=now())


def _change(kit: Kit, found: Class, **values: Any) -> Class:
    with kit.db.write() as connection:
        changed = update(classes).where(classes.c.id == found.id).values(**values).returning(classes)
        return seats.read(connection.execute(changed).one())


def _person(row: Any) -> User:
    return User(row.user_id, row.person_name, row.person_display_name, Role(row.person_role), row.person_active)
