"""Fidelity: every number, date and document number of an answer is traced to the sources or the prompt.

What is not found is a list to verify, not an accusation; where the sources say something else of the same kind in the
same context, that is quoted with its passage. Nothing here judges meaning: a right number in a wrong sentence passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from service.checks.measures import Measured, measured, same_rate, with_unit
from service.quantities import Quantity, date_parts, quantities
from service.records import Assertion, Case, CheckResult, Detail, Finding, Level, Passage, SourceText, Span
from service.text import comparable, fold, line_number, normalise_tone, syllables

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
    "words": "Số viết bằng chữ",
    "weekday": "Thứ",
}
_COUNT = 10
"""A whole number up to this may be the writer's own count ("3 việc"): to be looked at, not essential."""

_SHARED = 3
"""Content words that two contexts must share before one is said to contradict the other."""

_COPY = "Chép nguyên ngày, giờ và số liệu từ tài liệu kèm theo; thiếu thì ghi [cần bổ sung]."


@dataclass(frozen=True)
class _Evidence:
    """A quantity that the answer may draw on; ``passage`` is the number of the passage it stands in."""

    quantity: Quantity
    text: str
    passage: int | None
    of_prompt: bool = False


@dataclass(frozen=True)
class Traced:
    """A quantity of an answer and what bears it out; for one not found, the ``nearest`` that the sources do say."""

    quantity: Quantity
    found: bool
    passage: int | None
    nearest: Quantity | None = None
    similar: tuple[str, ...] = ()
    other_unit: bool = False


def content_words(text: str) -> list[str]:
    """The folded syllables of a text without those that any two sentences of an office share."""
    return [word for word in (fold(normalise_tone(one.text)) for one in syllables(text)) if word not in _COMMON]


_COMMON = frozenset(
    fold("của và các có cho được là trong với theo về để tại đến từ này khi như những một không ra").split()
)


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
    evidence = [
        *(_Evidence(one, text, number) for text, number in map(_passage, passages) for one in stated(text)),
        *(_Evidence(one, source.text, None) for source in sources for one in stated(source.text)),
        *(_Evidence(one, text, None, of_prompt=True) for text in (prompt, *allow) for one in stated(text)),
    ]
    evidence = list(
        {(item.quantity.kind, item.quantity.value, item.passage, item.text): item for item in evidence}.values()
    )
    years = {year for item in evidence if (year := year_of(item.quantity)) is not None}
    numbers = {item.quantity.value for item in evidence if item.quantity.kind == "number"}
    weekdays = {match.span(1) for match in _WEEKDAY.finditer(answer)}  # told as days of the week, not as numbers
    own = _own(answer, today)
    judged = dict[tuple[str, str], Traced]()
    found = sorted((*quantities(answer), *_graded(answer), *_days_of_week(answer)), key=lambda one: one.start)
    weekdays_said = _weekdays_said(evidence, years)
    for one in found:
        if (one.kind, one.value) in judged or (one.start, one.end) in weekdays:
            continue
        bearing = [item for item in evidence if bears(one, item.quantity, years)]
        said = bearing[:1]
        halves = one.kind == "fraction" and set(one.value.split("/")) <= numbers  # "9 trong 13 thôn"
        mine = measured(answer, one)
        bearing = [item for item in bearing if mine.agrees(measured(item.text, item.quantity))]
        bearing = [item for item in bearing if same_rate(answer, one, item.text, item.quantity)]
        if not bearing and mine.dimension:
            bearing = [item for item in evidence if mine.same(measured(item.text, item.quantity))]
        borne = bearing or halves or (one.kind, one.value) in own or _bare_year(one) in years
        borne = borne or _rounded(one, answer, evidence) or _in_words(one, answer, evidence)
        borne = borne or _past_noon(one, answer, evidence) or _regrouped(one, evidence) or one.value in weekdays_said
        if borne or _hours(one, mine, answer, evidence):
            passage = next((item.passage for item in bearing if item.passage is not None), None)
            judged[one.kind, one.value] = Traced(one, True, passage)
        else:
            nearest = _nearest(one, answer, evidence)
            similar = (item.quantity.text for item in evidence if item.quantity.kind == one.kind and not item.of_prompt)
            passage, quantity = (nearest.passage, nearest.quantity) if nearest else (None, None)
            if said:  # the figure is there, of something else: «1.480 tấn»
                passage, quantity = said[0].passage, with_unit(said[0].text, said[0].quantity)
            told = tuple(dict.fromkeys(similar))
            judged[one.kind, one.value] = Traced(one, False, passage, quantity, told, bool(said))
    return tuple(
        replace(
            judged[one.kind, one.value],
            quantity=with_unit(answer, one) if judged[one.kind, one.value].other_unit else one,
        )
        for one in found
        if (one.kind, one.value) in judged and (one.start, one.end) not in weekdays
    )


