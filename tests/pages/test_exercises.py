"""The trainer's pages: the list, the editor that says what is wrong and where, publishing, the learners' attempts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import exercises, practice
from service.checks import TYPES
from service.kit import Kit
from service.records import User
from service.settings import HOME

ClientOf = Callable[[str], FlaskClient]
ONE = "tom-tat-cong-van-tiem-phong"


def test_a_wrong_file_is_told_by_line_and_the_text_stays(
    client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    client, text = client_of("thu"), exercises.source(seeded, people["thu"], ONE)
    wrong = text.replace("kind: summarise", "kind: tom_tat")
    opened = exercises.digest(text)
    answer = client.post("/manage/exercises", data={"exercise_id": ONE, "text": wrong, "opened": opened})
    assert answer.status_code == 422
    assert f'name="opened" value="{opened}"' in answer.text
    assert "Dòng 5:" in answer.text and "kind: tom_tat" in answer.text
    assert exercises.source(seeded, people["thu"], ONE) == text
    checked = client.post("/manage/exercises/check", data={"exercise_id": ONE, "text": wrong})
    assert "Dòng 5:" in checked.text
    assert "lưu được" in client.post("/manage/exercises/check", data={"exercise_id": ONE, "text": text}).text


def test_what_is_wrong_is_told_in_english_too(client_of: ClientOf, seeded: Kit, people: dict[str, User]) -> None:
    client, text = client_of("thu"), exercises.source(seeded, people["thu"], ONE)
    wrong = text.replace("kind: summarise", "kind: tom_tat").replace("level: 1", "lever: 1", 1)
    wrong = wrong.replace("type: max-words, value: 150", "type: python")
    told = client.post("/manage/exercises/check?lang=en", data={"exercise_id": ONE, "text": wrong}).text
    assert 'lang="vi"' not in told
    assert "There is no entry “lever”. Did you mean “level”?" in told
    assert "the file says “tom_tat”" in told
    assert "Check “python” runs code written in the file" in told
    assert "Không" not in told and "tệp đang ghi" not in told
    (seeded.settings.exercises / "hong.md").write_text("không có phần đầu", encoding="utf-8")
    assert "Line 1: The first line of the file must be three hyphens" in client.get("/manage/exercises?lang=en").text


def test_the_editor_tells_of_every_type_of_check(client_of: ClientOf, seeded: Kit) -> None:
    client = client_of("thu")
    page = client.get("/manage/exercises/new").text
    assert [name for name in TYPES if f'id="kiem-{name}"' not in page] == []
    text = HOME.joinpath("prompts/exercise-skeleton.md").read_text(encoding="utf-8")
    for wrong, link in (("max-words, options: 3", "kiem-max-words"), ("max-word", "cac-loai-kiem-tra")):
        file = {"exercise_id": "ma-bai-moi", "text": text.replace("type: max-words", f"type: {wrong}")}
        checked = client.post("/manage/exercises/check", data=file).text
        assert f'href="#{link}"' in checked
    assert "True to the sources" in client.get("/manage/exercises/new?lang=en").text


def test_a_right_file_is_saved_and_seen_by_learners(client_of: ClientOf, seeded: Kit, people: dict[str, User]) -> None:
    before = exercises.source(seeded, people["thu"], ONE)
    file = {
        "exercise_id": ONE,
        "opened": exercises.digest(before),
        "text": before.replace("vụ Thu Đông", "vụ Đông Xuân"),
    }
    assert client_of("thu").post("/manage/exercises", data=file).status_code == 302
    assert "vụ Đông Xuân" in client_of("lan").get(f"/exercises/{ONE}").text


def test_a_new_exercise_starts_from_the_skeleton(client_of: ClientOf, seeded: Kit) -> None:
    client = client_of("thu")
    assert "id: ma-bai-moi" in client.get("/manage/exercises/new").text
    text = HOME.joinpath("prompts/exercise-skeleton.md").read_text(encoding="utf-8")
    made = {"new": "1", "exercise_id": "bai-thu", "text": text.replace("id: ma-bai-moi", "id: bai-thu")}
    assert client.post("/manage/exercises", data=made).status_code == 302
    assert "bai-thu" in client.get("/manage/exercises").text


def test_a_new_exercise_never_takes_the_place_of_another(
    client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    client, before = client_of("thu"), exercises.get(seeded, people["thu"], ONE)
    text = exercises.source(seeded, people["thu"], ONE)
    mine = text.replace("## Nhiệm vụ", "## Nhiệm vụ\n\nChữ của bài mới.")
    answer = client.post("/manage/exercises", data={"new": "1", "exercise_id": ONE, "text": mine})
    assert answer.status_code == 409
    assert f"Mã này đã có bài “{before.title}”" in answer.text and "Chữ của bài mới." in answer.text
    assert f'value="{ONE}" required' in answer.text  # still the form of a new exercise
    assert exercises.source(seeded, people["thu"], ONE) == text
    english = client.post("/manage/exercises?lang=en", data={"new": "1", "exercise_id": ONE, "text": mine})
    assert "This code already belongs to" in english.text


def test_a_code_that_cannot_be_is_told_in_the_form(client_of: ClientOf, seeded: Kit) -> None:
    answer = client_of("thu").post(
        "/manage/exercises", data={"new": "1", "exercise_id": "Bài Mới", "text": "Chữ đã gõ"}
    )
    assert answer.status_code == 400
    assert "Mã bài chỉ gồm chữ thường" in answer.text and "Chữ đã gõ" in answer.text


def test_of_two_editors_the_second_is_told_and_loses_nothing(
    client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    client, text = client_of("thu"), exercises.source(seeded, people["thu"], ONE)

    def opened(page: str) -> str:
        return re.findall(r'name="opened" value="([0-9a-f]*)"', page)[0]

    first = opened(client.get(f"/manage/exercises/{ONE}").text)
    ours, theirs = (text.replace("vụ Thu Đông", f"vụ {name}") for name in ("của tôi", "của bạn"))
    exercises.save(seeded, people["thu"], ONE, theirs)
    file = {"exercise_id": ONE, "text": ours, "opened": first}
    refused = client.post("/manage/exercises", data=file)
    assert refused.status_code == 409
    assert exercises.source(seeded, people["thu"], ONE) == theirs
    assert "vụ của tôi" in refused.text and "vụ của bạn" in refused.text and "lưu được" not in refused.text
    assert "somebody else" in client.post("/manage/exercises?lang=en", data=file).text
    again = client.post("/manage/exercises", data=file | {"opened": opened(refused.text)})
    assert again.status_code == 302
    assert exercises.source(seeded, people["thu"], ONE) == ours


def test_a_wrong_text_is_still_that_of_the_opened_file(client_of: ClientOf, seeded: Kit) -> None:
    answer = client_of("thu").post("/manage/exercises", data={"exercise_id": ONE, "text": "---", "opened": "ab12"})
    assert answer.status_code == 409
    assert "Dòng 1:" in answer.text


def test_a_code_that_is_an_address_of_ours_is_refused(client_of: ClientOf, seeded: Kit, app: Flask) -> None:
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    places = {
        rule.rpartition("<exercise_id>") for rule in addresses if rule.count("<") == 1 and "<exercise_id>" in rule
    }
    ours = {
        other.removeprefix(before).removesuffix(after)
        for before, _, after in places
        for other in addresses
        if other.startswith(before) and other.endswith(after) and len(other) > len(before + after)
    }
    words = {word for word in ours if word.isalpha()}
    assert "new" in words
    client, text = client_of("thu"), HOME.joinpath("prompts/exercise-skeleton.md").read_text(encoding="utf-8")
    for word in sorted(words | {"versions"}):
        file = {"new": "1", "exercise_id": word, "text": text.replace("id: ma-bai-moi", f"id: {word}")}
        assert f"Mã “{word}” Học Vụ đã dùng" in client.post("/manage/exercises/check", data=file).text
        refused = client.post("/manage/exercises", data=file)
        assert refused.status_code == 422
        assert "Dòng 3:" in refused.text
        assert not (seeded.settings.exercises / f"{word}.md").exists()


def test_hiding_and_publishing(client_of: ClientOf, seeded: Kit) -> None:
    trainer, learner = client_of("thu"), client_of("lan")
    trainer.post(f"/manage/exercises/{ONE}/state", data={"state": "archived"})
    assert learner.get(f"/exercises/{ONE}").status_code == 404
    trainer.post(f"/manage/exercises/{ONE}/state", data={"state": "visible"})
    assert learner.get(f"/exercises/{ONE}").status_code == 200


def test_learners_attempts_are_listed(client_of: ClientOf, seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["lan"], ONE)
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt.")
    page = client_of("thu").get(f"/manage/attempts?exercise={ONE}").text
    assert f"/attempts/{attempt.id}" in page and "Lan" in page
    assert f"/attempts/{attempt.id}" not in client_of("thu").get("/manage/attempts?exercise=bai-khac").text


@pytest.mark.parametrize("name", ["lan", "dung"])
def test_others_are_kept_out(client_of: ClientOf, seeded: Kit, name: str) -> None:
    client = client_of(name)
    for path in ("/manage/exercises", "/manage/exercises/new", f"/manage/exercises/{ONE}", "/manage/attempts"):
        assert client.get(path).status_code == 403
    assert client.post("/manage/exercises", data={"exercise_id": ONE, "text": "x"}).status_code == 403
