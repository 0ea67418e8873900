"""The shipped exercises: valid, complete, possible, and their checks tell the weak answer from the good one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from service import checks, feedback, proof
from service.checks import TYPES
from service.checks.prompt.parts import prompt_has, starter_of
from service.prompts import WORKED_BY_HAND, load_exercise, read_manifest, validate
from service.records import PARTS, Assertion, Exercise, Level
from service.settings import Settings
from service.text import count_syllables
from tests.content.make_samples import SAMPLES

PROMPTS = Path(__file__).resolve().parent.parent.parent / "prompts"
FILES = sorted((PROMPTS / "exercises").glob("*.md"))
MANIFEST = {sample.id: sample for sample in read_manifest(SAMPLES)}

every = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def exercise_of(path: Path) -> Exercise:
    return load_exercise(path, samples=MANIFEST, check_types=TYPES)


def prompt_of(exercise: Exercise, label: str) -> str:
    return next(prompt.raw for prompt in exercise.prompts if prompt.label == label)


@every
def test_it_is_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {"exercises": {one.stem for one in FILES}, "prompt_syllables": Settings().prompt_syllables}
    assert validate(text, path.stem, folder=path.parent, samples=MANIFEST, check_types=TYPES, **known) == ()


@every
def test_it_has_all_that_a_lesson_needs(path: Path) -> None:
    exercise = exercise_of(path)
    assert exercise.state == "visible"
    assert exercise.order > 0
    assert exercise.requirements_text
    assert exercise.trainer_notes
    assert len(exercise.hints) == 3
    assert set(exercise.feedback) == {item.on_fail for item in exercise.assertions} - {""}
    if exercise.kind in WORKED_BY_HAND:
        return
    assert len(exercise.inputs) >= 2
    assert len(exercise.key_facts) >= 4
    assert exercise.model_answer
    assert exercise.model_answer_notes
    assert {prompt.label: prompt.reveal for prompt in exercise.prompts} == {"starter": "visible", "sample": "after:2"}


@every
def test_its_checks_tell_good_from_bad_and_find_what_was_planted(path: Path) -> None:
    proven = proof.prove(exercise_of(path))
    assert proven.holds, "\n".join(proof.table([proven]))
    assert {"weak", "middling", "good"} <= {one.baseline.label for one in proven.judged}


@every
def test_the_model_answer_passes_every_check(path: Path) -> None:
    exercise = exercise_of(path)
    if exercise.kind in WORKED_BY_HAND:
        return
    case = proof.case_of(exercise, "", prompt=prompt_of(exercise, "sample"), answer=exercise.model_answer)
    results = checks.run(case, feedback.assertions_of(exercise))
    assert [(result.check, result.reason) for result in results if not result.passed] == []


@every
def test_the_starter_prompt_leaves_something_to_learn(path: Path) -> None:
    exercise = exercise_of(path)
    if exercise.kind in WORKED_BY_HAND:
        return
    case = proof.case_of(exercise, "", prompt=prompt_of(exercise, "starter"))
    [result] = checks.run(case, (item for item in feedback.assertions_of(exercise) if item.type == "prompt-has"))
    assert result.passed is False


@every
def test_a_prompt_of_the_suggested_sentences_is_what_the_exercise_asks_for(path: Path) -> None:
    exercise = exercise_of(path)
    if exercise.kind in WORKED_BY_HAND:
        return
    prompt = " ".join(starter_of(part, exercise) for part in PARTS)
    filled = re.sub(r"\[(?!cần|chưa)[^\]]*\]", "việc họp giao ban", prompt)
    result = prompt_has(proof.case_of(exercise, "", prompt=filled), Assertion("prompt-has"))
    assert [one.title for one in result.findings if one.level is not Level.CELEBRATORY] == []
    marks = set(re.findall(r"\[(?:cần|chưa|không)[^\]]*\]", prompt))
    assert marks <= set(re.findall(r"\[[^\]]*\]", exercise.requirements_text) or {"[cần bổ sung]"})


@every
def test_no_two_verdicts_have_one_name(path: Path) -> None:
    exercise = exercise_of(path)
    for given in exercise.inputs:
        case = proof.case_of(exercise, given.id, prompt="Viết.", answer="Kết quả.")
        graded = [one for one in checks.run(case, feedback.assertions_of(exercise, given.id)) if one.passed is not None]
        labels = [one.label for one in graded]
        assert len(set(labels)) == len(labels), labels
        assert max(map(len, labels), default=0) <= 120


@every
def test_key_facts_come_from_the_documents(path: Path) -> None:
    exercise = exercise_of(path)
    for given in exercise.inputs:
        case = proof.case_of(exercise, given.id)
        text = " ".join("\n".join(source.text for source in case.sources).split()).lower()
        facts = given.key_facts or exercise.key_facts if given is exercise.inputs[0] else given.key_facts
        assert [fact for fact in facts if fact.lower() not in text] == [], given.id


def test_what_should_be_done_first_is_there() -> None:
    known = {path.stem: exercise_of(path) for path in FILES}
    for exercise in known.values():
        assert [name for name in exercise.requirements if name not in known] == []
        assert all(known[name].module <= exercise.module for name in exercise.requirements)


@every
def test_the_model_answer_fits_into_the_room_for_answers(path: Path) -> None:
    exercise = exercise_of(path)
    assert count_syllables(exercise.model_answer) < exercise.max_tokens


def test_own_folders_hold_nothing_unused() -> None:
    for file in (path for path in (PROMPTS / "exercises").rglob("*") if path.is_file() and path.suffix != ".md"):
        assert f"file://{file.name}" in file.parent.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((PROMPTS / "rubrics").glob("*.yaml")), ids=lambda path: path.stem)
def test_rubrics_can_be_marked_with(path: Path) -> None:
    rubric = yaml.safe_load(path.read_text(encoding="utf-8"))
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
    assert validate(text, "ma-bai-moi", folder=PROMPTS / "exercises", samples=MANIFEST, check_types=TYPES) == ()


def test_the_readme_names_every_check() -> None:
    text = (PROMPTS / "README.md").read_text(encoding="utf-8")
    assert [name for name in TYPES if f"`{name}`" not in text] == []
