"""What a trainer is shown when a class has done more than a page holds: nothing is lost, and it says where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from service import practice, rubric
from service.kit import Kit
from service.records import AttemptState, User
from service.store.db import now
from service.store.tables import attempts, hand_ins, peers

ClientOf = Callable[[str], FlaskClient]
ONE = "tom-tat-cong-van-tiem-phong"


def hand_in(kit: Kit, authors: list[User], count: int) -> None:
    """So many hand-ins, by turns of these people."""
    made = [
        {
            "exercise_id": ONE,
            "exercise_version": 1,
            "exercise_hash": "x",
            "user_id": authors[n % len(authors)].id,
            "number": n + 1,
            "state": AttemptState.SUBMITTED,
            "prompt": "Tóm tắt.",
            "created_at": now(),
        }
        for n in range(count)
    ]
    with kit.db.write() as connection:
        connection.execute(insert(attempts), made)
        rows = connection.execute(select(attempts.c.id, attempts.c.user_id, attempts.c.exercise_id)).all()
        connection.execute(
            insert(hand_ins), [{**row._mapping, "attempt_id": row.id, "text": "Bài.", "at": now()} for row in rows]
        )


@pytest.fixture
def full(kit: Kit, people: dict[str, User]) -> Kit:
    hand_in(kit, [people["lan"], people["minh"]], 450)
    return kit


def test_the_oldest_hand_in_is_two_clicks_away(full: Kit, client_of: ClientOf) -> None:
    thu = client_of("thu")
    page = thu.get("/manage/hand-ins").text
    assert 'href="/hand-ins/450"' in page and 'href="/hand-ins/150"' not in page
    assert "1–300 trên 450" in page and 'href="/manage/hand-ins?start=300"' in page and "Mới hơn" not in page
    page = thu.get("/manage/hand-ins?start=300").text
    assert 'href="/hand-ins/150"' in page and 'href="/hand-ins/1"' in page and 'href="/hand-ins/151"' not in page
    assert "301–450 trên 450" in page and 'href="/manage/hand-ins"' in page and "Cũ hơn" not in page


@pytest.mark.parametrize("start", ["-5", "x", "450", "9" * 30])
def test_an_address_beyond_the_list_shows_a_page_of_it(full: Kit, client_of: ClientOf, start: str) -> None:
    page = client_of("thu").get(f"/manage/hand-ins?start={start}")
    assert page.status_code == 200 and "trên 450" in page.text


def test_giving_an_old_hand_in_leads_back_to_where_it_stands(
    full: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    thu = client_of("thu")
    given = thu.post("/manage/hand-ins/1/peers", data={"peer": str(people["minh"].id), "start": "300"})
    assert given.location == "/manage/hand-ins?start=300"
    assert "Minh" in thu.get(given.location).text.split('href="/hand-ins/1"')[1]


def test_every_hand_in_is_dealt_out(full: Kit, people: dict[str, User]) -> None:
    assert rubric.deal(full, people["thu"]) == 450
    assert rubric.deal(full, people["thu"]) == 0
    with full.db.read() as connection:
        rows = connection.execute(select(hand_ins.c.user_id, peers.c.user_id).join(peers)).all()
    assert len(rows) == 450 and all(author != peer for author, peer in rows)


def test_older_attempts_are_shown_too(kit: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    hand_in(kit, [people["lan"]], 620)
    thu = client_of("thu")
    page = thu.get(f"/manage/attempts?exercise={ONE}").text
    assert "1–500 trên 620" in page and f'href="/manage/attempts?start=500&amp;exercise={ONE}"' in page
    page = thu.get(f"/manage/attempts?exercise={ONE}&start=500").text
    assert "501–620 trên 620" in page and 'href="/attempts/1"' in page and 'href="/attempts/121"' not in page
    assert f'href="/manage/attempts?exercise={ONE}"' in page
    assert practice.of_learners(kit, people["thu"], "bai-khac").total == 0


def test_a_short_list_has_no_pages(kit: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    hand_in(kit, [people["lan"]], 3)
    for path in ("/manage/hand-ins", "/manage/attempts"):
        assert "Cũ hơn" not in client_of("thu").get(path).text
