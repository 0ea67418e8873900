"""The weights by which support is judged: ``python -m training.support [--write]``.

Fits ``service/checks/support/weights.py`` to the labelled pairs that may be looked at (tests/rules/data/support.md) and, with
little weight, to the answers of ``training/wording/shelf.jsonl``: each with the passages it names, which hold it, and with the
next one, which does not. Prints precision and recall of each half, judged by weights that were fitted without its passages;
with ``--write`` puts the weights in their place. Takes seconds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from service.checks.citations import citations
from service.checks.support import COVERED, ENOUGH
from service.checks.support.figures import quantities_hold
from service.checks.support.names import names_hold
from service.checks.support.signs import Beside
from service.checks.support.texts import claim_of, read, states
from service.text import sentences

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "tests" / "rules" / "data" / "support.jsonl"
SHELF = ROOT / "training" / "wording" / "shelf.jsonl"
WEIGHTS = ROOT / "service" / "checks" / "support" / "weights.py"
SEEN = ("tune", "more", "second", "third")
"""The parts of the labelled set that may be looked at."""
FOLDS = 10
RIDGE = 5.0
"""How strongly weights are held small: between 1 and 20 it matters little."""
SHELF_WEIGHT = 0.05
"""What a pair of the shelf counts beside a labelled one: there are many, and they are easy."""

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Answers = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Pair:
    """A sentence beside a passage; ``group`` is the same for pairs on one passage."""

    split: str
    group: str
    sentence: str
    passage: str
    supported: bool


def labelled() -> Iterator[Pair]:
    """The pairs that may be looked at."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] in SEEN:
            yield Pair(row["split"], str(row["group"]), row["sentence"], row["passage"], row["supported"])


def of_shelf() -> Iterator[Pair]:
    """Sentences of answers with the passages they name, and with the next passage."""
    for n, line in enumerate(SHELF.read_text(encoding="utf-8").splitlines()):
        shelf = json.loads(line)
        passages = shelf["passages"]
        for question in shelf["questions"]:
            answer = question["answer"]
            for start, end in sentences(answer):
                said = answer[start:end]
                named = sorted({k for mark in citations(said) for k in mark.numbers if 0 < k <= len(passages)})
                if named and states(said):
                    yield Pair("shelf", f"shelf {n}", said, "\n".join(passages[k - 1] for k in named), supported=True)
                    other = passages[named[-1] % len(passages)]
                    yield Pair("shelf", f"shelf {n}", said, other, supported=False)


@dataclass(frozen=True)
class Table:
    """Pairs as numbers: ``x`` their signs, ``y`` their labels, ``open`` those that no rule forbids."""

    names: list[str]
    x: Array
    y: Array
    open: Answers
    weight: Array
    split: list[str]
    group: list[str]


def table() -> Table:
    """Every pair with its signs."""
    pairs = [*labelled(), *of_shelf()]
    rows, free = list[dict[str, float]](), list[bool]()
    for pair in pairs:
        claim, there = claim_of(pair.sentence), read(f". \n{pair.passage}")
        beside = Beside(claim, there)
        rows.append(beside.signs())
        near = beside.cover >= COVERED and not beside.another()
        free.append(near and quantities_hold(claim, there) and names_hold(claim, there))
    return Table(
        list(rows[0]),
        np.array([[float(value) for value in row.values()] for row in rows]),
        np.array([float(pair.supported) for pair in pairs]),
        np.array(free),
        np.array([SHELF_WEIGHT if pair.split == "shelf" else 1.0 for pair in pairs]),
        [pair.split for pair in pairs],
        [pair.group for pair in pairs],
    )


def fitted(x: Array, y: Array, weight: Array) -> tuple[float, Array]:
    """Bias and weights of a ridge logistic regression, by Newton's method on signs of one scale."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    held = RIDGE * np.eye(z.shape[1])
    held[0, 0] = 1e-6
    beta = np.zeros(z.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-z @ beta))
        slope = z.T @ (weight * (chance - y)) + held @ beta
        bend = (z * (weight * chance * (1 - chance))[:, None]).T @ z + held
        beta -= np.linalg.solve(bend, slope)
    return float(beta[0] - (beta[1:] / scale) @ mean), beta[1:] / scale


def judged_without(data: Table) -> Answers:
    """Whether each pair is judged supported, by weights fitted without the tenth of the passages it belongs to."""
    groups = sorted(set(data.group))
    order = np.random.default_rng(1).permutation(len(groups))
    fold_of = {group: int(order[n]) % FOLDS for n, group in enumerate(groups)}
    folds = np.array([fold_of[group] for group in data.group])
    said = np.zeros(len(data.y), dtype=bool)
    for fold in range(FOLDS):
        learn, ask = (folds != fold) & data.open, folds == fold
        bias, weights = fitted(data.x[learn], data.y[learn], data.weight[learn])
        said[ask] = (1 / (1 + np.exp(-data.x[ask] @ weights - bias)) >= ENOUGH) & data.open[ask]
    return said


def figures(said: Answers, true: Answers) -> str:
    """Precision and recall, in percent."""
    right = float((said & true).sum())
    return f"precision {100 * right / max(1, said.sum()):.1f}, recall {100 * right / max(1, true.sum()):.1f}"


def written(data: Table) -> str:
    """The module of weights."""
    bias, weights = fitted(data.x[data.open], data.y[data.open], data.weight[data.open])
    lines = "\n".join(f'    "{name}": {weight:.3f},' for name, weight in zip(data.names, weights, strict=True))
    return (
        '"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.support --write``."""\n\n'
        f"BIAS = {bias:.3f}\nWEIGHTS = {{\n{lines}\n}}\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the weights into the program")
    given = parser.parse_args()
    data = table()
    said, true = judged_without(data), data.y > 0
    for split in (*SEEN, "shelf"):
        here = np.array([one == split for one in data.split])
        print(f"{split}: {int(here.sum())} pairs, {figures(said[here], true[here])}")  # noqa: T201
    if given.write:
        WEIGHTS.write_text(written(data), encoding="utf-8")
