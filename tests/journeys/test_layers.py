"""The three layers in a real browser: masks before the run, checks by keyboard after it, the rubric of three people.

A learner who forgets the masks and leaves an invented figure; a peer who is not told whose work it is; the trainer.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from service import worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Message
from tests.conftest import password_of
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey

NUMBER = "001099012345"
PROMPT = f"Tóm tắt công văn cho Chủ tịch xã, không quá 150 tiếng. Người phụ trách có CCCD {NUMBER}."
ANSWER = "Xã tiêm đạt ít nhất 80% tổng đàn trước ngày 15 tháng 12 năm 2026. Hiện mới đạt 37,25%. Phụ trách: [CCCD_1]."
EXERCISE = "/exercises/tom-tat-cong-van-tiem-phong"
Enter = Callable[[str], Page]


@pytest.fixture
def thought() -> threading.Event:
    """Set when the machine may tell what it thinks of an answer."""
    return threading.Event()


@pytest.fixture
def engine(thought: threading.Event) -> Iterator[ScriptedEngine]:
    """Thinks well of the first criterion of a rubric, quoting the answer, and cannot judge the others."""

    def speak(messages: Sequence[Message]) -> str:
        if "TIÊU CHÍ" not in messages[-1].content:
            return ANSWER
        thought.wait(60)
        first = "Đúng với nguồn" in messages[-1].content
        told = {
            "quote": "ít nhất 80% tổng đàn",
            "reason": "Có trong công văn.",
            "verdict": "pass" if first else "unknown",
        }
        return json.dumps(told, ensure_ascii=False)

    engine = ScriptedEngine(speak)
    yield engine
    thought.set()
    engine.close()


@pytest.fixture
def url(seeded: Kit, app: Flask) -> Iterator[str]:
    """A server in this process, with a scripted model and a worker."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    helper = worker.start(seeded)
    yield f"http://127.0.0.1:{server.server_port}"
    helper.stop()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def enter(browser: Browser, browser_context_args: dict[str, Any], url: str) -> Iterator[Enter]:
    """A person at a browser of their own; what its console complains of fails the journey."""
    said: list[str] = []
    open_: list[Any] = []

    def person(name: str) -> Page:
        open_.append(browser.new_context(**browser_context_args, base_url=url))
        page: Page = open_[-1].new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", password_of(name))
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", name="Hôm nay luyện gì?")).to_be_visible()
        return page

    yield person
    for context in open_:
        context.close()
    assert said == []


def shot(page: Page, path: Path, whole: bool = False) -> None:
    """A picture; hiding the caret would leave style attributes behind, which htmx copies and the policy refuses."""
    page.screenshot(path=path, full_page=whole, caret="initial")


def mark(page: Page, first: str) -> None:
    """Fill in the sheet: the first criterion as said, the others at their best."""
    for criterion in page.locator(".criterion:has(input)").all():
        criterion.locator("input").first.check()
    page.get_by_role("radio", name=first).check()
    page.get_by_label("Người đọc có làm được việc ngay").fill("Gọn, đủ hạn.")
    page.get_by_role("button", name="Lưu phiếu chấm").click()
    expect(page.get_by_text("Đã lưu phiếu chấm.")).to_be_visible()


def run(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile(r"/attempts/\d+"))


