"""When what a source says bears out what an answer claims: the same value in any notation; ``otherwise`` goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.quantities import Quantity, date_parts

SMALL = 10
"""A whole number up to this may be written as a word, and may be the writer's own count («3 việc»)."""


@dataclass(frozen=True)
class Evidence:
    """A quantity that the answer may draw on; ``passage`` is the number of the passage it stands in."""

    quantity: Quantity
    text: str
    passage: int | None
    of_prompt: bool = False


def is_small(one: Quantity) -> bool:
    """A whole number up to ``SMALL``; a row of digits without end, which Python would not count, is none."""
    return one.kind == "number" and one.value.isdecimal() and len(one.value) < 3 and int(one.value) <= SMALL


def bears(claim: Quantity, said: Quantity, years: set[int]) -> bool:
    """True when what a source says bears out what the answer claims."""
    if (
        said.kind == "sign" and claim.kind in ("fraction", "date") and "/" in claim.text
    ):  # «Quyết định 17/2021» for 17/2021/QĐ-UBND
        return said.value.startswith(claim.text.lstrip("0") + "/")
    if claim.kind == said.kind == "sign" and said.value.startswith(claim.value + "-"):
        return True  # «1452/SGDĐT» for 1452/SGDĐT-GDTrH
    if claim.kind == "date" and said.kind == "date":
        return _same_date(claim.value, said.value, years)
    if {claim.kind, said.kind} == {"date", "fraction"}:
        day, fraction = (claim.value, said.value) if claim.kind == "date" else (said.value, claim.value)
        parts = date_parts(day)
        return f"{parts.day}/{parts.month}" == fraction and (parts.year is None or parts.year in years)
    if claim.kind == "number" and said.kind == "day":
        return claim.value == said.value
    if {claim.kind, said.kind} == {"date", "number"} and claim.kind == "date":
        return claim.value == f"---{said.value:0>2}" and len(said.value) <= 2  # "(06, 07, 20/7)": days in a list
    if claim.value == said.value:
        plain = {"number", "money", "words"}
        # A percentage may stand in a table under "%"; only a decimal is telling enough to be the same figure.
        return claim.kind == said.kind or {claim.kind, said.kind} <= plain | (
            {"percent"} if "." in claim.value else set()
        )
    return claim.kind == "number" and said.kind == "sign" and claim.value == re.split(r"[/-]", said.value)[0]


def _same_date(claim: str, said: str, years: set[int]) -> bool:
    wanted, there = date_parts(claim), date_parts(said)
    if wanted.year is not None and wanted.year != there.year and (there.year is not None or wanted.year not in years):
        return False
    if wanted.year is not None and there.year is None and there.month is None and there.quarter is None:
        return False
    if wanted.quarter and there.month and not wanted.month:
        return (there.month - 1) // 3 + 1 == wanted.quarter
    return all(a is None or a == b for a, b in zip(wanted[1:], there[1:], strict=True))


def year_of(one: Quantity) -> int | None:
    """The year a quantity speaks of: of a date, of a document number, or a bare 19xx or 20xx."""
    if one.kind == "date":
        return date_parts(one.value).year
    if one.kind == "sign":
        found = re.search(r"/((?:19|20)[0-9]{2})/", one.value)
        return int(found[1]) if found else None
    return _bare_year(one)


def _bare_year(one: Quantity) -> int | None:
    """The year that stands alone: 19xx or 20xx."""
    bare = one.kind in ("number", "date") and re.fullmatch(r"(?:19|20)[0-9]{2}", one.value)
    return int(one.value) if bare else None


def said_in_parts(one: Quantity, evidence: Sequence[Evidence], years: set[int]) -> bool:
    """True for «9 trong 13 thôn» where both numbers are said, and for the year of something that is said."""
    if one.kind == "fraction":
        return set(one.value.split("/")) <= {item.quantity.value for item in evidence if item.quantity.kind == "number"}
    return _bare_year(one) in years


def minutes_of(one: Quantity) -> Decimal | None:
    """A time of the day read as a span: «1 giờ 30 phút» is 90."""
    hours, _, minutes = one.value.partition(":")
    return Decimal(hours) * 60 + Decimal(minutes) if one.kind == "time" else None
