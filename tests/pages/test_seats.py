"""The learner's side of a class: one field to join, the exercise at hand first, calling, leaving."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import classes, exercises, feedback, seats
from service.app import create_app
from service.kit import Kit
from service.records import Class, User
from tests.conftest import password_of

ClientOf = Callable[[str], FlaskClient]

EXERCISE, BY_HAND = "tom-tat-cong-van-tiem-phong", "xep-the-duoc-khong-duoc"


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    return classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 36, EXERCISE)


def test_in_no_class_there_is_the_field_and_nothing_else(seeded: Kit, client_of: ClientOf, lesson: Class) -> None:
    lan = client_of("lan")
    page = lan.get("/").text
    assert 'action="/classes/join"' in page and 'id="ma-lop"' in page
    assert "lop-cua-toi" not in page and "Gọi giảng viên" not in page
    for path in (f"/exercises/{EXERCISE}", f"/exercises/{BY_HAND}/by-hand"):
        desk = lan.get(path).text
        assert "lop-cua-toi" not in desk and "idiomorph" not in desk
    assert 'action="/classes/join"' in client_of("dung").get("/").text
    assert 'action="/classes/join"' not in client_of("thu").get("/").text
    assert lan.post("/classes/call", data={"on": "1"}).status_code == 404


def test_in_a_class_its_exercise_stands_first(seeded: Kit, client_of: ClientOf, lesson: Class) -> None:
    lan = client_of("lan")
    joined = lan.post("/classes/join", data={"code": lesson.written, "seat": " 12 "})
    assert (joined.status_code, joined.location) == (303, "/")
    page = lan.get("/").text
    title = exercises.present(seeded, EXERCISE).title
    banner = page.split('id="lop-cua-toi"')[1].split("</section>")[0]
    assert "Bàn 12" in banner and "Lớp xã Triệu Phong" in banner and title in banner
    assert f'href="/exercises/{EXERCISE}"' in banner
    assert page.index('id="lop-cua-toi"') < page.index("task-cards")
    assert 'action="/classes/join"' not in page
    for path in (f"/exercises/{EXERCISE}", f"/exercises/{BY_HAND}/by-hand"):
        strip = lan.get(path).text.split('id="lop-cua-toi"')[1].split("</section>")[0]
        assert "Bàn 12" in strip and "Gọi giảng viên" in strip
        assert ("Mở bài của lớp" in strip) is (BY_HAND in path)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "ZZ 0000", "seat": "1"}, "Không có lớp nào mang mã “ZZ 0000”."),
        ({"code": "", "seat": "1"}, "Không có lớp nào mang mã “”."),
        ({"seat": "37"}, "Không có bàn 37. Lớp này có 36 bàn. Anh/chị xem lại số ghi trên bàn, từ 1 đến 36."),
        (
            {"seat": "mười"},
            "“mười” không phải là số bàn. Lớp này có 36 bàn. Anh/chị nhập số ghi trên bàn, từ 1 đến 36.",
        ),
        ({"seat": ""}, "Anh/chị chưa ghi số bàn. Lớp này có 36 bàn. Anh/chị nhập số ghi trên bàn, từ 1 đến 36."),
        ({"seat": "5"}, "Bàn 5 đã có người ngồi"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class, typed: dict[str, str], said: str
) -> None:
    seats.join(seeded, people["minh"], lesson.code, 5)
    form = {"code": lesson.code} | typed
    answer = client_of("lan").post("/classes/join", data=form)
    assert answer.status_code == 400
    assert said in answer.text and answer.text.casefold().count("chưa vào được lớp") == 1
    assert f'name="code" value="{form["code"]}"' in answer.text
    assert f'name="seat" value="{form["seat"]}"' in answer.text


def test_guessing_codes_is_slowed_down_for_one_and_not_for_others(seeded: Kit, lesson: Class) -> None:
    app: Flask = create_app(replace(seeded, settings=replace(seeded.settings, login_limit="2 per minute")))
    app.config["WTF_CSRF_ENABLED"] = False
    lan, minh = app.test_client(), app.test_client()
    for client, name in ((lan, "lan"), (minh, "minh")):
        client.post("/login", data={"name": name, "password": password_of(name)})
    codes = [lan.post("/classes/join", data={"code": "ZZ 0000", "seat": "1"}).status_code for _ in range(3)]
    assert codes == [400, 400, 429]
    refused = lan.post("/classes/join", data={"code": lesson.code, "seat": "1"})
    assert refused.status_code == 429 and "Xin chờ một phút" in refused.text
    assert minh.post("/classes/join", data={"code": lesson.code, "seat": "1"}).status_code == 303


def test_calling_is_a_switch(seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class) -> None:
    lan = client_of("lan")
    lan.post("/classes/join", data={"code": lesson.code, "seat": "12"})
    on = lan.post("/classes/call", data={"on": "1", "here": EXERCISE}, headers={"HX-Request": "true"}).text
    assert 'aria-pressed="true"' in on and "<html" not in on
    assert re.search(r'name="on" value="0"', on)
    assert 'aria-pressed="true"' in lan.get(f"/classes/now?here={EXERCISE}").text
    without_script = lan.post("/classes/call", data={"on": "0", "next": f"/exercises/{EXERCISE}"})
    assert without_script.location == f"/exercises/{EXERCISE}"
    assert 'aria-pressed="false"' in lan.get("/classes/now").text
    assert lan.post("/classes/call", data={"on": "1", "next": "//khac.vn"}).location == "/"


def test_a_pause_is_told_in_the_words_of_the_work(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    lan, thu = client_of("lan"), client_of("thu")
    seats.join(seeded, people["lan"], lesson.code, 12)
    classes.pause(seeded, people["thu"], lesson.id, True)
    prompt = "Giảng viên đang tạm dừng chạy. Anh/chị cứ viết tiếp câu lệnh."
    by_hand = "Giảng viên đang tạm dừng. Anh/chị cứ làm tiếp, bài được lưu; khi giảng viên cho chạy tiếp thì bấm soi."
    wall = f"/manage/classes/{lesson.id}/now"
    for path, said in (
        ("/", prompt),
        (f"/exercises/{EXERCISE}", prompt),
        (f"/exercises/{BY_HAND}/by-hand", by_hand),
        (f"/classes/now?here={BY_HAND}&by_hand=1", by_hand),
    ):
        page = lan.get(path).text
        assert said in page and ({prompt, by_hand} - {said}).pop() not in page, path
    assert f'hx-get="/classes/now?here={BY_HAND}&amp;by_hand=1"' in lan.get(f"/exercises/{BY_HAND}/by-hand").text
    assert "Học viên vẫn viết câu lệnh được." in thu.get(wall).text
    classes.choose(seeded, people["thu"], lesson.id, BY_HAND)
    assert by_hand in lan.get("/").text
    assert "Học viên vẫn làm bài được, chưa soi được." in thu.get(wall).text
    refused = lan.post(f"/exercises/{BY_HAND}/by-hand", data={"card-x1": "cong_khai"})
    assert refused.status_code == 400 and "Chưa soi được." in refused.text and "Bài làm đã được lưu" in refused.text
    for page in (refused.text, lan.get(f"/exercises/{BY_HAND}/by-hand").text):
        assert re.search(r'name="card-x1" value="cong_khai" checked', page), "what was done is still there"


def test_leaving_frees_the_seat(client_of: ClientOf, lesson: Class) -> None:
    lan, minh = client_of("lan"), client_of("minh")
    lan.post("/classes/join", data={"code": lesson.code, "seat": "12"})
    assert lan.post("/classes/leave").location == "/"
    gone = lan.get("/classes/now").text
    assert "hx-get" not in gone and "Bài làm vẫn được giữ." in gone
    assert minh.post("/classes/join", data={"code": lesson.code, "seat": "12"}).status_code == 303


def test_what_is_typed_at_the_desk_is_noted_for_the_wall(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    client_of("lan").post("/classes/join", data={"code": lesson.code, "seat": "2"})
    before = client_of("thu").get(f"/manage/classes/{lesson.id}/now").text
    client_of("lan").post(f"/exercises/{EXERCISE}/prompt", data={"prompt": "Bạn là chuyên viên xã."})
    after = client_of("thu").get(f"/manage/classes/{lesson.id}/now").text
    row = re.compile(r'<tr id="ban-2".*?</tr>', re.S)
    assert row.findall(before)[0].count("✓") == 0
    assert row.findall(after)[0].count("✓") == 1
    assert feedback.results_of(seeded, [1]) == {}, "no answer was asked for"


def test_a_hidden_exercise_is_not_offered(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    lan = client_of("lan")
    lan.post("/classes/join", data={"code": lesson.code, "seat": "2"})
    exercises.set_state(seeded, people["thu"], EXERCISE, "archived")
    page = lan.get("/")
    assert page.status_code == 200 and "Mở bài của lớp" not in page.text
