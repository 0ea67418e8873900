"""The official documents in the texts of exercises: desk and Word file say what the model and the checks get."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from service.docx_writer import write_as_written
from service.form import check_words
from service.nd30.drafting import draft_from_text, text_of
from service.nd30.findings import DRAFT, ISSUED
from service.nd30.outline import outline
from service.nd30.papers import papers
from service.nd30.parts import Part
from service.pages.reading import sheets
from service.prompts import load_exercise
from service.records import Exercise, ExerciseInput, Level
from tests.content.planted import FOLDER, read_faulty
from tests.content.test_exercises import FILES
from tests.content.test_samples import INVENTED, paper_text, squeezed

INPUTS = [(exercise, given) for exercise in map(load_exercise, FILES) for given in exercise.inputs]
DOCUMENTS = [(exercise, given, one.text) for exercise, given in INPUTS for one in papers(given.text) if one.document]
BY_MACHINE = {"bat-loi-ban-nhap-cua-may"}
"""Exercises whose texts are answers of a machine, which has put a title above them and nothing more."""
EXTRACT = "(trích)"

every = pytest.mark.parametrize(("exercise", "given"), INPUTS, ids=lambda one: getattr(one, "id", None) or "mot")
each = pytest.mark.parametrize(
    ("exercise", "given", "text"), DOCUMENTS, ids=lambda one: one[-40:] if isinstance(one, str) else one.id or "mot"
)


def words(text: str) -> Counter[str]:
    return Counter(text.replace("|", " ").split())


@every
def test_the_desk_shows_every_word_that_the_model_and_the_checks_get(exercise: Exercise, given: ExerciseInput) -> None:
    shown: Counter[str] = Counter()
    for sheet in sheets(given.text):
        shown += words(sheet.heading)
        if not sheet.number:
            shown += words(sheet.text)
        for piece in (piece for part in sheet.parts for box in part.boxes for piece in box):
            for cell, said in enumerate(piece.cells):
                start = sheet.start_of(piece, cell)
                assert given.text[start : start + len(said)] == said
                shown += words(said)
    assert shown == words(given.text)


@every
def test_what_is_an_official_document_by_nature_is_set_as_one(exercise: Exercise, given: ExerciseInput) -> None:
    for one in papers(given.text):
        if not one.document and exercise.id not in BY_MACHINE:
            assert not outline(one.text).has(Part.TITLE), one.text[:80]


def test_many_exercises_have_such_documents() -> None:
    assert len(DOCUMENTS) >= 30
    assert len({exercise.id for exercise, _, _ in DOCUMENTS}) >= 12


@each
def test_the_word_file_says_what_the_text_says(exercise: Exercise, given: ExerciseInput, text: str) -> None:
    made = write_as_written(text)
    assert sorted(squeezed(paper_text(BytesIO(made)))) == sorted(squeezed(text.replace("|", "")))
    assert made == write_as_written(text)


@each
def test_its_parts_are_found_and_its_form_is_without_fault(exercise: Exercise, given: ExerciseInput, text: str) -> None:
    found = outline(text)
    assert found.kind is not None
    wanted = {Part.NATION, Part.MOTTO, Part.ISSUER, Part.SIGN, Part.BODY, Part.AUTHORITY, Part.SIGNER, Part.RECIPIENT}
    assert [part for part in wanted if not found.has(part)] == []
    if exercise.kind == "find_errors":  # its faults are the exercise
        return
    draft = draft_from_text(text)
    assert text_of(draft).strip() == text
    assert draft.signer in INVENTED
    mode = ISSUED if draft.dated else DRAFT
    seen = [] if EXTRACT in draft.subject else check_words(text, draft.kind, mode)
    assert [(one.rule, one.seen) for one in seen if one.level in (Level.ESSENTIAL, Level.ACTIONABLE)] == []


def test_a_form_that_is_to_be_looked_through_keeps_its_faults_in_the_word_file() -> None:
    known = {one.text.strip(): one.sample.path for one in read_faulty()}
    shown = [text for _, _, text in DOCUMENTS if text in known]
    assert len(shown) >= 6
    for text in shown:
        assert squeezed(paper_text(BytesIO(write_as_written(text)))) == squeezed(paper_text(Path(FOLDER / known[text])))