def test_masks_checks_and_marks(
    enter: Enter, engine: ScriptedEngine, thought: threading.Event, seeded: Kit, shots: Path
) -> None:
    lan = enter("lan")

    # 1. Before running: the forgotten number is masked on the way, and the machine never sees it.
    lan.goto(EXERCISE)
    editor = lan.get_by_label("Câu lệnh của anh/chị")
    editor.fill(PROMPT)
    expect(lan.locator("#soi [data-mask]")).to_have_count(1)
    lan.reload()
    expect(editor).to_have_value(PROMPT)  # from this browser: the server keeps it behind the mask
    expect(lan.locator("#soi [data-mask]")).to_have_count(1)
    lan.get_by_role("button", name="Chạy lần 1").click()
    shot(lan, shots / "layers-masks.png")
    run(lan, "Che tất cả rồi chạy")
    answer = lan.locator(".machine-text .answer")
    expect(answer).to_contain_text("[CCCD_1]")
    drawn = answer.evaluate("one => one.outerHTML")
    lan.get_by_role("button", name="Hiện chi tiết đã che").click()
    expect(answer).to_contain_text(f"Phụ trách: {NUMBER}")
    answer.evaluate("(one, html) => { one.outerHTML = html; document.dispatchEvent(new Event('replaced')); }", drawn)
    expect(answer).to_contain_text(f"Phụ trách: {NUMBER}")  # also when the feedback draws the answer anew
    kept = "".join(one.read_bytes().decode(errors="ignore") for one in seeded.settings.data.glob("hocvu.sqlite3*"))
    assert NUMBER not in kept and "[CCCD_1]" in kept
    assert all(NUMBER not in message.content for messages, _ in engine.asked for message in messages)

    # 2. After running: the underlined figure is checked by keyboard, survives a reload, and opens the hand-in.
    expect(lan.get_by_role("button", name="Nộp bài")).to_be_disabled()
    shot(lan, shots / "layers-checks.png")
    lan.get_by_role("radio", name="Đã kiểm tra: đúng").focus()
    lan.keyboard.press("ArrowRight")
    expect(lan.locator("#doi-chieu")).to_contain_text("đã kiểm tra 1/1")
    lan.reload()
    expect(lan.get_by_role("radio", name="Đã kiểm tra: phải sửa")).to_be_checked()
    lan.set_viewport_size(PHONE)
    lan.locator("#doi-chieu").scroll_into_view_if_needed()
    shot(lan, shots / "layers-checks-narrow.png")
    assert lan.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # Beside the rules, what the machine thinks: asked for, waited for, quoted or not graded; the tally stays.
    tally = lan.locator("#gop-y-noi-dung .tally-line b").first.inner_text()
    lan.get_by_role("tab", name=re.compile("^Góp ý")).click()
    lan.get_by_role("button", name="Xin ý kiến thứ hai của máy").click()
    opinion = lan.locator("#y-kien")
    expect(opinion.get_by_text("đang chờ")).to_have_count(4)
    thought.set()
    expect(opinion.get_by_text("đang chờ")).to_have_count(0)
    expect(opinion.locator("li", has_text="Đúng với nguồn")).to_contain_text("ít nhất 80% tổng đàn")
    expect(opinion.locator(".verdict.unsure")).to_have_count(3)
    lan.get_by_role("tab", name=re.compile("^Góp ý")).click()
    opinion.scroll_into_view_if_needed()
    shot(lan, shots / "layers-opinion-narrow.png")
    too_wide = "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert opinion.locator("li > :first-child").evaluate_all(too_wide) == 0
    lan.set_viewport_size({"width": 1366, "height": 768})
    opinion.scroll_into_view_if_needed()
    shot(lan, shots / "layers-opinion.png")
    assert lan.locator("#gop-y-noi-dung .tally-line b").first.inner_text() == tally
    lan.get_by_role("button", name="Nộp bài").press("Enter")
    question = lan.get_by_role("dialog", name="Nộp bài này?")
    expect(question).to_contain_text("không rút lại được")
    shot(lan, shots / "layers-hand-in-asked.png")
    question.get_by_role("button", name="Nộp bài").click()
    lan.wait_for_url(re.compile(r"/hand-ins/\d+"))
    sheet = re.sub(r".*(/hand-ins/\d+)", r"\1", lan.url)

    # 3. The rubric: by oneself, by a peer who is not told whose it is, by the trainer.
    level, reason = lan.get_by_role("radio", name="Sai một chi tiết nhỏ"), lan.get_by_label("Vì sao").first
    level.check()
    reason.fill("Tỷ lệ 37,25% ở đâu ra?")
    lan.reload()
    expect(level).to_be_checked()
    expect(reason).to_have_value("Tỷ lệ 37,25% ở đâu ra?")
    mark(lan, "Sai một chi tiết nhỏ")
    expect(lan.get_by_text("26/32 điểm phiếu")).to_be_visible()
    lan.wait_for_function("Object.keys(sessionStorage).every((key) => !key.startsWith('giu:'))")  # by a deferred script
    shot(lan, shots / "layers-self.png", whole=True)
    thu = enter("thu")
    thu.goto("/manage/hand-ins")
    thu.get_by_role("button", name="Chia bài cho học viên chấm chéo").click()
    expect(thu.get_by_text("Đã giao 1 bài")).to_be_visible()
    shot(thu, shots / "layers-manage.png")
    minh = enter("minh")
    minh.get_by_role("link", name="Mở bài chờ chấm").click()
    minh.get_by_role("link", name="Công văn đôn đốc tiêm phòng").click()
    expect(minh.locator("main")).not_to_contain_text("Lan")
    mark(minh, "Sai việc, người hoặc hạn")
    thu.goto(sheet)
    mark(thu, "Đúng hết")
    shot(thu, shots / "layers-trainer.png", whole=True)

    # 4. The model answer with the difference of the prompts, after the second attempt only.
    lan.goto(sheet)
    expect(lan.get_by_text("Một học viên khác chấm")).to_be_visible()
    expect(lan.get_by_text("Giảng viên Thu chấm")).to_be_visible()
    expect(lan.locator("#bai-mau")).to_have_count(0)
    lan.goto(EXERCISE)
    lan.get_by_label("Câu lệnh của anh/chị").fill("Tóm tắt công văn cho Chủ tịch xã trong 100 tiếng.")
    run(lan, "Chạy lần 2")
    expect(answer).to_be_visible()
    lan.goto(sheet)
    expect(lan.locator("#bai-mau")).to_be_visible()
    expect(lan.locator("ins.added").first).to_be_visible()
    shot(lan, shots / "layers-model-answer.png", whole=True)
    lan.set_viewport_size(PHONE)
    shot(lan, shots / "layers-hand-in-narrow.png", whole=True)
    assert lan.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
