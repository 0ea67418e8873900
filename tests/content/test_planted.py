"""Documents with planted mistakes: each mistake is where its key says, and the check that should find it does."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from service import checks
from service.nd30 import drafting
from service.nd30.laid_out import check_layout
from service.parsers.layout import read_layout
from service.prompts import load_exercise
from service.records import Assertion, Case, Draft, SourceText
from tests.content.make_samples import SAMPLES
from tests.content.planted import FOLDER, Faulty, Planted, read_faulty
from tests.content.test_samples import (
    assert_days_are_right,
    assert_deadlines_lie_ahead,
    assert_shares_are_right,
    assert_tables_add_up,
    paper_text,
    squeezed,
)
from tests.rules.making import exercise

FAULTY = read_faulty()
EACH = [(one, planted) for one in FAULTY for planted in one.planted]
TYPES = frozenset(  # the words of prompts/README.md
    {"so_lieu", "tong_so", "ngay_thang", "thoi_han", "can_cu", "ten_rieng", "tham_quyen", "the_thuc"}
    | {"mau_thuan", "trung_lap"}
)
RECKONED: dict[str, Callable[[Draft], None]] = {
    "tables": assert_tables_add_up,
    "share": assert_shares_are_right,
    "weekday": assert_days_are_right,
    "deadline": assert_deadlines_lie_ahead,
}

every = pytest.mark.parametrize("one", FAULTY, ids=lambda one: one.sample.id)
each = pytest.mark.parametrize(("one", "planted"), EACH, ids=lambda item: getattr(item, "id", None) or item.sample.id)


def alone(one: Faulty, planted: Planted) -> Faulty:
    """The document with this one mistake only."""
    return Faulty(one.sample, one.of, (planted,))


def spots(text: str, planted: Planted) -> list[range]:
    """Where the words of a mistake stand."""
    return [range(*match.span()) for match in re.finditer(re.escape(planted.quote), text)]


def test_ten_documents_and_half_a_hundred_mistakes() -> None:
    assert len(FAULTY) >= 10
    assert len(EACH) >= 50
    assert {planted.type for _, planted in EACH} <= TYPES
    assert len({planted.check for _, planted in EACH}) >= 20


@every
def test_the_shipped_paper_is_what_the_key_makes(one: Faulty) -> None:
    paper = squeezed(paper_text(FOLDER / one.sample.path))
    assert [planted.id for planted in one.planted if squeezed(planted.quote) not in paper] == []
    assert paper == squeezed(paper_text(io.BytesIO(one.docx)))
    assert (one.sample.kind, one.draft.kind) == (one.of.kind, one.of.kind)


def test_nothing_else_lies_there() -> None:
    listed = {name for one in FAULTY for name in (one.sample.path, one.sample.text)} | {"manifest.yaml"}
    assert {path.name for path in FOLDER.iterdir()} == listed


@each
def test_the_mistake_is_where_the_key_says(one: Faulty, planted: Planted) -> None:
    sound, wrong = drafting.text_of(one.sound), alone(one, planted).text
    assert planted.quote != planted.fix
    assert planted.why.endswith(".")
    assert len(spots(wrong, planted)) == len(spots(sound, planted)) + (planted.quote not in planted.fix)
    around = next(line for line in wrong.split("\n") if planted.quote in line and planted.at in line)
    assert around not in sound.split("\n")


@each
def test_the_check_that_should_find_it_does(one: Faulty, planted: Planted) -> None:
    this = alone(one, planted)
    if planted.check in RECKONED:
        with pytest.raises(AssertionError):
            RECKONED[planted.check](this.draft)
    elif planted.check.startswith("ND30-"):
        layout = read_layout(this.docx)
        found = [item for item in check_layout(layout, one.sample.kind, "issued") if item.rule == planted.check]
        assert found
        touched = {place for item in found for span in item.spans for place in range(span.start, span.end)}
        places = spots(layout.text, planted)  # none where the words run over two lines of the paper
        assert any(touched & set(spot) for spot in places) or not touched or not places
    elif planted.check == "grounded-numbers":
        source = SourceText(1, "Bản đúng", drafting.text_of(one.sound))
        case = Case(prompt="", answer=this.text, exercise=exercise(), sources=(source,))
        [result] = checks.run(case, [Assertion("grounded-numbers")])
        touched = {place for item in result.findings for span in item.spans for place in range(span.start, span.end)}
        assert result.passed is False
        assert any(touched & set(spot) for spot in spots(this.text, planted))
    else:
        assert planted.check == "reader"
        assert one.planted != (planted,)


def test_exercises_with_these_documents_have_their_words_and_their_key() -> None:
    known = {one.text.strip(): one for one in FAULTY}
    used = 0
    for path in (SAMPLES.parent / "prompts" / "exercises").glob("*.md"):
        exercise = load_exercise(path)
        for given in exercise.inputs:
            if faulty := known.get(given.text):
                key = [(item.quote, item.fix) for item in exercise.planted if item.input == given.id]
                assert key == [(item.quote, item.fix) for item in faulty.planted], (path.stem, given.id)
                used += 1
    assert used >= 6


def test_an_ambiguous_key_is_refused() -> None:
    one = FAULTY[0]
    twice = Planted("hai-cho", "so_lieu", "ngày 01 tháng 7", "tháng 7", "Có ở nhiều chỗ.", "reader")
    with pytest.raises(ValueError, match="phải là một"):
        _ = alone(one, twice).draft
