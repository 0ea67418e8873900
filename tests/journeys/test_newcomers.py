"""A class of forty is added from a pasted list: what is wrong is told, then one sheet is printed and cut apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from service import accounts
from tests.journeys.conftest import PHONE, Classroom, sign_in
from tests.journeys.test_main_job import shot
from tests.journeys.test_small_screen import BEYOND

pytestmark = pytest.mark.journey

DESK: ViewportSize = {"width": 1366, "height": 768}
GIVEN = ("Hoà", "Đức Uỷ", "Bích Ngọc", "Văn An", "Quốc Khánh", "Thị Lệ Thuỷ", "Minh Quý", "Hồng Hạnh")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng")


@pytest.fixture
def quan(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    sign_in(page, classroom, "quan")
    yield page
    context.close()


def test_a_class_from_a_list(quan: Page, classroom: Classroom, shots: Path) -> None:
    names = [f"{family} {given}" for family in FAMILY for given in GIVEN]
    quan.goto(f"{classroom.url}/manage/users")
    quan.get_by_label("Danh sách, mỗi người một dòng").fill("\n".join([*names, "lan; Nguyễn Thị Lan", names[3]]))
    quan.get_by_role("button", name="Thêm cả danh sách").click()
    expect(quan.get_by_role("alert").filter(has_text="Còn 2 chỗ cần sửa")).to_be_visible()
    for size, kind in ((DESK, "desk"), (PHONE, "phone")):
        quan.set_viewport_size(size)
        assert quan.evaluate(BEYOND) == []
        shot(quan, shots, f"newcomers-wrong-{kind}")

    field = quan.get_by_label("Danh sách, mỗi người một dòng")
    field.fill("\n".join([*names, "lan.nguyen; Nguyễn Thị Lan"]))
    quan.get_by_role("button", name="Thêm cả danh sách").click()
    expect(quan.get_by_role("heading", level=1)).to_have_text("Tài khoản mới")
    for size, kind in ((DESK, "desk"), (PHONE, "phone")):
        quan.set_viewport_size(size)
        assert quan.evaluate(BEYOND) == []
        shot(quan, shots, f"newcomers-{kind}")
    slips = quan.locator(".slips > li")
    assert slips.count() == 41
    assert len(accounts.list_users(classroom.kit)) == 46

    quan.emulate_media(media="print")
    expect(quan.get_by_role("heading", level=1)).to_be_hidden()
    expect(quan.get_by_text("hiện một lần")).to_be_hidden()
    expect(slips.last).to_be_visible()
    if quan.context.browser and quan.context.browser.browser_type.name == "chromium":
        (shots / "newcomers.pdf").write_bytes(quan.pdf(prefer_css_page_size=True))


def test_a_name_is_put_right(quan: Page, classroom: Classroom, shots: Path) -> None:
    quan.goto(f"{classroom.url}/manage/users")
    quan.get_by_role("row", name="Dũng").get_by_role("button", name="Sửa họ tên").click()
    dialog = quan.get_by_role("dialog", name="Sửa họ tên của Dũng (dung)")
    shot(quan, shots, "rename")
    dialog.get_by_label("Họ và tên").fill("Trần Tiến Dũng")
    dialog.get_by_role("button", name="Lưu họ tên").click()
    expect(quan.get_by_role("status")).to_contain_text("Đã sửa họ và tên của dung thành Trần Tiến Dũng.")
    quan.set_viewport_size(PHONE)
    assert quan.evaluate(BEYOND) == []
