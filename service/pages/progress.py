"""The progress page: what is done and passed in each module, and what was learnt; a trainer reads a learner's."""

from __future__ import annotations

from flask import Blueprint, render_template

from service import certificates, progress
from service.kit import Kit
from service.pages import guards
from service.pages.home import TASKS
from service.records import User

pages = Blueprint("progress", __name__, url_prefix="/progress")

TOLD = 4
"""So many mended findings of an exercise are named; the rest are counted."""


@pages.get("")
def mine() -> str:
    user, kit = guards.signed_in(), guards.kit()
    return _page(kit, user, user)


@pages.get("/<int:person_id>")
def of_learner(person_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    return _page(kit, user, progress.person(kit, user, person_id))


def _page(kit: Kit, reader: User, person: User) -> str:
    stages = progress.course(kit, person, learnt=True)
    return render_template(
        "progress/course.html",
        stages=stages,
        person=person,
        own=person.id == reader.id,
        held={one.module: one for one in certificates.of(kit, person)},
        all_finished=all(stage.finished for stage in stages),
        tasks=TASKS,
        told=TOLD,
    )
