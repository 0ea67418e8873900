"""Nobody shut out: axe over every page type in one visit, and the whole of module 1 by keyboard alone.

python3 run.py test --long journeys

A page that is added is looked at without a line here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from service import experiments, feedback, practice, worker
from service.kit import Kit
from service.records import Exercise, User
from tests.conftest import password_of
from tests.journeys.axe import barriers
from tests.journeys.conftest import Classroom, serve
from tests.pages.test_security import addresses, world  # noqa: F401  # one of everything that Lan owns
from tests.service.test_certificates import finish_first_module

pytestmark = [pytest.mark.long, pytest.mark.journey]

BY_HAND = (
    "xep-the-duoc-khong-duoc",
    "che-du-lieu-truoc-khi-dung",
    "bat-loi-ban-nhap-cua-may",
    "so-tai-mu-hai-ban-tra-loi",
    "trich-nhiem-vu-tu-ket-luan",
    "so-sanh-hai-ban-du-thao",
)
"""One exercise of each kind that is done by hand."""


def tried(kit: Kit, lan: User, attempt_id: int) -> set[str]:
    """The pages of experiments that are done, stopped and under way, of a prompt that was run twice."""
    again = practice.run_again(kit, lan, attempt_id)
    list(practice.answer(kit, again.id))
    feedback.grade(kit, again.id)
    while worker.run_once(kit, only=worker.LONG):
        pass
    settings = experiments.begin_settings(kit, lan, attempt_id, [("", 0.0), ("", 0.7), ("", 1.0)], repeated=2)
    while worker.run_once(kit, only=worker.LONG):
        pass
    stopped = experiments.begin_parts(kit, lan, attempt_id)
    worker.run_once(kit, only=worker.LONG)
    experiments.stop(kit, lan, stopped.id)
    under_way = experiments.begin_parts(kit, lan, attempt_id)
    return {f"/experiments/{one.id}" for one in (settings, stopped, under_way)}


def test_axe_finds_nothing(
    page: Page,
    seeded: Kit,
    app: Flask,
    people: dict[str, User],
    world: dict[str, str],  # noqa: F811  # the fixture imported above
) -> None:
    finish_first_module(seeded, people["lan"])
    tries = tried(seeded, people["lan"], int(world["attempt_id"]))
    looked_at, wrong = 0, {}
    with serve(app) as url:
        page.goto(url)
        wrong["/login"] = barriers(page)
        for name in ("lan", "quan"):
            page.context.clear_cookies()
            page.goto(f"{url}/login")
            page.fill("input[name=name]", name)
            page.fill("input[name=password]", password_of(name))
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"{url}/")
            paths = {path for _, path in addresses(app, world, "GET")}
            mine = {path for path in paths if path.startswith(("/manage", "/votes")) == (name == "quan")}
            if name == "lan":
                mine |= tries
                mine |= {f"/exercises/{one}/by-hand" for one in BY_HAND} | {"/khong-co", "/certificates?code=HV-1"}
                mine |= {
                    f"/attempts/{one.id}/by-hand" for one in practice.unfinished(seeded, people["lan"]) if one.by_hand
                }
            for path in sorted(mine - {"/logout", "/login"}):
                answer = page.request.get(url + path, max_redirects=5, fail_on_status_code=False)
                if "text/html" in answer.headers.get("content-type", "") and "<!doctype" in answer.text()[:200].lower():
                    page.goto(url + path)
                    wrong[f"{name} {path}"] = barriers(page)
                    looked_at += 1
    assert {path: found for path, found in wrong.items() if found} == {}
    assert looked_at > 35


FAR = 260
"""More Tab stops than any page of the module has."""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element of the selector; a trap or a missing stop fails."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    pytest.fail(f"Tab never comes to {selector}")


def follow(page: Page, selector: str, to: str) -> None:
    """Go to a link or button and press Enter; the page it leads to ends with ``to``, a pattern."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"{to}$"))


def open_exercise(page: Page, exercise: Exercise) -> None:
    """From the top of any page to an exercise through the menu and the list."""
    follow(page, 'a[href="/exercises"]', "/exercises")
    follow(page, f'a[href="/exercises/{exercise.id}"]', f"/exercises/{exercise.id}(/by-hand)?")
    expect(page.get_by_role("heading", name=exercise.title, level=1)).to_be_visible()


def check_it(page: Page) -> None:
    """Ctrl and Enter, wherever the focus is in the work."""
    before = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != before and "/attempts/" in url)


