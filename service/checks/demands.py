"""What an exercise demands of every answer, so that the sentences suggested for a prompt never contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.records import Assertion, Exercise
from service.text import comparable, fold, has_marks

ASKED_ALREADY = "Câu lệnh đã nêu điều này; anh/chị chạy lại, hoặc tự sửa kết quả."
"""What to try where the prompt needs no further sentence."""

_MARK = re.compile(r"\[(?:cần|chưa|không)\b[^\[\]]*")
_UNKNOWN = re.compile(r"(?:\w+ ){0,3}?(?:không|chưa) (?:cho biết|nêu|có số|có thông tin|có trong|rõ|nói|quy định)\b")
_TABLE = "|"
"""What a check looks for where a table is wanted."""


def most_syllables(exercise: Exercise) -> int | None:
    """The most syllables an answer may have, whatever the input; None without such a limit."""
    for item in exercise.assertions:
        most = item.value.get("max") if isinstance(item.value, dict) else item.value
        if item.type in ("max-words", "word-count") and item.input is None and isinstance(most, int):
            return most
    return None


def gap_mark(exercise: Exercise) -> str:
    """What to write where the documents say nothing: the mark that a check looks for, else the usual one."""
    asked = (_MARK.match(needle) for needle in _needles(exercise.assertions))
    return next((f"{mark[0].strip()}]" for mark in asked if mark), "[cần bổ sung]")


def shown(needle: str) -> str:
    """The words a check looks for, as people are told of them: «"9.120"» → «9.120», the mark of a table in words."""
    bare = needle.strip(" \"'“”")
    return "bảng" if bare == _TABLE else f"{bare}]" if _MARK.fullmatch(bare) else bare


def holds(prompt: str, needle: str) -> bool:
    """A prompt has these words already."""
    spelled = comparable if has_marks(prompt) else fold
    words = r"\s+".join(map(re.escape, spelled(shown(needle)).split()))
    return re.search(rf"(?<!\w){words}(?!\w)", spelled(prompt), re.IGNORECASE) is not None


def asking_for(needles: Sequence[str]) -> str:
    """Sentences for a prompt that ask for these words; nothing for those of which no sentence can be made."""
    named, others = list[str](), list[str]()
    for needle in map(shown, needles):
        if needle == shown(_TABLE):
            others.append("Trình bày thành bảng.")
        elif mark := _MARK.match(needle):
            others.append(f"Thiếu thông tin thì ghi {mark[0].strip()}].")
        elif _UNKNOWN.match(needle):
            others.append(f"Thiếu thông tin thì ghi: {needle}.")
        elif re.fullmatch(r"\d{1,2}[.)]", needle):
            others.append("Đánh số từng ý.")
        elif re.search(r"\w", needle) and not re.match(r"(?:không|chưa)\b", needle, re.IGNORECASE):
            named.append(needle.rstrip(" .,:;"))
    asked = [f"Phải nêu {'đủ' if len(named) > 1 else 'rõ'}: {'; '.join(named)}."] if named else []
    return " ".join(dict.fromkeys(asked + others))


def advice(needles: Sequence[str], prompt: str, one_of: bool = False) -> tuple[str, str]:
    """What to try where these words are missing, and a sentence for the prompt: "" where it has them or none helps."""
    wanted = [needle for needle in needles if not holds(prompt, needle)]
    if not wanted or (one_of and len(wanted) < len(needles)):
        return ASKED_ALREADY, ""
    insert = asking_for(wanted[:1] if one_of else wanted)  # of several wordings the first is the one meant
    if not insert:
        return "Xem lại yêu cầu của bài và nêu điều này trong câu lệnh.", ""
    return f"Thêm vào câu lệnh: «{insert}»", insert


def _needles(assertions: tuple[Assertion, ...]) -> Iterator[str]:
    """The words that must be in an answer."""
    for item in assertions:
        if item.type.startswith(("contains", "icontains")) and item.type != "contains-json":
            yield from map(str, item.value if isinstance(item.value, list | tuple) else [item.value])
        yield from _needles(item.parts)
