"""What a writing step takes by the number of its rows: measured at the start, then learned while people are served, for
whoever weighs a guess."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

MOST_ROWS = 32
"""Larger steps are taken to cost as much as one with so many rows."""
_WEIGHT = 0.1  # of the newest step in the moving averages
_STRAY = 2.0  # a step that took more than so many times what was expected was interrupted, and counts as so many times


class StepCosts:
    """Times are kept relative to a step with one row, so that a machine that gets busy changes all of them at once.

    :param measured: seconds that steps with so many rows, one of them with one row, have taken once; what lies between
        them is taken to grow evenly.
    """

    def __init__(self, measured: Mapping[int, float]) -> None:
        self._one, self._seen = measured[1], 1
        sizes = sorted(measured)
        seconds = np.maximum.accumulate([measured[size] for size in sizes])  # more rows never take less
        between = np.interp(range(1, 1 + MOST_ROWS), sizes, seconds)
        self._times: list[float] = (between / between[0]).tolist()

    def observe(self, rows: int, seconds: float) -> None:
        """A step in which ``rows`` tokens were written, none read, has taken so long."""
        if rows > MOST_ROWS:
            return
        expected = self.seconds(rows)
        ratio = min(max(seconds / expected, 1 / _STRAY), _STRAY)
        if rows == 1:
            self._seen += 1  # at first a plain average: the first steps after loading are slow
            self._one *= 1 + max(_WEIGHT, 1 / self._seen) * (ratio - 1)
        else:
            self._times[rows - 1] *= 1 + _WEIGHT * (ratio - 1)

    def from_rows(self, rows: int, most: int) -> list[float]:
        """The seconds of steps with ``rows`` rows, with one more and so on, ``most`` sizes at most."""
        return [self._one * times for times in self._times[rows - 1 : rows - 1 + most]]

    def seconds(self, rows: int) -> float:
        """What such a step is expected to take."""
        return self._one * self._times[min(rows, MOST_ROWS) - 1]
