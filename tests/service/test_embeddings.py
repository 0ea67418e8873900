"""The recipe of the static model: what it reads, the pairs it makes, and the folder it writes."""

from __future__ import annotations

import json
import lzma
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from service.embedders import open_embedder
from service.embedders.base import unit_rows
from service.embedders.features import features
from service.index import Index
from service.records import Chunk
from service.settings import go_offline
from service.store.db import Database, now
from service.store.tables import documents
from training.tasks.shelf import Document, Question

LAW = """LUẬT {name}
Điều 1. Phạm vi điều chỉnh
Luật này quy định về {matter}.
1. Cơ quan nhà nước quản lý {matter} theo quy định của pháp luật.
2. Tổ chức, cá nhân tham gia {matter} có quyền và nghĩa vụ.
Điều 2. Giải thích từ ngữ
Trong luật này, {matter} được hiểu là hoạt động có tổ chức.
Điều 3. Hiệu lực thi hành
Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026.
"""


POWER = Document(
    (
        "Khu Cầu Gồ ngừng cấp điện từ 7 giờ ngày 20 tháng 3. Hộ dân chủ động trữ nước.",
        "Trường nội trú mượn máy phát của Hạt Kiểm lâm.",
    ),
    (
        Question(("Bao giờ cúp điện?", "hôm nào mất điện"), "Khu Cầu Gồ ngừng cấp điện từ 7 giờ ngày 20 tháng 3 [1]."),
        Question(("Trường lấy điện đâu?",), "Trường nội trú mượn máy phát của Hạt Kiểm lâm [2]."),
        Question(("Tiền điện bao nhiêu?",), "Không có trong tài liệu."),
    ),
)
MARKET = Document(
    ("Phó ban phụ trách an ninh là bà Lại Thị Thục.", "Giá thuê quầy dãy C là 300.000 đồng mỗi tháng."),
    (Question(("Tiền chợ bao nhiêu?",), "Giá thuê quầy dãy C là 300.000 đồng mỗi tháng [2]."),),
)


def test_features_are_syllables_folded_syllables_and_folded_pairs() -> None:
    assert features("Đất đai") == ["đất", "đai", "~dat", "~dai", "~dat_dai"]
    assert features("hoà") == features("hòa")
    assert features("?!") == []


def test_the_recipe_from_laws_to_a_model_that_is_found_by_meaning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_offline()
    from training.embeddings import __main__ as recipe, articles, pairs, table

    matter = {"THỦY LỢI": "khai thác công trình thủy lợi", "THƯ VIỆN": "phục vụ bạn đọc trong thư viện"}
    with lzma.open(tmp_path / "laws.xz", "wt", encoding="utf-8") as file:
        for name, about in matter.items():
            row = {"source": "x", "file": name, "text": LAW.format(name=name, matter=about)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for least in ("SYLLABLE_TEXTS", "PAIR_TEXTS"):
        monkeypatch.setattr(table, least, 1)
    monkeypatch.setattr(articles, "COPIES", 2.0)
    monkeypatch.setattr(pairs, "BATCH", 8)
    monkeypatch.setattr(recipe, "shelf_documents", lambda: (POWER, MARKET))
    recipe.main([str(tmp_path / "laws.xz"), str(tmp_path / "model"), "--minutes", "0.01", "--asked", "0.02"])

    model = open_embedder(str(tmp_path / "model"))
    assert model is not None
    rows = model.passages([f"Luật này quy định về {about}." for about in matter.values()])
    assert int(np.argmax(rows @ model.query("ban doc cua thu vien"))) == 1
    assert not model.query("zzz").any()
    rows = model.passages([*POWER.passages, *MARKET.passages])
    assert int(np.argmax(rows @ model.query("bao giờ cúp điện"))) == 0
    assert int(np.argmax(rows @ model.query("tien cho bao nhieu"))) == 3

    from sentence_transformers import SentenceTransformer

    library = SentenceTransformer(str(tmp_path / "model"), device="cpu", local_files_only=True)
    texts = ["Luật này quy định về thư viện.", "công trình", "zzz"]
    same = unit_rows(library.encode([" ".join(features(text)) for text in texts]))
    assert np.allclose(model.passages(texts), same, atol=2e-3)
    vocabulary, kept = table.load(tmp_path / "model")
    assert vocabulary[0] == "[UNK]"
    assert kept.shape == (len(vocabulary), table.DIM)


def test_a_question_goes_with_the_passages_and_sentences_that_answer_it() -> None:
    from training.embeddings import asked, table

    encoder = table.Encoder(table.choose(table.Counted.of([]), table.Counted.of([POWER.whole] * 5)))
    encoded = asked.encoded(POWER, encoder)
    assert [(one.passages, one.sentences) for one in encoded.questions] == [((0,), (0,)), ((1,), (2,))]
    batch = next(asked.batches([encoded], 3))
    assert sorted(map(str, batch.right)) == ["([0], [0])", "([1], [2])"]
    assert batch.own == [(slice(0, 2), slice(0, 3))] * 2


def test_a_shelf_is_read_from_its_database(tmp_path: Path) -> None:
    """What «--start» goes on with: the passages of every document, a few neighbours at a time."""
    from training.embeddings.articles import read_shelf

    with closing(Database(f"sqlite:///{tmp_path / 'hocvu.sqlite3'}")) as db:
        db.migrate()
        values = {"filename": "a.txt", "size": 1, "status": "ready", "created_at": now()}
        for title in ("Kế hoạch A", "Kế hoạch B"):
            with db.write() as connection:
                new = insert(documents).values(title=title, sha256=title, **values).returning(documents.c.id)
                key = int(connection.execute(new).scalar_one())
                texts = [f"Câu thứ {n} của {title} nói về việc tiêm phòng." for n in range(4)]
                found = [Chunk(n, text, f"Phần I › mục {n}", n, n) for n, text in enumerate(texts)]
                Index(db, None).add(connection, key, found)
    shelf = read_shelf(tmp_path / "hocvu.sqlite3")
    assert [[len(article.clauses) for article in articles] for articles in shelf] == [[3, 1], [3, 1]]
    assert (shelf[0][0].law, shelf[0][0].title) == ("Kế hoạch A", "mục 0")
