"""The words of a question that its passages do not hold, as a person reads them: half a word or a name made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.answerability import lacking
from service.answerability.words import ASKING_WORDS
from service.records import Passage
from service.text import content_words, fold, has_marks, normalise_tone, syllables

_LINKS = frozenset(f"{ASKING_WORDS} do ở vì bởi trên dưới trước sau trong mỗi hơn từ tới bằng năm tháng ngày".split())
"""Words that ask or join: no half of another."""


def gaps(question: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """What is ``lacking``, as typed. A name is told with all its capitals, «Thủ tướng nước Pháp»; one syllable or two
    with the neighbours that the passages do not have in the company the question gives them, «mặc trang phục»."""
    asked = _Asked(question, lacking(question, passages), passages)
    spans = [asked.widened(first, last) for first, last in asked.runs()]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and (first <= merged[-1][1] or first == merged[-1][1] + 1 and asked.beside(merged[-1][1])):
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return tuple(dict.fromkeys(asked.typed(first, last) for first, last in merged))


class _Asked:
    """A question by the numbers of its syllables."""

    def __init__(self, question: str, missing: Sequence[str], passages: Sequence[Passage]) -> None:
        self._question = question
        self._syllables = syllables(question)
        lost = [match.span() for words in missing for match in re.finditer(re.escape(words), question)]
        self._missing = [any(start <= one.start and one.end <= end for start, end in lost) for one in self._syllables]
        self._marked = marked = has_marks(question)
        self._spelt = _spelt(question, marked)
        links = _LINKS if marked else set(map(fold, _LINKS)) - {"toi"}  # «tối thiểu» too
        self._tells = [word.isalpha() and word not in links and bool(content_words(word)) for word in self._spelt]
        self._pairs = {pair for one in passages for pair in pairwise(_spelt(one.text, marked))}

    def typed(self, first: int, last: int) -> str:
        return self._question[self._syllables[first].start : self._syllables[last].end]

    def beside(self, n: int) -> bool:
        """True when nothing but a blank or a hyphen parts a syllable from the next."""
        if not 0 <= n < len(self._syllables) - 1:
            return False
        return not self._question[self._syllables[n].end : self._syllables[n + 1].start].strip(" -")

    def runs(self) -> list[tuple[int, int]]:
        """The first and the last of missing syllables side by side."""
        found: list[tuple[int, int]] = []
        for n, missing in enumerate(self._missing):
            if missing and found and found[-1][1] == n - 1 and self.beside(n - 1):
                found[-1] = found[-1][0], n
            elif missing:
                found.append((n, n))
        return found

    def widened(self, first: int, last: int) -> tuple[int, int]:
        while self._hyphened(first - 1):
            first -= 1
        while self._hyphened(last):
            last += 1
        capital = any(self._capital(n) for n in range(max(first, 1), last + 1))
        if capital or (self._capital(first - 1) and self._capital(last + 1)):
            while self.beside(first - 1) and self._capital(first - 1):
                first -= 1
            while self.beside(last) and self._capital(last + 1):
                last += 1
        if (first == last or first == last - 1 and not capital) and self._tells[first] and self._tells[last]:
            while self._loose(first - 1, first - 2, first):
                first -= 1
            while self._loose(last + 1, last + 2, last):
                last += 1
        return first, last

    def _hyphened(self, n: int) -> bool:
        return self.beside(n) and self._question[self._syllables[n].end] == "-"

    def _capital(self, n: int) -> bool:
        return 0 <= n < len(self._syllables) and self._syllables[n].text[0].isupper()

    def _loose(self, n: int, beyond: int, missing: int) -> bool:
        """True for a telling neighbour of what is missing that makes no pair of the passages with its other one; where
        marks are left out, pairs are too often other words to tell."""
        if not self.beside(min(n, missing)) or not self._tells[n] or self._missing[n]:
            return False
        if not 0 <= beyond < len(self._spelt) or not self.beside(min(n, beyond)) or not self._tells[beyond]:
            return True
        if not self._marked:
            return True
        return tuple(self._spelt[k] for k in sorted((n, beyond))) not in self._pairs


def _spelt(text: str, marked: bool) -> list[str]:
    """Syllables in small letters, without marks where the question has none."""
    found = (normalise_tone(one.text.lower()) for one in syllables(text))
    return list(found) if marked else list(map(fold, found))
