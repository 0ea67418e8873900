"""The desk of work by hand: find mistakes, compare versions, fill a table, sort cards, mask data, choose an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from service import accounts, exercises, feedback, handwork, practice
from service.checks.handwork import CHANGES, CRITERIA, TYPES
from service.checks.tables import judge_cells
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.pages import desk as desk_of, guards, marking, reading
from service.pages.errors import sentence
from service.pages.reading import Piece, Sheet
from service.pages.strips import strip
from service.practice import reveal
from service.prompts.keys import BY_HAND_TOO
from service.records import Attempt, AttemptState, Exercise, ExerciseInput, User
from service.store.db import now
from service.text import line_number

pages = Blueprint("handwork", __name__)

MASKS: Mapping[str, str] = {
    "HO_TEN": "Họ tên",
    "CCCD": "Số định danh",
    "CMND": "Số chứng minh nhân dân",
    "SDT": "Số điện thoại",
    "EMAIL": "Thư điện tử",
    "TK": "Số tài khoản",
    "BHXH": "Mã số bảo hiểm xã hội",
    "NGAY_SINH": "Ngày sinh",
    "DIA_CHI": "Địa chỉ nhà",
    "BIEN_SO": "Biển số xe",
    "KHAC": "Chi tiết khác",
}
"""What is behind a mask."""

EMPTY_ROWS = 3
"""Rows to be written in that stand below a table; without scripts the page gives as many again when it is kept."""

_WORD = re.compile(r"\S+")
_EDGE = "“”\"'‘’()[]{}«».,;:!?…/"


@dataclass(frozen=True)
class Word:
    """A word of the text that can be marked; its offsets leave out the punctuation around it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Version:
    """One of the texts side by side: its heading and its lines."""

    heading: str
    lines: list[list[Word]]


@dataclass(frozen=True)
class Cell:
    """A cell of the table: what stands in it, and whether it is right; None before it was judged."""

    text: str
    right: bool | None = None


@pages.get("/exercises/<exercise_id>/by-hand")
def desk(exercise_id: str) -> str:
    user, kit = guards.signed_in(), guards.kit()
    past = practice.history(kit, user, exercise_id)
    asked = request.args.get("input")
    exercise = _get(kit, user, exercise_id, asked or "")
    mine = [one for one in past if one.by_hand and (asked is None or one.input == exercise.input(asked).id)]
    shown = mine[-1] if mine else None
    given = exercise.input(asked if asked is not None else shown.input if shown else "")
    work = handwork.in_hand(kit, user, exercise, given.id)
    if table := handwork.machine_tables(kit, user, exercise, given).get(request.args.get("table", "")):
        return _desk(kit, user, exercise, given, {"table": [(), *table]}, None, past)
    return _desk(kit, user, exercise, given, work, shown, past)


@pages.get("/attempts/<int:attempt_id>/by-hand")
def attempt(attempt_id: int) -> str | Response:
    user, kit = guards.signed_in(), guards.kit()
    shown = practice.get(kit, user, attempt_id)
    if shown.state is AttemptState.DRAFT:
        return redirect(url_for(".desk", exercise_id=shown.exercise_id, input=shown.input or None))
    exercise = exercises.for_attempt(kit, shown)
    if not shown.by_hand:
        raise NotFound()
    given = exercise.input(shown.input)
    if shown.user_id != user.id:
        owner = next(one for one in accounts.list_users(kit) if one.id == shown.user_id)
        return _desk(kit, owner, exercise, given, shown.work, shown, (shown,), owner=owner)
    return _desk(kit, user, exercise, given, shown.work, shown, practice.history(kit, user, exercise.id))


@pages.post("/exercises/<exercise_id>/by-hand")
def hand_over(exercise_id: str) -> Response | tuple[str, int]:
    user, kit = guards.signed_in(), guards.kit()
    exercise = _get(kit, user, exercise_id, request.form.get("input", ""))
    given = exercise.input(request.form.get("input", ""))
    work = _work(user, exercise, given)
    try:
        made = handwork.hand_over(kit, user, exercise, work, given.id)
    except BadInput as refused:
        past = practice.history(kit, user, exercise_id)
        page = _desk(kit, user, exercise, given, work, None, past, refused=sentence(refused))
        return page, refused.status
    return redirect(url_for(".attempt", attempt_id=made.id), 303)


