"""Text → findings: how the body is numbered, how it cites, who signs, what is capitalised, what was left by mistake.

``examine`` looks at the form of a document, this module at the words inside the parts. A rule that only a dictionary of
persons or places could decide takes the cases that are beyond doubt and lets the others pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from service.nd30.body import DIVISION, GROUND, ORDER, is_caps
from service.nd30.findings import finding
from service.nd30.kinds import KINDS, Kind
from service.nd30.parts import Found, Outline, Part
from service.nd30.pieces import SURNAMES, bodies_of
from service.records import Finding, Level
from service.text import fold, normalise_tone

_TYPES = (
    "Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Công văn|Kế hoạch|Thông báo|Tờ trình|Báo cáo|"
    "Công điện|Hướng dẫn|Chương trình"
)
_NUMBER = r"\d+(?:/\d{4})?/[A-ZĐ][\wĐđ.-]*"
_L = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
_U = _L.upper()
_INSIDE = rf"[{_L},;] "  # what stands before a word inside a sentence


def _words(words: str, before: str = r"\b") -> str:
    """A pattern of words, each asking for what stands before it after its own letters.

    The patterns of this module run over whole documents: one that begins with plain letters lets the engine leap from
    one candidate to the next, one that begins with ``\\b`` or a look behind tries every letter.
    """
    return rf"(?:{'|'.join(f'{word}(?<={before}{word})' for word in words.split('|'))})"


def wording(found: Outline, kind: Kind, mode: str) -> tuple[Finding, ...]:
    """Everything this module has to say of a document of this kind."""
    body = found.all(Part.BODY)
    return tuple(
        item
        for group in (
            _bodies(found),
            _decision(found, kind),
            _citations(found, body),
            _numbering(body),
            _attachments(found),
            _signing(found, kind),
            _marks(found),
            _sentences(found, body),
            _literal(found),
            _two_tiers(found),
            _lint(found),
        )
        for item in group
    )


def _in(item: Found, match: re.Match[str], group: int | str = 0) -> Found:
    """The stretch of a component that a pattern matched in its text."""
    return Found(item.part, match[group], item.start + match.start(group), item.start + match.end(group))


def _told(
    rule: str, title: str, at: Sequence[Found], expected: str = "", level: Level | None = None, seen: str = ""
) -> list[Finding]:
    """One finding for all the places, none for none."""
    return [finding(rule, title, at[0].part, at, expected=expected, level=level, seen=seen)] if at else []


# ── head ────────────────────────────────────────────────────────────────────────────────────────

_UNNAMED_UNIT = re.compile(
    r"(?:UBND|HĐND|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) (?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN)"
)
_COMMITTEE = re.compile(r"ỦY BAN NHÂN DÂN|UBND")
_OWN_LETTERS = re.compile(r"VĂN PHÒNG|HỘI ĐỒNG|BAN |TỔ |\[")  # bodies whose letters follow no plain pattern


def _bodies(found: Outline) -> Iterator[Finding]:
    """ND30-21, the place in the name of a local superior body; ND30-29, the body's letters in the ký hiệu."""
    groups = bodies_of(found.all(Part.ISSUER))
    for group in groups[:-1]:
        words = normalise_tone(" ".join(item.text for item in group))
        if _UNNAMED_UNIT.fullmatch(" ".join(words.split())):
            yield from _told("ND30-21", "Tên cơ quan chủ quản chưa có tên địa phương.", group, f"{words} …")
    sign = found.first(Part.SIGN)
    names = [normalise_tone(" ".join(item.text for item in group)) for group in groups]
    if sign is None or not names or any(map(_OWN_LETTERS.match, names)) or "[" in sign.text:
        return
    committee = bool(_COMMITTEE.match(names[-1]))
    if committee and "UB" not in sign.text or (not committee and "UBND" in re.split(r"[-/]", sign.text)):
        expected = "UBND" if committee else "chữ viết tắt tên cơ quan ban hành"
        yield from _told("ND30-29", "Ký hiệu chưa khớp với tên cơ quan ban hành.", [sign], expected)


