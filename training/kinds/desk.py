"""What every kind is made with: the nouns, lists as lines, and a desk on which the facts of one document are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.nd30.kinds import BY_ID, Kind
from training.slots import Fact, day, fact, moment
from training.words import COUNTS, POSTS, ROOMS, Agency, Chance, capital

MISSING = "[cần bổ sung]"
"""Stands where a fact was not given."""

END = "./."
"""Ends every body (sample forms, Phụ lục III)."""


@dataclass(frozen=True)
class Paper:
    """What the model writes of a document: its subject (without «V/v»), addressees and body lines; ``by`` who wires."""

    subject: str
    addressees: tuple[str, ...]
    lines: tuple[str, ...]
    by: str = ""


Get = Callable[[str], str]
Compose = Callable[[Get], Paper]


@dataclass(frozen=True)
class Brief:
    """The facts of one invented document and how its body is made from them.

    ``openings`` are the words people use for the job («giấy mời», «thư mời họp»).
    """

    kind: Kind
    agency: Agency
    facts: tuple[Fact, ...]
    compose: Compose = field(repr=False)
    openings: tuple[str, ...]

    @property
    def values(self) -> Mapping[str, str]:
        """The facts by key, as documents write them."""
        return {item.key: item.value for item in self.facts}

    def paper(self, known: Mapping[str, str] | None = None) -> Paper:
        """The document; a fact that ``known`` lacks becomes «[cần bổ sung]»."""
        given = self.values if known is None else known
        return self.compose(lambda key: given.get(key, MISSING))


def items(value: str) -> list[str]:
    """A value that lists several things, taken apart."""
    return value.split("; ")


def numbered(values: Sequence[str]) -> list[str]:
    """«1. …» lines, each a sentence."""
    return [f"{n}. {capital(value)}." for n, value in enumerate(values, 1)]


def dashed(values: Sequence[str]) -> list[str]:
    """«- …» lines with semicolons, a full stop after the last."""
    return [f"- {capital(value)}{';' if n < len(values) else '.'}" for n, value in enumerate(values, 1)]


def ended(*lines: str | Sequence[str]) -> tuple[str, ...]:
    """The lines of a body, the last one closed with «./.»."""
    flat: list[str] = []
    for line in lines:
        flat.extend([line] if isinstance(line, str) else line)
    return (*flat[:-1], flat[-1].rstrip(".;") + END)


def results_of(chance: Chance, least: int, most: int) -> str:
    """Some counted results: «hộ nghèo 120 hộ (giảm 3,2%); …»."""
    parts = []
    for count in chance.some(COUNTS, least, most):
        name, unit = count.split(":")
        change = f" ({chance.one('tăng', 'giảm', 'đạt')} {chance.share()})" if chance.odds(0.35) else ""
        parts.append(f"{name} {chance.amount()} {unit}{change}")
    return "; ".join(parts)


_NUMBERED = re.compile(r"(\d+)\. ")


def with_details(paper: Paper, details: Sequence[str]) -> Paper:
    """The document with further details, word for word: as items after those of its last numbered list, instead of an
    open place where that is all the list holds; before the closing sentence where there is no list."""
    if not details:
        return paper
    lines = list(paper.lines)
    listed = [(n, int(found[1])) for n, line in enumerate(lines[:-1]) if (found := _NUMBERED.match(line))]
    if not listed:
        return replace(paper, lines=(*lines[:-1], *(f"{capital(detail)}." for detail in details), lines[-1]))
    last, count = listed[-1]
    if lines[last] == f"1. {MISSING}.":
        del lines[last]
        last, count = last - 1, 0
    more = [f"{count + n}. {capital(detail)}." for n, detail in enumerate(details, 1)]
    return replace(paper, lines=(*lines[: last + 1], *more, *lines[last + 1 :]))


class Desk:
    """Draws the facts of one document; kinds read like lists of what they need."""

    def __init__(self, chance: Chance) -> None:
        self.chance, self.agency = chance, chance.agency()
        self.facts: list[Fact] = []
        short = self.agency.short if chance.odds(0.6) else self.agency.full
        self.facts.append(fact("agency", self.agency.full, short))
        self.year = chance.random.choice((2026, 2026, 2027))

    def add(self, key: str, value: str, noted: str = "") -> str:
        self.facts.append(fact(key, value, noted))
        return value

    def topic(self) -> None:
        self.add("topic", self.chance.topic())

    def day(self, key: str) -> None:
        then = day(self.chance, self.year)
        self.add(key, then.full, then.noted(self.chance))

    def period(self) -> None:
        first, last = sorted((day(self.chance, self.year) for _ in range(2)), key=lambda then: then.order)
        noted = f"từ {first.noted(self.chance)} đến {last.noted(self.chance)}"
        self.add("period", f"từ {first.full} đến {last.full}", noted)

    def when(self) -> None:
        self.add("when", *moment(self.chance, self.year))

    def where(self) -> None:
        room = self.chance.of(ROOMS).format(n=self.chance.number(1, 8))
        self.add("where", f"{room} {self.agency.short}" if self.chance.odds(0.7) else f"{room} {self.chance.place()}")

    def person(self, key: str, *, post: bool = False) -> None:
        name, title = self.chance.person(), self.chance.of(POSTS)
        if not post:
            self.add(key, name, self.chance.one(name, name, name, f"đồng chí {name}", f"ông {name}", f"bà {name}"))
            return
        value = f"{name}, {title}"
        written = (
            value,
            value,
            value,
            f"{title} {name}",
            f"{name} - {title}",
            f"{name} ({title})",
            f"đồng chí {value}",
        )
        self.add(key, value, self.chance.of(written))

    def contact(self) -> None:
        name, phone = self.chance.person(), self.chance.phone()
        noted = self.chance.one(
            f"{name}, {phone}", f"{name}, điện thoại {phone}", f"{name} ({phone})", f"{name} {phone}"
        )
        self.add("contact", f"{name}, điện thoại {phone}", noted)

    def basis(self, key: str = "basis") -> None:
        kind, abbreviation = self.chance.random.choice(
            (
                ("Kế hoạch", "KH"),
                ("Công văn", ""),
                ("Quyết định", "QĐ"),
                ("Thông báo", "TB"),
                ("Chỉ thị", "CT"),
                ("Hướng dẫn", "HD"),
            )
        )
        other, then = self.chance.agency(), day(self.chance, self.year)
        sign = self.chance.sign(abbreviation, other)
        of = f" của {other.full}" if self.chance.odds(0.8) else ""
        self.add(key, f"{kind} số {sign} {then.full}{of}", f"{kind} số {sign} {then.noted(self.chance)}{of}")

    def units(self, key: str, least: int = 1, most: int = 3) -> None:
        count = self.chance.number(least, most)
        found: list[str] = []
        while len(found) < count:
            unit = self.chance.unit()
            if unit not in found:
                found.append(unit)
        self.add(key, "; ".join(found))

    def tasks(self, least: int = 1, most: int = 3) -> None:
        self.add("tasks", "; ".join(self.chance.task() for _ in range(self.chance.number(least, most))))

    def pick(self, key: str, choices: Sequence[str]) -> None:
        self.add(key, self.chance.of(choices))

    def brief(self, kind: str, openings: str, compose: Compose) -> Brief:
        return Brief(BY_ID[kind], self.agency, tuple(self.facts), compose, tuple(openings.split("|")))
