"""Rows as a workbook (.xlsx, ISO/IEC 29500), opened by every spreadsheet program without a question, in any language.

A .csv says neither its encoding nor its separator. LibreOffice asks, and where it cannot (7.4, ``--headless``) takes
UTF-8 with its mark for Windows-1252; Excel splits at what the system's language separates lists with. Here each cell
says what it is: a text is never taken for a number, a day or a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f"<styleSheet {_MAIN}>"
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills><borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>',
}
"""What is the same in every workbook; the second style is that of the head."""
_WIDTH = 22
"""Of a column, in figures."""
_BORN = (1980, 1, 1, 0, 0, 0)
"""When the parts of the package were made: the same rows give the same bytes."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xlsx(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet: the first row is the head and stays in sight; integers and floats are numbers."""
    width = max(map(len, rows), default=0)
    written = "".join(
        f'<row r="{n}">{"".join(_cell(f"{column(at)}{n}", cell, n == 1) for at, cell in enumerate(row, 1))}</row>'
        for n, row in enumerate(rows, 1)
    )
    sheet = (
        f'<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(width, 1)}" width="{_WIDTH}" customWidth="1"/></cols>'
        f"<sheetData>{written}</sheetData></worksheet>"
    )
    book = (
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in (_PARTS | {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}).items():
            package.writestr(zipfile.ZipInfo(part, _BORN), _HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def column(n: int) -> str:
    """The letters of the n-th column: A … Z, AA …"""
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(place: str, value: object, head: bool) -> str:
    style = ' s="1"' if head else ""
    if isinstance(value, int | float):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    text = _NOT_XML.sub("", str(value))
    return (
        f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else ""
    )
