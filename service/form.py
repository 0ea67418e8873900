"""Looking at the form of a document: a file or a pasted text in, what Decree 30/2020/NĐ-CP says of it out.

Nothing is stored. A file is read, judged and forgotten; a page that offers a mended copy a moment later keeps the
bytes on a ``Tray``: in memory, for the session that sent them, for a quarter of an hour. What ``library.accept``
refuses is refused here as well, a secrecy mark before anything else is looked at.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from service import office
from service.checks.privacy import secrecy_mark
from service.docx_mender import mend
from service.errors import BadInput, NotFound, Secret, TooLarge
from service.kit import Kit
from service.library import display_name
from service.nd30.examine import check_text
from service.nd30.findings import DRAFT, ISSUED
from service.nd30.kinds import BY_ID
from service.nd30.laid_out import check_layout, kind_of
from service.nd30.outline import outline
from service.nd30.papers import components
from service.nd30.parts import Part
from service.nd30.rules import RULES, Check, Rule, Severity
from service.nd30.wording import wording
from service.parsers import PARSERS, Limits, check_suffix, parse, parse_layout
from service.parsers.pages import Box, Finder, PagePicture, draw_pages
from service.records import Block, Change, Finding, FormFinding, FormReport, Layout, Level, ParsedDocument, Spot

MODES = (DRAFT, ISSUED)
SUFFIXES = (*PARSERS, *office.SUFFIXES)

GROUPS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("Toàn văn bản", ((84, 84),)),
    ("Trang giấy, phông chữ, số trang", ((1, 12),)),
    ("Quốc hiệu, tiêu ngữ", ((13, 17),)),
    ("Tên cơ quan", ((18, 23),)),
    ("Số, ký hiệu", ((24, 32),)),
    ("Địa danh, thời gian", ((33, 40),)),
    ("Tên loại, trích yếu, kính gửi", ((41, 48),)),
    ("Nội dung", ((49, 63),)),
    ("Quyền hạn, chức vụ, chữ ký", ((64, 71),)),
    ("Nơi nhận", ((72, 76),)),
    ("Dấu chỉ dẫn, phụ lục, bản sao", ((77, 83),)),
    ("Viết hoa", ((85, 99),)),
    ("Lời văn, chính tả", ()),
)
"""The groups in which findings and rules are shown, in the order of the page, with the numbers of their rules; the
last one takes the rules that are not in the decree (ND30-X1 …)."""

LONGEST_REASON = 300
"""Characters of the reason for which a finding is let be."""

SHOWN_SPOTS = 12
"""A finding that occurs more often is marked at its first places only: a page full of marks shows nothing."""

_WORD_CHECKS = frozenset({Check.TEXT, Check.BOTH})
_ALL_CHECKS = _WORD_CHECKS | {Check.LAYOUT}
_DECREE_RULE = re.compile(r"ND30-(\d+)")
_LEVELS = list(Level)
_SEVERITIES = {severity.level: severity.value for severity in Severity} | {Level.CELEBRATORY: Severity.INFO.value}


def group_of(rule: str) -> str:
    """The group in which a rule is shown."""
    number = _DECREE_RULE.fullmatch(rule)
    if number:
        for title, ranges in GROUPS:
            if any(first <= int(number[1]) <= last for first, last in ranges):
                return title
    return GROUPS[-1][0]


def rules() -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """The rule table by group, for the page that explains it."""
    return tuple(
        (title, found)
        for title, _ in GROUPS
        if (found := tuple(rule for rule in RULES.values() if group_of(rule.id) == title))
    )


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


def examine(kit: Kit, filename: str, data: bytes, mode: str = DRAFT, kind: str | None = None) -> FormReport:
    """What Decree 30 says of a file; ``mode`` "issued" asks for number and date as well.

    ``kind`` is the id of the kind to judge it as, None to take what the document says of itself. Raises ``TooLarge``,
    ``WrongFormat``, ``Unreadable``, ``ScanWithoutText`` or ``Secret``.
    """
    _check_choice(mode, kind)
    name, word, parsed = _read(kit, filename, data)
    layout = parse_layout(word, _limits(kit)) if word else Layout(text_of(parsed), (), (), parsed.pages)
    text, told = layout.text, kind or kind_of(layout)
    blocks, starts = _components(text, () if word else parsed.blocks)
    if told is None:
        named = _titled(text)
        return FormReport(name, None, mode, False, blocks, notes=parsed.notes, pages=layout.pages, named=named)
    found = check_layout(layout, told, mode) if word else check_words(text, told, mode)
    findings, spots = _numbered(found, text, blocks, starts)
    changes = mend(word, mode)[1] if word and kind_of(layout) else ()
    return FormReport(
        name,
        told,
        mode,
        True,
        blocks,
        findings,
        spots,
        changes,
        parsed.notes,
        layout.pages,
        laid_out=word is not None,
        rules=sum(rule.check in (_ALL_CHECKS if word else _WORD_CHECKS) for rule in RULES.values()),
    )


def mended(
    kit: Kit, filename: str, data: bytes, mode: str = DRAFT, spare: Collection[str] = ()
) -> tuple[bytes, tuple[Change, ...]]:
    """A copy of the person's own file as .docx with what can safely be mended, and each change.

    What breaks the rules of ``spare`` is left as the person wants it.

    Raises what :func:`examine` raises, and ``BadInput`` when nothing can be mended in such a file.
    """
    _check_choice(mode, None)
    _, word, _ = _read(kit, filename, data)
    if word is None:
        raise BadInput("Chỉ sửa giúp được tệp Word. Anh/chị gửi tệp .docx để lấy bản đã sửa.")
    if kind_of(parse_layout(word, _limits(kit))) is None:
        raise BadInput("Tệp này không thuộc loại văn bản hành chính của Nghị định nên Học Vụ không sửa.")
    return mend(word, mode, spare)


def as_json(report: FormReport) -> dict[str, Any]:
    """A report as ``run.py check --json`` gives it; ``fix`` is what mending would put there, None where nothing."""
    fixes: dict[str, list[str]] = {}
    for change in report.changes:
        fixes.setdefault(change.rule, []).append(change.now)
    return {
        "file": report.file,
        "type": report.kind,
        "mode": report.mode,
        "in_scope": report.in_scope,
        "findings": [
            {
                "rule": one.finding.rule,
                "severity": _SEVERITIES[one.finding.level],
                "part": one.finding.part,
                "page": one.page,
                "title": one.finding.title,
                "seen": one.finding.seen,
                "expected": one.finding.expected,
                "fix": "; ".join(dict.fromkeys(fixes[one.finding.rule])) if one.finding.rule in fixes else None,
            }
            for one in report.findings
        ],
    }


def mended_name(filename: str) -> str:
    """What the mended copy of a file is called."""
    return f"{Path(display_name(filename)).stem}-da-sua.docx"


def _read(kit: Kit, filename: str, data: bytes) -> tuple[str, bytes | None, ParsedDocument]:
    """The shown name, the file as .docx when it is a Word file of any age, and its whole text, headers included."""
    name = display_name(filename)
    suffix = Path(name).suffix.lower()
    if suffix not in office.SUFFIXES:
        check_suffix(suffix)
    limit = kit.settings.upload_mb
    if len(data) > limit * 2**20:
        raise TooLarge(size=f"{len(data) / 2**20:.1f}".replace(".", ","), limit=limit)
    if suffix in office.SUFFIXES:
        data, suffix = office.to_docx(data, suffix, kit.settings.upload_seconds), ".docx"
    parsed = parse(data, suffix, _limits(kit))
    if mark := secrecy_mark(parsed.text):
        raise Secret(
            "Không nhận tệp này vì có dấu %(mark)s ở dòng %(line)s. Tệp chưa được lưu ở đâu cả.",
            mark=mark.mark,
            line=mark.line,
        )
    return name, data if suffix == ".docx" else None, parsed


def _limits(kit: Kit) -> Limits:
    return Limits(pages=kit.settings.upload_pages, seconds=kit.settings.upload_seconds)


def _check_choice(mode: str, kind: str | None) -> None:
    if mode not in MODES:
        raise BadInput("Anh/chị chọn “Dự thảo” hoặc “Phát hành”.")
    if kind is not None and kind not in BY_ID:
        raise BadInput("Anh/chị chọn một trong 29 loại văn bản hành chính.")


def check_words(text: str, kind: str, mode: str) -> tuple[Finding, ...]:
    """The rules that need no more than the words; of a PDF or a pasted text nothing else is known."""
    return (*check_text(text, kind, mode), *wording(outline(text), BY_ID[kind], mode))


def text_of(parsed: ParsedDocument) -> str:
    """The text in the form of ``Layout.text``: a row of a table between bars."""
    return "\n".join(f"| {block.text} |" if block.kind == "row" else block.text for block in parsed.blocks)


def _titled(text: str) -> str | None:
    """The kind whose name alone tells what a text is: no motto, no number stands above the title."""
    found = outline(text)
    bare = not any(found.has(part) for part in (Part.NATION, Part.MOTTO, Part.SIGN))
    return found.kind.id if found.kind and bare and found.has(Part.TITLE) else None


def _components(text: str, read: Sequence[Block]) -> tuple[tuple[Block, ...], list[int]]:
    """The components of a text as blocks, each with its component as kind, and where each begins in the text.

    ``read`` are the blocks that the text was joined from, where they know their pages.
    """
    found = components(text)
    joined = [0, *accumulate(len(block.text) + (5 if block.kind == "row" else 1) for block in read)]
    pages = [read[min(bisect_right(joined, one.start), len(read)) - 1].page if read else None for one in found]
    blocks = tuple(
        Block(one.text, f"d{n}", one.part.value, page)
        for n, (one, page) in enumerate(zip(found, pages, strict=True), start=1)
    )
    return blocks, [one.start for one in found]


def _numbered(
    found: Sequence[Finding], text: str, blocks: Sequence[Block], starts: Sequence[int]
) -> tuple[tuple[FormFinding, ...], tuple[Spot, ...]]:
    """Findings by group, the essential ones of each group first, numbered in this order; and where they stand."""
    order = [title for title, _ in GROUPS]
    ordered = sorted(found, key=lambda one: (order.index(group_of(one.rule)), _LEVELS.index(one.level)))
    findings, spots = [], []
    for number, finding in enumerate(ordered, start=1):
        places = [(span.start, span.end) for span in finding.spans if span.start < span.end]
        if not places and len(finding.seen) > 2 and text.count(finding.seen) == 1:
            at = text.index(finding.seen)
            places = [(at, at + len(finding.seen))]
        mine = [spot for place in places[:SHOWN_SPOTS] for spot in _spots(number, *place, blocks, starts)]
        page = blocks[mine[0].block].page if mine else None
        findings.append(FormFinding(number, group_of(finding.rule), finding, max(1, len(places)), page))
        spots += mine
    return tuple(findings), tuple(spots)


def _spots(number: int, start: int, end: int, blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[Spot]:
    """The blocks that a stretch of the text lies on, each with its share of it."""
    for n in range(max(0, bisect_right(starts, start) - 1), len(blocks)):
        if starts[n] >= end:
            return
        left, right = max(0, start - starts[n]), min(len(blocks[n].text), end - starts[n])
        if left < right:
            yield Spot(number, n, left, right)


# ── pictures of the pages ───────────────────────────────────────────────────────────────────────

PICTURED = 12
"""So many pages are drawn; a longer document is shown as text from there on."""


@dataclass(frozen=True)
class Pictured:
    """A stretch on the picture of a page that a finding speaks of; ``anchor`` is that of its block, once each."""

    number: int
    page: int
    box: Box
    anchor: str = ""
    first: bool = False


def can_draw(filename: str) -> bool:
    """Whether pages of such a file can be pictures: a PDF always, other documents with LibreOffice."""
    suffix = Path(filename).suffix.lower()
    return suffix == ".pdf" or (suffix in (".docx", *office.SUFFIXES) and office.installed())


def draw(kit: Kit, filename: str, data: bytes) -> tuple[PagePicture, ...]:
    """The first pages as pictures. Raises ``WrongFormat`` without LibreOffice, else what reading the file raises."""
    suffix, seconds = Path(filename).suffix.lower(), kit.settings.upload_seconds
    if suffix in office.SUFFIXES:
        data = office.to_docx(data, suffix, seconds)
    if suffix != ".pdf":
        data = office.to_pdf(data, seconds)
    return draw_pages(data, PICTURED, Limits(seconds=seconds))


def pictured(report: FormReport, pages: Sequence[PagePicture]) -> tuple[Pictured, ...]:
    """Where the spots of a report stand on its pages; what the pages show otherwise has no place."""
    finder = Finder(pages, [block.text for block in report.blocks])
    found: list[Pictured] = []
    numbers: set[int] = set()
    blocks: set[int] = set()
    for spot in report.spots:
        for page, box in finder.boxes(spot.block, spot.start, spot.end):
            anchor = "" if spot.block in blocks else f"b{spot.block}"
            found.append(Pictured(spot.number, page, box, anchor, spot.number not in numbers))
            blocks.add(spot.block)
            numbers.add(spot.number)
    return tuple(found)


# ── the tray ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Paper:
    """A file with what was said of it."""

    file: str
    data: bytes
    report: FormReport
    kind: str | None = None  # what the person asked for
    pages: tuple[PagePicture, ...] | None = None  # None until they are drawn
    ignored: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (rule, part) → the person's reason

    @property
    def size(self) -> int:
        """About how much memory it holds, in bytes."""
        drawn = sum(len(page.png) + 300 * len(page.letters) for page in self.pages or ())
        return len(self.data) + 4 * sum(len(block.text) + 100 for block in self.report.blocks) + drawn

    def reason(self, one: FormFinding) -> str:
        """Why the person lets a finding be; empty when it stands."""
        return self.ignored.get((one.finding.rule, one.finding.part), "")

    @property
    def spared(self) -> frozenset[str]:
        """The rules whose breaches the person lets be: mending leaves them alone."""
        return frozenset(rule for rule, _ in self.ignored)

    def ignoring(self, number: int, reason: str) -> Paper:
        """The same with a finding let be for a reason, or, when the reason is empty, taken up again.

        Raises ``NotFound`` for a number that is none, ``BadInput`` for a reason that is too long.
        """
        one = next((one for one in self.report.findings if one.number == number), None)
        if one is None:
            raise NotFound("Không còn góp ý này. Anh/chị tải lại trang.")
        reason = " ".join(reason.split())
        if len(reason) > LONGEST_REASON:
            raise BadInput("Lý do dài quá. Anh/chị ghi gọn trong một câu.")
        others = {key: why for key, why in self.ignored.items() if key != (one.finding.rule, one.finding.part)}
        return replace(self, ignored=others | ({(one.finding.rule, one.finding.part): reason} if reason else {}))


class Tray:
    """Papers that are being looked at. Nobody but the session that laid one down gets it back, and none is written
    to disk; the oldest go when there are too many, and after ``minutes`` every one of them."""

    def __init__(
        self, *, minutes: float = 15, each: int = 8, megabytes: int = 128, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._minutes, self._each, self._bytes, self._now = minutes, each, megabytes * 2**20, now
        self._lock = threading.Lock()
        self._papers: OrderedDict[tuple[str, str], tuple[float, Paper]] = OrderedDict()

    def put(self, session: str, paper: Paper, token: str = "") -> str:
        """Lay a paper down, in the place of the one with this token if there is one; returns its token."""
        token = token or secrets.token_urlsafe(18)
        with self._lock:
            self._papers.pop((session, token), None)
            self._papers[session, token] = (self._now(), paper)
            self._clear(session)
        return token

    def get(self, session: str, token: str) -> Paper:
        """The paper. Raises ``NotFound`` when it is somebody else's, too old, or had to make room."""
        with self._lock:
            self._clear(session)
            if (session, token) not in self._papers:
                raise NotFound(
                    "Kết quả soi này không còn: Học Vụ chỉ giữ 15 phút, trong phiên đăng nhập đã gửi tệp. "
                    "Anh/chị đưa tệp vào soi lại."
                )
            return self._papers[session, token][1]

    def _clear(self, session: str) -> None:
        oldest = self._now() - self._minutes * 60
        for key in [key for key, (at, _) in self._papers.items() if at < oldest]:
            del self._papers[key]
        mine = [key for key in self._papers if key[0] == session]
        for key in mine[: -self._each]:
            del self._papers[key]
        while len(self._papers) > 1 and sum(paper.size for _, paper in self._papers.values()) > self._bytes:
            self._papers.popitem(last=False)
