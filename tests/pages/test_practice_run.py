"""Running a prompt: the attempt, its stream, its replay, and everybody who must not see it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import practice, worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import AttemptState, User

EXERCISE = "tom-tat-cong-van-tiem-phong"
PROMPT = "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn kèm theo trong 5 gạch đầu dòng, không quá 150 tiếng."
ClientOf = Callable[[str], FlaskClient]


def run(client: FlaskClient, prompt: str = PROMPT) -> int:
    answer = client.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": prompt})
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def events(client: FlaskClient, attempt_id: int) -> list[tuple[str, dict[str, object]]]:
    frames = client.get(f"/attempts/{attempt_id}/stream").text.split("\n\n")
    pairs = [frame.split("\n", 1) for frame in frames if frame.startswith("event:")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def text_of(told: list[tuple[str, dict[str, object]]]) -> str:
    return "".join(str(data["text"]) for name, data in told if name == "delta")


def test_a_prompt_is_run_and_its_answer_kept(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan)
    waiting = lan.get(f"/attempts/{attempt_id}").text
    assert f'data-stream="/attempts/{attempt_id}/stream"' in waiting
    told = events(lan, attempt_id)
    names = [name for name, _ in told if name != "queued"]
    assert names[0] == "sources"
    assert names[-1] == "finish"
    assert set(names[1:-1]) == {"delta"}
    kept = practice.load(seeded, attempt_id)
    assert kept.state is AttemptState.DONE
    assert kept.answer == text_of(told).strip() != ""
    page = lan.get(f"/attempts/{attempt_id}").text
    assert "data-stream" not in page
    assert "Đưa vào bản nháp" in page
    assert "Nguồn máy đã đọc" in page


def test_a_reload_replays_and_never_generates_twice(seeded: Kit, engine: ScriptedEngine, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan)
    first = events(lan, attempt_id)
    asked = len(engine.asked)
    again = events(lan, attempt_id)
    assert text_of(again) == text_of(first)
    assert again[0] == first[0]
    assert again[-1][0] == "finish"
    assert len(engine.asked) == asked == 1


def test_the_words_of_a_prompt_and_an_answer_are_never_markup(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan, "Tóm tắt </textarea><script>alert(1)</script> công văn.")
    events(lan, attempt_id)  # the scripted model says the prompt back
    for page in (f"/attempts/{attempt_id}", f"/attempts/{attempt_id}/answer", f"/exercises/{EXERCISE}"):
        assert "<script>alert" not in lan.get(page).text


def test_an_empty_prompt_is_refused_on_the_desk(seeded: Kit, client_of: ClientOf) -> None:
    answer = client_of("lan").post(f"/exercises/{EXERCISE}/attempts", data={"prompt": "  "})
    assert answer.status_code == 400
    assert "Câu lệnh còn trống" in answer.text
    assert 'id="chu"' in answer.text


def test_personal_data_is_run_only_when_the_person_says_so(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    lan, prompt = client_of("lan"), "Tóm tắt đơn của công dân có số định danh 079203001234 ở thôn Đông."
    refused = lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": prompt})
    assert refused.status_code == 400
    assert "có thể là dữ liệu cá nhân" in refused.text
    assert f"{prompt}</textarea>" in refused.text
    assert practice.history(seeded, people["lan"], EXERCISE) == ()
    run_as_it_is = lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": prompt, "as_it_is": "1"})
    assert run_as_it_is.status_code == 303
    [attempt] = practice.history(seeded, people["lan"], EXERCISE)
    assert attempt.prompt == prompt
    events(lan, attempt.id)
    assert lan.post(f"/attempts/{attempt.id}/again").status_code == 303, "it was said once"


def test_a_secrecy_mark_is_refused_and_stored_nowhere(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    answer = client_of("lan").post(f"/exercises/{EXERCISE}/attempts", data={"prompt": "TỐI MẬT\nTóm tắt công văn."})
    assert answer.status_code == 422
    assert "chưa được lưu ở đâu cả" in answer.text
    assert practice.history(seeded, people["lan"], EXERCISE) == ()
    assert seeded.db.path is not None
    written = b"".join(path.read_bytes() for path in seeded.db.path.parent.glob(seeded.db.path.name + "*"))
    assert "TỐI MẬT".encode() not in written


@pytest.mark.parametrize("path", ["", "/answer", "/feedback", "/stream"])
def test_somebody_elses_attempt_is_not_there(seeded: Kit, client_of: ClientOf, path: str) -> None:
    attempt_id = run(client_of("lan"))
    assert client_of("minh").get(f"/attempts/{attempt_id}{path}").status_code == 404


def test_a_trainer_reads_it_with_the_name_and_runs_nothing(
    seeded: Kit, engine: ScriptedEngine, client_of: ClientOf
) -> None:
    lan, thu = client_of("lan"), client_of("thu")
    attempt_id = run(lan)
    assert thu.get(f"/attempts/{attempt_id}/stream").status_code == 404
    assert thu.post(f"/attempts/{attempt_id}/stop").status_code == 404
    assert engine.asked == []
    events(lan, attempt_id)
    page = thu.get(f"/attempts/{attempt_id}").text
    assert "Bài của Lan" in page
    assert "Lượt đọc này đã được ghi lại" in page
    assert 'id="chu"' not in page
    assert "Đưa vào bản nháp" not in page


def test_a_stranger_is_sent_to_the_door(seeded: Kit, client_of: ClientOf) -> None:
    attempt_id = run(client_of("lan"))
    stranger = seeded_client(client_of)
    assert stranger.get(f"/attempts/{attempt_id}").status_code == 302
    assert stranger.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": PROMPT}).status_code in (302, 401)


def seeded_client(client_of: ClientOf) -> FlaskClient:
    """A client of the same app that never signed in."""
    return client_of("lan").application.test_client()


def test_an_exercise_that_does_not_exist(seeded: Kit, client_of: ClientOf) -> None:
    assert client_of("lan").get("/exercises/khong-co").status_code == 404


def test_running_an_older_prompt_again_is_a_new_attempt_with_its_parent(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    lan = client_of("lan")
    first = run(lan)
    events(lan, first)
    lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": PROMPT, "parent": first})
    second = practice.history(seeded, people["lan"], EXERCISE)[-1]
    assert (second.number, second.parent_id) == (2, first)


def test_an_older_attempt_is_read_and_its_prompt_taken_up_again(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    first = run(lan, "Tóm tắt công văn, lần một.")
    events(lan, first)
    events(lan, run(lan, "Tóm tắt công văn, lần hai."))
    page = lan.get(f"/attempts/{first}").text
    assert 'id="chu"' not in page
    assert "Sửa tiếp từ câu lệnh này" in page
    taken = lan.get(f"/exercises/{EXERCISE}?from={first}").text
    assert "Tóm tắt công văn, lần một.</textarea>" in taken


INPUTS = "/exercises/tom-tat-cho-ba-nguoi-doc"


def test_the_input_that_is_opened_is_read_ahead(seeded: Kit, client_of: ClientOf, engine: ScriptedEngine) -> None:
    client_of("lan").get(f"{INPUTS}?input=nuoc-sach")
    while worker.run_once(seeded):
        pass
    [read] = engine.read
    assert "cấp nước" in read[0].content


def run_on(client: FlaskClient, given: str, prompt: str) -> None:
    answer = client.post(f"{INPUTS}/attempts", data={"prompt": prompt, "input": given})
    events(client, int(answer.location.rpartition("/")[2]))


def test_an_input_shows_the_newest_answer_made_on_it(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    run_on(lan, "mua-lu", "Tóm tắt thiệt hại.")
    assert 'id="to-ket-qua"' not in lan.get(f"{INPUTS}?input=nuoc-sach").text
    run_on(lan, "mua-lu", "Tóm tắt thiệt hại cho dân.")
    run_on(lan, "nuoc-sach", "Tóm tắt việc cấp nước.")
    for given, label, said in (
        ("mua-lu", "Báo cáo thiệt hại mưa lũ", "Tóm tắt thiệt hại cho dân."),
        ("nuoc-sach", "Thông cáo sự cố cấp nước", "Tóm tắt việc cấp nước."),
    ):
        page = lan.get(f"{INPUTS}?input={given}").text
        answer = page.split('id="to-ket-qua"')[1].split("</section>")[0]
        assert f"Máy giả đã đọc: {said}" in answer
        assert f'<h2>Máy viết</h2><span class="small soft made-on" lang="vi" title="{label}">{label}</span>' in answer
        strip = page.split('id="cac-lan"')[1].split("</nav>")[0]
        assert (strip.count("Báo cáo thiệt hại mưa lũ"), strip.count("Thông cáo sự cố cấp nước")) == (4, 2)
        refused = lan.post(f"{INPUTS}/attempts", data={"prompt": " ", "input": given}).text
        assert f"Máy giả đã đọc: {said}" in refused
