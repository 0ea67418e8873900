"""The pages of a question: asked, answered, opened at its passage, taken away, and only by whoever asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from service import library
from service.kit import Kit
from service.parsers import can_draw
from service.records import Document, User
from tests.service.test_ask import CLERKS

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def plan(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Kế hoạch tiêm phòng.txt", CLERKS.encode())
    library.index(kit, document.id)
    return document


def asked(client: FlaskClient, text: str, document: int) -> str:
    sent = client.post("/ask", data={"question": text, "document": document})
    assert sent.status_code == 303, sent.text
    return str(sent.location)


def test_a_question_is_asked_streamed_and_shown(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    assert "Chưa hỏi câu nào" in client.get("/ask").text
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    assert f'data-stream="{path}/stream"' in client.get(path).text
    stream = client.get(f"{path}/stream").text
    assert "event: sources" in stream and "event: finish" in stream
    assert "<blockquote" in client.get(f"{path}/answer").text, "what the documents say stands above the answer"
    page = client.get(path).text
    assert "Máy giả đã đọc: Kinh phí tiêm phòng là bao nhiêu" in page
    assert "data-stream" not in page
    assert 'class="passage shown"' in page or "passage shown" in page, "the paper lies open beside the answer"
    assert "Kinh phí tiêm phòng" in client.get("/ask").text
    assert client.get(f"{path}/answer").status_code == 200
    assert client.get(f"{path}/file").data[:2] == b"PK"


def test_a_document_is_chosen_beforehand(client_of: ClientOf, plan: Document) -> None:
    page = client_of("lan").get(f"/ask?document={plan.id}").text
    assert re.search(rf'value="{plan.id}" checked', page)


def test_a_filter_is_kept_and_shown(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    assert '<details class="narrow" data-narrowing>' in client.get("/ask").text, "folded away until wanted"
    given = {"question": "Kinh phí tiêm phòng là bao nhiêu?", "kind": "other", "shelf": "own"}
    sent = client.post("/ask", data=given)
    client.get(f"{sent.location}/stream", buffered=True)
    page = client.get(sent.location).text
    assert "tất cả tài liệu của tôi" in page and "loại khác" in page
    assert '<input type="hidden" name="kind" value="other">' in page and "Hỏi trong mọi tài liệu" in page
    listed = client.get("/ask").text
    assert re.search(r"<span>tài liệu của tôi</span>\s*<span>loại khác</span>", listed)
    refused = client.post("/ask", data=given | {"kind": "ke_hoach"})
    assert refused.status_code == 400 and "thuộc loại kế hoạch" in refused.text
    assert "data-narrowing open" in refused.text and "Kinh phí tiêm phòng" in refused.text
    assert "Không có kho" in client.post("/ask", data=given | {"shelf": "<b>"}).text


def test_what_is_not_there_is_said(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    path = asked(client, "Giá vé máy bay đi Đà Lạt là bao nhiêu?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert "Không có trong tài liệu" in page
    assert "Máy viết" not in page
    assert re.search("Không đoạn nào dưới đây có: «Giá vé máy bay», «Đà Lạt»", page)


def test_a_refusal_in_the_models_words_is_shown_as_one(
    kit: Kit, client_of: ClientOf, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Tài liệu không nêu mức phạt với hộ chưa tiêm."
    monkeypatch.setattr(kit.engine, "_answers", [said])
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng phạt hộ nào?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert "<h2>Không có trong tài liệu</h2>" in page and said in page and "Các đoạn gần nhất" in page
    assert "Không câu nào có căn cứ" not in page and "nên máy không viết câu trả lời" not in page
    assert "không có trong tài liệu" in client.get("/ask").text


def test_documents_that_say_the_same_are_named(
    kit: Kit, people: dict[str, User], client_of: ClientOf, plan: Document
) -> None:
    again = library.accept(kit, people["lan"], "Bản sao & gửi.txt", f"{CLERKS}\n".encode())
    library.index(kit, again.id)
    client = client_of("lan")
    sent = client.post("/ask", data={"question": "Kinh phí tiêm phòng là bao nhiêu?", "shelf": "own"})
    client.get(f"{sent.location}/stream", buffered=True)
    page = client.get(sent.location).text
    assert re.search("Cũng có trong: <span lang=.vi.>(?:Bản sao &amp; gửi|Kế hoạch tiêm phòng)</span>[.]", page)


def test_an_answer_without_any_ground_is_folded_away(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là 913 tỷ đồng, phải không?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text  # the scripted engine says the question again
    folded = page.index("Xem chữ máy viết")
    assert page.index("Không câu nào có căn cứ") < folded < page.index("Máy giả đã đọc")


def test_words_that_no_passage_has_are_told_with_the_answer(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu, có <i>lợn nái</i> không?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert "Máy viết" in page and "<i>" not in page
    assert re.search("Không đoạn nào dưới đây có: .*«lợn nái».*Anh/chị xem kỹ tài liệu", page)


def test_the_warning_comes_before_what_is_quoted(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng tối thiểu năm 2026 là bao nhiêu?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert page.index('class="banner look small caution"') < page.index("Tài liệu nói") < page.index("Máy viết</h2>")
    assert re.search("Không đoạn nào dưới đây có: «[^»]*tối thiểu[^»]*»", page), "no half of a word"


def test_an_article_that_is_not_there_is_said(
    kit: Kit, people: dict[str, User], client_of: ClientOf, plan: Document
) -> None:
    rules = library.accept(kit, people["lan"], "Quy chế.txt", "Điều 1. Tiêm phòng\nMỗi hộ tiêm phòng đủ.".encode())
    library.index(kit, rules.id)
    client = client_of("lan")
    path = asked(client, "Điều 5 nói gì về tiêm phòng cúm?", rules.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert "<h2>Không có trong tài liệu</h2>" in page and "Tài liệu được hỏi không có Điều 5." in page
    assert "Không đoạn nào dưới đây có" not in page, "one reason is enough"
    assert "The documents you asked do not have Điều 5." in client.get(f"{path}?lang=en").text


def test_what_the_program_says_for_the_small_model_is_no_machine_text(
    kit: Kit, client_of: ClientOf, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = replace(kit.engine.state(), small=True)
    monkeypatch.setattr(kit.engine, "state", lambda: state)
    monkeypatch.setattr(kit.engine, "_answers", ["Không có trong tài liệu."])
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    page = client.get(path).text
    assert "Mô hình luyện tập nhỏ chưa rút ra được câu trả lời" in page and "<blockquote" in page
    assert "Chép kèm nguồn" in page
    for words in ("Máy viết", "máy viết", "Viết bằng mô hình luyện tập nhỏ", "Máy không viết gì", "machine-text"):
        assert words not in page, words
    english = client.get(f"{path}?lang=en").text
    assert "could not draw an answer" in english and "Machine" not in english.partition('id="to-ket-qua"')[2]


@pytest.mark.parametrize(("small", "verdict"), [(True, "verdict"), (False, "verdict pass")])
def test_the_words_of_a_passage_are_no_proof_that_the_small_model_answers(
    kit: Kit, client_of: ClientOf, plan: Document, monkeypatch: pytest.MonkeyPatch, small: bool, verdict: str
) -> None:
    state = replace(kit.engine.state(), small=small)
    monkeypatch.setattr(kit.engine, "state", lambda: state)
    monkeypatch.setattr(kit.engine, "_answers", ["Kinh phí tiêm phòng là 62.000.000 đồng, lấy từ ngân sách xã [1]."])
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    assert f'<span class="{verdict}">1 câu khớp chữ với đoạn được dẫn</span>' in client.get(path).text


def test_a_refused_question_stays_in_the_form(client_of: ClientOf, plan: Document) -> None:
    sent = client_of("lan").post("/ask", data={"question": "dài <b>" * 300, "document": plan.id})
    assert sent.status_code == 400
    assert "mức nhận là 200 tiếng" in sent.text and "dài &lt;b&gt;" in sent.text


@pytest.mark.parametrize("name", ["minh", "thu", "dung", "quan"])
def test_nobody_else_reaches_it(client_of: ClientOf, plan: Document, name: str) -> None:
    path = asked(client_of("lan"), "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    other = client_of(name)
    for page in ("", "/answer", "/stream", "/file"):
        assert other.get(path + page).status_code == 404
    for deed in ("/stop", "/remove"):
        assert other.post(path + deed).status_code == 404


def test_a_stranger_is_sent_to_the_door(app: object, client_of: ClientOf, plan: Document) -> None:
    path = asked(client_of("lan"), "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    stranger = app.test_client()  # type: ignore[attr-defined]
    for page in ("/ask", path, f"{path}/stream"):
        assert stranger.get(page).status_code in (302, 401)


def test_a_question_is_removed_and_stopped(client_of: ClientOf, plan: Document) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    assert client.post(f"{path}/stop").status_code == 303
    assert "Đã dừng." in client.get(path).text
    assert client.post(f"{path}/remove").status_code == 303
    assert client.get(path).status_code == 404


def test_an_answer_outlives_its_document(
    client_of: ClientOf, kit: Kit, people: dict[str, User], plan: Document
) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    client.get(f"{path}/stream", buffered=True)
    library.remove(kit, people["lan"], plan.id)
    assert client.get(path).status_code == 200


def test_an_old_question_never_names_a_newer_document(
    client_of: ClientOf, kit: Kit, people: dict[str, User], plan: Document
) -> None:
    client = client_of("lan")
    path = asked(client, "Kinh phí tiêm phòng là bao nhiêu?", plan.id)
    library.remove(kit, people["lan"], plan.id)
    other = library.accept(kit, people["lan"], "Văn bản đến sau.txt", CLERKS.encode())
    library.index(kit, other.id)
    page = client.get(path).text
    assert "Văn bản đến sau" not in page and "tài liệu đã gỡ khỏi máy" in page
    again = client.post("/ask", data={"question": "Kinh phí là bao nhiêu?", "document": plan.id})
    assert again.status_code == 404, "“Hỏi lại” asks no other document"


def test_to_ask_again_of_a_removed_document_says_so_and_keeps_the_question(
    client_of: ClientOf, kit: Kit, people: dict[str, User], plan: Document
) -> None:
    left = library.accept(kit, people["lan"], "Còn lại.txt", f"{CLERKS}\nNơi nhận: các thôn.".encode())
    library.index(kit, left.id)
    library.remove(kit, people["lan"], plan.id)
    given = {"question": "Kinh phí là bao nhiêu?", "document": [plan.id, left.id]}
    for name in ("lan", "minh"):  # who never had it is told the same
        again = client_of(name).post("/ask", data=given)
        assert again.status_code == 404
        assert "Chưa hỏi được." in again.text and "không còn trong kho, hoặc không phải của anh/chị" in again.text
        assert "Kinh phí là bao nhiêu?</textarea>" in again.text
        assert (f'value="{left.id}" checked' in again.text) is (name == "lan")
        assert "Đã hỏi" in again.text and "Chưa hỏi câu nào" in again.text, "nothing was asked"


@pytest.mark.skipif(not can_draw(), reason="pypdfium2, of the extra [pdf], is not installed")
def test_a_page_of_a_pdf_is_drawn(client_of: ClientOf, kit: Kit) -> None:
    library.seed(kit)
    minutes = library.by_sample(kit, "bb-lay-y-kien-mo-duong")
    client = client_of("lan")
    picture = client.get(f"/documents/{minutes.id}/pages/1.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    assert client.get(f"/documents/{minutes.id}/pages/99.png").status_code == 404
    letter = library.by_sample(kit, "cv-don-doc-tiem-phong")
    assert client.get(f"/documents/{letter.id}/pages/1.png").status_code == 404
