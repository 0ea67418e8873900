"""How a read document is laid out as a sheet of paper again, by the form of Decree 30/2020/NĐ-CP, Phụ lục I.

The parsers keep the order of the text, not its looks: what stood in two columns comes out one line under the other.
This module finds the heading, the title, the addressees, tables and the foot by their fixed words and places. What it
does not know stays a plain paragraph: no word is left out, and each block keeps its own anchor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from service.checks.citations import telling_cells
from service.nd30.kinds import KINDS
from service.nd30.outline import heads_law_or_form
from service.nd30.papers import components, papers
from service.records import Block, Passage
from service.text import normalise_tone

HEAD_REACH = 14
"""The heading lies within the first blocks; further down nothing is taken for one."""

_TITLES = frozenset(kind.title for kind in KINDS)
_NATION = re.compile(r"CỘNG (?:HÒA|HOÀ) XÃ HỘI", re.IGNORECASE)
_MOTTO = re.compile(r"Độc lập\s*[-–]\s*Tự do", re.IGNORECASE)
_DATED = re.compile(r"[^.;:]{0,40}ngày\b[^.;]*tháng\b[^.;]*năm\b[^.;]{0,8}$", re.IGNORECASE)
_CODE = re.compile(r"Số\s*:", re.IGNORECASE)
_CODE_AND_PLACE = re.compile(r"(Số\s*:\s*\S+)\s+(\D.*\bngày\b.*\bnăm\b.*)", re.IGNORECASE)
_ABOUT = re.compile(r"V/v\b", re.IGNORECASE)
_TO = re.compile(r"(?:Kính gửi|.{0,60}điện)\s*:", re.IGNORECASE)
_SENT_TO = re.compile(r"Nơi nhận\s*:", re.IGNORECASE)
_RECIPIENT = re.compile(r"[-–+]\s*|Lưu\s*:")
_OFFICE = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.|THƯ KÝ|CHỦ TỌA|CHỦ TOẠ|CHỦ TRÌ|NGƯỜI GHI|CHỦ TỊCH|PHÓ |GIÁM ĐỐC|CHÁNH |TRƯỞNG |BÍ THƯ"
    r"|BỘ TRƯỞNG|HIỆU TRƯỞNG|ĐẠI DIỆN"
)
_CHAPTER = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục|Phụ lục)\s+(?:thứ\s|số\s|[IVXLC\d]+\b)|PHỤ LỤC\b", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+\d+\w?\s*\.|[IVX]+\.\s")
_COUNCIL = re.compile(r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG) NHÂN DÂN$")
_PLACE_NAME = re.compile(r"(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU)\s")
_OPENING = re.compile(r"Kính gửi|Căn cứ|Theo đề nghị|Thực hiện |Hôm nay")
_NAMED = re.compile(r"Về |\(")
_FIGURE = re.compile(r"[-–+]?[\d.,]*\d%?|[-–]")
_END = (".", ";", ":", ",", "/.")


@dataclass(frozen=True)
class Piece:
    """One block, or one of the two halves of a row, as it is printed.

    ``role`` is the class of its element, ``cells`` its texts (one, or those of a table row). The ``anchored`` piece of
    a block carries its id. ``starts`` are the cited passages that begin here, ``within`` all that cover it. ``told``
    are the cells of a shown row that hold what was said.
    """

    kind: str
    n: int
    cells: tuple[str, ...]
    role: str = ""
    box: int = 0
    anchored: bool = True
    starts: tuple[int, ...] = ()
    within: tuple[int, ...] = ()
    shown: bool = False
    told: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The printed lines of the first cell."""
        return _lines(self.cells[0])


@dataclass(frozen=True)
class Part:
    """A stretch of the paper: head, title, to, text, table, foot or margin (page headers and footers).

    The head has five boxes: bodies, state name and motto, number, place and date, subject of a công văn. The foot has
    one box per signer and one for the recipients; every other part has one box.
    """

    kind: str
    boxes: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.boxes[0]


NAMES, NATION, CODE, PLACE, ABOUT = range(5)
"""The boxes of the head."""


