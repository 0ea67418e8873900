"""The shelf: files in, refused or read; each person's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import library
from service.app import create_app
from service.kit import Kit
from service.records import Document, DocumentStatus, User
from tests.conftest import password_of

ClientOf = Callable[[str], FlaskClient]

TEXT = "THÔNG BÁO\nVề việc tiêm phòng\nTiêm đạt ít nhất 80% tổng đàn trước ngày 15 tháng 12 năm 2026./."


def send(client: FlaskClient, *files: tuple[str, bytes]) -> TestResponse:
    """Post a form with files, written out by hand: the client leaves the temporary file of a large one open."""
    head = '--ranh-gioi\r\nContent-Disposition: form-data; name="file"; filename="{}"\r\n\r\n'
    parts = [head.format(name).encode() + content + b"\r\n" for name, content in files]
    body = b"".join((*parts, b"--ranh-gioi--\r\n"))
    return client.post("/documents", data=body, content_type="multipart/form-data; boundary=ranh-gioi")


@pytest.fixture
def mine(kit: Kit, people: dict[str, User]) -> Document:
    """A document of Lan's that has been read."""
    document = library.accept(kit, people["lan"], "thong-bao.txt", TEXT.encode())
    library.index(kit, document.id)
    return library.get(kit, people["lan"], document.id)


