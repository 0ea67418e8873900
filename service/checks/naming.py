"""The names of a text: runs of capitalised syllables as Vietnamese writes them, with the small word that heads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.text import comparable, sentences


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one line."""
    return frozenset(words.split())


def phrases(words: str) -> frozenset[str]:
    """The same of phrases, parted by strokes."""
    return frozenset(words.split("|"))


HEADS = listed(
    "sở bộ phòng ban cục chi đội tổ hội đồn trạm trường công hợp ủy văn liên quỹ kho tòa viện bệnh trung đài nhà hạt "
    "tổng khoa đoàn câu xí xưởng cửa siêu khách ngân bưu chợ cầu đường phố thôn xóm bản làng ấp buôn khu xã phường "
    "tỉnh huyện quận thị thành đảo sông núi hồ đèo cảng bến quốc mặt khối tiểu lớp mẫu tết lễ giải "
)
KNOWN = (
    {"ban chấp hành", "ban giám hiệu", "ban giám đốc", "ban thường vụ", "ban thường trực", "ban lãnh đạo"}
    | listed("vp hđnd ubnd qđ cv nq kh bc tb ttr hd ct sl đvt stt tt sđt đt đ/c gc")
    | {"việt nam"}
)
"""What an office may name without a source: itself, kinds of document, the heads of columns."""

BODIES = listed("sở bộ phòng ban cục")
_OFFICES = BODIES | {"khoa", "viện"}
"""What the next two syllables tell apart."""
_LETTERED = re.compile(
    r"\b(dãy|lô|tòa|nhà|khu|cổng|block|nhóm|hội trường|sân|quầy|ổ|(?:loại|bảng|phương án|tầng)(?= [^IVX])) "
    r"([A-ZĐ])\b(?!\.\w)"
)
"""What is told apart by a letter: «dãy C»."""
PLAIN = listed(
    "deadline hotline checklist website facebook youtube google messenger "
    "chủ phó bí giám trưởng thư kế chánh hiệu đại chuyên công cán hạt ủy hội văn thường tổng nhân nhà đảng việt "
    "quốc độc cộng điều khoản điểm chương mục phụ nghị luật quyết thông chỉ kính nơi đồng ông bà anh chị em cô chú "
    "bác cụ thầy quý tháng ngày năm tuần thứ lưu mẫu đơn phiếu biểu bảng tết internet zalo facebook email wifi ai "
    "covid tt stt vt kt tm tl tuq q word excel pdf usb qr cccd vnd vnđ ngtt "
)
"""Syllables that begin titles, offices and parts of a document: capitalised, they name nobody by themselves."""

_OPENERS = listed(
    "theo tại trong từ đến khi nếu để về có các những mỗi một hai ba bốn năm sáu bảy tám chín mười do vì trước sau "
    "ngoài cả với của và được đã sẽ đề yêu giao mời bầu thu thực căn nhằm cùng riêng tổng hiện nay còn số qua nhờ "
    "mọi toàn việc người cho bên khoảng hơn gần lúc vào hồi sáng chiều tối đêm hôm "
    "như thưa gửi nhờ xin mong chúc chào hộ nhóm tân nguyên "
)
"""Words that open a sentence and are no part of the name after them."""

