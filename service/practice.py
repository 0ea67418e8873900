"""Practice: a person's prompt on an exercise, run, answered, kept and compared.

An attempt goes draft → queued → running → done | stopped | interrupted | failed. ``begin`` creates it; ``answer`` is
the only function that runs it, and only for whoever claims it first: everyone else gets the saved text replayed, or
followed while it grows. So a reload never generates twice, and what was written is kept whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, update

from service import accounts, answering, exercises, feedback, jobs, repeats
from service.checks.privacy import find_personal, masked, secrecy_mark
from service.differences import diff_syllables
from service.engines.base import Event
from service.errors import BadInput, NotAllowed, NotFound, Secret
from service.kit import Kit
from service.nd30 import request
from service.prompts import BY_HAND_TOO, fill
from service.records import (
    Attempt,
    AttemptState,
    CheckResult,
    Exercise,
    Failed,
    Lane,
    Message,
    Options,
    Passage,
    Role,
    Sources,
    User,
)
from service.repeats import CheckCount, CheckKey, Repeats
from service.store.db import now
from service.store.tables import attempts, users
from service.text import count_syllables, nfc

INPUTS = "inputs"
"""Under this key a draft keeps the work by hand of each input."""
OWN_TEXT = 0
"""The document of a passage that is the text of an input: it lies on no shelf."""
PASSAGES = 24
"""At most this many passages are offered to the model; its context usually ends the list sooner."""

LONGEST_OPENING = 16
"""Tokens kept free for the words with which the program begins an answer (``begun``)."""


Together = tuple[Repeats[Attempt], dict[CheckKey, CheckCount]]
"""The runs of one prompt, and in how many of them each check was met."""


@dataclass(frozen=True)
class Flip:
    """A check of two attempts whose verdict differs; None where an attempt was not checked by it."""

    label: str
    before: CheckResult | None
    after: CheckResult | None


@dataclass(frozen=True)
class AttemptComparison:
    """Two attempts side by side; runs are (op, text) with op "=", "+" or "-", by syllable."""

    before: Attempt
    after: Attempt
    prompt_runs: tuple[tuple[str, str], ...]
    answer_runs: tuple[tuple[str, str], ...]
    added: int
    removed: int
    flips: tuple[Flip, ...]
    unchanged: int


# ── writing the prompt ──────────────────────────────────────────────────────────────────────────


def keep(kit: Kit, user: User, exercise: Exercise, prompt: str, known: str = "") -> Attempt:
    """Save the prompt as it is being written, personal data behind masks: the words stay in the person's browser.

    ``known`` as in ``masks_given``. A state-secrecy mark is refused and not stored.
    """
    given = masks_given(kit, user, exercise, known)
    return keep_draft(kit, user, exercise, prompt=masked(_accepted(kit, prompt), given))


def masks_given(kit: Kit, user: User, exercise: Exercise, known: str = "") -> str:
    """A text with the masks that hide some data of the person already: the earlier prompts, whatever machine they were
    written on, and ``known``, the masks of the browser that asks."""
    earlier = select(attempts.c.prompt).where(*_of(user, exercise.id), attempts.c.number.is_not(None))
    with kit.db.read() as connection:
        return "\n".join([known, *connection.execute(earlier).scalars()])


def keep_draft(kit: Kit, user: User, exercise: Exercise, **values: Any) -> Attempt:
    """Save what is being done on an exercise, before it is an attempt with a number.

    ``work`` by hand on an ``input`` lies beside what is in hand on the other inputs.
    """
    mine = and_(*_of(user, exercise.id), attempts.c.state == AttemptState.DRAFT)
    with kit.db.write() as connection:
        row = connection.execute(select(attempts).where(mine).with_for_update()).first()  # another tab may keep as well
        if "work" in values:
            values["work"] = _by_input({**_works(row), values["input"]: values["work"]})
        if row is None:
            connection.execute(insert(attempts).values(_new(user, exercise, "", AttemptState.DRAFT) | values))
        else:
            connection.execute(update(attempts).where(mine).values(**values))
        return _attempt(connection.execute(select(attempts).where(mine)).one())


def works_in_hand(kit: Kit, user: User, exercise: Exercise) -> Mapping[str, Mapping[str, Any]]:
    """The work being done by hand, by input; empty where nothing was begun."""
    mine = and_(*_of(user, exercise.id), attempts.c.state == AttemptState.DRAFT)
    with kit.db.read() as connection:
        return _works(connection.execute(select(attempts).where(mine)).first())


def prompt_in_hand(kit: Kit, user: User, exercise: Exercise) -> str:
    """What the editor shows: the prompt being written, else that of the last attempt, else the starter prompt."""
    newest = select(attempts.c.prompt).where(*_of(user, exercise.id)).order_by(attempts.c.id.desc())
    if exercise.kind in BY_HAND_TOO:
        newest = newest.where(attempts.c.prompt != "")  # work by hand leaves no prompt
    with kit.db.read() as connection:
        row = connection.execute(newest.where(attempts.c.state == AttemptState.DRAFT)).first()
        row = row or connection.execute(newest.limit(1)).first()
    if row is not None:
        return str(row.prompt)
    return next((starter.raw for starter in exercise.prompts if starter.label == "starter"), "")


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
    Raises Secret, BadInput (empty, too long, personal data, no attempts left).
    """
    prompt = _accepted(kit, prompt)
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
    values: dict[str, Any] = {"prompt": prompt, "state": AttemptState.QUEUED, "input": exercise.input(given).id}
    if options := _of_a_repeat(kit, user, exercise, prompt, exercise.input(given).id):
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

    A draft may hold a prompt and work by hand on each input: what is not used stays one. Raises BadInput when no
    attempts are left.
    """
    mine = _of(user, exercise.id)
    with kit.db.write() as connection:
        last = connection.execute(select(func.max(attempts.c.number)).where(*mine)).scalar() or 0
        counted = (
            select(func.count())
            .where(*mine, attempts.c.number.is_not(None), attempts.c.state != AttemptState.FAILED)
            .select_from(attempts)
        )
        if 0 < exercise.max_attempts <= (connection.execute(counted).scalar() or 0):
            raise BadInput(
                "Bài này cho làm %(limit)s lần và anh/chị đã làm đủ. Phần đang làm vẫn được giữ; muốn làm "
                "thêm, xin nhờ giảng viên.",
                limit=exercise.max_attempts,
            )
        if parent_id is None:
            newest = select(func.max(attempts.c.id)).where(*mine, attempts.c.number == last)
            parent_id = connection.execute(newest).scalar()
        elif connection.execute(select(attempts.c.id).where(*mine, attempts.c.id == parent_id)).first() is None:
            raise NotFound()
        values = _new(user, exercise, "", AttemptState.QUEUED) | values | {"number": last + 1, "parent_id": parent_id}
        draft = and_(*mine, attempts.c.state == AttemptState.DRAFT)
        row = connection.execute(select(attempts).where(draft)).first()
        if row is None or not in_hand:
            attempt_id = connection.execute(insert(attempts).values(values).returning(attempts.c.id)).scalar_one()
        else:
            attempt_id = row.id
            connection.execute(update(attempts).where(attempts.c.id == attempt_id).values({"work": {}} | values))
            works = _works(row)
            if values.get("work"):
                works.pop(values["input"], None)
            prompt = row.prompt if values.get("work") else ""
            if prompt or works:
                left = {"work": _by_input(works), "input": row.input}
                connection.execute(insert(attempts).values(_new(user, exercise, prompt, AttemptState.DRAFT) | left))
        return _attempt(connection.execute(select(attempts).where(attempts.c.id == attempt_id)).one())


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
        options = begun(kit, exercise, attempt.prompt, _options(kit, exercise, attempt))
        sources, messages = prepare(kit, exercise, attempt.prompt, options, attempt.input)
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


# ── looking back ────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, attempt_id: int, *, write: bool = False) -> Attempt:
    """One attempt, for its owner; trainers and evaluators may read it, which is noted."""
    attempt = load(kit, attempt_id)
    if attempt.user_id == user.id:
        return attempt
    if write or not user.is_any(Role.TRAINER, Role.EVALUATOR):
        raise NotFound()
    accounts.note(kit, user, "attempt.read", str(attempt_id))
    return attempt


def load(kit: Kit, attempt_id: int) -> Attempt:
    """One attempt by its number, for code that has already authorised."""
    with kit.db.read() as connection:
        row = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if row is None:
        raise NotFound()
    return _attempt(row)


def history(kit: Kit, user: User, exercise_id: str) -> tuple[Attempt, ...]:
    """The person's attempts at an exercise, oldest first, without the prompt being written."""
    found = select(attempts).where(*_of(user, exercise_id), attempts.c.number.is_not(None)).order_by(attempts.c.number)
    with kit.db.read() as connection:
        return tuple(map(_attempt, connection.execute(found)))


