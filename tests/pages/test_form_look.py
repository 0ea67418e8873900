"""«Soi thể thức»: sending a file or a text, what the result shows, what is refused, and that nothing stays."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import library
from service.app import create_app
from service.kit import Kit
from service.records import User
from tests.conftest import password_of
from tests.service.test_form import BAD, GOOD, letter, narrow

ClientOf = Callable[[str], FlaskClient]


def send(client: FlaskClient, name: str, data: bytes, mode: str = "draft") -> TestResponse:
    return client.post("/check", data={"file": (io.BytesIO(data), name), "mode": mode})


def looked_at(client: FlaskClient, name: str, data: bytes, mode: str = "draft") -> tuple[str, str]:
    """The address and the text of the result."""
    answer = send(client, name, data, mode)
    assert answer.status_code == 303, answer.text
    return answer.location, client.get(answer.location).text


def test_a_bad_file_is_shown_with_its_findings_beside_it(client_of: ClientOf) -> None:
    _, page = looked_at(client_of("lan"), "cong-van.txt", BAD.encode())
    assert 'class="part-of-form">Quốc hiệu, tiêu ngữ' in page
    number = re.findall(
        r'data-n="(\d+)" id="gop-y-\d+">\s*<h3><span class="kind">Nên xem <a class="rule-id" [^>]*>ND30-15', page
    )
    assert len(number) == 1
    spot = f'<a class="look" href="#gop-y-{number[0]}" aria-label="Góp ý {number[0]}">{number[0]}</a></span>'
    assert f"Độc lập – Tự do – Hạnh phúc{spot}" in page, "the number stands on the paper, and leads to its finding"
    back = re.findall(rf'id="gop-y-{number[0]}".*?href="#(b\d+)"', page, re.S)[0]
    assert f'id="{back}"' in page, "and the finding leads back to the paper"
    assert "/check/rules#ND30-15" in page


def test_a_good_file_is_told_so(client_of: ClientOf) -> None:
    address, page = looked_at(client_of("lan"), "tot.docx", letter())
    assert 'badge bad"' not in page
    assert f"{address}/docx" not in page, "nothing to mend, nothing to download"


def test_a_pasted_text_is_looked_at(client_of: ClientOf) -> None:
    client = client_of("lan")
    answer = client.post("/check", data={"text": BAD, "mode": "draft"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "văn bản dán vào.txt" in page
    assert "ND30-15" in page


def test_the_mode_is_changed_on_the_spot(client_of: ClientOf) -> None:
    client = client_of("lan")
    blank = GOOD.replace("Số: 1284/", "Số:      /").encode()
    address, page = looked_at(client, "a.txt", blank)
    assert "ND30-31" not in page
    assert "autofocus" not in page
    page = client.get(f"{address}?mode=issued").text
    assert "ND30-31" in page
    assert re.findall(r'value="(\w+)"[^>]* autofocus', page) == ["issued"], "the keyboard stays where it was"
    assert re.search(r'value="issued" aria-pressed="true"', page)
    assert client.get(f"{address}?mode=khac").status_code == 400


def test_what_the_decree_does_not_govern_is_told_kindly_and_can_be_judged_all_the_same(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, page = looked_at(client, "luat.txt", "LUẬT\nĐẤT ĐAI\nĐiều 1. Phạm vi điều chỉnh".encode())
    assert "Không nhận ra đây là văn bản hành chính" in page
    assert "part-of-form" not in page
    page = client.get(f"{address}?kind=thong_bao").text
    assert "ND30-84" in page
    _, page = looked_at(client, "ke-hoach.txt", "KẾ HOẠCH\nTrồng cây\n1. Mục đích: phủ xanh.".encode())
    assert "Tệp mang tên loại “Kế hoạch” nhưng không có Quốc hiệu" in page
    assert '<option value="ke_hoach" selected>' in page, "as the shelf calls it; one click judges it"


@pytest.mark.parametrize(
    ("name", "data", "status", "sentence"),
    [
        ("", b"", 400, "chọn một tệp hoặc dán văn bản"),
        ("bang.xlsx", b"PK\x03\x04", 415, "Chưa đọc được tệp .xlsx"),
        ("gia.docx", b"khong phai", 422, "hỏng hoặc không đúng định dạng"),
        ("mat.txt", f"MẬT\n{BAD}".encode(), 422, "Tệp chưa được lưu ở đâu cả"),
    ],
)
def test_what_cannot_be_used_is_told(client_of: ClientOf, name: str, data: bytes, status: int, sentence: str) -> None:
    answer = send(client_of("lan"), name, data)
    assert answer.status_code == status
    assert sentence in answer.text
    assert 'name="file"' in answer.text, "and another one can be chosen at once"


def test_a_pasted_text_that_is_refused_stays_in_its_field(client_of: ClientOf) -> None:
    answer = client_of("lan").post("/check", data={"text": "MẬT\nNội dung <b>này</b>"})
    assert answer.status_code == 422
    assert "Nội dung &lt;b&gt;này&lt;/b&gt;</textarea>" in answer.text


def test_hostile_text_is_text(client_of: ClientOf) -> None:
    hostile = BAD.replace("Quảng Trị, ngày", "<script>alert(1)</script>, ngày").replace("Như trên", "<img src=x>")
    client = client_of("lan")
    address, page = looked_at(client, "<b>a</b>.txt", hostile.encode())
    for text in (page, client.get(f"{address}/report").text):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<b>a</b>" not in text


def test_nothing_is_on_disk_afterwards(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    client = client_of("lan")
    before = {path for path in kit.settings.data.rglob("*") if path.is_file()}
    address, _ = looked_at(client, "a.docx", narrow())
    for further in ("/docx", "/report"):
        assert client.get(address + further).status_code == 200
    assert {path for path in kit.settings.data.rglob("*") if path.is_file()} == before
    assert library.shelf(kit, people["lan"]) == ()


def test_looking_too_often_has_to_wait(kit: Kit, people: dict[str, User]) -> None:
    app = create_app(replace(kit, settings=replace(kit.settings, upload_limit="1 per hour")))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/login", data={"name": "lan", "password": password_of("lan")})
    assert client.post("/check", data={"text": GOOD}).status_code == 303
    assert client.post("/check", data={"text": GOOD}).status_code == 429


def test_a_file_above_the_limit_is_told_by_its_size(kit: Kit, people: dict[str, User]) -> None:
    app = create_app(replace(kit, settings=replace(kit.settings, upload_mb=1)))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/login", data={"name": "lan", "password": password_of("lan")})
    part = b'--ranh-gioi\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    for size, said in ((2**20 + 1, "mức nhận là 1 MB"), (3 * 2**20, "mức nhận")):
        body = part + b"a" * size + b"\r\n--ranh-gioi--\r\n"
        answer = client.post("/check", data=body, content_type="multipart/form-data; boundary=ranh-gioi")
        assert answer.status_code == 413
        assert said in answer.text
