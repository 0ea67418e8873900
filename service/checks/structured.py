"""Answers that must be JSON, for exercises whose result another program reads: is-json, contains-json.

As in promptfoo, ``value`` may hold a JSON Schema (a mapping, or YAML text). is-json wants nothing but JSON;
contains-json an object anywhere in the answer, of which one must fit the schema. References of a schema reach nothing
outside it, and its patterns are matched with a time limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import yaml

from service.checks.counting import matches
from service.records import Assertion, Case, CheckResult, Finding, Level, Span

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_TRIES = 200
"""Braces at which an object may begin; an answer of braces alone would take minutes."""

_TYPES = {
    "object": "nhóm mục",
    "array": "danh sách",
    "string": "chữ",
    "number": "số",
    "integer": "số nguyên",
    "boolean": "đúng hoặc sai",
    "null": "trống",
}
_ONLY = "Chỉ trả về JSON, không thêm lời dẫn, không đặt trong dấu ```."


def is_json(case: Case, assertion: Assertion) -> CheckResult:
    """The whole answer is JSON and fits the schema, when there is one."""
    answer = case.answer or ""
    try:
        data = json.loads(answer, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        finding = _not_json(answer, error)
        return CheckResult("is-json", False, 0.0, finding.title + ".", (finding,))
    return _held(assertion, [(data, Span(0, len(answer)))])


def contains_json(case: Case, assertion: Assertion) -> CheckResult:
    """Somewhere in the answer stands a JSON object, one that fits the schema when there is one."""
    found = list(_objects(case.answer or ""))
    if not found:
        finding = Finding(
            check="contains-json",
            level=Level.ACTIONABLE,
            title="Kết quả không có đoạn JSON nào đọc được",
            why="Bài cần một đoạn JSON bắt đầu bằng { và kết thúc bằng } để chương trình khác đọc tiếp.",
            try_next="Thêm vào câu lệnh tên từng mục cần có và câu: «Trình bày kết quả bằng JSON.»",
            insert="Trình bày kết quả bằng JSON.",
        )
        return CheckResult("contains-json", False, 0.0, finding.title + ".", (finding,))
    return _held(assertion, found)


def schema_of(value: object) -> Mapping[str, Any] | bool | None:
    """The schema of an assertion's ``value``, None when it has none. Raises ValueError for what is no schema."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = yaml.safe_load(value)
        except yaml.YAMLError as error:
            raise ValueError("not YAML") from error
    if not isinstance(value, Mapping | bool):
        raise ValueError("not a schema")
    return value


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _held(assertion: Assertion, found: list[tuple[Any, Span]]) -> CheckResult:
    name, schema = assertion.type, schema_of(assertion.value)
    if schema is None:
        return CheckResult(name, True, 1.0, "Kết quả là JSON đọc được.")
    fewest: list[ValidationError] = []
    where = found[0][1]
    for data, span in found:
        errors = _errors(data, schema)
        if not errors:
            good = Finding(
                name, Level.CELEBRATORY, "Kết quả đúng khuôn JSON của bài", why="Chương trình khác đọc được."
            )
            return CheckResult(name, True, 1.0, good.title + ".", (good,))
        if not fewest or len(errors) < len(fewest):
            fewest, where = errors, span
    findings = tuple(_misfit(name, error, where) for error in fewest)
    return CheckResult(name, False, 0.0, f"JSON chưa đúng khuôn của bài ở {len(fewest)} chỗ.", findings)


def _errors(data: Any, schema: Mapping[str, Any] | bool) -> list[ValidationError]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend
    from referencing import Registry

    def pattern(_validator: Any, wanted: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not matches(wanted, instance):
            yield ValidationError("pattern")

    timed: Any = extend(Draft202012Validator, {"pattern": pattern})
    validator = timed(schema, registry=Registry())
    return sorted(validator.iter_errors(data), key=lambda error: list(map(str, error.absolute_path)))


def _objects(answer: str) -> Iterator[tuple[Any, Span]]:
    decoder = json.JSONDecoder(parse_constant=_refused)
    at = answer.find("{")
    for _ in range(_TRIES):
        if at < 0:
            return
        try:
            data, end = decoder.raw_decode(answer, at)
        except (ValueError, RecursionError):
            at = answer.find("{", at + 1)
        else:
            yield data, Span(at, end)
            at = answer.find("{", end)


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _not_json(answer: str, error: Exception) -> Finding:
    at = min(error.pos, max(0, len(answer) - 1)) if isinstance(error, json.JSONDecodeError) else 0
    line = answer.count("\n", 0, at) + 1
    return Finding(
        check="is-json",
        level=Level.ACTIONABLE,
        title="Kết quả không phải JSON trọn vẹn",
        where=f"Đọc được đến dòng {line} thì vướng." if answer.strip() else "Kết quả còn trống.",
        why="Chương trình đọc JSON dừng ở ký tự đầu tiên không đúng khuôn, kể cả một câu dẫn.",
        try_next=f"Thêm vào câu lệnh: «{_ONLY}»",
        spans=(Span(at, at + 1),) if answer else (),
        insert=_ONLY,
    )


def _misfit(name: str, error: ValidationError, span: Span) -> Finding:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")
    place = f"mục «{path}»" if path else "phần ngoài cùng"
    said = _told(error)
    return Finding(
        check=name,
        level=Level.ACTIONABLE,
        title=f"JSON chưa đúng ở {place}: {said}",
        where=f"{place[:1].upper()}{place[1:]} của đoạn JSON.",
        why="Khuôn của bài quy định tên, kiểu và giá trị của từng mục; sai một mục thì chương trình sau không nhận.",
        try_next="Liệt kê trong câu lệnh từng mục phải có và kiểu giá trị của nó, kèm một ví dụ ngắn.",
        spans=(span,),
    )


def _told(error: ValidationError) -> str:
    """A fault in Vietnamese; the library speaks English and quotes at length."""
    wanted, seen = error.validator_value, error.instance
    match error.validator:
        case "required":
            lost = [one for one in wanted if isinstance(seen, Mapping) and one not in seen]
            return "thiếu " + ", ".join(f"«{one}»" for one in lost)
        case "type":
            kinds = wanted if isinstance(wanted, list) else [wanted]
            return "phải là " + " hoặc ".join(_TYPES.get(str(one), str(one)) for one in kinds)
        case "enum":
            return "phải là một trong " + ", ".join(f"«{one}»" for one in wanted)
        case "const":
            return f"phải là «{wanted}»"
        case "additionalProperties" | "unevaluatedProperties":
            return "có mục không được dùng"
        case "minItems" | "minLength" | "minProperties":
            return f"ít hơn {wanted}"
        case "maxItems" | "maxLength" | "maxProperties":
            return f"nhiều hơn {wanted}"
        case "minimum" | "exclusiveMinimum":
            return f"nhỏ hơn mức {wanted}"
        case "maximum" | "exclusiveMaximum":
            return f"lớn hơn mức {wanted}"
        case "pattern" | "format":
            return "không đúng mẫu viết"
    return "không đúng khuôn"
