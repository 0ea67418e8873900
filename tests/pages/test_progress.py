"""The progress page, for oneself and read by the trainer."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from service import exercises, handwork
from service.kit import Kit
from service.records import Level, User
from tests.service.test_passing import run

ClientOf = Callable[[str], FlaskClient]
SORTING = "/exercises/xep-the-duoc-khong-duoc"


def test_progress_of_ones_own_and_of_a_learner(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, thu = client_of("lan"), client_of("thu")
    empty = lan.get("/progress").text
    assert "Bắt đầu với “Được hay không được đưa vào máy”" in empty
    assert "Nên xong trước:" in empty
    assert lan.post(f"{SORTING}/by-hand", data={"card-x1": "cong_khai"}).status_code == 303
    mine = lan.get("/progress").text
    assert "1 lần làm" in mine
    assert "còn" in mine
    path = f"/progress/{people['lan'].id}"
    read = thu.get(path).text
    assert "Tiến bộ của Lan (lan)." in read
    assert f'href="{SORTING}"' not in read
    assert path in thu.get("/manage/attempts").text
    assert [client_of(name).get(path).status_code for name in ("minh", "dung")] == [404, 404]
    assert lan.get(path).status_code == 200


def test_what_is_gone_is_not_told_as_if_it_were_so(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, exercise = client_of("lan"), exercises.get(seeded, people["lan"], "che-du-lieu-truoc-khi-dung")
    handwork.hand_over(seeded, people["lan"], exercise, {"marks": [{"start": 0, "end": 1, "type": "HO_TEN"}]})
    text = exercise.input("").text
    good = [
        {"start": one.start, "end": one.end, "type": one.kind}
        for one in exercise.identifiers
        if one.input == exercise.inputs[0].id
    ]
    handwork.hand_over(seeded, people["lan"], exercise, {"marks": good})
    page = lan.get("/progress").text
    assert f"Trước đây bị góp ý, nay không còn ({len(good)} chỗ):" in page
    struck = re.findall(r"<li><del[^>]*>([^<]+)</del>(?: \((\d) chỗ\))?</li>", page)
    assert struck and len({title for title, _ in struck}) == len(struck)
    assert any(int(times or 1) > 1 for _, times in struck), text


def test_points_without_the_essential_are_said_not_to_pass(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    exercise = run(seeded, people["lan"], 74.6, ("Giữ đủ số liệu", Level.ESSENTIAL, 2.0))
    page = client_of("lan").get("/progress").text
    assert "cao nhất 74%" in page
    assert "còn phải sửa: <b>Giữ đủ số liệu</b>." in page
    assert "đạt 1/" not in page
    desk = client_of("lan").get(f"/exercises/{exercise.id}").text
    assert "còn phải sửa: <b>Giữ đủ số liệu</b>." in desk
    for path in ("/progress", f"/exercises/{exercise.id}"):
        assert "still to be mended: <b>All figures kept</b>." in client_of("lan").get(f"{path}?lang=en").text


def test_too_few_points_are_said_to_be_too_few(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    exercise = run(seeded, people["lan"], 69.6, ("Văn phong", Level.ACTIONABLE, 2.0))
    desk = client_of("lan").get(f"/exercises/{exercise.id}").text
    assert "Chưa đạt: mới được 69/100 điểm, cần 70." in desk
