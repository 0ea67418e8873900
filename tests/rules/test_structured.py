"""Answers that must be JSON: whole, somewhere, and in the form that a schema asks for."""

from __future__ import annotations

import pytest

from service import checks
from service.records import Assertion, CheckResult
from tests.rules.making import case, seen

SCHEMA = {
    "type": "object",
    "required": ["viec", "han"],
    "properties": {
        "viec": {"type": "string", "minLength": 3},
        "han": {"type": "string", "pattern": r"^\d{2}/\d{2}/\d{4}$"},
        "muc": {"enum": ["thuong", "khan"]},
    },
    "additionalProperties": False,
}
GOOD = '{"viec": "Nộp báo cáo", "han": "20/12/2026", "muc": "khan"}'


def ask(answer: str, name: str = "is-json", value: object = None) -> CheckResult:
    return checks.run(case(answer), (Assertion(name, value=value),))[0]


@pytest.mark.parametrize(("answer", "passed"), [
    ("{}", True), ("[1, 2]", True), ('"chữ"', True), ("3", True), ("", False), ("{'viec': 1}", False),
    ("```json\n{}\n```", False), ("Đây là kết quả: {}", False), ("NaN", False), ("[" * 5000, False), ("{} {}", False),
])  # fmt: skip
def test_the_whole_answer_is_json(answer: str, passed: bool) -> None:
    assert ask(answer).passed is passed
    assert ask(answer, "not-is-json").passed is not passed


def test_where_the_reading_stopped_is_shown() -> None:
    answer = '{\n  "viec": "Nộp",\n  han: 1\n}'
    result = ask(answer)
    assert result.findings[0].where == "Đọc được đến dòng 3 thì vướng."
    assert seen(result, answer) == ["h"]
    assert "Chỉ trả về JSON" in result.findings[0].insert


@pytest.mark.parametrize(("answer", "told"), [
    ('{"viec": "Nộp báo cáo"}', "thiếu «han»"), ('{"viec": 1, "han": "20/12/2026"}', "mục «viec»: phải là chữ"),
    ('{"viec": "Nộp báo cáo", "han": "mai"}', "mục «han»: không đúng mẫu viết"), ("[]", "phải là nhóm mục"),
    ('{"viec": "Nộp báo cáo", "han": "20/12/2026", "muc": "x"}', "«thuong», «khan»"),
    ('{"viec": "N", "han": "20/12/2026"}', "ít hơn 3"), (GOOD.replace('"muc"', '"la"'), "có mục không được dùng"),
])  # fmt: skip
def test_what_does_not_fit_the_schema_is_told_in_vietnamese(answer: str, told: str) -> None:
    result = ask(answer, value=SCHEMA)
    assert result.passed is False
    assert told in " ".join(one.title for one in result.findings)
    assert all(one.where and one.why and one.try_next for one in result.findings)


def test_a_fitting_object_anywhere_is_enough() -> None:
    answer = f'Ví dụ {{"viec": 1}} thì sai; xem [1]. Kết quả:\n```json\n{GOOD}\n```'
    assert ask(answer, "contains-json", SCHEMA).passed is True
    assert ask(answer.replace(GOOD, ""), "contains-json", SCHEMA).passed is False
    assert ask("Theo đoạn [1] và [2].", "contains-json").passed is False, "a citation mark is no JSON object"
    assert ask("{" * 20_000, "contains-json").passed is False


def test_the_schema_may_be_yaml_text_as_in_promptfoo() -> None:
    assert ask(GOOD, value="type: object\nrequired: [viec]").passed is True
    assert ask("{}", value="type: object\nrequired: [viec]").passed is False


def test_a_pattern_that_never_ends_and_a_reference_elsewhere_do_no_harm() -> None:
    slow = {"type": "string", "pattern": "^(a+)+$"}
    assert ask('"' + "a" * 60 + '!"', value=slow).passed is False
    away = {"$ref": "http://vi-du.example/schema.json"}
    assert ask("{}", value=away).passed is None
