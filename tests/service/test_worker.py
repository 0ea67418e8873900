"""The worker: a job that fails never takes the next one along, and whoever waits is told when it is given up."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service import jobs, worker
from service.errors import BadInput
from service.kit import Kit
from service.store.db import now
from service.store.tables import jobs as table


def add(kit: Kit, name: str, **args: object) -> int:
    with kit.db.write() as connection:
        return jobs.add(connection, name, **args)


def state(kit: Kit, job_id: int) -> str:
    with kit.db.read() as connection:
        return str(connection.execute(select(table.c.state).where(table.c.id == job_id)).scalar_one())


def make_due(kit: Kit) -> None:
    """As if the waiting time before the next try were over."""
    with kit.db.write() as connection:
        connection.execute(update(table).values(due_at=now() - timedelta(hours=1)))


def test_each_name_has_a_function_and_each_given_up_name_is_one_of_them() -> None:
    assert set(worker.HANDLERS) >= {"index", "feedback"}
    assert set(worker.GIVEN_UP) <= set(worker.HANDLERS)


def test_a_job_is_done_with_its_arguments(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(worker, "HANDLERS", {"greet": lambda kit, whom: done.append(whom)})
    job = add(kit, "greet", whom="Lan")
    assert worker.run_once(kit)
    assert not worker.run_once(kit), "nothing is left"
    assert (done, state(kit, job)) == (["Lan"], "done")


@pytest.mark.parametrize("error", [BadInput("Tệp này trống."), ZeroDivisionError("inside a library")])
def test_a_job_that_keeps_failing_is_given_up_and_told(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    told: list[tuple[int, str]] = []

    def fail(kit: Kit, document_id: int) -> None:
        raise error

    monkeypatch.setattr(worker, "HANDLERS", {"index": fail})
    monkeypatch.setattr(
        worker, "GIVEN_UP", {"index": lambda kit, reason, document_id: told.append((document_id, reason))}
    )
    job = add(kit, "index", document_id=7)
    for _ in range(jobs.TRIES):
        assert told == []
        make_due(kit)
        assert worker.run_once(kit)
    assert state(kit, job) == "failed"
    ((document, reason),) = told
    assert document == 7
    assert "ZeroDivision" not in reason, "people are told a sentence"


def test_an_unknown_job_does_not_stop_the_known(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(worker, "HANDLERS", {"known": lambda kit: done.append(1)})
    add(kit, "from-a-later-version")
    add(kit, "known")
    assert [worker.run_once(kit), worker.run_once(kit)] == [True, True]
    assert done == [1]


def test_the_thread_does_what_comes_and_stops_when_told(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(worker, "HANDLERS", {"ring": lambda kit: done.set()})
    thread = worker.start(kit)
    add(kit, "ring")
    thread.wake()
    assert done.wait(10)
    thread.stop()
    assert not thread.is_alive()


def test_what_a_model_writes_for_long_holds_nobody_up(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, done, over = threading.Event(), threading.Event(), threading.Event()

    def think(kit: Kit) -> None:
        begun.set()
        assert over.wait(20)

    monkeypatch.setattr(worker, "HANDLERS", {"opinion": think, "feedback": lambda kit: done.set()})
    add(kit, "opinion")
    thread = worker.start(kit)
    assert begun.wait(20)
    add(kit, "feedback")
    thread.wake()
    assert done.wait(20), "feedback does not wait for the opinion"
    over.set()
    thread.stop()


def test_a_job_longer_than_its_lease_is_not_taken_up_by_another_worker(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[object] = []
    lease = timedelta(seconds=1.5)  # a third of it may pass before the first renewal, on a busy machine more

    def slow(kit: Kit) -> None:
        threading.Event().wait(1.5 * lease.total_seconds())
        taken.append(jobs.claim(kit.db, "another"))

    monkeypatch.setattr(jobs, "LEASE", lease)
    monkeypatch.setattr(worker, "HANDLERS", {"slow": slow})
    job_id = add(kit, "slow")
    assert worker.run_once(kit)
    assert taken == [None]
    assert state(kit, job_id) == "done"
