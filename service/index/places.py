"""Places within a document as people name them, «điểm a khoản 2 Điều 8», and where they stand in its passages. Pure.

Words tell nothing of a place: «12» also stands in «31 tháng 12». A place is therefore read by rule, from the question
as from the headings of a passage (``chunking``) and the numbers at the beginning of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.records import Passage
from service.text import comparable, nfc


@dataclass(frozen=True)
class Place:
    """An Điều, or a khoản or a điểm of it; empty parts are not named."""

    article: str
    clause: str = ""
    point: str = ""

    def __str__(self) -> str:
        parts = (f"điểm {self.point}" * bool(self.point), f"khoản {self.clause}" * bool(self.clause))
        return " ".join([*filter(None, parts), f"Điều {self.article}"])

    def holds(self, other: Place) -> bool:
        """True when the other is this place or lies in it."""
        return self.article == other.article and self.clause in ("", other.clause) and self.point in ("", other.point)


_ARTICLE = r"\b(?:điều|dieu)\s+(?:(?:thứ|thu|số|so)\s+)?0*(?P<article>\d+[a-zđ]?)\b"
_CLAUSE = r"\b(?:khoản|khoan)\s+0*(?P<clause>\d+)\b"
_POINT = r"\b(?:điểm|diem)\s+(?P<point>[a-zđ]{1,2})\b"
_OF = r"[\s,]+(?:(?:của|cua|thuộc|thuoc|tại|tai)\s+)?"
_NAMED = (
    re.compile(rf"(?:{_POINT}{_OF})?{_CLAUSE}{_OF}{_ARTICLE}"),
    re.compile(rf"{_POINT}{_OF}{_ARTICLE}"),
    re.compile(rf"{_ARTICLE}(?:{_OF}{_CLAUSE}(?:{_OF}{_POINT})?)?"),
)
"""From the least to the greatest («khoản 2 Điều 8»), or from the greatest on («Điều 8 khoản 2»)."""

_OPENED = re.compile(
    r"^[ \t]*(?:điều[ \t]+(?P<article>\d+[a-zđ]?)[ \t]*(?:[.:]|$)|(?P<clause>\d{1,2})[.)]\s|(?P<point>[a-zđ]{1,2})\)\s"
    r"|(?:phụ lục|phần|chương|mục|tiểu mục)[ \t]+\w+[ \t]*(?:[.:]|$)|nơi nhận[ \t]*:)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(
    r"(?:điều (?P<article>\d+[a-zđ]?)|khoản (?P<clause>\d+)|điểm (?P<point>[a-zđ]+))\b", re.IGNORECASE
)


def named(question: str) -> tuple[tuple[Place, ...], str]:
    """The places that a question names, in its order, and its words without them."""
    rest = comparable(nfc(question)).lower()
    found: dict[int, Place] = {}
    for pattern in _NAMED:
        for match in pattern.finditer(rest):
            found[match.start()] = Place(**match.groupdict(""))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    return tuple(dict.fromkeys(place for _, place in sorted(found.items()))), rest


def stretches(place: Place, passage: Passage) -> list[tuple[int, int]]:
    """Where a place stands in the text of a passage, with all that lies in it."""
    found: list[tuple[int, int]] = []
    for here, start, end in _places(passage):
        if here and place.holds(here):
            if found and found[-1][1] == start:
                start = found.pop()[0]
            found.append((start, end))
    return found


def has_articles(passage: Passage) -> bool:
    """True when a part of the passage belongs to some Điều."""
    return any(here for here, _, _ in _places(passage))


def _places(passage: Passage) -> Iterator[tuple[Place | None, int, int]]:
    """A passage in stretches, each with the place it belongs to; the first goes on from where its heading begins."""
    here: Place | None = None
    for part in passage.heading.split(" › "):
        if opened := _HEADING.match(part):
            here = _below(here, opened)
    start = 0
    for opened in _OPENED.finditer(passage.text):
        if opened.start() > start:
            yield here, start, opened.start()
        here, start = _below(here, opened), opened.start()
    yield here, start, len(passage.text)


def _below(here: Place | None, opened: re.Match[str]) -> Place | None:
    """The place that a heading or a line opens within another; None above the Điều."""
    article, clause, point = (opened[part] or "" for part in ("article", "clause", "point"))
    if article:
        return Place(article.lower())
    if not here or not clause + point:
        return None
    return Place(here.article, clause) if clause else Place(here.article, here.clause, point.lower())
