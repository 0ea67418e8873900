"""How a text rule tells what it found; the words that several of them share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.nd30.parts import PART_NAMES, Found, Part
from service.nd30.pieces import HOLE
from service.nd30.rules import RULES
from service.records import Finding, Level, Span
from service.text import normalise_tone

CHECK = "nd30-format"
DRAFT, ISSUED = "draft", "issued"


def finding(
    rule_id: str,
    title: str,
    part: Part | None = None,
    at: Sequence[Found] = (),
    *,
    level: Level | None = None,
    seen: str = "",
    expected: str = "",
) -> Finding:
    rule = RULES[rule_id]
    return Finding(
        check=CHECK,
        level=level or rule.severity.level,
        title=title,
        why=rule.reason,
        try_next=rule.try_next,
        where=PART_NAMES.get(part, "Cả văn bản") if part else "Cả văn bản",
        seen=seen or (at[0].text if at else ""),
        expected=expected,
        rule=rule.id,
        part=part.value if part else "",
        spans=tuple(Span(item.start, item.end, rule.id) for item in at),
        insert=rule.ask,
    )


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", normalise_tone(text)).strip()


def is_open(text: str) -> bool:
    return bool(HOLE.search(text))


def is_listed(item: Found, mark: str) -> bool:
    return item.text.startswith("-") and item.text.endswith(mark)
