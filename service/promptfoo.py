"""Prompt experiments in the words of promptfoo: what came out, to be read there, and what was asked, to be run there.

Two files, in the forms that promptfoo 0.123 reads: results of version 3 (``promptfoo import FILE``), and a
configuration (``promptfoo eval -c FILE``) that asks this server's ``/v1``. It refuses types of assertion that it does
not know, so a check of ours goes out as an assertion only where promptfoo has one that asks the same; the others are
named in the metadata of their test, to be read by people.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import yaml

from service import api, checks, exercises, experiments, feedback
from service.checks.guide import SET
from service.checks.prompt.parts import LABELS
from service.kit import Kit
from service.practice import brief
from service.records import Assertion, AttemptState, CheckResult, Exercise, Experiment, Trial, User

SAME = frozenset({
    "equals", "starts-with", "regex", "is-json", "contains-json", "bleu", "gleu", "rouge-n", "levenshtein", "latency",
    "contains", "contains-any", "contains-all", "icontains", "icontains-any", "icontains-all",
})  # fmt: skip
"""Checks that promptfoo has under the same name; it spells tone marks one way only, and counts words by the space."""
LENGTHS: Mapping[str, tuple[str, ...]] = {"word-count": ("min", "max"), "max-words": ("max",), "min-words": ("min",)}
"""Checks of length, all word-count there, with the limits that a plain number stands for."""
ONE_TEXT = frozenset({"rouge-n", "levenshtein"})
"""Measures that take one text there, where ours take several as well."""
AT_ONCE = 4
"""Requests that promptfoo may have under way; half of what one key may (``api.AT_ONCE``)."""

_FOREIGN = re.compile(r"\(\?(?!:|=|!|<=|<!)|\\[AZ]")
"""What a pattern of Python may hold and one of JavaScript may not."""
_FETCHED = ("file://", "package:")
"""Beginnings of values that promptfoo takes for something to be loaded."""
_OPENING = re.compile(r"\{(?=[{%#])")


# ── what came out ───────────────────────────────────────────────────────────────────────────────


def results(kit: Kit, user: User, experiment_id: int) -> str:
    """The trials that came to an end as promptfoo's results, with the verdict of each check that could be judged."""
    found = experiments.get(kit, user, experiment_id)
    ended = [one for one in found.trials if one.state in (AttemptState.DONE, AttemptState.FAILED)]
    rounds = list(dict.fromkeys((one.input, one.seed) for one in found.trials))
    rows = [_row(found, one, rounds.index((one.input, one.seed))) for one in ended]
    whole = {
        "evalId": f"hocvu-{found.id}",
        "results": {
            "version": 3,
            "timestamp": found.created_at.isoformat(timespec="seconds"),
            "prompts": [_column(found, index, rows) for index in range(len(found.variants))],
            "results": rows,
            "stats": {
                **_counted(rows, {"successes": None, "failures": 1, "errors": 2}),
                "tokenUsage": _tokens(ended),
                "durationMs": round(1000 * sum(one.seconds for one in ended)),
            },
        },
        "config": {"description": f"{found.exercise_id} ({found.kind})"},
        "metadata": {"exercise": found.exercise_id, "evaluationCreatedAt": found.created_at.isoformat()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _row(found: Experiment, trial: Trial, round_: int) -> dict[str, Any]:
    failed = trial.state is AttemptState.FAILED
    of_answer = [one for one in trial.results if one.of == "answer" and one.weight > 0]
    judged = [one for one in of_answer if one.passed is not None]
    success = not failed and all(one.passed for one in judged)
    score = 0.0 if trial.score is None else trial.score / 100
    prompt = _prompt(found, trial.variant)
    told = {"input": trial.input, "seed": trial.seed}
    return {
        "id": f"hocvu-{found.id}-{trial.n}",
        "promptIdx": trial.variant,
        "testIdx": round_,
        "testCase": {"description": trial.input, "vars": told, "assert": [_asked(one) for one in judged]},
        "promptId": prompt["id"],
        "prompt": prompt,
        "provider": {"id": _provider(found, trial.variant), "label": trial.engine},
        "vars": told,
        "response": {
            "output": trial.answer,
            "finishReason": trial.finish_reason,
            "tokenUsage": _tokens([trial]),
        },
        "success": success,
        "score": score,
        "namedScores": {one.metric: one.score for one in judged if one.metric},
        "latencyMs": round(1000 * trial.seconds),
        "cost": 0,
        "error": trial.error if failed else None,
        "failureReason": 2 if failed else 0 if success else 1,
        "gradingResult": {
            "pass": success,
            "score": score,
            "reason": trial.error if failed else "; ".join(one.reason for one in judged if not one.passed),
            "componentResults": [
                {"pass": one.passed, "score": one.score, "reason": one.reason, "assertion": _asked(one)}
                for one in judged
            ],
        },
        "metadata": {"not_graded": [one.label or one.check for one in of_answer if one.passed is None]},
    }


def _column(found: Experiment, index: int, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A variant as the head of its column: the prompt, who answered it, and its rows counted."""
    mine = [one for one in rows if one["promptIdx"] == index]
    parts = [one["pass"] for row in mine for one in row["gradingResult"]["componentResults"]]
    named = Counter[str]()
    for row in mine:
        named.update(row["namedScores"])
    ended = [one for one in found.trials if one.variant == index]
    return {
        **_prompt(found, index),
        "provider": _provider(found, index),
        "metrics": {
            "score": sum(row["score"] for row in mine),
            **_counted(mine, {"testPassCount": None, "testFailCount": 1, "testErrorCount": 2}),
            "assertPassCount": parts.count(True),
            "assertFailCount": parts.count(False),
            "totalLatencyMs": sum(row["latencyMs"] for row in mine),
            "tokenUsage": _tokens(ended),
            "namedScores": dict(named),
            "namedScoresCount": dict(Counter(name for row in mine for name in row["namedScores"])),
            "cost": 0,
        },
    }


def _counted(rows: Iterable[Mapping[str, Any]], names: Mapping[str, int | None]) -> dict[str, int]:
    """Rows by why they failed: promptfoo's 1 for a check, 2 for the machine; None counts those that passed."""
    reasons = Counter(row["failureReason"] or None for row in rows)
    return {name: reasons[reason] for name, reason in names.items()}


def _tokens(made: Iterable[Trial]) -> dict[str, int]:
    read, written = 0, 0
    for one in made:
        read, written = read + one.prompt_tokens, written + one.answer_tokens
    return {"prompt": read, "completion": written, "total": read + written}


def _asked(result: CheckResult) -> dict[str, Any]:
    asked = {"type": result.check, "weight": result.weight}
    return asked | {"metric": result.metric} if result.metric else asked


# ── what was asked ──────────────────────────────────────────────────────────────────────────────


def config(kit: Kit, user: User, experiment_id: int, url: str) -> str:
    """The experiment as a configuration in YAML, asking the server at ``url``; it holds no key.

    Prompts go out as conversations, what the machine is told before the prompt as the variable ``system`` of each test.
    """
    found = experiments.get(kit, user, experiment_id)
    exercise = exercises.version(kit, found.exercise_id, found.exercise_hash)
    inputs = list(dict.fromkeys(one.input for one in found.trials))
    different = range(len(found.variants)) if found.kind == "parts" else range(1)
    asking = range(1) if found.kind == "parts" else range(len(found.variants))
    whole = {
        "description": f"{exercise.title} ({found.exercise_id})",
        "prompts": [_conversation(found, index) for index in different],
        "providers": [
            {
                "id": _provider(found, index, kit),
                "label": f"{_provider(found, index, kit).rpartition(':')[2]}, {found.variants[index].temperature:g}",
                "config": {
                    "apiBaseUrl": f"{url.rstrip('/')}/v1",
                    "temperature": found.variants[index].temperature,
                    "seed": exercise.seed,
                    "max_tokens": exercise.max_tokens,
                },
            }
            for index in asking
        ],
        "tests": [_test(kit, found, exercise, given) for given in inputs],
        "evaluateOptions": {"repeat": len({one.seed for one in found.trials}), "maxConcurrency": AT_ONCE},
    }
    opening = (
        "# Cấu hình promptfoo do Học Vụ ghi. Lấy khóa ở trang «Khóa API», đặt vào biến môi trường\n"
        "# OPENAI_API_KEY, rồi chạy: promptfoo eval -c TỆP_NÀY\n"
    )
    return opening + yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)


def _test(kit: Kit, found: Experiment, exercise: Exercise, given: str) -> dict[str, Any]:
    options = brief.within(kit, brief.usual_options(exercise, found.user_id))
    _, messages = brief.prepare(kit, exercise, found.variants[0].prompt, options, given)
    asked = [one for one in feedback.assertions_of(exercise, given) if not checks.of_prompt_alone(one)]
    told = [(one, assertion(one)) for one in asked]
    return {
        "description": exercise.input(given).label or exercise.title,
        "vars": {"input": given, "system": messages[0].content},
        "assert": [same for _, same in told if same],
        "threshold": exercise.threshold,
        "options": {"disableVarExpansion": True},
        "metadata": {
            "exercise": exercise.id,
            "nd30_checks": [{"type": one.type, "value": one.value} for one, same in told if not same],
        },
    }


def assertion(one: Assertion) -> dict[str, Any] | None:
    """promptfoo's assertion that asks the same as a check of ours; None where there is none."""
    denied, name = one.type.startswith("not-"), one.type.removeprefix("not-")
    value = one.value
    given: dict[str, Any] = {}
    if name == SET:
        parts = [assertion(part) for part in one.parts]
        if None in parts:
            return None
        given = {"assert": parts}
    elif name in LENGTHS:
        name, given = "word-count", {"value": _limits(value, LENGTHS[name])}
    elif name in SAME and _is_safe(name, value):
        if name in ("contains", "icontains") and isinstance(value, list):
            name += "-all"
        given = {} if value is None else {"value": _plain(value)}
    else:
        return None
    kept = {"threshold": one.threshold, "weight": one.weight, "metric": one.metric or None}
    return {
        "type": f"not-{name}" if denied else name,
        **given,
        **{key: kept_value for key, kept_value in kept.items() if kept_value is not None},
    }


def _is_safe(name: str, value: Any) -> bool:
    """False for a value that promptfoo would load, or could not read as we do."""
    if name in ONE_TEXT and not isinstance(value, str):
        return False
    if name == "regex" and _FOREIGN.search(str(value)):
        return False
    return not any(str(one).startswith(_FETCHED) for one in (value if isinstance(value, list) else [value]))


def _limits(value: Any, names: Sequence[str]) -> dict[str, int]:
    if isinstance(value, Mapping):
        return {name: int(limit) for name, limit in value.items() if limit is not None}
    return dict.fromkeys(names, int(value))


def _conversation(found: Experiment, index: int) -> dict[str, str]:
    talk = [
        {"role": "system", "content": "{{ system }}"},
        {"role": "user", "content": _plain(found.variants[index].prompt)},
    ]
    label = _label(found, index) if found.kind == "parts" else "Câu lệnh"
    return {"label": label, "raw": json.dumps(talk, ensure_ascii=False, indent=1)}


def _plain(value: Any) -> Any:
    """Texts in which nothing is a template of promptfoo's any more."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return _OPENING.sub('{{ "{" }}', value) if isinstance(value, str) else value


# ── both ────────────────────────────────────────────────────────────────────────────────────────


def _label(found: Experiment, index: int) -> str:
    variant = found.variants[index]
    if found.kind != "parts":
        return f"Độ ngẫu nhiên {variant.temperature:g}"
    return f"Bỏ “{LABELS[variant.part]}”" if variant.part else "Đủ các phần"


def _prompt(found: Experiment, index: int) -> dict[str, str]:
    raw, label = found.variants[index].prompt, _label(found, index)
    return {"id": hashlib.sha256(f"{label}\n{raw}".encode()).hexdigest(), "raw": raw, "label": label}


def _provider(found: Experiment, index: int, kit: Kit | None = None) -> str:
    """promptfoo's name of the model that answered a variant; before an answer, of the one asked for (``kit``: of the
    one that serves)."""
    said = next((one.engine for one in found.trials if one.variant == index and one.engine), "")
    asked = PurePath(found.variants[index].model).stem or (kit.engine.state().model if kit else "")
    return f"openai:chat:{api.model_id(said or asked)}"
