"""A paragraph ends while it is short enough.

Where the last message sets a length («tóm tắt không quá 80 tiếng»), an answer that is one paragraph goes on behind a
full stop or a semicolon only while a further clause fits that is as long as the longest so far. A list has a rule of
its own (:mod:`service.engines.llama.grounding.items`); what has several lines, as a document has, is left alone.
"""

from __future__ import annotations

from service.engines.llama.grounding.items import length_asked
from service.engines.llama.grounding.words import RULED_OUT, Logits, Words, shown
from service.engines.llama.placeholders import FAMILY_OF
from service.text import count_syllables

SYLLABLES = {"name": 3, "date": 6, "time": 3, "sign": 1, "number": 1}
"""How many a placeholder stands for: «ngày 31 tháng 12 năm 2026» has six."""
_CLAUSE_ENDS = (".", ";", "!", "?")
_OPENINGS = ("-", "|", "•", "*", "+")


class Paragraph:
    """The rule for one answer; a ``LogitsProcessor``. ``asked`` is the text of the last message."""

    def __init__(self, words: Words, asked: str) -> None:
        self._words = words
        self._left = length_asked(asked)
        self._stop = words.tokenise(".", first=False)[0] if self._left else words.end
        self._clause = ""
        self._longest = 0

    def apply(self, logits: Logits) -> None:
        """Behind the last clause that fits: a full stop in place of a semicolon, and the end."""
        if not self._left:
            return
        coming = shown(self._words, int(logits.argmax()))
        if not self._clause and self._longest and coming.startswith(" ") and self._left < self._longest:
            logits.fill(RULED_OUT)
            logits[self._words.end] = 0.0
        elif coming.strip() == ";" and self._left < (length := _length(self._clause)) + max(self._longest, length):
            logits.fill(RULED_OUT)
            logits[self._stop] = 0.0

    def accept(self, token: int) -> None:
        if not self._left:
            return
        piece = shown(self._words, token)
        if "\n" in piece or (not self._longest and not self._clause and piece.strip().startswith(_OPENINGS)):
            self._left = 0  # not one paragraph
            return
        self._clause += piece
        if piece.strip() in _CLAUSE_ENDS:
            length = _length(self._clause)
            self._left, self._longest, self._clause = max(1, self._left - length), max(self._longest, length), ""


def _length(text: str) -> int:
    """In syllables, those included that placeholders stand for."""
    return count_syllables(text) + sum(SYLLABLES[FAMILY_OF[letter]] for letter in text if letter in FAMILY_OF)
