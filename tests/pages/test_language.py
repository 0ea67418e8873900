"""English is a full second language: asked for once, remembered, and with no Vietnamese word of the interface left.

What is Vietnamese by nature – documents, exercises, findings, what people write – says so with ``lang="vi"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from service import compare, drafts, exercises, feedback, practice
from service.checks.guide import GROUPS
from service.errors import Secret
from service.kit import Kit
from service.pages.errors import sentence
from service.pages.filters import clock, counted, day, megabytes, moment, number, percent
from service.records import User
from service.settings import HOME

ClientOf = Callable[[str], FlaskClient]

VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
NAMES = ("Học Vụ", "Dũng", "Quân", "NĐ-CP", "Ghi chú cho giảng viên", "bản nháp – chưa kiểm chứng")
"""What keeps its name in English: the program, people, the decree, and what stands so in a file."""

CONTENT = {"Thể thức", "Hướng dẫn", "Chủ trì", "TT", "Phụ lục"} | {
    guide.label for group in GROUPS for guide in group.types.values()
}
"""Words of the interface that name checks, columns of exercises or kinds of document as well: Vietnamese there."""

SPOKEN = {"aria-label", "title", "placeholder", "alt"} | {
    f"data-{name}" for name in ("blank", "busy", "copied", "count", "offline", "returned", "saved", "words")
}
VOID = {"meta", "link", "input", "br", "rect", "path", "circle", "img"}


class Heard(HTMLParser):
    """Everything a page says, each with the language it claims to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._languages: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self._languages[-1][1] if self._languages else "")
        if tag == "title":  # names what is open, in its own language, beside the program
            language = "vi"
        self.said += [(language, value) for name, value in given.items() if name in SPOKEN]
        if tag not in VOID:
            self._languages.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._languages and self._languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._languages[-1][0] not in ("script", "style"):
            self.said.append((self._languages[-1][1], data.strip()))


@pytest.fixture(scope="module")
def keys() -> frozenset[str]:
    """The Vietnamese texts of the interface, those that English writes otherwise."""
    path: Path = HOME / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        plain = (message for message in read_po(file) if isinstance(message.id, str))
        return frozenset(message.id for message in plain if message.id and message.id != message.string)


def check_english(page: str, keys: frozenset[str]) -> None:
    assert '<html lang="en">' in page
    heard = Heard(page).said
    english = [re.sub("“[^”]*”", "", text) for language, text in heard if language != "vi"]
    for name in NAMES:
        english = [text.replace(name, "") for text in english]
    assert [text for text in english if VIETNAMESE.search(text)] == []
    assert {text for _language, text in heard} & keys <= CONTENT


@pytest.fixture
def work(seeded: Kit, people: dict[str, User]) -> dict[str, str]:
    """Work of every kind, so that no page is empty; what names it in an address."""
    lan, dung = people["lan"], people["dung"]
    exercise = next(one for one in exercises.visible(seeded, lan) if one.kind == "draft")
    made = []
    for prompt in ("Hãy soạn công văn, dùng tài liệu kèm theo.", "Bạn là chuyên viên. Hãy soạn công văn 120 tiếng."):
        attempt = practice.begin(seeded, lan, exercise, prompt)
        list(practice.answer(seeded, attempt.id))
        feedback.grade(seeded, attempt.id)
        made.append(attempt.id)
    draft = drafts.from_attempt(seeded, lan, made[0])
    comparison = compare.from_attempts(seeded, dung, "", made)
    return {
        "exercise": exercise.id,
        "attempt": str(made[0]),
        "draft": str(draft.id),
        "comparison": str(comparison.id),
    }


