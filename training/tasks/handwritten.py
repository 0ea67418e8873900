"""Tasks composed one by one, each with three ways of asking for the same work.

What the other modules draw from lists says everything in some hundred ways; these say it in a thousand, and show how people
really type: corrections in the middle, two dates for two things, a tape written down, a table out of a spreadsheet. A tenth
of them is kept out of training, so that a model can be asked what it never met.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from training.notes import bare
from training.tasks.fewer import fewer
from training.tasks.sample import NOT_THERE, Sample
from training.wording import FOLDER
from training.words import Chance, reserved

FILE = FOLDER / "handwritten.jsonl"
INLINE, TYPED_BARE, AMONG, ELSEWHERE, FEWER = 0.35, 0.1, 0.35, 0.12, 0.6
"""How often material stands in the prompt, a request is typed without diacritics, a cited answer lies among passages of
other tasks, a question is put to another task's material, which does not answer it, and a fact is left out."""
BARE = 0.4
"""How often a way of asking without any mark is taken for one with them: of some tasks most are."""
LISTED = ("draft", "summary", "tasks")
"""Tasks whose answers say one thing a line."""
VAGUE = 0.4
"""How often a task that has vague prompts is asked for with one."""
LIKENESS, SAID = 0.3, 4
"""A question of so many words is hardly answered by material that holds a smaller share of them."""
_POINTS = re.compile(r"(đoạn|doan|văn bản|van ban) \d|\[\d")
_CITED = re.compile(r"\[(\d+)\]")
_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w+(?: [A-ZĐÀ-Ỹ]\w+)+")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Record:
    """A task by hand: its material, several ways of asking (all the facts in each where there is no material), the answer;
    some with prompts that name the kind of document only, and the open form that these deserve."""

    task: str
    frame: str
    passages: tuple[str, ...]
    asks: tuple[str, ...]
    answer: str
    vague: tuple[str, ...] = ()
    vague_answer: str = ""


@cache
def records(*, held: bool = False) -> tuple[Record, ...]:
    """The tasks of the file: those of the training, or the tenth that has nothing in common with them."""
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    found = tuple(
        Record(
            one["task"],
            one["frame"],
            tuple(one["passages"]),
            tuple(one["asks"]),
            one["answer"],
            tuple(one.get("vague", ())),
            one.get("vague_answer", ""),
        )
        for one in lines
        if reserved(one["answer"]) == held
    )
    if not held:
        return found
    seen = {passage for record in records() for passage in record.passages}
    return tuple(record for record in found if seen.isdisjoint(record.passages))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(bare(text).lower()))


def _elsewhere(chance: Chance, record: Record, ask: str) -> tuple[str, ...]:
    """The material of another task that shares hardly a word with the question; empty where the draw does not suit."""
    other = chance.random.choice(records(held=chance.held))
    asked, there = _words(ask), _words(" ".join(other.passages))
    apart = set(other.passages).isdisjoint(record.passages)
    suits = apart and len(asked) >= SAID and len(asked & there) < LIKENESS * len(asked)
    return other.passages if suits else ()


def _among(chance: Chance, passages: tuple[str, ...], answer: str) -> tuple[tuple[str, ...], str]:
    """The passages with some of other tasks between them, the citations renumbered."""
    others = [one for record in chance.random.sample(records(held=chance.held), 3) for one in record.passages[:1]]
    mixed = [*enumerate(passages, 1), *((0, one) for one in others if one not in passages)]
    places = sorted(chance.random.sample(range(len(mixed)), len(passages)))
    own, strange = iter(mixed[: len(passages)]), iter(mixed[len(passages) :])
    placed = [next(own) if n in places else next(strange) for n in range(len(mixed))]
    number = {old: new for new, (old, _) in enumerate(placed, 1) if old}
    return tuple(text for _, text in placed), _CITED.sub(lambda found: f"[{number[int(found[1])]}]", answer)


def _ask(chance: Chance, record: Record) -> str:
    """One of the ways of asking."""
    weights = [BARE if ask == bare(ask) else 1.0 for ask in record.asks]
    return chance.random.choices(record.asks, weights)[0]


def handwritten(chance: Chance) -> Sample:
    """One of the tasks, asked for in one of its ways."""
    record = chance.random.choice(records(held=chance.held))
    if record.vague and chance.odds(VAGUE):
        return Sample("vague", record.frame, record.passages, chance.of(record.vague), record.vague_answer)
    ask, passages, answer = _ask(chance, record), record.passages, record.answer
    if record.task in LISTED and chance.odds(FEWER):
        less = fewer(chance, Sample(record.task, record.frame, passages, ask, answer))
        ask, passages, answer = less.prompt, less.passages, less.answer
    if passages and record.task in ("cited", "lookup") and chance.odds(ELSEWHERE):
        elsewhere = _elsewhere(chance, record, ask)
        passages, answer = (elsewhere, NOT_THERE) if elsewhere else (passages, answer)
    elif passages and record.task == "cited" and chance.odds(AMONG) and not _POINTS.search(ask.lower()):
        passages, answer = _among(chance, passages, answer)
    if passages and chance.odds(TYPED_BARE) and not any(name in ask for name in _NAME.findall(answer)):
        ask = bare(ask)
    if passages and record.frame != "ask" and chance.odds(INLINE) and not _POINTS.search(ask.lower()):
        material = "\n".join(passages)
        ask, passages = chance.one(f"{ask}\n{material}", f"{material}\n{ask}"), ()
    return Sample(record.task, record.frame, passages, ask, answer)
