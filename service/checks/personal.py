"""Personal data in a text: numbers, addresses and dates that tell who somebody is, each with the mask to put there.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 14 (khử nhận dạng), Điều 30 (only the necessary scope in AI). A rule
sees the form only: what a word announces goes before what the number of digits suggests, and an office's own line or
account is found as well, for nothing in its form tells whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from service.records import Level
from service.text import fold, fold_with_origin, has_marks

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Personal:
    """A stretch that may identify a person, and the mask to put in its place: the same value, the same mask."""

    kind: str
    start: int
    end: int
    text: str
    mask: str


@dataclass(frozen=True)
class Form:
    """A kind of personal data: its mask, its name in a sentence, how it is found, and how much it matters."""

    mask: str
    name: str
    find: Callable[[str, str], Iterator[Stretch]]
    level: Level = Level.ESSENTIAL


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────

# A run of digits in groups, as people write numbers; not the inside of a code, an amount or a document number.
_RUN = re.compile(
    r"(?<![\w/+,])(?<!\w[.-])(?:\(\d+\)[ .]?)?\d+(?:[ .-]\d+)*(?![\w/]|[.,]\d| ?(?:dong|vnd|trieu|ty|%|m2|kg))"
)
_HEALTH_CARD = re.compile(r"(?<!\w)[a-z]{2} ?\d ?\d{2} ?\d{2} ?\d{8}(?!\d)|(?<!\w)[a-z]{2}\d{13}(?!\d)")
_ABROAD = re.compile(r"(?<!\w)\(?\+\d{1,3}\)?(?:[ .-]?\(?\d+\)?){2,6}(?!\w)")
_SERVICE_LINE = re.compile(r"(?<![\w.,/-])1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?(?![\w/])")
_INSURED = re.compile(r"bhxh|bhyt|bao hiem")
_BANKED = re.compile(
    r"tai khoan|\bstk\b|\btk\b|so the|the (?:ngan hang|atm)|ngan hang|\bnh\b|chuyen khoan|thu huong|techcom"
    r"|vietcom|agribank|bidv"
    r"|viet ?in|sacombank|kho bac|\bmb\b|\bacb\b|\bvpbank|tpbank"
)
_OLD_CARD = re.compile(r"cmnd|cmt\b|chung minh")
_NEW_CARD = re.compile(r"cccd|can cuoc|dinh danh")
_REACH = 70
"""Letters before a number in which a word still speaks of it."""


def _before(plain: str, at: int) -> str:
    start = max(plain.rfind("\n", 0, at), at - _REACH)
    return plain[max(0, start) : at]


def _runs(plain: str) -> Iterator[tuple[int, int, str, list[str]]]:
    for match in _RUN.finditer(plain):
        groups = re.findall(r"\d+", match[0])
        yield match.start(), match.end(), "".join(groups), groups


def _cards(plain: str, _text: str) -> Iterator[Stretch]:
    for start, end, digits, groups in _runs(plain):
        if len(digits) == 12 and digits[0] == "0" and (len(groups) == 1 or max(map(len, groups)) <= 6):
            yield start, end


def _old_cards(plain: str, _text: str) -> Iterator[Stretch]:
    for start, end, digits, _groups in _runs(plain):
        named = _OLD_CARD.search(_before(plain, start)) or _NEW_CARD.search(_before(plain, start))
        if len(digits) in (9, 12) and named:
            yield start, end


def _insurance(plain: str, _text: str) -> Iterator[Stretch]:
    for start, end, digits, _groups in _runs(plain):
        if len(digits) == 10 and _INSURED.search(_before(plain, start)):
            yield start, end
    yield from (match.span() for match in _HEALTH_CARD.finditer(plain))


def _accounts(plain: str, _text: str) -> Iterator[Stretch]:
    for start, end, digits, groups in _runs(plain):
        around = _before(plain, start) + " " + re.split(r"[\n;]", plain[end : end + 40])[0]
        amount = len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and "." in plain[start:end]
        if 8 <= len(digits) <= 20 and not amount and _BANKED.search(around):
            yield start, end


def _phones(plain: str, _text: str) -> Iterator[Stretch]:
    for start, end, digits, groups in _runs(plain):
        long = 11 if digits.startswith("02") else 10
        if digits[:1] == "0" and digits[1:2] not in ("0", "1") and 10 <= len(digits) <= long:
            single = len(groups) == 1 or all(len(group) <= 5 for group in groups)
            if single:
                yield start, end
    for pattern in (_ABROAD, _SERVICE_LINE):
        for match in pattern.finditer(plain):
            if 8 <= sum(letter.isdigit() for letter in match[0]) <= 14:
                yield match.span()


_EMAIL = re.compile(r"[\w.+-]{1,64}(?:@| ?\(at\) ?| ?\[at\] ?)[\w-]+(?:\.[\w-]+)+")


def _emails(_plain: str, text: str) -> Iterator[Stretch]:
    yield from (match.span() for match in _EMAIL.finditer(text))


# ── dates of birth ──────────────────────────────────────────────────────────────────────────────

_MONTH = r"(?:\d{1,2}|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:(?:ngay |mung |mong )*\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?{_YEAR}"
    rf"|(?:(?:ngay |mung |mong |ram )*(?:\d{{1,2}} )?thang )?{_MONTH}(?: ?[/-] ?| nam ){_YEAR}"
    rf"|(?:(?:ngay |mung |mong )*\d{{1,2}}|ram) thang {_MONTH} nam (?:{_YEAR}|\w+ \w+)|{_YEAR})"
)
_BORN = re.compile(
    r"(?:\b(?:sinh)(?: nhat)?(?: (?:ngay|nam|thang|vao|khoang|luc))*|\bngay(?:,? thang)?(?:,? nam)? sinh"
    r"|\bnam sinh|\bsn\b|\bns\b)"
    rf"\s*(?:[:.,]|la|cua \w+ la|\))?\s*(?:la |vao )?(?P<it>{_DATE})(?! ?(?:den|tro di|-|–) ?\d)(?!\d)"
)
_MORE_YEARS = re.compile(rf"(?:,| va| hoac|[^.\n]{{0,12}} phai la)\s+(?P<it>{_YEAR})(?!\d)")
_NAMED_DATE = re.compile(
    rf"(?P<name>(?:[\w'’]+\s){{2,4}})\s*(?:–|-|,|\()\s*(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR})(?!\d)"
)
_GROUP = re.compile(r"\b(?:the he|do tuoi|nhom tuoi)\b|\bsinh (?:tu|sau|truoc)\b")
_ANIMAL = re.compile(r"\b(?:be|bo|nghe|trau|lon|de|ga|vit|dan|lua|cay|giong) $")


def _births(plain: str, text: str) -> Iterator[Stretch]:
    for match in _BORN.finditer(plain):
        if _ANIMAL.search(plain[: match.start()]) or _GROUP.search(
            plain[max(0, match.start() - 30) : match.start("it") + 4]
        ):
            continue
        yield match.span("it")
        at = match.end()
        while more := _MORE_YEARS.match(plain, at):
            yield more.span("it")
            at = more.end()
    for match in _NAMED_DATE.finditer(text):
        if _names_somebody(match["name"]):
            yield match.span("it")


# ── addresses ───────────────────────────────────────────────────────────────────────────────────

_SURNAME_LIST = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh mai lâm trịnh đoàn tô tạ hà chu "
    "lương triệu giàng vàng sùng lò hứa nông ma bế lục sầm mã thào cầm quàng lường kim thạch châu sơn danh kpă "
    "niê rơ a y đào cao thân tống trương vi la ksor rmah siu blang hờ chẩu tòng điêu âu bạch ninh phùng vương "
    "quách khuất đàm tăng từ thái "
)
_SURNAMES = frozenset(_SURNAME_LIST.split())


def _names_somebody(text: str) -> bool:
    """Whether a surname and one more capitalised word stand in a row."""
    words = re.findall(r"[\w'’]+", text)
    return any(a.lower() in _SURNAMES and a[0].isupper() and b[0].isupper() for a, b in pairwise(words))


_UNIT = (
    r"(?:thôn|xóm|ấp|khóm|buôn|bản|làng|sóc|plei|tổ dân phố|tdp|khu phố|tổ|khu|ngõ|ngách|hẻm|kiệt|đường|phố"
    r"|đại lộ|quốc lộ"
    r"|bờ kè|bến|cụm|đội|chung cư)"
)
_HOUSE = r"(?:(?:số nhà|nhà số|nhà|số|căn hộ|căn|lô|phòng|tầng|kiốt)\s+)?\d+\w?(?:[/.-]\w+)*"
_BIGGER = (
    rf"(?:,\s(?:{_UNIT}|số|\d|tòa|tầng|xã|phường|thị trấn|khu|chung cư|huyện|quận|thành phố|tỉnh"
    rf"|ktx)\s?[^,;.()\n]{{1,40}})*"
)
_STRONG = (
    r"(?:thường trú|tạm trú|hộ khẩu|(?:chỗ|nơi) ở(?: hiện (?:nay|tại))?|nơi cư trú|\bcư trú"
    r"|trú quán|\btrú tại|\bngụ tại"
    r"|địa chỉ(?: nhà| liên hệ)?|nhà riêng[^.\n,;]{0,25}? ở)(?: tại| ở| đang ở| hiện ở)*\s*[:.]?\s*"
)
"""Words that say by themselves that a home follows."""
_WEAK = r"(?:\bở|\bnhà ở|\bnhà|\btới|\bcho (?:chị|anh|ông|bà|cô) \w+,)\s*"
"""Words before a home, and before much else: somebody must be named just before, or a number of theirs stand beside."""
_PLACE = (
    rf"(?:(?:số nhà|nhà số|nhà trọ|nhà ông|nhà bà|nhà|căn hộ|căn|lô|số|sát \w+,)\s[^,;.()\n]{{1,40}}"
    rf"|{_HOUSE}\s[^,;.()\n]{{2,40}}"
    rf"|{_UNIT}\s[^,;.()\n]{{1,40}})"
)
_FREE_PLACE = rf"(?:{_HOUSE}\s(?:{_UNIT}\s)?|(?:số nhà|lô|căn hộ|nhà|nhà trọ)\s|{_UNIT}\s)[^,;.()\n]{{1,40}}"
_ENDS = (
    r"\s(?:đề nghị|xin|kính|để|gửi|và|là|nộp|được|đang|bị|có|nay|chưa|đã|liên hệ|sđt|số điện thoại|điện thoại"
    r"|cccd|cmnd|gặp|hoặc"
    r"|muốn|đến|cho|từ|vì|nhưng|hay|khi|không)\s.*$"
)
_OFFICES = (
    r"(?:trụ sở|cơ quan|trường |trạm |bệnh viện|ủy ban|ubnd|công ty|văn phòng|phòng khám|nhà văn hóa|trung tâm"
    r"|tài sản|sự cố"
    r"|công trình|thửa|tuyến|cửa hàng|chợ |đình |chùa |hội trường|chi nhánh|địa điểm|hợp tác xã|tập trung"
    r"|cuộc họp|sạt lở)"
    r"[^.;\n]{0,40}$"
)
_OWN_HOME = (
    rf"^{_UNIT}\s(?!(?:\||\d+ (?:người|hộ|thành viên)))|^(?:số nhà|nhà số|lô|căn hộ|căn|số) \d"
    r"|^nhà (?:\d|trọ|ông|bà)|^sát "
    rf"|^\d+\w?(?:/\w+)* (?:{_UNIT}|quốc lộ|tỉnh lộ|bến)|^\d+/\w+ "
)
_NO_HOME = r"(?:tổ|bản|lô|số|khu|đội) (?:chức|trưởng|báo|sao|sánh|tiền|lượng|vực|phó|cáo|vắc)"
_NO_PLACE = (
    r"(?:\d+\s(?:giờ|phút|độ|ngày|tháng|thôn|xã|phường|khu phố|hộ|người|điểm|nhà|tổ|lớp|đơn vị|máy)\b|nhà văn hóa\b"
    r"|bản (?:cũ|mới|cuối)\b)"
)
"""What is a home by its first words, and what only looks like one ("tổ chức", "bản báo cáo")."""


@cache
def _pattern(rule: str, marked: bool) -> re.Pattern[str]:
    """A rule written with diacritics; for a text typed without any, its Vietnamese letters are folded."""
    return re.compile(rule if marked else fold(rule).replace("(?p<", "(?P<"))


def _addresses(_plain: str, text: str) -> Iterator[Stretch]:
    low, marked = text.lower(), has_marks(text)
    office, ends = _pattern(_OFFICES, marked), _pattern(_ENDS, marked)
    rules = (
        (_pattern(rf"{_STRONG}(?P<it>{_PLACE}{_BIGGER})", marked), True),
        (_pattern(rf"{_WEAK}(?P<it>{_FREE_PLACE}{_BIGGER})", marked), False),
        (_pattern(rf"(?:(?<=, )|(?<= – )|(?<= - ))(?P<it>{_FREE_PLACE}{_BIGGER})", marked), False),
    )
    for pattern, strong in rules:
        for match in pattern.finditer(low):
            start, end = match.span("it")
            place = low[start:end]
            end -= len((ends.search(place) or [""])[0])
            home = _pattern(_OWN_HOME, marked).match(place) and not any(
                _pattern(rule, marked).match(place) for rule in (_NO_HOME, _NO_PLACE)
            )
            telling = re.search(r"\d", low[start:end]) or _capital_inside(text[start:end]) or text == low
            if not home or not telling or office.search(low[max(0, match.start() - 60) : start]):
                continue
            if strong or _of_somebody(text, low, match.start(), end):
                yield start, end


def _of_somebody(text: str, low: str, start: int, end: int) -> bool:
    """Whether a person is named just before a place, or a number of theirs stands in the same line beside it."""
    line = text.rfind("\n", 0, start) + 1
    before, after = text[max(line, start - 70) : start], re.split(r"[\n.]", text[end : end + 60])[0]
    name = re.search(r"(?:[^\W\d_][\w'’]*\s){1,4}[^\W\d_][\w'’]*[^.;\n]{0,45}$", before)
    beside = fold(f"{before}{after}")
    number = any(len(digits) >= 9 for *_, digits, _groups in _runs(beside))
    speaks = re.search(r"\b(?:toi ten|ten la|so dien thoai|sdt|dien thoai|lien he)\b", beside)
    return bool((name and _names_somebody(name[0])) or number or speaks)


def _capital_inside(words: str) -> bool:
    return any(word[:1].isupper() for word in words.split()[1:])


_MASK = re.compile(r"\[([A-Z_]+)_(\d{1,4})\]")

FORMS = (
    Form("CCCD", "số định danh", _cards),
    Form("BHXH", "mã số bảo hiểm", _insurance),
    Form("CMND", "số chứng minh nhân dân", _old_cards),
    Form("TK", "số tài khoản ngân hàng", _accounts),
    Form("EMAIL", "địa chỉ thư điện tử", _emails, Level.ACTIONABLE),
    Form("SDT", "số điện thoại", _phones),
    Form("NGAY_SINH", "ngày sinh", _births, Level.ACTIONABLE),
    Form("DIA_CHI", "địa chỉ nhà", _addresses, Level.ACTIONABLE),
)
"""In the order of precedence."""


def find_personal(text: str) -> tuple[Personal, ...]:
    """Personal data in order, without overlap."""
    folded = fold_with_origin(text)
    taken: list[tuple[int, int, Form]] = []
    for form in FORMS:
        for start, end in form.find(folded.text, text):
            if form.find not in (_emails, _addresses):
                start, end = folded.span(start, end)
            if start < end and not any(left < end and start < right for left, right, _ in taken):
                taken.append((start, end, form))
    masks: dict[tuple[str, str], str] = {}
    used: dict[str, int] = {}
    for given in _MASK.finditer(text):  # what is masked already keeps its number
        used[given[1]] = max(used.get(given[1], 0), int(given[2]))
    found: list[Personal] = []
    for start, end, form in sorted(taken, key=lambda item: item[0]):
        value = re.sub(r"[\s.()-]", "", text[start:end]).lower() if form.mask != "EMAIL" else text[start:end].lower()
        number = used.get(form.mask, 0) + sum(1 for kind, _ in masks if kind == form.mask) + 1
        mask = masks.setdefault((form.mask, value), f"[{form.mask}_{number}]")
        found.append(Personal(form.mask, start, end, text[start:end], mask))
    return tuple(found)


def masked(text: str) -> str:
    """The text with every piece of personal data replaced by its mask."""
    pieces, at = list[str](), 0
    for one in find_personal(text):
        pieces += [text[at : one.start], one.mask]
        at = one.end
    return "".join([*pieces, text[at:]])
