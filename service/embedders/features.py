"""What the static model in the box reads instead of plain text: syllables, folded syllables and folded pairs. Pure.

A static table has one row per token and knows no order, so the pairs are what tells "đất đai" from "đai" and "đất"; the
folded forms let a query without diacritics meet the same rows. The model's tokenizer only splits at blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.text import fold, nfc, normalise_tone

_WORD = re.compile(r"[^\W_]+")
_MARK = "~"
"""Before folded features; not a letter, so no word of a text begins with it."""


def features(text: str) -> list[str]:
    """«Đất đai» → ``["đất", "đai", "~dat", "~dai", "~dat_dai"]``."""
    exact, folded = words(text)
    return [*exact, *folded, *pairs(folded)]


def words(text: str) -> tuple[list[str], list[str]]:
    """«Đất đai» → ``["đất", "đai"], ["~dat", "~dai"]``, one of each for every word."""
    exact = _WORD.findall(normalise_tone(nfc(text).lower()))
    return exact, [_MARK + fold(word) for word in exact]


def pairs(folded: Sequence[str]) -> Iterator[str]:
    """``["~dat", "~dai"]`` → ``"~dat_dai"``."""
    return (f"{one}_{two.removeprefix(_MARK)}" for one, two in pairwise(folded))
