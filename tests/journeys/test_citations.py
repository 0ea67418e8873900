"""Numbers in an answer on an exercise whose text is several documents: each opens the document that it speaks of."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from service import accounts, feedback, practice
from service.store.tables import attempts
from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey

ANSWER = """Trung tâm hướng dẫn 46 lượt người dân tự nộp hồ sơ [1].
Tổ công nghệ số ghi 49 lượt [1].
Máy in hỏng 01 lần, đã sửa [1].
Có 03 hộ có người cao tuổi được hướng dẫn tại nhà [1]."""
FIRST, SECOND = "VĂN BẢN 1", "VĂN BẢN 2"


def answered(classroom: Classroom) -> int:
    """The number of an attempt of Lan's with that answer, looked at by the rules."""
    kit = classroom.kit
    lan = next(one for one in accounts.list_users(kit) if one.name == "lan")
    exercise = classroom.exercise("bao-cao-thang-ba-don-vi")
    attempt = practice.begin(kit, lan, exercise, "Tổng hợp hai báo cáo, dẫn số đoạn.", given="tuan")
    list(practice.answer(kit, attempt.id))
    with kit.db.write() as connection:
        connection.execute(update(attempts).where(attempts.c.id == attempt.id).values(answer=ANSWER))
    feedback.grade(kit, attempt.id)
    return attempt.id


def test_a_number_opens_the_document_that_says_it(desk: Page, classroom: Classroom) -> None:
    desk.goto(f"{classroom.url}/attempts/{answered(classroom)}")
    shown = desk.locator("article.paper:has(.shown)")
    cited = desk.locator(".answer a.cite")
    for n, paper in enumerate((FIRST, SECOND, FIRST, SECOND)):
        cited.nth(n).click()
        expect(shown).to_have_count(1)
        expect(shown).to_have_attribute("aria-label", paper)
        expect(shown).to_be_in_viewport()
        expect(cited.nth(n)).to_have_attribute("aria-current", "true")
    expect(desk.locator(".passage-number")).to_have_text(["1", "1"])  # both belong to the passage
    desk.set_viewport_size(PHONE)
    desk.get_by_role("tab", name="Câu lệnh").click()
    cited.nth(1).click()
    expect(desk.get_by_label(SECOND)).to_be_in_viewport()


def test_an_address_that_names_a_place_shows_it_on_a_phone(desk: Page, classroom: Classroom) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(f"{classroom.url}/attempts/{answered(classroom)}#v0-b1")
    expect(desk.get_by_role("tab", name="Tài liệu")).to_have_attribute("aria-selected", "true")
    expect(desk.get_by_label(FIRST)).to_be_in_viewport()
