"""What is being done on an exercise before it is an attempt: the prompt being written, and the work by hand.

Both lie in one row, the draft, which becomes the attempt: its prompt, or its work on one input.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, insert, select, update

from service.checks.privacy import masked, secrecy_mark
from service.errors import Secret
from service.kit import Kit
from service.practice import rows
from service.prompts import BY_HAND_TOO
from service.records import Attempt, AttemptState, Exercise, User
from service.store.tables import attempts
from service.text import nfc

INPUTS = "inputs"
"""Under this key a draft keeps the work by hand of each input."""


def accepted(prompt: str) -> str:
    """A prompt as it may be kept. Raises ``Secret`` for one with a state-secrecy mark."""
    prompt = nfc(prompt).replace("\r\n", "\n")
    if mark := secrecy_mark(prompt):
        raise Secret(mark=mark.mark, where="trong câu lệnh")
    return prompt


def keep(kit: Kit, user: User, exercise: Exercise, prompt: str, known: str = "") -> Attempt:
    """Save the prompt as it is being written, personal data behind masks: the words stay in the person's browser.

    ``known`` as in ``masks_given``. A state-secrecy mark is refused and not stored.
    """
    given = masks_given(kit, user, exercise, known)
    return keep_draft(kit, user, exercise, prompt=masked(accepted(prompt), given))


def masks_given(kit: Kit, user: User, exercise: Exercise, known: str = "") -> str:
    """A text with the masks that hide some data of the person already: the earlier prompts, whatever machine they were
    written on, and ``known``, the masks of the browser that asks."""
    earlier = select(attempts.c.prompt).where(*rows.mine(user, exercise.id), attempts.c.number.is_not(None))
    with kit.db.read() as connection:
        return "\n".join([known, *connection.execute(earlier).scalars()])


def prompt_in_hand(kit: Kit, user: User, exercise: Exercise) -> str:
    """What the editor shows: the prompt being written, else that of the last attempt, else the starter prompt."""
    newest = select(attempts.c.prompt).where(*rows.mine(user, exercise.id)).order_by(attempts.c.id.desc())
    if exercise.kind in BY_HAND_TOO:
        newest = newest.where(attempts.c.prompt != "")  # work by hand leaves no prompt
    with kit.db.read() as connection:
        row = connection.execute(newest.where(attempts.c.state == AttemptState.DRAFT)).first()
        row = row or connection.execute(newest.limit(1)).first()
    if row is not None:
        return str(row.prompt)
    return next((starter.raw for starter in exercise.prompts if starter.label == "starter"), "")


def keep_draft(kit: Kit, user: User, exercise: Exercise, **values: Any) -> Attempt:
    """Save columns of what is being done: ``prompt``, or ``work`` by hand on an ``input``, which lies beside what is in
    hand on the other inputs."""
    mine = rows.draft(user, exercise.id)
    with kit.db.write() as connection:
        row = connection.execute(
            select(attempts).where(*mine).with_for_update()
        ).first()  # another tab may keep as well
        if "work" in values:
            values["work"] = _by_input({**_works(row), values["input"]: values["work"]})
        if row is None:
            connection.execute(insert(attempts).values(rows.fresh(user, exercise) | values))
        else:
            connection.execute(update(attempts).where(*mine).values(**values))
        return rows.read(connection.execute(select(attempts).where(*mine)).one())


def works_in_hand(kit: Kit, user: User, exercise: Exercise) -> Mapping[str, Mapping[str, Any]]:
    """The work being done by hand, by input; empty where nothing was begun."""
    with kit.db.read() as connection:
        return _works(connection.execute(select(attempts).where(*rows.draft(user, exercise.id))).first())


def unused(draft: Row[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What stays in hand of a draft that has become an attempt with these ``values``, as columns; empty when nothing
    does. Work by hand leaves the prompt, and each of the two the work on other inputs."""
    works, prompt = _works(draft), ""
    if values.get("work"):
        works.pop(values["input"], None)
        prompt = draft.prompt
    return {"prompt": prompt, "work": _by_input(works), "input": draft.input} if prompt or works else {}


def _works(draft: Row[Any] | None) -> dict[str, Any]:
    """The work by hand of a draft, by input; the drafts of earlier versions hold that on one, as an attempt does."""
    if draft is None or not draft.work:
        return {}
    return dict(draft.work[INPUTS]) if INPUTS in draft.work else {draft.input: draft.work}


def _by_input(works: Mapping[str, Any]) -> dict[str, Any]:
    return {INPUTS: works} if works else {}
