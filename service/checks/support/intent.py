"""Intent and extent: what the passage plans, leaves open or says of some is not told as done, as certain or of all."""

from __future__ import annotations

import re

_DONE = re.compile(r"\bđã\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:mọi|tất cả|toàn bộ|bất kỳ|bất cứ|đều|cả (?:hai|ba|bốn|\d+)|cũng)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:mọi|tất cả|toàn bộ|bất kỳ|bất cứ|đều|cả|cũng|mỗi|từng|các|đủ|\d+/\d+)\b", re.IGNORECASE)
_STRONG = re.compile(
    r"\b(?:toàn bộ|tất cả|mọi|bất kỳ|bất kể|tuyệt đối|chắc chắn|duy nhất|không bao giờ|hoàn toàn|vĩnh viễn|luôn|cả|đều"
    r"|chính thức|ngay|bắt buộc|buộc|phải|cấm|suốt|đã|chỉ|nhất|đủ|cố định|dứt khoát|hẳn|nào cũng|cứ)\b",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"\b(?:nếu|trừ|chỉ|có thể|dự kiến|đề nghị|đề xuất|không quá|ít nhất|tối thiểu|tối đa|trước|sau|khi|chưa|không)\b",
    re.IGNORECASE,
)


def told_as_done(said: str, sentence: str) -> bool:
    """«đã» of the claim alone."""
    return bool(_DONE.search(said)) and not _DONE.search(sentence)


def of_all(said: str, sentence: str) -> bool:
    """A word for all of the claim, where the passage has none for each."""
    return bool(_ALL.search(said)) and not _EACH.search(sentence)


def stronger(said: str, sentence: str) -> int:
    """How many words that leave nothing open («mọi», «phải», «đã») the claim has and the sentence has not."""
    return len(_found(_STRONG, said) - _found(_STRONG, sentence))


def unguarded(said: str, sentence: str) -> int:
    """How many conditions, bounds and reservations («nếu», «trừ», «có thể») of the sentence the claim leaves out."""
    return len(_found(_GUARDED, sentence) - _found(_GUARDED, said))


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match[0].lower() for match in pattern.finditer(text)}
