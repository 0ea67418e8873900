"""The whole class votes: the trainer chooses, each seat votes on its own screen, the wall counts when it is closed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import classes, exercises, practice, seats
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Class, User

ClientOf = Callable[[str], FlaskClient]

EXERCISE = "tom-tat-cong-van-tiem-phong"


@pytest.fixture
def engine() -> ScriptedEngine:
    """A fake model that answers with the prompt's last line, so that no two answers are alike."""
    return ScriptedEngine(lambda messages: messages[-1].content.splitlines()[-1])


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    made = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 6, EXERCISE)
    for number, name in enumerate(("lan", "minh"), 1):
        seats.join(seeded, people[name], made.code, number)
    return made


@pytest.fixture
def pinned(seeded: Kit, people: dict[str, User], lesson: Class) -> list[int]:
    found = []
    for n in range(2):
        attempt = practice.begin(seeded, people["lan"], exercises.present(seeded, EXERCISE), f"Tóm tắt cách {n}.")
        list(practice.answer(seeded, attempt.id))
        classes.pin(seeded, people["thu"], lesson.id, attempt.id, "Bản này đủ hạn.")
        found.append(attempt.id)
    return found


def strip(client: FlaskClient) -> str:
    return client.get("/").text.split('id="lop-cua-toi"')[1].split("</section>")[0]


def test_from_the_choice_to_the_count(client_of: ClientOf, lesson: Class, pinned: list[int]) -> None:
    here, thu, lan, minh = f"/manage/classes/{lesson.id}", client_of("thu"), client_of("lan"), client_of("minh")
    page = thu.get(here).text
    assert f'href="{here}/vote"' in page and "Khóa phiếu</button>\n" not in page.split("<dialog")[0]
    offered = thu.get(f"{here}/vote").text
    assert offered.count('type="checkbox"') == 2 and "Bản này đủ hạn." not in offered
    assert "bình chọn" not in strip(lan)
    assert thu.post(f"{here}/vote", data={"attempt": pinned}).location == here

    wall = thu.get(f"{here}/now").text
    assert "Đã bỏ phiếu: 0 trên 2 bàn có người." in wall and f'href="{here}/vote"' not in wall
    for seen in (wall, strip(lan), lan.get(f"/exercises/{EXERCISE}").text):
        assert "Bản này đủ hạn." not in seen and "Đang ghim" not in seen, "the trainer's word would sway them"
    assert 'href="/classes/vote"' in strip(lan) and "Giảng viên mời cả lớp bình chọn." in strip(minh)
    ballot = lan.get("/classes/vote").text
    assert "Tóm tắt cách 0." in ballot and "Tóm tắt cách 1." in ballot and "Bản này đủ hạn." not in ballot
    vote, first, second = re.findall(r'name="(?:vote|choice)" value="(\d+)"', ballot)
    assert lan.post("/classes/vote", data={"vote": vote, "choice": first}).location == "/classes/vote"
    voted = lan.get("/classes/vote").text
    assert "Đã ghi phiếu của anh/chị." in voted and 'type="radio"' not in voted and "phiếu</b>" not in voted
    again = lan.post("/classes/vote", data={"vote": vote, "choice": second})
    assert again.status_code == 400 and "Anh/chị đã bỏ phiếu rồi" in again.text
    empty = minh.post("/classes/vote", data={"vote": vote})
    assert empty.status_code == 400 and "Anh/chị chưa chọn bản nào." in empty.text and 'type="radio"' in empty.text
    assert "Đã bỏ phiếu: 1 trên 2 bàn có người." in thu.get(f"{here}/now").text

    assert thu.post(f"{here}/vote/close").location == here
    wall = thu.get(here).text
    counts = re.findall(r"<b>(\d) phiếu</b><span class=\"quoted\">(Tóm tắt cách \d\.)", wall)
    assert sorted(n for n, _ in counts) == ["0", "1"] and len({text for _, text in counts}) == 2
    assert wall.count("Bản này đủ hạn.") == 2 and "Đang ghim" not in wall, "each answer once, with the word on it"
    assert strip(lan).count("Bản này đủ hạn.") == 2
    assert "Dưới 20 phiếu thì chưa nói được bản nào hơn." in wall and "Lan" not in wall
    assert "1 phiếu" in strip(minh) and "anh/chị chọn" in strip(lan) and "anh/chị chọn" not in strip(minh)
    late = minh.post("/classes/vote", data={"vote": vote, "choice": second})
    assert late.status_code == 400 and "đã khóa phiếu" in late.text and "Kết quả bình chọn" in late.text


def test_a_refused_choice_keeps_what_was_ticked(client_of: ClientOf, lesson: Class, pinned: list[int]) -> None:
    refused = client_of("thu").post(f"/manage/classes/{lesson.id}/vote", data={"attempt": pinned[0]})
    assert refused.status_code == 400 and "Anh/chị chọn hai hoặc ba kết quả đang ghim." in refused.text
    assert re.findall(r'value="(\d+)" checked', refused.text) == [str(pinned[0])]


def test_with_one_pin_the_page_leads_to_another(client_of: ClientOf, lesson: Class) -> None:
    page = client_of("thu").get(f"/manage/classes/{lesson.id}/vote").text
    assert "Cần ghim ít nhất hai kết quả" in page and f'href="/manage/classes/{lesson.id}/pins"' in page


def test_who_is_in_no_class_that_votes_finds_no_ballot(client_of: ClientOf, lesson: Class, pinned: list[int]) -> None:
    for name in ("dung", "lan"):
        assert client_of(name).get("/classes/vote").status_code == 404
    assert client_of("dung").post("/classes/vote", data={"vote": "1", "choice": "1"}).status_code == 404
