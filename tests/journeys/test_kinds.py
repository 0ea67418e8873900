"""One journey per kind of exercise, as a learner who makes mistakes first; the other kinds are in test_handwork."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from service.handwork import key_table
from tests.journeys.axe import barriers
from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey

WITH_A_PROMPT = {
    "draft": "soan-giay-moi-giao-ban",
    "summarise": "tom-tat-cong-van-tiem-phong",
    "ask": "hoi-khai-sinh-truc-tuyen",
    "extract": "trich-nhiem-vu-tu-ket-luan",
    "compare_texts": "chuoi-tiep-thu-y-kien",
    "improve_prompt": "sua-cau-lenh-chung-chung",
}


def met(page: Page) -> int:
    """How many criteria the answer on the page meets."""
    told = page.locator("#gop-y-noi-dung .tally-line b").first
    expect(told).to_be_visible()
    found = re.search(r"Đạt (\d+)/\d+ mục", told.inner_text())
    assert found
    return int(found[1])


@pytest.mark.parametrize("kind", WITH_A_PROMPT)
def test_a_thin_prompt_then_a_better_one(desk: Page, classroom: Classroom, shots: Path, kind: str) -> None:
    exercise = classroom.exercise(WITH_A_PROMPT[kind])
    assert exercise.kind == kind
    sample = next(one.raw for one in exercise.prompts if one.label == "sample")
    desk.goto(f"{classroom.url}/exercises/{exercise.id}")
    missing = desk.locator("#soi button.part-missing")
    expect(missing.first).to_be_visible()
    desk.get_by_role("button", name="Chạy lần 1").click()
    desk.wait_for_url(re.compile(r"/attempts/\d+"))
    expect(desk.locator("#gop-y-noi-dung .finding").first).to_be_visible()
    weak = met(desk)
    desk.screenshot(path=shots / f"kind-{kind}-weak.png")

    desk.fill("#chu", sample)
    expect(missing).to_have_count(0)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#cac-lan a")).to_have_count(3)  # two attempts, and the way to compare them
    expect(desk.locator("#gop-y-noi-dung .finding").first).to_be_visible()
    assert met(desk) > weak
    expect(desk.locator("#gop-y-noi-dung .finding.essential")).to_have_count(0)
    desk.screenshot(path=shots / f"kind-{kind}-good.png")
    assert kind != "draft" or barriers(desk) == []  # every other page: test_access
    desk.set_viewport_size(PHONE)
    desk.get_by_role("tab", name=re.compile("^Góp ý")).click()
    desk.screenshot(path=shots / f"kind-{kind}-narrow.png")
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_hold_the_machine_s_table_against_the_source(desk: Page, classroom: Classroom, shots: Path) -> None:
    exercise = classroom.exercise(WITH_A_PROMPT["extract"])
    key = key_table(exercise, exercise.inputs[0])
    assert key
    desk.goto(f"{classroom.url}/exercises/{exercise.id}")
    desk.get_by_role("link", name="Lập và đối chiếu bảng").click()
    held: list[Route] = []
    desk.route("**/handwork.js*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    desk.get_by_role("link", name="bảng làm sẵn").click(no_wait_after=True)
    desk.get_by_label("Dòng 1, Chủ trì").fill("Văn phòng")  # before the page's script has come
    held[0].continue_()
    desk.unroute("**/handwork.js*")
    expect(desk.locator("#da-luu")).to_contain_text("Đã lưu")
    desk.get_by_role("button", name="Soi bài làm").click()
    wrong = desk.locator(".cell-wrong")
    expect(wrong.first).to_be_visible()
    expect(desk.locator("#gop-y")).to_contain_text("ô đã điền là đúng")
    desk.screenshot(path=shots / "kind-extract-cells.png")
    for n, row in enumerate(key.rows, 1):
        if n > 3 and desk.get_by_label(f"Dòng {n}, {key.columns[0]}").count() == 0:
            desk.get_by_role("button", name="Thêm dòng").click()
        there = desk.locator(f"#bang tbody tr:nth-child({n}) textarea").evaluate_all("all => all.map(one => one.value)")
        for name, cell, seen in zip(key.columns, row, there, strict=True):
            if cell != seen:
                desk.get_by_label(f"Dòng {n}, {name}", exact=True).fill(cell)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#gop-y")).to_contain_text(f"Bảng đúng cả {len(key.rows)} dòng")
    expect(wrong).to_have_count(0)
    desk.set_viewport_size(PHONE)
    desk.get_by_role("tab", name="Bài làm").click()
    desk.screenshot(path=shots / "kind-extract-cells-narrow.png")
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_mark_what_two_versions_differ_in(desk: Page, classroom: Classroom, shots: Path) -> None:
    desk.goto(f"{classroom.url}/exercises/so-sanh-hai-ban-du-thao/by-hand")
    old, new = (desk.get_by_role("group", name=name) for name in ("BẢN CŨ", "BẢN MỚI"))
    old.get_by_text("03", exact=True).click()
    new.get_by_text("Mỗi", exact=True).click()  # the wording changed, not the meaning
    desk.get_by_role("button", name="Soi bài làm").click()
    told = desk.locator("#gop-y")
    expect(told).to_contain_text("Tìm trọn 0/5 điểm khác nhau")
    expect(told).to_contain_text("«Mỗi» không đổi nội dung")
    expect(told).not_to_contain_text("trả lời nhanh hơn")
    desk.screenshot(path=shots / "kind-compare_texts-marks.png")
    desk.get_by_label("Khác thế nào: Mỗi").select_option(label="Chỉ đổi câu chữ")
    for side, words in ((old, ("21", "80.000", "trị")), (new, ("02", "22", "60.000", "mua", "lớp"))):
        for word in words:
            side.get_by_text(word, exact=True).click()
    desk.get_by_role("button", name="Soi bài làm").click()
    expect(told).to_contain_text("Tìm trọn 5/5 điểm khác nhau; 9/9")
    desk.set_viewport_size(PHONE)
    desk.get_by_role("tab", name="Bài làm").click()
    desk.screenshot(path=shots / "kind-compare_texts-marks-narrow.png")


def test_the_progress_page_tells_what_was_learnt(desk: Page, classroom: Classroom, shots: Path) -> None:
    desk.goto(f"{classroom.url}/exercises")
    desk.get_by_role("link", name="Xem tiến bộ").click()
    expect(desk.locator(".learnt > li").first).to_be_visible()
    expect(desk.get_by_text(re.compile(r"nay không còn \(\d+ chỗ\)")).first).to_be_visible()
    desk.screenshot(path=shots / "progress.png")


def test_a_question_not_yet_sent_outlives_a_reload(desk: Page, classroom: Classroom) -> None:
    desk.goto(f"{classroom.url}/ask")
    desk.fill("#cau-hoi", "Xã phải báo cáo trước ngày nào?")
    desk.reload()
    expect(desk.locator("#cau-hoi")).to_have_value("Xã phải báo cáo trước ngày nào?")
    desk.fill("#cau-hoi", "")
    desk.reload()
    expect(desk.locator("#cau-hoi")).to_have_value("")


def test_a_question_typed_before_the_script_has_come_is_the_one_kept(desk: Page, classroom: Classroom) -> None:
    earlier, typed = "Xã phải báo cáo trước ngày nào?", "Hồ sơ nộp ở đâu?"
    desk.goto(f"{classroom.url}/ask")
    desk.fill("#cau-hoi", earlier)
    held: list[Route] = []
    desk.route("**/app.js*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    desk.goto(f"{classroom.url}/ask", wait_until="commit")
    desk.fill("#cau-hoi", typed)
    with desk.expect_event("load"):
        held[0].continue_()
    desk.unroute("**/app.js*")
    expect(desk.locator("#cau-hoi")).to_have_value(typed)
    desk.reload()
    expect(desk.locator("#cau-hoi")).to_have_value(typed)
    desk.fill("#cau-hoi", "")
