"""A number clicked in a real browser: its passage lies beside the answer, also when the document is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from service import ask, library
from service.kit import Kit
from service.records import User
from tests.conftest import password_of
from tests.journeys.conftest import serve
from tests.journeys.test_main_job import shot
from tests.service.test_ask import CLERKS

pytestmark = pytest.mark.journey


def test_a_number_opens_its_passage_beside_the_answer(
    page: Page, kit: Kit, app: Flask, people: dict[str, User], shots: Path
) -> None:
    plan = library.accept(kit, people["lan"], "Kế hoạch tiêm phòng.txt", CLERKS.encode())
    library.index(kit, plan.id)
    asked = ask.begin(kit, people["lan"], "Kinh phí tiêm phòng là bao nhiêu?")
    list(ask.answer(kit, people["lan"], asked.id))
    with serve(app) as url:
        page.goto(f"{url}/login")
        page.fill("input[name=name]", "lan")
        page.fill("input[name=password]", password_of("lan"))
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{url}/")
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
