"""The documents that a document rests on or refers to: by number («186/KH-UBND») or by name («Luật Đất đai»)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.quantities import quantities
from service.records import Block, LegalBasis
from service.text import fold, sentences

_KIND = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư(?: liên tịch)?|Kế hoạch|Công văn"
    r"|Tờ trình|Báo cáo|Thông báo|Hướng dẫn|Chương trình|Đề án|Công điện|Quy chế|Quy định|Biên bản|Giấy mời|Kết luận)"
)
_NUMBERED = re.compile(rf"(?P<kind>{_KIND})\s+(?:số[\s:]*)?$", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh)\s+[A-ZĐÀ-Ỹ]\w*(?:[ ,]+(?:và |về )?\w+){0,9}?"
    r"(?=\s+(?:số|ngày|năm|được|quy định)\b|[;,.:]|$)"
)
_DATED = re.compile(r"^\s*(?:,\s*)?ngày\s+\d{1,2}(?:\s+tháng\s+|[/-])\d{1,2}(?:\s+năm\s+|[/-])\d{4}")
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
                    found.setdefault(fold(named), LegalBasis("", named, n, ground, shelf.get(fold(named))))
    return tuple(found.values())
