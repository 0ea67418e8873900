"""Certificates: only for what is finished, one of each, with a code that is checked and dies with the account."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from service import certificates, exercises, handwork
from service.certificates import LENGTH, SIGNS
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.prompts import WORKED_BY_HAND
from service.records import User
from service.settings import SettingError, read_settings
from service.store.tables import users


def finish_first_module(kit: Kit, user: User) -> None:
    """Hand over the good work in the box for every exercise of module 1 that is done by hand: four of five."""
    for exercise in exercises.visible(kit, user):
        if exercise.module == 1 and exercise.kind in WORKED_BY_HAND:
            good = next(one for one in exercise.baselines if one.label == "good")
            handwork.hand_over(kit, user, exercise, good.work, good.input)


def test_a_certificate_from_the_module_to_the_check(seeded: Kit, people: dict[str, User]) -> None:
    lan, minh = people["lan"], people["minh"]
    with pytest.raises(BadInput, match="chưa xong"):
        certificates.issue(seeded, lan, 1)
    finish_first_module(seeded, lan)
    made = certificates.issue(seeded, lan, 1)
    assert (made.holder, made.passed, made.exercises) == ("Lan", 4, 5)
    assert made.title == "mô-đun 1: Hiểu đúng về AI"
    assert certificates.issue(seeded, lan, 1) == made, "a second request gives the same sheet"
    for module in (2, certificates.WHOLE_COURSE):
        with pytest.raises(BadInput):
            certificates.issue(seeded, lan, module)
    with pytest.raises(NotFound):
        certificates.issue(seeded, lan, 7)

    assert len(made.code) == LENGTH
    assert set(made.code) <= set(SIGNS)
    spoken = made.written.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert certificates.check(seeded, made.written) == certificates.check(seeded, spoken) == made
    forged = made.code[:-1] + SIGNS[(SIGNS.index(made.code[-1]) + 1) % len(SIGNS)]
    assert [certificates.check(seeded, code) for code in (forged, made.code[:-1], "", "' OR 1=1 --")] == [None] * 4

    assert certificates.get(seeded, lan, made.id) == made
    with pytest.raises(NotFound):
        certificates.get(seeded, minh, made.id)
    assert certificates.of(seeded, minh) == ()

    with seeded.db.write() as connection:
        connection.execute(delete(users).where(users.c.id == lan.id))
    gone = certificates.check(seeded, made.code)
    assert gone is not None
    assert gone.revoked
    assert gone.holder == ""


def test_two_people_never_share_a_code(seeded: Kit, people: dict[str, User]) -> None:
    for name in ("lan", "minh"):
        finish_first_module(seeded, people[name])
    codes = {certificates.issue(seeded, people[name], 1).code for name in ("lan", "minh")}
    assert len(codes) == 2


def test_the_issuer_is_a_setting_with_limits() -> None:
    assert read_settings({"HOCVU_ISSUER": "Xã Bình An", "HOCVU_SECRET_KEY": "x" * 32}).issuer == "Xã Bình An"
    for wrong in (" ", "x" * 151):
        with pytest.raises(SettingError):
            read_settings({"HOCVU_ISSUER": wrong, "HOCVU_SECRET_KEY": "x" * 32})
