"""The pages of a class for its trainer: no names on the wall, names where it is said, nothing for anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import accounts, classes, exercises, feedback, handwork, practice, seats
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Class, EngineFigures, Role, User
from tests.conftest import password_of
from tests.service.test_progress import sorted_cards

ClientOf = Callable[[str], FlaskClient]

EXERCISE = "tom-tat-cong-van-tiem-phong"
PROMPT = "Bạn là chuyên viên. Hãy tóm tắt công văn kèm theo, không quá 150 tiếng."


@pytest.fixture
def lesson(seeded: Kit, people: dict[str, User]) -> Class:
    made = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 6, EXERCISE)
    accounts.rename(seeded, "lan", "Hoàng Thị Lan")
    seats.join(seeded, people["lan"], made.code, 1)
    return made


def run(kit: Kit, user: User) -> int:
    attempt = practice.begin(kit, user, exercises.get(kit, user, EXERCISE), PROMPT)
    list(practice.answer(kit, attempt.id))
    feedback.grade(kit, attempt.id)
    return attempt.id


def row(page: str, number: int) -> str:
    found = re.search(rf'<tr id="ban-{number}".*?</tr>', page, re.S)
    assert found is not None
    return found[0]


def test_every_address_is_the_trainers_own(seeded: Kit, client_of: ClientOf, lesson: Class) -> None:
    accounts.create_user(seeded, "ha", "Hà", Role.TRAINER, password_of("ha"))
    here = f"/manage/classes/{lesson.id}"
    reads = [here, f"{here}/now", f"{here}/people", f"{here}/pins", f"{here}/vote", f"{here}/grades"]
    reads += [f"{here}/grades.csv", f"{here}/grades.xlsx"]
    deeds = [
        f"{here}/exercise",
        f"{here}/pause",
        f"{here}/queue/clear",
        f"{here}/queue/first",
        f"{here}/open",
        f"{here}/seats/1/free",
        f"{here}/seats/1/answered",
        f"{here}/pins",
        f"{here}/pins/1/remove",
        f"{here}/vote",
        f"{here}/vote/close",
    ]
    clients = {name: client_of(name) for name in ("ha", "lan", "dung", "quan", "thu")}
    form = {"exercise": EXERCISE, "on": "1"}
    for name, status in (("ha", 404), ("lan", 403), ("dung", 403)):
        for path in reads:
            assert clients[name].get(path).status_code == status, f"{name} {path}"
        for path in deeds:
            assert clients[name].post(path, data=form).status_code == status, f"{name} {path}"
    for name in ("lan", "dung"):
        assert clients[name].get("/manage/classes").status_code == 403
        assert clients[name].post("/manage/classes", data={"name": "Lớp", "seats": "6"}).status_code == 403
    assert lesson.written not in clients["ha"].get("/manage/classes").text
    for name in ("quan", "thu"):
        assert all(clients[name].get(path).status_code == 200 for path in reads), name
        assert lesson.written in clients[name].get("/manage/classes").text
    assert seats.mine(seeded, next(one for one in accounts.list_users(seeded) if one.name == "lan")) is not None
    assert clients["thu"].get("/manage/classes/999").status_code == 404


def test_a_class_is_opened_from_the_list_and_what_was_typed_is_kept(seeded: Kit, client_of: ClientOf) -> None:
    client = client_of("thu")
    assert "Chưa có lớp nào" in client.get("/manage/classes").text
    assert '<label for="so-ban">Number of seats</label>' in client.get("/manage/classes?lang=en").text
    client.get("/?lang=vi")
    refused = client.post("/manage/classes", data={"name": "Lớp <sáng>", "seats": "nhiều", "exercise": EXERCISE})
    assert refused.status_code == 400
    assert "Số bàn là một số từ 1 đến 200. Lớp chưa được mở." in refused.text
    assert 'value="Lớp &lt;sáng&gt;"' in refused.text
    assert re.search(rf'value="{EXERCISE}"[^>]*selected', refused.text)
    made = client.post("/manage/classes", data={"name": "Lớp sáng", "seats": "12", "exercise": EXERCISE})
    assert made.status_code == 303
    page = client.get(made.location).text
    assert exercises.present(seeded, EXERCISE).title in page
    assert page.count('<tr id="ban-') == 12
    assert re.search(r"<strong>[A-Z]{2} [2-9]{4}</strong>", page)


def test_the_wall_tells_seats_and_no_names(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    run(seeded, people["lan"])
    seats.call(seeded, people["lan"], True)
    client = client_of("thu")
    for path in (f"/manage/classes/{lesson.id}", f"/manage/classes/{lesson.id}/now"):
        page = client.get(path).text
        told = row(page, 1)
        assert 'class="calling"' in told and "cần trợ giúp" in told
        assert '<span aria-hidden="true">✓</span><span class="unseen">đạt</span>' in told
        assert '<span aria-hidden="true">!</span><span class="unseen">cần sửa</span>' in told
        assert "chưa có người" in row(page, 2)
        assert "Hoàng Thị Lan" not in page and "lan" not in told
        assert 'hx-trigger="every 3s"' in page
    assert "<html" not in page, "only what changes"
    names = client.get(f"/manage/classes/{lesson.id}/people").text
    assert "Hoàng Thị Lan" in names and "dữ liệu cá nhân" in names


def test_the_numbers_of_the_queue_are_the_classs(
    seeded: Kit,
    client_of: ClientOf,
    engine: ScriptedEngine,
    people: dict[str, User],
    lesson: Class,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan, client, here = str(people["lan"].id), client_of("thu"), f"/manage/classes/{lesson.id}"
    figures = EngineFigures(seats=2, seats_busy=2, served=("998", "999"), line=(lan, "999"), waits=(100.4, 200.0))
    monkeypatch.setattr(engine, "figures", lambda: figures)
    page = client.get(here).text
    assert re.findall(r"<dd>([^<]+)</dd>", page) == ["0", "1", "1:40"]
    assert re.search(r"Tiếp theo: bàn\s+01\.", page)
    assert "Ngoài lớp, máy còn viết 2 lượt, 1 lượt đang chờ." in page
    figures = EngineFigures(seats=2, seats_busy=1, waiting=0, served=(lan,))
    page = client.get(here).text
    assert re.findall(r"<dd>([^<]+)</dd>", page) == ["1", "0", "0:00"] and "Ngoài lớp" not in page


def test_another_seat_goes_first(
    seeded: Kit,
    client_of: ClientOf,
    engine: ScriptedEngine,
    people: dict[str, User],
    lesson: Class,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(engine, "advance", lambda owner: asked.append(owner) is None and owner == "let")
    client, here = client_of("thu"), f"/manage/classes/{lesson.id}"
    for seat, said in (("1", "không có lượt nào đang chờ"), ("2", "không có lượt nào"), ("x", "không có lượt nào")):
        assert said in client.post(f"{here}/queue/first", data={"seat": seat}, follow_redirects=True).text
    assert asked == [str(people["lan"].id)], "of a seat where nobody sits nothing is asked"
    monkeypatch.setattr(engine, "advance", lambda _owner: True)
    assert "Bàn 1 lên trước." in client.post(f"{here}/queue/first", data={"seat": "1"}, follow_redirects=True).text


def test_pausing_and_going_on(seeded: Kit, client_of: ClientOf, lesson: Class) -> None:
    client, lan = client_of("thu"), client_of("lan")
    here = f"/manage/classes/{lesson.id}"
    assert client.post(f"{here}/pause", data={"on": "1"}).location == here
    page = client.get(here).text
    assert "Đang tạm dừng chạy" in page and "Cho chạy tiếp" in page
    said = "Giảng viên đang tạm dừng chạy. Anh/chị cứ viết tiếp câu lệnh."
    assert said in lan.get("/").text and said in lan.get(f"/exercises/{EXERCISE}").text
    refused = lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": PROMPT})
    assert refused.status_code == 400
    assert "Chưa chạy được." in refused.text and PROMPT in refused.text, "what was written stays"
    client.post(f"{here}/pause", data={"on": "0"})
    assert said not in lan.get("/").text
    assert lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": PROMPT}).status_code == 303


def test_what_was_cleared_says_so_at_the_desk(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    waiting = practice.begin(seeded, people["lan"], exercises.get(seeded, people["lan"], EXERCISE), PROMPT)
    client = client_of("thu")
    cleared = client.post(f"/manage/classes/{lesson.id}/queue/clear", follow_redirects=True).text
    assert "Đã rút 1 lượt đang chờ" in cleared
    again = client.post(f"/manage/classes/{lesson.id}/queue/clear", follow_redirects=True).text
    assert "Không có lượt nào của lớp đang chờ." in again
    page = client_of("lan").get(f"/attempts/{waiting.id}").text
    assert "Giảng viên đã xóa hàng chờ, lượt này không tính vào số lần làm." in page
    assert "không tính</span>" in page and PROMPT in page


def test_an_answer_is_read_pinned_and_shown_to_the_class(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    seats.join(seeded, people["minh"], lesson.code, 2)
    attempt_id = run(seeded, people["lan"])
    answer = practice.load(seeded, attempt_id).answer
    client, here = client_of("thu"), f"/manage/classes/{lesson.id}"
    pins = client.get(f"{here}/pins").text
    assert "Bàn 01" in pins and answer not in pins, "nobody's work is opened before it is asked for"
    shown = client.get(f"{here}/pins?seat=1").text
    assert answer in shown and "Hoàng Thị Lan" not in shown
    long = client.post(f"{here}/pins", data={"attempt": attempt_id, "seat": "1", "note": "x" * 301})
    assert long.status_code == 400 and "dài quá 300 ký tự" in long.text and "x" * 301 in long.text
    assert client.post(f"{here}/pins", data={"attempt": attempt_id, "seat": "1", "note": "Đủ hạn."}).location == here
    minh = client_of("minh")
    for page in (client.get(here).text, minh.get("/").text, minh.get(f"/exercises/{EXERCISE}").text):
        assert answer in page and "Đủ hạn." in page and "Hoàng Thị Lan" not in page
    client.post(f"{here}/open", data={"on": "0"})
    assert answer not in minh.get("/").text, "the wall is the open class's"
    client.post(f"{here}/open", data={"on": "1"})
    client.post(f"{here}/pins/{attempt_id}/remove")
    assert answer not in minh.get("/").text


def test_work_done_by_hand_is_not_called_the_machines(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    exercise = exercises.present(seeded, "xep-the-duoc-khong-duoc")
    run(seeded, people["lan"])
    here, client = f"/manage/classes/{lesson.id}", client_of("thu")
    assert "bản nháp – chưa kiểm chứng" in client.get(f"{here}/pins?seat=1").text
    classes.choose(seeded, people["thu"], lesson.id, exercise.id)
    handwork.hand_over(seeded, people["lan"], exercise, sorted_cards(exercise, wrong=1))
    page = client.get(f"{here}/pins?seat=1").text
    assert "Kết quả của bàn 01" in page and "bản nháp – chưa kiểm chứng" not in page and "machine-text" not in page


def test_a_closed_class_shows_no_code(client_of: ClientOf, lesson: Class) -> None:
    client, here = client_of("thu"), f"/manage/classes/{lesson.id}"
    closed = client.post(f"{here}/open", data={"on": "0"}, follow_redirects=True).text
    assert "Đã đóng lớp “Lớp xã Triệu Phong”. Sổ điểm vẫn còn." in closed
    page = client.get(here).text
    assert lesson.written not in page and "Mở lại lớp" in page and "hx-get" not in page.split("<main")[1]


def test_a_seat_is_given_back(client_of: ClientOf, lesson: Class) -> None:
    client, here = client_of("thu"), f"/manage/classes/{lesson.id}"
    assert "Trả bàn" in client.get(f"{here}/people").text
    client.post(f"{here}/seats/1/free")
    page = client.get(f"{here}/people").text
    assert "đã rời" in page and "Trả bàn" not in page


def test_the_book_says_that_it_is_personal_data(
    seeded: Kit, client_of: ClientOf, people: dict[str, User], lesson: Class
) -> None:
    run(seeded, people["lan"])
    client, here = client_of("thu"), f"/manage/classes/{lesson.id}"
    page = client.get(f"{here}/grades").text
    assert "Số lần làm và bài nộp tính cả trước khi vào lớp." in page
    assert "dữ liệu cá nhân" in page and "Hoàng Thị Lan" in page and "1 lần làm" in page and "chưa nộp" in page
    file = client.get(f"{here}/grades.csv")
    assert file.mimetype == "text/csv" and file.data.startswith("\ufeff".encode())
    assert f"so-diem-lop-{lesson.id}.csv" in file.headers["Content-Disposition"]
    book = client.get(f"{here}/grades.xlsx")
    assert book.data.startswith(b"PK") and f"so-diem-lop-{lesson.id}.xlsx" in book.headers["Content-Disposition"]
    assert f'href="{here}/grades.xlsx"' in page and f'href="{here}/grades.csv"' in page
    assert client.get(f"{here}/grades.ods").status_code == 404
    assert client.get(f"{here}/grades?order=name").status_code == 200
    assert client.get(f"{here}/grades?order=best").status_code == 200
