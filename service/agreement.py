"""How far people who judge the same things agree: kappa, alpha, and shares with their intervals. Pure.

*Turned labels.* Who of a pair is called the first is a matter of naming. Where labels tell the first from the second,
``turned`` says which stand for each other, and what agreement comes by chance is reckoned as if every pair had been
named either way half of the time; without it a panel that agrees on a good order would seem to agree by chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from service.records import Measured

SHARED = 10
"""Things that two raters must have judged both before a kappa is told; with fewer its interval is wider than 1."""
UNITS = 5
"""Things that must have been judged before alpha has an interval: of fewer there are hardly different samples."""
RELIABLE, TENTATIVE = 0.8, 0.667
"""From which alpha on data may be relied upon, and below which they should not be used (Krippendorff 2004, p. 241)."""
EVEN = (0.45, 0.55)
"""Between these, choices of the left side are called even."""
STEADY = 0.75
"""Who repeats fewer than this share of choices is nearer to a coin (a half) than to a fixed opinion (all)."""
DRAWS, SEED = 1000, 2011
_Z = 1.959964  # two-sided 95 %

Label = Hashable
Turned = Mapping[Label, Label]


def wilson(wins: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval for a proportion (J. Am. Stat. Assoc. 22, 1927); n > 0."""
    rate, square = wins / n, _Z * _Z
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = _Z * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, min(rate, middle - half)), min(1.0, max(rate, middle + half))


def share(hits: int, n: int) -> Measured | None:
    """So many of ``n``, with Wilson's interval; None of none."""
    return Measured(hits / n, n, *wilson(hits, n)) if n else None


def within(found: Measured, low: float, high: float) -> bool | None:
    """True when the whole interval lies there, False when none of it does, None when the count does not tell."""
    if found.low is None or found.high is None:
        return None
    if low <= found.low and found.high <= high:
        return True
    return False if found.high < low or found.low > high else None


def kappa(judged: Sequence[tuple[Label, Label]], turned: Turned | None = None) -> Measured | None:
    """Cohen's kappa (1960) of two raters, with the large-sample interval of Fleiss, Cohen and Everitt (1969).

    ``judged`` has what each of the two said, thing by thing. None of nothing, and where agreement by chance is certain.
    Who never differed have no interval: how often they will cannot be told from that.
    """
    if not judged:
        return None
    table = Counter(judged)
    if turned:
        # As if each thing had been judged under both names; what is shared out below is the mean of the two.
        table += Counter({(turned.get(a, a), turned.get(b, b)): count for (a, b), count in table.items()})
    total = table.total()
    labels = {label for cell in table for label in cell}
    cells = {cell: count / total for cell, count in table.items()}
    rows = {one: sum(p for (a, _), p in cells.items() if a == one) for one in labels}
    columns = {one: sum(p for (_, b), p in cells.items() if b == one) for one in labels}
    chance = sum(rows[one] * columns[one] for one in labels)
    if 1 - chance < 1e-12:
        return None
    seen = sum(p for (a, b), p in cells.items() if a == b)
    value = (seen - chance) / (1 - chance)
    rest = 1 - value
    if seen > 1 - 1e-12:
        return Measured(value, len(judged))
    same = sum(p * (1 - (rows[a] + columns[a]) * rest) ** 2 for (a, b), p in cells.items() if a == b)
    differ = rest**2 * sum(p * (columns[a] + rows[b]) ** 2 for (a, b), p in cells.items() if a != b)
    variance = (same + differ - (value - chance * rest) ** 2) / ((1 - chance) ** 2 * len(judged))
    half = _Z * math.sqrt(max(0.0, variance))
    return Measured(value, len(judged), max(-1.0, value - half), min(1.0, value + half))


def alpha(units: Sequence[Sequence[Label | None]], turned: Turned | None = None) -> Measured | None:
    """Krippendorff's alpha for nominal data («Computing Krippendorff's Alpha-Reliability», 2011); ``n`` values paired.

    A unit holds what was said of one thing, None where somebody said nothing. The interval comes from samples of the
    units (Zapf et al., BMC Med. Res. Methodol. 16, 2016: 93), from ``UNITS`` on and where somebody differed. None when
    all said one and the same.
    """
    counted = [Counter(label for label in unit if label is not None) for unit in units]
    counted = [one for one in counted if one.total() > 1]
    if not counted:
        return None
    labels = list({label: None for one in counted for label in one})
    if turned:
        labels = list({label: None for one in labels for label in (one, turned.get(one, one))})
    counts = np.array([[one[label] for label in labels] for one in counted], dtype=float)
    sizes = counts.sum(axis=1)
    apart = (sizes**2 - (counts**2).sum(axis=1)) / (sizes - 1)
    other = [labels.index(turned.get(one, one)) for one in labels] if turned else list(range(len(labels)))
    drawn = np.random.default_rng(SEED).multinomial(len(counted), [1 / len(counted)] * len(counted), size=DRAWS)
    weights = np.vstack([np.ones(len(counted)), drawn])
    margins = weights @ counts
    margins = (margins + margins[:, other]) / 2
    total = weights @ sizes
    chance = total**2 - (margins**2).sum(axis=1)
    possible = chance > 1e-9
    if not possible[0]:
        return None
    values = 1 - (total - 1)[possible] * (weights @ apart)[possible] / chance[possible]
    value, n = float(values[0]), int(sizes.sum())
    if len(counted) < UNITS or not apart.any():
        return Measured(value, n)
    low, high = (float(one) for one in np.percentile(values[1:], (2.5, 97.5)))
    return Measured(value, n, low, high)


def agreed(units: Sequence[Sequence[Label | None]]) -> Measured | None:
    """The share of all couples of values on one thing that are the same; ``n`` couples."""
    couples = same = 0
    for unit in units:
        said = Counter(label for label in unit if label is not None)
        couples += math.comb(said.total(), 2)
        same += sum(math.comb(count, 2) for count in said.values())
    return Measured(same / couples, couples) if couples else None
