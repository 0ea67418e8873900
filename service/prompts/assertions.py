"""The checks of an exercise file in promptfoo's words, each with what it must be told, and those that are never run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from service.prompts import keys, values
from service.prompts.lines import Fields, Sentence, guess, said
from service.records import Assertion, ExerciseInput, Level

_HIGHEST = {"levenshtein": 20_000.0, "latency": 3_600_000.0}
"""Thresholds that are no share: characters, milliseconds."""

_PROGRAM = said("chạy mã lệnh ghi trong tệp; Học Vụ không bao giờ chạy mã lệnh của tệp bài")
_OUTSIDE = said("cần một dịch vụ ở ngoài máy này; Học Vụ không nối ra ngoài")
_NEVER: tuple[tuple[str, Sentence], ...] = (
    (r"javascript|python|ruby", _PROGRAM),
    (r"webhook|classifier|pi|moderation|guardrails", _OUTSIDE),
    (r"perplexity(-score)?", said("cần xác suất từng chữ mà Học Vụ không lưu")),
    (r"(is|contains)-(sql|html|xml)", said("kiểm loại mã mà bài hành chính không dùng")),
    (
        r"tool-call-.*|is-valid-.*|trajectory:.*|trace-.*",
        said("kiểm việc gọi công cụ, bài ở đây không gọi công cụ nào"),
    ),
)


def never_run(type_: str) -> Sentence | None:
    """Why a type of promptfoo's is refused; None for any other."""
    name = type_.removeprefix("not-")
    return next((reason for pattern, reason in _NEVER if re.fullmatch(pattern, name)), None)


def read_tests(
    top: Fields,
    feedback: Mapping[str, str],
    check_types: Collection[str] | None,
    inputs: tuple[ExerciseInput, ...],
) -> tuple[tuple[Assertion, ...], float]:
    """All checks of a file, each with the input it is asked of, and the share of 1 that passes.

    Where the ``check_types`` are known the file is being written, and all that a check would stumble over is told. One
    that lies on a desk is read as it was when it was saved: what is refused by now is a check that is not graded there.
    """
    default = top.fields("defaultTest")
    found: list[Assertion] = []
    threshold = default.decimal("threshold", 0.7, lowest=0, highest=1)
    for test in (*top.each("tests"), default):
        test.text("description")
        given = keys.input_named(test, inputs)
        found.extend(_of_input(_assertion(item, feedback, check_types), given) for item in test.each("assert"))
        test.close()
    if check_types is not None and found and not any(one.weight for one in found):
        top.wrong(
            "tests",
            "Mọi phép kiểm đều ghi weight: 0 nên bài không chấm được. Anh/chị cho ít nhất một phép số lớn hơn 0.",
        )
    return tuple(found), threshold


def _of_input(assertion: Assertion, given: str | None) -> Assertion:
    return replace(assertion, input=given, parts=tuple(_of_input(one, given) for one in assertion.parts))


def _assertion(
    item: Fields, feedback: Mapping[str, str], check_types: Collection[str] | None, inside: bool = False
) -> Assertion:
    """One check; what is wrong with it names its type, so that the editor can show what the type wants."""
    before = len(item.problems)
    found = _read(item, feedback, check_types, inside)
    name = found.type.removeprefix("not-")
    item.problems[before:] = [one if one.check else replace(one, check=name) for one in item.problems[before:]]
    return found


def _read(item: Fields, feedback: Mapping[str, str], check_types: Collection[str] | None, inside: bool) -> Assertion:
    type_ = item.text("type", required=True)
    value = item.plain("value")
    name = type_.removeprefix("not-")
    if why := never_run(type_):
        item.wrong("type", "Phép kiểm “%(check)s” %(why)s. Anh/chị bỏ phép này.", check=type_, why=why)
    elif type_ and check_types is not None and name not in check_types:
        item.wrong("type", "Không có phép kiểm “%(check)s”.", check=type_, near=guess(type_, check_types))
    elif wrong := (values.wrong if check_types is not None else values.always_wrong)(name, value):
        item.tell("value" if item.has("value") else "type", wrong)
    on_fail = item.text("on_fail")
    if on_fail and on_fail not in feedback:
        item.wrong("on_fail", "Mục “feedback” chưa có câu “%(name)s”.", name=on_fail)
    options = item.plain("options") or {}
    if not isinstance(options, dict):
        item.wrong("options", "Mục “options” phải gồm các cặp tên: giá trị.")
        options = {}
    highest = _HIGHEST.get(name, 1.0)
    assertion = Assertion(
        type=type_,
        value=value,
        threshold=item.decimal("threshold", lowest=0, highest=highest) if item.has("threshold") else None,
        weight=item.decimal("weight", 1.0, lowest=0, highest=100),
        metric=item.text("metric"),
        severity=item.text("severity", choices=("", *Level)),
        on_fail=on_fail,
        options=options,
        parts=_parts(item, name, feedback, check_types, inside) if item.has("assert") or name == "assert-set" else (),
    )
    if name == "latency" and assertion.threshold is None:
        item.wrong("type", "Phép kiểm “latency” cần mục “threshold”: số mili giây nhiều nhất, ví dụ 30000.")
    item.close()
    return assertion


def _parts(
    item: Fields, name: str, feedback: Mapping[str, str], check_types: Collection[str] | None, inside: bool
) -> tuple[Assertion, ...]:
    """The checks of a group; a group in a group is refused, as promptfoo does."""
    if name != "assert-set" or inside or item.text("type") != name:
        item.wrong("assert", "Chỉ phép “assert-set” đứng ngoài cùng mới có mục “assert”, và không có dạng “not-”.")
    found = tuple(_assertion(one, feedback, check_types, inside=True) for one in item.each("assert"))
    if not found:
        item.wrong("type", "Phép “assert-set” cần mục “assert” gồm các phép kiểm của nhóm.")
    return found
