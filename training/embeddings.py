"""Make the static embedding model that ships in ``models/embedder``: a table of 16,000 rows of 256 numbers.

    python -m training.embeddings LAWS.jsonl.xz OUT [--without FOLDER] [--minutes 4]
    python -m training.embeddings DATA/hocvu.sqlite3 OUT --start models/embedder [--minutes 1]

LAWS holds one ``{"source", "file", "text"}`` a line; OUT becomes a sentence-transformers folder. ``--without`` leaves
out every law whose words are in ``FOLDER/corpus.jsonl`` before vocabulary, idf and training, for an honest figure on
that folder. ``--start`` goes on from a model that exists, with its vocabulary: given the database of an office, on the
text of its own shelf (read only), after which ``HOCVU_EMBEDDER=OUT`` puts the new table to use.

No labels are needed. A pair is a clause (or a title) of an article and a window of the same article from which that
clause is mostly taken out; the other windows of the batch are the wrong answers, half of them from few laws so that
they are hard. Rows start as noise times idf, which alone ranks better than LSA did in our measurements.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from service.embedders.features import features
from service.text import fold, nfc, sentences

DIM, ROWS = 256, 16_000
SYLLABLE_ARTICLES, PAIR_ARTICLES = 3, 5
"""A syllable must be in this many articles to get a row, a pair of syllables in this many."""

BATCH, HARD_LAWS = 512, 6
"""Pairs in a batch; half of them come from this many laws."""

NEIGHBOURS = 3
"""Passages of a shelf that are read together, as the clauses of an article are."""

SCALE, BACKWARD = 20.0, 0.3
"""Of the softmax over the batch, and the weight of the direction passage → query."""

RATE = 3e-3
CLAUSE = 60
"""Words: a longer line is cut at its sentences."""

WINDOW = (40, 220)
"""Words of a passage, drawn anew for every pair; what is searched later has about 110."""

SHINGLE, TOUCHES, COPIES = 12, 0.04, 0.5
"""Runs of this many words tell whose text a law is: left out with --without above the first share (the laws of our
set lie at 0.85 and more, what merely quotes them below 0.3), a copy of a law already read above the second."""

QUESTIONS = (
    "có đúng không",
    "đúng hay sai",
    "là gì",
    "như thế nào",
    "ai có thẩm quyền",
    "trong trường hợp nào",
    "được quy định ra sao",
    "bao gồm những gì",
    "cần điều kiện gì",
    "bị xử lý thế nào",
    "thời hạn bao lâu",
    "theo quy định của pháp luật",
    "tôi muốn hỏi",
    "thì phải làm sao",
    "có được phép không",
    "hồ sơ gồm những gì",
)
"""What people put around the matter of a question, so that the table learns to pass over it."""

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Article:
    """An article of a law: title and clauses as they stand."""

    law: str
    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """The rows of a stretch of text as it is typed with marks and without, and its length in words."""

    marked: Ids
    bare: Ids
    length: int


@dataclass(frozen=True)
class Encoded:
    """An article as rows of the table."""

    law: Piece
    title: Piece
    clauses: tuple[Piece, ...]


# ── text ────────────────────────────────────────────────────────────────────────────────────────

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


# ── the table before training ───────────────────────────────────────────────────────────────────


def count(laws: Sequence[Sequence[Article]]) -> tuple[Counter[str], int]:
    """In how many articles every feature occurs, and the number of articles."""
    seen: Counter[str] = Counter()
    total = 0
    for articles in laws:
        for article in articles:
            total += 1
            seen.update(set(features("\n".join((article.law, article.title, *article.clauses)))))
    return seen, total


def choose(seen: Counter[str]) -> list[str]:
    """The rows of the table: syllables first, then pairs, the frequent before the rare."""
    ranked = sorted(seen, key=lambda feature: (-seen[feature], feature))
    single = [feature for feature in ranked if "_" not in feature and seen[feature] >= SYLLABLE_ARTICLES]
    pairs = [feature for feature in ranked if "_" in feature and seen[feature] >= PAIR_ARTICLES]
    return ["[UNK]", *single, *pairs][:ROWS]


def noise_times_idf(vocabulary: Sequence[str], seen: Counter[str], total: int, seed: int) -> torch.Tensor:
    """Random directions as long as the feature is rare, 1 on average; the row of unknown words is zero."""
    table = np.random.default_rng(seed).normal(size=(len(vocabulary), DIM)) / DIM**0.5
    idf = np.array([np.log(1 + total / (1 + seen[feature])) for feature in vocabulary])
    table *= (idf / idf[1:].mean())[:, None]
    table[0] = 0
    return torch.from_numpy(table.astype(np.float32))


# ── pairs ───────────────────────────────────────────────────────────────────────────────────────


class Encoder:
    """Text → rows, for a vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._row = {feature: n for n, feature in enumerate(vocabulary)}

    def ids(self, text: str) -> Ids:
        return np.array([row for f in features(text) if (row := self._row.get(f))], dtype=np.int64)

    def piece(self, text: str) -> Piece:
        return Piece(self.ids(text), self.ids(fold(text)), len(text.split()))

    def article(self, article: Article) -> Encoded:
        return Encoded(self.piece(article.law), self.piece(article.title), tuple(map(self.piece, article.clauses)))


