"""Ready-made answers: who may see which by now, and that they are judged as the proof of the exercise judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service import baseline, checks, exercises, practice, proof
from service.errors import NotFound
from service.kit import Kit
from service.records import Attempt, AttemptState, CheckResult, Exercise, User

ONE = "tom-tat-cong-van-tiem-phong"
HOSTILE = "</div><script>alert(1)</script> **Xã** mới đạt 38%."
FILE = f"""---
schema: 1
id: bai-san
title: Bài có sẵn kết quả
kind: summarise
module: 4
level: 1
state: visible
version: 1
safety: hu_cau
inputs:
  - {{id: mot, label: Công văn tiêm phòng, files: [{{path: "sample:cv-don-doc-tiem-phong", label: Công văn}}]}}
  - {{id: hai, label: Công văn khác, files: [{{path: "sample:cv-lay-y-kien-quy-che-hop-truc-tuyen", label: Công văn}}]}}
prompts:
  - {{label: starter, raw: Tóm tắt.}}
  - {{label: sample, raw: Tóm tắt công văn kèm theo cho Chủ tịch xã., reveal: "after:3"}}
tests:
  - description: Đúng số
    assert:
      - {{type: grounded-numbers, weight: 3}}
baseline:
  - {{label: weak, output: "{HOSTILE}"}}
  - {{label: good, output: Tiêm đạt ít nhất 80%.}}
  - {{label: middling, output: Tiêm đạt ít nhất 80% và 81%.}}
  - {{label: khac, output: Một kết quả khác., prompt: Tóm tắt cho dân.}}
  - {{label: good, input: hai, output: Góp ý trước ngày 23 tháng 10 năm 2026.}}
---

## Tình huống

Có công văn.

## Nhiệm vụ

Tóm tắt.
"""


def put(kit: Kit, text: str = FILE) -> None:
    (kit.settings.exercises / "bai-san.md").write_text(text, encoding="utf-8")


@pytest.fixture
def exercise(seeded: Kit, people: dict[str, User]) -> Exercise:
    put(seeded)
    return exercises.get(seeded, people["lan"], "bai-san")


def ran(kit: Kit, user: User, exercise: Exercise, *prompts: str) -> tuple[Attempt, ...]:
    for prompt in prompts:
        list(practice.answer(kit, practice.begin(kit, user, exercise, prompt).id))
    return practice.history(kit, user, exercise.id)


def labels(kit: Kit, user: User, exercise: Exercise, past: Sequence[Attempt] = (), given: str = "") -> list[str]:
    return [one.label for one in baseline.offered(kit, user, exercise, past, given)]


def verdicts(results: Sequence[CheckResult]) -> dict[tuple[str, str], bool | None]:
    """Those on the answer that count."""
    return {(one.check, one.metric): one.passed for one in results if one.of == "answer" and one.weight}


def test_they_open_with_ones_own_attempts(seeded: Kit, people: dict[str, User], exercise: Exercise) -> None:
    lan = people["lan"]
    assert labels(seeded, lan, exercise) == ["weak"]
    once = ran(seeded, lan, exercise, "Tóm tắt.")
    assert labels(seeded, lan, exercise, once) == ["weak", "middling"]
    assert labels(seeded, lan, exercise, ran(seeded, lan, exercise, "Tóm tắt.")) == ["weak", "middling"]
    twice = ran(seeded, lan, exercise, "Tóm tắt ngắn.")
    assert labels(seeded, lan, exercise, twice) == ["weak", "middling", "good"]
    assert labels(seeded, lan, exercise, [replace(once[0], score=90.0)]) == ["weak", "middling", "good"], (
        "a pass opens it, too"
    )
    assert labels(seeded, lan, exercise, [replace(once[0], state=AttemptState.FAILED)]) == ["weak"]


def test_trainers_see_every_one_and_evaluators_what_learners_see(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    for name in ("thu", "quan"):
        assert labels(seeded, people[name], exercise) == ["weak", "middling", "good", "khac"]
    assert labels(seeded, people["dung"], exercise) == ["weak"]


def test_an_input_without_one_has_that_of_the_first(seeded: Kit, people: dict[str, User], exercise: Exercise) -> None:
    found = {one.label: one.input for one in baseline.offered(seeded, people["thu"], exercise, (), "hai")}
    assert found == {"weak": "mot", "middling": "mot", "good": "hai", "khac": "mot"}
    assert {one.input for one in baseline.offered(seeded, people["thu"], exercise, (), "khong-co")} == {"mot"}
    assert baseline.offered(seeded, people["thu"], replace(exercise, baselines=()), ()) == ()


def test_work_by_hand_has_none(seeded: Kit, people: dict[str, User]) -> None:
    assert labels(seeded, people["thu"], exercises.get(seeded, people["thu"], "bat-loi-ban-nhap-cua-may")) == []


@pytest.mark.parametrize("label", ["good", "khac", "khong-co", ""])
def test_what_is_not_offered_is_not_found(seeded: Kit, people: dict[str, User], exercise: Exercise, label: str) -> None:
    with pytest.raises(NotFound):
        baseline.get(seeded, people["lan"], exercise, (), label)


def test_they_are_judged_as_the_proof_judges_them(seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["thu"], ONE)
    for judged in proof.prove(exercise).judged:
        one = judged.baseline
        made = baseline.get(seeded, people["thu"], exercise, (), one.label, one.input)
        assert made.baseline == one
        assert verdicts(made.results) == verdicts(judged.results) != {}
        assert not made.prompt or checks.score(made.results) == judged.score


def test_the_prompt_is_told_where_one_is_named_and_open(
    seeded: Kit, people: dict[str, User], exercise: Exercise
) -> None:
    past = ran(seeded, people["lan"], exercise, "Tóm tắt.", "Tóm tắt ngắn.")

    def told(user: str, label: str) -> tuple[str, bool]:
        made = baseline.get(seeded, people[user], exercise, past, label)
        return made.prompt, any(one.of == "prompt" for one in made.results)

    assert told("lan", "weak") == ("Tóm tắt.", True)
    assert told("lan", "middling") == ("", False), "the exercise names no prompt for it"
    assert told("lan", "good") == ("", False), "the sample prompt opens after three attempts"
    assert told("thu", "good") == ("Tóm tắt công văn kèm theo cho Chủ tịch xã.", True)
    assert told("thu", "khac") == ("Tóm tắt cho dân.", True)
