"""What the votes of a comparison say: who stands where, and how far its judges agree with each other and themselves.

Refused to the blind, as the standings are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import select

from service import agreement, ranking
from service.compare import cast, opened, rows
from service.kit import Kit
from service.records import Ballot, Comparison, Measured, Panel, Ranking, User, Vote, Waiting, Winner
from service.store.tables import comparisons

FIRST, SECOND = "first", "second"
"""Which of a pair was preferred, the one with the lower number being the first."""
TURNED: Mapping[object, object] = {FIRST: SECOND, SECOND: FIRST}
_SHARES = {Winner.LEFT: 1.0, Winner.TIE: 0.5, Winner.RIGHT: 0.0}


def ranked(kit: Kit, user: User, comparison_id: int) -> Ranking:
    """The contestants in tiers; pairs shown again and «both bad» count for nobody."""
    comparison = opened(kit, user, comparison_id)
    ballots = [
        Ballot(item.user_id, item.left_id, item.right_id, _SHARES[item.winner])
        for item in cast(kit, user, comparison_id)
        if not item.again and item.winner in _SHARES
    ]
    return ranking.rank(ballots, [item.id for item in comparison.contestants])


def panel(kit: Kit, user: User, comparison_id: int) -> Panel:
    """How far the judges agree. All say something of the same pairs, so a label says which answer, not which side."""
    comparison = opened(kit, user, comparison_id)
    votes = cast(kit, user, comparison_id)
    once = [item for item in votes if not item.again]
    said = {(item.user_id, _pair(item)): _label(item) for item in once}
    judges = sorted({item.user_id for item in once})
    pairs = sorted({_pair(item) for item in once})
    units = [[said.get((judge, pair)) for judge in judges] for pair in pairs]
    kappas = _kappas([[row[n] for row in units] for n in range(len(judges))])
    sides = [item.winner for item in once if item.winner in (Winner.LEFT, Winner.RIGHT)]
    twice = [(said.get((item.user_id, _pair(item))), _label(item)) for item in votes if item.again]
    steady = [before == after for before, after in twice if before is not None]
    return Panel(
        judges=len(judges),
        pairs=len(pairs),
        alpha=agreement.alpha(units, TURNED),
        agreed=agreement.agreed(units),
        kappa=_mean(kappas),
        couples=len(kappas),
        left=agreement.share(sides.count(Winner.LEFT), len(sides)),
        steady=agreement.share(sum(steady), len(steady)),
        opener=sum(item.user_id == comparison.created_by for item in once),
    )


def missing(comparison: Comparison, found: Ranking) -> tuple[int, int]:
    """How many votes the one with the fewest lacks to be ranked, and how many judges can bring them."""
    lacking = max((ranking.LEAST - one.votes for one in found.rows if one.tier is None), default=0)
    each = len(comparison.contestants) - 1
    return lacking, -(-lacking // each)


def waiting(kit: Kit, user: User, beside: int) -> Waiting | None:
    """The newest other comparison that lacks votes and waits for some of this person's; of its votes only how many."""
    rows.judge(user)
    found = select(comparisons.c.id).where(comparisons.c.open, comparisons.c.id != beside)
    with kit.db.read() as connection:
        for id_ in connection.execute(found.order_by(comparisons.c.id.desc())).scalars():
            comparison = rows.comparison(connection, id_)
            votes = sum(not item.again for item in rows.cast(connection, id_))
            needed = -(-ranking.LEAST * len(comparison.contestants) // 2)
            if votes < needed and rows.blind(connection, comparison, user):
                return Waiting(comparison, votes, needed, rows.left(connection, comparison, user))
    return None


def _pair(item: Vote) -> tuple[int, int]:
    return min(item.left_id, item.right_id), max(item.left_id, item.right_id)


def _label(item: Vote) -> str:
    """Which of the pair, whatever side it stood on; a tie and «both bad» are said of both."""
    if item.winner in (Winner.TIE, Winner.BOTH_BAD):
        return item.winner
    return FIRST if (item.winner is Winner.LEFT) == (item.left_id < item.right_id) else SECOND


def _kappas(judges: Sequence[Sequence[str | None]]) -> list[Measured]:
    """Kappa of every two judges who both judged enough."""
    found = []
    for one, other in combinations(judges, 2):
        both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
        if len(both) >= agreement.SHARED and (kappa := agreement.kappa(both, TURNED)) is not None:
            found.append(kappa)
    return found


def _mean(kappas: Sequence[Measured]) -> Measured | None:
    """Of one its own interval, of more (Light 1971) the lowest and the highest; None of none."""
    if len(kappas) < 2:
        return kappas[0] if kappas else None
    values = [one.value for one in kappas]
    return Measured(sum(values) / len(values), min(one.n for one in kappas), min(values), max(values))
