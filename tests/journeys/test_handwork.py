"""Work by hand in a real browser, as a learner who makes mistakes first; no model is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey


@pytest.fixture
def url(classroom: Classroom) -> str:
    return classroom.url


def choose(group: Locator, words: str) -> None:
    """Press the words beside a radio button, as a person does."""
    group.locator("label").get_by_text(words, exact=True).click()


def check_it(page: Page) -> None:
    page.get_by_role("button", name="Soi bài làm").click()


def test_find_the_mistakes_by_mouse(desk: Page, url: str, shots: Path) -> None:
    desk.goto(f"{url}/exercises/bai-tim-loi")
    box = desk.get_by_role("listbox")
    box.get_by_text("tháng", exact=True).click()  # no mistake
    start, end = box.get_by_text("thứ", exact=True).bounding_box(), box.get_by_text("Hai,", exact=True).bounding_box()
    assert start and end
    desk.mouse.move(start["x"] + 3, start["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(end["x"] + 5, end["y"] + 5, steps=4)
    desk.mouse.up()
    expect(desk.locator("#so-cho")).to_have_text("2 chỗ")
    desk.get_by_label("Loại lỗi: thứ Hai,").select_option(label="Ngày tháng")
    expect(desk.locator("#da-luu")).to_contain_text("Đã lưu")
    desk.reload()
    expect(desk.locator("#so-cho")).to_have_text("2 chỗ")
    desk.screenshot(path=shots / "handwork-find.png")
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("Tìm ra 1/2 lỗi")
    expect(desk.locator("#gop-y")).to_contain_text("«tháng» không phải lỗi")
    expect(desk.locator("#gop-y")).not_to_contain_text("phải là Phòng họp")
    desk.screenshot(path=shots / "handwork-feedback.png")
    desk.get_by_role("button", name="Bỏ: tháng").click()
    box.get_by_text("Hội", exact=True).click()
    box.get_by_text("trường.", exact=True).click()
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("Tìm ra 2/2 lỗi")


def test_find_and_mask_by_keyboard_alone(desk: Page, url: str, shots: Path) -> None:
    desk.goto(f"{url}/exercises/bai-che")
    desk.get_by_role("listbox").focus()
    press = desk.keyboard.press
    press("ArrowRight")
    press("Shift+ArrowRight")
    press("Shift+ArrowRight")
    expect(desk.locator("#ban-che")).to_contain_text("Ông [KHAC_1], số")
    for _ in range(4):
        press("ArrowRight")
    press("Space")
    press("Tab")
    press("H")  # a select takes the first letter of its choice
    expect(desk.locator("#ban-che")).to_contain_text("Ông [HO_TEN_1], số")
    desk.screenshot(path=shots / "handwork-mask.png")
    desk.get_by_role("button", name="Soi bài làm").focus()
    press("Enter")
    expect(desk.locator("#gop-y")).to_contain_text("Che 2/2 chỗ định danh")


def test_the_words_of_a_document_can_be_hit_on_a_phone(desk: Page, url: str, shots: Path) -> None:
    for exercise in ("soat-the-thuc-van-ban", "doi-chieu-so-lieu-bao-cao"):
        desk.set_viewport_size({"width": 1366, "height": 768})
        desk.goto(f"{url}/exercises/{exercise}/by-hand")
        desk.screenshot(path=shots / f"handwork-{exercise}.png")
        desk.set_viewport_size(PHONE)
        expect(desk.locator(".marking .paper-head .word").first).to_be_visible()
        small = "all => all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.textContent)"
        assert desk.locator(".marking .word").evaluate_all(small) == []
        sizes = "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
        assert min(desk.locator(".marking .word").evaluate_all(sizes)) >= 15
        assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        desk.locator(".marking").first.screenshot(path=shots / f"handwork-{exercise}-narrow.png")


def test_sort_the_cards_on_a_phone(desk: Page, url: str, shots: Path) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(f"{url}/exercises/bai-xep-the")
    choose(desk.locator(".cards > li").first, "Công khai")
    choose(desk.locator(".cards > li").last, "Nội bộ")  # too careless for a list of poor households
    desk.screenshot(path=shots / "handwork-sort-narrow.png", full_page=True)
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("Xếp đúng 1/2 thẻ")
    desk.get_by_role("tab", name="Bài làm").click()
    choose(desk.locator(".cards > li").last, "Hạn chế")
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("Cả 2 thẻ đều đúng mức")
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_choose_the_better_answer(desk: Page, url: str, shots: Path) -> None:
    desk.goto(f"{url}/exercises/bai-chon")
    good = "Bản A" if "7 giờ 30" in desk.get_by_label("Bản A", exact=True).inner_text() else "Bản B"
    worse = "Bản B" if good == "Bản A" else "Bản A"
    choose(desk.locator(".card"), f"{worse} hơn")
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("chọn khác đáp án")
    expect(desk.locator("#gop-y")).not_to_contain_text("đủ giờ và nơi họp")
    choose(desk.locator(".card"), f"{good} hơn")
    desk.get_by_label("Đúng với nguồn").check()
    check_it(desk)
    expect(desk.locator("#gop-y")).to_contain_text("Chọn đúng 1/1 cặp")
    desk.screenshot(path=shots / "handwork-choose.png")


def test_work_handed_over_without_a_connection_is_not_lost(desk: Page, url: str) -> None:
    page = desk.context.new_page()  # the console of the other one may complain of nothing
    page.goto(f"{url}/exercises/bat-loi-ban-nhap-cua-may/by-hand")
    page.context.set_offline(True)
    page.locator(".word").nth(3).click()
    check_it(page)
    expect(page.locator("#mat-mang")).to_contain_text("Bài làm được giữ trên máy này")
    page.context.set_offline(False)
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu")
    check_it(page)
    page.wait_for_url(re.compile(r"/attempts/\d+"))
    expect(page.locator("#so-cho")).to_have_text("1 chỗ")
    page.close()
