"""Names, numbers, dates and hours as single tokens, for a small model that has learnt to read so.

A model of four million parameters that spells a name or a number piece by piece errs in every other one. So where its
vocabulary has placeholders, it reads one token in place of each and writes one; the words themselves are put back on
the way out (delexicalisation; Wen et al., EMNLP 2015, and the entities of Hermann et al., NIPS 2015). What is not spelt
cannot be misspelt, and only what was given can be written. Dates and hours come back as official documents write them.
For the same reason a line that goes on with words of the prompt begins as the prompt has them; the program writes its
capital.

A placeholder is a character that Unicode leaves to private use (U+E000 …): one token, one character, never split by
streaming. They are given out in the order of the text, so conversations that begin alike are hidden alike and share
their beginning in the cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.text import SURNAMES

if TYPE_CHECKING:
    from service.engines.llama.sampling import Logits

FIRST = 0xE000
FAMILIES = {"name": 48, "date": 24, "time": 12, "sign": 16, "number": 60}
"""Kinds of placeholders and how many there are of each; what comes when they are used up stays as it is."""
COUNT = sum(FAMILIES.values())
ALL = tuple(chr(FIRST + n) for n in range(COUNT))
_STARTS = {family: FIRST + sum(list(FAMILIES.values())[:n]) for n, family in enumerate(FAMILIES)}
FAMILY_OF = {chr(start + n): family for family, start in _STARTS.items() for n in range(FAMILIES[family])}
"""The kind of each placeholder."""
_FOREIGN = re.compile(f"[{ALL[0]}-{ALL[-1]}]")
_UNKNOWN = "[cần bổ sung]"

_LETTERS = [chr(code) for block in (range(0x41, 0x250), range(0x1E00, 0x1F00)) for code in block]
_CAPITAL = "".join(letter for letter in _LETTERS if letter.isupper())
_SMALL = "".join(letter for letter in _LETTERS if letter.islower())
_WORD = rf"[{_CAPITAL}][{_SMALL}]*(?!\w)"
_RATIOS = ("tỷ[ ]lệ", "tỉ[ ]lệ", "tỷ[ ]số", "tỉ[ ]số", "bản[ ]đồ")
_NO_RATIO = "".join(rf"(?<!{word}[ ]\d)(?<!{word}[ ]\d\d)" for word in _RATIOS)
_UNIT = r"(?:đ|k|tr|m|km|kg|ha|m2|m3|m²|m³|l)\b"
_PARTS = re.compile(
    rf"""
    (?<!\w)(?P<sign>\d+(?:/\d{{4}})?/[A-ZĐ][A-ZĐ0-9&]*(?:-[A-ZĐ][\w&]*)*  # 792/KH-UBND, 30/2020/NĐ-CP, 5/QĐ-TTg
        |\d+-[A-ZĐ]{{2,4}}/[A-ZĐ]{{2,6}})(?!\w)  # 18-NQ/TW
    |(?<![\w/.–-])(?P<date>(?:(?P<day>[Nn]gày|ngay)[ ]+)?(?P<d>\d{{1,2}})(?:
        (?P<sep>[ ]?[/.-][ ]?)(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})(?![-.]\w)  # 5/6/2026
        |[ ](?:tháng|thang)[ ](?P<month>\d{{1,2}})(?:,?[ ](?:năm|nam)[ ](?P<year>\d{{4}}))?))(?![\d/])
    |(?:(?<![\w.,/:–-])|(?<=[hg][–-])|(?<=[hg]\d\d[–-])|(?<=:\d\d[–-])|(?<=giờ[–-]))(?P<time>(?P<h>\d{{1,2}})(?:
        [ ]?(?:giờ|gio|h)(?:[ ]?(?P<min>\d{{2}})(?P<said>[ ]?(?:phút|phut|ph\b|'))?)?  # 7 giờ, 7 giờ 30 phút, 7h30
        |{_NO_RATIO}[g:](?P<min2>\d{{2}})))(?!\w|[/:]\d)  # 7g30, 7:30
    |(?<![\w\[./,])(?P<number>\d+(?:[./,]\d+)*%?)(?:(?={_UNIT})|(?![\w\]]|[./,]\d))  # 500.000đ
    |(?<!\w)(?P<name>{_WORD}(?:[ ]{_WORD}){{1,11}})
    """,
    re.VERBOSE,
)
_LENGTH = re.compile(
    r"\s*(?:tiếng|từ|chữ|âm tiết|dòng|câu|ý|gạch|đoạn|trang|mục|tieng|tu|chu|dong|cau|gach|doan|y)\b"
    r"(?!\s(?:kiến|trại|lạc|tiêu|kien|trai|lac|tieu)\b)",
    re.IGNORECASE,
)
"""What a length is told in; no «ý kiến», «trang trại», «câu lạc bộ», «mục tiêu»."""
_DATE_BEHIND = re.compile(r"[–-]\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d)")
"""«07-09/12/2026»"""
_ENUMERATED = re.compile(r"(?:^|\n)[ \t]*\Z")
_SENTENCE_START = re.compile(r"(?:^|[\n.!?;•–*+\]-])[ \t]*\Z")
UNITS = {
    "xã": "XÃ",
    "phường": "PHƯỜNG",
    "thị trấn": "THỊ TRẤN",
    "huyện": "HUYỆN",
    "quận": "QUẬN",
    "thị xã": "THỊ XÃ",
    "thành phố": "THÀNH PHỐ",
    "tỉnh": "TỈNH",
}
"""What is governed by a People's Committee, and as a document has it in capitals."""
_CAPITALS_AHEAD = re.compile(rf"(?<!\w)(?:{'|'.join(UNITS.values())}) \Z")
NAME_IN_CAPITALS = re.compile(
    rf"(?<!\w)(?P<unit>{'|'.join(UNITS.values())}) (?P<name>[{_CAPITAL}]+(?: [{_CAPITAL}]+){{1,3}})(?!\w)"
)
"""«XÃ BẢN LẪM»"""
_OPENING_LIST = (
    "Ủy Uỷ Sở Phòng Ban Hội Trung Công Văn Bộ Chi Đoàn Liên Trạm Đài Kho Hạt Nhà Trường Tổ Thanh Mặt Cục Vụ Viện Tòa "
    "Đảng Đội Bưu Điện Thuế Khu Thôn Xã Phường Huyện Tỉnh Thành Tiểu Mầm Hợp Ông Bà Anh Chị Cô Chú Bác Thầy Cụ"
)
_OPENING = frozenset(_OPENING_LIST.split())
"""Words that begin the name of a body or a form of address; they are not hidden, so that they can be understood."""
_POST = re.compile(
    r"(?:Phó )?(?:Chủ (?:tịch|nhiệm|tọa)|Giám đốc|Chánh (?:văn|thanh)|Bí thư|Hiệu (?:trưởng|phó)|Thư k[ýí]|Kế toán"
    r"|Trưởng (?:ban|phòng|thôn|đoàn|khoa|công|bản|xóm|ấp|khu|tổ|nhóm|bộ|trạm|ty)\b)"
)
"""What a person is («Trưởng ban», «Phó Chủ tịch») goes on in small letters and is no part of a name."""


@dataclass
class Placeholders:
    """What one conversation hides.

    ``texts`` tells what stands behind each placeholder, by code point. ``first`` turns the order in which they are
    given out, so that training comes to know all of them.
    """

    first: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    _known: dict[tuple[object, ...], str] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)
    _read: list[str] = field(default_factory=list)

    def hide(self, text: str, *, learn: bool = True) -> str:
        """The text as the model reads it; without ``learn`` only what is known already is hidden."""
        if learn:
            self._read.append(text)
        return _PARTS.sub(lambda found: self._hidden(found, learn), _FOREIGN.sub("", text))

    def hide_answer(self, text: str) -> str:
        """An answer to what was read, as the model is to write it; :class:`Shown` makes the answer of it again."""
        text = NAME_IN_CAPITALS.sub(self._in_small_letters, text)
        return self.hide(_BEGINNING.sub(self._as_read, text), learn=False)

    def _in_small_letters(self, found: re.Match[str]) -> str:
        """A name in capitals as it was read, so that it has its placeholder."""
        name = found["name"].title()
        return f"{found['unit']} {name}" if ("name", name) in self._known else found[0]

    def _as_read(self, found: re.Match[str]) -> str:
        """The first words of a line without their capital, where only so they were read."""
        words = found["words"]
        small = words[0].lower() + words[1:]
        capital_read, small_read = (
            any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for text in self._read) for one in (words, small)
        )
        return found["before"] + (small if small_read and not capital_read else words)

    def _hidden(self, found: re.Match[str], learn: bool) -> str:
        family = found.lastgroup or ""
        if family == "name":
            return self._name(found, learn)
        given = found[family]
        key, shown = _value(family, found)
        if not key:
            return given
        return self._placed(family, key, shown, learn) or given

    def _name(self, found: re.Match[str], learn: bool) -> str:
        words = found["name"].split(" ")
        text = found.string
        opens = bool(_SENTENCE_START.search(text[max(0, found.start() - 8) : found.start()]))
        start, end = self._known_part(words) or _name_part(words[: _posts(found)], opens=opens)
        name = " ".join(words[start:end])
        hidden = self._placed("name", (name,), name, learn) if end - start > 1 else ""
        return " ".join([*words[:start], hidden, *words[end:]]) if hidden else found["name"]

    def _known_part(self, words: Sequence[str]) -> tuple[int, int] | None:
        spans = ((start, start + size) for size in range(len(words), 1, -1) for start in range(len(words) - size + 1))
        return next((span for span in spans if ("name", " ".join(words[slice(*span)])) in self._known), None)

    def _placed(self, family: str, key: tuple[object, ...], shown: str, learn: bool) -> str:
        """The placeholder of this value; empty where it has none and gets none."""
        held = self._known.get((family, *key))
        if held is None and learn and (used := self._used.get(family, 0)) < FAMILIES[family]:
            held = self._known[family, *key] = chr(_STARTS[family] + (self.first + used) % FAMILIES[family])
            self._used[family] = used + 1
            self.texts[ord(held)] = shown
        return held or ""


def _value(family: str, found: re.Match[str]) -> tuple[tuple[object, ...], str]:
    """What makes two spellings the same, and how the value is written; nothing for what is to stay as it is.

    Days are written as Decree 30 writes them: below 10, and months below 3, with a 0 (Phụ lục I, mục II.4).
    """
    if family == "date":
        day, month = int(found["d"]), int(found["m"] or found["month"])
        year = found["y"] or found["year"]
        if not (1 <= day <= 31 and 1 <= month <= 12) or not (year or found["day"]):
            return (), ""
        shown = f"ngày {day:02d} tháng {f'{month:02d}' if month < 3 else month}"
        return (day, month, year), f"{shown} năm {year}" if year else shown
    if family == "time":
        hour, minute = int(found["h"]), found["min"] or found["min2"]
        if hour > 24 or int(minute or 0) > 59:
            return (), ""
        shown = f"{hour} giờ {minute} phút" if found["said"] else f"{hour} giờ {minute}" if minute else f"{hour} giờ"
        return (hour, int(minute or 0)), shown
    given = found[family]
    if family == "number" and not _worth_hiding(given, found):
        return (), ""
    return (given,), given


def _worth_hiding(given: str, found: re.Match[str]) -> bool:
    """Small counts, the numbers of a list and the lengths that a prompt asks for are to be understood, not copied."""
    plain = given.isdigit()
    if plain and _DATE_BEHIND.match(found.string, found.end()):
        return True
    if plain and (len(given) == 1 or (len(given) == 2 and given[0] == "0")):
        return False
    if plain and len(given) <= 4 and _LENGTH.match(found.string, found.end()):
        return False
    following = found.string[found.end() : found.end() + 2]
    return not (
        plain
        and len(given) <= 2
        and re.match(r"[.)/] ", following)
        and _ENUMERATED.search(found.string[max(0, found.start() - 8) : found.start()])
    )


def _posts(found: re.Match[str]) -> int:
    """How many of the neighbouring capitalised words come before one that begins a post."""
    start, words = found.start("name"), found["name"].split(" ")
    for post in _POST.finditer(found.string, start, found.end() + 12):
        if start <= post.start() < found.end() <= post.end():
            before = len(found.string[start : post.start()].split())
            if before < 2 or words[before - 1] not in ("Văn", "Thị"):  # «Nguyễn Văn Trưởng ban …», «Lê Thị Thư ký nhận»
                return before
    return len(words)


def _name_part(words: Sequence[str], *, opens: bool) -> tuple[int, int]:
    """Which of the neighbouring capitalised words are a name: not what opens a sentence or names a kind of body."""
    if not words or list(words) == ["Việt", "Nam"]:
        return 0, 0
    start = int(opens and words[0].lower() not in SURNAMES)  # «Ông» is one, too
    if start < len(words) and words[start] in _OPENING:
        start += 1
    return start, len(words)


class Shown:
    """Puts the words back into an answer as it streams, and capitals where a line begins; «ngày» before a date, which
    says it too, is not said twice."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._tail = "\n"
        self._held = ""
        self._bases = Bases()

    def feed(self, text: str) -> str:
        """The same piece of the answer in words; what hangs on the letters after it waits for the next piece: a letter
        that may be a mark («a)», «a.»), the end of a basis."""
        return self._bases.feed("".join(self._held_before(letter) + self._word(letter) for letter in text))

    def end(self) -> str:
        """What has waited when the answer is over."""
        return self._bases.feed(self._held_before("")) + self._bases.end()

    def _held_before(self, letter: str) -> str:
        held, self._held = self._held if letter in (")", ".") else self._held.upper(), ""
        self._tail += held
        return held

    def _word(self, letter: str) -> str:
        word = letter
        if _FOREIGN.match(letter):
            word = self._texts.get(ord(letter), _UNKNOWN)
            if _CAPITALS_AHEAD.search(self._tail):
                word = word.upper()
            if word.startswith("ngày ") and _DAY_SAID.search(self._tail):
                word = word.removeprefix("ngày ")
            if _OPENS.search(self._tail) or _LINE_BEGINS.search(self._tail):
                word = word[0].upper() + word[1:]
        elif letter.islower() and _LINE_BEGINS.search(self._tail):
            if letter in _LETTERS_OF_ITEMS:
                self._held = letter
                return ""
            word = letter.upper()
        self._tail = (self._tail + word)[-_TAIL:]
        return word


class Bases:
    """Ends the last basis of a document in a full stop, as Decree 30 has it (Phụ lục I, mục II.6.b), however it was
    written: of the others each ends in a semicolon."""

    def __init__(self) -> None:
        self._line = ""
        self._held = ""  # a semicolon that ended a basis, and what follows it

    def feed(self, text: str) -> str:
        """The same text; what follows the semicolon waits until it is known whether another basis does."""
        return "".join(map(self._after, text))

    def end(self) -> str:
        """What has waited when the answer is over."""
        return self._held

    def _after(self, letter: str) -> str:
        if self._held:
            self._held += letter
            following = self._held[1:].lstrip()
            if "\n" in self._held[:2] and len(following) < _SEEN:
                return ""
            last = "\n" in self._held and not following.lower().startswith(_BASES)
            said, self._held = ("." if last else ";") + self._held[1:], ""
            self._line = said.rpartition("\n")[2]
            return said
        if letter == ";" and self._line.lower().startswith(_BASES):
            self._held = letter
            return ""
        self._line = "" if letter == "\n" else self._line + letter
        return letter


_BASES = ("căn", "the", "xét", "thự", "sau")
"""How a basis begins: «Căn cứ», «Theo», «Xét», «Thực hiện», «Sau khi»."""
_SEEN = 3
"""Letters of the next line by which it is known for a basis."""
_TAIL = 24
"""Letters of the answer by which it is told how a date goes on."""
_DAY_SAID = re.compile(r"\bngày(?:(?: \w+){1,2}:)? $", re.IGNORECASE)
"""«trước ngày …», «Ngày sinh: …»"""
_OPENS = re.compile(r"[.!?] $")
"""Where a sentence begins, and with it a capital."""
_LETTERS_OF_ITEMS = "abcdeghiklmnopqrstuvxyđ"
_MARKS = rf"(?:[-•+*] |\d{{1,2}}[.)] |[{_LETTERS_OF_ITEMS}][.)] |\|[ ](?:\d{{1,3}}[ ]\|[ ])?)?"
"""What may stand before the first word of a line, an item or a row."""
_LINE_BEGINS = re.compile(rf"\n{_MARKS}\Z")
_BEGINNING = re.compile(rf"(?P<before>(?:\A|\n){_MARKS})(?P<words>[{_CAPITAL}](?:[{_SMALL}]+(?!\w)(?:[ ]\w+)?|[ ]\w+))")


class Unbound:
    """A logits processor that rules out the placeholders behind which nothing stands."""

    def __init__(self, tokens: Iterable[int]) -> None:
        import numpy as np

        self._tokens = np.array(sorted(tokens), np.int32)

    def apply(self, logits: Logits) -> None:
        logits[self._tokens] = -float("inf")

    def accept(self, token: int) -> None:
        """Nothing changes."""
