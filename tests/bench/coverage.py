"""How much of a long document a summary keeps: ``python -m tests.bench.coverage [--length N] [--json]``.

Ten invented documents of some twenty pages, twelve key facts each (``long_documents``). A fact counts when all its
figures and dates stand in one line of the summary. Three rows: the fake engine that notes each fact as it comes along
(the ceiling: what planning, judging and merging lose by themselves), rules alone, and the model that would run now.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from service import accounts, library, summarise, worker
from service.checks.grounding import says
from service.embedders.hashing import HashingEmbedder
from service.engines.base import Engine
from service.engines.scripted import ScriptedEngine
from service.kit import Kit, engine_options, open_kit
from service.records import EnginePhase, EngineState, Message, Role, User
from service.settings import Settings, go_offline
from service.text import count_syllables
from tests.bench.long_documents import LongDocument, long_documents


class Absent(ScriptedEngine):
    """No model."""

    def state(self) -> EngineState:
        return EngineState(EnginePhase.ABSENT)


def clerk(documents: Sequence[LongDocument]) -> Callable[[Sequence[Message]], str]:
    """A fake that notes every sentence carrying a fact, with the number of its passage, and nothing else."""
    known = [sentence for document in documents for sentence in document.said]

    def answer(messages: Sequence[Message]) -> str:
        passages = re.findall(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |\Z)", messages[0].content, re.MULTILINE | re.DOTALL)
        found = [(n, one) for n, text in passages for one in known if one.rstrip(".") in text]
        return "\n".join(f"- {sentence.rstrip('.')} [{n}]." for n, sentence in found)

    return answer


def measure(kit: Kit, user: User, documents: Sequence[LongDocument], length: int) -> dict[str, float]:
    """Facts kept, sentences dropped, parts and seconds, over all documents."""
    kept = parts = dropped = quoted = items = 0
    sizes, started = list[int](), time.monotonic()
    for document in documents:
        accepted = library.accept(kit, user, f"{document.title}.txt", document.text.encode())
        while worker.run_once(kit):
            pass
        begun = summarise.begin(kit, user, [accepted.id], length)
        while worker.run_once(kit):
            pass
        done = summarise.get(kit, user, begun.id)
        lines = done.text.split("\n")
        kept += sum(any(says(line, fact) for line in lines) for fact in document.facts)
        parts += len(done.parts)
        dropped += sum(part.dropped for part in done.parts)
        noted = [item for part in done.parts for item in part.items or ()]
        quoted += sum(item.quoted for item in noted)
        items += len(noted)
        sizes.append(count_syllables(done.text))
    asked = sum(len(document.facts) for document in documents)
    return {
        "facts": asked,
        "kept_percent": round(100 * kept / asked, 1),
        "parts": parts,
        "syllables": round(sum(sizes) / len(sizes)),
        "dropped": dropped,
        "quoted_percent": round(100 * quoted / max(1, items), 1),
        "seconds_each": round((time.monotonic() - started) / len(documents), 1),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--length", type=int, default=600)
    asked.add_argument("--documents", type=int, default=10)
    asked.add_argument("--no-model", action="store_true")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    go_offline()
    documents = long_documents()[: given.documents]
    rows = dict[str, dict[str, float]]()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        with closing(open_kit(settings, engine=Absent(), embedder=HashingEmbedder())) as kit:
            kit = replace(kit, embedder=None)
            people = [
                accounts.create_user(kit, f"nguoi{n}", f"Người {n}", Role.LEARNER, "mat-khau-thu") for n in range(3)
            ]
            engines: list[tuple[str, Engine]] = [
                ("scripted", ScriptedEngine(clerk(documents), context=4096)),
                ("rules", Absent()),
            ]
            if not given.no_model:
                from service.engines import open_engine

                engines.append(("model", open_engine("llama", **engine_options(settings))))
            for user, (name, engine) in zip(people, engines, strict=False):
                rows[name] = measure(replace(kit, engine=engine), user, documents, given.length)
                engine.close()
    size = round(sum(count_syllables(one.text) for one in documents) / len(documents))
    told = {"length": given.length, "documents": len(documents), "syllables": size, "rows": rows}
    print(json.dumps(told, ensure_ascii=False, indent=1) if given.json else _table(told))  # noqa: T201


def _table(told: dict[str, object]) -> str:
    rows = told["rows"]
    assert isinstance(rows, dict)
    lines = [f"{told['documents']} tài liệu, mỗi tài liệu {told['syllables']} tiếng; tóm tắt {told['length']} tiếng"]
    return "\n".join([*lines, *(f"{name:<10}{json.dumps(row)}" for name, row in rows.items())])


if __name__ == "__main__":
    main()
