"""What kind of thing a question asks for, and how surely a sentence holds one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from service.checks.naming import names
from service.quantities import quantities
from service.text import fold, has_marks, normalise_tone

_MANY = "(?:bao nhiêu|mấy)"
_SUMS = "giá|tiền|phí|kinh phí|lương|phụ cấp|phạt|trợ cấp|tốn|hết|trả|thuế|mức thu|hỗ trợ|thưởng|công"
_PHRASES: dict[str, tuple[str, ...]] = {
    "phone": (
        *("số điện thoại", "điện thoại (?:số|của)", "số đt", "sđt", "số máy", "gọi (?:số|cho)", "(?:bấm|liên hệ) số"),
        *("email", "thư điện tử", "đường dây nóng", "hotline", "số nào"),
    ),
    "percent": ("phần trăm", "tỷ lệ", "tỉ lệ"),
    "time": ("mấy giờ", "giờ nào", "lúc mấy"),
    "long": (f"{_MANY} (?:ngày|tháng|năm|hôm|tuần|buổi|tiếng|phút)", "bao lâu"),
    "date": (
        *("khi nào", "lúc nào", "ngày nào", "hôm nào", "bao giờ", "thời hạn", "hạn cuối", "hạn chót", "hạn nộp"),
        *("ngày mấy", "năm nào", "tháng nào", "tháng mấy", "năm bao nhiêu", "chừng nào", "đến hạn", "thứ mấy"),
        *("buổi nào", "tuần nào"),
    ),
    "money": (
        rf"(?:{_SUMS})\b.*{_MANY}",
        rf"{_MANY} (?:một |mỗi )?(?:tiền|đồng|nghìn|ngàn|triệu|trăm nghìn|tỷ|tỉ)",
        rf"{_MANY}\b.*\b(?:tiền|đồng|lệ phí|kinh phí|lương)",
        *("mức phạt", "giá vé", "học phí", "đơn giá"),
    ),
    "count": (_MANY, "số lượng"),
    "where": ("ở đâu", "nơi nào", "chỗ nào", "đi đâu", "đến đâu", "tại đâu", "địa chỉ", "địa điểm", "đâu"),
    "why": ("vì sao", "tại sao", "sao lại", "lý do", "nguyên nhân", "vì đâu", "do đâu", r"^sao\b"),
    "who": (
        *("là ai", "ai", "người nào", "tên gì", "tên là gì", "họ tên", "tên chi", "tên của"),
        "tên (?:hai|ba|những|các)",
    ),
    "how": ("như thế nào", "thế nào", "ra sao", "làm sao", "cách nào", "bằng cách"),
    "whether": (
        *("có được", "được không", "phải không", "có phải", "hay không", r"có\b.*\bkhông", r"không\W*$", r"chưa\W*$"),
    ),
    "which": ("nào", "gì", "chi"),
}
"""The kinds, the most telling first, and the words that ask for them."""
OTHER = "other"
KINDS = (*_PHRASES, OTHER)
_UNMISTAKABLE = {"ai", "email", "hotline"}
"""Single words that ask also without marks; the others may then be another word («gia», «may», «chi»)."""
_SAID_BY_KIND = {
    "money": "tiền đồng giá phí tốn hết triệu nghìn tỷ trăm ngàn mức",
    "date": "ngày hôm lúc khi bao giờ chừng năm tháng thứ buổi tuần",
    "time": "giờ lúc",
    "long": "lâu ngày tháng năm hôm tuần thời hạn giờ buổi",
    "percent": "phần trăm tỷ lệ tỉ",
    "count": "số lượng tổng tất cả",
    "who": "tên ai họ người",
    "where": "đâu nơi chỗ",
    "why": "sao vì lý do nguyên nhân",
    "how": "thế nào sao cách làm",
}
_BEHIND_MANY = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|bao nhieu|may)\s+(\w+)")


def kind_asked(question: str) -> str:
    """One of ``KINDS``."""
    asked = normalise_tone(question.lower())
    return next((kind for kind in _PHRASES if _pattern(kind, has_marks(question)).search(asked)), OTHER)


def places_asked(question: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that ask: what stands beside them is what the question turns on."""
    asked, marked = normalise_tone(question.lower()), has_marks(question)
    kinds = [kind for kind in _PHRASES if kind not in ("money", "whether")]  # their patterns span half the question
    return tuple(match.span() for kind in kinds for match in _pattern(kind, marked).finditer(asked))


