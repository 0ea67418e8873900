"""Checks of work that a person did by hand: marks in a text or in two versions of it, sorted cards, masked data, a
choice between two answers.

What was done is ``Case.work``; the key is the exercise's. A finding about something missed has ``part`` "missed": the
page tells only where to look again until the key may be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.records import (
    Assertion,
    Card,
    Case,
    CheckResult,
    Difference,
    Finding,
    Identifier,
    Level,
    Pair,
    Planted,
    Span,
)
from service.text import count_syllables, line_number

MISSED = "missed"

TYPES = {
    "so_lieu": "số liệu",
    "tong_so": "tổng số",
    "ngay_thang": "ngày tháng",
    "thoi_han": "thời hạn",
    "can_cu": "căn cứ",
    "ten_rieng": "tên riêng",
    "chuc_vu": "chức vụ",
    "tham_quyen": "thẩm quyền",
    "the_thuc": "thể thức",
    "chinh_ta": "chính tả, viết hoa",
    "mau_thuan": "mâu thuẫn",
    "trung_lap": "trùng lặp",
    "bia_dat": "chi tiết bịa đặt",
    "thieu_y": "thiếu ý",
    "chen_lenh": "lệnh cài trong văn bản",
    "khac": "lỗi khác",
}
"""What a planted mistake is called."""

CRITERIA = {
    "R1": "Đúng với nguồn",
    "R2": "Đủ ý",
    "R3": "Đúng loại văn bản",
    "R4": "Đúng thể thức",
    "R5": "Căn cứ đúng, còn hiệu lực",
    "R6": "Văn phong hành chính",
    "R7": "Rõ ai làm, việc gì, hạn nào",
    "R8": "Dẫn nguồn đúng chỗ",
    "R9": "Đúng độ dài, định dạng",
    "R10": "An toàn dữ liệu",
}
"""Why one answer is better than another, in the criteria of the course."""

FOUND_ENOUGH = 0.8
"""F1 from which marks count as a pass, unless the assertion says otherwise."""

_MISNAMED = 0.25
"""What calling a mistake by another kind costs of its point: the place is found, and kinds border on each other."""

_ROOM = 6
"""A mark may be three times as long as the mistake and this many syllables more before it points at nothing."""


@dataclass(frozen=True)
class MarkMade:
    """A stretch that a person marked, and what it is said to be."""

    start: int
    end: int
    type: str = ""


def marks_of(work: Mapping[str, Any]) -> tuple[MarkMade, ...]:
    """The marks of a piece of work, in order, each stretch once; what is no mark is left out."""
    found = {
        (int(one["start"]), int(one["end"])): str(one.get("type", ""))
        for one in work.get("marks", ())
        if isinstance(one, Mapping) and str(one.get("start", "")).isdecimal() and str(one.get("end", "")).isdecimal()
    }
    return tuple(MarkMade(*place, found[place]) for place in sorted(found) if place[0] < place[1])


# ── find the mistakes ───────────────────────────────────────────────────────────────────────────


def flags_errors(case: Case, assertion: Assertion) -> CheckResult:
    """The marks against the planted mistakes: F1 of precision and recall, what was missed, what is no mistake.

    A mistake found but called by another kind loses a part of its point; calling it nothing costs nothing.
    """
    given = case.exercise.input(case.input)
    key = [one for one in case.exercise.planted if one.where == "text" and one.input == given.id]
    if not key:
        return CheckResult("flags-errors", None, 0.0, "Văn bản này không có lỗi nào được gài.")
    marks = marks_of(case.work)
    on = {mark: [one for one in key if _hits(mark, one, given.text)] for mark in marks}
    right = [mark for mark in marks if on[mark]]
    hits = {one.id: _best([mark for mark in right if one in on[mark]], one) for one in key}
    misnamed = {
        id_: mark.type
        for id_, mark in hits.items()
        if mark and mark.type in TYPES and mark.type not in {one.type for one in on[mark]}
    }
    found = sum(mark is not None for mark in hits.values())
    recall, precision = found / len(key), len(right) / len(marks) if marks else 0.0
    score = 2 * recall * precision / (recall + precision) if found else 0.0
    score *= 1 - _MISNAMED * len(misnamed) / max(found, 1)
    findings = [_found(one, misnamed.get(one.id, "")) if hits[one.id] else _missed(one, given.text) for one in key]
    findings += [_no_mistake(mark, given.text, key) for mark in marks if mark not in right]
    reason = f"Tìm ra {found}/{len(key)} lỗi; {len(right)}/{len(marks)} chỗ đánh dấu là lỗi thật"
    reason += f"; {len(misnamed)} lỗi gọi chưa đúng loại." if misnamed else "."
    enough = FOUND_ENOUGH if assertion.threshold is None else assertion.threshold
    return CheckResult("flags-errors", score >= enough, score, reason, tuple(findings))


def _hits(mark: MarkMade, one: Planted, text: str) -> bool:
    if not (mark.start < one.end and one.start < mark.end):
        return False
    return count_syllables(text[mark.start : mark.end]) <= 3 * count_syllables(one.quote) + _ROOM


def _best(marks: Sequence[MarkMade], one: Planted) -> MarkMade | None:
    """Of the marks on a mistake the one that names it, else one that names nothing."""
    return min(marks, key=lambda mark: (mark.type != one.type, mark.type in TYPES), default=None)


def _kind(one: Planted) -> str:
    return TYPES[one.type] if one.type == "khac" else f"lỗi {TYPES[one.type]}"


def _found(one: Planted, called: str) -> Finding:
    """``called`` is the other kind that was chosen, or empty."""
    return Finding(
        check="flags-errors",
        level=Level.ACTIONABLE if called else Level.CELEBRATORY,
        title=f"Tìm đúng chỗ «{one.quote}», nhưng đây là {_kind(one)}"
        if called
        else f"Tìm đúng {_kind(one)}: «{one.quote}»",
        why=f"Anh/chị chọn «{TYPES[called]}». {one.why}" if called else one.why,
        try_next="Giữ dấu ở chỗ này, chọn lại loại lỗi." if called else "",
        expected=one.fix,
        spans=(Span(one.start, one.end, one.id, "text"),),
    )


def _missed(one: Planted, text: str) -> Finding:
    return Finding(
        check="flags-errors",
        level=Level.ESSENTIAL,
        title=f"Còn một {_kind(one)} ở dòng {line_number(text, one.start)}",
        where=f"Dòng {line_number(text, one.start)} của văn bản.",
        why=one.why,
        try_next="Đọc lại dòng này, đối chiếu từng con số, tên và ngày với tài liệu.",
        seen=one.quote,
        expected=one.fix,
        part=MISSED,
        spans=(Span(one.start, one.end, one.id, "text"),),
    )


def _no_mistake(mark: MarkMade, text: str, key: Sequence[Planted]) -> Finding:
    seen = text[mark.start : mark.end]
    wide = any(mark.start < one.end and one.start < mark.end for one in key)
    return Finding(
        check="flags-errors",
        level=Level.ACTIONABLE,
        title="Chỗ đánh dấu rộng quá" if wide else f"«{_short(seen)}» không phải lỗi",
        why="Trong đoạn này có lỗi, nhưng phần đánh dấu dài nên chưa chỉ ra chỗ nào."
        if wide
        else "Chỗ này đúng với tài liệu và quy định; báo nhầm làm người soạn mất công sửa.",
        try_next="Chỉ đánh dấu những chữ sai." if wide else "Bỏ dấu ở chỗ này.",
        spans=(Span(mark.start, mark.end, "", "text"),),
    )


# ── mark what two versions differ in ────────────────────────────────────────────────────────────

WORDING = "cau_chu"
CHANGES = {"noi_dung": "đổi nội dung", WORDING: "chỉ đổi câu chữ"}
"""What a marked change is said to be; a change of wording alone is nothing to report."""


def marks_differences(case: Case, assertion: Assertion) -> CheckResult:
    """Changes marked in versions side by side against the key: every version's place counts, wording alone does not."""
    given = case.exercise.input(case.input)
    key = [one for one in case.exercise.differences if one.input == given.id and one.places]
    if not key:
        return CheckResult("names-differences", None, 0.0, "Trường hợp này không đánh dấu được trên văn bản.")
    claims = [mark for mark in marks_of(case.work) if mark.type != WORDING]
    belittled = [mark for mark in marks_of(case.work) if mark.type == WORDING]
    shares = [sum(any(_touches(mark, place, given.text) for mark in claims) for place in one.places) for one in key]
    places = [place for one in key for place in one.places]
    right = [mark for mark in claims if any(_touches(mark, place, given.text) for place in places)]
    recall = sum(share / len(one.places) for share, one in zip(shares, key, strict=True)) / len(key)
    precision = len(right) / len(claims) if claims else 0.0
    score = 2 * recall * precision / (recall + precision) if right else 0.0
    findings = [_difference(one, share, given.text, belittled, claims) for one, share in zip(key, shares, strict=True)]
    findings += [_no_difference(mark, given.text) for mark in claims if mark not in right]
    whole = sum(share == len(one.places) for share, one in zip(shares, key, strict=True))
    reason = (
        f"Tìm trọn {whole}/{len(key)} điểm khác nhau; {len(right)}/{len(claims)} chỗ đánh dấu là đổi nội dung thật."
    )
    enough = FOUND_ENOUGH if assertion.threshold is None else assertion.threshold
    return CheckResult("names-differences", score >= enough, score, reason, tuple(findings))


