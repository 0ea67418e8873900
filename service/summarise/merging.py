"""The notes that go into the summary: all when they fit, else a shorter wording of them and the weightiest."""

from __future__ import annotations

from collections.abc import Sequence

from service.checks.grounding import says
from service.errors import ContextTooLong
from service.extraction import salience, section
from service.kit import Kit
from service.prompts import fill
from service.quantities import quantities
from service.records import EnginePhase, NoteItem, Passage, Summary
from service.summarise import writing
from service.text import count_syllables

OVER = 1.1
"""So much longer than was wished a summary may be before anything of it is left out."""
OWN_WORDS = 0.5
"""What the model's wording of a note adds to its weight beside a quoted one."""


def merged(kit: Kit, found: Summary, notes: Sequence[NoteItem]) -> tuple[list[NoteItem], int]:
    """All notes when they fit; else the model shortens them, held against the notes; else a rule chooses. Also how many
    parts found no room. Raises ``answering.Stopped`` soon after the stop button."""
    notes = sorted(notes, key=lambda item: min(item.passages))  # a model goes to and fro
    if sum(count_syllables(item.text) for item in notes) <= OVER * found.length:
        return notes, 0
    return _chosen(found, notes, _shortened(kit, found, notes))


def _shortened(kit: Kit, found: Summary, notes: Sequence[NoteItem]) -> list[NoteItem]:
    """The notes in the model's shorter words; a sentence that no note bears out is dropped. The small model shortens
    none, nor does one that they are too long for."""
    state = kit.engine.state()
    if state.phase is not EnginePhase.READY or state.small:
        return []
    wish = fill(kit.frames["summarise_merge"], length=str(found.length), reader=found.reader)
    numbered = [Passage(n, 0, "", n, one.text, "", 0, 0) for n, one in enumerate(notes, 1)]
    try:
        kept, _ = writing.statements(kit, found, wish, numbered, found.length)
    except ContextTooLong:
        return []
    return [
        NoteItem(one.text, tuple(dict.fromkeys(p for n in one.passages for p in notes[n - 1].passages))) for one in kept
    ]


def _chosen(found: Summary, notes: Sequence[NoteItem], shortened: Sequence[NoteItem]) -> tuple[list[NoteItem], int]:
    """What goes in: the shortened sentences, then notes whose figures are not there yet, the weightiest first.

    The best note of each section comes before any second one, so that no section is lost while there is room.
    """
    places = {passage.number: section(passage) for passage in found.passages}
    sections = [places[min(item.passages)] for item in notes]
    taken = list(shortened)
    used = sum(count_syllables(item.text) for item in taken)
    rank = dict[int, int]()
    for n in sorted(range(len(notes)), key=lambda k: -salience(notes[k].text)):
        rank[n] = sum(sections[other] == sections[n] for other in rank)
    for n in sorted(range(len(notes)), key=lambda k: (rank[k] > 0, -_weight(notes[k]), k)):
        size = count_syllables(notes[n].text)
        if used + size <= found.length and not _told(notes[n], taken):
            taken.append(notes[n])
            used += size
    order = {id(item): n for n, item in enumerate(notes)}
    taken.sort(key=lambda item: (min(item.passages), order.get(id(item), -1)))
    part_of = {passage.number: part.n for part in found.parts for passage in part.passages}
    noted, told = ({part_of[item.passages[0]] for item in items} for items in (notes, taken))
    return taken, len(noted - told)


def _weight(item: NoteItem) -> float:
    """What a note brings for the room it takes."""
    return (salience(item.text) + (0 if item.quoted else OWN_WORDS)) / max(8, count_syllables(item.text))


def _told(item: NoteItem, others: Sequence[NoteItem]) -> bool:
    """True when the figures of an item all stand in others that cite the same passage."""
    beside = "\n".join(one.text for one in others if set(one.passages) & set(item.passages))
    return bool(quantities(item.text)) and says(beside, item.text)
