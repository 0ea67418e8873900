"""What the writer writes, the checker passes: drafts of every kind drawn at random, as Word files and as PDF.

The whole of it is ``run.py test --long form``; here a few of each.
"""

from __future__ import annotations

import pytest

from service import office
from service.docx_writer import write
from service.form import check_words, text_of
from service.nd30.kinds import KINDS
from service.nd30.laid_out import check_layout, kind_of
from service.nd30.outline import outline
from service.parsers import parse
from service.parsers.layout import read_layout
from service.records import Level
from tests.rules.nd30_drafts import random_draft, vietnamese_font

ALL = [kind.id for kind in KINDS]


def check_word_file(kind: str, n: int) -> None:
    layout = read_layout(write(random_draft(kind, n)))
    assert kind_of(layout) == kind
    assert [(finding.rule, finding.title, finding.seen) for finding in check_layout(layout, mode="issued")] == []


def check_pdf_file(kind: str, data: bytes) -> None:
    """No false error: a PDF shows no type, and a line it breaks may cost a warning, but nothing else."""
    text = text_of(parse(data, ".pdf", apart=False))
    told = outline(text).kind
    errors = [finding for finding in check_words(text, kind, "issued") if finding.level is Level.ESSENTIAL]
    assert told is not None and told.id == kind
    assert [(finding.rule, finding.title, finding.seen) for finding in errors] == []


@pytest.mark.parametrize("kind", ALL)
def test_a_random_draft_passes_as_it_is_written(kind: str) -> None:
    for n in range(2):
        check_word_file(kind, n)


@pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")
@pytest.mark.skipif(not vietnamese_font(), reason="phông thay Times New Roman của máy này thiếu chữ Việt")
@pytest.mark.parametrize(("kind", "n"), [("cong_van", 3), ("quyet_dinh", 1)])
def test_a_random_draft_passes_as_a_pdf(kind: str, n: int) -> None:
    check_pdf_file(kind, office.to_pdf(write(random_draft(kind, n)), 60))


def test_the_drafts_differ() -> None:
    made = {random_draft(kind, n) for kind in ALL for n in range(20)}
    assert len(made) == 20 * len(ALL)
    assert len({draft.issuer for draft in made}) > 3
