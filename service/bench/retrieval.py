"""How well search finds, and how fast, on a labelled set in a folder: ``bench retrieval --data DIR``.

A row of the corpus stands where its best passage stands. Every query is asked as typed, without diacritics and
decomposed (NFD). The systems are ours by words alone, by vectors alone, by random vectors (the floor under the vectors)
and together, and as peers BM25 over words between blanks (rank_bm25, bm25s): development tools, left out where missing.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np

from service.bench import Figure, json_option, show
from service.bench.labelled import Labelled, RandomVectors, Row, embed, read, shelf
from service.bench.references import named_articles, numbered_documents
from service.embedders import open_embedder
from service.embedders.base import Embedder
from service.index import Index
from service.index.hybrid import Ranking
from service.text import fold

TOP = 10
LOOKED_AT = 40
"""Passages asked for, so that ten different rows of the corpus are among them."""

EVERYTHING = 10**9
SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "typed": str,
    "folded": fold,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
}


@dataclass(frozen=True)
class Measured:
    """One line of the table; shares in percent, times in milliseconds and seconds."""

    system: str
    queries: str
    r1: float
    r5: float
    r10: float
    mrr10: float
    ndcg10: float
    p50_ms: float
    index_s: float


@click.command("retrieval")
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Thư mục.")
@click.option("--model", default="", help="Thư mục mô hình nhúng; không ghi thì dùng mô hình đi kèm.")
@click.option("--passages", default=0, help="Thêm bản sao đã đổi từ cho đủ chừng này đoạn.")
@click.option("--queries", "part", type=click.Choice(["all", "even", "odd"]), default="all", help="Một nửa số câu hỏi.")
@click.option("--every", type=click.IntRange(1), default=1, help="Chỉ hỏi một trong chừng này câu.")
@click.option("--meaning", type=click.FloatRange(0, 1), help="Trọng số của véctơ; không ghi thì theo mô hình.")
@click.option("--only", multiple=True, help="Chỉ đo hệ thống này; ghi được nhiều lần.")
@json_option
def command(
    data: Path,
    model: str,
    passages: int,
    part: str,
    every: int,
    meaning: float | None,
    only: tuple[str, ...],
    as_json: bool,
) -> None:
    """Đo tìm kiếm trên một bộ câu hỏi có đáp án."""
    labelled = read(data, part, every)
    embedder = open_embedder(model)
    rows: list[Measured] = []
    figures: list[Figure] = []
    with shelf(labelled, passages) as (db, owner, seconds):
        figures.append(Figure("index, per 1,000 rows", 1000 * seconds / len(labelled.rows), "s"))
        spent: dict[str, float] = {"": 0.0}
        for name, known, ranking in _systems(labelled, embedder, meaning):
            if only and name not in only:
                continue
            if known is not None and known.name not in spent:
                spent[known.name] = embed(db, known, embedder)
            index = Index(db, known, ranking=ranking)
            cost = spent[known.name] if known else 0.0
            cost += seconds if name.startswith(("words", "hybrid")) else 0.0
            rows += measure(name, labelled, partial(ours, index, owner), cost)
        if not only:
            whole = Index(db, embedder)
            for name, asked in named_articles(labelled).items():
                right = sum(ours(whole, owner, query)[:1] == [row] for query, row in asked)
                figures.append(Figure(f"R@1, {name}", 100 * right / len(asked), "%", 98, at_least=True))
            figures += numbered_documents(embedder)
    for name, peer in PEERS.items():
        if importlib.util.find_spec(name) and (not only or name in only):
            begun = time.perf_counter()
            search = peer(labelled.rows)
            rows += measure(name, labelled, search, time.perf_counter() - begun)
    if as_json:
        show("retrieval", figures, as_json, rows=[asdict(row) for row in rows])
        return
    click.echo(f"{'':<26}{'R@1':>7}{'R@5':>7}{'R@10':>7}{'MRR':>7}{'nDCG':>7}{'p50 ms':>9}{'index s':>9}")
    for row in rows:
        shares = "".join(f"{share:7.1f}" for share in (row.r1, row.r5, row.r10, row.mrr10, row.ndcg10))
        click.echo(f"{row.system:<18}{row.queries:<8}{shares}{row.p50_ms:9.1f}{row.index_s:9.1f}")
    show("retrieval", figures, as_json)


def _systems(
    labelled: Labelled, embedder: Embedder | None, meaning: float | None
) -> Iterator[tuple[str, Embedder | None, Ranking]]:
    """Our systems by name. References are answered by rule in the hybrid only; without a model, words are all."""
    yield "words", None, Ranking(references=False)
    yield "words unpruned", None, Ranking(references=False, candidates=EVERYTHING)
    if embedder is not None:
        yield "vectors", embedder, Ranking(meaning=1.0, references=False)
        yield "random vectors", RandomVectors(labelled), Ranking(meaning=1.0, references=False)
        yield "hybrid", embedder, Ranking(meaning=meaning)


def ours(index: Index, owner: Mapping[tuple[int, int], str], query: str) -> list[str]:
    """The rows of the corpus that a query finds, best first."""
    found = index.search(query, limit=LOOKED_AT)
    rows = (owner.get((passage.document_id, passage.chunk), "a copy") for passage in found)
    return list(dict.fromkeys(rows))[:TOP]


# ── figures ─────────────────────────────────────────────────────────────────────────────────────


def measure(system: str, labelled: Labelled, search: Callable[[str], list[str]], index_s: float) -> list[Measured]:
    """Ask every query in every spelling."""
    lines = []
    for spelling, spelt in SPELLINGS.items():
        found: dict[str, list[str]] = {}
        times = []
        for key, query in labelled.queries.items():
            begun = time.perf_counter()
            found[key] = search(spelt(query))
            times.append(1000 * (time.perf_counter() - begun))
        scores = np.array([judge(found[key], labelled.grades[key]) for key in labelled.queries])
        r1, r5, r10, mrr, ndcg = (round(float(value), 2) for value in 100 * scores.mean(axis=0))
        lines.append(
            Measured(system, spelling, r1, r5, r10, mrr, ndcg, round(statistics.median(times), 2), round(index_s, 2))
        )
    return lines


def judge(found: Sequence[str], grades: Mapping[str, float]) -> tuple[float, float, float, float, float]:
    """Recall at 1, 5 and 10, reciprocal rank and nDCG at 10 of one query."""
    gains = [grades.get(row, 0.0) for row in found[:TOP]]
    recall = [sum(gain > 0 for gain in gains[:depth]) / len(grades) for depth in (1, 5, 10)]
    first = next((1 / place for place, gain in enumerate(gains, 1) if gain > 0), 0.0)
    best = _discounted(sorted(grades.values(), reverse=True)[:TOP])
    return recall[0], recall[1], recall[2], first, _discounted(gains) / best


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / float(np.log2(place + 1)) for place, gain in enumerate(gains, 1))


# ── peers ───────────────────────────────────────────────────────────────────────────────────────


def _rank_bm25(rows: Sequence[Row]) -> Callable[[str], list[str]]:
    peer = importlib.import_module("rank_bm25").BM25Okapi([row.whole.lower().split() for row in rows])

    def search(query: str) -> list[str]:
        scores = peer.get_scores(query.lower().split())
        return [rows[n].id for n in np.argsort(-scores, kind="stable")[:TOP]]

    return search


def _bm25s(rows: Sequence[Row]) -> Callable[[str], list[str]]:
    library = importlib.import_module("bm25s")
    peer = library.BM25()
    peer.index([row.whole.lower().split() for row in rows], show_progress=False)

    def search(query: str) -> list[str]:
        known = [word for word in query.lower().split() if word in peer.vocab_dict]
        found = peer.get_scores(known) if known else np.zeros(len(rows))
        return [rows[n].id for n in np.argsort(-found, kind="stable")[:TOP]]

    return search


PEERS: Mapping[str, Callable[[Sequence[Row]], Callable[[str], list[str]]]] = {"rank_bm25": _rank_bm25, "bm25s": _bm25s}
