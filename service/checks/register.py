"""The voice of an office: no chat around the text, no Markdown, no unfilled blanks, no spoken or English words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.checks.tables import lost_blanks
from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, normalise_tone


@dataclass(frozen=True)
class _Rule:
    """One kind of slip; ``part`` names the kind, so that repeated slips are one finding."""

    part: str
    pattern: str
    level: Level
    title: str
    why: str
    try_next: str
    insert: str = ""
    flags: int = re.IGNORECASE


_MADE = (
    r"(?:bản|dự thảo|nội dung|đoạn|bài|phần|văn bản|công văn|tóm tắt|thông báo|báo cáo|tờ trình|kế hoạch|giấy mời|mẫu)"
)
_ENGLISH = (
    r"the|and|of|is|are|was|for|with|please|here|this|that|your|you|summary|document|dear|regards|sincerely|note|subject|"
    r"based|following|information|provided|sure|certainly|below|will"
)
_BARE = r"(?<![\w/.@&-])"
_ENDS = r"(?![\w/@&-]|\.\w)"
"""No letter, sign or address goes on beside a word: «12/TB-vh», «sx@…» are no shorthand."""
_SHORT = r"[Kk]o|khg|hok|dc|đc|đk|vh|tl|sx|ntn|mng|vs"
_AFTER_K = r"có|được|phải|biết|nhớ|thể|đồng ý|rõ|cần|tham gia|nên|còn|đủ|đúng|thấy|ai|ý kiến"
"""A «k» before these is «không»; any other may be the letter of a point."""
_NEVER_TWICE = (
    "và|các|những|đã|cho|với|về|trong|trên|để|có|khi|nếu|thì|phải|cần|đến|Điều|ông|bà|tỉnh|huyện|phường"
    "|(?<!hợp tác )(?<!thị )(?<!Hợp tác )(?<!Thị )xã|(?<!tiền )của|(?<!nông )(?<!Nông )thôn"
)
"""Words that end no other («thiết bị | bị hỏng», «làm được | được hướng dẫn») and are never doubled on purpose."""

_RULES = (
    _Rule(
        "self",
        r"\b(?:tôi |với tư cách )?là (?:một )?(?:(?-i:AI)\b|trí tuệ nhân tạo|mô hình ngôn ngữ|trợ lý (?:ảo|(?-i:AI)))"
        r"|\bas an ai\b",
        Level.ESSENTIAL,
        "Kết quả có câu máy tự giới thiệu",
        "Văn bản là lời của cơ quan ban hành, không phải lời của máy.",
        "Xóa câu này khỏi văn bản.",
        "Chỉ viết nội dung văn bản, không tự giới thiệu.",
    ),
    _Rule(
        "preamble",
        r"\A\W*(?:chắc chắn(?: rồi)?|tất nhiên(?: rồi)?|được thôi|vâng|dạ|ok)[,.! ][^\n]*"
        rf"|\A\W*(?:dưới đây|sau đây|đây) là {_MADE}[^\n]*"
        rf"|(?m:^)\W*dưới đây là {_MADE}[^\n]*:[ \t]*$",
        Level.ACTIONABLE,
        "Kết quả còn câu dẫn của máy",
        "Câu dẫn không thuộc văn bản; để sót là lộ việc chép nguyên lời máy.",
        "Xóa câu này, hoặc yêu cầu máy viết thẳng vào văn bản.",
        "Viết thẳng vào văn bản, không có câu dẫn.",
    ),
    _Rule(
        "closing",
        r"\b(?:hy vọng|mong rằng) [^\n.]{0,60}(?:hữu ích|giúp ích|giúp được)[^\n]*"
        r"|\bnếu (?:bạn|anh/chị|anh chị|quý vị)[^\n.]{0,60}(?:cho tôi biết|tôi sẽ|hỗ trợ thêm|hãy hỏi)[^\n]*"
        r"|\b(?:tôi có thể giúp gì|hãy cho tôi biết nếu|chúc bạn)\b[^\n]*",
        Level.ACTIONABLE,
        "Kết quả còn lời chào hỏi của máy",
        "Lời này không thuộc văn bản.",
        "Xóa câu này trước khi đưa vào bản nháp.",
        "Không có lời chào hay lời mời hỏi thêm ở cuối.",
    ),
    _Rule(
        "markdown",
        r"\*\*[^*\n]+\*\*|(?m:^)[ \t]*#{1,6}[ \t]+|```|(?<!\w)__[^_\n]+__(?!\w)|(?m:^)[ \t]*(?:-{3,}|\*{3,})[ \t]*$",
        Level.ACTIONABLE,
        "Kết quả còn ký hiệu trình bày của máy",
        "Các dấu như ** và # không phải chữ của văn bản; in ra sẽ thấy nguyên dấu.",
        "Xóa dấu, hoặc yêu cầu máy viết văn bản thuần.",
        "Viết văn bản thuần, không dùng ký hiệu ** và #.",
    ),
    _Rule(
        "emoji",
        "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]\ufe0f?",
        Level.ACTIONABLE,
        "Kết quả có biểu tượng cảm xúc",
        "Văn bản hành chính không dùng biểu tượng.",
        "Xóa biểu tượng này.",
        "Không dùng biểu tượng.",
    ),
    _Rule(
        "blank",
        r"\[(?!(?i:cần|chưa)\b)(?![0-9 ,;–-]+\])(?![A-ZĐ_]+_[0-9]+\])[^\[\]\n]{1,80}\]"
        r"|\{\{[^{}\n]{1,60}\}\}|<[^<>\n\d]{2,40}>|\bXXX+\b",
        Level.ACTIONABLE,
        "Kết quả còn chỗ trống chưa điền",
        "Chỗ trống để sót sẽ theo văn bản đi xa.",
        "Điền chi tiết thật, hoặc đưa chi tiết ấy vào câu lệnh.",
        flags=0,
    ),
    _Rule(
        "to_fill",
        r"\[(?:cần|chưa)\b[^\[\]\n]{0,80}\]",
        Level.INFORMATIVE,
        "Kết quả ghi rõ chỗ cần bổ sung",
        "Máy không đoán mà để lại cho anh/chị điền; tài liệu không nêu thì đó là cách làm đúng.",
        "Tìm lại trong tài liệu; không có thì điền từ hồ sơ trước khi phát hành.",
    ),
    _Rule(
        "spoken",
        r"\b(?:nhé|bạn ơi|mọi người ơi|(?:tụi|bọn) (?:mình|tôi|em)|kiểu như|hơi bị|siêu (?:hay|tốt|xịn)|okie|oke|ok)\b"
        r"|\bnha(?=\s*[.!?…]|\s*$)",
        Level.ACTIONABLE,
        "Kết quả có từ của lời nói",
        "Văn phong hành chính dùng từ trang trọng, trung tính.",
        "Thay bằng từ trang trọng.",
        "Dùng văn phong hành chính, trang trọng.",
    ),
    _Rule(
        "shorthand",
        rf"{_BARE}(?:{_SHORT}|(?<!điểm )k(?= (?:{_AFTER_K})\b)){_ENDS}",
        Level.ACTIONABLE,
        "Kết quả còn chữ viết tắt của bản ghi chép",
        "Chữ tắt trong sổ ghi chỉ người ghi hiểu; văn bản phải viết đủ chữ.",
        "Viết đủ từng chữ: «không», «được», «nhà văn hóa»…",
        "Viết đủ chữ, không giữ chữ viết tắt của bản ghi chép.",
        flags=0,
    ),
    _Rule(
        "doubled",
        rf"\b(?P<one>{_NEVER_TWICE})[ \t]+(?P=one)\b"
        r"|\b(?P<two>(?!từng |ngày |năm |đời )[^\W\d_]{2,}[ \t]+[^\W\d_]{2,})[ \t]+(?P=two)\b",
        Level.ACTIONABLE,
        "Kết quả có chữ lặp hai lần liền nhau",
        "Chữ lặp thường là sót lại khi ghép câu.",
        "Bỏ một chữ.",
        flags=0,
    ),
    _Rule(
        "english",
        rf"\b(?:{_ENGLISH})\b(?:[ ,']+[a-z]+\b){{0,12}}[ ,']+(?:{_ENGLISH})\b(?:[ ,']+[a-z]+\b)*"
        r"|\b(?:deadline|feedback|update|check list|best regards|dear sir)\b",
        Level.ACTIONABLE,
        "Kết quả lẫn tiếng Anh",
        "Văn bản gửi trong cơ quan và cho người dân dùng tiếng Việt.",
        "Thay bằng từ tiếng Việt.",
        "Viết hoàn toàn bằng tiếng Việt.",
    ),
)
_COMPILED = tuple((rule, re.compile(normalise_tone(rule.pattern), rule.flags)) for rule in _RULES)


def register(case: Case, assertion: Assertion) -> CheckResult:
    """No residue of chat, layout or speech; ``value`` lists phrases that the exercise bans besides."""
    answer = case.answer or ""
    if not answer.strip():
        return CheckResult("register", None, 0.0, "Chưa có kết quả để chấm.")
    banned = assertion.value if isinstance(assertion.value, list | tuple) else []
    findings = (*_slips(answer, lost_blanks(case)), *_banned(answer, [str(phrase) for phrase in banned]))
    wrong = [finding for finding in findings if finding.level is not Level.INFORMATIVE]
    if wrong:
        reason = f"Có {len(wrong)} chỗ chưa đúng văn phong hành chính."
        return CheckResult("register", False, max(0.0, 1 - 0.25 * len(wrong)), reason, findings)
    return CheckResult("register", True, 1.0, "Văn phong gọn, không sót lời máy hay ký hiệu lạ.", findings)


def _slips(answer: str, lost: Sequence[Span]) -> Iterator[Finding]:
    """``lost`` are the blanks that hold what the source states: they are no merit."""
    plain = comparable(answer)
    for rule, pattern in _COMPILED:
        spans = tuple(_trimmed(answer, *match.span()) for match in pattern.finditer(plain))
        if rule.part == "to_fill":
            spans = tuple(one for one in spans if not any(a.start <= one.start < a.end for a in lost))
        if spans:
            yield _finding(answer, spans, rule)


def _banned(answer: str, phrases: list[str]) -> Iterator[Finding]:
    plain = comparable(answer)
    for phrase in phrases:
        wanted = r"\s+".join(map(re.escape, comparable(phrase).split()))
        spans = tuple(Span(*match.span()) for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", plain, re.IGNORECASE))
        if wanted and spans:
            rule = _Rule(
                "banned",
                "",
                Level.ACTIONABLE,
                f"Kết quả dùng cụm «{phrase}»",
                "Bài này yêu cầu tránh cụm từ ấy.",
                "Thay bằng cách nói khác.",
                f"Không dùng cụm «{phrase}».",
            )
            yield _finding(answer, spans, rule)


def _finding(answer: str, spans: tuple[Span, ...], rule: _Rule) -> Finding:
    seen = answer[spans[0].start : spans[0].end]
    seen = seen if len(seen) <= 60 else seen[:59] + "…"
    return Finding(
        check="register",
        level=rule.level,
        title=rule.title,
        where=f"«{seen}»" + (f" và {len(spans) - 1} chỗ nữa" if len(spans) > 1 else ""),
        why=rule.why,
        try_next=rule.try_next,
        seen=seen,
        part=rule.part,
        spans=spans,
        insert=rule.insert,
    )


def _trimmed(answer: str, start: int, end: int) -> Span:
    seen = answer[start:end]
    return Span(start + len(seen) - len(seen.lstrip()), start + len(seen.rstrip()))
