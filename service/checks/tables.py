"""Checks of what was taken out of texts: a table against the key's table, and differences between two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from service.checks.cells import ALIKE, letters, likeness, not_said, plain, same
from service.checks.citations import without_citations
from service.checks.handwork import MISSED, marks_differences
from service.quantities import quantities
from service.records import AnswerTable, Assertion, Case, CheckResult, Finding, Level, Span

Rows = tuple[tuple[str, ...], ...]
Places = tuple[tuple[tuple[int, int], ...], ...]

TABLE_ENOUGH = 0.8
"""Share of the key's cells from which a table passes, unless the assertion says otherwise."""

_ROW = re.compile(r"^[^\n|]*\|.*$", re.MULTILINE)
_TABBED = re.compile(r"^.*\t.*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:+-]+")
_SAME_COLUMN = (
    frozenset({"viec", "nhiem vu", "cong viec", "noi dung"}),
    frozenset({"chu tri", "don vi", "don vi thuc hien", "co quan thuc hien", "phu trach"}),
    frozenset({"thoi han", "han", "han xong", "thoi gian"}),
)
"""Heads of columns that offices use for one another."""
_NEARLY = 0.9
"""The likeness of such heads: the exact one goes before them."""


def table_in(text: str) -> Rows:
    """The first Markdown table of a text, or lines of cells parted by tabs; the head first. Empty without one."""
    return tuple(tuple(text[start:end] for start, end in row) for row in _places_in(text))


def _places_in(text: str) -> Places:
    """Where the cells of the table stand in the text."""
    lines = list(_ROW.finditer(text)) or list(_TABBED.finditer(text))
    return tuple(tuple(_cells_of(line)) for line in lines if not _RULE.fullmatch(line[0]))


def _cells_of(line: re.Match[str]) -> Iterator[tuple[int, int]]:
    parting = "|" if "|" in line[0] else "\t"
    inner = re.sub(r"\|\s*$", "", line[0])
    edge = re.match(r"\s*\|", inner)
    at = edge.end() if edge and parting == "|" else 0
    for cell in inner[at:].split(parting):
        start = line.start() + at + len(cell) - len(cell.lstrip(" *"))
        yield start, start + len(cell.strip(" *"))
        at += len(cell) + 1


def fills_table(case: Case, assertion: Assertion) -> CheckResult:
    """The cells of the key's table stand in the table of the answer; rows that the key does not have count against it.

    Rows are found by their key columns. "[chưa nêu]" in the key is met by any way of saying that nothing is stated.
    """
    key = _key_of(case)
    if key is None:
        return CheckResult("fills-table", None, 0.0, "Trường hợp này không có bảng đáp án.")
    made, places = _made(case)
    if len(made) < 2:
        finding = Finding(
            "fills-table",
            Level.ESSENTIAL,
            "Kết quả chưa thành bảng",
            why="Bảng giúp theo dõi từng việc; câu văn dài dễ sót.",
            try_next="Nêu trong câu lệnh: lập bảng, tên từng cột, mỗi việc một dòng.",
            insert=f"Lập bảng gồm các cột: {', '.join(key.columns)}; mỗi việc một dòng.",
        )
        return CheckResult("fills-table", False, 0.0, finding.title + ".", (finding,))
    judged = judge_cells(key, made)
    missing = [name for name in key.columns if name not in judged.columns]
    findings = [_missing_columns(key, missing, case)] if missing else []
    nameless = not any(name in judged.columns for name in key.keys)
    for n, wanted in enumerate(() if nameless else key.rows):
        row = judged.rows.get(n)
        if row is None:
            findings.append(_missing_row(key, wanted, by_hand=bool(case.work)))
            continue
        for at, name in enumerate(key.columns):
            if name in judged.columns and not judged.cells[row, judged.columns[name]]:
                seen = _cell(made[row], judged.columns[name])
                findings.append(_wrong_cell(key, wanted, at, seen, _span(made, places, row, judged.columns[name])))
    findings += [_extra_row(made, places, row) for row in judged.extra if not nameless]
    if case.work:  # the page marks the cells themselves, and the key stays closed until it may be seen
        findings = [replace(one, part=MISSED if one.expected else "", spans=(), insert="") for one in findings]
    asked = len(key.rows) * len(key.columns)
    score = judged.right / (asked + len(judged.extra) * len(key.columns) / 2)
    if not findings:
        good = f"Bảng đúng cả {len(key.rows)} dòng"
        return CheckResult("fills-table", True, 1.0, good + ".", (Finding("fills-table", Level.CELEBRATORY, good),))
    enough = TABLE_ENOUGH if assertion.threshold is None else assertion.threshold
    reason = (
        f"{findings[0].title} nên chưa đối chiếu được từng dòng."
        if nameless
        else f"Đúng {judged.right}/{asked} ô phải có; {judged.right}/{judged.filled} ô đã điền là đúng; "
        f"thừa {len(judged.extra)} dòng."
    )
    return CheckResult("fills-table", score >= enough, score, reason, tuple(findings))