def _marks(found: Outline) -> Iterator[Finding]:
    """ND30-78, papers that must not be here at all; ND30-79, papers for internal use."""
    for item in found.all(Part.MARK):
        words = fold(item.text)
        if "mat" in words.split():
            yield from _told("ND30-78", f"Văn bản có dấu “{item.text}”.", [item], "không đưa văn bản mật vào máy này")
        elif "luu hanh" in words or "tra lai" in words:
            yield from _told("ND30-79", f"Văn bản có chỉ dẫn “{item.text}”.", [item])


# ── decisions, citations ────────────────────────────────────────────────────────────────────────

_CITED = re.compile(rf"(?P<type>{_TYPES})\s+(?:số\s+)?(?P<number>{_NUMBER})")
_BARE_NUMBER = re.compile(rf"(?:{_TYPES})\s+(?={_NUMBER})\d\S*")
_FULL = re.compile(rf"(?:{_TYPES})\s+số\s+(?P<number>{_NUMBER})\s+ngày\s+\d.{{0,40}}?\bcủa\b")
_LAW = re.compile(r"\b(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\b")


def _decision(found: Outline, kind: Kind) -> Iterator[Finding]:
    """ND30-53: authority line, căn cứ, «QUYẾT ĐỊNH:», Điều 1 … in this order."""
    if not kind.order:
        return
    body = found.all(Part.BODY)
    order = next((n for n, item in enumerate(body) if ORDER.fullmatch(item.text)), None)
    articles = [n for n, item in enumerate(body) if re.match(r"Điều \d", item.text)]
    grounds = [n for n, item in enumerate(body) if GROUND.match(item.text) and item.text[-1] in ";.,"]
    at = body[:1]
    if order is None:
        yield from _told("ND30-53", f"Chưa có dòng “{kind.order}” trước các điều.", at, kind.order)
    elif not body[order].text.endswith(":") or not is_caps(body[order].text):
        yield from _told("ND30-53", f"Dòng “{kind.order}” chưa đúng cách ghi.", [body[order]], kind.order)
    elif not articles:
        yield from _told("ND30-53", f"Sau “{kind.order}” chưa có “Điều 1.”.", [body[order]], "Điều 1. …")
    elif articles[0] < order or (grounds and grounds[0] > order):
        yield from _told("ND30-53", "Căn cứ, dòng quyết định và các điều chưa đúng thứ tự.", [body[order]])
    elif not is_caps(body[0].text):
        yield from _told("ND30-53", "Trên căn cứ chưa có dòng thẩm quyền ban hành.", at, "CHỦ TỊCH ỦY BAN NHÂN DÂN …")


def _citations(found: Outline, body: Sequence[Found]) -> Iterator[Finding]:
    """ND30-50 to 52 and X6: what is cited, once in full, afterwards by kind and number."""
    grounds = [item for item in body if GROUND.match(item.text) and item.text[-1] in ";."]
    short = [
        item
        for item in grounds
        if item.text.startswith("Căn cứ")
        and (cited := _CITED.search(item.text))
        and not re.search(r"\bngày\b.*\bcủa\b", item.text[cited.end() :])
    ]
    bare = [item for item in grounds if _LAW.search(item.text) and not re.search(r"\d", item.text)]
    yield from _told(
        "ND30-50", "Căn cứ chưa ghi đủ số, ngày, cơ quan ban hành.", short + bare, "… số … ngày … của … về …"
    )
    seen: set[str] = set()
    again: list[Found] = []
    for item in found.matches(_FULL, Part.BODY):
        if matched := _FULL.fullmatch(item.text):
            (again.append(item) if matched["number"] in seen else seen.add(matched["number"]))
    yield from _told("ND30-51", "Văn bản đã viện dẫn đủ ở trên, từ lần sau chỉ ghi tên loại và số.", again)
    yield from _told(
        "ND30-52", "Giữa tên loại và số chưa có chữ “số”.", list(found.matches(_BARE_NUMBER, Part.BODY)), "… số …"
    )
    wrong = [item for item in found.matches(_CITED, Part.BODY) if not _fits(item.text)]
    yield from _told("ND30-X6", "Số, ký hiệu viện dẫn không khớp với tên loại.", wrong)


_CITED_SIGNS = {kind.name: (kind.abbreviation,) for kind in KINDS if kind.abbreviation} | {
    "Nghị định": ("NĐ",),
    "Thông tư": ("TT", "TTLT"),
    "Thông tư liên tịch": ("TTLT",),
    "Nghị quyết": ("NQ", "QH", "UBTVQH"),
}


