"""What a cell of the live view says, from what the checks have found before. Pure; asks nothing anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from service.checks import OF_A_KIND
from service.checks.guide import common
from service.prompts import WORKED_BY_HAND
from service.records import PARTS, CheckResult, Exercise, Mark, Trouble

PROMPT = ("role", "task", "constraints")
"""The parts of a prompt that have a column of their own; the others count where the class is stuck."""
KEY = "key"
"""The column of an exercise whose work is held against a key."""
CHECKS: Mapping[str, frozenset[str]] = {
    "figures": frozenset({"grounded-numbers", "keeps-numbers"}),
    "form": frozenset({"nd30-format"}),
    KEY: frozenset(OF_A_KIND.values()),
}
"""The checks whose verdicts stand in a column."""
STUCK = 2
"""So many seats must have a trouble before it is the class's."""


def columns_of(exercise: Exercise | None) -> tuple[str, ...]:
    """The columns of the view for an exercise; those of a prompt and its answer while none is at hand."""
    if exercise is not None and exercise.kind in WORKED_BY_HAND:
        return (KEY,)
    keyed = (KEY,) if exercise is not None and exercise.kind in OF_A_KIND else ()
    return (*PROMPT, "figures", "form", *keyed)


def marks(columns: Sequence[str], parts: Mapping[str, bool], results: Iterable[CheckResult]) -> tuple[Mark, ...]:
    """A mark under each column."""
    results = tuple(results)

    def under(column: str) -> Mark:
        if column in CHECKS:
            verdicts = [one.passed for one in results if one.check in CHECKS[column] and one.passed is not None]
        else:
            verdicts = [parts[column]] if column in parts else []
        return Mark.NONE if not verdicts else Mark.OK if all(verdicts) else Mark.MEND

    return tuple(map(under, columns))


def trouble(seats: Iterable[tuple[Mapping[str, bool], Iterable[CheckResult]]]) -> Trouble | None:
    """The part that most seats lack, or the check that most fail; None while no two seats share one.

    Of several as frequent the part of a prompt comes first: without it the answer can hardly be better.
    """
    lacking, failed = Counter[str](), Counter[str]()
    for parts, results in seats:
        lacking.update(part for part, found in parts.items() if not found)
        failed.update({common(one.label) for one in results if one.passed is False and counts(one)})
    found = [Trouble(lacking[part], part=part) for part in PARTS]
    found += [Trouble(seats, check=label) for label, seats in failed.items()]
    most = max(found, key=lambda one: one.seats)
    return most if most.seats >= STUCK else None


def counts(result: CheckResult) -> bool:
    """Whether a verdict counts here: the parts of a prompt are told one by one."""
    return result.weight > 0 and bool(result.label) and result.check != "prompt-has"