def unfinished(kit: Kit, user: User) -> tuple[Attempt, ...]:
    """The newest attempt (or prompt being written) of each exercise the person has touched, newest first."""
    newest = select(func.max(attempts.c.id)).where(attempts.c.user_id == user.id).group_by(attempts.c.exercise_id)
    with kit.db.read() as connection:
        rows = connection.execute(select(attempts).where(attempts.c.id.in_(newest)).order_by(attempts.c.id.desc()))
        return tuple(map(_attempt, rows))


def of_learners(kit: Kit, user: User, exercise_id: str | None = None) -> tuple[tuple[Attempt, User], ...]:
    """For trainers and evaluators: everybody's attempts, newest first, at most 500."""
    if not user.is_any(Role.TRAINER, Role.EVALUATOR):
        raise NotAllowed()
    person = [users.c[name].label(f"person_{name}") for name in ("name", "display_name", "role", "active")]
    found = select(attempts, *person).join(users, users.c.id == attempts.c.user_id)
    found = found.where(attempts.c.number.is_not(None)).order_by(attempts.c.id.desc()).limit(500)
    if exercise_id:
        found = found.where(attempts.c.exercise_id == exercise_id)
    with kit.db.read() as connection:
        rows = connection.execute(found).all()
    return tuple((_attempt(row), _learner(row)) for row in rows)


