"""Checks: rules that look at a prompt and an answer and say where, why and what to try. No model, no database.

A check is a function ``(Case, Assertion) → CheckResult``; its name is promptfoo's where promptfoo has one. To add
one: write the function, add it to ``CHECKS``, say in ``guide`` what it asks, and write a test under tests/rules.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from service.checks import (
    absence,
    addressing,
    citations,
    closeness,
    copying,
    counting,
    ending,
    faithful,
    grounding,
    handwork,
    legal,
    names,
    privacy,
    register,
    structured,
    tables,
)
from service.checks.guide import AVOID, GUIDE, OPINION, SET, apart
from service.checks.prompt import parts
from service.records import Assertion, Case, CheckResult, Finding, Level, Span

Check = Callable[[Case, Assertion], CheckResult]

_log = logging.getLogger(__name__)


def _form(case: Case, assertion: Assertion) -> CheckResult:
    """Decree 30: the rule table is large and is read when a document is first checked."""
    from service.checks.form import nd30_format

    return nd30_format(case, assertion)


CHECKS: dict[str, Check] = {
    "prompt-has": parts.prompt_has,
    "prompt-max-words": parts.prompt_max_words,
    "no-personal-data": privacy.no_personal_data,
    "nd30-format": _form,
    "grounded-numbers": grounding.grounded_numbers,
    "keeps-numbers": grounding.keeps_numbers,
    "grounded-names": names.grounded_names,
    "cites-source": citations.cites_source,
    "register": register.register,
    "word-count": counting.word_count,
    "max-words": counting.word_count,
    "min-words": counting.word_count,
    "sections": counting.sections,
    "equals": counting.equals,
    "starts-with": counting.starts_with,
    "regex": counting.regex,
    "contains": counting.contains,
    "icontains": counting.contains,
    "contains-any": counting.contains,
    "icontains-any": counting.contains,
    "contains-all": counting.contains,
    "icontains-all": counting.contains,
    "legal-ref": legal.legal_ref,
    "addresses": addressing.addresses,
    "similar-to-source": copying.similar_to_source,
    "no-invention": absence.no_invention,
    "flags-errors": handwork.flags_errors,
    "sorts-cards": handwork.sorts_cards,
    "masks-data": handwork.masks_data,
    "judges-pairs": handwork.judges_pairs,
    "fills-table": tables.fills_table,
    "names-differences": tables.names_differences,
    "is-json": structured.is_json,
    "contains-json": structured.contains_json,
    "rouge-n": closeness.overlap,
    "bleu": closeness.overlap,
    "gleu": closeness.overlap,
    "chrf": closeness.overlap,
    "levenshtein": closeness.near,
    "similar": closeness.similar,
    "latency": ending.latency,
    "cost": ending.cost,
    "finish-reason": ending.finish_reason,
    "is-refusal": ending.is_refusal,
    "context-faithfulness": faithful.context_faithfulness,
    "citation-faithfulness": faithful.citation_faithfulness,
    "answer-relevance": faithful.left_to_people,
    "factuality": faithful.left_to_people,
    "select-best": faithful.left_to_people,
    "human": faithful.left_to_people,
}

TYPES = frozenset(CHECKS) | {OPINION, SET}
"""Every type an exercise may name, each also with "not-" before it (a group has no opposite)."""

_PROMPT_ONLY = frozenset({"prompt-has", "prompt-max-words"})
_PROMPT_TOO = frozenset({"no-personal-data"})


_MANY_MATTERS = frozenset({"prompt-has", "nd30-format"})
"""Each finding of these is a matter of its own, and the trainer's words are about all of them."""

OF_A_KIND = {
    "find_errors": "flags-errors",
    "sort_cards": "sorts-cards",
    "mask_data": "masks-data",
    "blind_compare": "judges-pairs",
    "extract": "fills-table",
    "compare_texts": "names-differences",
}
"""The check that every exercise of a kind has, whether its file names it or not."""