@cache
def said_by_kind(kind: str, marked: bool) -> frozenset[str]:
    """Words that a document says by holding a thing of that kind: an amount says «tiền»."""
    return frozenset(map(normalise_tone if marked else fold, _SAID_BY_KIND.get(kind, "").split()))


def unit_asked(question: str) -> str:
    """«hộ» of «bao nhiêu hộ», in small letters; empty where no number of things is asked for."""
    found = _BEHIND_MANY.search(normalise_tone(question.lower()))
    return found[1] if found and kind_asked(question) in ("count", "long", "percent") else ""


def holds(text: str, kind: str) -> float:
    """How surely a thing of the kind stands in a sentence, from 0 to 1; 1 for kinds of which no sign is known."""
    known = _HOLDING.get(kind)
    return known(text, {one.kind for one in quantities(text)}) if known else 1.0


@cache
def _pattern(kind: str, marked: bool) -> re.Pattern[str]:
    phrases = _PHRASES[kind]
    if not marked:
        kept = (one for one in phrases if not one.isalpha() or one in _UNMISTAKABLE)
        phrases = tuple("".join(letter if letter.isascii() else fold(letter) for letter in one) for one in kept)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases) or '(?!)'})(?!\w)")


_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SOME_DAY = re.compile(r"thứ (?:hai|ba|tư|năm|sáu|bảy)|hằng|trước|sau khi|ngày|buổi", re.IGNORECASE)
_LASTING = re.compile(
    r"(?:\d|một|hai|ba|bốn|năm)\s*(?:\([^)]*\)\s*)?(?:ngày|tháng|năm|giờ|tuần|buổi|phút|tiếng)", re.IGNORECASE
)
_SMALL_NUMBER = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\w)", re.IGNORECASE)
_BODY = re.compile(
    r"(?<!\w)(?:ông|bà|đồng chí|anh|chị|công ty|phòng|ban|trung tâm|chủ tịch|trưởng|hội|đoàn|trạm|sở)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<!\w)(?:tại|ở|địa điểm|địa chỉ|phòng|nhà văn hóa|hội trường|trụ sở|sân|trường|thôn|xã|kho)(?!\w)", re.IGNORECASE
)
_REASON = re.compile(r"(?<!\w)(?:do|vì|bởi|nguyên nhân|lý do|nhằm|để)(?!\w)", re.IGNORECASE)


def _sure(*grades: tuple[float, object]) -> float:
    return next((grade for grade, seen in grades if seen), 0.0)


_HOLDING: dict[str, Callable[[str, set[str]], float]] = {
    "phone": lambda text, seen: _sure((1.0, "phone" in seen or "@" in text)),
    "percent": lambda _, seen: _sure((1.0, "percent" in seen), (0.5, seen & {"number", "fraction"})),
    "time": lambda _, seen: _sure((1.0, "time" in seen)),
    "long": lambda text, seen: _sure((1.0, _LASTING.search(text)), (0.4, seen & {"date", "time", "number"})),
    "date": lambda text, seen: _sure((1.0, "date" in seen), (0.5, "time" in seen or _SOME_DAY.search(text))),
    "money": lambda text, seen: _sure(
        (1.0, "money" in seen), (0.7, _GROUPED.search(text)), (0.3, seen & {"number", "words", "percent"})
    ),
    "count": lambda text, seen: _sure(
        (1.0, seen & {"number", "fraction", "words", "percent", "money"}), (0.3, _SMALL_NUMBER.search(text))
    ),
    "where": lambda text, _: _sure((1.0, _PLACE.search(text))),
    "why": lambda text, _: _sure((1.0, _REASON.search(text))),
    "who": lambda text, _: _sure((1.0, any(len(one.words) > 1 for one in names(text))), (0.6, _BODY.search(text))),
}
