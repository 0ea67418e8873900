"""Marking: whatever a model writes comes out escaped, whole and in order, with every tag closed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies as st

from service.pages.marking import Citation, Mark, mark, mark_diff, mark_parts, mark_spots, prose

OURS = {"p", "ul", "li", "span", "a", "div", "table", "thead", "tbody", "tr", "th", "td", "ins", "del"}
ATTRIBUTES = {"class", "title", "href", "aria-label", "scope", "tabindex"} | {
    f"data-{name}" for name in ("marks", "document", "first", "last", "says")
}
CITED = {1: Citation("/documents/5?passage=0-1", "Đoạn 1"), 2: Citation("/documents/5?passage=2-3", "Đoạn 2")}
PIECES = st.sampled_from(
    ["<script>", "</p>", "&lt;", '"', "'", "- ", "\n", "\n\n", "[1]", "[2]", "[7]", "[1, 2]", "| a | b |", "|---|---|",
     "Quyết định", "ngày 05", "38%", " ", "**", "😀", "ế", "=\"x\" onclick=", "\\", "{}", "%s"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)
MARKS = st.lists(
    st.builds(Mark, st.integers(-2, 40), st.integers(-2, 60), st.sampled_from(["unverified", "remark"]),
              st.sampled_from(["3-5", "<k>"]), st.sampled_from(["", "Không thấy trong <nguồn>"])), max_size=6
)  # fmt: skip


class Reader(HTMLParser):
    """What a browser would see: the text, and whether every tag is ours and closes in order."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.tags, self.attributes = "", [], [], []
        self.feed(str(markup))  # a Markup would escape what is added to it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, f"a tag that is not ours: {tag}"
        self.open.append(tag)
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def letters(text: str) -> str:
    """A text without what marking may take away: white space, bullets, bars, rules and the brackets of citations."""
    text = re.sub(r"\[(\d+(?:\s*[,;]\s*\d+)*)\]", lambda found: re.sub(r"\D", "", found[1]), text)
    return re.sub(r"[\s|:–•*+-]", "", text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, MARKS)
def test_nothing_hostile_gets_out_and_nothing_is_lost(text: str, marks: list[Mark]) -> None:
    seen = Reader(mark(text, marks, CITED))
    assert seen.open == []
    assert set(seen.attributes) <= ATTRIBUTES
    unknown = re.sub(r"\[7\]", "7", seen.text)  # a citation that leads nowhere keeps its brackets
    assert letters(unknown) == letters(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(1, 7)), max_size=4))
def test_the_prompt_under_the_parts_is_the_prompt(text: str, parts: list[tuple[int, int, int]]) -> None:
    assert Reader(mark_parts(text, parts)).text == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("=+-"), TEXTS), max_size=6))
def test_a_difference_shows_all_its_runs(runs: list[tuple[str, str]]) -> None:
    seen = Reader(mark_diff(runs))
    assert seen.open == []
    assert "".join(seen.text.split()) == "".join("".join(text for _, text in runs).split())


def test_a_spot_is_marked_where_it_is() -> None:
    text = "Đã tiêm 38% đàn 😀 trâu."
    start = text.index("38%")
    markup = mark(text, [Mark(start, start + 3, "unverified", f"{start}-{start + 3}", "Số 38% không có trong nguồn")])
    assert (
        f'<span class="unverified" data-marks="{start}-{start + 3}" title="Số 38% không có trong nguồn">38%</span>'
        in markup
    )


def test_a_spot_after_a_letter_beyond_the_first_plane_is_not_shifted() -> None:
    text = "😀😀 ngày 25"
    assert 'data-marks="k">ngày 25</span>' in mark(text, [Mark(3, 10, "unverified", "k")])


def test_overlapping_spots_become_one_with_both_keys() -> None:
    markup = mark("ngày 25 tháng 12 năm 2026", [Mark(0, 16, "unverified", "a"), Mark(5, 25, "unverified", "b")])
    assert markup == '<p><span class="unverified" data-marks="a b">ngày 25 tháng 12 năm 2026</span></p>'


def test_a_remark_that_cuts_a_detail_takes_it_in() -> None:
    markup = mark("xong trước ngày 25 tháng 12", [Mark(0, 18, "remark", "r"), Mark(11, 27, "unverified", "u")])
    assert markup == (
        '<p><span class="remark" data-marks="r">xong trước <span class="unverified" data-marks="u">ngày 25 tháng 12'
        "</span></span></p>"
    )


def test_a_citation_leads_to_its_passage_and_an_unknown_number_stays_text() -> None:
    markup = mark("Hoàn thành [2]. Xem [9].", (), CITED)
    assert 'href="/documents/5?passage=2-3"' in markup
    assert "[9]" in markup
    assert markup.count("<a ") == 1


def test_every_number_of_a_range_is_a_citation() -> None:
    markup = mark("Hoàn thành [1–2]. Xem [1-9].", (), CITED)
    assert markup.count("<a ") == 2 and "[1-9]" in markup


def test_lists_and_tables() -> None:
    markup = mark("Gồm:\n- một\n– hai\n\n| Việc | Hạn |\n|---|:--:|\n| Tiêm | 15/12 |\nHết.")
    assert "<p>Gồm:</p>\n<ul><li>một</li><li>hai</li></ul>" in markup
    assert '<th scope="col">Việc</th>' in markup
    assert "<td>15/12</td>" in markup
    assert markup.endswith("<p>Hết.</p>")


@pytest.mark.parametrize("text", ["<img src=x onerror=a>", "[x](javascript:alert(1))", "![x](http://nơi.khác/a.png)"])
def test_a_trainers_markdown_brings_no_markup_of_its_own(text: str) -> None:
    assert set(Reader(prose(text)).tags) <= {"p"}


def test_a_removed_line_break_is_no_coloured_gap() -> None:
    assert mark_diff([("=", "một "), ("-", "hai "), ("+", "ba"), ("=", " bốn")]) == (
        '<p>một <del class="removed">hai</del> <ins class="added">ba</ins> bốn</p>'
    )


def test_a_spot_carries_its_numbers_and_what_overlaps_is_one() -> None:
    words = mark_spots("Số 5/CV\n<b>", [(0, 4, 2, "look"), (3, 7, 1, "error")])
    assert words.startswith('<span class="spot error">Số 5/CV<a class="error" href="#gop-y-1"')
    assert words.endswith("2</a></span><br>&lt;b&gt;")
    assert words.count("<span") == 1


def test_a_remark_on_a_whole_paragraph_leaves_the_spots_inside_to_be_seen() -> None:
    text = "một " * 40
    words = mark_spots(text, [(-5, 999, 1, "error"), (4, 7, 2, "look")])
    assert '<span class="spot look">một<a' in words
    assert re.search(r'<span class="spot whole"><a class="error" href="#gop-y-1" [^>]+>1</a></span>$', words)
