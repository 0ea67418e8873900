"""A prompt without one of its parts (ablation): what stands around the gap still reads as sentences."""

from __future__ import annotations

import re

from service.checks.prompt.parts import find_parts
from service.text import nfc

_LABEL = re.compile(
    r"(?:^|(?<=\n))[ \t>*#_\-–•]*(?:[0-9]{1,2}[.)][ \t]*)?"
    r"[*_]*[^\W\d_][\w \-/]{0,30}(?:\([^)\n]*\))?[*_]*[ \t]?[:–][*_]*\s*\Z"
)
"""«Vai trò: » and the like, at the head of a line and up to a part: a label goes with what it announces."""
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t]*(?:[-–•*+]|[0-9]{1,2}[.)])[ \t]*\Z")
_WEAK, _STRONG = ",;:", ".!?"


def without(prompt: str, part: str) -> str:
    """The prompt (NFC) with every stretch of ``part`` left out; as it is when the part is not in it."""
    text = nfc(prompt)
    for piece in reversed([one for one in find_parts(text) if one.part == part]):
        text = _closed(text[: piece.start], text[piece.end :])
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def struck(prompt: str, part: str) -> list[tuple[str, str]]:
    """The prompt as runs of a difference, (op, text), with what is left out of it as "-"."""
    text, at = nfc(prompt), 0
    runs = list[tuple[str, str]]()
    for piece in find_parts(text):
        if piece.part == part:
            runs += [("=", text[at : piece.start]), ("-", text[piece.start : piece.end])]
            at = piece.end
    return [*runs, ("=", text[at:])]


def _closed(left: str, right: str) -> str:
    """Two ends joined over a gap: no label or bullet without text, no stray comma, a capital after a full stop."""
    if not right.strip(f" \t{_WEAK}{_STRONG}") or right.lstrip(f" \t{_WEAK}{_STRONG}").startswith("\n"):
        left = _BULLET.sub("", _LABEL.sub("", left))  # nothing is left behind the label on its line
    left, right = left.rstrip(" \t"), right.lstrip(" \t")
    starts = not left or left[-1] in _STRONG + "\n"
    if starts:
        right = right.lstrip(f" \t{_WEAK}{_STRONG}")
    elif left[-1] in _WEAK and right[:1] and right[0] in _WEAK + _STRONG:
        left = left[:-1]
    elif left[-1] in ",;" and (not right or right[0] == "\n" or right[0].isupper()):
        left = f"{left[:-1]}."
    if starts and right[:1].islower():
        right = right[0].upper() + right[1:]
    if starts and right.startswith("\n"):
        right = right.lstrip("\n") if not left or left.endswith("\n") else right
    tight = not left or not right or left[-1] == "\n" or right[0] in "\n" + _WEAK + _STRONG
    return left + ("" if tight else " ") + right
