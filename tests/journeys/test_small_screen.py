"""What a phone shows of wide things: rows become cards, no button lies beyond the edge, no menu changes its face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert

from service import accounts, compare, drafts, exercises, library, practice
from service.store.db import now
from service.store.tables import hand_ins
from tests.journeys.conftest import PHONE, Classroom, sign_in
from tests.journeys.test_main_job import shot

pytestmark = pytest.mark.journey

BEYOND = """() => [...document.querySelectorAll("main a, main button, main select")]
  .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.textContent.trim())"""
"""What can be pressed and lies beyond the right edge."""
WIDER = "() => [...document.querySelectorAll('.table-scroll')].some((one) => one.scrollWidth > one.clientWidth)"


@pytest.fixture
def quan(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """The administrator at a phone."""
    context = browser.new_context(**browser_context_args | {"viewport": PHONE})
    page = context.new_page()
    sign_in(page, classroom, "quan")
    yield page
    context.close()


def test_tables_become_cards(quan: Page, classroom: Classroom, shots: Path) -> None:
    kit = classroom.kit
    people = {user.name: user for user in accounts.list_users(kit)}
    exercise = exercises.get(kit, people["lan"], "tom-tat-cong-van-tiem-phong")
    answers = [("Bản một", "p", "Một.", None), ("Bản hai", "p", "Hai.", None)]
    compare.plan(kit, people["quan"], "So hai cách dặn máy tóm tắt công văn đôn đốc tiêm phòng", exercise.id, answers)
    attempt = practice.begin(kit, people["lan"], exercise, "Tóm tắt.")
    list(practice.answer(kit, attempt.id))
    own = practice.begin(kit, people["quan"], exercises.present(kit, "soan-cong-van-don-doc"), "Soạn công văn.")
    list(practice.answer(kit, own.id))
    drafts.from_attempt(kit, people["quan"], own.id)
    handed = {"attempt_id": attempt.id, "user_id": people["lan"].id, "exercise_id": exercise.id, "text": "Bài."}
    with kit.db.write() as connection:
        connection.execute(insert(hand_ins).values(**handed, at=now()))
    order = library.by_sample(kit, "cv-don-doc-tiem-phong")
    for name, path in (
        ("votes", "/votes"),
        ("hand-ins", "/manage/hand-ins"),
        ("exercises", "/manage/exercises"),
        ("attempts", "/manage/attempts"),
        ("drafts", "/drafts"),
        ("digest", f"/digest?make=1&document={order.id}"),
        ("versions", "/digest/versions"),
    ):
        quan.goto(classroom.url + path)
        expect(quan.get_by_role("heading", level=1)).to_be_visible()
        assert (quan.evaluate(BEYOND), quan.evaluate(WIDER)) == ([], False), path
        shot(quan, shots, f"phone-{name}")
    quan.goto(f"{classroom.url}/digest/versions")
    expect(quan.locator(".rooms [aria-current]")).to_be_in_viewport(ratio=1)


def test_the_menu_looks_the_same_on_every_page(quan: Page, classroom: Classroom) -> None:
    quan.set_viewport_size({"width": 1366, "height": 768})
    look = "one => ['fontSize', 'fontWeight', 'color'].map((name) => getComputedStyle(one)[name])"
    faces = []
    for path in ("/documents", "/ask"):  # without desk.css, and with it
        quan.goto(classroom.url + path)
        faces.append(quan.locator("details.manage > summary").evaluate(look))
    assert faces[0] == faces[1]
