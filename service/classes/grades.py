"""The grade book of a class: people beside the exercises they had at hand, in no order of merit. Personal data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from math import floor
from typing import Any

from sqlalchemy import func, select

from service import audit, classes, exercises, practice, rubric, spreadsheet
from service.compare import defused
from service.errors import InvalidExercise, NotFound
from service.kit import Kit
from service.practice import rows
from service.records import BookLine, Grade, Marking, Rater, User
from service.store.tables import attempts, class_exercises, hand_ins
from service.text import fold

ORDERS = ("seat", "name")
"""Ways to order the lines."""
COUNTS_BEFORE = (Rater.TRAINER, Rater.PEER, Rater.SELF)
"""Whose sheet is shown where several people have filled one in."""
COLUMNS = ("số lần làm, cả trước khi vào lớp", "đã nộp, cả trước khi vào lớp", "điểm phiếu chấm (%)", "người chấm")
"""What a file tells of each exercise."""
BY: Mapping[Rater, str] = {Rater.SELF: "tự chấm", Rater.PEER: "học viên khác", Rater.TRAINER: "giảng viên"}
"""Who filled a sheet in, in words."""


def titles(kit: Kit, user: User, class_id: int) -> Mapping[str, str]:
    """The exercises that the class has had at hand, by id, in the order they came; without a file the id stands."""
    found = classes.get(kit, user, class_id)
    asked = select(class_exercises.c.exercise_id).where(class_exercises.c.class_id == found.id)
    with kit.db.read() as connection:
        ids = connection.execute(asked.order_by(class_exercises.c.at)).scalars().all()
    return {one: _title(kit, one) for one in ids}


def book(kit: Kit, user: User, class_id: int, order: str = "seat") -> tuple[BookLine, ...]:
    """Everybody who has sat in the class, with what they did on its exercises; the reading is noted."""
    wanted = list(titles(kit, user, class_id))
    sitting = classes.people(kit, user, class_id)
    audit.note(kit, user, "class.grades", str(class_id))
    whose = [person.id for _, person in sitting]
    grades = _grades(kit, whose, wanted)
    lines = [
        BookLine(person, seat.number, {one: grades.get((person.id, one), Grade()) for one in wanted})
        for seat, person in sitting
    ]
    if order == "name":
        lines.sort(key=lambda line: _alphabetical(line.person))
    return tuple(lines)


def export_xlsx(kit: Kit, user: User, class_id: int) -> bytes:
    """The book as a workbook."""
    return spreadsheet.xlsx("Sổ điểm", _rows(kit, user, class_id))


def export_csv(kit: Kit, user: User, class_id: int) -> str:
    """The book for other programs (UTF-8 with BOM, commas); cells that look like formulas are defused."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(defused, row) for row in _rows(kit, user, class_id))
    return "\ufeff" + out.getvalue()


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _rows(kit: Kit, user: User, class_id: int) -> list[list[object]]:
    """The head, and a row for each person by seat; points are those of a hundred, cut off."""
    named, lines = titles(kit, user, class_id), book(kit, user, class_id)
    rows: list[list[object]] = [["Bàn", "Họ và tên", "Tên đăng nhập"]]
    for title in named.values():
        rows[0] += [f"{title}: {what}" for what in COLUMNS]
    for line in lines:
        cells: list[object] = [line.seat or "", line.person.display_name, line.person.name]
        for one in named:
            grade = line.grades[one]
            share = "" if grade.points is None or not grade.most else floor(round(100 * grade.points / grade.most, 6))
            cells += [grade.attempts, "có" if grade.handed_in else "chưa", share, BY[grade.by] if grade.by else ""]
        rows.append(cells)
    return rows


def _grades(kit: Kit, whose: Iterable[int], wanted: Iterable[str]) -> dict[tuple[int, str], Grade]:
    """What these people did on these exercises, by person and exercise; the newest hand-in of each is told."""
    of_them = (attempts.c.user_id.in_(list(whose)), attempts.c.exercise_id.in_(list(wanted)))
    made = select(attempts.c.user_id, attempts.c.exercise_id, func.count().label("made"))
    made = made.where(*of_them, *rows.counted()).group_by(attempts.c.user_id, attempts.c.exercise_id)
    given = select(hand_ins.c.id, hand_ins.c.user_id, hand_ins.c.exercise_id, hand_ins.c.attempt_id)
    given = given.join(attempts, attempts.c.id == hand_ins.c.attempt_id).where(*of_them).order_by(hand_ins.c.id)
    with kit.db.read() as connection:
        counts = {(row.user_id, row.exercise_id): row.made for row in connection.execute(made)}
        handed = {(row.user_id, row.exercise_id): row for row in connection.execute(given)}
    marked = rubric.marked_of(kit, [row.id for row in handed.values()])
    found = {}
    for key, count in counts.items():
        row = handed.get(key)
        found[key] = Grade(count, row.id, *_points(kit, row, marked[row.id])) if row else Grade(count)
    return found


def _points(kit: Kit, row: Any, given: Iterable[Marking]) -> tuple[float | None, float, Rater | None]:
    """Points, the most there are, and whose sheet it is; the newest of the trainers', else of the peers', else one's
    own."""
    first = sorted(given, key=lambda one: (COUNTS_BEFORE.index(one.role), -one.id))
    if not first:
        return None, 0.0, None
    used = rubric.of(kit, exercises.for_attempt(kit, practice.load(kit, row.attempt_id)))
    return *rubric.total(used, first[0]), first[0].role


def _title(kit: Kit, exercise_id: str) -> str:
    try:
        return exercises.present(kit, exercise_id).title
    except (NotFound, InvalidExercise):
        return exercise_id


def _alphabetical(person: User) -> tuple[str, ...]:
    """Vietnamese lists go by the given name, which stands last."""
    words = fold(person.display_name).casefold().split()
    return (*words[-1:], *words[:-1], person.name)
