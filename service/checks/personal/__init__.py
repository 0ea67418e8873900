"""Personal data in a text: numbers, addresses and dates that tell who somebody is, each with the mask to put there.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 14 (khử nhận dạng), Điều 30 (only the necessary scope in AI). The
rules of each kind have rooms of their own: ``identifiers``; ``births`` with ``dates``, ``born``, ``nobodys``, ``rows``,
``beside`` and ``versions``; ``addresses`` with ``segments``, ``dwellings``, ``residents`` and ``landmarks``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from service.checks.personal.addresses import addresses
from service.checks.personal.births import births
from service.checks.personal.broken import mended
from service.checks.personal.columns import columns
from service.checks.personal.identifiers import numbers, unscanned
from service.records import Level
from service.text import fold, fold_with_origin

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


# ── what is looked for ──────────────────────────────────────────────────────────────────────────


def _of_kind(kind: str) -> Callable[[str, str], Iterator[Stretch]]:
    def find(plain: str, text: str) -> Iterator[Stretch]:
        yield from ((start, end) for one, start, end in numbers(plain, text) if one == kind)

    return find


_ENDING = r"(?:vn|com|net|org|edu|gov)(?!\w)"
_KNOWN = r"(?:gmail|yahoo|outlook|hotmail|icloud|ymail)"
_EMAIL = re.compile(
    rf"[\w.+-]{{1,64}}(?: ?[\[(](?:\.|dot|chấm)[\])] ?[\w+-]{{1,64}}){{0,3}}(?:@| ?[\[(](?:@|a|at|a còng)[\])] ?)"
    rf"[\w-]+(?:(?:\.| ?[\[(](?:\.|dot|chấm)[\])] ?)[\w-]+)+"
    rf"|[\w.+-]{{1,64}}@[\w-]{{2,40}}(?:\.[\w-]{{2,30}})*(?:\. | \.|,| \. ){_ENDING}"
    rf"|[\w.+-]{{1,64}}(?: ?@ | @ ?){_KNOWN} ?[.,] ?{_ENDING}"
    rf"|(?<![\w.+-])[a-z][a-z0-9.+-]{{3,63}} @[a-z][a-z0-9-]{{1,40}}(?:\.[a-z0-9-]{{2,30}}){{0,3}}\.{_ENDING}"
    r"|(?<!\w)[a-z][a-z0-9]{0,30}(?: [a-z0-9]{1,30}){0,3}(?: ?[._] ?[a-z0-9]{1,30}){0,3} @ [a-z][a-z0-9-]{1,40}"
    rf"(?: ?\. ?[a-z0-9-]{{2,30}}){{0,2}} ?\. ?{_ENDING}"  # a scanner's
    r"|(?<![\w.+-])[\w.+-]{1,64}(?: (?:chấm|cham|dot) \w{1,30}){0,2} (?:@|at|(?:a|a vòng|a vong) ?(?:còng|cong)) "
    rf"[a-z][a-z0-9-]{{1,30}}(?: (?:chấm|cham|dot|\.) [a-z]{{2,20}}){{0,2}} (?:chấm|cham|dot|\.) {_ENDING}",  # said
    re.IGNORECASE,
)
_MAY_BE_EMAIL = re.compile(r"@|\bat\b|\(a\)|còng|\ba ?cong\b", re.IGNORECASE)


def _emails(_plain: str, text: str) -> Iterator[Stretch]:
    if _MAY_BE_EMAIL.search(text):
        yield from (match.span() for match in _EMAIL.finditer(text))


def _addresses(_plain: str, text: str) -> Iterator[Stretch]:
    yield from addresses(text)


_OF_A_PERSON = re.compile(
    r"sinh|\bns\b|dien thoai|\bs?dt\b|lien he|zalo|cccd|can cuoc|\bcc\b|dinh danh|cmnd|giay to|tai khoan|\bs?tk\b"
    r"|bhxh|bhyt|bao hiem|\bthe\b|dia chi|d/c|cho o|noi o|o dau|tru\b|ho khau|ho chieu|mst|ma so|mail|tuoi|que"
)
"""Heads under which something of a person stands."""
_NAMES = re.compile(r"ho (?:va )?ten|(?:ho ten |ten )?chu ho")
_HAMLET = re.compile(r"thon|xom|ap|ban|buon|khom|to(?: dan pho)?|khu(?: pho)?")
"""Beside names: where these people live."""
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


def find_personal(text: str, given: str = "") -> tuple[Personal, ...]:
    """Personal data in order, without overlap; a cell of a table is read with the head of its column as well.

    The masks in ``given`` hide other data already, as those in the text do: none of them is proposed again.
    """
    taken: list[tuple[int, int, Form]] = []

    def take(found: Iterable[tuple[Form, int, int]]) -> None:
        for form, start, end in found:
            if start < end and not any(left < end and start < right for left, right, _ in taken):
                taken.append((start, end, form))

    cells = [*columns(text)]
    of_people = any(_NAMES.fullmatch(fold(head)) for head, _, _ in cells)
    for head, start, end in cells:
        hamlet = of_people and _HAMLET.fullmatch(fold(head))
        if not hamlet and not _OF_A_PERSON.search(fold(head)):
            continue  # a long table has many cells
        lead = f"Nơi ở: {head} " if hamlet else f"{head}: "
        told = _found(lead + text[start:end])
        take(
            (form, max(left - len(lead), 0) + start, right - len(lead) + start)
            for form, left, right in told
            if left >= len(lead) or hamlet
        )
    take(_found(text))
    masks: dict[tuple[str, str], str] = {}
    used: dict[str, int] = {}
    for hidden in _MASK.finditer(f"{text}\n{given}"):  # what is masked already keeps its number
        used[hidden[1]] = max(used.get(hidden[1], 0), int(hidden[2]))
    found: list[Personal] = []
    for start, end, form in sorted(taken, key=lambda item: item[0]):
        value = re.sub(r"[\s.()-]", "", text[start:end]).lower() if form.mask != "EMAIL" else text[start:end].lower()
        number = used.get(form.mask, 0) + sum(1 for kind, _ in masks if kind == form.mask) + 1
        mask = masks.setdefault((form.mask, value), f"[{form.mask}_{number}]")
        found.append(Personal(form.mask, start, end, text[start:end], mask))
    return tuple(found)


_WRAPPED = re.compile(r"(?<=[^\W\d_]|,)\n(?=[^\W\d_]+[ ,.\n])")
"""Where a line ends in the middle of a sentence, when a small letter follows."""


def _unwrapped(text: str) -> str:
    """The text with sentences in one line; no letter more or less. Rows of tables stay."""
    if "|" in text or "\t" in text:
        return text
    return _WRAPPED.sub(lambda match: " " if text[match.end()].islower() else "\n", text)


def _found(text: str) -> Iterator[tuple[Form, int, int]]:
    """Everything that the rules see, in the order of precedence; one place may be told twice."""
    text, stood = mended(_unwrapped(text))
    folded = fold_with_origin(text)
    plain = unscanned(folded.text)
    for form in FORMS:
        for start, end in form.find(plain, text):
            first, last = (start, end) if form.find in (_emails, _addresses) else folded.span(start, end)
            yield form, stood[first], stood[last - 1] + 1


def masked(text: str, given: str = "") -> str:
    """The text with every piece of personal data replaced by its mask; ``given`` as in ``find_personal``."""
    pieces, at = list[str](), 0
    for one in find_personal(text, given):
        pieces += [text[at : one.start], one.mask]
        at = one.end
    return "".join([*pieces, text[at:]])
