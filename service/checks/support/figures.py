"""Quantities of a claim: each stands in the passage, and there it counts or dates the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checks.figures.bearing import bears, is_small, year_of
from service.checks.grounding import trace
from service.checks.support.texts import Text
from service.nd30.kinds import KINDS
from service.quantities import Quantity, quantities
from service.records import SourceText
from service.text import fold, syllables

_OWN_COUNT = re.compile(r"\s*(?:việc|nội dung|ý|điểm|nhiệm vụ|mục|phần|lý do|vấn đề|yêu cầu)\b", re.IGNORECASE)
"""After a small number these say that the writer has counted: «3 việc»."""
_KINDS = (*(kind.name for kind in KINDS), "luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư")
_NAMED = re.compile(rf"\b({'|'.join(sorted((fold(name) for name in _KINDS), key=len, reverse=True))})(?: so)?:? *$")
"""The kind of a document, folded, before its number."""
_OF_DOCUMENT = re.compile(r"(?P<sign>\d[\w-]*/[^\s,]+)\s*,?\s*(?:ban hành|ký)?\s*$", re.IGNORECASE)
"""A date behind this is that of a document: «Quyết định số 41/QĐ-UBND ngày 15/4/2024»."""


def quantities_hold(claim: Text, there: Text) -> bool:
    """True when the passage bears every quantity of the claim out, by value and not of something else."""
    years = {year for one in there.quantities if (year := year_of(one)) is not None}
    borne = [(one, [other for other in there.quantities if bears(one, other, years)]) for one in quantities(claim.text)]
    if not all(bearing or _in_halves(one, there) or _own_count(one, claim) for one, bearing in borne):
        traced = trace(claim.text, (SourceText(0, "", there.text),), (), "")
        if not all(item.found for item in traced):
            return False
    return not any(
        _counted_otherwise(one, bearing, claim, there)
        or _date_of_document(one, bearing, claim, there)
        or _of_another_kind(one, bearing, claim, there)
        for one, bearing in borne
    )


def _in_halves(one: Quantity, there: Text) -> bool:
    """«9/13», where the passage has nine and thirteen."""
    return one.kind == "fraction" and set(one.value.split("/")) <= {other.value for other in there.quantities}


def _own_count(one: Quantity, claim: Text) -> bool:
    return is_small(one) and bool(_OWN_COUNT.match(claim.text, one.end))


def _counted_otherwise(one: Quantity, bearing: Sequence[Quantity], claim: Text, there: Text) -> bool:
    """«8 chi bộ» for the 8th of a month, where the passage counts chi bộ and never has eight of them."""
    if one.kind != "number" or not bearing or any(other.kind not in ("day", "date") for other in bearing):
        return False
    thing = _next_two(claim.text, one)
    if len(thing) < 2 or not thing[0].isalpha():
        return False
    counting = (other for other in there.quantities if other.kind in ("number", "words"))
    counts = {other.value for other in counting if _next_two(there.text, other) == thing}
    return bool(counts) and one.value not in counts


def _date_of_document(one: Quantity, bearing: Sequence[Quantity], claim: Text, there: Text) -> bool:
    """The passage has the date only as that of documents it cites, and the claim speaks of none of them."""
    if one.kind != "date" or not bearing or _of_document(claim.text, one):
        return False
    papers = [_of_document(there.text, other) for other in bearing]
    return all(paper and paper not in claim.text for paper in papers)


def _of_another_kind(one: Quantity, bearing: Sequence[Quantity], claim: Text, there: Text) -> bool:
    """«Quyết định số 110/2004/NĐ-CP», where the passage calls it «Nghị định» wherever it has the number."""
    if one.kind != "sign" or not bearing or not (kind := _kind_before(claim.text, one)):
        return False
    kinds = [_kind_before(there.text, other) for other in bearing]
    return all(kinds) and kind not in kinds


def _kind_before(text: str, one: Quantity) -> str:
    """The kind of document that stands before this number, folded; empty when none does."""
    found = _NAMED.search(fold(text[max(0, one.start - 40) : one.start]))
    return found[1] if found else ""


def _next_two(text: str, one: Quantity) -> list[str]:
    """The two syllables behind a quantity, folded: what it counts."""
    return [fold(word.text) for word in syllables(text[one.end : one.end + 24])[:2]]


def _of_document(text: str, one: Quantity) -> str:
    """The number of the document whose date this is, empty when it is none."""
    found = _OF_DOCUMENT.search(text[max(0, one.start - 60) : one.start])
    return found["sign"] if found else ""
