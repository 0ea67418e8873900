"""The rubric layer: a hand-in is marked by its author, by a peer who is not told whose it is, by a trainer.

Marks are levels with reasons, kept apart from the automatic score and never added to it. A changed mark adds a row; the
newest of a person counts. A peer is given a hand-in by a trainer, one by one or dealt out to all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from service import accounts, audit, exercises, handin, practice
from service.errors import BadInput, InvalidExercise, NotAllowed, NotFound
from service.kit import Kit
from service.prompts.rubrics import load_rubric
from service.records import Exercise, HandIn, Marking, Rater, Role, Rubric, Stretch, User
from service.settings import HOME
from service.store.db import now
from service.store.stretches import stretch
from service.store.tables import hand_ins, markings, peers
from service.text import nfc

GENERAL = "rubrics/chung.yaml"
"""The sheet of an exercise that names none."""
LONGEST = 2000
"""Characters of a reason or a word on the whole."""
LISTED = 300
"""So many hand-ins are shown at a time."""


# ── the sheet ───────────────────────────────────────────────────────────────────────────────────


def of(kit: Kit, exercise: Exercise) -> Rubric:
    """The rubric of an exercise: the office's own copy, else the shipped one where that copy cannot be read."""
    name = exercise.rubric or GENERAL
    for folder in (kit.settings.prompts, HOME / "prompts"):
        try:
            return load_rubric(folder / name)
        except (OSError, InvalidExercise):
            continue
    return load_rubric(HOME / "prompts" / GENERAL)


def total(rubric: Rubric, marking: Marking) -> tuple[float, float]:
    """Points given and points there are; a criterion that could not be judged is in neither."""
    got = most = 0.0
    for criterion in rubric.criteria:
        level = criterion.level(marking.levels.get(criterion.name, ""))
        if level is None or level.points is None:
            continue
        got += criterion.weight * level.points
        most += criterion.weight * max(one.points or 0.0 for one in criterion.levels)
    return got, most


# ── marking ─────────────────────────────────────────────────────────────────────────────────────


def part_of(kit: Kit, user: User, hand_in_id: int) -> tuple[HandIn, Rater]:
    """The hand-in and in whose part the person may mark it; not found for anybody else."""
    found = handin.get(kit, hand_in_id)
    if found.user_id == user.id:
        return found, Rater.SELF
    with kit.db.read() as connection:
        given = select(peers.c.user_id).where(peers.c.hand_in_id == hand_in_id, peers.c.user_id == user.id)
        if connection.execute(given).first() is not None:
            return found, Rater.PEER
    if user.is_any(Role.TRAINER):
        audit.note(kit, user, "hand_in.read", str(hand_in_id))
        return found, Rater.TRAINER
    raise NotFound()


def mark(
    kit: Kit,
    user: User,
    hand_in_id: int,
    levels: Mapping[str, str],
    reasons: Mapping[str, str],
    note: str = "",
) -> Marking:
    """Keep how the person marks a hand-in. Raises BadInput when a criterion or a needed reason is missing."""
    found, role = part_of(kit, user, hand_in_id)
    rubric = of(kit, exercises.for_attempt(kit, practice.load(kit, found.attempt_id)))
    chosen, why = {}, {}
    for criterion in rubric.criteria:
        level = criterion.level(levels.get(criterion.name, ""))
        if level is None:
            raise BadInput("Chưa chọn mức cho tiêu chí “%(name)s”. Các mức đã chọn vẫn còn.", name=criterion.label)
        reason = _said(reasons.get(criterion.name, "")) if criterion.reason != "disabled" else ""
        if criterion.reason == "required" and not reason:
            raise BadInput("Tiêu chí “%(name)s” cần nêu lý do. Các mức đã chọn vẫn còn.", name=criterion.label)
        chosen[criterion.name] = level.name
        if reason:
            why[criterion.name] = reason
    values = {
        "hand_in_id": hand_in_id,
        "rater_id": user.id,
        "role": role,
        "rubric": f"{rubric.id}, {rubric.version}",
        "levels": chosen,
        "reasons": why,
        "note": _said(note),
        "at": now(),
    }
    with kit.db.write() as connection:
        return _marking(connection.execute(insert(markings).values(**values).returning(markings)).one())


