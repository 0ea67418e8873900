"""Exercises with a prompt that can also be done by hand: a table held against its source, versions side by side."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from service import exercises, handwork, practice
from service.errors import BadInput
from service.kit import Kit
from service.practice import editor
from service.prompts import BY_HAND_TOO
from service.records import Exercise, ExerciseInput, User
from service.store.tables import attempts
from tests.pages.test_practice_run import ClientOf

TABLE = "/exercises/trich-nhiem-vu-tu-ket-luan"
VERSIONS = "/exercises/so-sanh-hai-ban-du-thao"


@pytest.fixture
def lan(seeded: Kit, client_of: ClientOf) -> FlaskClient:
    return client_of("lan")


def right_work(exercise: Exercise, given: ExerciseInput) -> dict[str, object]:
    if exercise.kind == "extract":
        key = handwork.key_table(exercise, given)
        assert key is not None
        return {"table": [list(key.columns), *map(list, key.rows)]}
    places = [place for one in exercise.differences if one.input == given.id for place in one.places]
    return {"marks": [{"start": start, "end": end, "type": "noi_dung"} for start, end in places]}


def test_every_such_exercise_of_the_course_can_be_done_by_hand(seeded: Kit, people: dict[str, User]) -> None:
    mine = [one for one in exercises.visible(seeded, people["lan"]) if one.kind in BY_HAND_TOO]
    assert len(mine) == 6
    for exercise in mine:
        for given in exercise.inputs:
            made = handwork.hand_over(seeded, people["lan"], exercise, right_work(exercise, given), given.id)
            assert (made.score, made.by_hand, made.prompt) == (100.0, True, ""), (exercise.id, given.id)


def test_a_table_of_the_machine_is_held_against_the_source(lan: FlaskClient) -> None:
    assert f"{TABLE}/by-hand" in lan.get(TABLE).text
    empty = lan.get(f"{TABLE}/by-hand").text
    assert 'id="van-ban' not in empty
    assert "THÔNG BÁO" in empty.upper()
    shown = lan.get(f"{TABLE}/by-hand?input=thong-bao&table=san").text
    cells = re.findall(r'<textarea name="cell"[^>]*>([^<]*)<', shown)
    assert len(cells) > 20
    judged = lan.post(f"{TABLE}/by-hand", data={"input": "thong-bao", "cell": cells}, follow_redirects=True).text
    assert re.search(r"Đúng \d+/28 ô phải có; \d+/\d+ ô đã điền là đúng", judged)
    assert 'class="cell-wrong"' in judged
    assert 'class="cell-right"' in judged
    assert "Tổ công nghệ số cộng đồng các thôn" not in judged.split('id="gop-y"')[1], "the key stays closed"


def test_marks_in_versions_side_by_side(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    page = lan.get(f"{VERSIONS}/by-hand").text
    assert re.findall(r'class="version" aria-label="([^"]+)"', page) == ["BẢN CŨ", "BẢN MỚI"]
    exercise = exercises.get(seeded, people["lan"], "so-sanh-hai-ban-du-thao")
    start, end = exercise.differences[0].places[0]
    told = lan.post(
        f"{VERSIONS}/by-hand", data={"marks": json.dumps([{"start": start, "end": end}])}, follow_redirects=True
    ).text
    assert "Tìm trọn 0/5 điểm khác nhau; 1/1 chỗ" in told
    assert "còn dòng 32 của bản kia" in told
    assert re.search(r'data-line="32" aria-hidden="true"></span>.*?>1\.</span>', page)
    assert exercise.differences[0].effect not in told


def test_a_prompt_and_work_by_hand_do_not_take_each_other_s_place(seeded: Kit, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], "trich-nhiem-vu-tu-ket-luan")
    editor.keep(seeded, lan, exercise, "Lập bảng đủ bảy việc.")
    half = {"table": [[], ["Một việc", "", "", ""]]}
    handwork.keep(seeded, lan, exercise, half)
    by_prompt = practice.begin(seeded, lan, exercise, "Lập bảng đủ bảy việc.")
    assert not by_prompt.by_hand
    assert handwork.in_hand(seeded, lan, exercise)["table"][1][0] == "Một việc"
    editor.keep(seeded, lan, exercise, "Câu lệnh mới đang viết")
    by_hand = handwork.hand_over(seeded, lan, exercise, half)
    assert by_hand.prompt == ""
    assert editor.prompt_in_hand(seeded, lan, exercise) == "Câu lệnh mới đang viết"
    assert [one.by_hand for one in practice.history(seeded, lan, exercise.id)] == [False, True]


def test_work_on_one_input_outlives_work_on_another(seeded: Kit, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], "trich-nhiem-vu-tu-ket-luan")

    def half(what: str) -> dict[str, object]:
        return {"table": [[], [what, "", "", ""]]}

    def first(given: str) -> str:
        return str(handwork.in_hand(seeded, lan, exercise, given)["table"][1][0])

    handwork.keep(seeded, lan, exercise, half("Việc của thông báo"), "thong-bao")
    handwork.keep(seeded, lan, exercise, half("Việc của biên bản"), "bien-ban")
    assert (first("thong-bao"), first("bien-ban")) == ("Việc của thông báo", "Việc của biên bản")
    handwork.hand_over(seeded, lan, exercise, half("Việc đã giao"), "bien-ban")
    assert (first("thong-bao"), first("bien-ban")) == ("Việc của thông báo", "Việc đã giao")
    practice.begin(seeded, lan, exercise, "Lập bảng đủ bảy việc.", given="bien-ban")
    handwork.keep(seeded, lan, exercise, half("Việc mới"), "bien-ban")
    assert (first("thong-bao"), first("bien-ban")) == ("Việc của thông báo", "Việc mới")
    handwork.hand_over(seeded, lan, exercise, half("Việc của thông báo"), "thong-bao")
    handwork.hand_over(seeded, lan, exercise, half("Việc mới"), "bien-ban")
    assert editor.works_in_hand(seeded, lan, exercise) == {}


def test_a_draft_of_an_earlier_version_is_still_read(seeded: Kit, people: dict[str, User]) -> None:
    lan, exercise = people["lan"], exercises.get(seeded, people["lan"], "trich-nhiem-vu-tu-ket-luan")
    handwork.keep(seeded, lan, exercise, {}, "thong-bao")
    old = {"table": [["Việc"], ["Một việc"]]}
    with seeded.db.write() as connection:
        connection.execute(update(attempts).values(work=old, input="bien-ban"))
    assert handwork.in_hand(seeded, lan, exercise, "bien-ban") == old
    handwork.keep(seeded, lan, exercise, {}, "thong-bao")
    assert handwork.in_hand(seeded, lan, exercise, "bien-ban") == old


def test_the_draft_of_work_by_hand_leads_to_its_desk(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["lan"], "trich-nhiem-vu-tu-ket-luan")
    kept = handwork.keep(seeded, people["lan"], exercise, {"table": [[], ["Một việc", "", "", ""]]}, "bien-ban")
    page = lan.get(f"/attempts/{kept.id}/by-hand", follow_redirects=True)
    assert page.request.full_path.endswith("/by-hand?input=bien-ban")
    assert "Một việc" in page.text


def test_hostile_tables_are_cut_to_size(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["lan"], "trich-nhiem-vu-tu-ket-luan")
    for nothing in (None, "x", [], [[]], [["", " "]], [1, {}]):
        with pytest.raises(BadInput, match="còn trống"):
            handwork.hand_over(seeded, people["lan"], exercise, {"table": nothing})
    wild = {"table": [[], *([["a" * 9000, {"b": 1}, None, 4, 5, 6]] * 500)]}
    made = handwork.hand_over(seeded, people["lan"], exercise, wild)
    assert len(made.work["table"]) == handwork.MOST_ROWS
    assert {len(row) for row in made.work["table"]} == {4}
    assert len(made.work["table"][1][0]) == handwork.LONGEST_CELL
    escaped = lan.post(f"{TABLE}/by-hand", data={"cell": ["</textarea><script>x()</script>"]}, follow_redirects=True)
    assert "<script>x()" not in escaped.text
