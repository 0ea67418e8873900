"""Feedback: nothing until graded, then the marked answer, the verdicts and the attempts in one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from service import feedback
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from tests.pages.test_practice_run import ClientOf, events, run

ANSWER = "- Tiêm đạt ít nhất 80% tổng đàn [1].\n- Hiện xã mới đạt 37,25%."


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda _: ANSWER)
    yield engine
    engine.close()


def test_it_comes_once_graded_with_the_spots_marked(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan)
    events(lan, attempt_id)
    assert lan.get(f"/attempts/{attempt_id}/feedback").status_code == 204
    assert f'hx-get="/attempts/{attempt_id}/feedback"' in lan.get(f"/attempts/{attempt_id}/answer").text
    feedback.grade(seeded, attempt_id)
    answer = lan.get(f"/attempts/{attempt_id}/feedback")
    assert answer.status_code == 200
    start = ANSWER.index("37,25%")
    assert f'<span class="unverified" data-marks="{start}-{start + 6}"' in answer.text
    assert f'data-goto-start="{start}"' in answer.text
    assert 'id="to-ket-qua"' in answer.text
    assert 'id="cac-lan"' in answer.text
    results = feedback.results(seeded, attempt_id)
    met = sum(one.passed is True for one in results)
    graded = sum(one.passed is not None for one in results)
    assert f"Đạt {met}/{graded} mục" in answer.text


def test_at_most_three_findings_lie_open_and_the_worst_come_first(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = run(lan, "tóm tắt")
    events(lan, attempt_id)
    feedback.grade(seeded, attempt_id)
    text = lan.get(f"/attempts/{attempt_id}/feedback").text
    panel = text[text.index('id="gop-y-noi-dung"') : text.index('id="so-ket-qua"')]
    folded = panel.index('<details class="folded"') if '<details class="folded"' in panel else len(panel)
    assert panel[:folded].count('<article class="finding ') <= 3
    order = [level for level in ("essential", "actionable", "informative", "celebratory") if f"brief {level}" in panel]
    places = [panel.index(f"brief {level}") for level in order]
    assert places == sorted(places)


def test_hints_and_the_model_answer_wait_for_their_time(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    before = lan.get("/exercises/tom-tat-cong-van-tiem-phong").text
    assert "Bài mẫu mở khi bài đạt, hoặc sau hai lần làm." in before
    for _ in range(2):
        events(lan, run(lan))
    unchanged = lan.get("/exercises/tom-tat-cong-van-tiem-phong").text
    assert "<summary>Bài mẫu</summary>" not in unchanged, "running a prompt again is no new attempt"
    events(lan, run(lan, "Tóm tắt công văn kèm theo trong năm gạch đầu dòng."))
    after = lan.get("/exercises/tom-tat-cong-van-tiem-phong").text
    assert "<summary>Bài mẫu</summary>" in after


def test_the_next_hint_is_told_with_its_time(seeded: Kit, client_of: ClientOf) -> None:
    lan, path = client_of("lan"), "/exercises/tom-tat-cong-van-tiem-phong"
    assert "Còn 2 gợi ý; gợi ý kế tiếp mở sau lần làm thứ 1." in lan.get(path).text
    events(lan, run(lan))
    once = lan.get(path).text
    assert "Còn 1 gợi ý; gợi ý kế tiếp mở sau lần làm thứ 2." in once
    assert once.count("<summary>Gợi ý ") == 2


def test_on_a_phone_one_number_tells_of_both_texts(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")

    def numbers(page: str) -> list[int]:
        ids = ("so-ket-qua", "so-cau-lenh", "so-gop-y")
        told = (re.search(rf'id="{name}"[^>]*>(?:\((\d+)\))?<', page) for name in ids)
        return [int(one[1] or 0) for one in told if one]

    answer, prompt, both = numbers(lan.get("/exercises/tom-tat-cong-van-tiem-phong").text)
    assert (answer, both) == (0, prompt)
    assert prompt > 0
    attempt_id = run(lan, "tóm tắt")
    events(lan, attempt_id)
    feedback.grade(seeded, attempt_id)
    answer, prompt, both = numbers(lan.get(f"/attempts/{attempt_id}").text)
    assert both == answer + prompt
    assert answer > 0
