"""promptfoo's questions that need a judge, as far as a rule can answer them.

context-faithfulness: the share of sentences that a passage bears out (``checks.support``). citation-faithfulness: the
share of cited sentences that the passage they name bears out. Both pass from ``threshold`` on, promptfoo's 0.5 unless
the exercise says another. answer-relevance, factuality, select-best and human keep their names and are left to a
person: a rule would only guess.
"""

from __future__ import annotations

from dataclasses import replace

from service.checks.support import judge
from service.records import Assertion, Case, CheckResult, Finding, Judged, Level, Passage, Span, Support

THRESHOLD = 0.5
_SHOWN = 5
"""Sentences told one by one; the rest are counted."""

_FROM_SOURCES = "Chỉ dùng thông tin trong tài liệu kèm theo; điều gì tài liệu không nêu thì không viết."

_LEFT = {
    "answer-relevance": "Kết quả có đúng câu hỏi hay không là việc người chấm xem ở phiếu chấm.",
    "factuality": "Đúng sự thật hay không là việc người chấm xem; máy chỉ đối chiếu với tài liệu kèm theo.",
    "select-best": "Chọn bài tốt nhất là việc của người, ở phần so bài không lộ tên.",
    "human": "Mục này do người chấm cho điểm ở phiếu chấm.",
}


def context_faithfulness(case: Case, assertion: Assertion) -> CheckResult:
    """Sentences that state something are borne out by a passage, named or not."""
    judged, offered = _judged(case)
    if not offered:
        return _ungraded(assertion, "Bài không kèm tài liệu nào để đối chiếu từng câu.")
    if not judged:
        return _ungraded(assertion, "Kết quả không có câu nào nêu điều cần đối chiếu.")
    lost = [one for one in judged if one.support in (Support.NONE, Support.UNHELD)]
    return _told(case, assertion, judged, lost, "có căn cứ trong tài liệu", "chưa có căn cứ trong tài liệu")


def citation_faithfulness(case: Case, assertion: Assertion) -> CheckResult:
    """Sentences that name a passage are borne out by it."""
    judged, offered = _judged(case)
    cited = [one for one in judged if one.support in (Support.CITED, Support.UNHELD)]
    if not offered or not cited:
        return _ungraded(assertion, "Kết quả không dẫn đoạn nguồn nào để đối chiếu.")
    lost = [one for one in cited if one.support is Support.UNHELD]
    return _told(case, assertion, cited, lost, "đúng với đoạn được dẫn", "không có trong đoạn được dẫn")


def left_to_people(_case: Case, assertion: Assertion) -> CheckResult:
    """Not graded by a rule, with the reason."""
    return _ungraded(assertion, _LEFT[assertion.type])


def _judged(case: Case) -> tuple[tuple[Judged, ...], tuple[Passage, ...]]:
    """The sentences and the passages they were held beside: those that were offered, else each source as one."""
    offered = case.passages or tuple(
        Passage(n, source.document_id, source.title, 0, source.text, "", 1, 1)
        for n, source in enumerate(case.sources, 1)
    )
    return judge(case.answer or "", offered, case.likeness) if offered else (), offered


def _told(
    case: Case, assertion: Assertion, judged: list[Judged] | tuple[Judged, ...], lost: list[Judged], good: str, bad: str
) -> CheckResult:
    name, answer = assertion.type, case.answer or ""
    share = 1 - len(lost) / len(judged)
    limit = THRESHOLD if assertion.threshold is None else assertion.threshold
    reason = f"{len(judged) - len(lost)}/{len(judged)} câu {good}."
    if not lost:
        kept = Finding(name, Level.CELEBRATORY, f"Cả {len(judged)} câu đều {good}")
        return CheckResult(name, True, 1.0, reason, (kept,))
    passed = share >= limit
    found = [
        Finding(
            check=name,
            level=Level.INFORMATIVE if passed else Level.ACTIONABLE,
            title=f"Câu này {bad}",
            where=_short(answer[one.start : one.end]),
            why="Số, tên hoặc ý của câu không khớp đoạn nào, nên người đọc không dò lại được.",
            try_next=f"Mở tài liệu đối chiếu rồi sửa câu này, hoặc thêm vào câu lệnh: «{_FROM_SOURCES}»",
            spans=(Span(one.start, one.end),),
            insert=_FROM_SOURCES,
            passages=one.passages[:1],
        )
        for one in lost[:_SHOWN]
    ]
    if len(lost) > _SHOWN:
        found[-1] = replace(found[-1], why=f"{found[-1].why} Còn {len(lost) - _SHOWN} câu nữa như vậy.")
    return CheckResult(name, passed, share, reason, tuple(found))


def _short(sentence: str) -> str:
    said = " ".join(sentence.split())
    return f"«{said}»" if len(said) <= 120 else f"«{said[:117]}…»"


def _ungraded(assertion: Assertion, reason: str) -> CheckResult:
    return CheckResult(assertion.type, None, 0.0, reason)