def test_a_file_is_received_read_and_shown(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    client = client_of("lan")
    assert send(client, ("thong-bao.txt", TEXT.encode())).status_code == 303
    page = client.get("/documents").text
    assert "Đã nhận 1 tệp" in page
    assert "đang chờ đọc" in page
    assert "load delay:1s" in page
    (document,) = library.shelf(kit, people["lan"])
    library.index(kit, document.id)
    page = client.get("/documents").text
    assert "Đọc được" in page
    assert "load delay" not in page
    assert "80% tổng đàn" in client.get(f"/documents/{document.id}").text


def test_several_files_and_one_of_them_bad(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    answer = send(client_of("lan"), ("tot.txt", TEXT.encode()), ("bang.xlsx", b"PK\x03\x04 x"))
    assert answer.status_code == 415
    assert "<b>bang.xlsx:</b> Chưa đọc được tệp .xlsx" in answer.text
    assert "Đã nhận 1 tệp. Máy đang đọc." in answer.text
    assert [document.filename for document in library.shelf(kit, people["lan"])] == ["tot.txt"]


def test_what_was_there_already_is_not_said_to_be_read(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    client = client_of("lan")
    send(client, ("thong-bao.txt", TEXT.encode()))
    client.get("/documents")  # takes what is said of the first sending
    assert send(client, ("bản sao.txt", TEXT.encode())).status_code == 303
    page = client.get("/documents").text
    assert "“bản sao.txt” đã có sẵn, tên trong danh sách là “thong-bao”." in page
    assert not re.search(r"Đã nhận \d", page)
    both = send(client, ("moi.txt", b"Hai"), ("moi nua.txt", b"Hai"), ("bang.xlsx", b"PK\x03\x04 x"))
    assert "Đã nhận 1 tệp. Máy đang đọc." in both.text, "the same bytes twice are one document"
    assert "“moi nua.txt” đã có sẵn, tên trong danh sách là “moi”." in both.text
    assert "<b>bang.xlsx:</b>" in both.text
    assert len(library.shelf(kit, people["lan"])) == 2


@pytest.mark.parametrize(
    ("name", "content", "status", "sentence"),
    [
        ("", b"", 400, "Chưa có tệp nào được chọn"),
        ("trong.txt", b"  \n", 422, "Tệp này trống"),
        ("gia.pdf", b"khong phai pdf", 422, "hỏng hoặc không đúng định dạng"),
        ("mat.txt", "TỐI MẬT\nCông văn số 1".encode(), 422, "Tệp chưa được lưu ở đâu cả"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_kept(
    client_of: ClientOf, kit: Kit, people: dict[str, User], name: str, content: bytes, status: int, sentence: str
) -> None:
    answer = send(client_of("lan"), (name, content))
    assert answer.status_code == status
    assert sentence in answer.text
    assert library.shelf(kit, people["lan"]) == ()
    assert not [path for path in kit.settings.files.rglob("*") if path.is_file()]


def test_a_file_above_the_limit_is_told(kit: Kit, people: dict[str, User]) -> None:
    client = _signed_in(replace(kit, settings=replace(kit.settings, upload_mb=1)))
    answer = send(client, ("to.txt", b"a" * (2**20 + 1)))
    assert answer.status_code == 413
    assert "mức nhận là 1 MB" in answer.text
    answer = send(client, ("rat-to.txt", b"a" * (5 * 2**20)))
    assert answer.status_code == 413
    assert "một lần gửi nhận đến 4 MB" in answer.text


def test_sending_too_often_has_to_wait(kit: Kit, people: dict[str, User]) -> None:
    client = _signed_in(replace(kit, settings=replace(kit.settings, upload_limit="1 per hour")))
    assert send(client, ("a.txt", TEXT.encode())).status_code == 303
    assert send(client, ("b.txt", b"Hai")).status_code == 429
    assert client.get("/documents").status_code == 200


def test_a_hostile_name_is_text(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    client = client_of("lan")
    send(client, ("../../<script>alert(1)</script>.txt", TEXT.encode()))
    page = client.get("/documents").text
    assert "<script>alert" not in page
    (document,) = library.shelf(kit, people["lan"])
    assert library.path(kit, document).is_relative_to(kit.settings.files)


def test_reading_goes_on_asking_more_and_more_slowly(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    client = client_of("lan")
    document = library.accept(kit, people["lan"], "thong-bao.txt", TEXT.encode())
    address, pauses = f"/documents/{document.id}/status?seen=received&n=0", []
    for _ in range(20):
        text = client.get(address).text
        assert "<li" not in text, "nothing has changed: only the next question comes"
        pauses.append(int(re.findall(r"load delay:(\d)s", text)[0]))
        address = re.findall(r'hx-get="([^"]+)"', text)[0].replace("&amp;", "&")
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (1, 5)
    library.index(kit, document.id)
    answer = client.get(address)
    assert answer.headers["HX-Retarget"] == f"#tai-lieu-{document.id}"
    assert "Đọc được" in answer.text
    assert "load delay" not in answer.text


def test_a_failed_reading_says_why_and_can_be_tried_again(
    client_of: ClientOf, kit: Kit, people: dict[str, User]
) -> None:
    document = library.accept(kit, people["lan"], "thong-bao.txt", TEXT.encode())
    library.give_up(kit, reason="Máy tắt giữa chừng.", document_id=document.id)
    client = client_of("lan")
    assert "Máy tắt giữa chừng." in client.get("/documents").text
    assert client.post(f"/documents/{document.id}/retry").status_code == 303
    assert library.get(kit, people["lan"], document.id).status is DocumentStatus.RECEIVED


def test_removing_asks_first_and_is_final(client_of: ClientOf, mine: Document) -> None:
    client = client_of("lan")
    page = client.get("/documents").text
    assert f'<dialog class="dialog" id="go-{mine.id}"' in page
    assert client.post(f"/documents/{mine.id}/remove").status_code == 303
    assert client.get(f"/documents/{mine.id}").status_code == 404


@pytest.mark.parametrize("name", ["minh", "thu", "dung", "quan"])
def test_nobody_elses_shelf_can_be_seen_or_touched(client_of: ClientOf, mine: Document, name: str) -> None:
    other = client_of(name)
    assert f"/documents/{mine.id}" not in other.get("/documents").text
    for get in ("", "/status", "/file"):
        assert other.get(f"/documents/{mine.id}{get}").status_code == 404
    for post in ("/retry", "/remove"):
        assert other.post(f"/documents/{mine.id}{post}").status_code == 404
    assert client_of("lan").get(f"/documents/{mine.id}").status_code == 200


def _signed_in(kit: Kit) -> FlaskClient:
    app = create_app(kit)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post("/login", data={"name": "lan", "password": password_of("lan")}).status_code == 302
    return client
