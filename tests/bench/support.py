"""How well support is judged: ``python -m tests.bench.support [--json]``, on tests/rules/data/support.jsonl.

``tune`` is the half that was looked at while the rule was made, ``held`` the half that only measures; by passage, so
that no passage lies in both.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from service.checks.support import ENOUGH, holds
from service.records import Passage

DATA = Path(__file__).resolve().parents[1] / "rules" / "data" / "support.jsonl"


def measured() -> dict[str, dict[str, float]]:
    """Precision and recall in percent for each half, with the counts."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = dict[str, dict[str, float]]()
    for split in ("tune", "held"):
        pairs = [(_judged(row), bool(row["supported"])) for row in rows if row["split"] == split]
        right = sum(said and true for said, true in pairs)
        precision = 100 * right / max(1, sum(said for said, _ in pairs))
        recall = 100 * right / max(1, sum(true for _, true in pairs))
        found[split] = {"pairs": len(pairs), "precision": round(precision, 1), "recall": round(recall, 1)}
    return found


def _judged(row: dict[str, str]) -> bool:
    return holds(row["sentence"], Passage(1, 1, "", 0, row["passage"], "", 0, 0)) >= ENOUGH


if __name__ == "__main__":
    for name, row in measured().items():
        print(json.dumps({name: row}) if "--json" in sys.argv else f"{name}: {row}")  # noqa: T201
