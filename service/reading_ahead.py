"""Reading ahead: what every prompt on an input of an exercise begins with is read before the first prompt comes.

An input is read when its page is opened, and those most practised of late when the server starts; a job does it.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import func, select

from service import exercises, jobs
from service.errors import EngineError, NotFound
from service.kit import Kit
from service.practice import brief
from service.records import Exercise, Options
from service.store.db import now
from service.store.tables import attempts, jobs as jobs_table

log = logging.getLogger(__name__)

READ_AGAIN = timedelta(minutes=5)
"""An input of an exercise opened by several people within this time is read ahead once."""
MOST_USED = 3
"""So many inputs are read ahead when the server starts, those most practised in the last ``LATELY``."""
LATELY = timedelta(days=30)


def opened(kit: Kit, exercise: Exercise, given: str) -> None:
    """Somebody has opened the exercise on the input ``given``: have its text read ahead while the prompt is written."""
    wanted = {"exercise_id": exercise.id, "given": exercise.input(given).id}
    with kit.db.write() as connection:
        due = now() - READ_AGAIN
        lately = select(jobs_table.c.args).where(jobs_table.c.name == "read_ahead", jobs_table.c.created_at > due)
        if wanted not in connection.execute(lately).scalars().all():
            jobs.add(connection, "read_ahead", **wanted)


def most_used(kit: Kit) -> None:
    """At start: have the inputs of late read ahead; what was saved by the last process is only loaded."""
    count = func.count().label("count")
    used = (
        select(attempts.c.exercise_id, attempts.c.input)
        .where(attempts.c.created_at > now() - LATELY)
        .group_by(attempts.c.exercise_id, attempts.c.input)
        .order_by(count.desc())
        .limit(MOST_USED)
    )
    with kit.db.write() as connection:
        for exercise_id, given in connection.execute(used).all():
            jobs.add(connection, "read_ahead", exercise_id=exercise_id, given=given)


def read(kit: Kit, exercise_id: str, given: str = "") -> None:
    """Read what every prompt on an input of the exercise begins with (the job "read_ahead"; may run again).

    A question whose passages are searched for by its own words has no such text; it is read when it is asked.
    """
    try:
        exercise = exercises.present(kit, exercise_id)
        kit.engine.count_tokens(())  # waits until the model is loaded, and with it the length of its context
        options = Options(max_tokens=exercise.max_tokens)
        _, messages = brief.prepare(kit, exercise, "", brief.within(kit, options), given)
        kit.engine.read_ahead(messages)
    except (NotFound, EngineError) as error:
        log.info("%s is not read ahead: %s", exercise_id, error.code)
