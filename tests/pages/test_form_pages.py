"""The pages of a checked document as pictures, the numbers on them, and findings that are let be with a reason."""

from __future__ import annotations

import io
import re

import pytest

from service import form, office
from service.docx_writer import write
from service.errors import Unreadable
from service.parsers import pages as pictures
from tests.pages.test_form_look import ClientOf, looked_at
from tests.rules.nd30_drafts import random_draft
from tests.service.test_form import BAD, narrow


def page_of(letters: str) -> pictures.PagePicture:
    boxes = tuple((10.0 * n, 20.0, 10.0 * n + 9, 30.0) for n in range(len(letters)))
    return pictures.PagePicture(595, 842, b"", letters, boxes)


def test_words_are_found_by_their_letters_alone() -> None:
    finder = pictures.Finder([page_of("SởNộivụ"), page_of("Số:5/CV")], ["| Sở | Nội vụ |", "Số: 5/CV", "không có"])
    assert list(finder.boxes(0, 7, 10)) == [(0, (20.0, 20.0, 49.0, 30.0))]
    assert list(finder.boxes(1, 0, 8)) == [(1, (0.0, 20.0, 69.0, 30.0))]
    assert list(finder.boxes(2, 0, 8)) == []


def test_a_stretch_over_two_lines_has_two_boxes() -> None:
    page = pictures.PagePicture(
        100, 100, b"", "abcd", ((10, 0, 19, 9), (20, 0, 29, 9), (10, 12, 19, 21), (20, 12, 29, 21))
    )
    assert [box for _, box in pictures.Finder([page], ["ab cd"]).boxes(0, 0, 5)] == [(10, 0, 29, 9), (10, 12, 29, 21)]


def test_bytes_that_are_no_pdf_are_refused_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="Chưa dựng được hình trang"):
        pictures.draw_pages(b"%PDF-1.7 broken")


@pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")
def test_a_word_file_is_shown_as_pictures_with_its_numbers(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, page = looked_at(client, "thu.docx", narrow(), mode="issued")
    assert f'hx-get="{address}/pages"' in page, "the text comes at once, the pictures when they are drawn"
    drawn = client.get(f"{address}/pages").text
    assert f'<image href="{address}/pages/1.png"' in drawn
    picture = client.get(f"{address}/pages/1.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    assert f"{address}/pages/1.png" in client.get(address).text, "drawn once"
    assert "page-picture" not in client.get(f"{address}?view=text").text
    assert client_of("minh").get(f"{address}/pages/1.png").status_code == 404


@pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")
def test_every_spot_of_a_drawn_letter_has_its_place() -> None:
    draft = random_draft("cong_van", 4)
    pages = pictures.draw_pages(office.to_pdf(write(draft), 60))
    found = pictures.Finder(pages, [draft.signer, draft.place])
    assert all(list(found.boxes(n, 0, 4)) for n in range(2))


def test_without_libreoffice_the_text_is_shown(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    _, page = looked_at(client_of("lan"), "thu.docx", narrow())
    assert "/pages" not in page and "paper a4 checked" in page


def test_a_failed_drawing_leaves_the_text_and_says_why(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> tuple[pictures.PagePicture, ...]:
        raise Unreadable("Chưa dựng được hình trang của tệp này.")

    monkeypatch.setattr(form, "can_draw", lambda _: True)
    monkeypatch.setattr(form, "draw", fail)
    client = client_of("lan")
    address, _ = looked_at(client, "thu.docx", narrow())
    shown = client.get(f"{address}/pages").text
    assert "Chưa dựng được hình trang" in shown and "paper a4 checked" in shown


# ── let be ──────────────────────────────────────────────────────────────────────────────────────


def number_of(rule: str, page: str) -> str:
    found: list[str] = re.findall(rf'data-n="(\d+)" id="gop-y-\d+">(?:(?!</article>).)*?#{rule}"', page, re.S)
    return found[0]


def test_a_finding_is_let_be_with_a_reason_and_taken_up_again(client_of: ClientOf) -> None:
    client = client_of("lan")
    address, page = looked_at(client, "cong-van.txt", BAD.encode())
    number = number_of("ND30-15", page)
    answer = client.post(f"{address}/ignore", data={"number": number, "reason": "Mẫu riêng <của> cơ quan"})
    assert answer.status_code == 303 and answer.location.endswith(f"#gop-y-{number}")
    page = client.get(address).text
    assert "Đã bỏ qua" in page and "Lý do: Mẫu riêng &lt;của&gt; cơ quan" in page
    assert "Mẫu riêng &lt;của&gt; cơ quan" in client.get(f"{address}/report").text
    assert "Đã bỏ qua" in client.get(f"{address}?mode=issued").text, "another step forgets nothing"
    client.post(f"{address}/ignore", data={"number": number, "reason": " "})
    assert "Đã bỏ qua" not in client.get(address).text


def test_what_is_let_be_is_not_mended(client_of: ClientOf) -> None:
    import docx

    client = client_of("lan")
    before = narrow()
    address, page = looked_at(client, "thu.docx", before)
    client.post(f"{address}/ignore", data={"number": number_of("ND30-04", page), "reason": "Đóng tập bên phải"})
    after = client.get(f"{address}/docx").data
    margins = [docx.Document(io.BytesIO(data)).sections[0].left_margin for data in (before, after)]
    assert margins[0] == margins[1]


def test_only_the_session_that_sent_it_lets_be(client_of: ClientOf) -> None:
    address, _ = looked_at(client_of("lan"), "a.txt", BAD.encode())
    assert client_of("minh").post(f"{address}/ignore", data={"number": 1, "reason": "x"}).status_code == 404
    assert client_of("lan").post(f"{address}/ignore", data={"number": 999, "reason": "x"}).status_code == 404
