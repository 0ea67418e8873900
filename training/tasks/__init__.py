"""From facts to a task and its answer: every kind of work of the curriculum, in the service's own frames.

A task returns a :class:`Sample`: what the service would send to the model, the answer it should get, and what a judge has
to look for (facts in their place, and what the prompt wanted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from training import laws
from training.tasks import assignments, checking, drafting, handwritten, questions, reading, shelf, summaries
from training.tasks.sample import NOT_THERE, Expected, Sample, Wants
from training.tasks.unaccented import unaccented
from training.words import Chance

__all__ = ["BY_HAND", "NOT_THERE", "TASKS", "Expected", "Sample", "Wants", "make"]

TASKS: tuple[tuple[Callable[[Chance], Sample], float], ...] = (
    (drafting.draft, 35),
    (questions.lookup, 9),
    (questions.cited, 13),
    (questions.law, 2),
    (reading.reading, 8),
    (assignments.tasks, 21),
    (summaries.summary, 13),
    (drafting.vague_draft, 10),
    (summaries.plain, 2),
    (checking.errors, 3),
    (checking.improve, 1),
    (handwritten.handwritten, 22),
    (shelf.shelf, 16),
)
"""The mixture: its shares of the samples."""
_WRITERS, _WEIGHTS = zip(*TASKS, strict=True)
_NAMED = {write.__name__: write for write in _WRITERS}
_TYPED = ("draft", "lookup", "cited", "tasks", "summary", "plain")
"""Tasks whose material people type themselves."""
BY_HAND = ("handwritten", "shelf")
"""Those of which every single one was composed by hand."""
UNACCENTED = 0.03
"""The share of samples typed without any mark."""
OTHER_FRAME = 0.12
"""How often a draft or a summary is asked for in the frame of another exercise, as where prompts are practised."""
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
    write = _NAMED[task] if task else chance.random.choices(_WRITERS, _WEIGHTS)[0]
    sample = write(chance)
    if sample.task in _TYPED and chance.odds(UNACCENTED):
        return unaccented(sample)
    if task:
        return sample
    if sample.frame in ("draft", "summarise") and chance.odds(OTHER_FRAME):
        sample = replace(sample, frame=chance.one("default", "improve_prompt"))
    if (
        sample.passages
        and sample.task in ("draft", "lookup", "summary", "tasks")
        and laws.articles()
        and chance.odds(LONG)
    ):
        return _among_others(chance, sample)
    return sample
