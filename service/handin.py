"""Handing in: an attempt, or the draft made from it, becomes what others mark. Every open detail must be checked first.

What was handed in stays as it was: one hand-in for each attempt; whoever wants to hand in better work makes another
attempt.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert, select, update

from service import drafts, exercises, feedback, practice, verify
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.nd30.drafting import text_of
from service.prompts import WORKED_BY_HAND
from service.records import Attempt, AttemptState, CheckResult, HandIn, User
from service.store.db import now
from service.store.tables import attempts, hand_ins

_CITES = "cites-source"
_HANDED = "Lần làm này đã nộp. Muốn nộp bài khác, anh/chị chạy thêm một lần."


def of_attempt(kit: Kit, user: User, attempt_id: int) -> HandIn:
    """Hand in the answer of an attempt as it stands. Raises BadInput while a detail is open."""
    attempt = practice.get(kit, user, attempt_id, write=True)
    _open(sum(not one.ticked for one in verify.details(kit, attempt)))
    return _hand_in(kit, attempt, attempt.answer)


def of_draft(kit: Kit, user: User, draft_id: int) -> HandIn:
    """Hand in a draft, for the attempt it was made from. Raises BadInput while a detail is open."""
    stored = drafts.get(kit, user, draft_id)
    if stored.attempt_id is None:
        raise BadInput("Bản nháp này không thuộc bài luyện nào nên không nộp được.")
    _open(sum(not one.ticked for one in drafts.details(kit, stored)))
    return _hand_in(kit, practice.get(kit, user, stored.attempt_id, write=True), text_of(stored.draft), draft_id)


def get(kit: Kit, hand_in_id: int) -> HandIn:
    """One hand-in, for code that authorises by itself (``rubric.part_of``)."""
    with kit.db.read() as connection:
        row = connection.execute(select(hand_ins).where(hand_ins.c.id == hand_in_id)).first()
    if row is None:
        raise NotFound()
    return of_row(row)


def for_attempt(kit: Kit, attempt_id: int) -> HandIn | None:
    """The hand-in of an attempt, if there is one."""
    with kit.db.read() as connection:
        row = connection.execute(select(hand_ins).where(hand_ins.c.attempt_id == attempt_id)).first()
    return of_row(row) if row else None


def mine(kit: Kit, user: User) -> tuple[HandIn, ...]:
    """What the person has handed in, newest first."""
    found = select(hand_ins).where(hand_ins.c.user_id == user.id).order_by(hand_ins.c.id.desc())
    with kit.db.read() as connection:
        return tuple(map(of_row, connection.execute(found)))


def results(kit: Kit, handed: HandIn) -> tuple[CheckResult, ...]:
    """What the rules say of the text that was handed in, which in a draft is no longer the text of the attempt.

    The head and foot that code gave a draft do not count, nor that it has no marks of passages any more: how the answer
    cited is told of the answer.
    """
    told = feedback.results(kit, handed.attempt_id)
    if handed.draft_id is None:
        return told
    attempt = practice.load(kit, handed.attempt_id)
    exercise = exercises.for_attempt(kit, attempt)
    text = drafts.without_frame(kit, attempt, handed.text)
    judged = feedback.judge(kit, exercise, attempt.prompt, text, attempt.input, passages=attempt.passages)
    cited = [one for one in told if one.check == _CITES]
    return tuple(cited.pop(0) if one.check == _CITES and cited else one for one in judged)


def may_be_handed_in(attempt: Attempt, kind: str) -> bool:
    """True for an answer of a prompt, written or stopped, that the rules have looked at and nobody has handed in."""
    written = attempt.state in (AttemptState.DONE, AttemptState.STOPPED) and bool(attempt.answer)
    return written and attempt.graded_at is not None and kind not in WORKED_BY_HAND


def of_row(row: Row[Any]) -> HandIn:
    return HandIn(row.id, row.attempt_id, row.user_id, row.exercise_id, row.text, row.at, row.draft_id)


def _hand_in(kit: Kit, attempt: Attempt, text: str, draft_id: int | None = None) -> HandIn:
    if attempt.handed_in:
        raise BadInput(_HANDED)
    if exercises.for_attempt(kit, attempt).kind in WORKED_BY_HAND:
        raise BadInput("Bài làm bằng tay được soi ngay theo đáp án nên không cần nộp.")
    if not may_be_handed_in(attempt, ""):
        raise BadInput("Lần làm này chưa có kết quả đã soi để nộp. Anh/chị chờ ít giây rồi nộp lại.")
    with kit.db.write() as connection:
        written = (AttemptState.DONE, AttemptState.STOPPED)
        claim = update(attempts).where(attempts.c.id == attempt.id, attempts.c.state.in_(written))
        if connection.execute(claim.values(state=AttemptState.SUBMITTED)).rowcount != 1:
            raise BadInput(_HANDED)
        values = {
            "attempt_id": attempt.id,
            "user_id": attempt.user_id,
            "exercise_id": attempt.exercise_id,
            "draft_id": draft_id,
            "text": text,
            "at": now(),
        }
        return of_row(connection.execute(insert(hand_ins).values(**values).returning(hand_ins)).one())


def _open(count: int) -> None:
    if count:
        raise BadInput(
            "Còn %(n)s chi tiết chưa kiểm tra nên chưa nộp được. Anh/chị đối chiếu từng chi tiết, chọn “đúng” hoặc "
            "“phải sửa”, rồi nộp lại.",
            n=count,
        )