PAGES = {
    "lan": (
        "/", "/exercises", "/exercises/{exercise}", "/attempts/{attempt}", "/exercises/{exercise}/compare",
        "/documents", "/documents/1", "/drafts", "/drafts/{draft}", "/account", "/huong-dan", "/khong-co-trang-nay",
        "/manage/users", "/check",
    ),
    "thu": (
        "/", "/manage/exercises", "/manage/exercises/new", "/manage/exercises/{exercise}", "/manage/attempts",
        "/attempts/{attempt}",
    ),
    "dung": ("/", "/votes", "/votes/new?exercise={exercise}", "/votes/{comparison}", "/votes/{comparison}/results"),
    "quan": ("/", "/manage/users", "/votes"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_in_english(work: dict[str, str], client_of: ClientOf, keys: frozenset[str], name: str) -> None:
    client = client_of(name)
    client.get("/?lang=en")
    for path in PAGES[name]:
        page = client.get(path.format(**work))
        assert page.status_code in (200, 403, 404), path
        check_english(page.text, keys)


def test_a_check_is_named_in_english_and_what_it_asks_stays_vietnamese(app: Flask) -> None:
    names = '{% from "_parts/marks.html" import check_names with context %}{{ check_names(labels) }}'
    with app.test_request_context("/?lang=en"):
        told = render_template_string(names, labels=("Độ dài", "Ý bắt buộc: «đạt 80%»"))
    assert told == 'Length; Required points: <span lang="vi">«đạt 80%»</span>'


def test_what_is_cut_short_has_no_full_stop_after_it(app: Flask) -> None:
    told = '{% from "_parts/marks.html" import still_to_mend with context %}{{ still_to_mend(labels) }}'
    with app.test_request_context("/"):
        ends = [render_template_string(told, labels=("Độ dài", last))[-5:] for last in ("Văn phong", "Các ý…")]
    assert ends == ["</b>.", "…</b>"]


def test_the_door_in_english(app: Flask, keys: frozenset[str]) -> None:
    client = app.test_client()
    door = client.get("/login?lang=en").text
    check_english(door, keys)
    assert "Sign in" in door
    app.config["WTF_CSRF_ENABLED"] = False
    refused = client.post("/login", data={"name": "lan", "password": "sai"}).text
    check_english(refused, keys)
    assert "The user name or the password is not right." in refused


def test_the_choice_is_remembered_and_can_be_taken_back(client_of: ClientOf) -> None:
    client = client_of("lan")
    assert '<html lang="vi">' in client.get("/documents").text
    asked = client.get("/documents?lang=en")
    assert "HttpOnly" in asked.headers["Set-Cookie"]
    assert "SameSite=Lax" in asked.headers["Set-Cookie"]
    assert '<html lang="en">' in client.get("/documents").text
    assert 'href="/documents?lang=vi"' in client.get("/documents").text
    client.get("/documents?lang=vi")
    assert '<html lang="vi">' in client.get("/documents").text
    client.get("/?lang=en")
    assert '<html lang="en">' in client.get("/?lang=xx").text  # an unknown language changes nothing


def test_the_other_language_is_the_same_page(app: Flask, client_of: ClientOf) -> None:
    assert 'href="/login?next=%2Fdrafts&amp;lang=en"' in app.test_client().get("/login?next=/drafts").text
    refused = client_of("lan").post("/account/password", data={"old": "sai", "new": "a", "again": "b"})
    assert 'href="/?lang=en"' in refused.text  # the address of a form that was sent cannot be opened again


def test_two_readers_in_two_languages_do_not_mix(client_of: ClientOf, app: Flask) -> None:
    """What Jinja keeps between requests must not keep the language of the first reader."""
    english = client_of("quan")
    english.get("/?lang=en")
    vietnamese = client_of("quan")
    for _ in range(2):
        assert "Administrator" in english.get("/manage/users").text
        assert "Quản trị viên" in vietnamese.get("/manage/users").text


def test_times_numbers_and_counts_in_english(app: Flask) -> None:
    at = datetime(2026, 6, 4, 18, 5, tzinfo=UTC)
    with app.test_request_context("/?lang=en"):
        assert (clock(at), day(at), moment(at)) == ("1:05", "5 June 2026", "1:05 on 5 June 2026")
        assert (number(1_234_567.5, 1), percent(0.614), percent(0.8)) == ("1,234,567.5", "61.4%", "80%")
        assert (megabytes(34_500_000), megabytes(2_000_000)) == ("34.5 MB", "2 MB")
        assert counted("%(n)s trang", 1) == "1 page"
        assert counted("%(n)s trang", 1200) == "1,200 pages"
    with app.test_request_context("/"):
        assert counted("%(n)s trang", 1200) == "1.200 trang"


def test_the_place_of_a_secrecy_mark_is_told_in_the_readers_language(app: Flask) -> None:
    error = Secret(mark="MẬT", where="trong câu lệnh")
    with app.test_request_context("/?lang=en"):
        assert sentence(error) == (
            "This text was not accepted because it bears the mark MẬT (in the prompt). It has not been stored anywhere."
        )
    with app.test_request_context("/"):
        assert sentence(error) == str(error)
