"""Blocks → chunks: the passages that are searched and cited, cut along the structure of a legal text. Pure.

A chunk is a contiguous stretch of the document's text (``ParsedDocument.text``), about 110 syllables long, the
length that was best in our measurements. It never runs over a new Chương, Mục or Điều unless what came before is
too short to stand alone. Its heading is its path in the document: "Chương II. Quản lý văn bản › Điều 12 › khoản 3";
a table's later rows carry the head row there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.records import Block, Chunk
from service.text import count_syllables, sentences

SIZE = 110
SHORT = 40
"""Syllables: the aim, and the least that stands alone. Neighbours share nothing: lending 25 changed no ranking."""

_ARTICLE = 5
_STYLED = 6
_CLAUSE = 7
_POINT = 9
_TITLE = 25
"""Levels in the path (a heading known by its style alone is 6), and the most syllables of a title shown in it."""

_MARKS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "{0}", re.compile(r"((?:Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?(?:[IVXLC]+|\d+))?)(?=[\s.:]|$)[.:]?\s*")),
    (0, "{0}", re.compile(r"(Nơi nhận)\s*:\s*")),
    (1, "{0}", re.compile(r"((?:Phần|PHẦN)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXLC]+|\d+))(?:[.:]\s*|\s*$|\s+(?=[A-ZĐ]))")),
    (2, "{0}", re.compile(r"((?:Chương|CHƯƠNG)\s+(?:[IVXLC]+|\d+))(?:[.:]\s*|\s*$|\s+(?=[A-ZĐ]))")),
    (3, "{0}", re.compile(r"((?:Mục|MỤC)\s+(?:[IVXLC]+|\d+))(?:[.:]\s*|\s*$)")),
    (4, "{0}", re.compile(r"((?:Tiểu mục|TIỂU MỤC)\s+(?:[IVXLC]+|\d+))(?:[.:]\s*|\s*$)")),
    (_ARTICLE, "{0}", re.compile(r"((?:Điều|ĐIỀU)\s+\d+[a-zđ]?)(?:\s*[.:]\s*|\s*$)")),
    (_ARTICLE, "mục {0}", re.compile(r"([IVXLC]{1,6})[.)]\s+")),
    (_CLAUSE, "khoản {0}", re.compile(r"(\d{1,2})[.)]\s+")),
    (_CLAUSE + 1, "{0}", re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=\D)")),
    (_POINT, "điểm {0}", re.compile(r"([a-zđ]{1,2})\)\s+")),
)


@dataclass(frozen=True)
class _Mark:
    """A structural heading: where it stands in the tree and how it is called."""

    level: int
    label: str
    title: str = ""

    def __str__(self) -> str:
        return f"{self.label}. {self.title}" if self.title else self.label


@dataclass(frozen=True)
class _Unit:
    """A block, or a sentence of a block too long for one chunk: ``start``/``end`` in the document's text."""

    block: int
    start: int
    end: int
    length: int
    path: tuple[_Mark, ...]
    opens: _Mark | None
    row: bool
    table_head: str


def chunk(blocks: Sequence[Block]) -> tuple[Chunk, ...]:
    """Cut a document into chunks.

    Every word lies in exactly one chunk; the text of a chunk is a stretch of the blocks' texts joined by line
    breaks; ``first`` and ``last`` count blocks from 0.
    """
    text = "\n".join(block.text for block in blocks)
    units = list(_units(blocks))
    chunks: list[Chunk] = []
    for first, last in _spans(units):
        span = units[first : last + 1]
        chunks.append(
            Chunk(
                n=len(chunks),
                text=text[span[0].start : span[-1].end],
                heading=_heading(span),
                first=span[0].block,
                last=span[-1].block,
            )
        )
    return tuple(chunks)


def _spans(units: Sequence[_Unit]) -> list[tuple[int, int]]:
    """First and last unit of each chunk.

    At a new Điều (or above) the chunk ends; a short rest joins the chunk before it in the same Điều, a short Điều
    the one after it. Within an Điều it ends where a table begins or ends, before a khoản when it is long enough, and
    else for its length.
    """
    spans: list[tuple[int, int]] = []
    start = length = 0
    continues = False
    for n, unit in enumerate(units):
        before = units[start:n]
        if unit.opens and unit.opens.level <= _STYLED:
            bare = all(u.opens and u.opens.level <= _STYLED for u in before)  # a heading waits for its text
            if length >= SHORT or (not bare and (continues or unit.opens.level < _ARTICLE)):
                _close(spans, (start, n - 1), joins=continues and length < SHORT)
                start, length, continues = n, 0, False
        elif length >= SHORT:
            clause = unit.opens is not None and unit.opens.level == _CLAUSE and length > SIZE * 2 // 3
            if clause or length + unit.length > SIZE or unit.row != before[-1].row:
                _close(spans, (start, n - 1), joins=False)
                start, length, continues = n, 0, True
        length += unit.length
    if units:
        _close(spans, (start, len(units) - 1), joins=continues and length < SHORT)
    return spans


