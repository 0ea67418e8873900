"""Sessions: they end when they should, on every machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from service import accounts
from service.errors import BadInput
from service.kit import Kit
from service.records import User
from service.store.db import now
from service.store.tables import sessions


def signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_signing_out_ends_this_session_only(client_of: Callable[[str], FlaskClient]) -> None:
    here, there = client_of("lan"), client_of("lan")
    assert here.post("/logout").location == "/login"
    assert not signed_in(here)
    assert signed_in(there)


def test_a_copied_cookie_is_worth_nothing_afterwards(client_of: Callable[[str], FlaskClient], app: Flask) -> None:
    client = client_of("lan")
    cookie = client.get_cookie("hocvu")
    assert cookie is not None
    client.post("/logout")
    thief = app.test_client()
    thief.set_cookie("hocvu", cookie.value)
    assert not signed_in(thief)


def test_signing_out_everywhere(client_of: Callable[[str], FlaskClient]) -> None:
    here, there, other = client_of("lan"), client_of("lan"), client_of("minh")
    assert here.post("/account/sign-out-everywhere").status_code == 303
    assert not signed_in(there)
    assert signed_in(other)


def test_a_new_password_ends_all_sessions(client_of: Callable[[str], FlaskClient], kit: Kit) -> None:
    here, there = client_of("lan"), client_of("lan")
    form = {"old": "lan-mat-khau", "new": "cua-so-nhin-ra-song", "again": "cua-so-nhin-ra-song"}
    assert here.post("/account/password", data=form).status_code == 303
    assert not signed_in(here)
    assert not signed_in(there)
    assert accounts.sign_in(kit, "lan", "cua-so-nhin-ra-song")


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai-mat-khau", "cua-so-nhin-ra-song", "cua-so-nhin-ra-song", "Mật khẩu đang dùng chưa đúng"),
        ("lan-mat-khau", "cua-so-nhin-ra-song", "cua-so-nhin-ra-sonh", "chưa giống nhau"),
        ("lan-mat-khau", "ngan", "ngan", "Mật khẩu cần có từ 8 đến 200 ký tự"),
    ],
)
def test_a_password_is_not_changed_by_a_wrong_form(
    client_of: Callable[[str], FlaskClient], kit: Kit, old: str, new: str, again: str, sentence: str
) -> None:
    client = client_of("lan")
    answer = client.post("/account/password", data={"old": old, "new": new, "again": again})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert accounts.sign_in(kit, "lan", "lan-mat-khau")
    assert signed_in(client)


def test_closing_an_account_ends_its_sessions(client_of: Callable[[str], FlaskClient], kit: Kit) -> None:
    client = client_of("lan")
    accounts.set_active(kit, "lan", False)
    assert not signed_in(client)
    accounts.set_active(kit, "lan", True)
    assert not signed_in(client), "an old session must not come back to life"


def test_a_session_expires(kit: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    token = accounts.sign_in(kit, "lan", "lan-mat-khau")
    later = at(monkeypatch, now() + timedelta(hours=kit.settings.session_hours) - timedelta(minutes=1))
    assert accounts.user_of(kit, token) == people["lan"]
    at(monkeypatch, later + timedelta(minutes=2))
    assert accounts.user_of(kit, token) is None


def test_last_use_is_noted_once_a_minute(kit: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    start = at(monkeypatch, now())
    token = accounts.sign_in(kit, "lan", "lan-mat-khau")
    seen = []
    for seconds in (30, 59, 60, 90):
        at(monkeypatch, start + timedelta(seconds=seconds))
        accounts.user_of(kit, token)
        with kit.db.read() as connection:
            seen.append((connection.execute(select(sessions.c.seen_at)).scalar_one() - start).total_seconds())
    assert seen == [0, 0, 60, 60]


def test_unknown_tokens_are_nobody(kit: Kit, people: dict[str, User]) -> None:
    assert accounts.user_of(kit, "") is None
    assert accounts.user_of(kit, "a" * 43) is None
    accounts.sign_out(kit, "a" * 43)


def test_sessions_can_be_revoked_by_the_administrator(kit: Kit, people: dict[str, User]) -> None:
    tokens = [accounts.sign_in(kit, "lan", "lan-mat-khau") for _ in range(2)]
    assert accounts.revoke_sessions(kit, people["lan"].id) == 2
    assert accounts.revoke_sessions(kit, people["lan"].id) == 0
    assert [accounts.user_of(kit, token) for token in tokens] == [None, None]


def test_resetting_by_an_unknown_name_is_told(kit: Kit) -> None:
    with pytest.raises(BadInput):
        accounts.set_password(kit, "lan", "ngan")


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> datetime:
    """Set the clock that accounts reads."""
    monkeypatch.setattr(accounts, "now", lambda: moment)
    return moment
