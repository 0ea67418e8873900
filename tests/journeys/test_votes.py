"""A blind comparison in the browser: a ballot outlives a reload and stays with its pair; results fit a phone."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from service import accounts, compare, practice
from service.records import AttemptState, Comparison, Role, Winner
from service.store.tables import attempts
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


def test_votes_become_a_ranking(dung: Page, classroom: Classroom, shots: Path) -> None:
    """From choosing the answers, without a name, through all pairs by the keys, to the tiers."""
    kit = classroom.kit
    people = {user.name: user for user in accounts.list_users(kit)}
    exercise = classroom.exercise("tom-tat-cong-van-tiem-phong")
    for name, prompt in (("lan", "Tóm tắt."), ("lan", "Tóm tắt ngắn."), ("minh", "Tóm tắt."), ("minh", "Tóm tắt gọn.")):
        made = practice.begin(kit, people[name], exercise, f"{prompt} Cho Chủ tịch UBND xã.", in_hand=False)
        with kit.db.write() as connection:
            done = {"state": AttemptState.DONE, "answer": f"Ý chính của lần {made.id}."}
            connection.execute(update(attempts).where(attempts.c.id == made.id).values(done))
    dung.goto(f"{classroom.url}/votes/new?exercise={exercise.id}")
    expect(dung.get_by_text("Học viên 2, lần 2")).to_be_visible()
    expect(dung.get_by_text("Minh")).to_have_count(0)
    shot(dung, shots, "votes-choose")
    dung.get_by_label("Của ai").select_option("Học viên 1")
    dung.get_by_role("button", name="Lọc").click()
    for n in (1, 2):
        dung.get_by_label(f"Học viên 1, lần {n}").check()
    dung.get_by_label("Của ai").select_option("Học viên 2")
    dung.get_by_role("button", name="Lọc").click()
    expect(dung.get_by_label("Học viên 1, lần 1")).to_be_checked()
    for n in (1, 2):
        dung.get_by_label(f"Học viên 2, lần {n}").check()
    dung.get_by_label("Tên phép so").fill("Cách làm nào được chọn nhiều hơn?")
    dung.keyboard.press("Enter")
    expect(dung.get_by_text("Cặp 1 trong 7")).to_be_visible()
    address = dung.url
    comparison = compare.get(kit, people["dung"], int(address.rsplit("/", 1)[1]))
    worth = {one.answer: one.id for one in comparison.contestants}
    for n in range(1, 8):
        expect(dung.get_by_text(f"Cặp {n} trong 7")).to_be_visible()
        dung.wait_for_load_state()  # the script hears the keys
        left, right = (worth[text.strip()] for text in dung.locator(".pair .answer").all_inner_texts())
        dung.keyboard.press("1" if left < right else "2")
        dung.get_by_role("button", name="Lưu phiếu").click()
    expect(dung.get_by_role("heading", name="Chưa đủ phiếu để xếp nhóm")).to_be_visible()
    expect(dung.get_by_text("Có bản còn thiếu 17 phiếu để được xếp.")).to_be_visible()
    shot(dung, shots, "ranking-too-few")

    jury = [accounts.create_user(kit, f"xep{n}", f"Người {n}", Role.EVALUATOR, "x" * 12) for n in range(13)]
    dice = random.Random(7)  # noqa: S311 - reproducible, not secret
    first = comparison.contestants[0].id
    for judge in jury:
        while (showing := compare.next_showing(kit, judge, comparison.id)) is not None:
            gap = 0.9 * (showing.right.id - showing.left.id) - 0.6 * (first in (showing.left.id, showing.right.id))
            compare.vote(
                kit, judge, showing.id, Winner.LEFT if dice.random() < 1 / (1 + math.exp(-gap)) else Winner.RIGHT
            )
    waits = compare.plan(
        kit, people["thu"], "Giấy mời họp", "x", [(f"Bản {n}", "p", f"Ý {n}.", None) for n in range(3)]
    )
    dung.goto(f"{address}/results")
    expect(dung.locator(".plot .point")).to_have_count(4)
    expect(dung.locator(".plot")).to_contain_text("Nhóm 1")
    expect(dung.locator(".page-head")).to_contain_text("84 phiếu của 14 người chấm")
    expect(dung.get_by_role("link", name="Bắt đầu chấm")).to_have_attribute("href", f"/votes/{waits.id}")
    assert (dung.evaluate(BEYOND), dung.evaluate(WIDER)) == ([], False)
    shot(dung, shots, "ranking")
    dung.get_by_text("Cách tính").click()
    expect(dung.get_by_text("Bradley–Terry")).to_be_visible()
    dung.set_viewport_size(PHONE)
    dung.goto(f"{address}/results")
    expect(dung.locator(".plot")).to_be_hidden()
    expect(dung.locator("tbody tr").first.locator("[data-head=Nhóm]")).to_have_text("1")
    assert (dung.evaluate(BEYOND), dung.evaluate(WIDER)) == ([], False)
    assert dung.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(dung, shots, "phone-ranking")
