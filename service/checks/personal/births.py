"""Dates of birth in a text: after a word for being born in any wording, beside a person, in two papers that disagree.

Days, months and years may be figures or words (``dates``). Years of a whole group («sinh từ 1946 đến 1954»), of
animals, and words that only end in «sinh» are left out (``nobodys``).
"""

from __future__ import annotations

from collections.abc import Iterator

from service.checks.personal.beside import beside_people
from service.checks.personal.born import said_to_be_born
from service.checks.personal.rows import behind_names
from service.checks.personal.versions import corrected


def births(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the dates stand in ``plain``, the folded ``text``."""
    yield from said_to_be_born(plain, text)
    yield from corrected(plain)
    yield from behind_names(plain, text)
    yield from beside_people(plain, text)
