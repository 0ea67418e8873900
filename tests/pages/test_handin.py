"""The pages of the third layer: checks under the answer, the hand-in, its marks, and who learns what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service import feedback
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import User
from tests.pages.test_practice_run import EXERCISE, ClientOf, events, run

ANSWER = "Tiêm đạt ít nhất 80% tổng đàn trước ngày 15 tháng 12 năm 2026. Hiện xã mới đạt 37,25%."
LEVELS = {
    "level-trung-thuc": "sai-nhe",
    "level-chon-loc": "dung",
    "level-ngan-gon": "dung",
    "level-de-hieu": "ngay",
    "reason-trung-thuc": "Tỷ lệ 37,25% ở đâu ra?",
}


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda _: ANSWER)
    yield engine
    engine.close()


def test_from_the_checks_to_the_model_answer(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, minh, thu = client_of("lan"), client_of("minh"), client_of("thu")
    attempt_id = run(lan)
    events(lan, attempt_id)
    assert "Nộp bài" not in lan.get(f"/attempts/{attempt_id}").text, "nothing to hand in before the rules have looked"
    feedback.grade(seeded, attempt_id)

    # 1. Every underlined detail is checked by its owner; only then the button opens, and only then the server agrees.
    page = lan.get(f"/attempts/{attempt_id}").text
    assert 'name="verdict" value="right"' in page
    assert "Còn 1 chi tiết chưa kiểm tra nên chưa nộp được." in page
    assert "Còn 1 chi tiết" in lan.post(f"/attempts/{attempt_id}/hand-in").text
    told = {"key": "percent:37.25", "verdict": "wrong"}
    assert minh.post(f"/attempts/{attempt_id}/ticks", data=told).status_code == 404
    assert lan.post(f"/attempts/{attempt_id}/ticks", data=told | {"key": "x"}).status_code == 400
    fragment = lan.post(f"/attempts/{attempt_id}/ticks", data=told, headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div id="doi-chieu"')
    assert "đã kiểm tra 1/1" in fragment
    page = lan.get(f"/attempts/{attempt_id}").text
    assert 'value="wrong" checked' in page, "it survives a reload"
    assert 'data-asks="nop-hoi"' in page and "không rút lại được" in page, "what cannot be taken back is asked first"
    assert lan.post(f"/attempts/{attempt_id}/ticks", data=told).status_code == 303, "and works without scripts"

    # 2. Handed in: marked by oneself, whole or not at all.
    home = lan.post(f"/attempts/{attempt_id}/hand-in").location
    half = lan.post(f"{home}/marks", data={"level-chon-loc": "dung", "note": "Chữ đã gõ."})
    assert half.status_code == 400
    assert "Chưa chọn mức cho tiêu chí" in half.text and "Chữ đã gõ." in half.text
    assert lan.post(f"{home}/marks", data=LEVELS).status_code == 303
    assert "26/32 điểm phiếu" in lan.get(home).text
    assert "không cộng vào phiếu chấm" in lan.get(home).text

    # 3. A peer, given by the trainer, marks without learning whose it is or how others marked.
    assert minh.get(home).status_code == minh.post(f"{home}/marks", data=LEVELS).status_code == 404
    assert minh.post("/manage/hand-ins/deal").status_code == 403
    assert thu.post("/manage/hand-ins/deal").status_code == 303
    assert "Có 1 bài của học viên khác chờ anh/chị chấm." in minh.get("/").text
    work = minh.get(home).text
    assert "37,25%" in work
    for hidden in ("Lan", "Người làm tự chấm", "Bài mẫu", "Máy soi theo quy tắc"):
        assert hidden not in work
    minh.post(f"{home}/marks", data=LEVELS | {"level-trung-thuc": "dung-het", "note": "Gọn."})
    thu.post(f"{home}/marks", data=LEVELS)
    assert "Học viên Minh (minh) chấm chéo" in thu.get(home).text
    seen = lan.get(home).text
    assert "Một học viên khác chấm" in seen and "Minh" not in seen
    assert "Giảng viên Thu chấm" in seen

    # 4. The model answer and the difference of the prompts wait for the second attempt.
    assert "Bài mẫu mở khi bài đạt, hoặc sau hai lần làm." in seen
    assert 'id="bai-mau"' not in seen
    assert 'id="bai-mau"' in thu.get(home).text
    events(lan, run(lan, "tóm tắt"))
    after = lan.get(home).text
    assert 'id="bai-mau"' in after
    assert "Câu lệnh này khác câu lệnh mẫu ở đâu?" in after and '<ins class="added">' in after
    assert "Câu lệnh của anh/chị khác câu lệnh mẫu ở đâu?" in lan.get(f"/exercises/{EXERCISE}").text
