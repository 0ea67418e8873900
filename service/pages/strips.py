"""What «Hôm nay» and the desks show of the class one sits in; nothing for whoever sits in none."""

from __future__ import annotations

from typing import Any

from service import classes, seats
from service.classes import live
from service.kit import Kit
from service.pages import marking
from service.records import User


def strip(kit: Kit, user: User, here: str = "") -> dict[str, Any]:
    """The seat, the exercise at hand and the wall; ``here`` is the exercise of the desk, empty on the first page."""
    sitting = seats.mine(kit, user)
    if sitting is None:
        return {"sitting": None, "here": here}
    exercise = live.at_hand(kit, sitting.lesson)
    return {
        "sitting": sitting,
        "here": here,
        "of_class": exercise if exercise is not None and exercise.state == "visible" else None,
        "wall": [(one, marking.mark(one.text)) for one in classes.wall(kit, sitting.lesson)],
    }
