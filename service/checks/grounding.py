"""Fidelity: every number, date and document number of an answer is traced to the sources or the prompt.

What is not found is a list to verify, not an accusation; where the sources say something else of the same kind in the
same context, that is quoted with its passage. Nothing here judges meaning: a right number in a wrong sentence passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from service.checks.demands import advice, gap_mark, shown
from service.checks.figures.bearing import Evidence, bears, is_small, said_in_parts, year_of
from service.checks.figures.measures import measured, same_rate, with_unit
from service.checks.figures.moments import misplaced
from service.checks.figures.otherwise import otherwise_said, weekdays_of
from service.checks.figures.portions import portions
from service.checks.figures.readings import second_readings
from service.checks.figures.stated import LISTED_DAYS, days_of_week, graded, own_articles, stated
from service.quantities import Quantity, date_parts, quantities
from service.records import Assertion, Case, CheckResult, Detail, Finding, Level, Passage, SourceText, Span
from service.text import comparable, content_words, line_number, syllables

NAMES = {
    "number": "Số",
    "money": "Số tiền",
    "percent": "Tỷ lệ",
    "date": "Mốc thời gian",
    "time": "Giờ",
    "sign": "Số, ký hiệu văn bản",
    "article": "Viện dẫn",
    "phone": "Số điện thoại",
    "fraction": "Tỷ số",
    "share": "Phần",
    "words": "Số viết bằng chữ",
    "weekday": "Thứ",
    "grade": "Cấp, hạng",
}
_SHARED = 3
"""Content words that two contexts must share before one is said to contradict the other."""

_COPY = "Chép nguyên ngày, giờ và số liệu từ tài liệu kèm theo; thiếu thì ghi %s."
_NAMED = 4
"""Lost figures up to this many stand in the title; more are counted there."""


@dataclass(frozen=True)
class Traced:
    """A quantity of an answer and what bears it out; for one not found, the ``nearest`` that the sources do say."""

    quantity: Quantity
    found: bool
    passage: int | None
    nearest: Quantity | None = None
    similar: tuple[str, ...] = ()
    other_unit: bool = False


def trace(
    answer: str,
    sources: Sequence[SourceText],
    passages: Sequence[Passage],
    prompt: str,
    today: date | None = None,
    allow: Iterable[str] = (),
) -> tuple[Traced, ...]:
    """All quantities of an answer in order, each with the passage that holds it or the nearest thing said.

    ``today`` is a date the answer may carry without a source; ``allow`` are texts whose quantities are accepted.
    """
    evidence = _evidence(sources, passages, (prompt, *allow))
    years = {year for item in evidence if (year := year_of(item.quantity)) is not None}
    weekdays = weekdays_of(evidence, years)
    own = _own(answer, today)
    numbered = {match.span(1) for match in _WEEKDAY.finditer(answer)}  # told as days of the week, not as numbers
    listed = [match.span(1) for match in LISTED_DAYS.finditer(answer)]
    told = sorted(
        (*quantities(answer), *graded(answer), *days_of_week(answer), *portions(answer)), key=lambda one: one.start
    )
    judged = dict[tuple[str, str], Traced]()
    told = [
        one
        for one in told
        if one.kind == "weekday"
        or ((one.start, one.end) not in numbered and not any(a <= one.start < b for a, b in listed))
    ]
    told = _with_second(told, list(second_readings(answer, evidence)))
    for one in told:
        key = one.kind, one.value
        if key in judged:
            continue
        judged[key] = Traced(one, True, None) if key in own else _traced(one, answer, evidence, years, weekdays)
    found = (
        replace(item, quantity=with_unit(answer, one) if item.other_unit else one)
        for one in told
        if (item := judged.get((one.kind, one.value)))
    )
    wrong = {one.end: one for one in misplaced(answer, evidence)}
    return tuple(
        replace(item, quantity=wrong[end], found=False) if (end := item.quantity.end) in wrong else item
        for item in found
    )


def _evidence(sources: Sequence[SourceText], passages: Sequence[Passage], prompt: Iterable[str]) -> list[Evidence]:
    """What the answer may draw on, each value once for each text."""
    texts = [
        *((text, number, False) for text, number in map(_passage, passages)),
        *((source.text, None, False) for source in sources),
        *((text, None, True) for text in prompt),
    ]
    found = {
        (one.kind, one.value, number, text): Evidence(one, text, number, of_prompt)
        for text, number, of_prompt in texts
        for one in (*stated(text), *days_of_week(text))
    }
    return list(found.values())


def _passage(passage: Passage) -> tuple[str, int]:
    return f"{passage.heading}\n{passage.text}", passage.number


def _traced(one: Quantity, answer: str, evidence: Sequence[Evidence], years: set[int], weekdays: set[str]) -> Traced:
    """One quantity held against the evidence."""
    mine = measured(answer, one)
    equal = [item for item in evidence if bears(one, item.quantity, years)]
    if mine.dimension not in ("", "days", "span", "months"):  # «18 lít» is not the 18 of «18/8»
        equal = [item for item in equal if item.quantity.kind != "day"]
    bearing = [item for item in equal if mine.agrees(measured(item.text, item.quantity))]
    if not bearing and mine.dimension:
        bearing = [item for item in evidence if mine.same(measured(item.text, item.quantity))]
    bearing = [item for item in bearing if same_rate(answer, one, item.text, item.quantity)]
    if bearing or said_in_parts(one, evidence, years) or otherwise_said(one, mine, answer, evidence, weekdays):
        there = (item for item in bearing if item.passage is not None)
        nearest = max(there, key=lambda item: _alike(answer, one, item), default=None)
        return Traced(one, True, nearest.passage if nearest else None)
    nearest = _nearest(one, answer, evidence)
    passage, quantity = (nearest.passage, nearest.quantity) if nearest else (None, None)
    if equal:  # the figure is there, of something else: «1.480 tấn»
        passage, quantity = equal[0].passage, with_unit(equal[0].text, equal[0].quantity)
    similar = (item.quantity.text for item in evidence if item.quantity.kind == one.kind and not item.of_prompt)
    return Traced(one, False, passage, quantity, tuple(dict.fromkeys(similar)), bool(equal))


def _own(answer: str, today: date | None) -> set[tuple[str, str]]:
    """What an answer may say without a source: the day it is written, and the articles it has itself."""
    own = {("article", f"dieu {n}") for n in own_articles(answer)}
    return own | {("date", today.isoformat()), ("date", str(today.year))} if today else own


def _with_second(told: Sequence[Quantity], second: Sequence[Quantity]) -> list[Quantity]:
    """The quantities in order, second readings in the place of the first."""
    first = (one for one in told if not any(other.start < one.end and one.start < other.end for other in second))
    return sorted((*first, *second), key=lambda one: one.start)


_WEEKDAY = re.compile(r"\b(?:(?i:thứ) |T)([2-7])\b(?![./-]\w)")


def details(answer: str, sources: Sequence[SourceText], passages: Sequence[Passage], prompt: str) -> tuple[Detail, ...]:
    """Every quantity of a draft once, for its tick list; ``key`` stays the same when the text around it is edited."""
    kept = dict[str, Detail]()
    for item in trace(answer, sources, passages, prompt):
        one = item.quantity
        key = f"{one.kind}:{one.value}"
        passage = item.passage if item.found else None
        kept.setdefault(key, Detail(key, one.text, _place(answer, one), item.found, item.found, passage))
    return tuple(kept.values())


# ── the checks ──────────────────────────────────────────────────────────────────────────────────


def grounded_numbers(case: Case, assertion: Assertion) -> CheckResult:
    """Every quantity of the answer occurs in the sources or the prompt. ``options: {allow: [..]}`` accepts more."""
    answer = case.answer or ""
    allow = map(str, assertion.options.get("allow", ()))
    traced = trace(answer, case.sources, case.passages, case.prompt, case.today, allow)
    if not traced:
        return CheckResult("grounded-numbers", None, 0.0, "Kết quả không nêu con số nào nên không có gì để đối chiếu.")
    lost = [item for item in traced if not item.found]
    copy = _COPY % gap_mark(case.exercise)
    findings = tuple(_unfounded(items, answer, copy) for items in _by_value(lost))
    if not findings:
        good = Finding(
            "grounded-numbers",
            Level.CELEBRATORY,
            "Mọi con số đều có trong nguồn",
            why=f"Đã đối chiếu {len(traced)} chi tiết với tài liệu và câu lệnh.",
        )
        return CheckResult("grounded-numbers", True, 1.0, good.title + ".", (good,))
    told = {span.start for finding in findings if finding.level is Level.INFORMATIVE for span in finding.spans}
    counted = [item for item in lost if item.quantity.start not in told]
    passed = all(finding.level is not Level.ESSENTIAL for finding in findings)
    reason = f"{len(traced) - len(lost)}/{len(traced)} con số, ngày tháng có trong nguồn."
    return CheckResult("grounded-numbers", passed, 1 - len(counted) / len(traced), reason, findings)


def keeps_numbers(case: Case, assertion: Assertion) -> CheckResult:
    """The figures of the sources survive: those in ``value``, or all dates, amounts, percentages and times.

    Listed figures must all be there; of all figures a share of ``threshold`` (0.6 unless said) is enough.
    """
    answer = case.answer or ""
    listed = [str(item) for item in assertion.value] if isinstance(assertion.value, list | tuple) else []
    wanted = listed or _key_figures(case)
    if not wanted:
        return CheckResult("keeps-numbers", None, 0.0, "Nguồn không có số liệu nào cần giữ.")
    missing = [text for text in wanted if not says(answer, text)]
    share = 1 - len(missing) / len(wanted)
    enough = assertion.threshold if assertion.threshold is not None else 1.0 if listed else 0.6
    reason = f"Kết quả giữ {len(wanted) - len(missing)}/{len(wanted)} số liệu, mốc thời gian của nguồn."
    if share >= enough:
        kept = (Finding("keeps-numbers", Level.CELEBRATORY, "Giữ đủ số liệu chính của nguồn"),) if not missing else ()
        return CheckResult("keeps-numbers", True, share, reason, kept)
    return CheckResult("keeps-numbers", False, share, reason, (_lost(missing, case.passages, case.prompt),))


def _lost(missing: Sequence[str], passages: Sequence[Passage], prompt: str) -> Finding:
    """One finding for all that is lost: one sentence in the prompt mends it."""
    places = [next((one.number for one in passages if says(one.text, text)), None) for text in missing]
    which, them = "; ".join(map(shown, missing)), "Chi tiết này" if len(missing) == 1 else "Những chi tiết này"
    if len(missing) == 1:
        title = f"Kết quả bỏ mất «{which}»"
    else:
        counted = f"Kết quả bỏ mất {len(missing)} số liệu, mốc thời gian của nguồn"
        title = counted if len(missing) > _NAMED else f"Kết quả bỏ mất: {which}"
    try_next, insert = advice([text for text in missing if not says(prompt, text)], prompt)
    return Finding(
        check="keeps-numbers",
        level=Level.ACTIONABLE,
        title=title,
        why=f"{them} có trong nguồn.",
        try_next=try_next,
        expected=which if len(missing) > _NAMED else "",
        insert=insert,
        passages=tuple(sorted({place for place in places if place is not None})),
    )


def _key_figures(case: Case) -> list[str]:
    kinds = ("date", "money", "percent", "time")
    found = {(q.kind, q.value): q.text for source in case.sources for q in quantities(source.text) if q.kind in kinds}
    # The first date of a source is that of the document itself, and a bare year tells nothing.
    issued = {next(((q.kind, q.value) for q in quantities(s.text) if q.kind == "date"), None) for s in case.sources}
    return [text for key, text in found.items() if key not in issued and not (key[0] == "date" and len(key[1]) == 4)]


def says(text: str, wanted: str) -> bool:
    """A text states all quantities of ``wanted``, or, when it has none, its words."""
    asked = quantities(wanted)
    if not asked:
        return comparable(wanted).casefold() in comparable(text).casefold()
    said = stated(text)
    years = {year for one in said if (year := year_of(one)) is not None}
    return all(any(bears(one, other, years) for other in said) for one in asked)


def _nearest(one: Quantity, answer: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """What the sources say of the same kind in the most similar words; None when nothing is similar."""
    words = around(answer, one)
    rated = [
        (len(words & around(item.text, item.quantity)), -_distance(one, item.quantity), -at, item)
        for at, item in enumerate(evidence)
        if item.quantity.kind == one.kind and not item.of_prompt and _comparable_dates(one, item.quantity)
    ]
    shared, _, _, best = max(rated, key=lambda rating: rating[:3], default=(0, 0.0, 0, None))
    return best if shared >= _SHARED else None


def _alike(answer: str, one: Quantity, item: Evidence) -> tuple[bool, int]:
    """How near the words of a quantity are to those in a source: the one right behind it goes first («9 thôn»)."""
    counted, there = (content_words(_beside(*said)[1])[:1] for said in ((answer, one), (item.text, item.quantity)))
    return counted == there != [], len(around(answer, one) & around(item.text, item.quantity))


def _comparable_dates(one: Quantity, other: Quantity) -> bool:
    return one.kind != "date" or (date_parts(one.value).day is None) == (date_parts(other.value).day is None)


def around(text: str, one: Quantity) -> frozenset[str]:
    """The content words of the sentence before and after a quantity, eight syllables at most on either side."""
    before, after = _beside(text, one)
    return frozenset(word for word in content_words(before)[-8:] + content_words(after)[:8] if not word[0].isdigit())


def _beside(text: str, one: Quantity) -> tuple[str, str]:
    """What stands before and after a quantity in its sentence, not looking further than some 20 syllables."""
    before, after = text[max(0, one.start - 120) : one.start], text[one.end : one.end + 120]
    return re.split(r"\n|[.!?;]\s", before)[-1], re.split(r"\n|[.!?;](?:\s|$)", after)[0]


def _distance(one: Quantity, other: Quantity) -> float:
    days = _days(one.value, other.value) if one.kind == "date" else None
    if days is not None:
        return days
    try:
        return float(abs(Decimal(one.value) - Decimal(other.value)))
    except ArithmeticError:
        return 0.0 if one.value == other.value else 1.0


def _days(one: str, other: str) -> int | None:
    """Days between two dates of which at least the day and month are known."""
    a, b = date_parts(one), date_parts(other)
    year = a.year or b.year
    if not (a.day and b.day and a.month and b.month and year):
        return None
    try:
        return abs((date(a.year or year, a.month, a.day) - date(b.year or year, b.month, b.day)).days)
    except ValueError:  # 29 February of another year
        return None


def _by_value(lost: list[Traced]) -> list[list[Traced]]:
    groups = dict[tuple[str, str], list[Traced]]()
    for item in lost:
        groups.setdefault((item.quantity.kind, item.quantity.value), []).append(item)
    return list(groups.values())


def _unfounded(items: list[Traced], answer: str, copy: str) -> Finding:
    """A quantity found nowhere; ``copy`` is the sentence that would have kept it out."""
    first, one = items[0], items[0].quantity
    name = NAMES[one.kind]
    if first.nearest:
        days = _days(one.value, first.nearest.value) if one.kind == first.nearest.kind == "date" else None
        why = f"Nguồn ghi «{first.nearest.text}»" + (f", ở đoạn {first.passage}." if first.passage else ".")
        why += f" Hai mốc chênh nhau {days} ngày." if days else ""
    elif 0 < len(first.similar) <= 3:
        why = "Nguồn chỉ nêu " + ", ".join(f"«{text}»" for text in first.similar) + "."
    else:
        why = "Tài liệu kèm theo và câu lệnh đều không nêu chi tiết này."
    small = is_small(one) and not first.nearest
    level = Level.INFORMATIVE if one.kind == "words" else Level.ACTIONABLE if small else Level.ESSENTIAL
    return Finding(
        check="grounded-numbers",
        level=level,
        title=f"{name} «{one.text}» " + ("không khớp nguồn" if first.nearest else "không có trong nguồn"),
        where=_place(answer, one),
        why=why,
        try_next=(
            "Nếu đây là số tự đếm, anh/chị đếm lại trong nguồn."
            if small
            else f"Đối chiếu rồi sửa, hoặc thêm vào câu lệnh: «{copy}»"
        ),
        seen=one.text,
        expected=first.nearest.text if first.nearest else "",
        spans=tuple(Span(item.quantity.start, item.quantity.end, one.kind) for item in items),
        insert="" if small else copy,
        passages=(first.passage,) if first.passage is not None else (),
    )


def _place(text: str, one: Quantity) -> str:
    """The quantity with the words around it and its line: «xã mới đạt 38% tổng đàn», dòng 2."""
    plain = re.sub(r"\[[0-9 ,;–-]+\]", lambda mark: " " * len(mark[0]), text)
    before, after = _beside(plain, one)
    left = [word.start - len(before) for word in syllables(before)][-4:]
    right = [word.end for word in syllables(after)][:4]
    seen = plain[one.start + (left[0] if left else 0) : one.end + (right[-1] if right else 0)]
    return f"«{' '.join(seen.split())}», dòng {line_number(text, one.start)}"
