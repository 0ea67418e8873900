"""Text that can be put right without asking: marks, dashes and zeros whose right form the decree leaves no doubt of.

Values are never made up here: a number, a name or a missing part is the person's to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.nd30 import phrases
from service.nd30.body import GROUND, is_caps
from service.nd30.kinds import Kind
from service.nd30.parts import Found, Outline, Part
from service.nd30.pieces import FILED, HOLE
from service.text import normalise_tone


@dataclass(frozen=True)
class Fix:
    """Put ``now`` in the place of ``text[start:end]``; an empty stretch is a place to insert at."""

    rule: str
    part: str
    start: int
    end: int
    now: str


def text_fixes(found: Outline, kind: Kind) -> tuple[Fix, ...]:
    """What to change in the outlined text, from the top; no two of them overlap."""
    fixes = (*_motto(found), *_date(found), *_list(found), *_grounds(found, kind), *_closing(found))
    return tuple(fix for fix in fixes if found.text[fix.start : fix.end] != fix.now)


def _within(item: Found, rule: str, start: int, end: int, now: str) -> Fix:
    return Fix(rule, item.part.value, item.start + start, item.start + end, now)


def _motto(found: Outline) -> Iterator[Fix]:
    """ND30-15, when only its dashes, blanks or capitals are not the decree's."""
    for item in found.all(Part.MOTTO)[:1]:
        words = re.sub(r"\s*[-–—−]\s*", " - ", normalise_tone(item.text))
        if re.sub(r"\s+", " ", words).casefold() == phrases.MOTTO.casefold():
            for place, word in zip(re.finditer(r"\s*[-–—−]\s*", item.text), (" - ", " - "), strict=False):
                yield _within(item, "ND30-15", *place.span(), word)
            bare = re.sub(r"[\s\-–—−]+", " ", phrases.MOTTO).split()
            for place, word in zip(re.finditer(r"[^\s\-–—−]+", item.text), bare, strict=False):
                if place[0] != word and normalise_tone(place[0]).casefold() == word.casefold():
                    yield _within(item, "ND30-15", *place.span(), word)


def _date(found: Outline) -> Iterator[Fix]:
    """ND30-34 and 35: a 0 before days below 10 and before January and February only."""
    for item in found.all(Part.PLACE_DATE)[:1]:
        if day := re.search(r"ngày\s+(\d)(?=\s+tháng)", item.text):
            yield _within(item, "ND30-34", day.start(1), day.start(1), "0")
        if month := re.search(r"tháng\s+([12])(?=\s+năm)", item.text):
            yield _within(item, "ND30-35", month.start(1), month.start(1), "0")
        elif month := re.search(r"tháng\s+(0)(?=[3-9]\s+năm)", item.text):
            yield _within(item, "ND30-35", *month.span(1), "")


def _list(found: Outline) -> Iterator[Fix]:
    """ND30-73 and 74: a dash before each recipient, a semicolon after it, a full stop after the last."""
    items = found.all(Part.RECIPIENT)
    head = found.first(Part.RECIPIENTS)
    beside = head is not None and items and "\n" not in found.text[head.end : items[0].start]
    if beside or not items or not FILED.match(items[-1].text):
        return
    for n, item in enumerate(items):
        last = n == len(items) - 1
        rule = "ND30-74" if last else "ND30-73"
        mark = re.match(r"[–—•·+*-]?\s*", item.text)
        if mark and not re.match(r"-\s*", item.text):
            yield _within(item, rule, *mark.span(), "- ")
        yield from _ending(item, rule, "." if last else ";")


def _grounds(found: Outline, kind: Kind) -> Iterator[Fix]:
    """ND30-49: a semicolon after each căn cứ of a decision, a full stop after the last."""
    grounds: list[Found] = []
    for item in found.all(Part.BODY) if kind.order else ():
        if GROUND.match(item.text) and not item.text.rstrip().endswith(":"):
            grounds.append(item)
        elif grounds or not is_caps(item.text):
            break
    for item in grounds:
        yield from _ending(item, "ND30-49", "." if item is grounds[-1] else ";")


def _ending(item: Found, rule: str, mark: str) -> Iterator[Fix]:
    """Another mark at the end of a line; a line that ends with a place left open stays as it is."""
    words = item.text.rstrip()
    bare = words.rstrip(" ;.,")
    if words != bare + mark and not HOLE.search(words[-12:]) and words[-1] not in ":/":
        yield _within(item, rule, len(bare), len(words), mark)


def _closing(found: Outline) -> Iterator[Fix]:
    """ND30-62: «./.» after the last sentence of the body."""
    body: Sequence[Found] = found.all(Part.BODY, Part.TABLE)
    if not body or body[-1].part is not Part.BODY or not found.has(Part.RECIPIENTS):
        return
    words = body[-1].text.rstrip()
    if not words.endswith(phrases.CLOSING) and not HOLE.search(words[-12:]) and words[-1] != ":":
        yield _within(body[-1], "ND30-62", len(words.rstrip(phrases.BEFORE_CLOSING)), len(words), phrases.CLOSING)