_ROUNDED = re.compile(r"\b(gần|ngót|non|hơn|trên|khoảng|chừng|xấp xỉ|độ|cỡ)\s+$", re.IGNORECASE)
_ROUGHLY = Decimal("0.05")
"""How far a rounded number may lie from the one it stands for, as a part of it."""
_DIGIT_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _rounded(one: Quantity, answer: str, evidence: Sequence[_Evidence]) -> bool:
    """«gần 90» for 86, «hơn 1.280» for 1.286, «gần 98%» for 97,75%: fewer digits, on the right side of the real one."""
    word = _ROUNDED.search(answer, max(0, one.start - 12), one.start)
    if one.kind not in ("number", "money", "percent") or not word or not _FIGURE.fullmatch(one.value):
        return False
    said, mine = Decimal(one.value), measured(answer, one)
    low, high = word[1].lower() in ("hơn", "trên"), word[1].lower() in ("gần", "ngót", "non")
    for item in evidence:
        if item.quantity.kind != one.kind or not _FIGURE.fullmatch(item.quantity.value):
            continue
        real = Decimal(item.quantity.value)
        right = real > said if low else real < said if high else real != said
        near = abs(real - said) <= _ROUGHLY * said
        coarser = _figures(one.value) < _figures(item.quantity.value)
        theirs = measured(item.text, item.quantity)
        if right and near and coarser and (mine.unit == theirs.unit or not mine.unit or not theirs.unit):
            return True
    return False


_FIGURE = re.compile(r"[1-9]\d*(?:\.\d+)?")


def _figures(value: str) -> int:
    """How many figures of a number tell something: 2 of «15000», 4 of «97.75»."""
    return len(value.replace(".", "").rstrip("0")) if "." not in value else len(value.replace(".", ""))


def _in_words(one: Quantity, answer: str, evidence: Sequence[_Evidence]) -> bool:
    """«3 buổi» for «ba buổi»: a count up to ten whose word stands before the same thing in a source."""
    if one.kind != "number" or not one.value.isdecimal() or not 0 < int(one.value) <= _COUNT:
        return False
    after = syllables(answer[one.end : one.end + 20])
    if not after:
        return False
    thing = normalise_tone(after[0].text).lower()
    pattern = rf"\b{_DIGIT_WORDS[int(one.value)]}\s+{re.escape(thing)}\b"
    if one.value == "1" and len(after) > 1:  # «01 giải Nhất» for «giải Nhất»
        pattern += rf"|\b{re.escape(thing)}\s+{re.escape(normalise_tone(after[1].text))}\b"
    said = re.compile(pattern, re.IGNORECASE)
    return any(said.search(normalise_tone(text)) for text in {item.text for item in evidence})


_G_HOURS = re.compile(r"\b\d{1,2}g\d{2}\b")
"""Who writes «7g30» means an hour by «11g», elsewhere a weight."""


