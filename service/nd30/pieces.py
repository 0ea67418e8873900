"""Lines and columns of a plain text, and the words by which a line is known for what it is.

Recognition is lenient on purpose: a line that is meant as the số, ký hiệu is known even when its colon is missing, so
that the checker can say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.nd30.body import is_caps
from service.nd30.parts import Found, Part
from service.text import fold, normalise_tone

_T = TypeVar("_T")


@dataclass(frozen=True)
class Piece:
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

NATION = re.compile(r"cong hoa (xa hoi|xhcn)")
SIGN = re.compile(rf"s[ốo]\b\s*[:.;]?\s*(?:[^/\n]{{0,20}}/.{{0,30}}|\d+[^\s/]*-\S{{1,20}}|{_HOLE}|)", re.IGNORECASE)
PLACE_DATE = re.compile(
    r"[^:;.\n]{0,45}?(?:ngày\b.{0,40}?(?:tháng\b|[/-])\s*.{0,40}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})",
    re.IGNORECASE,
)
_NOT_A_PLACE = re.compile(
    r"(hôm nay|từ|đến|trước|vào|căn cứ|thực hiện|theo|số|quyết định|công văn|nghị|thời gian|kể)\b", re.IGNORECASE
)
ABOUT = re.compile(r"(?:v/v|về việc|trích yếu)\b\s*[:.]?\s*", re.IGNORECASE)
ADDRESSED = re.compile(r"kính g[ửở]i\b\s*:?\s*", re.IGNORECASE)
WIRES = re.compile(r".{3,90}\sđiện\s*:\s*", re.IGNORECASE)
RECIPIENTS = re.compile(r"nơi nhận\b\s*:?\s*", re.IGNORECASE)
DASH = re.compile(r"[-–—•·+*]\s*")
FILED = re.compile(r"(?:[-–—•·+*]\s*)?lưu\b(?! ý| hành)", re.IGNORECASE)  # «- Lưu: VT, …», not «Lưu ý: …»
RECIPIENT = re.compile(r"[-–—•·+*]\s*\S|(?:như (?:trên|điều)\b|lưu\s*:)", re.IGNORECASE)
POWER = re.compile(r"(?:T/M|TM|K/T|KT|T/L|TL|T?/?UQ|TUQ|Q)\s*(?:[./]\s*|\s+)\S")
OFFICE = re.compile(
    r"(?:phó |quyền |thường trực )*(?:chủ tịch|chủ nhiệm|(?:tổng )?giám đốc|chánh (?:văn phòng|thanh tra|án)|"
    r"(?:chi )?cục trưởng|trưởng (?:phòng|ban|đoàn|trạm|công an|bộ phận)|(?:hiệu|vụ|viện|bộ|tổ|đội|thủ|phó) trưởng|"
    r"thứ trưởng|thủ tướng)\b",
    re.IGNORECASE,
)
PARTY = re.compile(r"(?:ĐẠI DIỆN|BÊN|NGƯỜI (?:ĐƯỢC )?ỦY QUYỀN)\b")  # heads one of two signatures
SECRETARY = re.compile(r"(?:người )?thư ký(?: cuộc họp| hội nghị)?|người ghi biên bản", re.IGNORECASE)
CHAIR = re.compile(r"chủ (?:tọa|trì)(?: cuộc họp| hội nghị)?", re.IGNORECASE)
NOTE = re.compile(r"[(\[](?!họ).{0,60}\b(?:ký|chữ ký|đóng dấu|con dấu)\b.{0,60}[)\]]", re.IGNORECASE)
SIGNED_DIGITALLY = re.compile(  # what signing programs print: it stands between chức vụ and họ tên
    r"\W*(?:đã )?ký (?:bởi|số)\b.*|(?:cơ quan|tổ chức|người ký|email|thời gian ký|ngày ký)\s*:.*", re.IGNORECASE
)
BODY_OF_STATE = re.compile(
    r"(?:ủy ban|ubnd|hđnd|hội đồng|sở|phòng|bộ|(?:tổng |chi )?cục|trường|ban|văn phòng|trung tâm|công an|hội|đoàn|"
    r"tòa án|viện|công ty|tập đoàn|trạm|đội|kho bạc|bảo hiểm|thanh tra|thuế|ngân hàng|bệnh viện|đại học|học viện|tổ|"
    r"chính phủ|quốc hội|liên đoàn|chủ tịch|thủ tướng|thư viện|bảo tàng|\[|tên (?:cq|cơ quan))(?!\w)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"(?:\b(?:và|của|về|tại)|[,–-])\s*$", re.IGNORECASE)
CHAT = re.compile(
    r"(?:bản nháp\b|dưới đây là|sau đây là|đây là|chắc chắn|vâng|tất nhiên|được rồi|tôi |mình |bạn |h[yi] vọng|"
    r"nếu (?:bạn|anh|cần)|lưu ý|ghi chú|chú ý|xin lưu ý|here is|sure|note)",
    re.IGNORECASE,
)
MARK = re.compile(
    r"hỏa tốc|thượng khẩn|khẩn|mật|tối mật|tuyệt mật|lưu hành nội bộ|xem xong trả lại|dự thảo", re.IGNORECASE
)
BODY_OPENING = re.compile(
    r"(?:thực hiện|căn cứ|theo|hôm nay|nhằm|để|trên cơ sở|phúc đáp|sau khi|thời gian|trong thời gian|trân trọng)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]+|[a-zđ])[.)]\s|[-–—•·+]\s")
_TITLED = re.compile(r"(?:TS|PGS|GS|ThS|BS|KS|CN|ThS|Ths)\.\s*")
SURNAMES = (  # for names set in capitals, which might else be taken for a title
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Lâm|Mai|Tô|Trịnh|Đoàn|Cao|Hà|Tạ|"
    "Lương|Thái|Châu|Đào|Văn|Quách|Phùng|Tống|Hứa"
)
_SURNAME = re.compile(SURNAMES, re.IGNORECASE)


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


def pieces_of(text: str, matched: str) -> list[Piece]:
    """Lines and columns in reading order; ruled lines and code fences are dropped.

    ``matched`` is the text with its tone marks in the new place; of the same length, so offsets carry over.
    """
    pieces: list[Piece] = []
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
                pieces.append(Piece(row, *line.span(), normalise_tone(row), gap, row=True))
                continue
        else:
            spans = _cut(text, *line.span(), _BREAK) if "<" in line.group() else (line.span(),)
            columns = [column for span in spans for column in _columns(text, matched, *span)]
        for start, end in columns:
            if start < end:
                pieces.append(
                    Piece(_EMPHASIS.sub("", text[start:end]), start, end, _EMPHASIS.sub("", matched[start:end]), gap)
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
        any(map(_is_cue, parts)) or all(map(is_name, parts)) or (DASH.match(parts[0]) and is_name(parts[-1]))
    ):
        return columns
    return [_strip(text, start, end)]


def _is_cue(words: str) -> bool:
    folded = fold(words)
    return bool(
        NATION.match(folded)
        or is_motto(folded)
        or (SIGN.fullmatch(words) and "/" in words)
        or RECIPIENTS.match(words)
        or POWER.match(words)
        or FILED.match(words)
        or words.startswith("- Như ")
        or SECRETARY.fullmatch(words)
        or (is_caps(words) and (OFFICE.match(words) or PARTY.match(words)))
    )


def is_motto(folded: str) -> bool:
    return "doc lap" in folded and "hanh phuc" in folded and len(folded) < 60


def is_place_date(words: str) -> bool:
    if not PLACE_DATE.fullmatch(words) or _NOT_A_PLACE.match(words) or len(words.split()) > 18:
        return False
    place = re.split(r"\bngày\b|\d", words, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    return not place or place.endswith((",", "]", "…", ".")) or all(word[0].isupper() for word in place.split())


def is_name(words: str) -> bool:
    """A person's name: two to six words with capital first letters; all in capitals only with a common surname."""
    parts = _TITLED.sub("", words).split()
    if not 2 <= len(parts) <= 6 or not all(part[0].isupper() and part.isalpha() for part in parts):
        return False
    return not OFFICE.match(words) and bool(not is_caps(words) or _SURNAME.fullmatch(parts[0]))


