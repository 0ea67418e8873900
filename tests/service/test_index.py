"""Passages are found however people type: without marks, decomposed, in the other tone spelling, by number."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Connection, func, insert, select, table as column_table, text

from service.embedders.base import Vectors
from service.embedders.hashing import HashingEmbedder
from service.index import Index
from service.index.hybrid import Ranking
from service.index.terms import counted, words
from service.records import Chunk
from service.store.db import Database, now
from service.store.tables import chunks, documents, embedded, indexed, term_counts, vectors

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
        for table in (chunks, vectors, indexed, embedded, term_counts, column_table("chunk_words")):
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


@pytest.mark.parametrize(
    ("query", "share"),
    [("hành vi bị cấm là gì", 0.0), ("giá vé máy bay là bao nhiêu", 1.0), ("", 0.0), ("gia may bay", 1.0)],
)
def test_how_much_of_a_question_is_nowhere(index: Index, query: str, share: float) -> None:
    assert index.unheard(query) == share


def test_what_stands_only_in_other_documents_is_nowhere_in_these(db: Database) -> None:
    index = Index(db, None)
    keys = fill(db, index)
    assert index.unheard("tiêm phòng đàn lợn", [keys["Kế hoạch tiêm phòng"]]) == 0
    assert index.unheard("tiêm phòng đàn lợn", [keys["Luật Đất đai"]]) == 1
    assert 0 < index.unheard("tiêm phòng đàn voi") < 1


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
    """A sample that is renewed keeps its number; the vectors kept in memory must notice."""
    embedder = HashingEmbedder()
    reader, writer = Index(db, embedder), Index(db, embedder)
    keys = fill(db, writer)
    writer.embed_missing()
    last = keys["Kế hoạch tiêm phòng"]
    reader.search("tiêm phòng", [last])
    with db.write() as connection:
        writer.remove(connection, last)
        connection.execute(documents.delete().where(documents.c.id == last))
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'documents'")
    with db.write() as connection:
        assert add_document(connection, "Giấy mời") == last
        writer.add(connection, last, [Chunk(0, "Kính mời dự hội nghị tổng kết.", "", 0, 0)])
    writer.embed_missing()
    assert reader.search("hội nghị", [last])[0].score == pytest.approx(1.0, abs=0.31)
    kept = reader._tables[embedder.name]._kept[last]
    assert kept.rows[0] @ embedder.query("Giấy mời. Kính mời dự hội nghị tổng kết.") > 0.99


def test_the_old_vectors_answer_until_the_new_model_has_read_everything(db: Database) -> None:
    class New(HashingEmbedder):
        name = "giả mới"
        asked = 0

        def query(self, text: str) -> Vectors:
            self.asked += 1
            return super().query(text)

    old, new = HashingEmbedder(), New()
    fill(db, Index(db, old))
    Index(db, old).embed_missing()
    index = Index(db, new, earlier=old)
    assert index.embed_missing(limit=4) == 4
    assert index.search("lớn") and new.asked == 0
    assert index.embed_missing() == 2
    assert index.search("lớn") and new.asked == 1
    assert Index(db, new).embed_missing() == 0
    with db.read() as connection:
        assert set(connection.execute(select(vectors.c.model)).scalars()) == {"giả mới"}


# ── names and numbers ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "title", "chunk"),
    [
        ("qđ 30", "Quyết định thành lập Tổ công nghệ số", 0),
        ("quyet dinh so 30 nam 2026 co may thanh vien", "Quyết định thành lập Tổ công nghệ số", 1),
        ("điều 2 quyết định 30/2026/QĐ-UBND", "Quyết định thành lập Tổ công nghệ số", 2),
        ("điều 13 đất đai", "Luật Đất đai", 1),
    ],
)
def test_what_is_named_comes_first(index: Index, query: str, title: str, chunk: int) -> None:
    best = index.search(query)[0]
    assert (best.document_title, best.chunk) == (title, chunk)


def test_an_article_of_the_only_document_looked_at(db: Database) -> None:
    index = Index(db, None)
    keys = fill(db, index)
    assert index.search("điều 13", [keys["Luật Đất đai"]])[0].chunk == 1


# ── neighbours and doubles ──────────────────────────────────────────────────────────────────────


def test_a_passage_is_shown_among_its_neighbours_and_with_its_whole_article(db: Database) -> None:
    index = Index(db, None)
    headings = ["Điều 1", "Điều 2 › khoản 1", "Điều 2 › khoản 2", "Điều 2 › khoản 3", "Điều 3", "Điều 4"]
    with db.write() as connection:
        key = add_document(connection, "Quy chế")
        index.add(connection, key, [Chunk(n, f"Câu {n}.", heading, n, n) for n, heading in enumerate(headings)])
    assert [passage.chunk for passage in index.around(key, 1)] == [0, 1, 2, 3]
    assert [passage.chunk for passage in index.around(key, 4)] == [3, 4, 5]
    assert [passage.number for passage in index.around(key, 4, reach=0)] == [1]
    assert index.around(key, 9) == ()


def test_what_says_the_same_is_told_once(db: Database) -> None:
    text_ = "Các đơn vị gửi báo cáo về Văn phòng trước ngày 15 hằng tháng, bằng bản giấy và bản điện tử."
    index = Index(db, None)
    for title, body in (("A", text_), ("B", text_), ("C", text_.replace("15", "20"))):
        with db.write() as connection:
            index.add(connection, add_document(connection, title), [Chunk(0, body, "", 0, 0)])
    with db.write() as connection:
        twice = [Chunk(n, text_.replace("15", "25"), "", n, n) for n in range(2)]
        index.add(connection, add_document(connection, "D"), twice)
    found = index.search("gửi báo cáo về Văn phòng")
    assert [(passage.document_title, passage.also) for passage in found] == [("A", "B"), ("C", ""), ("D", "")]


# ── keeping count ───────────────────────────────────────────────────────────────────────────────


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.text("ab đĐ5/-", max_size=12)), max_size=8))
def test_counts_and_full_text_follow_every_change(db: Database, deeds: list[tuple[bool, str]]) -> None:
    """Whatever comes and goes, the counts are those of the passages that are there, and FTS5 finds its index whole."""
    index = Index(db, None)
    here: list[int] = []
    for arrives, body in deeds:
        with db.write() as connection:
            if arrives:
                here.append(add_document(connection, body or "?"))
                index.add(connection, here[-1], [Chunk(0, body, "", 0, 0), Chunk(1, "a b", "", 1, 1)])
            elif here:
                gone = here.pop(0)
                index.remove(connection, gone)
                connection.execute(documents.delete().where(documents.c.id == gone))
    with db.write() as connection:
        listed = connection.execute(select(chunks.c.words)).scalars().all()
        exact = Counter(term for one in listed for term in set(counted(one)))
        kept = {row.term: row.exact for row in connection.execute(select(term_counts)) if row.exact}
        assert kept == exact
        for word in {word for one in listed for word in one.split()}:
            held = connection.execute(text("SELECT count(*) FROM chunk_words WHERE exact MATCH :w"), {"w": f'"{word}"'})
            assert held.scalar() == exact[word]
        for key in here:
            index.remove(connection, key)
            connection.execute(documents.delete().where(documents.c.id == key))
        assert connection.execute(select(func.count()).select_from(term_counts)).scalar() == 0


def test_the_rarest_terms_choose_whom_to_rank_when_there_are_many(db: Database) -> None:
    few, all_ = (Index(db, None, ranking=Ranking(candidates=n)) for n in (2, 1000))
    fill(db, few)
    for query in ("tổ hướng dẫn người dân nộp hồ sơ trực tuyến", "hành vi bị cấm về đất", "ngay 15 thang 12"):
        assert few.search(query)[0].text == all_.search(query)[0].text
        assert len(few.search(query)) <= 2


def test_a_filter_works_before_the_ranking(db: Database) -> None:
    """All passages of the document looked in hold a word that is rare in the index; the best of them is the last."""
    index = Index(db, None, ranking=Ranking(candidates=5))
    with db.write() as connection:
        for title, body, count in (("Khác", "Giao thông nông thôn.", 400), ("Thú y", "Mua vắc xin.", 40)):
            key = add_document(connection, title)
            found = [Chunk(n, body, "", n, n) for n in range(count)]
            if title == "Thú y":
                found.append(Chunk(count, "Vắc xin, vắc xin và vắc xin.", "", count, count))
            index.add(connection, key, found)
    assert index.search("vắc xin", [key])[0].chunk == 40
