"""A person's seat in a class: taken with the code on the wall and the number on the desk, kept, left.

A person sits in one open class at a time. What the trainer has paused may not be run from a seat of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import PARTS, CheckResult, Class, Exercise, Role, Sitting, User
from service.store.db import now
from service.store.tables import class_members, classes
from service.text import nfc

_TAKEN = "Bàn %(seat)s đã có người ngồi. Anh/chị xem lại số ghi trên bàn, hoặc nhờ giảng viên trả bàn ấy."

_WHOLE = re.compile(r"-?[0-9]+")


def join(kit: Kit, user: User, code: str, seat: int | str) -> Sitting:
    """Take a seat of the open class with this code, both as they are typed.

    Coming back keeps the seat, another seat or class leaves the one before.

    Raises BadInput: no such code, a closed class, a seat that is not there or somebody else's.
    """
    typed = "".join(sign for sign in nfc(code).upper() if sign.isalnum())
    with kit.db.read() as connection:
        row = connection.execute(select(classes).where(classes.c.code == typed)).first()
    if row is None:
        raise BadInput(
            "Không có lớp nào mang mã “%(code)s”. Anh/chị xem lại mã trên màn chiếu, gồm hai chữ và bốn số.",
            code=nfc(code).strip()[:20],
        )
    found = read(row)
    if not found.open:
        raise BadInput("Lớp “%(name)s” đã đóng nên không vào được nữa. Anh/chị hỏi lại giảng viên.", name=found.name)
    number = _number(seat, found.seats)
    mine = (class_members.c.class_id == found.id, class_members.c.user_id == user.id)
    try:
        with kit.db.write() as connection:
            _leave(connection, user, but=found.id)
            taken = update(class_members).where(*mine)
            if not connection.execute(taken.values(seat=number, joined_at=now(), calling=False)).rowcount:
                fresh = {"class_id": found.id, "user_id": user.id, "seat": number, "joined_at": now()}
                connection.execute(insert(class_members).values(fresh))
    except IntegrityError:
        raise BadInput(_TAKEN, seat=number) from None
    return Sitting(found, number, calling=False)


def leave(kit: Kit, user: User) -> None:
    """Free the person's seat; what they did stays theirs, and in the class's grade book."""
    with kit.db.write() as connection:
        _leave(connection, user)


def call(kit: Kit, user: User, calling: bool) -> Sitting:
    """Call the trainer to the person's seat, or no longer. Raises NotFound for whoever sits nowhere."""
    found = mine(kit, user)
    if found is None:
        raise NotFound("Anh/chị chưa ngồi trong lớp nào đang mở, nên chưa gọi giảng viên được.")
    seat = (class_members.c.class_id == found.lesson.id, class_members.c.user_id == user.id)
    with kit.db.write() as connection:
        connection.execute(update(class_members).where(*seat).values(calling=calling))
    return Sitting(found.lesson, found.number, calling)


def mine(kit: Kit, user: User) -> Sitting | None:
    """Where the person sits; None for whoever is in no open class."""
    with kit.db.read() as connection:
        row = connection.execute(_seated(user)).first()
    return None if row is None else Sitting(read(row), row.seat, row.calling)


def paused(kit: Kit, user: User) -> bool:
    """Whether the person's class may not run anything, nor have work looked through; trainers may always."""
    found = None if user.is_any(Role.TRAINER) else mine(kit, user)
    return found is not None and found.lesson.paused


def refuse_paused(kit: Kit, user: User) -> None:
    """Raises BadInput while the person's class may not run anything."""
    if paused(kit, user):
        raise BadInput("Giảng viên đang tạm dừng chạy. Anh/chị cứ viết tiếp câu lệnh.")


def looked_at(kit: Kit, user: User, exercise: Exercise, results: Iterable[CheckResult]) -> None:
    """Note for the class's view what the rules have just seen in the prompt that the person is writing."""
    found = mine(kit, user)
    if found is None or found.lesson.exercise_id != exercise.id:
        return
    seat = (class_members.c.class_id == found.lesson.id, class_members.c.user_id == user.id)
    with kit.db.write() as connection:
        connection.execute(update(class_members).where(*seat).values(parts=parts_of(results), looked_at=now()))


def parts_of(results: Iterable[CheckResult]) -> Mapping[str, bool]:
    """The parts of a prompt as its check tells them: True found, False lacking; the others are not asked for."""
    told = [finding for result in results if result.check == "prompt-has" for finding in result.findings]
    found = {span.label for finding in told for span in finding.spans if span.of == "prompt"}
    lacking = {finding.part for finding in told}
    return {part: part in found for part in PARTS if part in found or part in lacking}


def read(row: Row[Any]) -> Class:
    """A row of ``classes`` as the noun."""
    return Class(**{name: getattr(row, name) for name in Class.__dataclass_fields__})


def _number(typed: int | str, most: int) -> int:
    """The number of a seat of so many. Raises BadInput: nothing typed, no number, no such seat."""
    seen = nfc(str(typed)).strip()[:20]
    if not seen:
        raise BadInput(
            "Anh/chị chưa ghi số bàn. Lớp này có %(n)s bàn. Anh/chị nhập số ghi trên bàn, từ 1 đến %(n)s.", n=most
        )
    if not _WHOLE.fullmatch(seen):
        raise BadInput(
            "“%(seen)s” không phải là số bàn. Lớp này có %(n)s bàn. Anh/chị nhập số ghi trên bàn, từ 1 đến %(n)s.",
            seen=seen,
            n=most,
        )
    if not 1 <= int(seen) <= most:
        raise BadInput(
            "Không có bàn %(seen)s. Lớp này có %(n)s bàn. Anh/chị xem lại số ghi trên bàn, từ 1 đến %(n)s.",
            seen=seen,
            n=most,
        )
    return int(seen)


def _seated(user: User) -> Select[Any]:
    """The open classes in which the person has a seat, the newest first."""
    seats = class_members.c
    found = select(classes, seats.seat, seats.calling).join(class_members, seats.class_id == classes.c.id)
    return found.where(seats.user_id == user.id, seats.seat.is_not(None), classes.c.open).order_by(
        seats.joined_at.desc()
    )


def _leave(connection: Any, user: User, but: int = 0) -> None:
    """Free the seats of a person in open classes but one: what is closed keeps its order of seats."""
    still_open = select(classes.c.id).where(classes.c.open, classes.c.id != but)
    mine = (class_members.c.user_id == user.id, class_members.c.class_id.in_(still_open))
    connection.execute(update(class_members).where(*mine).values(seat=None, calling=False))
