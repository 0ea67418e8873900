"""The words by which a passage is found: of a passage as it is indexed, and of a query as it is looked up. Pure.

Words are normalised here and never by a database. A passage has two forms: *exact* (tone marks in one place, lower
case) and *folded* (no marks, đ → d). A query without any mark is looked up among the folded words, any other among the
exact ones; each syllable and each pair of neighbours is a term. Pairs were worth more than a word segmenter in our
measurements, and one form per query more than both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from service.text import fold, has_marks, nfc, normalise_tone

QUERY_SYLLABLES = 120
"""Different syllables of a query that are looked up."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER_WORD = re.compile(r"\b(?:số|so)[\s:]+(?=\d)")
SIGN = re.compile(r"\d+[a-zđ]?(?:/\d{4})?/[a-zđ][a-zđ\d]*(?:-[a-zđ\d]+)*|\d+-[a-zđ]{2,}(?:/[a-zđ\d]+)*")
"""A document number in lower case: 30/2020/nđ-cp, 186/kh-ubnd, 05-ct/tw."""

_SLASH, _DASH = "\ue000", "\ue001"
"""Letters for private use: FTS5 counts them as parts of a word, and no text holds them (``_plain`` drops them)."""

ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "đbqh": "đại biểu quốc hội",
    "tand": "tòa án nhân dân",
    "vksnd": "viện kiểm sát nhân dân",
    "bcđ": "ban chỉ đạo",
    "tthc": "thủ tục hành chính",
    "cchc": "cải cách hành chính",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "vbqppl": "văn bản quy phạm pháp luật",
    "qppl": "quy phạm pháp luật",
    "cbcc": "cán bộ công chức",
    "ccvc": "công chức viên chức",
    "cbccvc": "cán bộ công chức viên chức",
    "cntt": "công nghệ thông tin",
    "cđs": "chuyển đổi số",
    "csdl": "cơ sở dữ liệu",
    "attt": "an toàn thông tin",
    "kt-xh": "kinh tế xã hội",
    "ktxh": "kinh tế xã hội",
    "qp-an": "quốc phòng an ninh",
    "antt": "an ninh trật tự",
    "nsnn": "ngân sách nhà nước",
    "kbnn": "kho bạc nhà nước",
    "gpmb": "giải phóng mặt bằng",
    "gcn": "giấy chứng nhận",
    "gcnqsdđ": "giấy chứng nhận quyền sử dụng đất",
    "qsdđ": "quyền sử dụng đất",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "bhtn": "bảo hiểm thất nghiệp",
    "cccd": "căn cước công dân",
    "cmnd": "chứng minh nhân dân",
    "pccc": "phòng cháy chữa cháy",
    "pctt": "phòng chống thiên tai",
    "pctn": "phòng chống tham nhũng",
    "tkcn": "tìm kiếm cứu nạn",
    "attp": "an toàn thực phẩm",
    "vsattp": "vệ sinh an toàn thực phẩm",
    "bvmt": "bảo vệ môi trường",
    "ntm": "nông thôn mới",
    "htx": "hợp tác xã",
    "tdp": "tổ dân phố",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "gdđt": "giáo dục và đào tạo",
    "gd&đt": "giáo dục và đào tạo",
    "tnmt": "tài nguyên và môi trường",
    "khcn": "khoa học và công nghệ",
    "vhtt": "văn hóa thông tin",
    "ctmtqg": "chương trình mục tiêu quốc gia",
}
"""Abbreviations that mean one thing in offices, with what they stand for. Those of kinds of document (NĐ, QĐ, TT …)
mean it only beside a number: ``references``."""


ASKING = (
    "bao nhiêu phần trăm",
    "đúng hay sai", "phải không", "hay không", "được không", "không ạ", "bao nhiêu", "như thế nào", "thế nào", "ra sao",
    "là gì", "làm gì", "gồm những gì", "những gì", "khi nào", "lúc nào", "hôm nào", "ngày nào", "mấy giờ", "ở đâu",
    "vì sao", "tại sao", "là ai", "có phải", "bao lâu", "bao giờ", "nào", "gì", "mấy", "ai",
)  # fmt: skip
"""What makes a question of a sentence. Documents hardly ever say it, so it would count as rare and precious; without
marks a single one of these syllables may be another word, and only the longer ones are passed over."""


