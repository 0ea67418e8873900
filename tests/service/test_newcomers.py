"""Many people at once: what a pasted list says, what is wrong with it, and that all of it is added or nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from service import accounts, newcomers
from service.errors import BadInput
from service.kit import Kit
from service.records import Role


def listed(kit: Kit, text: str) -> list[tuple[str, str]]:
    people, wrong = newcomers.read(kit, text)
    assert wrong == ()
    return [(one.name, one.display_name) for one in people]


def told(kit: Kit, text: str) -> list[tuple[int, str]]:
    _people, wrong = newcomers.read(kit, text)
    assert wrong
    return [(one.line, str(one.why)) for one in wrong]


def test_a_sign_in_name_is_made_from_the_full_name(kit: Kit) -> None:
    accounts.create_user(kit, "nguyenthihoa", "Nguyễn Thị Hoa", Role.LEARNER, "mat-khau-dai")
    text = "  Nguyễn  Thị Hoà \n\nĐỗ Đức Uỷ\nH'Linh Niê\nNguyễn Thì Hoa\nNguyễn Thị Hoạ\n"
    assert listed(kit, unicodedata.normalize("NFD", text)) == [
        ("nguyenthihoa2", "Nguyễn Thị Hoà"),
        ("doducuy", "Đỗ Đức Uỷ"),
        ("hlinhnie", "H'Linh Niê"),
        ("nguyenthihoa3", "Nguyễn Thì Hoa"),
        ("nguyenthihoa4", "Nguyễn Thị Hoạ"),
    ]


def test_a_name_that_is_given_comes_before_one_that_is_made(kit: Kit) -> None:
    assert listed(kit, "Trần Văn An\ntranvanan; Trần Văn Ân\n; Lê Bá\r\nLe.Chi;Lê Chi") == [
        ("tranvanan2", "Trần Văn An"),
        ("tranvanan", "Trần Văn Ân"),
        ("leba", "Lê Bá"),
        ("le.chi", "Lê Chi"),
    ]


@pytest.mark.parametrize("text", [
    "hoa.le\tLê Thị Hoa\n\tTrần Văn An\t\n",
    "STT\tTên đăng nhập\tHọ và tên\n1\thoa.le\tLê Thị Hoa\n2\t\tTrần Văn An",
    "Họ và tên\nhoa.le, Lê Thị Hoa\nTrần Văn An",
    "\ufeffHọ và tên\n1. hoa.le; Lê Thị Hoa\n2) Trần Văn An",
])  # fmt: skip
def test_a_list_comes_from_a_spreadsheet_or_a_paper(kit: Kit, text: str) -> None:
    assert listed(kit, text) == [("hoa.le", "Lê Thị Hoa"), ("tranvanan", "Trần Văn An")]


def test_everything_that_is_wrong_is_told_with_its_line(kit: Kit) -> None:
    text = "\n".join((
        "lan; Nguyễn Thị Lan", "hoa.le; Lê Thị Hoa", "hoa.le; Lê Thị Hoà", "hoa;", "Nguyễn Thị\tLan", "An " * 60,
        "Trần Văn An", "Trần Văn An", "a; b; c", "阮文安", "Minh", f"{'x' * 33}; Vũ Văn Xa",
    ))  # fmt: skip
    assert told(kit, text) == [
        (1, "Tên đăng nhập lan đã có người dùng. Anh/chị chọn tên khác."),
        (3, "Tên đăng nhập hoa.le đã có ở dòng 2."),
        (4, "Họ và tên cần có từ 1 đến 120 ký tự."),
        (5, accounts.LOGIN_RULE),
        (6, "Họ và tên cần có từ 1 đến 120 ký tự."),
        (8, "Họ và tên này đã có ở dòng 7. Nếu là hai người, anh/chị ghi tên đăng nhập riêng trước họ và tên."),
        (9, "Dòng này có nhiều hơn hai phần. Anh/chị ghi: tên đăng nhập; họ và tên."),
        (10, "Chưa đặt được tên đăng nhập từ họ và tên này. Anh/chị ghi: tên đăng nhập; họ và tên."),
        (11, "Đã có Minh (tên đăng nhập minh). Nếu là người khác, anh/chị ghi tên đăng nhập riêng trước họ và tên."),
        (12, accounts.LOGIN_RULE),
    ]


def test_an_empty_list_and_one_too_long_are_told(kit: Kit) -> None:
    assert told(kit, " \n\t\n;") == [(1, "Danh sách chưa có ai. Anh/chị ghi mỗi người một dòng.")]
    assert told(kit, "\n".join(f"n{n}; Người {n}" for n in range(newcomers.MOST + 1))) == [
        (newcomers.MOST + 1, f"Mỗi lần thêm được nhiều nhất {newcomers.MOST} người. Anh/chị thêm phần còn lại sau.")
    ]


def test_all_are_added_and_can_sign_in(kit: Kit) -> None:
    people, _ = newcomers.read(kit, "Nguyễn Thị Hoà\nan.tran; Trần Văn An")
    made = newcomers.add(kit, people, Role.TRAINER)
    assert [(user.name, user.display_name, user.role) for user, _ in made] == [
        ("nguyenthihoa", "Nguyễn Thị Hoà", Role.TRAINER),
        ("an.tran", "Trần Văn An", Role.TRAINER),
    ]
    assert len({password for _, password in made}) == 2
    for user, password in made:
        assert accounts.sign_in(kit, user.name, password)
    _people, wrong = newcomers.read(kit, "Nguyễn Thị Hòa\nan.tran; Trần Văn An")
    assert [one.line for one in wrong] == [1, 2], "sent twice, nobody is there twice"


def test_nobody_is_added_where_one_cannot_be(kit: Kit) -> None:
    people, _ = newcomers.read(kit, "Nguyễn Thị Hoà\nan.tran; Trần Văn An")
    accounts.create_user(kit, "an.tran", "An", Role.LEARNER, "mat-khau-dai")
    before = accounts.list_users(kit)
    with pytest.raises(BadInput, match=r"an\.tran đã có người dùng"):
        newcomers.add(kit, people, Role.LEARNER)
    assert accounts.list_users(kit) == before


@given(st.sets(st.text("aàáâăbđeéoôưy ", min_size=2, max_size=40), min_size=1, max_size=12))
def test_made_names_can_be_typed_and_differ(names: set[str]) -> None:
    taken = {"aa", "ab"}
    for name in names:
        made = newcomers.login_from(name, taken)
        assert made == "" or accounts.NAME.fullmatch(made) and made not in taken
        taken.add(made)
