"""Two people may share a full name; a trainer is shown by the sign-in name which of them is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from service import accounts, exercises, feedback, handin, practice, rubric
from service.kit import Kit
from service.records import HandIn, Role, User

ClientOf = Callable[[str], FlaskClient]


def handed_in(kit: Kit, user: User) -> HandIn:
    exercise = exercises.get(kit, user, "tom-tat-cong-van-tiem-phong")
    made = practice.begin(kit, user, exercise, "Tóm tắt công văn trong 100 tiếng.")
    list(practice.answer(kit, made.id))
    feedback.grade(kit, made.id)
    return handin.of_attempt(kit, user, made.id)


def test_namesakes_are_told_apart(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    hoa, other, third = (
        accounts.create_user(seeded, name, "Nguyễn Thị Hoà", Role.LEARNER, f"{name}-mat-khau")
        for name in ("hoa.1", "hoa.2", "hoa.3")
    )
    work = handed_in(seeded, hoa)
    rubric.give(seeded, people["thu"], work.id, other.id)
    sheet = rubric.of(seeded, exercises.present(seeded, work.exercise_id))
    levels = {one.name: one.levels[0].name for one in sheet.criteria}
    rubric.mark(seeded, other, work.id, levels, {})
    rubric.mark(seeded, people["thu"], work.id, levels, {})
    thu, quan = client_of("thu"), client_of("quan")

    page = thu.get("/manage/hand-ins").text
    assert re.search(r'<th scope="row">Nguyễn Thị Hoà.*?hoa\.1.*?</th>', page)
    assert re.search(r'<td data-head="Chấm chéo">Nguyễn Thị Hoà \(hoa\.2\)', page)
    assert f'<option value="{third.id}">Nguyễn Thị Hoà (hoa.3)</option>' in page
    assert re.search(r'<th scope="row">(?:(?!</th>).)*Nguyễn Thị Hoà.*?hoa\.1', thu.get("/manage/attempts").text)
    page = thu.get(f"/hand-ins/{work.id}").text
    assert "Bài của Nguyễn Thị Hoà (hoa.1), lần 1" in page
    assert "Học viên Nguyễn Thị Hoà (hoa.2) chấm chéo" in page
    assert "Giảng viên Thu (thu) chấm" in quan.get(f"/hand-ins/{work.id}").text
    for client, path in ((client_of("hoa.1"), f"/hand-ins/{work.id}"), (client_of("hoa.2"), f"/hand-ins/{work.id}")):
        seen = client.get(path).text
        assert "(thu)" not in seen and "(hoa.1)" not in seen and "(hoa.2)" not in seen, "for trainers only"
