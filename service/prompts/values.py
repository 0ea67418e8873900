"""What the ``value`` of each type of check must be: a slip is told to the trainer, not met by a learner's answer."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import yaml

from service.nd30.kinds import BY_ID
from service.prompts.lines import Sentence, guess, said
from service.records import PARTS
from service.text import comparable

_TEXTS = ("rouge-n", "bleu", "gleu", "chrf", "levenshtein", "similar", "llm-rubric")
"""Types whose ``value`` is a text, or a list of texts."""
_SCHEMAS = ("is-json", "contains-json")
_SHOWN = 60
"""So many letters of a pattern are quoted."""


def always_wrong(name: str, value: Any) -> Sentence | None:
    """What no version took as the value of a check; None when it will do."""
    if name == "nd30-format" and value not in BY_ID:
        return said(
            "“%(seen)s” không phải loại văn bản của Nghị định 30/2020/NĐ-CP, ví dụ cong_van, thong_bao.", seen=value
        )
    if name in _TEXTS:
        listed = value if isinstance(value, list) else [value]
        if not listed or not all(isinstance(one, str) and one.strip() for one in listed):
            what = said("tiêu chí để máy nêu ý kiến") if name == "llm-rubric" else said("văn bản đối chiếu")
            return said(
                "Phép kiểm “%(check)s” cần mục “value” là %(what)s, hoặc một danh sách như vậy.", check=name, what=what
            )
    if name in _SCHEMAS and value not in (None, "") and (fault := _schema_fault(value)):
        return said("Mục “value” của “%(check)s” phải là một JSON Schema: %(fault)s.", check=name, fault=fault)
    if name == "finish-reason" and value not in (None, "stop", "length", "cancelled"):
        return said(
            "Mục “value” của “finish-reason” nhận stop, length hoặc cancelled; tệp đang ghi “%(seen)s”.", seen=value
        )
    return None


def wrong(name: str, value: Any) -> Sentence | None:
    """What is wrong with the value of a check in a file that is being written; None when it will do."""
    if found := always_wrong(name, value):
        return found
    if name in _OWN_WORDS:
        return _OWN_WORDS[name](name, value)
    if name not in _TAKEN:
        return None
    takes, told = _TAKEN[name]
    return None if takes(value) else replace(told, facts={"check": name})


# ── by type ─────────────────────────────────────────────────────────────────────────────────────


def _count(value: Any) -> bool:
    return _whole(value) is not None


def _count_or_none(value: Any) -> bool:
    return value is None or _count(value)


def _share(value: Any) -> bool:
    return value is None or isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _text(value: Any) -> bool:
    """Something to look for: a text, or a number read as one."""
    return isinstance(value, int | float) or isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_text, value))


def _texts_or_none(value: Any) -> bool:
    return value in (None, []) or _texts(value)


def _words(value: Any) -> bool:
    return _text(value) or _texts(value)


def _words_in_a_row(value: Any) -> bool:
    return _words(value.split(",") if isinstance(value, str) else value)  # promptfoo writes such lists in one CSV cell


_LENGTH = said("Phép kiểm “%(check)s” cần mục “value” là số tiếng viết bằng chữ số, ví dụ 150.")
_LIST = said("Mục “value” của “%(check)s” phải là danh sách, đặt trong dấu ngoặc vuông.")
_PHRASE = said("Phép kiểm “%(check)s” cần mục “value” là một đoạn chữ.")
_WORDS = said("Phép kiểm “%(check)s” cần mục “value” là chữ cần tìm, hoặc danh sách chữ; không bỏ trống.")
_TAKEN: Mapping[str, tuple[Callable[[Any], bool], Sentence]] = {
    "prompt-max-words": (_count, _LENGTH),
    "cites-source": (
        _count_or_none,
        said("Mục “value” của “%(check)s” là số trích dẫn ít nhất, viết bằng chữ số, ví dụ 2."),
    ),
    "similar-to-source": (_share, said("Mục “value” của “%(check)s” là một số từ 0 đến 1, ví dụ 0.5.")),
    "contains": (_words, _WORDS),
    "icontains": (_words, _WORDS),
    **{f"{case}contains-{how}": (_words_in_a_row, _WORDS) for case in ("", "i") for how in ("any", "all")},
    "starts-with": (_text, _PHRASE),
    "equals": (_text, _PHRASE),
    "sections": (
        _texts,
        said("Phép kiểm “%(check)s” cần mục “value” là danh sách tên mục, ví dụ [Kết quả, Kiến nghị]."),
    ),
    "keeps-numbers": (_texts_or_none, _LIST),
    "register": (_texts_or_none, _LIST),
    "addresses": (_texts_or_none, _LIST),
}


def _range(name: str, value: Any) -> Sentence | None:
    if not isinstance(value, dict) and name != "word-count":
        return None if _count(value) else replace(_LENGTH, facts={"check": name})
    given = value if isinstance(value, dict) else {"min": value}
    limits = {key: _whole(limit) for key, limit in given.items() if limit is not None}
    if not limits or not limits.keys() <= {"min", "max"} or None in limits.values():
        return said("Mục “value” của “%(check)s” là một số tiếng, hoặc {min: …, max: …} viết bằng chữ số.", check=name)
    least, most = limits.get("min"), limits.get("max")
    if least is None or most is None or least <= most:
        return None
    return said(
        "Mục “value” của “%(check)s” có min là %(least)s, lớn hơn max là %(most)s, nên không kết quả nào đạt.",
        check=name,
        least=least,
        most=most,
    )


def _parts(_: str, value: Any) -> Sentence | None:
    for part in [] if value is None else value if isinstance(value, list) else [value]:
        if part not in PARTS:
            return said("Câu lệnh không có phần “%(part)s”.", part=part, near=guess(str(part), PARTS))
    return None


def _pattern(name: str, value: Any) -> Sentence | None:
    if not _text(value):
        return said("Phép kiểm “%(check)s” cần mục “value” là một mẫu câu (biểu thức chính quy).", check=name)
    try:
        with warnings.catch_warnings(action="ignore"):  # "[[" is allowed and may mean something else one day
            re.compile(comparable(str(value)))
    except (re.error, OverflowError, RecursionError):
        shown = str(value)[:_SHOWN] + "…" * (len(str(value)) > _SHOWN)
        return said(
            "Mẫu câu “%(pattern)s” chưa đúng quy tắc biểu thức chính quy. "
            "Anh/chị xem lại các dấu ngoặc, dấu \\ và dấu *.",
            pattern=shown,
        )
    return None


_OWN_WORDS: Mapping[str, Callable[[str, Any], Sentence | None]] = {
    "max-words": _range,
    "min-words": _range,
    "word-count": _range,
    "prompt-has": _parts,
    "regex": _pattern,
}


def _whole(value: Any) -> int | None:
    """A count as an integer, also one in quotes; None for anything else."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _schema_fault(value: Any) -> Sentence | None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    if isinstance(value, str):
        try:
            value = yaml.safe_load(value)
        except yaml.YAMLError:
            return said("chữ trong mục này không đọc được")
    if not isinstance(value, dict | bool):
        return said("cần một nhóm mục như {type: object, required: [han]}")
    if "patternProperties" in str(value) or "://" in str(value):
        return said("không dùng patternProperties và địa chỉ ở ngoài tệp")
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError as error:
        if where := ".".join(map(str, error.absolute_path)):
            return said("chỗ “%(where)s” không đúng khuôn", where=where)
        return said("chỗ ngoài cùng không đúng khuôn")
    return None
