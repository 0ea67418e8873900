"""Asking and summing up in a real browser with the real model: a question, its passage on the paper, a long summary."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import serving
from tests.journeys.conftest import PHONE
from tests.journeys.test_main_job import World, shot, sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def world(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    data = tmp_path_factory.mktemp("asking") / "data"
    shutil.copytree(stocked, data)
    with serving.serving(data) as server:
        yield World(server.url, data, {"lan": serving.add_user(data, "lan", "learner")})


def test_a_question_its_passage_and_a_summary(
    browser: Browser, browser_context_args: dict[str, Any], world: World, shots: Path
) -> None:
    context = browser.new_context(**browser_context_args)
    page = sign_in(context, world, "lan")

    # 1. Ask one document by its own words; the answer comes with its sources.
    page.goto(f"{world.url}/ask")
    shot(page, shots, "ask")
    page.fill("#cau-hoi", "Xã phải tiêm phòng đạt bao nhiêu phần trăm tổng đàn, xong trước ngày nào?")
    page.get_by_label(re.compile("Công văn đôn đốc tiêm phòng")).check()
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.wait_for_url(re.compile(r"/ask/\d+"))
    expect(page.locator("#to-ket-qua details.sources")).to_be_visible(timeout=60_000)
    shot(page, shots, "ask-answer")

    # 2. A number opens its passage on the paper beside it; a reload shows the same.
    page.locator("#to-ket-qua details.sources a.cite").first.click()
    expect(page.locator("#ben-canh .passage.shown").first).to_be_visible()
    page.reload()
    expect(page.locator("#to-ket-qua details.sources")).to_be_visible()
    assert "data-stream" not in page.content()

    # 3. What no document says is said to be missing, with no model at all.
    page.goto(f"{world.url}/ask")
    page.fill("#cau-hoi", "Giá vé máy bay đi Đà Lạt tháng 7 là bao nhiêu?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Không có trong tài liệu")).to_be_visible(timeout=30_000)
    shot(page, shots, "ask-not-there")

    # 4. Sum up a long report; the parts are counted while they are read.
    page.goto(f"{world.url}/summaries")
    page.get_by_label(re.compile("Báo cáo cải cách hành chính")).first.check()
    page.get_by_role("button", name="Tóm tắt", exact=True).click()
    page.wait_for_url(re.compile(r"/summaries/\d+"))
    expect(page.locator("#ban-tom-tat-ten")).to_be_visible(timeout=120_000)
    done = re.search(r"Đã đọc (\d+)/(\d+) phần", page.inner_text("#ban-tom-tat"))
    assert done and done[1] == done[2]
    shot(page, shots, "summary")

    # 5. The same pages on a phone, the number still opens the paper.
    page.set_viewport_size(PHONE)
    page.locator("#tra-loi .answer a.cite").first.click()
    expect(page.locator("#ben-canh .passage.shown").first).to_be_visible()
    shot(page, shots, "summary-phone")
    assert world.said == []
    context.close()