def lost_blanks(case: Case) -> tuple[Span, ...]:
    """The cells of an answer's table that leave open what the source states."""
    key, (made, places) = _key_of(case), _made(case)
    if key is None or len(made) < 2:
        return ()
    wrong = (place for place, right in judge_cells(key, made).cells.items() if not right)
    return tuple(span for row, at in wrong if not_said(_cell(made[row], at)) for span in _span(made, places, row, at))


def _key_of(case: Case) -> AnswerTable | None:
    given = case.exercise.input(case.input)
    return next((one for one in case.exercise.tables if one.input == given.id), None)


def _made(case: Case) -> tuple[Rows, Places]:
    """The table filled in by hand, else the answer's with where its cells stand."""
    filled = tuple(tuple(map(str, row)) for row in case.work.get("table", ()))
    answer = case.answer or ""
    places = () if filled else _places_in(answer)
    return filled or tuple(tuple(without_citations(answer[a:b]).strip(" *") for a, b in row) for row in places), places


@dataclass(frozen=True)
class Cells:
    """A table held to its key.

    ``columns``: name of the key → column of the table; ``rows``: row of the key → row of the table; ``cells``: (row,
    column) of the table → right or not; ``extra``: rows the key does not have. ``right`` of ``filled`` cells that hold
    something are right (precision); of those the key asks for, ``right`` are there (recall).
    """

    columns: Mapping[str, int]
    rows: Mapping[int, int]
    cells: Mapping[tuple[int, int], bool]
    extra: tuple[int, ...]
    right: int
    filled: int


def judge_cells(key: AnswerTable, made: Rows) -> Cells:
    """Every cell of a table, its head first, against the key's; columns that the key does not have are not judged."""
    columns = _columns(key, made[0])
    rows = _matched(key, made, columns)
    extra = tuple(row for row in range(1, len(made)) if row not in rows.values() and any(made[row]))
    cells = {(row, at): False for row in extra for at in columns.values() if _cell(made[row], at)}
    for n, row in rows.items():
        for at, name in enumerate(key.columns):
            if name in columns:
                cells[row, columns[name]] = _same(key, name, key.rows[n][at], _cell(made[row], columns[name]))
    filled = sum(bool(_cell(made[row], at)) for row, at in cells)
    return Cells(columns, rows, cells, extra, sum(cells.values()), filled)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def in_columns(key: AnswerTable, made: Rows) -> Rows:
    """The rows of a table under the columns of the key, without the head; what it does not have stays empty."""
    columns = _columns(key, made[0]) if made else {}
    return tuple(
        tuple(_cell(row, columns[name]) if name in columns else "" for name in key.columns)
        for row in made[1:]
        if any(row)
    )


