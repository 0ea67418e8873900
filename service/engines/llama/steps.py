"""What a writing step takes by the number of its rows: learned while people are served, for whoever weighs a guess."""

from __future__ import annotations

MOST_ROWS = 32
"""Larger steps are taken to cost as much as one with so many rows."""
_WEIGHT = 0.1  # of the newest step in the moving averages
_FURTHER = 0.3  # of what the first row costs: a further one, until it is known; four rows cost 1.9 times one
_STRAY = 2.0  # a step that took more than so many times what was expected was interrupted, and counts as so many times


class StepCosts:
    """Times are kept relative to a step with one row, so that a machine that gets busy changes all of them at once.

    :param first: seconds that a step with one row has taken once; only a beginning.
    """

    def __init__(self, first: float) -> None:
        self._one, self._seen = first, 1
        self._times = [1.0 + _FURTHER * n for n in range(MOST_ROWS)]

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
