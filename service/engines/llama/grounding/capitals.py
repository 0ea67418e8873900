"""The rule on names in capitals, behind which a small model sees no letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, TAIL, Logits, Words, lexicon, shown
from service.engines.llama.placeholders import NAME_IN_CAPITALS, UNITS
from service.text import fold

_UNITS = "|".join(map(fold, UNITS))
_UNIT_LAST = re.compile(rf"(?<!\w)({_UNITS}) \Z")
_OF_ITS_BODY = re.compile(rf"(?<!\w)(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan) ({_UNITS}) \Z")
_IN_CAPITALS = re.compile(rf"(?<!\w)({'|'.join(UNITS.values())})( ?)\Z")
_READ = 40
"""Letters before a name that tell whose it is."""


class NamesInCapitals:
    """«CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …» goes on with the name of a commune that the prompt has, not with one made up.

    Only where the prompt's names are hidden behind placeholders; a body whose name it has in capitals is copied.
    """

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._known: dict[str, set[int]] = {}
        self._gap: int | None = None
        self._tail = b""
        word, text, of_bodies = lexicon(words), "", dict[str, set[int]]()
        for at, token in enumerate(prompt):
            before = fold(text[-_READ:]).lower()
            if word(token).kinds == {"name"} and (unit := _UNIT_LAST.search(before)):
                self._known.setdefault(unit[1], set()).add(token)
                if words.piece(prompt[at - 1]) == b" ":
                    self._gap = prompt[at - 1]
                if _OF_ITS_BODY.search(before):
                    of_bodies.setdefault(unit[1], set()).add(token)
            text += shown(words, token)
        self._known |= of_bodies
        if NAME_IN_CAPITALS.search(text):
            self._known.clear()

    def apply(self, logits: Logits) -> None:
        """Where a unit in capitals has just been said, only a space and one of its names may follow."""
        if not self._known or not (said := _IN_CAPITALS.search(self._tail.decode("utf-8", "ignore"))):
            return
        names = self._known.get(fold(said[1]).lower())
        if not names or self._gap is None:
            return
        wanted = sorted(names) if said[2] else [self._gap]
        likeliness = np.nan_to_num(logits[wanted], neginf=-1e9)
        logits.fill(RULED_OUT)
        logits[wanted] = likeliness

    def accept(self, token: int) -> None:
        self._tail = (self._tail + (self._words.piece(token) or b""))[-TAIL:]
