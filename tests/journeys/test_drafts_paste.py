"""What is pasted from Word onto the paper: tables keep columns, bullets become dashes, an emptied part is empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service import accounts, drafts, feedback, practice
from service.records import StoredDraft, Table, User
from tests.journeys.conftest import Classroom

pytestmark = pytest.mark.journey

HTML = """<html><body><!--StartFragment--><p class=MsoNormal>Phân công <b>như sau</b>:</p>
<table><tr><td><p>STT</p></td><td><p>Việc</p></td></tr><tr><td>1</td><td><script>x</script>Rà soát
hộ nghèo</td></tr></table><p class=MsoListParagraph>·&nbsp;&nbsp; Văn phòng tổng hợp.</p></body></html>"""

PASTE = """(field, copied) => {
  const range = document.createRange();
  range.selectNodeContents(field);
  range.collapse(false);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(copied)) data.setData(type, text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def person(classroom: Classroom) -> User:
    return next(one for one in accounts.list_users(classroom.kit) if one.name == "lan")


@pytest.fixture
def stored(classroom: Classroom) -> StoredDraft:
    kit, lan = classroom.kit, person(classroom)
    exercise = classroom.exercise("bien-ban-tu-ghi-chep-tho")
    attempt = practice.begin(kit, lan, exercise, "Viết biên bản từ bản ghi chép.")
    list(practice.answer(kit, attempt.id))
    feedback.grade(kit, attempt.id)
    return drafts.from_attempt(kit, lan, attempt.id)


def test_what_is_pasted_from_word_keeps_its_columns(
    lan: Page, classroom: Classroom, stored: StoredDraft, shots: Path
) -> None:
    lan.goto(f"{classroom.url}/drafts/{stored.id}")
    body = lan.locator("[data-field=body]")
    body.evaluate(PASTE, {"text/html": HTML, "text/plain": "không dùng"})
    lan.locator("[data-field=body] > p").last.evaluate(PASTE, {"text/plain": "\n·   Mục một\no\tMục hai"})
    lan.locator("#giay").press("Control+s")
    expect(lan.locator("#da-luu")).to_contain_text("Đã lưu")
    lan.wait_for_timeout(1500)
    kept = drafts.get(classroom.kit, person(classroom), stored.id).draft.body
    assert Table((("STT", "Việc"), ("1", "Rà soát hộ nghèo"))) in kept
    words = [one for one in kept if isinstance(one, str)]
    assert "Phân công như sau:" in " ".join(words)
    for line in ("- Văn phòng tổng hợp.", "- Mục một", "- Mục hai"):
        assert line in words, words
    lan.screenshot(path=shots / "draft-pasted.png", full_page=True)
    lan.get_by_role("button", name="Lấy lại").click()
    expect(body.locator("table")).to_have_count(0)


def test_a_part_that_was_emptied_is_empty_and_the_kind_is_chosen(
    lan: Page, classroom: Classroom, stored: StoredDraft, shots: Path
) -> None:
    lan.goto(f"{classroom.url}/drafts/{stored.id}")
    superior = lan.locator("[data-field=superior]")
    superior.click()
    lan.keyboard.type("ỦY BAN")
    lan.keyboard.press("Control+a")
    lan.keyboard.press("Delete")
    assert superior.evaluate("field => field.childNodes.length") == 0
    lan.get_by_label("Loại văn bản").select_option("thong_bao")
    expect(lan.locator(".paper-title")).to_contain_text("THÔNG BÁO")
    kept = drafts.get(classroom.kit, person(classroom), stored.id).draft
    assert (kept.kind, kept.authority) == ("thong_bao", ()), "a chairman signs minutes only"
    lan.screenshot(path=shots / "draft-kind.png", full_page=True)