def _touches(mark: MarkMade, place: tuple[int, int], text: str) -> bool:
    start, end = place
    if not (mark.start < end and start < mark.end):
        return False
    return count_syllables(text[mark.start : mark.end]) <= 3 * count_syllables(text[start:end]) + _ROOM


def _difference(
    one: Difference, share: int, text: str, belittled: Sequence[MarkMade], claims: Sequence[MarkMade]
) -> Finding:
    told = f"{one.old or 'bản cũ không có'} → {one.new or 'bản mới đã bỏ'}"
    if share == len(one.places):
        spans = tuple(Span(*place, "", "text") for place in one.places)
        return Finding("names-differences", Level.CELEBRATORY, f"Tìm đúng: {told}", why=one.effect, spans=spans)
    start, end = next(place for place in one.places if not any(_touches(mark, place, text) for mark in claims))
    line = line_number(text, start)
    light = any(_touches(mark, (start, end), text) for mark in belittled)
    title = f"Còn một điểm khác nhau ở dòng {line}"
    if light:
        title = f"Chỗ ở dòng {line} đổi cả nội dung, không chỉ câu chữ"
    elif share:
        title = f"Một điểm khác mới đánh dấu ở một bản, còn dòng {line} của bản kia"
    return Finding(
        check="names-differences",
        level=Level.ACTIONABLE if share and not light else Level.ESSENTIAL,
        title=title,
        where=f"Dòng {line} của văn bản.",
        why=one.effect,
        try_next="Đặt ngón tay ở dòng này của bản này, tìm đúng khoản ấy ở bản kia rồi so từng chữ.",
        seen=text[start:end],
        expected=told,
        part=MISSED,
        spans=(Span(start, end, "", "text"),),
    )


