"""Plain text → the components of Decree 30 found in it.

Recognition is lenient on purpose: a line that is meant as the số, ký hiệu is found even when its colon is missing, so
that the checker can say what is wrong with it. Markdown marks, two columns set with spaces, tabs or table bars, missing
components and a foreign order are all tolerated. What is not recognised belongs to the body.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from service.nd30 import phrases
from service.nd30.body import GROUND, ORDER, is_caps
from service.nd30.kinds import BY_ID, KINDS, Kind, kind_of_sign, kind_of_title
from service.text import fold, nfc, normalise_tone

_T = TypeVar("_T")


class Part(StrEnum):
    """The components; several lines of one component are several entries."""

    NATION = "nation"
    MOTTO = "motto"
    ISSUER = "issuer"  # every line of box 2, the superior body's included
    SIGN = "sign"
    PLACE_DATE = "place_date"
    ABOUT = "about"  # «V/v …» of a công văn
    TITLE = "title"
    SUBJECT = "subject"
    ADDRESSED = "addressed"  # «Kính gửi» or «… điện:»
    ADDRESSEE = "addressee"
    BODY = "body"
    TABLE = "table"
    RECIPIENTS = "recipients"  # the words «Nơi nhận»
    RECIPIENT = "recipient"
    AUTHORITY = "authority"
    SIGNER = "signer"
    SECRETARY_TITLE = "secretary_title"
    SECRETARY = "secretary"
    MARK = "mark"  # «HỎA TỐC», «LƯU HÀNH NỘI BỘ»
    NOTE = "note"  # «(Ký tên, đóng dấu)»
    OTHER = "other"  # a line of the head that is none of the above, or what follows the signature
    CHAT = "chat"  # what a model says around the document


PART_NAMES = {
    Part.NATION: "Quốc hiệu",
    Part.MOTTO: "Tiêu ngữ",
    Part.ISSUER: "Tên cơ quan ban hành",
    Part.SIGN: "Số, ký hiệu",
    Part.PLACE_DATE: "Địa danh, thời gian",
    Part.ABOUT: "Trích yếu",
    Part.TITLE: "Tên loại",
    Part.SUBJECT: "Trích yếu",
    Part.ADDRESSED: "Kính gửi",
    Part.ADDRESSEE: "Kính gửi",
    Part.BODY: "Nội dung",
    Part.TABLE: "Nội dung",
    Part.RECIPIENTS: "Nơi nhận",
    Part.RECIPIENT: "Nơi nhận",
    Part.AUTHORITY: "Quyền hạn, chức vụ",
    Part.SIGNER: "Họ tên người ký",
    Part.SECRETARY_TITLE: "Thư ký",
    Part.SECRETARY: "Thư ký",
}


@dataclass(frozen=True)
class Found:
    """A component where it stands: ``text`` without Markdown marks, offsets into the outlined text."""

    part: Part
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Outline:
    """The components of ``text`` (NFC) in reading order, and the kind its own words tell, if any."""

    text: str
    kind: Kind | None
    found: tuple[Found, ...]
    plain: str  # ``text`` with the tone marks in the new place, for matching; every letter stands where it stood

    @cached_property
    def _by_part(self) -> dict[Part, tuple[Found, ...]]:
        return {part: tuple(item for item in self.found if item.part is part) for part in {i.part for i in self.found}}

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each entry of ``found`` begins, in order."""
        return tuple(item.start for item in self.found)

    def all(self, *parts: Part) -> tuple[Found, ...]:
        """Every entry of these components, in reading order."""
        groups = [self._by_part[part] for part in parts if part in self._by_part]
        if len(groups) < 2:
            return groups[0] if groups else ()
        return tuple(sorted((item for group in groups for item in group), key=lambda item: item.start))

    def first(self, part: Part) -> Found | None:
        """The first entry of a component, None when it is missing."""
        return next(iter(self.all(part)), None)

    def has(self, part: Part) -> bool:
        return part in self._by_part

    def matches(
        self, pattern: re.Pattern[str], *parts: Part, plain: bool = False, group: int | str = 0
    ) -> Iterator[Found]:
        """What a pattern finds inside entries of these components, in ``plain`` if asked.

        One run over the whole text: a thousand short runs cost more than the matching itself. For the same reason a
        pattern should begin with a letter or a class of few letters and ask afterwards for what has to stand before.
        """
        for match in pattern.finditer(self.plain if plain else self.text):
            start, end = match.span(group)
            item = self.found[max(0, bisect_right(self.starts, match.start()) - 1)] if self.found else None
            if item and item.part in parts and item.start <= match.start() and match.end() <= item.end:
                yield Found(item.part, self.text[start:end], start, end)

    def over(self, start: int, end: int) -> tuple[Found, ...]:
        """The entries that hold some of a stretch of the text."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return tuple(item for item in self.found[first : bisect_left(self.starts, end)] if start < item.end)


# ── lines and columns ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Piece:
    """A line, or one column of a line. ``plain`` is ``text`` with the tone marks in the new place, for matching."""

    text: str
    start: int
    end: int
    plain: str
    after_blank: bool = False
    row: bool = False


_HOLE = r"(?:\[[^\[\]\n]{0,80}\]|[.…_]{2,}|…)"  # a place left open: «[cần bổ sung]», «……»
HOLE = re.compile(_HOLE)
_FIGURE = rf"(?:\d{{1,4}}|{_HOLE}|)"
_EDGE = "*_`#> \t\u00a0\u2003"
_EMPHASIS = re.compile(r"[*_`](?:(?<=`)|(?<=\*)\*|(?<=_)_)")
_RULED = re.compile(r"[\s*_\-–—─=~`|:]+(?:html|text|markdown)?")
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^|]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COLUMNS = re.compile(
    r"(?<!số:)(?<!ngày)(?<!tháng)(?<!năm)(?:[ \u00a0\u2003]{3,}|\t+| \| )(?!/|tháng|năm)", re.IGNORECASE
)
_RUN_ON = re.compile(  # two components on one line with nothing but a space between them
    r"\s+(?=cộng hòa xã hội chủ nghĩa)|\s+(?=độc lập\s*[-–—]\s*tự do)", re.IGNORECASE
)
_GAPS = ("   ", "\t", " | ", "\u00a0", "\u2003")  # without one of these there is nothing for _COLUMNS to find
_RUN_ON_CUES = ("cộng hòa xã hội", "độc lập")
_SIGN_THEN_DATE = re.compile(r"(số\s*:?\s*\S*/\S+)\s+(\S.*,\s*ngày\b.*)", re.IGNORECASE)

_NATION = re.compile(r"cong hoa (xa hoi|xhcn)")
_SIGN = re.compile(rf"s[ốo]\b\s*[:.;]?\s*(?:[^/\n]{{0,20}}/.{{0,30}}|\d+[^\s/]*-\S{{1,20}}|{_HOLE}|)", re.IGNORECASE)
_PLACE_DATE = re.compile(
    r"[^:;.\n]{0,45}?(?:ngày\b.{0,40}?(?:tháng\b|[/-])\s*.{0,40}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})",
    re.IGNORECASE,
)
_NOT_A_PLACE = re.compile(
    r"(hôm nay|từ|đến|trước|vào|căn cứ|thực hiện|theo|số|quyết định|công văn|nghị|thời gian|kể)\b", re.IGNORECASE
)
ABOUT = re.compile(r"(?:v/v|về việc|trích yếu)\b\s*[:.]?\s*", re.IGNORECASE)
_ADDRESSED = re.compile(r"kính g[ửở]i\b\s*:?\s*", re.IGNORECASE)
_WIRES = re.compile(r".{3,90}\sđiện\s*:\s*", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\b\s*:?\s*", re.IGNORECASE)
DASH = re.compile(r"[-–—•+*]\s*")
FILED = re.compile(r"(?:[-–—•+*]\s*)?lưu\b(?! ý| hành)", re.IGNORECASE)  # «- Lưu: VT, …», not «Lưu ý: …»
_RECIPIENT = re.compile(r"[-–—•+*]\s*\S|(?:như (?:trên|điều)\b|lưu\s*:)", re.IGNORECASE)
_POWER = re.compile(r"(?:T/M|TM|K/T|KT|T/L|TL|T?/?UQ|TUQ|Q)\s*(?:[./]\s*|\s+)\S")
_OFFICE = re.compile(
    r"(?:phó |quyền |thường trực )*(?:chủ tịch|chủ nhiệm|(?:tổng )?giám đốc|chánh (?:văn phòng|thanh tra|án)|"
    r"(?:chi )?cục trưởng|trưởng (?:phòng|ban|đoàn|trạm|công an|bộ phận)|(?:hiệu|vụ|viện|bộ|tổ|đội|thủ|phó) trưởng|"
    r"thứ trưởng|thủ tướng)\b",
    re.IGNORECASE,
)
_SECRETARY = re.compile(r"(?:người )?thư ký(?: cuộc họp| hội nghị)?|người ghi biên bản", re.IGNORECASE)
_CHAIR = re.compile(r"chủ (?:tọa|trì)(?: cuộc họp| hội nghị)?", re.IGNORECASE)
_NOTE = re.compile(r"[(\[](?!họ).{0,60}\b(?:ký|chữ ký|đóng dấu|con dấu)\b.{0,60}[)\]]", re.IGNORECASE)
_SIGNED_DIGITALLY = re.compile(  # what signing programs print: it stands between chức vụ and họ tên
    r"\W*(?:đã )?ký (?:bởi|số)\b.*|(?:cơ quan|tổ chức|người ký|email|thời gian ký|ngày ký)\s*:.*", re.IGNORECASE
)
_BODY_OF_STATE = re.compile(
    r"(?:ủy ban|ubnd|hđnd|hội đồng|sở|phòng|bộ|(?:tổng |chi )?cục|trường|ban|văn phòng|trung tâm|công an|hội|đoàn|"
    r"tòa án|viện|công ty|tập đoàn|trạm|đội|kho bạc|bảo hiểm|thanh tra|thuế|ngân hàng|bệnh viện|đại học|học viện|tổ|"
    r"chính phủ|quốc hội|liên đoàn|chủ tịch|thủ tướng|thư viện|bảo tàng|\[|tên (?:cq|cơ quan))(?!\w)",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"(?:bản nháp\b|dưới đây là|sau đây là|đây là|chắc chắn|vâng|tất nhiên|được rồi|tôi |mình |bạn |h[yi] vọng|"
    r"nếu (?:bạn|anh|cần)|lưu ý|ghi chú|chú ý|xin lưu ý|here is|sure|note)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"hỏa tốc|thượng khẩn|khẩn|mật|tối mật|tuyệt mật|lưu hành nội bộ|xem xong trả lại|dự thảo", re.IGNORECASE
)
_BODY_OPENING = re.compile(
    r"(?:thực hiện|căn cứ|theo|hôm nay|nhằm|để|trên cơ sở|phúc đáp|sau khi|thời gian|trong thời gian|trân trọng)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]+|[a-zđ])[.)]\s|[-–—•+]\s")
_TITLED = re.compile(r"(?:TS|PGS|GS|ThS|BS|KS|CN|ThS|Ths)\.\s*")
SURNAMES = (  # for names set in capitals, which might else be taken for a title
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Lâm|Mai|Tô|Trịnh|Đoàn|Cao|Hà|Tạ|"
    "Lương|Thái|Châu|Đào|Văn|Quách|Phùng|Tống|Hứa"
)
_SURNAME = re.compile(SURNAMES, re.IGNORECASE)
_LOOK_AHEAD = 8


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without Markdown marks and blanks around it; a bullet «* » stays."""
    while start < end and text[start] in _EDGE and not text.startswith("* ", start):
        start += 1
    while end > start and text[end - 1] in "*_` \t\r\u00a0\u2003":
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in at.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    yield start, end


