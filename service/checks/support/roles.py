"""Who does it: the doer and the holder of an office in a claim are those of the passage."""

from __future__ import annotations

import re

from service.checks.support.texts import Text
from service.text import content_words

_ROLES = (
    (
        re.compile(r"^(?P<who>[^,;]{4,80}?)\s+(?:được giao|được phân công)\b"),
        re.compile(r"\b(?:giao|phân công)(?: cho)?\s+(?P<who>[^,;.]{3,60})"),
    ),
    (
        re.compile(r"(?P<who>[^,;]{4,80}?)\s+chủ trì\b"),
        re.compile(r"(?P<who>[^,;.]{3,60})\s+chủ trì\b"),
    ),
)
"""How the claim names a doer, and how the passage does."""
_OFFICE = re.compile(r"^(?P<who>(?:[Ôô]ng|[Bb]à)[^,;]{4,40}?)\s+(?:là|giữ chức)\s+(?P<what>.+)")
_PART_END = re.compile(r"[,;.]|\bvà\b")


def other_doer(claim: Text, there: Text) -> bool:
    """True when the passage names doers and not the claim's, or knows nothing of the claim's person in that office."""
    for mine, theirs in _ROLES:
        asked = mine.search(claim.text)
        told = [set(content_words(match["who"])) for match in theirs.finditer(there.text)]
        if asked and told:
            who = set(content_words(asked["who"])[-4:])
            if not any(len(who & other) * 2 > len(who) for other in told):
                return True
    title = _OFFICE.search(claim.text)
    if title is None or " là " in there.text:
        return False
    name_and_office = {*content_words(title["who"])[-2:], *content_words(title["what"])[:3]}
    return not any(name_and_office <= set(content_words(part)) for part in _PART_END.split(there.text))