def _fits(words: str) -> bool:
    """True unless the ký hiệu names another kind than the words before it."""
    cited = _CITED.fullmatch(words)
    if cited is None:
        return True
    signs = _CITED_SIGNS.get(cited["type"])
    first = re.sub(r"\d+$", "", re.split(r"[/-]", re.sub(r"^\d+/(?:\d{4}/)?", "", cited["number"]))[0])
    return signs is None or first in signs


# ── numbering ───────────────────────────────────────────────────────────────────────────────────

_POINTS = "abcdđeghiklmnopqrstuvxy"
_ARTICLE = re.compile(r"Điều (\d+)[.:)]")
_CLAUSE = re.compile(r"(\d{1,2})\.\s")
_POINT = re.compile(r"([a-zđ])\)\s")
_ROMAN = re.compile(r"([IVX]+)\.\s")
_MISNUMBERED = re.compile(
    r"(?:Phần|Chương) \d+\b(?! của| Luật| Nghị)|(?:Mục|Tiểu mục|Điều) (?:[IVX]+)\b[.:]?|Điều \d+[:)/-]|\d{1,2}[)/]\s|"
    r"[a-zđ]/\s"
)
_FOREIGN_NUMBER = re.compile(r"\d+(?:\.\d+)+\.?\s|[a-zđ]\.\s|\([a-zđ0-9]{1,2}\)\s|\+\s")
_ANY = -1  # after a heading any number may come next
_ROMANS = {"I": 1, "V": 5, "X": 10}


def _numbering(body: Sequence[Found]) -> Iterator[Finding]:
    """ND30-54 to 57."""
    wrong = [_in(item, match) for item in body if (match := _MISNUMBERED.match(item.text))]
    yield from _told("ND30-54", "Số thứ tự chưa đúng kiểu của phần, chương, mục, điều, khoản, điểm.", wrong)
    bare = [
        item
        for item, below in zip_longest(body, body[1:])
        if DIVISION.fullmatch(item.text) and (below is None or not is_caps(below.text) or ORDER.fullmatch(below.text))
    ]
    yield from _told("ND30-55", "Phần, chương, mục chưa có tiêu đề.", bare, "tiêu đề in hoa ở dòng dưới")
    yield from _told("ND30-56", "Số thứ tự không liên tục.", list(_broken(body)))
    strange = [_in(item, match) for item in body if (match := _FOREIGN_NUMBER.match(item.text))]
    yield from _told("ND30-57", "Cách đánh số này không có trong Nghị định.", strange, "1. … a) …")


def _broken(body: Sequence[Found]) -> Iterator[Found]:
    """Numbers that do not follow on from the one before; a level begins anew under each number above it."""
    last = {"article": 0, "roman": 0, "clause": 0, "point": 0}
    for item in body:
        for level, pattern in (("article", _ARTICLE), ("roman", _ROMAN), ("clause", _CLAUSE), ("point", _POINT)):
            if match := pattern.match(item.text):
                here = _value(level, match[1])
                below = list(last)[list(last).index(level) + 1 :]
                anew = here == 1 and level != "article"
                if last[level] not in (here - 1, _ANY) and not anew:
                    yield _in(item, match)
                last[level] = here
                last.update(dict.fromkeys(below, 0))
                break
        if DIVISION.match(item.text):
            last.update(roman=_ANY, clause=_ANY, point=_ANY)


def _value(level: str, written: str) -> int:
    if level == "point":
        return _POINTS.find(written) + 1
    if level != "roman":
        return int(written)
    values = [_ROMANS[letter] for letter in written]
    return sum(-one if one < two else one for one, two in zip(values, (*values[1:], 0), strict=True))


def _attachments(found: Outline) -> Iterator[Finding]:
    """ND30-63: an attachment is spoken of in the body."""
    heads = found.all(Part.APPENDIX)
    words = " ".join(item.text for item in found.all(Part.BODY, Part.SUBJECT)).casefold()
    if heads and not re.search(r"phụ lục|kèm theo|đính kèm|gửi kèm", words):
        yield from _told(
            "ND30-63", "Nội dung chưa nhắc đến phụ lục kèm theo.", heads[:1], "(chi tiết tại Phụ lục kèm theo)"
        )


# ── signing ─────────────────────────────────────────────────────────────────────────────────────

