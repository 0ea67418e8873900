"""A number of an answer or a summary opens its passage where it stands, or as it was kept when the document is gone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import library, worker
from service.kit import Kit
from service.records import Document, User
from tests.service.test_ask import CLERKS

ClientOf = Callable[[str], FlaskClient]
KEPT = "Văn bản này đã được gỡ khỏi kho hoặc thay bằng bản khác."
BESIDE = {"HX-Request": "true"}


@pytest.fixture
def plan(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Kế hoạch & hạn.txt", CLERKS.encode())
    library.index(kit, document.id)
    return document


@pytest.fixture(params=["ask", "summaries"])
def cites(request: pytest.FixtureRequest, client_of: ClientOf, kit: Kit, plan: Document) -> str:
    """The address of something of Lan's that cites the document."""
    given = {"document": plan.id, "question": "Kinh phí tiêm phòng là bao nhiêu?", "length": 200}
    path = str(client_of("lan").post(f"/{request.param}", data=given).location)
    if request.param == "ask":
        client_of("lan").get(f"{path}/stream", buffered=True)
    while worker.run_once(kit):
        pass
    return path


def numbers(page: str) -> list[str]:
    """Where the numbers of passages lead to."""
    return re.findall(r'<a class="cite" href="([^"]+)"', page)


def test_a_number_opens_its_passage_where_it_stands(client_of: ClientOf, cites: str, plan: Document) -> None:
    lan = client_of("lan")
    links = numbers(lan.get(cites).text)
    assert links and all(link.startswith(f"{cites}/passages/") for link in links)
    beside = lan.get(links[0], headers=BESIDE).text
    assert "<html" not in beside and KEPT not in beside
    shown = re.findall(r'id="b(\d+)" class="[^"]*passage shown"', beside)
    alone = lan.get(links[0])
    assert (alone.status_code, alone.location) == (302, f"/documents/{plan.id}?passage={shown[0]}-{shown[-1]}")
    assert "passage shown" in lan.get(alone.location).text


def test_a_number_of_a_removed_document_opens_what_was_kept(
    client_of: ClientOf, kit: Kit, people: dict[str, User], cites: str, plan: Document
) -> None:
    lan = client_of("lan")
    links = numbers(lan.get(cites).text)
    library.remove(kit, people["lan"], plan.id)
    page = lan.get(cites)
    assert page.status_code == 200 and KEPT in page.text, "the passage lies open beside what cites it"
    assert numbers(page.text) == links
    for link in links:
        beside, alone = lan.get(link, headers=BESIDE), lan.get(link)
        assert (beside.status_code, alone.status_code) == (200, 200)
        assert "<html" not in beside.text and "<html" in alone.text and f'href="{cites}"' in alone.text
        for text in (beside.text, alone.text):
            assert KEPT in text and "passage shown" in text and "Kế hoạch &amp; hạn" in text
            assert any(line in text for line in CLERKS.split("\n") if line), "the words themselves"


def test_another_document_under_the_same_number_is_not_taken_for_it(
    client_of: ClientOf, kit: Kit, people: dict[str, User], cites: str, plan: Document
) -> None:
    """As data folders may hold it from the time when SQLite gave the number of the newest document again."""
    lan = client_of("lan")
    links = numbers(lan.get(cites).text)
    library.remove(kit, people["lan"], plan.id)
    with kit.db.write() as connection:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'documents'")
    other = library.accept(kit, people["lan"], "Khác.txt", "\n".join(["Nội dung khác hẳn."] * 8).encode())
    assert other.id == plan.id
    library.index(kit, other.id)
    for link in links:
        beside = lan.get(link, headers=BESIDE).text
        assert KEPT in beside and "Nội dung khác hẳn" not in beside
        assert lan.get(link).status_code == 200


@pytest.mark.parametrize("name", ["minh", "thu", "dung", "quan"])
def test_nobody_else_reads_what_was_kept(
    client_of: ClientOf, kit: Kit, people: dict[str, User], cites: str, plan: Document, name: str
) -> None:
    links = numbers(client_of("lan").get(cites).text)
    library.remove(kit, people["lan"], plan.id)
    for link in (*links, f"{cites}/passages/999"):
        assert client_of(name).get(link, headers=BESIDE).status_code == 404
        assert client_of(name).get(link).status_code == 404
    assert client_of("lan").get(f"{cites}/passages/999").status_code == 404
