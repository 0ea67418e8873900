"""Exercises as files: seeded once, edited whole, versions kept for the attempts that were made with them."""

from __future__ import annotations

import re

import pytest

from service import exercises, practice
from service.errors import BadInput, Conflict, InvalidExercise, NotAllowed, NotFound
from service.kit import Kit
from service.prompts import set_field
from service.records import User

ONE = "tom-tat-cong-van-tiem-phong"


def test_seeding_again_leaves_what_a_trainer_has_edited(seeded: Kit, people: dict[str, User]) -> None:
    text = exercises.source(seeded, people["thu"], ONE).replace("## Nhiệm vụ", "## Nhiệm vụ\n\nĐọc kỹ trước.")
    exercises.save(seeded, people["thu"], ONE, text)
    assert exercises.seed(seeded) == 0
    assert exercises.source(seeded, people["thu"], ONE) == text


def test_hidden_exercises_are_found_by_trainers_only(seeded: Kit, people: dict[str, User]) -> None:
    exercises.set_state(seeded, people["thu"], ONE, "archived")
    assert ONE not in {exercise.id for exercise in exercises.visible(seeded, people["lan"])}
    assert ONE in {exercise.id for exercise in exercises.visible(seeded, people["thu"])}
    with pytest.raises(NotFound):
        exercises.get(seeded, people["lan"], ONE)


def test_a_file_of_its_own_that_changes_is_read_again(seeded: Kit, people: dict[str, User]) -> None:
    before = exercises.get(seeded, people["lan"], ONE)
    own = next(iter(sorted((seeded.settings.exercises / ONE).iterdir())))
    own.write_text(own.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
    assert exercises.get(seeded, people["lan"], ONE) != before


@pytest.mark.parametrize("name", ["lan", "dung"])
def test_only_trainers_edit(seeded: Kit, people: dict[str, User], name: str) -> None:
    for deed in (exercises.source, exercises.broken):
        with pytest.raises(NotAllowed):
            deed(seeded, people[name], *([ONE] if deed is exercises.source else []))
    with pytest.raises(NotAllowed):
        exercises.set_state(seeded, people[name], ONE, "archived")


def test_an_invalid_text_is_refused_with_its_line_and_nothing_is_written(seeded: Kit, people: dict[str, User]) -> None:
    before = exercises.source(seeded, people["thu"], ONE)
    with pytest.raises(InvalidExercise, match=r"Dòng [12]:"):
        exercises.save(seeded, people["thu"], ONE, before.replace("schema: 1", "schema: 99", 1))
    assert exercises.source(seeded, people["thu"], ONE) == before


def test_what_this_desk_does_not_know_is_told(seeded: Kit, people: dict[str, User]) -> None:
    text = exercises.source(seeded, people["thu"], ONE)
    wrong = text.replace("level: 1", "level: 1\nrequirements: [khong-co]").replace("raw: ", f"raw: {'dài ' * 2001}", 1)
    told = [problem.sentence for problem in exercises.check(seeded, wrong, ONE)]
    assert len(told) == 2
    assert "“khong-co”" in told[0] and "học viên chỉ gõ được 2000 tiếng" in told[1]


def test_an_exercise_that_is_wrong_by_now_may_still_be_hidden(seeded: Kit, people: dict[str, User]) -> None:
    path = seeded.settings.exercises / f"{ONE}.md"
    path.write_text(re.sub("value: 150", "value: nhiều", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert exercises.get(seeded, people["lan"], ONE).state == "visible"
    assert exercises.set_state(seeded, people["thu"], ONE, "archived").state == "archived"
    with pytest.raises(InvalidExercise):
        exercises.set_state(seeded, people["thu"], ONE, "visible")


@pytest.mark.parametrize("exercise_id", ["", "../x", "Có-Dấu", "a b", "a/b"])
def test_an_id_never_leaves_the_folder(seeded: Kit, people: dict[str, User], exercise_id: str) -> None:
    with pytest.raises(BadInput):
        exercises.save(seeded, people["thu"], exercise_id, "---\n---\n")
    with pytest.raises(NotFound):
        exercises.get(seeded, people["thu"], exercise_id)


def test_an_attempt_keeps_the_version_it_was_made_with(seeded: Kit, people: dict[str, User]) -> None:
    old = exercises.get(seeded, people["lan"], ONE)
    attempt = practice.begin(seeded, people["lan"], old, "Tóm tắt công văn.")
    text = exercises.source(seeded, people["thu"], ONE).replace("value: 150", "value: 120")
    new = exercises.save(seeded, people["thu"], ONE, text)
    assert new.version == old.version + 1
    assert exercises.for_attempt(seeded, attempt) == old
    assert exercises.get(seeded, people["lan"], ONE) == new


def test_every_overwrite_keeps_the_text_before(seeded: Kit, people: dict[str, User]) -> None:
    old = exercises.get(seeded, people["thu"], ONE)
    text = exercises.source(seeded, people["thu"], ONE).replace("value: 150", "value: 120")
    assert exercises.save(seeded, people["thu"], ONE, text).version == old.version  # nobody has practised on it
    assert exercises.version(seeded, ONE, old.hash) == old


def test_a_version_never_falls(seeded: Kit, people: dict[str, User]) -> None:
    thu, lan = people["thu"], people["lan"]
    text = exercises.source(seeded, thu, ONE)
    at_first = exercises.get(seeded, thu, ONE).version

    def saved(value: int, version: int) -> int:
        new = set_field(text.replace("value: 150", f"value: {value}"), "version", version)
        return exercises.save(seeded, thu, ONE, new).version

    practice.begin(seeded, lan, exercises.get(seeded, lan, ONE), "Tóm tắt công văn.")
    assert saved(120, at_first) == at_first + 1
    assert saved(120, at_first) == at_first + 1  # sent twice
    assert saved(110, at_first) == at_first + 1  # a tab that still says the old number
    practice.begin(seeded, lan, exercises.get(seeded, lan, ONE), "Tóm tắt công văn.")
    assert saved(100, at_first) == at_first + 2
    assert saved(90, at_first + 6) == at_first + 6


def test_what_was_changed_since_it_was_opened_is_not_overwritten(seeded: Kit, people: dict[str, User]) -> None:
    thu, text = people["thu"], exercises.source(seeded, people["thu"], ONE)
    first, second = (text.replace("value: 150", f"value: {value}") for value in (120, 110))
    opened = exercises.digest(text)
    exercises.save(seeded, thu, ONE, first, opened=opened)
    assert exercises.save(seeded, thu, ONE, first, opened=opened).assertions  # the same text, sent twice
    with pytest.raises(Conflict):
        exercises.save(seeded, thu, ONE, second, opened=opened)
    assert exercises.source(seeded, thu, ONE) == first
    exercises.save(seeded, thu, ONE, second, opened=exercises.digest(first))


def test_a_broken_file_is_mended_in_the_editor(seeded: Kit, people: dict[str, User]) -> None:
    text = exercises.source(seeded, people["thu"], ONE)
    (seeded.settings.exercises / f"{ONE}.md").write_text("không có phần đầu", encoding="utf-8")
    assert exercises.save(seeded, people["thu"], ONE, text).id == ONE


def test_a_broken_file_is_shown_to_trainers_and_hides_nothing_else(seeded: Kit, people: dict[str, User]) -> None:
    before = exercises.visible(seeded, people["lan"])
    (seeded.settings.exercises / "hong.md").write_text("không có phần đầu", encoding="utf-8")
    assert exercises.visible(seeded, people["lan"]) == before
    assert len(before) > 7
    assert [name for name, _problem in exercises.broken(seeded, people["thu"])] == ["hong"]
