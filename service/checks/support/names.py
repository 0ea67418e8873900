"""Names of a claim: each stands in the passage, letter by letter or by its initials."""

from __future__ import annotations

import re

from service.checks.support.texts import Text
from service.text import fold, has_marks, syllables

_OPENS = (":", ".", "!", "?", "|", "“", '"', "«", "(")
"""After these a capital letter says nothing of a name."""
_ROMAN = re.compile(r"[IVXLC]+")


def names_hold(claim: Text, there: Text) -> bool:
    """Every capitalised syllable but the first of the sentence stands in the passage, or is an initial of its words.

    Marks count («Hiền» is not «Hiển»), unless the sentence was typed without any.
    """
    spell = str.casefold if has_marks(claim.text) else fold
    known = {spell(one.text) for one in syllables(there.text)}
    for one in syllables(claim.text):
        before = claim.text[: one.start].rstrip()
        opens = not before or before.endswith(_OPENS)
        if opens or not one.text[:1].isupper() or _ROMAN.fullmatch(one.text):
            continue
        word = spell(one.text)
        if word not in known and not (one.text.isupper() and len(word) > 1 and _initials(fold(word), there)):
            return False
    return True


def _initials(short: str, there: Text) -> bool:
    """True when neighbours of the passage begin with these letters."""
    return short in "".join(fold(one.text)[0] for one in syllables(there.text))
