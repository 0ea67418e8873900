"""Looking at a ready-made answer: offered before anything has run, on a page that says what it is."""

from __future__ import annotations

import html
import re

import pytest

from service import exercises, feedback, practice
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import EnginePhase, EngineState, User
from tests.pages.test_practice_run import EXERCISE, ClientOf, events, run
from tests.service.test_baseline import FILE, HOSTILE, put

DESK = f"/exercises/{EXERCISE}"
WEAK, MIDDLING, GOOD = (f"{DESK}/baseline/{label}" for label in ("weak", "middling", "good"))


def column(page: str, name: str) -> str:
    return page.split(f'id="{name}" tabindex="0"')[1].partition("</section>\n\n")[0]


def test_before_anything_has_run_it_is_one_click_away_with_the_model_absent(
    seeded: Kit,
    engine: ScriptedEngine,
    client_of: ClientOf,
    people: dict[str, User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "state", lambda: EngineState(EnginePhase.ABSENT))
    lan = client_of("lan")
    assert f'<a class="button" href="{WEAK}?input=tiem-phong">' in lan.get(DESK).text
    page = lan.get(f"{WEAK}?input=tiem-phong").text
    middle, side = column(page, "cau-lenh"), column(page, "gop-y")
    assert "Kết quả soạn sẵn để luyện, không phải máy vừa viết." in middle
    assert '<div class="prompt-paper preserve" lang="vi">Tóm tắt công văn này.</div>' in middle
    assert '<span class="unverified"' in middle and "38%" in middle
    assert "machine-text" not in page, "the stripe of carbon paper is for what a machine has written"
    assert re.search(r"Đạt \d+/\d+ mục", side) and "Tỷ lệ «38%» không khớp nguồn" in side
    assert f'<a class="button main" href="{DESK}?input=tiem-phong">' in middle
    assert MIDDLING not in page
    assert engine.asked == []
    assert practice.history(seeded, people["lan"], EXERCISE) == ()


def test_the_others_open_with_attempts_and_stay_in_reach(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    assert [lan.get(one).status_code for one in (WEAK, MIDDLING, GOOD)] == [200, 404, 404]
    first = run(lan)
    events(lan, first)
    feedback.grade(seeded, first)
    assert [lan.get(one).status_code for one in (WEAK, MIDDLING, GOOD)] == [200, 200, 404]
    for page in (DESK, f"/attempts/{first}", f"/attempts/{first}/feedback"):
        help_ = lan.get(page).text.split('id="tro-giup"')[1]
        assert f'href="{WEAK}?input=tiem-phong"' in help_ and f'href="{MIDDLING}?input=tiem-phong"' in help_
        assert GOOD not in help_
    events(lan, run(lan, "Tóm tắt công văn kèm theo trong ba gạch đầu dòng."))
    good = lan.get(GOOD).text
    assert "Đạt cả " in good
    assert f'href="{GOOD}?input=tiem-phong" aria-current="page"' in good
    minh = client_of("minh")
    assert [minh.get(one).status_code for one in (WEAK, MIDDLING, GOOD)] == [200, 404, 404]


def test_who_may_not_open_the_desk_gets_the_same_refusal(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    stranger = client_of("lan").application.test_client().get(WEAK)
    assert (stranger.status_code, "/login" in stranger.location) == (302, True)
    for name, seen in (("dung", [200, 404, 404]), ("thu", [200, 200, 200]), ("quan", [200, 200, 200])):
        client = client_of(name)
        assert [client.get(one).status_code for one in (WEAK, MIDDLING, GOOD)] == seen
    exercises.set_state(seeded, people["thu"], EXERCISE, "archived")
    for name, status in (("lan", 404), ("dung", 404), ("thu", 200)):
        client = client_of(name)
        assert client.get(WEAK).status_code == client.get(DESK).status_code == status


def test_somebody_else_s_attempt_offers_none(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan)
    events(lan, attempt_id)
    assert "/baseline/" not in client_of("dung").get(f"/attempts/{attempt_id}").text


@pytest.mark.parametrize("path", [f"{DESK}/baseline/khong-co", "/exercises/bat-loi-ban-nhap-cua-may/baseline/weak"])
def test_an_unknown_label_is_not_there(seeded: Kit, client_of: ClientOf, path: str) -> None:
    assert client_of("thu").get(path).status_code == 404


def test_its_words_are_never_markup(seeded: Kit, client_of: ClientOf) -> None:
    put(seeded)
    page = client_of("lan").get("/exercises/bai-san/baseline/weak").text
    assert "<script>alert" not in page
    assert HOSTILE.partition(" ")[0] in html.unescape(page)


def test_an_input_without_one_shows_that_of_the_first_and_says_so(seeded: Kit, client_of: ClientOf) -> None:
    put(seeded)
    lan = client_of("lan")
    assert 'href="/exercises/bai-san/baseline/weak?input=hai"' in lan.get("/exercises/bai-san?input=hai").text
    page = lan.get("/exercises/bai-san/baseline/weak?input=hai").text
    assert "Làm trên trường hợp “Công văn tiêm phòng”." in page
    assert 'href="/exercises/bai-san?input=hai"' in page
    assert "Làm trên trường hợp" not in lan.get("/exercises/bai-san/baseline/weak?input=mot").text


def test_an_exercise_without_any_offers_none(seeded: Kit, client_of: ClientOf) -> None:
    head, rest = FILE.split("baseline:\n")
    put(seeded, head + "---\n" + rest.split("---\n")[1])
    lan = client_of("lan")
    desk = lan.get("/exercises/bai-san")
    assert desk.status_code == 200
    assert "/baseline/" not in desk.text
    assert lan.get("/exercises/bai-san/baseline/weak").status_code == 404
