"""A stretch of a long list, cut out where the rows lie."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from service.records import Stretch


def stretch(connection: Connection, found: Select[Any], start: int, most: int) -> Stretch[Row[Any]]:
    """At most ``most`` rows of what is found, after the first ``start``; beyond the end the last stretch."""
    total = connection.execute(select(func.count()).select_from(found.order_by(None).subquery())).scalar_one()
    start = max(0, min(start, (total - 1) // most * most))
    return Stretch(tuple(connection.execute(found.limit(most).offset(start))), start, total, most)
