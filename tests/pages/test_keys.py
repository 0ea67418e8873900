"""API keys: made by those who may, told once, used until taken back, never somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import accounts, keys
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.records import Role, User

ClientOf = Callable[[str], FlaskClient]


def shown(text: str) -> str:
    found = re.search(r'class="ref password">(hv-[^<]+)<', text)
    assert found
    return found[1]


def test_a_key_is_told_once_and_opens(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    trainer = client_of("thu")
    secret = shown(trainer.post("/account/keys", data={"label": "  promptfoo   phòng họp "}).text)
    found = keys.holder(kit, secret)
    assert found is not None
    assert (found[0].label, found[1]) == ("promptfoo phòng họp", people["thu"])
    listing = trainer.get("/account/keys").text
    assert secret not in listing
    assert "promptfoo phòng họp" in listing


def test_the_database_does_not_hold_the_secret(kit: Kit, people: dict[str, User]) -> None:
    _, secret = keys.create(kit, people["thu"], "thử")
    with kit.db.read() as connection:
        dump = str(connection.exec_driver_sql("SELECT * FROM api_keys").all())
    assert secret not in dump
    assert secret.removeprefix(keys.PREFIX) not in dump


def test_a_key_taken_back_opens_nothing(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    key, secret = keys.create(kit, people["thu"], "thử")
    assert client_of("thu").post(f"/account/keys/{key.id}/revoke").status_code == 303
    assert keys.holder(kit, secret) is None
    assert "Đã thu hồi" in client_of("thu").get("/account/keys").text


def test_learners_make_no_keys(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    assert client_of("lan").get("/account/keys").status_code == 403
    assert client_of("lan").post("/account/keys", data={"label": "x"}).status_code == 403
    assert "Khóa API" not in client_of("lan").get("/account").text
    assert "Khóa API" in client_of("thu").get("/account").text
    with pytest.raises(NotAllowed):
        keys.create(kit, people["lan"], "x")


def test_somebody_elses_key_is_not_found(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    key, secret = keys.create(kit, people["thu"], "của Thu")
    assert client_of("dung").post(f"/account/keys/{key.id}/revoke").status_code == 404
    assert "của Thu" not in client_of("dung").get("/account/keys").text
    assert keys.holder(kit, secret) is not None
    with pytest.raises(NotFound):
        keys.revoke(kit, people["quan"], key.id)


def test_the_door_closes_with_the_account_and_with_the_role(kit: Kit, people: dict[str, User]) -> None:
    _, secret = keys.create(kit, people["thu"], "thử")
    accounts.set_role(kit, "thu", Role.LEARNER)
    assert keys.holder(kit, secret) is None
    accounts.set_role(kit, "thu", Role.TRAINER)
    assert keys.holder(kit, secret) is not None
    accounts.set_active(kit, "thu", False)
    assert keys.holder(kit, secret) is None


@pytest.mark.parametrize("label", ["", "   ", "x" * 81, "a\x00b"])
def test_a_key_needs_a_name(kit: Kit, people: dict[str, User], label: str) -> None:
    with pytest.raises(BadInput):
        keys.create(kit, people["thu"], label)


def test_there_is_an_end_to_keys(kit: Kit, people: dict[str, User]) -> None:
    made = [keys.create(kit, people["thu"], f"khóa {n}")[0] for n in range(keys.MOST)]
    with pytest.raises(BadInput, match="20 khóa"):
        keys.create(kit, people["thu"], "một khóa nữa")
    keys.revoke(kit, people["thu"], made[0].id)
    assert keys.create(kit, people["thu"], "một khóa nữa")


def test_a_stranger_is_sent_to_the_door(client_of: ClientOf, kit: Kit) -> None:
    client = client_of("thu")
    client.post("/logout")
    assert client.get("/account/keys").status_code == 302
    assert keys.holder(kit, "hv-khong-co") is None