def _hours(one: Quantity, mine: Measured, answer: str, evidence: Sequence[_Evidence]) -> bool:
    """«18 tiếng» for «18 giờ», «1 giờ 30 phút» for «90 phút»: a span may read as a time of the day."""
    if one.kind == "number" and mine.unit == "g" and _G_HOURS.search(answer):
        return f"{one.value:0>2}:00" in {item.quantity.value for item in evidence if item.quantity.kind == "time"}
    if mine.unit == "tiếng":
        return any(item.quantity.kind == "time" and item.quantity.value == f"{one.value:0>2}:00" for item in evidence)
    if one.kind == "time":
        said = (item for item in evidence if item.quantity.kind in ("number", "words"))
        return any(_minutes(one) == measured(item.text, item.quantity).minutes for item in said)
    return mine.minutes is not None and any(mine.minutes == _minutes(item.quantity) for item in evidence)


_PAST_NOON = re.compile(r"\b(?:trưa|chiều|tối|đêm)\b", re.IGNORECASE)


_DAY_OF_WEEK = re.compile(r"\b(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ nhật))\b", re.IGNORECASE)
_DAY_NAMES = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}


def _days_of_week(text: str) -> Iterator[Quantity]:
    """The days of the week that a text names, as «weekday 2» … «weekday 8» (Chủ nhật). «thứ hai» and «thứ 7» may count
    as well: only those with a capital or after «sáng», «chiều», «tối» are taken."""
    for match in _DAY_OF_WEEK.finditer(normalise_tone(text)):
        before = text[: match.start()].rstrip().lower()
        sure = match[2] or match[1][0].isupper() or before.endswith(("sáng", "trưa", "chiều", "tối", "đêm"))
        if sure:
            number = 8 if match[2] else _DAY_NAMES.get(match[1].lower()) or int(match[1])
            yield Quantity("weekday", f"weekday {number}", *match.span(), text[match.start() : match.end()])


def _weekdays_said(evidence: Sequence[_Evidence], years: set[int]) -> set[str]:
    """The days of the week that the sources name, and those of their dates."""
    texts = {item.text for item in evidence}
    found = {one.value for text in texts for one in _days_of_week(text)}
    for item in evidence:
        if item.quantity.kind == "date" and (parts := date_parts(item.quantity.value)).day and parts.month:
            for year in {parts.year} if parts.year else years:
                try:
                    found.add(f"weekday {date(year or 1, parts.month, parts.day).isoweekday() + 1}")
                except ValueError:
                    continue
    return found


def _past_noon(one: Quantity, answer: str, evidence: Sequence[_Evidence]) -> bool:
    """«buổi chiều, từ 1 giờ tới 4 giờ» for 13 and 16: half a day is told once for several times, in the same line."""
    if one.kind != "time":
        return False
    hour, minute = one.value.split(":")
    line = answer[answer.rfind("\n", 0, one.start) + 1 : one.end + 30].partition("\n")[0]
    late = f"{int(hour) + 12:02}:{minute}"
    return (
        int(hour) < 12
        and bool(_PAST_NOON.search(line))
        and any(item.quantity.kind == "time" and item.quantity.value == late for item in evidence)
    )


_LONG = 8
"""Digits of an account, a telephone or a card at least."""


def _regrouped(one: Quantity, evidence: Sequence[_Evidence]) -> bool:
    """«5501000327718» for «5501 0003 27718»: the same long number, grouped another way."""
    digits = re.sub(r"[ .-]", "", one.text)
    return len(digits) >= _LONG and digits.isdecimal() and any(digits in _runs(item.text) for item in evidence)


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[str]:
    """Long numbers of a text without what parts their groups."""
    found = (re.sub(r"[ .-]", "", match[0]) for match in re.finditer(r"\d+(?:[ .-]\d+)+|\d+", text))
    return frozenset(run for run in found if len(run) >= _LONG)


