"""A class in the browser: the trainer opens it, two learners join, one works, one calls, and the wall shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service import accounts, classes, exercises, feedback, practice, seats
from service.records import Role
from tests.journeys.axe import barriers
from tests.journeys.conftest import PHONE, Classroom, sign_in
from tests.journeys.test_main_job import shot
from tests.journeys.test_small_screen import BEYOND

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"
WHOLE_MENU = "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('.mainnav'))"
APART = """() => { const right = document.querySelector(".manage").getBoundingClientRect().right;
  return [...document.querySelectorAll(".topbar-end > *")].every(
    (one) => one.getBoundingClientRect().left >= right); }"""
BROKEN = """() => [...document.querySelectorAll(".people thead th")].flatMap((head) => {
  const text = document.createTreeWalker(head, NodeFilter.SHOW_TEXT).nextNode();
  return [...text.data.matchAll(/\\S+/g)].map((word) => {
    const range = document.createRange();
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    const { top, bottom, left, right } = range.getBoundingClientRect(), cell = head.getBoundingClientRect();
    const within = top >= cell.top && bottom <= cell.bottom && left >= cell.left - 1 && right <= cell.right + 1;
    return within && range.getClientRects().length === 1 ? "" : word[0];
  }).filter(Boolean);
})"""
"""Words of the heads of columns that are broken, or stand out of their cell."""
IN_THE_BAR = """() => [...document.querySelectorAll(".topbar > *")]
  .every((one) => one.getBoundingClientRect().right <= innerWidth)"""


@pytest.fixture
def room(classroom: Classroom, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[str, Page]]:
    """Thu, Lan and Minh, each at a browser; what a console complains of fails the test."""
    said: list[str] = []
    with ExitStack() as open_ones:
        pages = {}
        for name in ("thu", "lan", "minh"):
            context = open_ones.enter_context(closing(browser.new_context(**browser_context_args)))
            page = pages[name] = context.new_page()
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            sign_in(page, classroom, name)
        yield pages
    refused = "the server responded with a status of 400 (BAD REQUEST)"  # what a browser says of a form that comes back
    assert [one for one in said if refused not in one] == []


def join(page: Page, code: str, seat: str) -> None:
    page.get_by_label("Mã lớp").fill(code)
    page.get_by_label("Số bàn").fill(seat)
    page.get_by_role("button", name="Vào lớp").click()
    expect(page.locator("#lop-cua-toi")).to_contain_text(f"Bàn {seat}")


def test_a_class_from_its_opening_to_the_grade_book(room: dict[str, Page], classroom: Classroom, shots: Path) -> None:
    thu, lan, minh = room["thu"], room["lan"], room["minh"]
    title = classroom.exercise(EXERCISE).title
    thu.get_by_text("Quản lý", exact=True).click()
    thu.get_by_role("link", name="Lớp học").first.click()
    thu.get_by_label("Tên lớp").fill("Lớp xã Triệu Phong")
    thu.get_by_label("Bài đầu tiên").select_option(EXERCISE)
    thu.get_by_role("button", name="Mở lớp mới").click()
    expect(thu.get_by_role("heading", name=title, level=1)).to_be_visible()
    code = thu.locator(".join-code strong").inner_text()

    shot(lan, shots, "home-join")
    join(lan, code.lower(), "07")
    minh.get_by_label("Mã lớp").fill(code)
    minh.get_by_label("Số bàn").fill("7")
    minh.get_by_role("button", name="Vào lớp").click()
    expect(minh.get_by_role("alert").filter(has_text="Bàn 7 đã có người ngồi")).to_be_visible()
    join(minh, code, "12")
    expect(thu.locator("#ban-7:not(.free)")).to_have_count(1)
    expect(thu.locator("#ban-12:not(.free)")).to_have_count(1)

    lan.get_by_role("link", name="Mở bài của lớp").click()
    expect(lan.locator("#lop-cua-toi")).to_contain_text("Bàn 07")
    lan.wait_for_load_state()
    lan.locator("#chu").fill("Bạn là chuyên viên. Hãy tóm tắt công văn kèm theo.")
    expect(thu.locator("#ban-7 td.ok")).to_have_count(2)  # seen before anything has run
    lan.locator("#chay").click()
    expect(lan.locator("#gop-y-noi-dung .finding").first).to_be_visible()
    expect(thu.locator("#ban-7 td").nth(3)).not_to_have_class("none")

    minh.get_by_role("button", name="Gọi giảng viên").click()
    expect(minh.get_by_role("button", name="Gọi giảng viên")).to_have_attribute("aria-pressed", "true")
    expect(thu.locator("#ban-12.calling")).to_have_count(1)
    expect(thu.locator("#lop-hoc")).not_to_contain_text("Minh")

    thu.get_by_role("button", name="Tạm dừng chạy").click()
    expect(thu.get_by_role("button", name="Cho chạy tiếp")).to_be_visible()
    expect(lan.locator("#lop-cua-toi")).to_contain_text("Giảng viên đang tạm dừng chạy")
    thu.get_by_role("button", name="Cho chạy tiếp").click()

    thu.get_by_role("link", name="Ghim một kết quả").click()
    thu.get_by_role("link", name="Bàn 07").click()
    thu.get_by_label("Lời của giảng viên").fill("Đủ việc và hạn.")
    shot(thu, shots, "class-pin")
    thu.get_by_role("button", name="Ghim lên tường").click()
    expect(thu.locator(".wall .pinned")).to_contain_text("Đủ việc và hạn.")
    expect(lan.locator("#lop-cua-toi")).to_contain_text("Giảng viên ghim 1 kết quả, ẩn tên")
    shot(lan, shots, "class-desk")
    lan.locator("#lop-cua-toi summary").click()
    for _ in range(2):
        lan.wait_for_event("response", lambda reply: "/classes/now" in reply.url)  # the strip asks for itself
    expect(lan.locator("#lop-cua-toi details")).to_have_attribute("open", "")

    thu.get_by_role("link", name="Sổ điểm (có tên)").click()
    expect(thu.get_by_role("row", name="Lan")).to_contain_text("1 lần làm")


def test_a_full_class_fits_the_wall_and_a_phone(room: dict[str, Page], classroom: Classroom, shots: Path) -> None:
    kit, thu = classroom.kit, room["thu"]
    people = {user.name: user for user in accounts.list_users(kit)}
    lesson = classes.begin(kit, people["thu"], "Lớp xã Triệu Phong, buổi chiều", 36, EXERCISE)
    exercise = exercises.present(kit, EXERCISE)
    prompts = [one.raw for one in exercise.prompts if one.label in ("starter", "sample")]
    folk = accounts.create_users(kit, [(f"ban{n}", f"Người {n}", "mat-khau-dai") for n in range(9)], Role.LEARNER)
    for n, person in enumerate(folk):
        seats.join(kit, person, lesson.code, 3 * n + 1)
        attempt = practice.begin(kit, person, exercise, prompts[n % 2])
        list(practice.answer(kit, attempt.id))
        feedback.grade(kit, attempt.id)
        if not n % 4:
            classes.pin(kit, people["thu"], lesson.id, attempt.id, "Câu lệnh có ghi: thiếu thì ghi [cần bổ sung].")
    seats.call(kit, folk[2], True)
    seats.join(kit, people["lan"], lesson.code, 2)
    here = f"{classroom.url}/manage/classes/{lesson.id}"
    thu.goto(here)
    expect(thu.locator("td.mend").first).to_be_visible()
    thu.screenshot(path=shots / "class.png")
    assert thu.evaluate("document.documentElement.scrollWidth") <= 1366
    assert thu.evaluate(IN_THE_BAR), "the menu stays within an office screen"
    expect(thu.locator("#ban-36")).to_be_in_viewport(ratio=1)
    expect(thu.get_by_role("button", name="Đóng lớp")).to_be_in_viewport(ratio=1)
    for path in ("", "/people", "/pins", "/pins?seat=1", "/grades"):
        thu.goto(here + path)
        assert barriers(thu) == [], path
    thu.goto(here)
    for opener, name in (
        ("Xóa hàng", "Xóa hàng đợi của lớp này?"),
        ("Đổi bài", "Bài của lớp"),
        ("Đóng lớp", "Đóng lớp này?"),
    ):
        thu.get_by_role("button", name=opener).click()
        expect(thu.get_by_role("dialog", name=name)).to_be_visible()
        assert barriers(thu) == [], name
        thu.keyboard.press("Escape")
    thu.goto(f"{classroom.url}/manage/classes")
    shot(thu, shots, "classes")
    thu.set_viewport_size(PHONE)
    for name, path in (("", ""), ("-people", "/people"), ("-pins", "/pins?seat=1"), ("-grades", "/grades")):
        thu.goto(here + path)
        assert thu.evaluate(BEYOND) == [], path
        assert thu.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        thu.screenshot(path=shots / f"class-narrow{name}.png")
    thu.goto(f"{classroom.url}/manage/classes")
    assert thu.evaluate(BEYOND) == []

    lan = room["lan"]
    for address in (classroom.url, f"{classroom.url}/exercises/{EXERCISE}"):
        lan.goto(address)
        expect(lan.locator("#lop-cua-toi")).to_be_visible()
        assert barriers(lan) == [], address
    lan.goto(classroom.url)
    shot(lan, shots, "home-in-class")
    lan.set_viewport_size(PHONE)
    for name, address in (("home", classroom.url), ("desk", f"{classroom.url}/exercises/{EXERCISE}")):
        lan.goto(address)
        expect(lan.locator("#lop-cua-toi")).to_be_visible()
        assert lan.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        lan.screenshot(path=shots / f"class-{name}-narrow.png")


def test_the_class_votes_at_its_desks_and_the_wall_counts(
    room: dict[str, Page], classroom: Classroom, shots: Path
) -> None:
    kit, thu, lan = classroom.kit, room["thu"], room["lan"]
    people = {user.name: user for user in accounts.list_users(kit)}
    lesson = classes.begin(kit, people["thu"], "Lớp bốn", 6, EXERCISE)
    exercise = exercises.present(kit, EXERCISE)
    for number, name in enumerate(("lan", "minh"), 1):
        seats.join(kit, people[name], lesson.code, number)
        attempt = practice.begin(kit, people[name], exercise, exercise.prompts[number - 1].raw)
        list(practice.answer(kit, attempt.id))
        classes.pin(kit, people["thu"], lesson.id, attempt.id, "Bản này đủ hạn.")
    thu.goto(f"{classroom.url}/manage/classes/{lesson.id}")
    thu.get_by_role("link", name="Cả lớp bình chọn").click()
    assert barriers(thu) == []
    for box in thu.get_by_role("checkbox").all():
        box.check()
    thu.get_by_role("button", name="Mở bình chọn").click()
    expect(thu.locator("#lop-hoc")).to_contain_text("Đã bỏ phiếu: 0 trên 2 bàn có người.")

    lan.goto(f"{classroom.url}/exercises/{EXERCISE}")
    lan.get_by_role("link", name="Bỏ phiếu").click()
    assert barriers(lan) == []
    lan.get_by_text("Bản A", exact=True).last.click()
    shot(lan, shots, "class-ballot")
    lan.set_viewport_size(PHONE)
    assert lan.evaluate(BEYOND) == []
    lan.get_by_role("button", name="Bỏ phiếu").click()
    expect(lan.get_by_role("status").filter(has_text="Đã ghi phiếu của anh/chị.")).to_be_visible()
    expect(thu.locator("#lop-hoc")).to_contain_text("Đã bỏ phiếu: 1 trên 2 bàn có người.")

    thu.get_by_role("button", name="Khóa phiếu").first.click()
    thu.get_by_role("dialog", name="Khóa phiếu của cả lớp?").get_by_role("button", name="Khóa phiếu").click()
    expect(thu.locator("#lop-hoc .pinned", has_text="1 phiếu")).to_have_count(1)
    shot(thu, shots, "class-voted")
    assert barriers(thu) == []
    lan.goto(classroom.url)
    expect(lan.locator("#lop-cua-toi")).to_contain_text("anh/chị chọn")
    assert barriers(lan) == []
    assert lan.evaluate(BEYOND) == []


def test_all_of_a_wall_of_forty_seats_is_seen_also_paused(room: dict[str, Page], classroom: Classroom) -> None:
    """Down to the buttons, under a class's longest name; seats of one height stand beside each other."""
    kit, thu = classroom.kit, room["thu"]
    trainer = next(user for user in accounts.list_users(kit) if user.name == "thu")
    accounts.rename(kit, "thu", "Công Tằng Tôn Nữ Phương Thảo Anh Thư")
    lesson = classes.begin(kit, trainer, ("Lớp bồi dưỡng kỹ năng số " * 5)[:120], 40, EXERCISE)
    for paused in (False, True):
        classes.pause(kit, trainer, lesson.id, paused)
        thu.goto(f"{classroom.url}/manage/classes/{lesson.id}")
        expect(thu.get_by_role("button", name="Đóng lớp")).to_be_in_viewport(ratio=1)
        places = [thu.locator(f"#ban-{n}").bounding_box() for n in (12, 26, 40)]
        assert len({one and round(one["y"]) for one in places}) == 1
    assert thu.evaluate(IN_THE_BAR) and thu.evaluate(WHOLE_MENU), "a trainer's long name leaves room for the menu"
    thu.set_viewport_size(PHONE)
    assert thu.evaluate(BEYOND) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_whole_menu_of_a_trainer_is_in_the_bar_of_every_office_screen(
    room: dict[str, Page], classroom: Classroom, shots: Path, language: str
) -> None:
    """Under the longest name, and the longest word on the model."""
    thu = room["thu"]
    accounts.rename(classroom.kit, "thu", "Công Tằng Tôn Nữ Phương Thảo Anh Thư")
    small = {"vi": "Mô hình luyện tập nhỏ sẵn sàng", "en": "Small practice model ready"}[language]
    thu.goto(f"{classroom.url}/manage/classes?lang={language}")
    thu.locator(".engine-state").evaluate("(node, said) => { node.textContent = said; }", small)
    for width in (1100, 1180, 1280, 1366):
        thu.set_viewport_size({"width": width, "height": 768})
        shot(thu, shots, f"menu-{language}-{width}")
        assert thu.evaluate(WHOLE_MENU) and thu.evaluate(IN_THE_BAR), width
        assert thu.locator(".engine-state").evaluate("node => node.scrollWidth <= node.clientWidth"), width
        assert thu.locator(".topbar").evaluate("node => node.offsetHeight") <= 56, width
        assert thu.evaluate(APART), width
        for entry in thu.locator(".mainnav a, .manage summary, .topbar-end a").all():
            expect(entry).to_be_in_viewport(ratio=0.99)
    thu.goto(f"{classroom.url}/?lang=vi")


