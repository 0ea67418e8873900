"""The pages of certificates: the button appears with the finished module, the check is open to everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from service.kit import Kit
from service.records import User
from tests.service.test_certificates import finish_first_module

ClientOf = Callable[[str], FlaskClient]


def test_from_progress_to_a_sheet_that_a_stranger_checks(
    seeded: Kit, app: Flask, client_of: ClientOf, people: dict[str, User]
) -> None:
    lan = client_of("lan")
    assert lan.post("/certificates", data={"module": "1"}).status_code == 400
    assert "Nhận giấy chứng nhận" not in lan.get("/progress").text
    finish_first_module(seeded, people["lan"])
    assert "Nhận giấy chứng nhận" in lan.get("/progress").text
    made = lan.post("/certificates", data={"module": "1"})
    assert made.status_code == 303
    sheet = lan.get(made.location).text
    assert "mô-đun 1: Hiểu đúng về AI" in sheet
    assert seeded.settings.issuer in sheet
    assert made.location in lan.get("/progress").text
    assert [client_of(name).get(made.location).status_code for name in ("minh", "thu", "quan")] == [404] * 3
    assert "Nhận giấy" not in client_of("thu").get(f"/progress/{people['lan'].id}").text

    stranger = app.test_client()
    (code,) = set(re.findall(r"HV(?:-[0-9A-Z]{4}){4}", sheet))
    told = stranger.get("/certificates", query_string={"code": code.lower()}).text
    assert "Giấy này có thật." in told
    assert "Lan" in told
    assert "Không có giấy chứng nhận nào" in stranger.get("/certificates?code=HV-0000-0000-0000-0000").text
    assert "<script>x" not in stranger.get("/certificates?code=<script>x").text
