"""Two attempts side by side, and the runs of one prompt taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service import feedback, repeats
from service.differences import diff_syllables
from service.errors import BadInput
from service.kit import Kit
from service.practice import get
from service.records import Attempt, CheckResult, User
from service.repeats import CheckCount, CheckKey, Repeats
from service.text import count_syllables

Together = tuple[Repeats[Attempt], dict[CheckKey, CheckCount]]
"""The runs of one prompt, and in how many of them each check was met."""


@dataclass(frozen=True)
class Flip:
    """A check of two attempts whose verdict or points differ; None where an attempt was not checked by it."""

    label: str
    before: CheckResult | None
    after: CheckResult | None


@dataclass(frozen=True)
class AttemptComparison:
    """Two attempts side by side; runs are (op, text) with op "=", "+" or "-", by syllable.

    ``moved`` are checks whose verdict stayed while their points, and with them the score, changed.
    """

    before: Attempt
    after: Attempt
    prompt_runs: tuple[tuple[str, str], ...]
    answer_runs: tuple[tuple[str, str], ...]
    added: int
    removed: int
    flips: tuple[Flip, ...]
    moved: tuple[Flip, ...]
    unchanged: int


def compare(kit: Kit, user: User, a_id: int, b_id: int) -> AttemptComparison:
    """Two attempts at the same exercise: the prompts' difference beside the answers', and the checks that flipped.

    Raises ``BadInput`` for attempts at two exercises, or of two people, and ``NotFound``.
    """
    before, after = get(kit, user, a_id), get(kit, user, b_id)
    if before.exercise_id != after.exercise_id or before.user_id != after.user_id:
        raise BadInput("Chỉ so được hai lần làm của cùng một bài.")
    prompt_runs = tuple(diff_syllables(before.prompt, after.prompt))
    first, second = (repeats.keyed(feedback.results(kit, one)) for one in (a_id, b_id))
    flips, moved, unchanged = [], [], 0
    for key in dict.fromkeys([*first, *second]):
        old, new = first.get(key), second.get(key)
        if (old and old.passed) != (new and new.passed):
            flips.append(Flip((new or old).label, old, new))  # type: ignore[union-attr]  # one of them is there
        elif old and new and new.passed is not None and new.weight > 0 and _points(old) != _points(new):
            moved.append(Flip(new.label, old, new))
        else:
            unchanged += 1
    return AttemptComparison(
        before=before,
        after=after,
        prompt_runs=prompt_runs,
        answer_runs=tuple(diff_syllables(before.answer, after.answer)),
        added=sum(count_syllables(text) for op, text in prompt_runs if op == "+"),
        removed=sum(count_syllables(text) for op, text in prompt_runs if op == "-"),
        flips=tuple(flips),
        moved=tuple(moved),
        unchanged=unchanged,
    )


def _points(result: CheckResult) -> int:
    """The points of a check, 0–100, as they are shown."""
    return round(100 * result.score)


def repeated(kit: Kit, past: Sequence[Attempt], attempt: Attempt) -> Together:
    """The runs of the attempt's prompt among ``past``, and in how many of them each check was met."""
    found = repeats.of(past, attempt)
    return found, repeats.counts([feedback.results(kit, run.id) for run in found.runs])
