"""Details of an answer that no source holds: each is checked by the person before the text goes on.

They are what the feedback underlines: numbers, dates, names, sentences whose citation does not hold. A check is "right"
(looked up, it is so) or "wrong" (looked up, it must be mended); either counts as checked, and both are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from service import feedback, practice
from service.errors import BadInput
from service.kit import Kit
from service.quantities import quantities
from service.records import Attempt, Detail, Level, User
from service.store.db import now
from service.store.tables import verified
from service.text import comparable

GROUNDED = frozenset({"grounded-numbers", "grounded-names", "cites-source"})
"""Checks whose spots are details to verify; those of the others are remarks."""

RIGHT, WRONG = "right", "wrong"
NAME, SENTENCE = "ten:", "cau:"
"""The keys of names and of sentences begin so; those of quantities with their kind, as in drafts."""


def details(kit: Kit, attempt: Attempt) -> tuple[Detail, ...]:
    """What is underlined in an answer, each detail once, in the order of the text, with the person's verdict."""
    told = verdicts(kit, attempt.id)
    at = {one.start: f"{one.kind}:{one.value}" for one in quantities(attempt.answer)}
    found: dict[str, tuple[int, Detail]] = {}
    for result in feedback.results(kit, attempt.id):
        for finding in result.findings if result.check in GROUNDED else ():
            spans = [span for span in finding.spans if span.of == "answer"]
            if not spans or finding.level not in (Level.ESSENTIAL, Level.ACTIONABLE):
                continue
            text = attempt.answer[spans[0].start : spans[0].end]
            key = _key(result.check, text, at.get(spans[0].start, ""))
            verdict = told.get(key, "")
            where = " ".join(filter(None, (f"{finding.title}.", finding.why)))
            one = Detail(key, text, where, False, bool(verdict), next(iter(finding.passages), None), verdict == WRONG)
            found.setdefault(key, (spans[0].start, one))
    return tuple(one for _, one in sorted(found.values(), key=lambda pair: pair[0]))


def tick(kit: Kit, user: User, attempt_id: int, key: str, verdict: str) -> tuple[Detail, ...]:
    """Note that the person has looked a detail up; an empty verdict takes the check back. For the owner only."""
    attempt = practice.get(kit, user, attempt_id, write=True)
    if key not in {one.key for one in details(kit, attempt)}:
        raise BadInput("Chi tiết này không còn trong kết quả. Anh/chị tải lại trang để xem danh sách mới.")
    if verdict not in ("", RIGHT, WRONG):
        raise BadInput("Mỗi chi tiết nhận một trong hai: đúng, hoặc phải sửa. Các chi tiết khác vẫn được giữ.")
    if attempt.handed_in:
        raise BadInput("Lần làm này đã nộp nên không đổi được nữa. Muốn sửa, anh/chị chạy thêm một lần.")
    with kit.db.write() as connection:
        connection.execute(delete(verified).where(verified.c.attempt_id == attempt_id, verified.c.key == key))
        if verdict:
            values = {"attempt_id": attempt_id, "key": key, "verdict": verdict, "at": now()}
            connection.execute(insert(verified).values(**values))
    return details(kit, attempt)


def verdicts(kit: Kit, attempt_id: int) -> Mapping[str, str]:
    """Key → right or wrong, for the details checked by now."""
    with kit.db.read() as connection:
        rows = connection.execute(select(verified).where(verified.c.attempt_id == attempt_id)).all()
    return {row.key: row.verdict for row in rows}


def _key(check: str, text: str, quantity: str) -> str:
    """Stays the same when the answer is graded again."""
    if check == "cites-source":
        return f"{SENTENCE}{hashlib.sha256(comparable(text).encode()).hexdigest()[:16]}"
    if check == "grounded-numbers" and quantity:
        return quantity[:120]
    return (NAME + " ".join(comparable(text).casefold().split()))[:120]
