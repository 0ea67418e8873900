"""A labelled set in a folder, and an index of it in a folder of its own, for ``bench retrieval``.

The folder holds ``corpus.jsonl`` ({_id, text}; title, law, article where known), ``queries.jsonl`` ({_id, text}) and
``qrels.tsv`` (query, row of the corpus, grade). Rows of one law become one document, cut into passages as ever.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert

from service.chunking import chunk
from service.embedders.base import Embedder, Vectors, unit_rows
from service.embedders.features import features
from service.errors import BadInput
from service.index import Index
from service.records import Block, Chunk, DocumentStatus
from service.store.db import Database, now
from service.store.tables import documents

SEED = 7


@dataclass(frozen=True)
class Row:
    """A row of the corpus: the document it belongs to, the heading it stands under, and its text."""

    id: str
    document: str
    heading: str
    text: str

    @property
    def whole(self) -> str:
        """What a peer indexes."""
        return f"{self.document}. {self.heading}\n{self.text}"


@dataclass(frozen=True)
class Labelled:
    """A labelled set: rows, queries, and for each query the grades of the rows that answer it."""

    rows: tuple[Row, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, float]]


# ── the labelled set ────────────────────────────────────────────────────────────────────────────


def read(folder: Path, part: str = "all", every: int = 1) -> Labelled:
    """Read a labelled set; ``part`` keeps every second query, ``every`` one in so many of those. Raises
    ``BadInput`` for a folder that holds none."""
    try:
        rows = tuple(_row(found) for found in _lines(folder / "corpus.jsonl"))
        queries = {str(found["_id"]): str(found["text"]) for found in _lines(folder / "queries.jsonl")}
        grades: dict[str, dict[str, float]] = {}
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            query, row, grade = line.split("\t")
            if float(grade) > 0:
                grades.setdefault(query, {})[row] = float(grade)
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(
            f"Thư mục {folder} không có đủ corpus.jsonl, queries.jsonl và qrels.tsv đúng dạng ({error}). "
            "Anh/chị xem dạng của ba tệp này trong README."
        ) from error
    kept = [query for query in queries if query in grades]
    if part != "all":
        kept = kept[(part == "odd") :: 2]
    return Labelled(rows, {query: queries[query] for query in kept[::every]}, grades)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _row(found: Mapping[str, Any]) -> Row:
    title = str(found.get("title") or "")
    text = str(found["text"]).removeprefix(title).strip()
    if found.get("article"):
        return Row(str(found["_id"]), str(found["law"]), f"Điều {found['article']}. {title}", text)
    return Row(str(found["_id"]), str(found.get("law") or title or found["_id"]), "", text)


@contextmanager
def empty_index() -> Iterator[Database]:
    """A database in a folder of its own, gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="hocvu-bench-") as folder,
        closing(Database(f"sqlite:///{Path(folder) / 'hv.sqlite3'}")) as db,
    ):
        db.migrate()
        yield db


# ── our index ───────────────────────────────────────────────────────────────────────────────────


class RandomVectors:
    """The floor under the vectors: a random direction per feature, as long as the feature is rare in the set itself."""

    name = "random vectors"
    meaning = 1.0
    dim = 256

    def __init__(self, labelled: Labelled) -> None:
        seen = Counter(feature for row in labelled.rows for feature in set(features(row.whole)))
        self._idf = {feature: float(np.log(1 + len(labelled.rows) / (1 + count))) for feature, count in seen.items()}
        self._rows: dict[str, Vectors] = {}

    def ready(self) -> bool:
        return True

    def passages(self, texts: Sequence[str]) -> Vectors:
        return unit_rows(np.array([self._sum(text) for text in texts]))

    def query(self, text: str) -> Vectors:
        row: Vectors = self.passages([text])[0]
        return row

    def words(self, text: str) -> Vectors:
        return np.zeros((0, self.dim), dtype=np.float32)

    def _sum(self, text: str) -> Vectors:
        total = np.zeros(self.dim, dtype=np.float32)
        for feature in features(text):
            if feature in self._idf:
                if feature not in self._rows:
                    noise = np.random.default_rng(zlib.crc32(feature.encode())).normal(size=self.dim)
                    self._rows[feature] = (self._idf[feature] * noise).astype(np.float32)
                total += self._rows[feature]
        return total


@contextmanager
def shelf(labelled: Labelled, passages: int = 0) -> Iterator[tuple[Database, Mapping[tuple[int, int], str], float]]:
    """An index in a folder of its own: the database, which passage belongs to which row, and the seconds it took."""
    with empty_index() as db:
        index = Index(db, None)
        owner: dict[tuple[int, int], str] = {}
        begun = time.perf_counter()
        for title, rows in _by_document(labelled.rows).items():
            found = [(row.id, piece) for row in rows for piece in _pieces(row)]
            key = put(db, index, title, [piece for _, piece in found])
            owner |= {(key, n): row for n, (row, _) in enumerate(found)}
        seconds = time.perf_counter() - begun
        _pad(db, index, labelled.rows, passages - len(owner))
        yield db, owner, seconds


def put(db: Database, index: Index, title: str, found: Sequence[Chunk]) -> int:
    """A document of these passages on the shelf; returns its number."""
    values = {"title": title[:300], "filename": "bench", "sha256": title[:64], "size": 0, "created_at": now()}
    numbered = [Chunk(n, piece.text, piece.heading, n, n) for n, piece in enumerate(found)]
    with db.write() as connection:
        new = insert(documents).values(status=DocumentStatus.READY, **values).returning(documents.c.id)
        key = int(connection.execute(new).scalar_one())
        index.add(connection, key, numbered)
    return key


def embed(db: Database, embedder: Embedder, beside: Embedder | None = None) -> float:
    """Give every passage its vector, those of ``beside`` kept; returns the seconds it took."""
    index = Index(db, embedder, beside)
    _ = embedder.dim  # waits for loading
    begun = time.perf_counter()
    while index.embed_missing(256):
        pass
    return time.perf_counter() - begun


def _by_document(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.document, []).append(row)
    return grouped


def _pieces(row: Row) -> tuple[Chunk, ...]:
    paragraphs = [line.strip() for line in row.text.split("\n") if line.strip()]
    texts = [row.heading, *paragraphs] if row.heading else paragraphs
    return chunk([Block(text, f"p{n}") for n, text in enumerate(texts, 1)])


def _pad(db: Database, index: Index, rows: Sequence[Row], missing: int) -> None:
    """Copies of the documents in which a third of the syllables are other ones, until there are enough passages."""
    rng = random.Random(SEED)  # noqa: S311 - made-up text, no secret
    listed = [word for row in rows for word in row.text.split()]
    copy = 0
    while missing > 0:
        copy += 1
        for title, mine in _by_document(rows).items():
            pieces = [piece for row in mine for piece in _pieces(row)][:missing]
            changed = [
                Chunk(piece.n, " ".join(_other(word, listed, rng) for word in piece.text.split()), piece.heading, 0, 0)
                for piece in pieces
            ]
            put(db, index, f"Bản {copy} của {title}", changed)
            missing -= len(pieces)
            if missing <= 0:
                return


def _other(word: str, listed: Sequence[str], rng: random.Random) -> str:
    return rng.choice(listed) if rng.random() < 1 / 3 else word
