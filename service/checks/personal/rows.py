"""Dates of birth behind names: in a sentence, in a row on one person, in a list, below a head of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.dates import CYCLE
from service.checks.personal.people import CAPITALS, names_somebody
from service.text import SURNAMES, fold

_NAMED_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})(?<!\d)"
    r"(?:\s\([^\W\d]{1,12}\)|,? (?:tên gọi khác|tên khác|thường gọi|bí danh|tức)(?: là)?:?(?:\s[^\W\d]+){1,4})?"
    r"\s*[–,;/(|\t-]\s*"
    r"(?:(?:[Gg]iới tính:? )?(?:[Nn]am|[Nn]ữ)|(?:SBD|[Ss]ố báo danh|[Ll]ớp)[^,;|\n]{1,12}?)?[ ,;|/–-]*"
    r"(?P<it>(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}(?: năm |, ?|/)|(?:tháng )?\d{1,2}[/.-]"
    r"|tháng \d{1,2} năm )"
    r"(?:19\d{2}|20(?:[01]\d|2[0-2]))|\d{1,2}[/.-]\d{1,2}[/.-][013-9]\d(?=\s?[,;|)]|\.?(?:\s\d{1,2}[).]|$)))"
    r"(?![\d/-]?\d)"
)
"""A date behind a name: a child's year of birth at the latest, for after it the day of a document is likelier."""
_NAMED_YEAR = re.compile(
    r"(?:(?P<name>(?<![\w'’])(?:(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4}|(?:\w\.){2,4}\w?|[KHY]['’]\w+))\s*[(,;/|\t–-]"
    r"(?:\s?(?:chủ hộ|vợ|chồng|con|cháu"
    r"|mẹ|cha|bố|bà"
    r"|ông|em|anh|chị|dâu|rể)(?: \w+)?[,;/|–-]|(?:nam|nữ)[;|]"
    r"|(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý) \w+ ?[–-])?"
    r"|\b(?:[Nn]am|[Nn]ữ),|(?<=[,;|(/–-] )(?:[Nn]am|[Nn]ữ)\s?[;|/–-])\s*(?:khoảng (?:năm )?)?(?P<it>19[2-9]\d|200\d"
    r"|201\d)(?=\s*[),;/|–-]|\t|\.(?:\s|$)|$)",
    re.MULTILINE,
)
_PEOPLE = (
    "Kinh|Tày|Thái|Mường|Nùng|Mông|H['’]?[Mm]ông|Dao|Khmer|Hoa|Ê ?[Đđ]ê|Ba ?[Nn]a|Gia ?[Rr]ai|Chăm|Vân Kiều|Khơ Mú|Hrê"
)
_ATTRIBUTE = (
    rf"(?:[Nn]am|[Nn]ữ|(?:[Dd]ân tộc |người )?(?:{_PEOPLE})|[Ll]ớp \w{{1,5}}|\d{{1,3}} ?(?:tuổi|t)"
    r"|(?:chủ hộ|vợ|chồng|con|cháu|mẹ|cha|bố|ông|bà|anh|chị|em|dâu|rể)(?: [a-zà-ỹđ]+){0,2}(?: [A-ZĐ]\w+)?"
    r"|(?:thợ|làm|buôn|bán|nghề|giáo viên|nông dân|công nhân|học sinh|sinh viên|hưu trí|nội trợ|lái xe"
    r"|cán bộ)(?: [a-zà-ỹđ]+){0,2}"
    r"|(?:tức|thường gọi|bí danh|tên khác)(?: là)?(?: [A-ZĐ]\w+){1,3}"
    r"|(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý) \w+)"
)
_ATTRIBUTED = re.compile(
    rf"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){{1,4}}(?:\s[A-ZĐ]\.)?)"
    rf"\s?[,;/|–(-]\s?(?:{_ATTRIBUTE}(?:\s?\)\s?[,;/|–:-]?|\s?[,;/|–-])\s?){{1,2}}"
    r"(?P<it>(?:\d{1,2}[/.-]){1,2}(?:19\d\d|20(?:[01]\d|2[0-2]))|19[2-9]\d|200\d|201\d)"
    r"(?=\s?[,;)/|–]|\s-|\.?\s*$)",
    re.MULTILINE,
)
"""«Hà Văn Tám (chủ hộ) – 1961», «Hà Thu, lớp 5A, 12/3/2015»"""
_OF_A_LIST = re.compile(
    rf"^\s*(?:\d{{1,3}}[.)]\s?|[-+•–]\s)(?P<name>[{CAPITALS}][\w'’]*(?:\s[{CAPITALS}][\w'’]*){{1,4}})\s"
    r"(?P<it>(?:\d{1,2}[/.-]){1,2}(?:19\d\d|20(?:[01]\d|2[0-2])))(?=\s*$|\s?[,;|–])",
    re.MULTILINE,
)
"""«1. Hà Văn Tám 12/3/1961»"""
_GENDER = re.compile(r"\b[Nn](?:am|ữ)\b")
_OF_GENDER = re.compile(r"\b(?:[Bb]ệnh nhân|[Cc]a \w+:?|[Nn]ạn nhân)\s(?:nam|nữ)$")
_SAID_NUMBER = "(?:không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|trăm|nghìn|ngàn|linh|lẻ)"
_SAID_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})\s?(?:–|-|,|\()\s?(?:ngày )?"
    rf"(?P<it>[a-zà-ỹ]+(?: [a-zà-ỹ]+){{0,2}} tháng [a-zà-ỹ]+(?: [a-zà-ỹ]+)? năm [a-zà-ỹ]+(?: [a-zà-ỹ]+){{1,5}}"
    rf"|\d{{1,2}} tháng (?:\d{{1,2}}|[A-ZĐa-zà-ỹ]+(?: [a-zà-ỹ]+)?) năm {_SAID_NUMBER}(?: {_SAID_NUMBER}){{2,7}})"
)
_IN_OFFICE = re.compile(r"\s?[–-]\s?(?P<until>(?:19|20)\d\d)(?!\d)")
_LIVED = 25
"""Years from which on «(1944 – 2022)» is a life, not a term of office."""
_DATED = re.compile(
    r"\b(?:quyết định|công văn|chỉ thị|kết luận|văn bản|tờ trình|thông báo|báo cáo|ký)\b[^.;\n]{0,40}$", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"\.?\s*(?:$|\n)|\.\s")
