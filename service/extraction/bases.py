"""The documents that a document rests on or refers to: by number («186/KH-UBND») or by name («Luật Đất đai»)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.nd30.kinds import KINDS
from service.quantities import quantities
from service.records import Block, LegalBasis
from service.text import fold, sentences

_LEGAL = ("Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư liên tịch", "Thông tư", "Kết luận")
_KIND = rf"(?:{'|'.join((*_LEGAL, *(kind.name for kind in KINDS)))})(?: (?:thẩm tra|thẩm định|giám sát))?"
_NUMBERED = re.compile(rf"\b(?P<kind>{_KIND})\s+(?:số[\s:]*)?$", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh)\s+(?:[Ss]ửa đổi,? bổ sung một số điều của (?:các )?(?:Bộ luật|Luật|Pháp lệnh)\s+)?"
    r"[A-ZĐÀ-Ỹ]\w*(?:[ ,]+(?:và |về )?\w+){0,12}?(?=\s+(?:số|ngày|năm|được|quy định)\b|[;,.:]|$)"
)
_DATED = re.compile(r"^\s*(?:,\s*)?(?:ngày\s+\d{1,2}(?:\s+tháng\s+|[/-])\d{1,2}(?:\s+năm\s+|[/-])\d{4}|năm\s+\d{4})\b")
_GROUND = re.compile(r"\s*[-–]?\s*(?:Căn cứ|Theo|Thực hiện|Xét)\b")
_OWN = re.compile(r"\s*Số\s*:", re.IGNORECASE)


def bases(blocks: Sequence[Block], shelf: Mapping[str, int] | None = None) -> tuple[LegalBasis, ...]:
    """Each document once, in the order of the text; ``shelf`` tells numbers (folded, as ``quantities`` gives them) of
    documents at hand, by their id. One that is not there is left unverified: the rule has nothing to hold it against.
    """
    shelf = shelf or {}
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
                found.setdefault(one.value, basis)
            for law in _LAW.finditer(part):
                named = " ".join(law[0].split()).rstrip(" ,")
                if len(named.split()) > 1:
                    dated = _DATED.match(part[law.end() :])
                    name = f"{named} {dated[0].strip(' ,')}" if dated else named
                    found.setdefault(fold(named), LegalBasis("", name, n, ground, shelf.get(fold(named))))
    return tuple(found.values())
