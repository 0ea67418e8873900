"""Texts that a scanner or a PDF has broken inside their syllables: «Đ ịa ch ỉ: s ố 19», «0 5 / 1 2 / 1 9 5 8»."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FEWEST = 2
"""So many broken syllables make a text a broken one: consonants alone may abbreviate something."""
_VOWEL = "(?![đĐ])[À-Ỹà-ỹĂăĨĩŨũƠơƯư]"
_BROKEN = re.compile(rf"(?<!\w)(?:[b-df-hj-np-tv-xzđ]{{1,3}}|gi|qu|nguy) (?={_VOWEL}[\w]{{0,5}}(?!\w))", re.IGNORECASE)
"""A syllable has a vowel; where a mark stands on it the letter was drawn by itself."""
_ALSO = re.compile(
    r"\b(?:B ?H ?(?:X ?H|Y ?T)|C ?C ?C ?D|C ?M ?N ?D|U ?B ?N ?D)\b|(?<![\d.,])\d(?: \d)+(?![\d.,]*\d)"
    r"|(?<=\d) ?/ ?(?=\d)"
)
"""Where syllables are broken, abbreviations and numbers are as well."""


def mended(text: str) -> tuple[str, Sequence[int]]:
    """The text with its syllables, abbreviations and numbers whole again, and where each of its letters stood, the end
    last. A text that is not broken stays as it is."""
    gaps = [match.end() - 1 for match in _BROKEN.finditer(text)]
    if len(gaps) < _FEWEST:
        return text, range(len(text) + 1)
    out = {*gaps, *(at for match in _ALSO.finditer(text) for at in range(*match.span()) if text[at] == " ")}
    kept = [at for at in range(len(text)) if at not in out]
    return "".join(text[at] for at in kept), (*kept, len(text))