def pair(article: Encoded, questions: Sequence[Piece], rng: np.random.Generator) -> tuple[Ids, Ids]:
    """A made-up query and a passage that answers it."""
    clauses = article.clauses
    by_title = len(article.title.marked) > 0 and (len(clauses) < 2 or rng.random() < 0.3)
    asked = -1 if by_title else int(rng.integers(len(clauses)))
    parts = [article.title if by_title else clauses[asked]]
    if rng.random() < 0.25:
        parts.append(article.law)
    if rng.random() < 0.35:
        parts.append(questions[int(rng.integers(len(questions)))])
    typed = "bare" if rng.random() < 0.2 else "marked"
    query = np.concatenate([getattr(part, typed) for part in parts])
    kept = query[rng.random(len(query)) >= rng.random() * 0.5]

    given_away = rng.random() < 0.5
    aim = rng.integers(*WINDOW)
    low = high = max(asked, 0) if not by_title else int(rng.integers(len(clauses)))
    length = clauses[low].length
    while length < aim and (low > 0 or high < len(clauses) - 1):
        if high == len(clauses) - 1 or (low > 0 and rng.random() < 0.5):
            low -= 1
            length += clauses[low].length
        else:
            high += 1
            length += clauses[high].length
    passage = [clauses[n].marked for n in range(low, high + 1) if given_away or n != asked or low == high]
    if rng.random() < 0.8 and (given_away or not by_title):
        passage.append(article.title.marked)
    if rng.random() < 0.7:
        passage.append(article.law.marked)
    return (kept if len(kept) else query), np.concatenate(passage)


Pairs = list[tuple[Ids, Ids]]


def batches(
    laws: Sequence[Sequence[Encoded]], questions: Sequence[Piece], seed: int
) -> Iterator[list[tuple[Ids, Ids]]]:
    """Batches without end; half of each is drawn from few laws."""
    rng = np.random.default_rng(seed)
    everything = [article for articles in laws for article in articles]
    share = np.array([len(articles) for articles in laws], dtype=float)
    share /= share.sum()
    while True:
        few = rng.choice(len(laws), size=min(HARD_LAWS, len(laws)), replace=False, p=share)
        near = [article for n in few for article in laws[n]]
        drawn = [near[rng.integers(len(near))] for _ in range(BATCH // 2)]
        drawn += [everything[rng.integers(len(everything))] for _ in range(BATCH - len(drawn))]
        unique = list({id(article): article for article in drawn}.values())
        yield [pair(article, questions, rng) for article in unique]


# ── training ────────────────────────────────────────────────────────────────────────────────────


def train(
    table: torch.Tensor,
    feed: Iterator[Pairs],
    seconds: float,
    tell: Callable[[str], None],
    rate: float = RATE,
) -> torch.Tensor:
    """Adam on the softmax over each batch, the step size falling to nothing as the time runs out."""
    weights = table.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([weights], lr=rate)
    begun = time.process_time()
    step, mean = 0, 0.0
    while (spent := time.process_time() - begun) < seconds:
        for group in optimizer.param_groups:
            group["lr"] = rate * max(0.01, 1 - spent / seconds)
        pairs = [(query, passage) for query, passage in next(feed) if len(query) and len(passage)]
        queries, passages = (_vectors(weights, [pair[n] for pair in pairs]) for n in (0, 1))
        scores = SCALE * queries @ passages.T
        right = torch.arange(len(pairs))
        loss = cross_entropy(scores, right) + BACKWARD * cross_entropy(scores.T, right)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        mean += (loss.item() - mean) / min(step, 20)
        if step % 50 == 0:
            tell(f"{spent:5.0f} s  step {step}  loss {mean:.3f}")
    trained = weights.detach()
    trained[0] = 0
    return trained


def _vectors(weights: torch.Tensor, bags: Sequence[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
    rows = embedding_bag(torch.from_numpy(np.concatenate(bags)), weights, torch.from_numpy(starts), mode="mean")
    return normalize(rows)


# ── the model folder ────────────────────────────────────────────────────────────────────────────


def save(vocabulary: Sequence[str], table: torch.Tensor, folder: Path) -> None:
    """Write a folder that the stock classes of sentence-transformers load."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({feature: n for n, feature in enumerate(vocabulary)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=table.numpy())
    model = SentenceTransformer(modules=[module], device="cpu")
    model.to(torch.float16).save(str(folder), create_model_card=False)
    (folder / "reads.json").write_text('{"reads": "features"}\n', encoding="ascii")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # the library writes weights that only their owner may read


def load(folder: Path) -> tuple[list[str], torch.Tensor]:
    """Vocabulary and table of a model that ``save`` wrote."""
    from safetensors.torch import load_file

    weights = next(folder.rglob("model.safetensors"))
    tokens = json.loads(next(folder.rglob("tokenizer.json")).read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(tokens, key=tokens.__getitem__), load_file(weights)["embedding.weight"].float()


def main(arguments: Sequence[str] | None = None) -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("laws", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--without", type=Path, metavar="FOLDER")
    asked.add_argument("--start", type=Path, metavar="MODEL")
    asked.add_argument("--minutes", type=float, default=5.0, help="minutes of one core")
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args(arguments)

    def tell(line: str) -> None:
        sys.stderr.write(line + "\n")

    torch.set_num_threads(1)
    on_shelf = given.laws.suffix == ".sqlite3"
    laws = read_shelf(given.laws) if on_shelf else read_laws(given.laws, given.without)
    tell(f"{len(laws)} laws, {sum(map(len, laws))} articles")
    if given.start:
        vocabulary, table = load(given.start)
    else:
        seen, total = count(laws)
        vocabulary = choose(seen)
        table = noise_times_idf(vocabulary, seen, total, given.seed)
    encoder = Encoder(vocabulary)
    encoded = [[encoder.article(article) for article in articles] for articles in laws]
    questions = [encoder.piece(question) for question in QUESTIONS]
    rate = RATE / 2 if given.start else RATE
    table = train(table, batches(encoded, questions, given.seed), 60 * given.minutes, tell, rate)
    save(vocabulary, table, given.out)


if __name__ == "__main__":
    main()
