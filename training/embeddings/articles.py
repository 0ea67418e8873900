"""Texts to learn from: the articles of laws, and the passages of an office's own shelf, clause by clause."""

from __future__ import annotations

import json
import lzma
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from service.text import fold, nfc, sentences

NEIGHBOURS = 3
"""Passages of a shelf that are read together, as the clauses of an article are."""

CLAUSE = 60
"""Words: a longer line is cut at its sentences."""

SHINGLE, TOUCHES, COPIES = 12, 0.04, 0.5
"""Runs of this many words tell whose text a law is: left out with --without above the first share (the laws of our
set lie at 0.85 and more, what merely quotes them below 0.3), a copy of a law already read above the second."""


@dataclass(frozen=True)
class Article:
    """An article of a law: title and clauses as they stand."""

    law: str
    title: str
    clauses: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of its text, with the name of the law."""
        return "\n".join((self.law, self.title, *self.clauses))


_ARTICLE = re.compile(r"(?m)^[ \t]*Điều[ \t]+\d+[a-zđ]?[ \t]*[.:]?[ \t]*(.*)$")
_NAME = re.compile(r"(?m)^[ \t]*(?:Bộ luật|BỘ LUẬT|Luật|LUẬT|HIẾN PHÁP|PHÁP LỆNH)\b[^:\n]*$(?:\n\s*([^\n]+))?")
_AFTER_NAME = re.compile(r"\s*(?:[Ss]ố \d|SỐ \d|Nguồn:|Căn cứ ).*")


def read_laws(path: Path, without: Path | None = None) -> list[list[Article]]:
    """The articles of every law with at least three, law by law; each law once."""
    barred, names = _corpus(without) if without else (set(), set())
    known: set[int] = set()
    laws = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            own = _shingles(row["text"])
            head = fold(nfc(row["text"][:600]))
            if len(own & barred) > TOUCHES * len(own) or any(name in head for name in names):
                continue
            articles = split(nfc(row["text"]), row["file"])
            if len(articles) >= 3 and len(own & known) < COPIES * len(own):
                laws.append(articles)
                known |= own
    return laws


def read_shelf(path: Path) -> list[list[Article]]:
    """The passages of every document in the database of Học Vụ, a few neighbours at a time."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT d.id, d.title, c.heading, c.text FROM chunks AS c JOIN documents AS d ON d.id = c.document_id "
            "ORDER BY d.id, c.n"
        ).fetchall()
    shelf = []
    for _, found in groupby(rows, key=lambda row: row[0]):
        listed = list(found)
        articles = []
        for at in range(0, len(listed), NEIGHBOURS):
            near = listed[at : at + NEIGHBOURS]
            clauses = tuple(clause for *_, text in near for clause in _clauses(text))
            if clauses:
                articles.append(Article(near[0][1], near[0][2].rpartition(" › ")[2], clauses))
        if articles:
            shelf.append(articles)
    return shelf


def split(text: str, name: str) -> list[Article]:
    """Cut a law into its articles; what stands before the first is looked at for the name only."""
    heads = list(_ARTICLE.finditer(text))
    if not heads:
        return []
    found = _NAME.search(text[: heads[0].start()])
    law = _AFTER_NAME.sub("", " ".join(found[0].split())) if found else name
    ends = [*(head.start() for head in heads[1:]), len(text)]
    articles = []
    for head, end in zip(heads, ends, strict=True):
        clauses = tuple(_clauses(text[head.end() : end]))
        title = head[1].strip()
        if len(title.split()) > CLAUSE // 2:
            clauses, title = (title, *clauses), ""
        if clauses:
            articles.append(Article(law, title, clauses))
    return articles


def _clauses(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        short = len(line.split()) <= CLAUSE
        pieces = [line.strip()] if short else [line[start:end] for start, end in sentences(line)]
        yield from (piece for piece in pieces if len(piece.split()) >= 3)


def _corpus(folder: Path) -> tuple[set[int], set[str]]:
    """What must not be read: the runs of words of a labelled set, and the names of its laws."""
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    names = {fold(nfc(row.get("law", ""))) for row in rows}
    return _shingles("\n".join(row["text"] for row in rows)), {name for name in names if "luat " in name}


def _shingles(text: str) -> set[int]:
    words = re.findall(r"\w+", fold(nfc(text)))
    return {hash(tuple(words[n : n + SHINGLE])) for n in range(len(words) - SHINGLE + 1)}
