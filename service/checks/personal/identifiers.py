"""Numbers that tell who somebody is: of a card, an account, an insurance, a telephone, a passport, a taxpayer.

A rule sees the form only: what a word announces goes before what the number of digits suggests, and an office's own
line or account is found as well, for nothing in its form tells whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def _run(between: str) -> re.Pattern[str]:
    """A run of digits in groups, as people write numbers; not the inside of a code, an amount or a document number."""
    return re.compile(
        r"(?:(?<![\w/+])(?<!\d,)(?<!\w[.-])|(?<=\bcccd)|(?<=\bcmnd)|(?<=\bsdt)|(?<=\bdt)|(?<=\bstk)|(?<=\bso)|(?<=\bgoi))"
        rf"(?:\(\d+\)[ .]?)?\d+(?:{between}\d+)*"
        r"(?!\w|/(?!(?:ong|ba|co|em|(?!ubnd|hdnd|gp|gcn|qd|tt|nq|bb|hd)[a-z]{3,})\b)"
        r"|[.,]\d|-[a-z]| ?(?:dong|vnd|nghin|ngan|trieu|ty|%|m2|kg)\b)"
    )


_BETWEEN = r"(?: - | \. |[ .-]|(?<= \d)  (?=\d\b))"
_RUN = _run(_BETWEEN)
_BROKEN = _run(rf"(?:{_BETWEEN}|[.-]? ?\n)")
"""A run that goes on in the next line."""
_DASH = re.compile(r"(?<=\d)[–—](?=\d)|(?<=\d )[–—](?= \d)")
_SCANNED = re.compile(
    r"(?<!\w)(?!ls\d|\d\d[a-z]\d-\d)(?=[oils]*\d)(?=\w*[oils])(?:[oil\d]|(?<=\d[ .-])s)[oils\d]*(?!\w)"
)
"""«9O7», «l64»: what a scanner, or a hand, makes of figures. «LS4…» is a health card."""
_FIGURES = str.maketrans("oils", "0115")
_BOXES = re.compile(r"(?<![\w|])\d(?:(?: ?\| ?|_| _ |\]\[)\d){8,15}(?![\w|])")
"""«0|4|8|…»: a figure in each box."""
_TOLD = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("CCCD", r"cccd|can cuoc|\bgttt\b|giay to tuy than"
         r"|\bdinh danh|\bddcn|cmnd|\bcmt\w{0,2}\b|chung minh (?:nhan dan|thu)|chung minh\b"
         r"|\b(?:so|the) cc\b|\bcc ?:? ?$|\bgiay cm\b|\bcm so\b|\bc\.m\.(?:t|n\.d)\b"),
        ("BHXH", r"bhxh|bhyt|\bbh\b|(?<!ben )(?<!co quan )(?<!can bo )(?<!nhan vien )bao hiem|\bma the\b"),
        ("TK", r"tai khoan|\bstk|\btk(?:nh)?\b(?!&)|chuyen (?:tien|khoan)(?: \w+){0,3} so\b|so the\b"
         r"|\b(?:momo|zalo ?pay|viettel ?(?:pay|money)|vnpay|shopee ?pay|vi dien tu|cake)\b|\bvao vi ?$"
         r"|\b(?:the|so) (?:atm|tin dung|ghi no|visa|master|napas|thanh toan|ngan hang)"),
        ("SDT", r"\b(?:sdt|s?dt\w{0,2}|a ?lo|tel|phone|fax|hotline|zalo|viber|goi|nhan tin|so may|may ban|so ban"
         r"|co dinh|di dong|dien thoai|lien (?:he|lac)|lh)\b"),
        ("HO_CHIEU", r"ho chieu|passport"),
        ("MST", r"(?:mst|ma so thue)(?: thu nhap)? (?:ca nhan|tncn|nguoi phu thuoc|cua (?:ong|ba|anh|chi|toi|em"
         r"|minh)\b)"),
        ("", r"\bhop dong so|khe uoc|hoa don so|ho so(?: luu tru)? so|\bmsdn"
         r"|ma (?:ho so|thiet bi|vach|don vi|kho|buu|chuong|nganh|khach)\b|bien lai"
         r"|\bso khung(?:\b[^.;\n]{0,20}\bso may )?"
         r"|\b(?:ma|so|the) tai\b(?! khoan)|\bcong to|mat khau|\bimei\b|\bma (?:pin|otp|xac thuc)"
         r"|van don|\bma (?:qr|tra cuu|giao dich|san pham|hang|lo)\b"
         r"|so the dang\b|\bthe (?:(?:dang|doan|hoi) vien|can bo|vien chuc|nhan vien|hoc sinh|sinh vien|thu vien"
         r"|xe|kho|nha bao|luat su|thanh tra)\b"
         r"|\bphieu (?:so|thu|chi|xuat|nhap)\b"
         r"|\bso (?:phieu|dkkd|dang (?:bo|ky)|but toan|quyet dinh|bien ban)\b"
         r"|\bso giay (?:phep|chung nhan)|\bgiay (?:phep|chung nhan)(?: (?!va\b|cmnd|cccd)[a-z]+){0,4} so ?$"
         r"|\btham chieu|\bse[ -]?ri|\blo (?:thuoc|vac)|ma so (?:thue|doanh)|\bmst\b|\bso du\b"),
    )
)  # fmt: skip
"""What a word before a number says that it is; "" for numbers of things."""
_BANK = re.compile(
    r"ngan hang|\bnh\b|nhno|chuyen khoan|thu huong|techcom|vietcom|agribank|bidv|viet ?in|viettin|sacombank|kho bac"
    r"|kbnn|\w{2,10}bank\b|\b(?:agri|sacom|vietcom)\b|\b(?:ck|banking|mb|acb|vcb|tcb|ctg|stb|shb|vib|ocb|msb|scb|momo)\b"
)
_CARD_CODES = (
    "dn|hx|ch|nn|tk|hc|xk|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|ck|cb|kc|hd|te|bt|hn|dt|dk|xd|ts|tc|tq|ta|ty"
    "|hg|ls|pv|hs|sv|gb|gd|cn|ht"
)
_HEALTH_CARD = re.compile(
    rf"(?<!\w)(?:{_CARD_CODES})[ -]?\d[ -]?\d{{2}}[ -]?\d{{2}}[ -]?\d{{8}}(?!\d)"
    rf"|(?<!\w)[a-z]{{2}}(?:[ .\n-]?\d){{13}}(?!\d)"
)
_ABROAD = re.compile(r"(?<!\w)(?:\(?\+\d{1,3}\)?|\(84(?:[ -]\d{2,3})?\)|00(?=[ .-]?84))(?:[ .-]?\(?\d+\)?){2,6}(?!\w)")
_TWO_LINES = re.compile(r"(?<![\w.,/-])(0[2-9](?:[ .-]?\d){8,9}) ?[/-] ?(0[2-9](?:[ .-]?\d){8,9})(?![\w/])")
_PARTED = re.compile(r"(?<![\w.,/-])0[235789]\d{1,2}(?P<by> ?[/,_*] ?| \. )\d{3,4}(?P=by)\d{3,4}(?![\w/]|[.,]\d)")
"""«0772/901/448», «0913 . 774 . 200»"""
_CARD_PARTED = re.compile(r"(?<![\w/])0\d\d(?P<by>[/_])\d{3}(?P=by)\d{3}(?P=by)\d{3}(?![\w/])")
_SERIES = re.compile(r"(?<![\w.,/-])0[235789]\d{8}(?=(?:/\d{2,3}){1,3}(?![\w/]))")
"""«0915227340/41/42»"""
_LOCAL_ABROAD = re.compile(r"(?<![\w.,/-])(?<!\d )(?:\(\d{2,4}\) ?|\d{2,4}[ -])\d{3,4}[ -]\d{3,4}(?![\w/]|[ .,-]\d)")
_IN_A_COUNTRY = re.compile(
    r"\b(?:o|ben|di|tai|sang|lao dong)(?: nuoc)? (?:nhat|han|dai loan|malay\w*|uc|my|cali\w*|nga|duc|phap|sing\w*"
    r"|campuchia|cam|lao|sec|ba lan|canada)\b[^.;\n\d]{0,40}$"
)
"""«em trai ở Úc, 0412 …»: as they are written there."""
_SPOKEN_ABROAD = re.compile(
    r"(?<![\w.,/-])(?:0\d{1,3}(?:[ -]\d{3,4}){2,3}(?= dau \+\d)|010[ -]\d{4}[ -]\d{4}(?![\w/]|[ .-]\d)"
    r"|00(?:1|33|44|49|61|65|66|81|82|86|420|852|855|856|886)(?:[ .-]\d{2,5}){2,4}(?![\w]))"
)
"""«010-4477-2983 đầu +82», «0049 176 4458 2093»"""
_DATE = re.compile(r"\d{1,2}([.-])\d{1,2}\1(?:19|20)\d\d")
_OF_NOBODY = re.compile(r"\d\d\.\d{6}|[1-9]\d{0,6} [1-9]\d{0,2}(?:\.\d{3}){2,}")
"""«41.023877» is a card of the party; «1121 85.000.000» a bookkeeper's account and an amount."""
_AREA_CODE = re.compile(r"(?<![\w.,/-])02\d{1,2}/ ?\d(?:[ .-]?\d){6,7}(?![\w/])")
_BEFORE_2018 = r"0(?:12\d|16[2-9]|18[68]|199)\d{7}"
"""Mobile numbers of eleven digits, as they were until 2018."""
_CARD_AND_AMOUNT = re.compile(r"(?<![\w.,/-])(?P<card>0\d{11})(?= \d{1,3}(?:\.\d{3})+(?!\d))")
"""«011083002217 1.500.000»: a list of who gets what."""
_SERVICE_LINE = re.compile(r"(?<![\w.,/-])(?<!\d[ .-])1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?(?![\w/])")
_SAID_APART = re.compile(
    r"(?<!\w)0\d{1,4}(?: (?:cach|roi|cham) \d{2,4}){1,4}(?!\w)|(?<![\w.,/-])0(?:, ?\d){9}(?!\w|,? ?\d)"
)
"""«0905 cách 614 cách 377»"""
_DIGITS = {"khong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5"}
_DIGITS |= {"sau": "6", "bay": "7", "tam": "8", "chin": "9", "muoi": "0"}
_TENS = re.compile(r" muoi (?=[a-z])")
"""«ba mươi bốn»: said between two figures, it is none."""
_DIGIT = rf"(?:{'|'.join(_DIGITS)})"
_SPELLED = re.compile(
    rf"(?<![\w.,/-])(?:cong )?(?:{_DIGIT}|\d{{1,4}})(?:[ ,.-]{{1,3}}(?:{_DIGIT}|\d{{1,4}})){{2,19}}(?!\w|[.,/]\d)"
)
"""«không chín tám tám 204 không 77»: all or some of the figures are words."""
_LETTERED_ACCOUNT = re.compile(r"(?<!\w)\d{2,4}[a-z]{1,2}\d{7,10}(?!\w)")
_PASSPORT = re.compile(r"(?<!\w)[a-z] ?\d{7,8}(?!\w)")
_REACH = 70
"""Letters before a number in which a word still speaks of it."""
_CARD_TOLD = re.compile(r"\b(?:(?:so|ma) the|so so)(?: (?!do |hong |tiet |ho |muc )[a-z]+){0,2} ?:? ?$")
"""«số thẻ», «số sổ»: in a text on insurance those of the insured."""
_WHOLE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,}(?!\d)[^\n|;]*[a-z]{2}")
_IP = re.compile(r"\bip:? $")
_BEHIND = 40
_WORD = re.compile(r"^\w+")  # cut in two: of «anh» would be left «nh», a bank
_AT_ITS_BANK = re.compile(
    r"\b(?:\w{2,10}bank|dong a|kien long|lien viet|bac a|nam a|viet a|a chau|quan doi|phuong dong|ban viet|an binh"
    r"|tien phong|bao viet|sai gon thuong tin)(?: so)? ?[:–-]? ?$"
)
_ITS_BANK_BEHIND = re.compile(
    r" \(?(?:chu (?:tai khoan|tk)|ctk|vcb|bidv|vietcombank|agribank|acb|vietinbank|techcombank|mb ?bank"
    r"|sacombank|vpbank|tpbank)\b"
)
"""«gõ tay 1056 7229 18 VCB»"""
"""«TPBank 0293 7781 501»: right behind the bank's name even what might ring, but for a mobile."""
_AT_A_BANK = 25
"""Letters in which a bank's name makes a number an account."""
_NEAR = 30
"""Letters in which a word for things does."""