def names_differences(case: Case, assertion: Assertion) -> CheckResult:
    """Every difference of the key is named, with what stood in the old text and what stands in the new one."""
    given = case.exercise.input(case.input)
    key = [one for one in case.exercise.differences if one.input == given.id]
    if not key:
        return CheckResult("names-differences", None, 0.0, "Trường hợp này không có điểm khác nhau nào trong đáp án.")
    if case.work:
        return marks_differences(case, assertion)
    answer = case.answer or ""
    shares, findings = [], []
    for one in key:
        versions = {name: text for name, text in (("cũ", one.old), ("mới", one.new)) if text}
        said = [text for text in versions.values() if says(answer, text)]
        shares.append(len(said) / len(versions))
        if len(said) < len(versions):
            side, lost = next((side, text) for side, text in versions.items() if text not in said)
            findings.append(
                Finding(
                    check="names-differences",
                    level=Level.ESSENTIAL if not said else Level.ACTIONABLE,
                    title=f"Mới nêu một bên; bản {side} ghi «{lost}»"
                    if said
                    else "Sót một điểm khác nhau giữa hai văn bản",
                    why=one.effect,
                    try_next="Yêu cầu máy đối chiếu từng điều, khoản và ghi rõ bản cũ, bản mới.",
                    expected=f"{one.old or 'bản cũ không có'} → {one.new or 'bản mới đã bỏ'}",
                    insert="Đối chiếu từng mục, ghi rõ bản cũ viết gì, bản mới viết gì.",
                )
            )
    score = sum(shares) / len(shares)
    if not findings:
        good = f"Nêu đủ {len(key)} điểm khác nhau"
        findings = [Finding("names-differences", Level.CELEBRATORY, good)]
    enough = TABLE_ENOUGH if assertion.threshold is None else assertion.threshold
    reason = f"Nêu trọn {shares.count(1.0)}/{len(key)} điểm khác nhau."
    return CheckResult("names-differences", score >= enough, score, reason, tuple(findings))


def says(text: str, wanted: str) -> bool:
    """The words stand in the text, or all their quantities do where they hold some."""
    if plain(wanted) in plain(text):
        return True
    asked = {(one.kind, one.value) for one in quantities(wanted)}
    return bool(asked) and asked <= {(one.kind, one.value) for one in quantities(text)}


def _columns(key: AnswerTable, head: Sequence[str]) -> dict[str, int]:
    """Where each column of the key stands in a table with this head; the likeliest first, each place once."""
    likely = sorted(
        ((_head_likeness(name, seen), -n, name) for name, (n, seen) in product(key.columns, enumerate(head))),
        reverse=True,
    )
    found: dict[str, int] = {}
    for alike, n, name in likely:
        if alike >= ALIKE and name not in found and -n not in found.values():
            found[name] = -n
    return found


def _same(key: AnswerTable, name: str, wanted: str, seen: str) -> bool:
    return same(wanted, seen, name, names_row=name in key.keys)


def _matched(key: AnswerTable, made: Rows, columns: dict[str, int]) -> dict[int, int]:
    """Row of the key → row of the table, the likeliest first; of those that hold the same words the one nearest to the
    letter, and of those the one whose other cells are right."""
    at = [(key.columns.index(name), columns[name]) for name in key.keys if name in columns]

    beside = [(name, key.columns.index(name), b) for name, b in columns.items() if name not in key.keys]

    def near(wanted: Sequence[str], seen: Sequence[str]) -> tuple[float, float, int]:
        pairs = [(wanted[a], seen[b]) for a, b in at if b < len(seen)]
        alike = [sum(measure(a, b) for a, b in pairs) / max(1, len(at)) for measure in (likeness, letters)]
        return alike[0], alike[1], sum(_same(key, name, wanted[a], _cell(seen, b)) for name, a, b in beside)

    rated = sorted(
        ((near(wanted, made[row]), -n, -row) for n, wanted in enumerate(key.rows) for row in range(1, len(made))),
        reverse=True,
    )
    found: dict[int, int] = {}
    for (alike, _, _), n, row in rated:
        if alike >= ALIKE and -n not in found and -row not in found.values():
            found[-n] = -row
    return found


