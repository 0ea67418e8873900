"""How much a sentence matters to somebody who must act on the document: figures, deadlines, duties, decisions.

The words are those in which administrative documents say such things; the weights were set by hand on the sample
documents and are no measure of truth, only an order in which sentences enter a summary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.quantities import quantities
from service.records import Passage
from service.text import count_syllables, sentences

_WEIGHTS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for weight, words in (
        (1.5, "trước ngày|chậm nhất|hoàn thành|thời hạn|hạn|đến hết ngày|kể từ ngày|bắt đầu (?:từ|vào)|hiệu lực"),
        (1.2, "giao|yêu cầu|phân công|chủ trì|chịu trách nhiệm|có trách nhiệm|phải|đề nghị|nghiêm cấm|không được"),
        (1.2, "phê duyệt|quyết định|ban hành|thành lập|thống nhất|kết luận|bãi bỏ|thay thế|điều chỉnh"),
        (1.0, "mục tiêu|phấn đấu|chỉ tiêu|đạt|ít nhất|tối thiểu|tối đa|không quá|tổng|kinh phí|mức"),
        (0.6, "tăng|giảm|so với|còn lại|tồn tại|hạn chế|nguyên nhân|kiến nghị|vi phạm"),
    )
)
_FIGURES = {"money": 1.2, "percent": 1.0, "date": 0.8, "number": 0.5, "time": 0.5, "fraction": 0.6}
RECIPIENTS = "Nơi nhận"
"""The heading (``chunking``) of the passage that tells to whom a document goes."""
BESIDE = 1.5
"""How far the best sentences of the sections may go beyond the room."""
_GROUND = re.compile(r"[-–]?\s*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Nơi nhận|Kính gửi|Lưu:|CỘNG HÒA|Độc lập)")
_HEADING = re.compile(
    r"(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s+[^.;]{1,70}$|(?:Điều|Chương|Mục|Phần)\s+\S+[^.;]{0,60}$"
)
_PLACE_DATE = re.compile(r"[^\d.;:]{2,45},\s*ngày\s+\S+\s+tháng\s+\S+\s+năm\s+\S+")
_NUMBER = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục|Điều|Khoản)\s+\w+\.", re.IGNORECASE)
"""«Điều 5.» ends no sentence: it is the number of the words after it."""
_RECIPIENTS = re.compile(r"^\s*Nơi nhận\b.*", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_BULLET = re.compile(r"^(?:[-–+•*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVXLC]+[.)])\s+")


def salience(sentence: str) -> float:
    """How much it matters: more for each figure, deadline, duty and decision.

    0 for a heading, a legal ground, a place and date, an empty line and a row of a table, which says little without its
    head.
    """
    text = sentence.strip()
    length = count_syllables(text)
    if length < 4 or "|" in text or text.isupper() or text.endswith(":"):
        return 0.0
    if _GROUND.match(text) or _HEADING.fullmatch(text) or _PLACE_DATE.fullmatch(text):
        return 0.0
    score = 0.3 + sum(weight for weight, pattern in _WEIGHTS if pattern.search(text))
    kinds = dict.fromkeys((one.kind, one.value) for one in quantities(text))
    score += min(4.0, sum(_FIGURES.get(kind, 0.0) for kind, _ in kinds))
    return score / (1 + max(0, length - 40) / 60)  # a long sentence costs room


def statements(text: str) -> list[tuple[int, int]]:
    """Start and end of each whole sentence: what a semicolon parts, and an article and its number, belong together in
    a summary."""
    joined = list[tuple[int, int]]()
    for start, end in sentences(text):
        before = text[slice(*joined[-1])].strip() if joined else ""
        goes_on = before.endswith(";") or _NUMBER.fullmatch(before)
        if goes_on and "\n" not in text[joined[-1][1] : start]:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def section(passage: Passage) -> tuple[int, str]:
    """The document and the outermost heading that a passage stands under."""
    return passage.document_id, passage.heading.split(" › ")[0]


def key_sentences(passages: Sequence[Passage], room: int) -> list[tuple[str, Passage]]:
    """The sentences of passages that matter most, ``room`` syllables of them, in the order of the text.

    The best one comes however long it is. Then comes the best of each section, while there is up to half as much room
    again: a short section beside a weighty one has something to say as well. The recipients, and what stands below
    them, are none of it.
    """
    found = [
        (salience(passage.text[start:end]), n, start, " ".join(passage.text[start:end].split()), passage)
        for n, passage in enumerate(passages)
        if section(passage)[1] != RECIPIENTS
        for start, end in statements(_RECIPIENTS.sub("", passage.text))
    ]
    chosen, used, seen = list[tuple[int, int, str, Passage]](), 0, set[str]()
    ranked = sorted(found, key=lambda one: (-one[0], one[1], one[2]))
    best = {section(one[4]): one for one in reversed(ranked)}
    for score, n, start, text, passage in sorted(ranked, key=lambda one: one is not best[section(one[4])]):
        length = count_syllables(text)
        reach = BESIDE * room if best[section(passage)][3] == text else room
        if score <= 0 or text in seen or (chosen and used + length > reach):
            continue
        seen.add(text)
        used += length
        chosen.append((n, start, _BULLET.sub("", text), passage))
    return [(text, passage) for _, _, text, passage in sorted(chosen, key=lambda one: one[:2])]
