"""Text and Markdown files."""

from __future__ import annotations

import pytest

from service.parsers import Limits, read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_in_any_dress(encoding: str) -> None:
    assert (
        read("Kính gửi:\r\n\r\n- Đảng ủy xã;\r\n".encode(encoding), ".txt", Limits()).text == "Kính gửi:\n- Đảng ủy xã;"
    )


def test_anchors_are_line_numbers() -> None:
    blocks = read("một\n\nba".encode(), ".txt", Limits()).blocks
    assert [block.anchor for block in blocks] == ["p1", "p3"]


def test_markdown_headings_and_tables() -> None:
    source = "# Kế hoạch\n\n| Việc | Hạn |\n|---|:--:|\n| Nộp | 30/6 |\n\n- gạch đầu dòng\n"
    assert [(block.text, block.kind) for block in read(source.encode(), ".md", Limits()).blocks] == [
        ("Kế hoạch", "heading"),
        ("Việc | Hạn", "row"),
        ("Nộp | 30/6", "row"),
        ("- gạch đầu dòng", "paragraph"),
    ]
