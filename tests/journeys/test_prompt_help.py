"""The help with a prompt, by a learner who presses everything twice: on a wide screen, then on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey

EXERCISE = "sua-cau-lenh-chung-chung"
SENTENCE = "Văn bản này phục vụ [việc gì], người đọc là [ai]."


def selected(page: Page) -> str:
    found = (
        "() => { const a = document.getElementById('chu'); return a.value.slice(a.selectionStart, a.selectionEnd); }"
    )
    return str(page.evaluate(found))


def counted(page: Page, name: str) -> int:
    return int(re.sub(r"\D", "", page.locator(f"#{name}").text_content() or "") or 0)


def test_a_sentence_goes_in_once_and_its_blank_is_selected(desk: Page, classroom: Classroom, shots: Path) -> None:
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    area, chip = desk.locator("#chu"), desk.locator("#soi .part-missing", has_text="Bối cảnh")
    area.fill("Soạn giấy mời họp giao ban.")
    expect(chip).to_have_attribute("data-insert", SENTENCE)
    chip.click()
    assert selected(desk) == "[việc gì]"
    chip.click()  # before the rules have looked again
    expect(area).to_have_value(f"Soạn giấy mời họp giao ban. {SENTENCE}")
    assert selected(desk) == "[việc gì]"
    expect(desk.locator("#gop-y-cau-lenh")).to_contain_text("Còn chỗ trống [việc gì], anh/chị điền vào")
    area.press("End")
    chip.click()  # now it only leads there
    assert selected(desk) == "[việc gì]"
    desk.screenshot(path=shots / "prompt-help-blank.png")
    desk.keyboard.type("cuộc họp giao ban tháng 12")
    expect(desk.locator("#gop-y-cau-lenh")).to_contain_text("Còn chỗ trống [ai], anh/chị điền vào")
    self_check = desk.locator("#soi .part-missing", has_text="Tự kiểm tra")
    self_check.click()
    self_check.click()
    assert area.input_value().count("điểm cần xác minh lại.") == 1


def test_on_a_phone_the_tab_says_that_there_is_feedback(desk: Page, classroom: Classroom, shots: Path) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    desk.locator("#chu").fill("Soạn giấy mời.")
    expect(desk.locator("#so-tieng")).to_have_text("3 tiếng")
    many = counted(desk, "so-gop-y")
    assert many > 0
    desk.screenshot(path=shots / "prompt-help-narrow.png")
    desk.get_by_role("button", name="Ràng buộc").click()
    expect(desk.locator("#so-gop-y")).to_have_text(f"({many - 1})")
    desk.get_by_role("button", name=re.compile("^Chạy lần")).click()
    desk.wait_for_url(re.compile(r"/attempts/\d+"))
    expect(desk.locator("#gop-y-noi-dung .tally-line").first).to_be_attached()
    expect(desk.locator("#so-ket-qua")).not_to_be_empty()
    assert counted(desk, "so-gop-y") == counted(desk, "so-ket-qua") + counted(desk, "so-cau-lenh")


def test_the_stop_button_stays_on_the_line_of_its_sheet(desk: Page, classroom: Classroom, shots: Path) -> None:
    desk.goto(f"{classroom.url}/exercises/soan-giay-moi-giao-ban")
    desk.get_by_role("button", name=re.compile("^Chạy lần")).click()
    desk.wait_for_url(re.compile(r"/attempts/\d+"))
    expect(desk.get_by_role("button", name="Đưa vào bản nháp")).to_be_visible()
    head = desk.locator("#to-ket-qua .sheet-head")
    lone = head.evaluate("(head) => head.offsetHeight")
    stop = '<form class="end"><button class="button stop small">Dừng</button></form>'
    head.evaluate("(head, stop) => head.insertAdjacentHTML('beforeend', stop)", stop)
    assert head.evaluate("(head) => head.offsetHeight") <= lone + 8, "the buttons are a little higher than the words"
    for n in (1, 2, 3):
        desk.locator("[data-widen]").nth(n - 1).click()
        tabs = desk.locator("#gop-y .tabs")
        assert tabs.evaluate("(tabs) => tabs.scrollWidth <= tabs.clientWidth"), f"place {n} wide"
        desk.screenshot(path=shots / f"prompt-help-wide-{n}.png")
    desk.locator("[data-widen]").nth(2).click()


def test_what_is_typed_before_the_scripts_have_come_is_looked_at_and_saved(desk: Page, classroom: Classroom) -> None:
    typed = "Tóm tắt công văn cho Chủ tịch UBND xã."
    held: list[Route] = []
    desk.route("**/desk.js*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}", wait_until="commit")
    desk.fill("#chu", typed)
    expect(desk.locator("#da-luu")).to_be_empty()
    held[0].continue_()
    expect(desk.locator("#da-luu")).not_to_be_empty()
    desk.unroute("**/desk.js*")
    desk.reload()
    expect(desk.locator("#chu")).to_have_value(typed)
