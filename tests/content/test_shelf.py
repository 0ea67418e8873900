"""The shelf of sample documents as a whole."""

from __future__ import annotations

from pathlib import Path

from service.nd30.kinds import BY_ID
from tests.content.make_samples import SAMPLES
from tests.content.test_samples import INVENTED, MANIFEST, NAMED_DAY, RATIO, draft_of, named_in, texts_of

WHOLE = "\n".join(text for sample in MANIFEST for text in texts_of(draft_of(sample)))


def test_every_kind_of_the_decree_is_there() -> None:
    assert {sample.kind for sample in MANIFEST} == set(BY_ID)
    assert len(MANIFEST) >= 40
    assert {Path(sample.path).suffix for sample in MANIFEST} == {".docx", ".pdf"}


def test_some_are_long_enough_to_be_worth_summarising() -> None:
    assert sum(sample.pages >= 6 for sample in MANIFEST) >= 2


def test_every_file_is_listed() -> None:
    listed = {sample.path for sample in MANIFEST} | {sample.text for sample in MANIFEST} | {"manifest.yaml"}
    lying = {path for path in SAMPLES.rglob("*") if path.is_file() and path.parent.name != "co_loi"}
    assert {str(path.relative_to(SAMPLES)) for path in lying} == listed


def test_titles_and_numbers_are_unique() -> None:
    assert len({sample.title for sample in MANIFEST}) == len(MANIFEST)
    assert len({(draft_of(sample).issuer, draft_of(sample).sign) for sample in MANIFEST}) == len(MANIFEST)


def test_the_other_tests_have_something_to_look_at() -> None:
    assert len(RATIO.findall(WHOLE)) >= 15
    assert len(NAMED_DAY.findall(WHOLE)) >= 15
    assert len(named_in(WHOLE) & INVENTED) >= 5
