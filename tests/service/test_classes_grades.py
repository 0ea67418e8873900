"""The grade book: people beside exercises, in no order of merit; its file opens in a spreadsheet as it is meant."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from service import accounts, audit, classes, exercises, feedback, handin, practice, rubric, seats, verify
from service.classes import grades
from service.errors import NotAllowed, NotFound
from service.kit import Kit
from service.records import Class, Rater, Role, User
from tests.conftest import password_of

EXERCISE, SECOND = "tom-tat-cong-van-tiem-phong", "soan-cong-van-don-doc"


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    made = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 6, EXERCISE)
    seats.join(seeded, people["minh"], made.code, 2)
    seats.join(seeded, people["lan"], made.code, 5)
    classes.choose(seeded, people["thu"], made.id, SECOND)
    return made


def hand_in(kit: Kit, user: User) -> int:
    attempt = practice.begin(kit, user, exercises.get(kit, user, EXERCISE), "Tóm tắt công văn kèm theo.")
    list(practice.answer(kit, attempt.id))
    feedback.grade(kit, attempt.id)
    for detail in verify.details(kit, practice.load(kit, attempt.id)):
        verify.tick(kit, user, attempt.id, detail.key, verify.RIGHT)
    return handin.of_attempt(kit, user, attempt.id).id


def marked(kit: Kit, user: User, hand_in_id: int, best: bool) -> None:
    sheet = rubric.of(kit, exercises.present(kit, EXERCISE))
    at = 0 if best else -1
    levels = {one.name: [level.name for level in one.levels if level.points is not None][at] for one in sheet.criteria}
    rubric.mark(kit, user, hand_in_id, levels, dict.fromkeys(levels, "Vì thế."))


def test_people_beside_the_exercises_they_had_at_hand(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    thu, lan = people["thu"], people["lan"]
    handed = hand_in(seeded, lan)
    practice.begin(seeded, lan, exercises.get(seeded, lan, EXERCISE), "Tóm tắt nữa.")
    assert list(grades.titles(seeded, thu, lesson.id)) == [EXERCISE, SECOND]
    book = grades.book(seeded, thu, lesson.id)
    assert [(line.seat, line.person.name) for line in book] == [(2, "minh"), (5, "lan")]
    assert book[0].grades[EXERCISE].attempts == 0
    first = book[1].grades[EXERCISE]
    assert (first.attempts, first.handed_in, first.by) == (2, handed, None)
    assert book[1].grades[SECOND].handed_in is None
    names = [line.person.name for line in grades.book(seeded, thu, lesson.id, "name")]
    assert names == ["lan", "minh"]


def test_the_trainers_sheet_counts_before_a_peers_and_ones_own(
    seeded: Kit, people: dict[str, User], lesson: Class
) -> None:
    thu, lan, minh = people["thu"], people["lan"], people["minh"]
    handed = hand_in(seeded, lan)
    rubric.give(seeded, thu, handed, minh.id)
    for user, best, by in ((lan, True, Rater.SELF), (minh, False, Rater.PEER), (thu, True, Rater.TRAINER)):
        marked(seeded, user, handed, best)
        grade = grades.book(seeded, thu, lesson.id)[1].grades[EXERCISE]
        assert grade.by is by and grade.most > 0
        assert grade.points == (grade.most if best else 0)


def test_the_file_opens_in_a_spreadsheet(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    marked(seeded, people["lan"], hand_in(seeded, people["lan"]), best=True)
    spy = accounts.create_user(seeded, "spy", "=1+1 Nguyễn Ữ", Role.LEARNER, "mat-khau-dai")
    seats.join(seeded, spy, lesson.code, 6)
    text = grades.export_csv(seeded, people["thu"], lesson.id)
    assert text.startswith("\ufeff") and "\r\n" in text
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    title = exercises.present(seeded, EXERCISE).title
    assert head[:7] == [
        "Bàn",
        "Họ và tên",
        "Tên đăng nhập",
        f"{title}: số lần làm, cả trước khi vào lớp",
        f"{title}: đã nộp, cả trước khi vào lớp",
        f"{title}: điểm phiếu chấm (%)",
        f"{title}: người chấm",
    ]
    assert [row[1] for row in rows] == ["Minh", "Lan", "'=1+1 Nguyễn Ữ"]
    assert rows[1][:7] == ["5", "Lan", "lan", "1", "có", "100", "tự chấm"]
    assert rows[0][3:7] == ["0", "chưa", "", ""]
    package = zipfile.ZipFile(io.BytesIO(grades.export_xlsx(seeded, people["thu"], lesson.id)))
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert f"{title}: số lần làm, cả trước khi vào lớp" in sheet and ">100</v>" in sheet
    assert ">=1+1 Nguyễn Ữ</t>" in sheet, "a text is no formula there, and needs no guard"


def test_who_reads_the_book_is_noted_and_nobody_else_does(seeded: Kit, people: dict[str, User], lesson: Class) -> None:
    ha = accounts.create_user(seeded, "ha", "Hà", Role.TRAINER, password_of("ha"))
    for read in (grades.book, grades.export_csv, grades.export_xlsx, grades.titles):
        with pytest.raises(NotFound):
            read(seeded, ha, lesson.id)
        for name in ("lan", "dung"):
            with pytest.raises(NotAllowed):
                read(seeded, people[name], lesson.id)
    assert not [one for one in audit.listed(seeded) if one.deed == "class.grades"]
    grades.book(seeded, people["thu"], lesson.id)
    assert [one.subject for one in audit.listed(seeded) if one.deed == "class.grades"] == [str(lesson.id)]
