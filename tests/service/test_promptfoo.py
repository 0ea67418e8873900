"""Experiments in promptfoo's words: checks that it has, checks that it would refuse or load, results with gaps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from service import exercises, experiments, feedback, promptfoo
from service.engines.scripted import ScriptedEngine
from service.errors import EngineBroken
from service.kit import Kit
from service.records import Assertion, Attempt, User
from tests.service.test_experiments import attempt, done, speak  # noqa: F401  # fixture: Lan's answered prompt

PASSED_ON: list[tuple[Assertion, dict[str, Any]]] = [
    (Assertion("max-words", 150, metric="do-dai"), {"type": "word-count", "value": {"max": 150}, "metric": "do-dai"}),
    (Assertion("word-count", {"min": 10, "max": None}), {"type": "word-count", "value": {"min": 10}}),
    (Assertion("not-icontains-any", ["a", "b"]), {"type": "not-icontains-any", "value": ["a", "b"]}),
    (Assertion("contains", ["a", "b"], weight=2.0), {"type": "contains-all", "value": ["a", "b"], "weight": 2.0}),
    (Assertion("icontains", "{{x}} {% y"), {"type": "icontains", "value": '{{ "{" }}{x}} {{ "{" }}% y'}),
    (Assertion("regex", r"Điều \d+"), {"type": "regex", "value": r"Điều \d+"}),
    (Assertion("is-json"), {"type": "is-json"}),
    (
        Assertion("assert-set", threshold=0.5, parts=(Assertion("contains", "a"),)),
        {"type": "assert-set", "threshold": 0.5, "assert": [{"type": "contains", "value": "a", "weight": 1.0}]},
    ),
]
KEPT_HERE = [
    Assertion("nd30-format", "cong_van"),
    Assertion("regex", r"(?i)điều"),
    Assertion("contains", "file:///etc/passwd"),
    Assertion("equals", "package:x:y"),
    Assertion("rouge-n", ["một", "hai"]),
    Assertion("llm-rubric", "Lịch sự."),
    Assertion("assert-set", parts=(Assertion("contains", "a"), Assertion("register"))),
]
"""What promptfoo does not know, would load, or would read otherwise."""


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(speak)
    yield engine
    engine.close()


@pytest.mark.parametrize(("ours", "theirs"), PASSED_ON, ids=lambda one: one.type if isinstance(one, Assertion) else "")
def test_a_check_that_promptfoo_has_goes_out(ours: Assertion, theirs: dict[str, Any]) -> None:
    assert promptfoo.assertion(ours) == {"weight": 1.0} | theirs


@pytest.mark.parametrize("ours", KEPT_HERE, ids=lambda one: one.type)
def test_any_other_stays_here(ours: Assertion) -> None:
    assert promptfoo.assertion(ours) is None


def test_the_configuration_asks_what_the_exercise_asks(
    seeded: Kit,
    people: dict[str, User],
    attempt: Attempt,  # noqa: F811  # the fixture imported above
) -> None:
    begun = experiments.begin_parts(seeded, people["lan"], attempt.id)
    config = yaml.safe_load(promptfoo.config(seeded, people["lan"], begun.id, "http://127.0.0.1:8080/"))
    assert [one["label"] for one in config["prompts"]][:2] == ["Đủ các phần", "Bỏ “Vai trò”"]
    talk = json.loads(config["prompts"][0]["raw"])
    assert [one["role"] for one in talk] == ["system", "user"] and talk[1]["content"] == attempt.prompt
    [provider] = config["providers"]
    assert provider["id"] == "openai:chat:mo-hinh-gia-chi-de-thu"
    assert provider["config"]["apiBaseUrl"] == "http://127.0.0.1:8080/v1" and "apiKey" not in provider["config"]
    first = config["tests"][0]
    assert "tiêm phòng" in first["vars"]["system"] and first["options"] == {"disableVarExpansion": True}
    asked = feedback.assertions_of(exercises.for_attempt(seeded, attempt), first["vars"]["input"])
    told = [one["type"] for one in first["assert"]] + [one["type"] for one in first["metadata"]["nd30_checks"]]
    assert len(told) == sum(one.type not in ("prompt-has", "prompt-max-words") for one in asked)
    assert "word-count" in told and "grounded-numbers" in told


def test_results_tell_what_came_to_an_end(
    seeded: Kit,
    engine: ScriptedEngine,
    people: dict[str, User],
    attempt: Attempt,  # noqa: F811  # the fixture imported above
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan = people["lan"]

    def break_once(messages: Any) -> str:
        if len(engine.asked) == 4:
            raise EngineBroken
        return speak(messages)

    monkeypatch.setattr(engine, "_answers", break_once)
    begun = experiments.begin_parts(seeded, lan, attempt.id)
    assert json.loads(promptfoo.results(seeded, lan, begun.id))["results"]["results"] == []
    done(seeded, lan, begun)
    told = json.loads(promptfoo.results(seeded, lan, begun.id))["results"]
    rows, stats = told["results"], told["stats"]
    assert (told["version"], len(rows), stats["errors"]) == (3, 12, 1)
    assert stats["successes"] + stats["failures"] == 11
    assert {(row["promptIdx"], row["testIdx"]) for row in rows} == {(n, given) for n in range(6) for given in (0, 1)}
    assert [(row["failureReason"], row["score"]) for row in rows if row["error"]] == [(2, 0.0)]
    components = [one for row in rows for one in row["gradingResult"]["componentResults"]]
    assert components and all(isinstance(one["pass"], bool) for one in components)
    for n, column in enumerate(told["prompts"]):
        counted = column["metrics"]
        assert counted["testPassCount"] + counted["testFailCount"] + counted["testErrorCount"] == 2, n