_TITLES = listed("ông bà anh chị em cô chú bác cụ thầy") | {"đồng chí", "đ/c"}
_DEGREES = listed("gs pgs ts ths cn ks kts bs bscki bsckii cki ckii ds ls nsnd nsưt đd ktv gđ pgđ")
"""Degrees before a name, abbreviated; whether the source gives them too says nothing of who is meant."""
_CIVIL = phrases(
    "lãnh đạo|thủ trưởng|phụ huynh|cử tri|khách hàng|nhân dân|học sinh|giáo viên|thành viên|đoàn viên|hội viên"
    "|người dân"
)
"""Who is written to with a capital, and not named."""
_HEADINGS = phrases(
    "thời gian|thời hạn|hết hạn|địa điểm|thành phần|đối tượng|nội dung|phân công|tiến độ|mục đích|yêu cầu|căn cứ"
    "|kinh phí|mức hỗ trợ|số liệu|kết quả|kết luận|tóm tắt|đề xuất|kiến nghị|giải pháp|lưu ý|kính gửi|nơi nhận"
)
"""What heads a part of an answer, in capitals beside small letters: «II. THỜI GIAN: 14:00»."""
_GIVEN = listed("nghị công văn thông quyết việt quốc thường luật độc thứ mẫu")
"""Of the plain syllables those that people are called."""
_RANKS = listed("sĩ sỹ sư úy tá tướng")
"""What follows the capital of a rank or a degree: «Thạc sĩ», «Đại úy»."""
_CALENDAR = frozenset(
    [("thứ", day) for day in ["hai", "ba", "tư", "năm", "sáu", "bảy"]]
    + [("chủ", "nhật")]
    + [
        ("tháng", month)
        for month in ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "một", "chạp"]
    ]
)
"""Days and months in words: dates are traced as dates."""
_TWO_WORD_MONTHS = (["mười", "một"], ["mười", "hai"])
_TWO_WORD_BODIES = frozenset([("trung", "tâm"), ("liên", "đoàn"), ("chi", "cục"), ("hiệp", "hội"), ("tổng", "cục")])
"""What the next two syllables tell apart, too: «Liên đoàn Bóng đá»."""

_TOKEN = re.compile(r"đ/c|[\w]+(?:['’][\w]+)*(?:-\d[\w-]*(?:\.\d\d\b)?)?", re.IGNORECASE)
_NO_SYLLABLE = 8
"""Letters of a word that is no Vietnamese syllable: «Agribank» opens a sentence as a name."""
_WEEKDAY = re.compile(r"T(?:[2-9]|1[0-2])|CN")
"""«T9» is September."""
_CODE = re.compile(r"(?!T(?:[2-9]|1[0-2])$)(?=\w*[A-ZĐ])(?=[\w-]*\d)[\w.-]+")
_BREAK = re.compile(r"[.!?:;\n\t|()\[“\"«•☐✓▪◦]|(?:^|\s)[-–—+*]\s")


