"""Work by hand: marks in a text or in two versions of it, a table filled in, sorted cards, masked data, a choice
between answers. No prompt, no model.

It is saved as it is done, like a prompt being written; handed over it becomes an attempt that is judged at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from service import feedback, practice, seats
from service.checks.handwork import CHANGES, CRITERIA, marks_of
from service.checks.tables import Rows, in_columns, table_in
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.practice import editor
from service.prompts.keys import BETTER, IDENTIFIERS, PLANTED, WORKED_BY_HAND
from service.records import AnswerTable, Attempt, AttemptState, Exercise, ExerciseInput, Pair, User
from service.store.db import now
from service.text import nfc

MOST_MARKS = 300
"""More marks than any text here has mistakes."""
MOST_ROWS, LONGEST_CELL = 60, 500
"""Rows of a table filled in by hand, and characters of a cell."""
READY_MADE = ("middling", "weak")
"""Baselines that may be held against the source, the likelier first: what a machine writes, mistakes and all."""

_MARKED = {"find_errors": PLANTED, "mask_data": IDENTIFIERS, "compare_texts": tuple(CHANGES)}
"""What a mark may be called, by kind."""


def offered(exercise: Exercise, given: str = "") -> bool:
    """True when the exercise can be done by hand on this input: its key knows the cells or the places."""
    chosen = exercise.input(given)
    if exercise.kind == "extract":
        return key_table(exercise, chosen) is not None
    if exercise.kind == "compare_texts":
        return bool(chosen.text) and any(one.places for one in exercise.differences if one.input == chosen.id)
    return exercise.kind in WORKED_BY_HAND


def key_table(exercise: Exercise, given: ExerciseInput) -> AnswerTable | None:
    """The table of the key for an input; only its columns are shown while the work is done."""
    return next((one for one in exercise.tables if one.input == given.id), None)


def machine_tables(kit: Kit, user: User, exercise: Exercise, given: ExerciseInput) -> dict[str, Rows]:
    """Tables to hold against the source, by where they come from, under the columns of the key.

    A number is the number of one's own attempt with a prompt; the newest comes first, the ready-made one last.
    """
    key = key_table(exercise, given)
    if key is None:
        return {}
    past = [one for one in practice.history(kit, user, exercise.id) if not one.by_hand and one.input == given.id]
    made = {str(one.number): table_in(one.answer) for one in reversed(past)}
    ready = {one.label: table_in(one.output) for one in exercise.baselines if one.input == given.id}
    label = next((label for label in READY_MADE if len(ready.get(label, ())) > 1), None)
    if label:
        made["san"] = ready[label]
    return {name: in_columns(key, table) for name, table in made.items() if len(table) > 1}


def keep(kit: Kit, user: User, exercise: Exercise, work: Mapping[str, Any], given: str = "") -> Attempt:
    """Save the work as it is being done."""
    chosen = exercise.input(given)
    return editor.keep_draft(kit, user, exercise, work=cleaned(exercise, chosen, work), input=chosen.id)


def in_hand(kit: Kit, user: User, exercise: Exercise, given: str = "") -> Mapping[str, Any]:
    """What the page shows: the work being done on this input, else that of the last attempt at it, else nothing."""
    chosen = exercise.input(given).id
    works = editor.works_in_hand(kit, user, exercise)
    if chosen in works:
        return works[chosen]
    past = reversed(practice.history(kit, user, exercise.id))
    return next((one.work for one in past if one.by_hand and one.input == chosen), {})


def hand_over(kit: Kit, user: User, exercise: Exercise, work: Mapping[str, Any], given: str = "") -> Attempt:
    """Make the work the next attempt and judge it.

    Raises BadInput when nothing was done, no attempts are left, or the class is paused; then the work is kept.
    """
    chosen = exercise.input(given)
    done = cleaned(exercise, chosen, work)
    if not any(done.values()):
        raise BadInput("Bài còn trống. Anh/chị làm ít nhất một chỗ rồi bấm soi.")
    if seats.paused(kit, user):
        keep(kit, user, exercise, work, given)
        raise BadInput(
            "Giảng viên đang tạm dừng. Bài làm đã được lưu; anh/chị cứ làm tiếp, khi giảng viên cho chạy tiếp thì "
            "bấm soi."
        )
    made = practice.number(
        kit,
        user,
        exercise,
        state=AttemptState.DONE,
        input=chosen.id,
        work=done,
        answer=readable(exercise, chosen, done),
        finished_at=now(),
        finish_reason="by_hand",
    )
    feedback.grade(kit, made.id)
    return practice.load(kit, made.id)


def on_the_left(user: User, exercise: Exercise, pair: Pair) -> bool:
    """True when the first answer of a pair stands on the left for this person: by chance, and the same every time."""
    return hashlib.sha256(f"{user.id}:{exercise.id}:{pair.id}".encode()).digest()[0] % 2 == 0


def cleaned(exercise: Exercise, given: ExerciseInput, work: Mapping[str, Any]) -> dict[str, Any]:
    """Work as it may be kept: only what this kind of exercise knows, on this input, within the text."""
    if not offered(exercise, given.id):
        raise BadInput("Bài này làm bằng câu lệnh, không làm bằng tay.")
    if exercise.kind == "extract":
        return {"table": _cleaned_table(exercise, given, work.get("table"))}
    if exercise.kind == "sort_cards":
        levels = {level.id for level in exercise.levels}
        cards = {card.id for card in exercise.cards if card.input == given.id}
        places = _mapping(work.get("places"))
        return {"places": {card: place for card, place in places.items() if card in cards and place in levels}}
    if exercise.kind == "blind_compare":
        pairs = {pair.id for pair in exercise.pairs if pair.input == given.id}
        choices = {one: choice for one, choice in _mapping(work.get("choices")).items() if one in pairs}
        reasons = {
            one: [code for code in said if code in CRITERIA]
            for one, said in _mapping(work.get("reasons")).items()
            if one in choices and isinstance(said, list)
        }
        return {"choices": {one: choice for one, choice in choices.items() if choice in BETTER}, "reasons": reasons}
    kinds = _MARKED[exercise.kind]
    made = work.get("marks")
    marks = marks_of({"marks": made[:MOST_MARKS]} if isinstance(made, list) else {})
    return {
        "marks": [
            {"start": one.start, "end": one.end, "type": one.type if one.type in kinds else ""}
            for one in marks
            if one.end <= len(given.text)
        ]
    }


def readable(exercise: Exercise, given: ExerciseInput, work: Mapping[str, Any]) -> str:
    """The work in words, for whoever reads it later."""
    if exercise.kind == "mask_data":
        return masked(given.text, work)
    if exercise.kind == "extract":
        head, *rows = work["table"]
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join(
            f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in line)} |" for line in lines
        )
    if exercise.kind in ("find_errors", "compare_texts"):
        return "\n".join(f"- {given.text[one.start : one.end]}" for one in marks_of(work))
    if exercise.kind == "sort_cards":
        names = {level.id: level.label for level in exercise.levels}
        places = work.get("places", {})
        return "\n".join(f"- {names[places[one.id]]}: {one.text}" for one in exercise.cards if one.id in places)
    said = {"first": "bản thứ nhất tốt hơn", "second": "bản thứ hai tốt hơn", "tie": "hai bản ngang nhau"}
    lines = []
    for pair, choice in work.get("choices", {}).items():
        why = ", ".join(CRITERIA[code].lower() for code in work.get("reasons", {}).get(pair, ()))
        lines.append(f"- {pair}: {said[choice]}" + (f" ({why})" if why else ""))
    return "\n".join(lines)


def masked(text: str, work: Mapping[str, Any]) -> str:
    """A text with its marked stretches behind masks; the same words get the same mask."""
    masks: dict[tuple[str, str], str] = {}
    pieces, at = [], 0
    for one in marks_of(work):
        if one.start < at:
            continue
        kind, said = one.type or "KHAC", " ".join(text[one.start : one.end].split()).lower()
        nth = sum(1 for known, _ in masks if known == kind) + 1
        pieces += [text[at : one.start], masks.setdefault((kind, said), f"[{kind}_{nth}]")]
        at = one.end
    return "".join([*pieces, text[at:]])


def _cleaned_table(exercise: Exercise, given: ExerciseInput, table: object) -> list[list[str]]:
    """The head of the key and the rows that hold something; nothing when none does."""
    key = key_table(exercise, given)
    if key is None:
        raise NotFound()
    width = len(key.columns)
    rows = [row for row in table if isinstance(row, list)] if isinstance(table, list) else []
    cells = [[nfc(str(cell)).strip()[:LONGEST_CELL] for cell in (row + [""] * width)[:width]] for row in rows]
    filled = [row for row in cells[:MOST_ROWS] if any(row) and row != list(key.columns)]
    return [list(key.columns), *filled] if filled else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