def _minutes(one: Quantity) -> Decimal | None:
    """A time of the day read as a span: «1 giờ 30 phút» is 90."""
    hours, _, minutes = one.value.partition(":")
    return Decimal(hours) * 60 + Decimal(minutes) if one.kind == "time" else None


def _own(answer: str, today: date | None) -> set[tuple[str, str]]:
    """What an answer may say without a source: the day it is written, and the articles it has itself."""
    heads = (head["article"] for head in _HEAD.finditer(normalise_tone(answer)))
    own = {("article", f"dieu {n}") for n in heads if n}
    return own | {("date", today.isoformat()), ("date", str(today.year))} if today else own


_WEEKDAY = re.compile(r"\bthứ ([2-7])\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\b([0-9]{1,4})\s?k\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\w)(?:[A-ZĐ]{1,4}\.?|thứ\s)([0-9]{1,4})\b(?![./-]\w)")
"""What numbers a road, a class or a session: «QL15», «kỳ họp thứ 5»."""
_ROMANS = [ten + one for ten in ("", "X") for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")]
_ANY_ROMAN = "|".join(sorted(_ROMANS, key=len, reverse=True))
_ROMAN = re.compile(rf"(?:(?<=[a-zà-ỹđ] )|(?<=[a-zà-ỹđ]: ))({_ANY_ROMAN})\b(?![./]\w)")
"""A part, a class or a session numbered the Roman way: «loại I», «khóa XIX», «cấp dự báo: IV»."""
_BRACKETED = re.compile(r"\(([0-9]{1,2})\)")
"""«BOD5 121 mg/l (50)»: a figure in a source, in an answer the number of a part."""
_GRADED = re.compile(rf"\b(?i:cấp|loại|hạng|bậc|khóa|nhóm|mức)\s({_ANY_ROMAN})\b(?![./]\w)")
_DAYS = re.compile(r"(?<![\d./])(?P<first>[1-9]\d?|0\d)\s?[–-]\s?(?P<last>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")
"""Days of one month: «12–16/5»."""
_DASHED = re.compile(r"(?i)\b(?:trước|ngày|hôm|hạn|sáng|chiều|tối)\s+(?P<day>\d{1,2})-(?P<month>\d{1,2})(?![-\d/])")
"""A day and its month: «trước 15-9»."""
_HEAD = re.compile(r"(?mi)^[ \t*#_]*(?:điều\s+(?P<article>[0-9]{1,3})\s*[.:]|(?P<clause>[0-9]{1,2})\.\s)")


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
    findings = tuple(_unfounded(items, answer) for items in _by_value(lost))
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
    holder = {text: next((p.number for p in case.passages if says(p.text, text)), None) for text in missing}
    findings = tuple(
        Finding(
            check="keeps-numbers",
            level=Level.ACTIONABLE,
            title=f"Kết quả bỏ mất «{text}»",
            why=f"Chi tiết này có ở đoạn {holder[text]} của nguồn." if holder[text] else "Chi tiết này có trong nguồn.",
            try_next=f"Thêm vào câu lệnh: «Phải nêu {text}.»",
            expected=text,
            insert=f"Phải nêu {text}.",
            passage=holder[text],
        )
        for text in missing
    )
    return CheckResult("keeps-numbers", False, share, reason, findings)


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


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_TABLE_UNIT = re.compile(r"(?:đơn vị|đvt)[^:\n]{0,12}:\s*(nghìn|ngàn|triệu|tỷ)\s+đồng", re.IGNORECASE)


@lru_cache(maxsize=256)
def stated(text: str) -> tuple[Quantity, ...]:
    """The quantities of a source, with the articles and clauses it is made of.

    Under "Đơn vị: triệu đồng" every bare number also stands for its amount.
    """
    plain = normalise_tone(text)
    heads = (
        Quantity(
            "article",
            f"dieu {head['article']}" if head["article"] else f"khoan {head['clause']}",
            *head.span(),
            head[0],
        )
        for head in _HEAD.finditer(plain)
    )
    found = (*quantities(text), *heads, *_parts_said(plain, quantities(text)))
    unit = _TABLE_UNIT.search(plain)
    if unit is None:
        return found
    amounts = (
        replace(one, kind="money", value=next(q.value for q in quantities(f"{one.text} {unit[1]} đồng")))
        for one in found
        if one.kind == "number" and one.start > unit.start()
    )
    return (*found, *amounts)


def _hours_said(plain: str) -> Iterator[Quantity]:
    """The full hours of who writes «7g30»: «11g», elsewhere a weight."""
    if _G_HOURS.search(plain):
        for match in re.finditer(r"\b(\d{1,2})g\b", plain):
            yield Quantity("time", f"{int(match[1]):02}:00", *match.span(), match[0])


def _graded(answer: str) -> Iterator[Quantity]:
    """The grade that an answer names the Roman way, as a number: «cấp V»."""
    for match in _GRADED.finditer(normalise_tone(answer)):
        yield Quantity("number", str(_ROMANS.index(match[1]) + 1), *match.span(1), match[1])


def _parts_said(plain: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """What a quantity also says: "165/180" both its numbers, "10/8" in a range its day, "50k" fifty thousand."""
    for one in found:
        if one.kind == "fraction":
            for half in one.value.split("/"):
                yield replace(one, kind="number", value=half)
        elif one.kind == "date" and (day := date_parts(one.value).day):
            yield replace(one, kind="day", value=str(day))
    yield from _hours_said(plain)
    for match in _BRACKETED.finditer(plain):
        yield Quantity("number", str(int(match[1])), *match.span(1), match[1])
    for match in _NUMBERED.finditer(plain):
        yield Quantity("number", str(int(match[1])), *match.span(1), match[1])
    for match in _DAYS.finditer(plain):
        for written in match["first"], match["last"]:
            if int(match["month"]) <= 12 and int(written) <= 31:
                yield Quantity("date", f"--{int(match['month']):02}-{int(written):02}", *match.span(), match[0])
    for match in _DASHED.finditer(plain):
        if int(match["month"]) <= 12 and int(match["day"]) <= 31:
            yield Quantity("date", f"--{int(match['month']):02}-{int(match['day']):02}", *match.span(), match[0])
    for match in _ROMAN.finditer(plain):
        yield Quantity("number", str(_ROMANS.index(match[1]) + 1), *match.span(1), match[1])
    for match in _THOUSANDS.finditer(plain):
        yield Quantity("money", match[1] + "000", *match.span(), match[0])


def _passage(passage: Passage) -> tuple[str, int]:
    return f"{passage.heading}\n{passage.text}", passage.number


def bears(claim: Quantity, said: Quantity, years: set[int]) -> bool:
    """True when what a source says bears out what the answer claims."""
    if (
        said.kind == "sign" and claim.kind in ("fraction", "date") and "/" in claim.text
    ):  # «Quyết định 17/2021» for 17/2021/QĐ-UBND
        return said.value.startswith(claim.text.lstrip("0") + "/")
    if claim.kind == "date" and said.kind == "date":
        return _same_date(claim.value, said.value, years)
    if {claim.kind, said.kind} == {"date", "fraction"}:
        day, fraction = (claim.value, said.value) if claim.kind == "date" else (said.value, claim.value)
        parts = date_parts(day)
        return f"{parts.day}/{parts.month}" == fraction and (parts.year is None or parts.year in years)
    if claim.kind == "number" and said.kind == "day":
        return claim.value == said.value
    if {claim.kind, said.kind} == {"date", "number"} and claim.kind == "date":
        return claim.value == f"---{said.value:0>2}" and len(said.value) <= 2  # "(06, 07, 20/7)": days in a list
    if claim.value == said.value:
        plain = {"number", "money", "words"}
        # A percentage may stand in a table under "%"; only a decimal is telling enough to be the same figure.
        return claim.kind == said.kind or {claim.kind, said.kind} <= plain | (
            {"percent"} if "." in claim.value else set()
        )
    return claim.kind == "number" and said.kind == "sign" and claim.value == re.split(r"[/-]", said.value)[0]


def _same_date(claim: str, said: str, years: set[int]) -> bool:
    wanted, there = date_parts(claim), date_parts(said)
    if wanted.year is not None and wanted.year != there.year and (there.year is not None or wanted.year not in years):
        return False
    if wanted.year is not None and there.year is None and there.month is None and there.quarter is None:
        return False
    if wanted.quarter and there.month and not wanted.month:
        return (there.month - 1) // 3 + 1 == wanted.quarter
    return all(a is None or a == b for a, b in zip(wanted[1:], there[1:], strict=True))


def year_of(one: Quantity) -> int | None:
    """The year a quantity speaks of: of a date, of a document number, or a bare 19xx or 20xx."""
    if one.kind == "date":
        return date_parts(one.value).year
    if one.kind == "sign":
        found = re.search(r"/((?:19|20)[0-9]{2})/", one.value)
        return int(found[1]) if found else None
    return _bare_year(one)


def _bare_year(one: Quantity) -> int | None:
    bare = one.kind in ("number", "date") and re.fullmatch(r"(?:19|20)[0-9]{2}", one.value)
    return int(one.value) if bare else None


def _nearest(one: Quantity, answer: str, evidence: list[_Evidence]) -> _Evidence | None:
    """What the sources say of the same kind in the most similar words; None when nothing is similar."""
    words = around(answer, one)
    rated = [
        (len(words & around(item.text, item.quantity)), -_distance(one, item.quantity), -at, item)
        for at, item in enumerate(evidence)
        if item.quantity.kind == one.kind and not item.of_prompt and _comparable_dates(one, item.quantity)
    ]
    shared, _, _, best = max(rated, key=lambda rating: rating[:3], default=(0, 0.0, 0, None))
    return best if shared >= _SHARED else None


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


def _unfounded(items: list[Traced], answer: str) -> Finding:
    first, one = items[0], items[0].quantity
    name = NAMES[one.kind]
    if first.nearest:
        days = _days(one.value, first.nearest.value) if one.kind == "date" else None
        why = f"Nguồn ghi «{first.nearest.text}»" + (f", ở đoạn {first.passage}." if first.passage else ".")
        why += f" Hai mốc chênh nhau {days} ngày." if days else ""
    elif 0 < len(first.similar) <= 3:
        why = "Nguồn chỉ nêu " + ", ".join(f"«{text}»" for text in first.similar) + "."
    else:
        why = "Tài liệu kèm theo và câu lệnh đều không nêu chi tiết này."
    small = one.kind == "number" and one.value.isdecimal() and int(one.value) <= _COUNT and not first.nearest
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
            else f"Đối chiếu rồi sửa, hoặc thêm vào câu lệnh: «{_COPY}»"
        ),
        seen=one.text,
        expected=first.nearest.text if first.nearest else "",
        spans=tuple(Span(item.quantity.start, item.quantity.end, one.kind) for item in items),
        insert="" if small else _COPY,
        passage=first.passage,
    )


def _place(text: str, one: Quantity) -> str:
    """The quantity with the words around it and its line: «xã mới đạt 38% tổng đàn», dòng 2."""
    plain = re.sub(r"\[[0-9 ,;–-]+\]", lambda mark: " " * len(mark[0]), text)
    before, after = _beside(plain, one)
    left = [word.start - len(before) for word in syllables(before)][-4:]
    right = [word.end for word in syllables(after)][:4]
    seen = plain[one.start + (left[0] if left else 0) : one.end + (right[-1] if right else 0)]
    return f"«{' '.join(seen.split())}», dòng {line_number(text, one.start)}"
