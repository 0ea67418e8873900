"""The weights by which quotes are chosen: ``python -m training.quoting [--write]``.

Fits ``service/quoting/weights.py`` to questions whose answers are known: those on the invented documents that no training
has met (``training/tasks/shelf.py``, the held tenth; the embedding model learnt from the others), each searched for among
``AROUND`` others, and those on the sample documents that may be learnt from (tests/rules/data/questions.md, ``more``), which count twice.
Prints how often the first and any of three sentences is one that answers, by weights fitted without the document that is
asked; with ``--write`` puts the weights in their place. Takes a few minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sqlalchemy import insert

from service import library, worker
from service.embedders import open_embedder
from service.embedders.base import Embedder
from service.index import Index
from service.kit import open_kit
from service.quoting.sentences import asks_for_form, whole
from service.quoting.signs import NAMES, VECTORS, Asked
from service.records import Chunk, Passage
from service.settings import Settings, share_cores
from service.store.db import Database, now
from service.store.tables import documents as shelf_rows
from service.text import comparable, nfc
from training.embeddings.asked import answering
from training.notes import bare
from training.tasks.shelf import Document, shelf_documents

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "tests" / "rules" / "data" / "questions.jsonl"
WEIGHTS = ROOT / "service" / "quoting" / "weights.py"
FOUND, AROUND = 10, 39
"""Passages that the search returns, and other documents that it looks through."""
BARE = 0.2
"""How often a question of the held tenth is typed without marks."""
FOLDS, ROUNDS, RATE, DECAY = 4, 80, 0.02, 0.01
OPENING = 25
"""Letters of the labelled words by which a sentence is known to hold them."""

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Case:
    """A question: the signs of each sentence found, which of them answer, and the document that is asked."""

    signs: Array
    right: Array
    document: int
    labelled: bool


def _case(
    question: str,
    found: Sequence[Passage],
    right: Sequence[bool],
    answer: str,
    quote: str,
    key: int,
    embedder: Embedder,
) -> Case | None:
    """None where no sentence that was found answers; ``right`` tells of each passage whether it does."""
    form = asks_for_form(question)
    listed = [(n, one.text[a:b]) for n, one in enumerate(found) for a, b in whole(one, (0, len(one.text)), form=form)]
    if quote:
        wanted = comparable(nfc(quote)).strip(" .;,-+")[:OPENING]
        told = [right[n] and wanted in comparable(text) for n, text in listed]
    else:
        best = answering(answer, [text if right[n] else "" for n, text in listed])
        told = [n in best for n in range(len(listed))]
    if not any(told):
        return None
    return Case(Asked(question, embedder).signs(found, listed), np.array(told, dtype=float), key, bool(quote))


def of_shelf(embedder: Embedder) -> Iterator[Case]:
    """Questions on the held documents, each document a few passages of its own among those of others."""
    chance, documents = random.Random(5), shelf_documents(held=True)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/shelf.sqlite3")) as db:
        db.migrate()
        index = Index(db, embedder)
        keys = [_laid(db, index, document, n) for n, document in enumerate(documents)]
        while index.embed_missing():
            pass
        for key, document in zip(keys, documents, strict=True):
            for question in document.questions:
                if not question.cites:
                    continue
                scope = [key, *chance.sample([one for one in keys if one != key], min(AROUND, len(keys) - 1))]
                ask = chance.choice(question.asks)
                asked = bare(ask) if chance.random() < BARE else ask
                found = index.search(asked, scope, limit=FOUND)
                right = [one.document_id == key and one.chunk + 1 in question.cites for one in found]
                if case := _case(asked, found, right, question.answer, "", key, embedder):
                    yield case


def _laid(db: Database, index: Index, document: Document, n: int) -> int:
    values = {"title": _title(document), "filename": f"{n}.txt", "sha256": str(n), "size": 1, "status": "ready"}
    with db.write() as connection:
        new = insert(shelf_rows).values(created_at=now(), **values).returning(shelf_rows.c.id)
        key = int(connection.execute(new).scalar_one())
        index.add(connection, key, [Chunk(k, text, "", k, k) for k, text in enumerate(document.passages)])
    return key


def _title(document: Document) -> str:
    """The first lines that are no name of a body, number or motto."""
    lines = [line.strip() for line in document.passages[0].split("\n") if line.strip()]
    plain = [line for line in lines if not line.startswith(("ỦY BAN", "UBND", "Số", "CỘNG HÒA", "Độc lập"))]
    return " ".join((plain or lines)[:2])[:120]


def of_samples(embedder: Embedder) -> Iterator[Case]:
    """The questions on the sample documents that may be learnt from."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        with closing(open_kit(settings, embedder=embedder)) as kit:
            library.seed(kit)
            while worker.run_once(kit) or kit.index.embed_missing():
                pass
            sample = {document.id: document.sample for document in library.samples(kit)}
            for n, row in enumerate(rows):
                if row["split"] != "more" or not row["answerable"]:
                    continue
                found = kit.index.search(row["question"], list(sample), limit=FOUND)
                right = [sample[one.document_id] in row["documents"] for one in found]
                asked = kit.index.uncalled(row["question"], list(sample))
                if case := _case(asked, found, right, "", row["quote"], -n - 1, embedder):
                    yield case


