"""The bench of search reads a labelled folder, asks each query in three spellings, and judges by the usual formulas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.bench import retrieval
from service.bench.labelled import read
from service.bench.retrieval import judge
from service.errors import BadInput

ROWS = [
    ("A1", "Luật Đất đai", "12", "Hành vi bị cấm", "Lấn đất, chiếm đất, hủy hoại đất."),
    ("A2", "Luật Đất đai", "13", "Quyền của người sử dụng đất", "Được cấp giấy chứng nhận khi có đủ điều kiện."),
    ("B1", "Luật Giáo dục", "2", "Mục tiêu giáo dục", "Giáo dục nhằm phát triển toàn diện con người Việt Nam."),
]
QUERIES = {"q1": ("hành vi nào bị cấm với đất", "A1"), "q2": ("mục tiêu của giáo dục là gì", "B1")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [dict(zip(("_id", "law", "article", "title", "text"), row, strict=True)) for row in ROWS]
    queries = [{"_id": key, "text": text} for key, (text, _) in QUERIES.items()]
    for name, listed in (("corpus", rows), ("queries", queries)):
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in listed)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    grades = "".join(f"{key}\t{row}\t1\n" for key, (_, row) in QUERIES.items())
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + grades, encoding="utf-8")
    return tmp_path


def test_a_row_per_system_and_spelling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "open_embedder", lambda _model: None)
    told = CliRunner().invoke(retrieval.command, ["--data", str(folder), "--only", "words", "--json"])
    assert told.exit_code == 0, told.output
    rows = json.loads(told.output)["rows"]
    assert [(row["system"], row["queries"]) for row in rows] == [("words", s) for s in ("typed", "folded", "nfd")]
    assert {row["ndcg10"] for row in rows} == {100.0}
    assert set(rows[0]) == {"system", "queries", "r1", "r5", "r10", "mrr10", "ndcg10", "p50_ms", "index_s"}


def test_the_halves_part_the_queries(folder: Path) -> None:
    assert set(read(folder, "even").queries) | set(read(folder, "odd").queries) == set(QUERIES)
    assert not set(read(folder, "even").queries) & set(read(folder, "odd").queries)
    assert list(read(folder, every=2).queries) == list(QUERIES)[::2]


def test_a_folder_without_a_labelled_set_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"corpus\.jsonl"):
        read(tmp_path)


def test_the_formulas_on_a_worked_example() -> None:
    """One of two right rows at place 2: DCG 1/log2(3), ideal 1 + 1/log2(3)."""
    r1, r5, r10, mrr, ndcg = judge(["x", "a", "y"], {"a": 1, "b": 1})
    assert (r1, r5, r10, mrr) == (0, 0.5, 0.5, 0.5)
    assert ndcg == pytest.approx(0.6309 / 1.6309, abs=1e-4)
