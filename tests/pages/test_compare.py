"""The evaluator's pages: names hidden while people vote, results after one's own votes, files for other tools."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import compare
from service.kit import Kit
from service.records import Comparison, User

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def comparison(kit: Kit, people: dict[str, User]) -> Comparison:
    answers = [("Nhãn thứ nhất", "p1", "Việc một.\n- Ý <b>đậm</b>", None), ("Nhãn thứ hai", "p2", "Việc hai.", None)]
    return compare.plan(kit, people["dung"], "So hai bản", "x", answers, task="Tóm tắt **công văn**.")


def test_a_pair_is_shown_without_names_and_without_markup(client_of: ClientOf, comparison: Comparison) -> None:
    page = client_of("dung").get(f"/votes/{comparison.id}").text
    assert "Nhãn thứ" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
    assert "<strong>công văn</strong>" in page


def test_a_vote_is_cast_and_opens_the_results(client_of: ClientOf, comparison: Comparison) -> None:
    client = client_of("dung")
    assert "Anh/chị còn cặp chưa chấm" in client.get(f"/votes/{comparison.id}/results").text
    showing = re.search(r'name="showing" value="(\d+)"', client.get(f"/votes/{comparison.id}").text)
    assert showing
    form = {"showing": showing[1], "winner": "left", "reason": ["gon"], "note": "Gọn hơn."}
    client.post(f"/votes/{comparison.id}", data=form)
    page = client.get(f"/votes/{comparison.id}", follow_redirects=True).text
    assert "Nhãn thứ nhất" in page and "chưa đủ phiếu" in page
    assert client.get(f"/votes/{comparison.id}/export.csv").text.count("Bản A hơn") == 1
    assert "model_a" in client.get(f"/votes/{comparison.id}/export.jsonl").text


def test_no_file_before_ones_own_votes(client_of: ClientOf, comparison: Comparison) -> None:
    client = client_of("thu")
    for name in ("export.csv", "export.jsonl"):
        answer = client.get(f"/votes/{comparison.id}/{name}")
        assert answer.status_code == 400 and "còn cặp chưa chấm" in answer.text
        assert "Nhãn thứ" not in answer.text


def test_a_look_at_the_results_freezes_the_votes(client_of: ClientOf, kit: Kit, comparison: Comparison) -> None:
    """The last ballot says so before, the results say so after, and no old address opens a ballot again."""
    client = client_of("dung")
    ballot = client.get(f"/votes/{comparison.id}").text
    assert "Đây là cặp cuối" in ballot and "Lưu phiếu, xem kết quả" in ballot
    client.post(f"/votes/{comparison.id}", data={"showing": "1", "winner": "left"})
    answer = client.get(f"/votes/{comparison.id}?pair=1")
    assert answer.status_code == 302 and answer.location == f"/votes/{comparison.id}/results"
    assert "phiếu của anh/chị không sửa được nữa" in client.get(answer.location).text
    again = client.post(f"/votes/{comparison.id}", data={"showing": "1", "winner": "right"})
    assert again.status_code == 400 and "Phiếu vừa rồi chưa được ghi" in again.text
    assert "Bản A hơn" in client.get(f"/votes/{comparison.id}/export.csv").text


def test_an_earlier_vote_can_be_changed_until_the_last(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    answers = [(f"Nhãn {n}", "p", f"Kết quả thứ {n}.", None) for n in range(3)]
    made = compare.plan(kit, people["thu"], "So ba bản", "x", answers)
    client = client_of("dung")
    assert "Lưu phiếu, sang cặp tiếp" in client.get(f"/votes/{made.id}").text
    for showing in ("1", "2"):
        client.post(f"/votes/{made.id}", data={"showing": showing, "winner": "left"})
    ballot = client.get(f"/votes/{made.id}").text
    assert "Đây là cặp cuối" in ballot and f"/votes/{made.id}?pair=2" in ballot
    ballot = client.get(f"/votes/{made.id}?pair=2").text
    assert "Đây là cặp cuối" not in ballot and re.findall(r'value="([\w-]+)"[^>]* checked', ballot) == ["left"]
    client.post(f"/votes/{made.id}", data={"showing": "2", "winner": "tie"})
    assert [vote.winner for vote in compare.cast(kit, people["dung"], made.id)] == ["left", "tie"]


def test_a_vote_for_nobody_is_refused_and_the_form_kept(client_of: ClientOf, comparison: Comparison) -> None:
    client = client_of("dung")
    client.get(f"/votes/{comparison.id}")
    form = {"showing": "1", "reason": ["gon", "du-viec"], "note": "Gọn <hơn>."}
    answer = client.post(f"/votes/{comparison.id}", data=form)
    assert answer.status_code == 400
    assert "Anh/chị chưa chọn bản nào. Phiếu chưa được ghi." in answer.text
    assert re.findall(r'value="([\w-]+)" checked', answer.text) == ["du-viec", "gon"]
    assert 'value="Gọn &lt;hơn&gt;."' in answer.text
    assert 'name="showing" value="1"' in answer.text
    unknown = client.post(f"/votes/{comparison.id}", data=form | {"winner": "right", "reason": ["dep"]})
    assert unknown.status_code == 400 and "Lý do dep không có trong danh sách" in unknown.text
    assert re.findall(r'value="([\w-]+)"[^>]* checked', unknown.text) == ["right"]


def test_a_vote_that_comes_too_late_is_told_beside_the_results(
    client_of: ClientOf, kit: Kit, people: dict[str, User], comparison: Comparison
) -> None:
    client = client_of("dung")
    client.get(f"/votes/{comparison.id}")
    compare.close(kit, people["dung"], comparison.id)
    answer = client.post(f"/votes/{comparison.id}", data={"showing": "1", "winner": "left"})
    assert answer.status_code == 400
    assert "Phép so này đã khóa phiếu. Phiếu vừa rồi chưa được ghi." in answer.text
    assert "Kết quả từng bản" in answer.text


def test_only_who_opened_it_or_a_trainer_locks_it(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    made = compare.plan(kit, people["thu"], "x", "x", [("a", "p", "một", None), ("b", "p", "hai", None)])
    assert "Khóa phiếu" not in client_of("dung").get(f"/votes/{made.id}/results").text
    assert "Khóa phiếu" in client_of("thu").get(f"/votes/{made.id}/results").text
    assert client_of("dung").post(f"/votes/{made.id}/close").status_code == 403
    for _ in range(2):  # a second click does no harm
        assert client_of("thu").post(f"/votes/{made.id}/close").status_code == 302
    assert not compare.get(kit, people["thu"], made.id).open


def test_locking_is_asked_first_with_how_many_are_shut_out(client_of: ClientOf, comparison: Comparison) -> None:
    client = client_of("dung")
    client.get(f"/votes/{comparison.id}")  # who asks knows of their own ballot
    page = client.get(f"/votes/{comparison.id}/results").text
    assert '<button class="button" type="button" data-opens="khoa-phieu">' in page
    asked = re.search(r'<dialog class="dialog" id="khoa-phieu".*?</dialog>', page, re.DOTALL)
    assert asked and f'action="/votes/{comparison.id}/close"' in asked[0]
    assert "không mở lại được" in asked[0] and "chưa chấm hết" not in asked[0]
    client_of("thu").get(f"/votes/{comparison.id}")
    quan = client_of("quan")
    quan.get(f"/votes/{comparison.id}")
    assert "Còn 2 người khác đã mở phiếu mà chưa chấm hết." in client.get(f"/votes/{comparison.id}/results").text
    quan.post(f"/votes/{comparison.id}", data={"showing": "3", "winner": "left"})
    assert "Còn 1 người khác đã mở phiếu mà chưa chấm hết." in client.get(f"/votes/{comparison.id}/results").text
    client.post(f"/votes/{comparison.id}/close")
    assert "khoa-phieu" not in client.get(f"/votes/{comparison.id}/results").text


@pytest.mark.parametrize("path", ["/votes", "/votes/new", "/votes/1", "/votes/1/results", "/votes/1/export.csv"])
def test_learners_are_kept_out(client_of: ClientOf, comparison: Comparison, path: str) -> None:
    assert client_of("lan").get(path).status_code == 403


def test_answers_of_one_exercise_are_put_together(client_of: ClientOf, seeded: Kit, people: dict[str, User]) -> None:
    from service import exercises, practice

    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    for prompt in ("Tóm tắt.", "Tóm tắt ngắn."):
        attempt = practice.begin(seeded, people["lan"], exercise, prompt)
        list(practice.answer(seeded, attempt.id))
    page = client_of("thu").get(f"/votes/new?exercise={exercise.id}").text
    assert "Lan, lần 1" in page and "Lan, lần 2" in page, "as the desk and the list of attempts say"
    client = client_of("dung")
    page = client.get(f"/votes/new?exercise={exercise.id}").text
    ids = re.findall(r'name="attempt" value="(\d+)"', page)
    assert len(ids) == 2 and "Học viên 1, lần 1" in page and "Học viên 1, lần 2" in page and "Lan" not in page
    made = client.post("/votes", data={"attempt": ids})
    assert made.status_code == 302
    assert "Bản A" in client.get(made.location).text
    client.post(made.location, data={"showing": "1", "winner": "left"})
    table = client.get(f"{made.location}/export.csv").text
    assert "Kết quả 1" in table and "Kết quả 2" in table, "labels that lead to nobody's attempt"
    results = client.get(f"{made.location}/results").text
    assert not re.search(r"Lần làm|Lan|/attempts/\d", results + table)
    client.post(f"{made.location}/close")
    results = client.get(f"{made.location}/results").text
    assert all(f'href="/attempts/{id_}">Lan, lần {n}</a>' in results for id_, n in zip(ids, (2, 1), strict=True))


def test_the_same_answer_twice_is_refused_by_the_names_it_is_chosen_by(
    client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    from service import exercises, practice

    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    for name in ("minh", "lan", "lan", "minh"):
        attempt = practice.begin(seeded, people[name], exercise, "Tóm tắt.", in_hand=False)
        list(practice.answer(seeded, attempt.id))
    for name, told in (
        ("thu", "Lần 2 của Minh và lần 2 của Lan có kết quả giống hệt nhau"),
        ("dung", "Lần 2 của học viên 1 và lần 2 của học viên 2 có kết quả giống hệt nhau"),
    ):
        client = client_of(name)
        ids = re.findall(r'name="attempt" value="(\d+)"', client.get(f"/votes/new?exercise={exercise.id}").text)
        answer = client.post("/votes", data={"exercise": exercise.id, "attempt": ids[:2]})
        assert answer.status_code == 400 and told in answer.text


def test_too_few_answers_are_refused_and_the_form_kept(
    client_of: ClientOf, seeded: Kit, people: dict[str, User]
) -> None:
    from service import exercises, practice

    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt.")
    list(practice.answer(seeded, attempt.id))
    client = client_of("dung")
    for ticked in ([], [str(attempt.id)]):
        form = {"exercise": exercise.id, "title": "So <hai> lần", "attempt": ticked}
        answer = client.post("/votes", data=form)
        assert answer.status_code == 400
        assert "Anh/chị chọn ít nhất 2 kết quả." in answer.text
        assert 'value="So &lt;hai&gt; lần"' in answer.text
        assert re.findall(r'name="attempt" value="(\d+)" checked', answer.text) == ticked
    assert "Chưa có phép so nào" in client.get("/votes").text
