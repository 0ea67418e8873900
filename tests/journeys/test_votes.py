"""A blind comparison in the browser: a ballot outlives a reload and stays with its pair; results fit a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service import accounts, compare
from service.records import Comparison, Role, Winner
from tests.journeys.conftest import PHONE, Classroom, sign_in
from tests.journeys.test_main_job import shot
from tests.journeys.test_small_screen import BEYOND, WIDER

pytestmark = pytest.mark.journey


@pytest.fixture
def dung(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """The evaluator at an office screen; what the console complains of fails the test."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, classroom, "dung")
    yield page
    context.close()
    assert said == []


def opened(classroom: Classroom) -> Comparison:
    dung = next(user for user in accounts.list_users(classroom.kit) if user.name == "dung")
    prompt = "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn cho Chủ tịch UBND xã, không quá 150 tiếng, cách"
    answers = [(f"Kết quả {n}", f"{prompt} {n}.", f"Ý chính của cách {n}.", None) for n in range(1, 4)]
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
    dung.wait_for_load_state()  # the script hears the keys
    dung.keyboard.press("1")
    dung.get_by_label("Ghi chú").fill("Cặp hai.")
    dung.get_by_role("link", name="Sửa phiếu vừa rồi").click()
    expect(dung.locator("[name=winner]:checked")).to_have_value("right")
    expect(dung.get_by_label("Ghi chú")).to_have_value("Bản này đủ hạn.")
    dung.goto(address)
    expect(dung.locator("[name=winner]:checked")).to_have_value("left")
    expect(dung.get_by_label("Ghi chú")).to_have_value("Cặp hai.")


def test_the_last_ballot_leaves_room_on_a_phone(dung: Page, classroom: Classroom, shots: Path) -> None:
    dung.set_viewport_size(PHONE)
    dung.goto(f"{classroom.url}/votes/{opened(classroom).id}")
    before = dung.locator(".vote-bar").bounding_box()
    for n in (1, 2):
        expect(dung.get_by_text(f"Cặp {n} trong 3")).to_be_visible()
        dung.wait_for_load_state()  # the script hears the keys
        dung.keyboard.press("1")
        dung.get_by_role("button", name="Lưu phiếu, sang cặp tiếp").click()
    expect(dung.get_by_text("Đây là cặp cuối.")).to_be_in_viewport(ratio=1)
    shot(dung, shots, "phone-last-ballot")
    after = dung.locator(".vote-bar").bounding_box()
    assert before and after and after["height"] <= before["height"] + 10


def test_results_fit_a_phone(dung: Page, classroom: Classroom, shots: Path) -> None:
    comparison = opened(classroom)
    people = {user.name: user for user in accounts.list_users(classroom.kit)}
    jury = [accounts.create_user(classroom.kit, f"cham{n}", f"Người {n}", Role.EVALUATOR, "x" * 12) for n in range(5)]
    for judge in [people["dung"], *jury]:
        while (showing := compare.next_showing(classroom.kit, judge, comparison.id)) is not None:
            compare.vote(classroom.kit, judge, showing.id, Winner.LEFT if judge.id % 2 else Winner.TIE)
    compare.next_showing(classroom.kit, people["thu"], comparison.id)
    for name, size in (("votes-results", PHONE), ("votes-results-wide", {"width": 1366, "height": 768})):
        dung.set_viewport_size(size)  # type: ignore[arg-type]  # a size as playwright gives it
        dung.goto(f"{classroom.url}/votes/{comparison.id}/results")
        assert (dung.evaluate(BEYOND), dung.evaluate(WIDER)) == ([], False)
        words = dung.locator("tbody th").first
        assert (words.bounding_box() or {"width": 0})["width"] > 250, "a prompt is read in lines, not word by word"
        shot(dung, shots, name)
    dung.get_by_role("button", name="Khóa phiếu").click()
    asked = dung.get_by_role("dialog", name="Khóa phiếu của phép so này?")
    expect(asked).to_contain_text("Còn 1 người khác đã mở phiếu mà chưa chấm hết.")
    asked.get_by_role("button", name="Để sau").click()
    expect(asked).to_be_hidden()
    dung.get_by_role("button", name="Khóa phiếu").click()
    asked.get_by_role("button", name="Khóa phiếu").click()
    expect(dung.get_by_text("Đã khóa phiếu. Từ nay không ai bình chọn thêm được.")).to_be_visible()
    expect(dung.locator(".page-head")).to_contain_text("đã khóa")
