"""Grounded decoding: keep a small model close to what it was given. Works with any model; see ``Options.grounded``.

Rules on the logits of the next token, each exact and each cheap (some ten microseconds):

* **Copy bonus.** Where the last words of the answer also stand in the prompt, what follows them there gets a little
  likelier, the more the longer the match is. Case and a space before the word do not matter for the match.
* **Name guard.** A capitalised word that the prompt does not know becomes less likely where no sentence begins.
* **Digit guard.** A run of digits must be one that stands in the prompt, with or without leading zeros, and is not
  broken off half-way; runs that are joined («20/12/2026», «3,5») must be joined so in the prompt, or stand there as a
  date or time in words. Numbers that only count are free: those that open a line, a list item or a table row, and those
  after «Điều», «khoản» and the like, up to 99.
* **Right passage.** Where the prompt has numbered passages («[2] …» at the head of a line), the number that an answer
  cites is that of the passage which has most in common with the sentence before it, rare words counting more.
* **Repetition stop.** A stretch of words that has just been said twice, or a few words three times, is not begun once
  more; when the answer has said the same long stretch three times in a row all the same, it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BONUS = 1.0
"""Added to the logit for each token of the match beyond the first."""
STRANGE = 2.0
"""Taken from the logit of a token that begins a capitalised word unknown to the prompt, within a line."""
LONGEST_MATCH = 4
"""Tokens of the match that count."""
SHORT_PERIOD = 4
"""Tokens: a shorter stretch may be said twice in a row, and is stopped after three times."""
PERIOD, REPEATED = 64, 40
"""A repetition has a period of at most 64 tokens and goes on for two periods after the first, but at least 40 tokens:
a dotted line or the ruler of a table is none."""
COUNTING_DIGITS = 2
"""Numbers that only count have at most so many digits."""

_COUNTING = re.compile(
    r"(?:(?:^|\n)[\s\-–*+•#>|.(\[]*"
    r"|\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|bước|bảng|câu|ý|nhóm|lần)\s*)\Z",
    re.IGNORECASE,
)
_TAIL = 32  # bytes of the answer in which the place of a number is recognised
_RULED_OUT = np.float32(-np.inf)

Logits = NDArray[np.float32]
Tokens = NDArray[np.int32]


class Words(Protocol):
    """What is needed of a vocabulary."""

    size: int
    end: int

    def piece(self, token: int) -> bytes | None: ...

    def numbers(self) -> Mapping[int, str]: ...

    def capitals(self) -> Mapping[int, str]: ...


class Grounding:
    """All the rules for one answer; a ``LogitsProcessor``.

    :param prompt: the tokens of the whole conversation, sources included.
    :param bonus: strength of the copy bonus in logits; 0 switches it off.
    """

    def __init__(self, prompt: Sequence[int], vocabulary: Words, *, bonus: float = BONUS) -> None:
        self._copy = _CopyBonus(prompt, vocabulary, bonus)
        self._digits = _DigitGuard(prompt, vocabulary)
        self._names = _NameGuard(prompt, vocabulary)
        self._passages = _RightPassage(prompt, vocabulary)
        self._repetition = _Repetition(vocabulary)
        self._end = vocabulary.end

    def apply(self, logits: Logits) -> None:
        if self._repetition.found:
            logits.fill(_RULED_OUT)
            logits[self._end] = 0.0
            return
        self._repetition.apply(logits)
        self._copy.apply(logits)
        self._names.apply(logits)
        self._digits.apply(logits)
        self._passages.apply(logits)

    def accept(self, token: int) -> None:
        self._copy.accept(token)
        self._names.accept(token)
        self._digits.accept(token)
        self._passages.accept(token)
        self._repetition.accept(token)


class _CopyBonus:
    """``self._match[j]`` is how many of the answer's last tokens equal those of the prompt up to and including ``j``.

    It is carried on from token to token: a match at ``j`` is one longer than the match at ``j - 1`` was, or none.
    """

    def __init__(self, prompt: Sequence[int], words: Words, bonus: float) -> None:
        self._bonus = bonus
        self._words = words
        self._numbered: dict[bytes | str, int] = {}
        self._tokens: Tokens = np.array(prompt, np.int32)
        self._spellings: Tokens = np.array([self._spelling(token) for token in prompt], np.int32)
        self._match: Tokens = np.zeros(len(prompt), np.int32)
        sayable = [bool(words.piece(token)) for token in prompt]  # not what ends or structures a conversation
        self._sayable = np.array(sayable, np.bool_)

    def apply(self, logits: Logits) -> None:
        ends = np.flatnonzero(self._match[:-1] >= 2)
        ends = ends[self._sayable[ends + 1]]
        length = np.minimum(self._match[ends], LONGEST_MATCH)
        order = np.argsort(length, kind="stable")  # a token that follows several matches gets what the longest gives
        following = self._tokens[ends[order] + 1]
        logits[following] = logits[following] + np.float32(self._bonus) * (length[order] - 1)

    def accept(self, token: int) -> None:
        equal = self._spellings == self._spelling(token)
        before = np.zeros_like(self._match)
        before[1:] = self._match[:-1]
        self._match = np.where(equal, before + 1, 0).astype(np.int32)

    def _spelling(self, token: int) -> int:
        """A number that is the same for tokens that differ by case or by the space before them only."""
        piece = (self._words.piece(token) or b"").strip()
        try:
            spelling: bytes | str = piece.decode().lower()
        except UnicodeDecodeError:  # a part of a character
            spelling = piece
        return self._numbered.setdefault(spelling or b"%d" % token, len(self._numbered))


class _NameGuard:
    """Holds back words with a capital that the prompt does not know, where no line or sentence begins."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        text = b"".join(words.piece(token) or b" " for token in prompt).decode("utf-8", "ignore").lower()
        begun = {word[:n] for word in set(re.findall(r"\w+", text)) for n in range(1, len(word) + 1)}
        strange = [token for token, begins in words.capitals().items() if begins not in begun]
        self._strange: Tokens = np.array(strange, np.int32)
        self._tail = b""

    def apply(self, logits: Logits) -> None:
        if _WITHIN.search(self._tail.decode("utf-8", "ignore")):
            logits[self._strange] -= np.float32(STRANGE)

    def accept(self, token: int) -> None:
        self._tail = (self._tail + (self._words.piece(token) or b""))[-_TAIL:]


