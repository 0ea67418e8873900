"""A number clicked in a real browser: its passage lies beside the answer, also when the document is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from service import ask, library
from service.kit import Kit
from service.records import Document, Question, User
from tests.conftest import password_of
from tests.journeys.conftest import PHONE, serve
from tests.journeys.test_main_job import shot
from tests.service.test_ask import CLERKS

pytestmark = pytest.mark.journey


def asked_of(kit: Kit, lan: User, text: str) -> tuple[Document, Question]:
    """A question that was answered from one document."""
    plan = library.accept(kit, lan, "Kế hoạch tiêm phòng.txt", text.encode())
    library.index(kit, plan.id)
    asked = ask.begin(kit, lan, "Kinh phí tiêm phòng là bao nhiêu?")
    list(ask.answer(kit, lan, asked.id))
    return plan, asked


def enter(page: Page, url: str) -> None:
    page.goto(f"{url}/login")
    page.fill("input[name=name]", "lan")
    page.fill("input[name=password]", password_of("lan"))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{url}/")


@pytest.mark.parametrize("size", [PHONE, {"width": 800, "height": 900}, {"width": 1366, "height": 768}])
def test_a_past_question_opens_at_its_answer(
    page: Page, kit: Kit, app: Flask, people: dict[str, User], size: ViewportSize
) -> None:
    """The passage beside it comes into view where its column moves by itself; the page never does."""
    _, asked = asked_of(kit, people["lan"], "Điều này nêu việc khác.\n" * 80 + CLERKS)
    page.set_viewport_size(size)
    with serve(app) as url:
        enter(page, url)
        page.goto(f"{url}/ask/{asked.id}")
        page.wait_for_load_state()
        assert page.evaluate("scrollY") == 0
        if size["width"] > 1100:
            expect(page.locator("#ben-canh .passage.shown").first).to_be_in_viewport()
            assert page.evaluate("document.getElementById('van-ban').scrollTop") > 0


def test_an_answer_that_comes_later_brings_its_passage_into_view(
    page: Page, kit: Kit, app: Flask, people: dict[str, User]
) -> None:
    lan = people["lan"]
    plan = library.accept(kit, lan, "Kế hoạch.txt", ("Điều này nêu việc khác.\n" * 80 + CLERKS).encode())
    library.index(kit, plan.id)
    page.set_viewport_size({"width": 1366, "height": 768})
    with serve(app) as url:
        enter(page, url)
        asked = ask.begin(kit, lan, "Kinh phí tiêm phòng là bao nhiêu?")
        page.goto(f"{url}/ask/{asked.id}")
        expect(page.locator("details.sources")).to_be_visible()
        expect(page.locator("#ben-canh .passage.shown").first).to_be_in_viewport()


def test_a_number_opens_its_passage_beside_the_answer(
    page: Page, kit: Kit, app: Flask, people: dict[str, User], shots: Path
) -> None:
    plan, asked = asked_of(kit, people["lan"], CLERKS)
    with serve(app) as url:
        enter(page, url)
        page.goto(f"{url}/ask/{asked.id}")
        number = page.locator("details.sources a.cite").last
        number.click()
        expect(number).to_have_attribute("aria-current", "true")
        expect(page.locator("#ben-canh article")).to_contain_text("MỤC TIÊU")
        library.remove(kit, people["lan"], plan.id)
        number.click()
        beside = page.locator("#ben-canh")
        expect(beside).to_contain_text("Văn bản này đã được gỡ khỏi kho")
        expect(beside.locator(".passage.shown")).to_contain_text("gửi kết quả về Phòng Kinh tế")
        assert page.url.endswith(f"/ask/{asked.id}")
        shot(page, shots, "ask-kept")
        page.goto(f"{url}/ask/{asked.id}/passages/1")  # as without scripts
        expect(page.locator(".passage.shown")).to_contain_text("Xã Đông Mai")
        shot(page, shots, "ask-kept-alone")
