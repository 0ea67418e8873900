"""Experiments and their trials as they are kept: rows read into nouns, and the state an experiment moves to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, select, update

from service.kit import Kit
from service.records import AttemptState, CheckResult, Experiment, Trial, Variant
from service.store.tables import experiments, trials

OPEN = (AttemptState.QUEUED, AttemptState.RUNNING)
"""The states of an experiment, or a trial, that is not over."""


def load(kit: Kit, experiment_id: int) -> Experiment | None:
    """An experiment with its trials; None when there is none. For code that has authorised."""
    with kit.db.read() as connection:
        row = connection.execute(select(experiments).where(experiments.c.id == experiment_id)).first()
        if row is None:
            return None
        of_it = select(trials).where(trials.c.experiment_id == experiment_id).order_by(trials.c.n)
        return read(row, tuple(map(_trial, connection.execute(of_it))))


def read(row: Row[Any], made: tuple[Trial, ...] = ()) -> Experiment:
    """A row of ``experiments`` as the noun, with the trials ``made`` for it."""
    variants = tuple(Variant(**one) for one in row.variants)
    return Experiment(
        **_named(row, Experiment) | {"state": AttemptState(row.state), "variants": variants, "trials": made}
    )


def move(kit: Kit, experiment_id: int, expected: Sequence[AttemptState], **values: Any) -> None:
    """Change columns of an experiment that is in one of the ``expected`` states; another one is left as it is."""
    with kit.db.write() as connection:
        here = and_(experiments.c.id == experiment_id, experiments.c.state.in_(expected))
        connection.execute(update(experiments).where(here).values(**values))


def _trial(row: Row[Any]) -> Trial:
    results = tuple(CheckResult(**one | {"findings": ()}) for one in row.results)
    return Trial(**_named(row, Trial) | {"state": AttemptState(row.state), "results": results})


def _named(row: Row[Any], noun: type[Experiment | Trial]) -> dict[str, Any]:
    """The columns that are fields of the noun."""
    return {name: value for name, value in row._asdict().items() if name in noun.__dataclass_fields__}
