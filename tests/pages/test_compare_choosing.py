"""Choosing what is compared: narrowed to a person, part by part, and what is ticked comes along."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service.compare import choosing
from service.kit import Kit
from service.records import User
from tests.service.test_compare_choosing import ONE, attempt

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def ids(seeded: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Minh's two answers, then Lan's four; three are shown at a time."""
    monkeypatch.setattr(choosing, "LISTED", 3)
    return [
        attempt(seeded, people[name], n) for name, n in [("minh", 1), ("minh", 2), *(("lan", n) for n in range(1, 5))]
    ]


def offered(page: str) -> list[str]:
    return re.findall(r'name="attempt" value="(\d+)"', page)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="attempt" value="(\d+)" checked', page)


def test_an_evaluator_sees_no_name_and_a_trainer_does(client_of: ClientOf, ids: list[int]) -> None:
    page = client_of("dung").get(f"/votes/new?exercise={ONE}").text
    assert "Học viên 2, lần 4" in page and '<option value="1">Học viên 1</option>' in page
    assert "Lan" not in page and "Minh" not in page
    page = client_of("thu").get(f"/votes/new?exercise={ONE}").text
    assert "Lan, lần 4" in page and '<option value="2">Lan (lan)</option>' in page


def test_the_oldest_answer_can_be_reached(client_of: ClientOf, ids: list[int]) -> None:
    page = client_of("dung").get(f"/votes/new?exercise={ONE}").text
    assert "1–3 trên 6" in page and offered(page) == [str(one) for one in ids[:2:-1]] and "Mới hơn" not in page
    assert 'name="start" value="3" formaction="/votes/new"' in page
    page = client_of("dung").get(f"/votes/new?exercise={ONE}&start=3").text
    assert "4–6 trên 6" in page and offered(page) == [str(one) for one in ids[2::-1]] and "Cũ hơn" not in page


def test_ticks_and_the_title_come_along(client_of: ClientOf, ids: list[int]) -> None:
    client = client_of("dung")
    form = {"exercise": ONE, "person": "1", "title": "So <hai>", "attempt": [str(ids[5])]}
    answer = client.post("/votes/new", data=form)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert offered(page) == [str(ids[n]) for n in (5, 1, 0)], "above the list stands what was chosen elsewhere"
    assert ticked(page) == [str(ids[5])] and "Đã chọn" in page
    assert 'value="So &lt;hai&gt;"' in page and '<option value="1" selected>' in page
    form |= {"attempt": [str(ids[5]), str(ids[1])], "start": "0", "person": ""}
    page = client.get(client.post("/votes/new", data=form).location).text
    assert ticked(page) == [str(ids[1]), str(ids[5])]
    made = client.post("/votes", data=form)
    assert made.status_code == 302 and "So &lt;hai&gt;" in client.get(made.location).text


def test_enter_in_the_title_opens_the_comparison(client_of: ClientOf, ids: list[int]) -> None:
    """A form's first button is the one that Enter presses; it must not be one of those that only narrow."""
    page = client_of("dung").get(f"/votes/new?exercise={ONE}").text
    form = page[page.index('action="/votes"') :]
    assert "formaction" not in re.findall(r"<button[^>]*>", form)[0]


def test_ticks_of_another_exercise_are_dropped(client_of: ClientOf, ids: list[int]) -> None:
    page = client_of("dung").get(f"/votes/new?exercise=soan-cong-van-don-doc&attempt={ids[0]}&start=x&person=y").text
    assert "Bài này chưa có kết quả nào để so." in page and offered(page) == []


def test_learners_are_kept_out(client_of: ClientOf) -> None:
    assert client_of("lan").post("/votes/new", data={"exercise": ONE}).status_code == 403