_INSURED = re.compile(
    r"bhxh|bhyt|bhtn|bao hiem|vssid|the (?:y te|kham)|kham chua benh|\bkcb\b|muc huong|5 nam lien tuc"
    r"|truy (?:thu|dong)|thai san|that nghiep|(?:luong|so) huu|huu tri|om dau|tu tuat|qua trinh (?:dong|tham gia)"
    r"|chot so|gop so|\bmuc dong\b|\bnld\b|huong tuat|tuat hang thang|tro cap thang"
)
_LEAD = re.compile(r"\b(?:ma|so|the)(?: (?!tien|dien thoai|may|nha|goi|lh)[a-z]+){0,5} ?[:=–-]? ?$")
"""«mã số», «sổ cũ:»: in a text on insurance its number follows."""
_TEN_FIGURES = re.compile(r"\b(?:muoi|10) (?:chu )?so(?: (?:thoi|la|nay|moi))?:? $")
"""«số trên thẻ mới chỉ còn mười số»: of insurance."""
_OF_A_THING = re.compile(
    r"\bmã (?!(?:số )?(?:bhxh|bhyt|bảo hiểm|thẻ|tài khoản|stk|tk|thuế|định danh|căn cước"
    r"|cccd|đdcn|gttt|công dân|cá nhân|vùng)\b)"
    r"(?:số )?[^\W\d]+(?: [^\W\d]+){0,3} ?:? ?$",
    re.IGNORECASE,
)
"""«mã học viên 09…»: of no telephone, and of no card."""
_CODE = re.compile(r"\bma(?: (?!tai khoan|stk|tk\b)[a-z&]+){0,4} ?:? ?$")
"""«mã dự thưởng»: of no account, even at a bank."""


