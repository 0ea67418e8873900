"""Make the sample documents from their texts: ``python -m tests.content.make_samples [ID…]``, all without an id.

Each ``sample_docs/<kind>/<id>.yaml`` holds the fields of a Draft; the .docx comes from the program's own Decree 30
writer, the .pdf from LibreOffice. The pages written into the manifest are those of the printed document.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pypdf import PdfReader

from service.docx_writer import write
from service.prompts import Sample, read_manifest
from service.records import Draft, Table

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_docs"
_STAMP = "1583366400"  # 5 March 2020, the day of the decree: the same text gives the same file


@cache
def read_draft(path: Path) -> Draft:
    """The draft written in a YAML file; lists become tuples, ``{table: rows}`` a Table."""
    fields: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    body = tuple(item if isinstance(item, str) else _table(item["table"]) for item in fields.pop("body"))
    return Draft(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}, body=body
    )


def _table(rows: list[list[str]]) -> Table:
    return Table(tuple(tuple(row) for row in rows))


def _print(docx: Path, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _STAMP}
    subprocess.run([*command, "--outdir", str(folder), str(docx)], check=True, capture_output=True, env=environment)
    return folder / f"{docx.stem}.pdf"


def make(sample: Sample, folder: Path) -> int:
    """Write one sample document; returns its pages."""
    target = SAMPLES / sample.path
    docx = folder / f"{sample.id}.docx"
    docx.write_bytes(write(read_draft(SAMPLES / sample.text)))
    pdf = _print(docx, folder)
    target.write_bytes((pdf if target.suffix == ".pdf" else docx).read_bytes())
    return len(PdfReader(pdf).pages)


def main(wanted: list[str]) -> None:
    manifest = SAMPLES / "manifest.yaml"
    for path in re.findall(r"path: (\S+)", manifest.read_text(encoding="utf-8")):
        (SAMPLES / path).touch()  # the manifest names only files that are there
    with tempfile.TemporaryDirectory() as folder:
        for sample in (one for one in read_manifest(SAMPLES) if not wanted or one.id in wanted):
            pages = make(sample, Path(folder))
            entry = re.compile(rf"(- id: {sample.id}\n(?:    .*\n)*?    pages: )\d+")
            manifest.write_text(entry.sub(rf"\g<1>{pages}", manifest.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