"""«Quyết định của Chủ tịch Lê Văn Tám, 12/3/2014.»"""
_CITED = re.compile(r"\b(?:theo|dẫn|xem)\s(?:\w+\s)?$", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh\b[^\n]{0,40}[:)]|(?<![^\n])[^\n|]{0,40}\bten\b[^\n|]{0,30}"
    r"\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh\b[^\n|]{0,40})\s*(?P<lines>(?:\n[^\n]+)+)"
)
_HEADED_LINE = re.compile(
    r"\n(?:\d{1,3}(?:[.)] ?| ?[–,;-] ?)|[-+•] ?)?[a-z' ]{2,40}? ?[–,;-] ?(?:(?:nam|nu) ?[–,;-] ?)?"
    r"(?P<it>(?:\d{1,2}[/.-]){1,2}(?:\d{4}|\d\d)|(?:19|20)\d\d|[3-9]\d(?= ?[–,;-] ))(?![\d/-]?\d)"
)
"""Lines below «(tên – ngày sinh – mẹ):»"""
_NAME_AND_YEAR = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})"
    r"(?:\s(?P<it>19[2-9]\d|200\d)"
    r"(?=\s*(?:[,;|)]|\.(?:\s|$)|$)|\s(?:trú|ngụ|ở|thường|tạm|quê|hiện|CCCD|cccd|căn cước|và|đều|cùng)\b)"
    r"| (?P<date>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)(?=,? (?:[Nn]am|[Nn]ữ|NAM|NỮ)\b))",
    re.MULTILINE,
)
_OF_NO_ONE = re.compile(rf"\bnam {CYCLE}$|\bho chi minh$|^(?:theo|dan|xem) ")
"""«trùng tu năm Giáp Tuất 1994», «chiến dịch Hồ Chí Minh (1975)», «Theo Lê Văn A (2015)»"""
_BARE_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted({fold(one).title() for one in SURNAMES if len(one) > 1}))})(?: [A-Z][a-z]*){{2,3}}$"
)
"""«Nguyen Van Ba», where nothing has marks"""


def _ends_as_a_name(words: str) -> bool:
    """Whether the words before a date end in a name: «Ông Lê Tám mất năm 1999» tells of something else."""
    named = names_somebody(words) or _BARE_NAME.search(words)
    return bool(named) and _is_capital_last(words) and not _OF_NO_ONE.search(fold(words))


def _was_in_office(year: re.Match[str], text: str) -> bool:
    """«Giám đốc Hà Văn Tám (2015–2020)»"""
    term = _IN_OFFICE.match(text, year.end("it"))
    return bool(term and year["it"].isdigit() and int(term["until"]) - int(year["it"]) < _LIVED)


def _is_of_a_paper(date: re.Match[str], text: str) -> bool:
    return bool(_DATED.search(text, 0, date.end("name")) and _SENTENCE_ENDS.match(text, date.end()))


def _is_capital_last(words: str) -> bool:
    return words.rstrip(" ,(").rsplit(maxsplit=1)[-1][0].isupper()


def behind_names(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand behind the names of those who were born then, in ``plain``, the folded ``text``."""
    for match in (*_ATTRIBUTED.finditer(text), *_OF_A_LIST.finditer(text)):
        if _ends_as_a_name(re.sub(r" \w\.$", "", match["name"])) and not _was_in_office(match, text):
            yield match.span("it")
    for match in (*_NAMED_DATE.finditer(text), *_SAID_DATE.finditer(text), *_NAME_AND_YEAR.finditer(text)):
        it = match.lastgroup or "it"
        told = _ends_as_a_name(match["name"]) or _GENDER.search(text[match.end("name") : match.start(it)])
        if told and not _is_of_a_paper(match, text):
            yield match.span(it)
    for match in _NAMED_YEAR.finditer(text):
        named = not match["name"] or _ends_as_a_name(match["name"]) or _OF_GENDER.search(match["name"])
        if named and not (_was_in_office(match, text) or _CITED.search(text, 0, match.start())):
            yield match.span("it")
    for head in _HEADED.finditer(plain):
        yield from (line.span("it") for line in _HEADED_LINE.finditer(plain, *head.span("lines")))
