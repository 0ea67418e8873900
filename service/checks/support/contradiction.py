"""Nothing turned round: what one side says the other neither denies nor says the opposite of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from service.checks.support.texts import Text
from service.text import fold, syllables

_COMPARED = (
    (re.compile(r"\bkhông (?:phải|cần)(?: nộp| trả| đóng)?(?= (?:[a-z]*phí|tiền))", re.IGNORECASE), "miễn"),
    (re.compile(r"\b(?:không quá|không vượt quá|nhiều nhất|không nhiều hơn)\b", re.IGNORECASE), "tối đa"),
    (re.compile(r"\b(?:không dưới|không ít hơn|ít nhất|từ [^.;,\n]{1,20} trở lên)\b", re.IGNORECASE), "tối thiểu"),
    (re.compile(r"\b(?:không được(?: phép)?|nghiêm cấm)\b", re.IGNORECASE), "cấm"),
    (re.compile(r"\b(?:không chỉ|không những)\b", re.IGNORECASE), ""),
    (re.compile(r"\b(?:chậm nhất(?: là)?|muộn nhất|trước)\b", re.IGNORECASE), "trước"),
    (re.compile(r"\b(?:bắt buộc|phải)\b", re.IGNORECASE), "phải"),
    (re.compile(r"\b(?:khuyến khích|tự nguyện|có thể)\b", re.IGNORECASE), "tùy ý"),
    (re.compile(r"\b(?:đồng ý|chấp thuận|thống nhất|nhất trí)\b", re.IGNORECASE), "đồng ý"),
)
"""What says a bound or a bidding, in one wording for each."""


def contradicted(claim: Text, beside: str) -> bool:
    """True when the claim or the passage's sentences ``beside`` it deny or say the opposite of what the other says."""
    mine, other = _worded(claim.text), _worded(beside)
    return _denied(mine, other) or _turned(mine, other)


def _worded(text: str) -> str:
    """A text with its bounds and biddings in one wording each."""
    for pattern, word in _COMPARED:
        text = pattern.sub(word, text)
    return text


# ── denied ──────────────────────────────────────────────────────────────────────────────────────

_DENIAL = re.compile(r"\b(?:không|chưa|chẳng|đừng|cấm)\b", re.IGNORECASE)
_NOT_DENIAL = re.compile(r"\b(?:không gian|không khí|hàng không|hay không)\b", re.IGNORECASE)
_SCOPE_END = re.compile(
    r"[,;.:\n]|\b(?:mà|nhưng|thì|khi|nếu|vì|do|để|trừ|theo|trong|tại|từ|trước|sau)\b", re.IGNORECASE
)
_REACH = 5
"""Words behind a denial that it speaks of."""
_LIGHT = frozenset(
    fold("không chưa chẳng đừng cấm phải được là có đã đang sẽ và của các cho với về ở này đó lại tùy ý").split()
)
"""Words that a denial may pass over without saying anything of them."""


def _denied(claim: str, beside: str) -> bool:
    """True when one side denies what the other only says.

    What the claim denies: the first word behind the denial, and the second where the passage has it. What the passage
    denies: any two neighbours within reach of the denial, that it says nowhere else.
    """
    mine, other = _polarity(claim), _polarity(beside)
    for head in mine.heads:
        if head[0] in other.said and head[0] not in other.denied and (len(head) < 2 or head[1] in other.said):
            return True
    own = mine.said_pairs - mine.denied_pairs
    return any(pair in own and pair not in other.said_pairs for pair in other.denied_pairs)


@dataclass(frozen=True)
class _Polarity:
    """Words and neighbours that a text says, those that a denial reaches, and what stands right behind each denial."""

    said: set[str]
    denied: set[str]
    said_pairs: set[tuple[str, str]]
    denied_pairs: set[tuple[str, str]]
    heads: list[tuple[str, ...]]


def _polarity(text: str) -> _Polarity:
    text = _NOT_DENIAL.sub(" ", text)
    reached = list[tuple[int, int]]()
    for match in _DENIAL.finditer(text):
        end = _SCOPE_END.search(text, match.end())
        stop = end.start() if end else len(text)
        words = [one for one in syllables(text[match.end() : stop]) if fold(one.text) not in _LIGHT][:_REACH]
        if words:
            reached.append((match.end(), match.end() + words[-1].end))
    said, denied = list[tuple[int, str]](), list[tuple[int, str]]()
    heads: list[list[str]] = [[] for _ in reached]
    for n, one in enumerate(one for one in syllables(text) if fold(one.text) not in _LIGHT and one.text[0].isalpha()):
        at = next((k for k, (start, end) in enumerate(reached) if start <= one.start < end), None)
        (said if at is None else denied).append((n, fold(one.text)))
        if at is not None and len(heads[at]) < 2:
            heads[at].append(fold(one.text))
    return _Polarity(
        {word for _, word in said},
        {word for _, word in denied},
        {(a, b) for (n, a), (m, b) in pairwise(said) if m == n + 1},
        {(a, b) for (n, a), (m, b) in pairwise(denied) if m == n + 1},
        [tuple(head) for head in heads if head],
    )


# ── the opposite ────────────────────────────────────────────────────────────────────────────────

_OPPOSITES = tuple(
    (frozenset(one.split("/")), frozenset(other.split("/")))
    for one, other in (
        ("tăng", "giảm"), ("trước", "sau"), ("tối đa", "tối thiểu"), ("trên/hơn/vượt", "dưới"), ("phải", "tùy ý"),
        ("đồng ý", "từ chối/bác"), ("cho phép/được phép", "cấm"), ("cấp", "thu hồi"), ("cao", "thấp"),
        ("sáng", "chiều"),
        ("vượt/cao hơn/quá mức", "trong giới hạn/đạt mức/trong mức"), ("miễn", "phải nộp/phải trả/phải đóng"),
        ("hằng tháng/hàng tháng", "hằng quý/hàng quý/hằng năm/hàng năm/hằng tuần/hàng tuần"),
        ("bổ nhiệm", "miễn nhiệm"), ("trực tiếp", "trực tuyến"), ("nam", "nữ"), ("thành lập", "giải thể/sáp nhập"),
        ("dừng", "tiếp tục"), ("đầu", "cuối"), ("miễn", "thu"), ("mở", "đóng"),
        ("tán thành", "phản đối"), ("công khai", "bí mật"), ("bắt đầu", "kết thúc"), ("nhập", "xuất"),
    )
)  # fmt: skip


def _turned(claim: str, beside: str) -> bool:
    """True when the claim has one of two opposites and the passage has only the other."""
    mine, other = (f" {' '.join(one.text.lower() for one in syllables(text))} " for text in (claim, beside))
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            if _any(here, mine) and not _any(there, mine) and _any(there, other) and not _any(here, other):
                return True
    return False


def _any(words: Iterable[str], text: str) -> bool:
    return any(f" {word} " in text for word in words)
