"""What the ``value`` of each type of check must be: a slip is told to the trainer, not met by a learner's answer."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from service.nd30.kinds import BY_ID
from service.prompts.lines import guess
from service.text import comparable

PARTS = ("role", "context", "task", "data", "format", "constraints", "self_check")
"""The seven parts of a prompt: vai trò, bối cảnh, nhiệm vụ, dữ liệu, định dạng, ràng buộc, tự kiểm tra."""

_TEXTS = ("rouge-n", "bleu", "gleu", "chrf", "levenshtein", "similar", "llm-rubric")
"""Types whose ``value`` is a text, or a list of texts."""
_SCHEMAS = ("is-json", "contains-json")
_SHOWN = 60
"""So many letters of a pattern are quoted."""


def always_wrong(name: str, value: Any) -> str:
    """What no version took as the value of a check, as a sentence; empty when it will do."""
    if name == "nd30-format" and value not in BY_ID:
        return f"“{value}” không phải loại văn bản của Nghị định 30/2020/NĐ-CP, ví dụ cong_van, thong_bao."
    if name in _TEXTS:
        listed = value if isinstance(value, list) else [value]
        if not listed or not all(isinstance(one, str) and one.strip() for one in listed):
            what = "tiêu chí để máy nêu ý kiến" if name == "llm-rubric" else "văn bản đối chiếu"
            return f"Phép kiểm “{name}” cần mục “value” là {what}, hoặc một danh sách như vậy."
    if name in _SCHEMAS and value not in (None, "") and (fault := _schema_fault(value)):
        return f"Mục “value” của “{name}” phải là một JSON Schema: {fault}."
    if name == "finish-reason" and value not in (None, "stop", "length", "cancelled"):
        return f"Mục “value” của “finish-reason” nhận stop, length hoặc cancelled; tệp đang ghi “{value}”."
    return ""


def wrong(name: str, value: Any) -> str:
    """What is wrong with the value of a check in a file that is being written; empty when it will do."""
    return always_wrong(name, value) or (_BY_TYPE[name](name, value) if name in _BY_TYPE else "")


# ── by type ─────────────────────────────────────────────────────────────────────────────────────


def _length(name: str, value: Any) -> str:
    if isinstance(value, dict) and name != "prompt-max-words":
        return _range(name, value)
    good = _whole(value) is not None
    return "" if good else f"Phép kiểm “{name}” cần mục “value” là số tiếng viết bằng chữ số, ví dụ 150."


def _range(name: str, value: Any) -> str:
    if not isinstance(value, dict):
        value = {"min": value}
    limits = {key: _whole(limit) for key, limit in value.items() if limit is not None}
    if not limits or not limits.keys() <= {"min", "max"} or None in limits.values():
        return f"Mục “value” của “{name}” là một số tiếng, hoặc {{min: …, max: …}} viết bằng chữ số."
    least, most = limits.get("min"), limits.get("max")
    if least is not None and most is not None and least > most:
        return f"Mục “value” của “{name}” có min là {least}, lớn hơn max là {most}, nên không kết quả nào đạt."
    return ""


def _citations(name: str, value: Any) -> str:
    good = value is None or _whole(value) is not None
    return "" if good else f"Mục “value” của “{name}” là số trích dẫn ít nhất, viết bằng chữ số, ví dụ 2."


def _share(name: str, value: Any) -> str:
    good = value is None or isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return "" if good else f"Mục “value” của “{name}” là một số từ 0 đến 1, ví dụ 0.5."


def _parts(name: str, value: Any) -> str:
    for part in [] if value is None else value if isinstance(value, list) else [value]:
        if part not in PARTS:
            return f"Câu lệnh không có phần “{part}”{guess(str(part), PARTS)}"
    return ""


def _needles(name: str, value: Any) -> str:
    if isinstance(value, str) and name.endswith(("-any", "-all")):
        value = value.split(",")  # promptfoo writes such lists in one CSV cell
    listed = value if isinstance(value, list) else [value]
    good = listed and all(map(_said, listed))
    return "" if good else f"Phép kiểm “{name}” cần mục “value” là chữ cần tìm, hoặc danh sách chữ; không bỏ trống."


def _text(name: str, value: Any) -> str:
    return "" if _said(value) else f"Phép kiểm “{name}” cần mục “value” là một đoạn chữ."


def _headings(name: str, value: Any) -> str:
    good = isinstance(value, list) and value and all(map(_said, value))
    return "" if good else f"Phép kiểm “{name}” cần mục “value” là danh sách tên mục, ví dụ [Kết quả, Kiến nghị]."


def _list(name: str, value: Any) -> str:
    good = value is None or isinstance(value, list) and all(map(_said, value))
    return "" if good else f"Mục “value” của “{name}” phải là danh sách, đặt trong dấu ngoặc vuông."


def _pattern(name: str, value: Any) -> str:
    if not _said(value):
        return f"Phép kiểm “{name}” cần mục “value” là một mẫu câu (biểu thức chính quy)."
    try:
        with warnings.catch_warnings(action="ignore"):  # "[[" is allowed and may mean something else one day
            re.compile(comparable(str(value)))
    except (re.error, OverflowError, RecursionError):
        shown = str(value)[:_SHOWN] + "…" * (len(str(value)) > _SHOWN)
        return (
            f"Mẫu câu “{shown}” chưa đúng quy tắc biểu thức chính quy. Anh/chị xem lại các dấu ngoặc, dấu \\ và dấu *."
        )
    return ""


_BY_TYPE: Mapping[str, Callable[[str, Any], str]] = {
    "max-words": _length,
    "min-words": _length,
    "prompt-max-words": _length,
    "word-count": _range,
    "cites-source": _citations,
    "similar-to-source": _share,
    "prompt-has": _parts,
    **{f"{case}contains{how}": _needles for case in ("", "i") for how in ("", "-any", "-all")},
    "starts-with": _text,
    "equals": _text,
    "sections": _headings,
    "keeps-numbers": _list,
    "register": _list,
    "addresses": _list,
    "regex": _pattern,
}


def _whole(value: Any) -> int | None:
    """A count as an integer, also one in quotes; None for anything else."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _said(value: Any) -> bool:
    """Whether there is something to look for: a text, or a number read as one."""
    return isinstance(value, int | float) or isinstance(value, str) and bool(value.strip())


def _schema_fault(value: Any) -> str:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    if isinstance(value, str):
        try:
            value = yaml.safe_load(value)
        except yaml.YAMLError:
            return "chữ trong mục này không đọc được"
    if not isinstance(value, dict | bool):
        return "cần một nhóm mục như {type: object, required: [han]}"
    if "patternProperties" in str(value) or "://" in str(value):
        return "không dùng patternProperties và địa chỉ ở ngoài tệp"
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError as error:
        return f"chỗ “{'.'.join(map(str, error.absolute_path)) or 'ngoài cùng'}” không đúng khuôn"
    return ""