def marked(kit: Kit, hand_in_id: int) -> tuple[Marking, ...]:
    """The newest marking of each person: the author's, peers', trainers'."""
    return marked_of(kit, [hand_in_id])[hand_in_id]


def marked_of(kit: Kit, hand_in_ids: Sequence[int]) -> dict[int, tuple[Marking, ...]]:
    """The same of several hand-ins, by hand-in."""
    with kit.db.read() as connection:
        return _marked(connection, hand_in_ids)


def history(kit: Kit, user: User, hand_in_id: int) -> tuple[Marking, ...]:
    """For trainers: every marking there ever was, in the order of time."""
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()
    with kit.db.read() as connection:
        rows = connection.execute(select(markings).where(markings.c.hand_in_id == hand_in_id).order_by(markings.c.id))
        return tuple(map(_marking, rows))


# ── peers ───────────────────────────────────────────────────────────────────────────────────────


def to_mark(kit: Kit, user: User) -> tuple[tuple[HandIn, bool], ...]:
    """What the person was given to mark, and whether it is done; what is open first."""
    given = select(hand_ins).join(peers, peers.c.hand_in_id == hand_ins.c.id).where(peers.c.user_id == user.id)
    done = select(markings.c.hand_in_id).where(markings.c.rater_id == user.id)
    with kit.db.read() as connection:
        made = set(connection.execute(done).scalars())
        rows = [handin.of_row(row) for row in connection.execute(given.order_by(peers.c.at, hand_ins.c.id))]
    return tuple(sorted(((one, one.id in made) for one in rows), key=lambda pair: pair[1]))


def handed_in(
    kit: Kit, user: User, start: int = 0
) -> Stretch[tuple[HandIn, User, tuple[User, ...], tuple[Marking, ...]]]:
    """For trainers: what was handed in, newest first, by whom, who marks it, how it was marked; 300 from ``start``."""
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()
    people = {one.id: one for one in accounts.list_users(kit)}
    given = dict[int, list[User]]()
    with kit.db.read() as connection:
        shown = stretch(connection, select(hand_ins).order_by(hand_ins.c.id.desc()), start, LISTED)
        for row in connection.execute(select(peers).order_by(peers.c.at)):
            given.setdefault(row.hand_in_id, []).append(people[row.user_id])
        made = _marked(connection, [row.id for row in shown])
    return shown.map(lambda row: (handin.of_row(row), people[row.user_id], tuple(given.get(row.id, ())), made[row.id]))


def give(kit: Kit, user: User, hand_in_id: int, peer_id: int) -> None:
    """A trainer gives a hand-in to another learner to mark; twice changes nothing."""
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()
    found = handin.get(kit, hand_in_id)
    peer = next((one for one in accounts.list_users(kit) if one.id == peer_id and one.active), None)
    if peer is None or peer.role is not Role.LEARNER:
        raise BadInput("Người được giao chấm chéo phải là một học viên đang học.")
    if peer.id == found.user_id:
        raise BadInput("Không giao bài cho chính người đã làm. Người ấy tự chấm ở bài của mình.")
    with kit.db.write() as connection:
        there = select(peers).where(peers.c.hand_in_id == found.id, peers.c.user_id == peer.id)
        if connection.execute(there).first() is None:
            _give(connection, user, [(found.id, peer.id)])


