"""Which answers may be compared: of one exercise, of one person, part by part; an evaluator chooses without names."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from service import compare
from service.compare import choosing
from service.errors import BadInput, NotAllowed
from service.kit import Kit
from service.records import AttemptState, User
from service.store.db import now
from service.store.tables import attempts

DONE, RUNNING = AttemptState.DONE, AttemptState.RUNNING
ONE, OTHER = "tom-tat-cong-van-tiem-phong", "soan-cong-van-don-doc"


def attempt(
    kit: Kit,
    user: User,
    number: int,
    answer: str = "Ý {n}.",
    exercise: str = ONE,
    state: AttemptState = AttemptState.DONE,
) -> int:
    row = {
        "exercise_id": exercise,
        "exercise_version": 1,
        "exercise_hash": "x",
        "user_id": user.id,
        "number": number,
        "state": state,
        "prompt": "Tóm tắt.",
        "answer": answer.format(n=f"{number} của {user.name}"),
        "created_at": now(),
    }
    with kit.db.write() as connection:
        return int(connection.execute(insert(attempts).values(row).returning(attempts.c.id)).scalar_one())


@pytest.fixture
def made(kit: Kit, people: dict[str, User]) -> list[int]:
    """Minh began first; what grows, is empty or belongs to another exercise is none to choose."""
    ids = [attempt(kit, people[name], n) for name, n in (("minh", 1), ("lan", 1), ("lan", 2))]
    attempt(kit, people["lan"], 3, state=RUNNING)
    attempt(kit, people["lan"], 4, answer="", state=AttemptState.FAILED)
    attempt(kit, people["lan"], 1, exercise=OTHER)
    return ids


def test_finished_answers_of_one_exercise_newest_first(kit: Kit, people: dict[str, User], made: list[int]) -> None:
    assert [one.attempt.id for one in choosing.offered(kit, people["thu"], ONE)] == made[::-1]
    assert choosing.offered(kit, people["thu"], "khong-co").total == 0


def test_a_trainer_chooses_by_name_an_evaluator_by_number(kit: Kit, people: dict[str, User], made: list[int]) -> None:
    def told(user: User) -> list[tuple[int, str, int | None]]:
        return [(one.person, one.name, one.attempt.number) for one in choosing.offered(kit, user, ONE)]

    assert told(people["thu"]) == told(people["quan"]) == [(2, "Lan", 2), (2, "Lan", 1), (1, "Minh", 1)]
    assert told(people["dung"]) == [(2, "", 2), (2, "", 1), (1, "", 1)]
    assert choosing.people(kit, people["thu"], ONE) == ((1, "Minh (minh)"), (2, "Lan (lan)"))
    assert choosing.people(kit, people["dung"], ONE) == ((1, ""), (2, ""))


def test_the_list_is_narrowed_to_one_person_by_number(kit: Kit, people: dict[str, User], made: list[int]) -> None:
    assert [one.attempt.id for one in choosing.offered(kit, people["dung"], ONE, 2)] == made[:0:-1]
    assert [one.attempt.id for one in choosing.offered(kit, people["dung"], ONE, 1)] == made[:1]
    assert choosing.offered(kit, people["dung"], ONE, 9).total == 0


def test_a_long_list_comes_in_parts(kit: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [attempt(kit, people["lan"], n) for n in range(1, 8)]
    monkeypatch.setattr(choosing, "LISTED", 3)
    parts = [choosing.offered(kit, people["dung"], ONE, start=start) for start in (0, 3, 6)]
    assert [one.attempt.id for part in parts for one in part] == ids[::-1]
    assert [(part.total, part.newer, part.older) for part in parts] == [(7, None, 3), (7, 0, 6), (7, 3, None)]


def test_chosen_ones_are_found_again_and_others_passed_over(kit: Kit, people: dict[str, User], made: list[int]) -> None:
    foreign = attempt(kit, people["minh"], 2, exercise=OTHER)
    found = choosing.chosen(kit, people["dung"], ONE, [made[0], foreign, 999])
    assert [(one.attempt.id, one.person) for one in found] == [(made[0], 1)]


def test_learners_choose_nothing(kit: Kit, people: dict[str, User], made: list[int]) -> None:
    for deed in (choosing.offered, choosing.people):
        with pytest.raises(NotAllowed):
            deed(kit, people["lan"], ONE)
    with pytest.raises(NotAllowed):
        choosing.chosen(kit, people["lan"], ONE, made)


def test_an_answer_that_still_grows_is_refused(seeded: Kit, people: dict[str, User]) -> None:
    ids = [
        attempt(seeded, people["lan"], n, state=state)
        for n, state in ((1, AttemptState.DONE), (2, AttemptState.RUNNING))
    ]
    with pytest.raises(BadInput, match="máy còn đang viết"):
        compare.from_attempts(seeded, people["dung"], "", ids)
    assert compare.listing(seeded, people["dung"]) == ()
