"""Documents cut into parts: what the model reads at once, along their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.extraction import section
from service.extraction.salience import RECIPIENTS
from service.kit import Kit
from service.nd30 import phrases
from service.nd30.outline import outline
from service.nd30.parts import Part
from service.records import Message, Passage, SummaryPart
from service.text import count_syllables

WHOLE = 0.5
"""The part of the context that the passages of one step may fill."""
CONTEXT = 4096
"""Tokens taken for the context where no model says how many it has."""


def cut(kit: Kit, documents: Sequence[int]) -> Iterator[SummaryPart]:
    """Passages in a row under one heading, as many as fit into half of the context; a short section joins the next.

    They are numbered through all the documents. The head of a document, its recipients and signer say nothing that a
    summary should, so they are left out.
    """
    room = int((kit.engine.state().context or CONTEXT) * WHOLE)
    read = (one for document in documents for one in kit.index.all_passages([document]))
    in_order = filter(None, map(_without_frame, read))
    held: list[Passage] = []
    n = 0
    for number, one in enumerate(in_order, 1):
        passage = replace(one, number=number)
        fresh = held and section(passage) != section(held[0])
        full = held and _tokens(kit, [*held, passage]) > room
        if full or (fresh and (passage.document_id != held[0].document_id or _tokens(kit, held) > room / 3)):
            yield _part(n, held)
            held, n = [], n + 1
        held.append(passage)
    if held:
        yield _part(n, held)


def material(passages: Sequence[Passage]) -> str:
    """Passages as a model is given them, numbered from 1."""
    return "\n".join(f"[{n}] {one.text}" for n, one in enumerate(passages, 1))


def _without_frame(passage: Passage) -> Passage | None:
    """A passage from where the head of its document ends; None for a head, or recipients and signer, alone."""
    if section(passage)[1] == RECIPIENTS:
        return None
    motto = passage.text.find(phrases.MOTTO)
    if motto < 0:
        return passage
    found = outline(passage.text)
    body = [one.start for one in found.all(Part.BODY, Part.TABLE) if one.start > motto]
    return replace(passage, text=found.text[min(body) :]) if body else None


def _part(n: int, held: Sequence[Passage]) -> SummaryPart:
    document, heading = section(held[0])
    return SummaryPart(n, document, heading, tuple(held))


def _tokens(kit: Kit, passages: Sequence[Passage]) -> int:
    """Tokens of passages; where no model counts, a syllable is about one and a half."""
    if kit.engine.state().silent:
        return round(1.5 * sum(count_syllables(one.text) for one in passages))
    return kit.engine.count_tokens([Message("user", material(passages))])
