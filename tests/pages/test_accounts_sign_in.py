"""The door: who gets in, how often one may try, and where one lands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import accounts
from service.app import create_app
from service.errors import BadInput
from service.kit import Kit
from service.pages.guards import safe_next
from service.records import Role, User
from service.store.tables import sessions, users


def test_right_password_opens_the_first_page(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("lan").get("/")
    assert page.status_code == 200
    assert "Hôm nay luyện gì?" in page.text


def test_wrong_password_says_so_and_keeps_the_name(app: Flask, people: dict[str, User]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/login", data={"name": "lan", "password": "sai-mat-khau"})
    assert answer.status_code == 400
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.text
    assert 'value="lan"' in answer.text
    assert "sai-mat-khau" not in answer.text


def test_unknown_name_gets_the_same_answer_as_a_wrong_password(kit: Kit, people: dict[str, User]) -> None:
    with pytest.raises(BadInput) as unknown:
        accounts.sign_in(kit, "khong-co-ai", "mat-khau-nao-do")
    with pytest.raises(BadInput) as wrong:
        accounts.sign_in(kit, "lan", "mat-khau-nao-do")
    assert str(unknown.value) == str(wrong.value)


def test_unknown_name_costs_one_hash_like_a_known_one(
    kit: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = accounts._fits
    monkeypatch.setattr(accounts, "_fits", lambda hashed, password: checked.append(hashed) or real(hashed, password))
    for name in ("khong-co-ai", "lan"):
        with pytest.raises(BadInput):
            accounts.sign_in(kit, name, "mat-khau-nao-do")
    assert len(checked) == 2
    unknown, known = (hashed.rsplit("$", 2)[0] for hashed in checked)
    assert unknown == known, "both hashes must have the same cost"


def test_closed_account_stays_out(kit: Kit, people: dict[str, User]) -> None:
    accounts.set_active(kit, "lan", False)
    with pytest.raises(BadInput):
        accounts.sign_in(kit, "lan", "lan-mat-khau")


def test_password_typed_on_another_keyboard_still_fits(kit: Kit) -> None:
    accounts.create_user(kit, "hoa", "Hoa", Role.LEARNER, "m\u1eadt kh\u1ea9u c\u1ee7a Hoa")  # composed
    assert accounts.sign_in(kit, " HOA ", "ma\u0323\u0302t khâ\u0309u cu\u0309a Hoa")  # decomposed


def test_too_many_tries_of_one_name_wait_while_others_go_on(kit: Kit, people: dict[str, User]) -> None:
    app = create_app(replace(kit, settings=replace(kit.settings, login_limit="2 per minute")))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    codes = [client.post("/login", data={"name": "lan", "password": "sai"}).status_code for _ in range(3)]
    assert codes == [400, 400, 429]
    refused = client.post("/login", data={"name": "Lan ", "password": "lan-mat-khau"})
    assert refused.status_code == 429
    assert "Xin chờ một phút" in refused.text
    assert client.post("/login", data={"name": "minh", "password": "minh-mat-khau"}).status_code == 302


def test_only_hashes_are_stored(kit: Kit, people: dict[str, User]) -> None:
    token = accounts.sign_in(kit, "lan", "lan-mat-khau")
    with kit.db.read() as connection:
        hashes = connection.execute(users.select()).all()
        digests = [row.token_hash for row in connection.execute(sessions.select())]
    assert all(row.password_hash.startswith("$argon2id$") for row in hashes)
    assert digests
    assert token not in digests
    assert all(len(digest) == 64 for digest in digests)


def test_stranger_is_sent_to_the_door_and_back(app: Flask, people: dict[str, User]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    away = client.get("/documents?x=1")
    assert (away.status_code, away.location) == (302, "/login?next=/documents?x%3D1")
    back = client.post("/login", data={"name": "lan", "password": "lan-mat-khau", "next": "/documents?x=1"})
    assert back.location == "/documents?x=1"


def test_whoever_is_inside_walks_past_the_door(client_of: Callable[[str], FlaskClient]) -> None:
    assert client_of("lan").get("/login?next=/documents").location == "/documents"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/documents/3?passage=1-2", "/documents/3?passage=1-2"),
        (None, "/"),
        ("", "/"),
        ("documents", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/login", "/"),
        ("/logout", "/"),
    ],
)
def test_next_never_leads_off_the_site(asked: str | None, given: str) -> None:
    assert safe_next(asked) == given