def speaks_of_prompt(assertion: Assertion) -> bool:
    """True for a check that has something to say before there is any answer."""
    return assertion.type in _PROMPT_ONLY | _PROMPT_TOO


def of_prompt_alone(assertion: Assertion) -> bool:
    """True for a check that an answer changes nothing about."""
    return assertion.type.removeprefix("not-") in _PROMPT_ONLY


def run(case: Case, assertions: Iterable[Assertion]) -> tuple[CheckResult, ...]:
    """Run the checks in their order. One that is unknown, breaks or lacks its text is "not graded", never a fail."""
    asked = tuple(assertions)
    return _told_apart([_run_one(case, one) for one in asked], asked)


def _told_apart(results: Sequence[CheckResult], asked: Sequence[Assertion]) -> tuple[CheckResult, ...]:
    """The results; of those under one label each gets what it asks added («Độ dài: không quá 150 tiếng»), or its number
    where no words say it."""
    times, seen = Counter(result.label for result in results), Counter[str]()

    def named(result: CheckResult, assertion: Assertion) -> CheckResult:
        if times[result.label] == 1 or result.passed is None:  # what could not be judged may ask for nothing sensible
            return result
        seen[result.label] += 1
        return replace(result, label=apart(result.label, counting.asked_of(assertion) or f"mục {seen[result.label]}"))

    return tuple(map(named, results, asked))


def score(results: Iterable[CheckResult]) -> float | None:
    """100 × the weighted mean of what could be judged; None when nothing could."""
    judged = [result for result in results if result.passed is not None and result.weight > 0]
    total = sum(result.weight for result in judged)
    return 100 * sum(result.weight * result.score for result in judged) / total if total else None


def failed_essentials(results: Iterable[CheckResult]) -> tuple[str, ...]:
    """The labels, each once, of the checks that count and failed with a finding «Cần sửa»."""
    failed = (
        result.label or result.check
        for result in results
        if result.passed is False
        and result.weight > 0
        and any(finding.level is Level.ESSENTIAL for finding in result.findings)
    )
    return tuple(dict.fromkeys(failed))


def worst_first(results: Iterable[CheckResult]) -> tuple[Finding, ...]:
    """All findings: by level, then by the weight of their check, then in the order of the text."""
    order = list(Level)
    found = [(result.weight, finding) for result in results for finding in result.findings]

    def rank(pair: tuple[float, Finding]) -> tuple[int, float, int]:
        weight, finding = pair
        return order.index(finding.level), -weight, min((span.start for span in finding.spans), default=0)

    return tuple(finding for _, finding in sorted(found, key=rank))


def _run_one(case: Case, assertion: Assertion) -> CheckResult:
    if assertion.type == SET:
        return _run_set(case, assertion)
    name = assertion.type.removeprefix("not-")
    check = CHECKS.get(name)
    if name == OPINION:
        result = _ungraded(assertion, "Mục này chờ ý kiến thứ hai của máy.")
    elif check is None:
        result = _ungraded(assertion, f"Học Vụ chưa có cách chấm «{name}» bằng quy tắc.")
    elif case.answer is None and not speaks_of_prompt(assertion):
        result = _ungraded(assertion, "Chưa có kết quả để chấm.")
    else:
        try:
            result = check(case, replace(assertion, type=name))
            if name != assertion.type:
                result = _negated(result, case, assertion)
            result = _as_trainer_wants(result, case, assertion)
        except Exception as error:  # noqa: BLE001  # one broken check must not take the others' findings away
            # The type alone: the message of an error may quote what people wrote.
            _log.error("check %s failed with %s", assertion.type, type(error).__name__)
            result = _ungraded(assertion, "Mục này máy chưa chấm được, nên không tính là chưa đạt.")
    return replace(
        result,
        check=assertion.type,
        label=result.label or _label(assertion.type),
        metric=assertion.metric or result.metric,
        weight=assertion.weight,
        of="prompt" if name in _PROMPT_ONLY else result.of,
    )


