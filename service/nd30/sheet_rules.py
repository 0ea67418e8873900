"""Paper, margins, page numbers, fonts and letters: Phụ lục I, phần I, mục I, as deviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.nd30.deviations import PAGE_PART, Deviation, Sheet
from service.nd30.layout import FONT, LOOKS, PAGE
from service.nd30.looks import is_black, size_words
from service.nd30.parts import PART_NAMES, Part
from service.records import Level, Line, PageNumber, Section

_PAPER = 0.5  # mm
_EDGE = 0.25  # mm: 12 twips, the rounding of Word's own dialogue
_FULL_PAGE = 2600  # characters of a page set by the decree; what a file without a page count is judged by
_LEGACY_FONT = re.compile(r"\.Vn|VNI[- ]", re.IGNORECASE)
_LEGACY_LETTERS = re.compile(r"[µ¸¶·¹]")


def deviations(sheet: Sheet) -> Iterator[Deviation]:
    """What the page itself and the letters on it deviate in."""
    for n, section in enumerate(sheet.layout.sections):
        yield from _paper(f"s{n}", section)
        if not section.landscape and section.width <= section.height:
            yield from _margins(f"s{n}", section)
    yield from _numbers(sheet)
    yield from _fonts(sheet)
    yield from _letters(sheet)


def _page(rule: str, what: str, at: str, said: str, seen: str, expected: str, wanted: object = None) -> Deviation:
    return Deviation(rule, PAGE_PART, what, at, said, seen, expected, wanted)


def _mm(value: float) -> str:
    return f"{round(value, 1):g}".replace(".", ",")


def _paper(at: str, section: Section) -> Iterator[Deviation]:
    short, long = sorted((section.width, section.height))
    lies = section.landscape or section.width > section.height
    if abs(short - PAGE.width) > _PAPER or abs(long - PAGE.height) > _PAPER:
        seen = f"{_mm(section.width)} × {_mm(section.height)} mm"
        yield _page("ND30-01", "paper", at, f"khổ giấy {seen}, cần A4", seen, "A4: 210 × 297 mm", lies)
    if lies and not section.has_table:
        yield _page("ND30-02", "landscape", at, "đang để chiều ngang mà không có bảng biểu", "chiều ngang", "chiều dọc")


def _margins(at: str, section: Section) -> Iterator[Deviation]:
    for rule, what, words, have, (low, high), own in (
        ("ND30-03", "top", "lề trên", section.top, PAGE.top, PAGE.own_top),
        ("ND30-03", "bottom", "lề dưới", section.bottom, PAGE.bottom, PAGE.own_bottom),
        ("ND30-04", "left", "lề trái", section.left + section.gutter, PAGE.left, PAGE.own_left),
        ("ND30-05", "right", "lề phải", section.right, PAGE.right, PAGE.own_right),
    ):
        if not low - _EDGE <= have <= high + _EDGE:
            allowed = f"{_mm(low)}–{_mm(high)} mm"
            said = f"{words} {_mm(have)} mm, cần {allowed}"
            yield _page(rule, what, at, said, f"{words} {_mm(have)} mm", f"{words} {allowed}", own)


# ── page numbers ────────────────────────────────────────────────────────────────────────────────


def _numbers(sheet: Sheet) -> Iterator[Deviation]:
    first = sheet.layout.sections[0] if sheet.layout.sections else None
    if first is None:
        return
    if not any(section.numbers for section in sheet.layout.sections):
        if (sheet.layout.pages or 1 + len(sheet.layout.text) // _FULL_PAGE) > 1:
            said = "văn bản nhiều trang chưa đánh số trang"
            absent = _page("ND30-10", "no_number", "s0", said, "không có số trang", "số trang ở giữa lề trên", True)
            yield _milder(absent)
        return
    for n, section in enumerate(sheet.layout.sections):
        for number in section.numbers:
            if section.different_first or number.pages != "first":
                yield from _number(f"s{n}", number)
        if section.numbers and section.number_format != "decimal":
            said = "số trang chưa dùng chữ số Ả Rập"
            yield _page("ND30-10", "format", f"s{n}", said, section.number_format, "1, 2, 3", "decimal")
    on_first = [number for number in first.numbers if number.pages == ("first" if first.different_first else "default")]
    if on_first and (first.number_start or 1) == 1:
        yield _page("ND30-10", "first", "s0", "số trang hiện ở trang đầu", "có ở trang 1", "không ghi ở trang 1", True)
    if first.numbers and first.number_start not in (None, 0, 1):
        said = f"số trang bắt đầu từ {first.number_start}"
        yield _page("ND30-10", "start", "s0", said, str(first.number_start), "bắt đầu từ 1", 1)


def _number(at: str, number: PageNumber) -> Iterator[Deviation]:
    look = LOOKS["page_number"]
    if number.where == "footer":
        said = "số trang đặt ở lề dưới"
        yield _page("ND30-10", "footer", at, said, "ở lề dưới", "ở giữa lề trên", True)
        return
    if number.align not in ("center", "centre"):
        yield _page("ND30-10", "align", at, "số trang chưa căn giữa", number.align, "căn giữa", "center")
    if not look.low <= number.size <= look.high:
        allowed = size_words(look.low, look.high)
        said = f"số trang cỡ chữ {_mm(number.size)}, cần {allowed}"
        wanted = min(max(number.size, look.low), look.high)
        yield _page("ND30-10", "size", at, said, f"cỡ chữ {_mm(number.size)}", f"cỡ chữ {allowed}", wanted)


def _milder(deviation: Deviation) -> Deviation:
    return replace(deviation, level=Level.ACTIONABLE)


# ── letters ─────────────────────────────────────────────────────────────────────────────────────


def _part(sheet: Sheet, line: Line) -> str:
    found = next(iter(sheet.outline.over(line.start, line.end)), None)
    return found.part.value if found and found.part in PART_NAMES else Part.OTHER.value


def _fonts(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-06, the font; ND30-07, one whose letters are no Unicode; ND30-09, the colour."""
    for line in sheet.written:
        if all(run.fonts == (FONT,) and is_black(run.colour) for run in line.runs):
            continue
        part = _part(sheet, line)
        for run, start, end in sheet.runs(line.start, line.end):
            stretch = part, line.anchor, start, end
            old = [font for font in run.fonts if _LEGACY_FONT.match(font)]
            other = [font for font in run.fonts if font.casefold() != FONT.casefold() and font not in old]
            if old:
                yield _type("ND30-07", "legacy", stretch, f"gõ bằng phông chữ cũ {old[0]}", old[0], FONT, None)
            if other:
                yield _type("ND30-06", "font", stretch, f"phông chữ {other[0]}", other[0], FONT, FONT)
            if not is_black(run.colour):
                yield _type("ND30-09", "colour", stretch, "chữ chưa phải màu đen", f"#{run.colour}", "màu đen", "auto")


def _type(
    rule: str, what: str, stretch: tuple[str, str, int, int], said: str, seen: str, expected: str, wanted: object
) -> Deviation:
    part, at, start, end = stretch
    return Deviation(rule, part, what, at, said, seen, expected, wanted, start, end)


def _letters(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-08, letters in several pieces; ND30-07 for words that only an old font can show."""
    lines: Iterable[Line] = sheet.layout.lines
    for line in lines:
        if line.decomposed:
            said = "có chữ ghép từ nhiều mã (Unicode tổ hợp)"
            stretch = _part(sheet, line), line.anchor, line.start, line.end
            yield _type("ND30-08", "nfc", stretch, said, "Unicode tổ hợp", "Unicode dựng sẵn", "NFC")
    if not _LEGACY_LETTERS.search(sheet.layout.text):
        return
    words = sheet.layout.text.split()
    old = [word for word in words if len(word) > 1 and _LEGACY_LETTERS.search(word)]
    if len(old) > 0.05 * len(words):
        said = "có chữ gõ bằng bảng mã cũ (TCVN3 hoặc VNI)"
        yield Deviation("ND30-07", PAGE_PART, "legacy", "s0", said, old[0], "Unicode")
