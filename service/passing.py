"""When an exercise is passed: by the points of a prompt, and by no essential check standing failed.

A prompt is judged by its runs together (``repeats``): the mean of their scores reaches the exercise's mark, and no
essential check fails in half of them or more. A check is essential where it failed and its findings say «Cần sửa»;
one that does not count (weight 0) holds nobody back. Work by hand is a single run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from service import checks, feedback, repeats
from service.kit import Kit
from service.records import Exercise


@dataclass(frozen=True)
class Verdict:
    """One prompt held against the mark; ``mean`` and ``mark`` are points of 100, ``to_mend`` labels of essential
    checks that fail, looked for once the points are enough."""

    input: str
    mean: float
    mark: float
    to_mend: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        return self.mean >= self.mark

    @property
    def passed(self) -> bool:
        return self.enough and not self.to_mend


def verdicts(kit: Kit, exercise: Exercise, past: Iterable[repeats.Run]) -> tuple[Verdict, ...]:
    """Each prompt among the attempts at the exercise that has been judged, in the order of its first finished run."""
    mark = 100 * exercise.threshold
    groups = [(group, group.mean) for group in repeats.grouped(past)]
    near = [run.id for group, mean in groups if mean is not None and mean >= mark for run in group.runs]
    said = feedback.results_of(kit, near) if near else {}
    found = []
    for group, mean in groups:
        if mean is None:
            continue
        graded = [checks.failed_essentials(said.get(run.id, ())) for run in group.runs if run.score is not None]
        failed = Counter(label for labels in graded for label in labels)
        to_mend = tuple(label for label, times in failed.items() if 2 * times >= len(graded))
        found.append(Verdict(exercise.input(group.runs[0].input).id, mean, mark, to_mend))
    return tuple(found)