def _before(plain: str, at: int) -> str:
    """The line up to a place; where nothing precedes it there, the line above as well."""
    start = plain.rfind("\n", 0, at) + 1
    if not plain[start:at].strip():
        start = plain.rfind("\n", 0, len(plain[:start].rstrip())) + 1
    return _WORD.sub("", plain[at - _REACH - 1 : at]) if at - _REACH > start else plain[start:at]


def _after(plain: str, at: int) -> str:
    """The clause from a place on; where nothing follows in its line, the line below."""
    behind = plain[at : at + _BEHIND]
    return re.split(r"[\n;]", behind.lstrip("\n") if behind.startswith("\n") else behind)[0]


def _told(before: str) -> str | None:
    """The kind that the last of the words before a number announces; None without any."""
    said = [(found.end(), kind) for kind, rule in _TOLD for found in rule.finditer(before)]
    said = [(end, kind) for end, kind in said if kind or len(before) - end <= _NEAR]
    return max(said, default=(0, None))[1]


def _had_its_number(before: str) -> bool:
    """«stk 0341 0077 15926 của em, nhắn lại số …»: the last word for an account does not speak of the next number."""
    *_, last = dict(_TOLD)["TK"].finditer(before)
    return bool(_WHOLE.search(before, last.end()))


def _says_insured(before: str, insured: bool) -> bool:
    """Whether the next ten figures are told to be those of somebody's insurance, even where they might ring."""
    if _TEN_FIGURES.search(before):
        return (insured or bool(re.search(r"\bthe\b", before))) and _told(before) != "SDT"
    return insured and bool(_CARD_TOLD.search(before)) and not _BANK.search(before, len(before) - _AT_A_BANK)


