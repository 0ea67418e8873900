"""The ready-made answers of an exercise: what a prompt may lead to, seen and judged before any model has written.

The weak one, that of the starter prompt, is open from the start; the others open with one's own attempts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service import exercises, feedback
from service.errors import NotFound
from service.kit import Kit
from service.practice.reveal import may_see
from service.prompts import WORKED_BY_HAND
from service.records import Attempt, Baseline, CheckResult, Exercise, Passage, Role, User

OPENS: Mapping[str, str] = {"weak": "visible", "middling": "after:1", "good": "solved"}
"""When an answer of each label opens, by the rules of ``practice.reveal``; one of another label never does."""

MADE_WITH: Mapping[str, str] = {"weak": "starter", "good": "sample"}
"""The prompt of the exercise that an answer without a prompt of its own was made with."""


@dataclass(frozen=True)
class ReadyMade:
    """A ready-made answer as an attempt is seen; without a ``prompt``, where none is named or the person may not see
    it yet, nothing is said of the prompt either."""

    baseline: Baseline
    prompt: str
    passages: tuple[Passage, ...]
    results: tuple[CheckResult, ...]


def offered(kit: Kit, user: User, exercise: Exercise, past: Sequence[Attempt], given: str = "") -> tuple[Baseline, ...]:
    """What the person may see by now, the weakest first; the answer to the first input where this one has none."""
    if exercise.kind in WORKED_BY_HAND:
        return ()
    inputs = (exercise.inputs[0].id, exercise.input(given).id)
    found = {one.label: one for chosen in inputs for one in exercise.baselines if one.input == chosen}
    return tuple(
        found[label]
        for label in dict.fromkeys((*OPENS, *found))
        if label in found and _may_see(kit, user, OPENS.get(label, "hidden"), exercise, past)
    )


def get(kit: Kit, user: User, exercise: Exercise, past: Sequence[Attempt], label: str, given: str = "") -> ReadyMade:
    """A ready-made answer, judged by every check of the exercise; not found where it is not offered."""
    one = next((one for one in offered(kit, user, exercise, past, given) if one.label == label), None)
    if one is None:
        raise NotFound()
    passages = kit.index.all_passages([document.id for document in exercises.documents(kit, exercise, one.input)])
    results = feedback.judge(
        kit, exercise, prompt_of(exercise, one), one.output, one.input, passages=passages, finish_reason="stop"
    )
    named = (prompt for prompt in exercise.prompts if prompt.label == MADE_WITH.get(label))
    open_to = (prompt.raw for prompt in named if _may_see(kit, user, prompt.reveal, exercise, past))
    told = one.prompt or next(open_to, "")
    return ReadyMade(one, told, passages, tuple(result for result in results if told or result.of != "prompt"))


def prompt_of(exercise: Exercise, baseline: Baseline) -> str:
    """The prompt that an answer is judged with: its own, else that it was made with, else the starter prompt."""
    label = MADE_WITH.get(baseline.label, "starter")
    return baseline.prompt or next((one.raw for one in exercise.prompts if one.label == label), "")


def _may_see(kit: Kit, user: User, reveal: str, exercise: Exercise, past: Sequence[Attempt]) -> bool:
    return user.is_any(Role.TRAINER) or may_see(kit, reveal, exercise, past)
