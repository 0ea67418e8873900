"""PDF with text, through pypdf: lines are put together again into the paragraphs of a state document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from service.errors import ScanWithoutText, TooLarge, Unreadable
from service.nd30.kinds import kind_of_title
from service.parsers.base import Limits
from service.records import Block, ParsedDocument
from service.text import nfc

LOCKED = "Tệp này đặt mật khẩu hoặc khóa nội dung nên chưa đọc được. Anh/chị mở khóa, lưu thành tệp mới rồi gửi lại."

_OPENING = re.compile(
    r"(?:[-–+•*]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}\s|[a-zđ]{1,2}\)\s|[IVXLC]{1,5}[.)]\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXLC]|(?:CHƯƠNG|MỤC|PHẦN|PHỤ LỤC)\b"
    r"|(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|Số:|V/v)\b)"
)
_PAGE_NUMBER = re.compile(r"\W*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
_COUNTS = re.compile(r"\b(?:ngày|tháng|năm|số)$", re.IGNORECASE)
"""A line that ends like this goes on with the figure on the next."""
_ROOTS = 500
"""So many objects of a file that does not name its root are looked at; each costs a walk through the whole file."""
_UNPACKED = 4_000_000
"""Bytes to which a stream may unpack; the text of a closely written page takes some 50,000, the table of a font's
letters 100,000. Larger ones, of which each million takes a second or two, are maps or bombs."""
_COMMANDS = 400_000
"""Drawing commands and their operands that are looked through for the text of a page; 10,000 are usual."""
_SHORT = 0.85
"""A line that had room for the next word, up to this part of the page's usual line, ends its paragraph."""


def read_pdf(data: bytes, limits: Limits, /) -> ParsedDocument:
    """Read the text layer page by page; a page without one is noted, a file without any is refused."""
    import pypdf

    with pypdf.apply_configuration(
        zlib_maximum_output_length=_UNPACKED,
        lzw_maximum_output_length=_UNPACKED,
        run_length_maximum_output_length=_UNPACKED,
        brotli_maximum_output_length=_UNPACKED,
        array_based_stream_maximum_output_length=_UNPACKED,
        stream_parsing_work_maximum_count=_COMMANDS,
    ):
        return assemble(*_pages(data, limits))


def _pages(data: bytes, limits: Limits) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of those that could not be read."""
    import pypdf
    from pypdf.errors import DependencyError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), root_object_recovery_limit=_ROOTS)
        if reader.is_encrypted and not reader.decrypt(""):  # "" opens files that only forbid copying or printing
            raise Unreadable(LOCKED)
        count = len(reader.pages)
    except DependencyError:
        raise Unreadable(LOCKED) from None
    if count > limits.pages:
        raise TooLarge(
            "Tài liệu dài %(pages)s trang, mức nhận là %(limit)s trang. Anh/chị tách ra rồi gửi từng phần.",
            pages=count,
            limit=limits.pages,
        )
    texts, broken = [], []
    for number in range(1, count + 1):
        try:
            texts.append(nfc(reader.pages[number - 1].extract_text()))
        except Exception:  # noqa: BLE001 - one bad page must not cost the person the others
            texts.append("")
            broken.append(number)
    return texts, broken


def assemble(pages: list[str], broken: Iterable[int] = ()) -> ParsedDocument:
    """Pages of lines → blocks. A paragraph that runs over the page break stays whole and keeps its first page."""
    if _unreadable_letters("".join(pages)):
        raise Unreadable(
            "Chữ trong tệp PDF này mã hóa theo phông riêng nên đọc ra bị sai. Anh/chị gửi tệp .docx hoặc PDF khác."
        )
    blocks: list[Block] = []
    empty = []
    for number, page in enumerate(pages, start=1):
        found = paragraphs(_without_page_number(page.split("\n"), number))
        if not found:
            empty.append(number)
            continue
        if blocks and found[0][:1].islower() and not _finished(blocks[-1].text):
            last = blocks.pop()
            blocks.append(Block(f"{last.text} {found.pop(0)}", last.anchor, page=last.page))
        blocks += [Block(text, f"trang{number}-{n}", page=number) for n, text in enumerate(found, start=1)]
    if not blocks:
        if broken:
            raise Unreadable
        raise ScanWithoutText
    notes = (f"Trang {', '.join(map(str, empty))} không có chữ đọc được, có thể là bản quét.",) if empty else ()
    return ParsedDocument(tuple(blocks), len(pages), notes)


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Join the lines of one page into paragraphs.

    A line starts a new one when it is indented or opens like one (a number, a dash, "Điều", "Căn cứ"), or when the
    line before it had room left, or ended a sentence before a capital, or was in capitals where this is not.
    """
    kept = [line.rstrip() for line in lines if line.strip()]
    if not kept:
        return []
    usual = sorted(len(line.strip()) for line in kept)[len(kept) * 9 // 10]
    done: list[str] = []
    previous = ""
    for line in kept:
        text = " ".join(line.split())
        below_title = len(done) > 1 and kind_of_title(done[-2]) is not None
        if done and not _starts(line, text, previous, usual) and not (below_title and _is_sentence(text, usual)):
            done[-1] = f"{done[-1]} {text}"
        else:
            done.append(text)
        previous = text
    return done


def _is_sentence(text: str, usual: int) -> bool:
    """Below a tên loại stands its trích yếu; what follows is its next line, or, when it looks like this, the body."""
    return text[0].isupper() and (text.endswith((".", ":", ";", ",")) or len(text) > 0.6 * usual)


def _starts(line: str, text: str, previous: str, usual: int) -> bool:
    if _OPENING.match(text):
        return True
    short = len(previous) + 1 + len(text.split(maxsplit=1)[0]) < _SHORT * usual
    if text[0].isdigit() and _COUNTS.search(previous):
        return False
    if text[0].islower():
        return short and _finished(previous)
    if line[0].isspace() and not text.isupper():
        return True
    return short or _finished(previous) or previous.isupper() != text.isupper()


def _finished(text: str) -> bool:
    return text.endswith((".", ";", ":", "?", "!", "./.", "…"))


def _without_page_number(lines: list[str], number: int) -> list[str]:
    """Drop a first or last line that is nothing but the number of this page (Decree 30 numbers from page 2 on)."""
    kept = [line for line in lines if line.strip()]
    for place in (0, -1):
        if number > 1 and kept and (found := _PAGE_NUMBER.fullmatch(kept[place].strip())) and int(found[1]) == number:
            kept.pop(place)
    return kept


def _unreadable_letters(text: str) -> bool:
    """Fonts without a table of their letters come out as private, replacement or control characters."""
    strange = sum(1 for c in text if "\ue000" <= c <= "\uf8ff" or c == "\ufffd" or (c < " " and c not in "\n\t\r"))
    return strange > 0.2 * max(len(text), 1)