def _by_its_lead(before: str, after: str, digits: str, insured: bool) -> str | None:
    """«Số thẻ» of somebody insured, or of a citizen where no bank is named; «stk 686868 VCB», chosen by its holder."""
    if len(digits) == 10 and _says_insured(before, insured):
        return "BHXH"
    if len(digits) in (6, 7) and re.search(r"\bstk ?:? ?$", before) and _ITS_BANK_BEHIND.match(after):
        return "TK"
    a_card = re.fullmatch(r"0\d{11}", digits) and _told(before) == "TK" and _CARD_TOLD.search(before)
    return "CCCD" if a_card and not _BANK.search(before + after) else None


def _kind(before: str, after: str, seen: str, insured: bool) -> str | None:
    """What a run of digits is: what is announced goes before what the number of digits suggests. ``insured``: the text
    is about insurance."""
    groups = re.findall(r"\d+", seen)
    digits = "".join(groups)
    told, size = _told(before), len(digits)
    amount = (
        len(groups) > 1
        and re.match(r"[1-9]\d{0,2}$", groups[0])
        and all(len(group) == 3 for group in groups[1:])
        and "." in seen
    )
    account = 8 <= size <= 20 and not amount
    at_bank = account and not _CODE.search(before)
    old = r"|02\d{8}|0[46]\d{8}" if told == "SDT" else ""
    mobile = re.fullmatch(rf"0[35789]\d{{8}}|02\d{{9}}|{_BEFORE_2018}{old}", digits) and (
        len(groups) == 1 or max(map(len, groups)) <= (8 if digits.startswith("02") else 7)
    )
    if told == "" or _IP.search(before) or _DATE.fullmatch(seen) or _OF_NOBODY.fullmatch(seen):
        return None
    if (told, size) in (("CCCD", 9), ("CCCD", 12), ("BHXH", 10), ("MST", 10), ("MST", 12)):
        return "CMND" if size == 9 else told
    if chosen := _by_its_lead(before, after, "" if amount else digits, insured):
        return chosen
    if mobile and told == "TK" and _had_its_number(before):
        return "SDT"
    its_bank = _AT_ITS_BANK.search(before) or _ITS_BANK_BEHIND.match(after)
    rings = size == 10 and re.match(r"0[2-9]", digits)
    if at_bank and (told == "TK" or (told is None and not rings and its_bank)):
        return "TK"
    abroad = size == 11 and re.match(r"84[35789]", digits) and groups[0] in ("84", digits)
    if mobile or (abroad and told in (None, "SDT")):
        return "SDT"
    if size == 10 and insured and told in (None, "BHXH", "CCCD") and (_LEAD.search(before) or not mobile):
        return "BHXH"
    if size in (16, 19) and digits.startswith("9704"):  # a card of a bank of this country
        return "TK"
    if at_bank and told is None and _BANK.search(before, len(before) - _AT_A_BANK) and not mobile:
        return "TK"
    if size == 12 and digits[0] == "0" and max(map(len, groups)) in (12, 1, 3, 4, 5, 6):
        return "CCCD"
    if told == "SDT" and re.fullmatch(r"84[235789]\d{8,9}|01[2689]\d{8}|[2-8]\d{6,7}|0[35789]\d{9}", digits):
        return "SDT"
    if at_bank and _BANK.search(f"{before} {after}"):
        return "TK"
    if size in (9, 12) and _TOLD[0][1].search(before):
        return "CMND" if size == 9 else "CCCD"
    return "BHXH" if size == 10 and _TOLD[1][1].search(before) else None


