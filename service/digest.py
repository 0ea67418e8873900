"""The rules of ``extraction`` on documents of the shelf: tasks, dates, and the documents they rest on.

A document that is referred to is looked for on the person's shelf; one that is not there cannot be verified here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import ask, extraction, library
from service.errors import BadInput
from service.kit import Kit
from service.quantities import quantities
from service.records import Assignment, ClauseChange, Document, LegalBasis, Milestone, User
from service.text import fold

_OWN = re.compile(r"\s*Số\s*:\s*\S+", re.IGNORECASE)
VERSIONS = 0.3
"""The least share of clauses that two versions of one document have in common, changed or not."""
HEAD = 14
"""The number of a document stands in one of its first blocks."""


@dataclass(frozen=True)
class Digest:
    """What rules found in one document."""

    document: Document
    assignments: tuple[Assignment, ...]
    timeline: tuple[Milestone, ...]
    bases: tuple[LegalBasis, ...]


def of(kit: Kit, user: User, document: Document) -> Digest:
    """The tables of a document that the person may read."""
    blocks = library.blocks(kit, document.id)
    shelf = {sign: one for sign, one in on_shelf(kit, user).items() if one != document.id}
    bases = extraction.bases(blocks, shelf)
    return Digest(document, extraction.assignments(blocks), extraction.timeline(blocks), bases)


def compared(kit: Kit, user: User, old: int, new: int) -> tuple[ClauseChange, ...]:
    """Two versions clause by clause. Raises ``BadInput`` for twice the same, ``NotFound`` for a document of somebody
    else."""
    if old == new:
        raise BadInput("Hai ô đang chọn cùng một văn bản nên không có gì để so. Anh/chị chọn lại bản cũ hoặc bản mới.")
    first, second = library.get(kit, user, old), library.get(kit, user, new)
    return extraction.versions(library.blocks(kit, first.id), library.blocks(kit, second.id))


def strangers(changes: Sequence[ClauseChange]) -> bool:
    """True when two documents share so few clauses that they are hardly versions of one."""
    shared = sum(one.kind in ("same", "changed") for one in changes)
    return bool(changes) and shared < VERSIONS * len(changes)


def on_shelf(kit: Kit, user: User) -> dict[str, int]:
    """The numbers («186/kh-ubnd») and folded titles of what the person may read → document."""
    known = dict[str, int]()
    for document in ask.documents(kit, user):
        known.setdefault(fold(document.title), document.id)
        for block in library.blocks(kit, document.id)[:HEAD]:
            for part in block.text.replace("|", "\n").split("\n"):
                if _OWN.match(part):
                    for one in quantities(part):
                        if one.kind == "sign":
                            known.setdefault(one.value, document.id)
    return known
