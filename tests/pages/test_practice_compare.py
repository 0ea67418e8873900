"""Two attempts beside each other: what was added, what was dropped, and what only the machine changed."""

from __future__ import annotations

import re

from service import worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from tests.pages.test_practice_run import EXERCISE, PROMPT, ClientOf, events, run


def test_the_prompts_difference_stands_beside_the_answers(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    for prompt in ("Tóm tắt công văn trong 150 tiếng.", "Tóm tắt công văn trong 100 tiếng. Giữ nguyên số liệu."):
        events(lan, run(lan, prompt))
    page = lan.get(f"/exercises/{EXERCISE}/compare?a=1&b=2").text
    assert "Lần 2 khác lần 1 ở đâu?" in page
    assert '<del class="removed">150 tiếng.</del>' in page
    assert not re.search(r"\.Cùng tài liệu", page)
    assert "Cùng tài liệu" in page
    assert '<ins class="added">100 tiếng. Giữ nguyên số liệu.</ins>' in page
    assert "Câu lệnh không đổi" not in page


def test_an_unchanged_prompt_is_said(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    for _ in range(2):
        events(lan, run(lan))
    page = lan.get(f"/exercises/{EXERCISE}/compare").text
    assert "Câu lệnh không đổi." in page
    assert "Kết quả cũng không đổi." in page


def test_one_attempt_is_not_enough_and_numbers_must_exist(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    events(lan, run(lan))
    assert lan.get(f"/exercises/{EXERCISE}/compare").status_code == 404
    events(lan, run(lan))
    assert lan.get(f"/exercises/{EXERCISE}/compare?a=1&b=9").status_code == 404


def test_only_ones_own_attempts_are_compared(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    for _ in range(2):
        events(lan, run(lan))
    assert client_of("minh").get(f"/exercises/{EXERCISE}/compare?a=1&b=2").status_code == 404


def test_two_repeats_are_compared_and_their_prompt_is_told_by_its_mean(
    seeded: Kit, engine: ScriptedEngine, client_of: ClientOf
) -> None:
    lan = client_of("lan")
    first = run(lan)
    events(lan, first)
    lan.post(f"/exercises/{EXERCISE}/prompt", data={"prompt": "Câu lệnh mới đang viết."})
    again = lan.post(f"/attempts/{first}/again")
    assert again.status_code == 303
    events(lan, int(again.location.rpartition("/")[2]))
    (_, once), (_, twice) = engine.asked
    assert (twice.seed, twice.temperature) == (once.seed + 1, 0.7)
    assert "Câu lệnh mới đang viết." in lan.get(f"/exercises/{EXERCISE}").text, "the editor keeps its text"
    while worker.run_once(seeded):
        pass
    shown = lan.get(again.location).text
    assert re.search(r"2 lần chạy: (?:trung bình \d+/100 điểm, từ \d+ đến \d+|đều \d+/100 điểm)\.", shown)
    assert "độ lệch" not in shown
    assert "Chạy lại, cho máy tự chọn chữ" in shown
    assert "Các mục qua những lần chạy" in shown
    page = lan.get(f"/exercises/{EXERCISE}/compare?a=2&b=1").text
    assert "Qua các lần chạy lại" in page
    assert "cùng số ngẫu nhiên" not in page
    assert client_of("minh").post(f"/attempts/{first}/again").status_code == 404


def test_attempts_on_two_inputs_are_not_taken_for_alike(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    for given in ("tiem-phong", "quy-che-hop"):
        sent = lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": PROMPT, "input": given})
        events(lan, int(sent.location.rpartition("/")[2]))
    page = lan.get(f"/exercises/{EXERCISE}/compare").text
    assert "hai trường hợp khác nhau" in page
    assert "Cùng tài liệu" not in page
