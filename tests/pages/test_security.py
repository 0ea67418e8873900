"""The door and the walls: headers, scripts, forged forms, strangers, wrong roles."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import (
    accounts,
    ask,
    classes,
    compare,
    drafts,
    exercises,
    experiments,
    feedback,
    handin,
    library,
    practice,
    seats,
    summarise,
)
from service.app import WEB, create_app
from service.kit import Kit
from service.records import User
from tests.conftest import password_of

ClientOf = Callable[[str], FlaskClient]

PUBLIC = {"static", "accounts.login", "home.guide", "home.healthz", "engine.metrics", "certificates.check"}
"""All that a stranger may get (the metrics from this machine only); whoever adds a page adds it here on purpose."""

MANAGE = {
    "exercises": {"thu", "quan"},
    "classes": {"thu", "quan"},
    "compare": {"thu", "dung", "quan"},
    "accounts": {"quan"},
    "engine": {"thu", "quan"},
}
"""Who may open the pages under /manage and /votes, by blueprint."""

OPEN_TO_ALL = {
    "engine.metrics",  # from this machine
    "accounts.login",
    "accounts.logout",
    "accounts.account",
    "accounts.change_password",
    "accounts.sign_out_everywhere",
}


class Tags(HTMLParser):
    """What a Content-Security-Policy of 'self' would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not (given.get("src") or "").startswith("/static/")):
            self.wrong.append(f"<{tag}> inline or from elsewhere")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.wrong.append(f"<{tag} {name}>")
            if name in ("src", "href", "action", "hx-get", "hx-post") and re.match(
                r"\s*(javascript|data|https?|//)", value or ""
            ):
                self.wrong.append(f"<{tag} {name}={value}>")
            if name in ("hx-vals", "hx-headers") and (value or "").startswith("js"):
                self.wrong.append(f"<{tag} {name}={value}>")


@pytest.fixture
def world(seeded: Kit, people: dict[str, User]) -> dict[str, str]:
    """One of everything that Lan owns, as values for the addresses."""
    lan = people["lan"]
    exercise = next(one for one in exercises.visible(seeded, lan) if one.prompts)
    for length in (100, 150):
        attempt = practice.begin(
            seeded, lan, exercise, f"Bạn là chuyên viên. Tóm tắt văn bản kèm theo, không quá {length} tiếng."
        )
        list(practice.answer(seeded, attempt.id))
    document = library.accept(seeded, lan, "a.txt", "Nội dung thứ nhất.".encode())
    draft = drafts.from_attempt(seeded, lan, attempt.id)
    feedback.grade(seeded, attempt.id - 1)
    given = handin.of_attempt(seeded, lan, attempt.id - 1)
    asked = ask.begin(seeded, lan, "Xã phải tiêm phòng đạt bao nhiêu phần trăm tổng đàn?")
    list(ask.answer(seeded, lan, asked.id))
    lesson = classes.begin(seeded, people["thu"], "Lớp xã Triệu Phong", 6, exercise.id)
    seats.join(seeded, lan, lesson.code, 1)
    classes.pin(seeded, people["thu"], lesson.id, attempt.id, "Đủ hạn.")
    made = compare.from_attempts(seeded, people["thu"], "So hai lần", [attempt.id - 1, attempt.id])
    return {
        "filename": "app.css",
        "name": "minh",
        "rest": "khong-co",
        "person_id": str(lan.id),
        "exercise_id": exercise.id,
        "label": "weak",
        "attempt_id": str(attempt.id),
        "document_id": str(document.id),
        "page": "1",
        "number": "1",
        "key_id": "1",
        "draft_id": str(draft.id),
        "hand_in_id": str(given.id),
        "question_id": str(asked.id),
        "summary_id": str(summarise.begin(seeded, lan, [library.samples(seeded)[0].id]).id),
        "experiment_id": str(experiments.begin_parts(seeded, lan, attempt.id).id),
        "token": "khong-co",
        "certificate_id": "1",
        "comparison_id": str(made.id),
        "class_id": str(lesson.id),
    }