def paper_parts(
    blocks: Sequence[Block],
    passages: Sequence[Passage] = (),
    shown: tuple[int, int] | None = None,
    says: str = "",
) -> tuple[Part, ...]:
    """Lay out a document.

    :param passages: those of this document that an answer cites; their numbers stand in the margin.
    :param shown: first and last block (counted from 0) to highlight.
    :param says: the sentence for which they are shown; of a table only the cells that hold its words stand out.
    """
    pieces = [
        replace(
            piece,
            starts=tuple(p.number for p in passages if p.first == piece.n and piece.anchored),
            within=tuple(p.number for p in passages if p.first <= piece.n <= p.last),
            shown=shown is not None and shown[0] <= piece.n <= shown[1],
        )
        for piece in _walk(blocks)
    ]
    rows = [n for n, piece in enumerate(pieces) if piece.kind == "table" and piece.shown] if says else []
    for n, told in zip(rows, telling_cells(says, [pieces[n].cells for n in rows]), strict=True):
        pieces[n] = replace(pieces[n], told=told)
    return tuple(_part(kind, tuple(run)) for kind, run in groupby(pieces, key=lambda piece: piece.kind))


def component_parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Lay out a document whose blocks already name their component as kind (``nd30.outline.Part``).

    What is misspelt stands in its place all the same, so that the fault is seen where it is.
    """
    pieces, head = list[Piece](), True
    minutes = any(block.kind == "secretary_title" for block in blocks)
    for n, block in enumerate(blocks):
        kind, role, box = _COMPONENTS.get(block.kind, ("head" if head else "text", "", NAMES))
        head = head and kind == "head"
        if kind == "head" and block.kind not in _COMPONENTS:
            kind = "margin"  # what stands about the head and is none of its parts
        if minutes and block.kind.startswith("recipient"):
            box = 3  # below the two who sign
        text = block.text.strip()
        cells = _cells(text.strip("|")) if kind == "table" else (text,)
        pieces.append(Piece(kind, n, cells, _body_role(block, text) if block.kind == "body" else role, box))
    top = [piece for piece in pieces if piece.kind == "head"]
    runs = groupby((piece for piece in pieces if piece.kind != "head"), key=lambda piece: piece.kind)
    parts = [_part("head", _ranked(top))] if top else []
    return (*parts, *(_part(kind, tuple(run)) for kind, run in runs))


@dataclass(frozen=True)
class Sheet:
    """A paper of an exercise's text on its desk: the ``parts`` of a document, or a note that has none.

    ``number`` counts the documents of the text from 1, ``blocks`` are (where it begins in that text, its words).
    """

    text: str
    start: int
    heading: str = ""
    number: int = 0
    parts: tuple[Part, ...] = ()
    blocks: tuple[tuple[int, str], ...] = ()

    def start_of(self, piece: Piece, cell: int = 0) -> int:
        """Where a cell of a piece begins in the whole text."""
        start, words = self.blocks[piece.n]
        return start + cell_start(words, piece.cells, cell)


def sheets(text: str) -> tuple[Sheet, ...]:
    """The text of an input as papers, in their order; their words are those that the model and the checks get."""
    found: list[Sheet] = []
    for one in papers(text):
        if not one.document:
            found.append(Sheet(one.text, one.start, one.heading))
            continue
        lines = components(one.text)
        parts = component_parts([Block(line.text, "", line.part.value) for line in lines])
        number = 1 + sum(bool(sheet.number) for sheet in found)
        blocks = tuple((one.start + line.start, line.text) for line in lines)
        found.append(Sheet(one.text, one.start, one.heading, number, parts, blocks))
    return tuple(found)


def cell_start(text: str, cells: Sequence[str], cell: int) -> int:
    """Where a cell begins in the text of its block, which holds the cells in their order."""
    at = 0
    for before in cells[:cell]:
        at = text.index(before, at) + len(before)
    return text.index(cells[cell], at)


def _part(kind: str, pieces: Sequence[Piece]) -> Part:
    boxes = range(5) if kind == "head" else sorted({piece.box for piece in pieces})
    return Part(kind, tuple(tuple(piece for piece in pieces if piece.box == box) for box in boxes))


def _walk(blocks: Sequence[Block]) -> list[Piece]:
    """Down the paper once: head, then title or addressees, then body with tables, feet and annexes."""
    found: list[Piece] = []
    at = _head(blocks, found)
    at = _title(blocks, at, found) if at else 0
    while at < len(blocks):
        block, text = blocks[at], blocks[at].text.strip()
        end = _foot(blocks, at, found)
        if end > at:
            at = end
            continue
        if block.kind in ("header", "footer"):
            found.append(Piece("margin", at, (text,)))
        elif block.kind == "row":
            found += _row(at, text)
        elif _is_to(text, found):
            found.append(Piece("to", at, (text,), "item" if text.startswith("-") else ""))
        else:
            found.append(Piece("text", at, (text,), _body_role(block, text)))
        at += 1
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in text.split("|"))


def _is_to(text: str, found: Sequence[Piece]) -> bool:
    """«Kính gửi: …» before the body, and the list under a «Kính gửi:» that ends with its colon."""
    if found and found[-1].kind == "to":
        return text.startswith("-") and (found[-1].role == "item" or found[-1].cells[0].endswith(":"))
    return bool(_TO.match(text)) and not any(piece.kind == "text" for piece in found)


def is_figure(cell: str) -> bool:
    """True for a cell that holds nothing but a number: «1.935», «90,0», «–»."""
    return bool(_FIGURE.fullmatch(cell))


def _row(n: int, text: str) -> list[Piece]:
    """A row of a table, or a foot whose two columns the parser kept together."""
    cells = _cells(text)
    if len(cells) == 2 and any(_SENT_TO.match(cell) or _OFFICE.match(cell) for cell in cells):
        return [
            Piece("foot", n, (cell,), "label" if _SENT_TO.match(cell) else "office", box, box == 0)
            for box, cell in enumerate(cells)
        ]
    return [Piece("table", n, cells)]


# ── head and title ──────────────────────────────────────────────────────────────────────────────


def _head(blocks: Sequence[Block], found: list[Piece]) -> int:
    """Place the heading, if there is one; returns the block after it, else 0."""
    start = next((n for n, block in enumerate(blocks) if block.kind not in ("header", "footer")), 0)
    early = blocks[start : start + HEAD_REACH]
    if not any(_NATION.search(block.text) for block in early):
        return 0
    pieces: list[Piece] = []
    for n, block in enumerate(early, start):
        beside = _CODE_AND_PLACE.fullmatch(block.text.strip())
        halves = _cells(block.text) if block.kind == "row" else beside.groups() if beside else (block.text.strip(),)
        boxes = [_head_box(half) for half in halves]
        if len(halves) > 2 or None in boxes:
            break
        pieces += (
            Piece("head", n, (half,), _ROLES[box], box, anchored=half is halves[0])
            for half, box in zip(halves, boxes, strict=True)
            if box is not None
        )
    found += (Piece("margin", n, (blocks[n].text.strip(),)) for n in range(start))
    found += _ranked(pieces)
    return pieces[-1].n + 1 if pieces else 0


def _head_box(text: str) -> int | None:
    """The box of the heading a line belongs to; None when the heading is over."""
    for pattern, box in ((_NATION, NATION), (_MOTTO, NATION), (_CODE, CODE), (_ABOUT, ABOUT), (_DATED, PLACE)):
        if pattern.match(text):
            return box
    return NAMES if text.isupper() and not _is_title(text) else None


def _is_title(text: str) -> bool:
    """True where the first line of a block names the kind of document, one of Decree 30, a law or a form."""
    line = _first_line(text)
    return line in _TITLES or heads_law_or_form(line)


def _first_line(text: str) -> str:
    return normalise_tone(text.strip().partition("\n")[0].strip())


_COMPONENTS = {
    "nation": ("head", "nation", NATION),
    "motto": ("head", "motto", NATION),
    "issuer": ("head", "body-name", NAMES),
    "sign": ("head", "code", CODE),
    "place_date": ("head", "place", PLACE),
    "about": ("head", "about", ABOUT),
    "title": ("title", "", 0),
    "subject": ("title", "", 0),
    "addressed": ("to", "", 0),
    "addressee": ("to", "item", 0),
    "body": ("text", "", 0),
    "table": ("table", "", 0),
    "secretary_title": ("foot", "office", 0),
    "secretary": ("foot", "name", 0),
    "recipients": ("foot", "label", 1),
    "recipient": ("foot", "item", 1),
    "authority": ("foot", "office", 2),
    "note": ("foot", "note", 2),
    "signer": ("foot", "name", 2),
}
"""Component → part of the paper, role and box. A signer stands right of «Nơi nhận», or of the secretary."""

_ROLES = {NAMES: "body-name", NATION: "nation", CODE: "code", PLACE: "place", ABOUT: "about"}


def _ranked(pieces: Sequence[Piece]) -> list[Piece]:
    """Tell the superior body from the issuing one, and the motto from the state's name."""
    above = _superiors([piece.lines for piece in pieces if piece.box == NAMES])
    ranked = []
    for piece in pieces:
        if piece.box == NATION and _MOTTO.match(piece.cells[0]):
            piece = replace(piece, role="motto")
        elif piece.box == NAMES and above > 0:
            above -= 1
            piece = replace(piece, role="parent")
        ranked.append(piece)
    return ranked


