"""A seat is taken with code and number, kept, left; nobody sits on another's, and no code is mistaken for another."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from service import accounts, classes, exercises, experiments, handwork, practice, seats
from service.classes import live
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Class, Role, User
from service.store.tables import attempts
from tests.conftest import password_of
from tests.service.test_progress import sorted_cards

EXERCISE, BY_HAND = "tom-tat-cong-van-tiem-phong", "xep-the-duoc-khong-duoc"


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    return classes.begin(seeded, people["thu"], "Lớp xã  Triệu Phong", 36, EXERCISE)


def test_a_code_can_be_read_aloud() -> None:
    codes = {classes.new_code() for _ in range(300)}
    assert len(codes) > 295
    assert all(len(code) == 6 and code[:2].isalpha() and code[2:].isdecimal() for code in codes)
    assert not set("".join(codes)) & set("O0I1")


def test_a_seat_is_taken_with_the_code_as_anybody_types_it(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    assert seats.mine(seeded, people["lan"]) is None
    typed = f" {lesson.code[:2].lower()} - {lesson.code[2:]} "
    assert seats.join(seeded, people["lan"], typed, 12).number == 12
    found = seats.mine(seeded, people["lan"])
    assert found is not None
    assert (found.lesson.name, found.lesson.written, found.number) == (
        "Lớp xã Triệu Phong",
        f"{lesson.code[:2]} {lesson.code[2:]}",
        12,
    )
    assert seats.mine(seeded, people["minh"]) is None


def test_what_cannot_be_is_told_in_a_sentence(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    lan, minh = people["lan"], people["minh"]
    seats.join(seeded, lan, lesson.code, 12)
    with pytest.raises(BadInput, match="Không có lớp nào mang mã “ZZ 0000”"):
        seats.join(seeded, minh, "ZZ 0000", 1)
    for number in (0, 37, -1, "0", " 37 "):
        seen = str(number).strip()
        with pytest.raises(
            BadInput, match=rf"Không có bàn {seen}\. Lớp này có 36 bàn.*xem lại số ghi trên bàn, từ 1 đến 36"
        ):
            seats.join(seeded, minh, lesson.code, number)
    for typed in ("abc", "bàn 5", "4,5", "²", "١"):
        with pytest.raises(BadInput, match=rf"“{typed}” không phải là số bàn\..*nhập số ghi trên bàn, từ 1 đến 36"):
            seats.join(seeded, minh, lesson.code, typed)
    with pytest.raises(BadInput, match="“xxxxxxxxxxxxxxxxxxxx” không phải"):
        seats.join(seeded, minh, lesson.code, "x" * 500)
    for typed in ("", "  "):
        with pytest.raises(BadInput, match=r"chưa ghi số bàn\..*nhập số ghi trên bàn, từ 1 đến 36"):
            seats.join(seeded, minh, lesson.code, typed)
    with pytest.raises(BadInput, match=r"Không có bàn 9{20}\."):
        seats.join(seeded, minh, lesson.code, "9" * 5000)
    with pytest.raises(BadInput, match="Bàn 12 đã có người ngồi"):
        seats.join(seeded, minh, lesson.code, 12)
    assert seats.mine(seeded, minh) is None
    classes.set_open(seeded, people["thu"], lesson.id, False)
    with pytest.raises(BadInput, match="Lớp “Lớp xã Triệu Phong” đã đóng"):
        seats.join(seeded, minh, lesson.code, 1)
    assert seats.mine(seeded, lan) is None, "a closed class is no place to sit"
    classes.set_open(seeded, people["thu"], lesson.id, True)
    again = seats.mine(seeded, lan)
    assert again is not None and again.number == 12


def test_who_fails_to_change_the_seat_keeps_the_old_one(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    seats.join(seeded, people["lan"], lesson.code, 12)
    seats.join(seeded, people["minh"], lesson.code, 13)
    with pytest.raises(BadInput):
        seats.join(seeded, people["minh"], lesson.code, 12)
    kept = seats.mine(seeded, people["minh"])
    assert kept is not None and kept.number == 13


def test_coming_back_keeps_the_seat_and_leaving_frees_it(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    lan, minh = people["lan"], people["minh"]
    for _ in range(2):
        seats.join(seeded, lan, lesson.code, 12)
    accounts.revoke_sessions(seeded, lan.id)
    assert seats.mine(seeded, lan) is not None
    seats.leave(seeded, lan)
    assert seats.mine(seeded, lan) is None
    assert seats.join(seeded, minh, lesson.code, 12).number == 12
    told = [(seat.number, user.name) for seat, user in classes.people(seeded, people["thu"], lesson.id)]
    assert told == [(12, "minh"), (None, "lan")], "who has left stays in the book"


def test_a_person_sits_in_one_open_class(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    other = classes.begin(seeded, people["thu"], "Lớp hai", 10)
    seats.join(seeded, people["lan"], lesson.code, 12)
    seats.join(seeded, people["lan"], other.code, 3)
    found = seats.mine(seeded, people["lan"])
    assert found is not None and (found.lesson.id, found.number) == (other.id, 3)
    assert seats.join(seeded, people["minh"], lesson.code, 12).number == 12


def test_nobody_calls_from_a_class_that_was_closed(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    seats.join(seeded, people["lan"], lesson.code, 12)
    seats.call(seeded, people["lan"], True)
    for is_open in (False, True):
        classes.set_open(seeded, people["thu"], lesson.id, is_open)
        assert not any(row.calling for row in live.view(seeded, people["thu"], lesson.id).rows)
    assert seats.mine(seeded, people["lan"]) is not None


def test_calling_the_trainer_shows_at_the_seat_and_nowhere_else(
    seeded: Kit, people: dict[str, User], lesson: Class
) -> None:
    with pytest.raises(NotFound):
        seats.call(seeded, people["lan"], True)
    seats.join(seeded, people["lan"], lesson.code, 12)
    seats.join(seeded, people["minh"], lesson.code, 13)
    assert seats.call(seeded, people["lan"], True).calling
    assert [one.number for one in live.view(seeded, people["thu"], lesson.id).rows if one.calling] == [12]
    classes.answer_call(seeded, people["thu"], lesson.id, 12)
    found = seats.mine(seeded, people["lan"])
    assert found is not None and not found.calling


def test_while_the_class_is_paused_its_seats_run_nothing(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    lan, minh, thu = people["lan"], people["minh"], people["thu"]
    exercise = exercises.get(seeded, lan, EXERCISE)
    prompt = "Bạn là chuyên viên. Tóm tắt công văn kèm theo, không quá 150 tiếng."
    seats.join(seeded, lan, lesson.code, 12)
    before = practice.begin(seeded, lan, exercise, prompt)
    list(practice.answer(seeded, before.id))
    classes.pause(seeded, thu, lesson.id, True)
    for run in (
        lambda: practice.begin(seeded, lan, exercise, prompt),
        lambda: practice.run_again(seeded, lan, before.id),
        lambda: experiments.begin_parts(seeded, lan, before.id),
    ):
        with pytest.raises(BadInput, match="Giảng viên đang tạm dừng chạy"):
            run()
    with seeded.db.read() as connection:
        assert connection.execute(select(func.count()).select_from(attempts)).scalar_one() == 1
    assert practice.begin(seeded, minh, exercise, prompt).number == 1, "who sits elsewhere is not paused"
    assert practice.begin(seeded, thu, exercise, prompt).number == 1, "a trainer may show something"
    classes.pause(seeded, thu, lesson.id, False)
    assert practice.begin(seeded, lan, exercise, prompt).number == 2


def test_work_by_hand_is_paused_as_well_and_kept(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    lan, minh, exercise = people["lan"], people["minh"], exercises.present(seeded, BY_HAND)
    cards = sorted_cards(exercise, wrong=1)
    seats.join(seeded, lan, lesson.code, 12)
    classes.pause(seeded, people["thu"], lesson.id, True)
    with pytest.raises(BadInput, match=r"Giảng viên đang tạm dừng.*Bài làm đã được lưu"):
        handwork.hand_over(seeded, lan, exercise, cards)
    assert handwork.in_hand(seeded, lan, exercise) == cards, "nothing is lost, with no script in the browser either"
    assert practice.history(seeded, lan, exercise.id) == ()
    assert handwork.hand_over(seeded, minh, exercise, cards).number == 1, "who sits elsewhere is not paused"
    classes.pause(seeded, people["thu"], lesson.id, False)
    assert handwork.hand_over(seeded, lan, exercise, cards).number == 1


def test_a_trainer_who_sits_in_a_class_is_never_paused(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    accounts.create_user(seeded, "ha", "Hà", Role.TRAINER, password_of("ha"))
    ha = next(user for user in accounts.list_users(seeded) if user.name == "ha")
    seats.join(seeded, ha, lesson.code, 1)
    classes.pause(seeded, people["thu"], lesson.id, True)
    assert practice.begin(seeded, ha, exercises.get(seeded, ha, EXERCISE), "Tóm tắt.").number == 1
