"""What the static model in the box reads instead of plain text: syllables, folded syllables and folded pairs. Pure.

A static table has one row per token and knows no order, so the pairs are what tells "đất đai" from "đai" and "đất"; the
folded forms let a query without diacritics meet the same rows. The model's tokenizer only splits at blanks.
"""

from __future__ import annotations

import re
from itertools import pairwise

from service.text import fold, nfc, normalise_tone

_WORD = re.compile(r"[^\W_]+")
_MARK = "~"
"""Before folded features; not a letter, so no word of a text begins with it."""


def features(text: str) -> list[str]:
    """«Đất đai» → ``["đất", "đai", "~dat", "~dai", "~dat_dai"]``."""
    exact = _WORD.findall(normalise_tone(nfc(text).lower()))
    folded = fold(" ".join(exact)).split()
    pairs = (f"{_MARK}{one}_{two}" for one, two in pairwise(folded))
    return [*exact, *(_MARK + word for word in folded), *pairs]
