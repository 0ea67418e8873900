"""The main job in a real browser with the real model: a learner, then an evaluator, then a trainer."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import serving
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey

EXERCISE = "/exercises/tom-tat-cong-van-tiem-phong"
FIRST = "Tóm tắt công văn"
SECOND = (
    "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn kèm theo cho Chủ tịch UBND xã, nêu việc, hạn, nơi nhận "
    "báo cáo; không quá 150 tiếng. Chỉ dùng công văn kèm theo, không tự thêm số liệu; thiếu thì ghi [cần bổ sung]."
)


@dataclass(frozen=True)
class World:
    url: str
    data: Path
    passwords: dict[str, str]
    said: list[str] = field(default_factory=list)
    """What the console complained of."""


@pytest.fixture(scope="module")
def world(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("journey") / "data"
    shutil.copytree(stocked, data)
    with serving.serving(data) as server:
        roles = {"lan": "learner", "dung": "evaluator", "thu": "trainer"}
        passwords = {name: serving.add_user(data, name, role) for name, role in roles.items()}
        yield World(server.url, data, passwords)


def shot(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png")


def sign_in(context: BrowserContext, world: World, name: str) -> Page:
    page = context.new_page()
    page.on("console", lambda message: world.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: world.said.append(str(error)))
    page.goto(world.url)
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", world.passwords[name])
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hôm nay luyện gì?")).to_be_visible()
    return page


def run_prompt(page: Page, prompt: str) -> None:
    page.fill("#chu", prompt)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/attempts/\d+"))
    expect(page.get_by_role("button", name="Đưa vào bản nháp")).to_be_visible(timeout=60_000)
    expect(page.locator("#gop-y-ket-qua .finding").first).to_be_visible(timeout=20_000)


def test_the_main_job(browser: Browser, browser_context_args: dict[str, Any], world: World, shots: Path) -> None:
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto(world.url)
    shot(page, shots, "login")
    page.close()

    # 1. Sign in, find the exercise, read its document.
    page = sign_in(context, world, "lan")
    shot(page, shots, "home")
    page.goto(world.url + EXERCISE)
    expect(page.locator(".paper.reading").first).to_contain_text("Độc lập - Tự do - Hạnh phúc")

    # 2. A thin prompt: the missing parts are told before anything runs.
    page.fill("#chu", FIRST)
    expect(page.locator("button.part-missing").first).to_be_visible()
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu")
    shot(page, shots, "desk-before")

    # 3. Run it; the answer and the feedback come.
    run_prompt(page, FIRST)
    shot(page, shots, "desk-first")
    first = page.locator(".answer").inner_text()

    # 4. A reload shows the same answer and makes no second attempt.
    page.reload()
    assert page.locator(".answer").inner_text() == first
    expect(page.locator("#cac-lan a")).to_have_count(1)

    # 5. A better prompt, run again, compared with the first.
    page.goto(world.url + EXERCISE)
    run_prompt(page, SECOND)
    shot(page, shots, "desk-second")
    page.get_by_role("link", name="So lần 2 với lần 1").click()
    expect(page.locator("ins.added").first).to_be_visible()
    shot(page, shots, "compare_attempts")

    # 6. A source opens at its passage.
    page.go_back()
    sources = page.locator("details.sources")
    sources.locator("summary").click()
    sources.locator("a.cite").first.click()
    expect(page.locator(".passage.shown").first).to_be_visible()

    # 7. On to the bench: edit, saved by itself, taken home as a .docx.
    page.get_by_role("button", name="Đưa vào bản nháp").click()
    page.wait_for_url(re.compile(r"/drafts/\d+"))
    body = page.get_by_role("textbox", name="Nội dung")
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Ủy ban nhân dân xã báo cáo để Chủ tịch biết, chỉ đạo./.")
    expect(page.get_by_text(re.compile("Đã lưu"))).to_be_visible()
    sign = page.locator("[data-field=sign]")  # what is wrong with it is told while it is typed
    sign.fill("5/CV-UBND")
    expect(page.locator(".told[data-key='ND30-28:sign']")).to_be_attached()
    sign.fill("05/UBND-VP")
    expect(page.locator(".told[data-key='ND30-28:sign']")).not_to_be_attached()
    shot(page, shots, "paper")
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.get_by_role("textbox", name="Nội dung")).to_contain_text("báo cáo để Chủ tịch biết, chỉ đạo./.")
    open_details = page.locator("[data-tick]:not(:checked)").evaluate_all("all => all.map(one => one.dataset.tick)")
    for key in open_details:
        page.locator(f"[data-tick='{key}']").check()
    expect(page.locator("#chi-tiet")).to_have_attribute("data-open", "0")
    path = re.search(r"/drafts/\d+", page.url)[0]  # type: ignore[index]  # it was waited for
    file = context.request.get(f"{world.url}{path}/docx").body()
    text = "\n".join(
        [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]
        + [cell.text for table in docx.Document(io.BytesIO(file)).tables for row in table.rows for cell in row.cells]
    )
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "báo cáo để Chủ tịch biết, chỉ đạo./." in text

    # 8. The same desk on a phone.
    page.set_viewport_size(PHONE)
    shot(page, shots, "paper-narrow")
    page.goto(world.url + EXERCISE)
    shot(page, shots, "desk-narrow")
    page.goto(world.url)
    shot(page, shots, "home-narrow")
    assert world.said == []
    context.close()


def test_the_evaluator_votes_blind(
    browser: Browser, browser_context_args: dict[str, Any], world: World, shots: Path
) -> None:
    context = browser.new_context(**browser_context_args)
    page = sign_in(context, world, "dung")
    page.goto(f"{world.url}/votes/new?exercise=tom-tat-cong-van-tiem-phong")
    for box in page.locator("input[name=attempt]").all():
        box.check()
    page.get_by_role("button", name="Mở phép so").click()
    expect(page.get_by_role("heading", name="Bản nào dùng được hơn?")).to_be_visible()
    assert "Lần làm" not in page.locator(".pair").inner_text()
    shot(page, shots, "vote")
    page.keyboard.press("2")
    page.get_by_role("button", name="Lưu phiếu, xem kết quả").click()
    expect(page.get_by_text("chưa đủ phiếu").first).to_be_visible()
    shot(page, shots, "vote-results")
    votes = context.request.get(page.url.replace("/results", "/export.jsonl")).text()
    assert '"winner": "model_b"' in votes
    assert world.said == []
    context.close()


def test_the_trainer_curates(browser: Browser, browser_context_args: dict[str, Any], world: World, shots: Path) -> None:
    context = browser.new_context(**browser_context_args)
    page = sign_in(context, world, "thu")
    page.goto(f"{world.url}/manage/exercises")
    shot(page, shots, "manage")
    page.get_by_role("row", name=re.compile("tom-tat-cong-van-tiem-phong")).get_by_role("button", name="Ẩn bài").click()
    expect(page.get_by_role("row", name=re.compile("tom-tat-cong-van-tiem-phong"))).to_contain_text("đã ẩn")
    page.get_by_role("row", name=re.compile("tom-tat-cong-van-tiem-phong")).get_by_role(
        "button", name="Hiện bài"
    ).click()

    page.goto(f"{world.url}/manage/exercises/tom-tat-cong-van-tiem-phong")
    editor = page.locator("#text")
    text = editor.input_value()
    editor.fill(text.replace("schema: 1", "schema: một"))
    expect(page.locator("#problems")).to_contain_text("cần sửa")
    shot(page, shots, "manage-edit")

    # A wrong check leads to what its type wants; a check is put in by keyboard, below the line of the cursor.
    editor.fill(text.replace("{type: max-words,", "{type: nd30-format,"))
    page.get_by_role("link", name="Xem cách viết nd30-format").click()
    expect(page.locator("#kiem-nd30-format summary")).to_be_focused()
    shot(page, shots, "manage-guide")
    editor.fill(text)
    editor.evaluate("(area) => area.setSelectionRange(...Array(2).fill(area.value.indexOf('{type: max-words') + 5))")
    page.get_by_label("Tìm", exact=True).fill("chep nguyen van")
    expect(page.locator(".check-type:visible")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(re.compile(r"type: max-words.*\n      - \{type: similar-to-source, value: 0\.5\}\n"))
    expect(page.locator("#problems")).to_contain_text("lưu được")
    editor.fill(text.replace("## Nhiệm vụ", "## Nhiệm vụ\n\nĐọc kỹ công văn trước khi viết."))
    expect(page.locator("#problems")).to_contain_text("lưu được")
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.locator("#text")).to_have_value(re.compile("Đọc kỹ công văn trước khi viết"))
    assert "Đọc kỹ công văn" in (world.data / "prompts" / "exercises" / "tom-tat-cong-van-tiem-phong.md").read_text(
        encoding="utf-8"
    )

    page.goto(f"{world.url}/manage/attempts")
    page.get_by_role("link", name=re.compile("công văn", re.IGNORECASE)).first.click()
    expect(page.get_by_text("Lượt đọc này đã được ghi lại.")).to_be_visible()
    shot(page, shots, "manage-attempt")
    assert world.said == []
    context.close()
