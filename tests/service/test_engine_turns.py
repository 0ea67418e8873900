"""The queue is bounded and fair, and everyone sees their place."""

from __future__ import annotations

import pytest

from service.engines.turns import Turn, Turns
from service.errors import EngineBroken, EngineBusy
from service.records import Finish, Lane, Options


def turn(owner: str = "", lane: Lane = Lane.PEOPLE) -> Turn:
    return Turn([1, 2, 3], Options(owner=owner, lane=lane))


def joined(turns: Turns, *owners: str, lane: Lane = Lane.PEOPLE) -> list[Turn]:
    made = [turn(owner, lane) for owner in owners]
    for one in made:
        turns.join(one)
    return made


def started(turns: Turns) -> Turn:
    head = turns.head()
    assert head is not None
    assert turns.start(head)
    return head


def test_first_come_first_served() -> None:
    turns = Turns(seats=2, limit=10)
    an, binh = joined(turns, "an", "binh")
    assert [started(turns), started(turns)] == [an, binh]
    assert turns.head() is None


def test_the_line_tells_whose_turns_wait_and_for_how_long() -> None:
    turns = Turns(seats=1, limit=10, average=10.0)
    assert turns.line() == turns.served() == ()
    joined(turns, "an", "binh", "cuc")
    joined(turns, "in the background", lane=Lane.BACKGROUND)
    assert turns.line() == (("an", 0.0), ("binh", 10.0), ("cuc", 20.0))
    started(turns)
    assert turns.line() == (("binh", 10.0), ("cuc", 20.0))
    assert turns.served() == ("an",)


def test_whoever_is_let_go_first_goes_first_and_the_others_keep_their_order() -> None:
    turns = Turns(seats=1, limit=10)
    joined(turns, "in the background", lane=Lane.BACKGROUND)
    joined(turns, "an", "binh", "cuc", "")
    assert turns.advance("cuc")
    assert [owner for owner, _ in turns.line()] == ["cuc", "an", "binh", ""]
    assert not turns.advance("dao") and not turns.advance("in the background") and not turns.advance("")
    first = started(turns)
    assert first.options.owner == "cuc"
    assert not turns.advance("cuc"), "it waits no longer"
    turns.end(first, complete=True)
    assert started(turns).options.owner == "an"


def test_a_person_has_one_running_turn() -> None:
    turns = Turns(seats=4, limit=10)
    first = joined(turns, "an")[0]
    started(turns)
    second, other = joined(turns, "an", "binh")
    assert started(turns) is other
    assert turns.head() is None
    turns.end(first, complete=True)
    assert turns.head() is second


def test_a_newer_turn_takes_the_place_of_the_waiting_one() -> None:
    turns = Turns(seats=1, limit=2)
    old, binh = joined(turns, "an", "binh")
    new = joined(turns, "an")[0]
    assert turns.count() == 2
    assert (turns.ahead(new)[0], turns.ahead(binh)[0]) == (0, 1)
    told = [old.events.get_nowait() for _ in range(old.events.qsize())]
    assert isinstance(told[-1], Finish)
    assert told[-1].reason == "cancelled"


def test_whoever_was_just_served_waits_behind_the_others() -> None:
    turns = Turns(seats=1, limit=10)
    first = joined(turns, "an")[0]
    started(turns)
    second, binh = joined(turns, "an", "binh")
    turns.end(first, complete=True)
    assert started(turns) is binh
    turns.end(binh, complete=True)
    assert started(turns) is second


def test_turns_without_an_owner_do_not_replace_each_other() -> None:
    turns = Turns(seats=2, limit=10)
    one, other = joined(turns, "", "")
    assert [started(turns), started(turns)] == [one, other]


def test_people_come_before_background_work_which_is_not_starved() -> None:
    turns = Turns(seats=1, limit=50)
    background = joined(turns, "báo cáo", lane=Lane.BACKGROUND)[0]
    joined(turns, *(f"người {n}" for n in range(12)))
    served = []
    for _ in range(13):
        served.append(started(turns))
        turns.end(served[-1], complete=True)
    assert served.index(background) == 8


def test_background_work_leaves_half_of_the_seats() -> None:
    turns = Turns(seats=4, limit=50)
    joined(turns, "a", "b", "c", lane=Lane.BACKGROUND)
    started(turns)
    started(turns)
    assert turns.head() is None
    person = joined(turns, "an")[0]
    assert turns.head() is person


def test_a_full_queue_says_so() -> None:
    turns = Turns(seats=1, limit=2)
    joined(turns, "an", "binh")
    with pytest.raises(EngineBusy) as caught:
        joined(turns, "chi")
    assert caught.value.facts == {"limit": 2}
    joined(turns, "an")  # replaces its own


def test_place_and_wait_follow_the_line() -> None:
    turns = Turns(seats=2, limit=10, average=8.0)
    an, binh, chi, dung = joined(turns, "an", "binh", "chi", "dung")
    assert [turns.ahead(one) for one in (an, binh, chi, dung)] == [(0, 0.0), (1, 0.0), (2, 4.0), (3, 8.0)]
    started(turns)
    started(turns)
    an.expected = 0.5
    assert [turns.ahead(one) for one in (an, chi, dung)] == [(0, 0.5), (0, 4.0), (1, 8.0)]


def test_everyone_who_waits_is_told_when_the_line_moves() -> None:
    turns = Turns(seats=1, limit=10)
    an, binh = joined(turns, "an", "binh")
    assert binh.events.empty()
    turns.leave(an)
    assert binh.events.get_nowait() is None
    assert turns.ahead(binh)[0] == 0
    assert turns.head() is binh


def test_the_expected_wait_follows_what_answers_really_take() -> None:
    turns = Turns(seats=1, limit=10, average=100.0)
    for _ in range(30):
        one = joined(turns, "an")[0]
        started(turns)
        turns.end(one, complete=True)
    assert turns.average < 1.0


def test_a_turn_that_left_in_the_last_moment_is_not_started() -> None:
    turns = Turns(seats=1, limit=10)
    an = joined(turns, "an")[0]
    assert turns.head() is an
    turns.leave(an)
    assert not turns.start(an)
    assert an.closed


def test_closing_tells_everyone_and_lets_nobody_in() -> None:
    turns = Turns(seats=1, limit=10)
    an, report = joined(turns, "an")[0], joined(turns, "báo cáo", lane=Lane.BACKGROUND)[0]
    turns.close()
    assert isinstance(an.events.get_nowait(), EngineBroken)
    assert isinstance(report.events.get_nowait(), EngineBroken)
    with pytest.raises(EngineBroken):
        joined(turns, "binh")
