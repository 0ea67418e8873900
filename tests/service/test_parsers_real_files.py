"""Files from real offices, where the checkout has them beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.chunking import chunk
from service.parsers import Limits, read
from service.records import ParsedDocument
from service.text import count_syllables

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = sorted(path for folder in ("real_files", "decree30") for path in (DATA / folder).glob("*.[dp][od][cf]*"))
FILES = [path for path in FILES if path.suffix != ".doc"]
needs_files = pytest.mark.skipif(not FILES, reason="tệp thật không nằm cạnh thư mục này (../shared/data)")


def parsed(name: str) -> ParsedDocument:
    path = next(path for path in FILES if path.name == name)
    return read(path.read_bytes(), path.suffix, Limits())


@needs_files
def test_every_file_gives_text_and_chunks() -> None:
    for path in FILES:
        document = read(path.read_bytes(), path.suffix, Limits())
        assert count_syllables(document.text) > 50, path.name
        anchors = [block.anchor for block in document.blocks]
        assert len(set(anchors)) == len(anchors), path.name
        chunks = chunk(document.blocks)
        assert " ".join(" ".join(c.text for c in chunks).split()) == " ".join(document.text.split()), path.name


@needs_files
def test_the_decree_is_cut_into_its_articles() -> None:
    headings = [c.heading for c in chunk(parsed("nd30.docx").blocks)]
    for number in range(1, 39):
        assert any(f"Điều {number}" in heading for heading in headings), number
    assert any(heading.startswith("Chương I. QUY ĐỊNH CHUNG › Điều 3. Giải thích từ ngữ") for heading in headings)


@needs_files
def test_the_first_appendix_keeps_its_boxes_and_tables() -> None:
    document = parsed("Phuluc1.docx")
    boxes = [block.text for block in document.blocks if block.kind == "box"]
    assert boxes.count("7a") == 1
    assert any(block.kind == "row" and "Quốc hiệu" in block.text for block in document.blocks)


@needs_files
def test_a_decision_in_pdf_has_its_articles_as_paragraphs() -> None:
    starts = [block.text[:7] for block in parsed("02_Quyet_Dinh_UBND_Ha_Noi.pdf").blocks]
    assert [start for start in starts if start.startswith("Điều")] == ["Điều 1.", "Điều 2.", "Điều 3."]
