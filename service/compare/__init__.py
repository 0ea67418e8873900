"""Blind comparison: two answers to one task side by side, sides drawn by lot and kept, names hidden until it is closed.

While it is open a judge learns nothing of the count before their own last pair, and changes no vote after it.
Votes are append-only; the newest of a showing counts. A contestant's rate is the share of its votes that it won, a tie
counting half; its interval is Wilson's (1927), and below ``ENOUGH`` votes nothing is said at all.

Some pairs come a second time, after all others and with the sides changed: whether a judge repeats a choice tells of
the judge, so these votes count in no standing. Whoever was drawn their pairs before there were such keeps those drawn.

    choosing    which answers may be compared, and whose they are said to be
    counting    the ranking with its tiers, and how far the judges agree
    rows        how a comparison and its votes are kept
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import func, insert, select, update

from service import exercises, practice
from service.agreement import wilson
from service.compare import choosing, rows
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.records import Choice, Comparison, Contestant, Role, Showing, Standing, User, Vote, Winner
from service.settings import OFFICE_TIME
from service.store.db import now
from service.store.tables import attempts, comparisons, contestants, showings, users, votes

ENOUGH = 10
"""Votes (both bad left out) before a rate is shown: Wilson's interval is then ± 27 points at most."""
CHOICES: Mapping[Winner, str] = {
    Winner.LEFT: "Bản A hơn",
    Winner.TIE: "Ngang nhau",
    Winner.RIGHT: "Bản B hơn",
    Winner.BOTH_BAD: "Cả hai đều chưa dùng được",
}
"""What a judge may say, in words."""
REASONS: Mapping[str, str] = {
    "dung-nguon": "Đúng nguồn hơn",
    "du-viec": "Đủ việc và hạn",
    "gon": "Gọn hơn",
    "van-phong": "Đúng văn phong",
    "khong-bia": "Không bịa thêm",
}
"""Reason codes that a judge may tick, with their words."""
AGAIN = 5
"""One pair in so many is shown a second time; a judge of fewer pairs would remember the first time too well."""


def plan(
    kit: Kit,
    user: User,
    title: str,
    exercise_id: str,
    answers: Sequence[tuple[str, str, str, int | None]],
    task: str = "",
) -> Comparison:
    """Open a comparison of (label, prompt, answer, attempt_id) rows; two to twelve, no two answers the same."""
    rows.judge(user)
    texts = [answer.strip() for _, _, answer, _ in answers]
    if not 2 <= len(texts) <= 12 or not all(texts):
        raise BadInput("Cần từ 2 đến 12 kết quả có chữ để so. Phép so chưa được tạo.")
    if same := _same(texts):
        one, other = (answers[n][0] for n in same)
        raise BadInput(
            "%(one)s và %(other)s giống hệt nhau, so sẽ không nói lên điều gì. Anh/chị bỏ bớt một bản.",
            one=one,
            other=other,
        )
    with kit.db.write() as connection:
        made = insert(comparisons).values(
            title=title.strip()[:300] or "So kết quả",
            exercise_id=exercise_id,
            task=task,
            created_by=user.id,
            created_at=now(),
            open=True,
        )
        comparison_id = connection.execute(made.returning(comparisons.c.id)).scalar_one()
        shared = {"comparison_id": comparison_id}
        connection.execute(
            insert(contestants),
            [
                {**shared, "label": label[:120], "prompt": prompt, "answer": answer, "attempt_id": attempt_id}
                for label, prompt, answer, attempt_id in answers
            ],
        )
        return rows.comparison(connection, comparison_id)


def from_attempts(kit: Kit, user: User, title: str, attempt_ids: Sequence[int]) -> Comparison:
    """Compare finished attempts at one exercise; they are numbered in the order chosen, which leads to nobody."""
    rows.judge(user)
    chosen = [practice.get(kit, user, attempt_id) for attempt_id in dict.fromkeys(attempt_ids)]
    if len(chosen) < 2:
        raise BadInput("Anh/chị chọn ít nhất 2 kết quả.")
    if len({attempt.exercise_id for attempt in chosen}) != 1:
        raise BadInput("Anh/chị chọn các lần làm của cùng một bài.")
    if not all(attempt.over for attempt in chosen):
        raise BadInput("Có kết quả máy còn đang viết. Phép so chưa được tạo; anh/chị chờ máy viết xong rồi mở lại.")
    if same := _same([attempt.answer for attempt in chosen]):
        twins = choosing.chosen(kit, user, chosen[0].exercise_id, [chosen[n].id for n in same])
        raise _twins(*sorted(twins, key=lambda one: attempt_ids.index(one.attempt.id)))
    exercise = exercises.for_attempt(kit, chosen[0])
    answers = [(f"Kết quả {n}", attempt.prompt, attempt.answer, attempt.id) for n, attempt in enumerate(chosen, 1)]
    return plan(kit, user, title or exercise.title, exercise.id, answers, task=exercise.task)


