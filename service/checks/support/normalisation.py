"""One spelling for what offices write in several: abbreviations, months, first days of a month, units of measure."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial

from service.quantities import MONTHS
from service.text import nfc, normalise_tone

_SHORT = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính", "CNTT": "công nghệ thông tin", "CBCC": "cán bộ, công chức", "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội", "NSNN": "ngân sách nhà nước", "PCCC": "phòng cháy, chữa cháy", "NTM": "nông thôn mới",
    "KT-XH": "kinh tế - xã hội", "GPMB": "giải phóng mặt bằng", "PCTT": "phòng, chống thiên tai",
    "THPT": "trung học phổ thông", "THCS": "trung học cơ sở", "HTX": "hợp tác xã", "BĐBP": "bộ đội biên phòng",
    "MN": "mầm non", "TH": "tiểu học", "KCN": "khu công nghiệp", "CCN": "cụm công nghiệp", "TP": "thành phố",
    "TNHH": "trách nhiệm hữu hạn", "GDĐT": "giáo dục và đào tạo", "VHTT": "văn hóa, thông tin",
}  # fmt: skip
_SHORT_WORD = re.compile(rf"(?<![-/\w])(?:{'|'.join(_SHORT)})(?![-/\w])")
_ROADS = {"QL": "quốc lộ ", "TL": "tỉnh lộ ", "ĐT": "đường tỉnh "}
_ROAD = re.compile(rf"\b({'|'.join(_ROADS)})\.?\s?(?=\d)")
_MONTH_WORD = re.compile(rf"\btháng ({'|'.join(MONTHS)})\b(?=\s+năm\s+\d|[ ,.;]|$)", re.IGNORECASE)
_SAID = (
    (re.compile(r"\b(?:một|phân) nửa\b", re.IGNORECASE), "50%"),
    (re.compile(r"\bnửa năm\b", re.IGNORECASE), "6 tháng"),
    (re.compile(r"\b(?:ba|3) tháng đầu năm\b", re.IGNORECASE), "quý I năm"),
    (re.compile(r"\bQuốc khánh\b(?! ?\(?(?:ngày )?0?2)"), "ngày 02/9"),
    (re.compile(r"\bQuốc tế Lao động\b(?! ?\(?(?:ngày )?0?1)"), "ngày 01/5"),
)
"""Figures and days that are said without a figure, and how they are written with one."""
_FIRST_DAYS = re.compile(r"\b(?:ngày )?(?:mùng|mồng) (?=\d)", re.IGNORECASE)
_UNITS: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(rf"(?<![\d.,])(\d+(?:\.\d{{3}})*(?:,\d+)?)\s*(?:{unit})\b"), factor, small)
    for unit, factor, small in (
        ("km|k[ií][- ]?lô[- ]?mét|cây số", 1000, "m"),
        ("tấn", 1000, "kg"),
        ("tạ", 100, "kg"),
        ("ha|héc[- ]?ta|hecta", 10_000, "m2"),
        ("k[ií][- ]?lô[- ]?gam|ký|cân", 1, "kg"),
        ("mét vuông|m²", 1, "m2"),
    )
)
"""An amount in a unit, how many of the smaller one this unit is, and the smaller one."""


def normalised(text: str) -> str:
    """Composed letters, tone marks in their one place, abbreviations as words, months, first days and halves as
    figures, larger units in smaller ones."""
    text = normalise_tone(nfc(text))
    text = _ROAD.sub(lambda match: _ROADS[match[1]], text)
    text = _SHORT_WORD.sub(lambda match: _SHORT[match[0]], text)
    text = _FIRST_DAYS.sub("ngày ", text)
    text = _MONTH_WORD.sub(lambda match: f"tháng {MONTHS[match[1].lower()]}", text)
    for pattern, written in _SAID:
        text = pattern.sub(written, text)
    for pattern, factor, small in _UNITS:
        text = pattern.sub(partial(_in_small, factor, small), text)
    return text


def _in_small(factor: int, small: str, match: re.Match[str]) -> str:
    value = Decimal(match[1].replace(".", "").replace(",", ".")) * factor
    return f"{value.normalize():f} {small}".replace(".", ",")
