"""Marks become real footnotes, and the file is still one that Word and our own parser read."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from service import docx_footnotes, docx_writer
from service.parsers import parse
from service.records import Table

NOTES = {1: "Công văn 1284, khoản 1: “Tiêm đạt 80%.”", 2: "Kế hoạch 197: “Từ ngày 16/11/2026.”"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sheet(*lines: str | Table) -> bytes:
    return docx_footnotes.add(docx_writer.write_sheet("Hạn tiêm phòng", lines, label="máy viết"), NOTES)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def test_marks_become_footnotes_in_the_order_of_the_text() -> None:
    data = sheet("Từ ngày 16/11 [2], đạt 80% [1][2].", "Số [9] và [cần bổ sung] để yên.")
    text = parse(data, ".docx", apart=False).text
    assert "Từ ngày 16/11, đạt 80%,." in text  # the comma is raised, between two notes
    assert "Số [9] và [cần bổ sung] để yên." in text
    notes = part(data, "word/footnotes.xml").findall(f"{W}footnote")
    told = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    assert told == {"-1": "", "0": "", "1": NOTES[2], "2": NOTES[1], "3": "Như chú thích 1."}
    marks = part(data, "word/document.xml").iter(f"{W}footnoteReference")
    assert [mark.get(f"{W}id") for mark in marks] == ["1", "2", "3"]


def test_a_range_is_a_note_for_each_number() -> None:
    data = sheet("Đạt 80% [1–2].", "Cả [1-9] để yên.")
    assert len(list(part(data, "word/document.xml").iter(f"{W}footnoteReference"))) == 2
    text = parse(data, ".docx", apart=False).text
    assert "Đạt 80%,." in text and "Cả [1-9] để yên." in text


def test_a_mark_in_a_table_too() -> None:
    data = sheet(Table((("Việc", "Hạn"), ("Tiêm", "16/11 [2]"))))
    assert len(list(part(data, "word/document.xml").iter(f"{W}footnoteReference"))) == 1


def test_without_marks_nothing_changes() -> None:
    plain = docx_writer.write_sheet("Tên", ["Không có số nào."])
    assert docx_footnotes.add(plain, NOTES) == plain


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert sheet("Đạt [1].") == sheet("Đạt [1].")


def test_the_words_of_a_note_are_only_words() -> None:
    data = docx_footnotes.add(docx_writer.write_sheet("Tên", ["Đạt [1]."]), {1: "<w:p>\x00 & </w:p>"})
    assert "".join(part(data, "word/footnotes.xml").itertext()).split() == ["<w:p>", "&", "</w:p>"]
