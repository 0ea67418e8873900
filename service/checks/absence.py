"""Not in the documents: an answer to what they do not say must say so, and give nothing in its place."""

from __future__ import annotations

import re

from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, normalise_tone, sentences

_PAPER = (
    r"(?:các |những )?(?:tài liệu|văn bản|công văn|thông báo|báo cáo|kế hoạch|quyết định|biên bản|tờ trình|nguồn"
    r"|nội dung|đoạn|dữ liệu|thông tin)"
)
_TELLS = r"(?:nêu|đề cập|nói|ghi|quy định|nhắc|hướng dẫn|cung cấp|cho biết|thể hiện|bao gồm|chứa|đủ|rõ|thông tin|có)"
_WAYS = (
    rf"{_PAPER}[^.\n;]{{0,60}}\b(?:không|chưa)(?: hề| thấy| có)? {_TELLS}\b",
    r"\b(?:không|chưa) (?:có|thấy|tìm thấy|tìm được|nêu|đề cập|được (?:nêu|đề cập|nói|quy định|ghi))"
    rf"[^.\n;]{{0,60}}{_PAPER}",
    r"\b(?:không|chưa) (?:tìm thấy|tìm được|có thông tin|được nêu|được đề cập|nêu rõ|rõ)\b",
    r"\b(?:không|chưa) (?:đủ căn cứ|đủ thông tin|có căn cứ)\b",
    r"\bngoài phạm vi\b|\[(?:cần|chưa)\b[^\]\n]*\]|\bcần (?:hỏi|liên hệ|tra cứu) thêm\b",
)
_NOT_SAID = re.compile(normalise_tone("|".join(_WAYS)), re.IGNORECASE)


def says_nothing_is_said(text: str) -> tuple[int, int] | None:
    """Where a text says that its documents do not tell; None when it does not."""
    found = _NOT_SAID.search(comparable(text))
    return found.span() if found else None


def no_invention(case: Case, _assertion: Assertion) -> CheckResult:
    """The answer says that the documents do not tell; whether it invents figures besides, grounded-numbers says."""
    answer = case.answer or ""
    place = says_nothing_is_said(answer)
    if place:
        said = next(((a, b) for a, b in sentences(answer) if a <= place[0] < b), place)
        good = Finding(
            "no-invention",
            Level.CELEBRATORY,
            "Nói rõ tài liệu không nêu",
            why="Người đọc biết phải hỏi nơi khác, không làm theo điều đoán.",
            spans=(Span(*said),),
        )
        return CheckResult("no-invention", True, 1.0, good.title + ".", (good,))
    finding = Finding(
        check="no-invention",
        level=Level.ESSENTIAL,
        title="Kết quả trả lời điều tài liệu không nêu",
        why="Tài liệu kèm theo không có câu trả lời; điều máy viết là máy đoán.",
        try_next="Thêm vào câu lệnh: «Điều gì tài liệu không nêu thì nói rõ là tài liệu không nêu.»",
        insert="Điều gì tài liệu không nêu thì nói rõ là tài liệu không nêu.",
    )
    return CheckResult("no-invention", False, 0.0, finding.title + ".", (finding,))