def compare(kit: Kit, user: User, a_id: int, b_id: int) -> AttemptComparison:
    """Two attempts at the same exercise: the prompts' difference beside the answers', and the checks that flipped."""
    before, after = get(kit, user, a_id), get(kit, user, b_id)
    if before.exercise_id != after.exercise_id or before.user_id != after.user_id:
        raise BadInput("Chỉ so được hai lần làm của cùng một bài.")
    prompt_runs = tuple(diff_syllables(before.prompt, after.prompt))
    first, second = (repeats.keyed(feedback.results(kit, one)) for one in (a_id, b_id))
    flips, unchanged = [], 0
    for key in dict.fromkeys([*first, *second]):
        old, new = first.get(key), second.get(key)
        if (old and old.passed) != (new and new.passed):
            flips.append(Flip((new or old).label, old, new))  # type: ignore[union-attr]  # one of them is there
        else:
            unchanged += 1
    return AttemptComparison(
        before=before,
        after=after,
        prompt_runs=prompt_runs,
        answer_runs=tuple(diff_syllables(before.answer, after.answer)),
        added=sum(count_syllables(text) for op, text in prompt_runs if op == "+"),
        removed=sum(count_syllables(text) for op, text in prompt_runs if op == "-"),
        flips=tuple(flips),
        unchanged=unchanged,
    )


