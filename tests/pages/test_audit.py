"""The audit: every reading of another's work is noted, the administrator reads what was, nobody else does."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from service import accounts, audit, exercises, practice
from service.kit import Kit
from service.records import User

ClientOf = Callable[[str], FlaskClient]
AUDIT = "/manage/users/audit"


def test_who_opened_whose_work_is_read_by_the_administrator(
    seeded: Kit, people: dict[str, User], client_of: ClientOf
) -> None:
    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    client_of("thu").get(f"/attempts/{attempt.id}")
    client_of("lan").get(f"/attempts/{attempt.id}")
    client_of("quan").post("/manage/users/minh/active", data={"active": "0"})
    page = client_of("quan").get(AUDIT).text
    assert f"mở bài làm số {attempt.id} của {people['lan'].display_name}" in page
    assert page.count("mở bài làm số") == 1, "one's own work is nobody's concern"
    assert "khóa tài khoản minh" in page
    assert people["thu"].display_name in page
    assert "Nhật ký" in client_of("quan").get("/manage/users").text
    for name in ("lan", "thu", "dung"):
        assert client_of(name).get(AUDIT).status_code == 403


def test_every_deed_has_its_words_and_the_list_its_pages(
    kit: Kit, people: dict[str, User], client_of: ClientOf
) -> None:
    lan = people["lan"]
    deeds = ["attempt.read", "hand_in.read", "experiment.read", "progress.read", "create key", "revoke key"]
    deeds += ["exercise.save", "class.grades"]
    deeds += ["add user", "reset password", "rename user", "open account", "close account", "role trainer"]
    for deed in deeds:
        audit.note(kit, people["quan"], deed, str(lan.id) if deed == "progress.read" else "7")
    page = client_of("quan").get(AUDIT).text
    assert lan.display_name in page and "Giảng viên" in page
    assert not [deed for deed in deeds if f"{deed} " in page], "said in Vietnamese"
    assert accounts.list_users(kit)
    for n in range(audit.SHOWN):
        audit.note(kit, None, "add user", f"nguoi{n}")
    first, second = (client_of("quan").get(f"{AUDIT}?start={start}").text for start in (0, audit.SHOWN))
    assert "Cũ hơn" in first and "Mới hơn" in second and "thêm người dùng nguoi0<" not in second
