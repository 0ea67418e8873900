"""Quantities in a text: numbers, amounts, dates, times, document numbers and the like, each with what it means.

A quantity carries a canonical ``value``, a string that is equal when the meaning is equal; offsets are as in
``service.text``.

======== ========================================== =================================================
kind     seen                                       value
======== ========================================== =================================================
number   1.500.000 · 1,5 triệu · 09                 1500000 · 1500000 · 9
money    1,5 triệu đồng · 12.000 USD                1500000 · 12000 usd
percent  61,4% · 95 phần trăm                       61.4 · 95
date     ngày 05/3/2024 · 20 tháng 12 · quý III     2024-03-05 · --12-20 · Q3 (ISO 8601 with gaps)
time     17h30 · 5 giờ chiều                        17:30 · 17:00
sign     Số 186/KH-UBND (số, ký hiệu)               186/kh-ubnd
article  khoản 2 · Điều 8                           khoan 2 · dieu 8
phone    0233.3852.123                              02333852123
fraction 9/13                                       9/13
words    hai mươi lăm                               25
======== ========================================== =================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from service.text import fold, has_marks, normalise_tone, typed_bare


@dataclass(frozen=True)
class Quantity:
    """A number, date or the like as it stands in a text; the table above lists ``kind`` and ``value``."""

    kind: str
    value: str
    start: int
    end: int
    text: str


class DateParts(NamedTuple):
    """The known parts of a date value; what was not written is None."""

    year: int | None
    quarter: int | None
    month: int | None
    day: int | None


def date_parts(value: str) -> DateParts:
    """Read the value of a date quantity ("2026-12-20", "--12-20", "---20", "2026-Q3", "2026")."""
    found = re.fullmatch(r"([0-9]{4}|-)?-?(?:Q([1-4])|(?:([0-9]{2})|-)(?:-([0-9]{2}))?)?", value)
    if not found:
        raise ValueError(f"not a date value: {value!r}")
    year, quarter, month, day = (int(part) if part and part != "-" else None for part in found.groups())
    return DateParts(year, quarter, month, day)


def _date_value(year: int | None = None, month: int | None = None, day: int | None = None) -> str | None:
    """The canonical value, or None when there is no such day."""
    if month is not None and not 1 <= month <= 12:
        return None
    longest = 31 if month is None else (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if day is not None and not 1 <= day <= longest:
        return None
    head = str(year) if year else "-"
    if day is None:
        return f"{head}-{month:02}" if month else head
    return f"{head}-{month:02}-{day:02}" if month else f"---{day:02}"


_EXACT = Context(prec=100)
_SCALES = {"nghin ty": 12, "ngan ty": 12, "van": 4, "nghin": 3, "ngan": 3, "trieu": 6, "tr": 6, "ty": 9, "ti": 9}
_SCALES |= {
    f"{tens} {scale}": n + _SCALES[scale]
    for tens, n in (("chuc", 1), ("tram", 2))
    for scale in ("nghin", "ngan", "trieu", "ty")
}


def _plain(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _decimal(digits: str) -> Decimal:
    """Vietnamese digits: "." groups thousands, "," is the decimal mark; "1,500,000" and "61.4" are understood too."""
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3}){2,}", digits):
        digits = digits.replace(",", "")
    return Decimal(digits.replace(",", "."))


def _amount(seen: str) -> str:
    """The value of digits with unit words: "2 tỷ 350 triệu", "3 triệu rưỡi", "1.500"."""
    total, scale = Decimal(0), 0
    for digits, unit in re.findall(
        r"([0-9][0-9.,]*)\s*((?:nghin|ngan) ty|(?:chuc|tram) (?:nghin|ngan|trieu|ty)|[a-z]*)", fold(seen)
    ):
        scale = _SCALES.get(unit, 0)
        total = _EXACT.add(total, _EXACT.scaleb(_decimal(digits), scale))
    if fold(seen).endswith("ruoi"):
        total = _EXACT.add(total, _EXACT.scaleb(Decimal(5), scale - 1))
    return _plain(total)


_UNITS = ("một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
COUNT_WORDS = ("không", *(words.split()[0] for words in _UNITS), "mười")
"""How 0 to 10 are written."""
_UNIT_WORDS = {word: n for n, words in enumerate(_UNITS, 1) for word in words.split()}
_BIG_WORDS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_LONGEST_NUMBER = 24  # words
_NUMBER_WORD = "|".join((*_UNIT_WORDS, *_BIG_WORDS, "không", "linh", "lẻ", "mười", "mươi", "chục", "trăm", "rưỡi"))
_BELOW_1000 = re.compile(
    r"(?:(?P<h>\w+) trăm ?)?(?:(?P<t>\w+) (?:mươi|chục) ?|(?P<ten>mười) ?|(?P<zero>linh|lẻ) ?)?(?P<u>\w+)?",
)


def _below_1000(words: list[str]) -> int | None:
    """The value of number words without nghìn, triệu, tỷ; None when they are not one number."""
    found = _BELOW_1000.fullmatch(" ".join(words))
    if not words or not found:
        return None
    hundreds, tens, ten, zero, unit = found.group("h", "t", "ten", "zero", "u")
    bare = not (hundreds or tens or ten or zero)
    if (hundreds and unit and not (tens or ten or zero)) or (unit == "năm" and (tens or ten)) or (zero and not unit):
        return None  # "hai trăm năm" and "mười năm" speak of years
    if (unit in ("lăm", "nhăm") and not (tens or ten)) or (unit in ("mốt", "tư") and not tens):
        return None
    value = 10 if ten else 0
    for word, factor in ((hundreds, 100), (tens, 10), (unit, 1)):
        if word and word not in _UNIT_WORDS and (word, factor) != ("không", 100):
            return None
        value += _UNIT_WORDS.get(word or "", 0) * factor
    return value if value or not bare else None


def _words_value(words: list[str]) -> int | None:
    """The value of a run such as "một triệu hai trăm nghìn" or "một triệu rưỡi"; None when it is not a number."""
    total, group, last = 0, list[str](), 0
    for at, word in enumerate(words):
        if word in _BIG_WORDS:
            below = _below_1000(group)
            if below is None or (last and _BIG_WORDS[word] >= last):
                return None
            last = _BIG_WORDS[word]
            total, group = total + below * last, []
        elif word == "rưỡi":
            return total + last // 2 if last and not group and at == len(words) - 1 else None
        else:
            group.append(word)
    below = _below_1000(group) if group else 0
    return None if below is None else total + below


# Rules are written with diacritics; for a text typed without any, their Vietnamese letters are folded.
_N = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9])|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])|[0-9]+(?:[.,][0-9]+)?)"
_SCALE = (
    r"(?:(?:chục|trăm) (?:nghìn|ngàn|triệu|tỷ)|(?-i:vạn)(?!\s+(?:bản|phòng|hóa|kiện|học|nghệ|thư|chương|tuế))"
    r"|(?:nghìn|ngàn) tỷ(?!\s+lệ)|tỷ(?!\s+lệ)|tỉ(?!\s+lệ)|triệu(?!\s+(?:tập|hồi|chứng))|tr|nghìn|ngàn)\b"
)
# A place may begin the next line ("năm 2026", "Triệu Phong, ngày …"): after a line break a scale is in small letters.
_SCALED = rf"{_N}(?:[^\S\n]*|\s*(?=(?-i:[a-zđ]))){_SCALE}(?:\s+{_N}\s*{_SCALE}){{0,3}}(?:\s+rưỡi\b)?"
_DONG = r"đồng\b(?!\s+(?:chí|bào|bằng|ý|tình|lòng|hồ|nghiệp|loạt|thời|đội|chủ|phạm|tác))|vnđ\b|vnd\b|đ\b"
_FOREIGN = r"usd\b|đô\s+la(?:\s+mỹ)?\b|eur\b|euro\b"
_NOT_INSIDE = r"(?<![\w])(?<![0-9][.,])(?<![a-zà-ỹđ]-)"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_OF_YEAR = rf"(?:\s*[/-]\s*{_YEAR}|(?:\s*,)?\s+năm\s+{_YEAR.replace('year', 'year2')})"
_DAY, _MONTH = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})(?![0-9])"
_PART = r"(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm)\b)?"
_ON_DAY = r"ngày\s+(?:mùng\s+|mồng\s+)?"
_IN_LINE = r"ngày[^\S\n]+(?:mùng\s+|mồng\s+)?"  # «… trong ngày», and a list below it

_HALVED = "tấn|tạ|yến|cân|ký|kg|lít|mét|m|km|cây số|khối|héc ta|héc-ta|ha|sào|mẫu|năm|tháng|tuần|ngày|tiếng|điểm|lần"
"""Before «rưỡi» these have half of one more: «12 tấn rưỡi»."""
_WEEKDAY = r"thứ\s+(?:(?-i:Hai|Ba|Tư|Năm|Sáu|Bảy)|[2-7])|(?-i:Chủ\s+nhật|Chủ\s+Nhật)"
_STANDS = r"(?=\s*(?:[,.;:)\]]|$)|\s+(?:tại|ở|lúc|năm|này|tới|vừa|đã|sẽ|tức|ghé)\b)"
"""Behind «12-5» that is a date: what it would count («3-5 ngày», «7-9h») never stands so."""

Reading = tuple[str, str] | None


def _integer(match: re.Match[str], *names: str) -> int | None:
    found = match.groupdict()
    return next((int(found[name]) for name in names if found.get(name)), None)


def _no_fact(_match: re.Match[str]) -> Reading:
    return "", ""


def _read_date(match: re.Match[str]) -> Reading:
    value = _date_value(_integer(match, "year", "year2"), _integer(match, "month"), _integer(match, "day"))
    return ("date", value) if value else None


MONTHS = {
    "mười một": 11, "mười hai": 12, "mười": 10, "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "chạp": 12,
}  # fmt: skip
"""The months by name; «mười một» before «mười»: a pattern takes the first that fits."""
_MONTHS_WRITTEN = "|".join(form for name in MONTHS for form in (name.title(), name.capitalize()))


def _read_named(match: re.Match[str]) -> Reading:
    value = _date_value(_integer(match, "year", "year2"), _month_named(match), _integer(match, "day"))
    return ("date", value) if value else None


def _month_named(match: re.Match[str]) -> int:
    return {fold(name): n for name, n in MONTHS.items()}[" ".join(fold(match["named"]).split())]


def _read_full_moon(match: re.Match[str]) -> Reading:
    """«rằm tháng Bảy» is the fifteenth, of the old calendar as well."""
    return "date", f"--{int(match['month'] or 0) or _month_named(match):02}-15"


def _read_quarter(match: re.Match[str]) -> Reading:
    year = _integer(match, "year", "year2")
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"].lower(), match["quarter"])
    return "date", f"{year}-Q{quarter}" if year else f"Q{quarter}"


_NOON = {"trua": 6, "chieu": 12, "toi": 12, "dem": 12}
"""Below these hours the part of the day says that noon is past: «1 giờ trưa», «10 giờ đêm»; «2 giờ đêm» is early."""


def _read_time(match: re.Match[str]) -> Reading:
    hour, minute = int(match["hour"]), _integer(match, "minute", "minute2") or 0
    told = match.groupdict()
    minute = 30 if told.get("half") else minute
    if 0 < (less := int(told.get("less") or 0)) < 60:  # «7 giờ kém 15»
        hour, minute = hour - 1, 60 - less
    part = fold(told.get("part") or "")
    if hour < _NOON.get(part, 0) and not (part == "dem" and hour < 6):
        hour += 12
    elif hour == 12 and part == "dem":
        hour = 24
    return ("time", f"{hour:02}:{minute:02}") if hour <= 24 and minute <= 59 else None


def _read_money(match: re.Match[str]) -> Reading:
    foreign = fold(match["foreign"] or "").strip()
    currency = " usd" if foreign.startswith(("usd", "do la")) else " eur" if foreign else ""
    amount = match["amount"].lower()
    return "money", _amount(f"{amount[:-1]} nghìn" if amount.endswith("k") else amount) + currency


def _read_glued(match: re.Match[str]) -> Reading:
    """«1tr8», «6 triệu 2»: what follows the unit is a part of one."""
    return "money", _amount(f"{match['whole']},{match['part']} {match['scale'] or match['scale2']}")


def _read_number(match: re.Match[str]) -> Reading:
    return "number", _amount(match[0] if match["half"] is None else f"{match[0]} ruoi")


def _read_article(match: re.Match[str]) -> Reading:
    return "article", f"{fold(match['which'])} {int(match['n'])}"


def _read_fraction(match: re.Match[str]) -> Reading:
    return "fraction", "/".join(_amount(part) for part in match[0].split("/"))


def _read_phone(match: re.Match[str]) -> Reading:
    return "phone", re.sub(r"^84", "0", re.sub(r"[^0-9]", "", match[0]))


_RULES: tuple[tuple[str, Callable[[re.Match[str]], Reading]], ...] = (
    # What carries digits but states no fact: list numbers, citations and placeholders, numbered parts of a document.
    (r"(?m)^[ \t>*#_–-]*[0-9]{1,2}(?:(?:\.[0-9]{1,2}){0,3}[.)]|(?:\.[0-9]{1,2}){1,3})(?=[\s*_]|$)", _no_fact),
    (r"(?m)^[ \t]*[0-9]{1,2}/(?=\s)|(?<=[.?!:;]\s)(?:[0-9]{1,2}\)|[1-9]\.)(?=\s(?-i:[A-ZĐÀ-Ỹ]))", _no_fact),
    (r"(?m)^[ \t]*\|[ \t]*[0-9]{1,2}[ \t]*(?=\|)", _no_fact),  # the first cell of a table row
    (r"\([0-9]{1,2}\)|\[[^\[\]\n]{1,80}\]", _no_fact),
    (r"(?m)^[ \t*#_]*điều\s+[0-9]{1,3}\s*[.:]", _no_fact),
    (
        (
            r"\b(?:phụ\s+lục|biểu|bảng|hình|slide|bước|(?<!hạng )(?<!danh )(?<!đề )(?<!chuyên )(?<!tiêu )mục"
            r"|(?<!thành )(?<!cổ )phần|chương|trang|mẫu|thứ|câu|(?<=trường )cấp)(?:\s+số)?"
            r"\s+[0-9]{1,2}(?:\.[0-9])?(?![0-9.,/%])\b"
        ),
        _no_fact,
    ),
    (rf"{_NOT_INSIDE}(?:{_ON_DAY})?{_DAY}\s+tháng\s+{_MONTH}{_OF_YEAR}?", _read_date),
    (rf"{_NOT_INSIDE}(?:{_ON_DAY})?{_DAY}(?P<dash>[/.-]){_MONTH}(?P=dash){_YEAR}", _read_date),
    (rf"\b{_ON_DAY}{_DAY}[/.-]{_MONTH}(?!\s+tháng)(?![/.-][0-9])", _read_date),
    (rf"\b(?:sáng|trưa|chiều|tối|hôm|hạn|trước)\s+(?P<core>{_DAY}/{_MONTH})(?!/)", _read_date),
    (rf"(?<!phòng )\b(?:sáng|trưa|chiều|tối|hôm|họp|hạn)\s+(?P<core>{_DAY}-{_MONTH}){_STANDS}", _read_date),
    (
        (
            rf"(?<!lần )(?<!đợt )(?<!hạng )(?<!kỳ )(?<!xếp )\b(?:{_WEEKDAY})(?:\s+(?:tuần\s+)?này)?\s*[,(]?\s*"
            rf"(?P<core>{_DAY}[/-]{_MONTH}){_STANDS}"
        ),
        _read_date,
    ),
    (
        rf"\b(?:từ|đến|hết|tới|vào)\s+(?P<core>{_DAY}/{_MONTH})(?!/)(?!\s+(?:số|dân|diện|tổng|hộ|người|quân))",
        _read_date,
    ),
    (
        rf"{_NOT_INSIDE}(?:ngày\s+)?(?:mùng\s+|mồng\s+)?{_DAY}\s+tháng\s+(?P<named>{'|'.join(MONTHS)})\b{_OF_YEAR}?",
        _read_named,
    ),
    (rf"\brằm\s+tháng\s+(?:(?P<month>[1-9]|1[0-2])(?![0-9])|(?P<named>{'|'.join(MONTHS)})\b)", _read_full_moon),
    (rf"\btháng\s+(?P<named>(?-i:{_MONTHS_WRITTEN}))\b{_OF_YEAR}?", _read_named),
    (rf"\btháng\s+{_MONTH}(?!\.[0-9]{{3}}){_OF_YEAR}?", _read_date),
    (rf"{_NOT_INSIDE}(?<!/)(?:(?-i:T))?{_MONTH}/{_YEAR}(?!/)", _read_date),
    (r"(?<![\w./-])(?-i:T)(?P<month>[89]|1[0-2])(?![\w/-]|\.\w)", _read_date),  # «T2» to «T7» are days of the week
    (rf"\bnăm\s+{_YEAR}", _read_date),
    (rf"(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )\b{_IN_LINE}{_DAY}(?![0-9.,/]*[0-9%])", _read_date),
    (rf"\bquý\s+(?P<quarter>[1-4]|iv|i{{1,3}})\b{_OF_YEAR}?", _read_quarter),
    (
        (
            rf"{_NOT_INSIDE}(?P<hour>[0-9]{{1,2}})\s*giờ\b(?!\s+(?:làm|học|công|lao|liên))"
            r"(?:\s*(?P<minute>[0-9]{2})(?![0-9/%]|[.,][0-9])(?:\s*phút\b)?|\s+(?P<minute2>[0-9]{1,2})\s*phút\b"
            rf"|(?P<half>\s+rưỡi\b))?{_PART}"
        ),
        _read_time,
    ),
    (rf"{_NOT_INSIDE}(?P<hour>[0-9]{{1,2}})\s*giờ\s+kém\s+(?P<less>[0-9]{{1,2}})\b(?:\s*phút\b)?{_PART}", _read_time),
    (rf"{_NOT_INSIDE}(?P<hour>[0-9]{{1,2}})(?P<half>\s+rưỡi)\b(?!\s+(?:{_SCALE}|đồng)){_PART}", _read_time),
    (
        rf"{_NOT_INSIDE}(?P<hour>[0-9]{{1,2}})(?:\s?h(?P<minute>[0-9]{{2}})?|[g:](?P<minute2>[0-9]{{2}}))\b(?!:\d){_PART}",
        _read_time,
    ),
    (
        (
            rf"{_NOT_INSIDE}(?P<whole>[0-9]+)(?:(?P<scale>tr)|\s*(?P<scale2>triệu|tỷ)\s(?=[0-9]\s*(?:đồng\b|[,.;)]?$|[;)]|[,.]\s)))"
            rf"(?P<part>[0-9]{{1,3}})(?:\s*(?:{_DONG}))?(?!\w|[.,][0-9])"
        ),
        _read_glued,
    ),
    (
        rf"{_NOT_INSIDE}(?P<amount>{_SCALED}|{_N}(?:k(?!\w))?)(?:(?<=k)|\s*(?:{_DONG}|(?P<foreign>{_FOREIGN})))",
        _read_money,
    ),
    (
        rf"{_NOT_INSIDE}(?P<amount>{_N})\s*(?:(?:điểm\s+)?%|(?:điểm\s+)?phần\s+trăm\b)",
        lambda m: ("percent", _amount(m["amount"])),
    ),
    (rf"\b(?P<which>điều|khoản)\s+(?P<n>[0-9]{{1,3}})(?![0-9.,/]*[0-9%])(?!\s*{_SCALE})", _read_article),
    (r"(?<![\w.])(?:\+84[ .-]?|0)(?:[35789](?:[ .-]?[0-9]){8}|2(?:[ .-]?[0-9]){8,9})(?![0-9])", _read_phone),
    (r"\(02[0-9]{1,2}\)[ .-]{0,2}[0-9](?:[ .-]?[0-9]){6,7}(?![0-9])", _read_phone),
    (r"(?<![\w.,])1[89]00(?:[ .]?[0-9]{4}|(?:[ .]?[0-9]{3}){2}|(?:[ .]?[0-9]{2}){2,3})(?![\w.,]?[0-9])", _read_phone),
    (rf"{_NOT_INSIDE}(?<!/)[0-9]{{1,3}}(?:\.?[0-9]{{3}})*/[0-9]{{1,3}}(?:\.?[0-9]{{3}})*(?![0-9/])", _read_fraction),
    (rf"{_NOT_INSIDE}(?:{_SCALED}|{_N}(?P<half>(?=\s+(?:{_HALVED})\s+rưỡi\b))?)", _read_number),
)

# Số, ký hiệu: capitals as the decree has them, or small letters where the form leaves no doubt. Case matters here.
_SIGN = re.compile(
    r"(?<![\w/])0*(?P<sign>[0-9]{1,6}[A-Za-zĐđ]?(?:"
    r"/(?:[0-9]{4}/)?[A-ZĐ]\w*[A-ZĐ0-9]\w*(?:[-–/&]\w+)*"
    r"|-[A-ZĐ]\w+/[A-ZĐ]\w+"
    r"|/[0-9]{4}/[a-zđ]{2,}[0-9]*(?:-\w+)*|/[a-zđ]{2,5}(?:-\w+)+))(?!\w)"
)
_WORD_RUN = re.compile(rf"\b(?:{_NUMBER_WORD})(?:\s+(?:{_NUMBER_WORD}))+\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|-|–|và|va)\s*", re.IGNORECASE)
_RANGE_GAP = re.compile(r"\s*(?:,|-|–|±|và|va|đến|den|tới|toi)\s*(?:hết\s+|het\s+)?", re.IGNORECASE)


_BEGINS = re.compile(r"\b(?:từ|tu|sáng|trưa|chiều|tối|đêm|sang|trua|chieu|toi|dem)\s+$", re.IGNORECASE)
"""Before a bare number these say that it is a day: «từ chiều 21 đến 23/9»."""


@cache
def _compiled(marked: bool) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...]:
    def spelling(rule: str) -> str:
        return rule if marked else "".join(letter if letter.isascii() else fold(letter) for letter in rule)

    return tuple((re.compile(spelling(rule), re.IGNORECASE), read) for rule, read in _RULES)


@lru_cache(maxsize=512)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, amount, percentage, date, time, document number and the like, in order and without overlap.

    The longest reading wins ("ngày 20 tháng 12" is one date, not a day and a month). List numbers, citation marks
    "[2]", placeholders "[…]" and the numbers of parts ("Phụ lục 1", "Điều 3." at the head of a line) are left out.
    A text without a single diacritic is read in its bare spelling ("ngay 20 thang 12").
    """
    plain = normalise_tone(text)
    readings = sorted(_candidates(plain, text), key=lambda q: q.start - q.end)
    taken, chosen = bytearray(len(text)), list[Quantity]()
    for reading in readings:
        if not any(taken[reading.start : reading.end]):
            taken[reading.start : reading.end] = b"\1" * (reading.end - reading.start)
            if reading.kind:
                chosen.append(reading)
    return tuple(_completed(sorted(chosen, key=lambda q: q.start), text))