def repeated(kit: Kit, past: Sequence[Attempt], attempt: Attempt) -> Together:
    """The runs of the attempt's prompt among ``past``, and in how many of them each check was met."""
    found = repeats.of(past, attempt)
    return found, repeats.counts([feedback.results(kit, run.id) for run in found.runs])


def made(past: Sequence[Attempt]) -> int:
    """Attempts that count: what broke off never does, and running a prompt again unchanged is no new attempt."""
    ended = (*repeats.ENDED, AttemptState.STOPPED)
    return len({repeats.key(one) for one in past if one.state in ended})


def passed(past: Sequence[Attempt], exercise: Exercise) -> set[str]:
    """The inputs on which some prompt was good enough, by the mean over its runs."""
    enough = 100 * exercise.threshold
    good = (one for one in repeats.grouped(past) if one.mean is not None and one.mean >= enough)
    return {exercise.input(one.runs[0].input).id for one in good}


def may_see(reveal: str, exercise: Exercise, past: Sequence[Attempt]) -> bool:
    """Rules of ``StarterPrompt.reveal``; "solved" opens with a pass, or after two attempts, whichever comes first."""
    if reveal == "visible":
        return True
    if reveal == "solved":
        return made(past) >= 2 or bool(passed(past, exercise))
    wanted = reveal.removeprefix("after:")
    return wanted.isdecimal() and made(past) >= int(wanted)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _accepted(kit: Kit, prompt: str) -> str:
    prompt = nfc(prompt).replace("\r\n", "\n")
    if mark := secrecy_mark(prompt):
        raise Secret(mark=mark.mark, where="trong câu lệnh")
    return prompt


def _of(user: User, exercise_id: str) -> tuple[Any, ...]:
    return attempts.c.user_id == user.id, attempts.c.exercise_id == exercise_id


def _new(user: User, exercise: Exercise, prompt: str, state: AttemptState) -> dict[str, Any]:
    return {
        "user_id": user.id,
        "exercise_id": exercise.id,
        "exercise_version": exercise.version,
        "exercise_hash": exercise.hash,
        "state": state,
        "prompt": prompt,
        "created_at": now(),
    }


def _works(draft: Row[Any] | None) -> dict[str, Any]:
    """The work by hand of a draft, by input; the drafts of earlier versions hold that on one, as an attempt does."""
    if draft is None or not draft.work:
        return {}
    return dict(draft.work[INPUTS]) if INPUTS in draft.work else {draft.input: draft.work}


def _by_input(works: Mapping[str, Any]) -> dict[str, Any]:
    return {INPUTS: works} if works else {}


def _options(kit: Kit, exercise: Exercise, attempt: Attempt) -> Options:
    """Those chosen when the attempt was begun, which has an owner then; else the exercise's."""
    return within(kit, attempt.options if attempt.options.owner else usual_options(exercise, attempt.user_id))


def usual_options(exercise: Exercise, user_id: int) -> Options:
    """How an answer to the exercise is made."""
    return Options(
        max_tokens=exercise.max_tokens,
        temperature=exercise.temperature,
        seed=exercise.seed,
        lane=Lane.PEOPLE,
        owner=str(user_id),
    )


def _of_a_repeat(kit: Kit, user: User, exercise: Exercise, prompt: str, given: str) -> Options | None:
    """The options of a prompt that has been answered before; None for a new one."""
    past = history(kit, user, exercise.id)
    same = [one for one in past if (one.prompt, one.input, one.exercise_hash) == (prompt, given, exercise.hash)]
    if not any(one.state in repeats.ENDED for one in same):
        return None
    seed = max(one.options.seed for one in same) + 1
    usual = usual_options(exercise, user.id)
    return replace(usual, seed=seed, temperature=max(usual.temperature, repeats.TEMPERATURE))


