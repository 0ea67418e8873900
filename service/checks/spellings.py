"""What the sources say, in any spelling: a name may be spelled out, abbreviated, joined or parted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property, lru_cache

from service.checks.naming import tokens
from service.index.terms import ABBREVIATIONS
from service.text import SURNAMES, comparable, fold, typed_bare

SHORT_FORMS = ABBREVIATIONS | {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "q": "quận",
    "ql": "quốc lộ",
    "tl": "tỉnh lộ",
    "kp": "khu phố",
    "tdp": "tổ dân phố",
    "đt": "đường tỉnh",
    "th": "tiểu học",
    "mn": "mầm non",
    "cty": "công ty",
    "tnhh": "trách nhiệm hữu hạn",
    "cp": "cổ phần",
    "ks": "kỹ sư",
    "bs": "bác sĩ",
    "gv": "giáo viên",
    "đ/c": "đồng chí",
    "vat": "giá trị gia tăng",
    "gtgt": "giá trị gia tăng",
}
"""Abbreviations that offices use, and what they stand for."""
_BEFORE_NUMBERS = SHORT_FORMS | {"bđ": "báo động"}
"""What they stand for before a number."""


def spelled(words: Iterable[str]) -> list[str]:
    """Lower case, abbreviations written out, "QL15" parted into its letters and digits."""
    found: list[str] = []
    for word in words:
        parted = re.fullmatch(r"(ql|tl|đt|p|q|kp|tdp|bđ)\.?(\d+\w?)", word)
        if parted:
            found += [*_BEFORE_NUMBERS.get(parted[1], parted[1]).split(), parted[2]]
        else:
            found += SHORT_FORMS.get(word, word).split()
    return found


@lru_cache(maxsize=256)
def _words_of(text: str) -> tuple[str, ...]:
    """A source's words, spelled out; a class works on the same sources."""
    return tuple(spelled(token.plain for token in tokens(text)))


@lru_cache(maxsize=256)
def _shortened(text: str) -> frozenset[str]:
    """The abbreviations of a source that nobody explains: «LHPN», «BĐBP»; not those of document numbers."""
    return frozenset(token.plain for token in tokens(_SIGN.sub(" ", text)) if is_short(token.text))


@lru_cache(maxsize=256)
def _small(text: str) -> frozenset[str]:
    """The words that a source has in small letters."""
    return frozenset(token.text for token in tokens(text) if token.text.islower())


def is_short(word: str) -> bool:
    """Two to eight capitals without a tone: «BQL», «ĐKKV»; «HÒA» is a word in capitals."""
    return (
        2 <= len(word) <= 8
        and word.isupper()
        and word.isalpha()
        and all(one in "ĐƯƠĂÂÊÔ" or one.isascii() for one in word)
    )


_SIGN = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w&-]*")
_SIGNED = re.compile(r"\d/[A-ZĐ]\w{1,4}-([A-ZĐƯƠĂÂÊÔ]{3,8})\b")
JOINED = re.compile(r"\w+(?:[-./+]\w+)+")


