"""Whether a cell of a table says what the key's cell says: the same body, the same time, the same deed in other words.

Bodies and persons are the same by their names: abbreviations, the order of a list and a left-out «xã X» aside, nothing
may differ («Chủ tịch» is no «Phó Chủ tịch»). Times are the same with their «trước», «từ», «sau», «đến». Everything
else may be worded in another way, and a task be shortened as long as its deed and its object stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from service.index.terms import ABBREVIATIONS
from service.quantities import Quantity, quantities
from service.text import comparable, fold

ALIKE = 0.6
"""Two texts say one thing from this likeness on."""

_NOT_SAID = re.compile(
    r"^\W*(?:\[[^\]]*\]|(?:văn bản |tài liệu )?(?:chưa|không) (?:nêu|rõ|có|ghi|xác định)\b.*"
    r"|(?:thời hạn )?sẽ (?:được )?(?:xác định|thông báo)\b.*)?\W*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:don vi|co quan|chu tri|phoi hop|phu trach|chuc vu|chuc danh|ho (?:va )?ten"
    r"|nguoi (?:thuc hien|phu trach|chu tri|lam|ky|duoc giao))\b"
)
_TASK = re.compile(r"(?:viec|cong viec|nhiem vu)\b")
_DEADLINE = re.compile(r"(?:thoi )?han\b")
"""What a column asks for, by the beginning of its folded head."""


def not_said(cell: str) -> bool:
    """True when the cell is empty, or says in any way that nothing is stated: «[chưa nêu]»."""
    return bool(_NOT_SAID.match(cell))


def same(wanted: str, seen: str, column: str = "", *, names_row: bool = False) -> bool:
    """The cell of a column says what the key wants there; ``names_row``: by this column a row is known."""
    if not_said(wanted) or not_said(seen):
        return not_said(wanted) and not_said(seen) and bool(wanted.strip()) == bool(seen.strip())
    head = plain(column)
    if _WHO.match(head):
        return _same_bodies(wanted, seen, issuing=head.startswith("co quan"))
    if not _same_side(wanted, seen) or not _agree(wanted, seen, head, loosely=names_row):
        return False
    asked, told = list(quantities(wanted)), list(quantities(seen))
    if asked and not (_shortened(asked, told) if names_row else _values(asked) == _values(told)):
        return False
    if names_row and _TASK.match(head):
        return _same_deed(wanted, seen)
    return likeness(wanted, seen) >= (ALIKE / 2 if asked else ALIKE)


def plain(text: str) -> str:
    """The words of a text, folded."""
    return " ".join(re.findall(r"\w+", fold(comparable(text))))


def likeness(a: str, b: str) -> float:
    """1 when one text holds the other's words, else their likeness letter by letter."""
    left, right = set(plain(a).split()), set(plain(b).split())
    if left and right and (left <= right or right <= left):
        return 1.0
    shared = len(left & right) / max(1, min(len(left), len(right)))
    return max(shared if shared >= 0.75 else 0.0, letters(a, b))


def letters(a: str, b: str) -> float:
    """The likeness of two texts letter by letter."""
    return SequenceMatcher(None, plain(a), plain(b), autojunk=False).ratio()


# ── bodies and persons ──────────────────────────────────────────────────────────────────────────

_LONG = {form: long for short, long in ABBREVIATIONS.items() for form in (short, fold(short))} | {"vp": "văn phòng"}


def _pattern(marked: str) -> re.Pattern[str]:
    """A pattern that holds for a text typed without marks, too; folding makes «\\W» another one."""
    return re.compile(f"{marked}|{fold(marked)}")


_COUNCIL = _pattern(r"\bvăn phòng(?: hội đồng nhân dân[^\w]+(?:và )?| )ủy ban nhân dân\b")
"""The office of a commune, which everybody there calls «Văn phòng»."""
_BESIDE = _pattern(r"\([^()]*\)|\b(?:các|những|đồng chí|chủ trì|phối hợp(?: với)?)\b")
"""What stands beside a name and is no part of it."""
_WHOSE = _pattern(r" (?:trực thuộc|thuộc|của|ở|tại|có) .*")
"""What tells whose or where a body is: «Công dân ở Khu phố 4»."""
_COMMUNE = r"ủy ban nhân dân (?:xã|phường|đặc khu)\b"
_ABOVE = _pattern(rf"^{_COMMUNE}[^,;-]*[-,;]\s*(?=\w)|(?<=\w)\s*[-,;(]\s*{_COMMUNE}.*$")
"""The authority that an issuing body belongs to, beside it as in the head of a document."""
_PARTED = _pattern(r"[,;+/&\n]|\bvà\b")
_PLACE = _pattern(r"\b(?<!tác )(?<!thị )(?:xã(?! hội)|phường|thị trấn|đặc khu)\b.*|\b(?:thôn|khu phố)$")
"""The place at the end of a name, left out at home: «Công an xã Triệu Phong»."""

Words = tuple[str, ...]


