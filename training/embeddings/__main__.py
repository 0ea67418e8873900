"""The command; see the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

import training.embeddings
from training.embeddings import articles, asked, learning, pairs, table
from training.tasks.shelf import shelf_documents

SEED = 7


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=training.embeddings.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("laws", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=Path, metavar="FOLDER")
    parser.add_argument("--start", type=Path, metavar="MODEL")
    parser.add_argument("--minutes", type=float, default=4.0, help="minutes of one core on the laws or the shelf")
    parser.add_argument("--asked", type=float, default=3.0, help="minutes of one core on questions")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)

    def tell(line: str) -> None:
        sys.stderr.write(line + "\n")

    torch.set_num_threads(1)
    on_shelf = given.laws.suffix == ".sqlite3"
    laws = articles.read_shelf(given.laws) if on_shelf else articles.read_laws(given.laws, given.without)
    documents = shelf_documents()
    tell(f"{len(laws)} laws, {sum(map(len, laws))} articles, {len(documents)} documents with questions")
    if given.start:
        vocabulary, rows = table.load(given.start)
    else:
        read = table.Counted.of(one.whole for listed in laws for one in listed)
        heard = table.Counted.of(one.whole for one in documents)
        vocabulary = table.choose(read, heard)
        rows = table.noise_times_idf(vocabulary, read + heard, given.seed)
    encoder = table.Encoder(vocabulary)
    encoded = [[pairs.Encoded.of(one, encoder) for one in listed] for listed in laws]
    around = [encoder.piece(question) for question in pairs.QUESTIONS]
    rate = learning.RATE / 2 if given.start else learning.RATE
    rows = learning.train(
        rows, learning.apart(pairs.batches(encoded, around, given.seed)), 60 * given.minutes, tell, rate
    )
    asks = asked.batches([asked.encoded(one, encoder) for one in documents], given.seed)
    rows = learning.train(
        rows, learning.asked(asks, pairs.batches(encoded, around, given.seed + 1)), 60 * given.asked, tell, rate
    )
    table.save(vocabulary, rows, given.out)


if __name__ == "__main__":
    main()
