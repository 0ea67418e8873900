"""The words of a question: which tell what is asked, and which of them no passage holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from service.nd30.kinds import KINDS
from service.quantities import quantities
from service.records import Passage
from service.text import fold, has_marks, normalise_tone, syllables


def lacking(question: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The words of a question that stand in none of the passages, as typed, neighbours together: «trúng thầu».

    Words that say little (``light``), figures and dates are left out, which are written in many ways; document
    numbers are not. Empty without passages: then nothing is known.
    """
    if not passages:
        return ()
    texts = list(map(whole, passages))
    there = {normalise_tone(one.text.lower()) for text in texts for one in syllables(text)}
    known = there | set(map(fold, there)) | light(has_marks(question))  # a syllable without marks may stand for any
    told = [(one.start, one.end, one.kind, one.value) for one in quantities(question)]
    missing = {value for _, _, kind, value in told if kind == "sign"} - signs(*texts)
    found = [(start, end) for start, end, kind, value in told if kind == "sign" and value in missing]
    last = -1
    plain = _passed(has_marks(question)).sub(lambda match: " " * len(match[0]), question)
    for place, one in enumerate(syllables(plain)):
        if normalise_tone(one.text.lower()) in known:
            continue
        if any(one.start < end and start < one.end for start, end, _, _ in told):
            continue
        beside = last >= 0 and place == last + 1 and question[found[-1][1] : one.start].isspace()
        found.append((found.pop()[0] if beside else one.start, one.end))
        last = place
    return tuple(dict.fromkeys(question[start:end] for start, end in sorted(found)))


def whole(passage: Passage) -> str:
    """A passage with its title and heading."""
    return f"{passage.document_title}. {passage.heading}\n{passage.text}"


def signs(*texts: str) -> set[str]:
    """The document numbers in the texts."""
    return {one.value for text in texts for one in quantities(text) if one.kind == "sign"}


EVERYDAY_WORDS = (
    "cả thảy|tất thảy|tổng cộng|hết thảy|vướng|bận|rồi|vậy|thế|chừng|cỡ|khoảng|tầm|chủ yếu|rốt cuộc|cuối cùng"
    "|hiện giờ|bây giờ"
    "|hồi|hôm|dịp|đợt|vụ|chuyện|cái|con|người ta|mình|tụi|bọn|họ|xin hỏi|cho hỏi|làm ơn|giúp|với|nhé|nhỉ|à|ừ|đấy|nhỡ"
    "|lỡ|trượt"
    "|đột xuất|cả nhà|lấy|ra|vào|lên|xuống|đi|đến|lại|luôn|ngay|cứ|chỉ|phải|bị|được|đang|sẽ|đã|chưa|còn|nữa|thêm|quá"
    "|rất|lắm|nếu|tổng|bỏ ra|mấy đồng"
)
OF_DOCUMENTS = "|".join(
    (
        *("yêu cầu", "quy định", "thời hạn", "hạn chót", "hạn cuối", "hạn", "nghị định", "thông tư", "pháp lệnh"),
        *(kind.name.lower() for kind in KINDS),
    )
)
"""Words by which a question speaks of the document itself or of what it lays down; of one that is called by a number
they stay with the number."""


@cache
def _passed(marked: bool) -> re.Pattern[str]:
    """Phrases that a document need not have."""
    own = OF_DOCUMENTS if marked else fold(OF_DOCUMENTS)
    return re.compile(rf"\b(?:{EVERYDAY_WORDS}|(?:{own})(?!\s+(?:số\s+|so\s+)?\d))\b", re.IGNORECASE)


def proper(question: str) -> set[str]:
    """The folded syllables of proper names: two or more capitals in a row behind the first word."""
    found = syllables(question)
    capital = [n > 0 and one.text[:1].isupper() and one.text[:1].isalpha() for n, one in enumerate(found)]
    pairs = {n for n in range(len(found) - 1) if capital[n] and capital[n + 1]}
    return {fold(found[k].text) for n in pairs for k in (n, n + 1)}


ASKING_WORDS = (
    "ai gì nào bao nhiêu khi lúc mấy đâu sao thế như vì tại phải không hay hỏi hãy cho biết xin nêu liệt kê kể "
    "là có bị thì mà vậy ạ dạ em tôi anh chị cần muốn theo về nội dung tài liệu văn bản này đó kia ấy"
)
ASKING = frozenset(fold(ASKING_WORDS).split())
PLAIN_WORDS = (
    "của và các có cho được trong với để tại từ này những một số ra ở hơn nhất nhau lần lâu xong mới trước sau trên "
    "dưới trăm nghìn triệu mét phần phân giờ hết tiền người ông bà bắt sang chạy giữ kéo gặp chiều sáng tối đêm tới "
    "làm nói do bởi bằng mỗi toàn đầu cuối hai ba bốn năm sáu bảy tám chín mười"
)


@cache
def light(marked: bool) -> frozenset[str]:
    """Words that a document need not have to answer, as a question spells them."""
    words = {*ASKING_WORDS.split(), *PLAIN_WORDS.split(), *EVERYDAY_WORDS.split("|")}
    return frozenset(map(normalise_tone if marked else fold, words))
