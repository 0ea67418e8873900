"""What a browser keeps of work, on a machine that several people use: nobody else sees it, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service import accounts, exercises
from service.records import User
from tests.conftest import password_of
from tests.journeys.conftest import Classroom

pytestmark = pytest.mark.journey

MASKED, UNSENT = "tom-tat-cong-van-tiem-phong", "soan-giay-moi-giao-ban"
NUMBER, OTHER = "001099012345", "079203001234"
PROMPT = "Tóm tắt công văn, không quá 150 tiếng. Người phụ trách có CCCD {}."
TYPED = "Soạn giấy mời họp giao ban tháng 12, chữ này máy chủ chưa nhận."
QUESTION = "Xã phải tiêm phòng xong trước ngày nào?"
WEEK_AND_MORE = 8 * 24 * 3600 * 1000


@pytest.fixture
def page(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser in which nobody has been yet."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def enter(page: Page, classroom: Classroom, name: str) -> None:
    page.goto(f"{classroom.url}/login")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password_of(name))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hôm nay luyện gì?")).to_be_visible()
    page.wait_for_load_state()  # the scripts have run


def person(classroom: Classroom, name: str) -> User:
    return next(one for one in accounts.list_users(classroom.kit) if one.name == name)


def end_session(classroom: Classroom, name: str) -> None:
    """As it ends by itself after some hours."""
    accounts.revoke_sessions(classroom.kit, person(classroom, name).id)


def type_unsent(page: Page, classroom: Classroom, text: str = TYPED) -> None:
    """Type a prompt that never reaches the server, and leave its desk."""
    page.goto(f"{classroom.url}/exercises/{UNSENT}")
    # In the page itself: what a page sends while it is left passes by a route of the driver.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('Failed to fetch')); }")
    page.fill("#chu", text)
    expect(page.locator("#mat-mang")).to_be_visible()
    page.goto(classroom.url)


def kept(page: Page) -> str:
    """All that lies in the browser, in this tab or for all."""
    return str(page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"))


def test_copies_outlive_a_session_and_not_the_next_person(page: Page, classroom: Classroom) -> None:
    enter(page, classroom, "lan")
    page.goto(f"{classroom.url}/exercises/{MASKED}")
    page.fill("#chu", PROMPT.format(OTHER))
    page.get_by_role("button", name="Thay bằng [CCCD_1]").click()
    page.fill("#chu", PROMPT.format(NUMBER))
    expect(page.get_by_role("button", name="Thay bằng [CCCD_2]")).to_be_visible()
    type_unsent(page, classroom)
    page.goto(f"{classroom.url}/ask")
    page.fill("#cau-hoi", QUESTION)

    # The session ends by itself: whoever comes back finds everything, what was sent meanwhile included.
    end_session(classroom, "lan")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.wait_for_url(re.compile("/login"))
    page.goto(f"{classroom.url}/exercises/{MASKED}")
    page.wait_for_url(re.compile("/login"))
    assert all(text in kept(page) for text in (NUMBER, OTHER, TYPED, QUESTION))
    enter(page, classroom, "lan")
    page.goto(f"{classroom.url}/exercises/{MASKED}")
    expect(page.locator("#chu")).to_have_value(PROMPT.format(NUMBER))
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu")
    page.goto(f"{classroom.url}/ask")
    expect(page.locator("#cau-hoi")).to_have_value(QUESTION)

    # It ends again, and somebody else signs in: what the server has is gone, the rest is not shown.
    end_session(classroom, "lan")
    enter(page, classroom, "minh")
    assert not [text for text in (NUMBER, OTHER, QUESTION) if text in kept(page)]
    assert TYPED in kept(page)
    for exercise in (MASKED, UNSENT):
        page.goto(f"{classroom.url}/exercises/{exercise}")
        expect(page.locator("#chu")).not_to_have_value(TYPED)
        assert TYPED not in page.content() and NUMBER not in page.content()

    # What the server never had was waiting for its owner.
    end_session(classroom, "minh")
    enter(page, classroom, "lan")
    page.goto(f"{classroom.url}/exercises/{MASKED}")
    expect(page.locator("#chu")).to_have_value(PROMPT.format("[CCCD_2]"))
    page.goto(f"{classroom.url}/exercises/{UNSENT}")
    expect(page.locator("#chu")).to_have_value(TYPED)
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu")
    page.wait_for_function("(text) => !JSON.stringify({ ...localStorage }).includes(text)", arg=TYPED)


def test_what_was_never_saved_waits_for_a_week_after_signing_out(page: Page, classroom: Classroom) -> None:
    enter(page, classroom, "lan")
    type_unsent(page, classroom)
    page.goto(f"{classroom.url}/account")
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.wait_for_url(re.compile("/login"))
    assert TYPED in kept(page)
    last_here = [f"o-day:{person(classroom, 'lan').id}", WEEK_AND_MORE]
    page.evaluate("([key, less]) => localStorage.setItem(key, Date.now() - less)", last_here)
    page.reload()
    assert TYPED not in kept(page)


def test_the_same_number_in_a_new_installation_is_somebody_else(page: Page, classroom: Classroom) -> None:
    enter(page, classroom, "lan")
    type_unsent(page, classroom, "Chữ của người khác.")
    page.evaluate("(key) => localStorage.setItem(key, 'hoa')", f"ten:{person(classroom, 'lan').id}")
    page.goto(f"{classroom.url}/exercises/{UNSENT}")
    expect(page.locator("#chu")).not_to_have_value("Chữ của người khác.")
    assert "Chữ của người khác." not in kept(page)


def test_a_copy_of_an_earlier_version_of_the_program_is_taken_up(page: Page, classroom: Classroom) -> None:
    enter(page, classroom, "lan")
    copy = [f"cau-lenh:{person(classroom, 'lan').id}:{UNSENT}", json.dumps(f"{TYPED} Thêm.")]
    page.evaluate("([key, copy]) => localStorage.setItem(key, copy)", copy)
    page.goto(f"{classroom.url}/exercises/{UNSENT}")
    expect(page.locator("#chu")).to_have_value(f"{TYPED} Thêm.")


def test_a_text_that_was_kept_over_a_reload_does_not_overwrite_what_came_meanwhile(
    page: Page, classroom: Classroom
) -> None:
    kit, code = classroom.kit, "tom-tat-nghi-quyet-dai"
    enter(page, classroom, "thu")
    page.goto(f"{classroom.url}/manage/exercises/{code}")
    editor = page.locator("#text")
    mine = editor.input_value().replace("## Nhiệm vụ", "## Nhiệm vụ\n\nChữ của tôi.")
    editor.fill(mine)
    theirs = exercises.source(kit, person(classroom, "thu"), code).replace("## Nhiệm vụ", "## Nhiệm vụ\n\nChữ của bạn.")
    exercises.save(kit, person(classroom, "thu"), code, theirs)
    page.reload()
    expect(editor).to_have_value(mine)
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.get_by_text("Bản đang lưu", exact=True)).to_be_visible()
    assert "Chữ của bạn." in exercises.source(kit, person(classroom, "thu"), code)