_ONE_DEGREE = (
    r"(?:(?:PGS|GS|TSKH|TS|ThS|Ths|BS|CKII?|KS|CN|LS|NGƯT|NSƯT)(?:\.|(?=[\s,–-]))|(?:Thạc|Tiến|Bác|Kỹ|Luật|Cử) \w+\b)"
)
_DEGREE = re.compile(rf"{_ONE_DEGREE}(?:[\s,–-]*{_ONE_DEGREE})*")
_DEGREES_WELCOME = re.compile(
    r"CÔNG AN|QUÂN SỰ|BIÊN PHÒNG|TRƯỜNG|HỌC VIỆN|ĐẠI HỌC|BỆNH VIỆN|Y TẾ|GIÁO DỤC|KHOA HỌC|VIỆN "
)
_SCHOOLS_AND_HOSPITALS = re.compile(r"TRƯỜNG|HỌC VIỆN|ĐẠI HỌC|BỆNH VIỆN|VIỆN ")  # and the units below them
_HEADED = re.compile(r"(?:SỞ|PHÒNG|CHI CỤC|CỤC|TRUNG TÂM|VĂN PHÒNG|BỘ|TRƯỜNG|BAN QUẢN LÝ)\b")


def _signing(found: Outline, kind: Kind) -> Iterator[Finding]:
    """ND30-66, 67, 69 and 70."""
    lines = found.all(Part.AUTHORITY)
    groups = bodies_of(found.all(Part.ISSUER))
    issuer = normalise_tone(" ".join(item.text for item in groups[-1])) if groups else ""
    collective = [item for item in lines if item.text.startswith("TM.")]
    office = next(iter(found.all(Part.BODY)), None) if kind.order else None
    if (
        collective
        and _HEADED.match(issuer)
        and not re.match(r"TM\. (?:BAN|HỘI ĐỒNG|TỔ|ĐOÀN|CHI BỘ|ĐẢNG)", collective[0].text)
    ):
        yield from _told("ND30-66", "Cơ quan làm việc theo chế độ thủ trưởng không ký “TM.”.", collective)
    elif collective and office and re.match(r"(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH)\b", office.text):
        yield from _told("ND30-66", "Văn bản của người đứng đầu không ký “TM.”.", collective)
    passed_on = [item for item in lines if item.text.startswith("KT.")]
    if any(item.text.startswith("TUQ.") for item in lines):
        yield from _told("ND30-67", "Người được ủy quyền không ủy quyền tiếp hoặc để cấp phó ký thay.", passed_on)
    above = normalise_tone(" ".join(item.text for group in groups[:-1] for item in group))
    if not _DEGREES_WELCOME.search(issuer) and not _SCHOOLS_AND_HOSPITALS.search(above):
        titled = [_in(item, match) for item in found.all(Part.SIGNER) if (match := _DEGREE.match(item.text))]
        bare = _DEGREE.sub("", found.all(Part.SIGNER)[0].text).strip(" ,–-") if titled else ""
        yield from _told("ND30-69", "Trước họ tên người ký có học hàm, học vị.", titled, bare)
    yield from _told("ND30-70", "Dòng ghi chú về chữ ký không thuộc bản chính.", found.all(Part.NOTE))


# ── capital letters ─────────────────────────────────────────────────────────────────────────────

_SMALL_AFTER_STOP = re.compile(rf"[.!?](?<![{_U}.…].)(?<!\bv\.v.)(?<!\b[Tt]t.)(?<!\d.) +(?P<at>[{_L}]\w*)")
_SMALL_START = re.compile(rf"(?![a-zđ][.)/] ?)[{_L}]\w*")
_EVENTS = "Điện Biên Phủ|Ba Đình|Thống Nhất|Giải Phóng|Cách Mạng|Hai Bà|Bà Triệu|Quang Trung|Tự Do|Đoàn"
_FIELDS = "Tài chính|Nội vụ|Xây dựng|Tư pháp|Y tế|Công Thương|Khoa học|Giáo dục|Nông nghiệp|Văn hóa|Ngoại giao|Dân tộc"
_WRONG_FIELDS = (
    "Tài Chính|Nội Vụ|Xây Dựng|Tư Pháp|Y Tế|Công thương|Khoa Học|Giáo Dục|Nông Nghiệp|Văn Hóa|Ngoại Giao|Dân Tộc"
)
_OF_STATE = (  # before which «nhà nước» and «nhân dân» keep a small letter, as in the decree's own sentences
    "bí mật|doanh nghiệp|quản lý|tổ chức|ngân sách|công ty|lưu trữ|cơ quan|kho bạc|ngân hàng|hành chính|vốn|tài sản|"
    "bộ máy|đầu tư|thanh tra|kiểm toán|công vụ|sở hữu|lĩnh vực|pháp luật|ủy ban|hội đồng|công an|quân đội|tòa án|"
    "kiểm sát|nhà giáo|nghệ sĩ|thầy thuốc|quân|quốc phòng toàn dân|an ninh|quỹ tín dụng|chiến tranh|dân sự|hợp tác|"
    "thị trường|từ"
)

