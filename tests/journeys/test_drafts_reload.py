"""A draft whose page is loaded anew in the middle of a saving, and the question before it is handed in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from service import accounts, drafts, feedback, practice
from service.records import Draft, StoredDraft, User
from tests.journeys.conftest import PHONE, Classroom

pytestmark = pytest.mark.journey

EXERCISE = "soan-cong-van-don-doc"
DRAFT = Draft(
    "cong_van",
    superior="ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG",
    issuer="VĂN PHÒNG",
    sign="/VP",
    place="Triệu Phong",
    subject="đôn đốc nộp báo cáo",
    addressees=("Phòng Kinh tế", "Trạm Y tế xã"),
    body=("Đề nghị gửi báo cáo đúng hạn; liên hệ [cần bổ sung]./.",),
    authority=("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    signer="Lê Thị Mẫu",
    recipients=("Như trên", "Lưu: VT"),
)


def person(classroom: Classroom) -> User:
    return next(one for one in accounts.list_users(classroom.kit) if one.name == "lan")


@pytest.fixture
def stored(classroom: Classroom) -> StoredDraft:
    """A draft of Lan's, of an answer that the rules have looked at."""
    kit, lan = classroom.kit, person(classroom)
    attempt = practice.begin(kit, lan, classroom.exercise(EXERCISE), "Viết công văn nhắc các đơn vị nộp báo cáo.")
    list(practice.answer(kit, attempt.id))
    feedback.grade(kit, attempt.id)
    made = drafts.from_attempt(kit, lan, attempt.id)
    return drafts.save(kit, lan, made.id, made.version, DRAFT)


def kept(classroom: Classroom, draft_id: int) -> Draft:
    return drafts.get(classroom.kit, person(classroom), draft_id).draft


def field(page: Page, name: str) -> Any:
    return page.locator(f"[data-field={name}]")


def open_anew_while_saving(page: Page, address: str) -> None:
    """Load the page again so that it holds the version from before the saving, which reaches the server after all."""
    held: list[dict[str, Any]] = []

    def save(route: Route) -> None:
        sent = route.request
        if not held:  # on its way when the page goes, so that the page never hears of it
            held.append({"data": sent.post_data, "headers": sent.headers})
            return
        if len(held) == 1:
            held.append({})
            assert page.request.post(sent.url, **held[0]).ok
        route.continue_()

    def route(route: Route) -> None:
        save(route) if route.request.method == "POST" else route.continue_()

    page.route(re.compile(r"/drafts/\d+$"), route)
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith(address)):
        page.locator("#giay").press("Control+s")
    page.reload()


def test_a_reload_in_the_middle_of_a_saving_is_no_other_window(
    desk: Page, classroom: Classroom, stored: StoredDraft
) -> None:
    address = f"/drafts/{stored.id}"
    desk.goto(classroom.url + address)
    field(desk, "sign").fill("5/VP")
    field(desk, "recipients").fill("- Như trên;\n- Đảng ủy xã;\n- Lưu: VT.")
    open_anew_while_saving(desk, address)
    expect(desk.locator(".toast")).to_have_text("Đã mở lại bản nháp, không mất chữ nào.")
    assert field(desk, "recipients").inner_text() == "- Như trên;\n- Đảng ủy xã;\n- Lưu: VT."
    assert field(desk, "addressees").inner_text() == "- Phòng Kinh tế;\n- Trạm Y tế xã."
    field(desk, "signer").fill("Phạm Văn Mẫu")  # typed before the earlier text is known to be there
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Bản nháp đã lưu.")).to_be_visible()
    expect(desk.locator("#trung")).to_be_hidden()
    desk.unroute_all()
    recipients = ("Như trên", "Đảng ủy xã", "Lưu: VT")
    assert kept(classroom, stored.id) == replace(DRAFT, sign="5/VP", recipients=recipients, signer="Phạm Văn Mẫu")
    assert desk.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])").count("Phạm Văn Mẫu") == 0