def _superiors(names: Sequence[tuple[str, ...]]) -> int:
    """How many blocks name the superior body.

    In a Word file each body is one block. In a PDF each line is: «ỦY BAN NHÂN DÂN / XÃ …» is one body there, and
    «ỦY BAN NHÂN DÂN / TỈNH … / SỞ …» are two.
    """
    if len(names) < 2 or any(len(lines) > 1 for lines in names):
        return len(names[:-1])
    if _COUNCIL.match(names[0][0]):
        return 2 if len(names) > 2 and _PLACE_NAME.match(names[1][0]) else 0
    return 1


def _title(blocks: Sequence[Block], at: int, found: list[Piece]) -> int:
    """Place the name of the kind and the subject under it; returns the block after them.

    Under the title of a law or a form the text may begin at once, with «Điều 1» or «Họ, tên».
    """
    free = at < len(blocks) and heads_law_or_form(_first_line(blocks[at].text))
    for n in range(at, min(at + 4, len(blocks))):
        text = blocks[n].text.strip()
        if n == at and not _is_title(text):
            return at
        if blocks[n].kind == "row" or text.endswith(_END) or len(text) > 300:
            return n
        if _OPENING.match(text) or _CHAPTER.match(text):
            return n
        if n > at and free and not (text.isupper() or _NAMED.match(text)):
            return n
        found.append(Piece("title", n, (text,)))
        if not text.isupper():
            return n + 1
    return min(at + 4, len(blocks))