def _label(kind: str) -> str:
    name = kind.removeprefix("not-")
    return AVOID if name != kind else GUIDE[name].label if name in GUIDE else name


def _run_set(case: Case, assertion: Assertion) -> CheckResult:
    """A group passes from its ``threshold`` on, or, without one, when all of its checks do (promptfoo)."""
    results = run(case, assertion.parts)
    reached = score(results)
    verdicts = [one.passed for one in results if one.passed is not None]
    share = (reached or 0.0) / 100
    passed = None if not verdicts else all(verdicts) if assertion.threshold is None else share >= assertion.threshold
    met = f"{verdicts.count(True)}/{len(verdicts)} mục của nhóm"
    return CheckResult(
        check=SET,
        passed=passed,
        score=share,
        reason=f"Đạt {met}." if verdicts else "Không mục nào của nhóm chấm được.",
        findings=tuple(finding for one in results for finding in one.findings),
        label=GUIDE[SET].label,
        metric=assertion.metric,
        weight=assertion.weight,
    )


def _ungraded(assertion: Assertion, reason: str) -> CheckResult:
    return CheckResult(assertion.type, None, 0.0, reason)


def _negated(result: CheckResult, case: Case, assertion: Assertion) -> CheckResult:
    """The verdict of ``not-…``: what was found is now what should not be there."""
    if result.passed is None:
        return result
    if not result.passed:
        return replace(result, passed=True, score=1.0, reason="Kết quả không có điều cần tránh.", findings=())
    finding = Finding(
        check=assertion.type,
        level=Level.ACTIONABLE,
        title="Kết quả có điều bài yêu cầu tránh",
        why="Yêu cầu của bài nêu rõ là không được có điều này.",
        try_next="Thêm vào câu lệnh một ràng buộc nói rõ điều phải tránh.",
        spans=_located(case.answer or "", replace(assertion, type=assertion.type.removeprefix("not-"))),
    )
    if finding.spans:
        seen = (case.answer or "")[finding.spans[0].start : finding.spans[0].end]
        finding = replace(finding, title=f"Kết quả có «{seen}», là điều bài yêu cầu tránh", seen=seen)
    return replace(result, passed=False, score=0.0, reason=finding.title + ".", findings=(finding,))


def _located(answer: str, assertion: Assertion) -> tuple[Span, ...]:
    return ending.refusals(answer) if assertion.type == "is-refusal" else counting.located(answer, assertion)


def _as_trainer_wants(result: CheckResult, case: Case, assertion: Assertion) -> CheckResult:
    """Apply the exercise's own severity; its own words go before the rule's, or stand above what is of many matters.

    Words on the prompt are left out where they speak only of parts that it has.
    """
    failing = [n for n, finding in enumerate(result.findings) if finding.level in (Level.ESSENTIAL, Level.ACTIONABLE)]
    findings = list(result.findings)
    for n in failing if assertion.severity else ():
        findings[n] = replace(findings[n], level=Level(assertion.severity))
    words = case.exercise.feedback.get(assertion.on_fail, "").strip() if result.passed is False else ""
    missing = {finding.part for finding in result.findings if finding.part} if result.check == "prompt-has" else set()
    if missing and not parts.speaks_of(words, missing):
        words = ""
    if words and failing:
        first = findings[failing[0]]
        if result.check in _MANY_MATTERS:
            title = "Câu lệnh chưa đủ như bài cần" if result.of == "prompt" else "Thể thức chưa đủ như bài cần"
            own = Finding(result.check, first.level, title, why=words, try_next="Xem từng chỗ nêu ngay dưới đây.")
            findings.insert(0, own)
        else:
            findings[failing[0]] = replace(first, why=f"{words} {first.why}".strip())
    return replace(result, findings=tuple(findings))
