"""The pages of summaries, tables and versions: they show what the features give, and only to its owner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service import library, worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Document, EnginePhase, EngineState, User

ClientOf = Callable[[str], FlaskClient]
OLD = """Số: 15/KH-UBND
Căn cứ Luật Chăn nuôi ngày 19 tháng 11 năm 2018 và Kế hoạch số 186/KH-UBND ngày 20/8/2026;
1. Giao Phòng Kinh tế lập danh sách hộ, hoàn thành trước ngày 12 tháng 11 năm 2026.
2. Kinh phí là 62.000.000 đồng."""


@pytest.fixture
def both(kit: Kit, people: dict[str, User]) -> tuple[Document, Document]:
    made = []
    for name, text in (("Bản 1.txt", OLD), ("Bản 2.txt", OLD.replace("62.000", "75.000"))):
        document = library.accept(kit, people["lan"], name, text.encode())
        library.index(kit, document.id)
        made.append(document)
    return made[0], made[1]


def test_a_summary_is_begun_watched_and_read(client_of: ClientOf, kit: Kit, both: tuple[Document, Document]) -> None:
    client = client_of("lan")
    sent = client.post("/summaries", data={"document": both[0].id, "length": 200, "reader": "Chủ tịch <xã>"})
    assert sent.status_code == 303
    path = sent.location
    page = client.get(path).text
    assert f'hx-get="{path}/progress"' in page
    assert "bấm vào số của đoạn" in page and "Khi có câu trả lời" not in page  # beside a summary too
    assert client.post(f"{path}/stop").status_code == 303
    page = client.get(path).text
    assert "Làm tiếp" in page and "Chủ tịch &lt;xã&gt;" in page
    client.post(f"{path}/go-on")
    while worker.run_once(kit):
        pass
    page = client.get(path).text
    assert "Đã đọc 1/1 phần" in page and "62.000.000 đồng" in page
    assert "hx-get" not in client.get(f"{path}/progress").text
    assert client.get(f"{path}/file").data[:2] == b"PK"
    for page in ("", "/progress", "/file"):
        assert client_of("minh").get(path + page).status_code == 404
    assert client.post(f"{path}/remove").status_code == 303
    assert client.get(path).status_code == 404


def test_what_a_model_wrote_is_told_apart_from_what_rules_chose(
    client_of: ClientOf,
    kit: Kit,
    engine: ScriptedEngine,
    both: tuple[Document, Document],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan, asked = client_of("lan"), {"document": both[0].id, "length": 200, "reader": "Chủ tịch xã"}

    def made() -> str:
        path = lan.post("/summaries", data=asked).location
        assert "viết cho" in lan.get(path).text, "while it is being made"
        while worker.run_once(kit):
            pass
        return lan.get(path).text

    monkeypatch.setattr(engine, "_answers", lambda _: "- Kinh phí là 62.000.000 đồng. [4]")
    page = made()
    assert "viết cho" in page and "được chép nguyên văn từ văn bản, trong độ dài đã chọn." in page
    monkeypatch.setattr(engine, "state", lambda: EngineState(EnginePhase.ABSENT))
    page = made()
    assert "do quy tắc chọn câu" in page and "viết cho" not in page


def test_nothing_chosen_is_told(client_of: ClientOf, both: tuple[Document, Document]) -> None:
    refused = client_of("lan").post("/summaries", data={"length": 400})
    assert refused.status_code == 400 and "Chưa chọn tài liệu nào" in refused.text


def test_the_tables_of_a_document(client_of: ClientOf, both: tuple[Document, Document]) -> None:
    assert client_of("lan").get("/digest").status_code == 200
    page = client_of("lan").get(f"/digest?document={both[0].id}").text
    assert "lập danh sách hộ" in page and "Phòng Kinh tế" in page
    assert "Kế hoạch số 186/KH-UBND" in page and "chưa kiểm chứng được" in page
    assert client_of("minh").get(f"/digest?document={both[0].id}").status_code == 404


def test_two_versions(client_of: ClientOf, both: tuple[Document, Document]) -> None:
    assert client_of("lan").get("/digest/versions").status_code == 200
    address = f"/digest/versions?old={both[0].id}&new={both[1].id}"
    page = client_of("lan").get(address).text
    assert 'class="removed">62.000.000' in page and 'class="added">75.000.000' in page
    assert "1 điều khoản sửa" in page and "giống nhau rất ít" not in page
    for query, said in (
        (f"?old={both[0].id}&new={both[0].id}", "Hai ô đang chọn cùng một văn bản"),
        (f"?old={both[0].id}&new=", "chọn cả bản cũ và bản mới"),
    ):
        assert said in client_of("lan").get(f"/digest/versions{query}").text
    assert "Chưa chọn tài liệu nào" in client_of("lan").get("/digest?make=1").text
    assert client_of("minh").get(address).status_code == 404
