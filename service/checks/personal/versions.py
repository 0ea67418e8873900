"""Two dates of one birth: what another paper says, what it is to be mended to, what it really was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.dates import DATE, FIGURES, YEAR

_MORE = re.compile(
    rf"(?:,| va| voi| hoac|[^.\n]{{0,12}} phai la)\s+(?P<it>{YEAR})(?!\d)"
    rf"|[^.;\n]{{0,60}}(?:the|cuoc|to|so|giay|cong|bang|ghi)(?: [^.;\n]{{1,24}})? lai (?:la|ghi)\s+"
    rf"(?P<again>{DATE})(?!\d)"
    rf"|[,;]? (?:nhung )?(?:dung|that|thuc)(?:(?: ra| te)| phai| la)(?: (?:la|phai|nam|ngay|sinh))*:?"
    rf" (?=\d)(?P<really>{DATE})(?!\d)"
    rf"|,? (?:doi |sua |ghi )?(?:thanh|sang) (?:ngay |nam )?(?=\d)(?P<changed>{DATE})(?!\d)"
    rf"|,? \(?tuc(?: la)? (?:ngay |nam )?(?=\d)(?P<same>{DATE})(?!\d)"
    rf"|,? (?:khac|lech|khong khop)\b[^.;\n\d]{{0,40}} (?=\d)(?P<differs>{DATE})(?!\d)"
    rf"|,? (?:hay|hoac) (?:la )?(?:ngay |nam )?(?=\d)(?P<or>{DATE})(?!\d)"
    rf"|[^.;\n]{{0,60}}\blai khai (?:la |ngay |nam )*(?P<declared>{DATE})(?!\d)"
    rf"|[ ,]+(?:chu |va )?khong phai(?: la)?(?: ngay)?\s+(?P<not>{DATE})(?!\d)"
    rf"|[^.;\n\d]{{0,20}}\bdung (?:ghi|viet)(?: la| thanh)? (?=\d)(?P<never>{DATE})(?!\d)"
    rf"|[,;]? (?:con |nhung |va )?(?:theo|ghi (?:trong|tren|o|theo)) [^.,;\n\d]{{2,40}}?(?: la| ghi|:)+"
    rf" (?:ngay |nam )?(?=\d)(?P<by>{DATE})(?!\d)"
    rf"| \([^()\d]{{3,25}}\)(?:,| /|;| [-–])? (?:va |con )?(?=\d)(?P<beside>{DATE})(?= \([^()\d]{{3,25}}\))"
    rf"|[,;]? (?:con |va )?(?:(?:ngay|nam) sinh )?cua [^.,;\n\d]{{1,30}}?(?: la|:)"
    rf" (?:ngay |nam )?(?=\d)(?P<of>{DATE})(?!\d)"
    r"|[^.;\n\d]{0,40}\b(?:con|nhung|ma|trong khi|cccd|can cuoc|cmnd|chung minh|ho khau|hoc ba|ly lich|bang)\b"
    r"[^.;\n\d]{0,40}"
    rf" (?:ghi|la)(?: dai| tam| bua)?(?: la)?(?: ngay| nam)* (?=\d)(?P<elsewhere>{DATE})(?!\d)"
)
"""More of the same: «1986 và 1988», «ghi 1947, … lại là 1948», «19/8/1972 chứ không phải 18/9/1972», «15/8/1958
nhưng lý lịch ghi 10/1957»; and of another: «ngày sinh của An là 6/6, của Tú là 9/9»."""
_MENDED = re.compile(
    r"\bsinh\b[^\n]{0,120}?\b(?:(?:sua|doi|dinh chinh|chinh|ghi nham|ghi sai|viet nham)(?: lai)?(?: cho dung)?"
    rf" (?:thanh|la|sang) (?:ngay |nam )?|(?:lai|chi|deu|cung) ghi (?:la )?(?:ngay |nam )?)(?P<it>{DATE})(?!\d)"
)
"""«sinh ngày 29/02/2013 …, đề nghị sửa thành 28/02/2013»"""
_CHANGED = re.compile(
    rf"\b(?:ngay|thang|nam) sinh\b[^.;\n\d]{{0,60}}?\btu (?:ngay |nam )?(?=\d)(?P<it>{DATE})[^.;\n\d]{{0,30}}?"
    rf"\b(?:thanh|sang|qua) (?:ngay |nam )?(?=\d)(?P<other>{DATE})(?!\d)"
)
"""«cải chính ngày sinh từ 15/3/1979 thành 13/5/1979»"""
_WRONGLY = re.compile(r"\b(?:sai|nham|lon)\b")
"""«ghi sai năm sinh 1961 thành 1916»: what it was made is nobody's."""
_TWO_VERSIONS = re.compile(
    rf"\b(?:ngay(?: thang)?(?: nam)?|nam) sinh\b[^\n.;]{{0,40}}?\bghi (?:la |nham |sai )*(?P<it>{DATE})"
    r",? (?:con |va |ma )?"
    rf"(?:dung|dung ra|that ra|phai|thuc te)(?: la)? (?P<other>{DATE})(?!\d)"
)
"""«sai ngày sinh: trên thẻ ghi 11/02/1962, đúng là 02/11/1962»"""
_RIGHTLY = re.compile(
    rf"\b(?:ngay|thang|nam) sinh\b[^.;\n\d]{{0,60}}\b(?:dung|that|thuc)(?: ra| te| phai)* la (?:ngay |nam )?"
    rf"(?=\d)(?P<it>{DATE})(?!\d)"
    rf"|\bkhai (?:tre|muon|nham|sai|lai)\b[^.;\n\d]{{0,40}} (?:thanh|la|ghi) (?=\d)(?P<late>{DATE})(?!\d)"
    rf"|\bghi (?:la |nham |sai )*(?=\d)(?P<other>{DATE}),? (?:con |nhung |ma )?"
    r"(?:that|thuc|dung)(?: ra| te)? s[ia]nh\b"
)
"""«ghi sai năm sinh của cháu, đúng phải là 2016», «giấy ghi 1971, thật ra sinh năm 1969»"""
_TRUE = r"(?:tuoi|(?:ngay|nam) sinh|sinh) (?:that|thuc)(?: su| ra| te)?"
_TRULY = re.compile(
    rf"\b{_TRUE}(?: cua [a-z]+(?: [a-z]+){{0,3}}?)?(?:,? (?:thi|phai|la))*:? (?:ngay |nam )?(?P<it>{FIGURES})"
    rf"|\b(?:ghi|la|khai|sinh) (?:la |ngay |nam )*(?P<wrong>{FIGURES})(?=,? (?:con |nhung |ma |chu )?{_TRUE}\b)"
)
"""«giấy tờ ghi 1951 nhưng tuổi thật là 1949»"""
_ITS_PAPER = re.compile(
    r"\b(?:khai sinh|chung sinh|ho khau|can cuoc|cccd|cmnd|chung minh(?: thu| nhan dan)?|ho chieu|giay to|ly lich"
    r"|hoc ba|the(?: (?:bao hiem|bhyt|cu tri|can cuoc))?|so (?:bao hiem|bhxh|huu|ho tich))"
    r"(?: (?!dang\b|doan\b|hoi\b)[a-z]+){0,3}? (?:ghi|de|khai)"
    rf"(?: la| ngay| nam| sai| nham)* (?P<it>{FIGURES})"
)
_AGE_SPOKEN_OF = re.compile(r"\b(?:tuoi|sinh|de)\b(?! hoat)[^.;\n]*$")
"""«chỉ nhớ mình tuổi Ngọ, giấy tờ cũ ghi 1942»: what a paper says where an age is spoken of."""
_BIRTH_SPOKEN_OF = re.compile(r"[^.;\n]{0,40}\b(?:tuoi that|s[ia]nh (?:nam|ngay|thang|\d))")
_WITHIN = 90
"""Letters beside a paper in which it is."""


def other_versions(plain: str, first: re.Match[str], at: int) -> Iterator[tuple[int, int]]:
    """What else is said of a date, read on from where the last that ``first`` told ends, at ``at``."""
    while more := _MORE.match(plain, at):
        if more.lastgroup != "changed" or not _WRONGLY.search(plain, max(0, first.start() - 12), first.start("it")):
            yield more.span(more.lastgroup or "it")
        at = more.end()


def corrected(plain: str) -> Iterator[tuple[int, int]]:
    """Dates that are told as the wrong and the right one."""
    for pattern in (_TWO_VERSIONS, _CHANGED):
        yield from (match.span(which) for match in pattern.finditer(plain) for which in ("it", "other"))
    for pattern in (_MENDED, _RIGHTLY, _TRULY):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(plain))
    for match in _ITS_PAPER.finditer(plain):
        before, after = (
            plain[max(0, match.start() - _WITHIN) : match.start()],
            plain[match.end() : match.end() + _WITHIN],
        )
        if _AGE_SPOKEN_OF.search(before) or _BIRTH_SPOKEN_OF.match(after):
            yield match.span("it")