@pages.post("/exercises/<exercise_id>/by-hand/keep")
def keep(exercise_id: str) -> str:
    """Save the work while it is being done; answers when."""
    user, kit = guards.signed_in(), guards.kit()
    exercise = _get(kit, user, exercise_id, request.form.get("input", ""))
    given = exercise.input(request.form.get("input", ""))
    handwork.keep(kit, user, exercise, _work(user, exercise, given), given.id)
    return render_template("handwork/_kept.html", saved_at=now())


def _get(kit: Kit, user: User, exercise_id: str, given: str) -> Exercise:
    exercise = exercises.get(kit, user, exercise_id)
    if not handwork.offered(exercise, given):
        raise NotFound()
    return exercise


def _desk(
    kit: Kit,
    user: User,
    exercise: Exercise,
    given: ExerciseInput,
    work: Mapping[str, Any],
    shown: Attempt | None,
    past: Sequence[Attempt],
    *,
    owner: User | None = None,
    refused: str = "",
) -> str:
    open_key = owner is not None or reveal.may_see(kit, "solved", exercise, past)
    results = desk_of.guarded(feedback.results(kit, shown.id) if shown else (), open_key)
    return render_template(
        "handwork/desk.html",
        exercise=exercise,
        given=given,
        prose=desk_of.prose(exercise),
        inputs=() if owner else desk_of.inputs(kit, exercise, given.id, past),
        materials=desk_of.materials(kit, exercise, given.id),
        work=work,
        attempt=shown,
        owner=owner,
        own=owner is None,
        refused=refused,
        open_key=open_key,
        **(strip(kit, user, exercise.id, by_hand=True) if owner is None else {"sitting": None}),
        prompt_too=exercise.kind in BY_HAND_TOO,
        **_place(kit, user, exercise, given, work, shown),
        **desk_of.strip(kit, exercise, past, shown) | {"comparable": ()},  # there is no prompt whose change could show
        **desk_of.findings_of(results),
        **desk_of.revealed(kit, exercise, past),
    )


def _place(
    kit: Kit, user: User, exercise: Exercise, given: ExerciseInput, work: Mapping[str, Any], shown: Attempt | None
) -> dict[str, Any]:
    """What the place of work of this kind needs."""
    if exercise.kind == "extract":
        return _table(kit, user, exercise, given, work, shown)
    if exercise.kind == "sort_cards":
        return {"cards": [card for card in exercise.cards if card.input == given.id]}
    if exercise.kind == "blind_compare":
        return {
            "pairs": [
                (pair, *map(marking.mark, _sides(user, exercise, pair)), _side_chosen(user, exercise, pair, work))
                for pair in exercise.pairs
                if pair.input == given.id
            ],
            "criteria": CRITERIA,
        }
    names = {"find_errors": TYPES, "mask_data": MASKS, "compare_texts": CHANGES}[exercise.kind]
    types = {code: name[:1].upper() + name[1:] for code, name in names.items()}
    lines = words(given.text)
    place = {"lines": lines, "types": types, "marks": list(work.get("marks", ())), "options": options}
    papers = reading.sheets(given.text)
    if exercise.kind != "mask_data" and any(sheet.number for sheet in papers):
        return place | {"on_paper": [(sheet, *_laid_out(sheet, given.text)) for sheet in papers]}
    return place | {"versions": versions(lines)} if exercise.kind == "compare_texts" else place


def _laid_out(sheet: Sheet, text: str) -> tuple[Callable[..., Markup], list[Markup]]:
    """What sets the words of a document's pieces, and the lines of a note: numbered, for feedback speaks of lines."""

    def numbered(begins: int) -> Markup:
        number = Markup('<span class="line-number" data-line="{}" aria-hidden="true"></span>')
        return number.format(line_number(text, begins))

    def piece_words(piece: Piece, cell: int = 0) -> Markup:
        begins = sheet.start_of(piece, cell)
        said = Markup("<br>").join(map(options, words(piece.cells[cell], begins)))
        return said if cell else numbered(begins) + said

    notes = [] if sheet.number else words(sheet.text, sheet.start)
    return piece_words, [numbered(line[0].start) + options(line) for line in notes]


