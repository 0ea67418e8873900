"""A model asked everything: ``python3 run.py bench model [--model FILE] [--json]``.

The report holds one group per set of briefs: ``reserved`` and ``free`` with grounded decoding as the engine has it,
``no_grounding`` every third reserved one without. Every figure is a share (0 … 1) unless its name says otherwise.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service import checks
from service.engines.base import Engine
from service.engines.llama.engine import LlamaEngine
from service.errors import ContextTooLong
from service.records import Assertion, Case, Delta, Exercise, Finish, Lane, Message, Options
from training.evaluation.briefs import Asked, free_briefs, prompt_pairs, reserved_briefs
from training.evaluation.judging import Judged, judge, passage_of

SEATS = 16
MOST = 320
"""Tokens of an answer at most."""
UNGROUNDED = 3
"""Every third reserved brief is asked again without grounded decoding."""
SAMPLES = 20
SPEED_TOKENS = 200


@dataclass(frozen=True)
class Answered:
    """What a model wrote to one question."""

    asked: Asked
    text: str
    reason: str
    judged: Judged


def answer(engine: Engine, asked: Asked, *, grounding: bool = True) -> Answered:
    """Ask one question, greedily."""
    messages = [Message("system", asked.system), Message("user", asked.prompt)]
    options = Options(
        max_tokens=MOST,
        temperature=0.0,
        lane=Lane.PEOPLE,
        owner=asked.id,
        grounded=grounding,
        opening=asked.opening,
    )
    text, reason = "", "too_long"
    try:
        for event in engine.stream(messages, options):
            if isinstance(event, Delta):
                text += event.text
            elif isinstance(event, Finish):
                reason = event.reason
    except ContextTooLong:
        text = ""
    judged = judge(
        text,
        source=asked.source,
        prompt=asked.prompt,
        expected=asked.expected,
        wants=asked.wants,
        kind=asked.kind if asked.task != "vague" else "",
        frame=asked.frame,
        must=asked.must,
    )
    return Answered(asked, text.strip(), reason, judged)


def _sha256(model: Path) -> str:
    """Of the file itself: the engine computes its own beside the work and may not be ready with it."""
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def answers(engine: Engine, asked: Sequence[Asked], *, grounding: bool = True) -> list[Answered]:
    """Ask everything, as many at a time as the engine has seats."""
    if not asked:
        return []
    with ThreadPoolExecutor(SEATS) as pool:
        return list(pool.map(lambda one: answer(engine, one, grounding=grounding), asked))


def _share(parts: Iterable[bool | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return round(sum(known) / len(known), 4) if known else None


def figures(answered: Sequence[Answered], pairs: Sequence[Answered] = ()) -> dict[str, Any]:
    """The figures of one group of answers."""
    judged = [one.judged for one in answered]
    facts, details = sum(one.facts for one in judged), sum(one.details for one in judged)
    cited = [one.cited for one in judged if one.cited is not None]
    given = sum(marks for _, marks in cited)
    written = sum(one.syllables for one in judged)
    return {
        "n": len(answered),
        "format": _share(one.format for one in judged),
        "facts": round(sum(one.arrived for one in judged) / facts, 4) if facts else None,
        "invented": round(sum(len(one.invented) for one in judged) / details, 4) if details else None,
        "obedience": _share(one.obeyed for one in judged),
        "unanswerable": _share(one.refused for one in judged),
        "citations": round(sum(right for right, _ in cited) / given, 4) if given else None,
        "full_over_vague": full_over_vague(pairs) if pairs else None,
        "syllables": round(1 - sum(len(one.strange) for one in judged) / written, 5) if written else None,
        "loops": sum(one.looped or answered[n].reason == "length" for n, one in enumerate(judged)),
    }


def _score(one: Answered, facts: Sequence[str]) -> float:
    """What the feedback's own checks give an answer: form, numbers, and the facts it should hold (0 … 100)."""
    wanted = (
        Assertion("nd30-format", one.asked.kind, options={"scope": "body"}),
        Assertion("grounded-numbers"),
        Assertion("contains-all", list(facts), weight=2.0),
        Assertion("not-contains-any", ["[cần bổ sung]"]),
    )
    exercise = Exercise("bench", "", "draft", 1, 1, "visible", 1, "", 15, "hu_cau", "", "", "", assertions=wanted)
    case = Case(
        prompt=one.asked.prompt, answer=one.text or None, exercise=exercise, passages=(passage_of(one.asked.source),)
    )
    return checks.score(checks.run(case, wanted)) or 0.0


