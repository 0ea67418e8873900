"""The paper of a checked document: every component in its place, and no word that was sent is missing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from service import form
from service.kit import Kit
from service.pages.form import Marked
from service.pages.reading import Part, component_parts
from service.records import FormReport

SAMPLES = sorted((Path(__file__).parent.parent / "rules" / "nd30_samples").glob("*.txt"))
WORD = re.compile(r"[^\W_]+")


def laid_out(report: FormReport) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in component_parts(report.blocks):
        found.setdefault(part.kind, []).append(part)
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_word_is_missing_and_head_and_foot_stand_where_they_belong(kit: Kit, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    report = form.examine(kit, path.name, text.encode())
    parts = laid_out(report)
    shown = " ".join(
        cell
        for found in parts.values()
        for part in found
        for pieces in part.boxes
        for piece in pieces
        for cell in piece.cells
    )
    assert Counter(WORD.findall(shown)) == Counter(WORD.findall(text))
    (head,) = parts["head"]
    assert [bool(box) for box in head.boxes][:3] == [True, True, True]
    assert len(parts["foot"][0].boxes) >= 2


def test_a_misspelt_number_line_stands_in_its_place_with_its_number(kit: Kit) -> None:
    text = SAMPLES[[path.stem for path in SAMPLES].index("cong_van")].read_text(encoding="utf-8")
    report = form.examine(kit, "a.txt", text.replace("Số: 1284/SNNMT-CNTY", "Số 1284/CV-SNNMT").encode())
    (head,) = laid_out(report)["head"]
    (code,) = head.boxes[2]
    words = Marked(report).words(code)
    assert words.startswith('<span class="spot error">Số 1284/CV-SNNMT<a class="error"')


def test_minutes_have_their_two_signatures_side_by_side(kit: Kit) -> None:
    text = SAMPLES[[path.stem for path in SAMPLES].index("bien_ban")].read_text(encoding="utf-8")
    foot = laid_out(form.examine(kit, "a.txt", text.encode()))["foot"][0]
    assert [box[0].box for box in foot.boxes] == [0, 2, 3]


def test_the_rows_of_a_table_are_a_table(kit: Kit) -> None:
    text = SAMPLES[[path.stem for path in SAMPLES].index("thong_bao")].read_text(encoding="utf-8")
    lines = text.splitlines()
    rows = ["| TT | Đơn vị | Số lượng |", "|---|---|---|", "| 1 | Thôn Một | 12 |"]
    middle = next(n for n, line in enumerate(lines) if line.endswith("./."))
    report = form.examine(kit, "a.md", "\n".join([*lines[:middle], *rows, *lines[middle:]]).encode())
    (table,) = laid_out(report)["table"]
    assert [piece.cells for piece in table.pieces] == [("TT", "Đơn vị", "Số lượng"), ("1", "Thôn Một", "12")]
