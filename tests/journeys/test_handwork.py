"""Work by hand in a real browser, as a learner who makes mistakes first; no model is asked."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server

from service.kit import Kit
from tests.conftest import HERE, password_of

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def url(seeded: Kit, app: Flask) -> Iterator[str]:
    for path in (HERE / "pages" / "by_hand").glob("*.md"):
        shutil.copy(path, seeded.settings.exercises / path.name)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def lan(page: Page, url: str) -> Iterator[Page]:
    """Lan at her browser; what the console complains of fails the journey."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(url)
    page.fill("input[name=name]", "lan")
    page.fill("input[name=password]", password_of("lan"))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hôm nay luyện gì?")).to_be_visible()
    yield page
    assert said == []


def choose(group: Locator, words: str) -> None:
    """Press the words beside a radio button, as a person does."""
    group.locator("label").get_by_text(words, exact=True).click()


def check_it(page: Page) -> None:
    page.get_by_role("button", name="Soi bài làm").click()


def test_find_the_mistakes_by_mouse(lan: Page, url: str, shots: Path) -> None:
    lan.goto(f"{url}/exercises/bai-tim-loi")
    box = lan.get_by_role("listbox")
    box.get_by_text("tháng", exact=True).click()  # no mistake
    start, end = box.get_by_text("thứ", exact=True).bounding_box(), box.get_by_text("Hai,", exact=True).bounding_box()
    assert start and end
    lan.mouse.move(start["x"] + 3, start["y"] + 5)
    lan.mouse.down()
    lan.mouse.move(end["x"] + 5, end["y"] + 5, steps=4)
    lan.mouse.up()
    expect(lan.locator("#so-cho")).to_have_text("2 chỗ")
    lan.get_by_label("Loại lỗi: thứ Hai,").select_option(label="Ngày tháng")
    expect(lan.locator("#da-luu")).to_contain_text("Đã lưu")
    lan.reload()
    expect(lan.locator("#so-cho")).to_have_text("2 chỗ")
    lan.screenshot(path=shots / "handwork-find.png")
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("Tìm ra 1/2 lỗi")
    expect(lan.locator("#gop-y")).to_contain_text("«tháng» không phải lỗi")
    expect(lan.locator("#gop-y")).not_to_contain_text("phải là Phòng họp")
    lan.screenshot(path=shots / "handwork-feedback.png")
    lan.get_by_role("button", name="Bỏ: tháng").click()
    box.get_by_text("Hội", exact=True).click()
    box.get_by_text("trường.", exact=True).click()
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("Tìm ra 2/2 lỗi")


def test_find_and_mask_by_keyboard_alone(lan: Page, url: str, shots: Path) -> None:
    lan.goto(f"{url}/exercises/bai-che")
    lan.get_by_role("listbox").focus()
    press = lan.keyboard.press
    press("ArrowRight")
    press("Shift+ArrowRight")
    press("Shift+ArrowRight")
    expect(lan.locator("#ban-che")).to_contain_text("Ông [KHAC_1], số")
    for _ in range(4):
        press("ArrowRight")
    press("Space")
    press("Tab")
    press("H")  # a select takes the first letter of its choice
    expect(lan.locator("#ban-che")).to_contain_text("Ông [HO_TEN_1], số")
    lan.screenshot(path=shots / "handwork-mask.png")
    lan.get_by_role("button", name="Soi bài làm").focus()
    press("Enter")
    expect(lan.locator("#gop-y")).to_contain_text("Che 2/2 chỗ định danh")


def test_sort_the_cards_on_a_phone(lan: Page, url: str, shots: Path) -> None:
    lan.set_viewport_size(PHONE)
    lan.goto(f"{url}/exercises/bai-xep-the")
    choose(lan.locator(".cards > li").first, "Công khai")
    choose(lan.locator(".cards > li").last, "Nội bộ")  # too careless for a list of poor households
    lan.screenshot(path=shots / "handwork-sort-narrow.png", full_page=True)
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("Xếp đúng 1/2 thẻ")
    lan.get_by_role("tab", name="Bài làm").click()
    choose(lan.locator(".cards > li").last, "Hạn chế")
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("Cả 2 thẻ đều đúng mức")
    assert lan.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_choose_the_better_answer(lan: Page, url: str, shots: Path) -> None:
    lan.goto(f"{url}/exercises/bai-chon")
    good = "Bản A" if "7 giờ 30" in lan.get_by_label("Bản A", exact=True).inner_text() else "Bản B"
    worse = "Bản B" if good == "Bản A" else "Bản A"
    choose(lan.locator(".card"), f"{worse} hơn")
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("chọn khác đáp án")
    expect(lan.locator("#gop-y")).not_to_contain_text("đủ giờ và nơi họp")
    choose(lan.locator(".card"), f"{good} hơn")
    lan.get_by_label("Đúng với nguồn").check()
    check_it(lan)
    expect(lan.locator("#gop-y")).to_contain_text("Chọn đúng 1/1 cặp")
    lan.screenshot(path=shots / "handwork-choose.png")
