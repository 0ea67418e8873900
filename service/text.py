"""Vietnamese text: normal forms, marks of passages, syllables and sentences. Pure; knows nothing of ours.

Every offset is a code point of the text that was passed in. Texts are expected as :func:`nfc` leaves them;
:func:`normalise_tone` and :func:`comparable` never change the length of such a text, so what is found in the
normal form lies at the same place in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

# ── normal forms ────────────────────────────────────────────────────────────────────────────────


def nfc(text: str) -> str:
    """The form in which every text enters: composed characters (Unicode NFC) and "\\n" as the only line break."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _tone_forms() -> dict[str, tuple[str, str]]:
    """Every toned spelling of oa, oe, uy → (mark on the first vowel, mark on the second)."""
    forms = {}
    for pair, tone in product(("oa", "oe", "uy"), "\u0300\u0301\u0303\u0309\u0323"):
        for first, second in product((pair[0], pair[0].upper()), (pair[1], pair[1].upper())):
            both = nfc(first + tone) + second, first + nfc(second + tone)
            forms.update(dict.fromkeys(both, both))
    return forms


_TONE_FORMS = _tone_forms()
_TONED_PAIR = re.compile("|".join(_TONE_FORMS))


def normalise_tone(text: str) -> str:
    """Put the tone mark of oa, oe, uy where the decree's own "CỘNG HÒA" and "Ủy ban" have it.

    The rule: in an open syllable the mark stands on the first vowel (hoà → hòa, khoẻ → khỏe, uỷ → ủy); with a letter
    after the pair, or when q makes the u a part of the consonant, on the second (hòan → hoàn, qúy → quý).
    Two spellings of one syllable become one; the length stays the same; applying it twice changes nothing more.
    """

    def place_mark(match: re.Match[str]) -> str:
        first, second = _TONE_FORMS[match[0]]
        closed = text[match.end() : match.end() + 1].isalpha()
        after_q = text[match.start() - 1 : match.start()] in ("q", "Q")
        return second if closed or after_q else first

    return _TONED_PAIR.sub(place_mark, text)


_TYPOGRAPHY = str.maketrans(dict(zip("“”„«»‘’‚–—‑−\u00a0\u202f", '"""""\'\'\'----  ', strict=True)))


def comparable(text: str) -> str:
    """One spelling of tone marks, quotation marks, dashes and no-break spaces; the length stays the same."""
    return normalise_tone(text).translate(_TYPOGRAPHY)


class _FoldTable(dict[int, str]):
    """Code point → its folded letters; filled as letters are met, so that folding is one ``str.translate``."""

    def __missing__(self, code: int) -> str:
        small = unicodedata.normalize("NFD", chr(code)).lower()
        bare = (letter for letter in unicodedata.normalize("NFD", small) if unicodedata.category(letter) != "Mn")
        self[code] = "".join(bare).replace("đ", "d").replace("ð", "d")
        return self[code]


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower case without marks, đ → d: what people type when they leave the diacritics out."""
    return text.translate(_FOLD)


@dataclass(frozen=True)
class Folded:
    """A folded text that remembers where each of its letters came from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, not empty, lies in the text that was folded; a letter is taken whole."""
        return self.origin[start], max(self.origin[end], self.origin[end - 1] + 1)


def slug(text: str, otherwise: str = "") -> str:
    """A name for a file, at most 60 letters: «Giấy mời họp» is "giay-moi-hop"; ``otherwise`` where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:60].strip("-") or otherwise


def fold_with_origin(text: str) -> Folded:
    """:func:`fold` with a way back to the original offsets."""
    parts = [letter.translate(_FOLD) for letter in text]
    origin = [at for at, part in enumerate(parts) for _ in part]
    return Folded("".join(parts), (*origin, len(text)))


def has_marks(text: str) -> bool:
    """True when any letter carries a mark or is đ: the writer used diacritics."""
    return any(fold(letter) != letter.lower() for letter in text if not letter.isascii())


@lru_cache(maxsize=512)
def typed_bare(text: str) -> bool:
    """True when hardly a word in small letters carries a mark: typed without any but in names copied in."""
    small = list(islice((word for word in text.split() if word.islower() and word.isalpha()), 40))
    return len(small) > 2 and sum(not word.isascii() for word in small) * 10 < len(small)