def _no_difference(mark: MarkMade, text: str) -> Finding:
    return Finding(
        check="names-differences",
        level=Level.ACTIONABLE,
        title=f"«{_short(text[mark.start : mark.end])}» không đổi nội dung",
        why="Hai bản ở chỗ này nói cùng một ý. Báo thừa làm lãnh đạo mất thì giờ xem lại.",
        try_next="Bỏ dấu, hoặc chọn “Chỉ đổi câu chữ” nếu chữ có khác.",
        spans=(Span(mark.start, mark.end, "", "text"),),
    )


# ── sort the cards ──────────────────────────────────────────────────────────────────────────────


def sorts_cards(case: Case, assertion: Assertion) -> CheckResult:
    """Each card on its heap. Too careless a heap is essential, too careful a one is told."""
    given = case.exercise.input(case.input)
    cards = [one for one in case.exercise.cards if one.input == given.id]
    if not cards:
        return CheckResult("sorts-cards", None, 0.0, "Trường hợp này không có thẻ nào.")
    places = case.work.get("places", {})
    right = [one for one in cards if places.get(one.id) in (one.level, *one.also)]
    findings = tuple(_card(one, str(places.get(one.id, "")), case) for one in cards if one not in right)
    careless = any(finding.level is Level.ESSENTIAL for finding in findings)
    score = len(right) / len(cards)
    if not findings:
        findings = (Finding("sorts-cards", Level.CELEBRATORY, f"Cả {len(cards)} thẻ đều đúng mức"),)
    enough = FOUND_ENOUGH if assertion.threshold is None else assertion.threshold
    reason = f"Xếp đúng {len(right)}/{len(cards)} thẻ."
    return CheckResult("sorts-cards", score >= enough and not careless, score, reason, findings)


def _card(card: Card, chosen: str, case: Case) -> Finding:
    order = [level.id for level in case.exercise.levels]
    names = {level.id: level.label for level in case.exercise.levels}
    careless = chosen in order and order.index(chosen) < min(order.index(one) for one in (card.level, *card.also))
    return Finding(
        check="sorts-cards",
        level=Level.ESSENTIAL if careless else Level.ACTIONABLE,
        title=f"«{_short(card.text)}» chưa được xếp" if chosen not in order else f"«{_short(card.text)}» xếp chưa đúng",
        where=f"Anh/chị xếp vào «{names[chosen]}»." if chosen in order else "",
        why=card.reason,
        expected=names[card.level],
        part=MISSED,
    )


# ── mask the data ───────────────────────────────────────────────────────────────────────────────


