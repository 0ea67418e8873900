"""Practice: a person's prompt on an exercise, run, answered, kept and compared.

An attempt goes draft → queued → running → done | stopped | interrupted | failed. ``begin`` creates it; ``answer`` is
the only function that runs it, and only for whoever claims it first: everyone else gets the saved text replayed, or
followed while it grows. So a reload never generates twice, and what was written is kept whatever happens.

    editor      what is being done before it is an attempt: the prompt being written, the work by hand
    brief       what the model is given: the passages that fit, the frame, how it answers
    comparison  two attempts side by side, the runs of one prompt together
    reveal      what opens with one's own attempts
    rows        how an attempt is kept
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from service import answering, audit, exercises, jobs, repeats, seats
from service.checks.privacy import find_personal
from service.engines.base import Event
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.practice import brief, editor, rows
from service.prompts import WORKED_BY_HAND
from service.records import Attempt, AttemptState, Exercise, Failed, Options, Role, Sources, Stretch, User
from service.store.db import now
from service.store.stretches import stretch
from service.store.tables import attempts, users
from service.text import count_syllables

LISTED = 500
"""So many attempts of learners are shown at a time."""

# ── beginning ───────────────────────────────────────────────────────────────────────────────────


def begin(
    kit: Kit,
    user: User,
    exercise: Exercise,
    prompt: str,
    parent_id: int | None = None,
    given: str = "",
    *,
    in_hand: bool = True,
    as_it_is: bool = True,
) -> Attempt:
    """Queue the prompt as the next attempt, on the input ``given``.

    A prompt that has been answered before is a repeat: it runs with another seed (``repeats``). ``in_hand``: it is the
    one in the editor, so what was kept there becomes the attempt. Not ``as_it_is``: personal data may not stand in it.
    Raises Secret, BadInput (done by hand, empty, too long, personal data, no attempts left, the class is paused).
    """
    if exercise.kind in WORKED_BY_HAND:
        raise BadInput("Bài này làm bằng tay, không có câu lệnh để chạy. Anh/chị mở bài rồi làm ngay trên trang.")
    prompt = editor.accepted(prompt)
    if not prompt.strip():
        raise BadInput("Câu lệnh còn trống. Anh/chị viết việc cần máy làm rồi chạy.")
    if (length := count_syllables(prompt)) > kit.settings.prompt_syllables:
        raise BadInput(
            "Câu lệnh dài %(length)s tiếng, mức nhận là %(limit)s tiếng. Anh/chị rút ngắn rồi chạy lại.",
            length=length,
            limit=kit.settings.prompt_syllables,
        )
    if not as_it_is and find_personal(prompt):
        raise BadInput(
            "Câu lệnh còn chi tiết có thể là dữ liệu cá nhân. Anh/chị che các chi tiết ấy rồi chạy, hoặc chọn chạy "
            "nguyên văn nếu đó không phải dữ liệu cá nhân."
        )
    seats.refuse_paused(kit, user)
    values: dict[str, Any] = {"prompt": prompt, "input": exercise.input(given).id}
    if options := _of_a_repeat(kit, user, exercise, prompt, values["input"]):
        values["options"] = asdict(options)
    return number(kit, user, exercise, parent_id, in_hand=in_hand, **values)


def run_again(kit: Kit, user: User, attempt_id: int) -> Attempt:
    """Queue the prompt of an attempt once more, unchanged, on the same input; the editor keeps its text."""
    before = get(kit, user, attempt_id, write=True)
    exercise = exercises.get(kit, user, before.exercise_id)
    return begin(kit, user, exercise, before.prompt, before.id, before.input, in_hand=False)


def number(
    kit: Kit, user: User, exercise: Exercise, parent_id: int | None = None, *, in_hand: bool = True, **values: Any
) -> Attempt:
    """Make what is being done the next attempt, with these values, or put one beside it (not ``in_hand``).

    A draft may hold a prompt and work by hand on each input: what is not used stays one. Without ``parent_id`` the
    parent is the last attempt. Raises BadInput when no attempts are left, NotFound for a parent that is none of them.
    """
    mine = rows.mine(user, exercise.id)
    with kit.db.write() as connection:
        last = connection.execute(select(func.max(attempts.c.number)).where(*mine)).scalar() or 0
        _refuse_too_many(connection, user, exercise)
        if parent_id is None:
            newest = select(func.max(attempts.c.id)).where(*mine, attempts.c.number == last)
            parent_id = connection.execute(newest).scalar()
        elif connection.execute(select(attempts.c.id).where(*mine, attempts.c.id == parent_id)).first() is None:
            raise NotFound()
        queued = {"state": AttemptState.QUEUED, "number": last + 1, "parent_id": parent_id}
        values = rows.fresh(user, exercise) | queued | values
        draft = connection.execute(select(attempts).where(*rows.draft(user, exercise.id))).first() if in_hand else None
        if draft is None:
            attempt_id = connection.execute(insert(attempts).values(values).returning(attempts.c.id)).scalar_one()
        else:
            attempt_id = draft.id
            connection.execute(update(attempts).where(attempts.c.id == attempt_id).values({"work": {}} | values))
            if left := editor.unused(draft, values):
                connection.execute(insert(attempts).values(rows.fresh(user, exercise) | left))
        return rows.read(connection.execute(select(attempts).where(attempts.c.id == attempt_id)).one())


def _refuse_too_many(connection: Connection, user: User, exercise: Exercise) -> None:
    """Raises BadInput when the person has made all attempts that the exercise allows."""
    counted = select(func.count(attempts.c.number)).where(*rows.mine(user, exercise.id), *rows.counted())
    if 0 < exercise.max_attempts <= (connection.execute(counted).scalar() or 0):
        raise BadInput(
            "Bài này cho làm %(limit)s lần và anh/chị đã làm đủ. Phần đang làm vẫn được giữ; muốn làm "
            "thêm, xin nhờ giảng viên.",
            limit=exercise.max_attempts,
        )


def _of_a_repeat(kit: Kit, user: User, exercise: Exercise, prompt: str, given: str) -> Options | None:
    """The options of a prompt that has been answered before; None for a new one."""
    past = history(kit, user, exercise.id)
    same = [one for one in past if (one.prompt, one.input, one.exercise_hash) == (prompt, given, exercise.hash)]
    if not any(one.state in repeats.ENDED for one in same):
        return None
    seed = max(one.options.seed for one in same) + 1
    usual = brief.usual_options(exercise, user.id)
    return replace(usual, seed=seed, temperature=max(usual.temperature, repeats.TEMPERATURE))


# ── running it ──────────────────────────────────────────────────────────────────────────────────


def answer(kit: Kit, attempt_id: int) -> Iterator[Sources | Event | Failed]:
    """Run a queued attempt, or replay it, or follow it while another connection runs it.

    1. Claim the attempt by an UPDATE that must change one row; whoever loses replays or follows.
    2. Choose the passages that fit into the model's context → ``Sources``.
    3. Fill the frame: the shared text first, the person's words last, so that the engine can share what is read.
    4. Relay the engine's events; save the text as it grows; look at the stop button.
    5. Whatever happens, settle the attempt in one short transaction, with the job "feedback" when there is an answer.
    """
    attempt = load(kit, attempt_id)
    if not answering.change(kit, attempts, attempt_id, AttemptState.QUEUED, state=AttemptState.RUNNING):
        yield from answering.follow(kit, attempts, attempt_id, lambda: load(kit, attempt_id))
        return

    with answering.settled("attempt", attempt_id, lambda it: _settle(kit, attempt_id, it.kept, it.end)) as writing:
        yield from answering.loading(kit, attempts, attempt_id)
        exercise = exercises.for_attempt(kit, attempt)
        options = brief.begun(kit, exercise, attempt.prompt, brief.options_of(kit, exercise, attempt))
        sources, messages = brief.prepare(kit, exercise, attempt.prompt, options, attempt.input)
        yield from answering.by_model(kit, attempts, attempt_id, sources, messages, options, writing)
    yield writing.failed or answering.finish(load(kit, attempt_id))


def stop(kit: Kit, user: User, attempt_id: int) -> None:
    """The stop button: a running answer ends within a moment and keeps what is written; a waiting one never starts."""
    get(kit, user, attempt_id, write=True)
    answering.ask_to_stop(kit, attempts, attempt_id)


def watched(kit: Kit, attempt_id: int) -> bool:
    """True while some page has looked at the growing answer within the last seconds."""
    return answering.watched(kit, attempts, attempt_id)


def seen(kit: Kit, attempt_id: int) -> None:
    """Note that a page is looking at the answer."""
    answering.seen(kit, attempts, attempt_id)


def recover(kit: Kit) -> int:
    """At start: attempts a killed process left running become interrupted, their text kept. Returns how many."""
    return answering.recover(kit, attempts)


def _settle(kit: Kit, attempt_id: int, text: str, end: Mapping[str, Any]) -> None:
    with kit.db.write() as connection:
        running = update(attempts).where(attempts.c.id == attempt_id, attempts.c.state == AttemptState.RUNNING)
        settled = connection.execute(running.values(answer=text, finished_at=now(), **end))
        if settled.rowcount == 1 and text and end["state"] in (AttemptState.DONE, AttemptState.STOPPED):
            jobs.add(connection, "feedback", attempt_id=attempt_id)


# ── looking back ────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, attempt_id: int, *, write: bool = False) -> Attempt:
    """One attempt, for its owner; trainers and evaluators may read it, which is noted. Raises NotFound."""
    attempt = load(kit, attempt_id)
    if attempt.user_id == user.id:
        return attempt
    if write or not user.is_any(Role.TRAINER, Role.EVALUATOR):
        raise NotFound()
    audit.note(kit, user, "attempt.read", str(attempt_id))
    return attempt


def load(kit: Kit, attempt_id: int) -> Attempt:
    """One attempt by its number, for code that has already authorised. Raises NotFound."""
    with kit.db.read() as connection:
        row = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if row is None:
        raise NotFound()
    return rows.read(row)


def history(kit: Kit, user: User, exercise_id: str) -> tuple[Attempt, ...]:
    """The person's attempts at an exercise, oldest first, without the prompt being written."""
    numbered = attempts.c.number.is_not(None)
    found = select(attempts).where(*rows.mine(user, exercise_id), numbered).order_by(attempts.c.number)
    with kit.db.read() as connection:
        return tuple(map(rows.read, connection.execute(found)))


