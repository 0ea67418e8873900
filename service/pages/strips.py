"""What «Hôm nay» and the desks show of the class one sits in; nothing for whoever sits in none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from service import classes, seats
from service.classes import live, voting
from service.kit import Kit
from service.pages import marking
from service.prompts import WORKED_BY_HAND
from service.records import ClassBallot, ClassVote, Contestant, Pin, User


def strip(kit: Kit, user: User, here: str = "", *, by_hand: bool = False) -> dict[str, Any]:
    """The seat, the exercise at hand, the wall and what the class votes on.

    ``here`` is the exercise of the desk, which may be that of work ``by_hand``; empty on the first page.
    """
    sitting = seats.mine(kit, user)
    if sitting is None:
        return {"sitting": None, "here": here, "by_hand": by_hand}
    exercise, ballot = live.at_hand(kit, sitting.lesson), voting.ballot(kit, user)
    pins, notes = beside(classes.wall(kit, sitting.lesson), ballot.vote if ballot else None)
    return {
        "sitting": sitting,
        "here": here,
        "by_hand": by_hand or (not here and exercise is not None and exercise.kind in WORKED_BY_HAND),
        "of_class": exercise if exercise is not None and exercise.state == "visible" else None,
        "ballot": ballot,
        "sides": sides(ballot) if ballot is not None and not ballot.vote.open else (),
        "notes": notes,
        "wall": [(one, marking.mark(one.text)) for one in pins],
    }


def beside(pins: Sequence[Pin], vote: ClassVote | None) -> tuple[Sequence[Pin], Mapping[int, str]]:
    """What is pinned beside a vote, and the trainer's words on its answers, by attempt; neither while it is open."""
    if vote is None:
        return pins, {}
    if vote.open:
        return (), {}
    there = {one.attempt_id for one in vote.answers}
    told = {one.attempt_id: one.note for one in pins if one.attempt_id in there}
    return [one for one in pins if one.attempt_id not in there], told


def sides(ballot: ClassBallot) -> list[tuple[Contestant, Markup]]:
    """The answers of a vote in the person's order, each as it is read."""
    return [(one, marking.mark(one.answer)) for one in ballot.answers]