def listing(kit: Kit, user: User) -> tuple[Comparison, ...]:
    """All comparisons, newest first."""
    rows.judge(user)
    with kit.db.read() as connection:
        ids = connection.execute(select(comparisons.c.id).order_by(comparisons.c.id.desc())).scalars().all()
        return tuple(rows.comparison(connection, comparison_id) for comparison_id in ids)


def get(kit: Kit, user: User, comparison_id: int) -> Comparison:
    rows.judge(user)
    with kit.db.read() as connection:
        return rows.comparison(connection, comparison_id)


def newest_told(kit: Kit, user: User) -> Comparison | None:
    """The newest comparison with votes whose count the person may see."""
    rows.judge(user)
    voted = select(showings.c.comparison_id).join(votes, votes.c.showing_id == showings.c.id)
    found = select(comparisons.c.id).where(comparisons.c.id.in_(voted)).order_by(comparisons.c.id.desc())
    with kit.db.read() as connection:
        for comparison_id in connection.execute(found).scalars().all():
            comparison = rows.comparison(connection, comparison_id)
            if not rows.blind(connection, comparison, user):
                return comparison
    return None


def blind(kit: Kit, user: User, comparison_id: int) -> bool:
    """True while the person may vote and so must not see results: it is open and a pair of theirs waits for a vote."""
    rows.judge(user)
    with kit.db.read() as connection:
        return rows.blind(connection, rows.comparison(connection, comparison_id), user)


def next_showing(kit: Kit, user: User, comparison_id: int) -> Showing | None:
    """The judge's next pair without a vote, or None when all are done. The first call draws order and sides by lot."""
    comparison = get(kit, user, comparison_id)
    if not comparison.open:
        return None
    with kit.db.write() as connection:
        mine = (showings.c.comparison_id == comparison_id, showings.c.user_id == user.id)
        if connection.execute(select(showings.c.id).where(*mine).limit(1)).first() is None:
            drawn = _drawn([item.id for item in comparison.contestants])
            connection.execute(
                insert(showings),
                [
                    {"comparison_id": comparison_id, "user_id": user.id, "n": n, "left_id": left, "right_id": right}
                    for n, (left, right) in enumerate(drawn, 1)
                ],
            )
        voted = select(votes.c.showing_id)
        row = connection.execute(
            select(showings).where(*mine, showings.c.id.not_in(voted)).order_by(showings.c.n).limit(1)
        ).first()
        return None if row is None else rows.showing(connection, row)


def showing(kit: Kit, user: User, showing_id: int) -> Showing:
    """One pair as it was drawn for this judge; nobody else's."""
    rows.judge(user)
    with kit.db.read() as connection:
        row = connection.execute(select(showings).where(showings.c.id == showing_id)).first()
        if row is None or row.user_id != user.id:
            raise NotFound()
        return rows.showing(connection, row)


def vote(
    kit: Kit,
    user: User,
    showing_id: int,
    winner: Winner,
    reasons: Sequence[str] = (),
    note: str = "",
    seconds: float = 0.0,
) -> Vote:
    """Record a judgement; a later one of the same showing takes its place, the earlier row stays.

    The last pair's is final for all of them: the results open with it.
    """
    shown = showing(kit, user, showing_id)
    if unknown := set(reasons) - set(REASONS):
        raise BadInput("Lý do %(reason)s không có trong danh sách. Phiếu chưa được ghi.", reason=min(unknown))
    row = insert(votes).values(
        showing_id=showing_id,
        winner=winner,
        reasons=list(reasons),
        note=note.strip()[:1000],
        seconds=max(0.0, min(seconds, 86_400.0)),
        at=now(),
    )
    with kit.db.write() as connection:
        comparison = rows.comparison(connection, shown.comparison_id)
        if not comparison.open:
            raise BadInput("Phép so này đã khóa phiếu. Phiếu vừa rồi chưa được ghi.")
        if not rows.blind(connection, comparison, user):
            raise BadInput(
                "Anh/chị đã chấm xong và kết quả đã hiện ra, nên phiếu không sửa được nữa. Phiếu vừa rồi chưa được ghi."
            )
        vote_id = connection.execute(row.returning(votes.c.id)).scalar_one()
        return next(item for item in rows.cast(connection, shown.comparison_id, every=True) if item.id == vote_id)