def _candidates(plain: str, text: str) -> Iterator[Quantity]:
    marked = has_marks(text)
    rules = (*_compiled(True), *_compiled(False)) if marked and typed_bare(text) else _compiled(marked)
    for pattern, read in rules:
        for match in pattern.finditer(plain):
            found = read(match)
            if found:
                start, end = match.span("core" if "core" in pattern.groupindex else 0)
                yield Quantity(*found, start, end, text[start:end])
    for match in _SIGN.finditer(plain):
        yield Quantity("sign", fold(match["sign"]).replace("–", "-"), *match.span(), text[match.start() : match.end()])
    for match in _WORD_RUN.finditer(plain):
        words = [(word[0].lower(), word.end()) for word in re.finditer(r"\w+", match[0])]
        for length in range(min(len(words), _LONGEST_NUMBER), 1, -1):
            value = _words_value([word for word, _ in words[:length]])
            if value is not None:
                end = match.start() + words[length - 1][1]
                yield Quantity("words", str(value), match.start(), end, text[match.start() : end])
                break


def _completed(found: list[Quantity], text: str) -> list[Quantity]:
    """The first of a pair takes what only the second says: "ngày 05 đến ngày 12 tháng 10", "18-19/12", "20-30%"."""
    for at in range(len(found) - 2, -1, -1):
        here, after = found[at], found[at + 1]
        if not _RANGE_GAP.fullmatch(text, here.end, after.start):
            continue
        bare_day = here.kind == "date" and here.value.startswith("---")
        if bare_day and after.kind == "fraction":
            after = found[at + 1] = _as_date(after)
        begins = here.kind == "number" and _BEGINS.search(text, max(0, here.start - 12), here.start)
        if after.kind == "date" and (bare_day or begins or _LISTED.fullmatch(text, here.end, after.start)):
            found[at] = _as_date(here, after)
        elif after.kind == "time" and _is_hour(here) and "," not in text[here.end : after.start]:
            found[at] = replace(here, kind="time", value=f"{int(here.value):02}:00")  # «17-21 giờ»
        elif here.kind == "number" and after.kind == "percent":
            found[at] = replace(here, kind="percent")
    return found


def _is_hour(one: Quantity) -> bool:
    return one.kind == "number" and one.value.isdecimal() and int(one.value) <= 24


def _as_date(one: Quantity, after: Quantity | None = None) -> Quantity:
    """A day, a number or "14/6" as a date, its month and year those of the date after it; itself when it is none."""
    year, month, told = None, None, True
    if after is not None:
        year, _, month, known = date_parts(after.value)
        told = bool(month and known)
    if one.kind == "date":
        day = date_parts(one.value).day if one.value.startswith("---") else None
    else:
        first, _, second = one.value.partition("/")
        day = int(first) if first.isdecimal() and one.kind in ("number", "fraction") else None
        month = (int(second) if second.isdecimal() else None) if second else month
    value = _date_value(year, month, day) if told and day and month else None
    return replace(one, kind="date", value=value) if value else one
