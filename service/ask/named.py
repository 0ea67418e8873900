"""The Điều, khoản and điểm that a question names: which of them the documents asked do not have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from service.index.places import Place, has_articles, named, stretches
from service.kit import Kit
from service.records import Passage


def absent(kit: Kit, scope: Sequence[int], question: str) -> tuple[str, ...]:
    """Those that none of these documents has: «khoản 9 Điều 8». Without documents nothing is known."""
    places, _ = named(question)
    passages = kit.index.all_passages(scope) if places else ()
    return tuple(str(one) for one in places if passages and not _stands(one, passages))


def unheard(kit: Kit, scope: Sequence[int], question: str) -> bool:
    """True when a question names places of which documents that have Điều neither hold nor mention any."""
    places, _ = named(question)
    passages = kit.index.all_passages(scope) if places else ()
    if not any(map(has_articles, passages)) or any(_stands(one, passages) for one in places):
        return False
    mentioned = {other for passage in passages for other in named(passage.text)[0]}
    return not any(one.holds(other) for one in places for other in mentioned)


def first(question: str, found: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages found, those that hold a place named before the others, numbered anew."""
    places, _ = named(question)
    ordered = sorted(found, key=lambda passage: not any(stretches(one, passage) for one in places))
    return tuple(replace(passage, number=n) for n, passage in enumerate(ordered, 1))


def holding(question: str, found: Sequence[Passage]) -> tuple[Passage, ...]:
    """Of the passages found those that hold a place named; all of them where none does."""
    places, _ = named(question)
    held = tuple(passage for passage in found if any(stretches(one, passage) for one in places))
    return held or tuple(found)


def _stands(place: Place, passages: Collection[Passage]) -> bool:
    return any(stretches(place, passage) for passage in passages)