_LITERAL: tuple[tuple[str, str, str, re.Pattern[str]], ...] = (  # rule, title, expected, pattern
    (
        "ND30-86",
        "Tên người chưa viết hoa đủ các chữ.",
        "ông Nguyễn Văn A",
        re.compile(
            rf"(?:ông|bà|đồng chí|Ông|Bà|Đồng chí) (?:{SURNAMES}) (?:văn|thị|hữu|đình|đức|xuân|ngọc|minh|thanh)\b"
        ),
    ),
    (
        "ND30-87",
        "Danh từ chung chỉ đơn vị hành chính viết thường.",
        "tỉnh Quảng Trị, xã Triệu Phong",
        re.compile(
            _words("Tỉnh|Huyện|Xã|Phường|Quận|Đặc khu|Thị xã|Thị trấn", _INSIDE)
            + rf" (?!(?:{_EVENTS})\b)(?!(?:{SURNAMES})\b)[{_U}][{_L}]+"
        ),
    ),
    (
        "ND30-88",
        "“Thủ đô Hà Nội”, “Thành phố Hồ Chí Minh” viết hoa cả danh từ chung.",
        "Thủ đô Hà Nội; Thành phố Hồ Chí Minh",
        re.compile(r"thủ đô Hà Nội|thành phố Hồ Chí Minh"),
    ),
    (
        "ND30-90",
        "Tên vùng, miền viết hoa tất cả các chữ.",
        "Tây Bắc, Đông Nam Bộ, Tây Nguyên",
        re.compile(_words("Tây bắc|Tây nam|Tây nguyên|Đông bắc|Đông nam|Bắc bộ|Nam bộ|Trung bộ") + r"\b"),
    ),
    (
        "ND30-91",
        "Tên cơ quan viết hoa chữ đầu của từng cụm từ.",
        "Ủy ban nhân dân; Sở Tài chính",
        re.compile(
            _words("Uỷ Ban|Ủy Ban|Uy Ban|Hội Đồng|Sở|Bộ|sở|bộ")
            + rf" (?:(?<=(?:Ban|ồng) )Nhân Dân|(?<=[SB]. )(?:{_WRONG_FIELDS})\b|(?<=[sb]. )(?:{_FIELDS})\b)"
        ),
    ),
    (
        "ND30-92",
        "“Nhân dân”, “Nhà nước” đứng riêng thì viết hoa.",
        "Nhân dân; Nhà nước",
        re.compile(_words("nhà nước|nhân dân", r"[^\S\n]") + r"(?=[\s,.;])"),
    ),
    (
        "ND30-95",
        "Tên loại của một văn bản cụ thể viết hoa chữ đầu.",
        "Nghị định số …",
        re.compile(rf"{_words(_TYPES.lower(), _INSIDE)} số {_NUMBER}"),
    ),
    (
        "ND30-96",
        "Viện dẫn một văn bản cụ thể thì viết hoa Phần, Chương, Mục, Điều; viết thường khoản, điểm.",
        "điểm a khoản 2 Điều 5",
        re.compile(
            rf"điều(?<=\bđiều)(?<!các điều) \d+\b|chương(?<=\bchương)(?<!các chương) [IVX]+\b|"
            rf"{_words('Khoản', _INSIDE)} \d+\b|{_words('Điểm', _INSIDE)} [a-zđ]\b"
        ),
    ),
    (
        "ND30-97",
        "Thứ trong tuần viết bằng chữ thì viết hoa.",
        "thứ Hai",
        re.compile(
            r"thứ(?:(?<=sáng thứ)|(?<=chiều thứ)|(?<=tối thứ)) (?:hai|ba|tư|năm|sáu|bảy)\b|"
            r"thứ(?<=\bthứ) (?:hai|ba|tư|năm|sáu|bảy)(?=,? ngày \d| h[àằ]ng tuần)"
        ),
    ),
)
_KEPT_SMALL = re.compile(rf"(?:{_OF_STATE})$", re.IGNORECASE)