def full_over_vague(pairs: Sequence[Answered]) -> float:
    """How many points of 100 the answer to a full prompt is above that to a vague one about the same material."""
    both: dict[str, dict[str, float]] = {}
    for one in pairs:
        which = one.asked.id.rpartition("-")[2]
        both.setdefault(one.asked.pair, {})[which] = _score(one, [fact.value for fact in one.asked.expected])
    gains = [scores["full"] - scores["vague"] for scores in both.values()]
    return round(sum(gains) / len(gains), 1)


def _timed(engine: Engine, asked: Asked) -> tuple[int, float]:
    """Tokens of one answer and the seconds from its first token to its last; nothing where it does not fit."""
    messages = [Message("system", asked.system), Message("user", asked.prompt)]
    options = Options(max_tokens=SPEED_TOKENS, owner=asked.id, grounded=True)
    try:
        ends = [event for event in engine.stream(messages, options) if isinstance(event, Finish)]
    except ContextTooLong:
        return 0, 0.0
    return ends[0].answer_tokens, ends[0].seconds - ends[0].first_token_seconds


def speed_one(engine: Engine, asked: Sequence[Asked]) -> float:
    """Tokens per second for one person alone."""
    found = [_timed(engine, one) for one in asked]
    return round(sum(tokens for tokens, _ in found) / max(1e-6, sum(seconds for _, seconds in found)), 1)


def speed_together(engine: Engine, asked: Sequence[Asked]) -> float:
    """Tokens per second of all who ask at the same moment, reading of the prompts included."""
    if not asked:
        return 0.0
    ready = threading.Barrier(len(asked) + 1)

    def go(one: Asked) -> int:
        ready.wait()
        return _timed(engine, one)[0]

    with ThreadPoolExecutor(len(asked)) as pool:
        runs = [pool.submit(go, one) for one in asked]
        ready.wait()
        started = time.monotonic()
        tokens = sum(run.result() for run in runs)
        return round(tokens / (time.monotonic() - started), 1)


def _shown(one: Answered) -> dict[str, Any]:
    return {
        "id": one.asked.id,
        "system": one.asked.system,
        "prompt": one.asked.prompt,
        "answer": one.text,
        "lost": list(one.judged.lost),
        "invented": list(one.judged.invented),
        "obeyed": one.judged.obeyed,
        "format": one.judged.format,
    }


def bench(model: Path, *, briefs: int = 300, threads: int | None = None) -> dict[str, Any]:
    """Ask the model everything; the report as JSON."""
    reserved, free, pairs = reserved_briefs(briefs), free_briefs(), prompt_pairs()
    with closing(LlamaEngine(model, seats=SEATS, threads=threads)) as engine:
        engine.count_tokens([])  # waits until it is loaded
        state = engine.state()
        documents = [one for one in reserved if one.task == "draft"]
        one = speed_one(engine, documents[:6])
        sixteen = speed_together(engine, documents[6 : 6 + SEATS])
        given = answers(engine, reserved)
        paired = answers(engine, pairs)
        by_hand = answers(engine, free)
        return {
            "model": model.name,
            "sha256": _sha256(model),
            "context": state.context,
            "reserved": figures(given, paired),
            "free": figures(by_hand) if by_hand else None,
            "by_task": {
                task: figures([one for one in given if one.asked.task == task])
                for task in dict.fromkeys(one.asked.task for one in given)
            },
            "free_held": figures([one for one in by_hand if one.asked.task == "free-held"]) if by_hand else None,
            "no_grounding": figures(answers(engine, reserved[::UNGROUNDED], grounding=False)),
            "tokens_per_s_one": one,
            "tokens_per_s_sixteen": sixteen,
            "samples": [_shown(one) for one in _spread(given, SAMPLES * 3 // 4) + _spread(by_hand, SAMPLES // 4)],
        }


def _spread(answered: Sequence[Answered], count: int) -> list[Answered]:
    """So many of them, evenly from the whole."""
    step = max(1, len(answered) // count)
    return list(answered[::step][:count])