def _pieces(text: str, matched: str) -> list[_Piece]:
    """Lines and columns in reading order; ruled lines and code fences are dropped.

    ``matched`` is the text with its tone marks in the new place; of the same length, so offsets carry over.
    """
    pieces: list[_Piece] = []
    previous_end = 0
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        gap = text.count("\n", previous_end, line.start()) > 1
        previous_end = line.end()
        if _RULED.fullmatch(line.group()):
            continue
        if line.group().lstrip().startswith("|"):
            cells = [match.span() for match in _CELL.finditer(text, *line.span())]
            columns = [_strip(text, *span) for cell in cells for span in _cut(text, *cell, _BREAK)]
            if not any(_is_cue(matched[start:end]) for start, end in columns):
                row = line.group().strip()
                pieces.append(_Piece(row, *line.span(), normalise_tone(row), gap, row=True))
                continue
        else:
            spans = _cut(text, *line.span(), _BREAK) if "<" in line.group() else (line.span(),)
            columns = [column for span in spans for column in _columns(text, matched, *span)]
        for start, end in columns:
            if start < end:
                pieces.append(
                    _Piece(_EMPHASIS.sub("", text[start:end]), start, end, _EMPHASIS.sub("", matched[start:end]), gap)
                )
                gap = False
    return pieces