def _sentences(found: Outline, body: Sequence[Found]) -> Iterator[Finding]:
    """ND30-85: a capital after a full stop and at the beginning of a paragraph."""
    small = list(found.matches(_SMALL_AFTER_STOP, Part.BODY, group="at"))
    small += [_in(item, match) for item in body if (match := _SMALL_START.match(item.text))]
    yield from _told("ND30-85", "Đầu câu, đầu dòng chưa viết hoa.", small)


def _literal(found: Outline) -> Iterator[Finding]:
    for rule, title, expected, pattern in _LITERAL:
        at = [
            item
            for item in found.matches(pattern, Part.BODY, plain=True)
            if rule != "ND30-92" or not _KEPT_SMALL.search(found.plain, max(0, item.start - 30), item.start - 1)
        ]
        yield from _told(rule, title, at, expected)


# ── lint ────────────────────────────────────────────────────────────────────────────────────────

_DATED = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_TWO_TIERS = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương số 72/2025/QH15, Điều 1
_OLD_UNIT = re.compile(rf"{_words('huyện|quận|thị xã|thị trấn')} [{_U}][{_L}]+(?: [{_U}][{_L}]+)*")
_BYGONE = re.compile(r"\bcũ\b|trước (?:đây|ngày|khi)|nguyên (?:là|thuộc)|sáp nhập|sắp xếp|chuyển từ", re.IGNORECASE)

_SPACES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (  # what has to be there at all, and where it is wrong
    (("  ",), re.compile(r"(?<=\S)(?<!^[-–•·+*]) {2,}(?=\S)", re.MULTILINE)),
    ((" ,", " ;", " :", " ."), re.compile(r"(?<=\w) +[,;:.](?=\s|$)")),
    ((",", ";"), re.compile(rf"[,;](?<=[{_L}].)(?=[{_U}{_L}])")),
    ((".",), re.compile(rf"\.(?<=[{_L}]{{2}}.)(?=[{_U}][{_L}]+ )")),
)
_WORD_BEFORE, _WORD_AFTER = re.compile(r"\S+\s?\Z"), re.compile(r"\s?\S+")
_ADDRESS = re.compile(r"\S*(?:www\.|://|@)\S*")
_OPEN_PAIR = re.compile(r"(?:[oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ]|[òóỏõọÒÓỎÕỌ][aeAE]|[ùúủũụÙÚỦŨỤ][yY])(?!\w)")
# Frequent misspellings; most were gathered by the project chuan-hoa-the-thuc of tiennnict (CC BY 4.0).
_MISSPELT = {
    "sử lý": "xử lý",
    "trau giồi": "trau dồi",
    "chau dồi": "trau dồi",
    "trỉ huy": "chỉ huy",
    "xuất xắc": "xuất sắc",
    "sáng lạng": "xán lạn",
    "khúc triết": "khúc chiết",
    "câu truyện": "câu chuyện",
    "trân thành": "chân thành",
    "tựu chung": "tựu trung",
    "giao động": "dao động",
    "rông rãi": "rộng rãi",
    "chia sẽ": "chia sẻ",
    "cọ sát": "cọ xát",
    "vô hình chung": "vô hình trung",
    "sẩy ra": "xảy ra",
    "trồng chéo": "chồng chéo",
    "trọng vẹn": "trọn vẹn",
    "bổ xung": "bổ sung",
    "xử dụng": "sử dụng",
    "xắp xếp": "sắp xếp",
    "xúc tích": "súc tích",
    "năng xuất": "năng suất",
    "tham quang": "tham quan",
    "đề suất": "đề xuất",
    "kiễm tra": "kiểm tra",
    "hổ trợ": "hỗ trợ",
}
_MARKDOWN = re.compile(
    r"[*`#\U0001f300-\U0001faff\u2705\u274c\u2728](?:(?<=\*)\*|(?<=`)``|(?<=^#)#{0,5} |(?<![*`#]))", re.MULTILINE
)


