"""Personal data in a text: numbers, addresses and dates that tell who somebody is, each with the mask to put there.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 14 (khử nhận dạng), Điều 30 (only the necessary scope in AI). A rule
sees the form only: what a word announces goes before what the number of digits suggests, and an office's own line or
account is found as well, for nothing in its form tells whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.checks.addresses import addresses
from service.checks.births import births
from service.records import Level
from service.text import fold_with_origin

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
    r"(?<![\w/+,])(?<!\w[.-])(?:\(\d+\)[ .]?)?\d+(?:(?: - |[ .-])\d+)*"
    r"(?![\w/]|[.,]\d|-[a-z]| ?(?:dong|vnd|nghin|ngan|trieu|ty|%|m2|kg)\b)"
)
_TOLD = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("CCCD", r"cccd|can cuoc|\bdinh danh|\bddcn|cmnd|\bcmt\w{0,2}\b|chung minh (?:nhan dan|thu)|chung minh\b"),
        ("BHXH", r"bhxh|bhyt|bao hiem|\bma the\b"),
        ("TK", r"tai khoan|\bstk\b|\btk\b|so the\b|\bthe (?:atm|tin dung|ghi no|visa|master|napas|thanh toan"
         r"|ngan hang)"),
        ("SDT", r"\b(?:sdt|s?dt\w{0,2}|tel|phone|fax|hotline|zalo|viber|goi|nhan tin|so may|di dong|dien thoai"
         r"|lien he|lh)\b"),
        ("HO_CHIEU", r"ho chieu|passport"),
        ("MST", r"(?:mst|ma so thue)(?: thu nhap)? (?:ca nhan|tncn|nguoi phu thuoc|cua (?:ong|ba|anh|chi|toi|em"
         r"|minh)\b)"),
        ("", r"\bhop dong so|hoa don so|ma (?:ho so|thiet bi|vach|don vi|kho|buu|chuong|nganh)|bien lai|\bso khung"
         r"|van don|\bphieu (?:so|thu|chi|xuat|nhap)\b"
             r"|\bse[ -]?ri|\blo (?:thuoc|vac)|ma so (?:thue|doanh)|\bmst\b|\bso du\b|\bgia\b"),
    )
)  # fmt: skip
"""What a word before a number says that it is; "" for numbers of things."""
_BANK = re.compile(
    r"ngan hang|\bnh\b|nhno|chuyen khoan|thu huong|techcom|vietcom|agribank|bidv|viet ?in|viettin|sacombank|kho bac"
    r"|kbnn|\bmb\b|\bacb\b|vpbank|tpbank"
)
_CARD_CODES = (
    "dn|hx|ch|nn|tk|hc|xk|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|ck|cb|kc|hd|te|bt|hn|dt|dk|xd|ts|tc|tq|ta|ty"
    "|hg|ls|pv|hs|sv|gb|gd"
)
_HEALTH_CARD = re.compile(
    rf"(?<!\w)(?:{_CARD_CODES})[ -]?\d[ -]?\d{{2}}[ -]?\d{{2}}[ -]?\d{{8}}(?!\d)"
    rf"|(?<!\w)[a-z]{{2}}(?:[ .-]?\d){{13}}(?!\d)"
)
_ABROAD = re.compile(r"(?<!\w)(?:\(?\+\d{1,3}\)?|\(84\)|00(?=[ .-]?84))(?:[ .-]?\(?\d+\)?){2,6}(?!\w)")
_TWO_LINES = re.compile(r"(?<![\w.,/-])(0[2-9](?:[ .-]?\d){8,9}) ?/ ?(0[2-9](?:[ .-]?\d){8,9})(?![\w/])")
_LETTER_O = re.compile(r"(?<!\w)o[35789](?:[ .-]?\d){8}(?!\w)")
_SERVICE_LINE = re.compile(r"(?<![\w.,/-])1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?(?![\w/])")
_DIGIT = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_SPELLED = re.compile(rf"\b{_DIGIT}(?:[ ,.-]{{1,2}}{_DIGIT}){{8,13}}\b")
_PASSPORT = re.compile(r"(?<!\w)[a-z] ?\d{7,8}(?!\w)")
_REACH = 70
"""Letters before a number in which a word still speaks of it."""
_NEAR = 30
"""Letters in which a word for things does."""


def _before(plain: str, at: int) -> str:
    start = max(plain.rfind("\n", 0, at), at - _REACH)
    return plain[max(0, start) : at]


def _told(before: str) -> str | None:
    """The kind that the last of the words before a number announces; None without any."""
    said = [(found.end(), kind) for kind, rule in _TOLD for found in rule.finditer(before)]
    said = [(end, kind) for end, kind in said if kind or len(before) - end <= _NEAR]
    return max(said, default=(0, None))[1]


def _kind(before: str, after: str, seen: str) -> str | None:
    """What a run of digits is: what is announced goes before what the number of digits suggests."""
    groups = re.findall(r"\d+", seen)
    digits = "".join(groups)
    told, size = _told(before), len(digits)
    amount = len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and "." in seen
    account = 8 <= size <= 20 and not amount
    mobile = re.fullmatch(r"0[35789]\d{8}|02\d{8,9}|0[46]\d{8}", digits) and (
        len(groups) == 1 or max(map(len, groups)) <= (8 if digits.startswith("02") else 5)
    )
    if told == "":
        return None
    if (told, size) in (("CCCD", 9), ("CCCD", 12), ("BHXH", 10), ("MST", 10), ("MST", 12)):
        return "CMND" if size == 9 else told
    if told == "TK" and account:
        return "TK"
    if mobile:
        return "SDT"
    if size == 12 and digits[0] == "0" and max(map(len, groups)) in (12, 1, 3, 4, 5, 6):
        return "CCCD"
    if told == "SDT" and re.fullmatch(r"84[235789]\d{8,9}|01[2689]\d{8}|[2-8]\d{6,7}", digits):
        return "SDT"
    if _BANK.search(f"{before} {after}") and account:
        return "TK"
    if size in (9, 12) and _TOLD[0][1].search(before):
        return "CMND" if size == 9 else "CCCD"
    return "BHXH" if size == 10 and _TOLD[1][1].search(before) else None


@lru_cache(maxsize=32)
def _numbers(plain: str) -> tuple[tuple[str, int, int], ...]:
    """Every number that may be somebody's, with its kind; the longest reading of a place comes first."""
    found = list[tuple[str, int, int]]()
    for match in _HEALTH_CARD.finditer(plain):
        told = _told(_before(plain, match.start()))
        known = re.match(rf"(?:{_CARD_CODES})", match[0])
        if told == "BHXH" or (known and told is None and not match[0].startswith("tk ")):
            found.append(("BHXH", *match.span()))
    for match in _PASSPORT.finditer(plain):
        if _told(_before(plain, match.start())) == "HO_CHIEU":
            found.append(("HO_CHIEU", *match.span()))
    for match in _SPELLED.finditer(plain):
        size = len(re.findall(r"\w+", match[0]))
        said = _told(_before(plain, match.start()))
        kind = {9: "CMND", 12: "CCCD"}.get(size) if said == "CCCD" else {10: "SDT", 11: "SDT"}.get(size)
        if kind and (kind != "SDT" or match[0].startswith("khong")):
            found.append((kind, *match.span()))
    found += [("SDT", *match.span(n)) for match in _TWO_LINES.finditer(plain) for n in (1, 2)]
    for pattern in (_LETTER_O, _ABROAD, _SERVICE_LINE):
        for match in pattern.finditer(plain):
            if 8 <= sum(letter.isdigit() for letter in match[0]) <= 14:
                found.append(("SDT", *match.span()))
    for match in _RUN.finditer(plain):
        after = re.split(r"[\n;]", plain[match.end() : match.end() + 40])[0]
        kind = _kind(_before(plain, match.start()), after, match[0])
        if kind:
            found.append((kind, *match.span()))
    return tuple(found)