def masks_data(case: Case, _assertion: Assertion) -> CheckResult:
    """Every identifier is wholly under a mask, and nothing else is. One that is left open fails the work."""
    given = case.exercise.input(case.input)
    key = [one for one in case.exercise.identifiers if one.input == given.id]
    if not key:
        return CheckResult("masks-data", None, 0.0, "Văn bản này không có dữ liệu cá nhân nào phải che.")
    marks = marks_of(case.work)
    left = [one for one in key if not any(mark.start <= one.start and one.end <= mark.end for mark in marks)]
    needed = [mark for mark in marks if any(mark.start < one.end and one.start < mark.end for one in key)]
    recall, precision = 1 - len(left) / len(key), len(needed) / len(marks) if marks else 0.0
    score = 2 * recall * precision / (recall + precision) if needed and recall else 0.0
    findings = [_open(one, given.text, marks) for one in left]
    findings += [
        Finding(
            check="masks-data",
            level=Level.INFORMATIVE,
            title=f"«{_short(given.text[mark.start : mark.end])}» không cần che",
            why="Chỗ này không cho biết người ấy là ai; che thừa làm máy thiếu dữ kiện.",
            spans=(Span(mark.start, mark.end, "", "text"),),
        )
        for mark in marks
        if mark not in needed
    ]
    if not left:
        findings.append(Finding("masks-data", Level.CELEBRATORY, f"Đã che hết {len(key)} chỗ định danh"))
    reason = f"Che {len(key) - len(left)}/{len(key)} chỗ định danh; {len(marks) - len(needed)} chỗ che thừa."
    return CheckResult("masks-data", not left and precision >= FOUND_ENOUGH, score, reason, tuple(findings))


def _open(one: Identifier, text: str, marks: Iterable[MarkMade]) -> Finding:
    half = any(mark.start < one.end and one.start < mark.end for mark in marks)
    line = line_number(text, one.start)
    return Finding(
        check="masks-data",
        level=Level.ESSENTIAL,
        title=f"Chỗ định danh ở dòng {line} mới che một phần" if half else f"Còn một chỗ định danh để lộ ở dòng {line}",
        where=f"Dòng {line} của văn bản.",
        why="Chỉ một chi tiết để lộ cũng đủ để biết người ấy là ai.",
        try_next=f"Che trọn chi tiết bằng [{one.kind}_1].",
        seen=one.quote,
        part=MISSED,
        spans=(Span(one.start, one.end, one.kind, "text"),),
    )


# ── choose between two answers ──────────────────────────────────────────────────────────────────

_CHOICE = 0.7
"""The weight of the choice; the rest is that of the reasons."""


def judges_pairs(case: Case, assertion: Assertion) -> CheckResult:
    """The choices and their reasons against the key of the exercise."""
    given = case.exercise.input(case.input)
    pairs = [one for one in case.exercise.pairs if one.input == given.id]
    if not pairs:
        return CheckResult("judges-pairs", None, 0.0, "Trường hợp này không có cặp bản nào.")
    choices, reasons = case.work.get("choices", {}), case.work.get("reasons", {})
    scores = [_judged(one, choices.get(one.id), reasons.get(one.id) or ()) for one in pairs]
    findings = tuple(_verdict(one, choices.get(one.id), reasons.get(one.id) or (), n) for n, one in enumerate(pairs, 1))
    right = sum(choices.get(one.id) == one.better for one in pairs)
    score = sum(scores) / len(pairs)
    enough = FOUND_ENOUGH if assertion.threshold is None else assertion.threshold
    return CheckResult("judges-pairs", score >= enough, score, f"Chọn đúng {right}/{len(pairs)} cặp.", findings)


def _judged(pair: Pair, choice: object, reasons: Iterable[str]) -> float:
    if choice != pair.better:
        return 0.0
    named, wanted = set(reasons), set(pair.reasons)
    agreed = 2 * len(named & wanted) / (len(named) + len(wanted)) if wanted else 1.0
    return _CHOICE + (1 - _CHOICE) * agreed


def _verdict(pair: Pair, choice: object, reasons: Iterable[str], n: int) -> Finding:
    """What is missing of the reasons is expected; those that were right are named, and those that were not."""
    if choice != pair.better:
        return Finding(
            check="judges-pairs",
            level=Level.ESSENTIAL,
            title=f"Cặp {n}: chọn khác đáp án",
            why=pair.why,
            try_next="Dò từng con số, ngày và tên của hai bản với tài liệu rồi chọn lại.",
            part=MISSED,
        )
    named = set(reasons)
    good, missed = _called(named & set(pair.reasons)), _called(set(pair.reasons) - named)
    besides = _called(named - set(pair.reasons))
    told = (f"Nêu đúng: {good}." if good else "", f"Đáp án không dựa vào: {besides}." if besides else "", pair.why)
    return Finding(
        check="judges-pairs",
        level=Level.ACTIONABLE if missed else Level.CELEBRATORY,
        title=f"Cặp {n}: chọn đúng" + (", lý do chưa đủ" if missed else ""),
        why=" ".join(filter(None, told)),
        try_next="Đọc lại hai bản theo từng lý do còn thiếu." if missed else "",
        expected=missed,
    )


def _called(codes: Collection[str]) -> str:
    return "; ".join(name for code, name in CRITERIA.items() if code in codes)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
