"""What rules read out of documents: who does what until when, on what basis, changed how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Assignment:
    """A task given to somebody; ``block`` is where it stands, counted from 0."""

    block: int
    task: str
    lead: str = ""
    support: str = ""
    product: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class Milestone:
    """A date and what is said of it.

    ``key`` sorts ("2026-12-15"; day 32 is the end of a month); ``assumed``: the year is not written there.
    """

    key: str
    date: str
    text: str
    block: int
    deadline: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class LegalBasis:
    """A document referred to. ``document`` is its id where it lies on the shelf, None: could not be verified."""

    sign: str
    name: str
    block: int
    ground: bool = False
    document: int | None = None


@dataclass(frozen=True)
class ClauseChange:
    """A clause of two versions: same, changed, added or removed; ``runs`` as ``diff_syllables`` gives them."""

    kind: str
    label: str
    old: int | None
    new: int | None
    runs: tuple[tuple[str, str], ...]
