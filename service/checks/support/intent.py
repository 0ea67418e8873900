"""Intent and extent: what the passage plans, leaves open or says of some is not told as done, as certain or of all."""

from __future__ import annotations

import re

from service.checks.support.alignment import Layout, Places

_OPEN = re.compile(
    r"\b(?:dự kiến|đề xuất|kiến nghị|phấn đấu|xem xét|có thể|dự định|đang|chưa(?! (?:đến|tới|đầy|đủ|hết))|xin"
    r"|sẽ|khuyến nghị|muốn|cần|phải|khuyên|nghi|nếu|mục tiêu)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\bđã\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:nếu|trừ|trường hợp|với điều kiện|miễn là|(?<!địa )(?<!chứng )chỉ(?! (?:tiêu|đạo|huy|dẫn|định|thị|số)))\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:nếu|trừ|chỉ khi|trường hợp|với điều kiện|miễn là|khi|có xác nhận|ai|riêng|chỉ|mà|hễ|đủ)\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:mọi|tất cả|toàn bộ|bất kỳ|bất cứ|đều|cả (?:hai|ba|bốn|\d+)|cũng)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:mọi|tất cả|toàn bộ|bất kỳ|bất cứ|đều|cả|cũng|mỗi|từng|các|đủ|\d+/\d+)\b", re.IGNORECASE)


def hedged(said: str, beside: str) -> bool:
    """The clauses that the claim is taken from leave open or bid what the claim states."""
    return bool(_OPEN.search(beside)) and not _OPEN.search(said)


def told_as_done(said: str, sentence: str) -> bool:
    """«đã» of the claim alone."""
    return bool(_DONE.search(said)) and not _DONE.search(sentence)


def bound(said: str, sentence: str) -> bool:
    """A condition («chỉ», «nếu») of the claim alone."""
    return bool(_ONLY.search(said)) and not _BOUND.search(sentence)


def of_all(said: str, sentence: str) -> bool:
    """A word for all of the claim, where the passage has none for each."""
    return bool(_ALL.search(said)) and not _EACH.search(sentence)


def source_clauses(there: Layout, places: Places, sentence: int) -> str:
    """The clauses of a sentence from which the claim takes most of its words, and those with half as many."""
    shares: dict[int, int] = {}
    for where in places:
        for clause in {there.tokens[k].clause for k in where if there.tokens[k].sentence == sentence}:
            shares[clause] = shares.get(clause, 0) + 1
    least = max(shares.values(), default=0) / 2
    return " ".join(there.clauses[clause] for clause in sorted(shares) if shares[clause] >= least)
