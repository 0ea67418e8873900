"""A row of a table or an item of a list speaks of one place of the prompt.

Minutes say in one sentence who does what until when, and the row that is made of it holds these and no others. A small
model mixes them: the task of one sentence, the body of the next, the date of a third, and then rows without end. So the
words of a row tell which sentence it is about, rare words counting more:

* **One sentence.** What the prompt has elsewhere only is less likely in the rest of the row, and hardly possible where
  it is a name, number or date that is a single token (:mod:`service.engines.llama.placeholders`) and the sentence has
  its own. In a table words that the prompt has nowhere are less likely, too. A semicolon begins a new thing.
* **Another one for each row.** Where each row of a table is about a sentence with a date, the next one is about a
  further such sentence behind the first.
* **As many rows as there are such sentences.** So long the table goes on, and then it ends.

A semicolon of the prompt ends a sentence that has its date already: «A làm …, trước 5/6; B làm …, trước 7/6».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np

from service.engines.llama.grounding.words import Logits, Tokens, Words, lexicon, likely, shown

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
MANY = 20
"""A word that more sentences have tells nothing of a row."""
FAR = NOT_ITS_OWN + 4.0
"""Logits below the likeliest token: what is farther is not looked at."""
_ROW = re.compile(r"\s*(?:(?:[-•*+]|\d{1,2}[.)])\s|\|)")
_RULER = re.compile(r"\|[-:| ]+")
_SENTENCE_END = re.compile(r"[.!?]\Z")
_OPEN_PLACE = re.compile(r"\[[^\]]*\Z")


class OneSentence:
    """The rules for one answer; a ``LogitsProcessor``."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._word = lexicon(words)
        self._having: dict[int, set[int]] = {}  # the sentences that have a word, by its spelling
        self._kinds: list[set[str]] = [set()]  # the kinds of placeholders in each sentence
        self._newlines: Tokens = np.array(words.newlines(), np.int32)
        self._used: list[int] = []  # the sentences of the rows before this one
        self._row: set[int] = set()  # the words of this row
        self._near: dict[int, float] = {}  # how near each sentence is to them
        self._line = ""
        self._in_row = self._ruled = False
        self._read(prompt)

    def _read(self, prompt: Sequence[int]) -> None:
        before = ""
        for token in prompt:
            piece = shown(self._words, token)
            over = _SENTENCE_END.search(before) and piece.startswith(" ")
            if over or "\n" in piece or not self._words.piece(token) or (before == ";" and "date" in self._kinds[-1]):
                self._kinds.append(set())
            before = piece
            if (word := self._word(token)).is_word:
                self._having.setdefault(word.spelling, set()).add(len(self._kinds) - 1)
                self._kinds[-1] |= word.kinds

    def apply(self, logits: Logits) -> None:
        if not self._in_row or (self._in_table() and not self._ruled):
            return
        about = self._about()
        if about is not None:
            self._keep_to({about}, self._kinds[about], logits)
            if self._in_table():
                self._enough([*self._used, about], logits)
        elif self._in_table() and (more := self._more(self._used)):
            self._keep_to(more, (), logits)

    def accept(self, token: int) -> None:
        piece = shown(self._words, token)
        if "\n" in piece:
            before, _, after = piece.rpartition("\n")  # the ruler of a table may be one token with its line's end
            self._line += before
            self._end_line(after)
            return
        self._line += piece
        self._in_row = self._in_row or bool(_ROW.match(self._line))
        if piece.strip() == ";":
            self._begin_anew()
        elif self._in_row and (word := self._word(token)).is_word:
            self._add(word.spelling)

    def _add(self, spelling: int) -> None:
        having = self._having.get(spelling, ())
        if spelling not in self._row and len(having) <= MANY:
            self._row.add(spelling)
            for sentence in having:
                self._near[sentence] = self._near.get(sentence, 0.0) + 1 / len(having)

    def _begin_anew(self) -> None:
        self._row.clear()
        self._near.clear()

    def _end_line(self, after: str) -> None:
        if not self._in_table() or _RULER.fullmatch(self._line.strip()):
            self._used.clear()
            self._ruled = self._in_table()
        elif self._ruled and (about := self._about()) is not None:
            self._used.append(about)
        self._begin_anew()
        self._line, self._in_row = after, False

    def _in_table(self) -> bool:
        return self._line.startswith("|")

    def _about(self) -> int | None:
        """The sentence that the row is about, once its words tell."""
        first, second = (*sorted(self._near.values(), reverse=True), 0.0, 0.0)[:2]
        return max(self._near, key=lambda one: self._near[one]) if first - second >= SURE else None

    def _dated(self, used: Collection[int]) -> bool:
        return bool(used) and all("date" in self._kinds[one] for one in used)

    def _more(self, used: Sequence[int]) -> set[int]:
        """The sentences for further rows: with a date, like all the used ones, and behind the first of these."""
        behind = range(used[0] + 1, len(self._kinds)) if self._dated(used) else ()
        return {one for one in behind if "date" in self._kinds[one] and one not in used}

    def _keep_to(self, wanted: set[int], own: Collection[str], logits: Logits) -> None:
        """Hold back what ``wanted`` sentences do not have; ``own`` are the kinds of which they have placeholders."""
        nowhere = NOWHERE if self._in_table() and not _OPEN_PLACE.search(self._line) else 0.0
        for token in likely(logits, FAR):
            word = self._word(token)
            if not word.is_word:
                continue
            having = self._having.get(word.spelling)
            if not having:
                logits[token] -= np.float32(nowhere)
            elif having.isdisjoint(wanted):
                logits[token] -= np.float32(ELSEWHERE if word.kinds.isdisjoint(own) else NOT_ITS_OWN)

    def _enough(self, used: Sequence[int], logits: Logits) -> None:
        if self._dated(used):
            logits[[self._words.end] if self._more(used) else self._newlines] -= np.float32(ENOUGH)
