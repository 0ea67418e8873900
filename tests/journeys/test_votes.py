"""A ballot of a blind comparison in the browser: what is chosen and written outlives a reload, and stays with its pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service import accounts, compare
from service.records import Comparison
from tests.conftest import password_of
from tests.journeys.conftest import Classroom

pytestmark = pytest.mark.journey


@pytest.fixture
def dung(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """The evaluator at an office screen; what the console complains of fails the test."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(classroom.url)
    page.fill("input[name=name]", "dung")
    page.fill("input[name=password]", password_of("dung"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{classroom.url}/")
    yield page
    context.close()
    assert said == []


def opened(classroom: Classroom) -> Comparison:
    dung = next(user for user in accounts.list_users(classroom.kit) if user.name == "dung")
    answers = [(f"Kết quả {n}", f"Tóm tắt cách {n}.", f"Ý chính của cách {n}.", None) for n in range(1, 4)]
    return compare.plan(classroom.kit, dung, "So ba cách dặn", "x", answers)


def test_a_ballot_outlives_a_reload(dung: Page, classroom: Classroom) -> None:
    address = f"{classroom.url}/votes/{opened(classroom).id}"
    dung.goto(address)
    dung.keyboard.press("2")
    dung.get_by_label("Gọn hơn").check()
    dung.get_by_label("Không bịa thêm").check()
    dung.get_by_label("Gọn hơn").uncheck()
    dung.get_by_label("Ghi chú").fill("Bản này đủ hạn.")
    dung.reload()
    expect(dung.locator("[name=winner]:checked")).to_have_value("right")
    expect(dung.locator("[name=reason]:checked")).to_have_count(1)
    expect(dung.get_by_label("Không bịa thêm")).to_be_checked()
    expect(dung.get_by_label("Ghi chú")).to_have_value("Bản này đủ hạn.")

    # What was sent is not kept for the next pair, nor what is not sent yet for an earlier one.
    dung.get_by_role("button", name="Lưu phiếu, sang cặp tiếp").click()
    expect(dung.get_by_text("Cặp 2 trong 3")).to_be_visible()
    expect(dung.locator("[name=winner]:checked, [name=reason]:checked")).to_have_count(0)
    expect(dung.get_by_label("Ghi chú")).to_have_value("")
    dung.keyboard.press("1")
    dung.get_by_label("Ghi chú").fill("Cặp hai.")
    dung.get_by_role("link", name="Sửa phiếu vừa rồi").click()
    expect(dung.locator("[name=winner]:checked")).to_have_value("right")
    expect(dung.get_by_label("Ghi chú")).to_have_value("Bản này đủ hạn.")
    dung.goto(address)
    expect(dung.locator("[name=winner]:checked")).to_have_value("left")
    expect(dung.get_by_label("Ghi chú")).to_have_value("Cặp hai.")