def cast(kit: Kit, user: User, comparison_id: int) -> tuple[Vote, ...]:
    """The newest vote of each showing, those of pairs shown again among them."""
    rows.judge(user)
    with kit.db.read() as connection:
        return rows.cast(connection, comparison_id)


def standings(kit: Kit, user: User, comparison_id: int) -> tuple[Standing, ...]:
    """Wins, losses and ties per contestant; best rate first, those with too few votes last. Refused to the blind."""
    comparison = opened(kit, user, comparison_id)
    tally: dict[int, Counter[str]] = {item.id: Counter() for item in comparison.contestants}
    for item in cast(kit, user, comparison_id):
        if item.again:
            continue
        left, right = tally[item.left_id], tally[item.right_id]
        if item.winner in (Winner.TIE, Winner.BOTH_BAD):
            left[item.winner] += 1
            right[item.winner] += 1
        else:
            (left if item.winner is Winner.LEFT else right)["win"] += 1
            (right if item.winner is Winner.LEFT else left)["loss"] += 1
    found = [_standing(contestant, tally[contestant.id]) for contestant in comparison.contestants]
    return tuple(sorted(found, key=lambda item: (item.rate is None, -(item.rate or 0.0), item.contestant.id)))


def makers(kit: Kit, user: User, comparison_id: int) -> Mapping[int, tuple[str, int]]:
    """Whose attempts were compared, and which of theirs each is, by attempt; none before the comparison is closed."""
    comparison = get(kit, user, comparison_id)
    if comparison.open:
        return {}
    return _makers(kit, [item.attempt_id for item in comparison.contestants if item.attempt_id])


def half_way(kit: Kit, user: User, comparison_id: int) -> int:
    """How many others have been shown a pair and not judged all of theirs; closing shuts them out."""
    rows.judge(user)
    found = select(showings.c.user_id).outerjoin(votes, votes.c.showing_id == showings.c.id)
    others = found.where(showings.c.comparison_id == comparison_id, showings.c.user_id != user.id)
    left = func.count(showings.c.id.distinct()) > func.count(votes.c.showing_id.distinct())
    with kit.db.read() as connection:
        return len(connection.execute(others.group_by(showings.c.user_id).having(left)).all())


def may_close(user: User, comparison: Comparison) -> bool:
    """True for who opened it, and for a trainer."""
    return comparison.created_by == user.id or user.is_any(Role.TRAINER)


def close(kit: Kit, user: User, comparison_id: int) -> None:
    """Lock the votes and lift the names, for good. Raises NotAllowed."""
    if not may_close(user, get(kit, user, comparison_id)):
        raise NotAllowed()
    with kit.db.write() as connection:
        connection.execute(update(comparisons).where(comparisons.c.id == comparison_id).values(open=False))