@dataclass(frozen=True)
class Terms:
    """What a query asks for: the ``column`` (exact or folded), and runs of words that stand side by side in it."""

    column: str
    runs: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The different words, at most ``QUERY_SYLLABLES``, as they come."""
        return tuple(list(dict.fromkeys(word for run in self.runs for word in run))[:QUERY_SYLLABLES])

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The different pairs of neighbours among ``words``."""
        known = set(self.words)
        side_by_side = (pair for run in self.runs for pair in pairwise(run))
        return tuple(dict.fromkeys((one, two) for one, two in side_by_side if one in known and two in known))


def words(text: str) -> str:
    """The words of a text as they are indexed, parted by blanks.

    Document numbers come twice: in their parts where they stand, so that "quyết định 30" finds "Quyết định số
    30/2020/…", and once more at the end as one folded word, so that the whole number outweighs its parts.
    """
    plain = _NUMBER_WORD.sub("", _plain(text))
    signs = [_one_word(fold(sign)) for sign in SIGN.findall(plain)]
    return " ".join([*_WORD.findall(plain), *signs])


def signs(text: str) -> tuple[str, ...]:
    """The document numbers in a text, folded: "Số: 30/2026/QĐ–UBND" → ("30/2026/qd-ubnd",)."""
    return tuple(fold(sign) for sign in SIGN.findall(_NUMBER_WORD.sub("", _plain(text))))


def terms(query: str) -> Terms:
    """What to look up for a query: its words without those that only ask.

    An abbreviation is asked for as what it stands for too, and the other way round.
    """
    typed = words(query)
    marked = has_marks(typed)
    listed = typed if marked else fold(typed)
    runs = [tuple(run.split()) for run in _asking(marked).split(listed)]
    runs = runs if any(runs) else [tuple(listed.split())]
    padded = f" {listed} "
    for short, long in _abbreviations(marked):
        if f" {short} " in padded:
            runs.append(tuple(long.split()))
        elif f" {long} " in padded:
            runs.append(tuple(short.split()))
    return Terms("exact" if marked else "folded", tuple(run for run in runs if run))


def counted(indexed: str) -> Iterator[str]:
    """Every word and pair of an indexed passage, as often as it stands there."""
    typed = indexed.split(" ") if indexed else []
    yield from typed
    yield from map(" ".join, pairwise(typed))


def places(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where words of the query stand in a text (NFC): offsets of the stretches to be highlighted, in order.

    Words of fewer than two letters and the commonest little words are passed over, unless they stand beside another.
    """
    asked = terms(query)
    known, pairs = set(asked.words), set(asked.pairs)
    spelt = normalise_tone(text.lower() if len(text.lower()) == len(text) else text)
    found = [
        (fold(match[0]) if asked.column == "folded" else match[0], match.start(), match.end())
        for match in _WORD.finditer(spelt)
    ]
    spans: list[tuple[int, int]] = []
    for n, (word, start, end) in enumerate(found):
        beside = any(m >= 0 and m + 1 < len(found) and (found[m][0], found[m + 1][0]) in pairs for m in (n - 1, n))
        if word not in known or not (beside or (len(word) > 1 and fold(word) not in _LITTLE)):
            continue
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(spans)


_LITTLE = frozenset(fold("và là của có cho các những trong trên về theo với để khi thì mà được này do gì ai").split())


@cache
def _asking(marked: bool) -> re.Pattern[str]:
    spelt = ASKING if marked else [fold(phrase) for phrase in ASKING if " " in phrase]
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(spelt, key=len, reverse=True))})(?!\S)")


@cache
def _abbreviations(marked: bool) -> Sequence[tuple[str, str]]:
    both = ((words(short), words(long)) for short, long in ABBREVIATIONS.items())
    return [(short, long) if marked else (fold(short), fold(long)) for short, long in both]


def _plain(text: str) -> str:
    lower = normalise_tone(nfc(text).lower()).replace("–", "-")
    return lower.replace(_SLASH, " ").replace(_DASH, " ")


def _one_word(sign: str) -> str:
    return sign.replace("/", _SLASH).replace("-", _DASH)
