"""A summary in one's own words: how much of an answer is copied from its sources."""

from __future__ import annotations

from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import fold, syllables

_RUN = 8
"""Syllables in a row that count as copied."""


def similar_to_source(case: Case, assertion: Assertion) -> CheckResult:
    """At most ``value`` (0.5) of the answer's syllables lie in runs of eight copied from a source."""
    words = [(fold(one.text), one.start, one.end) for one in syllables(case.answer or "")]
    if len(words) < _RUN or not case.sources:
        return CheckResult(
            "similar-to-source", None, 0.0, "Kết quả ngắn hoặc không có nguồn nên không xét chép nguyên văn."
        )
    there: set[tuple[str, ...]] = set()
    for source in case.sources:
        said = [fold(one.text) for one in syllables(source.text)]
        there |= {tuple(said[n : n + _RUN]) for n in range(len(said) - _RUN + 1)}
    copied = [False] * len(words)
    for n in range(len(words) - _RUN + 1):
        if tuple(word for word, _, _ in words[n : n + _RUN]) in there:
            copied[n : n + _RUN] = [True] * _RUN
    share, most = sum(copied) / len(words), float(assertion.value) if assertion.value is not None else 0.5
    reason = f"{round(100 * share)}% số tiếng chép nguyên văn từ nguồn."
    if share <= most:
        return CheckResult("similar-to-source", True, 1.0, reason)
    first = copied.index(True)
    last = next((n for n in range(first, len(copied)) if not copied[n]), len(copied)) - 1
    finding = Finding(
        check="similar-to-source",
        level=Level.ACTIONABLE,
        title="Kết quả phần lớn chép nguyên văn từ nguồn",
        why=f"{reason[:-1]}, mức của bài là {round(100 * most)}%. Chép lại chưa phải tóm tắt.",
        try_next="Yêu cầu máy viết lại bằng lời của mình, giữ nguyên ngày, giờ và số liệu.",
        spans=(Span(words[first][1], words[last][2]),),
        insert="Viết lại bằng lời của mình, chỉ chép nguyên ngày, giờ và số liệu.",
    )
    return CheckResult("similar-to-source", False, max(0.0, 1 - share), reason, (finding,))