_WITHIN = re.compile(r"[\w,)%”\"][ ]?\Z")


class _DigitGuard:
    """Follows the run of digits that the answer is just writing, and the chain of runs («20/12/2026») it belongs to."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._numbers = words.numbers()
        self._apart = {token for token in self._numbers if (words.piece(token) or b"").startswith(b" ")}
        text = b"".join(words.piece(token) or b" " for token in prompt).decode("utf-8", "ignore")
        self._whole = {variant for run in re.findall(r"[0-9]+", text) for variant in _variants(run)}
        self._begun = {run[:n] for run in self._whole for n in range(1, len(run) + 1)}
        self._chains = chains(text)
        self._chains_begun = {chain[:n] for chain in self._chains for n in range(1, len(chain) + 1)}
        self._rules = cache(self._rules_after)
        self._tail = b""
        self._run = self._chain = ""
        self._counts = self._chain_counts = True

    def apply(self, logits: Logits) -> None:
        chain = "" if self._chain_counts or self._chain == self._run else self._chain
        forbidden, forced = self._rules(self._run, self._counts, chain)
        if forced is not None:
            kept = logits[forced]
            logits.fill(_RULED_OUT)
            logits[forced] = kept
        else:
            logits[forbidden] = _RULED_OUT

    def accept(self, token: int) -> None:
        piece = self._words.piece(token) or b""
        digits = self._numbers.get(token)
        glued = bool(self._chain) and not piece.startswith(b" ")
        if digits is None:
            self._chain = self._chain + piece.decode("utf-8", "ignore") if self._run and piece in _JOINERS else ""
            self._run = ""
        elif self._run and glued:
            self._run, self._chain = self._run + digits, self._chain + digits
        else:  # a new run: is it one that counts?
            self._run, self._counts = digits, self._counting(self._tail)
            self._chain_counts = self._chain_counts if glued else self._counts
            self._chain = self._chain + digits if glued else digits
        self._tail = (self._tail + piece)[-_TAIL:]
        if not self._run:
            self._counts = self._counting(self._tail)

    @staticmethod
    def _counting(tail: bytes) -> bool:
        return not tail or _COUNTING.search(tail.decode("utf-8", "ignore")) is not None

    def _rules_after(self, run: str, counts: bool, chain: str) -> tuple[Tokens, Tokens | None]:
        """The tokens that may not follow a run of digits, and those of which one must follow (None: none must).

        ``chain`` are the runs before it with what joins them; empty where the run stands alone.
        """
        following = {token: digits if token in self._apart else run + digits for token, digits in self._numbers.items()}
        may_count = COUNTING_DIGITS if counts else 0
        good = {token for token, after in following.items() if after in self._begun or len(after) <= may_count}
        if chain:
            good = {
                token for token in good if token in self._apart or chain + self._numbers[token] in self._chains_begun
            }
        broken = run not in self._whole or (chain and chain not in self._chains)
        forced = None
        if run and broken and len(run) > may_count and good - self._apart:
            forced = np.array(sorted(good - self._apart), np.int32)
        return np.array([token for token in following if token not in good], np.int32), forced


class _RightPassage:
    """Follows the sentence that the answer is just writing and knows which passage it is nearest to.

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
            piece = (words.piece(token) or b"").decode("utf-8", "ignore")
            number = number if piece else ""  # a turn of the conversation ends
            line = line + piece if "\n" not in piece else piece.rpartition("\n")[2]
            if opened := _PASSAGE.fullmatch(line):
                number = opened[1]
            elif number and (word := piece.strip().lower()):
                having = self._having.setdefault(word, [])
                if number not in having[-1:]:
                    having.append(number)
        self._many = len({number for having in self._having.values() for number in having}) > 1

    def apply(self, logits: Logits) -> None:
        if self._written is None or not (nearest := self._nearest()) or not nearest.startswith(self._written):
            return
        wanted = nearest[len(self._written) : len(self._written) + 1]  # empty: the number is complete
        logits[[token for token, digits in self._numbers.items() if digits != wanted]] = _RULED_OUT

    def accept(self, token: int) -> None:
        piece = (self._words.piece(token) or b"").decode("utf-8", "ignore")
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

    def _nearest(self) -> str:
        """The number of the passage nearest to the sentence; empty where none has any of its words."""
        near: dict[str, float] = {}
        for word in set(self._sentence):
            for number in (having := self._having.get(word, ())):
                near[number] = near.get(number, 0.0) + 1 / len(having)
        return max(near, key=lambda number: near[number], default="")