def within(kit: Kit, options: Options) -> Options:
    """An answer has at most half of the model's context."""
    context = kit.engine.state().context
    return replace(options, max_tokens=min(options.max_tokens, context // 2)) if context else options


def begun(kit: Kit, exercise: Exercise, prompt: str, options: Options) -> Options:
    """For the practice model the program writes the first words of the document that a prompt asks for: the frame
    belongs to code, and so small a model may take one kind for another. A larger one begins by itself."""
    if exercise.kind != "draft" or not kit.engine.state().small:
        return options
    return replace(options, opening=request.opening(prompt))


def prepare(
    kit: Kit, exercise: Exercise, prompt: str, options: Options, given: str = ""
) -> tuple[Sources, tuple[Message, ...]]:
    """Choose as many passages as the context holds, best first, and hand them over in the order of the documents.

    Only a question is searched for by the person's own words: for every other task the choice follows the task, so
    that the text before the prompt is the same for a whole class and the engine reads it once.
    """
    documents = exercises.documents(kit, exercise, given)
    ids = [*(document.id for document in documents), OWN_TEXT]
    own = tuple(
        Passage(1, OWN_TEXT, text.title, 0, text.text, "", 1, 1)
        for text in feedback.own_text(exercise, exercise.input(given))
    )
    found = _in_order([*(kit.index.all_passages(ids[:-1]) if documents else ()), *own], ids)
    if len(found) > PASSAGES or not _fits(kit, exercise, prompt, found, options):
        query = prompt if exercise.kind == "ask" else f"{exercise.title}. {exercise.task}"
        ranked = kit.index.search(query, ids[:-1], limit=PASSAGES) if documents else ()
        chosen: list[Passage] = [*own]  # the person's own material is what the task is about
        for passage in ranked:
            if _fits(kit, exercise, prompt, _in_order([*chosen, passage], ids), options):
                chosen.append(passage)
        taken = {(passage.document_id, passage.chunk) for passage in chosen}
        left = [passage for passage in found if (passage.document_id, passage.chunk) not in taken]
        found = _in_order(chosen, ids)
    else:
        left = []
    names = dict.fromkeys(" – ".join(filter(None, (passage.document_title, passage.heading))) for passage in left)
    return Sources(tuple(found), tuple(names)), _messages(kit, exercise, prompt, found)


def _in_order(passages: Sequence[Passage], ids: Sequence[int]) -> tuple[Passage, ...]:
    ordered = sorted(passages, key=lambda passage: (ids.index(passage.document_id), passage.chunk))
    return tuple(replace(passage, number=n) for n, passage in enumerate(ordered, 1))


def _fits(kit: Kit, exercise: Exercise, prompt: str, passages: Sequence[Passage], options: Options) -> bool:
    tokens = kit.engine.count_tokens(_messages(kit, exercise, prompt, passages))
    context = kit.engine.state().context
    return not context or tokens + LONGEST_OPENING + options.max_tokens <= context


def _messages(kit: Kit, exercise: Exercise, prompt: str, passages: Sequence[Passage]) -> tuple[Message, ...]:
    material = "\n".join(f"[{passage.number}] {passage.text}" for passage in passages)
    frame = kit.frames.get(exercise.kind) or kit.frames["default"]
    return Message("system", fill(frame, material=material)), Message("user", prompt)


def _settle(kit: Kit, attempt_id: int, text: str, end: Mapping[str, Any]) -> None:
    with kit.db.write() as connection:
        running = update(attempts).where(attempts.c.id == attempt_id, attempts.c.state == AttemptState.RUNNING)
        settled = connection.execute(running.values(answer=text, finished_at=now(), **end))
        if settled.rowcount == 1 and text and end["state"] in (AttemptState.DONE, AttemptState.STOPPED):
            jobs.add(connection, "feedback", attempt_id=attempt_id)


def _learner(row: Row[Any]) -> User:
    return User(row.user_id, row.person_name, row.person_display_name, Role(row.person_role), row.person_active)


def _attempt(row: Row[Any]) -> Attempt:
    kept = row._asdict()
    return Attempt(**{name: kept[name] for name in Attempt.__dataclass_fields__} | answering.read(row))
