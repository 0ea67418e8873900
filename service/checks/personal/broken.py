"""Texts broken inside their syllables by a scanner or a PDF, «Đ ịa ch ỉ: s ố 19», «0 5 / 1 2 / 1 9 5 8», and forms
filled in over dots, «Sinh năm:......1973......».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FEWEST = 2
"""So many broken syllables make a text a broken one: consonants alone may abbreviate something."""
_VOWEL = "(?![đs])[À-Ỹà-ỹĂăĨĩŨũƠơƯư]"  # the range has đ and ſ, which is an s where case does not matter
_BROKEN = re.compile(rf"(?<!\w)(?:[b-df-hj-np-tv-xzđ]{{1,3}}|gi|qu|nguy) (?={_VOWEL}[\w]{{0,5}}(?!\w))", re.IGNORECASE)
"""A syllable has a vowel; where a mark stands on it the letter was drawn by itself."""
_ALSO = re.compile(
    r"\b(?:B ?H ?(?:X ?H|Y ?T)|C ?C ?C ?D|C ?M ?N ?D|U ?B ?N ?D)\b|(?<![\d.,])\d(?: \d)+(?![\d.,]*\d)"
    r"|(?<=\d) ?/ ?(?=\d)"
)
"""Where syllables are broken, abbreviations and numbers are as well."""
_LEADER = re.compile(
    r"(?P<in_date>(?<=\d)[._…]{2,}(?=\s?/)|(?<=/)[._…]{2,}(?=\d))"
    r"|(?P<led>(?<=[:\w]) ?(?:[._]{2,}|…[._…]*) ?(?=[\w/]))"
    r"|(?P<end>(?<=[\w)]) ?(?:[._]{3,}|…[._…]*)(?= ?[;,]|\s?$))|(?<!\w)_{2,}(?=\w)|\u200b",
    re.MULTILINE,
)
"""Dots and lines that a form is filled in over, and letters of no width."""
_FILLED = re.compile(
    r":\s?(?:[._…]{2,}|…)\s?\w|\b(?:sinh|ngày|tháng|năm|ở|là|tên)\s?(?:[._…]{2,}|…)\s?\w"
    r"|\d[._…]{2,}\s?(?:tháng|năm)|(?<!\w)__\w|\u200b",
    re.IGNORECASE,
)


def _unfilled(text: str) -> tuple[str, Sequence[int]]:
    """The text of a form without its dots: a blank for those before a value, «;» where another label follows."""
    pieces, stood, at = list[str](), list[int](), 0
    for match in _LEADER.finditer(text):
        kept = ""
        if match["led"]:
            kept = "; " if text[match.end()].isupper() and text[match.start() - 1] != ":" else " "
            kept = kept if len(match[0]) >= len(kept) else " "
        pieces += [text[at : match.start()], kept]
        stood += [*range(at, match.start()), *range(match.start(), match.start() + len(kept))]
        at = match.end()
    pieces.append(text[at:])
    return "".join(pieces), (*stood, *range(at, len(text) + 1))


def mended(text: str) -> tuple[str, Sequence[int]]:
    """The text with its syllables, abbreviations and numbers whole again, and where each of its letters stood, the end
    last; a form without its dots. A text that is not broken stays as it is."""
    if _FILLED.search(text):
        plain, stood = _unfilled(text)
        whole, places = mended(plain) if not _FILLED.search(plain) else (plain, range(len(plain) + 1))
        return whole, [stood[at] for at in places]
    gaps = [match.end() - 1 for match in _BROKEN.finditer(text)]
    if len(gaps) < _FEWEST:
        return text, range(len(text) + 1)
    out = {*gaps, *(at for match in _ALSO.finditer(text) for at in range(*match.span()) if text[at] == " ")}
    kept = [at for at in range(len(text)) if at not in out]
    return "".join(text[at] for at in kept), (*kept, len(text))
