"""Dates behind a word for being born, in any wording; of several people, and of one whose papers disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.dates import CYCLE, DATE, YEAR
from service.checks.personal.nobodys import somebody_is_born
from service.checks.personal.versions import other_versions

_NO_BIRTH = r"(?! (?:hoat|vien|song|thai|ke|hoc|vat|san|loi|nghe|ra tu)\b)"
_HOUR = (
    r"(?:,? (?:(?:luc|hoi|vao) )?\d{1,2}(?: gio| ?h)(?: ?\d{1,2}(?!\d|[/.-]))?"
    r"(?: phut)?(?:,? (?:sang|chieu|toi|dem))?)?"
)
"""«lúc 3h15 sáng»"""
_OF_WHOM = r"(?: (?:cua|toi|em|chau|ong|ba|anh|chi|co|chu|be|truong|vo|chong|con|me|bo)(?: [^\W\d]+){0,4}?)?"
_WHEN = (
    r"(?:ra|duoc|dung(?: (?:ngay|dip|hom)(?: [a-z]+){1,4}(?: so \d{1,2})?,?(?= \d))?"
    r"|(?:thang|tuan|hom) (?:truoc|qua|roi|kia|vua roi),?"
    r"|sang|chieu|toi|(?:nua )?dem|thu (?:hai|ba|tu|nam|sau|bay),?"
    r"|(?:am|duong) lich|quang|ang|phong|nhung|hoi|tam|cung|hom|ngay|nam|thang|vao|khoang|chung|luc"
    r"|dau|cuoi|nham|trong|cac)"
)
_BORN = re.compile(
    rf"(?:\bsinh(?: ha)?(?: duoc)?(?: (?:con|be) (?:trai|gai))?(?: nhat{_OF_WHOM})?"
    r"(?: (?:doi|ba|non|mo|thuong|thieu thang)(?: voi [^.;,\n\d]{2,20})?)?"
    r"(?:(?: ra| truong)?(?: va lon len)?,? (?:tai|o) [^.;\n]{2,50}?(?=,? (?:ngay|nam|thang|vao|luc|mua)\b))?"
    rf"(?: \d[\d.,]* ?(?:gram|gam|kg))?{_HOUR}(?:,? gio [a-z]+)?(?:,? {_WHEN})*"
    rf"|\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh{_NO_BIRTH}(?: [^\W\d]+(?:/[^\W\d]+)?){{0,5}}?"
    r"(?: ?\([^)\d]{1,40}\))?"
    r"|\b(?:ngay|nam)_?sinh\b[\"']?"
    r"|\bs\.? ?nam\b|\bsinh n\.|\bsn\b|\bns\b|\bntns\b|\bn\.? ?sinh|\b[sn]s?n?(?=(?:19|20)\d\d\b)|\b[sn][./][sn]\b\.?"
    r"|\bs\. ?(?=(?:19|20)\d\d\b)|\bd\.?o\.?b\b\.?|\bbirth ?(?:date|day)|\bdate of birth"
    r"|\bkhai sinh(?: [a-z]+){0,3} (?:ghi|de)(?: la| ngay| nam| nham| sai)*(?= \d)"
    rf"|\blot long(?: me)?{_HOUR}(?: ngay)?|\bchao doi(?: (?:dung|ngay|vao|luc|hom))*{_HOUR}"
    r"(?= \d| (?:ngay|dem|sang|chieu|toi|mua|ram|mung|mong|nam|thang|giua|dau|cuoi|tet)\b)"
    r"|\bcat tieng khoc(?: (?:chao doi|dau (?:tien|doi)))?(?: (?:vao|luc))*"
    r"|\b(?:ngay|nam|thang) sanh|\bsanh(?: (?:ngay|nam|thang))*|\bborn(?: (?:on|in))?"
    r"|(?:(?<![^\n])|(?<=[-–+•,;|(] )|(?<=[;|(]))(?:ngay |nam )?(?:ra|chao) doi(?: (?:ngay|nam|luc|vao))? ?(?=:)"
    r"|(?<=, )ra doi(?: (?:ngay|vao))?(?= \d)"
    rf"|(?<!tap )\b(?:be|chau|con|tre|em|me|cha|bo|ong|ba|toi|cu|anh|chi|co)(?:,? \w+){{0,6}},? (?:chao doi|ra doi)"
    r"(?: (?:o|tai) [a-z ]{2,30}?(?= (?:ngay|nam)\b))?"
    rf"{_HOUR}(?:,? {_WHEN})*"
    rf"|(?<!sinh )\bde(?: roi)?(?: (?:tren|tai|o|giua|trong) [a-z ]{{2,25}}?)?(?= luc \d){_HOUR}(?:,? (?:ngay|hom))?"
    r"|(?<!sinh )\bde(?:(?: (?:chau|con|be|no|em|toi|roi|non))*(?: (?:dung|vao|hom|luc|khoang|dem|sang|chieu))*"
    r" (?:ngay|nam)\b"
    r"|(?: (?:chau|con|be|no|em|toi|roi|non))*(?: (?:dung|vao|hom|luc|dem|sang|chieu))+(?= (?:\d|mung |mong |ram ))"
    r"|(?: (?:chau|con|be|no|em|toi|roi|non|hoi|vao))*"
    r" (?=(?:(?:mung|mong|ram|ham|muoi) (?:\w+ ){0,2})?(?:thang|tet)\b)))"
    rf"{_OF_WHOM}[ .…]*\s*(?:[:.,|=–-]|\bla\b|\))?\s*[\"'(\[]?"
    r"(?:la |vao |khoang |chung |khong ro,? (?:nam )?|n(?:am|u) ?:? (?=\d))?(?:[._…]{1,6} ?/ ?){0,2}"
    rf"(?P<it>{DATE})"
    r"(?! ?(?:den|tro di|tro lai|tro ve|tro len)\b)(?! ?[-–] ?\d)(?!\d)(?!(?<=[a-z])[a-z])"
    r"(?! (?:la|co) \d{1,4} (?:em|chau|nguoi|hoc sinh|tre|doan vien)\b)"
)
_LISTED_ON = re.compile(
    rf"(?:\s?[,;/]| va| -)\s?(?:(?:ngay|nam) )?(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}|{YEAR})(?![\d/-]?\d)"
)
_SEVERAL = re.compile(
    r"\b(?:(?:cac|hai|ba|bon|nam|may|\d)(?: [a-z]+)? (?:con|chau|be|dua|em|anh|chi|cu|vo chong)|vo ?(?:/|va|,) ?chong"
    r"|vo chong|lan luot|sinh (?:doi|ba|cac nam)|va (?:ong|ba|anh|chi|em|chau|vo|chong))\b"
)
"""Of whom each was born on a day of their own: «hai cháu sinh ngày …, ngày …»."""
_BORE_YEAR = re.compile(r"\bđẻ (?:ra )?năm (?P<it>[2-9]\d)\b(?!\s*(?:lứa|con|triệu|nghìn))", re.IGNORECASE)
"""«cụ đẻ năm 43»"""
_SHORT_YEAR = re.compile(
    r"\b(?:sn|sinh nam|ns|nam sinh):? ?[’'`]?(?P<it>[3-9]\d)"
    r"(?=[,.;)]|$|\n| (?:thi|co|hien|lam|da|dang|muon|xin|chua|hoc|di|bi|roi)\b)"
)
"""«SN 85»: below 30 it may be a house."""
_FORGOTTEN = re.compile(
    rf"\bsinh\b[^.;\n]{{0,40}}?(?:(?:khong|chua|chang) (?:nho|ro|biet)|chi (?:biet|nho))[^.;\n]{{0,40}}?"
    rf"\b(?P<it>{YEAR}|{CYCLE})\b"
    rf"|(?<![\d/.-])(?P<year>{YEAR}) ?[(,;–-] ?(?:khong|chang|quen) (?:con )?(?:(?:nho|ro|biet|co) )?ngay\b"
)
"""«sinh không rõ ngày, chỉ biết năm 1951», «1991 (không nhớ ngày tháng)»"""
_OF_A_REIGN = re.compile(
    r"\bs[ia]nh (?:vao |dung )?nam (?:[a-z]+ ){1,2}thu (?:\d{1,2}|[a-z]+(?: [a-z]+)?)"
    rf"(?:,? (?:tuc|nham|ung|la)(?: la| voi| vao)?(?: nam)? |,? ?\()(?P<it>{DATE})"
)
"""«sinh năm Bảo Đại thứ 9, tức 1934»"""
_ASKED = re.compile(
    rf"(?:\bsinh (?:ngay |thang )?(?:nam )?(?:nao|gi|may|bao nhieu)\b|\b(?:ngay|nam) sinh\b(?=[^\n\d?]{{0,25}}\?))"
    rf"[^\n\d]{{0,40}}?"
    rf"(?:\b(?:dap|thua|tra loi|tl|viet|ghi|khai|noi)\b(?: la| vao)?|\?)[\"”]?\s{{0,2}}[:–-]? ?"
    rf"(?:[a-z]{{1,8}}: ?)?[\"“]?(?:da )?(?:nam |ngay |bua )?(?P<it>{DATE})(?!\d)"
)
"""«sinh năm nào? Đáp: tám mươi sáu»"""
_NEWBORN = re.compile(
    r"\b(?:be|tre)(?: (?:trai|gai|so sinh)){1,2}[, (]{1,2}(?P<it>\d{1,2}[/.-]\d{1,2}[/.-]20[12]\d)(?!\d)"
)
_BORE = re.compile(
    rf"(?<![\w/.-])(?P<it>(?:(?:ngay|thang|nam) )?(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}"
    rf"|thang \d{{1,2}} nam {YEAR}|(?<=nam ){YEAR})),?"
    rf" (?:me|ma|u|bam|vo|vo chong)(?: \w+){{0,3}} (?:sinh|de|sanh)(?: ra)? (?:toi|tui|em|chau|con|nguoi con|be|duoc)\b"
)
"""«Năm 1976 mẹ sinh ra tôi»"""
_IN_WORDS = re.compile(
    r"\bsinh\b[^\n]{0,60}\n?[^\n]{0,12}\bbang chu ?:? ?(?:ngay )?"
    r"(?P<it>[a-z]+(?: [a-z]+){0,2},? thang [a-z]+(?: [a-z]+)?,? nam [a-z]+(?: [a-z]+){2,7})"
)
"""«sinh ngày …, viết bằng chữ: ngày hai mươi chín …»"""
_SAID_BEHIND = (
    r"(?:,? (?:\(|la |moi la |dung la |tuc (?:la )?(?=sinh))(?:ngay(?:,? thang)?(?:,? nam)?|(?:thang,? )?nam|(?<=tuc )"
    r"|(?<=tuc la )) ?sinh\b(?! hoat)| (?:moi|dung|chinh) la ngay de(?=[.,;]|$))"
)
_HEAD_BEHIND = re.compile(_SAID_BEHIND)
_BEFORE_HEAD = re.compile(rf"(?P<it>{DATE}|\d{{1,2}}/\d\d){_SAID_BEHIND}")
"""«15/3/1960 mới là ngày sinh»; looked for only where its last words stand, which are quickly found."""
_LONGEST = 60
"""Letters of a date in words."""
_BORN_AT = re.compile(rf"(?<![\d/.-])(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}),? sinh (?:tai|o)\b")
"""«ngày 5.1.2026 sinh tại …»"""
_NEAR = 40
"""Letters before a date in which it is said that several are spoken of."""


def _listed_on(plain: str, match: re.Match[str]) -> Iterator[re.Match[str]]:
    """Further dates in a row behind the first, where several people were spoken of."""
    at = match.end() if _SEVERAL.search(plain, max(0, match.start() - _NEAR), match.start("it")) else len(plain)
    while more := _LISTED_ON.match(plain, at):
        yield more
        at = more.end()


def said_to_be_born(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand in ``plain``, the folded ``text``, of which it is said that somebody was born on them."""
    written = text if len(text) == len(plain) else plain  # «bê» is no «bé»
    at = 0
    while match := _BORN.search(plain, at):
        if not somebody_is_born(match, plain, written, bool(_LISTED_ON.match(plain, match.end("it")))):
            at = match.start() + 1  # «hy sinh …, sinh năm 1951»
            continue
        spans = [match.span("it"), *(one.span("it") for one in _listed_on(plain, match))]
        spans += other_versions(plain, match, max(match.end(), spans[-1][1]))
        yield from spans
        at = max(match.end(), spans[-1][1])
    for head in _HEAD_BEHIND.finditer(plain):
        found = _BEFORE_HEAD.search(plain, max(0, head.start() - _LONGEST), head.end() + len(" hoat"))
        if found:
            yield found.span("it")
    for pattern in (_OF_A_REIGN, _FORGOTTEN, _ASKED, _IN_WORDS, _NEWBORN, _BORE, _SHORT_YEAR, _BORN_AT):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(plain))
    yield from (match.span("it") for match in _BORE_YEAR.finditer(text))
