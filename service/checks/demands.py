"""What an exercise demands of every answer, so that the sentences suggested for a prompt never contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.records import Assertion, Exercise

_MARK = re.compile(r"\[(?:cần|chưa|không)\b[^\[\]]*")


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


def _needles(assertions: tuple[Assertion, ...]) -> Iterator[str]:
    """The words that must be in an answer."""
    for item in assertions:
        if item.type.startswith(("contains", "icontains")) and item.type != "contains-json":
            yield from map(str, item.value if isinstance(item.value, list | tuple) else [item.value])
        yield from _needles(item.parts)
