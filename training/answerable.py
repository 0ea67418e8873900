"""Learn what each piece of evidence counts for when a question is judged answerable, and from where on it is not.

    python -m training.answerable

Searches for questions of two kinds as the service does: the labelled ones that may be learnt from, among the sample
documents, and those of ``training/wording/shelf.jsonl`` in their own document, the rarity of words counted among a pile
of such documents. Fits a logistic regression, prints how well it tells the answerable from the others on documents that
it did not learn from, and writes ``service/answerability/weights.py``. A few minutes on one core.

The two differ: on the shelf whoever asks shuns the words of the document where it answers and takes them where it does
not, so that there words alone tell nothing at all. The samples have the greater say; the shelf keeps the weights from
trusting in words too much. The limit is that of the samples.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service import library, worker
from service.answerability.evidence import evidence
from service.embedders import open_embedder
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, open_kit
from service.settings import HOME, Settings, share_cores
from training.notes import bare
from training.tasks.sample import NOT_THERE
from training.tasks.shelf import FILE as SHELF

LABELLED = HOME / "tests" / "rules" / "data" / "questions.jsonl"
LEARNT_FROM = "tune", "more"
"""The splits that may be looked at; ``held`` only measures."""
OUT = HOME / "service" / "answerability" / "weights.py"
FOUND = 12
"""Passages that the service looks at (``ask.PASSAGES``)."""
PILE = 42
"""Documents of the shelf that lie together, about as many as there are samples."""
BARE = 0.3
"""How often a question of the shelf is typed without diacritics, as of the labelled ones."""
SHELF_SAY = 0.3
"""What the shelf counts for beside the samples' 1. Without it, word for word: more is recognised in the samples and far
more refused on the shelf; with 1 little is recognised in either."""
PULL = 0.033
"""Towards zero, on weights of evidence scaled to a deviation of 1; a tenth or ten times as much ranks little worse."""
FALSE = 0.03
"""Of the questions with an answer so many may be refused, by the figures on documents not learnt from; the aim is
0.05, and other questions keep a limit less well."""
PARTS = 6
"""Parts of the documents, each judged by what was learnt from the others."""
HEAD = '"""What each number of ``evidence`` counts for. Written by ``python -m training.answerable``."""'

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """A question judged: its evidence, the document it is about, and whether that answers it."""

    evidence: Mapping[str, float]
    document: str
    answerable: bool


@dataclass(frozen=True)
class Learnt:
    """A weight for each column, as the columns come."""

    weights: Rows
    bias: float

    def doubts(self, rows: Rows) -> Rows:
        doubts: Rows = rows @ self.weights + self.bias
        return doubts


def learn(rows: Rows, unanswerable: Rows, say: Rows) -> Learnt:
    """Logistic regression by Newton's method; ``say`` is the weight of each row."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    say = say / say.sum()
    pull = np.append(np.full(rows.shape[1], PULL), 0.0)
    weights = np.zeros(scaled.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (say * (chance - unanswerable)) + pull * weights
        bend = (scaled * (say * chance * (1 - chance))[:, None]).T @ scaled + np.diag(pull)
        weights = weights - np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
    plain = weights[:-1] / spread
    return Learnt(plain, float(weights[-1] - middle @ plain))


def limit(doubts: Rows, unanswerable: Rows, false: float) -> float:
    """The doubt that at most the share ``false`` of the answerable exceeds."""
    fine = np.sort(doubts[unanswerable == 0])
    return float(fine[max(0, int(np.ceil((1 - false) * len(fine))) - 1)])


def area(doubts: Rows, unanswerable: Rows) -> float:
    """How often an unanswerable question is the more doubtful of two: the area below the ROC curve."""
    bad, fine = doubts[unanswerable == 1], doubts[unanswerable == 0]
    above = (bad[:, None] > fine).mean() + (bad[:, None] == fine).mean() / 2
    return float(above)


def judged(seen: Sequence[Sequence[Seen]], names: Sequence[str]) -> tuple[Learnt, list[Rows]]:
    """What is learnt from all sets, and the doubts of each set by what was learnt without the documents asked about."""
    rows = [np.array([[one.evidence.get(name, 0.0) for name in names] for one in each]) for each in seen]
    bad = [np.array([float(not one.answerable) for one in each]) for each in seen]
    say = [np.full(len(each), weight / len(each)) for each, weight in zip(seen, (1.0, SHELF_SAY), strict=True)]
    part = [_parts(one.document for one in each) for each in seen]
    every, all_bad, all_say, all_part = map(np.concatenate, (rows, bad, say, part))
    doubts = np.zeros(len(every))
    for n in range(PARTS):
        rest = all_part != n
        doubts[~rest] = learn(every[rest], all_bad[rest], all_say[rest]).doubts(every[~rest])
    return learn(every, all_bad, all_say), [doubts[: len(seen[0])], doubts[len(seen[0]) :]]


def _parts(documents: Iterable[str]) -> NDArray[np.int64]:
    listed = list(documents)
    shuffled = sorted(set(listed))
    random.Random(0).shuffle(shuffled)  # noqa: S311 - a fixed order, no secret
    part = {document: n % PARTS for n, document in enumerate(shuffled)}
    return np.array([part[document] for document in listed])


def from_samples() -> list[Seen]:
    """The labelled questions that may be looked at. What a question is about is the document found first."""
    listed = map(json.loads, LABELLED.read_text(encoding="utf-8").splitlines())
    questions = [one for one in listed if one["split"] in LEARNT_FROM]
    with _kit() as kit:
        library.seed(kit)
        _index(kit)
        ids = [document.id for document in library.samples(kit)]
        return [_seen(kit, one["question"], ids, ids, one["answerable"]) for one in questions]


def from_shelf() -> list[Seen]:
    """The first wording of each question of the shelf."""
    lines = [json.loads(line) for line in SHELF.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(0)  # noqa: S311 - a fixed order, no secret
    with _kit() as kit:
        ids = [_put_in(kit, f"shelf-{n}", line["passages"]) for n, line in enumerate(lines)]
        _index(kit)
        piles = len(ids) // PILE
        return [
            _seen(kit, bare(ask) if chance.random() < BARE else ask, ids[n % piles :: piles], [ids[n]], not refused)
            for n, line in enumerate(lines)
            for ask, refused in ((one["asks"][0], one["answer"] == NOT_THERE) for one in line["questions"])
        ]


def _put_in(kit: Kit, name: str, passages: Sequence[str]) -> int:
    title = " ".join(passages[0].split("\n")[:3])
    text = "\n\n".join(passages).encode()
    return library.accept(kit, None, f"{name}.txt", text, title=title[:140], sample=name).id


def _index(kit: Kit) -> None:
    while worker.run_once(kit) or kit.index.embed_missing():
        pass


def _seen(kit: Kit, question: str, readable: Sequence[int], scope: Sequence[int], answerable: bool) -> Seen:
    found = kit.index.search(question, scope, limit=FOUND)
    shown = evidence(question, found, kit.index.weighed(question, readable))
    return Seen(shown, str(found[0].document_id) if found else "", answerable)


@contextmanager
def _kit() -> Iterator[Kit]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        engine = ScriptedEngine(lambda _messages: "")
        with closing(open_kit(settings, engine=engine, embedder=open_embedder(""))) as kit:
            yield kit


def written(learnt: Learnt, names: Sequence[str], most: float) -> str:
    """The module ``weights``."""
    lines = [f'    "{name}": {weight:.4f},' for name, weight in zip(names, learnt.weights, strict=True)]
    return "\n".join(
        [
            *(HEAD, "", "from __future__ import annotations", "", f"BIAS = {learnt.bias:.4f}", f"LIMIT = {most:.4f}"),
            *('"""A question of more doubt than this is not put to the model."""', "WEIGHTS: dict[str, float] = {"),
            *(*lines, "}", ""),
        ]
    )


def main() -> None:
    share_cores()
    sets: dict[str, list[Seen]] = {"samples": from_samples(), "shelf": from_shelf()}
    names = sorted({name for each in sets.values() for one in each for name in one.evidence})
    learnt, doubts = judged(list(sets.values()), names)
    bad = [np.array([float(not one.answerable) for one in each]) for each in sets.values()]
    most = limit(doubts[0], bad[0], FALSE)
    for name, doubt, wrong in zip(sets, doubts, bad, strict=True):
        at = limit(doubt, wrong, 0.05)
        told: dict[str, Any] = {
            "area": area(doubt, wrong),
            "recognised at 5 % false refusals": (doubt[wrong == 1] > at).mean(),
            "recognised at the limit": (doubt[wrong == 1] > most).mean(),
            "false refusals at the limit": (doubt[wrong == 0] > most).mean(),
        }
        print(f"{name:<8} " + "   ".join(f"{key} {value:.3f}" for key, value in told.items()))  # noqa: T201 - a command
    OUT.write_text(written(learnt, names, most), encoding="utf-8")


if __name__ == "__main__":
    main()
