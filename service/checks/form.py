"""The form check: does the answer look like a document of Decree 30/2020/NĐ-CP, as far as plain text can tell?"""

from __future__ import annotations

from service.nd30.examine import WHOLE, Examination, check_text, examine
from service.nd30.findings import CHECK, DRAFT
from service.nd30.parts import PART_NAMES, Part
from service.nd30.rules import DECREE
from service.records import Assertion, Case, CheckResult, Finding, Level

__all__ = ["check_text", "nd30_format"]

PASS_SCORE = 0.7
"""Threshold of an assertion that names none; an essential finding fails it at any score."""


def nd30_format(case: Case, assertion: Assertion) -> CheckResult:
    """Check the answer against the text rules of Decree 30.

    ``assertion.value`` is the document kind asked for (None: what the answer says of itself). Options: ``mode``
    "draft" or "issued"; ``scope`` "body" for a task that asks only for the content. The score is 1 minus weighted
    errors (:attr:`Examination.penalty`), never below 0. Without an answer the check is not graded.
    """
    if case.answer is None:
        return _result(assertion, None, 0.0, "Chưa có kết quả để soi thể thức.")
    options = assertion.options
    scope = str(options.get("scope", WHOLE))
    seen = examine(case.answer, assertion.value, str(options.get("mode", DRAFT)), scope)
    score = round(max(0.0, 1.0 - seen.penalty), 3) if case.answer.strip() else 0.0
    to_mend = [item for item in seen.findings if item.level in (Level.ESSENTIAL, Level.ACTIONABLE)]
    essential = any(item.level is Level.ESSENTIAL for item in to_mend)
    passed = score >= PASS_SCORE and not essential if assertion.threshold is None else score >= assertion.threshold
    findings = seen.findings if to_mend else (*seen.findings, _praise(seen, scope))
    reason = f"Thể thức còn {len(to_mend)} điểm cần sửa." if to_mend else "Thể thức đạt các điểm đã soi."
    return _result(assertion, passed, score, reason, findings)


def _result(
    assertion: Assertion, passed: bool | None, score: float, reason: str, findings: tuple[Finding, ...] = ()
) -> CheckResult:
    return CheckResult(
        CHECK, passed, score, reason, findings, label="Thể thức", metric=assertion.metric, weight=assertion.weight
    )


def _praise(seen: Examination, scope: str) -> Finding:
    if scope != WHOLE:
        why = f"Bài này chỉ đòi phần nội dung, nên các phần khác không soi; phần nội dung đúng cách ghi theo {DECREE}."
        return Finding(CHECK, Level.CELEBRATORY, "Phần nội dung đúng cách trình bày.", why, where=PART_NAMES[Part.BODY])
    name = seen.kind.name.lower() if seen.kind else "văn bản"
    why = f"Các phần đã soi đều đủ, đúng cách ghi và đúng thứ tự theo {DECREE}."
    return Finding(CHECK, Level.CELEBRATORY, f"Thể thức của {name} đúng mẫu.", why, where="Cả văn bản")
