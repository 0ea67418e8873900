"""To whom a letter goes: the addressees at its head, the recipients at its foot, and the form of address between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, fold

_TO = re.compile(r"(?im)^[ \t*]*kính gửi[ \t]*[:：]?(?P<rest>[^\n]*)(?P<list>(?:\n[ \t]*[-–+•][^\n]*)*)")
_SENT = re.compile(r"(?im)^[ \t*]*nơi nhận[ \t]*[:：]?[^\n]*(?P<list>(?:\n[ \t]*[-–+•][^\n]*)+)")
_PERSON = re.compile(r"\b(?:bạn|các bạn|mày|tụi em|quý khách hàng)\b", re.IGNORECASE)


def addresses(case: Case, assertion: Assertion) -> CheckResult:
    """«Kính gửi» names the addressees (``value``, when given), «Nơi nhận» begins with "Như trên", nobody is "bạn"."""
    answer = case.answer or ""
    plain = comparable(answer)
    to, sent = _TO.search(plain), _SENT.search(plain)
    wanted = [str(item) for item in assertion.value] if isinstance(assertion.value, list | tuple) else []
    findings = list(_wrong_words(answer))
    if wanted and to is None:
        findings.append(
            _slip("Thiếu dòng «Kính gửi»", "Người nhận không biết văn bản gửi cho ai.", "Mở đầu bằng «Kính gửi:».")
        )
    named = fold(f"{to['rest']} {to['list']}") if to else ""
    findings += [
        _slip(f"«Kính gửi» thiếu {name}", "Nơi này phải nhận văn bản để thực hiện.", f"Thêm {name}.")
        for name in (wanted if to else ())
        if fold(comparable(name)) not in named
    ]
    if to and sent and not re.search(r"như trên|như kính gửi", sent["list"], re.IGNORECASE):
        why = "Nơi nhận phải nhắc lại các nơi ở «Kính gửi»."
        findings.append(_slip("«Nơi nhận» chưa có «Như trên»", why, "Ghi «- Như trên;».", Span(*sent.span())))
    if not wanted and to is None and not findings:
        return CheckResult("addresses", None, 0.0, "Kết quả không có dòng «Kính gửi» nên không xét nơi nhận.")
    total = max(1, len(wanted) + 2)
    if findings:
        reason = f"Có {len(findings)} chỗ chưa đúng về nơi gửi, nơi nhận, cách xưng hô."
        return CheckResult("addresses", False, max(0.0, 1 - len(findings) / total), reason, tuple(findings))
    good = Finding("addresses", Level.CELEBRATORY, "Nơi gửi, nơi nhận và cách xưng hô đều đúng")
    return CheckResult("addresses", True, 1.0, good.title + ".", (good,))


def _wrong_words(answer: str) -> Iterator[Finding]:
    for match in _PERSON.finditer(answer):
        title = f"Xưng hô «{match[0]}» không dùng trong văn bản"
        why = "Cơ quan không xưng hô như nói chuyện."
        yield _slip(title, why, "Dùng tên cơ quan, hoặc ông/bà.", Span(*match.span()))


def _slip(title: str, why: str, try_next: str, span: Span | None = None) -> Finding:
    return Finding("addresses", Level.ACTIONABLE, title, why=why, try_next=try_next, spans=(span,) if span else ())
