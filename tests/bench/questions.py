"""Search over the sample documents, on the labelled questions of tests/rules/data/questions.jsonl.

    python -m tests.bench.questions [--model FOLDER] [--json]

Prints, for each split and style: how often a document that answers is among the first one and five passages, how often
the very passage that holds the labelled words is, how often the first and any of the sentences that the page quotes are
those words, and for the whole split how many of the questions that no document answers are recognised or warned of, and
how many of the others are refused or warned of (``answerability``). ``held`` counts: ``tune`` was looked at.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from service import library, worker
from service.answerability import answerable, lacking
from service.ask import likeness
from service.embedders import open_embedder
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, open_kit
from service.quoting import quoted
from service.records import Passage
from service.settings import Settings
from service.text import comparable, nfc

QUESTIONS = Path(__file__).parents[1] / "rules" / "data" / "questions.jsonl"
SPLITS = "tune", "held"
FIRST = 10
OPENING = 25
"""Letters of the quoted words that must be in the passage: a long quotation may run on into the next."""


def measure(kit: Kit, questions: Sequence[Mapping[str, Any]], quotes: bool = True) -> dict[str, dict[str, float]]:
    """Shares in percent by "split" and "split style"; the kit holds the sample documents."""
    sample = {document.id: document.sample for document in library.samples(kit)}
    told: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for question in questions:
        found = kit.index.search(question["question"], list(sample), limit=FIRST)
        split, style = question["split"], f"{question['split']} {question['style']}"
        refused = not answerable(kit, question["question"], list(sample), found)
        warned = refused or bool(lacking(question["question"], found))
        if not question["answerable"]:
            told[split]["unanswerable recognised"].append(refused)
            told[split]["unanswerable recognised or warned of"].append(warned)
            continue
        told[split]["false refusals"].append(refused)
        told[split]["false refusals or warnings"].append(warned)
        right = [sample[passage.document_id] in question["documents"] for passage in found]
        holding = [right[n] and _holds(passage, question["quote"]) for n, passage in enumerate(found)]
        said = quoted(question["question"], found, likeness(kit)) if quotes else ()
        answers = [_says(found[one.number - 1].text[one.start : one.end], question["quote"]) for one in said]
        for part in (split, style):
            told[part]["first quote answers"].append(any(answers[:1]))
            told[part]["a quote answers"].append(any(answers))
            told[part]["R@1"].append(any(right[:1]))
            told[part]["R@5"].append(any(right[:5]))
            told[part]["passage R@5"].append(any(holding[:5]))
    return {
        part: {name: round(100 * sum(hits) / len(hits), 1) for name, hits in figures.items()}
        for part, figures in sorted(told.items())
    }


def _says(said: str, quote: str) -> bool:
    """The words quoted hold the beginning of the labelled ones, or lie within them."""
    mine, wanted = comparable(said).strip(" .;,-+"), comparable(nfc(quote)).strip(" .;,-+")
    return wanted[:OPENING] in mine or (len(mine) > OPENING and mine in wanted)


def _holds(passage: Passage, quote: str) -> bool:
    return comparable(nfc(quote))[:OPENING] in comparable(passage.text)


@click.command()
@click.option("--model", default="", help="A folder with an embedding model; the one in the box by default.")
@click.option("--json", "as_json", is_flag=True)
def main(model: str, as_json: bool) -> None:
    listed = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    questions = [question for question in listed if question["split"] in SPLITS]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        engine = ScriptedEngine(lambda _messages: "")
        with closing(open_kit(settings, engine=engine, embedder=open_embedder(model))) as kit:
            library.seed(kit)
            while worker.run_once(kit) or kit.index.embed_missing():
                pass
            told = measure(kit, questions)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for part, figures in told.items():
        click.echo(f"{part:<13}" + "   ".join(f"{name} {share}" for name, share in figures.items()))


if __name__ == "__main__":
    main()