def _of_kind(kind: str) -> Callable[[str, str], Iterator[Stretch]]:
    def find(plain: str, _text: str) -> Iterator[Stretch]:
        yield from ((start, end) for one, start, end in _numbers(plain) if one == kind)

    return find


_EMAIL = re.compile(r"[\w.+-]{1,64}(?:@| ?\(at\) ?| ?\[at\] ?)[\w-]+(?:\.[\w-]+)+")


def _emails(_plain: str, text: str) -> Iterator[Stretch]:
    yield from (match.span() for match in _EMAIL.finditer(text))


# ── addresses ───────────────────────────────────────────────────────────────────────────────────


def _addresses(_plain: str, text: str) -> Iterator[Stretch]:
    yield from addresses(text)


_MASK = re.compile(r"\[([A-Z_]+)_(\d{1,4})\]")

FORMS = (
    Form("CCCD", "số định danh", _of_kind("CCCD")),
    Form("BHXH", "mã số bảo hiểm", _of_kind("BHXH")),
    Form("CMND", "số chứng minh nhân dân", _of_kind("CMND")),
    Form("HO_CHIEU", "số hộ chiếu", _of_kind("HO_CHIEU")),
    Form("MST", "mã số thuế của người", _of_kind("MST")),
    Form("TK", "số tài khoản ngân hàng", _of_kind("TK")),
    Form("EMAIL", "địa chỉ thư điện tử", _emails, Level.ACTIONABLE),
    Form("SDT", "số điện thoại", _of_kind("SDT")),
    Form("NGAY_SINH", "ngày sinh", births, Level.ACTIONABLE),
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
