"""Bare references, for ``bench retrieval``: 200 of each form, made from the set itself and from invented documents.

They are drawn from the names and numbers that the rules read: they prove the rules, not their luck with free wording.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from service.bench import Figure
from service.bench.labelled import SEED, Labelled, embed, empty_index, put
from service.chunking import chunk
from service.embedders.base import Embedder
from service.index import Index
from service.records import Block
from service.text import fold

REFERENCES = 200
BODIES = ("UBND", "HĐND", "SNV", "STC", "SGDĐT", "VP", "BTC", "CP", "BNV")
KINDS = (("QĐ", "quyết định"), ("NĐ", "nghị định"), ("TT", "thông tư"), ("KH", "kế hoạch"), ("TB", "thông báo"))
SUBJECTS = ("chuyển đổi số", "tiêm phòng", "tiếp công dân", "phòng chống thiên tai", "cải cách hành chính")
FORMS: dict[str, Callable[[str, int, str, str], str]] = {
    "«123/QĐ-UBND»": lambda sign, number, short, long: sign,
    "«123/qd-ubnd»": lambda sign, number, short, long: fold(sign),
    "«nd 30»": lambda sign, number, short, long: f"{fold(short)} {number}",
    "«nghị định số 30»": lambda sign, number, short, long: f"{long} số {number}",
}
"""How a document is asked for, from its number and kind."""


def named_articles(labelled: Labelled) -> dict[str, list[tuple[str, str]]]:
    """Made-up lookups of articles of the set, with the row each means; none when the set knows no articles."""
    rng = random.Random(SEED)  # noqa: S311 - a sample, no secret
    articles = [row for row in labelled.rows if row.heading]
    drawn = rng.sample(articles, min(REFERENCES, len(articles)))
    bare = [(f"{row.heading.split('.')[0].lower()} {row.document.lower()}", row.id) for row in drawn]
    asked = [
        (
            f"Theo {row.heading.split('.')[0]} {row.document} thì {row.heading.partition('. ')[2].lower()} ra sao?",
            row.id,
        )
        for row in drawn
    ]
    folded = [(fold(query), row) for query, row in bare]
    named = {"«điều N luật …»": bare, "«dieu N luat …»": folded, "«Theo Điều N Luật … thì … ra sao?»": asked}
    return {name: listed for name, listed in named.items() if listed}


def numbered_documents(embedder: Embedder | None) -> list[Figure]:
    """R@1 of documents asked for by number, among invented ones that also quote each other's numbers."""
    rng = random.Random(SEED)  # noqa: S311 - made-up documents, no secret
    numbers = rng.sample(range(1, 900), REFERENCES)
    made = []
    for number in numbers:
        (short, long), body = rng.choice(KINDS), rng.choice(BODIES)
        year = f"/{rng.choice((2024, 2025, 2026))}" if short in ("QĐ", "NĐ", "TT") else ""
        made.append((f"{number}{year}/{short}-{body}", number, short, long, rng.choice(SUBJECTS)))
    with empty_index() as db:
        index = Index(db, embedder)
        keys: list[int] = []
        for sign, _, _, long, subject in made:
            others = [rng.choice(made) for _ in range(3)]
            texts = [
                f"Số: {sign}\n{long.upper()}\nVề việc {subject}",
                *(f"Căn cứ {name.capitalize()} số {other} về {matter};" for other, _, _, name, matter in others),
                f"Điều 1. Giao các đơn vị thực hiện {subject} trong năm.",
            ]
            blocks = [Block(text, f"p{n}") for n, text in enumerate(texts, 1)]
            keys.append(put(db, index, f"{long.capitalize()} về {subject} ({len(keys)})", chunk(blocks)))
        if embedder is not None:
            embed(db, embedder)
        figures = []
        for name, form in FORMS.items():
            found = [index.search(form(*document[:4]), limit=1) for document in made]
            right = sum(bool(hit) and hit[0].document_id == key for hit, key in zip(found, keys, strict=True))
            figures.append(Figure(f"R@1, {name}", 100 * right / len(made), "%", 98, at_least=True))
    return figures