def _columns(text: str, matched: str, start: int, end: int) -> list[tuple[int, int]]:
    """The columns of a line when one of them is surely a component or all are names; else the whole line."""
    words = matched[start:end]
    if "/" in words and (both := _SIGN_THEN_DATE.fullmatch(matched, *_strip(text, start, end))):
        return [_strip(text, *both.span(1)), _strip(text, *both.span(2))]
    lowered = words.lower()
    if not any(gap in words for gap in _GAPS) and not any(cue in lowered for cue in _RUN_ON_CUES):
        return [_strip(text, start, end)]
    columns = [
        _strip(text, *part) for span in _cut(matched, start, end, _COLUMNS) for part in _cut(matched, *span, _RUN_ON)
    ]
    columns = [span for span in columns if span[0] < span[1]]
    parts = [matched[slice(*span)] for span in columns]
    if len(columns) > 1 and (
        any(map(_is_cue, parts)) or all(map(_is_name, parts)) or (DASH.match(parts[0]) and _is_name(parts[-1]))
    ):
        return columns
    return [_strip(text, start, end)]


def _is_cue(words: str) -> bool:
    folded = fold(words)
    return bool(
        _NATION.match(folded)
        or _is_motto(folded)
        or (_SIGN.fullmatch(words) and "/" in words)
        or _RECIPIENTS.match(words)
        or _POWER.match(words)
        or FILED.match(words)
        or words.startswith("- Như ")
        or _SECRETARY.fullmatch(words)
        or (is_caps(words) and _OFFICE.match(words))
    )