# ── body and foot ───────────────────────────────────────────────────────────────────────────────


def _body_role(block: Block, text: str) -> str:
    short = len(text) < 160
    if short and (_CHAPTER.match(text) or text.isupper()):
        return "chapter"
    if (short and _ARTICLE.match(text)) or block.kind == "heading":
        return "article"
    return "box" if block.kind == "box" else ""


def _foot(blocks: Sequence[Block], at: int, found: list[Piece]) -> int:
    """Place the recipients or the signer that begin at a block; returns the block after them, or ``at`` if none do."""
    texts = [block.text.strip() for block in blocks[at : at + 40] if block.kind != "row"]
    box = found[-1].box + 1 if found and found[-1].kind == "foot" else 0
    if blocks[at].kind == "row" or not texts:
        return at
    if _SENT_TO.match(texts[0]):
        items = takewhile(_RECIPIENT.match, texts[1:])
        roles = ["label", *("" for _ in items)]
    elif _OFFICE.match(texts[0]) and texts[0].isupper():
        offices = list(takewhile(str.isupper, texts[:5]))
        names = list(takewhile(_is_name, texts[len(offices) :]))
        if not names and not box:
            return at  # capitals in the body, not a signature
        roles = ["office"] * len(offices) + ["note" if name.startswith("(") else "name" for name in names]
    else:
        return at
    found += (Piece("foot", at + k, (texts[k],), role, box) for k, role in enumerate(roles))
    return at + len(roles)


def _is_name(text: str) -> bool:
    """«Bùi Thị Minh Chứng», «(Đã ký)»: a few words, each with a capital, or a note in brackets."""
    words = text.split()
    named = all(word[0].isupper() for word in words) and not text.isupper()
    return 1 < len(words) <= 6 and (named or text.startswith("("))
