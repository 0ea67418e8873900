"""A document of Decree 30: its parts, how it is set on paper, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.records.checks import Finding
from service.records.documents import Block


@dataclass(frozen=True)
class Table:
    """A table in the body of a document: rows of cells, the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Appendix:
    """An attachment, on pages of its own; its number and the line «(Kèm theo …)» follow from the document."""

    title: str
    body: tuple[str | Table, ...] = ()


@dataclass(frozen=True)
class CertifiedCopy:
    """The stamp below a document that makes a copy of it (Phụ lục I, phần II, mục II).

    ``form`` is «SAO Y», «SAO LỤC» or «TRÍCH SAO»; the other parts are those of the body that copies, as in ``Draft``.
    """

    form: str
    issuer: str = ""
    sign: str = ""  # "15/SY-UBND"
    place: str = ""
    dated: str = ""
    authority: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A document in the parts of Decree 30/2020/NĐ-CP, Điều 8; box numbers are those of Phụ lục I.

    ``body`` paragraphs are plain text; the writer styles them by what they are (căn cứ, Điều, Chương …).
    Values that are not known yet stay empty, and ``sign`` then starts with "/" ("/TB-UBND").
    """

    kind: str
    superior: str = ""  # 2, cơ quan chủ quản
    issuer: str = ""  # 2, cơ quan ban hành
    sign: str = ""  # 3, "12/TB-UBND"
    place: str = ""  # 4, địa danh
    dated: str = ""  # 4, "ngày 05 tháng 6 năm 2026"
    subject: str = ""  # 5a or 5b, trích yếu without "V/v"
    addressees: tuple[str, ...] = ()  # 9a, Kính gửi
    body: tuple[str | Table, ...] = ()  # 6
    authority: tuple[str, ...] = ()  # 7a, lines of quyền hạn and chức vụ
    signer: str = ""  # 7b
    recipients: tuple[str, ...] = ()  # 9b, items without the leading dash
    secretary: str = ""  # biên bản only: the name under THƯ KÝ
    counterpart: tuple[str, ...] = ()  # the other party of a contract or an agreement: its quyền hạn, chức vụ
    countersigner: str = ""  # and the name under them
    appendices: tuple[Appendix, ...] = ()
    copy: CertifiedCopy | None = None


@dataclass(frozen=True)
class Detail:
    """A number, date or name that a person must verify before the text is used.

    ``ticked``: it has been; ``wrong``: it was, and must be mended.
    """

    key: str
    text: str
    where: str
    found: bool
    ticked: bool
    passage: int | None = None
    wrong: bool = False


@dataclass(frozen=True)
class StoredDraft:
    """A draft on somebody's bench; ``version`` grows by one with each save and guards against two tabs."""

    id: int
    user_id: int
    attempt_id: int | None
    title: str
    draft: Draft
    ticked: tuple[str, ...]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class RunLook:
    """How a stretch of a laid-out document is set; offsets into ``Layout.text``, ``size`` in points.

    Styles, defaults and theme fonts are already resolved. ``fonts`` holds the fonts of plain and of marked letters,
    once when they are the same; ``colour`` is six hexadecimal digits, empty for Word's automatic black.
    """

    start: int
    end: int
    fonts: tuple[str, ...]
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Place:
    """The cell of a table: numbers from 1; ``frame`` when the table only sets text side by side, without lines."""

    table: int
    row: int
    column: int
    columns: int
    frame: bool = True


@dataclass(frozen=True)
class Line:
    """One paragraph of a laid-out document, an empty one too. Indents in mm, gaps in points.

    ``anchor`` ("p12") counts the paragraphs of the file and stays the same for the same bytes. ``line`` is a multiple
    of a single line, or points when ``line_rule`` is "exact" or "atLeast". ``label`` is the number or dash that Word
    itself puts before the text; it opens the stretch ``start``–``end``. ``above`` and ``below`` name the drawn line
    over and under the paragraph ("single", "dashed" …).
    """

    anchor: str
    start: int
    end: int
    runs: tuple[RunLook, ...] = ()
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    label: str = ""
    style: str = ""
    section: int = 0
    place: Place | None = None
    boxed: bool = False
    above: str = ""
    below: str = ""
    decomposed: bool = False
    break_before: bool = False


@dataclass(frozen=True)
class PageNumber:
    """A page number field: ``where`` is header or footer, ``pages`` is default, first or even."""

    where: str
    pages: str
    align: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Section:
    """A section of a laid-out document; lengths in mm, ``left`` without the ``gutter``."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float = 0.0
    landscape: bool = False
    different_first: bool = False
    numbers: tuple[PageNumber, ...] = ()
    number_format: str = "decimal"
    number_start: int | None = None
    has_table: bool = False


@dataclass(frozen=True)
class Layout:
    """A Word document as it is set: its text (NFC), its sections and its paragraphs in reading order.

    ``pages`` is what the program that saved the file counted, None when it said nothing; ``pictures`` counts images.
    """

    text: str
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    pages: int | None = None
    pictures: int = 0

    def text_of(self, line: Line) -> str:
        """The text of a paragraph, its automatic number included."""
        return self.text[line.start : line.end]


@dataclass(frozen=True)
class Change:
    """One thing that was mended in a person's own document: the rule, the part, what stood there and what does now."""

    rule: str
    part: str
    seen: str
    now: str


@dataclass(frozen=True)
class FormFinding:
    """A finding on the form of a document: its number on the page, and the group of rules and the page it belongs to.

    ``count`` is how often it occurs; ``page`` counts from 1 and is known for PDF only.
    """

    number: int
    group: str
    finding: Finding
    count: int = 1
    page: int | None = None


@dataclass(frozen=True)
class Spot:
    """A stretch of a block that a finding speaks of: the finding's number, the block from 0, offsets into its text."""

    number: int
    block: int
    start: int
    end: int


@dataclass(frozen=True)
class FormReport:
    """What Decree 30 says of a file. ``in_scope`` is False for a document that the decree does not govern.

    ``blocks`` are the components of the document in reading order, each with its component (``nd30.outline.Part``) as
    kind. ``mode`` is "draft" or "issued"; ``kind`` one of the 29 kinds, None out of scope; ``changes`` is what mending
    the file would change now, empty when nothing is safe to change or the file is not a Word file; ``rules`` is how
    many rules were asked, fewer when only the words are known (``laid_out`` False).
    """

    file: str
    kind: str | None
    mode: str
    in_scope: bool
    blocks: tuple[Block, ...]
    findings: tuple[FormFinding, ...] = ()
    spots: tuple[Spot, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    pages: int | None = None
    laid_out: bool = False
    rules: int = 0

    @property
    def mendable(self) -> bool:
        """True when a mended copy of the file can be made."""
        return bool(self.changes)
