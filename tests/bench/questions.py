"""Search over the sample documents, on the labelled questions of tests/rules/data/questions.jsonl.

    python -m tests.bench.questions [--model FOLDER] [--answers [GGUF]] [--more] [--json]

Prints, for each split and style: how often a document that answers is among the first one and five passages, how often
the very passage that holds the labelled words is, how often the first and any of the sentences that the page quotes are
those words, and for the whole split how many of the questions that no document answers are recognised or warned of, and
how many of the others are refused or warned of (``answerability``). With ``--answers`` the model in the box, or
another, answers as on the page: how many it refuses besides, how often an answer cites a document that answers, and how
often it tells at least half of the labelled words. ``held`` counts: ``tune`` was looked at, ``more`` learnt from.
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

from service import accounts, ask, library, worker
from service.answerability import answerable, lacking
from service.checks.citations import citations
from service.embedders import open_embedder
from service.engines.llama.engine import LlamaEngine
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, bundled, open_kit
from service.quoting import quoted
from service.records import Passage, Role, User
from service.settings import HOME, Settings, share_cores
from service.text import comparable, content_words, nfc

QUESTIONS = Path(__file__).parents[1] / "rules" / "data" / "questions.jsonl"
SPLITS = "tune", "held"
BOXED = HOME / "models" / bundled()["file"]
FIRST = 10
OPENING = 25
"""Letters of the quoted words that must be in the passage: a long quotation may run on into the next."""
TOLD = 0.5
"""The share of the labelled words, numbers among them, that an answer must hold to tell them."""


def measure(
    kit: Kit, questions: Sequence[Mapping[str, Any]], quotes: bool = True, asker: User | None = None
) -> dict[str, dict[str, float]]:
    """Shares in percent by "split" and "split style"; the kit holds the sample documents. With an ``asker`` the kit's
    model answers, too."""
    sample = {document.id: document.sample for document in library.samples(kit)}
    told: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for question in questions:
        found = kit.index.search(question["question"], list(sample), limit=FIRST)
        split, style = question["split"], f"{question['split']} {question['style']}"
        asked = kit.index.uncalled(question["question"], list(sample))
        refused = not answerable(kit, asked, list(sample), found)
        warned = refused or bool(lacking(asked, found))
        if asker:
            _answered(kit, asker, question, sample, told[split])
        if not question["answerable"]:
            told[split]["unanswerable recognised"].append(refused)
            told[split]["unanswerable recognised or warned of"].append(warned)
            continue
        told[split]["false refusals"].append(refused)
        told[split]["false refusals or warnings"].append(warned)
        right = [sample[passage.document_id] in question["documents"] for passage in found]
        holding = [right[n] and _holds(passage, question["quote"]) for n, passage in enumerate(found)]
        said = quoted(asked, found, kit.embedder) if quotes else ()
        answers = [_says(found[one.number - 1].text[one.start : one.end], question["quote"]) for one in said]
        for part in (split, style):
            told[part]["first quote answers"].append(any(answers[:1]))
            told[part]["a quote answers"].append(any(answers))
            told[part]["R@1"].append(any(right[:1]))
            told[part]["R@5"].append(any(right[:5]))
            told[part]["passage R@5"].append(any(holding[:5]))
    return {
        part: {name: round(100 * sum(hits) / len(hits), 1) for name, hits in figures.items() if hits}
        for part, figures in sorted(told.items())
    }


def _answered(
    kit: Kit,
    asker: User,
    question: Mapping[str, Any],
    sample: Mapping[int, str | None],
    told: defaultdict[str, list[bool]],
) -> None:
    """What becomes of the question on the page."""
    asked = ask.begin(kit, asker, question["question"], shelf="samples")
    for _ in ask.answer(kit, asker, asked.id):
        pass
    done = ask.get(kit, asker, asked.id)
    if not question["answerable"]:
        told["unanswerable refused in the end"].append(not done.answerable)
        told["unanswerable left to the quotes"].append(done.unsure)
        return
    told["answerable refused in the end"].append(not done.answerable)
    told["answerable left to the quotes"].append(done.unsure)
    numbers = {number for mark in citations(done.answer) for number in mark.numbers}
    cited = {sample[one.document_id] for one in done.passages if one.number in numbers}
    told["answer cites a right document"].append(not cited.isdisjoint(question["documents"]))
    wanted = set(content_words(question["quote"]))
    there = set(content_words(done.answer)) if done.answerable else set()
    told["answer tells it"].append(len(wanted & there) >= TOLD * len(wanted))


def _says(said: str, quote: str) -> bool:
    """The words quoted hold the beginning of the labelled ones, or lie within them."""
    mine, wanted = comparable(said).strip(" .;,-+"), comparable(nfc(quote)).strip(" .;,-+")
    return wanted[:OPENING] in mine or (len(mine) > OPENING and mine in wanted)


def _holds(passage: Passage, quote: str) -> bool:
    return comparable(nfc(quote))[:OPENING] in comparable(passage.text)


@click.command()
@click.option("--model", default="", help="A folder with an embedding model; the one in the box by default.")
@click.option("--answers", is_flag=False, flag_value=str(BOXED), default="", help="Let this GGUF answer, or ours.")
@click.option("--more", is_flag=True, help="The questions to learn from instead.")
@click.option("--json", "as_json", is_flag=True)
def main(model: str, answers: str, more: bool, as_json: bool) -> None:
    share_cores()
    listed = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    questions = [question for question in listed if question["split"] in (("more",) if more else SPLITS)]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        engine = LlamaEngine(Path(answers), small=True) if answers else ScriptedEngine(lambda _messages: "")
        with closing(open_kit(settings, engine=engine, embedder=open_embedder(model))) as kit:
            library.seed(kit)
            while worker.run_once(kit) or kit.index.embed_missing():
                pass
            asker = accounts.create_user(kit, "hoi", "Người hỏi", Role.LEARNER, "hoi-mat-khau") if answers else None
            told = measure(kit, questions, asker=asker)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for part, figures in told.items():
        click.echo(f"{part:<13}" + "   ".join(f"{name} {share}" for name, share in figures.items()))


if __name__ == "__main__":
    main()
