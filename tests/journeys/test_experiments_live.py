"""An experiment under way in a browser: the page grows under the reader's hand and takes nothing out of it.

A long proof: python3 run.py test --long journeys
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from service import experiments, worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Attempt, User
from tests.conftest import password_of
from tests.journeys.conftest import PHONE, serve
from tests.service.test_experiments import attempt, speak  # noqa: F401  # fixture: Lan's answered prompt of five parts

pytestmark = [pytest.mark.long, pytest.mark.journey]

AT_HAND = """() => [
  document.activeElement.id, document.activeElement === window.list, window.list.value,
  String(getSelection()), document.querySelector(".table-scroll").scrollLeft,
]"""
"""Where the reader is: the focus and whether it is on the same element still, what is chosen, selected, scrolled to."""


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(speak)
    yield engine
    engine.close()


def test_what_is_in_hand_stays_in_hand(
    page: Page,
    seeded: Kit,
    app: Flask,
    people: dict[str, User],
    attempt: Attempt,  # noqa: F811  # the fixture imported above
    shots: Path,
) -> None:
    found = experiments.begin_parts(seeded, people["lan"], attempt.id)
    assert worker.run_once(seeded, only=worker.LONG)
    with serve(app) as url:
        page.set_viewport_size(PHONE)
        page.goto(f"{url}/login")
        page.fill("input[name=name]", "lan")
        page.fill("input[name=password]", password_of("lan"))
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/")
        page.goto(f"{url}/experiments/{found.id}")
        expect(page.locator("#lan-thu")).to_contain_text("Đã chạy 8/12 lượt")
        page.screenshot(path=shots / "experiment-running-narrow.png", full_page=True, caret="initial")
        page.select_option("#chon-cach", "3")
        page.evaluate(
            """() => {
              window.list = document.getElementById("chon-cach");
              window.list.focus();
              getSelection().selectAllChildren(document.querySelector(".answers .answer"));
              document.querySelector(".table-scroll").scrollLeft = 90;
            }"""
        )
        before = page.evaluate(AT_HAND)
        assert before[1:3] == [True, "3"] and before[3] and before[4] == 90

        assert worker.run_once(seeded, only=worker.LONG)
        expect(page.locator("#lan-thu[hx-get]")).to_have_count(0)
        expect(page.locator("#lan-thu")).to_contain_text("Bỏ “Định dạng” thì kém hơn ở: Độ dài: không quá 150 tiếng.")
        assert page.evaluate(AT_HAND) == before
        page.screenshot(path=shots / "experiment-done-narrow.png", full_page=True, caret="initial")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.get_by_role("link", name="Bỏ “Định dạng”").click()
        expect(page.locator("#chon-cach")).to_have_value("4")
        expect(page.locator(".prompt-diff del")).to_contain_text("không quá 150 tiếng")
