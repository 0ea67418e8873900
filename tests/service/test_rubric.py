"""Marks by rubric: the author, a peer who is not told whose work it is, a trainer; apart from the automatic score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from service import accounts, exercises, feedback, handin, practice, rubric
from service.errors import BadInput, InvalidExercise, NotAllowed, NotFound
from service.kit import Kit
from service.prompts.rubrics import load_rubric, parse_rubric
from service.records import HandIn, Rater, Role, Rubric, User

SHIPPED = Path(rubric.HOME) / "prompts" / "rubrics"


def handed_in(kit: Kit, user: User) -> HandIn:
    exercise = exercises.get(kit, user, "tom-tat-cong-van-tiem-phong")
    made = practice.begin(kit, user, exercise, "Tóm tắt công văn trong 100 tiếng.")
    list(practice.answer(kit, made.id))
    feedback.grade(kit, made.id)
    return handin.of_attempt(kit, user, made.id)


def best(sheet: Rubric) -> dict[str, str]:
    return {one.name: one.levels[0].name for one in sheet.criteria}


def test_who_may_mark_and_in_whose_part(seeded: Kit, people: dict[str, User]) -> None:
    found = handed_in(seeded, people["lan"])
    sheet = rubric.of(seeded, exercises.present(seeded, found.exercise_id))
    score = practice.load(seeded, found.attempt_id).score
    for stranger in ("minh", "dung"):
        with pytest.raises(NotFound):
            rubric.mark(seeded, people[stranger], found.id, best(sheet), {})
    with pytest.raises(NotAllowed):
        rubric.give(seeded, people["minh"], found.id, people["minh"].id)
    for wrong in ("lan", "thu"):
        with pytest.raises(BadInput):
            rubric.give(seeded, people["thu"], found.id, people[wrong].id)
    rubric.give(seeded, people["thu"], found.id, people["minh"].id)
    rubric.give(seeded, people["thu"], found.id, people["minh"].id)
    assert rubric.to_mark(seeded, people["minh"]) == ((found, False),)

    for name in ("thu", "minh", "lan"):
        rubric.mark(seeded, people[name], found.id, best(sheet), {"trung-thuc": "Đã dò lại."}, "Dùng được.")
    again = best(sheet) | {"trung-thuc": "sai-nang"}
    rubric.mark(seeded, people["minh"], found.id, again, {})
    marked = rubric.marked(seeded, found.id)
    assert [one.role for one in marked] == [Rater.SELF, Rater.PEER, Rater.TRAINER]
    assert marked[1].levels["trung-thuc"] == "sai-nang", "the newest of a person counts"
    assert marked[0].reasons == {"trung-thuc": "Đã dò lại."}
    assert len(rubric.history(seeded, people["thu"], found.id)) == 4, "and the earlier one is kept"
    with pytest.raises(NotAllowed):
        rubric.history(seeded, people["lan"], found.id)
    assert rubric.total(sheet, marked[0]) == (32, 32)
    assert rubric.total(sheet, marked[1]) == (20, 32)
    assert rubric.to_mark(seeded, people["minh"]) == ((found, True),)
    assert practice.load(seeded, found.attempt_id).score == score, "marks are never added to the automatic score"


def test_a_sheet_is_filled_in_whole(seeded: Kit, people: dict[str, User]) -> None:
    found = handed_in(seeded, people["lan"])
    sheet = rubric.of(seeded, exercises.present(seeded, found.exercise_id))
    with pytest.raises(BadInput, match="Chưa chọn mức cho tiêu chí “Dễ hiểu”"):
        rubric.mark(seeded, people["lan"], found.id, best(sheet) | {"de-hieu": "rat-hay"}, {})
    with pytest.raises(BadInput, match="dài quá 2000"):
        rubric.mark(seeded, people["lan"], found.id, best(sheet), {}, "a" * 2001)
    kept = rubric.mark(seeded, people["lan"], found.id, best(sheet) | {"de-hieu": "khong-cham", "la": "x"}, {"la": "x"})
    assert set(kept.levels) == {one.name for one in sheet.criteria}
    assert rubric.total(sheet, kept) == (28, 28), "what could not be judged is in neither sum"


def test_work_is_dealt_out_evenly_and_never_to_its_author(seeded: Kit, people: dict[str, User]) -> None:
    tam = accounts.create_user(seeded, "tam", "Tâm", Role.LEARNER, "tam-mat-khau")
    made = [handed_in(seeded, one) for one in (people["lan"], people["minh"], people["lan"])]
    assert rubric.deal(seeded, people["thu"]) == 3
    assert rubric.deal(seeded, people["thu"]) == 0
    assert [one.id for one, _ in rubric.to_mark(seeded, people["minh"])] == [made[0].id, made[2].id]
    assert [one.id for one, _ in rubric.to_mark(seeded, people["lan"])] == [made[1].id]
    assert rubric.to_mark(seeded, tam) == (), "authors of the same exercise come first"
    with pytest.raises(NotAllowed):
        rubric.deal(seeded, people["lan"])


def test_three_authors_deal_in_a_ring(seeded: Kit, people: dict[str, User]) -> None:
    tam = accounts.create_user(seeded, "tam", "Tâm", Role.LEARNER, "tam-mat-khau")
    for one in (people["lan"], people["minh"], tam):
        handed_in(seeded, one)
    assert rubric.deal(seeded, people["thu"]) == 3
    assert [len(rubric.to_mark(seeded, one)) for one in (people["lan"], people["minh"], tam)] == [1, 1, 1]


@given(
    st.lists(st.sets(st.integers(0, 3)), max_size=6),
    st.dictionaries(st.integers(0, 3), st.integers(0, 3)),
)
def test_no_dealing_out_is_more_even(able: list[set[int]], before: dict[int, int]) -> None:
    """Held against every way to give each hand-in to one of those who may mark it."""
    chosen = rubric.evenly(dict(enumerate(able)), before)
    assert set(chosen) == {n for n, may in enumerate(able) if may}
    assert all(peer in able[n] for n, peer in chosen.items())

    def loads(peers: Iterable[int]) -> list[int]:
        held = Counter(before) + Counter(peers)
        return sorted((held[person] for person in range(4)), reverse=True)

    assert loads(chosen.values()) == min(map(loads, product(*(sorted(may) for may in able if may))))


@given(st.integers(2, 12), st.integers(1, 4))
def test_authors_of_as_much_mark_as_much(authors: int, each: int) -> None:
    """A class that all did the same exercise, by turns and one after the other: nobody their own, all as many."""
    for order in ([n % authors for n in range(authors * each)], [n // each for n in range(authors * each)]):
        chosen = rubric.evenly({n: set(range(authors)) - {author} for n, author in enumerate(order)}, {})
        assert set(Counter(chosen.values()).values()) == {each} and len(set(chosen.values())) == authors
        assert all(order[n] != peer for n, peer in chosen.items())


def test_a_spoilt_copy_of_a_rubric_gives_way_to_the_shipped_one(seeded: Kit) -> None:
    exercise = exercises.present(seeded, "tom-tat-cong-van-tiem-phong")
    (seeded.settings.prompts / exercise.rubric).write_text("schema: một", encoding="utf-8")
    assert rubric.of(seeded, exercise).id == "tom-tat"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_sheets_are_whole(path: Path) -> None:
    assert load_rubric(path).criteria


@pytest.mark.parametrize(("old", "new", "told"), [
    ("scale: ordinal", "thang: x", "Không có mục “thang”"), ("version: 1", "version: 0", "nhỏ nhất là 1"),
    ("points: 4", "điểm: 4", "cần mục “points”"), ("name: ngan-gon", "name: de-hieu", "phải khác các mã kia"),
    ("id: tom-tat", "id: khac", "trùng tên tệp"), ("name: sot", "name: lan", "Hai mức cùng mang mã"),
])  # fmt: skip
def test_a_fault_of_a_sheet_is_told(old: str, new: str, told: str) -> None:
    text = (SHIPPED / "tom-tat.yaml").read_text(encoding="utf-8")
    with pytest.raises(InvalidExercise, match=told):
        parse_rubric(text.replace(old, new, 1), "tom-tat")
