"""The shipped exercises: valid, complete, and possible (sample prompt and model answer pass the exercise's checks)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from service import checks
from service.checks import CHECKS
from service.nd30 import drafting
from service.prompts import load_exercise, read_manifest, validate
from service.records import Case, Exercise, SourceText
from service.text import count_syllables
from tests.content.make_samples import SAMPLES, read_draft

PROMPTS = Path(__file__).resolve().parent.parent.parent / "prompts"
FILES = sorted((PROMPTS / "exercises").glob("*.md"))
MANIFEST = {sample.id: sample for sample in read_manifest(SAMPLES)}
TODAY = date(2026, 11, 23)

every = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def exercise_of(path: Path) -> Exercise:
    return load_exercise(path, samples=MANIFEST, check_types=CHECKS)


def case_of(exercise: Exercise, prompt: str, answer: str) -> Case:
    texts = [drafting.text_of(read_draft(SAMPLES / MANIFEST[file.sample].text)) for file in exercise.files]
    sources = tuple(SourceText(n, "Nguồn", text) for n, text in enumerate(texts, 1))
    return Case(prompt=prompt, answer=answer, exercise=exercise, sources=sources, today=TODAY, finish_reason="stop")


def prompt_of(exercise: Exercise, label: str) -> str:
    return next(prompt.raw for prompt in exercise.prompts if prompt.label == label)


@every
def test_it_is_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert validate(text, path.stem, folder=path.parent, samples=MANIFEST, check_types=CHECKS) == ()


@every
def test_it_has_all_that_a_lesson_needs(path: Path) -> None:
    exercise = exercise_of(path)
    assert exercise.state == "visible"
    assert exercise.files
    assert exercise.requirements_text
    assert exercise.trainer_notes
    assert len(exercise.hints) == 3
    assert len(exercise.key_facts) >= 4
    assert exercise.model_answer
    assert exercise.model_answer_notes
    assert {prompt.label: prompt.reveal for prompt in exercise.prompts} == {"starter": "visible", "sample": "after:2"}
    assert set(exercise.feedback) == {item.on_fail for item in exercise.assertions} - {""}
    assert {"prompt-has", "grounded-numbers", "no-personal-data"} <= {item.type for item in exercise.assertions}


@every
def test_the_model_answer_passes_every_check(path: Path) -> None:
    exercise = exercise_of(path)
    # cites-source needs the numbered passages of a real run; tests/rules look after it
    items = tuple(item for item in exercise.assertions if item.type != "cites-source")
    results = checks.run(case_of(exercise, prompt_of(exercise, "sample"), exercise.model_answer), items)
    assert [(result.check, result.reason) for result in results if not result.passed] == []


@every
def test_the_starter_prompt_leaves_something_to_learn(path: Path) -> None:
    exercise = exercise_of(path)
    items = tuple(item for item in exercise.assertions if item.type == "prompt-has")
    [result] = checks.run(case_of(exercise, prompt_of(exercise, "starter"), ""), items)
    assert result.passed is False


@every
def test_key_facts_come_from_the_documents(path: Path) -> None:
    exercise = exercise_of(path)
    text = " ".join("\n".join(source.text for source in case_of(exercise, "", "").sources).split()).lower()
    assert [fact for fact in exercise.key_facts if fact.lower() not in text] == []


@every
def test_the_model_answer_fits_into_the_room_for_answers(path: Path) -> None:
    exercise = exercise_of(path)
    assert count_syllables(exercise.model_answer) < exercise.max_tokens


def test_the_four_deeds_are_covered() -> None:
    kinds = [exercise_of(path).kind for path in FILES]
    assert {kind: kinds.count(kind) for kind in kinds} == {"ask": 1, "draft": 2, "improve_prompt": 2, "summarise": 2}


def test_own_folders_hold_nothing_unused() -> None:
    for file in (path for path in (PROMPTS / "exercises").rglob("*") if path.is_file() and path.suffix != ".md"):
        assert f"file://{file.name}" in file.parent.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((PROMPTS / "rubrics").glob("*.yaml")), ids=lambda path: path.stem)
def test_rubrics_can_be_marked_with(path: Path) -> None:
    rubric = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    metrics = {item.metric for file in FILES for item in exercise_of(file).assertions}
    assert rubric["id"] == path.stem
    for n, criterion in enumerate(rubric["criteria"], 1):
        assert criterion["order_num"] == n
        assert criterion["weight"] > 0
        assert criterion.get("auto") is None or criterion["auto"] in metrics
        points = [option["points"] for option in criterion["options"] if option["points"] is not None]
        assert points == sorted(points, reverse=True)
        assert 2 <= len(points) <= 5
        assert len({option["name"] for option in criterion["options"]}) == len(criterion["options"])


@every
def test_it_speaks_as_the_program_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    spoken = text.partition("\n## ")[2] + "\n".join(exercise_of(path).feedback.values())
    assert not re.search(r"\b(prompt|output|feedback|token|submit|bạn học)\b|Rất tiếc|!", spoken)


def test_the_skeleton_for_new_exercises_is_valid() -> None:
    text = (PROMPTS / "exercise-skeleton.md").read_text(encoding="utf-8")
    assert validate(text, "ma-bai-moi", folder=PROMPTS / "exercises", samples=MANIFEST, check_types=CHECKS) == ()


def test_the_readme_names_every_check() -> None:
    text = (PROMPTS / "README.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if f"`{name}`" not in text] == []