@dataclass(frozen=True)
class Name:
    """A name in a text and its words in small letters."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Token:
    """A word or code and where it stands; ``first``: nothing of its sentence stands before it."""

    text: str
    start: int
    end: int
    first: bool

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        if _WEEKDAY.fullmatch(self.text):
            return False
        return self.text[0].isupper() or bool(_CODE.fullmatch(self.text))


def tokens(text: str) -> list[Token]:
    """The words and codes of a text."""
    plain, found, at = comparable(text), [], 0
    for match in _TOKEN.finditer(plain):
        gap = plain[at : match.start()]
        found.append(Token(match[0], match.start(), match.end(), at == 0 or bool(_BREAK.search(gap))))
        at = match.end()
    return found


def names(text: str) -> tuple[Name, ...]:
    """The runs of capitalised syllables of a text that may name somebody or something, codes among them."""
    found: list[Name] = []
    for start, end in ((a, b) for a, b in sentences(text) if not _shouted(text[a:b])):
        run: list[Token] = []
        row = tokens(text[start:end])
        for n, token in enumerate(row):
            glued = n > 0 and text[start + row[n - 1].end : start + token.start] == " "
            if token.capital and not (run and not glued):
                run.append(token)
                continue
            found += _named(run, row, start)
            run = [token] if token.capital else []
        found += _named(run, row, start)
    found += (Name(*one.span(), (*one[1].split(), one[2].lower())) for one in _LETTERED.finditer(comparable(text)))
    return tuple(found)


def _shouted(line: str) -> bool:
    letters = [letter for letter in re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", line) if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) >= 0.8 * len(letters) and len(letters) > 4


def _named(run: list[Token], row: list[Token], offset: int) -> Iterator[Name]:
    """The name that a run is: a title or the first word of a sentence is no part of it."""
    if not run:
        return
    code = next((n for n, token in enumerate(run) if "-" in token.text and _is_code(token)), None)
    if code is not None and len(run) > 1:  # «Tàu QB-98217-TS»: what a thing is numbered is a name by itself
        for piece in (run[:code], run[code : code + 1], run[code + 1 :]):
            yield from _named(piece, row, offset)
        return
    first = row.index(run[0])
    while len(run) > 1 and (run[0].plain, run[1].plain) in _CALENDAR:
        run = run[2:]  # «Thứ Bảy»
    if first and row[first - 1].plain in ("mùng", "mồng"):
        run = run[1:]  # «mùng Hai Tết»
    if first and row[first - 1].plain == "tháng" and [token.plain for token in run[:2]] in _TWO_WORD_MONTHS:
        run = run[2:]
    of_a_body = first > 1 and (row[first - 2].plain, row[first - 1].plain) in _TWO_WORD_BODIES  # «Trung tâm Điều hành»
    if " ".join(token.plain for token in run) in _HEADINGS and all(token.text.isupper() for token in run):
        return
    while run and not _is_code(run[0]) and not (of_a_body and len(run) == 1):
        if not _is_no_part(run, _is_called(run[0], row)):
            break
        run = run[1:]
    if not run:
        return
    start, end, words = _with_head(run, row)
    if words:
        yield Name(offset + start, offset + end, tuple(words))


def _with_head(run: Sequence[Token], row: Sequence[Token]) -> tuple[int, int, list[str]]:
    """Where a name begins and ends and its words, with the small ones that belong to it; no words for no name."""
    words = [token.plain for token in run]
    start, end = run[0].start, run[-1].end
    at = row.index(run[0])
    before = row[at - 1] if at else None
    after = row[at + len(run)] if at + len(run) < len(row) else None
    goes_on = after is not None and not after.capital and after.text.isalpha() and after.start == end + 1
    a_letter = run[-1].text.isupper() and run[-1].text != "Y"  # «Y» is a syllable: «Sở Y tế»
    if len(run) == 2 and words[0] in _OFFICES and goes_on and after and not a_letter:
        return start, after.end, [*words, after.plain]  # «Khoa Cơ khí» is not «Khoa Cơ điện»
    if len(run) > 1 or _is_code(run[0]) or run[0].text.isupper():
        return start, end, words
    # One capital in a row of small letters is the middle of a name: "Phòng Kinh tế", "Bộ Y tế".
    if before and (before.plain, words[0]) in _CALENDAR | {("la", "mỹ")} or (after and after.plain in _RANKS):
        return start, end, []
    if after and f"{words[0]} {after.plain}" in _CIVIL:
        return start, end, []
    if before is None or before.plain in _TITLES:
        return start, end, words
    if before.plain in BODIES and goes_on and after:  # "phòng Kinh tế" is not "phòng Nội vụ"
        return before.start, after.end, [before.plain, *words, after.plain]
    if at > 1 and (row[at - 2].plain, before.plain) in _TWO_WORD_BODIES and goes_on and after:
        return row[at - 2].start, after.end, [row[at - 2].plain, before.plain, *words, after.plain]
    if before.plain in HEADS:
        return before.start, end, [before.plain, *words]
    if goes_on and after and before.capital and not before.text.isupper():
        return start, after.end, [*words, after.plain]
    return start, end, words


def _is_no_part(run: Sequence[Token], called: bool) -> bool:
    """Whether the first word of a run only opens it: a title, or what a sentence happens to begin with.

    ``called``: a title stands before it, so that even «Liên» and «Khoa» are names.
    """
    word = run[0].plain
    if word in _DEGREES and run[0].text.isupper() or run[0].text in ("ThS", "II", "III", "IV"):
        return True
    if len(run) == 1:  # "Phòng thủ dân sự": a lone head names nobody; single letters and Roman numbers count parts
        return (
            (run[0].first and len(word) < _NO_SYLLABLE)
            or (word in PLAIN and not (called and word in _GIVEN))
            or (word in HEADS and not called)
            or bool(re.fullmatch(r"[ivxl]+|\w", word))
        )
    if word in BODIES:
        return False  # «Sở Y tế báo cáo»: what the head of a body is followed by says which one it is
    return word in _TITLES or (run[0].first and (word in PLAIN | _OPENERS or word in HEADS))


def _is_called(token: Token, row: Sequence[Token]) -> bool:
    """Whether a title stands before a word, and no office: «chị Liên», «anh Đội trưởng»."""
    at = row.index(token)
    after = row[at + 1].plain if at + 1 < len(row) else ""
    return at > 0 and row[at - 1].plain in _TITLES and after not in ("trưởng", "phó", "viên", "an", "chức", "nhân")


def _is_code(token: Token) -> bool:
    return bool(_CODE.fullmatch(token.text))
