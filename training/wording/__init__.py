"""How people word things, beside the few plain patterns of the other modules: lists written by hand, one a line.

    says.json     further names, sentences ({v} stands for the value) and questions of every kind of fact
    woven.txt     sentences that hold several facts: «key key: … {key} … {key} …»
    requests.txt  how the work is asked for, ``{work}`` being «soạn giấy mời»; ``\\n`` is a line break
    asides.txt    what stands among notes and is no part of the matter

Whoever wrote them did not see the briefs of the evaluation.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from training.slots import Slot

FOLDER = Path(__file__).parent


@cache
def _facts() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "says.json").read_text(encoding="utf-8"))
    return found


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip())


def labels(slot: Slot) -> tuple[str, ...]:
    """Names of the fact in a list."""
    return (*slot.labels, *_facts()[slot.key]["labels"])


def says(slot: Slot) -> tuple[str, ...]:
    """Sentences that state the fact, ``{v}`` in place of its value."""
    return (*slot.says, *_facts()[slot.key]["says"])


def asks(slot: Slot) -> tuple[str, ...]:
    """Questions after the fact."""
    return (*slot.asks, *_facts()[slot.key]["asks"])


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
