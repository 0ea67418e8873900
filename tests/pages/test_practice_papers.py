"""Official documents in the text of an exercise: paper on the desk, words to mark there, and Word files."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, strategies as st

from service import exercises
from service.kit import Kit
from service.nd30.papers import papers
from service.pages.reading import sheets
from service.records import User
from tests.content.test_samples import paper_text, squeezed
from tests.pages.test_practice_run import ClientOf

FILE = "/exercises/dong-thoi-gian-ho-so"
FORM = "/exercises/soat-the-thuc-van-ban"
VERSIONS = "/exercises/chuoi-tiep-thu-y-kien"
TWO = """Ghi chép trước cuộc họp.
- Chưa rõ phòng họp

BẢN CŨ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

GIẤY MỜI
Họp giao ban

BẢN MỚI

Cộng hoà xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc

GIẤY MỜI
Họp giao ban tháng 12"""


@pytest.fixture
def lan(seeded: Kit, client_of: ClientOf) -> FlaskClient:
    return client_of("lan")


def test_a_text_falls_into_notes_and_headed_documents() -> None:
    note, old, new = papers(TWO)
    assert (note.document, old.document, new.document) == (False, True, True)
    assert (note.heading, old.heading, new.heading) == ("", "BẢN CŨ", "BẢN MỚI")
    assert note.text.endswith("phòng họp")
    assert old.text.endswith("Họp giao ban")
    assert all(TWO[one.start :].startswith(one.text) for one in (note, old, new))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", []),
        ("Ghi chép.", [("", False)]),
        ("Ghi chép ngắn.\n\nCộng hòa xã hội chủ nghĩa Việt Nam", [("", False), ("", True)]),  # a sentence heads nothing
        ("BẢN CŨ\nCộng hòa xã hội chủ nghĩa Việt Nam", [("", False), ("", True)]),  # nor does what stands close by
        ("BẢN CŨ\n\nCộng hòa xã hội chủ nghĩa Việt Nam", [("BẢN CŨ", True)]),
    ],
)
def test_what_is_a_document_and_what_heads_it(text: str, shown: list[tuple[str, bool]]) -> None:
    assert [(one.heading, one.document) for one in papers(text)] == shown


def test_the_desk_lays_each_document_out_as_paper(lan: FlaskClient) -> None:
    page = lan.get(f"{FILE}?input=sua-cong").text
    assert page.count('class="nation"') == page.count('class="motto"') == 3
    assert "VĂN BẢN 2" in page
    assert page.count('id="v0-b1"') == 1  # a citation finds the text
    assert page.index("PHIẾU TRÌNH") < page.index("VĂN BẢN 1")
    assert f"{FILE}/papers/3.docx?input=sua-cong" in page


def test_words_are_marked_on_the_paper_itself(lan: FlaskClient, seeded: Kit, people: dict[str, User]) -> None:
    page = lan.get(f"{FORM}/by-hand?input=thong-bao").text
    text = exercises.get(seeded, people["lan"], "soat-the-thuc-van-ban").input("thong-bao").text
    marked = re.findall(r'data-start="(\d+)" data-end="(\d+)" aria-selected="false">([^<]+)<', page)
    assert [said for start, end, said in marked if text[int(start) : int(end)] not in said] == []
    assert sorted(said for _, _, said in marked) == sorted(text.replace("|", " ").split())
    assert 'role="none" class="motto"' in page
    assert "/papers/1.docx?input=thong-bao" in page


def test_versions_that_are_documents_lie_side_by_side(lan: FlaskClient) -> None:
    page = lan.get(f"{VERSIONS}/by-hand").text
    assert re.findall(r'role="group" class="version" aria-label="([^"]+)"', page) == [
        "Ý KIẾN CỦA XÃ CỒN MAI",
        "BẢNG TIẾP THU, GIẢI TRÌNH",
        "BẢN CUỐI",
    ]
    assert page.count('class="paper reading"') == 3
    plain = lan.get(f"{VERSIONS}/by-hand?input=quy-uoc").text
    assert "paper reading" not in plain
    assert plain.count('class="version"') == 3


def test_a_document_is_taken_as_a_word_file_that_says_the_same(
    lan: FlaskClient, seeded: Kit, people: dict[str, User]
) -> None:
    answer = lan.get(f"{FILE}/papers/2.docx?input=sua-cong")
    assert answer.status_code == 200
    assert "dong-thoi-gian-ho-so-sua-cong-2.docx" in answer.headers["Content-Disposition"]
    text = exercises.get(seeded, people["lan"], "dong-thoi-gian-ho-so").input("sua-cong").text
    [wanted] = [one.text for one in sheets(text) if one.number == 2]
    assert sorted(squeezed(paper_text(BytesIO(answer.data)))) == sorted(squeezed(wanted))


@pytest.mark.parametrize(
    "path", [f"{FILE}/papers/0.docx", f"{FILE}/papers/9.docx", "/exercises/khong-co/papers/1.docx"]
)
def test_where_there_is_no_document_nothing_is_found(lan: FlaskClient, path: str) -> None:
    assert lan.get(path).status_code == 404


def test_hidden_exercises_give_no_documents(lan: FlaskClient, seeded: Kit) -> None:
    path = seeded.settings.exercises / "dong-thoi-gian-ho-so.md"
    path.write_text(path.read_text(encoding="utf-8").replace("state: visible", "state: draft"), encoding="utf-8")
    assert lan.get(f"{FILE}/papers/1.docx").status_code == 404


def test_somebody_who_is_not_signed_in_gets_nothing(app: Flask) -> None:
    assert app.test_client().get(f"{FILE}/papers/1.docx").status_code == 302


LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", "BẢN CŨ", "| a | b |", "Kính gửi:")
MORE = (
    "Số: 1/TB",
    "V/v x",
    "THÔNG BÁO",
    "- Như trên;",
    "Nơi nhận:",
    "KT. CHỦ TỊCH",
    "Lê Giả Định",
    "Nội dung | khác./.",
)


@given(st.lists(st.sampled_from((*LINES, *MORE)), max_size=14))
def test_no_word_of_whatever_text_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    shown: list[str] = []
    for sheet in sheets(text):
        shown += sheet.heading.split()
        pieces = [piece for part in sheet.parts for box in part.boxes for piece in box]
        for piece in pieces:
            shown += [cell for n, cell in enumerate(piece.cells) if text[sheet.start_of(piece, n) :].startswith(cell)]
        shown += [] if pieces else [sheet.text]
    assert sorted(re.findall(r"\w", " ".join(shown))) == sorted(re.findall(r"\w", text))
