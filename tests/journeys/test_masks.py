"""Personal data in a prompt, by a learner in a hurry: looked for before the run, masked, and forgotten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service import accounts, practice
from service.practice import editor
from tests.conftest import password_of
from tests.journeys.conftest import Classroom

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"
ONE, OTHER, THIRD, FOURTH = "001099012345", "079203001234", "001085011223", "036090004455"


def prompt(number: str) -> str:
    return f"Tóm tắt công văn, không quá 150 tiếng. Người phụ trách có CCCD {number}."


def kept(page: Page, prefix: str) -> str:
    """What lies in the browser under keys that begin so."""
    found = "(prefix) => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith(prefix)))"
    return str(page.evaluate(found, prefix))


def run_prompts(classroom: Classroom) -> list[str]:
    lan = next(one for one in accounts.list_users(classroom.kit) if one.name == "lan")
    return [one.prompt for one in practice.history(classroom.kit, lan, EXERCISE)]


def test_what_was_typed_last_is_looked_at_before_it_is_run(desk: Page, classroom: Classroom) -> None:
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    desk.fill("#chu", prompt(ONE))
    desk.keyboard.press("Control+Enter")  # long before the rules would have looked by themselves
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert run_prompts(classroom) == []
    desk.get_by_role("button", name="Che tất cả rồi chạy").click()
    desk.wait_for_url(re.compile(r"/attempts/\d+"))
    assert run_prompts(classroom) == [prompt("[CCCD_1]")]
    desk.fill("#chu", "Số 001099012399 là số công văn. Tóm tắt.")
    desk.keyboard.press("Control+Enter")
    desk.get_by_role("button", name="Không phải dữ liệu cá nhân").click()
    expect(desk.locator("#cac-lan a").nth(1)).to_be_visible()
    assert run_prompts(classroom)[1].startswith("Số 001099012399")


def test_a_mask_keeps_the_words_of_one_person(desk: Page, classroom: Classroom) -> None:
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    desk.fill("#chu", f"{prompt(OTHER)} Nhắc lại: CCCD {OTHER}.")
    desk.get_by_role("button", name="Che tất cả").first.click()
    expect(desk.locator("#chu")).to_have_value(f"{prompt('[CCCD_2]')} Nhắc lại: CCCD [CCCD_2].")
    masks = kept(desk, "che:")
    assert ONE in masks
    assert OTHER in masks


def test_a_mask_given_on_another_machine_hides_the_same_person(
    desk: Page, classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    lan = next(one for one in accounts.list_users(classroom.kit) if one.name == "lan")
    address = f"{classroom.url}/exercises/{EXERCISE}"
    here = desk.locator("#chu")
    desk.goto(address)
    here.fill(prompt(THIRD))
    desk.get_by_role("button", name="Thay bằng [CCCD_3]").click()
    expect(here).to_have_value(prompt("[CCCD_3]"))
    expect(desk.locator("#soi [data-mask]")).to_have_count(0)
    there = browser.new_context(**browser_context_args).new_page()
    held: list[Route] = []
    there.route("**/desk.js*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    there.goto(address)
    there.fill("input[name=name]", "lan")
    there.fill("input[name=password]", password_of("lan"))
    there.keyboard.press("Enter")
    expect(there.locator("#chu")).to_have_value(prompt("[CCCD_3]"))
    there.locator("#chu").fill(prompt(OTHER))  # a fast typist: the page's script has not come yet
    held[0].continue_()
    expect(there.get_by_role("button", name="Thay bằng [CCCD_4]")).to_be_visible()
    assert editor.prompt_in_hand(classroom.kit, lan, classroom.exercise(EXERCISE)) == prompt("[CCCD_4]")
    there.get_by_role("button", name="Thay bằng [CCCD_4]").click()
    expect(there.locator("#soi [data-mask]")).to_have_count(0)
    there.context.close()

    # Back here, the number that stands behind «[CCCD_4]» is known to nobody, and the one of before keeps its own.
    desk.reload()
    expect(here).to_have_value(prompt("[CCCD_4]"))
    here.fill(f"{prompt(THIRD)} Nhắc lại: [CCCD_4]. Thêm CCCD {FOURTH}.")
    desk.get_by_role("button", name="Che tất cả").first.click()
    expect(here).to_have_value(f"{prompt('[CCCD_3]')} Nhắc lại: [CCCD_4]. Thêm CCCD [CCCD_6].")


def test_who_signs_out_leaves_no_prompt_in_the_browser(desk: Page, classroom: Classroom) -> None:
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    desk.fill("#chu", prompt(OTHER))
    expect(desk.locator("#soi [data-mask]")).to_have_count(1)
    assert OTHER in kept(desk, "cau-lenh:")
    desk.goto(f"{classroom.url}/account")
    desk.get_by_role("button", name="Đăng xuất", exact=True).click()
    desk.wait_for_url(re.compile("/login"))
    assert (kept(desk, "cau-lenh:"), kept(desk, "che:")) == ("[]", "[]")
