"""The whole class votes on answers of its wall: each seat once and blindly, counted when the trainer ends it.

A vote is a comparison (``compare``), so that what a class says can be ranked and exported as any judge's votes. A seat
chooses one answer at once: it is kept as preferred to each of the others; none better, or none of use, is kept of every
pair. Left and right are as the person saw them, in an order of their own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from service import classes, compare, seats
from service.compare import rows
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Class, ClassBallot, ClassVote, Comparison, Contestant, User, Winner
from service.store.db import now
from service.store.tables import class_members, class_votes, comparisons, showings, votes

MOST = 3
"""Answers that are read side by side on one screen."""
NONE_BETTER = (Winner.TIE, Winner.BOTH_BAD)
"""What a seat says that chooses no answer."""


def begin(kit: Kit, user: User, class_id: int, attempt_ids: Sequence[int]) -> Comparison:
    """Let the class vote on answers of its wall. Raises BadInput; nothing is opened then."""
    found = classes.get(kit, user, class_id)
    if not found.open:
        raise BadInput("Lớp đã đóng nên không ai bỏ phiếu được. Anh/chị mở lại lớp rồi mở bình chọn.")
    chosen, texts = list(dict.fromkeys(attempt_ids)), {one.attempt_id: one.text for one in classes.wall(kit, found)}
    if not 2 <= len(chosen) <= MOST or not texts.keys() >= set(chosen):
        raise BadInput("Anh/chị chọn hai hoặc ba kết quả đang ghim. Bình chọn chưa được mở.")
    if len({texts[one].strip() for one in chosen}) < len(chosen):
        raise BadInput(
            "Hai kết quả đã chọn giống hệt nhau, so sẽ không nói lên điều gì. Bình chọn chưa được mở; anh/chị bỏ bớt "
            "một bản."
        )
    if (newest := of(kit, found)) and newest.open:
        raise BadInput("Lớp đang bình chọn. Anh/chị khóa phiếu ấy rồi mở bình chọn khác.")
    made = compare.from_attempts(kit, user, found.name, chosen)
    with kit.db.write() as connection:
        connection.execute(insert(class_votes).values(comparison_id=made.id, class_id=found.id))
    return made


def close(kit: Kit, user: User, class_id: int) -> None:
    """End what the class votes on, for good: the wall shows the count."""
    found = classes.get(kit, user, class_id)
    still_open = select(class_votes.c.comparison_id).join(comparisons, comparisons.c.id == class_votes.c.comparison_id)
    still_open = still_open.where(class_votes.c.class_id == found.id, comparisons.c.open)
    with kit.db.read() as connection:
        ids = connection.execute(still_open).scalars().all()
    for comparison_id in ids:
        compare.close(kit, user, comparison_id)


def of(kit: Kit, found: Class) -> ClassVote | None:
    """The newest vote of a class, for code that knows the person to be of it.

    One that is over leaves the wall with the exercise that was at hand.
    """
    newest = select(class_votes.c.comparison_id).where(class_votes.c.class_id == found.id)
    with kit.db.read() as connection:
        comparison_id = connection.execute(newest.order_by(class_votes.c.comparison_id.desc()).limit(1)).scalar()
        if comparison_id is None:
            return None
        comparison = rows.comparison(connection, comparison_id)
        if not comparison.open and found.chosen_at is not None and comparison.created_at < found.chosen_at:
            return None
        said = Counter(_said(connection, found, comparison_id).values())
    answers = comparison.contestants
    if comparison.open:
        return ClassVote(comparison.id, True, answers, said.total())
    counts = tuple(said[str(one.id)] for one in answers)
    return ClassVote(comparison.id, False, answers, said.total(), counts, *(said[word] for word in NONE_BETTER))


def ballot(kit: Kit, user: User) -> ClassBallot | None:
    """The vote of the class in which the person sits; None where there is none."""
    sitting = seats.mine(kit, user)
    found = None if sitting is None else of(kit, sitting.lesson)
    if sitting is None or found is None:
        return None
    with kit.db.read() as connection:
        said = _said(connection, sitting.lesson, found.id)
    return ClassBallot(found, _ordered(user, found.answers), said.get(user.id, ""))


def cast(kit: Kit, user: User, vote_id: int, choice: str) -> None:
    """Vote, once, for an answer by its number, or with a word of ``NONE_BETTER``. Raises BadInput, NotFound."""
    mine = ballot(kit, user)
    if mine is None or mine.vote.id != vote_id:
        raise NotFound("Lớp của anh/chị không có bình chọn này. Phiếu chưa được ghi.")
    if choice not in (*(str(one.id) for one in mine.answers), *NONE_BETTER):
        raise BadInput("Anh/chị chưa chọn bản nào. Phiếu chưa được ghi.")
    pairs = [
        (left.id, right.id)
        for left, right in combinations(mine.answers, 2)
        if choice in (*NONE_BETTER, str(left.id), str(right.id))
    ]
    try:
        with kit.db.write() as connection:
            if not rows.comparison(connection, vote_id).open:
                raise BadInput("Giảng viên đã khóa phiếu. Phiếu vừa rồi chưa được ghi.")
            for n, (left, right) in enumerate(pairs, 1):
                shown = {"comparison_id": vote_id, "user_id": user.id, "n": n, "left_id": left, "right_id": right}
                showing = connection.execute(insert(showings).values(shown).returning(showings.c.id)).scalar_one()
                winner = choice if choice in NONE_BETTER else Winner.LEFT if choice == str(left) else Winner.RIGHT
                connection.execute(insert(votes).values(showing_id=showing, winner=winner, reasons=[], at=now()))
    except IntegrityError:
        raise BadInput("Anh/chị đã bỏ phiếu rồi, mỗi người một phiếu. Phiếu trước vẫn được giữ.") from None


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _said(connection: Connection, found: Class, comparison_id: int) -> Mapping[int, str]:
    """What each person of the class chose; who judged pair by pair, with more to say than one choice, is left out."""
    members = select(class_members.c.user_id).where(class_members.c.class_id == found.id)
    of_class = set(connection.execute(members).scalars())
    said: dict[int, set[str]] = {}
    for vote in rows.cast(connection, comparison_id):
        sides = {Winner.LEFT: str(vote.left_id), Winner.RIGHT: str(vote.right_id)}
        if vote.user_id in of_class and not vote.again:
            said.setdefault(vote.user_id, set()).add(sides.get(vote.winner, str(vote.winner)))
    return {person: next(iter(choices)) for person, choices in said.items() if len(choices) == 1}


def _ordered(user: User, answers: Sequence[Contestant]) -> tuple[Contestant, ...]:
    """By chance, and the same for this person every time: no answer gains by standing first."""
    return tuple(sorted(answers, key=lambda one: hashlib.sha256(f"{user.id}:{one.id}".encode()).digest()))
