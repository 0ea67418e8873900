"""The administrator's list of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from service import accounts
from service.audit import note
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Role, User
from service.store.tables import audit

ClientOf = Callable[[str], FlaskClient]


def person(kit: Kit, name: str) -> User:
    return next(user for user in accounts.list_users(kit) if user.name == name)


def decomposed(text: str) -> str:
    """The text as some keyboards type it: letters and marks apart."""
    return unicodedata.normalize("NFD", text)


def shown_password(text: str) -> str:
    found = re.search(r'class="ref password">([^<]+)<', text)
    assert found
    return found[1]


def test_adding_somebody_shows_the_password_once(client_of: ClientOf, kit: Kit) -> None:
    admin = client_of("quan")
    form = {"name": "hoa.le", "display_name": "  Lê   Thị Hoa ", "role": "evaluator"}
    answer = admin.post("/manage/users", data=form)
    password = shown_password(answer.text)
    assert accounts.sign_in(kit, "hoa.le", password)
    assert person(kit, "hoa.le").display_name == "Lê Thị Hoa"
    assert person(kit, "hoa.le").role is Role.EVALUATOR
    assert password not in admin.get("/manage/users").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "Lan"}, "đã có người dùng"),
        ({"name": "hoa lê"}, "chữ thường không dấu"),
        ({"name": "x"}, "chữ thường không dấu"),
        ({"display_name": "  "}, "Họ và tên"),
        ({"role": "king"}, "Chưa chọn vai trò"),
    ],
)
def test_a_wrong_form_adds_nobody_and_keeps_what_was_typed(
    client_of: ClientOf, kit: Kit, changed: dict[str, str], sentence: str
) -> None:
    admin = client_of("quan")
    before = accounts.list_users(kit)
    form = {"name": "hoa", "display_name": "Lê Thị Hoa", "role": "learner"} | changed
    answer = admin.post("/manage/users", data=form)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert form["name"] in answer.text
    assert "ref password" not in answer.text
    assert accounts.list_users(kit) == before


def test_resetting_a_password(client_of: ClientOf, kit: Kit) -> None:
    lan, admin = client_of("lan"), client_of("quan")
    password = shown_password(admin.post("/manage/users/lan/password").text)
    assert lan.get("/account").status_code == 302
    assert accounts.sign_in(kit, "lan", password)


def test_a_click_that_shuts_somebody_out_asks_first(client_of: ClientOf, kit: Kit) -> None:
    """The buttons in the list only open a dialog, which names the person; opening an account again harms nobody."""
    admin = client_of("quan")
    lan = person(kit, "lan")
    page = admin.get("/manage/users").text
    for deed, dialog, asked in (
        ("password", f"mat-khau-{lan.id}", "Đặt lại mật khẩu của Lan (lan)?"),
        ("active", f"khoa-{lan.id}", "Khóa tài khoản của Lan (lan)?"),
    ):
        assert f'data-opens="{dialog}"' in page
        (found,) = re.findall(rf'<dialog class="dialog" id="{dialog}".*?</dialog>', page, re.DOTALL)
        assert asked in found and f'action="/manage/users/lan/{deed}"' in found
        assert page.count(f'action="/manage/users/lan/{deed}"') == 1
    assert "các phiên đang mở kết thúc" in page
    admin.post("/manage/users/lan/active", data={"active": "0"})
    page = admin.get("/manage/users").text
    assert f"khoa-{lan.id}" not in page and 'action="/manage/users/lan/active"' in page


def test_a_new_password_for_a_locked_account_says_so(client_of: ClientOf) -> None:
    admin = client_of("quan")
    locked = "Tài khoản này đang khóa"
    assert locked not in admin.post("/manage/users/lan/password").text
    admin.post("/manage/users/lan/active", data={"active": "0"})
    assert locked in admin.post("/manage/users/lan/password").text


def test_a_name_typed_wrongly_is_put_right(client_of: ClientOf, kit: Kit) -> None:
    lan, admin = client_of("lan"), client_of("quan")
    page = admin.get("/manage/users").text
    assert f'data-opens="ho-ten-{person(kit, "lan").id}"' in page and 'action="/manage/users/lan/name"' in page
    answer = admin.post("/manage/users/lan/name", data={"display_name": f"  Nguyễn  {decomposed('Thị')} Lan "})
    assert answer.status_code == 303
    assert person(kit, "lan").display_name == "Nguyễn Thị Lan"
    assert "Đã sửa họ và tên của lan thành Nguyễn Thị Lan." in admin.get("/manage/users").text
    assert "Nguyễn Thị Lan" in lan.get("/account").text, "and nobody was signed out"
    with kit.db.read() as connection:
        noted = connection.execute(select(audit.c.deed, audit.c.subject).order_by(audit.c.id.desc())).first()
    assert noted == ("rename user", "lan")


def test_a_name_that_will_not_do_changes_nothing(client_of: ClientOf, kit: Kit) -> None:
    for typed in ("  ", "Lan" * 50, "Lan\u202eNguyễn"):
        answer = client_of("quan").post("/manage/users/lan/name", data={"display_name": typed})
        assert answer.status_code == 400 and "Họ và tên cần có" in answer.text and typed.strip() in answer.text
    assert person(kit, "lan").display_name == "Lan"


def test_a_new_role_counts_from_the_next_click(client_of: ClientOf, kit: Kit) -> None:
    lan, admin = client_of("lan"), client_of("quan")
    assert lan.get("/manage/users").status_code == 403
    assert admin.post("/manage/users/lan/role", data={"role": "admin"}).status_code == 303
    assert lan.get("/manage/users").status_code == 200


def test_closing_and_opening_an_account(client_of: ClientOf, kit: Kit) -> None:
    admin = client_of("quan")
    admin.post("/manage/users/lan/active", data={"active": "0"})
    assert not person(kit, "lan").active
    assert "Đã khóa" in admin.get("/manage/users").text
    admin.post("/manage/users/lan/active", data={"active": "1"})
    assert person(kit, "lan").active


def test_the_last_administrator_stays(client_of: ClientOf, kit: Kit) -> None:
    admin = client_of("quan")
    assert admin.post("/manage/users/quan/active", data={"active": "0"}).status_code == 400
    answer = admin.post("/manage/users/quan/role", data={"role": "learner"})
    assert "quản trị viên duy nhất" in answer.text
    accounts.set_role(kit, "lan", Role.ADMIN)
    assert accounts.set_role(kit, "quan", Role.LEARNER).role is Role.LEARNER


def test_unknown_people_are_not_found(client_of: ClientOf) -> None:
    admin = client_of("quan")
    deeds = (
        ("password", {}),
        ("role", {"role": "learner"}),
        ("active", {"active": "0"}),
        ("name", {"display_name": "Hoa"}),
    )
    for deed, form in deeds:
        assert admin.post(f"/manage/users/khong-co/{deed}", data=form).status_code == 404


@pytest.mark.parametrize("name", ["lan", "thu", "dung"])
def test_only_administrators_manage_people(client_of: ClientOf, kit: Kit, name: str) -> None:
    client = client_of(name)
    before = accounts.list_users(kit)
    assert client.get("/manage/users").status_code == 403
    assert client.post("/manage/users", data={"name": "x1", "display_name": "X", "role": "admin"}).status_code == 403
    asked = {"role": "admin", "active": "0", "display_name": "X"}
    for deed in ("password", "role", "active", "name"):
        assert client.post(f"/manage/users/{name}/{deed}", data=asked).status_code == 403
    assert accounts.list_users(kit) == before


def test_generated_passwords_can_be_read_out() -> None:
    made = {accounts.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-z]{2,6}-){4}[2-9]{4}", password) for password in made)
    assert len(set(accounts.WORDS)) == len(accounts.WORDS) == 64


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_names_are_only_what_can_be_typed_anywhere(name: str) -> None:
    assert not accounts.NAME.fullmatch(name) or (name.isascii() and name == name.lower() and 2 <= len(name) <= 32)


def test_notes_never_hold_more_than_a_line(kit: Kit, people: dict[str, User]) -> None:
    note(kit, people["thu"], "read attempt", "x" * 500)
    note(kit, None, "start", "")
    with pytest.raises(NotFound):
        accounts.set_active(kit, "khong-co", True)
    with pytest.raises(BadInput):
        accounts.create_user(kit, "dai", "X" * 121, Role.LEARNER, "mat-khau-dai")