def test_a_wall_breaks_no_word_and_shows_three_pins_on_every_office_screen(
    room: dict[str, Page], classroom: Classroom, shots: Path
) -> None:
    kit, thu = classroom.kit, room["thu"]
    trainer = next(user for user in accounts.list_users(kit) if user.name == "thu")
    lesson = classes.begin(kit, trainer, "Lớp xã Triệu Phong, buổi chiều", 40, EXERCISE)
    exercise = exercises.present(kit, EXERCISE)
    folk = accounts.create_users(kit, [(f"ghim{n}", f"Người {n}", "mat-khau-dai") for n in range(3)], Role.LEARNER)
    for n, person in enumerate(folk, 1):
        seats.join(kit, person, lesson.code, n)
        attempt = practice.begin(kit, person, exercise, exercise.prompts[0].raw)
        list(practice.answer(kit, attempt.id))
        classes.pin(kit, trainer, lesson.id, attempt.id, "Câu lệnh có ghi: thiếu thì ghi [cần bổ sung], không tự thêm.")
    for language in ("en", "vi"):
        thu.goto(f"{classroom.url}/manage/classes/{lesson.id}?lang={language}")
        for width in (1100, 1180, 1280, 1366, 1920):
            thu.set_viewport_size({"width": width, "height": 768})
            shot(thu, shots, f"wall-{language}-{width}")
            assert thu.evaluate(BROKEN) == [], (language, width)
            for seen in (*thu.locator(".wall .pinned").all(), thu.locator(".class-ways .button").last):
                expect(seen).to_be_in_viewport(ratio=0.99)
    thu.set_viewport_size({"width": 390, "height": 844})
    thu.goto(f"{classroom.url}/manage/classes/{lesson.id}?lang=en")
    assert thu.evaluate(BROKEN) == [] and thu.evaluate(BEYOND) == []
    thu.goto(f"{classroom.url}/?lang=vi")


def test_the_wall_takes_nothing_out_of_the_trainers_hand(room: dict[str, Page], classroom: Classroom) -> None:
    """A dialog that is open, and the focus, outlive the wall's asking for itself."""
    kit, thu = classroom.kit, room["thu"]
    people = {user.name: user for user in accounts.list_users(kit)}
    lesson = classes.begin(kit, people["thu"], "Lớp ba", 6, EXERCISE)
    thu.goto(f"{classroom.url}/manage/classes/{lesson.id}")
    thu.wait_for_load_state()
    thu.get_by_role("button", name="Đổi bài").click()
    chosen = thu.get_by_label("Bài", exact=True)
    chosen.select_option("soan-cong-van-don-doc")
    with thu.expect_response(lambda reply: reply.url.endswith("/now")):
        seats.join(kit, people["minh"], lesson.code, 3)
    expect(thu.locator("#ban-3:not(.free)")).to_have_count(1)
    expect(thu.get_by_role("dialog", name="Bài của lớp")).to_be_visible()
    expect(chosen).to_have_value("soan-cong-van-don-doc")
    thu.get_by_role("button", name="Chọn bài này").click()
    expect(thu.get_by_role("heading", level=1)).to_have_text(classroom.exercise("soan-cong-van-don-doc").title)
