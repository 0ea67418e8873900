"""The key of an exercise: read with its places in the text; a slip in it is told with its line."""

from __future__ import annotations

import pytest

from service.checks import CHECKS
from service.prompts import parse_exercise, validate
from service.records import Exercise

HEAD = """---
schema: 1
id: bai-thu
title: Bài thử
kind: {kind}
module: 6
level: 2
state: draft
version: 1
safety: hu_cau
"""
TAIL = """---

## Tình huống

Có một văn bản.

## Nhiệm vụ

Soát văn bản.
"""
TEXT = "Họp thứ Hai, ngày 02 tháng 12. Nộp trước ngày 02 tháng 12."
INPUTS = f"""inputs:
  - {{id: mot, label: Bản một, text: "{TEXT}"}}
  - {{id: hai, label: Bản hai, text: Họp ngày 05 tháng 12., unanswerable: true}}
"""
PLANTED = """planted:
  - id: sai-thu
    type: ngay_thang
    quote: thứ Hai
    fix: thứ Tư
    why: Ngày ấy là thứ Tư.
    check: flags-errors
  - {id: sai-han, type: thoi_han, quote: ngày 02, n: 2, fix: ngày 01, why: Nộp trước khi họp., check: flags-errors}
"""
CARDS = """cards:
  - {id: a, text: Lịch tiếp công dân, level: cong_khai, reason: Đã niêm yết.}
  - {id: b, text: Danh sách hộ nghèo, level: han_che, also: [bi_mat], reason: Có dữ liệu cá nhân.}
"""


def file_of(kind: str, body: str) -> str:
    return HEAD.format(kind=kind) + body + TAIL


def read(kind: str, body: str) -> Exercise:
    return parse_exercise(file_of(kind, body), "bai-thu", check_types=CHECKS)


def problems(kind: str, body: str) -> list[tuple[int, str]]:
    found = validate(file_of(kind, body), "bai-thu", check_types=CHECKS)
    return [(problem.line, problem.sentence) for problem in found]


def test_planted_mistakes_know_their_place() -> None:
    exercise = read("find_errors", INPUTS + PLANTED)
    assert [TEXT[one.start : one.end] for one in exercise.planted] == ["thứ Hai", "ngày 02"]
    assert exercise.planted[1].start == TEXT.rindex("ngày 02")
    assert {one.input for one in exercise.planted} == {"mot"}
    assert exercise.inputs[1].unanswerable


def test_without_inputs_there_is_one() -> None:
    exercise = parse_exercise(file_of("summarise", ""), "bai-thu")
    assert [one.id for one in exercise.inputs] == [""]
    assert exercise.input("khong-co") is exercise.inputs[0]


def test_cards_come_with_the_four_levels_of_handling() -> None:
    exercise = read("sort_cards", CARDS)
    assert [level.id for level in exercise.levels] == ["cong_khai", "noi_bo", "han_che", "bi_mat"]
    assert exercise.cards[1].also == ("bi_mat",)


def test_every_occurrence_of_an_identifier_is_to_be_masked() -> None:
    exercise = read("mask_data", INPUTS + "identifiers:\n  - {kind: NGAY_SINH, quote: 02 tháng 12}\n")
    assert [TEXT[one.start : one.end] for one in exercise.identifiers] == ["02 tháng 12"] * 2


def test_ready_made_work_is_kept_in_the_words_of_the_page() -> None:
    body = INPUTS + PLANTED + "baseline:\n  - {label: weak, marks: [Họp]}\n  - {label: good, marks: [thứ Hai]}\n"
    assert read("find_errors", body).baselines[1].work == {"marks": [{"start": 4, "end": 11, "type": ""}]}
    body = CARDS + "baseline:\n  - {label: good, places: {a: cong_khai, b: han_che}}\n"
    assert read("sort_cards", body).baselines[0].work == {"places": {"a": "cong_khai", "b": "han_che"}}


