"""Prompt lookup: guess the next tokens from what was read and said, and have the model check the guess in one step.

Answers over documents copy: names, numbers, whole phrases; and official texts, the more so answers to one exercise,
have their phrases in common. Where the last tokens of the answer also stand earlier in the text (earlier answers,
prompt, this answer), what followed there is a good guess for what follows now (Saxena, "Prompt Lookup Decoding", 2023).
One decode of ``1 + n`` tokens checks ``n`` guesses: the sampler draws at each place what it would have drawn anyway,
and the first draw that differs from the guess ends the check. So nothing changes but the time (a tie of rounding apart,
as between any two batches), with every penalty, grammar and processor. Only done at temperature 0.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 15
"""Guesses in one step: with the token they follow 16 rows, beyond which a step costs as if a prompt were read."""
SHORTEST = 2
"""Tokens of the answer that must stand earlier in the text before anything is guessed."""
_LONGEST = 8  # matches of this length and more are taken together
REMEMBERED = 2048
"""Tokens of the latest answers in which is looked as well."""
_BREAK = -1  # no token: between two texts
_WEIGHT = 0.08  # of the newest guess in the moving averages
_BEST = 0.9  # a hit rate is never taken to be better
_HOPE = 0.5  # what has never been tried is tried where it is cheap
_EXPLORE = 16  # so many times in a row nothing is guessed because it does not pay; then it is tried again


class Lookup:
    """The text of one conversation, ``earlier`` answers before it. ``self._match[j]`` is how many of its last tokens
    equal those up to ``j``.

    It is carried on from token to token: a match at ``j`` is one longer than the match at ``j - 1`` was, or none.
    """

    def __init__(self, prompt: Sequence[int], room: int, earlier: Iterable[int] = ()) -> None:
        before = [*earlier, *prompt]
        self._length = len(before)
        self._text: NDArray[np.int32] = np.empty(self._length + room + 1, np.int32)
        self._text[: self._length] = before
        self._match: NDArray[np.int32] = np.zeros(self._length, np.int32)

    def accept(self, token: int) -> None:
        """The token has been written."""
        n = self._length
        match = np.zeros(n + 1, np.int32)
        match[1:n] = self._match[: n - 1]
        match[:n] += 1
        match[:n] *= self._text[:n] == token
        self._match = match  # nothing follows the last token yet: its own entry stays 0
        self._text[n] = token
        self._length = n + 1

    def longest(self) -> tuple[int, int]:
        """Length of the longest match and where what follows it begins; of several the latest."""
        at = self._length - 1 - int(self._match[::-1].argmax())
        return int(self._match[at]), at + 1

    def guess(self, start: int, count: int) -> list[int]:
        """What followed the match: at most so many tokens."""
        guessed: list[int] = self._text[start : min(start + count, self._length)].tolist()
        return guessed[: guessed.index(_BREAK)] if _BREAK in guessed else guessed


class Memory:
    """The tokens of the latest answers, all persons' together: what is guessed from them changes nobody's words."""

    def __init__(self) -> None:
        self.tokens: deque[int] = deque(maxlen=REMEMBERED)

    def add(self, answer: Sequence[int]) -> None:
        """An answer is complete."""
        self.tokens.extend(answer)
        self.tokens.append(_BREAK)


class Chances:
    """How often guesses come true, by the length of the match, learned from all answers; how many to make.

    ``n`` guesses of chance ``p`` each bring ``1 + p + … + p^n`` tokens in the time of a step with ``1 + n`` rows.
    """

    def __init__(self) -> None:
        self._hits = [_HOPE] * (_LONGEST + 1)
        self._passed = [0] * (_LONGEST + 1)
        self.guessed = self.true = 0

    def worth(self, match: int, most: int, costs: Sequence[float], others: int = 0) -> int:
        """How many guesses after a match of this length give the most tokens a second.

        ``costs[n]`` is what a step with ``n`` guesses takes, beside ``others`` who write in it as well.
        """
        if match < SHORTEST or most < 1:
            return 0
        group = min(match, _LONGEST)
        chance = min(self._hits[group], _BEST)
        tokens = others + 1.0
        best, best_rate = 0, tokens / costs[0]
        for n, cost in enumerate(costs[1 : 1 + min(most, MOST)], 1):
            tokens += chance**n
            if (rate := tokens / cost) > best_rate:
                best, best_rate = n, rate
        if best == 0:
            self._passed[group] += 1
            if self._passed[group] >= _EXPLORE:
                self._passed[group] = 0
                return min(2, most)
        return best

    def learn(self, match: int, guessed: int, true: int) -> None:
        """Of ``guessed`` tokens the first ``true`` came true."""
        group = min(match, _LONGEST)
        for came_true in [1.0] * true + [0.0] * (true < guessed):
            self._hits[group] += _WEIGHT * (came_true - self._hits[group])
        self.guessed += guessed
        self.true += true