def _is_a_thing(before: str, kind: str) -> bool:
    """Whether «mã học viên» or the like stands before a number; «mã số» may be a person's."""
    lead = _OF_A_THING.search(before)
    return bool(lead and (kind == "SDT" or not lead[0].lower().startswith("mã số")))


def unscanned(plain: str) -> str:
    """The folded text with figures for the letters that a scanner put in their place; no letter more or less."""
    return _SCANNED.sub(lambda match: match[0].translate(_FIGURES), plain)


@lru_cache(maxsize=32)
def numbers(plain: str, written: str) -> tuple[tuple[str, int, int], ...]:
    """Every number that may be somebody's, with its kind; the longest reading of a place comes first. ``written`` is
    the text that was folded."""
    whole = written if len(written) == len(plain) else ""  # «má» is no «mã»
    plain = _DASH.sub("-", plain)
    found = [*_lettered(plain), *_lines(plain)]
    insured = bool(_INSURED.search(plain))
    found += (("CCCD", *match.span("card")) for match in _CARD_AND_AMOUNT.finditer(plain))
    broken = (match for match in _BROKEN.finditer(plain) if "\n" in match[0])
    for match in (*_BOXES.finditer(plain), *_RUN.finditer(plain), *broken):
        if any(start < match.end() and match.start() < end for _, start, end in found):
            continue
        kind = _kind(_before(plain, match.start()), _after(plain, match.end()), match[0], insured)
        if kind in ("SDT", "CCCD") and _is_a_thing(_before(whole, match.start()), kind):
            continue
        if kind:
            found.append((kind, *match.span()))
        elif " - " in match[0]:  # «1988 - 0581…»: two numbers
            for one in re.finditer(r"\d(?:(?! - )[\d .-])*\d", match[0]):
                start, end = match.start() + one.start(), match.start() + one.end()
                if kind := _kind(_before(plain, start), _after(plain, end), one[0], insured):
                    found.append((kind, start, end))
    return tuple(found)


