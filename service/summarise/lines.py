"""The summary as it is written: one line for each statement, under the headings; and what bears each line out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.checks.citations import without_citations
from service.checks.support import judge
from service.extraction import section
from service.records import Judged, NoteItem, Passage, Support

_END = ".;,: /"
"""What may end a statement in a document and is set anew in a summary."""


def written(passages: Sequence[Passage], items: Sequence[NoteItem]) -> str:
    """«- Kinh phí là 62 triệu đồng [2].» for each item, the passages all those of the summary."""
    lines = list[str]()
    under = None
    places = {passage.number: passage for passage in passages}
    several = len({passage.document_id for passage in passages}) > 1
    for item in items:
        place = places[min(item.passages)]
        here = section(place)
        if here != under:
            head = " – ".join(filter(None, (place.document_title if several else "", here[1])))
            if head:
                lines.append(f"{head[:1].upper()}{head[1:]}:")
            under = here
        lines.append(f"- {item.text.rstrip(_END)} [{', '.join(map(str, item.passages))}].")
    return "\n".join(lines)


def supported(text: str, passages: Sequence[Passage], items: Sequence[NoteItem]) -> tuple[Judged, ...]:
    """The support of each sentence. One that stands in its passage word for word needs no rule to be believed."""
    texts = {one.number: " ".join(one.text.split()) for one in passages}
    copied = {
        item.text.rstrip(_END): item.passages
        for item in items
        if item.quoted and any(item.text.rstrip(_END) in texts[n] for n in item.passages)
    }
    judged = list[Judged]()
    for one in judge(text, passages):
        line = text[text.rfind("\n", 0, one.start) + 1 :].partition("\n")[0]
        named = copied.get(statement(line))
        judged.append(replace(one, support=Support.CITED, passages=named) if named else one)
    return tuple(judged)


def statement(line: str) -> str:
    """What a line says, without dash, marks and end."""
    return without_citations(line).removeprefix("- ").rstrip(_END)
