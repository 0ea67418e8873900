"""Checks that count and look up: length in syllables, words that must be there, required sections, a pattern.

Texts are compared in one spelling of tone marks, quotation marks and dashes, and any white space equals a space;
``options: {raw: true}`` compares them as they stand.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile

from service.checks.citations import citations
from service.checks.demands import ASKED_ALREADY, advice, holds, shown
from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, fold, syllables

_OF_WORDS = frozenset(f"{case}contains{how}" for case in ("", "i") for how in ("", "-any", "-all")) | {
    "starts-with",
    "keeps-numbers",
}
_SHOWN, _LETTERS = 3, 24
"""Of the words that a check asks for, how many its label shows, and up to how many letters of each."""

# ── length ──────────────────────────────────────────────────────────────────────────────────────


def word_count(case: Case, assertion: Assertion) -> CheckResult:
    """The length in syllables without citation marks: word-count (a number or {min, max}), max-words, min-words."""
    least, most = _bounds(assertion)
    answer = case.answer or ""
    marks = citations(answer)
    counted = [one for one in syllables(answer) if not any(mark.start <= one.start < mark.end for mark in marks)]
    length, name = len(counted), assertion.type
    if most is not None and length > most:
        limited = any(holds(case.prompt, f"{most} {unit}") for unit in ("tiếng", "từ", "chữ"))
        finding = Finding(
            check=name,
            level=Level.ACTIONABLE,
            title=f"Kết quả dài {length} tiếng, quá mức {most} là {length - most} tiếng",
            where="Phần được đánh dấu ở cuối là phần vượt mức.",
            why="Người đọc chỉ có chừng ấy thời gian; phần vượt mức thường là ý nhắc lại.",
            try_next=ASKED_ALREADY if limited else "Nêu rõ mức dài trong câu lệnh và những ý phải có.",
            seen=f"{length} tiếng",
            expected=f"không quá {most} tiếng",
            spans=(Span(counted[most].start, counted[-1].end),),
            insert="" if limited else f"Viết không quá {most} tiếng.",
        )
        return CheckResult(name, False, most / length, finding.title + ".", (finding,))
    if least is not None and length < least:
        finding = Finding(
            check=name,
            level=Level.ACTIONABLE,
            title=f"Kết quả dài {length} tiếng, chưa đủ mức {least}",
            why="Văn bản quá ngắn thường bỏ sót ý người đọc cần.",
            try_next="Nêu rõ trong câu lệnh những ý phải có.",
            seen=f"{length} tiếng",
            expected=f"ít nhất {least} tiếng",
            insert=f"Viết ít nhất {least} tiếng, nêu đủ các ý chính.",
        )
        return CheckResult(name, False, length / least, finding.title + ".", (finding,))
    limit = f"trong mức {most}" if most is not None else f"đủ mức {least}"
    kept = Finding(name, Level.INFORMATIVE, f"Dài {length} tiếng, {limit}")
    return CheckResult(name, True, 1.0, kept.title + ".", (kept,))


def _bounds(assertion: Assertion) -> tuple[int | None, int | None]:
    value = assertion.value
    if isinstance(value, dict):
        least, most = (int(value[key]) if value.get(key) is not None else None for key in ("min", "max"))
    else:
        least = None if assertion.type == "max-words" else int(value)
        most = None if assertion.type == "min-words" else int(value)
    if least is None and most is None:
        raise ValueError("no limit given")
    return least, most


# ── words that must be there ────────────────────────────────────────────────────────────────────


def contains(case: Case, assertion: Assertion) -> CheckResult:
    """The contains family: one, any or all of ``value``; with a leading i upper and lower case are the same."""
    answer, name = case.answer or "", assertion.type
    needles = _needles(assertion)
    missing = [needle for needle in needles if next(_occurrences(answer, needle, assertion), None) is None]
    if name.endswith("-any") and len(needles) > 1:
        if len(missing) < len(needles):
            return CheckResult(name, True, 1.0, "Kết quả có một trong các ý cần nêu.")
        first, second, *more = map(_quoted, needles)
        try_next, insert = advice(needles, case.prompt, one_of=True)
        finding = Finding(
            check=name,
            level=Level.ACTIONABLE,
            title=f"Kết quả chưa có {first} hoặc {'ý tương đương' if more else second}",
            why=f"Bài cần ít nhất một trong: {'; '.join(map(_quoted, needles))}.",
            try_next=try_next,
            insert=insert,
        )
        return CheckResult(name, False, 0.0, finding.title + ".", (finding,))
    share = 1 - len(missing) / len(needles)
    reason = "Kết quả có đủ các ý bắt buộc." if not missing else f"Kết quả còn thiếu {len(missing)}/{len(needles)} ý."
    findings = (_not_there(name, missing, case.prompt),) if missing else ()
    return CheckResult(name, not missing, share, reason, findings)


def _not_there(name: str, missing: list[str], prompt: str) -> Finding:
    """One finding for all that is missing: one sentence in the prompt mends it."""
    if len(missing) == 1:
        title, why = f"Kết quả chưa có {_quoted(missing[0])}", "Đây là ý bài yêu cầu phải có."
    else:
        which = "; ".join(map(shown, missing))
        title, why = f"Kết quả còn thiếu: {which}", "Đây là những ý bài yêu cầu phải có."
    try_next, insert = advice(missing, prompt)
    return Finding(check=name, level=Level.ACTIONABLE, title=title, why=why, try_next=try_next, insert=insert)


def _quoted(needle: str) -> str:
    words = shown(needle)
    return words if needle.strip() == "|" else f"«{words}»"  # of a table a person sees no «|»


def equals(case: Case, assertion: Assertion) -> CheckResult:
    """The whole answer is ``value``."""
    same = _spelling(case.answer or "", assertion).split() == _spelling(str(assertion.value), assertion).split()
    reason = "Kết quả đúng nguyên văn." if same else "Kết quả khác với nội dung bài yêu cầu."
    findings = () if same else (Finding("equals", Level.ACTIONABLE, reason[:-1], expected=str(assertion.value)),)
    return CheckResult("equals", same, float(same), reason, findings)


def starts_with(case: Case, assertion: Assertion) -> CheckResult:
    """The answer begins with ``value``."""
    wanted = str(assertion.value)
    answer = case.answer or ""
    first = next(_occurrences(answer, wanted, assertion), None)
    if first and not answer[: first.start].strip():
        return CheckResult("starts-with", True, 1.0, f"Kết quả mở đầu bằng «{wanted}».")
    insert = "" if holds(case.prompt, wanted) else f"Mở đầu bằng: {wanted}"
    finding = Finding(
        check="starts-with",
        level=Level.ACTIONABLE,
        title=f"Kết quả không mở đầu bằng «{wanted}»",
        why="Bài yêu cầu đúng câu mở đầu này.",
        try_next=f"Thêm vào câu lệnh: «{insert}»" if insert else ASKED_ALREADY,
        spans=tuple(Span(one.start, one.end) for one in syllables(answer)[:1]),
        insert=insert,
    )
    return CheckResult("starts-with", False, 0.0, finding.title + ".", (finding,))


def located(answer: str, assertion: Assertion) -> tuple[Span, ...]:
    """Where the words or the pattern of an assertion stand in an answer; nothing for other kinds of check."""
    if "contains" in assertion.type or assertion.type == "starts-with":
        return tuple(span for needle in _needles(assertion) for span in _occurrences(answer, needle, assertion))
    return matches(str(assertion.value), answer) or () if assertion.type == "regex" else ()


def asked_of(assertion: Assertion) -> str:
    """What a check of length or words asks, in a few words: «7 giờ 30», «thứ Tư»; nothing for other kinds."""
    name = assertion.type.removeprefix("not-")
    if name in ("word-count", "max-words", "min-words"):
        least, most = _bounds(replace(assertion, type=name))
        limits = [(least, "ít nhất"), (most, "không quá")] if least != most else [(most, "đúng")]
        return ", ".join(f"{word} {limit} tiếng" for limit, word in limits if limit is not None)
    if name not in _OF_WORDS or not assertion.value:
        return ""
    needles = _needles(assertion)
    whole = list(takewhile(lambda one: len(one) <= _LETTERS, needles[:_SHOWN]))
    begun = needles[0][: _LETTERS + 1].rpartition(" ")[0] or needles[0][:_LETTERS]
    words = list(map(_quoted, whole)) or [f"«{begun}…»"]
    joint = " hoặc " if name.endswith("-any") and name == assertion.type else ", "
    return joint.join(words) + "…" * (len(needles) > len(words))


def _needles(assertion: Assertion) -> list[str]:
    value = assertion.value
    if isinstance(value, str) and assertion.type.endswith(("-any", "-all")):
        value = value.split(",")  # promptfoo writes such lists in one CSV cell
    needles = [str(needle).strip() for needle in (value if isinstance(value, list | tuple) else [value])]
    if not all(needles):
        raise ValueError("nothing to look for")
    return needles


def _spelling(text: str, assertion: Assertion) -> str:
    return text if assertion.options.get("raw") else comparable(text)


def _occurrences(answer: str, needle: str, assertion: Assertion) -> Iterator[Span]:
    pattern = r"\s+".join(map(re.escape, _spelling(needle, assertion).split()))
    flags = re.IGNORECASE if assertion.type.startswith("icontains") else 0
    return (Span(*match.span()) for match in re.finditer(pattern, _spelling(answer, assertion), flags))


# ── sections ────────────────────────────────────────────────────────────────────────────────────

_NUMBERING = re.compile(
    r"^[\s#*>_\-–•]*(?:(?:phần|mục|chương)\s+)?(?:[IVXivx]+|[0-9]+(?:\.[0-9]+)*|[a-zđ])?[.):\s]*[*_]*\s*"
)


def sections(case: Case, assertion: Assertion) -> CheckResult:
    """The headings of ``value`` head a line each, in this order; "A|B" takes either. Small differences are forgiven."""
    answer = case.answer or ""
    lines = [(match.start(), match.end(), _heading(match[0])) for match in re.finditer(r"[^\n]+", answer)]
    wanted = [str(item).split("|") for item in assertion.value]
    places = [next((line for line in lines if any(_like(line[2], name) for name in names)), None) for names in wanted]
    findings, reached = list[Finding](), -1
    for names, place in zip(wanted, places, strict=True):
        if place is None:
            insert = "" if holds(case.prompt, names[0]) else f"Có mục {names[0].strip()}."
            findings.append(
                Finding(
                    check="sections",
                    level=Level.ACTIONABLE,
                    title=f"Thiếu mục «{names[0].strip()}»",
                    why="Bố cục của bài cần mục này.",
                    try_next=f"Thêm vào câu lệnh: «{insert}»" if insert else ASKED_ALREADY,
                    insert=insert,
                )
            )
        elif place[0] < reached:
            findings.append(
                Finding(
                    check="sections",
                    level=Level.ACTIONABLE,
                    title=f"Mục «{names[0].strip()}» đứng sai thứ tự",
                    why="Thứ tự các mục của bài là: " + ", ".join(each[0].strip() for each in wanted) + ".",
                    try_next="Liệt kê các mục theo đúng thứ tự trong câu lệnh.",
                    spans=(Span(place[0], place[1]),),
                )
            )
        reached = max(reached, place[0] if place else -1)
    good = len(wanted) - len(findings)
    reason = f"Kết quả có đủ {len(wanted)} mục, đúng thứ tự." if not findings else f"Đúng {good}/{len(wanted)} mục."
    return CheckResult("sections", not findings, good / len(wanted), reason, tuple(findings))


def _heading(line: str) -> str:
    return fold(comparable(_NUMBERING.sub("", line, count=1))).strip(" *_:.")


def _like(heading: str, name: str) -> bool:
    wanted = fold(comparable(name)).strip()
    head = " ".join(heading.split()[: len(wanted.split())])
    return head == wanted or (len(wanted) > 6 and SequenceMatcher(None, head, wanted, autojunk=False).ratio() >= 0.88)


# ── patterns ────────────────────────────────────────────────────────────────────────────────────

_PATTERN_SECONDS = 2
_MATCHER = """
import json, re, sys
pattern, text = json.load(sys.stdin)
json.dump([match.span() for match in re.finditer(pattern, text)][:100], sys.stdout)
"""


def regex(case: Case, assertion: Assertion) -> CheckResult:
    """The pattern occurs. Matched in a process of its own, which is ended when a pattern never comes to an end."""
    spans = matches(str(assertion.value), case.answer or "")
    if spans is None:
        return CheckResult(
            "regex", None, 0.0, "Mẫu câu của bài chạy quá lâu hoặc viết sai, nên mục này chưa chấm được."
        )
    if spans:
        return CheckResult("regex", True, 1.0, "Kết quả có câu đúng mẫu bài yêu cầu.")
    finding = Finding(
        check="regex",
        level=Level.ACTIONABLE,
        title="Kết quả chưa có câu đúng mẫu bài yêu cầu",
        try_next="Xem lại yêu cầu của bài và nêu mẫu câu ấy trong câu lệnh.",
    )
    return CheckResult("regex", False, 0.0, finding.title + ".", (finding,))


def matches(pattern: str, answer: str) -> tuple[Span, ...] | None:
    """Where a pattern matches; None when it is no pattern or takes too long. ``re`` itself cannot be interrupted."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program text; pattern and answer travel as data
            [sys.executable, "-I", "-S", "-c", _MATCHER],
            input=json.dumps([comparable(pattern), comparable(answer)]),
            capture_output=True,
            text=True,
            timeout=_PATTERN_SECONDS,
            check=True,
            env={},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return tuple(Span(start, end) for start, end in json.loads(done.stdout))