def test_what_is_done_before_the_script_has_come_counts(desk: Page, classroom: Classroom, stored: StoredDraft) -> None:
    """A tick is saved; a part of the paper takes nothing that would be lost, and takes what is typed from then on."""
    held: list[Route] = []
    desk.route("**/paper.js*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    desk.goto(f"{classroom.url}/drafts/{stored.id}", wait_until="commit")
    desk.locator("[data-tick]:not(:checked)").check()
    field(desk, "signer").click()
    desk.keyboard.type("Chữ gõ sớm")
    expect(field(desk, "signer")).to_have_text(DRAFT.signer)
    held[0].continue_()
    desk.unroute("**/paper.js*")
    expect(desk.locator("#chi-tiet")).to_have_attribute("data-open", "0")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Phạm Văn Mẫu")
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Bản nháp đã lưu.")).to_be_visible()
    assert kept(classroom, stored.id).signer == "Phạm Văn Mẫu"
    desk.reload()
    expect(desk.locator("[data-tick]")).to_be_checked()


def test_a_long_subject_begins_beside_its_sign(desk: Page, classroom: Classroom, stored: StoredDraft) -> None:
    long = replace(DRAFT, subject="đôn đốc báo cáo kết quả công tác năm 2026 của các cơ quan, đơn vị")
    drafts.save(classroom.kit, person(classroom), stored.id, stored.version, long)
    desk.goto(f"{classroom.url}/drafts/{stored.id}")
    tops = """(field) => {
      const sign = new Range();
      sign.selectNode(field.previousSibling);
      return [sign, field].map((one) => one.getClientRects()[0].top);
    }"""
    sign, subject = field(desk, "subject").evaluate(tops)
    assert sign == pytest.approx(subject, abs=2)


def test_another_window_is_told_where_it_is_seen(classroom: Classroom, desk: Page, stored: StoredDraft) -> None:
    page = desk.context.new_page()  # whose console may complain of the refusal
    page.goto(f"{classroom.url}/drafts/{stored.id}")
    long = replace(DRAFT, body=DRAFT.body * 60)
    drafts.save(classroom.kit, person(classroom), stored.id, stored.version, long)
    page.reload()
    drafts.save(classroom.kit, person(classroom), stored.id, stored.version + 1, replace(long, place="Đông Hà"))
    field(page, "signer").fill("Phạm Văn Mẫu")
    field(page, "signer").scroll_into_view_if_needed()
    expect(page.locator("#trung")).to_be_in_viewport()
    assert kept(classroom, stored.id).signer == DRAFT.signer
    page.close()


def test_handing_in_is_asked_and_told_of_afterwards(
    desk: Page, classroom: Classroom, stored: StoredDraft, shots: Path
) -> None:
    desk.goto(f"{classroom.url}/drafts/{stored.id}")
    question = desk.get_by_role("dialog", name="Nộp bài này?")
    desk.get_by_role("button", name="Nộp bài").click()
    expect(desk.get_by_role("dialog", name="Còn 1 chi tiết chưa kiểm chứng")).to_be_visible()
    desk.get_by_role("button", name="Quay lại kiểm chứng").click()
    desk.screenshot(path=shots / "paper-blanks.png")
    desk.locator("[data-tick]:not(:checked)").check()
    expect(desk.locator("#chi-tiet")).to_have_attribute("data-open", "0")
    desk.get_by_role("button", name="Nộp bài").click()
    expect(question).to_contain_text("Còn 1 chỗ chưa điền. Bài nộp giữ nguyên như bản này, không rút lại được.")
    desk.screenshot(path=shots / "paper-hand-in.png")
    desk.get_by_role("button", name="Xem lại").click()
    expect(question).to_be_hidden()
    desk.get_by_role("button", name="Nộp bài").click()
    question.get_by_role("button", name="Nộp bài").click()
    desk.wait_for_url(re.compile(r"/hand-ins/\d+"))
    handed = desk.url
    desk.goto(f"{classroom.url}/drafts/{stored.id}")
    expect(desk.get_by_role("button", name="Nộp bài")).to_have_count(0)
    desk.screenshot(path=shots / "paper-handed-in.png")
    desk.set_viewport_size(PHONE)
    desk.screenshot(path=shots / "paper-handed-in-narrow.png")
    desk.get_by_role("link", name="Xem bài đã nộp và phiếu chấm").click()
    assert desk.url == handed
