"""Jobs are claimed once, survive a crash, and are tried again before they are given up."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service import jobs
from service.kit import Kit
from service.store.db import Database, now
from service.store.tables import jobs as table


@pytest.fixture
def db(kit: Kit) -> Database:
    return kit.db


def add(db: Database, name: str = "index") -> int:
    with db.write() as connection:
        return jobs.add(connection, name, document_id=1)


def overdue(db: Database) -> None:
    with db.write() as connection:
        connection.execute(update(table).values(lease_until=now() - timedelta(seconds=1), due_at=now()))


def state(db: Database) -> str:
    with db.read() as connection:
        return str(connection.execute(select(table.c.state)).scalar_one())


def test_a_job_is_claimed_with_its_arguments_and_finished(db: Database) -> None:
    add(db)
    job = jobs.claim(db, "a")
    assert job is not None and (job.name, job.args, job.tries) == ("index", {"document_id": 1}, 1)
    assert jobs.claim(db, "b") is None, "a held job is nobody else's"
    jobs.finish(db, job)
    assert (state(db), jobs.open_count(db)) == ("done", 0)


def test_a_job_is_gone_with_the_transaction_that_added_it(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.write() as connection:
        jobs.add(connection, "index")
        1 / 0  # noqa: B018 - the point of the test
    assert jobs.open_count(db) == 0


def test_many_workers_never_share_a_job(db: Database) -> None:
    for _ in range(20):
        add(db)
    taken: list[int] = []

    def work(name: str) -> None:
        while (job := jobs.claim(db, name)) is not None:
            taken.append(job.id)
            jobs.finish(db, job)

    workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 20


def test_a_job_whose_worker_died_is_taken_up_when_its_lease_ends(db: Database) -> None:
    add(db)
    assert jobs.claim(db, "dead") is not None
    overdue(db)
    again = jobs.claim(db, "alive")
    assert again is not None and again.tries == 2


def test_what_a_killed_process_held_is_queued_again_at_start(db: Database) -> None:
    add(db)
    jobs.claim(db, "dead")
    assert jobs.recover(db) == 1
    assert jobs.claim(db, "alive") is not None


def test_a_failing_job_waits_longer_each_time_and_is_given_up_after_the_third(db: Database) -> None:
    add(db)
    given_up = []
    for _ in range(3):
        overdue(db)
        job = jobs.claim(db, "a")
        assert job is not None
        given_up.append(jobs.fail(db, job, "không đọc được"))
    assert given_up == [False, False, True]
    assert state(db) == "failed"
    overdue(db)
    assert jobs.claim(db, "a") is None
