"""The key of an exercise: its inputs, planted mistakes, cards, identifiers, pairs, tables, differences, baselines.

Each kind of work has its own; what a key quotes must stand in the text it speaks of, so that a slip in the key is told
to the trainer and not to the learner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from service.prompts.lines import Fields, guess
from service.prompts.own_files import own_text
from service.records import (
    AnswerTable,
    Baseline,
    Card,
    CardLevel,
    Difference,
    ExerciseFile,
    ExerciseInput,
    Identifier,
    Pair,
    Planted,
)

PLANTED = (
    "so_lieu",
    "tong_so",
    "ngay_thang",
    "thoi_han",
    "can_cu",
    "ten_rieng",
    "chuc_vu",
    "tham_quyen",
    "the_thuc",
    "chinh_ta",
    "mau_thuan",
    "trung_lap",
    "bia_dat",
    "thieu_y",
    "chen_lenh",
    "khac",
)
"""Types of planted mistake: figure, sum, date, deadline, legal basis, name, office, authority, form, spelling,
contradiction, repetition, invention, omission, injected order, other."""

IDENTIFIERS = ("HO_TEN", "CCCD", "CMND", "SDT", "EMAIL", "TK", "BHXH", "NGAY_SINH", "DIA_CHI", "BIEN_SO", "KHAC")
"""Kinds of identifier, as they stand in a mask: [HO_TEN_1]."""

CRITERIA = tuple(f"R{n}" for n in range(1, 11))
BETTER = ("first", "second", "tie")
HANDLING = (
    CardLevel("cong_khai", "Công khai", "Đã công bố; đưa vào máy được."),
    CardLevel("noi_bo", "Nội bộ", "Chưa công bố, chỉ dùng trong cơ quan; hỏi người phụ trách trước."),
    CardLevel("han_che", "Hạn chế", "Có dữ liệu cá nhân hoặc chuyện riêng của người dân; che hết rồi mới dùng."),
    CardLevel("bi_mat", "Bí mật nhà nước", "Không đưa vào máy trong mọi trường hợp."),
)
"""The four levels of handling that courses use, unless an exercise names its own."""

WORKED_BY_HAND = ("find_errors", "sort_cards", "mask_data", "blind_compare")
"""Kinds of exercise that need no prompt and no model."""

BY_HAND_TOO = ("extract", "compare_texts")
"""Kinds done with a prompt that a person may also do by hand: to see what the machine should have found."""

OF_A_KIND = {
    "find_errors": "planted",
    "sort_cards": "cards",
    "mask_data": "identifiers",
    "blind_compare": "pairs",
    "extract": "table",
    "compare_texts": "differences",
}
"""The key that a kind of exercise cannot do without, and is judged by."""

Files = Callable[[Fields], tuple[ExerciseFile, ...]]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_inputs(top: Fields, own: Path | None, files: Files) -> tuple[ExerciseInput, ...]:
    """The inputs in their order; one without a name when the file gives none."""
    found: list[ExerciseInput] = []
    for item in top.each("inputs"):
        found.append(
            ExerciseInput(
                id=_id(item, {one.id for one in found}),
                label=item.text("label", required=True, longest=80),
                files=files(item),
                text=own_text(item, "text", own),
                situation=item.text("situation"),
                key_facts=item.texts("key_facts"),
                unanswerable=item.flag("unanswerable"),
            )
        )
        item.close()
    return tuple(found) or (ExerciseInput(),)


def input_named(item: Fields, inputs: Sequence[ExerciseInput]) -> str | None:
    """The id under ``input``, None when the key is not there."""
    given = item.text("input")
    names = [one.id for one in inputs]
    if given and given not in names:
        item.wrong("input", "Không có trường hợp “%(seen)s”.", seen=given, near=guess(given, names))
    return given or None


def read_baselines(top: Fields, own: Path | None, inputs: Sequence[ExerciseInput], kind: str) -> tuple[Baseline, ...]:
    found: list[Baseline] = []
    for item in top.each("baseline"):
        given = _of(item, inputs)
        baseline = Baseline(
            label=item.text("label", required=True),
            output=own_text(item, "output", own, required=kind not in WORKED_BY_HAND),
            prompt=own_text(item, "prompt", own),
            work=_work(item, kind, given),
            input=given.id,
        )
        if (baseline.label, baseline.input) in {(one.label, one.input) for one in found}:
            item.wrong("label", "Hai bài làm sẵn cùng mang nhãn “%(label)s” cho một trường hợp.", label=baseline.label)
        found.append(baseline)
        item.close()
    return tuple(found)


def read_planted(
    top: Fields,
    inputs: Sequence[ExerciseInput],
    baselines: Sequence[Baseline],
    check_types: Collection[str] | None,
    asked: Collection[str],
) -> tuple[Planted, ...]:
    """The planted mistakes; ``asked`` are the checks of the exercise, as "type" and "type/metric"."""
    found: list[Planted] = []
    labels = [one.label for one in baselines]
    for item in top.each("planted"):
        given = _of(item, inputs)
        name = _id(item, {one.id for one in found})
        where = item.text("in", "text")
        quote = item.text("quote", required=True)
        if where not in ("text", "source", *labels):
            known = ", ".join(("text", "source", *labels))
            item.wrong("in", "Mục “in” nhận %(choices)s; tệp đang ghi “%(seen)s”.", choices=known, seen=where)
        texts = {one.label: one.output for one in baselines if one.input == given.id}
        text = given.text if where == "text" else texts.get(where, "")
        start, end = next(_places(item, quote, text, item.number("n", 1, lowest=1)), (0, 0))
        check = item.text("check", required=True)
        type_ = check.split("/")[0].removeprefix("not-")
        if check and check_types is not None and type_ not in check_types:
            item.wrong("check", "Không có phép kiểm “%(check)s”.", check=type_, near=guess(type_, check_types))
        elif where != "text" and check and check not in asked:
            item.wrong("check", "Bài chưa có phép kiểm “%(check)s” trong mục “tests”.", check=check)
        found.append(
            Planted(
                id=name,
                type=item.text("type", required=True, choices=PLANTED),
                quote=quote,
                fix=item.text("fix", required=True),
                why=item.text("why", required=True),
                check=check,
                where=where,
                start=start,
                end=end,
                input=given.id,
            )
        )
        item.close()
    return tuple(found)


def read_cards(top: Fields, inputs: Sequence[ExerciseInput]) -> tuple[tuple[CardLevel, ...], tuple[Card, ...]]:
    levels: list[CardLevel] = []
    for item in top.each("levels"):
        name = item.text("id", required=True)
        levels.append(CardLevel(name, item.text("label", required=True, longest=60), item.text("note")))
        item.close()
    heaps = tuple(levels) or (HANDLING if top.has("cards") else ())
    names = [one.id for one in heaps]
    cards: list[Card] = []
    for item in top.each("cards"):
        cards.append(
            Card(
                id=_id(item, {one.id for one in cards}),
                text=item.text("text", required=True, longest=400),
                level=item.text("level", required=True, choices=names),
                reason=item.text("reason", required=True),
                also=item.texts("also", choices=names),
                input=_of(item, inputs).id,
            )
        )
        item.close()
    return heaps, tuple(cards)


def read_identifiers(top: Fields, inputs: Sequence[ExerciseInput]) -> tuple[Identifier, ...]:
    """Every occurrence of every quoted identifier, in the order of the text."""
    found: list[Identifier] = []
    for item in top.each("identifiers"):
        kind, quote = item.text("kind", required=True, choices=IDENTIFIERS), item.text("quote", required=True)
        given = _of(item, inputs)
        found += [Identifier(kind, quote, *place, given.id) for place in _places(item, quote, given.text)]
        item.close()
    return tuple(sorted(found, key=lambda one: (one.input, one.start)))


def read_pairs(top: Fields, own: Path | None, inputs: Sequence[ExerciseInput]) -> tuple[Pair, ...]:
    found: list[Pair] = []
    for item in top.each("pairs"):
        found.append(
            Pair(
                id=_id(item, {one.id for one in found}),
                first=own_text(item, "first", own, required=True),
                second=own_text(item, "second", own, required=True),
                better=item.text("better", required=True, choices=BETTER),
                reasons=item.texts("reasons", choices=CRITERIA),
                why=item.text("why", required=True),
                input=_of(item, inputs).id,
            )
        )
        item.close()
    return tuple(found)


def read_tables(top: Fields, inputs: Sequence[ExerciseInput]) -> tuple[AnswerTable, ...]:
    found: list[AnswerTable] = []
    for item in top.each("table"):
        columns = item.texts("columns")
        keys = item.texts("keys", choices=columns)
        rows = _rows(item, "rows", len(columns))
        if not columns or not rows:
            item.wrong("columns", "Bảng đáp án phải có tên các cột (columns) và ít nhất một dòng (rows).")
        found.append(AnswerTable(columns, rows, keys or columns[:1], _of(item, inputs).id))
        item.close()
    return tuple(found)


def read_differences(top: Fields, inputs: Sequence[ExerciseInput]) -> tuple[Difference, ...]:
    found = []
    for item in top.each("differences"):
        old, new = item.text("old"), item.text("new")
        if not old and not new:
            item.wrong("old", "Mỗi điểm khác nhau phải có “old” (bản cũ ghi gì) hoặc “new” (bản mới ghi gì).")
        given = _of(item, inputs)
        if quotes := item.texts("quotes"):
            places = [place for quote in quotes for place in _places(item, quote, given.text, 1)]
        else:
            places = [(at, at + len(side)) for side in (old, new) if side and (at := given.text.find(side)) >= 0]
        found.append(Difference(old, new, item.text("effect", required=True), given.id, tuple(places)))
        item.close()
    return tuple(found)


def needed(top: Fields, kind: str, inputs: Sequence[ExerciseInput], keys: Mapping[str, Collection[object]]) -> None:
    """What a kind of exercise cannot do without; ``keys`` are the keys read, by their names in the file."""
    wanted = OF_A_KIND.get(kind)
    if wanted and not keys[wanted]:
        top.wrong("kind", "Bài loại “%(kind)s” phải có mục “%(key)s”.", kind=kind, key=wanted)
    for one in inputs if kind in ("find_errors", "mask_data") else ():
        if not one.text and (one.id or not top.has("inputs")):
            where = "inputs" if top.has("inputs") else "kind"
            top.wrong(
                where,
                "Bài loại “%(kind)s” cần văn bản để làm: mục “text” của trường hợp “%(input)s”.",
                kind=kind,
                input=one.id or "…",
            )


def _id(item: Fields, taken: Collection[str]) -> str:
    name = item.text("id", required=True, longest=40)
    if name and not _ID.fullmatch(name):
        item.wrong("id", "Mã “%(code)s” chỉ được gồm chữ thường không dấu, chữ số và gạch nối.", code=name)
    if name in taken:
        item.wrong("id", "Mã “%(code)s” có hai lần.", code=name)
    return name


def _of(item: Fields, inputs: Sequence[ExerciseInput]) -> ExerciseInput:
    given = input_named(item, inputs)
    return next((one for one in inputs if one.id == given), inputs[0])


def _places(item: Fields, quote: str, text: str, n: int = 0) -> Iterator[tuple[int, int]]:
    """Where a quote stands in a text, everywhere or the ``n``-th time; an empty text is not looked through."""
    found = [match.span() for match in re.finditer(re.escape(quote), text)] if quote else []
    if text and quote and len(found) < max(n, 1):
        if found:
            item.wrong("quote", "Không thấy “%(quote)s” lần thứ %(n)s trong văn bản của bài.", quote=quote, n=n)
        else:
            item.wrong("quote", "Không thấy “%(quote)s” trong văn bản của bài; phải chép đúng từng chữ.", quote=quote)
    yield from found[n - 1 : n] if n else found


def _work(item: Fields, kind: str, given: ExerciseInput) -> dict[str, Any]:
    """Work by hand, in the words of the page; quotes become offsets."""
    if kind in ("find_errors", "mask_data"):
        marks = []
        for quote, type_ in _quotes(item):
            marks += [{"start": a, "end": b, "type": type_} for a, b in _places(item, quote, given.text)]
        return {"marks": marks}
    if kind == "sort_cards":
        return {"places": dict(item.mapping("places"))}
    if kind == "blind_compare":
        reasons = item.plain("reasons") or {}
        if not isinstance(reasons, dict):
            item.wrong("reasons", "Mục “reasons” phải gồm các cặp mã cặp bài: danh sách lý do.")
            reasons = {}
        return {"choices": dict(item.mapping("choices")), "reasons": reasons}
    return {}


def _quotes(item: Fields) -> Iterator[tuple[str, str]]:
    """The entries of ``marks``: a quote, or {quote, kind}."""
    for mark in item.plain("marks") or ():
        if isinstance(mark, str):
            yield mark, ""
        elif isinstance(mark, dict) and isinstance(mark.get("quote"), str):
            yield mark["quote"], str(mark.get("kind", ""))
        else:
            item.wrong("marks", "Mỗi dòng của mục “marks” là đoạn chữ được đánh dấu, hoặc {quote: …, kind: …}.")


def _rows(item: Fields, key: str, width: int) -> tuple[tuple[str, ...], ...]:
    rows = item.plain(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        item.wrong(key, "Mục “%(key)s” gồm các dòng, mỗi dòng là danh sách ô, ví dụ [Nộp báo cáo, Văn phòng].", key=key)
        return ()
    for row in rows:
        if len(row) != width:
            item.wrong(
                key,
                "Dòng “%(row)s” có %(cells)s ô, bảng có %(columns)s cột.",
                row=row[0] if row else "",
                cells=len(row),
                columns=width,
            )
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