def _head_likeness(name: str, seen: str) -> float:
    both = {plain(name), plain(seen)}
    return max(_NEARLY if any(both <= heads for heads in _SAME_COLUMN) else 0.0, likeness(name, seen))


def _named(key: AnswerTable, row: Sequence[str]) -> str:
    return ", ".join(row[key.columns.index(name)] for name in key.keys)


def _missing_columns(key: AnswerTable, missing: Sequence[str], case: Case) -> Finding:
    """One finding for all columns that are not there; without those that name the rows no row can be found."""
    names = ", ".join(missing)
    if case.work:
        try_next, insert = "Thêm cột còn thiếu vào bảng.", ""
    elif all(f" {plain(name)} " in f" {plain(case.prompt)} " for name in missing):
        insert = "Giữ đúng số cột và tên cột đã nêu."
        try_next = f"Câu lệnh đã nêu mà máy chưa theo. Thêm câu: «{insert}»"
    else:
        try_next, insert = "Nêu tên từng cột trong câu lệnh.", f"Bảng có đủ các cột: {names}."
    return Finding(
        check="fills-table",
        level=Level.ESSENTIAL if set(missing) & set(key.keys) else Level.ACTIONABLE,
        title="Bảng thiếu cột " + ", ".join(f"«{name}»" for name in missing),
        why="Thiếu cột thì người đọc không biết chi tiết ấy.",
        try_next=try_next,
        insert=insert,
    )


def _missing_row(key: AnswerTable, wanted: Sequence[str], *, by_hand: bool) -> Finding:
    return Finding(
        check="fills-table",
        level=Level.ESSENTIAL,
        title="Bảng còn thiếu một dòng" if by_hand else f"Bảng sót dòng «{_named(key, wanted)}»",
        why="Việc bị sót sẽ không ai theo dõi.",
        try_next="Đọc lại tài liệu từ đầu, mỗi việc một dòng."
        if by_hand
        else "Yêu cầu mỗi việc một dòng và nêu số dòng phải có.",
        expected=" | ".join(wanted),
    )


def _wrong_cell(key: AnswerTable, row: Sequence[str], at: int, seen: str, place: tuple[Span, ...]) -> Finding:
    wanted = row[at]
    return Finding(
        check="fills-table",
        level=Level.ESSENTIAL if quantities(wanted) or not_said(wanted) else Level.ACTIONABLE,
        title=f"Ô «{key.columns[at]}» của dòng «{_named(key, row)}» chưa đúng",
        why="Tài liệu không nêu chi tiết này nên ghi [chưa nêu]: để trống trông như bỏ sót, điền vào là đoán."
        if not_said(wanted)
        else "",
        try_next="Mở tài liệu, đối chiếu ô này rồi sửa."
        if seen
        else "Ô còn trống: ghi điều tài liệu nêu; tài liệu không nêu thì ghi [chưa nêu].",
        seen=seen,
        expected=wanted,
        spans=place,
    )


def _extra_row(made: Rows, places: Places, row: int) -> Finding:
    at = next((at for at, cell in enumerate(made[row]) if len(cell) > 2), 0)
    return Finding(
        check="fills-table",
        level=Level.ACTIONABLE,
        title=f"Dòng «{_cell(made[row], at)}» không khớp dòng nào của đáp án",
        why="Có thể dòng này tự thêm, tách từ một việc khác, hoặc ghi tên việc khác tài liệu.",
        try_next="Đối chiếu với tài liệu rồi sửa, gộp hoặc bỏ dòng này.",
        spans=_span(made, places, row, at),
    )


def _span(made: Rows, places: Places, row: int, at: int) -> tuple[Span, ...]:
    """The cell as it stands in the answer; what was filled in by hand, or is empty, stands in none."""
    seen = _cell(made[row], at)
    if not seen or not places:
        return ()
    start, _ = places[row][at]
    return (Span(start, start + len(seen)),)
