"""How people word things, beside the few plain patterns of the other modules: lists written by hand, one a line.

    says.json     further names, sentences ({v} stands for the value) and questions of every kind of fact
    woven.txt     sentences that hold several facts: «key key: … {key} … {key} …»
    requests.txt  how the work is asked for, ``{work}`` being «soạn giấy mời»; ``\\n`` is a line break
    asides.txt    what stands among notes and is no part of the matter
    details.txt   what notes hold besides the usual facts, with slots for numbers, people, places
    tasks.txt     what is to be done; topics.txt what a meeting or a letter is about
    assignments.json  who gets which task until when, and how a table of it is asked for
    prompts.json  how summaries are asked for, and requests that go straight on with the facts
    synonyms.txt  words that people use for each other when they ask: «tiêm|chích|chủng»
    handwritten.jsonl  whole tasks with their answers (``training.tasks.handwritten``)

Whoever wrote them did not see the briefs of the evaluation.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.slots import Slot

FOLDER = Path(__file__).parent
_NONE: dict[str, list[str]] = {"labels": [], "says": [], "asks": []}


@cache
def _facts() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "says.json").read_text(encoding="utf-8"))
    return found


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip())


def labels(slot: Slot) -> tuple[str, ...]:
    """Names of the fact in a list."""
    return (*slot.labels, *_facts().get(slot.key, _NONE)["labels"])


def says(slot: Slot) -> tuple[str, ...]:
    """Sentences that state the fact, ``{v}`` in place of its value."""
    return (*slot.says, *_facts().get(slot.key, _NONE)["says"])


def asks(slot: Slot) -> tuple[str, ...]:
    """Questions after the fact."""
    return (*slot.asks, *_facts().get(slot.key, _NONE)["asks"])


@cache
def woven() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Sentences that hold several facts, each with the keys of its facts."""
    pairs = (line.split(": ", 1) for line in _lines("woven.txt"))
    return tuple((tuple(keys.split()), pattern) for keys, pattern in pairs)


def requests() -> tuple[str, ...]:
    """Requests, ``{work}`` in place of the job."""
    return _lines("requests.txt")


def asides() -> tuple[str, ...]:
    """Sentences that say nothing of the matter."""
    return _lines("asides.txt")


def details() -> tuple[str, ...]:
    """Clauses with slots in braces, see :meth:`training.words.Chance.filled`."""
    return _lines("details.txt")


def tasks() -> tuple[str, ...]:
    """Things to be done, some with slots."""
    return _lines("tasks.txt")


def topics() -> tuple[str, ...]:
    """Subjects of meetings, notices, plans and letters."""
    return _lines("topics.txt")


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Words and phrases that mean the same in a question, in groups; the first of each is the usual one."""
    return tuple(tuple(line.split("|")) for line in _lines("synonyms.txt"))


@cache
def assignments() -> dict[str, list[str]]:
    """Sentences, openings and prompts about who does what until when, by name of the list."""
    found: dict[str, list[str]] = json.loads((FOLDER / "assignments.json").read_text(encoding="utf-8"))
    return found


@cache
def prompts() -> dict[str, list[str]]:
    """Prompts for summaries, and openings of requests, by name of the list."""
    found: dict[str, list[str]] = json.loads((FOLDER / "prompts.json").read_text(encoding="utf-8"))
    return found