def addresses(app: Flask, world: dict[str, str], method: str) -> list[tuple[str, str]]:
    """(endpoint, address) of every rule that answers to the method."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: world[match[1]], rule.rule)
            found.append((rule.endpoint, path))
    return found


def test_a_stranger_gets_the_public_pages_only(app: Flask, world: dict[str, str]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, path in addresses(app, world, "GET"):
        answer = app.test_client().get(path, buffered=True)
        if endpoint in PUBLIC:
            assert answer.status_code == 200, path
        else:
            assert answer.status_code in (302, 401), path
            assert answer.status_code == 401 or answer.location.startswith("/login"), path
    for endpoint, path in addresses(app, world, "POST"):
        if endpoint not in (*PUBLIC, "accounts.logout"):
            assert app.test_client().post(path).status_code in (302, 401), path


def test_a_wrong_role_is_refused_everywhere(app: Flask, client_of: ClientOf, world: dict[str, str]) -> None:
    for name in ("lan", "dung", "thu"):
        client = client_of(name)
        for method in ("GET", "POST"):
            for endpoint, path in addresses(app, world, method):
                allowed = MANAGE.get(endpoint.split(".")[0])
                if allowed and endpoint not in OPEN_TO_ALL and name not in allowed:
                    assert client.open(path, method=method, buffered=True).status_code == 403, f"{name} {method} {path}"


def test_somebody_elses_work_is_not_there(app: Flask, client_of: ClientOf, world: dict[str, str]) -> None:
    minh = client_of("minh")
    for method in ("GET", "POST"):
        for endpoint, path in addresses(app, world, method):
            if re.match(r"/(attempts|drafts|documents|ask|summaries|progress|hand-ins)/\d", path):
                sent = (
                    {"version": 1, "draft": {"kind": "cong_van"}, "key": "x", "on": True} if method == "POST" else None
                )
                assert minh.open(path, method=method, json=sent).status_code == 404, f"{endpoint} {method}"


def test_no_page_needs_more_than_self(app: Flask, client_of: ClientOf, world: dict[str, str]) -> None:
    looked_at = 0
    for name in ("lan", "quan"):
        client = client_of(name)
        for _, path in addresses(app, world, "GET"):
            answer = client.get(path, buffered=True)
            if answer.mimetype != "text/html":
                continue
            tags = Tags()
            tags.feed(answer.text)
            assert tags.wrong == [], path
            looked_at += 1
    assert looked_at > 30


def test_every_answer_carries_the_headers(app: Flask, client_of: ClientOf, world: dict[str, str]) -> None:
    client = client_of("lan")
    for path in ("/", "/khong-co", "/healthz", "/static/app.css", "/login"):
        headers = client.get(path, buffered=True).headers
        policy = headers["Content-Security-Policy"]
        for rule in (
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ):
            assert rule in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert client.get("/static/app.css", buffered=True).headers["Cache-Control"] == "no-cache"
    assert "immutable" in client.get("/static/app.css?v=1", buffered=True).headers["Cache-Control"]


def test_pages_ask_for_static_files_by_their_content(app: Flask) -> None:
    page = app.test_client().get("/login").text
    version = re.search(r"/static/app\.css\?v=([0-9a-f]{10})", page)
    assert version is not None
    assert hashlib.sha256((WEB / "static" / "app.css").read_bytes()).hexdigest().startswith(version[1])


def test_forms_need_the_token_of_their_page(app: Flask, people: dict[str, User]) -> None:
    client = app.test_client()
    form = {"name": "lan", "password": password_of("lan")}
    refused = client.post("/login", data=form)
    assert refused.status_code == 400
    assert "tải lại trang rồi gửi lại" in refused.text
    token = re.findall(r'name="csrf-token" content="([^"]+)"', client.get("/login").text)[0]
    assert client.post("/login", data=form | {"csrf_token": token}).status_code == 302
    fresh = re.findall(r'name="csrf-token" content="([^"]+)"', client.get("/account").text)[0]
    assert client.post("/account/sign-out-everywhere", headers={"X-CSRFToken": "x"}).status_code == 400
    assert client.post("/account/sign-out-everywhere", headers={"X-CSRFToken": fresh}).status_code == 303


@pytest.mark.parametrize("lost", ["cookie", "session"])
def test_who_is_signed_out_meanwhile_is_led_to_the_door_and_back(
    app: Flask, kit: Kit, people: dict[str, User], lost: str
) -> None:
    client = app.test_client()
    token = re.findall(r'name="csrf-token" content="([^"]+)"', client.get("/login").text)[0]
    client.post("/login", data={"name": "lan", "password": password_of("lan"), "csrf_token": token})
    token = re.findall(r'name="csrf-token" content="([^"]+)"', client.get("/ask").text)[0]
    if lost == "cookie":
        client.delete_cookie("hocvu")
    else:
        accounts.revoke_sessions(kit, people["lan"].id)
    form = {"question": "Hạn nào?", "csrf_token": token}
    answer = client.post("/ask", data=form, headers={"Referer": "http://localhost/ask?document=1"})
    assert answer.status_code == 302
    assert answer.location == "/login?next=/ask?document%3D1&ended=1"
    door = client.get(answer.location).text
    assert "Phiên đã hết." in door and 'name="next" value="/ask?document=1"' in door
    elsewhere = client.post("/ask", data=form, headers={"Referer": "http://khac.vn/ask"})
    assert elsewhere.location == "/login?ended=1", "a page of another site is no way back"
    told = client.post("/ask", data=form, headers={"Accept": "application/json"})
    assert (told.status_code, told.get_json()["code"]) == (401, "HV-DANG-NHAP")
    assert "Phiên đã hết" not in client.get("/login").text


def test_every_form_that_posts_carries_the_token(app: Flask, client_of: ClientOf, world: dict[str, str]) -> None:
    client = client_of("quan")
    client.post("/documents", data={"file": (io.BytesIO("Một dòng.".encode()), "b.txt")})
    for _, path in addresses(app, world, "GET"):
        answer = client.get(path, buffered=True)
        if answer.mimetype == "text/html":
            for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", answer.text, re.S | re.I):
                assert 'name="csrf_token"' in form, path


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_out_of_reach_of_scripts(kit: Kit, people: dict[str, User], secure: bool) -> None:
    app = create_app(replace(kit, settings=replace(kit.settings, secure_cookies=secure)))
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/login", data={"name": "lan", "password": password_of("lan")})
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("hocvu=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure
    assert "Max-Age" not in cookie, "a shared machine forgets when the browser is closed"


UNSIGNED = {"idiomorph-ext.min.js"}
"""Vendored files that do not name their version: only the checksum tells it."""


def test_vendored_files_are_what_they_claim() -> None:
    folder = WEB / "static" / "vendor"
    rows = re.findall(
        r"^\| (\S+) \| \S+ \| ([\d.]+) \| [^|]+ \| ([0-9a-f]{64}) \|$",
        (folder / "VERSIONS.md").read_text(encoding="utf-8"),
        re.M,
    )
    assert {name for name, _, _ in rows} == {path.name for path in folder.iterdir()} - {"VERSIONS.md"}
    for name, version, digest in rows:
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        assert version in content.decode() or name in UNSIGNED


def test_an_unknown_language_changes_nothing(app: Flask) -> None:
    answer = app.test_client().get("/login?lang=xx")
    assert '<html lang="vi">' in answer.text
    assert not [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("lang=")]


def test_what_htmx_settles_leaves_styles_alone(kit: Kit, client_of: ClientOf) -> None:
    """A style that a script has set on a field is copied as an attribute otherwise, which the policy refuses."""
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", client_of("lan").get("/").get_data(as_text=True))
    assert found is not None
    assert json.loads(found[1])["attributesToSettle"] == ["class", "width", "height"]
