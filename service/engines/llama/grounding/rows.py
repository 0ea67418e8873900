"""A row of a table or an item of a list speaks of one place of the prompt.

Minutes say in one sentence who does what until when, and the row that is made of it holds these and no others. A small
model mixes them: the task of one sentence, the body of the next, the date of a third, and then rows without end. So the
words of a row tell which sentence it is about, rare words counting more:

* **One sentence.** What the prompt has elsewhere only is less likely in the rest of the row, and hardly possible where
  it is a name, number or date that is a single token (:mod:`service.engines.llama.placeholders`) and the sentence has
  its own. In a table words that the prompt has nowhere are less likely, too. A semicolon begins a new thing.
* **Another one for each row.** A row does not begin with what stands only in sentences that rows before it used. Where
  all of these have a deadline, further rows are about the sentences behind the first of them that have one, too.
* **As many rows as there are such sentences.** So long the table goes on, and then it ends.

Items count as rows where they are of the form «ai: việc gì»; a plain list may take several items from one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import Logits, Spellings, Words, nearness, shown
from service.engines.llama.placeholders import FAMILY_OF

ELSEWHERE = 3.0
"""Taken from the logit of a word that the prompt has, but not in the sentence that the row is about."""
NOT_ITS_OWN = 12.0
"""The same for a placeholder where the sentence has one of this kind."""
NOWHERE = 2.0
"""Taken from the logit of a word in a table that the prompt does not have."""
ENOUGH = 4.0
"""Taken from the logit of the end while there are sentences for more rows, and from that of a further row when not."""
SURE = 1.0
"""By how much the nearest sentence must be nearer than the next, in words that stand nowhere else."""
LIKELY = 12.0
"""Only tokens are looked at whose logits are so near to the best."""
_DEADLINES = ("date", "number")
"""The kinds of placeholders that stand for «20/12/2026» and for «20/12»."""
_MARK = re.compile(r"\s*(?:[-•*+]|\d{1,2}[.)]|\|)")
_SENTENCE_END = re.compile(r"[.!?]\Z")
_OPEN_PLACE = re.compile(r"\[[^\]]*\Z")


class OneSentence:
    """The rules for one answer; a ``LogitsProcessor``."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._spelling = Spellings(words)
        self._having: dict[int, set[int]] = {}  # the sentences that have a word, by its spelling
        self._families: list[set[str]] = [set()]  # the kinds of placeholders in each sentence
        self._newlines = list(words.newlines())
        self._used: list[int] = []  # the sentences of the rows before this one
        self._row: set[int] = set()  # the words of this row
        self._line = ""
        self._in_row = False
        before = ""
        for token in prompt:
            piece = shown(words, token)
            if not piece or "\n" in piece or (_SENTENCE_END.search(before) and piece.startswith(" ")):
                self._families.append(set())
            before = piece
            if _is_word(piece):
                self._having.setdefault(self._spelling.of(token), set()).add(len(self._families) - 1)
                self._families[-1] |= _families(piece)

    def apply(self, logits: Logits) -> None:
        if not self._in_row:
            return
        about = self._about()
        if about is not None:
            self._keep_to({about}, logits)
            self._enough([*self._used, about], logits)
        elif self._used:
            self._keep_to(self._more(self._used) or self._others(), logits)

    def accept(self, token: int) -> None:
        piece = shown(self._words, token)
        if "\n" in piece:
            self._end_line()
            return
        self._line += piece
        if not self._in_row:
            self._in_row = bool(_MARK.match(self._line))
        elif piece.strip() == ";":
            self._row.clear()
        elif _is_word(piece):
            self._row.add(self._spelling.of(token))

    def _end_line(self) -> None:
        about = self._about()
        if not self._in_row and self._line.strip():
            self._used.clear()
        elif about is not None and (self._in_table() or ": " in self._line):
            self._used.append(about)
        self._row.clear()
        self._line, self._in_row = "", False

    def _in_table(self) -> bool:
        return self._line.startswith("|")

    def _about(self) -> int | None:
        """The sentence that the row is about, once its words tell."""
        near = nearness(self._row, self._having)
        first, second = (*sorted(near.values(), reverse=True), 0.0, 0.0)[:2]
        return max(near, key=lambda sentence: near[sentence]) if first - second >= SURE else None

    def _others(self) -> set[int]:
        return set(range(len(self._families))).difference(self._used)

    def _mark(self, used: Sequence[int]) -> str:
        """What tells that a sentence is for a row: the kind of deadline that all the used ones have; empty for none."""
        return next((kind for kind in _DEADLINES if all(kind in self._families[one] for one in used)), "")

    def _more(self, used: Sequence[int]) -> set[int]:
        """The sentences for further rows: with the mark of the used ones, behind the first of these."""
        mark = self._mark(used)
        behind = set(range(used[0] + 1, len(self._families))).difference(used)
        return {sentence for sentence in behind if mark in self._families[sentence]}

    def _keep_to(self, wanted: set[int], logits: Logits) -> None:
        own = set[str]().union(*(self._families[sentence] for sentence in wanted))
        nowhere = NOWHERE if self._in_table() and not _OPEN_PLACE.search(self._line) else 0.0
        for token in np.flatnonzero(logits > logits.max() - LIKELY).tolist():
            piece = shown(self._words, token)
            if not _is_word(piece):
                continue
            having = self._having.get(self._spelling.of(token))
            if not having:
                logits[token] -= np.float32(nowhere)
            elif not having & wanted:
                logits[token] -= np.float32(NOT_ITS_OWN if own & _families(piece) else ELSEWHERE)

    def _enough(self, used: Sequence[int], logits: Logits) -> None:
        if self._in_table() and self._mark(used):
            logits[[self._words.end] if self._more(used) else self._newlines] -= np.float32(ENOUGH)


def _families(piece: str) -> set[str]:
    return {FAMILY_OF[letter] for letter in piece if letter in FAMILY_OF}


def _is_word(piece: str) -> bool:
    return any(letter.isalpha() or letter in FAMILY_OF for letter in piece)