_PASSAGE = re.compile(r"\[([0-9]{1,3})\]")
_JOINERS = frozenset({b".", b"/", b",", b":"})
"""What joins runs into one number; a dash may as well mean «from … to»."""
_CHAIN = re.compile(r"[0-9]+(?:[./,:][0-9]+)+")
_DATE = re.compile(r"(?i)\b([0-9]{1,2})(?:\s+tháng\s+|/|-|\.)([0-9]{1,2})(?:(?:\s+năm\s+|/|-|\.)([0-9]{4}))?\b")
_TIME = re.compile(r"(?i)\b([0-9]{1,2})\s?(?:giờ|h|g|:)\s?([0-9]{2})\b")
_LONGEST_CHAIN = 5
"""Runs of a chain whose zeros are looked at."""


def chains(text: str) -> set[str]:
    """What may be written of the joined numbers of a text: «20/12/2026», also as «12/2026», and as a date or time that
    the text has in words; with and without leading zeros, with either decimal mark."""
    found: set[str] = set()
    for match in _CHAIN.finditer(text):
        parts = re.split(r"([./,:])", match[0])
        for start in range(0, len(parts), 2):
            for end in range(start + 3, len(parts) + 1, 2):
                found |= _spelled(parts[start:end])
    years = set(re.findall(r"\b(?:19|20)[0-9]{2}\b", text))
    for day, month, year in _DATE.findall(text):
        for joiner in "/.":
            found |= _spelled([day, joiner, month])
            for one in {year} if year else years:
                found |= _spelled([day, joiner, month, joiner, one]) | _spelled([month, joiner, one])
    for hour, minute in _TIME.findall(text):
        found |= _spelled([hour, ":", minute])
    return found


def _spelled(parts: Sequence[str]) -> set[str]:
    """A chain with its numbers as they are, or bare, or of two digits."""
    if len(parts) > 2 * _LONGEST_CHAIN:
        return {"".join(parts)}
    swapped = [[part, {".": ",", ",": "."}[part]] if part in (".", ",") else [part] for part in parts]
    ways = [set(_variants(part)) if n % 2 == 0 and len(part) <= 2 else set(swapped[n]) for n, part in enumerate(parts)]
    return set(map("".join, product(*ways)))


def _variants(run: str) -> Iterator[str]:
    """«5», «05»: the same number, written as dates are."""
    bare = run.lstrip("0") or "0"
    yield from (run, bare, bare.zfill(2))


class _Repetition:
    """``self._same[p - 1]`` is for how many tokens the answer has been equal to itself ``p`` tokens before."""

    _PERIODS: Tokens = np.arange(1, PERIOD + 1, dtype=np.int32)
    _ENOUGH: Tokens = np.maximum(2 * _PERIODS, REPEATED)

    _TWICE: Tokens = np.where(_PERIODS < SHORT_PERIOD, 2 * _PERIODS, _PERIODS)

    def __init__(self, words: Words) -> None:
        self._words = words
        self._recent: Tokens = np.full(PERIOD, -1, np.int32)  # the latest first
        self._same: Tokens = np.zeros(PERIOD, np.int32)
        self.found = False

    def accept(self, token: int) -> None:
        self._same = np.where(self._recent == token, self._same + 1, 0).astype(np.int32)
        self._recent[1:] = self._recent[:-1]
        self._recent[0] = token
        self.found = bool((self._same >= self._ENOUGH).any())

    def apply(self, logits: Logits) -> None:
        """Rule out the word that would begin what has been said over and over once more."""
        for period in np.flatnonzero(self._same >= self._TWICE) + 1:
            first = int(self._recent[period - 1])
            if _is_word(self._words.piece(first)) and self._is_said(self._recent[:period].tolist()):
                logits[first] = _RULED_OUT

    def _is_said(self, stretch: Sequence[int]) -> bool:
        """True for words; open places and the cells of a table may well stand three times in a row."""
        pieces = [self._words.piece(token) or b"" for token in stretch]
        spoken = sum(map(_is_word, pieces))
        return spoken > len(stretch) // 2 and not any(mark in piece for piece in pieces for mark in (b"[", b"|"))


def _is_word(piece: bytes | None) -> bool:
    return (piece or b"").decode("utf-8", "ignore").strip().isalpha()
