"""Two attempts beside each other: what was added, what was dropped, and what only the machine changed."""

from __future__ import annotations

from service.kit import Kit
from tests.pages.test_practice_run import EXERCISE, ClientOf, events, run


def test_the_prompts_difference_stands_beside_the_answers(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    for prompt in ("Tóm tắt công văn trong 150 tiếng.", "Tóm tắt công văn trong 100 tiếng. Giữ nguyên số liệu."):
        events(lan, run(lan, prompt))
    page = lan.get(f"/exercises/{EXERCISE}/compare?a=1&b=2").text
    assert "Lần 2 khác lần 1 ở đâu?" in page
    assert '<del class="removed">150 tiếng.</del>' in page
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