def fitted(cases: Sequence[Case], columns: Sequence[int]) -> Array:
    """A weight for each column: the softmax over the sentences of a question is to fall on those that answer."""
    torch.manual_seed(0)
    every = np.concatenate([case.signs[:, columns] for case in cases])
    mean, scale = every.mean(axis=0), every.std(axis=0) + 1e-9
    longest = max(len(case.right) for case in cases)
    signs = torch.zeros(len(cases), longest, len(columns))
    outside, right = torch.ones(len(cases), longest, dtype=torch.bool), torch.zeros(len(cases), longest)
    for n, case in enumerate(cases):
        count = len(case.right)
        signs[n, :count] = torch.from_numpy((case.signs[:, columns] - mean) / scale).float()
        outside[n, :count], right[n, :count] = False, torch.from_numpy(case.right).float()
    weights = torch.zeros(len(columns), requires_grad=True)
    optimizer = torch.optim.AdamW([weights], lr=RATE, weight_decay=DECAY)
    for _ in range(ROUNDS):
        for part in torch.randperm(len(cases)).split(128):
            chances = (signs[part] @ weights).masked_fill(outside[part], -1e9).log_softmax(1)
            loss = -chances.masked_fill(right[part] == 0, -1e9).logsumexp(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return weights.detach().numpy().astype(float) / scale


def hits(cases: Sequence[Case], columns: Sequence[int]) -> dict[bool, tuple[int, float, float]]:
    """For questions on samples (True) and others: how many, and how often the first and any of three sentences answers,
    in percent, by weights fitted without the document."""
    told: dict[bool, list[tuple[bool, bool]]] = {False: [], True: []}
    for part in range(FOLDS):
        learnt = [one for one in cases if one.document % FOLDS != part]
        weights = fitted([*learnt, *(one for one in learnt if one.labelled)], columns)
        for case in cases:
            if case.document % FOLDS == part:
                order = np.argsort(-(case.signs[:, columns] @ weights), kind="stable")[:3]
                told[case.labelled].append((bool(case.right[order[0]]), bool(case.right[order].any())))
    return {kind: (len(rows), *(100 * np.mean(rows, axis=0)).tolist()) for kind, rows in told.items() if rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the weights into the program")
    given = parser.parse_args()
    share_cores()
    embedder = open_embedder("")
    if embedder is None:
        raise SystemExit("there is no embedding model")
    cases = [*of_shelf(embedder), *of_samples(embedder)]
    weighed = [*cases, *(one for one in cases if one.labelled)]
    tables = {"BY_VECTORS": range(len(NAMES)), "BY_WORDS": range(VECTORS)}
    written = [
        '"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.quoting --write``."""\n'
    ]
    for name, columns in tables.items():
        for labelled, (count, first, three) in hits(cases, columns).items():
            of = "sample documents" if labelled else "held documents"
            print(f"{name}, {of}: {count} questions, first {first:.1f}, any of three {three:.1f}")  # noqa: T201
        weights = dict(zip((NAMES[at] for at in columns), fitted(weighed, columns), strict=True))
        lines = "\n".join(f'    "{sign}": {weights.get(sign, 0.0):.3f},' for sign in NAMES)
        written.append(f"{name} = {{\n{lines}\n}}")
    if given.write:
        WEIGHTS.write_text("\n".join(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
