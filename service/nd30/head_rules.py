"""Plain text → findings on boxes 1 to 5 and 9a: what stands in the head of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from service.nd30 import phrases
from service.nd30.body import is_caps
from service.nd30.findings import ISSUED, finding, is_listed, is_open, one_line
from service.nd30.kinds import BY_ABBREVIATION, Addressee, Kind
from service.nd30.parts import Found, Outline, Part
from service.records import Finding, Level
from service.text import normalise_tone

_ABBREVIATED = re.compile(r"\b(UBND|HĐND|UBMTTQ\w*)\b")
_SIGN = re.compile(r"Số\s*:\s*(?P<number>[^/]*?)(?P<gap>\s*)/(?P<groups>.*)")
_GROUPS = re.compile(r"[A-ZĐ][A-Za-zĐđƯư]*(?:-[A-ZĐ][A-Za-zĐđƯư0-9.&]*)+")
_RUN_ON = re.compile(r"Số\s*:\s*(?P<number>\d+)[\s.–-]*(?P<groups>[^\W\d].*)")
_ABBREVIATIONS = {short.casefold(): short for short in BY_ABBREVIATION}
_OPENED = re.compile(r"\s*(?:V\s*[/.]\s*v|Về việc)\b[\s:.–-]*", re.IGNORECASE)
_FIGURES = r"\d{1,4}|\[[^\]]*\]|[.…_ ]*"
_DATE = re.compile(
    rf"(?P<place>.*?)\s*(?P<comma>,?)\s*ngày\s*(?P<day>{_FIGURES})\s*tháng\s*(?P<month>{_FIGURES})\s*năm\s*(?P<year>{_FIGURES})"
    r"[\s.]*"
)
_IN_FIGURES = re.compile(
    r"(?P<place>.*?)\s*,?\s*(?:ngày\s*)?(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})[\s.]*",
    re.IGNORECASE,
)
_OFFICIAL_NAME = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
_LONG_SUBJECT = 35  # words


def check_nation(found: Outline) -> Iterator[Finding]:
    for item in found.all(Part.NATION)[:1]:
        if one_line(item.text) != phrases.NATION:
            yield finding("ND30-13", "Quốc hiệu chưa đúng mẫu.", Part.NATION, [item], expected=phrases.NATION)
    for item in found.all(Part.MOTTO)[:1]:
        words = one_line(item.text)
        if words != phrases.MOTTO:
            spelt = re.sub(r"\s*[-–—]\s*", " - ", words).casefold() == phrases.MOTTO.casefold()
            level = Level.ACTIONABLE if spelt else None
            yield finding("ND30-15", "Tiêu ngữ chưa đúng mẫu.", Part.MOTTO, [item], level=level, expected=phrases.MOTTO)


def check_issuer(found: Outline) -> Iterator[Finding]:
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


def check_sign(found: Outline, kind: Kind | None, mode: str) -> Iterator[Finding]:
    item = found.first(Part.SIGN)
    if item is None or (kind is not None and not kind.has_number and is_open(item.text)):
        return
    words = re.sub(r"\s+", " ", item.text)
    if not re.match(r"Số\s*:", words):
        words = re.sub(r"^s[ốo]\s*[:.;]?\s*", "Số: ", words, flags=re.IGNORECASE)
        expected = words if "/" in words else "Số: …/…"
        yield finding("ND30-24", "Đầu dòng số chưa ghi “Số:”.", Part.SIGN, [item], expected=expected)
    parts = _SIGN.fullmatch(words)
    if parts is None:
        if not is_open(words):
            run_on = _RUN_ON.fullmatch(words)
            expected = f"Số: {run_on['number']}/{_tidied(run_on['groups'])}" if run_on else "Số: …/…"
            title = "Số và ký hiệu chưa có dấu gạch chéo ở giữa."
            yield finding("ND30-26", title, Part.SIGN, [item], expected=expected)
        return
    number, groups = parts["number"], parts["groups"].strip()
    year = re.match(r"(\d{4})\s*/\s*(.*)", groups)
    if year:
        yield finding(
            "ND30-30", f"Số văn bản có cả năm {year[1]}.", Part.SIGN, [item], expected=f"Số: {number}/{year[2]}"
        )
        groups = year[2]
    written = bool(number) and not is_open(number)
    if written and not re.fullmatch(r"0\d|[1-9]\d+", number):
        right = f"{int(number):02}" if re.fullmatch(r"0*[1-9]\d*", number) else "…"
        title = "Số văn bản chưa đúng cách ghi."
        yield finding("ND30-25", title, Part.SIGN, [item], expected=f"Số: {right}/{groups}")
    if not written and mode == ISSUED:
        yield finding("ND30-31", "Văn bản phát hành chưa có số.", Part.SIGN, [item])
    if is_open(groups):
        if written and mode == ISSUED:
            yield finding("ND30-31", "Ký hiệu của văn bản phát hành chưa ghi đủ.", Part.SIGN, [item])
        return
    gaps = (written and parts["gap"]) or parts["groups"] != parts["groups"].strip() or " " in groups
    whole = _GROUPS.fullmatch(groups)
    tidied = groups if whole else _tidied(groups)
    if gaps or not whole:
        expected = f"Số: {number if written else '…'}/{tidied}"
        yield finding("ND30-26", "Số, ký hiệu chưa viết liền đúng mẫu.", Part.SIGN, [item], expected=expected)
    yield from _groups(found, kind, item, number if written else "…", tidied)


def _tidied(groups: str) -> str:
    """The ký hiệu in the form of the decree as far as it is only written wrongly: «bc . ubnd» → «BC-UBND»."""
    first, *others = [group for group in re.split(r"[\s.,_–—-]+", groups) if group] or ["…"]
    return "-".join([_ABBREVIATIONS.get(first.casefold(), first.upper()), *(other.upper() for other in others or "…")])


def _groups(found: Outline, kind: Kind | None, item: Found, number: str, groups: str) -> Iterator[Finding]:
    """The first group of the ký hiệu against the tên loại that stands in the text, or else the kind asked for."""
    first, _, others = groups.partition("-")
    kind = found.kind if found.has(Part.TITLE) and found.kind else kind
    if kind is None or not kind.has_number:
        return
    if not kind.has_title:
        if first in BY_ABBREVIATION or first == "CV":
            expected = f"Số: {number}/{others if '-' in others else f'{others}-…'}"
            title = f"Công văn không ghi “{first}” trong ký hiệu."
            yield finding("ND30-28", title, Part.SIGN, [item], expected=expected)
        return
    if first == kind.abbreviation:
        return
    if first.casefold() in _ABBREVIATIONS:
        yield finding(
            "ND30-27",
            f"Chữ viết tắt của {kind.name.lower()} là “{kind.abbreviation}”, không phải “{first}”.",
            Part.SIGN,
            [item],
            expected=f"Số: {number}/{kind.abbreviation}-{others}",
        )
    else:
        yield finding(
            "ND30-28",
            f"Ký hiệu chưa mở đầu bằng chữ viết tắt tên loại “{kind.abbreviation}”.",
            Part.SIGN,
            [item],
            expected=f"Số: {number}/{kind.abbreviation}-{first}",
        )


def check_place_date(found: Outline, mode: str) -> Iterator[Finding]:
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
            expected=_in_words(item.text),
        )
        return
    place, day, month, year = (parts[name].strip() for name in ("place", "day", "month", "year"))
    whole = _mended_date(place, day, month, year)
    if not place:
        yield finding("ND30-33", "Trước ngày tháng chưa có địa danh.", Part.PLACE_DATE, [item])
    elif not is_open(place) and not (parts["comma"] and _capital(place)):
        title = "Địa danh chưa viết hoa." if parts["comma"] else "Sau địa danh chưa có dấu phẩy."
        yield finding("ND30-37", title, Part.PLACE_DATE, [item], expected=whole)
    if mode == ISSUED and is_open(place):
        yield finding("ND30-33", "Địa danh chưa ghi đủ.", Part.PLACE_DATE, [item])
    elif mode == ISSUED and not (day.isdigit() and month.isdigit() and year.isdigit()):
        yield finding("ND30-33", "Ngày, tháng, năm chưa ghi đủ.", Part.PLACE_DATE, [item])
    if day.isdigit() and len(day) == 1:
        title = f"Ngày {day} chưa thêm số 0 phía trước."
        yield finding("ND30-34", title, Part.PLACE_DATE, [item], expected=whole)
    if month in ("1", "2"):
        title = f"Tháng {month} chưa thêm số 0 phía trước."
        yield finding("ND30-35", title, Part.PLACE_DATE, [item], expected=whole)
    elif month.isdigit() and month.startswith("0") and int(month) > 2:
        yield finding(
            "ND30-35",
            f"Từ tháng 3 trở đi không thêm số 0: “tháng {int(month)}”.",
            Part.PLACE_DATE,
            [item],
            level=Level.ACTIONABLE,
            expected=whole,
        )
    if not _in_calendar(day, month, year):
        yield finding("ND30-36", "Ngày này không có trong lịch.", Part.PLACE_DATE, [item])


def _in_words(line: str) -> str:
    """A line with its date in figures alone as the decree wants it: «An Bình, ngày 18/11/2026» mended.

    What cannot be read, or is no day of the calendar, is left for the person to fill in.
    """
    parts = _IN_FIGURES.fullmatch(line)
    if parts is None:
        return "Địa danh, ngày … tháng … năm …"
    place, *figures = parts.groups()
    return _mended_date(place, *(figures if _in_calendar(*figures) else ("", "", "")))


def _mended_date(place: str, day: str, month: str, year: str) -> str:
    """The line of place and date as the decree wants it: «đông Hà ngày 3 tháng 03 năm 2026» mended."""
    place = " ".join(word[:1].upper() + word[1:] for word in place.split())
    day = f"{int(day):02}" if day.isdigit() else day or "…"
    month = (f"{int(month):02}" if int(month) < 3 else str(int(month))) if month.isdigit() else month or "…"
    return f"{place or '…'}, ngày {day} tháng {month} năm {year or '…'}"


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


def check_title(found: Outline, kind: Kind | None, missing: Sequence[Part]) -> Iterator[Finding]:
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
        words = " ".join(_OPENED.sub("", about.text).split())
        small = words[:1].lower() + words[1:] if words[1:2].islower() else words
        told = "Trích yếu công văn chưa mở đầu bằng “V/v”."
        yield finding("ND30-44", told, Part.ABOUT, [about], expected=f"V/v {small or '…'}")


def check_addressees(found: Outline, kind: Kind | None, missing: Sequence[Part]) -> Iterator[Finding]:
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
    wrong = [item for item in items[:-1] if not is_listed(item, ";")] + [items[-1]] * (not is_listed(items[-1], "."))
    if wrong:
        yield finding(
            "ND30-47",
            "Dòng kính gửi chưa đúng gạch đầu dòng hoặc dấu cuối dòng.",
            Part.ADDRESSEE,
            wrong,
            level=Level.ACTIONABLE,
        )