def _same_bodies(wanted: str, seen: str, *, issuing: bool = False) -> bool:
    """The same names in any order, or the same words where a name itself holds an «và»."""
    asked, told = list(_bodies(wanted, issuing)), list(_bodies(seen, issuing))
    if _reads(sum(asked, ()), sum(told, ())):
        return True
    return all(any(_one_body(a, b) for b in told) for a in asked) and all(
        any(_one_body(a, b) for a in asked) for b in told
    )


def _bodies(text: str, issuing: bool) -> Iterator[Words]:
    said = re.sub(r"\w+", lambda word: _LONG.get(word[0], word[0]), comparable(text).lower().strip())
    said = _COUNCIL.sub("văn phòng", said)
    for part in _PARTED.split(_BESIDE.sub(" ", _ABOVE.sub("", said) if issuing else said)):
        if words := tuple(re.findall(r"\w+", _WHOSE.sub("", part))):
            yield words


def _one_body(a: Words, b: Words) -> bool:
    if _reads(a, b):
        return True
    (name, at), (other, there) = map(_placed, (a, b))
    shorter = min(len(at), len(there))
    return _reads(name, other) and _reads(at[:shorter], there[:shorter])


def _placed(words: Words) -> tuple[Words, Words]:
    """A name and the place at its end."""
    text = " ".join(words)
    found = _PLACE.search(text)
    name = tuple(text[: found.start()].split()) if found else ()
    return (name, words[len(name) :]) if len(name) > 1 else (words, ())  # nobody is named by «Trưởng» alone


def _reads(a: Words, b: Words) -> bool:
    """The same words, some of them perhaps by their initials: «Trung tâm PVHCC»; a word without marks is any of its
    letters."""
    if not a or not b:
        return a == b
    if (a[0] == b[0] or fold(a[0]) == b[0] or fold(b[0]) == a[0]) and _reads(a[1:], b[1:]):
        return True
    return _shortens(a, b) or _shortens(b, a)


def _shortens(short: Words, full: Words) -> bool:
    n = len(short[0])
    by_initials = "".join(word[0] for word in full[:n]) if n > 1 or short[0] == "p" else ""  # «P. Kinh tế»
    return fold(by_initials) == fold(short[0]) and _reads(short[1:], full[n:])


# ── times, numbers and their side ───────────────────────────────────────────────────────────────

_SIDES = {word: fold(word) for side in ("trước", "sau", "từ", "đến") for word in (side, fold(side))}
_DENIALS = frozenset(["không", "khong", "chưa", "chua", "miễn", "mien"])


def _sides(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", comparable(text).lower())
    begins = {"tu"} if "bat dau" in plain(text) else set[str]()
    return frozenset(_SIDES[word] for word in words if word in _SIDES) | begins


def _agree(wanted: str, seen: str, head: str, *, loosely: bool) -> bool:
    """«trước» is not «sau»; a bare date is «trước ngày …» where a deadline is asked for, and a range without words."""
    asked, told = _sides(wanted), _sides(seen)
    if asked == told:
        return True
    if loosely or all(one.kind != "date" for one in quantities(wanted)):
        return not asked or not told
    return told < asked and (asked == {"tu", "den"} or (asked == {"truoc"} and bool(_DEADLINE.match(head))))


def _same_side(wanted: str, seen: str) -> bool:
    """What the key denies is not said without a denial, and what it says is not denied."""
    asked, told = (re.findall(r"\w+", comparable(text).lower()) for text in (wanted, seen))
    at = next((n for n, word in enumerate(asked) if word in _DENIALS), None)
    if at is None:
        return not any(word in _DENIALS and after in asked for word, after in pairwise(told))
    return bool(_DENIALS & set(told)) or not set(asked[at + 1 :]) & set(told)


def _values(found: Sequence[Quantity]) -> set[tuple[str, str]]:
    return {(one.kind, one.value) for one in found}


def _shortened(asked: Sequence[Quantity], told: Sequence[Quantity]) -> bool:
    """All quantities and perhaps more, or the first ones; none may be left out by which a document is known."""
    kept, said = _values(asked), _values(told)
    if kept <= said:
        return True
    named = _values([one for one in asked if one.kind in ("sign", "article")])
    return named <= said <= kept and (not said or (asked[0].kind, asked[0].value) in said)


# ── deeds ───────────────────────────────────────────────────────────────────────────────────────

_SAME_DEED = (frozenset({"xay", "lap", "soan"}), frozenset({"giai", "xu"}))
"""First words of verbs that offices use for one another: xây dựng, lập, soạn; giải quyết, xử lý."""
_LITTLE = frozenset(["cua", "tai", "cho", "o", "va", "viec", "cac", "nhung", "it", "nhat"])
_WHERE = re.compile(r" (?:cua|tai|o|cho|tren|trong|theo) ")


def _same_deed(wanted: str, seen: str) -> bool:
    """The words of the key, or its verb and most of what it is done to: what stands before «của» or «tại»."""
    asked, told = _content(wanted), set(_content(seen))
    if set(asked) <= told:
        return True
    deed = next((one for one in _SAME_DEED if asked[:1] and asked[0] in one), frozenset(asked[:1]))
    core = _content(_WHERE.split(plain(wanted))[0])
    return bool(deed & told) and sum(word in told for word in core) > len(core) / 2


def _content(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in _LITTLE and not word.isdecimal()]