def _is_motto(folded: str) -> bool:
    return "doc lap" in folded and "hanh phuc" in folded and len(folded) < 60


def _is_place_date(words: str) -> bool:
    if not _PLACE_DATE.fullmatch(words) or _NOT_A_PLACE.match(words) or len(words.split()) > 18:
        return False
    place = re.split(r"\bngày\b|\d", words, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    return not place or place.endswith((",", "]", "…", ".")) or all(word[0].isupper() for word in place.split())


def _is_name(words: str) -> bool:
    """A person's name: two to six words with capital first letters; all in capitals only with a common surname."""
    parts = _TITLED.sub("", words).split()
    if not 2 <= len(parts) <= 6 or not all(part[0].isupper() and part.isalpha() for part in parts):
        return False
    return not _OFFICE.match(words) and bool(not is_caps(words) or _SURNAME.fullmatch(parts[0]))


def _title(piece: _Piece) -> tuple[Kind, int] | None:
    """The kind named by a title line, and how many letters of the line are the title («KẾ HOẠCH Tiêm phòng …»)."""
    if piece.row or ORDER.fullmatch(piece.plain) and piece.plain.endswith(":"):
        return None
    kind = kind_of_title(piece.plain)
    if kind:
        return kind, len(piece.text)
    begun = [kind for kind in KINDS if piece.plain.startswith(f"{normalise_tone(kind.title)} ")]
    return (begun[0], len(begun[0].title)) if begun else None


# ── head, foot, body ────────────────────────────────────────────────────────────────────────────


def outline(text: str) -> Outline:
    """The components of ``text``. Never fails; a text without any form is all body."""
    text = nfc(text)
    plain = normalise_tone(text)
    pieces = list(itertools.takewhile(lambda piece: piece.text != phrases.OPEN_DETAILS, _pieces(text, plain)))
    found: list[Found] = []
    body = _read_head(pieces, found)
    foot = _foot(pieces, body)
    _read_body(pieces[body:foot], found)
    _read_foot(pieces[foot:], found)
    return Outline(text, _kind(found), tuple(sorted(found, key=lambda item: item.start)), plain)


def _note(found: list[Found], part: Part, piece: _Piece, skip: int = 0) -> None:
    text = piece.text[skip:]
    start = piece.end - len(text.lstrip()) if skip else piece.start
    if text.strip():
        found.append(Found(part, text.strip(), max(piece.start, start), piece.end))


def _head_part(piece: _Piece, have: set[Part]) -> Part | None:
    """The component that a line of the head surely is; each is found once."""
    words, folded = piece.plain, fold(piece.text)
    if piece.row:
        return None
    if _NATION.match(folded):
        return Part.NATION
    if _is_motto(folded):
        return Part.MOTTO
    if _MARK.fullmatch(words):
        return Part.MARK
    if Part.SIGN not in have and _SIGN.fullmatch(words):
        return Part.SIGN
    if Part.PLACE_DATE not in have and _is_place_date(words):
        return Part.PLACE_DATE
    if Part.TITLE not in have and (named := _title(piece)):
        runs_on = named[1] < len(piece.text)  # below «V/v» or «Kính gửi» it is a heading: «QUY ĐỊNH CHUNG»
        if not (runs_on and have & {Part.ABOUT, Part.ADDRESSED}):
            return Part.TITLE
    if not have & {Part.TITLE, Part.ABOUT} and ABOUT.match(words):
        return Part.ABOUT
    if Part.ADDRESSED not in have and (_ADDRESSED.match(words) or _WIRES.fullmatch(words)):
        return Part.ADDRESSED
    return None


def _read_head(pieces: list[_Piece], found: list[Found]) -> int:
    """Notes the components before the body; the index of the first piece of the body."""
    have: set[Part] = set()
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        part = _head_part(piece, have)
        at += 1
        if part:
            have.add(part)
            at = _read_head_part(pieces, at - 1, part, found)
            continue
        more = any(_head_part(later, have | {Part.PLACE_DATE}) for later in pieces[at : at + _LOOK_AHEAD])
        if (have or more) and not have & {Part.TITLE, Part.ADDRESSED} and _is_issuer(piece):
            have.add(Part.ISSUER)
            _note(found, Part.ISSUER, piece)
        elif more:
            _note(found, Part.CHAT if _CHAT.match(piece.plain) else Part.OTHER, piece)
        elif not have and _CHAT.match(piece.plain) and piece.plain.endswith(":") and len(piece.plain.split()) < 30:
            _note(found, Part.CHAT, piece)
        else:
            return at - 1
    return at


def _read_head_part(pieces: list[_Piece], at: int, part: Part, found: list[Found]) -> int:
    """Notes the component that begins at a piece, with what belongs to it below; the index after it."""
    piece = pieces[at]
    if part is Part.ADDRESSED:
        return _read_addressees(pieces, at, found)
    if part is Part.ABOUT:
        return _read_phrase(pieces, at, part, found)
    named = _title(piece) if part is Part.TITLE else None
    if not named:
        _note(found, part, piece)
        return at + 1
    kind, length = named
    if length < len(piece.text):  # «KẾ HOẠCH Tiêm phòng …» on one line
        found.append(Found(part, piece.text[:length], piece.start, piece.start + length))
        _note(found, Part.SUBJECT, piece, skip=length)
        return at + 1
    _note(found, part, piece)
    if at + 1 < len(pieces) and _is_subject(pieces[at + 1], kind):
        return _read_phrase(pieces, at + 1, Part.SUBJECT, found)
    return at + 1


def _is_issuer(piece: _Piece) -> bool:
    words = piece.plain
    if piece.row or len(words) > 100 or words[-1] in ".;:" or _NUMBERED.match(words):
        return False
    return is_caps(words) or bool(_BODY_OF_STATE.match(words) and len(words.split()) <= 15)


def _is_subject(piece: _Piece, kind: Kind) -> bool:
    words = piece.plain
    count = len(words.split())
    if ABOUT.match(words):
        return True
    if piece.row or not kind.has_subject or _head_part(piece, {Part.TITLE, Part.ABOUT}) or _NUMBERED.match(words):
        return False
    if piece.after_blank and words[-1] == ".":
        return False  # a sentence of its own paragraph: the body begins
    if words[-1] in ":;" or GROUND.match(words) or count > 60 or (words[-1] == "." and count > 25):
        return False
    if kind.order and is_caps(words) and (_OFFICE.match(words) or _BODY_OF_STATE.match(words)):
        return False
    return not (count > 15 and _BODY_OPENING.match(words)) and "trân trọng" not in words


def _read_phrase(pieces: list[_Piece], at: int, part: Part, found: list[Found]) -> int:
    """A trích yếu and the lines it runs on over: those that begin with a small letter right below it."""
    piece = pieces[at]
    at += 1
    while (
        at < len(pieces) and not pieces[at].after_blank and pieces[at].text[0].islower() and piece.text[-1] not in ".:;"
    ):
        more = pieces[at]
        piece = replace(piece, text=f"{piece.text} {more.text}", end=more.end, plain=f"{piece.plain} {more.plain}")
        at += 1
    _note(found, part, piece)
    return at


def _read_addressees(pieces: list[_Piece], at: int, found: list[Found]) -> int:
    """«Kính gửi» with what follows it on the line and in the lines below."""
    piece = pieces[at]
    opening = _ADDRESSED.match(piece.plain)
    length = opening.end() if opening else len(piece.text)
    rest = piece.text[length:].strip()
    head_end = piece.start + len(piece.text[:length].rstrip()) if rest else piece.end
    found.append(Found(Part.ADDRESSED, piece.text[:length].strip(), piece.start, head_end))
    at += 1
    if rest:
        _note(found, Part.ADDRESSEE, piece, skip=length)
    elif at < len(pieces) and _is_addressee(pieces[at].plain):
        _note(found, Part.ADDRESSEE, pieces[at])
        at += 1
    while at < len(pieces) and DASH.match(pieces[at].plain) and (not pieces[at].after_blank or not rest):
        _note(found, Part.ADDRESSEE, pieces[at])
        at += 1
    return at


def _is_addressee(words: str) -> bool:
    """A short line without a dash, right below «Kính gửi:»."""
    return not DASH.match(words) and len(words.split()) <= 20 and not _BODY_OPENING.match(words)


def _is_authority(piece: _Piece) -> bool:
    words = piece.plain
    if piece.row or words[-1] in ".,;:" or len(words.split()) > 14:
        return False
    party = is_caps(words) and words.startswith("ĐẠI DIỆN ")  # of a contract, a memorandum, an agreement
    return bool(
        party or _POWER.match(words) or _OFFICE.match(words) or _SECRETARY.fullmatch(words) or _CHAIR.fullmatch(words)
    )


def _foot(pieces: list[_Piece], body: int) -> int:
    """Where the foot begins: after the closing mark, or at the first sign of it with only short lines below."""
    listed = next((n for n in range(body, len(pieces)) if _RECIPIENTS.match(pieces[n].plain)), len(pieces))
    closed = max(
        (
            n
            for n in range(body, listed)
            if pieces[n].text.endswith(phrases.CLOSING) and not FILED.match(pieces[n].plain)
        ),
        default=-1,
    )
    if 0 <= closed < len(pieces) - 1 and _RECIPIENT.match(pieces[closed + 1].plain):
        return closed + 1  # «Nơi nhận:» itself is missing
    for n in range(max(body, closed + 1), len(pieces)):
        cue = n == listed or _is_authority(pieces[n])
        if cue and (closed >= 0 or n == listed or all(len(piece.text.split()) <= 25 for piece in pieces[n:])):
            return n
    return len(pieces)


def _read_body(pieces: Sequence[_Piece], found: list[Found], part: Part | None = None) -> None:
    """Paragraphs, and adjacent rows as one table; all of them as ``part`` when it is given."""
    rows: list[_Piece] = []
    for piece, below in itertools.zip_longest(pieces, pieces[1:]):
        if not piece.row:
            _note(found, part or Part.BODY, piece)
            continue
        rows.append(piece)
        if below is None or not below.row or below.after_blank:
            text = "\n".join(row.text for row in rows)
            found.append(Found(part or Part.TABLE, text, rows[0].start, rows[-1].end))
            rows = []


def _read_foot(pieces: list[_Piece], found: list[Found]) -> None:
    roles: list[Part] = []  # whose name is awaited, in the order of the titles
    names: list[tuple[int, _Piece]] = []  # a name and how many roles stood before it
    listing = False
    for n, piece in enumerate(pieces):
        words = piece.plain
        if opening := _RECIPIENTS.match(words):
            listing = True
            end = piece.start + len(words[: opening.end()].rstrip())
            found.append(Found(Part.RECIPIENTS, words[: opening.end()].strip(), piece.start, min(end, piece.end)))
            _note(found, Part.RECIPIENT, piece, skip=opening.end())
        elif roles and _SIGNED_DIGITALLY.fullmatch(words):
            _note(found, Part.OTHER, piece)
        elif _NOTE.fullmatch(words):
            _note(found, Part.NOTE, piece)
        elif _RECIPIENT.match(words):
            _note(found, Part.RECIPIENT, piece)
        elif _SECRETARY.fullmatch(words):
            roles.append(Part.SECRETARY)
            _note(found, Part.SECRETARY_TITLE, piece)
        elif roles and (_is_name(words) or (HOLE.fullmatch(words) and "chức" not in words.lower())):
            names.append((len(roles), piece))
        elif _is_authority(piece) or _is_title_line(words) or HOLE.fullmatch(words):
            if Part.SIGNER not in roles:
                roles.append(Part.SIGNER)
            _note(found, Part.AUTHORITY, piece)
        elif listing and words[-1] in ";," or (listing and not roles and not _CHAT.match(words)):
            _note(found, Part.RECIPIENT, piece)
        else:  # nothing of the foot: an attachment, or the model's own remarks
            _read_body(pieces[n:], found, Part.CHAT if _CHAT.match(words) else Part.OTHER)
            break
    for n, (before, piece) in enumerate(names):
        role = roles[n] if len(names) >= len(roles) and n < len(roles) else roles[before - 1]
        _note(found, role, piece)


def _is_title_line(words: str) -> bool:
    """A line in capitals under the document: a title of the signer, unless an attachment begins."""
    return is_caps(words) and words[-1] not in ".;:" and not words.startswith("PHỤ LỤC")


def _kind(found: Sequence[Found]) -> Kind | None:
    """The kind that the text itself tells: by tên loại, by «V/v», by ký hiệu, by fixed words of the sample forms."""
    parts = {item.part: item for item in found}
    if title := parts.get(Part.TITLE):
        return kind_of_title(title.text)
    if Part.ABOUT in parts:
        return BY_ID["cong_van"]
    if (sign := parts.get(Part.SIGN)) and (kind := kind_of_sign(sign.text)):
        return kind
    body = normalise_tone("\n".join(item.text for item in found if item.part is Part.BODY))
    for cue, kind_id in _CUES:
        if cue in body:
            return BY_ID[kind_id]
    if Part.SECRETARY_TITLE in parts:
        return BY_ID["bien_ban"]
    return BY_ID["cong_van"] if Part.ADDRESSED in parts else None


_CUES = (
    ("QUYẾT ĐỊNH:", "quyet_dinh"),
    ("QUYẾT NGHỊ:", "nghi_quyet"),
    ("trân trọng kính mời", "giay_moi"),
    ("trân trọng giới thiệu", "giay_gioi_thieu"),
    ("Trên đây là báo cáo", "bao_cao"),
    ("ính trình", "to_trinh"),
)


def bodies_of(lines: Sequence[Found]) -> list[list[Found]]:
    """The lines of box 2 by the body they name; the last one is the issuing body."""
    return grouped(lines, lambda line: line.text)


def grouped(lines: Sequence[_T], words: Callable[[_T], str]) -> list[list[_T]]:
    """Lines by the body they name. A line that does not begin with the kind of a body runs on from the one above."""
    groups: list[list[_T]] = []
    for line in lines:
        if groups and not _BODY_OF_STATE.match(normalise_tone(words(line))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