def deal(kit: Kit, user: User) -> int:
    """Give every hand-in without a peer to one: another author of the exercise where there is one, else any learner.

    Among those it is as even as it can be, with what they were given before. Returns how many were given.
    """
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()
    learners = {one.id for one in accounts.list_users(kit) if one.active and one.role is Role.LEARNER}
    work = select(hand_ins.c.id, hand_ins.c.user_id, hand_ins.c.exercise_id).order_by(hand_ins.c.id)
    with kit.db.write() as connection:
        every = connection.execute(work).all()
        given = [(row.hand_in_id, row.user_id) for row in connection.execute(select(peers))]
        authors = dict[str, set[int]]()
        for one in every:
            authors.setdefault(one.exercise_id, set()).add(one.user_id)
        taken = {which for which, _ in given}
        able = {
            one.id: (authors[one.exercise_id] & learners) - {one.user_id} or learners - {one.user_id}
            for one in every
            if one.id not in taken
        }
        pairs = list(evenly(able, Counter(who for _, who in given)).items())
        _give(connection, user, pairs)
    return len(pairs)


def evenly(able: Mapping[int, Set[int]], before: Mapping[int, int]) -> dict[int, int]:
    """To whom of those able to mark it each hand-in goes, so that nobody has more than need be.

    1. Each goes to whoever has fewest. The last ones may then be left with no choice but the busiest.
    2. So work is passed on, through the hands of others if need be, from a person to one with two fewer, while there is
       such a way. Where there is none the dealing is as even as any (Harvey et al., Semi-matchings for bipartite graphs
       and load balancing, 2006).
    """
    held, chosen = Counter(before), dict[int, int]()
    for one, may in able.items():
        if may:
            chosen[one] = min(may, key=lambda person: (held[person], person))
            held[chosen[one]] += 1
    while way := next(filter(None, (_way(able, chosen, held, busy) for busy, _ in held.most_common())), None):
        for one, peer in way:
            held[chosen[one]] -= 1
            held[peer] += 1
            chosen[one] = peer
    return chosen


def _way(
    able: Mapping[int, Set[int]], chosen: Mapping[int, int], held: Counter[int], busy: int
) -> list[tuple[int, int]]:
    """Which hand-ins pass to whom to take one from the busy person for somebody with two fewer; empty if none can."""
    came, queue = {busy: (0, busy)}, [busy]
    for giver in queue:
        passed_on = ((one, peer) for one in chosen if chosen[one] == giver for peer in sorted(able[one]))
        for one, peer in passed_on:
            if peer not in came:
                came[peer] = one, giver
                queue.append(peer)
                if held[peer] + 2 <= held[busy]:
                    return list(_back(came, peer))
    return []


def _back(came: Mapping[int, tuple[int, int]], peer: int) -> Iterator[tuple[int, int]]:
    while came[peer][1] != peer:
        one, giver = came[peer]
        yield one, peer
        peer = giver


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _give(connection: Connection, user: User, pairs: Sequence[tuple[int, int]]) -> None:
    if pairs:
        values = [{"hand_in_id": a, "user_id": b, "given_by": user.id, "at": now()} for a, b in pairs]
        connection.execute(insert(peers), values)


def _marked(connection: Connection, hand_in_ids: Sequence[int]) -> dict[int, tuple[Marking, ...]]:
    """For each of the hand-ins the newest marking of each person."""
    newest = select(func.max(markings.c.id)).where(markings.c.hand_in_id.in_(hand_in_ids))
    newest = newest.group_by(markings.c.hand_in_id, markings.c.rater_id)
    found: dict[int, list[Marking]] = {one: [] for one in hand_in_ids}
    for row in connection.execute(select(markings).where(markings.c.id.in_(newest)).order_by(markings.c.id)):
        found[row.hand_in_id].append(_marking(row))
    order = list(Rater)
    return {which: tuple(sorted(made, key=lambda one: order.index(one.role))) for which, made in found.items()}


def _said(text: str) -> str:
    text = nfc(text).strip()
    if len(text) > LONGEST:
        raise BadInput("Lời chấm dài quá %(limit)s ký tự. Anh/chị rút ngắn rồi lưu lại.", limit=LONGEST)
    return text


def _marking(row: Row[Any]) -> Marking:
    return Marking(
        id=row.id,
        hand_in_id=row.hand_in_id,
        rater_id=row.rater_id,
        role=Rater(row.role),
        rubric=row.rubric,
        levels=row.levels,
        at=row.at,
        reasons=row.reasons,
        note=row.note,
    )
