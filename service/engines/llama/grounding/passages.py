"""The numbers of the passages that may be cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.engines.llama.grounding.words import RULED_OUT, Logits, Words, shown

NEAR = 0.5
"""A passage may be cited whose words in the sentence weigh so much of the nearest one's. Between two such passages the
model knows better than a count of words: alone it cited 98 % right, with the nearest only 92 %, so 100 %."""
_PASSAGE = re.compile(r"\[([0-9]{1,3})\]")


class RightPassage:
    """Follows the sentence that the answer is just writing and rules out the passages that it is far from.

    A word counts for a passage by one over the number of passages that have it.
    """

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._numbers = words.numbers()
        self._having: dict[str, list[str]] = {}
        self._sentence: list[str] = []
        self._over = False  # the sentence has ended: the next word begins another one
        self._written: str | None = None  # digits of the number that is being cited
        number, line = "", ""
        for token in prompt:
            piece = shown(words, token)
            number = number if words.piece(token) else ""  # a turn of the conversation ends
            line = line + piece if "\n" not in piece else piece.rpartition("\n")[2]
            if opened := _PASSAGE.fullmatch(line):
                number = opened[1]
            elif number and (word := piece.strip().lower()):
                having = self._having.setdefault(word, [])
                if number not in having[-1:]:
                    having.append(number)
        self._many = len({number for having in self._having.values() for number in having}) > 1

    def apply(self, logits: Logits) -> None:
        if self._written is None:
            return
        if begun := [number for number in self._near() if number.startswith(self._written)]:
            at = len(self._written)
            wanted = {number[at : at + 1] for number in begun}  # empty: the number is complete
            logits[[token for token, digits in self._numbers.items() if digits not in wanted]] = RULED_OUT

    def accept(self, token: int) -> None:
        piece = shown(self._words, token)
        if piece.endswith("["):
            self._written = "" if self._many else None
        elif self._written is not None and token in self._numbers:
            self._written += self._numbers[token]
        elif self._written is not None or "\n" in piece or piece.strip() in (".", ";", "!", "?"):
            self._written, self._over = None, True
        elif word := piece.strip().lower():
            if self._over:
                self._sentence.clear()
            self._over = False
            self._sentence.append(word)

    def _near(self) -> list[str]:
        """The numbers of the passages near to the sentence; none where no passage has any of its words."""
        near: dict[str, float] = {}
        for word in dict.fromkeys(self._sentence):
            for number in (having := self._having.get(word, ())):
                near[number] = near.get(number, 0.0) + 1 / len(having)
        nearest = max(near.values(), default=0.0)
        return [number for number, weight in near.items() if weight >= NEAR * nearest]