# ── marks of passages ───────────────────────────────────────────────────────────────────────────

MARK = r"\[[0-9]{1,3}(?:[ \u00a0]*[,;–-][ \u00a0]*[0-9]{1,3})*\]"
"""The pattern of a mark by which an answer names its passages: «[2]», «[1, 3]», «[1–3]»."""


def mark_numbers(mark: str) -> tuple[int, ...]:
    """The passages that a mark names, each once: «[1–3, 7]» names four. A range that runs down, or over more
    than twenty, names its two ends."""
    numbers = list[int]()
    for item in re.split("[,;]", mark.strip("[]")):
        first, *rest = map(int, re.split("[–-]", item))
        last = rest[-1] if rest else first
        numbers += range(first, last + 1) if first <= last <= first + 20 else (first, last)
    return tuple(dict.fromkeys(numbers))


# ── syllables ───────────────────────────────────────────────────────────────────────────────────


class Syllable(NamedTuple):
    """One tiếng, or one number or document number, which count as one."""

    text: str
    start: int
    end: int


# A token that begins with a digit may run on: 1.500.000 · 61,4% · 05/3/2024 · 17:30 · 1284/SNNMT-CNTY.
SYLLABLE = r"[0-9]\w*(?:[.,:][0-9]\w*|[/–-]\w+)*%?|\w+"
_SYLLABLES = re.compile(SYLLABLE)


def syllables(text: str) -> list[Syllable]:
    """The syllables of a text in order; punctuation is not counted. A number or document number is one."""
    return [Syllable(match[0], match.start(), match.end()) for match in _SYLLABLES.finditer(text)]


def count_syllables(text: str) -> int:
    """The length of a text in tiếng, the unit of every limit in Học Vụ."""
    return sum(1 for _ in _SYLLABLES.finditer(text))


# Not an end: the dot of "TP.", "KT.", "v.v." and of a list number, unless a mark follows; nor what "[cần …]" follows.
_NO_END = r"(?<!\b[A-ZĐ]\.)(?<!\b[A-ZĐ]{2}\.)(?<!\bv\.v\.)(?<!^[0-9]\.)(?<!\n[0-9]\.)(?![ \u00a0]+\[)"
_SENTENCE_END = re.compile(rf"\n+|(?<=[.!?…;])(?:(?:[ \u00a0]*{MARK})+|{_NO_END})(\s+)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence or line; marks like "[2]" after the full stop stay with their sentence."""
    gaps = (match.span(match.lastindex or 0) for match in _SENTENCE_END.finditer(text))
    edges = [0, *(edge for gap in gaps for edge in gap), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


def line_number(text: str, offset: int) -> int:
    """The line of an offset as a reader counts it: from 1, empty lines left out."""
    return max(1, sum(1 for line in text[: offset + 1].split("\n") if line.strip()))


# ── words that tell ─────────────────────────────────────────────────────────────────────────────


def content_words(text: str) -> list[str]:
    """The folded syllables of a text without those that any two sentences of an office share."""
    return [word for word in (fold(normalise_tone(one.text)) for one in syllables(text)) if word not in _COMMON]


_COMMON = frozenset(
    fold("của và các có cho được là trong với theo về để tại đến từ này khi như những một không ra").split()
)


# ── names ───────────────────────────────────────────────────────────────────────────────────────

_SURNAME_LIST = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh mai lâm trịnh đoàn tô tạ hà chu "
    "lương triệu giàng vàng sùng lò hứa nông ma bế lục sầm mã thào cầm quàng lường kim thạch châu sơn danh kpă "
    "niê rơ a y đào cao thân tống trương vi la ksor rmah siu blang hờ chẩu tòng điêu âu bạch ninh phùng vương quách "
    "khuất đàm tăng từ thái lưu tôn hạ lại doãn mạc giáp khổng nghiêm kiều đồng phí lã hán viên cù tiêu tưởng trà ôn "
    "ông văn nhâm sú thị vừ mùa hạng tráng chảo tẩn phàn lù lèng điểu k'sor kso ka rcom nay kpuih pơloong alăng bríu "
    "zơrâm coor arất rah lan bá quảng hùng mông bàn lỳ pờ chang thào "
)
SURNAMES = frozenset(_SURNAME_LIST.split())
"""Family names borne in Viet Nam, small letters, those of its smaller peoples too."""
