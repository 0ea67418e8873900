"""When an exercise is passed: by the points of a prompt, and by no essential check standing failed.

A prompt is judged by its runs together (``repeats``): the mean of their scores reaches the exercise's mark, and no
essential check fails in half of them or more. A check is essential where it failed and its findings say «Cần sửa»;
one that does not count (weight 0) holds nobody back. Work by hand is a single run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from service import checks, feedback, repeats
from service.kit import Kit
from service.records import Attempt, AttemptState, Exercise
from service.store.tables import attempts


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
    return tuple(verdict for _, verdict in _judged(kit, exercise, past))


def judged(
    kit: Kit, exercises: Mapping[str, Exercise], shown: Iterable[Attempt]
) -> dict[int, tuple[repeats.Repeats[Run], Verdict]]:
    """For each of the attempts that has been judged: the runs of its prompt, shown or not, and their verdict."""
    made = dict[str, list[Run]]()
    for run in _runs(kit, list(shown)):
        made.setdefault(run.exercise_id, []).append(run)
    return {
        run.id: (group, verdict)
        for name, past in made.items()
        if name in exercises
        for group, verdict in _judged(kit, exercises[name], past)
        for run in group.runs
    }


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Run:
    """As much of an attempt as is needed here."""

    id: int
    user_id: int
    exercise_id: str
    exercise_hash: str
    input: str
    prompt: str
    engine: str
    state: AttemptState
    score: float | None


def _runs(kit: Kit, shown: list[Attempt]) -> Iterator[Run]:
    """Whatever these people finished on these exercises, oldest first."""
    columns = [attempts.c[name] for name in Run.__dataclass_fields__]
    found = select(*columns).where(
        attempts.c.user_id.in_({one.user_id for one in shown}),
        attempts.c.exercise_id.in_({one.exercise_id for one in shown}),
        attempts.c.state.in_(repeats.ENDED),
    )
    with kit.db.read() as connection:
        for row in connection.execute(found.order_by(attempts.c.id)):
            yield Run(**row._asdict() | {"state": AttemptState(row.state)})


def _judged(
    kit: Kit, exercise: Exercise, past: Iterable[repeats.R]
) -> Iterator[tuple[repeats.Repeats[repeats.R], Verdict]]:
    mark = round(100 * exercise.threshold, 6)  # 100 × 0.55 is a hair above 55
    groups = [(group, group.mean) for group in repeats.grouped(past)]
    near = [run.id for group, mean in groups if mean is not None and mean >= mark for run in group.runs]
    said = feedback.results_of(kit, near) if near else {}
    for group, mean in groups:
        if mean is None:
            continue
        graded = [checks.failed_essentials(said.get(run.id, ())) for run in group.runs if run.score is not None]
        failed = Counter(label for labels in graded for label in labels)
        to_mend = tuple(label for label, times in failed.items() if 2 * times >= len(graded))
        yield group, Verdict(exercise.input(group.runs[0].input).id, mean, mark, to_mend)
