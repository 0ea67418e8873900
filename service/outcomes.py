"""What came out of an experiment: how each variant met the checks, beside the first one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from service.checks import guide
from service.records import AttemptState, Experiment, Trial, Variant
from service.repeats import CheckCount
from service.text import count_syllables


@dataclass(frozen=True)
class Line:
    """A variant in the table: k of n for each label, and what came out otherwise than in the first variant.

    Checks of one label are counted together, «2/3»; ``worse`` and ``better`` name each of them by itself.

    ``score`` and ``syllables`` are means over its finished trials, None before there is one; ``done`` of ``of`` are
    finished.
    """

    index: int
    variant: Variant
    counts: Mapping[str, CheckCount]
    changed: frozenset[str]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    score: float | None
    syllables: float | None
    met: int
    graded: int
    done: int
    of: int


def lines(found: Experiment) -> tuple[Line, ...]:
    """The table: a line per variant, compared with the first input by input."""
    base = _rates(found, 0)
    return tuple(_line(found, index, base) for index in range(len(found.variants)))


def columns(found: Experiment) -> tuple[str, ...]:
    """The labels of the checks that could be judged in some answer, in the order of the exercise: the table's columns.

    Checks of one label share a column.
    """
    return tuple(dict.fromkeys(map(guide.common, checks_of(found))))


def checks_of(found: Experiment) -> tuple[str, ...]:
    """The checks that could be judged in some answer, each by itself."""
    return tuple(dict.fromkeys(label for trial in found.trials for label in verdicts_of(trial)))


def verdicts_of(trial: Trial) -> dict[str, bool]:
    """The checks of the answer that could be judged. The prompt's own tell nothing here: a part that is left out is
    missing."""
    found = dict[str, bool]()
    for one in trial.results:
        if one.of == "answer" and one.weight > 0 and one.passed is not None:
            label = one.label or one.check
            found[label] = found.get(label, True) and one.passed
    return found


def _several(found: Experiment) -> frozenset[str]:
    """The labels that several checks of one answer share, so that each of them has to be named by itself."""
    counted = (Counter(map(guide.common, verdicts_of(trial))) for trial in found.trials)
    return frozenset(label for one in counted for label, n in one.items() if n > 1)


def _rates(found: Experiment, index: int) -> dict[tuple[str, str], float]:
    """By input and check, the share of a variant's trials in which it was met."""
    verdicts = dict[tuple[str, str], list[bool]]()
    for trial in found.trials:
        if trial.variant == index and trial.state is AttemptState.DONE:
            for label, met in verdicts_of(trial).items():
                verdicts.setdefault((trial.input, label), []).append(met)
    return {where: fmean(of_one) for where, of_one in verdicts.items()}


def _line(found: Experiment, index: int, base: Mapping[tuple[str, str], float]) -> Line:
    mine = [one for one in found.trials if one.variant == index]
    done = [one for one in mine if one.state is AttemptState.DONE]
    verdicts = dict[str, list[bool]]()
    for label, met in (pair for one in done for pair in verdicts_of(one).items()):
        verdicts.setdefault(guide.common(label), []).append(met)
    moved = dict[str, float]()
    for (given, label), rate in _rates(found, index).items():
        if rate != base.get((given, label), rate):
            moved[label] = moved.get(label, 0.0) + rate - base[given, label]
    several = _several(found)

    def named(way: int) -> tuple[str, ...]:
        labels = (label for label, change in moved.items() if change * way > 0)
        return tuple(dict.fromkeys(one if guide.common(one) in several else guide.common(one) for one in labels))

    scores = [one.score for one in done if one.score is not None]
    return Line(
        index=index,
        variant=found.variants[index],
        counts={label: CheckCount(label, sum(of_one), len(of_one)) for label, of_one in verdicts.items()},
        changed=frozenset(map(guide.common, moved)),
        worse=named(-1),
        better=named(1),
        score=fmean(scores) if scores else None,
        syllables=fmean(count_syllables(one.answer) for one in done) if done else None,
        met=sum(map(sum, verdicts.values())),
        graded=sum(map(len, verdicts.values())),
        done=len(done),
        of=len(mine),
    )
