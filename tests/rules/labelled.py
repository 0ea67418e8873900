"""How well the rules find what careful readers marked: counts over a labelled set, by its two halves."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass
class Counts:
    """``hit`` of ``wanted`` were found, ``false`` of ``found`` not wanted; ``alarmed`` of ``clean`` texts."""

    wanted: int = 0
    hit: int = 0
    found: int = 0
    false: int = 0
    clean: int = 0
    alarmed: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.wanted + self.found) if self.wanted + self.found else 1.0

    @property
    def false_alarms(self) -> float:
        """The share of sound texts in which something is found."""
        return self.alarmed / self.clean if self.clean else 0.0


def items(name: str, split: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [item for item in map(json.loads, lines) if item["split"] == split]


def count(
    counts: Counts, name: str, wanted: list[tuple[int, int, str]], found: list[tuple[int, int]], text: str
) -> None:
    """Count one text: a place is hit when something found overlaps it."""
    hits = [any(a < end and start < b for a, b in found) for start, end, _ in wanted]
    false = [(a, b) for a, b in found if not any(a < end and start < b for start, end, _ in wanted)]
    counts.wanted += len(wanted)
    counts.hit += sum(hits)
    counts.found += len(found)
    counts.false += len(false)
    counts.clean += not wanted
    counts.alarmed += bool(found) and not wanted
    counts.missed += [f"{name} {kind}: {text[a:b]}" for hit, (a, b, kind) in zip(hits, wanted, strict=True) if not hit]
    counts.alarms += [f"{name}: {text[a:b]}" for a, b in false]
