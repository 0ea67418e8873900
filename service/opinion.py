"""The model's second opinion on an answer, one criterion at a time; a job behind the people, never in their way.

An opinion counts for something only when it quotes the answer: the reply is held to a JSON Schema, and the quote must
stand in the answer, letter by letter after normalisation. Else the criterion is "not graded", which is a valid result
and the usual one with the small model in the box.

Criteria are those of the exercise's ``llm-rubric`` checks; they are asked as soon as the rules have looked. For other
exercises the criteria of its rubric are asked when the person wishes so. The score stays that of the rules, unless the
exercise says of a check ``options: {counts: true}``: then the attempt is graded again with the opinion.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select, update

from service import batch, exercises, feedback, jobs, practice, rubric
from service.errors import BadInput, ContextTooLong, EngineError
from service.kit import Kit
from service.prompts import WORKED_BY_HAND, fill
from service.records import Answered, Attempt, Exercise, Finish, Message, Opinion, Options, User
from service.store.db import now
from service.store.tables import opinions
from service.text import comparable, count_syllables, nfc

SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {
            "quote": {"type": "string"},
            "reason": {"type": "string"},
            "verdict": {"enum": ["pass", "fail", "unknown"]},
        },
        "required": ["quote", "reason", "verdict"],
        "additionalProperties": False,
    }
)
"""The words come before the verdict that rests on them."""

TOKENS = 240
SHORTEST = 2
"""Syllables that a quote must have to be one."""
LONGEST = 400
"""Characters of quote and reason that are kept."""

NO_FORM = "Máy không trả lời đúng khuôn."
NO_QUOTE = "Máy không dẫn được chữ nào của bài làm."
NO_GROUND = "Máy cho là không đủ căn cứ."
NO_MODEL = "Máy này chưa có mô hình."
NO_ROOM = "Bài làm dài quá mức mô hình đọc được."


def of_attempt(kit: Kit, attempt_id: int) -> tuple[Opinion, ...]:
    """The opinions asked for, in the order of the criteria."""
    return feedback.opinions_of(kit, attempt_id)


def may_be_asked(kit: Kit, attempt: Attempt) -> bool:
    """True for a graded answer of a prompt nobody has asked an opinion on, while there is a model to ask."""
    ready = bool(attempt.answer) and attempt.graded_at is not None and not kit.engine.state().silent
    return ready and not of_attempt(kit, attempt.id) and not attempt.work


def ask(kit: Kit, user: User, attempt_id: int) -> None:
    """Have the model asked about every criterion of the exercise's rubric. For the owner; twice asks once."""
    attempt = practice.get(kit, user, attempt_id, write=True)
    exercise = exercises.for_attempt(kit, attempt)
    if exercise.kind in WORKED_BY_HAND or not attempt.answer or attempt.graded_at is None:
        raise BadInput("Lần làm này chưa có kết quả đã soi để máy nêu ý kiến. Anh/chị chờ ít giây rồi xin lại.")
    criteria = [f"{one.label}: {one.prompt}" if one.prompt else one.label for one in rubric.of(kit, exercise).criteria]
    with kit.db.write() as connection:
        if connection.execute(select(opinions.c.n).where(opinions.c.attempt_id == attempt_id)).first() is None:
            feedback.want_opinions(connection, attempt_id, criteria)


def judge(kit: Kit, attempt_id: int) -> None:
    """The job "opinion": ask about every criterion that still waits. May run twice."""
    attempt = practice.load(kit, attempt_id)
    waiting = [one for one in of_attempt(kit, attempt_id) if one.at is None]
    if not waiting:
        return
    exercise = exercises.for_attempt(kit, attempt)
    model = kit.engine.state().model
    for one in _judged(kit, exercise, attempt, waiting):
        this = (opinions.c.attempt_id == attempt_id, opinions.c.n == one.n, opinions.c.at.is_(None))
        values = {"passed": one.passed, "quote": one.quote, "reason": one.reason, "engine": model, "at": now()}
        with kit.db.write() as connection:
            connection.execute(update(opinions).where(*this).values(**values))
    if feedback.counts_opinions(exercise, attempt.input):
        with kit.db.write() as connection:
            jobs.add(connection, "feedback", attempt_id=attempt_id)


def give_up(kit: Kit, *, reason: str, attempt_id: int) -> None:
    """After the last try: what still waits is not graded."""
    waiting = update(opinions).where(opinions.c.attempt_id == attempt_id, opinions.c.at.is_(None))
    with kit.db.write() as connection:
        connection.execute(waiting.values(reason=reason[:LONGEST], at=now()))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _judged(kit: Kit, exercise: Exercise, attempt: Attempt, waiting: Sequence[Opinion]) -> Iterator[Opinion]:
    """Each criterion with what came of it. Asked once: to ask until a reply fits would be to choose among opinions."""
    options = Options(max_tokens=TOKENS, json_schema=SCHEMA, grounded=False)
    left = dict(enumerate(waiting))
    try:
        asked = [(_messages(kit, exercise, attempt, one.criterion), options) for one in waiting]
        for answered in batch.answers(kit, asked):
            yield _read(left.pop(answered.n), answered, attempt.answer)
    except EngineError:
        yield from (replace(one, reason=NO_MODEL) for one in left.values())


def _messages(kit: Kit, exercise: Exercise, attempt: Attempt, criterion: str) -> tuple[Message, ...]:
    """What all criteria share first, so that the engine reads it once; without the material where it has no room."""
    question = Message("user", fill(kit.frames["opinion_criterion"], criterion=criterion))
    passages = "\n".join(f"[{one.number}] {one.text}" for one in attempt.passages)
    context = kit.engine.state().context
    for material in (passages, ""):
        common = fill(kit.frames["opinion"], material=material, task=exercise.task, answer=attempt.answer)
        messages = (Message("system", common), question)
        if not context or kit.engine.count_tokens(messages) + TOKENS <= context:
            break
    return messages


def _read(asked: Opinion, answered: Answered, answer: str) -> Opinion:
    """The reply as an opinion. Raises nothing: what is no opinion says why it is not."""
    if not isinstance(answered.end, Finish):
        return replace(asked, reason=NO_ROOM if answered.end.code == ContextTooLong.code else NO_MODEL)
    try:
        told = json.loads(answered.text)
        quote, reason, verdict = (" ".join(nfc(told[key]).split()) for key in ("quote", "reason", "verdict"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return replace(asked, reason=NO_FORM)
    if verdict not in ("pass", "fail", "unknown"):
        return replace(asked, reason=NO_FORM)
    if verdict == "unknown":
        return replace(asked, reason=NO_GROUND)
    if count_syllables(quote) < SHORTEST or _plain(quote) not in _plain(answer):
        return replace(asked, reason=NO_QUOTE)
    return replace(asked, passed=verdict == "pass", quote=quote[:LONGEST], reason=reason[:LONGEST])


def _plain(text: str) -> str:
    return " ".join(comparable(text).casefold().split())