def unfinished(kit: Kit, user: User) -> tuple[Attempt, ...]:
    """The newest attempt (or prompt being written) of each exercise the person has touched, newest first."""
    newest = select(func.max(attempts.c.id)).where(attempts.c.user_id == user.id).group_by(attempts.c.exercise_id)
    found = select(attempts).where(attempts.c.id.in_(newest)).order_by(attempts.c.id.desc())
    with kit.db.read() as connection:
        return tuple(map(rows.read, connection.execute(found)))


def of_learners(kit: Kit, user: User, exercise_id: str | None = None, start: int = 0) -> Stretch[tuple[Attempt, User]]:
    """For trainers and evaluators: everybody's attempts, newest first, 500 from ``start`` on. Raises NotAllowed."""
    if not user.is_any(Role.TRAINER, Role.EVALUATOR):
        raise NotAllowed()
    person = [users.c[name].label(f"person_{name}") for name in ("name", "display_name", "role", "active")]
    found = select(attempts, *person).join(users, users.c.id == attempts.c.user_id)
    found = found.where(attempts.c.number.is_not(None)).order_by(attempts.c.id.desc())
    if exercise_id:
        found = found.where(attempts.c.exercise_id == exercise_id)
    with kit.db.read() as connection:
        shown = stretch(connection, found, start, LISTED)
    return shown.map(lambda row: (rows.read(row), _learner(row)))


def _learner(row: Row[Any]) -> User:
    return User(row.user_id, row.person_name, row.person_display_name, Role(row.person_role), row.person_active)
