"""Many people at once on the administrator's page: what is wrong is told before anything is kept, then one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from service import accounts
from service.kit import Kit
from service.records import Role
from service.store.tables import audit, users

ClientOf = Callable[[str], FlaskClient]
CLASS = "Nguyễn Thị Hoà\nan.tran\tTrần Văn An\nLê Văn Bình"


def test_a_class_is_added_and_its_passwords_shown_once(client_of: ClientOf, kit: Kit) -> None:
    admin = client_of("quan")
    answer = admin.post("/manage/users/list", data={"list": CLASS, "role": "evaluator"})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    slips = answer.text.split('<ul class="slips">')[1]
    shown = re.findall(r"<b>([^<]+)</b>.*?<code>([^<]+)</code>.*?<code>([^<]+)</code>", slips, re.DOTALL)
    assert [(name, login) for name, login, _ in shown] == [
        ("Nguyễn Thị Hoà", "nguyenthihoa"),
        ("Trần Văn An", "an.tran"),
        ("Lê Văn Bình", "levanbinh"),
    ]
    for _, login, password in shown:
        assert accounts.sign_in(kit, login, password)
        assert password not in admin.get("/manage/users").text
    made = {one.name: one.role for one in accounts.list_users(kit)}
    assert {made[login] for _, login, _ in shown} == {Role.EVALUATOR}
    with kit.db.read() as connection:
        noted = connection.execute(select(audit.c.subject).where(audit.c.deed == "add user")).scalars().all()
        hashes = connection.execute(select(users.c.password_hash)).scalars().all()
    assert noted == ["nguyenthihoa", "an.tran", "levanbinh"]
    assert all(one.startswith("$argon2id$") for one in hashes)
    again = admin.post("/manage/users/list", data={"list": CLASS, "role": "evaluator"})
    assert again.status_code == 400, "a reload makes nobody twice"


@pytest.mark.parametrize(
    ("text", "role", "told"),
    [
        (CLASS + "\nlan; Lan Anh", "learner", "tên đăng nhập lan đã có người dùng"),
        (CLASS + "\nlê văn bình", "learner", "đã có ở dòng 3"),
        ("", "learner", "danh sách chưa có ai"),
        (CLASS, "king", "chưa chọn vai trò"),
    ],
)
def test_a_list_with_a_fault_adds_nobody_and_stays(
    client_of: ClientOf, kit: Kit, text: str, role: str, told: str
) -> None:
    before = accounts.list_users(kit)
    answer = client_of("quan").post("/manage/users/list", data={"list": text, "role": role})
    assert answer.status_code == 400 and told in answer.text.lower()
    assert text in unescape(answer.text).replace("\r\n", "\n")
    assert accounts.list_users(kit) == before


def test_every_fault_is_told_with_its_line(client_of: ClientOf) -> None:
    page = client_of("quan").post("/manage/users/list", data={"list": "lan; A\nHoa\nhoa", "role": "learner"}).text
    assert "Còn 2 chỗ cần sửa; chưa thêm ai." in page and "Dòng 1:" in page and "Dòng 3:" in page


@pytest.mark.parametrize("name", ["lan", "thu", "dung"])
def test_only_administrators_add_a_list(client_of: ClientOf, kit: Kit, name: str) -> None:
    before = accounts.list_users(kit)
    answer = client_of(name).post("/manage/users/list", data={"list": CLASS, "role": "learner"})
    assert answer.status_code == 403 and accounts.list_users(kit) == before
