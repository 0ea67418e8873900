"""The head of a table whose columns the last message names.

«Lập bảng gồm các cột: Việc, Chủ trì, Thời hạn» leaves nothing to choose: where the answer begins a table, its first
line and the ruler below are those. A small model takes the heads instead that it has seen most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.engines.llama.grounding.words import RULED_OUT, Logits, Words, shown
from service.text import has_marks

LONGEST_PROMPT = 4000
"""Letters of a message in which columns are looked for."""
FEWEST, MOST = 2, 8
"""Columns: one alone («cột Ghi chú để trống») is not the whole of a table."""
LONGEST_NAME = 8
"""Words of a column's name."""

_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8} | {str(n): n for n in range(2, 9)}
_COLUMNS = rf"(?:(?P<count>{'|'.join(_COUNTS)}) )?(?P<columns>cột)(?! (?:cuối|đầu|thứ|giữa|chót))"
_LEAD = re.compile(
    rf"(?<!\w)(?:{_COLUMNS}|(?:bảng|biểu)(?!(?: \w+){{0,4}} cột(?!\w)))(?!\w)"
    r"(?: (?:gồm|có|tên|là|sau|đây|này|như|theo|đúng|mặc định|thứ tự|lần lượt))*(?: ?[:(])? ?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[^.,;:|\n]{2,70}?(?:: ?|,? gồm | \()")
"""«bảng thuốc có hạn dùng: Tên – Số lượng»: what stands between."""
_SLASH = r" ?/ ?"
_SEPARATORS = (r" ?\| ?", r" [–-] ", _SLASH, r", (?:và )?")
_OVER = r"[.!?](?=\s|\Z)|[\n:;()«»\"“”]"
_BRACKETS = re.compile(r" ?\((?P<unit>[^(),;\n]{1,16})\)")
_LEFT_OPEN = re.compile(r"trống|trắng|chưa")
_OPEN, _CLOSE = "\ufdd1", "\ufdd2"  # stand for the brackets of a unit
_LEFT_SO = re.compile(
    r" (?:nhé|nhe|nha|giùm|giúp|ạ|thôi|(?:để|bỏ|chừa) (?:trống|trắng)|trống|chưa (?:có gì|điền)"
    r"|và (?:một )?(?:dòng|cột|hàng))(?!\w).*"
)
_GOES_ON = re.compile(
    r"(?<=\w) (?:theo|xếp|sắp|để|cho|từ|của|như|cuối|thêm|rồi|mỗi|không|chỉ|bỏ|ghi|dòng|hàng|chỗ|nếu|giữ|trong|kèm|vào"
    r"|bằng|dán|gửi|với|dưới|trên|sau khi|trước khi|ở|tại)(?!\w).*"
)
_LONG_END = 5
"""A last name of so many words is cut where the sentence seems to go on: «Thời hạn theo tin nhắn»."""
_AND = re.compile(r"(.+) và (?:cột )?(.+)")
_CLIPPED = re.compile(r"(?<!\w)(?:ng|nv|đv|sl|ko|k|bb)(?!\w)")
_DATA = re.compile(r"\d\d")


def columns_asked(prompt: str) -> tuple[str, ...]:
    """The names of the columns of the one table that a prompt asks for, each beginning with a capital; empty where it
    does not list them, or lists them without marks: how they are spelt is then not known."""
    prompt = prompt[:LONGEST_PROMPT]
    if not has_marks(prompt):
        return ()
    prompt = _BRACKETS.sub(_unit, prompt)
    listed = {names for lead in _LEAD.finditer(prompt) if (names := _listed(prompt, lead))}
    return listed.pop() if len(listed) == 1 else ()


def _unit(brackets: re.Match[str]) -> str:
    """A unit stays with its name («Dầu (lít)»), without the brackets that would end it; «(để trống)» goes."""
    return "" if _LEFT_OPEN.search(brackets["unit"]) else f" {_OPEN}{brackets['unit']}{_CLOSE}"


def _listed(prompt: str, lead: re.Match[str]) -> tuple[str, ...]:
    """What is listed behind one «cột» or «bảng»; with a count no fewer, and no more."""
    count, rest = _COUNTS.get((lead["count"] or "").lower(), 0), prompt[lead.end() :]
    names = _names(rest, count, columns=bool(lead["columns"]))
    if not names and not count and (title := _TITLE.match(rest)):
        names = _names(rest[title.end() :], count, columns=False)
    return tuple(name[0].upper() + name[1:].replace(_OPEN, "(").replace(_CLOSE, ")") for name in names)


def _names(rest: str, count: int, *, columns: bool) -> list[str]:
    found = [names for separator in _SEPARATORS if (names := _parted(rest, separator, count, columns=columns))]
    return max(found, key=len, default=[])


def _parted(rest: str, separator: str, count: int, *, columns: bool) -> list[str]:
    """The names that ``rest`` begins with, parted so; none where what stands there is no list of names.

    Behind «bảng» small letters may begin any sentence: three names and a separator that no sentence has must tell.
    """
    comma = separator.startswith(",")
    over = re.search(_OVER if comma else rf"{_OVER}|, ", rest)
    parts = [part.strip() for part in re.split(separator, rest[: over.start() if over else len(rest)])]
    names: list[str] = []
    for part in parts:
        if not part or (comma and names and part[0].isupper() < names[0][0].isupper()) or len(names) == count > 0:
            break
        names.append(part)
    if names and (len(names) > 1 or columns):
        names[-1:] = _ended(names[-1], both=len(names) != count)
    if separator == _SLASH and len(names) <= FEWEST != count:
        return []  # «cột Vượt/Thiếu» is one
    small = any(name[:1].islower() for name in names)
    if small and not columns and (comma or len(names) <= FEWEST):
        return []
    return names if _are_names(names, count, longest=LONGEST_NAME // 2 if small and comma else LONGEST_NAME) else []


def _ended(last: str, *, both: bool) -> list[str]:
    """The last name without what the sentence goes on with; two of them where ``both`` may be meant."""
    last = _LEFT_SO.sub("", last)
    last = _GOES_ON.sub("", last) if len(last.split()) >= _LONG_END else last
    return list(found.groups()) if both and (found := _AND.fullmatch(last)) else [last]


def _are_names(names: list[str], count: int, longest: int) -> bool:
    """So many as were announced, each of them short, none clipped («ng phụ trách») or part of the material."""
    return (
        FEWEST <= len(names) <= MOST
        and count in (0, len(names))
        and all(one[:1].isalpha() and len(one.split()) <= longest for one in names)
        and not any(_CLIPPED.search(one) or _DATA.search(one) or "," in one for one in names)
    )


class NamedColumns:
    """Writes the head and the ruler of the answer's first table where its columns were named; a ``LogitsProcessor``.

    Whether there is a table, and where, is left to the model; ``asked`` is the text of the last message.
    """

    def __init__(self, words: Words, asked: str) -> None:
        names = columns_asked(asked)
        head = f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
        self._words = words
        self._due: Sequence[int] = words.tokenise(head, first=False) if names else ()
        self._begun = False
        self._line = ""

    def apply(self, logits: Logits) -> None:
        if not self._due:
            return
        if not self._line.strip():
            self._begun = shown(self._words, int(logits.argmax())).lstrip().startswith("|")
        if self._begun:
            logits.fill(RULED_OUT)
            logits[self._due[0]] = 0.0

    def accept(self, token: int) -> None:
        if self._begun and self._due:
            self._due = self._due[1:] if token == self._due[0] else ()
        self._line = f"{self._line}{shown(self._words, token)}".rpartition("\n")[2]
