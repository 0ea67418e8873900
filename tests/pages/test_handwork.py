"""Work by hand on its page: shown, kept, judged, and told without giving the key away."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from flask.testing import FlaskClient

from service import exercises, handwork, practice
from service.kit import Kit
from service.pages.handwork import words
from service.records import AttemptState, User
from tests.conftest import HERE
from tests.pages.test_practice_run import ClientOf

KINDS = ("bai-tim-loi", "bai-xep-the", "bai-che", "bai-chon")
TEXT = "Họp thứ Hai, ngày 02 tháng 12 năm 2026 tại Hội trường."


@pytest.fixture
def lan(seeded: Kit, client_of: ClientOf) -> FlaskClient:
    for name in KINDS:
        shutil.copy(HERE / "pages" / "by_hand" / f"{name}.md", seeded.settings.exercises / f"{name}.md")
    return client_of("lan")


def mark(quote: str, type_: str = "") -> dict[str, object]:
    return {"start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote), "type": type_}


def test_every_kind_has_its_place_of_work(lan: FlaskClient) -> None:
    for name in KINDS:
        answer = lan.get(f"/exercises/{name}", follow_redirects=True)
        assert answer.status_code == 200
        assert answer.request.path.endswith("/by-hand")
        assert "Soi bài làm" in answer.text
    assert 'role="listbox"' in lan.get("/exercises/bai-tim-loi/by-hand").text


def test_no_kind_runs_a_prompt(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    for name in KINDS:
        refused = lan.post(f"/exercises/{name}/attempts", data={"prompt": "Làm hộ bài này."})
        assert refused.status_code == 400
        assert "Bài này làm bằng tay" in refused.text
        assert practice.history(seeded, people["lan"], name) == ()
    assert "done by hand" in lan.post("/exercises/bai-chon/attempts?lang=en", data={"prompt": "x"}).text


def test_words_know_their_place_without_punctuation() -> None:
    [line] = words(TEXT)
    assert [TEXT[word.start : word.end] for word in line][:3] == ["Họp", "thứ", "Hai"]
    assert line[2].text == "Hai,"


def test_what_was_missed_is_told_by_its_line_until_the_key_is_open(lan: FlaskClient) -> None:
    first = lan.post(
        "/exercises/bai-tim-loi/by-hand", data={"marks": json.dumps([mark("thứ Hai")])}, follow_redirects=True
    )
    assert "Tìm ra 1/2 lỗi" in first.text
    assert "Còn một lỗi" in first.text
    assert "phải là Phòng họp" not in first.text
    second = lan.post(
        "/exercises/bai-tim-loi/by-hand", data={"marks": json.dumps([mark("tháng")])}, follow_redirects=True
    )
    assert "phải là Phòng họp" in second.text  # two attempts open the key


def test_work_is_kept_while_it_is_done(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    kept = lan.post(
        "/exercises/bai-xep-the/by-hand/keep", data={"card-a": "noi_bo", "card-x": "noi_bo", "card-b": "sai"}
    )
    assert "Đã lưu" in kept.text
    exercise = exercises.get(seeded, people["lan"], "bai-xep-the")
    assert handwork.in_hand(seeded, people["lan"], exercise) == {"places": {"a": "noi_bo"}}
    page = lan.get("/exercises/bai-xep-the/by-hand").text
    assert re.search(r'id="a-noi_bo"[^>]* checked', page)
    assert practice.history(seeded, people["lan"], "bai-xep-the") == ()


def test_masked_work_is_kept_masked(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    lan.post("/exercises/bai-che/by-hand", data={"marks": json.dumps([{"start": 4, "end": 16, "type": "HO_TEN"}])})
    [attempt] = practice.history(seeded, people["lan"], "bai-che")
    assert attempt.answer.startswith("Ông [HO_TEN_1], số")
    assert attempt.state is AttemptState.DONE
    assert attempt.score is not None and attempt.score < 100


def test_sides_are_drawn_once_and_mean_the_same_answer(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["lan"], "bai-chon")
    side = "left" if handwork.on_the_left(people["lan"], exercise, exercise.pairs[0]) else "right"
    done = lan.post(
        "/exercises/bai-chon/by-hand", data={"choice-cap-1": side, "reason-cap-1": ["R1"]}, follow_redirects=True
    )
    assert "Chọn đúng 1/1 cặp" in done.text
    assert re.search(rf'id="cap-1-{side}"[^>]* checked', done.text)


def test_reasons_left_out_are_called_missing_in_both_languages(
    lan: FlaskClient, seeded: Kit, people: dict[str, User]
) -> None:
    exercise = exercises.get(seeded, people["lan"], "bai-chon")
    side = "left" if handwork.on_the_left(people["lan"], exercise, exercise.pairs[0]) else "right"
    data = {"choice-cap-1": side, "reason-cap-1": ["R6"]}
    told = lan.post("/exercises/bai-chon/by-hand", data=data, follow_redirects=True).text
    assert '<dt>Còn thiếu</dt><dd lang="vi">Đúng với nguồn</dd>' in told
    assert "<dt>Đúng là</dt>" not in told
    assert (
        "<dt>Still missing</dt>"
        in lan.post("/exercises/bai-chon/by-hand?lang=en", data=data, follow_redirects=True).text
    )


@pytest.mark.parametrize(
    "marks", ["", "[]", "{}", "[{}]", '[{"start": -1, "end": 3}]', '[{"start": 0, "end": 99999}]', "không"]
)
def test_empty_or_hostile_work_is_told(lan: FlaskClient, marks: str) -> None:
    answer = lan.post("/exercises/bai-tim-loi/by-hand", data={"marks": marks})
    assert answer.status_code == 400
    assert "còn trống" in answer.text or "không đọc được" in answer.text


def test_nobody_sees_somebody_else_s_work(
    lan: FlaskClient, client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    lan.post("/exercises/bai-tim-loi/by-hand", data={"marks": json.dumps([mark("thứ Hai")])})
    [attempt] = practice.history(seeded, people["lan"], "bai-tim-loi")
    assert client_of("minh").get(f"/attempts/{attempt.id}/by-hand").status_code == 404
    assert "Anh/chị chỉ đọc" in client_of("thu").get(f"/attempts/{attempt.id}/by-hand").text


def test_an_exercise_with_a_prompt_is_not_done_by_hand(lan: FlaskClient) -> None:
    assert lan.get("/exercises/tom-tat-cong-van-tiem-phong/by-hand").status_code == 404


def test_only_marks_are_told_by_their_line(lan: FlaskClient) -> None:
    lines, key = "mới chỉ cho biết ở dòng nào.", "Đáp án đầy đủ mở khi bài đạt"
    marks = lan.post(
        "/exercises/bai-tim-loi/by-hand", data={"marks": json.dumps([mark("thứ Hai")])}, follow_redirects=True
    )
    cards = lan.post("/exercises/bai-xep-the/by-hand", data={"card-a": "noi_bo"}, follow_redirects=True)
    assert lines in marks.text and key in marks.text
    assert lines not in cards.text and key in cards.text


def test_pairs_bear_the_number_that_the_feedback_names(lan: FlaskClient) -> None:
    page = lan.get("/exercises/bai-chon/by-hand").text
    assert re.search(r'<section[^>]*aria-labelledby="cap-1">\s*<h2 id="cap-1"[^>]*>Cặp 1</h2>', page)
