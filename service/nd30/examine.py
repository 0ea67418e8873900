"""Plain text → findings: the rules of rules.py that plain text can decide.

Every rule speaks for one component, and a component that is missing is reported once: by the rule that asks for it, or,
when most of the head or the whole foot is missing, by ND30-84 alone. What the parts of the head and the foot say is for
``head_rules`` and ``foot_rules``.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from service.nd30 import phrases
from service.nd30.body import GROUND, is_caps
from service.nd30.findings import CHECK, DRAFT, ISSUED, finding
from service.nd30.foot_rules import check_authority, check_parties, check_recipients, check_stamp
from service.nd30.head_rules import (
    check_addressees,
    check_issuer,
    check_nation,
    check_place_date,
    check_sign,
    check_title,
)
from service.nd30.kinds import BY_ID, Addressee, Kind, Signing
from service.nd30.outline import outline
from service.nd30.parts import PART_NAMES, Found, Outline, Part
from service.nd30.pieces import HOLE
from service.nd30.rules import RULES
from service.records import Finding, Level, Span

WHOLE, BODY = "whole", "body"
_END_SHOWN = 6  # words of the last sentence
_SPEAKS_OF_HOLES = frozenset({"ND30-31", "ND30-33"})  # in the number and in the date of a document that goes out

_HEAD = (Part.NATION, Part.MOTTO, Part.ISSUER, Part.SIGN, Part.PLACE_DATE)
_ORDER = (  # from the top of the page; the members of one group stand in columns and are read in any order
    (*_HEAD, Part.ABOUT),
    (Part.TITLE,),
    (Part.SUBJECT,),
    (Part.ADDRESSED, Part.ADDRESSEE),
    (Part.BODY, Part.TABLE),
    (Part.AUTHORITY, Part.SIGNER, Part.RECIPIENTS, Part.RECIPIENT),
)
_RANKS = {part: rank for rank, group in enumerate(_ORDER) for part in group}


@dataclass(frozen=True)
class Examination:
    """The outline, the findings worst first, and the components that are missing."""

    outline: Outline
    kind: Kind | None
    findings: tuple[Finding, ...]
    missing: tuple[str, ...] = ()

    @property
    def penalty(self) -> float:
        """Weighted errors: an essential one 0.12, an actionable one 0.04, and 0.08 for every missing component."""
        weights = {Level.ESSENTIAL: 0.12, Level.ACTIONABLE: 0.04}
        counted = sum(weights.get(finding.level, 0.0) for finding in self.findings if finding.rule != "ND30-84")
        return counted + 0.08 * len(self.missing) + 0.04 * any(f.rule == "ND30-84" for f in self.findings)


def check_text(text: str, kind: str | None, mode: str = DRAFT, scope: str = WHOLE) -> tuple[Finding, ...]:
    """What Decree 30 says of a plain text, worst first.

    ``kind`` is the id of the document kind asked for, None to take what the text says of itself. In mode "draft" a
    number or day left blank is fine; in mode "issued" it is not. Scope "body" asks only the rules of the body.
    """
    return examine(text, kind, mode, scope).findings


def examine(
    text: str, kind: str | None, mode: str = DRAFT, scope: str = WHOLE, *, found: Outline | None = None
) -> Examination:
    """:func:`check_text` with the outline it rests on; ``found`` is the outline of the text where it is known."""
    found = found or outline(text)
    of_kind = BY_ID.get(kind or "") or found.kind
    missing: tuple[Part, ...] = ()
    findings = [*_grounds(found, of_kind), *_closing(found)]
    if scope == WHOLE:
        missing, absent = _missing(found, of_kind)
        findings += [
            *absent,
            *_doubled(found),
            *check_nation(found),
            *check_issuer(found),
            *check_sign(found, of_kind, mode),
            *check_place_date(found, mode),
            *check_title(found, of_kind, missing),
            *check_addressees(found, of_kind, missing),
            *check_authority(found),
            *check_parties(found, of_kind),
            *check_recipients(found, of_kind),
            *check_stamp(found, mode),
        ]
    findings += _open_places(found, mode, {item.part for item in findings if item.rule in _SPEAKS_OF_HOLES})
    order = list(Level)
    findings.sort(key=lambda item: order.index(item.level))
    return Examination(found, of_kind, tuple(findings), tuple(PART_NAMES[part].lower() for part in missing))


# ── what is there, and in order ─────────────────────────────────────────────────────────────────


def _missing(found: Outline, kind: Kind | None) -> tuple[tuple[Part, ...], list[Finding]]:
    """The components that ND30-84 reports as missing, and the findings that say which components are."""
    head = [part for part in _HEAD if not found.has(part) and _has(kind, part)]
    minutes = kind is not None and kind.signing is Signing.MINUTES
    signing = [Part.AUTHORITY, Part.SIGNER] + ([Part.SECRETARY_TITLE, Part.SECRETARY] if minutes else [])
    foot = [part for part in signing if not found.has(part)]
    listed = found.has(Part.RECIPIENTS) or found.has(Part.RECIPIENT)
    lost_head, lost_foot = len(head) >= 3, not listed and not found.has(Part.AUTHORITY)

    findings: list[Finding] = []
    gathered: list[Part] = [part for part in (*head, *foot) if part not in (Part.NATION, Part.MOTTO)]
    if lost_head:
        gathered = [*head, *_untitled(found, kind), *foot]
    else:
        if Part.NATION in head:
            findings.append(finding("ND30-13", "Chưa có Quốc hiệu.", Part.NATION, expected=phrases.NATION))
        if Part.MOTTO in head:
            findings.append(finding("ND30-15", "Chưa có Tiêu ngữ.", Part.MOTTO, expected=phrases.MOTTO))
    if lost_foot:
        gathered.append(Part.RECIPIENTS)
    elif not found.has(Part.RECIPIENTS):
        findings.append(finding("ND30-72", "Chưa có mục “Nơi nhận:”.", Part.RECIPIENTS, found.all(Part.RECIPIENT)[:1]))
    if not found.has(Part.BODY) and not found.has(Part.TABLE):
        gathered.append(Part.BODY)
    if gathered:
        names = [PART_NAMES[part].lower() for part in gathered]
        only_body = lost_head and lost_foot and Part.BODY not in gathered
        there = "tên loại và phần nội dung" if found.has(Part.TITLE) else "phần nội dung"
        title = f"Văn bản mới có {there}, còn thiếu" if only_body else "Còn thiếu"
        findings.append(finding("ND30-84", f"{title}: {'; '.join(names)}."))
    elif moved := _out_of_order(found):
        findings.append(finding("ND30-84", "Các phần chưa đúng thứ tự.", moved[0].part, moved))
    return tuple(gathered), findings


def _doubled(found: Outline) -> Iterator[Finding]:
    """ND30-84 for a component that stands twice."""
    for part in (Part.NATION, Part.MOTTO, Part.RECIPIENTS):
        again = found.all(part)[1:]
        if again:
            yield finding("ND30-84", f"{PART_NAMES[part]} ghi lặp lại.", part, again)


def _untitled(found: Outline, kind: Kind | None) -> list[Part]:
    """What is missing between head and body; reported with a missing head, else by the rule of each component."""
    wanted = [Part.ADDRESSED] if kind is not None and kind.addressee is Addressee.REQUIRED else []
    if kind is None or kind.has_title:
        wanted = [Part.TITLE, *([Part.SUBJECT] if kind is None or kind.has_subject else []), *wanted]
    elif not found.has(Part.SUBJECT):
        wanted = [Part.ABOUT, *wanted]
    return [part for part in wanted if not found.has(part)]


def _has(kind: Kind | None, part: Part) -> bool:
    if kind is None:
        return True
    return {Part.PLACE_DATE: kind.has_place_date, Part.SIGN: kind.has_number}.get(part, True)


def _out_of_order(found: Outline) -> list[Found]:
    """Components that stand below one they belong above; the columns of head and foot may be read in any order."""
    highest = 0
    for item in found.found:
        rank = _RANKS.get(item.part, highest)
        if rank < highest:
            return [item]
        highest = rank
    return []


# ── body ────────────────────────────────────────────────────────────────────────────────────────


def _grounds(found: Outline, kind: Kind | None) -> Iterator[Finding]:
    """ND30-49 for the căn cứ that open the body; a single «Căn cứ …, … như sau:» is a sentence, not a căn cứ."""
    decides = kind is not None and bool(kind.order)
    opening: list[Found] = []
    for item in found.all(Part.BODY):
        if GROUND.match(item.text) and not item.text.rstrip().endswith(":"):
            opening.append(item)
        elif opening or not is_caps(item.text):
            break
    if not opening or (not decides and len(opening) < 2):
        return
    wrong = [item for item in opening[:-1] if not item.text.endswith(";")]
    if not opening[-1].text.endswith("."):
        wrong.append(opening[-1])
    if wrong:
        level = None if decides else Level.ACTIONABLE
        mark = "." if wrong[0] is opening[-1] else ";"
        seen, expected = _end_of(wrong[0].text, mark)
        title = "Dấu cuối dòng của căn cứ chưa đúng."
        yield finding("ND30-49", title, Part.BODY, wrong, level=level, seen=seen, expected=expected)


def _closing(found: Outline) -> Iterator[Finding]:
    body = found.all(Part.BODY, Part.TABLE)
    if body and body[-1].part is Part.BODY and not body[-1].text.endswith(phrases.CLOSING):
        seen, expected = _end_of(body[-1].text, phrases.CLOSING)
        title = "Cuối nội dung chưa có dấu “./.”."
        yield finding("ND30-62", title, Part.BODY, body[-1:], seen=seen, expected=expected)


def _end_of(text: str, mark: str) -> tuple[str, str]:
    """The last words of a paragraph as they stand, and with the mark that should end them."""
    words = text.split(" ")
    shown = " ".join(["…", *words[-_END_SHOWN:]] if len(words) > _END_SHOWN else words)
    return shown, f"{shown.rstrip(phrases.BEFORE_CLOSING)}{mark}"


def _open_places(found: Outline, mode: str, told: Container[str]) -> Iterable[Finding]:
    """Places left open, as one finding: for information in a draft, an error in a document that goes out.

    In parts that are ``told`` a rule of their own has spoken of them.
    """
    if mode != ISSUED and "[" not in found.text:
        return []
    spans = tuple(
        Span(item.start + hole.start(), item.start + hole.end(), "để trống")
        for item in found.found
        if item.part in PART_NAMES and item.part.value not in told
        for hole in HOLE.finditer(found.text[item.start : item.end])
        if hole[0].startswith("[") or (mode == ISSUED and item.part not in (Part.SIGN, Part.PLACE_DATE))
    )
    if not spans:
        return []
    rule = RULES["ND30-X5"]
    return [
        Finding(
            check=CHECK,
            level=Level.ESSENTIAL if mode == ISSUED else Level.INFORMATIVE,
            title=f"Còn {len(spans)} chỗ để trống chờ điền.",
            why=rule.reason,
            try_next=rule.try_next,
            where="Cả văn bản",
            seen=found.text[spans[0].start : spans[0].end],
            rule=rule.id,
            spans=spans,
        )
    ]
