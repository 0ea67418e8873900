"""The checks an exercise file may name: what each must be told, groups, and what is refused with its reason."""

from __future__ import annotations

import pytest

from service.checks import TYPES
from service.checks.guide import GUIDE
from service.prompts import parse_exercise, validate

FILE = """---
schema: 1
id: bai-thu
title: Bài thử
kind: summarise
module: 4
level: 1
state: draft
version: 1
safety: hu_cau
tests:
  - description: Thử
    assert:
      - HERE
---

## Tình huống

Có một công văn.

## Nhiệm vụ

Tóm tắt.
"""


def told(assertion: str) -> str:
    problems = validate(FILE.replace("HERE", assertion), "bai-thu", check_types=TYPES)
    assert all(problem.line == 14 for problem in problems), problems
    return " ".join(problem.sentence for problem in problems)


def test_the_guide_tells_of_every_type() -> None:
    assert set(GUIDE) == TYPES


@pytest.mark.parametrize("name", GUIDE)
def test_the_example_of_a_type_may_stand_in_a_file(name: str) -> None:
    guide = GUIDE[name]
    assert told(guide.example) == ""
    [read] = parse_exercise(FILE.replace("HERE", guide.example), "bai-thu", check_types=TYPES).assertions
    assert read.type.removeprefix("not-") == name
    assert guide.label and guide.asks.endswith(".") and bool(guide.value) == (read.value is not None)


def test_a_problem_names_the_type_it_is_about() -> None:
    wrong = FILE.replace("HERE", "{type: assert-set, assert: [{type: nd30-format, value: x}, {type: nd31}]}")
    found = validate(wrong, "bai-thu", check_types=TYPES)
    assert [problem.check for problem in found] == ["nd30-format", "nd31"]


@pytest.mark.parametrize(
    "assertion",
    [
        "{type: is-json}",
        "{type: not-is-json}",
        "{type: contains-json, value: {type: object, required: [han]}}",
        "{type: contains-json, value: 'type: object'}",
        "{type: rouge-n, value: Văn bản., threshold: 0.4, options: {n: 2}}",
        "{type: not-bleu, value: [Một., Hai.]}",
        "{type: levenshtein, value: Văn bản., threshold: 40}",
        "{type: similar, value: Văn bản.}",
        "{type: latency, threshold: 30000}",
        "{type: finish-reason, value: stop}",
        "{type: not-is-refusal}",
        "{type: llm-rubric, value: Lời văn lịch sự., options: {counts: true}}",
        "{type: assert-set, threshold: 0.5, assert: [{type: is-json}, {type: contains, value: hạn}]}",
        "{type: max-words, value: '150'}",
        "{type: max-words, value: {max: 150}}",
        "{type: word-count, value: 100}",
        "{type: word-count, value: {min: 100, max: 100}}",
        "{type: prompt-has}",
        "{type: prompt-has, value: task}",
        "{type: not-regex, value: '[[(]'}",
        "{type: contains, value: 80}",
        "{type: contains-any, value: 'hạn, ngày'}",
        "{type: similar-to-source, value: 1}",
        "{type: cites-source}",
    ],
)
def test_what_may_be_asked(assertion: str) -> None:
    assert told(assertion) == ""