def _close(spans: list[tuple[int, int]], span: tuple[int, int], *, joins: bool) -> None:
    if joins:
        span = (spans.pop()[0], span[1])
    spans.append(span)


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    path: tuple[_Mark, ...] = ()
    head = table = ""
    offset = 0
    mark: _Mark | None = None
    title_at = -1
    for n, block in enumerate(blocks):
        if n != title_at:  # a block that is the title of the mark above belongs to it
            mark = _mark(block, path) if block.kind != "row" else None
            if mark and mark.level < _ARTICLE and mark.label != "Nơi nhận" and not mark.title and n + 1 < len(blocks):
                mark = replace(mark, title=_title_below(blocks[n + 1]))
                title_at = n + 1 if mark.title else -1
        if mark and n != title_at:
            path = (*(above for above in path if above.level < mark.level), mark)
        name = block.anchor.rpartition("r")[0] if block.kind == "row" else ""
        if block.kind != "row":
            head = table = ""
        elif not head or name != table:
            head, table = block.text, name
        for start, end in _pieces(block.text):
            yield _Unit(
                block=n,
                start=offset + start,
                end=offset + end,
                length=count_syllables(block.text[start:end]),
                path=path,
                opens=mark if start == 0 else None,
                row=block.kind == "row",
                table_head="" if block.text == head else head,
            )
        offset += len(block.text) + 1


def _mark(block: Block, path: tuple[_Mark, ...]) -> _Mark | None:
    for level, label, pattern in _MARKS:
        if found := pattern.match(block.text):
            in_article = any(above.level == _ARTICLE and above.label.lower().startswith("điều") for above in path)
            name = "mục {0}" if level == _CLAUSE and not in_article else label
            title = "" if found[1] == "Nơi nhận" else _title(block.text[found.end() :], level, in_article)
            return _Mark(level, name.format(found[1]), title)
    if block.kind == "heading":
        return _Mark(_STYLED, _cut(block.text))
    return None


def _title(text: str, level: int, in_article: bool) -> str:
    """The words after a mark are its title when they are few; a clause of an Điều is text, not a title."""
    if level > _ARTICLE and (in_article or text.endswith((".", ";", ":", ","))):
        return ""
    return text.strip(" .:") if count_syllables(text) <= _TITLE and "\n" not in text else ""


def _title_below(block: Block) -> str:
    """The title of "Chương II" stands on the line below it."""
    if block.kind == "row" or any(pattern.match(block.text) for _, _, pattern in _MARKS):
        return ""
    return _title(block.text, 0, False)


def _heading(units: Sequence[_Unit]) -> str:
    """The common path of the units; where they part, the first and the last branch ("Điều 2 – Điều 3")."""
    paths = [unit.path for unit in units if unit.path]
    leaves = [path for n, path in enumerate(paths) if n + 1 == len(paths) or paths[n + 1][: len(path)] != path]
    if not leaves:
        names = []
    else:
        first, last = leaves[0], leaves[-1]
        depth = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(map(len, leaves)))
        names = [str(mark) for mark in first[:depth]]
        if first != last and depth < min(len(first), len(last)) and first[depth].level != _STYLED != last[depth].level:
            names.append(f"{first[depth].label} – {last[depth].label}")
    if units[0].table_head:
        names.append(f"Bảng: {_cut(units[0].table_head)}")
    return " › ".join(names)


def _pieces(text: str) -> list[tuple[int, int]]:
    """The whole text, or its sentences when it is too long for a chunk; sentences beyond that are cut by length."""
    if count_syllables(text) <= SIZE + SHORT:
        return [(0, len(text))]
    pieces: list[tuple[int, int]] = []
    for start, end in sentences(text):
        words = [found.span() for found in re.finditer(r"\S+", text[start:end])]
        rows = [words[n : n + SIZE] for n in range(0, len(words), SIZE)]
        pieces += [(start + row[0][0], start + row[-1][1]) for row in rows]
    return pieces


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= _TITLE else " ".join(words[:_TITLE]) + "…"
