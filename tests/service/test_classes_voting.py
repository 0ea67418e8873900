"""The whole class votes: two or three pinned answers, each seat once and blindly, counted when the trainer ends it."""

from __future__ import annotations

import pytest

from service import accounts, classes, compare, exercises, practice, seats
from service.classes import live, voting
from service.compare import counting
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.records import Class, ClassVote, Role, User, Winner
from tests.conftest import password_of

EXERCISE = "tom-tat-cong-van-tiem-phong"


@pytest.fixture
def engine() -> ScriptedEngine:
    """A fake model that answers with the prompt's last line, so that no two answers are alike."""
    return ScriptedEngine(lambda messages: messages[-1].content.splitlines()[-1])


@pytest.fixture
def folk(seeded: Kit) -> list[User]:
    return accounts.create_users(seeded, [(f"hv{n}", f"Người {n}", "mat-khau-dai") for n in range(8)], Role.LEARNER)


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User], folk: list[User]) -> Class:
    """A class of ten: Lan at 1, Minh at 2, the others from 3 on."""
    made = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 10, EXERCISE)
    for number, person in enumerate((people["lan"], people["minh"], *folk), 1):
        seats.join(seeded, person, made.code, number)
    return made


def pinned(kit: Kit, people: dict[str, User], lesson: Class, n: int, exercise_id: str = EXERCISE) -> list[int]:
    """So many answers of Lan's on the wall."""
    found = []
    for one in range(n):
        attempt = practice.begin(kit, people["lan"], exercises.present(kit, exercise_id), f"Tóm tắt, cách {one}.")
        list(practice.answer(kit, attempt.id))
        classes.pin(kit, people["thu"], lesson.id, attempt.id, "Bản này đủ hạn.")
        found.append(attempt.id)
    return found


def on_wall(kit: Kit, people: dict[str, User], lesson: Class) -> ClassVote:
    seen = live.view(kit, people["thu"], lesson.id).vote
    assert seen is not None
    return seen


def test_each_seat_votes_once_and_the_count_shows_when_the_vote_is_closed(
    seeded: Kit, people: dict[str, User], folk: list[User], lesson: Class
) -> None:
    assert live.view(seeded, people["thu"], lesson.id).vote is None
    chosen = pinned(seeded, people, lesson, 2)
    voting.begin(seeded, people["thu"], lesson.id, chosen)
    first, second = on_wall(seeded, people, lesson).answers
    assert [first.attempt_id, second.attempt_id] == chosen
    for n, person in enumerate((people["minh"], *folk)):
        ballot = voting.ballot(seeded, person)
        assert ballot is not None and ballot.chosen == ""
        voting.cast(seeded, person, ballot.vote.id, str(first.id) if n < 5 else str(second.id) if n < 8 else "tie")
        open_yet = on_wall(seeded, people, lesson)
        assert (open_yet.open, open_yet.cast, open_yet.counts) == (True, n + 1, ())
        assert open_yet.ties == open_yet.both_bad == 0, "nothing is told while it is open"
    voting.cast(seeded, people["lan"], ballot.vote.id, Winner.BOTH_BAD)
    ballot = voting.ballot(seeded, people["minh"])
    assert ballot is not None and ballot.chosen == str(first.id)
    with pytest.raises(BadInput, match="đã bỏ phiếu rồi"):
        voting.cast(seeded, people["minh"], ballot.vote.id, str(second.id))
    voting.close(seeded, people["thu"], lesson.id)
    over = on_wall(seeded, people, lesson)
    assert (over.open, over.cast, over.counts, over.ties, over.both_bad) == (False, 10, (5, 3), 1, 1)
    with pytest.raises(BadInput, match=r"đã khóa phiếu.*chưa được ghi"):
        voting.cast(seeded, people["minh"], ballot.vote.id, str(second.id))


def test_of_three_the_best_is_chosen(seeded: Kit, people: dict[str, User], folk: list[User], lesson: Class) -> None:
    made = voting.begin(seeded, people["thu"], lesson.id, pinned(seeded, people, lesson, 3))
    ids = [one.id for one in on_wall(seeded, people, lesson).answers]
    for n, person in enumerate(folk):
        voting.cast(seeded, person, made.id, [str(ids[2]), str(ids[0]), Winner.TIE][n % 3])
    voting.close(seeded, people["thu"], lesson.id)
    over = on_wall(seeded, people, lesson)
    assert (over.cast, over.counts, over.ties, over.both_bad) == (8, (3, 0, 3), 2, 0)


