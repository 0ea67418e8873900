"""What is born but is nobody: an animal, all the children of a year, a feast, a word that only ends in «sinh»."""

from __future__ import annotations

import re

from service.checks.personal.dates import YEAR
from service.checks.personal.people import names_somebody
from service.text import has_marks

_GROUP = re.compile(r"\b(?:the he|do tuoi|nhom tuoi)\b|\bsinh (?:tu|sau|truoc)\b")
_MANY = re.compile(
    r"(?:(?<![\d/.,-])(?!(?:19|20)\d\d )(?:[5-9]|\d{2,4}|\d{1,3}\.\d{3}) (?!tuoi|ghi)(?:[a-z]+ ){1,4}"
    r"|\b(?:cac|nhung|moi|toan bo|tat ca|so)(?: [a-z]+){1,4} "
    r"|\b(?:thanh nien|cong dan(?: nam| nu)?|hoc (?:sinh|tro)|tre(?: em| nho)?) )$"
)
"""«214 nam thanh niên sinh năm 2007»: nobody in particular."""
_KIN = re.compile(
    r"\b(?:con|chau|em|anh chi em)(?: cua)? (?:toi|tui|em|minh|chung toi|ong|ba|anh|chi|vo chong)(?: [a-z]+)? $"
)
"""«các con tôi sinh năm …»: not all children."""
_CHILDREN = re.compile(r"\bcac (?:con|chau|be) $")
"""«Các con sinh 1981, 1984»"""
_NOT_BORN = re.compile(
    r"\b(?:phat|dan|an|vi|hoc|thi|ve|ky|tai|tuyen|hi|hy|moi|san|nay|song|bam|giao|du|cuu|ho|doan|so|khi|muc|sau"
    r"|trong) $"
)
"""«học sinh năm 2025», «phát sinh 2026»: words that end in sinh."""
_FILED = re.compile(r"\b(?:dang ky|lam|cap|xin|nop)(?: lai| giay| ban sao| trich luc| to)* khai $")
_ISSUED = re.compile(r",? (?:cap|do|tai (?:ubnd|uy ban|so tu phap))\b")
"""«đăng ký khai sinh ngày …», «khai sinh ngày … cấp»: the day of a paper."""
_FEAST = re.compile(r"(?:(?:giáng|phục) sinh|sinh nhật bác(?= (?:hồ|\d)))", re.IGNORECASE)
_BUDGET = re.compile(
    r"\)?[,:;]? (?:(?:thu|chi|cap|phan bo|bo tri|du (?:toan|kien)|quyet toan|can doi|ho tro|con du)\b|\d[\d.,]* ?ty\b)"
)
"""«NS 2024 cấp …»: of the budget («ngân sách»)."""
_ANIMAL = re.compile(
    r"\b(?:bê|bò|nghé|trâu|lợn|heo|dê|gà|vịt|ngan|ngỗng|chó|mèo|ngựa|hổ|voi|đàn|lứa|cây|giống|thú)(?: \w+){0,2} $"
    r"|\bgiống \w+(?: \w+)?, $"
    r"|\b(?:(?<!cầm tinh )con (?:bê|bò|nghé|trâu|lợn|heo|dê|gà|chó|mèo|ngựa|voi|hổ)"
    r"|(?:bê|bò|trâu|lợn|heo|dê) (?:đực|cái|nái|sữa|giống)|chó nghiệp vụ)\b(?P<between>[^.;\n]{0,60})$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:của|nhà) [^,;]*", re.IGNORECASE)
