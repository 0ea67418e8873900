"""Dates of birth in a text: after a word for being born in any wording, or right behind a name.

Days, months and years may be figures or words, the year one of the sixty of the calendar («Kỷ Sửu 1949»). Years of a
whole group («sinh từ 1946 đến 1954»), of animals, and words that only end in «sinh» are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.addresses import names_somebody

_MONTH = r"(?:\d{1,2}|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_YEAR = r"(?:19|20)\d{2}"
_YEAR_SAID = (
    r"(?:mot (?:nghin|ngan) chin tram(?: \w+){1,4}|hai (?:nghin|ngan)(?: khong tram)?(?: \w+){1,3}"
    r"|mot chin \w+ \w+|hai khong \w+ \w+|(?:nam|sau|bay|tam|chin) (?:muoi(?: (?:mot|hai|ba|tu|lam|sau|bay|tam|chin))?"
    r"|mot|hai|ba|tu|bon|lam|nam|sau|bay|tam|chin|khong))"
)
_DIGIT = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_CYCLE = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|meo|thin|ti|ngo|mui|than|dau|tuat|hoi)"
_DATE = (
    rf"(?:(?:mung |mong )*\d{{1,2}} ?[/.–-] ?(?:\d{{1,2}}|[ivx]{{1,4}}) ?[/.–-] ?(?:{_YEAR}|\d{{2}}(?!\d))"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|(?:(?:ngay |mung |mong |ram )*(?:\d{{1,2}} )?(?:thang |t))?{_MONTH}(?: ?[/-] ?| nam ){_YEAR}"
    rf"|(?:(?:ngay |mung |mong )*(?:\d{{1,2}}|\w+(?: \w+){{0,2}})|ram),? thang {_MONTH}"
    rf"(?:(?:,? nam|/)? ?(?:{_YEAR}|{_YEAR_SAID}|{_CYCLE}))?"
    rf"|(?:\d ){{7}}\d(?! ?\d)|(?:1 9|2 0) \d \d(?! ?\d)"
    rf"|(?:{_CYCLE} ?[(,]? ?)?{_YEAR}|{_YEAR_SAID}|{_CYCLE}"
    rf"|{_DIGIT}(?:[ ,/.-]{{1,2}}{_DIGIT}){{3,9}}"
    rf"|(?:mong|mung|nam|dem|mua|hom|buoi|sang|chieu|toi|ram|tet|giao thua|ngay|vao|dau|cuoi|giua)"
    rf"(?: (?:[^\W\d]+|\d{{1,2}}(?= tet))){{0,5}}"
    rf"(?: \d{{1,2}}[/-]\d{{1,2}})?,? (?:nam )?(?:{_YEAR}|{_CYCLE})"
    rf"|\d{{1,2}}[/-]\d{{1,2}}(?:,? nam {_YEAR})?)"
)
_NO_BIRTH = r"(?! (?:hoat|vien|song|thai|ke|hoc|vat|san|loi|nghe|ra tu)\b)"
_OF_WHOM = r"(?: (?:cua|toi|em|chau|ong|ba|anh|chi|co|chu|be|truong|vo|chong|con|me|bo)(?: [^\W\d]+){0,4}?)?"
_WHEN = r"(?:ra|ngay|nam|thang|vao|khoang|luc|hoi|dau|cuoi|dung|nham|trong)"
_BORN = re.compile(
    rf"(?:\bsinh(?: nhat{_OF_WHOM})?(?: (?:doi|ba|non|mo|thuong|thieu thang))?"
    r"(?:,? (?:tai|o) [^.;\n]{2,50}?(?=,? (?:ngay|nam|thang|vao|luc)\b))?"
    r"(?:,? luc \d{1,2}(?: gio| ?h)[ \d]*(?:phut)?(?: sang| chieu| toi| dem)?)?"
    rf"(?:,? {_WHEN})*"
    rf"|\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh{_NO_BIRTH}(?: [^\W\d]+){{0,5}}?(?: ?\([^)\d]{{1,40}}\))?"
    r"|\bsn\b|\bns\b|\bntns\b|\bn\.? ?sinh|\b[sn]s?n?(?=(?:19|20)\d\d\b)|\bdob\b|\bbirth ?(?:date|day)|\bdate of birth"
    r"|\b(?:ngay|nam|thang) sanh|\bsanh(?: (?:ngay|nam|thang))*|\bborn(?: (?:on|in))?"
    rf"|\b(?:be|chau|con|tre|em)(?: \w+){{0,6}} (?:chao doi|ra doi)"
    rf"(?:,? luc \d{{1,2}}(?: gio| ?h)[ \d]*(?:phut)?(?: sang| chieu| toi| dem)?)?(?:,? {_WHEN})*"
    r"|(?<!sinh )\bde (?:ngay|nam|thang))"
    rf"{_OF_WHOM}\s*(?:[:.,|=–-]|\bla\b|\))?\s*(?:la |vao |khoang |khong ro,? (?:nam )?)?(?P<it>{_DATE})"
    r"(?! ?(?:den|tro di|tro lai|tro ve|tro len)\b)(?! ?[-–] ?\d)(?!\d)"
)
_MORE = re.compile(
    rf"(?:,| va| hoac|[^.\n]{{0,12}} phai la)\s+(?P<it>{_YEAR})(?!\d)"
    rf"|[ ,]+(?:chu |va )?khong phai(?: la)?(?: ngay)?\s+(?P<not>{_DATE})(?!\d)"
)
"""More of the same: «1986 và 1988», «19/8/1972 chứ không phải 18/9/1972»."""
_NAMED_DATE = re.compile(
    r"(?P<name>[\w'’]+(?:\s[\w'’]+){1,4})\s*(?:–|-|,|\(|\|)\s*(?:[Nn]am|[Nn]ữ)?[ ,|–-]*"
    r"(?P<it>(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2} tháng \d{1,2} năm )(?:19\d{2}|20(?:[01]\d|2[0-2])))(?!\d)"
)
"""A date behind a name: a child's year of birth at the latest, for after it the day of a document is likelier."""
_SHORT_YEAR = re.compile(r"\b(?:sn|sinh nam|ns|nam sinh):? ?[’'`]?(?P<it>[3-9]\d)(?=[,.;)]|$|\n)")
"""«SN 85»: below 30 it may be a house."""
_NAMED_YEAR = re.compile(
    r"(?:(?P<name>[\w'’]+(?:\s[\w'’]+){1,4})\s*[(,|–-]|\b(?:[Nn]am|[Nn]ữ),)\s*(?P<it>19[2-9]\d|200\d"
    r"|201\d)(?=\s*[),;|–-]|$)"
)
_KIN_YEAR = re.compile(
    r"\b(?:ông|bà|bố|mẹ|cha|vợ|chồng|anh|chị|em|con|cháu|cô|chú|dì|bác)(?:\s[a-zà-ỹđ]+){1,3}\s\((?P<it>19[2-9]\d|20[01]\d)\)",
    re.IGNORECASE,
)
"""«chị ruột tôi (1971)»"""
_CITED = re.compile(r"\b(?:theo|dẫn|xem)\s(?:\w+\s)?$", re.IGNORECASE)
_SAID_AFTER = re.compile(
    rf"(?P<it>{_DATE}),? (?:\(|la |moi la |dung la )(?:ngay(?:,? thang)?(?:,? nam)?"
    rf"|nam) sinh\b(?! hoat)"
)
_NAME_AND_YEAR = re.compile(
    r"(?P<name>[\w'’]+(?:\s[\w'’]+){1,4})\s(?P<it>19[2-9]\d|200\d)(?=\s*(?:[,;|)]"
    r"|$))",
    re.MULTILINE,
)
_GROUP = re.compile(r"\b(?:the he|do tuoi|nhom tuoi)\b|\bsinh (?:tu|sau|truoc)\b")
_NOT_BORN = re.compile(
    r"\b(?:phat|dan|an|vi|hoc|thi|ve|ky|tai|tuyen|hi|hy|moi|san|nay|song|bam|giao|du|cuu|ho|doan|so|khi|muc|sau"
    r"|trong) $"
)
"""«học sinh năm 2025», «phát sinh 2026»: words that end in sinh."""
_ANIMAL = re.compile(
    r"\b(?:bê|bò|nghé|trâu|lợn|heo|dê|gà|vịt|ngan|ngỗng|chó|mèo|ngựa|hổ|voi|đàn|lứa|cây|giống|thú)(?: \w+){0,2} $",
    re.IGNORECASE,
)


