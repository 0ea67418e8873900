"""What can be taken away after a look: the mended file and the report; only by the session that sent the file."""

from __future__ import annotations

import io

import docx
import pytest
from docx.shared import Mm
from flask.testing import FlaskClient

from service import library
from service.kit import Kit
from service.records import User
from tests.pages.test_drafts_edit import EXERCISE, draft_id, engine, lan  # noqa: F401 - a draft of Lan's
from tests.pages.test_drafts_verify import open_details
from tests.pages.test_form_look import ClientOf, looked_at
from tests.service.test_form import BAD, narrow


def test_the_mended_file_is_a_word_file_with_a_wider_margin(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, page = looked_at(client, "Công văn.docx", narrow())
    assert f'href="{address}/docx"' in page
    assert "lề trái" in page
    answer = client.get(f"{address}/docx")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "-da-sua.docx" in answer.headers["Content-Disposition"]
    left = docx.Document(io.BytesIO(answer.data)).sections[0].left_margin
    assert left is not None and Mm(30) <= left <= Mm(35.5)


def test_a_text_cannot_be_mended(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, page = looked_at(client, "a.txt", BAD.encode())
    assert f"{address}/docx" not in page
    answer = client.get(f"{address}/docx")
    assert answer.status_code == 400
    assert "Chỉ sửa giúp được tệp Word" in answer.text


def test_the_report_stands_alone(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, _ = looked_at(client, "cong-van.txt", BAD.encode())
    answer = client.get(f"{address}/report")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    for said in ("Phiếu góp ý thể thức", "cong-van.txt", "ND30-15", "Vì sao", "Cách sửa"):
        assert said in answer.text
    assert "src=" not in answer.text
    assert "/static/" not in answer.text
    sheet = client.get(f"{address}/report.docx")
    assert "cong-van-gop-y-the-thuc.docx" in sheet.headers["Content-Disposition"]
    taken = docx.Document(io.BytesIO(sheet.data))
    cells = "\n".join(cell.text for table in taken.tables for row in table.rows for cell in row.cells)
    assert taken.paragraphs[0].text == "Phiếu góp ý thể thức"
    assert "ND30-15" in cells
    assert "Độc lập - Tự do - Hạnh phúc" in cells


@pytest.mark.parametrize("further", ["", "/docx", "/report", "/report.docx"])
def test_nobody_else_gets_it_and_no_other_session(client_of: ClientOf, further: str) -> None:
    client = client_of("lan")
    address, _ = looked_at(client, "a.docx", narrow())
    assert client.get(address + further).status_code == 200
    for name in ("minh", "quan", "lan"):
        answer = client_of(name).get(address + further)
        assert answer.status_code == 404, "even the same person has to send it again after signing in anew"
        assert "đưa tệp vào soi lại" in answer.text
    client.post("/logout")
    assert client.get(address + further).status_code == 302


def test_a_document_of_the_shelf_is_looked_at_by_its_owner_only(
    client_of: ClientOf, kit: Kit, people: dict[str, User]
) -> None:
    document = library.accept(kit, people["lan"], "cong-van.docx", narrow())
    library.index(kit, document.id)
    client = client_of("lan")
    assert 'form="soi"' in client.get(f"/documents/{document.id}").text
    answer = client.post("/check", data={"document": document.id})
    assert answer.status_code == 303
    assert "ND30-04" in client.get(answer.location).text
    assert client_of("minh").post("/check", data={"document": document.id}).status_code == 404


def test_a_draft_is_looked_at_as_it_would_be_taken_home(
    lan: FlaskClient,  # noqa: F811
    draft_id: int,  # noqa: F811
    client_of: ClientOf,
) -> None:
    page = lan.get(f"/drafts/{draft_id}").text
    assert 'name="draft"' in page
    assert lan.post("/check", data={"draft": draft_id}).status_code == 400, "not while a detail is open"
    for key in open_details(page):
        lan.post(f"/drafts/{draft_id}/ticks", data={"key": key, "on": "1"})
    answer = lan.post("/check", data={"draft": draft_id})
    assert answer.status_code == 303
    assert "công văn" in lan.get(answer.location).text
    assert client_of("minh").post("/check", data={"draft": draft_id}).status_code == 404