@pytest.mark.parametrize(
    ("assertion", "sentence"),
    [
        ("{type: javascript, value: 'output.length'}", "“javascript” chạy mã lệnh"),
        ("{type: not-python, value: x}", "không bao giờ chạy mã lệnh"),
        ("{type: webhook, value: 'https://x'}", "cần một dịch vụ ở ngoài máy này"),
        ("{type: 'trajectory:tool-used'}", "gọi công cụ"),
        ("{type: is-sql}", "loại mã"),
        ("{type: perplexity}", "xác suất"),
        ("{type: rouge-n}", "cần mục “value” là văn bản đối chiếu"),
        ("{type: bleu, value: []}", "văn bản đối chiếu"),
        ("{type: llm-rubric}", "tiêu chí để máy nêu ý kiến"),
        ("{type: is-json, value: {type: vật}}", "JSON Schema: chỗ “type” không đúng khuôn"),
        ("{type: is-json, value: {$ref: 'http://x/y'}}", "địa chỉ ở ngoài tệp"),
        ("{type: is-json, value: 3}", "cần một nhóm mục"),
        ("{type: latency}", "cần mục “threshold”"),
        ("{type: regex, value: '([a-z'}", "Mẫu câu “([a-z” chưa đúng quy tắc"),
        ("{type: not-regex, value: '['}", "Mẫu câu “[” chưa đúng quy tắc"),
        ("{type: regex, value: 'a{9999999999999}'}", "chưa đúng quy tắc"),
        ("{type: regex}", "cần mục “value” là một mẫu câu"),
        ("{type: max-words, value: một trăm}", "“max-words” cần mục “value” là số tiếng"),
        ("{type: min-words}", "“min-words” cần mục “value” là số tiếng"),
        ("{type: prompt-max-words, value: -5}", "là số tiếng"),
        ("{type: prompt-max-words, value: {max: 150}}", "là số tiếng"),
        ("{type: word-count, value: {min: 200, max: 100}}", "min là 200, lớn hơn max là 100"),
        ("{type: word-count, value: {least: 200}}", "hoặc {min: …, max: …}"),
        ("{type: word-count, value: {}}", "hoặc {min: …, max: …}"),
        ("{type: prompt-has, value: [task, abc]}", "Câu lệnh không có phần “abc”"),
        ("{type: prompt-has, value: [task, contxt]}", "Có phải anh/chị muốn viết “context”?"),
        ("{type: cites-source, value: hai}", "số trích dẫn ít nhất"),
        ("{type: similar-to-source, value: 50}", "từ 0 đến 1"),
        ("{type: contains}", "cần mục “value” là chữ cần tìm"),
        ("{type: icontains-all, value: [hạn, '']}", "cần mục “value” là chữ cần tìm"),
        ("{type: contains-any, value: 'hạn,,ngày'}", "cần mục “value” là chữ cần tìm"),
        ("{type: starts-with, value: [Kính gửi]}", "cần mục “value” là một đoạn chữ"),
        ("{type: equals}", "cần mục “value” là một đoạn chữ"),
        ("{type: sections, value: Kết quả}", "danh sách tên mục"),
        ("{type: keeps-numbers, value: 80%}", "phải là danh sách"),
        ("{type: register, value: siêu}", "phải là danh sách"),
        ("{type: bleu, value: x, threshold: 5}", "lớn nhất là 1"),
        ("{type: finish-reason, value: dung}", "nhận stop, length"),
        ("{type: assert-set}", "cần mục “assert”"),
        ("{type: not-assert-set, assert: [{type: is-json}]}", "không có dạng “not-”"),
        ("{type: contains, value: x, assert: [{type: is-json}]}", "Chỉ phép “assert-set”"),
        ("{type: assert-set, assert: [{type: assert-set, assert: [{type: is-json}]}]}", "đứng ngoài cùng"),
    ],
)
def test_what_is_refused_and_why(assertion: str, sentence: str) -> None:
    assert sentence in told(assertion)


def test_checks_that_weigh_nothing_are_told() -> None:
    [problem] = validate(FILE.replace("HERE", "{type: is-json, weight: 0}"), "bai-thu", check_types=TYPES)
    assert problem.line == 11
    assert "đều ghi weight: 0" in problem.sentence
    assert told("{type: is-json, weight: 0}\n      - {type: contains, value: hạn}") == ""


def test_an_exercise_without_checks_is_told() -> None:
    text = FILE.replace("  - description: Thử\n    assert:\n      - HERE\n", "").replace("tests:\n", "")
    [problem] = validate(text, "bai-thu", check_types=TYPES)
    assert problem.line == 5
    assert "Bài loại “summarise” cần mục “tests”" in problem.sentence
    assert validate(text.replace("kind: summarise", "kind: sort_cards"), "bai-thu", check_types=TYPES) != ()
    assert parse_exercise(text, "bai-thu").assertions == ()  # a file of an earlier version is still read


def test_a_group_is_asked_of_its_input_with_all_its_parts() -> None:
    text = FILE.replace("HERE", "{type: assert-set, threshold: 0.5, assert: [{type: is-json, weight: 2}]}")
    text = text.replace(
        "tests:\n", "inputs:\n  - {id: mot, label: Một, text: A.}\n  - {id: hai, label: Hai, text: B.}\ntests:\n"
    )
    text = text.replace("- description: Thử", "- input: hai")
    [group] = parse_exercise(text, "bai-thu", check_types=TYPES).assertions
    assert (group.threshold, group.input) == (0.5, "hai")
    assert [(one.type, one.weight, one.input) for one in group.parts] == [("is-json", 2, "hai")]
