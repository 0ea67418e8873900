"""An answer that only says that the documents do not tell: in the one sentence for it, or in a model's own words."""

from __future__ import annotations

from collections.abc import Sequence

from service.checks.absence import says_nothing_is_said
from service.checks.citations import citations
from service.records import Judged, Passage, Support
from service.text import comparable, count_syllables

NOT_THERE = "Không có trong tài liệu."
UNSURE = (
    "Mô hình luyện tập nhỏ chưa rút ra được câu trả lời từ các đoạn này. "
    "Anh/chị đọc các câu trích nguyên văn và các đoạn nguồn."
)
"""What is told, in words of ours, where ``Question.unsure``: the model in the box also refuses many a question that the
documents answer (``tests.bench.questions --answers``)."""
LONGEST = 40
"""Syllables up to which an answer may be no more than a refusal."""


def is_refusal(text: str, support: Sequence[Judged], passages: Sequence[Passage]) -> bool:
    """A short answer without a mark says, not in the words of a passage, that the documents do not tell; and no other
    sentence of it is borne out."""
    said = says_nothing_is_said(text)
    if said is None or count_syllables(text) > LONGEST or citations(text):
        return False
    words = comparable(text[slice(*said)]).lower()
    if any(words in comparable(one.text).lower() for one in passages):
        return False
    found = (text[one.start : one.end] for one in support if one.support is Support.FOUND)
    return all(map(says_nothing_is_said, found))
