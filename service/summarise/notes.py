"""What one part says: in the model's words where a passage bears them out, the rest in the document's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.checks.grounding import says
from service.errors import ContextTooLong
from service.extraction import is_order, key_sentences
from service.kit import Kit
from service.prompts import fill
from service.quantities import quantities
from service.records import NoteItem, Passage, Summary, SummaryPart
from service.summarise import writing
from service.text import content_words, count_syllables

SPARE = 1.6
"""Notes together may be so much longer than the summary: the merge then has a choice."""
LEAST = 30
"""Syllables that the shortest part may be noted in."""
MOST = 0.6
"""An order of which an item has so many words is told."""


def note(kit: Kit, found: Summary, part: SummaryPart) -> tuple[list[NoteItem], int]:
    """What a part says, in as many syllables as its share; and how many of the model's sentences were dropped.

    Raises ``answering.Stopped`` soon after the stop button, and what the engine raises.
    """
    room = max(LEAST, round(SPARE * found.length * _length(part.passages) / _length(found.passages)))
    items: list[NoteItem] = []
    dropped = 0
    if not kit.engine.state().silent:
        wish = fill(kit.frames["summarise_part"], heading=part.heading, length=str(room), reader=found.reader)
        local = [replace(one, number=n) for n, one in enumerate(part.passages, 1)]
        try:
            said, dropped = writing.statements(kit, found, wish, local, room)
        except ContextTooLong:
            said = []  # a crowded table, perhaps; the rule reads it all the same
        items = [replace(one, passages=tuple(part.passages[n - 1].number for n in one.passages)) for one in said]
    spent = sum(count_syllables(one.text) for one in items)
    return items + _missing(part, items, room - spent), dropped


def _length(passages: Sequence[Passage]) -> int:
    return sum(count_syllables(one.text) for one in passages)


def _missing(part: SummaryPart, items: Sequence[NoteItem], room: int) -> list[NoteItem]:
    """Sentences of the part that matter and whose figures no item has yet, in the document's own words; those without
    a figure only when they give an order that no item has, or where there is no item at all."""
    if room <= 0:
        return []
    noted = "\n".join(one.text for one in items)
    return [
        NoteItem(text, (passage.number,), quoted=True)
        for text, passage in key_sentences(part.passages, room)
        if not (says(noted, text) if quantities(text) else items and (not is_order(text) or _told(text, items)))
    ]


def _told(text: str, items: Sequence[NoteItem]) -> bool:
    """True when an item has most of a sentence's words."""
    words = set(content_words(text))
    return any(len(words & set(content_words(one.text))) >= MOST * len(words) for one in items)
