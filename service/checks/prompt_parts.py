"""What a prompt says: its seven parts, found by rules and no model, and what it says twice over.

A part is found by a cue, a turn of phrase that announces it ("Bạn là …", "không quá … tiếng"), or by a label at the
head of a line ("Bối cảnh:", or the ones of CO-STAR, RTF and RISEN). A sentence is cut at its cues; each piece belongs
to the cue it begins with, so every span is a clause. Sentences typed without diacritics are read by the same cues
with their marks taken off. A part still holding an unfilled "[…]" or "…" of its starter sentence is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.records import Assertion, Case, CheckResult, Exercise, Finding, Level, Span
from service.text import comparable, count_syllables, fold, has_marks, sentences

PARTS = ("role", "context", "task", "data", "format", "constraints", "self_check")

LABELS = {
    "role": "Vai trò",
    "context": "Bối cảnh",
    "task": "Nhiệm vụ",
    "data": "Dữ liệu",
    "format": "Định dạng",
    "constraints": "Ràng buộc",
    "self_check": "Tự kiểm tra",
}

STARTERS = {
    "role": "Bạn là chuyên viên [phòng, cơ quan nào].",
    "context": "Văn bản này phục vụ [việc gì], người đọc là [ai].",
    "task": "Hãy soạn thảo [văn bản gì, về việc gì].",
    "data": "Chỉ dùng tài liệu kèm theo.",
    "format": "Trình bày thành từng mục, không quá 200 tiếng.",
    "constraints": "Giữ nguyên ngày, giờ và số liệu; không tự thêm; thiếu thì ghi [cần bổ sung].",
    "self_check": "Cuối bài, liệt kê những điểm cần xác minh lại.",
}
"""A sentence to begin each part with; what stands in brackets is for the person to fill in."""

_MISSING = {
    "role": ("Chưa giao vai cho máy", "Chưa biết mình viết thay ai, máy dễ chọn sai cách xưng và giọng văn."),
    "context": ("Chưa nói bối cảnh", "Máy chưa biết văn bản dùng vào việc gì và ai đọc nên dễ viết chung chung."),
    "task": (
        "Chưa nêu rõ việc phải làm",
        "Thiếu một động từ như soạn thảo, tóm tắt, đối chiếu thì máy phải đoán việc.",
    ),
    "data": ("Chưa chỉ ra dữ liệu", "Không được chỉ nguồn, máy lấy số liệu từ trí nhớ của nó và có thể sai."),
    "format": ("Chưa nêu định dạng", "Máy tự chọn độ dài và bố cục, thường dài và khác mẫu cần dùng."),
    "constraints": ("Chưa có ràng buộc", "Máy dễ thêm số liệu cho trôi câu."),
    "self_check": (
        "Chưa yêu cầu tự kiểm tra",
        "Được nhắc rà lại, máy chỉ ra chỗ chưa chắc và anh/chị đỡ phải dò cả bài.",
    ),
}


@dataclass(frozen=True)
class PartFound:
    """A stretch of the prompt that is one of the seven parts."""

    part: str
    start: int
    end: int


# One cue a line; a space stands for any white space, @NAME for a list of words. The order of the parts is the
# precedence where two cues begin at the same place.
_WORDS = {
    "@COUNTED": "từ|tiếng|chữ|dòng|câu|ý|trang|gạch đầu dòng|đoạn|mục|phần|cột|bước|điểm|phút|lựa chọn|slide",
    "@FEW": "[0-9]+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười",
    "@PAPER": "văn bản|công văn|tài liệu|báo cáo|nghị quyết|quyết định|kế hoạch|thông báo|tờ trình|biên bản|quy chế"
    "|quy trình|dự thảo|phụ lục|bảng|số liệu|ghi chép|phiếu|đơn|hợp đồng|danh sách|danh mục|bản tin|thông tin|hồ sơ"
    "|tệp|file",
    "@VERB": "soạn|dự thảo|thảo|viết|tóm tắt|tóm lược|rà soát|soát|đối chiếu|trích|liệt kê|lập|tổng hợp|phân tích"
    "|so sánh|chuyển|dịch|sửa|chỉnh|kiểm tra|check|trả lời|giải thích|diễn giải|diễn đạt|phân loại|xây dựng|đề xuất"
    "|xác định|tìm|rút|tạo|che|ẩn danh|thay|đánh giá|nhận xét|tham mưu|làm|biên tập|chuẩn bị|hoàn thiện|gợi ý|hướng dẫn"
    "|nêu|kể|xem|chỉ ra|cho (tôi|em|mình|xin)|giúp|điền|sắp xếp|cần (một|bài|bản|cái|mẫu)|tính|lọc|gom|thiết kế",
    "@HEAD": r"\A[\s*+>0-9.)–-]{0,9}|(?<=, )|(?<=: )|(?<= và )|(?<= cần )|(?<= nhờ )|(?<= hãy )|(?<= rồi )|(?<= giúp )",
    "@ASK": "hãy|xin|vui lòng|đề nghị|yêu cầu|giúp|giùm|nhờ|cần|muốn|bạn|máy|anh|chị|em|ơi|tôi|mình|nhiệm vụ là",
    "@BODY": "ubnd|hđnd|xã|phường|tỉnh|huyện|sở|phòng|cơ quan|đơn vị|thôn|trường|văn phòng|chủ tịch|lãnh đạo",
    "@ITEM": "chỗ|phần|mục|việc|thông tin|số liệu|căn cứ|đơn|con số|điểm|ý|nội dung|chi tiết",
}
_CUES = {
    "self_check": r"""
        \b(kiểm tra|rà soát|rà|soát|đối chiếu|đọc|đếm|xem|kiểm) lại\b
        \btự (kiểm|rà|soát|đánh giá)
        \b((liệt kê|nêu|ghi|ghi ra|đánh dấu|chỉ ra) (những |các )?)?(@ITEM|giả định)( \w+){0,4}? @DOUBT(?! (thì|ghi))
        \bđể (tôi|em|mình|anh|chị) (kiểm tra|đối chiếu|xác minh|rà)
        """.replace(
        "@DOUBT", r"(cần|phải|chưa|còn|không) (\w+ )?(xác minh|kiểm chứng|kiểm tra|chắc|ngờ|rõ|đối chiếu)\b"
    ),
    "role": r"""
        \b(bạn|máy) (hãy |đang |sẽ )?(là|làm)\b(?! (giúp|ơn|cho|gì|ai|sao|thế|bài|báo))
        \b(đóng vai|nhập vai|vào vai|trong vai|hãy là)\b
        \b(với|trên|ở) (vai trò|tư cách|cương vị)\b
        \bnhư một (chuyên|công|cán|người|nhà|luật|biên|văn|kế|thư|thẩm)
        \bdưới góc (độ|nhìn)\b
        \b(act as|you are)\b
        """,
    "constraints": r"""
        \bkhông (được |tự |nên |cần )*(thêm|bịa|suy|bổ sung|dùng|nêu|tự|lấy|gộp|hô|dọa|kết luận|đoán|viết|đưa|sử dụng)\b
        \bkhông (được |tự |nên |cần )*(chép|lặp|thay|sửa|bỏ|cộng|đọc|tiết lộ|nhắc|gán|có (lỗi|từ|"))
        \b(đừng|tránh|tuyệt đối|bắt buộc)\b
        \bchỉ (nêu|ghi|viết|dùng từ)\b
        \b(giữ|chép) (nguyên|đúng)\b
        \bnguyên văn\b
        \bnếu (\w+ )?(thiếu|không|chưa|phát hiện)\b
        \b(thiếu|chưa có|không rõ) thì\b
        \[cần bổ sung
        \b@ITEM nào (\w+ ){0,6}?(thì|ghi|để)\b
        \bthì (ghi|gộp|bỏ|để|điền|giữ|nói|báo)\b
        \b(văn phong|giọng|lời (lẽ|văn|dẫn|đơn giản)|phong cách|câu (ngắn|chữ)|ngắn gọn|trang trọng|khách quan)\b
        \b(lịch sự|lễ phép|kính ngữ|khẩn trương|dứt khoát|gần gũi|nói tự nhiên|dễ (hiểu|nghe|đọc)|xưng)\b
        \b(có |ghi rõ )?(trích dẫn|dẫn nguồn)\b
        \bghi rõ (nguồn|điều|khoản)\b
        \bphải (trích|dẫn)\b
        """,
    "format": r"""
        \b(không (vượt )?quá|tối đa|tối thiểu|ít nhất|dưới|khoảng|chừng|trong( vòng)?|dài|đúng) (\w+ )?[0-9]+ @COUNTED\b
        \b@FEW @COUNTED\b(?! (đến|tới))
        \bmỗi (ý|dòng|câu|việc|mục|phần|đoạn|bước|trang|đơn|phương án|tiêu chí|mốc)\b
        \b(thành|dạng|kẻ) bảng\b
        (?<= )lập bảng\b
        \bbảng (gồm|có|[0-9]|hai|ba|bốn|năm|so sánh|đối chiếu)\b
        \b(các cột|bố cục|cấu trúc|định dạng|gạch đầu dòng|đánh số|số thứ tự|trình bày|đầu ra|output)\b
        \b(chia|xếp) (theo|thành)\b
        \b(nêu rõ|kèm (cách|lý do|bước)|liệt kê từng|còn một nửa|(mở đầu|kết thúc) bằng|(khổ|giấy) a4)\b
        \b(đúng|theo) (đúng )?(mẫu|thể thức|phụ lục)\b
        \bthể thức theo\b
        \btheo (nghị định( số)?|nđ) ?30\b
        \bghi rõ (trang|việc|ai|tên|hạn|số|ngày)\b
        \bcó (tiêu đề|câu dẫn|đáp án|ghi chú)\b
        (?<=, )nêu\b
        \b(gồm|có) @FEW (phần|mục|cột|ý)\b
        """,
    "data": r"""
        (\b(trong|từ|theo) )?(\b@PAPER( (?!từ|trong|theo|và|cho)\w+){0,5}? )?@ATTACHED
        \bchỉ (được )?(dùng|dựa|lấy|sử dụng|căn cứ)\b(?! từ)
        \bsử dụng (duy nhất|đúng)\b
        \b(dựa|căn cứ) (trên|vào|theo)\b
        \btheo (đúng )?(các |những )?@PAPER\b
        \btrong (tệp|file)\b
        \b(số liệu|dữ liệu|thông tin|nội dung)( như sau|:| lấy| gồm)
        \bnguồn( là|:)
        \b(thời gian|địa điểm|kinh phí|thành phần)( là| từ| lúc|:)? [0-9]
        \bđịa điểm\b
        \bhạn( \w+)?( là|:)
        \b(hết |đơn nhận )?ngày [0-9]
        \blúc [0-9]
        \bgồm [0-9]+ (người|hộ|thành viên|đơn vị)\b
        \{\{ ?\w+ ?\}\}
        """.replace(
        "@ATTACHED",
        r"(\bkèm theo\b(?! (cách|lý))|\b((gửi|đính|dán) kèm|(dưới|sau) đây|(bên|ở|phía|dán) dưới)\b"
        r"|\b(đã|tôi) (chọn|tải lên|cung cấp|dán|gửi)\b)",
    ),
    "task": "@HEAD(@ASK )*@VERB\\b",
    "context": r"""
        \b(tôi|mình|em|chúng tôi) (là|đang|vừa|sắp|phải|thuộc|bên|công tác|mới|làm ở)\b
        \b@BODY (tôi|mình|em|ta|chúng tôi|chúng ta)\b
        \A@BODY (\w+ ){0,2}?(đang|vừa|mới|sắp|đã|hiện|họp)\b
        \b(phục vụ|người đọc|người nghe|độc giả|dành cho|hướng tới|đối tượng|bối cảnh|nhân dịp|nhằm|mục đích)\b
        \bđể (gửi|trình|phát|đăng|treo|kiểm tra|họp|kịp|phổ biến|tuyên truyền|chuẩn bị|lãnh đạo|bà con)\b
        \bgửi (cho |tới |đến |lên |về )?(các |toàn )?(@BODY|ban|công ty|bà con|người dân|giám đốc|bộ|hộ|ủy ban)\b
        (\A|(?<=, ))(hôm nay|hôm qua|hiện nay|hiện|tuần (này|tới|sau)|sáng mai|chiều nay|ngày mai|sắp tới|vừa qua)\b
        \btrước (giờ|cuộc|kỳ|buổi)\b
        \btrình (\w+ ){1,5}(xem|duyệt|ký)\b
        \bvì (?!sao|vậy|thế)
        \b(treo|phát|đăng) (ở|tại|trên|lên)\b
        """,
}

_LABEL_WORDS = {
    "role": "vai trò|vai|role|người viết",
    "context": "bối cảnh|hoàn cảnh|tình huống|context|mục tiêu cuối|end goal|người đọc|đối tượng|audience|mục đích",
    "task": "nhiệm vụ|việc|mục tiêu|task|objective|chỉ dẫn|instructions|công việc|việc cần làm|yêu cầu công việc",
    "data": "dữ liệu|dữ liệu đầu vào|đầu vào|data|input|nguồn|tài liệu|thông tin|số liệu|thời gian|địa điểm|hạn dùng",
    "format": "định dạng|format|đầu ra|yêu cầu đầu ra|kết quả|response|các bước|steps|mẫu|độ dài|bố cục|thể thức",
    "constraints": "ràng buộc|yêu cầu|giới hạn|narrowing|phong cách|style|giọng điệu|tone|lưu ý|không được",
    "self_check": "tự kiểm tra|kiểm tra|tự kiểm|tiêu chí kiểm tra|rà lại|self-check",
}
_LABELLED = {fold(word): part for part, words in _LABEL_WORDS.items() for word in words.split("|")}
_LABEL = re.compile(
    r"[\s>*#_\-–•]{0,9}(?:[0-9]{1,2}[.)]\s?)?[*_]{0,3}(?P<label>[^\W\d_][\w \-]{1,24}?)[*_]{0,3}\s?"
    r"(?:\([^)\n]{1,30}\)\s?)?(?::|\s[–-])[*_]{0,3}\s*"
)
_QUOTED = re.compile(r"(\"{3}|'{3}|`{3}).+?\1", re.DOTALL)
_UNFILLED = re.compile(r"\[(?!cần|chưa|can bo sung|chua|[0-9])[^\]\n]*\]|\[\]|…|\.{3}", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:hãy |hay )?\w+(?: \w+)? (?:lại|lai)\b", re.IGNORECASE
)  # "Kiểm tra lại …" can be the whole task
_TRIM = " \t\n,;:-–•*+"


@cache
def _cues(marked: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    def compiled(cues: str) -> re.Pattern[str]:
        rule = "|".join(f"(?:{line.strip()})" for line in cues.strip().split("\n"))
        for name, words in _WORDS.items():
            rule = rule.replace(name, f"({words})")
        rule = rule if marked else "".join(letter if letter.isascii() else fold(letter) for letter in rule)
        # A look-behind has a fixed width, so its spaces stay single ones.
        return re.compile(re.sub(r"(\(\?<=[^)]*\))| ", lambda found: found[1] or r"\s+", rule), re.IGNORECASE)

    return tuple((part, compiled(cues)) for part, cues in _CUES.items())


def find_parts(prompt: str) -> tuple[PartFound, ...]:
    """The parts of a prompt in order, each clause once; the same part may come several times.

    Pure and quick: it runs while a person types.
    """
    plain = comparable(prompt)
    quoted = [match.span() for match in _QUOTED.finditer(plain)]
    found = [PartFound("data", start, end) for start, end in quoted]
    labels = {part for start, end in sentences(prompt) for part, _ in [_label(plain[start:end])] if part}
    under, pasted = "", False
    for start, end in sentences(prompt):
        if any(left < end and start < right for left, right in quoted):
            continue
        part, skip = _label(plain[start:end])
        under = part or under
        default = under or ("data" if pasted else "")
        pieces = tuple(_pieces(plain[start + skip : end], default, frozenset(labels if under else ())))
        found += [PartFound(part, start + skip + left, start + skip + right) for part, left, right in pieces]
        if plain[start:end].rstrip().endswith(":") and any(part in ("task", "data") for part, _, _ in pieces):
            pasted = True
    return _settled(found, plain)


def _label(sentence: str) -> tuple[str, int]:
    """The part a label at the head of a line announces, and how far the label reaches; ("", 0) without one."""
    match = _LABEL.match(sentence)
    part = _LABELLED.get(fold(match["label"]).strip(), "") if match else ""
    return (part, match.end()) if match and part else ("", 0)


def _pieces(sentence: str, default: str, closed: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Cut a sentence at its cues. Parts in ``closed`` have a label of their own elsewhere: their cues do not count."""
    hits = sorted(
        (match.start(), order, match.end(), part)
        for order, (part, cue) in enumerate(_cues(has_marks(sentence)))
        if part not in closed
        for match in cue.finditer(sentence)
    )
    cuts, reach = [(0, default)] if default else [], 0
    for start, _, end, part in hits:
        if start >= reach:
            cuts, reach = [*cuts, (start, part)], end
    if sentence.rstrip().endswith("?") and all(part != "task" for _, part in cuts):
        aside = re.compile(r"[,:]\s").search(sentence, reach)  # "Theo tài liệu đã chọn, mức hỗ trợ là bao nhiêu?"
        if aside or not cuts:
            cuts.append((aside.end() if aside else 0, "task"))
    for at, (start, part) in enumerate(cuts):
        left = 0 if at == 0 else start
        yield part, left, cuts[at + 1][0] if at + 1 < len(cuts) else len(sentence)


def _settled(found: list[PartFound], plain: str) -> tuple[PartFound, ...]:
    """Trim the pieces, drop what says nothing yet, join neighbours of one part, and make sure of the task."""
    pieces = list[PartFound]()
    for piece in sorted(found, key=lambda piece: piece.start):
        said = plain[piece.start : piece.end]
        if count_syllables(said) < (1 if piece.part == "task" else 2) or _UNFILLED.search(said):
            continue
        start = piece.start + len(said) - len(said.lstrip(_TRIM))
        end = piece.start + len(said.rstrip(_TRIM))
        last = pieces[-1] if pieces else None
        if last and last.part == piece.part and not plain[last.end : start].strip(_TRIM):
            pieces[-1] = PartFound(piece.part, last.start, end)
        else:
            pieces.append(PartFound(piece.part, start, end))
    first = pieces[0] if pieces else None
    if (
        first
        and first.part == "self_check"
        and _AGAIN.match(plain, first.start)
        and all(piece.part != "task" for piece in pieces)
    ):
        pieces[0] = PartFound("task", first.start, first.end)
    return tuple(pieces)


# ── the checks ──────────────────────────────────────────────────────────────────────────────────


def prompt_has(case: Case, assertion: Assertion) -> CheckResult:
    """The parts an exercise asks for are there (``value``: names of parts; else the exercise's, else all seven)."""
    wanted = _listed(assertion.value) or case.exercise.prompt_parts or PARTS
    found = find_parts(case.prompt)
    have = [part for part in wanted if any(piece.part == part for piece in found)]
    missing = [part for part in wanted if part not in have]
    findings = [_missing(part) for part in missing]
    if found:
        spans = tuple(Span(piece.start, piece.end, piece.part, "prompt") for piece in found)
        findings.append(_present(spans, complete=not missing))
    findings += _lengths(case.prompt, case.exercise)
    reason = (
        f"Câu lệnh có {len(have)}/{len(wanted)} phần cần có."
        if not missing
        else f"Câu lệnh còn thiếu: {', '.join(LABELS[part].lower() for part in missing)}."
    )
    return CheckResult("prompt-has", not missing, len(have) / len(wanted), reason, tuple(findings), of="prompt")


def prompt_max_words(case: Case, assertion: Assertion) -> CheckResult:
    """The prompt is not longer than ``value`` syllables."""
    limit, length = int(assertion.value), count_syllables(case.prompt)
    if length <= limit:
        return CheckResult(
            "prompt-max-words", True, 1.0, f"Câu lệnh dài {length} tiếng, trong mức {limit}.", of="prompt"
        )
    finding = Finding(
        check="prompt-max-words",
        level=Level.ACTIONABLE,
        title=f"Câu lệnh dài {length} tiếng, quá mức {limit}",
        why="Câu lệnh dài lấn chỗ của tài liệu mà máy phải đọc.",
        try_next="Bỏ ý lặp lại và những điều đã có trong tài liệu kèm theo.",
    )
    return CheckResult("prompt-max-words", False, limit / length, finding.title + ".", (finding,), of="prompt")


def _listed(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


def _missing(part: str) -> Finding:
    title, why = _MISSING[part]
    level = Level.ESSENTIAL if part == "task" else Level.ACTIONABLE
    starter = STARTERS[part]
    return Finding("prompt-has", level, title, why=why, try_next=f"Thêm câu: «{starter}»", part=part, insert=starter)


def _present(spans: tuple[Span, ...], complete: bool) -> Finding:
    names = ", ".join(LABELS[part].lower() for part in PARTS if any(span.label == part for span in spans))
    if complete:
        return Finding("prompt-has", Level.CELEBRATORY, f"Câu lệnh đủ các phần: {names}", spans=spans)
    return Finding("prompt-has", Level.INFORMATIVE, f"Câu lệnh đã có: {names}", spans=spans)


_BOUND = "không quá|không vượt quá|tối đa|dưới|ít nhất|tối thiểu|trên|khoảng|chừng"
_LENGTH = re.compile(
    rf"\b(?P<bound>{_BOUND}|{fold(_BOUND)})\s+(?P<n>[0-9]{{1,5}})\s*(?:từ|tiếng|chữ|tu|tieng|chu)\b", re.IGNORECASE
)
_OF_A_PIECE = re.compile(r"\b(?:mỗi|từng|tiêu đề|câu dẫn|moi|tung|tieu de)\b[^,;.\n]*\Z", re.IGNORECASE)


def _lengths(prompt: str, exercise: Exercise) -> Iterator[Finding]:
    """Limits of the whole text that contradict each other, or allow more than the exercise does."""
    plain = comparable(prompt)
    limits = [
        (fold(match["bound"]), int(match["n"]), match)
        for match in _LENGTH.finditer(plain)
        if not _OF_A_PIECE.search(plain[: match.start()])
    ]
    spans = tuple(Span(match.start(), match.end(), of="prompt") for _, _, match in limits)
    at_least = [n for bound, n, _ in limits if bound in ("it nhat", "toi thieu", "tren")]
    about = [n for bound, n, _ in limits if bound in ("khoang", "chung")]
    at_most = [n for bound, n, _ in limits if bound not in ("it nhat", "toi thieu", "tren", "khoang", "chung")]
    if (at_most and max(at_least + about, default=0) > min(at_most)) or max(len(set(at_most)), len(set(about))) > 1:
        yield Finding(
            check="prompt-has",
            level=Level.ACTIONABLE,
            title="Câu lệnh nêu hai độ dài trái nhau",
            where=" và ".join(f"«{prompt[span.start : span.end]}»" for span in spans),
            why="Gặp hai mức khác nhau, máy theo mức nào là tùy lúc.",
            try_next="Giữ lại một mức độ dài.",
            spans=spans,
        )
    allowed = _allowed(exercise)
    if allowed and at_most and min(at_most) > allowed:
        yield Finding(
            check="prompt-has",
            level=Level.ACTIONABLE,
            title=f"Câu lệnh cho phép {min(at_most)} tiếng, bài yêu cầu không quá {allowed}",
            why="Máy viết đúng câu lệnh vẫn có thể dài hơn mức của bài.",
            try_next=f"Sửa thành: «không quá {allowed} tiếng».",
            spans=spans,
        )


def _allowed(exercise: Exercise) -> int | None:
    """The most syllables the exercise lets an answer have."""
    for item in exercise.assertions:
        most = item.value.get("max") if isinstance(item.value, dict) else item.value
        if item.type in ("max-words", "word-count") and isinstance(most, int):
            return most
    return None
