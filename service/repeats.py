"""The same prompt run again: what its runs come to together, so that no lucky run is taken for skill.

Runs of one prompt are those with the same words on the same input of the same version of an exercise, by the same
model. Only answers that came to their end count; work by hand is never a repeat, for it is done anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Generic, Protocol, TypeVar

from service.records import AttemptState, CheckResult

TEMPERATURE = 0.7
"""Exercises are run at temperature 0, where another seed changes nothing: a repeat lets the model choose its words."""

CheckKey = tuple[str, str, int]
"""Type and metric of a check, and which one it is where an exercise has several of them."""

ENDED = (AttemptState.DONE, AttemptState.SUBMITTED)


class Run(Protocol):
    """As much of an attempt as is needed here; an ``Attempt`` is one."""

    @property
    def id(self) -> int: ...
    @property
    def user_id(self) -> int: ...
    @property
    def exercise_id(self) -> str: ...
    @property
    def exercise_hash(self) -> str: ...
    @property
    def input(self) -> str: ...
    @property
    def prompt(self) -> str: ...
    @property
    def engine(self) -> str: ...
    @property
    def state(self) -> AttemptState: ...
    @property
    def score(self) -> float | None: ...


R = TypeVar("R", bound=Run)


@dataclass(frozen=True)
class Repeats(Generic[R]):
    """The finished runs of one prompt, oldest first; ``scores`` are those of the runs that could be graded."""

    runs: tuple[R, ...]

    @property
    def scores(self) -> tuple[float, ...]:
        return tuple(run.score for run in self.runs if run.score is not None)

    @property
    def mean(self) -> float | None:
        """The score of the prompt, 0–100; None while nothing is graded."""
        return fmean(self.scores) if self.scores else None


@dataclass(frozen=True)
class CheckCount:
    """In how many runs a check was met, of those in which it could be judged."""

    label: str
    met: int
    graded: int


def key(attempt: Run) -> tuple[object, ...]:
    """What two attempts have in common when one repeats the other; an attempt without a prompt repeats none."""
    if not attempt.prompt:
        return (attempt.id,)
    return attempt.user_id, attempt.exercise_id, attempt.exercise_hash, attempt.input, attempt.prompt, attempt.engine


def grouped(past: Iterable[R]) -> tuple[Repeats[R], ...]:
    """The prompts among the attempts, in the order of their first finished run."""
    groups = dict[tuple[object, ...], list[R]]()
    for attempt in past:
        if attempt.state in ENDED:
            groups.setdefault(key(attempt), []).append(attempt)
    return tuple(Repeats(tuple(runs)) for runs in groups.values())


def of(past: Iterable[R], attempt: R) -> Repeats[R]:
    """The runs of the attempt's prompt; none when the attempt itself did not come to its end."""
    wanted = key(attempt)
    return next((one for one in grouped(past) if key(one.runs[0]) == wanted), Repeats(()))


def counts(results: Sequence[Sequence[CheckResult]]) -> dict[CheckKey, CheckCount]:
    """k of n for each check over the results of several runs, in the order of the exercise's checks."""
    found = dict[CheckKey, list[CheckResult]]()
    for run in results:
        for where, result in keyed(run).items():
            found.setdefault(where, []).append(result)
    return {where: _count(of_one) for where, of_one in found.items()}


def _count(results: Sequence[CheckResult]) -> CheckCount:
    verdicts = [result.passed for result in results if result.passed is not None]
    return CheckCount(results[0].label or results[0].check, sum(verdicts), len(verdicts))


def keyed(results: Iterable[CheckResult]) -> dict[CheckKey, CheckResult]:
    """Results by what tells them apart."""
    found = dict[CheckKey, CheckResult]()
    for result in results:
        n = 0
        while (result.check, result.metric, n) in found:
            n += 1
        found[result.check, result.metric, n] = result
    return found