def options(line: Sequence[Word]) -> Markup:
    """A line of words as the list box has them."""
    return marking.mark_options((word.text, word.start, word.end) for word in line)


def _table(
    kit: Kit, user: User, exercise: Exercise, given: ExerciseInput, work: Mapping[str, Any], shown: Attempt | None
) -> dict[str, Any]:
    """The grid: its columns, its rows with the verdict of each cell where they are those that were judged."""
    key = handwork.key_table(exercise, given)
    made = [list(row) for row in work.get("table", ())]
    right: Mapping[tuple[int, int], bool] = {}
    if key and shown and made and made == [list(row) for row in shown.work.get("table", ())]:
        right = judge_cells(key, tuple(map(tuple, made))).cells
    rows = [[Cell(text, right.get((n, at))) for at, text in enumerate(row)] for n, row in enumerate(made) if n]
    return {
        "columns": key.columns if key else (),
        "rows": rows,
        "empty_rows": EMPTY_ROWS,
        "machine_tables": tuple(handwork.machine_tables(kit, user, exercise, given)),
        "judged": bool(right),
    }


def versions(lines: Sequence[list[Word]]) -> list[Version]:
    """The lines of a text by version; a line in capitals alone begins the next one."""
    found = [Version("", [])]
    for line in lines:
        said = " ".join(word.text for word in line)
        if said.isupper():
            found.append(Version(said, []))
        else:
            found[-1].lines.append(line)
    return [one for one in found if one.lines]


def words(text: str, begins: int = 0) -> list[list[Word]]:
    """The lines of a text, each as its words; offsets in code points, in a whole in which it ``begins`` there."""
    lines = []
    for line in re.finditer(r"[^\n]+", text):
        found = []
        for match in _WORD.finditer(line[0]):
            head = len(match[0]) - len(match[0].lstrip(_EDGE))
            tail = len(match[0].rstrip(_EDGE))
            head, tail = (head, tail) if head < tail else (0, len(match[0]))
            at = begins + line.start() + match.start()
            found.append(Word(match[0], at + head, at + tail))
        if found:
            lines.append(found)
    return lines


def _sides(user: User, exercise: Exercise, pair: Any) -> tuple[str, str]:
    first_left = handwork.on_the_left(user, exercise, pair)
    return (pair.first, pair.second) if first_left else (pair.second, pair.first)


def _side_chosen(user: User, exercise: Exercise, pair: Any, work: Mapping[str, Any]) -> str:
    chosen = str(work.get("choices", {}).get(pair.id, ""))
    if chosen in ("", "tie"):
        return chosen
    return "left" if (chosen == "first") == handwork.on_the_left(user, exercise, pair) else "right"


def _work(user: User, exercise: Exercise, given: ExerciseInput) -> dict[str, Any]:
    """The form as work; what is no work is sorted out by the feature."""
    form = request.form
    if exercise.kind == "extract":
        width = len(key.columns) if (key := handwork.key_table(exercise, given)) else 1
        cells = form.getlist("cell")
        return {"table": [[], *(cells[at : at + width] for at in range(0, len(cells), width))]}
    if exercise.kind == "sort_cards":
        return {"places": {name.removeprefix("card-"): form[name] for name in form if name.startswith("card-")}}
    if exercise.kind == "blind_compare":
        choices, reasons = {}, {}
        for pair in (one for one in exercise.pairs if one.input == given.id):
            side = form.get(f"choice-{pair.id}", "")
            first_left = handwork.on_the_left(user, exercise, pair)
            if side in ("left", "right"):
                choices[pair.id] = "first" if (side == "left") == first_left else "second"
            elif side == "tie":
                choices[pair.id] = "tie"
            reasons[pair.id] = form.getlist(f"reason-{pair.id}")
        return {"choices": choices, "reasons": reasons}
    try:
        return {"marks": json.loads(form.get("marks", "[]"))}
    except ValueError:
        raise BadInput(_("Các chỗ đánh dấu gửi lên không đọc được. Anh/chị tải lại trang rồi làm tiếp.")) from None
