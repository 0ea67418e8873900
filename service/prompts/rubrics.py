"""Marking sheets: ``prompts/rubrics/*.yaml`` in the words of Open edX ORA, checked whole."""

from __future__ import annotations

import re
from pathlib import Path

from service.errors import InvalidExercise
from service.prompts.lines import MAX_BYTES, Fields, Problem, compose, first_of, naming
from service.records import Criterion, CriterionLevel, Rubric
from service.text import nfc

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REASONS = ("optional", "required", "disabled")


def load_rubric(path: Path) -> Rubric:
    """Read a rubric file. Raises InvalidExercise, naming the file and the line."""
    with naming(path):
        return parse_rubric(path.read_text(encoding="utf-8"), path.stem)


def parse_rubric(text: str, name: str) -> Rubric:
    """The rubric written in ``text``; ``name`` is its file name without ".yaml". Raises InvalidExercise."""
    if len(text.encode()) > MAX_BYTES:
        raise InvalidExercise(line=1, problem=f"Tệp nặng quá {MAX_BYTES // 1024} KB.")
    problems: list[Problem] = []
    top = Fields(compose(nfc(text), 1), problems)
    if top.number("schema", required=True) != 1 and top.has("schema"):
        top.wrong("schema", "Học Vụ đọc được phiếu chấm theo mẫu số 1.")
    given = top.text("id", required=True)
    if given and (given != name or not _ID.fullmatch(given)):
        top.wrong("id", f"Mục “id” là “{given}”, phải trùng tên tệp “{name}”, chữ thường không dấu, số, gạch nối.")
    rubric = Rubric(
        id=given,
        version=top.number("version", required=True, lowest=1),
        name=top.text("name", required=True, longest=150),
        criteria=_criteria(top),
        feedback_prompt=top.text("feedback_prompt"),
        guidelines=top.text("grader_guidelines"),
    )
    top.text("scale", "ordinal", choices=("ordinal",))
    top.plain("examples")  # for practising to mark; not part of the record
    if not rubric.criteria:
        top.wrong("criteria", "Phiếu chấm cần ít nhất một tiêu chí.")
    top.close()
    first_of(problems)
    return rubric


def _criteria(top: Fields) -> tuple[Criterion, ...]:
    found: list[tuple[int, Criterion]] = []
    for item in top.each("criteria"):
        order = item.number("order_num", len(found) + 1, lowest=0)
        criterion = Criterion(
            name=item.text("name", required=True),
            label=item.text("label", required=True),
            prompt=item.text("prompt"),
            levels=_levels(item),
            weight=item.decimal("weight", 1.0, lowest=0, highest=100),
            reason=item.text("feedback", "optional", choices=REASONS),
            auto=item.text("auto"),
        )
        if not _ID.fullmatch(criterion.name or "x") or criterion.name in {one.name for _, one in found}:
            item.wrong("name", f"Mã tiêu chí “{criterion.name}” phải khác các mã kia, chữ thường không dấu, gạch nối.")
        found.append((order, criterion))
        item.close()
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _levels(item: Fields) -> tuple[CriterionLevel, ...]:
    found: list[tuple[int, CriterionLevel]] = []
    for option in item.each("options"):
        order = option.number("order_num", len(found) + 1, lowest=0)
        # "points: null" says "not assessable"; a level without the key at all is a slip.
        none = option.has("points") and option.plain("points") is None
        points = None if none else option.decimal("points", lowest=0, highest=100)
        if not option.has("points"):
            option.wrong("name", "Mỗi mức cần mục “points”; mức “không chấm được” ghi points: null.")
        level = CriterionLevel(
            option.text("name", required=True), option.text("label", required=True), points, option.text("explanation")
        )
        if level.name in {one.name for _, one in found}:
            option.wrong("name", f"Hai mức cùng mang mã “{level.name}”.")
        found.append((order, level))
        option.close()
    graded = [one for _, one in found if one.points is not None]
    if not 2 <= len(graded) <= 5:
        item.wrong("options", f"Mỗi tiêu chí cần từ 2 đến 5 mức có điểm, tệp có {len(graded)}.")
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