def is_signer(piece: Piece) -> bool:
    """A person's name on a line of its own that begins with a common surname: who signs, though no office is named."""
    return not piece.row and is_name(piece.plain) and bool(_SURNAME.fullmatch(_TITLED.sub("", piece.plain).split()[0]))


def is_issuer(piece: Piece) -> bool:
    """A line of box 2: in capitals, or one that begins as the name of a body does."""
    words = piece.plain
    if piece.row or len(words) > 100 or words[-1] in ".;:" or NUMBERED.match(words):
        return False
    return is_caps(words) or bool(BODY_OF_STATE.match(words) and len(words.split()) <= 15)


def note(found: list[Found], part: Part, piece: Piece, skip: int = 0) -> None:
    """Add a piece as a component, without its first ``skip`` letters."""
    text = piece.text[skip:]
    start = piece.end - len(text.lstrip()) if skip else piece.start
    if text.strip():
        found.append(Found(part, text.strip(), max(piece.start, start), piece.end))


def bodies_of(lines: Sequence[Found]) -> list[list[Found]]:
    """The lines of box 2 by the body they name; the last one is the issuing body."""
    return grouped(lines, lambda line: line.text)


def grouped(lines: Sequence[_T], words: Callable[[_T], str]) -> list[list[_T]]:
    """Lines by the body they name. A line that does not begin with the kind of a body, or that follows a word which
    asks for more («…VÀ»), runs on from the one above."""
    groups: list[list[_T]] = []
    for line in lines:
        begins = BODY_OF_STATE.match(normalise_tone(words(line)))
        if groups and (not begins or _UNFINISHED.search(words(groups[-1][-1]))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
