"""From facts to a task and its answer: every kind of work of the curriculum, in the service's own frames.

A task returns a :class:`Sample`: what the service would send to the model, the answer it should get, and what a judge has
to look for (facts in their place, and what the prompt wanted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from training import laws
from training.tasks import assignments, checking, drafting, handwritten, questions, shelf, summaries
from training.tasks.sample import NOT_THERE, Expected, Sample, Wants
from training.words import Chance

__all__ = ["BY_HAND", "NOT_THERE", "TASKS", "Expected", "Sample", "Wants", "make"]

TASKS: tuple[tuple[Callable[[Chance], Sample], float], ...] = (
    (drafting.draft, 35),
    (questions.lookup, 9),
    (questions.cited, 13),
    (questions.law, 1),
    (assignments.tasks, 21),
    (summaries.summary, 13),
    (drafting.vague_draft, 8),
    (summaries.plain, 2),
    (checking.errors, 3),
    (checking.improve, 1),
    (handwritten.handwritten, 4),
    (shelf.shelf, 4),
)
"""The mixture: its shares of the samples."""
_WEIGHTS = [weight for _, weight in TASKS]
BY_HAND = ("handwritten", "shelf")
"""Those of which every single one was composed by hand."""
LONG, MOST_OTHERS = 0.02, 30
"""The share of samples in which the matter lies among passages that have nothing to do with it, and at most how many: some
3,000 tokens, which only a model with room for them gets to see."""


def _among_others(chance: Chance, sample: Sample) -> Sample:
    """The sample with articles of laws before and behind its material: practice in a long context."""
    others = [
        f"{title}. {text}" for title, text in chance.random.sample(laws.articles(), chance.number(3, MOST_OTHERS))
    ]
    before = chance.number(0, len(others))
    return replace(sample, passages=(*others[:before], *sample.passages, *others[before:]))


def make(chance: Chance, task: str = "") -> Sample:
    """A task drawn from the mixture, or of this kind."""
    if task:
        return next(write for write, _ in TASKS if write.__name__ == task)(chance)
    sample = chance.random.choices([write for write, _ in TASKS], _WEIGHTS)[0](chance)
    if (
        sample.passages
        and sample.task in ("draft", "lookup", "summary", "tasks")
        and laws.articles()
        and chance.odds(LONG)
    ):
        return _among_others(chance, sample)
    return sample