def births(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the dates stand in ``plain``, the folded ``text``."""
    written = text if len(text) == len(plain) else plain  # «bê» is no «bé»
    for match in _BORN.finditer(plain):
        before = plain[: match.start()]
        word = _NOT_BORN.search(before) if match[0].startswith("sinh") else None
        if word and not (word.start() and written[word.start()].isupper()):  # «chị An sinh năm …»
            continue
        if match[0].startswith("de ") and not written.lower().startswith("đẻ", match.start()):
            continue
        if _ANIMAL.search(written[: match.start()]) or _GROUP.search(
            plain[max(0, match.start() - 30) : match.start("it") + 4]
        ):
            continue
        yield match.span("it")
        at = match.end()
        while more := _MORE.match(plain, at):
            yield more.span("it" if more["it"] else "not")
            at = more.end()
    yield from (match.span("it") for match in _SAID_AFTER.finditer(plain))
    for match in (*_NAMED_DATE.finditer(text), *_NAME_AND_YEAR.finditer(text)):
        if names_somebody(match["name"]):
            yield match.span("it")
    for match in _NAMED_YEAR.finditer(text):
        if (not match["name"] or names_somebody(match["name"])) and not _CITED.search(text[: match.start()]):
            yield match.span("it")
    yield from (match.span("it") for match in _KIN_YEAR.finditer(text))
    yield from (match.span("it") for match in _SHORT_YEAR.finditer(plain))