def export_csv(kit: Kit, user: User, comparison_id: int) -> str:
    """The newest votes, a row each, for a spreadsheet (UTF-8 with BOM); cells that look like formulas are defused.

    Refused to the blind, as the standings are. Numbers are whole and days begin with the year, which a spreadsheet of
    any language reads alike. Marked are votes of whoever opened the comparison, who read the answers before, and those
    on a pair shown again, which no standing counts.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = ["Phiếu", "Người chấm", "Bản A", "Bản B", "Chọn", "Lý do", "Ghi chú", "Số giây", "Lúc"]
    writer.writerow([*heads, "Người mở phép so", "Chấm lại"])
    for row, item in _told(kit, user, comparison_id):
        reasons = "; ".join(REASONS[code] for code in item.reasons)
        cells = [item.id, row["judge"], row["left"].label, row["right"].label, CHOICES[item.winner], reasons]
        cells += [item.note, round(item.seconds), f"{item.at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S}"]
        cells += ["có" if marked else "" for marked in (row["opener"], item.again)]
        writer.writerow([defused(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def export_arena(kit: Kit, user: User, comparison_id: int) -> str:
    """The votes that count, as JSON lines with the keys of Chatbot Arena's vote files: its tools count every line."""
    words = {Winner.LEFT: "model_a", Winner.RIGHT: "model_b"}
    lines = []
    for row, item in _told(kit, user, comparison_id):
        if item.again:
            continue
        left, right = row["left"], row["right"]
        record = {
            "question_id": f"hocvu-{comparison_id}-{min(left.id, right.id)}-{max(left.id, right.id)}",
            "model_a": left.label,
            "model_b": right.label,
            "winner": words.get(item.winner, str(item.winner)),
            "judge": f"nguoi-cham-{row['judge']}",
            "conversation_a": _talk(left),
            "conversation_b": _talk(right),
            "turn": 1,
            "anony": True,
            "language": "Vietnamese",
            "tstamp": item.at.timestamp(),
            "extra": {
                "comparison_id": comparison_id,
                "shown_left": "model_a",
                "reasons": list(item.reasons),
                "note": item.note,
                "lead_time": item.seconds,
                "opened_it": row["opener"],
            },
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def _same(answers: Sequence[str]) -> tuple[int, int] | None:
    """The places of the first two answers that are the same."""
    places: dict[str, int] = {}
    for n, answer in enumerate(answers):
        if (before := places.setdefault(answer.strip(), n)) < n:
            return before, n
    return None


def _makers(kit: Kit, attempt_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """The name of each attempt's person and its number among theirs, by attempt."""
    found = select(attempts.c.id, users.c.display_name, attempts.c.number).join(users, users.c.id == attempts.c.user_id)
    with kit.db.read() as connection:
        rows = connection.execute(found.where(attempts.c.id.in_(attempt_ids)))
        return {row.id: (row.display_name, row.number) for row in rows}


def _twins(one: Choice, other: Choice) -> BadInput:
    """Two answers that are the same, by the names they were chosen by."""
    places = {"a": one.attempt.number, "b": other.attempt.number}
    if one.name:
        return BadInput(
            "Lần %(a)s của %(one)s và lần %(b)s của %(other)s có kết quả giống hệt nhau, so sẽ không nói lên điều gì. "
            "Anh/chị bỏ bớt một bản.",
            one=one.name,
            other=other.name,
            **places,
        )
    return BadInput(
        "Lần %(a)s của học viên %(one)s và lần %(b)s của học viên %(other)s có kết quả giống hệt nhau, so sẽ không nói "
        "lên điều gì. Anh/chị bỏ bớt một bản.",
        one=one.person,
        other=other.person,
        **places,
    )


def _drawn(ids: Sequence[int]) -> list[tuple[int, int]]:
    """All pairs with order and sides by lot, then one in ``AGAIN`` of them once more with the sides changed.

    The last pair is never among these, so that none is shown twice running.
    """
    pairs = [(left, right) for left, right in (random.sample(pair, 2) for pair in combinations(ids, 2))]
    random.shuffle(pairs)
    return pairs + [(right, left) for left, right in random.sample(pairs[:-1], len(pairs) // AGAIN)]


def opened(kit: Kit, user: User, comparison_id: int) -> Comparison:
    """A comparison whose count the person may see."""
    if blind(kit, user, comparison_id):
        raise BadInput(
            "Anh/chị còn cặp chưa chấm. Kết quả và tệp phiếu hiện ra khi chấm xong, để không ảnh hưởng đến phiếu."
        )
    return get(kit, user, comparison_id)


def _told(kit: Kit, user: User, comparison_id: int) -> list[tuple[dict[str, Any], Vote]]:
    """Votes with their contestants and a number instead of the judge's name, for export.

    Judges are numbered by their very first votes, which never change: files of different days can be joined.
    """
    comparison = opened(kit, user, comparison_id)
    by_id = {item.id: item for item in comparison.contestants}
    with kit.db.read() as connection:
        ever, newest = rows.cast(connection, comparison_id, every=True), rows.cast(connection, comparison_id)
    judges = {judge: n for n, judge in enumerate(dict.fromkeys(item.user_id for item in ever), 1)}
    return [
        (
            {
                "judge": judges[item.user_id],
                "opener": item.user_id == comparison.created_by,
                "left": by_id[item.left_id],
                "right": by_id[item.right_id],
            },
            item,
        )
        for item in newest
    ]


def _talk(contestant: Contestant) -> list[dict[str, str]]:
    return [{"role": "user", "content": contestant.prompt}, {"role": "assistant", "content": contestant.answer}]


def defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _standing(contestant: Contestant, tally: Counter[str]) -> Standing:
    wins, losses, ties = tally["win"], tally["loss"], tally[Winner.TIE]
    judged = wins + losses + ties
    rate = low = high = None
    if judged >= ENOUGH:
        rate = (wins + ties / 2) / judged
        low, high = wilson(wins + ties / 2, judged)
    return Standing(contestant, wins, losses, ties, tally[Winner.BOTH_BAD], rate, low, high)
