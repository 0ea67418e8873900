"""How well support is judged: ``python -m tests.bench.support [--split NAME] [--json]``, on rules/data/support.jsonl.

``tune``, ``second`` and ``third`` were looked at while rules were made and weights fitted: their figures flatter,
those of ``python -m training.support`` less. ``held``, ``second_held`` and ``third_held`` only measure. No passage lies
in two parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from service.checks.support import ENOUGH, holds
from service.records import Passage

DATA = Path(__file__).resolve().parents[1] / "rules" / "data" / "support.jsonl"
SPLITS = ("tune", "held", "second", "second_held", "third", "third_held")


def measured(splits: Sequence[str] = SPLITS) -> dict[str, dict[str, float]]:
    """Precision and recall in percent for each part, with the counts."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = dict[str, dict[str, float]]()
    for split in splits:
        pairs = [(_judged(row), bool(row["supported"])) for row in rows if row["split"] == split]
        right = sum(said and true for said, true in pairs)
        precision = 100 * right / max(1, sum(said for said, _ in pairs))
        recall = 100 * right / max(1, sum(true for _, true in pairs))
        found[split] = {"pairs": len(pairs), "precision": round(precision, 1), "recall": round(recall, 1)}
    return found


def _judged(row: dict[str, str]) -> bool:
    return holds(row["sentence"], Passage(1, 1, "", 0, row["passage"], "", 0, 0)) >= ENOUGH


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, action="append", help="only this part; may be given again")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each")
    given = parser.parse_args()
    for name, row in measured(given.split or SPLITS).items():
        print(json.dumps({name: row}) if given.json else f"{name}: {row}")  # noqa: T201
