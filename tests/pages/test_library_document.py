"""A document as a page: the paper, its anchors, a passage shown, the original taken away."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import library
from service.kit import Kit
from service.records import Document, User

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def sample(seeded: Kit) -> Document:
    return library.by_sample(seeded, "cv-don-doc-tiem-phong")


def test_a_sample_is_read_by_everybody_and_owned_by_nobody(client_of: ClientOf, sample: Document) -> None:
    for name in ("lan", "thu", "dung", "quan"):
        page = client_of(name).get(f"/documents/{sample.id}")
        assert page.status_code == 200
        assert "Văn bản luyện tập, nội dung do ban soạn bài đặt ra" in page.text
    for deed in ("retry", "remove"):
        assert client_of("quan").post(f"/documents/{sample.id}/{deed}").status_code in (403, 404)
    assert client_of("lan").get(f"/documents/{sample.id}").status_code == 200


def test_every_block_has_its_anchor_once(client_of: ClientOf, kit: Kit, sample: Document) -> None:
    page = client_of("lan").get(f"/documents/{sample.id}").text
    anchors = re.findall(r'id="b(\d+)"', page)
    assert sorted(map(int, anchors)) == list(range(len(library.blocks(kit, sample.id))))


def test_the_passage_asked_for_is_shown(client_of: ClientOf, sample: Document) -> None:
    page = client_of("lan").get(f"/documents/{sample.id}?passage=14-15").text
    assert re.findall(r'id="b(\d+)" class="[^"]*passage shown"', page) == ["14", "15"]


@pytest.mark.parametrize("passage", ["", "x", "14", "14-", "-1-2", "1-2;3", "99999999-1", "<b>"])
def test_a_wrong_passage_shows_the_document(client_of: ClientOf, sample: Document, passage: str) -> None:
    page = client_of("lan").get(f"/documents/{sample.id}", query_string={"passage": passage})
    assert page.status_code == 200
    assert "passage shown" not in page.text


def test_the_original_comes_back_byte_for_byte_and_is_never_opened_here(
    client_of: ClientOf, kit: Kit, people: dict[str, User]
) -> None:
    hostile = b"<script>alert(1)</script> \xe1\xbb\xa6y ban"
    document = library.accept(kit, people["lan"], "Thông báo.txt", hostile)
    answer = client_of("lan").get(f"/documents/{document.id}/file", buffered=True)
    assert answer.data == hostile
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "UTF-8''Th%C3%B4ng%20b%C3%A1o.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_hostile_text_is_text(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    text = "Dòng một <img src=x onerror=alert(1)>\n{{ 7*7 }} {% raw %}\n| a | <b>đậm</b> |"
    document = library.accept(kit, people["lan"], "la.txt", text.encode())
    library.index(kit, document.id)
    page = client_of("lan").get(f"/documents/{document.id}").text
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "<b>đậm" not in page


def test_unknown_numbers_are_not_found(client_of: ClientOf) -> None:
    client = client_of("lan")
    assert client.get("/documents/999999").status_code == 404
    assert client.get("/documents/mot").status_code == 404
