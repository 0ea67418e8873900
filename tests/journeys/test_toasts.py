"""Sentences that confirm and go by themselves: of two at the same moment neither covers the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from service import accounts, practice
from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"


@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, PHONE], ids=["office", "phone"])
def test_two_at_once_can_both_be_read(desk: Page, classroom: Classroom, size: ViewportSize) -> None:
    kit = classroom.kit
    lan = next(one for one in accounts.list_users(kit) if one.name == "lan")
    attempt = practice.begin(kit, lan, classroom.exercise(EXERCISE), "Tóm tắt công văn kèm theo.")
    list(practice.answer(kit, attempt.id))
    desk.set_viewport_size(size)
    desk.goto(f"{classroom.url}/exercises/{EXERCISE}")
    desk.wait_for_load_state()
    for _ in range(2):
        desk.get_by_role("button", name="Chép", exact=True).click()
    expect(desk.locator(".toast")).to_have_count(2)
    older, newer = (one.bounding_box() for one in desk.locator(".toast").all())
    assert older and newer and older["y"] + older["height"] <= newer["y"]
    for one in desk.locator(".toast").all():
        expect(one).to_be_in_viewport(ratio=1)
