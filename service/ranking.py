"""Who is preferred: the model of Bradley and Terry (1952) fitted to votes on pairs, with intervals and tiers. Pure.

*Model.* One contestant beats another with the odds exp(difference of their strengths). A tie is half a win for each;
«both bad» says nothing of the two and never gets here.

*Prior.* Each contestant also has half a win and half a loss against an average one of strength 0, the halves that
Haldane (1955) and Anscombe (1956) add to odds. They keep every strength finite, when one wins everything and when some
never met alike, and pull a contestant of twenty votes to the middle by a twentieth.

*Fit.* Newton's method on the concave log-likelihood, a step never longer than ``STRIDE``. Hunter's MM (2004) climbs as
surely, but takes hundreds of steps where one wins nearly everything, and here two thousand tables are fitted at once.

*Scale.* 400 points are odds of ten to one, as in chess (Elo 1978); 0 is the mean of those ranked, of all where fewer
than two are. 100 points more are preferred in 64 votes of a hundred.

*Intervals.* A bootstrap over judges, since the votes of one are not independent: each draw weighs every judge anew by
Exp(1), as Rubin's (1981), which never leaves a contestant without wins or losses. The halves of the prior are weighed
as votes are, so that a winner of everything has an interval, too. A bootstrap over J judges finds only (J-1)/(J+1) of
the variance of independent votes; so each vote is weighed within its judge as well, by a Gamma variable of mean 1 and
variance 1/J, which makes up just that. With one judge this is the bootstrap over votes, with many it vanishes. How far
judges differ is itself known but roughly from few of them: so each draw's deviations are stretched by a variable that
makes Student's t with J-1 degrees of freedom of a normal one (``students``).

*Tiers.* Two contestants are told apart when the interval of their difference leaves 0 out. The intervals of all
differences hold together in 95 of 100 cases, so that seven equals fall into one tier as surely as two: an interval
reaches towards 0 so many standard errors as the greatest of all differences does in its draws (97.5th percentile, two
sides; as Tukey's studentized range). The standard error is that of the draws on this side alone: those of who wins
nearly always run far away on the other. Down the ranking a new tier begins with the first contestant that is told apart
from any one of the tier so far. So within a tier no two are told apart; the neighbours on both sides of a border may
not be, either.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.records import Ballot, Ranked, Ranking

LEAST = 20
"""Votes before a contestant is ranked: with fewer, even three wins of four might be a coin's (binomial test, 5 %)."""
DRAWS = 2000
FEW = 6
"""Fewer judges hardly ever tell anybody apart: of one mind, five do and four do not. Equals, of whom every judge had an
opinion of one's own (0.8 in strength, either way), fell apart in 0, 5 and 5 of 100 simulated panels of three, six and
twelve judges; by the normal distribution in 43, 14 and 11."""
SEED = 1952
"""The same votes give the same intervals, on every machine and every day."""
POINTS = 400 / math.log(10)
"""Points of the scale in one unit of strength."""
STRIDE = 1.0
"""No two strengths move further apart in a step of Newton's: odds of 2.7 to one, within which its parabola is true."""
_STEPS, _NEAR = 200, 1e-6
"""Steps of Newton's, and the size of the last: a five-thousandth of a point, for a draw may weigh the one loss of a
contestant so lightly that rounding alone moves it by 1e-10."""

Floats = NDArray[np.float64]


def rank(ballots: Sequence[Ballot], contestants: Sequence[int]) -> Ranking:
    """The contestants on one scale, best first, then those with fewer than ``LEAST`` votes."""
    ids = sorted(contestants)
    counted = Counter(id_ for one in ballots for id_ in (one.first, one.second))
    tables = _tables(ballots, ids)
    strengths = fit(tables)
    firm = np.array([counted[id_] >= LEAST for id_ in ids])
    among = firm if firm.sum() > 1 else np.ones(len(ids), dtype=bool)
    scores = POINTS * (strengths - strengths[:, among].mean(axis=1, keepdims=True))
    point, drawn = scores[0], scores[1:]
    judges = len({one.judge for one in ballots})
    wider = students(judges)
    low, high = np.percentile(point + (drawn - point) * wider[:, None], (2.5, 97.5), axis=0)
    order = sorted(range(len(ids)), key=lambda n: (not firm[n], -point[n], ids[n]))
    ranked = [n for n in order if firm[n]]
    tiers: list[int | None] = [*tiers_of(told_apart(point[ranked], drawn[:, ranked], wider)), *[None] * len(ids)]
    rows = tuple(
        Ranked(ids[n], counted[ids[n]], float(point[n]), float(low[n]), float(high[n]), tier)
        for n, tier in zip(order, tiers, strict=False)
    )
    return Ranking(rows, judges)