def _lettered(plain: str) -> Iterator[tuple[str, int, int]]:
    """Numbers with letters in them, or in words."""
    for match in _HEALTH_CARD.finditer(plain):
        told = _told(_before(plain, match.start()))
        known = re.match(rf"(?:{_CARD_CODES})", match[0])
        a_card = told in (None, "CCCD") or _CARD_TOLD.search(_before(plain, match.start()))
        if told == "BHXH" or (known and a_card and not match[0].startswith("tk ")):
            yield "BHXH", *match.span()
    for match in _LETTERED_ACCOUNT.finditer(plain):
        if _told(_before(plain, match.start())) == "TK":
            yield "TK", *match.span()
    for match in _PASSPORT.finditer(plain):
        if _told(_before(plain, match.start())) == "HO_CHIEU":
            yield "HO_CHIEU", *match.span()
    for match in _CARD_PARTED.finditer(plain):
        if _told(_before(plain, match.start())) == "CCCD":
            yield "CCCD", *match.span()
    for match in _SPELLED.finditer(plain):
        if kind := _spelled(match[0], _told(_before(plain, match.start()))):
            yield kind, *match.span()


def _spelled(seen: str, told: str | None) -> str | None:
    """What figures in words are; None where there are none, or too few."""
    said = re.findall(r"\w+", _TENS.sub(" ", seen.removeprefix("cong ")))
    digits = "".join(_DIGITS.get(one, one) for one in said)
    size, words = len(digits), sum(one in _DIGITS for one in said)
    if words < 2 or told == "":
        return None
    if (told, size) in (("CCCD", 9), ("CCCD", 12), ("BHXH", 10)):
        return "CMND" if size == 9 else told
    if told == "TK" and 8 <= size <= 15:
        return "TK"
    if digits.startswith("0") and size == 12 and words == size:
        return "CCCD"
    rings = r"84[235789]\d{8}" if seen.startswith("cong ") else rf"0[2-9]\d{{8,9}}|{_BEFORE_2018}"
    sure = words > 2 or told == "SDT" or re.match(r"0[35789]", seen)
    return "SDT" if sure and re.fullmatch(rings, digits) else None


def _lines(plain: str) -> Iterator[tuple[str, int, int]]:
    """Telephones that their form tells."""
    yield from (("SDT", *match.span()) for match in _SAID_APART.finditer(plain))
    yield from (("SDT", *match.span(n)) for match in _TWO_LINES.finditer(plain) for n in (1, 2))
    for match in _PARTED.finditer(plain):
        of_a_paper = match["by"] == "/" and re.search(r"(?:qd|kh|bc|tb|so)\s*$", _before(plain, match.start()))
        if not of_a_paper:
            yield "SDT", *match.span()
    yield from (("SDT", *match.span()) for match in _SERIES.finditer(plain))
    for match in _LOCAL_ABROAD.finditer(plain):
        digits = sum(map(str.isdigit, match[0]))
        if 9 <= digits <= 11 and _IN_A_COUNTRY.search(_before(plain, match.start())):
            yield "SDT", *match.span()
    for match in _SPOKEN_ABROAD.finditer(plain):
        before = _before(plain, match.start())
        told = _told(before)
        from_here = told is None and before.endswith(" so ") and match[0].startswith("00")
        if told == "SDT" or match[0].startswith("01") or (from_here and not match[0].startswith("001")):
            yield "SDT", *match.span()
    for pattern in (_AREA_CODE, _ABROAD, _SERVICE_LINE):
        for match in pattern.finditer(plain):
            if 8 <= sum(map(str.isdigit, match[0])) <= 14:
                yield "SDT", *match.span()