def sort_cards(page: Page, exercise: Exercise, levels: dict[str, str]) -> None:
    order = [level.id for level in exercise.levels]
    for card in (one for one in exercise.cards if one.input == exercise.inputs[0].id):
        tab_to(page, f'input[name="card-{card.id}"]')
        page.keyboard.press("Space")
        here = page.evaluate("document.activeElement.value")
        for _ in range(abs(order.index(levels[card.id]) - order.index(here))):
            page.keyboard.press("ArrowRight" if order.index(levels[card.id]) > order.index(here) else "ArrowLeft")


def mark(page: Page, spans: list[tuple[int, int]]) -> None:
    """Walk the words of the text with the arrows and mark those of the spans; the walk begins at the first word."""
    words = page.eval_on_selector_all(".word", "all => all.map(one => [+one.dataset.start, +one.dataset.end])")
    wanted = [any(start < b and a < end for a, b in spans) for start, end in words]
    tab_to(page, ".marking")
    for n, on in enumerate(wanted):
        if on and page.evaluate("document.querySelector('.word.active').getAttribute('aria-selected')") == "false":
            page.keyboard.press("Space")
        if n + 1 < len(wanted) and any(wanted[n + 1 :]):
            page.keyboard.press("ArrowRight")


def test_module_one_without_a_mouse(desk: Page, classroom: Classroom, shots: Path) -> None:
    page, told = desk, desk.locator("#gop-y")
    for name in ("xep-the-duoc-khong-duoc", "chon-cong-cu-cho-viec"):
        exercise = classroom.exercise(name)
        right = {one.id: one.level for one in exercise.cards}
        first = next(one.id for one in exercise.cards if one.level != exercise.levels[0].id)
        open_exercise(page, exercise)
        sort_cards(page, exercise, right | {first: exercise.levels[0].id})  # one card too careless
        check_it(page)
        expect(told.locator(".finding").first).to_be_visible()
        tab_to(page, f'input[name="card-{first}"]')
        for _ in range([level.id for level in exercise.levels].index(right[first])):
            page.keyboard.press("ArrowRight")
        check_it(page)
        expect(told).to_contain_text("đều đúng mức")
    page.screenshot(path=shots / "keyboard-sort.png")

    exercise = classroom.exercise("che-du-lieu-truoc-khi-dung")
    spans = [(one.start, one.end) for one in exercise.identifiers if one.input == exercise.inputs[0].id]
    open_exercise(page, exercise)
    mark(page, spans[:-1])  # one detail left open
    check_it(page)
    expect(told).to_contain_text(f"Che {len(spans) - 1}/{len(spans)} chỗ định danh")
    mark(page, spans)
    check_it(page)
    expect(told).to_contain_text(f"Che {len(spans)}/{len(spans)} chỗ định danh")
    page.screenshot(path=shots / "keyboard-mask.png")

    exercise = classroom.exercise("nhan-ra-lenh-cai-trong-van-ban")
    open_exercise(page, exercise)
    tab_to(page, "#chu")
    check_it(page)  # the starter prompt as it stands
    expect(told.locator(".finding").first).to_be_visible()
    tab_to(page, "#chu")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(next(one.raw for one in exercise.prompts if one.label == "sample"))
    check_it(page)
    expect(page.locator("#gop-y-noi-dung .finding").first).to_be_visible()

    exercise = classroom.exercise("bat-loi-ban-nhap-cua-may")
    key = [one for one in exercise.planted if one.where == "text" and one.input == exercise.inputs[0].id]
    open_exercise(page, exercise)
    mark(page, [(one.start, one.end) for one in key[:1]])
    check_it(page)
    expect(told).to_contain_text(f"Tìm ra 1/{len(key)} lỗi")
    mark(page, [(one.start, one.end) for one in key])
    check_it(page)
    expect(told).to_contain_text(f"Tìm ra {len(key)}/{len(key)} lỗi")

    page.keyboard.press("F1")
    expect(page.get_by_role("dialog", name="Phím tắt của bàn luyện")).to_be_visible()
    page.keyboard.press("Escape")
    follow(page, 'a[href="/exercises"]', "/exercises")
    follow(page, 'a[href="/progress"]', "/progress")
    follow(page, "form[action='/certificates'] button", r"/certificates/\d+")
    expect(page.locator(".certificate .holder")).to_have_text("Lan")
