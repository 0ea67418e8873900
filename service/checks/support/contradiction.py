"""Nothing turned round: what one side says the other neither denies nor says the opposite of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.checks.support.alignment import Layout, Places
from service.checks.support.wordings import TURNS
from service.text import syllables

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


def _worded(text: str) -> str:
    """A text with its bounds and biddings in one wording each."""
    for pattern, word in _COMPARED:
        text = pattern.sub(word, text)
    return text


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


def turned(claim: str, beside: str) -> bool:
    """True when the claim has one of two opposites and the passage's sentences ``beside`` it have only the other."""
    mine, other = (f" {' '.join(one.text.lower() for one in syllables(_worded(text)))} " for text in (claim, beside))
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            if _any(here, mine) and not _any(there, mine) and _any(there, other) and not _any(here, other):
                return True
    return False


def _any(words: Iterable[str], text: str) -> bool:
    return any(f" {word} " in text for word in words)


_BOUNDS = {"trước": "sau", "sau": "trước", "hơn": "dưới", "dưới": "hơn", "tối đa": "tối thiểu", "tối thiểu": "tối đa"}


def beyond(claim: Layout, there: Layout, places: Places) -> bool:
    """True when a figure is said to lie beyond the bound that the passage has it on this side of: «sau ngày 31/5»."""
    for n, one in enumerate(claim.tokens):
        opposite = _BOUNDS.get(claim.tokens[n - 1].key) if n and one.quantity else None
        if opposite and places[n] and all(k and there.tokens[k - 1].key == opposite for k in places[n]):
            return True
    return False


def denies_more(claim: Layout, there: Layout, places: Places) -> bool:
    """True when the claim denies what stands in the passage with no denial near it."""
    denying = _denying(there)
    denying |= {clause - 1 for clause in denying if there.parting[clause] == 1}
    return any(
        at and one.head and not any(there.tokens[k].clause in denying for k in at)
        for one, at in zip(claim.tokens, places, strict=True)
    )


def denies_less(claim: Layout, there: Layout, places: Places) -> bool:
    """True when a clause of the claim without a denial says what the passage only denies."""
    denying = _denying(claim)
    for one, at in zip(claim.tokens, places, strict=True):
        others = [there.tokens[k] for k in at]
        if one.clause not in denying and any(o.head for o in others) and all(o.denied for o in others):
            return True
    return False


def _denying(text: Layout) -> set[int]:
    """The clauses with a denial, or with a word that says no without one."""
    return {one.clause for one in text.tokens if one.denied or one.key in TURNS}
