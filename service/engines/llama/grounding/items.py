"""The items of a list that is being written: each is said once, and as many as were asked for.

A small model that has listed one thing tends to list it again, and it cannot count.

* **Said once.** What would lead an item to say the same as an earlier one is ruled out where the prompt goes on in that
  one way only. An item is what follows «- » or «1. » at the head of a line, or the first cell of a table row that is no
  number.
* **As many as asked.** Where the last message asks for exactly so many bullet points or points («đúng 3 gạch đầu dòng»,
  «3 ý»), the answer ends after the last of them and not before; for «tối đa» it may end earlier. Where it sets a length
  («không quá 60 tiếng»), a list goes on only while a further line fits that is as long as the longest so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, Logits, Spellings, Tokens, Words, shown

LONGEST_MATCH = 3
"""Tokens before the next one by which its place in the prompt is told."""
FORESEEN = 12
"""Tokens after it that the prompt must have in common with the earlier item."""

_MARK = re.compile(r"\s*(?:[-•*+]|\d{1,2}[.)]|\|(?: \d{1,3} \|)?)")
"""What stands before the first word of an item."""
_LISTED = re.compile(r"(?:[-•*+]|\d{1,2}[.)])\s+\S")
_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT = re.compile(
    rf"(?P<most>(?:tối đa|nhiều nhất|không quá|dưới|toi da|nhieu nhat|khong qua|duoi)\s+)?"
    rf"(?<![\d–-])\b(?P<count>\d{{1,2}}|{'|'.join(_WORDS)})\s+(?:gạch|ý|điểm|gach|y)"
    rf"(?:\s+đầu dòng|\s+dau dong|\s+chính|\s+chinh)?(?![\w–-]|\s+(?:kiến|tưởng|nghĩa|kien)\b)"
    rf"|\bsố\s+(?:gạch đầu dòng|ý)\D{{1,10}}?(?P<number>\d{{1,2}})\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:ít nhất|tối thiểu|từ|trên|it nhat|toi thieu|(?:mỗi|moi)\s+\w+(?:\s+(?:là|la|thành))?)\s*\Z", re.IGNORECASE
)
_LENGTH = re.compile(
    r"(?<![\d.,–-])(?P<count>\d{2,3})\s+(?:tiếng|từ|chữ|tieng|tu|chu)\b(?!\s+(?:đồng hồ|dong ho|số|so))", re.IGNORECASE
)
_OF_EACH = re.compile(r"\b(?:mỗi|moi|từng|tung)\b[^.,;:\n]{0,30}\Z", re.IGNORECASE)


def count_asked(prompt: str) -> tuple[int, bool]:
    """How many points a prompt asks for, and whether exactly so many; 0 where it does not say."""
    for found in _COUNT.finditer(prompt):
        if found["number"]:
            return int(found["number"]), True
        if not _AT_LEAST.search(prompt[: found.start("count")]):
            said = found["count"].lower()
            return (_WORDS.index(said) + 1 if said in _WORDS else int(said)), not found["most"]
    return 0, False


def length_asked(prompt: str) -> int:
    """The most syllables that a prompt allows; 0 where it does not say."""
    for found in _LENGTH.finditer(prompt):
        before = prompt[: found.start()]
        if not _AT_LEAST.search(before) and not _OF_EACH.search(before):
            return int(found["count"])
    return 0


class Items:
    """All of it for one answer; a ``LogitsProcessor``.

    :param prompt: the tokens of the conversation; ``asked`` the text of its last message.
    """

    def __init__(self, prompt: Sequence[int], words: Words, asked: str) -> None:
        self._words = words
        self._spelling = Spellings(words)
        self._prompt = self._spelling.all(prompt)
        self._count, self._exactly = count_asked(asked)
        self._longest = length_asked(asked)
        self._newlines = [token for token in range(words.size) if b"\n" in (words.piece(token) or b"")]
        self._said: list[tuple[list[int], list[int]]] = []  # items: tokens and their spellings
        self._item: list[int] | None = None  # the tokens of the item that is being written
        self._line = ""
        self._lines = self._items = self._syllables = self._most = 0

    def apply(self, logits: Logits) -> None:
        if self._item is not None and self._said:
            self._once(logits, [self._spelling.of(token) for token in self._item])
        self._enough(logits)

    def accept(self, token: int) -> None:
        piece = shown(self._words, token)
        if "\n" in piece:
            self._end_item()
            self._lines += bool(self._line.strip())
            self._items += bool(_LISTED.match(self._line))
            length = len(self._line.split())
            self._syllables, self._most = self._syllables + length, max(self._most, length)
            self._line = piece.rpartition("\n")[2]
            return
        self._line += piece
        if self._item is not None and piece.strip() != "|":
            self._item.append(token)
            return
        self._end_item()
        if _MARK.fullmatch(self._line.rstrip(" ")):
            self._item = []

    def _end_item(self) -> None:
        if self._item and any(self._is_word(token) for token in self._item):
            self._said.append((self._item, [self._spelling.of(token) for token in self._item]))
        self._item = None

    def _once(self, logits: Logits, written: Sequence[int]) -> None:
        length = len(written)
        for tokens, spelt in self._said:
            if len(spelt) > length and spelt[:length] == written and self._goes_on(spelt, length):
                logits[tokens[length]] = RULED_OUT

    def _goes_on(self, spelt: Sequence[int], length: int) -> bool:
        """True where all places of the prompt that have the item so far and its next token go on like it; False where
        there is none."""
        start = max(0, length - LONGEST_MATCH)
        begun, rest = spelt[start : length + 1], spelt[length + 1 :]
        rest = rest[:FORESEEN]
        places = self._places(begun) + len(begun)
        return bool(len(places)) and all(self._prompt[at : at + len(rest)].tolist() == list(rest) for at in places)

    def _places(self, sought: Sequence[int]) -> Tokens:
        last = len(self._prompt) - len(sought) + 1
        if last <= 0:
            return np.zeros(0, np.int32)
        same = np.ones(last, np.bool_)
        for n, one in enumerate(sought):
            same &= self._prompt[n : n + last] == one
        return np.flatnonzero(same).astype(np.int32)

    def _enough(self, logits: Logits) -> None:
        end = self._words.end
        if not self._line.strip() and self._full():
            kept = logits[end]
            logits.fill(RULED_OUT)
            logits[end] = max(kept, np.float32(0))
        elif self._exactly and 0 < self._items + bool(_LISTED.match(self._line)) < self._count:
            newline = self._newlines[int(logits[self._newlines].argmax())]
            logits[newline] = max(logits[newline], logits[end])
            logits[end] = RULED_OUT

    def _full(self) -> bool:
        """True where no further line may be begun."""
        if self._count:
            return self._items >= self._count
        return 0 < self._lines == self._items and 0 < self._longest < self._syllables + self._most

    def _is_word(self, token: int) -> bool:
        return any(letter.isalpha() or ord(letter) >= 0xE000 for letter in shown(self._words, token))
