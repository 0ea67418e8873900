"""The documents that a document rests on or refers to: by number («186/KH-UBND») or by name («Luật Đất đai»)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.nd30.kinds import KINDS
from service.nd30.outline import outline
from service.nd30.parts import Part
from service.quantities import quantities
from service.records import Block, LegalBasis
from service.text import fold, sentences

_LEGAL = ("Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư liên tịch", "Thông tư", "Kết luận")
_KIND = rf"(?:{'|'.join((*_LEGAL, *(kind.name for kind in KINDS)))})(?: (?:thẩm tra|thẩm định|giám sát))?"
_NUMBERED = re.compile(rf"\b(?P<kind>{_KIND})\s+(?:số[\s:]*)?$", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh)\s+(?:[Ss]ửa đổi,? bổ sung một số điều của (?:các )?(?:Bộ luật|Luật|Pháp lệnh)\s+)?"
    r"(?!(?:Về việc|Số|Này)\b)[A-ZĐÀ-Ỹ]\w*(?:[ ,]+(?:và |về )?\w+){0,12}?"
    r"(?=\s+(?:số\W*\d|(?:ngày|năm|được|quy định)\b)|[;.:]|,(?! (?:chống|chữa|nhập cảnh|sử dụng)\b)|$)"
)
_DATED = re.compile(r"^\s*(?:,\s*)?(?:ngày\s+\d{1,2}(?:\s+tháng\s+|[/-])\d{1,2}(?:\s+năm\s+|[/-])\d{4}|năm\s+\d{4})\b")
_GROUND = re.compile(r"\s*[-–]?\s*(?:Căn cứ|Theo|Thực hiện|Xét)\b")
_OWN = re.compile(r"\s*Số\s*:", re.IGNORECASE)
_HEAD = 14
"""Blocks in which the head of a document stands."""


def bases(blocks: Sequence[Block], shelf: Mapping[str, int] | None = None) -> tuple[LegalBasis, ...]:
    """Each document once, in the order of the text, and not this one itself.

    ``shelf`` tells numbers (folded, as ``quantities`` gives them) of documents at hand, by their id. One that is not
    there is left unverified: the rule has nothing to hold it against.
    """
    shelf = shelf or {}
    own = _own(blocks)
    found = dict[str, LegalBasis]()
    for n, block in enumerate(blocks):
        if _OWN.match(block.text):
            continue
        for start, end in sentences(block.text):
            part = block.text[start:end]
            ground = bool(_GROUND.match(part))
            for one in quantities(part):
                if one.kind != "sign":
                    continue
                kind = _NUMBERED.search(part[: one.start])
                dated = _DATED.match(part[one.end :])
                name = f"{kind['kind'] if kind else ''} {'số ' if kind else ''}{one.text}{dated[0] if dated else ''}"
                basis = LegalBasis(one.value, " ".join(name.split()), n, ground, shelf.get(one.value))
                found.setdefault(_bare(one.value), basis)
            for law in _LAW.finditer(part):
                named = " ".join(law[0].split()).rstrip(" ,")
                if len(named.split()) > 1:
                    dated = _DATED.match(part[law.end() :])
                    name = f"{named} {dated[0].strip(' ,')}" if dated else named
                    found.setdefault(_bare(named), LegalBasis("", name, n, ground, shelf.get(fold(named))))
    return tuple(basis for key, basis in found.items() if key not in own)


def _own(blocks: Sequence[Block]) -> frozenset[str]:
    """The document's own number and name, ``_bare``: in its number line, its title, or a line above the title, where
    portals of laws print both."""
    head = outline("\n".join(block.text for block in blocks[:_HEAD])).found
    at = next((n for n, item in enumerate(head) if item.part is Part.TITLE), 0)
    above = [item.text for item in head[:at] if item.part is Part.OTHER]
    signs = [*above, *(item.text for item in head if item.part is Part.SIGN)]
    names = [match[0] for line in above for match in _LAW.finditer(line)]
    if at:
        names.append(" ".join(item.text for item in head[at : at + 2] if item.part in (Part.TITLE, Part.SUBJECT)))
    numbers = [one.value for line in signs for one in quantities(line) if one.kind == "sign"]
    return frozenset(map(_bare, (*names, *numbers)))


def _bare(named: str) -> str:
    """A number or name without its punctuation: «101-SL/L003» is «101/SL-L-003»."""
    return re.sub(r"\W", "", fold(named))
