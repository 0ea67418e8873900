"""Long lists, and as much of one as a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """Rows of a list that has ``total`` of them, newest first: those after the first ``start``, at most ``most``."""

    rows: tuple[T, ...]
    start: int
    total: int
    most: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def map(self, read: Callable[[T], S]) -> Stretch[S]:
        """The same stretch with each row made into something else."""
        return Stretch(tuple(map(read, self.rows)), self.start, self.total, self.most)

    @property
    def newer(self) -> int | None:
        """Where the stretch before begins; None on the first."""
        return max(0, self.start - self.most) if self.start else None

    @property
    def older(self) -> int | None:
        """Where the next stretch begins; None on the last."""
        end = self.start + len(self.rows)
        return end if end < self.total else None
