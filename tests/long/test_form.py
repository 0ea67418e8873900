"""Round trip at length: 29 kinds × 20 drafts, written and checked, then through LibreOffice and checked as PDF.

python3 run.py test --long form
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service import office
from service.docx_writer import write
from tests.rules.nd30_drafts import random_draft, vietnamese_font
from tests.rules.test_nd30_round_trip import ALL, check_pdf_file, check_word_file

EACH = 20


@pytest.mark.long
@pytest.mark.parametrize("kind", ALL)
def test_every_draft_passes_as_it_is_written(kind: str) -> None:
    for n in range(EACH):
        check_word_file(kind, n)


@pytest.mark.long
@pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")
@pytest.mark.skipif(not vietnamese_font(), reason="phông thay Times New Roman của máy này thiếu chữ Việt")
@pytest.mark.parametrize("kind", ALL)
def test_every_draft_passes_as_a_pdf(kind: str, tmp_path: Path, tell: Callable[[str], None]) -> None:
    """One run of LibreOffice for all drafts of a kind: its start is what takes the time."""
    for n in range(EACH):
        (tmp_path / f"{n:02}.docx").write_bytes(write(random_draft(kind, n)))
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600, check=True)
    made = sorted(tmp_path.glob("*.pdf"))
    assert len(made) == EACH
    for file in made:
        check_pdf_file(kind, file.read_bytes())
    tell(f"{kind}: {EACH} drafts without an error as PDF")