def _two_tiers(found: Outline) -> Iterator[Finding]:
    """ND30-X7: a district named as if it were still there, in a document of after 1 July 2025."""
    line = found.first(Part.PLACE_DATE)
    dated = _DATED.search(line.text) if line else None
    if dated is None or (int(dated[3]), int(dated[2]), int(dated[1])) < _TWO_TIERS.timetuple()[:3]:
        return
    at = [
        item
        for item in found.matches(_OLD_UNIT, Part.BODY)
        if not _BYGONE.search(found.text, max(0, item.start - 40), item.end + 15)
    ]
    yield from _told("ND30-X7", "Văn bản nhắc đến cấp huyện như một cấp hiện có.", at, "xã, phường, đặc khu")


_PROSE = (Part.SUBJECT, Part.ABOUT, Part.ADDRESSEE, Part.BODY, Part.APPENDIX_BODY)


def _lint(found: Outline) -> Iterator[Finding]:
    """ND30-X1 to X4."""
    gaps = [
        item
        for hints, pattern in _SPACES
        if any(hint in found.text for hint in hints)
        for item in found.matches(pattern, *_PROSE)
        if not _in_address(found.text, item.start)
    ]
    gaps.sort(key=lambda gap: gap.start)
    seen = _between_words(found.text, gaps[0]) if gaps else ""
    yield from _told("ND30-X1", "Khoảng trắng thừa hoặc thiếu quanh dấu câu.", gaps, seen=seen)
    yield from _told("ND30-X2", "Dấu thanh đặt theo hai kiểu trong một văn bản.", _in_the_rarer_way(found))
    typos = sorted(_typos(found), key=lambda typo: typo.start)
    known = "; ".join(dict.fromkeys(_MISSPELT[typo.text.lower()] for typo in typos))
    yield from _told("ND30-X3", "Có chữ viết sai chính tả.", typos, known)
    left = list(found.matches(_MARKDOWN, *_PROSE, Part.TITLE, Part.AUTHORITY, Part.RECIPIENT))
    yield from _told("ND30-X4", "Còn dấu vết của câu trả lời do máy viết.", [*found.all(Part.CHAT), *left])


def _between_words(text: str, gap: Found) -> str:
    """A gap with the words at its sides, its blanks such as no page runs together."""
    before, after = _WORD_BEFORE.search(text, max(0, gap.start - 40), gap.start), _WORD_AFTER.match(text, gap.end)
    words = f"{before[0] if before else ''}{gap.text}{after[0] if after else ''}"
    return re.sub(" {2,}", lambda blanks: "\u00a0" * len(blanks[0]), words.strip())


def _in_address(text: str, at: int) -> bool:
    """True inside a web or mail address."""
    start = max(text.rfind(blank, 0, at) for blank in " \t\n") + 1
    return bool(_ADDRESS.match(text, start))


def _in_the_rarer_way(found: Outline) -> list[Found]:
    """The words that place the tone mark as most of the others do not; none unless both ways occur."""
    if found.plain == found.text:
        return []
    words = [_from_its_beginning(found.text, pair) for pair in found.matches(_OPEN_PAIR, *_PROSE)]
    words = [word for word in words if not is_caps(word.text) and not word.text.lower().startswith("qu")]
    old = [word for word in words if normalise_tone(word.text) != word.text]
    new = [word for word in words if word not in old]
    if not old or not new:
        return []
    return old if len(old) <= len(new) else new


def _from_its_beginning(text: str, end: Found) -> Found:
    start = end.start
    while start and text[start - 1].isalpha():
        start -= 1
    return Found(end.part, text[start : end.end], start, end.end)


def _typos(found: Outline) -> Iterator[Found]:
    """Words of the list; plain search is an order of magnitude faster here than one pattern of all of them."""
    lowered = found.text.lower()
    if len(lowered) != len(found.text):  # a letter whose small form is longer: offsets would not carry over
        lowered = found.text
    for typo in _MISSPELT:
        if typo in lowered:
            pattern = re.compile(rf"{re.escape(typo)}(?<=\b{re.escape(typo)})\b", re.IGNORECASE)
            yield from found.matches(pattern, *_PROSE)
