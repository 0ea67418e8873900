"""What of a laid-out document is set otherwise than Decree 30 asks, one property of one place at a time.

``laid_out`` tells a person, the mender puts it right: both work from the same list, so nothing is mended that was not
told and nothing is told that was measured in another way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from service.nd30.body import Paragraph, paragraphs
from service.nd30.kinds import Kind
from service.nd30.parts import Found, Outline, Part
from service.nd30.pieces import bodies_of
from service.records import Layout, Level, Line, RunLook, Table

PAGE_PART = "page"


@dataclass(frozen=True)
class Deviation:
    """One property at one place. ``at`` is a paragraph ("p12") or a section ("s0"); ``what`` names the property.

    ``said`` goes after the name of the part («chưa in đậm»). ``wanted`` is the value the mender sets, None where no
    value is safe. ``level`` overrules the rule's severity.
    """

    rule: str
    part: str
    what: str
    at: str
    said: str
    seen: str
    expected: str
    wanted: Any = None
    start: int = 0
    end: int = 0
    level: Level | None = None


@dataclass(frozen=True)
class Sheet:
    """A layout with its components: what every layout rule looks at."""

    layout: Layout
    outline: Outline
    kind: Kind
    mode: str

    @cached_property
    def written(self) -> tuple[Line, ...]:
        """The paragraphs that hold text."""
        return tuple(line for line in self.layout.lines if self.layout.text_of(line).strip())

    def lines(self, found: Found) -> list[Line]:
        """The paragraphs over which a component runs."""
        return self.over(found.start, found.end)

    def over(self, start: int, end: int) -> list[Line]:
        """The paragraphs that hold some of a stretch of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return [line for line in self.written[first : bisect_left(self._starts, end)] if start < line.end]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.written]

    def alone(self, line: Line) -> bool:
        """True when the paragraph holds one component only, so that its alignment speaks for that one."""
        parts = {item.part for item in self.outline.over(line.start, line.end)}
        return not line.boxed and "\t" not in self.layout.text_of(line).strip() and len(parts) <= 1

    def runs(self, start: int, end: int) -> Iterator[tuple[RunLook, int, int]]:
        """The looks inside a stretch, each with the part of the stretch it covers; blanks alone do not count."""
        for line in self.over(start, end):
            for run in line.runs:
                first, last = max(run.start, start), min(run.end, end)
                if first < last and any(map(str.isalnum, self.layout.text[first:last])):
                    yield run, first, last

    @cached_property
    def issuers(self) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
        """The lines of the superior body and those of the issuing body (box 2)."""
        groups = bodies_of(self.outline.all(Part.ISSUER))
        while len(groups) > 1 and self.lines(groups[-2][-1]) == self.lines(groups[-1][0]):
            groups[-2:] = [groups[-2] + groups[-1]]  # one paragraph on several lines names one body
        return tuple(item for group in groups[:-1] for item in group), tuple(groups[-1] if groups else ())

    @cached_property
    def body(self) -> tuple[tuple[Found, Line, Paragraph], ...]:
        """The paragraphs of box 6 outside tables, each with its line and what it is."""
        items = self.outline.all(Part.BODY, Part.TABLE)
        texts: list[str | Table] = [Table(()) if item.part is Part.TABLE else item.text for item in items]
        told = list(paragraphs(texts, self.kind))
        if len(told) != len(items):
            return ()
        return tuple(
            (item, line, paragraph)
            for item, paragraph in zip(items, told, strict=True)
            if isinstance(paragraph, Paragraph)
            for line in self.lines(item)[:1]
            if (line.place is None or line.place.frame) and not line.boxed
        )

    @cached_property
    def stamp(self) -> Sheet | None:
        """The stamp of a certified copy as a sheet of its own; None when the document is no copy."""
        return replace(self, outline=self.outline.copy) if self.outline.copy else None


def spread(runs: Sequence[tuple[RunLook, int, int]]) -> int:
    """How many letters some runs cover."""
    return sum(end - start for _, start, end in runs)
