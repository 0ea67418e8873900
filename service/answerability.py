"""Answerability: whether documents hold what a question asks, and which of its words they do not hold.

Rules, no model: they err to the side of asking it, since every sentence of its answer is judged afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from service.kit import Kit
from service.quantities import quantities
from service.records import Passage
from service.text import content_words, count_syllables, fold, has_marks, normalise_tone, syllables

UNHEARD = 0.24
"""A question of which more than this share stands nowhere in the documents is not put to the model (``unheard``)."""
LACKING = 2
"""Nor is one of which so many syllables stand in none of the passages found. Of the labelled questions to be looked at
that refused no more of the 229 with an answer, and 45 instead of 33 of the 166 without one."""
MANY = 10
"""So many documents must be there for a word that stands in none of them to tell something."""
COVERED, COVERED_OF_FEW = 0.25, 0.4
"""The least part of a question's own words that one passage must hold for the question to be put to the model. With few
documents it is the only rule, and stricter."""


def answerable(kit: Kit, question: str, readable: Sequence[int], found: Sequence[Passage]) -> bool:
    """True when a question is worth putting to the model with the passages ``found``.

    ``readable`` are all documents that may be read, whatever the question is narrowed to: of many, the words that stand
    in none tell something; a few lack many a word in which they may well be asked.
    """
    many = len(readable) >= MANY
    if many and kit.index.unheard(_EVERYDAY.sub(" ", question), readable) > UNHEARD:
        return False
    if many and sum(map(count_syllables, lacking(question, found))) >= LACKING:
        return False
    return _near(question, found, COVERED if many else COVERED_OF_FEW)


def _near(question: str, passages: Sequence[Passage], least: float) -> bool:
    """True when one passage, with its title and heading, holds enough of what the question asks about.

    Half of the measure are the words, half the pairs of neighbours; the names and document numbers of the question
    must be among the passages.
    """
    asked = [word for word in content_words(question) if word not in _ASKING]
    if not passages or not asked:
        return bool(passages)
    texts = list(map(_whole, passages))
    if _signs(question) - _signs(*texts):
        return False
    if _names(question) - {fold(one.text) for text in texts for one in syllables(text)}:
        return False
    return max(_covered(asked, content_words(text)) for text in texts) >= least


def lacking(question: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The words of a question that stand in none of the passages, as typed, neighbours together: «trúng thầu».

    Words that say little (``_light``), figures and dates are left out, which are written in many ways; document
    numbers are not. Empty without passages: then nothing is known.
    """
    if not passages:
        return ()
    texts = list(map(_whole, passages))
    there = {normalise_tone(one.text.lower()) for text in texts for one in syllables(text)}
    known = there | set(map(fold, there)) | _light(has_marks(question))  # a syllable without marks may stand for any
    told = [(one.start, one.end, one.kind, one.value) for one in quantities(question)]
    missing = {value for _, _, kind, value in told if kind == "sign"} - _signs(*texts)
    found = [(start, end) for start, end, kind, value in told if kind == "sign" and value in missing]
    last = -1
    plain = _EVERYDAY.sub(lambda match: " " * len(match[0]), question)
    for place, one in enumerate(syllables(plain)):
        if normalise_tone(one.text.lower()) in known:
            continue
        if any(one.start < end and start < one.end for start, end, _, _ in told):
            continue
        beside = last >= 0 and place == last + 1 and question[found[-1][1] : one.start].isspace()
        found.append((found.pop()[0] if beside else one.start, one.end))
        last = place
    return tuple(dict.fromkeys(question[start:end] for start, end in sorted(found)))


def _whole(passage: Passage) -> str:
    return f"{passage.document_title}. {passage.heading}\n{passage.text}"


def _signs(*texts: str) -> set[str]:
    return {one.value for text in texts for one in quantities(text) if one.kind == "sign"}


_EVERYDAY_WORDS = (
    "cả thảy|tất thảy|tổng cộng|hết thảy|vướng|bận|rồi|vậy|thế|chừng|cỡ|khoảng|tầm|chủ yếu|rốt cuộc|cuối cùng"
    "|hiện giờ|bây giờ"
    "|hồi|hôm|dịp|đợt|vụ|chuyện|cái|con|người ta|mình|tụi|bọn|họ|xin hỏi|cho hỏi|làm ơn|giúp|với|nhé|nhỉ|à|ừ|đấy|nhỡ"
    "|lỡ|trượt"
    "|đột xuất|cả nhà|lấy|ra|vào|lên|xuống|đi|đến|lại|luôn|ngay|cứ|chỉ|phải|bị|được|đang|sẽ|đã|chưa|còn|nữa|thêm|quá"
    "|rất|lắm"
)
_EVERYDAY = re.compile(rf"\b(?:{_EVERYDAY_WORDS})\b", re.IGNORECASE)


def _names(question: str) -> set[str]:
    """The folded syllables of proper names: two or more capitals in a row behind the first word."""
    found = syllables(question)
    capital = [n > 0 and one.text[:1].isupper() and one.text[:1].isalpha() for n, one in enumerate(found)]
    pairs = {n for n in range(len(found) - 1) if capital[n] and capital[n + 1]}
    return {fold(found[k].text) for n in pairs for k in (n, n + 1)}


def _covered(asked: Sequence[str], there: Sequence[str]) -> float:
    known, own = set(there), set(asked)
    single = len(own & known) / len(own)
    pairs = set(pairwise(asked))
    return (single + len(pairs & set(pairwise(there))) / len(pairs)) / 2 if pairs else single


_ASKING_WORDS = (
    "ai gì nào bao nhiêu khi lúc mấy đâu sao thế như vì tại phải không hay hỏi hãy cho biết xin nêu liệt kê kể "
    "là có bị thì mà vậy ạ dạ em tôi anh chị cần muốn theo về nội dung tài liệu văn bản này đó kia ấy"
)
_ASKING = frozenset(fold(_ASKING_WORDS).split())
_PLAIN_WORDS = (
    "của và các có cho được trong với để tại từ này những một số ra ở hơn nhất nhau lần lâu xong mới trước sau trên "
    "dưới trăm nghìn triệu mét phần phân giờ hết tiền người ông bà bắt sang chạy giữ kéo gặp chiều sáng tối đêm tới "
    "làm nói do bởi bằng mỗi toàn đầu cuối hai ba bốn năm sáu bảy tám chín mười"
)


@cache
def _light(marked: bool) -> frozenset[str]:
    """Words that a document need not have to answer, as a question spells them."""
    words = {*_ASKING_WORDS.split(), *_PLAIN_WORDS.split(), *_EVERYDAY_WORDS.split("|")}
    return frozenset(map(normalise_tone if marked else fold, words))