_ANIMAL_PLAIN = re.compile(r"\bcon (?:be|bo|nghe|trau|lon|heo|ga|cho|meo|ngua|voi|ho)\b(?P<between>[^.;\n]{0,60})$")
"""Without diacritics only after «con»: «bo» may be a father, «ngan» a name."""
_BODY = re.compile(
    r"\b(?:hop tac xa|htx|to hop tac|cong ty|doanh nghiep|chi bo|chi hoi|cau lac bo|hoi|doan|truong|tap chi|to bao"
    r"|mo hinh|phong trao|chuong trinh|du an|lang nghe|ung dung|trang)\b[^.\n]*$"
)
"""«Hợp tác xã … ra đời: năm 1998»"""
_AT_A_PLACE = re.compile(r"sinh(?: ra| truong)?(?: va lon len)?,? (?:tai|o) ")
_DEED = re.compile(
    r",? (?:thi |moi |da |duoc |toi |ong |ba |anh |chi |em )*(?:di|vao|len|xuong|sang|ra|ve|nhap|tham gia|lay"
    r"|ket hon|cuoi|lap|chuyen|theo|hoc|tot nghiep|lam|bat dau|bi|cong tac|dang|tro)\b"
)
"""«Tôi sinh ra ở quê biển, năm 1980 nhập ngũ»: the year of what came later."""
_WHO = re.compile(r"(?:be|chau|con|tre|em|me|cha|bo|ong|ba|toi|cu|anh|chi|co)(?=[ ,].* doi\b)")
_JUST = re.compile(r"sinh(?: (?:con|be|chau|duoc))* (?:ngay|hom|tuan|thang) ")
_SELF = re.compile(r"\b(?:toi|tui|em|chau|minh|be|con)\b")
_TITLES = {"ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em", "cháu", "bé", "thầy", "dì", "cậu", "con"}
_WHOM = _TITLES | {"trẻ", "mẹ", "cha", "bố", "ba", "tôi"}
"""«Xã có hợp tác xã ra đời năm 1998»: no aunt."""
_FEAST_AT = 6
"""Letters before «sinh» in which the other half of a feast's name stands."""
_NEAR = 40
"""Letters before «chào đời» in which it is said who was born; magazines and programs come into the world as well."""


def _is_name(text: str, at: int) -> bool:
    """«chị An sinh năm …»: a word that could end in «sinh» is a name behind a title or another name."""
    before = re.search(r"(\w+) $", text[:at])
    return text[at].isupper() and before is not None and (before[1][0].isupper() or before[1].lower() in _TITLES)


def _just_born(match: re.Match[str], written: str, at: int) -> bool:
    """«mới sinh tháng trước», «ước đoán sinh khoảng …», no «mọi sinh viên»."""
    bare = written.startswith("moi ", at) and not has_marks(written)
    return written.startswith(("mới ", "đoán "), at) or bool(bare and _JUST.match(match[0]))


def _comes_into_the_world(match: re.Match[str], plain: str, written: str) -> bool:
    """Whether somebody is named before «chào đời», or speaks of themselves behind it, at the head of a sentence."""
    if names_somebody(written[max(0, match.start() - _NEAR) : match.start()]):
        return True
    opens = plain[: match.start()].rstrip(' \n–-•"“')[-1:] in {"", *".:;!?"}
    return bool(opens and _SELF.search(plain, match.end(), match.end() + _NEAR))


def somebody_is_born(match: re.Match[str], plain: str, written: str, listed: bool) -> bool:
    """False for words that end in «sinh», for animals, and for all who were born in a year; ``listed``: another date
    follows in a row."""
    before = plain[: match.start()]
    word = _NOT_BORN.search(before) if match[0].startswith("sinh") else None
    if word and not _is_name(written, word.start()) and not _just_born(match, written, word.start()):
        return False
    if before.endswith("khai ") and (_FILED.search(before) or _ISSUED.match(plain, match.end())):
        return False
    if (
        match[0].startswith(("chao doi", "ra doi"))
        and ":" not in match[0]
        and not _comes_into_the_world(match, plain, written)
    ):
        return False
    if ":" in match[0] and " doi" in match[0] and _BODY.search(before) and not names_somebody(written[: match.start()]):
        return False
    if (
        has_marks(written)
        and (one := _WHO.match(match[0]))
        and written[match.start() :][: one.end()].lower() not in _WHOM
    ):
        return False
    year = re.fullmatch(rf"(?:nam )?{YEAR}", match["it"])
    if year and _AT_A_PLACE.match(match[0]) and _DEED.match(plain, match.end()):
        return False
    if match[0].startswith("de ") and not written.lower().startswith("đẻ", match.start()):
        return False
    told = match.start("it") if match[0].find(" doi ") > 0 else match.start()  # «con nghé chào đời»
    animal = (_ANIMAL if has_marks(written) else _ANIMAL_PLAIN).search(written[:told])
    if animal and not names_somebody(_OWNER.sub("", animal["between"] or "")):
        return False
    if _FEAST.search(written, max(0, match.start() - _FEAST_AT), match.start("it") + 1):
        return False
    if match[0].startswith("ns") and (_BUDGET.match(plain, match.end()) or before.endswith("ngan sach (")):
        return False
    if _GROUP.search(plain[max(0, match.start() - 30) : match.start("it") + 6]):
        return False
    many = _MANY.search(before) if year else None
    children = listed and _CHILDREN.search(before)
    return not many or bool(children or _KIN.search(before)) or names_somebody(written[many.start() : many.end()])
