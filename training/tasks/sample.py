"""What a task is: the messages, the right answer, and what a judge has to look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from training import laws
from training.frames import system_text
from training.kinds import Brief, items, with_details, written
from training.notes import bare
from training.papers import MOTTO
from training.slots import Fact, day, detail, fact
from training.words import Chance, capital

NOT_THERE = "Không có trong tài liệu."
"""The one answer to a question that the material does not answer."""


@dataclass(frozen=True)
class Expected:
    """A fact that must arrive; ``cues`` are words of its line (lower case), any of which is enough; none: anywhere."""

    value: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wants:
    """What the prompt asks for; a field left at its default is not asked for."""

    bullets: int | None = None
    rows: int | None = None
    numbered: int | None = None
    lines: int | None = None
    most_syllables: int | None = None
    exact: str | None = None
    cites: tuple[int, ...] = ()
    holes: bool | None = None
    starts: str = ""
    without: str = ""


@dataclass(frozen=True)
class Sample:
    """One task: ``frame`` names the system frame, ``passages`` are the shared material.

    ``more`` are further questions and answers about the same material: in training they follow in one conversation, so
    that the material is read once for all of them; the evaluation leaves them out.
    """

    task: str
    frame: str
    passages: tuple[str, ...]
    prompt: str
    answer: str
    expected: tuple[Expected, ...] = ()
    wants: Wants = field(default_factory=Wants)
    document: Brief | None = None
    more: tuple[tuple[str, str], ...] = ()

    @property
    def system(self) -> str:
        """The system message."""
        return system_text(self.frame, self.passages)


def pieces(item: Fact) -> list[str]:
    """A fact's value in the parts that are checked one by one."""
    parts: list[str] = []
    for value in items(item.value):
        if item.key == "contact":
            parts.extend(value.split(", điện thoại "))
        elif item.key in ("when", "chair", "person", "second"):
            parts.extend(value.split(", ", 1))
        else:
            parts.append(value)
    return parts


def expected(facts: Sequence[Fact], answer: str, *, placed: bool = True) -> tuple[Expected, ...]:
    """The facts that the right answer holds, in the places where it holds them."""
    found = []
    lines = answer.lower().split("\n")
    for item in facts:
        for piece in pieces(item):
            holding = [line for line in lines if piece.lower() in line]
            if not holding:
                continue
            cues = tuple(cue for cue in item.slot.cues if any(cue in line for line in holding)) if placed else ()
            found.append(Expected(piece, cues))
    return tuple(found)


def spread(chance: Chance, text: str) -> tuple[str, ...]:
    """A text as the passages of the library: whole, or its lines in two or three."""
    lines = text.split("\n")
    if len(lines) < 4 or chance.odds(0.65):
        return (text,)
    cut = chance.number(1, len(lines) - 1)
    return "\n".join(lines[:cut]), "\n".join(lines[cut:])


def placed(chance: Chance, text: str, ask: str) -> tuple[tuple[str, ...], str]:
    """Where the material goes: mostly into the shared passages, else into the prompt before or after the request."""
    if chance.odds(0.66):
        return spread(chance, text), ask
    return (), f"{ask}\n{text}" if chance.odds(0.5) else f"{text}\n{ask}"


def named(item: Fact) -> str:
    """«Địa điểm: …» with the slot's first name, the canonical one."""
    return f"{capital(item.slot.labels[0])}: {item.value}"


FOREIGN = 0.3
"""The share of details that are pieces of a law: words that no list of ours holds, to be copied all the same."""


def details(chance: Chance, count: int) -> list[Fact]:
    """So many different details, as facts of one document."""
    found: list[str] = []
    while len(found) < count:
        phrases = laws.phrases() if chance.odds(FOREIGN) else ()
        value = chance.kept(phrases) if phrases else chance.detail()
        if value not in found:
            found.append(value)
    return [detail(n, value) for n, value in enumerate(found)]


def in_order(facts: Sequence[Fact], text: str) -> list[Fact]:
    """The facts in the order in which a text, which may lack all marks, has them."""
    low = bare(text).lower()
    return sorted(facts, key=lambda item: low.find(bare(item.noted).lower()))


def document_text(document: Brief, more: Sequence[str] = (), *, motto: bool = False) -> str:
    """A whole document, ``more`` details in it, as shared material: head, body and foot."""
    agency, values = document.agency, document.values
    head = [agency.superior, agency.full.upper()] if agency.superior else [agency.full.upper()]
    if motto:
        head += MOTTO
    if "number" in values:
        head.append(f"Số: {values['number']}")
    if "date" in values:
        head.append(f"{agency.place}, {values['date']}")
    foot = [*agency.head, values["signer"]] if "signer" in values else []
    return "\n".join([*head, written(document, with_details(document.paper(), more)), *foot])


def signed(chance: Chance, document: Brief) -> Brief:
    """The brief with a number, a date and a signer."""
    then = day(chance)
    extra = (
        fact("number", chance.sign(document.kind.abbreviation, document.agency)),
        fact("date", then.full, then.noted(chance)),
        fact("signer", chance.person()),
    )
    return Brief(document.kind, document.agency, (*document.facts, *extra), document.compose, document.openings)