def fit(wins: Floats) -> Floats:
    """Strengths by tables ``wins[…, i, j]`` of how often i beat j; that of the last contestant is 0 and left out.

    They are finite where nobody can be set apart as never beaten by the rest (Ford 1957).
    """
    games = wins + wins.swapaxes(-1, -2)
    won = wins.sum(axis=-1)
    strengths = np.zeros(won.shape)
    inner = np.s_[..., :-1]
    for _ in range(_STEPS):
        chance = 0.5 + 0.5 * np.tanh((strengths[..., :, None] - strengths[..., None, :]) / 2)
        slope = won - (games * chance).sum(axis=-1)
        bend = games * chance * (1 - chance)
        curve = -bend
        diagonal = np.arange(won.shape[-1])
        curve[..., diagonal, diagonal] += bend.sum(axis=-1)
        step = np.zeros(won.shape)
        step[inner] = np.linalg.solve(curve[..., :-1, :-1], slope[inner][..., None])[..., 0]
        spread = np.ptp(step, axis=-1, keepdims=True)
        strengths += step * (STRIDE / np.maximum(spread, STRIDE))
        if spread.max() < _NEAR:
            return strengths[inner]
    raise ArithmeticError(f"Newton's method has not settled in {_STEPS} steps")


def students(judges: int) -> Floats:
    """What turns a normal variable of each draw into one of Student's t with a degree of freedom less than judges.

    Of one judge, of whose votes alone the interval speaks, all are 1.
    """
    if judges < 2:
        return np.ones(DRAWS)
    free = judges - 1
    return np.asarray(np.sqrt(free / np.random.default_rng(SEED + 1).chisquare(free, size=DRAWS)))


def told_apart(point: Floats, drawn: Floats, wider: Floats) -> NDArray[np.bool_]:
    """Whether i is above j by the joint 95 % intervals of all differences; ``drawn``: a row of scores for each draw.

    ``wider`` is what the deviations of each draw are stretched by.
    """
    one, other = np.triu_indices(len(point), 1)
    above = np.zeros((len(point), len(point)), dtype=bool)
    if not len(one):
        return above
    differences = point[one] - point[other]
    ahead = np.sign(differences)
    towards = np.maximum((differences - drawn[:, one] + drawn[:, other]) * ahead, 0.0)
    error = np.sqrt((towards**2).sum(axis=0) / np.maximum((towards > 0).sum(axis=0), 1))
    error = np.maximum(error, 1e-9)
    reach = np.percentile((towards / error).max(axis=1) * wider, 97.5)
    apart = np.abs(differences) > reach * error
    above[one, other], above[other, one] = apart & (ahead > 0), apart & (ahead < 0)
    return above


def tiers_of(above: NDArray[np.bool_]) -> list[int]:
    """The tier of each, from 1: they stand in their order, and ``above[i, j]`` tells whether i is above j."""
    tiers: list[int] = []
    first = 0
    for n in range(len(above)):
        if above[first:n, n].any():
            first = n
        tiers.append(tiers[-1] + (first == n) if tiers else 1)
    return tiers


def _tables(ballots: Sequence[Ballot], ids: Sequence[int]) -> Floats:
    """Table 0 as it was voted, then one for each draw; the average contestant stands last."""
    size = len(ids) + 1
    place = {id_: n for n, id_ in enumerate(ids)}
    cast: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for one in ballots:
        a, b = place[one.first], place[one.second]
        cast[one.judge].append((a, b, one.share) if a < b else (b, a, 1 - one.share))
    # By what they voted, not by who they are: the order of judges changes no weight.
    panel = sorted(sorted(votes) for votes in cast.values())
    dice = np.random.default_rng(SEED)
    judges = dice.exponential(size=(DRAWS, len(panel)))
    within = dice.gamma(max(len(panel), 1), 1 / max(len(panel), 1), size=(DRAWS, sum(map(len, panel))))
    weights = within if len(panel) < 2 else within * np.repeat(judges, [len(votes) for votes in panel], axis=1)
    spread = np.zeros((weights.shape[1], size, size))
    for n, (a, b, share) in enumerate(vote for votes in panel for vote in votes):
        spread[n, a, b], spread[n, b, a] = share, 1 - share
    weights = np.vstack([np.ones(weights.shape[1]), weights])
    tables = (weights @ spread.reshape(len(spread), size * size)).reshape(-1, size, size)
    halves = np.concatenate([np.ones((1, 2, len(ids))), dice.exponential(size=(DRAWS, 2, len(ids)))]) / 2
    tables[:, :-1, -1], tables[:, -1, :-1] = halves[:, 0], halves[:, 1]
    return np.asarray(tables)
