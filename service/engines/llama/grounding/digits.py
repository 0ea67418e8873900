"""The guard on runs of digits: numbers, dates and times are those of the prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, TAIL, Logits, Tokens, Words, text_of

COUNTING_DIGITS = 2
"""Numbers that only count have at most so many digits."""

_COUNTING = re.compile(
    r"(?:(?:^|\n)[\s\-–*+•#>|.(\[]*"
    r"|\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|bước|bảng|câu|ý|nhóm|lần)\s*)\Z",
    re.IGNORECASE,
)
_DAY_DUE = re.compile(r"(?<![0-9] )(?<![0-9])\bngày\s*\Z", re.IGNORECASE)
_DAY = re.compile(
    r"(?:\b(?:ngày|ngay|mùng|mung|mồng|hôm|hom|từ|tu|đến|den|và|va)\s+|[,;–-]\s*)([0-9]{1,2})(?![0-9]*[.,][0-9])"
    r"|\b([0-9]{1,2})(?=\s*(?:tháng|thang|[/–-]))",
    re.IGNORECASE,
)
"""What may be a day of the prompt: «3 ngày» is none."""
_JOINERS = frozenset({b".", b"/", b",", b":"})
"""What joins runs into one number; a dash may as well mean «from … to»."""
_CHAIN = re.compile(r"[0-9]+(?:[./,:][0-9]+)+")
_DATE = re.compile(r"(?i)\b([0-9]{1,2})(?:\s+tháng\s+|/|-|\.)([0-9]{1,2})(?:(?:\s+năm\s+|/|-|\.)([0-9]{4}))?\b")
_TIME = re.compile(r"(?i)\b([0-9]{1,2})\s?(?:giờ|h|g|:)\s?([0-9]{2})\b")
_LONGEST_CHAIN = 5
"""Runs of a chain whose zeros are looked at."""


class DigitGuard:
    """Follows the run of digits that the answer is just writing, and the chain of runs («20/12/2026») it belongs to."""

    def __init__(self, prompt: Sequence[int], words: Words) -> None:
        self._words = words
        self._numbers = words.numbers()
        self._apart = {token for token in self._numbers if (words.piece(token) or b"").startswith(b" ")}
        text = text_of(prompt, words)
        self._whole = {variant for run in re.findall(r"[0-9]+", text) for variant in _variants(run)}
        self._begun = {run[:n] for run in self._whole for n in range(1, len(run) + 1)}
        self._days = {variant for match in _DAY.finditer(text) for variant in _variants(match[1] or match[2])}
        self._days_begun = {run[:n] for run in self._days for n in range(1, len(run) + 1)}
        self._chains = chains(text)
        self._chains_begun = {chain[:n] for chain in self._chains for n in range(1, len(chain) + 1)}
        self._rules = cache(self._rules_after)
        self._tail = b""
        self._run = self._chain = ""
        self._counts = self._chain_counts = True
        self._of_day = False

    def apply(self, logits: Logits) -> None:
        chain = "" if self._chain_counts or self._chain == self._run else self._chain
        forbidden, forced = self._rules(self._run, self._counts, chain, self._of_day)
        if forced is not None:
            kept = logits[forced]
            logits.fill(RULED_OUT)
            logits[forced] = kept
        else:
            logits[forbidden] = RULED_OUT

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
        self._tail = (self._tail + piece)[-TAIL:]
        if not self._run:
            self._counts = self._counting(self._tail)
            self._of_day = _DAY_DUE.search(self._tail.decode("utf-8", "ignore")) is not None

    @staticmethod
    def _counting(tail: bytes) -> bool:
        return not tail or _COUNTING.search(tail.decode("utf-8", "ignore")) is not None

    def _rules_after(self, run: str, counts: bool, chain: str, of_day: bool) -> tuple[Tokens, Tokens | None]:
        """The tokens that may not follow a run of digits, and those of which one must follow (None: none must).

        ``chain`` are the runs before it with what joins them; empty where the run stands alone. ``of_day``: «ngày»
        stands before it.
        """
        begun, whole = (self._days_begun, self._days) if of_day and not chain else (self._begun, self._whole)
        following = {token: digits if token in self._apart else run + digits for token, digits in self._numbers.items()}
        may_count = COUNTING_DIGITS if counts else 0
        good = {token for token, after in following.items() if after in begun or len(after) <= may_count}
        if chain:
            good = {
                token for token in good if token in self._apart or chain + self._numbers[token] in self._chains_begun
            }
        broken = run not in whole or (chain and chain not in self._chains)
        forced = None
        if run and broken and len(run) > may_count and good - self._apart:
            forced = np.array(sorted(good - self._apart), np.int32)
        return np.array([token for token in following if token not in good], np.int32), forced


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