def test_tables_and_differences_are_read() -> None:
    body = 'table:\n  - {columns: [Việc, Hạn], rows: [[Nộp báo cáo, "[chưa nêu]"]]}\n'
    [table] = read("extract", body).tables
    assert (table.keys, table.rows) == (("Việc",), (("Nộp báo cáo", "[chưa nêu]"),))
    [difference] = read(
        "compare_texts", "differences:\n  - {old: 15 ngày, new: 10 ngày, effect: Nhanh hơn.}\n"
    ).differences
    assert (difference.old, difference.new) == ("15 ngày", "10 ngày")


def test_a_test_may_be_asked_of_one_input() -> None:
    body = INPUTS + PLANTED + "tests:\n  - {input: hai, assert: [{type: max-words, value: 9}]}\n"
    assert [item.input for item in read("find_errors", body).assertions] == ["hai"]


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        ("find_errors", "", "phải có mục “planted”"),
        ("find_errors", PLANTED, "cần văn bản để làm"),
        ("find_errors", INPUTS + PLANTED.replace("thứ Hai", "thứ Ba"), "Không thấy “thứ Ba” trong văn bản"),
        ("find_errors", INPUTS + PLANTED.replace("n: 2", "n: 3"), "Không thấy “ngày 02” lần thứ 3"),
        ("find_errors", INPUTS + PLANTED.replace("ngay_thang", "ngay"), "Mục “type” nhận một trong"),
        ("find_errors", INPUTS + PLANTED.replace("check: flags-errors\n", "check: flag-errors\n"), "Có phải anh/chị"),
        ("find_errors", INPUTS + PLANTED.replace("id: sai-han", "id: sai-thu"), "Mã “sai-thu” có hai lần"),
        (
            "find_errors",
            INPUTS + PLANTED.replace("quote: thứ Hai", "quote: x\n    input: ba"),
            "Không có trường hợp “ba”",
        ),
        (
            "find_errors",
            INPUTS + PLANTED.replace("quote: thứ Hai", "quote: x\n    in: tot"),
            "nhận text, source",
        ),
        ("find_errors", INPUTS + PLANTED.replace("fix: thứ Tư", "in: source"), "chưa có phép kiểm “flags-errors”"),
        ("find_errors", INPUTS.replace("unanswerable: true", "unanswerable: rồi") + PLANTED, "nhận true (có)"),
        ("find_errors", INPUTS.replace("id: hai", "id: Hai") + PLANTED, "chữ thường không dấu"),
        ("sort_cards", CARDS.replace("level: han_che", "level: mat"), "Mục “level” nhận một trong"),
        ("sort_cards", CARDS.replace("also: [bi_mat]", "also: [mat]"), "Mục “also” nhận các giá trị"),
        ("mask_data", INPUTS + "identifiers: [{kind: CCCD, quote: '001'}]\n", "Không thấy “001”"),
        ("mask_data", INPUTS + "identifiers: [{kind: TEN, quote: Họp}]\n", "Mục “kind” nhận một trong"),
        ("blind_compare", "pairs: [{id: a, first: x, second: y, better: left, why: z}]\n", "first, second, tie"),
        ("blind_compare", "pairs: [{id: a, first: x, second: y, better: tie, reasons: [R11], why: z}]\n", "“R11”"),
        ("extract", "table: [{columns: [A, B], rows: [[một]]}]\n", "có 1 ô, bảng có 2 cột"),
        ("extract", "table: [{columns: [A, B], rows: một}]\n", "danh sách ô"),
        ("compare_texts", "differences: [{effect: Khác.}]\n", "phải có “old”"),
        ("summarise", "baseline: [{label: weak}]\n", "Thiếu mục “output”"),
        ("summarise", "baseline: [{label: weak, output: a}, {label: weak, output: b}]\n", "cùng mang nhãn “weak”"),
        ("summarise", "requirements: [bai-thu]\n", "nên làm trước"),
    ],
)
def test_each_slip_in_a_key_is_told(kind: str, body: str, sentence: str) -> None:
    found = problems(kind, body)
    assert any(sentence in told and line > 1 for line, told in found), found