def test_what_the_class_said_is_an_evaluators_to_read(
    seeded: Kit, people: dict[str, User], folk: list[User], lesson: Class
) -> None:
    """The best of three is better than each of the two others; of these two nothing was said."""
    made = voting.begin(seeded, people["thu"], lesson.id, pinned(seeded, people, lesson, 3))
    ids = [one.id for one in on_wall(seeded, people, lesson).answers]
    for person in folk:
        voting.cast(seeded, person, made.id, str(ids[1]))
    assert compare.half_way(seeded, people["dung"], made.id) == 0, "a seat has no pairs left to judge"
    voting.close(seeded, people["thu"], lesson.id)
    tally = {one.contestant.id: one for one in compare.standings(seeded, people["dung"], made.id)}
    assert [(tally[one].wins, tally[one].losses) for one in ids] == [(0, 8), (16, 0), (0, 8)]
    assert counting.ranked(seeded, people["dung"], made.id).judges == 8
    sides = [one.left_id == ids[1] for one in compare.cast(seeded, people["dung"], made.id)]
    assert {True, False} == set(sides), "each person has an order of one's own"


def test_an_evaluators_vote_is_not_the_classs(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    made = voting.begin(seeded, people["thu"], lesson.id, pinned(seeded, people, lesson, 2))
    showing = compare.next_showing(seeded, people["dung"], made.id)
    assert showing is not None
    compare.vote(seeded, people["dung"], showing.id, Winner.LEFT)
    voting.close(seeded, people["thu"], lesson.id)
    assert (on_wall(seeded, people, lesson).cast, on_wall(seeded, people, lesson).counts) == (0, (0, 0))


def test_only_who_sits_in_the_class_votes(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    made = voting.begin(seeded, people["thu"], lesson.id, pinned(seeded, people, lesson, 2))
    answer = str(on_wall(seeded, people, lesson).answers[0].id)
    other = classes.begin(seeded, people["thu"], "Lớp hai", 5, EXERCISE)
    seats.join(seeded, people["dung"], other.code, 1)
    assert voting.ballot(seeded, people["dung"]) is None
    with pytest.raises(NotFound):
        voting.cast(seeded, people["dung"], made.id, answer)
    seats.leave(seeded, people["minh"])
    with pytest.raises(NotFound):
        voting.cast(seeded, people["minh"], made.id, answer)
    for said in ("", "0", "left", "99999"):
        with pytest.raises(BadInput, match="chưa chọn bản nào"):
            voting.cast(seeded, people["lan"], made.id, said)
    assert on_wall(seeded, people, lesson).cast == 0


def test_a_vote_is_opened_and_closed_by_the_trainer(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    chosen = pinned(seeded, people, lesson, 2)
    ha = accounts.create_user(seeded, "ha", "Hà", Role.TRAINER, password_of("ha"))
    for deed in (
        lambda user: voting.begin(seeded, user, lesson.id, chosen),
        lambda user: voting.close(seeded, user, lesson.id),
    ):
        with pytest.raises(NotFound):
            deed(ha)
        for name in ("lan", "dung"):
            with pytest.raises(NotAllowed):
                deed(people[name])
        deed(people["quan"])
    assert not on_wall(seeded, people, lesson).open


def test_what_cannot_be_voted_on_is_refused(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    thu, chosen = people["thu"], pinned(seeded, people, lesson, 4)
    classes.unpin(seeded, thu, lesson.id, chosen[3])
    for few in ([], chosen[:1], [chosen[0]] * 2, chosen, [chosen[0], chosen[3]]):
        with pytest.raises(BadInput, match="chọn hai hoặc ba kết quả đang ghim"):
            voting.begin(seeded, thu, lesson.id, few)
    [twin] = pinned(seeded, people, lesson, 1)
    with pytest.raises(BadInput, match=r"Hai kết quả.*giống hệt nhau") as told:
        voting.begin(seeded, thu, lesson.id, [chosen[0], twin])
    assert "Lan" not in str(told.value)
    classes.set_open(seeded, thu, lesson.id, False)
    with pytest.raises(BadInput, match="Lớp đã đóng"):
        voting.begin(seeded, thu, lesson.id, chosen[:2])
    classes.set_open(seeded, thu, lesson.id, True)
    assert compare.listing(seeded, thu) == ()
    voting.begin(seeded, thu, lesson.id, chosen[:2])
    with pytest.raises(BadInput, match="đang bình chọn"):
        voting.begin(seeded, thu, lesson.id, chosen[1:3])
    assert len(compare.listing(seeded, thu)) == 1


def test_another_exercise_takes_the_count_off_the_wall_and_an_open_vote_stays(
    seeded: Kit, people: dict[str, User], lesson: Class
) -> None:
    voting.begin(seeded, people["thu"], lesson.id, pinned(seeded, people, lesson, 2))
    classes.choose(seeded, people["thu"], lesson.id, "soan-cong-van-don-doc")
    assert on_wall(seeded, people, lesson).open
    voting.close(seeded, people["thu"], lesson.id)
    assert live.view(seeded, people["thu"], lesson.id).vote is None
    assert voting.ballot(seeded, people["lan"]) is None
