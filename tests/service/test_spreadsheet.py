"""Rows as a workbook: what is text stays text, what is a number is one, in whatever program opens it."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from service import office, spreadsheet

ROWS = [
    ["Bàn", "Họ và tên", "Tên đăng nhập", "Tóm tắt, công văn: số lần làm"],
    [5, "Lan <Ữ> & “Ngọc”", "012345", 2],
    ["", "=1+1", "12/11", 0],
    [7, "  hai  dấu cách ", "dòng\nhai\x0b", 12.5],
]
READ = [[str(cell).replace("\x0b", "") for cell in row] for row in ROWS]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_the_file_holds_the_cells_as_they_are() -> None:
    data = spreadsheet.xlsx("Sổ điểm", ROWS)
    assert data == spreadsheet.xlsx("Sổ điểm", ROWS), "the same bytes every day"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        trees = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    sheet = trees["xl/worksheets/sheet1.xml"]
    cells = [list(row.iter(f"{MAIN}c")) for row in sheet.iter(f"{MAIN}row")]
    read = [["".join(cell.itertext()) for cell in row] for row in cells]
    assert read == [[cell for cell in row if cell != ""] for row in READ]
    assert cells[1][0].attrib == {"r": "A2"} and cells[1][2].attrib == {"r": "C2", "t": "inlineStr"}
    assert cells[2][0].attrib["r"] == "B3", "an empty cell keeps its place"
    assert not list(sheet.iter(f"{MAIN}f")), "no formula"
    [named] = trees["xl/workbook.xml"].iter(f"{MAIN}sheet")
    assert named.attrib["name"] == "Sổ điểm"


def test_columns_are_named_beyond_z() -> None:
    assert [spreadsheet.column(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.skipif(not office.installed(), reason="máy này chưa có LibreOffice")
def test_libreoffice_reads_it_without_asking(tmp_path: Path) -> None:
    (tmp_path / "so.xlsx").write_bytes(spreadsheet.xlsx("Sổ điểm", ROWS))
    program = office._program()
    assert program is not None
    as_text = "csv:Text - txt - csv (StarCalc):44,34,76"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = [
        program,
        profile,
        "--headless",
        "--convert-to",
        as_text,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "so.xlsx"),
    ]
    subprocess.run(made, check=True, capture_output=True, timeout=180)
    read = list(csv.reader(io.StringIO((tmp_path / "so.csv").read_text("utf-8"))))
    assert read == READ
