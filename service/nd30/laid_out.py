"""Laid-out document → findings: every rule of Decree 30 that a .docx can decide, in the words people read.

The text rules come from ``examine`` and ``wording``; what is set on paper from ``looks`` and ``sheet_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from service.nd30 import looks, sheet_rules
from service.nd30.deviations import PAGE_PART, Deviation, Sheet
from service.nd30.examine import examine
from service.nd30.findings import CHECK, DRAFT
from service.nd30.kinds import BY_ID, Kind
from service.nd30.outline import outline
from service.nd30.parts import PART_NAMES, Outline, Part
from service.nd30.pieces import FILED
from service.nd30.rules import RULES
from service.nd30.wording import wording
from service.records import Finding, Layout, Level, Span
from service.text import fold, normalise_tone

_NAMES = {part.value: name for part, name in PART_NAMES.items()} | {
    PAGE_PART: "Trang giấy",
    "appendix": "Phụ lục",
    Part.MARK.value: "Dấu chỉ mức độ",
    Part.OTHER.value: "Phần khác",
}
_LEVELS = list(Level)

# What is no administrative document: statutes with their year or QH number, forms of citizens, papers of the Party.
_STATUTE_SIGN = re.compile(
    r"/\s*(?:\d{4}\s*/|\d{4}-)|/(?:QH|UBTVQH)\d+|\d+-LCT|/(?:NĐ-CP|TTLT|TT-B|L-CTN|PL-|LCT|SL\b|CTN|NQ-CP)|^Luật số",
    re.IGNORECASE,
)
_STATUTE_TITLE = re.compile(
    r"(?:(?:BỘ )?LUẬT|HIẾN PHÁP|PHÁP LỆNH|NGHỊ ĐỊNH|THÔNG TƯ(?: LIÊN TỊCH)?|LỆNH|SẮC LỆNH|VĂN BẢN HỢP NHẤT)"
)
_FORM_TITLE = re.compile(
    r"(?:TỜ KHAI|ĐƠN(?: |$)|GIẤY (?:ĐỀ NGHỊ|XÁC NHẬN|CAM KẾT|CAM ĐOAN|KHAI|CHỨNG)|PHIẾU (?:YÊU CẦU|ĐĂNG KÝ)|SƠ YẾU|"
    r"BẢN (?:KHAI|CAM)|THÔNG TIN)"
)
_PARTY = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM")
_NATION_LINE = re.compile(r"(?m)^[Cc].*")
_HEAD_LINES = 25


def kind_of(layout: Layout) -> str | None:
    """The id of the kind that the document itself tells; None when Decree 30 does not speak of it."""
    return _kind(layout, outline(layout.text))


def check_layout(layout: Layout, kind: str | None = None, mode: str = DRAFT) -> tuple[Finding, ...]:
    """What Decree 30 says of a document as it is set, worst first; spans are offsets into ``layout.text``.

    ``kind`` is the id of the kind asked for; None takes what the document tells, and a document that the decree does
    not speak of (a statute, a citizen's form) then has no findings. Modes as in ``examine.check_text``.
    """
    sheet = open_sheet(layout, kind, mode)
    if sheet is None:
        return ()
    form = examine(layout.text, sheet.kind.id, mode, found=sheet.outline).findings
    words = wording(sheet.outline, sheet.kind, mode)
    findings = [_placed(layout, finding) for finding in (*form, *words)]
    findings += gathered(sheet, deviations(sheet))
    return tuple(sorted(findings, key=lambda finding: _LEVELS.index(finding.level)))


def open_sheet(layout: Layout, kind: str | None = None, mode: str = DRAFT) -> Sheet | None:
    """The document with its components found; None when it is out of the decree's scope."""
    found = outline(layout.text)
    kind_id = kind if kind in BY_ID else _kind(layout, found)
    return Sheet(layout, found, BY_ID[kind_id], mode) if kind_id else None


def deviations(sheet: Sheet) -> tuple[Deviation, ...]:
    """Everything that is set otherwise than the decree asks."""
    return (*sheet_rules.deviations(sheet), *looks.deviations(sheet))


def part_name(part: str) -> str:
    """The name of a part for people."""
    return _NAMES.get(part, _NAMES[Part.OTHER.value])


# ── scope ───────────────────────────────────────────────────────────────────────────────────────


def _kind(layout: Layout, found: Outline) -> str | None:
    written = (line.strip() for line in layout.text.split("\n") if line.strip())
    head = [normalise_tone(line) for line in islice(written, _HEAD_LINES)]
    nations = sum(fold(line[:40]).startswith("cong hoa xa hoi") for line in _NATION_LINE.findall(layout.text))
    nations -= max(0, len(found.all(Part.NATION)) - 1)  # a head that stands twice is a fault of one document
    sign = found.first(Part.SIGN)
    if nations > 1 or (sign and _STATUTE_SIGN.search(sign.text)):
        return None  # a collection of sample forms; a statute
    if any(_PARTY.match(line) or _is_foreign(line, found.kind) for line in head):
        return None
    formal = sign or found.has(Part.ABOUT) or (found.has(Part.ISSUER) and found.has(Part.NATION))
    formal = formal or (found.has(Part.TITLE) and found.has(Part.ADDRESSED))  # all else may have been forgotten
    if found.kind is None or not (formal or found.has(Part.TITLE)):
        return None
    filed = any(FILED.match(item.text) for item in found.all(Part.RECIPIENT))  # a lost head leaves the foot
    return found.kind.id if found.has(Part.NATION) or found.has(Part.MOTTO) or filed or formal else None


def _is_foreign(line: str, kind: Kind | None) -> bool:
    """A line of the head that names another sort of paper, on a line of its own or before its subject."""
    if kind is not None and line.startswith(kind.title):
        return False
    return bool(_STATUTE_TITLE.match(line) and line.isupper() or _FORM_TITLE.match(line) and len(line) < 80)


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def gathered(sheet: Sheet, found: Iterable[Deviation]) -> Iterator[Finding]:
    """One finding for each rule and part, whatever the number of places."""

    def rule_and_part(deviation: Deviation) -> tuple[str, str]:
        return deviation.rule, part_name(deviation.part)

    for (rule_id, name), group in groupby(sorted(found, key=rule_and_part), key=rule_and_part):
        yield _finding(sheet, rule_id, name, list(group))


def _finding(sheet: Sheet, rule_id: str, name: str, group: Sequence[Deviation]) -> Finding:
    rule = RULES[rule_id]
    said = list(dict.fromkeys(deviation.said for deviation in group))
    at = list(dict.fromkeys(deviation.at for deviation in group))
    levels = [deviation.level or rule.severity.level for deviation in group]
    spans = {(deviation.start, deviation.end): None for deviation in group if deviation.end > deviation.start}
    return Finding(
        check=CHECK,
        level=min(levels, key=_LEVELS.index),
        title=f"{name}: {'; '.join(said[:3])}{' …' if len(said) > 3 else ''}.",
        why=rule.reason,
        try_next=rule.try_next,
        where=_where(sheet.layout, name, at),
        seen="; ".join(dict.fromkeys(deviation.seen for deviation in group[:8])),
        expected="; ".join(dict.fromkeys(deviation.expected for deviation in group[:8])),
        rule=rule_id,
        part=group[0].part,
        spans=tuple(Span(start, end, rule_id) for start, end in spans),
    )


def _where(layout: Layout, name: str, at: Sequence[str]) -> str:
    """«Nội dung, đoạn 14 và 3 đoạn khác», counting the paragraphs that hold text as a reader does."""
    if at[0].startswith("s"):
        return name if len(layout.sections) < 2 else f"{name}, phần {int(at[0][1:]) + 1}"
    written = [line.anchor for line in layout.lines if layout.text_of(line).strip()]
    if at[0] not in written:
        return name
    more = f" và {len(at) - 1} đoạn khác" if len(at) > 1 else ""
    return f"{name}, đoạn {written.index(at[0]) + 1}{more}"


def _placed(layout: Layout, finding: Finding) -> Finding:
    """A finding of the text rules with the paragraph it speaks of."""
    if not finding.spans:
        return finding
    first = finding.spans[0].start
    at = [line.anchor for line in layout.lines if line.start <= first < line.end]
    return replace(finding, where=_where(layout, finding.where, at)) if at else finding
