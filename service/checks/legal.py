"""References to legal documents: well formed at their first mention, and borne out by the sources."""

from __future__ import annotations

import re

from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, fold, normalise_tone

_KIND = (
    r"(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Pháp lệnh|Kế hoạch"
    r"|Công văn|Thông báo)"
)
_SIGN = r"[0-9]{1,5}(?:/[0-9]{4})?/[A-ZĐ0-9][A-ZĐ0-9&-]*(?:/[A-ZĐ-]+)?"
_REFERENCE = re.compile(
    normalise_tone(rf"\b(?P<kind>{_KIND})[^.;\n]{{0,80}}?\b(?:số\s+)?(?P<sign>{_SIGN})(?P<after>[^.;\n]{{0,60}})")
)
_DATED = re.compile(r"\s*(?:,\s*)?ngày\s+[0-9]{1,2}(?:/|\s+tháng\s+)[0-9]{1,2}(?:/|\s+năm\s+)[0-9]{4}")
_LAW_YEAR = re.compile(r"/[0-9]{4}/QH")


def legal_ref(case: Case, _assertion: Assertion) -> CheckResult:
    """Each reference with a number is dated and stands in the sources; one that does not is "to be looked up".

    The program keeps no index of the law, so an unknown number is never called wrong: the check is then not graded.
    Form: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.d (kind, number, date, body, subject at the first mention).
    """
    answer = case.answer or ""
    found = list(_REFERENCE.finditer(comparable(answer)))
    if not found:
        return CheckResult("legal-ref", None, 0.0, "Kết quả không viện dẫn văn bản nào có số, ký hiệu.")
    said = fold(" ".join([case.prompt, *(one.text for one in case.sources), *(one.text for one in case.passages)]))
    findings: list[Finding] = []
    seen: set[str] = set()
    unknown = 0
    for match in found:
        sign, first = fold(match["sign"]), match["sign"] not in seen
        seen.add(match["sign"])
        span = Span(*match.span("sign"))
        if first and not _DATED.match(match["after"]) and not _LAW_YEAR.search(match["sign"]):
            findings.append(_undated(answer, span))
        if sign not in said:
            unknown += 1
            findings.append(_to_look_up(answer, span))
    undated = sum(finding.part == "date" for finding in findings)
    total = len(found)
    if undated:
        reason = f"{undated}/{total} viện dẫn lần đầu chưa ghi ngày ban hành."
        return CheckResult("legal-ref", False, 1 - undated / total, reason, tuple(findings))
    if unknown:
        return CheckResult(
            "legal-ref", None, 0.0, f"{unknown}/{total} văn bản viện dẫn phải tra cứu lại.", tuple(findings)
        )
    good = Finding("legal-ref", Level.CELEBRATORY, f"{total} viện dẫn đều có trong tài liệu, ghi đủ số và ngày")
    return CheckResult("legal-ref", True, 1.0, good.title + ".", (good,))


def _undated(answer: str, span: Span) -> Finding:
    return Finding(
        check="legal-ref",
        level=Level.ACTIONABLE,
        title=f"Viện dẫn «{answer[span.start : span.end]}» chưa ghi ngày ban hành",
        why="Lần đầu viện dẫn phải ghi đủ tên loại, số, ký hiệu, ngày, cơ quan ban hành và trích yếu.",
        try_next="Thêm ngày, cơ quan ban hành và tên văn bản.",
        part="date",
        spans=(span,),
        insert="Lần đầu viện dẫn văn bản phải ghi đủ số, ký hiệu, ngày, cơ quan ban hành và trích yếu.",
    )


def _to_look_up(answer: str, span: Span) -> Finding:
    return Finding(
        check="legal-ref",
        level=Level.ACTIONABLE,
        title=f"Văn bản «{answer[span.start : span.end]}» không có trong tài liệu kèm theo",
        why="Máy hay đặt ra số văn bản nghe rất thật. Học Vụ không có kho luật nên không nói được đúng hay sai.",
        try_next="Tra cứu văn bản này trước khi dùng; không tìm thấy thì bỏ.",
        part="unknown",
        spans=(span,),
    )
