"""Prompt experiments in a real browser with the real model: a template, a repeat, parts left out, settings compared.

Some thirty answers of the model, so a long proof: python3 run.py test --long journeys
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import serving
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.long, pytest.mark.journey]

EXERCISE = "/exercises/tom-tat-cong-van-tiem-phong"
PROMPT = (
    "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn kèm theo cho Chủ tịch UBND xã, không quá 150 tiếng. "
    "Không tự thêm số liệu; thiếu thì ghi [cần bổ sung]."
)


def answered(page: Page) -> None:
    expect(page.locator("#gop-y-ket-qua .finding").first).to_be_visible(timeout=60_000)


def finished(page: Page) -> None:
    expect(page.locator("#lan-thu[hx-get]")).to_have_count(0, timeout=90_000)


def test_a_prompt_is_taken_apart(
    browser: Browser, browser_context_args: dict[str, Any], stocked: Path, tmp_path: Path, shots: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(stocked, data)
    with serving.serving(data) as server:
        password = serving.add_user(data, "lan", "learner")
        context = browser.new_context(**browser_context_args)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(server.url)
        page.fill("input[name=name]", "lan")
        page.fill("input[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_url(server.url + "/")

        # 1. A free prompt is sorted into the fields of a template; a field changes it, and it is kept.
        page.goto(server.url + EXERCISE)
        page.fill("#chu", PROMPT)
        page.get_by_role("button", name="CO-STAR").click()
        expect(page.locator("#o-objective")).to_have_value(re.compile("Tóm tắt"))
        page.get_by_role("button", name="7 phần").click()
        expect(page.locator("#o-role")).to_be_focused()
        expect(page.locator("#o-role")).to_have_value("Bạn là chuyên viên Văn phòng UBND xã.")
        page.fill("#o-self_check", "Kiểm tra lại các hạn.")
        expect(page.locator("#chu")).to_have_value(
            re.compile("^Vai trò: Bạn là.*\nTự kiểm tra: Kiểm tra lại các hạn.$", re.S)
        )
        expect(page.locator("#da-luu")).to_contain_text("Đã lưu")
        page.screenshot(path=shots / "template.png")
        page.set_viewport_size(PHONE)
        page.screenshot(path=shots / "template-narrow.png", full_page=True)
        page.set_viewport_size(browser_context_args["viewport"])
        page.reload()
        expect(page.locator("#o-self_check")).to_have_value("Kiểm tra lại các hạn.")

        # 2. Run by the keyboard, run again unchanged: the mean of both is the score.
        page.focus("#o-self_check")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(r"/attempts/\d+"))
        answered(page)
        page.get_by_role("button", name="Chạy lại, cho máy tự chọn chữ").click()
        expect(page.get_by_text("2 lần chạy")).to_be_visible(timeout=60_000)
        page.screenshot(path=shots / "repeats.png")
        page.get_by_role("link", name="So lần 2 với lần 1").click()
        expect(page.get_by_role("heading", name="Qua các lần chạy lại")).to_be_visible()
        page.screenshot(path=shots / "compare_repeats.png", full_page=True)

        # 3. What did each part do? It goes on while the page is away.
        page.get_by_role("link", name="Mỗi phần của câu lệnh làm được gì?").click()
        page.screenshot(path=shots / "experiments.png", full_page=True)
        page.get_by_role("button", name="Bỏ thử từng phần").click()
        page.wait_for_url(re.compile(r"/experiments/\d+"))
        page.reload()
        finished(page)
        rows = page.locator(".trial-table tbody tr")
        expect(rows.first).to_contain_text("Đủ các phần")
        expect(page.locator("td.changed, .sheet-foot b").first).to_be_visible()
        page.screenshot(path=shots / "parts.png", full_page=True)
        page.select_option("#chon-dau-vao", label="Công văn lấy ý kiến")
        page.get_by_role("button", name="Xem").click()
        expect(page.locator(".prompt-diff del").first).to_be_visible()
        page.set_viewport_size(PHONE)
        page.screenshot(path=shots / "parts-narrow.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.set_viewport_size(browser_context_args["viewport"])

        # 4. Two settings side by side, from the same desk.
        page.get_by_role("link", name="Thử câu lệnh", exact=True).click()
        expect(page.get_by_role("heading", name="Đã thử trên bài này")).to_be_visible()
        page.get_by_role("button", name="Chạy và so").click()
        page.wait_for_url(re.compile(r"/experiments/\d+"))
        finished(page)
        expect(page.locator(".beside .machine-text")).to_have_count(2)
        page.screenshot(path=shots / "settings.png", full_page=True)
        with page.expect_download() as taken:
            page.get_by_role("link", name="Tải bảng tính").click()
        assert "Độ dài" in Path(taken.value.path()).read_text(encoding="utf-8")
        assert said == []
        context.close()
