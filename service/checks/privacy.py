"""Personal data to be masked, and marks of secrecy that keep a text out.

Personal data is found by the module ``personal``. Marks: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần III.2. A rule sees
the form only; so it says "có thể là".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.checks.personal import FORMS, find_personal, masked
from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import line_number, nfc

# ── personal data ───────────────────────────────────────────────────────────────────────────────


def no_personal_data(case: Case, _assertion: Assertion) -> CheckResult:
    """Neither prompt nor answer carries personal data; a mark of limited circulation is told as well."""
    findings = list(_look_through(case.prompt, "prompt", "câu lệnh", case.masks))
    if case.answer is not None:
        # What the person's own prompt holds is said once, there.
        known = {one.text for one in find_personal(case.prompt)}
        answered = _look_through(case.answer, "answer", "kết quả")
        findings += [
            finding for finding in answered if not known & {case.answer[s.start : s.end] for s in finding.spans}
        ]
    wrong = [finding for finding in findings if finding.part != "circulation"]
    of = "answer" if any(span.of == "answer" for finding in wrong for span in finding.spans) else "prompt"
    if not wrong:
        reason = "Không thấy dữ liệu cá nhân."
        return CheckResult("no-personal-data", True, 1.0, reason, tuple(findings), of=of)
    reason = f"Có {len(wrong)} chỗ có thể là dữ liệu cá nhân."
    return CheckResult("no-personal-data", False, 0.0, reason, tuple(findings), of=of)


def _look_through(text: str, of: str, name: str, given: str = "") -> Iterator[Finding]:
    forms = {form.mask: form for form in FORMS}
    for one in find_personal(text, given):
        form, line = forms[one.kind], line_number(text, one.start)
        digits = sum(letter.isdigit() for letter in one.text)
        title = (
            f"Dãy {digits} chữ số ở dòng {line} có thể là {form.name}"
            if digits == len(re.sub(r"[\s.+-]", "", one.text))
            else f"Dòng {line} có thể có {form.name}"
        )
        yield Finding(
            check="no-personal-data",
            level=form.level,
            title=title,
            where=f"Dòng {line} của {name}.",
            why="Dữ liệu cá nhân phải được che trước khi đưa vào máy.",
            try_next=f"Thay bằng {one.mask}, giữ bảng đối chiếu ở nơi riêng.",
            expected=one.mask,
            spans=(Span(one.start, one.end, one.mask, of),),
        )
    if mark := circulation_mark(text):
        yield Finding(
            check="no-personal-data",
            level=Level.ACTIONABLE,
            title=f"Có chỉ dẫn {mark.mark}",
            where=f"Dòng {mark.line} của {name}.",
            why="Tài liệu có chỉ dẫn này không được phổ biến ra ngoài cơ quan.",
            try_next="Hỏi người phụ trách trước khi dùng tài liệu này để luyện tập.",
            part="circulation",
            spans=(Span(mark.start, mark.end, mark.mark, of),),
        )


__all__ = ["Mark", "circulation_mark", "find_personal", "masked", "no_personal_data", "secrecy_mark"]


# ── marks ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Mark:
    """A stamp found in a text: ``mark`` as it is written, its line (from 1, empty ones left out) and its offsets."""

    mark: str
    line: int
    start: int
    end: int


_FRAME = " \t\u00a0|│┃║[](){}<>*_=~+─━═┌┐└┘├┤╔╗╚╝“”\"'.:;-"
_CELL_EDGES = ("\t", "|", "│", "┃", "║", "   ")


def _spaced(stamp: str) -> str:
    """A stamp is often set wide: "M Ậ T", "TỐI  MẬT"."""
    return "[ \u00a0]{0,3}".join(stamp.replace(" ", ""))


# Typed without marks only the two-word stamps are plain; "MAT" may be any word.
_STAMP = re.compile("|".join(map(_spaced, ("TUYỆT MẬT", "TUYET MAT", "TỐI MẬT", "TOI MAT", "MẬT"))))
_DEGREE = re.compile(r"(?i)\b(?:mức |dấu chỉ )?độ mật[ *_]*[:：-][ *_]*(tuyệt mật|tối mật|mật)\b(?! \w)")
_CIRCULATION = re.compile(r"LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|TRẢ LẠI SAU KHI HỌP(?: \(HỘI NGHỊ\))?")
_DEGREES = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")


def secrecy_mark(text: str) -> Mark | None:
    """The stamp MẬT, TỐI MẬT or TUYỆT MẬT, the highest first; None when there is none. Such a text is refused.

    A stamp stands in capitals by itself on a line, in a box or in a cell of the heading, or after "Độ mật:". The words
    of running text ("bí mật", "Luật Bảo vệ bí mật nhà nước", "MẬT ĐỘ DÂN SỐ") are no stamp. Offsets are those of the
    text as :func:`service.text.nfc` leaves it.
    """
    text = nfc(text)
    stamps = [match.span() for match in _STAMP.finditer(text) if _alone(text, *match.span())]
    found = [_mark(text, *span) for span in (*stamps, *(match.span(1) for match in _DEGREE.finditer(text)))]
    return min(found, key=lambda mark: (_DEGREES.index(mark.mark), mark.start), default=None)


def circulation_mark(text: str) -> Mark | None:
    """LƯU HÀNH NỘI BỘ and the like, by themselves on a line: the person is warned, the text is not refused."""
    for match in _CIRCULATION.finditer(text):
        if _alone(text, *match.span()):
            return Mark(match[0], line_number(text, match.start()), *match.span())
    return None


def _mark(text: str, start: int, end: int) -> Mark:
    letters = "".join(text[start:end].upper().split())
    rank = 0 if letters.startswith("TUY") else 1 if letters.startswith("T") else 2
    return Mark(_DEGREES[rank], line_number(text, start), start, end)


def _alone(text: str, start: int, end: int) -> bool:
    """Nothing but frame and blank stands beside it, up to the line's end or the edge of its cell."""
    line_end = text.find("\n", end)
    left = text[text.rfind("\n", 0, start) + 1 : start]
    right = text[end : line_end if line_end >= 0 else len(text)]
    gaps = (left, left[len(left.rstrip(_FRAME)) :]), (right, right[: len(right) - len(right.lstrip(_FRAME))])
    return all(side == gap or any(edge in gap for edge in _CELL_EDGES) for side, gap in gaps)