@lru_cache(maxsize=256)
def _codes_of(text: str) -> frozenset[str]:
    """Numbers of things without their dots and dashes: «73A-001.26» → 73a00126."""
    joined = {match[0].lower() for match in JOINED.finditer(comparable(text))}
    found = {re.sub(r"\W", "", code) for code in {*joined, *_words_of(text)} if any(map(str.isdigit, code))}
    return frozenset(found)


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """The cells of tables in small letters, each with the first word over its column."""
    heads: list[str] = []
    for line in text.split("\n"):
        cells = [comparable(cell).strip().lower() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 2:
            heads = []
        elif len(heads) != len(cells):
            heads = cells
        else:
            yield from ((head.split(" ")[0], cell) for head, cell in zip(heads, cells, strict=True))


class Said:
    """What the sources say, ready to be asked whether some words stand there in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        lines = [_words_of(text) for text in texts]
        self.text = " " + " \n ".join(" ".join(line) for line in lines) + " "
        self.words = frozenset(word for line in lines for word in line)
        bare = [" ".join(line) for text, line in zip(texts, lines, strict=True) if typed_bare(text)]
        self._bare = " " + " \n ".join(bare) + " " if bare else ""
        self.signed = frozenset(match[1].lower() for text in texts for match in _SIGNED.finditer(text))
        self.codes = frozenset[str]().union(*map(_codes_of, texts))
        self.small = frozenset[str]().union(*map(_small, texts))
        self._short = frozenset[str]().union(*map(_shortened, texts))
        self.columns = {pair for text in texts for pair in _cells(text)}

    @cached_property
    def _row(self) -> list[str]:
        return _bare(self.text)

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        """Where words with each initial stand in the row."""
        found: dict[str, list[int]] = {}
        for n, word in enumerate(self._row):
            found.setdefault(_initial(word), []).append(n)
        return found

    def before(self, words: Sequence[str]) -> frozenset[str]:
        """What stands before the words wherever they stand in a row."""
        asked = " ".join(spelled(words))
        return frozenset(re.findall(rf"(\S+) {re.escape(asked)}(?= )", self.text))

    def written_out(self, answer: str) -> frozenset[int]:
        """Where the words of an answer begin that write out an abbreviation of the sources: «Giáo dục và Đào tạo».

        Two letters need a second word in small ones, and no name of a person writes out anything: «TT» is not «Tô Thị».
        """
        words = [token for token in tokens(answer) if token.plain != "và"]
        row = "".join(_initial(token.plain) for token in words)
        found = set[int]()
        for short in self._short:
            letters = "".join(map(_initial, short))
            at = row.find(letters)
            while at >= 0:
                run = words[at : at + len(short)]
                person = run[0].plain in SURNAMES and all(token.capital for token in run)
                if run[0].capital and not person and not (len(short) == 2 and run[1].capital):
                    found |= {token.start for token in run}
                at = row.find(letters, at + 1)
        return frozenset(found)

    def holds(self, words: Sequence[str]) -> bool:
        """Whether the words stand there in a row, abbreviations written out; bare where a text is typed so."""
        asked = spelled(words)
        there = f" {' '.join(asked)} " in self.text
        if there or not self._bare:
            return there
        either = (f"(?:{re.escape(word)}|{re.escape(fold(word))})" for word in asked)
        return bool(re.search(f" {' '.join(either)} ", self._bare))

    def has_signed(self, words: Sequence[str]) -> bool:
        """Whether a document number ends in the initials of the words: «34/TTr-PKT» is of the Phòng Kinh tế."""
        return len(words) > 2 and "".join(word[0] for word in spelled(words) if word != "và") in self.signed

    def heads(self, words: Sequence[str]) -> bool:
        """Whether a name stands there with its head somewhere, a name of one syllable with its head near before it."""
        if len(words) == 2:
            return bool(re.search(rf" {re.escape(words[0])} (?:[^\s]+ ){{0,3}}{re.escape(words[1])} ", self.text))
        return words[0] in self.words and self.holds(words[1:])

    def has_prize(self, rank: str) -> bool:
        """Whether prizes are told and this rank among them: «Tiền thưởng: nhất 3 triệu, nhì 2 triệu»."""
        return bool(re.search(rf" (?:giải|thưởng) (?:[^\n]{{0,80}} )?{re.escape(rank)} ", self.text))

    def holds_shortened(self, words: Sequence[str], short: frozenset[str]) -> bool:
        """Whether the words stand in a row when an abbreviation, on either side, is read as the words it begins.

        ``short`` are those of the words that are abbreviations; «và» is not counted: «TK&VV» is «tiết kiệm và vay vốn».
        """
        return any(
            bool(asked) and any(self._goes_on(asked, 0, n, short) for n in self._at.get(_initial(asked[0]), ()))
            for asked in (_bare(f" {' '.join(spelled(words))} "), _bare(f" {' '.join(words)} "))  # «QL»: quản lý
        )

    def _goes_on(self, asked: Sequence[str], at: int, place: int, short: frozenset[str]) -> bool:
        if at == len(asked):
            return True
        if place == len(self._row):
            return False
        mine, there = asked[at], self._row[place]
        if mine == there:
            return self._goes_on(asked, at + 1, place + 1, short)
        if mine in short and _begins(mine, self._row[place : place + len(mine)]):
            return self._goes_on(asked, at + 1, place + len(mine), short)
        if there in self._short and _begins(there, asked[at : at + len(there)]):
            return self._goes_on(asked, at + len(there), place + 1, short)
        return False

    def numbers(self, code: str) -> bool:
        """Whether «KP5» is one of «khu phố 2, 5, 7»."""
        parts = re.fullmatch(r"(\D+)(\d{1,3})", code)
        if parts is None or parts[1] not in SHORT_FORMS:
            return False
        return bool(re.search(rf" {SHORT_FORMS[parts[1]]} (?:[^\n]{{0,30}} )?0?{parts[2]} ", self.text))

    def near(self, words: Sequence[str]) -> str:
        """The likeliest thing meant: as many words of the sources, most alike."""
        size, all_words, meant = len(words), self.text.split(" "), set(words)
        starts = (n - at for n, word in enumerate(all_words) if word in meant for at in range(size) if n >= at)
        there = {" ".join(all_words[n : n + size]) for n in starts}
        return next(iter(get_close_matches(" ".join(words), sorted(there), n=1, cutoff=0.75)), "")


_FORMS = re.compile(r" (?:và|cổ phần|một thành viên|mtv|trách nhiệm hữu hạn)(?= )")


def _bare(text: str) -> list[str]:
    """The words of a text without «và» and without the legal form of a company."""
    return [word for word in _FORMS.sub("", text).split(" ") if word]


def _begins(short: str, words: Sequence[str]) -> bool:
    return len(words) == len(short) and all(map(str.__eq__, map(_initial, short), map(_initial, words)))


@lru_cache(maxsize=20_000)
def _initial(word: str) -> str:
    """The first letter without its marks; đ is a letter of its own."""
    return "đ" if word.startswith("đ") else fold(word[0])
