"""Passages are found however people type: without marks, decomposed, in the other tone spelling, by number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy import table as column_table

from service.embedders.base import Vectors
from service.embedders.hashing import HashingEmbedder
from service.index import Index, words
from service.records import Chunk
from service.store.db import Database, now
from service.store.tables import chunks, documents, vectors

SHELF = {
    "Quyết định thành lập Tổ công nghệ số": [
        ("", "Quyết định số 30/2026/QĐ-UBND về việc thành lập Tổ công nghệ số cộng đồng."),
        ("Điều 1", "Điều 1. Thành lập Tổ công nghệ số cộng đồng phường Hòa Bình gồm chín thành viên."),
        ("Điều 2", "Điều 2. Tổ hướng dẫn người dân nộp hồ sơ trực tuyến và thanh toán không dùng tiền mặt."),
    ],
    "Luật Đất đai": [
        ("Chương I › Điều 12. Hành vi bị cấm", "Lấn đất, chiếm đất, hủy hoại đất."),
        ("Chương I › Điều 13. Quyền của người sử dụng đất", "Được cấp giấy chứng nhận khi có đủ điều kiện."),
    ],
    "Kế hoạch tiêm phòng": [
        ("mục I", "Tiêm phòng cho đàn lợn, trâu, bò trước ngày 15 tháng 12; căn cứ công văn 123/SNNMT-CNTY."),
    ],
}


HOSTILE = [*"\"*():^-+{}';\0", "NEAR", "AND", "OR", "NOT", "--", "đất"]


class LateEmbedder(HashingEmbedder):
    """Sham, like its parent, and still loading until told otherwise."""

    loaded = False

    def ready(self) -> bool:
        return self.loaded

    def passages(self, texts: object) -> Vectors:
        assert self.loaded
        return super().passages(texts)  # type: ignore[arg-type]


@pytest.fixture
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('index') / 'hv.sqlite3'}")
    database.migrate()
    return database


def add_document(connection: Connection, title: str) -> int:
    values = {"title": title, "filename": "a.txt", "sha256": title, "size": 1, "status": "ready", "created_at": now()}
    return int(connection.execute(insert(documents).values(**values).returning(documents.c.id)).scalar_one())


def fill(db: Database, index: Index) -> dict[str, int]:
    keys = {}
    for title, parts in SHELF.items():
        with db.write() as connection:
            keys[title] = add_document(connection, title)
            found = [Chunk(n, body, heading, n, n) for n, (heading, body) in enumerate(parts)]
            index.add(connection, keys[title], found)
    return keys


@pytest.fixture
def index(db: Database) -> Index:
    index = Index(db, None)
    fill(db, index)
    return index


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("quyet dinh 30", "Quyết định số 30/2026"),
        ("quyết định 30", "Quyết định số 30/2026"),
        ("30/2026/QĐ-UBND", "Quyết định số 30/2026"),
        ("30/2026/qd-ubnd", "Quyết định số 30/2026"),
        ("số 123/SNNMT-CNTY nói gì", "Tiêm phòng"),
        ("cong van 123", "Tiêm phòng"),
        ("phường hoà bình", "Điều 1. Thành lập"),
        ("PHƯỜNG HÒA BÌNH", "Điều 1. Thành lập"),
        (unicodedata.normalize("NFD", "phường Hòa Bình"), "Điều 1. Thành lập"),
        ("huỷ hoại", "Lấn đất"),
        ("ho so truc tuyen", "Điều 2. Tổ hướng dẫn"),
        ("dan lon", "Tiêm phòng"),
        ("điều 13 luật đất đai", "Được cấp giấy"),
        ("dieu 12 luat dat dai", "Lấn đất"),
    ],
)
def test_the_passage_is_found_first(index: Index, query: str, begins: str) -> None:
    found = index.search(query)
    assert found[0].text.startswith(begins)
    assert [passage.number for passage in found] == list(range(1, len(found) + 1))
    assert list(found) == sorted(found, key=lambda passage: -passage.score)


def test_marks_decide_when_they_are_typed(index: Index) -> None:
    """«lợn» asks for pigs; «lớn» must not find them."""
    assert index.search("lớn") == ()
    assert index.search("lợn") != ()


def test_title_and_heading_are_searched_too(index: Index) -> None:
    assert index.search("hành vi bị cấm")[0].heading.endswith("Hành vi bị cấm")
    assert index.search("đất đai")[0].document_title == "Luật Đất đai"


def test_only_the_documents_asked_for(db: Database) -> None:
    index = Index(db, HashingEmbedder())
    keys = fill(db, index)
    index.embed_missing()
    for query in ("đất đai", "tổ công nghệ", "điều 12"):
        found = index.search(query, [keys["Kế hoạch tiêm phòng"]])
        assert {passage.document_id for passage in found} <= {keys["Kế hoạch tiêm phòng"]}
    assert index.search("đất đai", []) == ()
    assert index.search("đất đai", limit=0) == ()
    assert len(index.search("tổ", limit=2)) <= 2


def test_all_passages_in_the_order_asked_for(db: Database, index: Index) -> None:
    with db.read() as connection:
        keys = {row.title: row.id for row in connection.execute(select(documents))}
    order = [keys["Luật Đất đai"], keys["Quyết định thành lập Tổ công nghệ số"]]
    found = index.all_passages(order)
    assert [(passage.number, passage.document_id, passage.chunk) for passage in found] == [
        (1, order[0], 0),
        (2, order[0], 1),
        (3, order[1], 0),
        (4, order[1], 1),
        (5, order[1], 2),
    ]
    assert index.all_passages([]) == ()


def test_removal_leaves_nothing(db: Database) -> None:
    index = Index(db, HashingEmbedder())
    keys = fill(db, index)
    index.embed_missing()
    for key in keys.values():
        with db.write() as connection:
            index.remove(connection, key)
    with db.read() as connection:
        for table in (chunks, vectors, column_table("chunk_words")):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0, table.name
        assert connection.execute(text("SELECT rowid FROM chunk_words WHERE chunk_words MATCH 'đất'")).all() == []
    assert index.search("đất đai") == ()


def test_a_rolled_back_document_is_not_found(db: Database, index: Index) -> None:
    def breaks_off() -> None:
        with db.write() as connection:
            index.add(connection, add_document(connection, "Mới"), [Chunk(0, "chuyện kỳ lạ", "", 0, 0)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert index.search("kỳ lạ") == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.lists(st.sampled_from(HOSTILE)).map(" ".join))
def test_nothing_typed_is_ever_syntax(index: Index, query: str) -> None:
    assert isinstance(index.search(query), tuple)


def test_a_very_long_query_is_answered(index: Index) -> None:
    assert index.search(" ".join(f"tiếng{n} đất" for n in range(3000)))


def test_document_numbers_are_one_word_and_their_parts() -> None:
    parts, whole = words("Quyết định số: 30/2026/QĐ–UBND").rsplit(" ", 1)
    assert parts == "quyết định 30 2026 qđ ubnd"
    assert whole.replace("\ue000", "/").replace("\ue001", "-") == "30/2026/qd-ubnd"


# ── meaning ─────────────────────────────────────────────────────────────────────────────────────


def test_words_answer_while_the_model_loads_and_vectors_follow(db: Database) -> None:
    embedder = LateEmbedder()
    index = Index(db, embedder)
    fill(db, index)
    assert index.embed_missing() == 0
    assert index.search("đất đai")
    embedder.loaded = True
    assert index.embed_missing(limit=4) == 4
    assert index.embed_missing() == 2
    assert index.embed_missing() == 0
    assert index.search("đất đai")[0].document_title == "Luật Đất đai"


def test_meaning_finds_what_no_word_finds(db: Database) -> None:
    """The sham model folds, so «lớn» and «lợn» mean the same to it; words alone find nothing."""
    index = Index(db, HashingEmbedder())
    fill(db, index)
    assert index.search("đàn lớn", limit=1)[0].document_title == "Kế hoạch tiêm phòng"
    index.embed_missing()
    assert index.search("lớn", limit=1)[0].score > 0


def test_vectors_of_two_models_are_never_mixed(db: Database) -> None:
    first = Index(db, HashingEmbedder())
    fill(db, first)
    first.embed_missing()

    class Other(HashingEmbedder):
        name = "giả khác"
        dim = 32

    second = Index(db, Other())
    assert second.search("đất đai")
    assert second.embed_missing() == 6
    assert second.search("đất đai")[0].document_title == "Luật Đất đai"
    with db.read() as connection:
        assert set(connection.execute(select(vectors.c.model, vectors.c.dim))) == {
            (HashingEmbedder.name, 64),
            ("giả khác", 32),
        }


def test_a_passage_removed_meanwhile_gets_no_vector(db: Database) -> None:
    class Slow(HashingEmbedder):
        def passages(self, texts: object) -> Vectors:
            with db.write() as connection:
                connection.execute(text("DELETE FROM chunks WHERE n = 0"))
            return super().passages(texts)  # type: ignore[arg-type]

    index = Index(db, Slow())
    fill(db, index)
    assert index.embed_missing() == 3
    with db.read() as connection:
        left = set(connection.execute(select(chunks.c.id)).scalars())
        assert set(connection.execute(select(vectors.c.chunk_id)).scalars()) == left


def test_a_new_document_under_an_old_number_is_seen(db: Database) -> None:
    """SQLite gives numbers out again; the vectors kept in memory must notice."""
    embedder = HashingEmbedder()
    reader, writer = Index(db, embedder), Index(db, embedder)
    keys = fill(db, writer)
    writer.embed_missing()
    last = keys["Kế hoạch tiêm phòng"]
    reader.search("tiêm phòng", [last])
    with db.write() as connection:
        writer.remove(connection, last)
        connection.execute(documents.delete().where(documents.c.id == last))
    with db.write() as connection:
        assert add_document(connection, "Giấy mời") == last
        writer.add(connection, last, [Chunk(0, "Kính mời dự hội nghị tổng kết.", "", 0, 0)])
    writer.embed_missing()
    assert reader.search("hội nghị", [last])[0].score == pytest.approx(1.0, abs=0.31)
    assert reader._tables[last].rows[0] @ embedder.query("Giấy mời. Kính mời dự hội nghị tổng kết.") > 0.99
