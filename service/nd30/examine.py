"""Plain text → findings: the rules of rules.py that plain text can decide.

Every rule speaks for one component, and a component that is missing is reported once: by the rule that asks for it, or,
when most of the head or the whole foot is missing, by ND30-84 alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.nd30 import phrases
from service.nd30.body import GROUND, is_caps
from service.nd30.kinds import AS_ABOVE, AS_ARTICLE, BY_ABBREVIATION, BY_ID, Addressee, Kind, Signing
from service.nd30.outline import FILED, HOLE, PART_NAMES, Found, Outline, Part, outline
from service.nd30.rules import RULES
from service.records import Finding, Level, Span
from service.text import nfc, normalise_tone

CHECK = "nd30-format"
DRAFT, ISSUED = "draft", "issued"
WHOLE, BODY = "whole", "body"

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
_ABBREVIATED = re.compile(r"\b(UBND|HĐND|UBMTTQ\w*)\b")
_SIGN = re.compile(r"Số\s*:\s*(?P<number>[^/]*?)(?P<gap>\s*)/(?P<groups>.*)")
_GROUPS = re.compile(r"[A-ZĐ][A-Za-zĐđƯư]*(?:-[A-ZĐ][A-Za-zĐđƯư0-9.&]*)+")
_FIGURES = r"\d{1,4}|\[[^\]]*\]|[.…_ ]*"
_DATE = re.compile(
    rf"(?P<place>.*?)\s*(?P<comma>,?)\s*ngày\s*(?P<day>{_FIGURES})\s*tháng\s*(?P<month>{_FIGURES})\s*năm\s*(?P<year>{_FIGURES})"
    r"[\s.]*"
)
_POWER = re.compile(r"(?P<power>T/?M|K/?T|T/?L|T/?UQ|Q)\.?")
_DEPUTY = re.compile(r"PHÓ|THỨ TRƯỞNG", re.IGNORECASE)
_FILED = re.compile(r"-\s*Lưu\s*:\s*VT\b.*")
_OFFICIAL_NAME = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
_LONG_SUBJECT = 35  # words


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
            *_nation(found),
            *_issuer(found),
            *_sign(found, of_kind, mode),
            *_place_date(found, mode),
            *_title(found, of_kind, missing),
            *_addressees(found, of_kind, missing),
            *_authority(found, of_kind),
            *_recipients(found, of_kind),
        ]
    findings += _open_places(found, mode)
    order = list(Level)
    findings.sort(key=lambda item: order.index(item.level))
    return Examination(found, of_kind, tuple(findings), tuple(PART_NAMES[part].lower() for part in missing))


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


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", normalise_tone(text)).strip()


def _open(text: str) -> bool:
    return bool(HOLE.search(text))


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
        title = "Văn bản mới có phần nội dung." if only_body else f"Thiếu {len(names)} phần bắt buộc."
        findings.append(finding("ND30-84", title, seen=f"Thiếu: {'; '.join(names)}.", expected="; ".join(names)))
    elif moved := _out_of_order(found):
        findings.append(finding("ND30-84", "Các phần chưa đúng thứ tự.", moved[0].part, moved))
    return tuple(gathered), findings


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


# ── head ────────────────────────────────────────────────────────────────────────────────────────


def _nation(found: Outline) -> Iterator[Finding]:
    for item in found.all(Part.NATION)[:1]:
        if _one_line(item.text) != phrases.NATION:
            yield finding("ND30-13", "Quốc hiệu chưa đúng mẫu.", Part.NATION, [item], expected=phrases.NATION)
    for item in found.all(Part.MOTTO)[:1]:
        words = _one_line(item.text)
        if words != phrases.MOTTO:
            spelt = re.sub(r"\s*[-–—]\s*", " - ", words).casefold() == phrases.MOTTO.casefold()
            level = Level.ACTIONABLE if spelt else None
            yield finding("ND30-15", "Tiêu ngữ chưa đúng mẫu.", Part.MOTTO, [item], level=level, expected=phrases.MOTTO)


def _issuer(found: Outline) -> Iterator[Finding]:
    lines = found.all(Part.ISSUER)
    last = lines[-1:]
    if len(lines) > 1 and not re.match(r"(UBND|HĐND)\b", lines[-1].text):
        # The superior body may be abbreviated; a line such as «XÃ TRIỆU PHONG» runs on from the one above.
        runs_on = re.match(r"(TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ)\b", lines[-1].text)
        last = lines[-2:-1] if runs_on else lines[-1:]
    for item in last:
        if short := _ABBREVIATED.search(item.text):
            full = _OFFICIAL_NAME.get(short[1], short[1])
            yield finding(
                "ND30-19",
                f"Tên cơ quan ban hành còn viết tắt “{short[1]}”.",
                Part.ISSUER,
                [item],
                expected=item.text.replace(short[1], full),
            )


def _sign(found: Outline, kind: Kind | None, mode: str) -> Iterator[Finding]:
    item = found.first(Part.SIGN)
    if item is None or (kind is not None and not kind.has_number and _open(item.text)):
        return
    words = re.sub(r"\s+", " ", item.text)
    if not re.match(r"Số\s*:", words):
        yield finding("ND30-24", "Đầu dòng số chưa ghi “Số:”.", Part.SIGN, [item], expected="Số: …/…")
        words = re.sub(r"^s[ốo]\s*[:.;]?", "Số:", words, flags=re.IGNORECASE)
    parts = _SIGN.fullmatch(words)
    if parts is None:
        if not _open(words):
            yield finding(
                "ND30-26", "Số và ký hiệu chưa có dấu gạch chéo ở giữa.", Part.SIGN, [item], expected="Số: …/…"
            )
        return
    number, groups = parts["number"], parts["groups"].strip()
    year = re.match(r"(\d{4})\s*/\s*(.*)", groups)
    if year:
        yield finding(
            "ND30-30", f"Số văn bản có cả năm {year[1]}.", Part.SIGN, [item], expected=f"Số: {number}/{year[2]}"
        )
        groups = year[2]
    written = bool(number) and not _open(number)
    if written and not re.fullmatch(r"0\d|[1-9]\d+", number):
        yield finding("ND30-25", "Số văn bản chưa đúng cách ghi.", Part.SIGN, [item], expected="Số: 05/…")
    if not written and mode == ISSUED:
        yield finding("ND30-31", "Văn bản phát hành chưa có số.", Part.SIGN, [item])
    if _open(groups):
        return
    gaps = (written and parts["gap"]) or parts["groups"] != parts["groups"].strip() or " " in groups
    if gaps or not _GROUPS.fullmatch(groups.replace(" ", "")):
        yield finding("ND30-26", "Số, ký hiệu chưa viết liền đúng mẫu.", Part.SIGN, [item], expected="Số: 12/TB-UBND")
    yield from _groups(found, kind, item, groups.partition("-")[0].strip())


def _groups(found: Outline, kind: Kind | None, item: Found, first: str) -> Iterator[Finding]:
    """The first group of the ký hiệu against the tên loại that stands in the text, or else the kind asked for."""
    kind = found.kind if found.has(Part.TITLE) and found.kind else kind
    if kind is None or not kind.has_number:
        return
    if not kind.has_title:
        if first in BY_ABBREVIATION or first == "CV":
            yield finding(
                "ND30-28", f"Công văn không ghi “{first}” trong ký hiệu.", Part.SIGN, [item], expected="Số: 12/UBND-VX"
            )
        return
    if first == kind.abbreviation:
        return
    known = {short.casefold() for short in BY_ABBREVIATION}
    expected = f"Số: …/{kind.abbreviation}-…"
    if first.casefold() in known:
        yield finding(
            "ND30-27",
            f"Chữ viết tắt của {kind.name.lower()} là “{kind.abbreviation}”, không phải “{first}”.",
            Part.SIGN,
            [item],
            expected=expected,
        )
    else:
        yield finding(
            "ND30-28",
            f"Ký hiệu chưa mở đầu bằng chữ viết tắt tên loại “{kind.abbreviation}”.",
            Part.SIGN,
            [item],
            expected=expected,
        )


def _place_date(found: Outline, mode: str) -> Iterator[Finding]:
    item = found.first(Part.PLACE_DATE)
    if item is None:
        return
    parts = _DATE.fullmatch(item.text)
    if parts is None:
        yield finding(
            "ND30-33",
            "Địa danh và ngày tháng chưa đúng mẫu.",
            Part.PLACE_DATE,
            [item],
            expected="Địa danh, ngày … tháng … năm …",
        )
        return
    place, day, month, year = (parts[name].strip() for name in ("place", "day", "month", "year"))
    if not place:
        yield finding("ND30-33", "Trước ngày tháng chưa có địa danh.", Part.PLACE_DATE, [item])
    elif not _open(place) and not (parts["comma"] and _capital(place)):
        title = "Địa danh chưa viết hoa." if parts["comma"] else "Sau địa danh chưa có dấu phẩy."
        yield finding("ND30-37", title, Part.PLACE_DATE, [item])
    if mode == ISSUED and not (day.isdigit() and month.isdigit() and year.isdigit()):
        yield finding("ND30-33", "Ngày, tháng, năm chưa ghi đủ.", Part.PLACE_DATE, [item])
    if day.isdigit() and len(day) == 1:
        yield finding(
            "ND30-34", f"Ngày {day} chưa thêm số 0 phía trước.", Part.PLACE_DATE, [item], expected=f"ngày 0{day}"
        )
    if month in ("1", "2"):
        yield finding(
            "ND30-35", f"Tháng {month} chưa thêm số 0 phía trước.", Part.PLACE_DATE, [item], expected=f"tháng 0{month}"
        )
    elif month.isdigit() and month.startswith("0") and int(month) > 2:
        yield finding(
            "ND30-35",
            f"Từ tháng 3 trở đi không thêm số 0: “tháng {int(month)}”.",
            Part.PLACE_DATE,
            [item],
            level=Level.ACTIONABLE,
            expected=f"tháng {int(month)}",
        )
    if not _in_calendar(day, month, year):
        yield finding("ND30-36", "Ngày này không có trong lịch.", Part.PLACE_DATE, [item])


def _capital(place: str) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in place.split())


def _in_calendar(day: str, month: str, year: str) -> bool:
    """True unless the figures given are impossible; what is blank is taken as possible."""
    leap_january = "2024", "1", "1"
    known = (given if given.isdigit() else blank for given, blank in zip((year, month, day), leap_january, strict=True))
    try:
        date(*map(int, known))
    except ValueError:
        return False
    return True


def _title(found: Outline, kind: Kind | None, missing: Sequence[Part]) -> Iterator[Finding]:
    title = found.first(Part.TITLE)
    if kind is not None and not kind.has_title:
        yield from _about(found, title, missing)
        return
    if title is None:
        if Part.TITLE not in missing and (kind is None or kind.id != "thu_cong"):
            expected = kind.title if kind else ""
            at = found.all(Part.ABOUT)
            yield finding("ND30-41", "Chưa có tên loại văn bản trên dòng riêng.", Part.TITLE, at, expected=expected)
        return
    if kind is not None and found.kind is not kind:
        yield finding(
            "ND30-41",
            f"Tên loại đang là {found.kind.name.lower() if found.kind else 'khác'}, cần {kind.name.lower()}.",
            Part.TITLE,
            [title],
            expected=kind.title,
        )
    elif not is_caps(title.text):
        yield finding("ND30-41", "Tên loại chưa viết in hoa.", Part.TITLE, [title], expected=title.text.upper())
    subject = found.first(Part.SUBJECT)
    if subject is None:
        if Part.SUBJECT not in missing and (kind is None or kind.has_subject):
            yield finding("ND30-42", "Dưới tên loại chưa có trích yếu.", Part.SUBJECT, [title])
        return
    words = subject.text.strip()
    if len(words.split()) > _LONG_SUBJECT:
        yield finding(
            "ND30-42",
            f"Trích yếu dài {len(words.split())} chữ, nên rút gọn.",
            Part.SUBJECT,
            [subject],
            level=Level.ACTIONABLE,
        )
    elif words.endswith("."):
        yield finding("ND30-42", "Trích yếu không có dấu chấm cuối.", Part.SUBJECT, [subject], level=Level.ACTIONABLE)
    elif is_caps(words):
        yield finding(
            "ND30-42", "Trích yếu viết chữ thường, không in hoa.", Part.SUBJECT, [subject], level=Level.ACTIONABLE
        )


def _about(found: Outline, title: Found | None, missing: Sequence[Part]) -> Iterator[Finding]:
    about = found.first(Part.ABOUT) or found.first(Part.SUBJECT)
    if title is not None:
        yield finding("ND30-44", "Công văn không ghi tên loại.", Part.TITLE, [title], expected="V/v …")
    elif about is None and Part.ABOUT not in missing:
        yield finding("ND30-44", "Công văn chưa có trích yếu “V/v …”.", Part.ABOUT, expected="V/v …")
    elif about is not None and not re.match(r"V/v\s", about.text):
        yield finding("ND30-44", "Trích yếu công văn chưa mở đầu bằng “V/v”.", Part.ABOUT, [about], expected="V/v …")


def _addressees(found: Outline, kind: Kind | None, missing: Sequence[Part]) -> Iterator[Finding]:
    head = found.first(Part.ADDRESSED)
    if head is None:
        if Part.ADDRESSED not in missing and kind is not None and kind.addressee is Addressee.REQUIRED:
            yield finding("ND30-46", f"{kind.name} chưa có “Kính gửi:”.", Part.ADDRESSED, expected="Kính gửi: …")
        return
    wired = not normalise_tone(head.text).casefold().startswith("kính g")
    if kind is not None and not wired and kind.addressee in (Addressee.NONE, Addressee.WIRE):
        yield finding("ND30-45", f"{kind.name} không ghi “Kính gửi”.", Part.ADDRESSED, [head])
        return
    if not wired and not head.text.rstrip().endswith(":"):
        yield finding("ND30-46", "Sau “Kính gửi” chưa có dấu hai chấm.", Part.ADDRESSED, [head], expected="Kính gửi:")
    items = found.all(Part.ADDRESSEE)
    if len(items) == 1 and not wired:
        yield from _one_addressee(head, items[0], found.text)
    elif len(items) > 1:
        yield from _many_addressees(items)


def _one_addressee(head: Found, item: Found, text: str) -> Iterator[Finding]:
    if "\n" in text[head.end : item.start]:
        yield finding(
            "ND30-47", "Gửi một nơi thì ghi cùng dòng với “Kính gửi:”.", Part.ADDRESSEE, [item], level=Level.ACTIONABLE
        )
    elif ";" in item.text.rstrip(" ;."):
        yield finding("ND30-47", "Nhiều nơi được kính gửi đang ghi chung một dòng.", Part.ADDRESSEE, [item])


def _many_addressees(items: Sequence[Found]) -> Iterator[Finding]:
    wrong = [item for item in items[:-1] if not _listed(item, ";")] + [items[-1]] * (not _listed(items[-1], "."))
    if wrong:
        yield finding(
            "ND30-47",
            "Dòng kính gửi chưa đúng gạch đầu dòng hoặc dấu cuối dòng.",
            Part.ADDRESSEE,
            wrong,
            level=Level.ACTIONABLE,
        )


def _listed(item: Found, mark: str) -> bool:
    return item.text.startswith("-") and item.text.endswith(mark)


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
        yield finding("ND30-49", "Dấu cuối dòng của căn cứ chưa đúng.", Part.BODY, wrong, level=level)


def _closing(found: Outline) -> Iterator[Finding]:
    body = found.all(Part.BODY, Part.TABLE)
    if body and body[-1].part is Part.BODY and not body[-1].text.endswith(phrases.CLOSING):
        yield finding(
            "ND30-62",
            "Cuối nội dung chưa có dấu “./.”.",
            Part.BODY,
            body[-1:],
            seen=body[-1].text[-40:],
            expected=f"{body[-1].text[-30:].rstrip(' ./;,')}{phrases.CLOSING}",
        )


def _open_places(found: Outline, mode: str) -> Iterable[Finding]:
    """Places left open, as one finding: for information in a draft, an error in a document that goes out."""
    if mode != ISSUED and "[" not in found.text:
        return []
    spans = tuple(
        Span(item.start + hole.start(), item.start + hole.end(), "để trống")
        for item in found.found
        if item.part in PART_NAMES and not (item.part in (Part.SIGN, Part.PLACE_DATE) and "[" not in item.text)
        for hole in HOLE.finditer(found.text[item.start : item.end])
        if hole[0].startswith("[") or mode == ISSUED
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


# ── foot ────────────────────────────────────────────────────────────────────────────────────────


def _authority(found: Outline, kind: Kind | None) -> Iterator[Finding]:
    lines = found.all(Part.AUTHORITY)
    wrong = [item for item in lines if not _open(item.text) and not _well_written(item.text)]
    if wrong:
        short = _POWER.match(wrong[0].text)
        title = "Chữ viết tắt quyền hạn chưa đúng mẫu." if short else "Quyền hạn, chức vụ chưa viết in hoa."
        yield finding("ND30-64", title, Part.AUTHORITY, wrong)
        return
    for n, item in enumerate(lines):
        power = _POWER.match(item.text)
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        # A PDF may give both lines as one: «KT. BỘ TRƯỞNG THỨ TRƯỞNG».
        if power and power["power"] == "KT" and not _open(below) and not _DEPUTY.search(f"{item.text} {below}"):
            yield finding("ND30-65", "Dưới dòng “KT.” chưa có chức vụ của cấp phó.", Part.AUTHORITY, [item])
        elif power and power["power"] in ("TL", "TUQ") and not below:
            yield finding(
                "ND30-65", f"Dưới dòng “{power['power']}.” chưa có chức vụ của người ký.", Part.AUTHORITY, [item]
            )


def _well_written(line: str) -> bool:
    """Capitals throughout, and a power (khoản 7, điểm b) with its full stop and a space."""
    if not is_caps(line):
        return False
    first = line.split(maxsplit=1)[0]
    is_power = _POWER.fullmatch(first.strip("./")) or re.match(r"(TM|KT|TL|TUQ|Q)[./]", first)
    return first in phrases.POWERS or not is_power


def _recipients(found: Outline, kind: Kind | None) -> Iterator[Finding]:
    head = found.first(Part.RECIPIENTS)
    items = found.all(Part.RECIPIENT)
    if head is not None:
        beside = items and "\n" not in found.text[head.end : items[0].start]
        if beside or not head.text.endswith(":"):
            title = "“Nơi nhận:” chưa đứng trên dòng riêng." if beside else "Sau “Nơi nhận” chưa có dấu hai chấm."
            yield finding("ND30-72", title, Part.RECIPIENTS, [head], expected=phrases.RECIPIENTS)
            if beside:
                return
    if not items:
        if head is not None:
            yield finding("ND30-74", "Nơi nhận chưa có dòng “- Lưu: VT, ….”.", Part.RECIPIENTS, [head])
        return
    last = items[-1]
    filed = FILED.match(last.text)
    listed = items[:-1] if filed else items
    wrong = [item for item in listed if not _listed(item, ";") and not (item is last and _listed(item, "."))]
    if wrong:
        yield finding("ND30-73", "Nơi nhận chưa đúng gạch đầu dòng hoặc dấu cuối dòng.", Part.RECIPIENT, wrong)
    if not filed:
        yield finding(
            "ND30-74", "Nơi nhận chưa có dòng “- Lưu: VT, ….”.", Part.RECIPIENT, [last], expected="- Lưu: VT, …."
        )
    elif not _FILED.fullmatch(last.text):
        yield finding("ND30-74", "Dòng “Lưu” chưa đúng mẫu.", Part.RECIPIENT, [last], expected="- Lưu: VT, ….")
    elif not last.text.endswith("."):
        yield finding(
            "ND30-74",
            "Cuối dòng “Lưu” chưa có dấu chấm.",
            Part.RECIPIENT,
            [last],
            level=Level.ACTIONABLE,
            expected=f"{last.text.rstrip(';, ')}.",
        )
    yield from _first_recipient(found, kind, items[0])


def _first_recipient(found: Outline, kind: Kind | None, first: Found) -> Iterator[Finding]:
    if kind is None:
        return
    wanted = kind.first_recipient
    if kind.addressee is Addressee.UPWARD and found.has(Part.ADDRESSED):
        wanted = AS_ABOVE
    written = nfc(first.text).lstrip("-–—•+* ")
    if wanted and not written.casefold().startswith(wanted.casefold()):
        expected = f"- {wanted} …;" if wanted == AS_ARTICLE else f"- {wanted};"
        yield finding(
            "ND30-75", f"Nơi nhận đầu tiên chưa ghi “{expected[2:-1]}”.", Part.RECIPIENT, [first], expected=expected
        )
