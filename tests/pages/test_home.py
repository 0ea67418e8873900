"""The first page, the list of exercises, the help page, the line about the model, the menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import exercises, feedback, practice, progress
from service.app import create_app
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.pages import home
from service.pages.navigation import MENU, menu
from service.practice import editor
from service.records import EnginePhase, EngineState, Exercise, Role, User

ClientOf = Callable[[str], FlaskClient]


def links(text: str) -> set[str]:
    return {link for link in re.findall(r'href="(/[^"]*)"', text) if not link.startswith("/static/")}


def run(kit: Kit, user: User, exercise_id: str) -> int:
    """Let a person answer an exercise once."""
    exercise = exercises.get(kit, user, exercise_id)
    attempt = practice.begin(kit, user, exercise, "Tóm tắt công văn kèm theo.")
    list(practice.answer(kit, attempt.id))
    return attempt.id


def one_with_a_prompt(kit: Kit, user: User) -> Exercise:
    """The first exercise that is done by writing a prompt."""
    return next(one for one in exercises.visible(kit, user) if one.prompts)


def of_module(kit: Kit, user: User, module: int) -> int:
    """How many exercises of a module a person sees."""
    return sum(one.module == module for one in exercises.visible(kit, user))


def test_four_folders_each_with_another_task(seeded: Kit, client_of: ClientOf) -> None:
    page = client_of("lan").get("/").text
    tabs = re.findall(r'class="folder-tab">([^<]+)<', page)
    assert tabs == ["Soạn thảo", "Tóm tắt", "Hỏi tài liệu", "Viết câu lệnh"]
    assert "Đang làm dở" not in page


def test_an_exercise_done_gives_way_to_the_next_of_its_kind(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    client = client_of("lan")
    first, second, *_ = (one for one in exercises.visible(seeded, people["lan"]) if one.kind == "draft")
    assert f"/exercises/{first.id}" in client.get("/").text
    run(seeded, people["lan"], first.id)
    page = client.get("/").text
    cards = page.split("Sáu mô-đun")[0].split("task-cards")[1]
    assert f"/exercises/{second.id}" in cards
    assert f"/exercises/{first.id}" not in cards
    assert f"đã làm 1/{of_module(seeded, people['lan'], first.module)} · đạt 0/" in page


def test_work_in_hand_stands_first_and_is_ones_own(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    exercise = one_with_a_prompt(seeded, people["lan"])
    run(seeded, people["lan"], exercise.id)
    mine, other = client_of("lan").get("/").text, client_of("minh").get("/").text
    assert "Đang làm dở" in mine
    assert exercise.title in mine.split("Đang làm dở")[1][:200]
    assert "lần 1" in mine
    assert "Đang làm dở" not in other


def test_a_prompt_being_written_is_work_in_hand_but_not_done(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    exercise = one_with_a_prompt(seeded, people["lan"])
    run(seeded, people["lan"], exercise.id)
    editor.keep(seeded, people["lan"], exercise, "Câu lệnh mới")
    page = client_of("lan").get("/").text
    assert "câu lệnh đang viết" in page
    assert f"đã làm 1/{of_module(seeded, people['lan'], exercise.module)} · đạt 0/" in page, "what was done stays done"


def test_progress_counts_exercises_not_attempts(seeded: Kit, people: dict[str, User]) -> None:
    exercise = one_with_a_prompt(seeded, people["lan"])
    for _ in range(2):
        run(seeded, people["lan"], exercise.id)
    stages = progress.course(seeded, people["lan"])
    assert sum(stage.done for stage in stages) == 1
    assert sum(len(stage.standings) for stage in stages) == len(exercises.visible(seeded, people["lan"]))


def test_every_page_counts_alike(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], "tom-tat-bao-cao-cai-cach")
    feedback.grade(seeded, run(seeded, lan, exercise.id))
    [attempt] = practice.history(seeded, lan, exercise.id)
    asked = len(progress.asking(feedback.results(seeded, attempt.id)))
    assert asked > sum(one.passed is False for one in feedback.results(seeded, attempt.id))
    home, listing, course = (client_of("lan").get(path).text for path in ("/", "/exercises", "/progress"))
    assert f"còn {asked} chỗ cần xem lại" in home
    assert f"còn {asked} chỗ cần xem lại" in course
    of_all = of_module(seeded, lan, exercise.module)
    for page in (home, listing, course):
        assert f"đã làm 1/{of_all} · đạt 0/{of_all}" in page


def test_hidden_exercises_are_the_trainers_only(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    hidden = one_with_a_prompt(seeded, people["lan"])
    exercises.set_state(seeded, people["thu"], hidden.id, "draft")
    assert hidden.title not in client_of("lan").get("/exercises").text
    page = client_of("thu").get("/exercises").text
    assert hidden.title in page
    assert "chưa mở cho học viên" in page


def test_an_empty_desk_shows_the_way_on(kit: Kit, client_of: ClientOf) -> None:
    client = client_of("lan")
    assert "Chưa có bài nào được mở" in client.get("/").text
    assert "Chưa có bài nào được mở" in client.get("/exercises").text


@pytest.mark.parametrize("name", ["lan", "dung", "quan"])
def test_no_link_of_the_first_pages_is_dead(seeded: Kit, client_of: ClientOf, name: str) -> None:
    client = client_of(name)
    found = set().union(*(links(client.get(page).text) for page in ("/", "/exercises", "/huong-dan", "/account")))
    found |= set(sorted(links(client.get("/documents").text))[:12])
    assert {link: code for link in found if (code := client.get(link, follow_redirects=True).status_code) != 200} == {}


def test_menu_shows_what_the_role_may_open(people: dict[str, User]) -> None:
    paths = {name: {entry.path for entry in menu(user, "/")} for name, user in people.items()}
    assert paths["lan"] == {"/", "/exercises", "/documents", "/ask", "/check", "/drafts"}
    assert paths["thu"] - paths["lan"] == {
        "/manage/exercises",
        "/manage/classes",
        "/manage/hand-ins",
        "/votes",
        "/votes/ranking",
        "/manage/engine",
    }
    assert paths["dung"] - paths["lan"] == {"/votes", "/votes/ranking"}
    assert paths["quan"] == {path for _, path, _, _ in MENU}
    assert menu(None, "/") == ()


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "Hôm nay"), ("/attempts/3", "Bàn luyện"), ("/exercises/a", "Bàn luyện"), ("/documents/1", "Tài liệu")],
)
def test_menu_marks_the_page_at_hand(path: str, label: str) -> None:
    user = User(1, "lan", "Lan", Role.LEARNER)
    assert [entry.label for entry in menu(user, path) if entry.here] == [label]


@pytest.mark.parametrize(
    ("path", "label"), [("/votes/ranking", "Xếp nhóm"), ("/votes", "Bình chọn"), ("/votes/3/results", "Bình chọn")]
)
def test_of_two_entries_the_nearer_one_is_marked(path: str, label: str) -> None:
    user = User(1, "dung", "Dung", Role.EVALUATOR)
    assert [entry.label for entry in menu(user, path) if entry.here] == [label]


@pytest.mark.parametrize(
    ("state", "sentence", "asks_again"),
    [
        (EngineState(EnginePhase.LOADING), "Máy đang nạp mô hình", True),
        (EngineState(EnginePhase.READY, "m", small=True), "Mô hình luyện tập nhỏ sẵn sàng", False),
        (EngineState(EnginePhase.READY, "m"), "Mô hình sẵn sàng", False),
        (EngineState(EnginePhase.ABSENT), "Máy này chưa có mô hình", False),
        (EngineState(EnginePhase.FAILED), "Mô hình không chạy được", False),
    ],
)
def test_line_about_the_model(
    client_of: ClientOf,
    engine: ScriptedEngine,
    monkeypatch: pytest.MonkeyPatch,
    state: EngineState,
    sentence: str,
    asks_again: bool,
) -> None:
    client = client_of("lan")
    monkeypatch.setattr(engine, "state", lambda: state)
    for page in ("/", "/state?long=1"):
        text = client.get(page).text
        assert sentence in text
        assert ("every 3s" in text) is asks_again
    assert "<html" not in client.get("/state").text


def test_help_and_health_are_public_and_tell_nothing_else(app: Flask) -> None:
    client = app.test_client()
    assert "gồm bốn bước" in client.get("/huong-dan").text
    assert client.get("/healthz").get_json() == {"ok": True}


def test_teasers_end_at_a_sentence_or_a_word() -> None:
    assert home._teaser("Ngắn **thôi**.") == "Ngắn thôi."
    two = "Câu thứ nhất đủ dài để đứng riêng một mình trên thẻ. " + "chữ " * 40
    assert home._teaser(two) == "Câu thứ nhất đủ dài để đứng riêng một mình trên thẻ."
    cut = home._teaser("chữ " * 60)
    assert cut.endswith("chữ…")
    assert len(cut) <= home.TEASER + 1


def test_several_apps_live_side_by_side(kit: Kit, people: dict[str, User]) -> None:
    one, two = create_app(kit), create_app(replace(kit))
    assert one.extensions["kit"] is kit
    assert two.test_client().get("/login").status_code == 200
