"""Names of people in a text, told by a surname, by initials, or by a place among brothers and sisters."""

from __future__ import annotations

import re
from itertools import pairwise

from service.text import SURNAMES

CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
CASED = rf"(?:[{CAPITALS}][\w'’]*|\d+\w?(?:[-/]\d+)*)"
_PLACED_LIST = (
    "đường phố xã phường trấn tỉnh huyện quận trường ty thôn làng bản ấp xóm chợ cầu sông núi hồ đảo ngõ hẻm kiệt khu "
    "tổ tòa viện học non thcs thpt th hiệu vực khoa phần tnhh cty học đẳng"
)
_PLACED = frozenset(_PLACED_LIST.split())
_CALLED = re.compile(
    rf"\b(?:[{CAPITALS}]\.){{2,4}}[{CAPITALS}]?|\b[KHY]['’][{CAPITALS}]\w+"
    rf"|(?<!thứ )(?<!tháng )(?<!ngã )(?<!quý )(?<!huyện )(?<!xã )\b(?:Hai|Tư|Sáu|Bảy|Tám|Chín|Mười|Út)\s[{CAPITALS}]\w+"
)
"""«N.V.A.», «K'Brít», and «Tư Rớt»: in the South people are called by their place among brothers and sisters."""


def names_somebody(text: str) -> bool:
    """Whether a surname and one more capitalised word stand in a row."""
    return last_name(text) >= 0


def last_name(text: str) -> int:
    """Where the last name of a person in the text ends, −1 without one; streets and places bear names too."""
    end = -1
    for run in re.finditer(rf"(?<!\w){CASED}(?:\s{CASED})+", text):
        before = re.search(r"(\w+) $", text[: run.start()])
        words = run[0].split()
        if (before and before[1].lower() in _PLACED) or words[0].lower() in _PLACED - SURNAMES:
            continue
        if any(one.lower() in SURNAMES and two[0].isupper() for one, two in pairwise(words)):
            end = run.end()
    return max([end, *(one.end() for one in _CALLED.finditer(text))])
