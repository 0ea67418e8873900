"""Support: which passage bears a sentence of an answer out. No model decides, so tomorrow's answer is the same.

A passage holds a sentence when

1. each quantity of the sentence stands there, compared by value (``grounding.bears``), and no other quantity of its
   kind stands in words that are clearly nearer to those around it;
2. each name of the sentence stands there, an abbreviation counting as its words;
3. nothing is turned round: what one says and the other denies («phải nộp», «không phải nộp»), or two opposites
   («trước», «sau»; «tăng», «giảm») on the two sides;
4. enough of its words are there, half by the word and half by the pair of neighbours.

Vectors, where there are any, add to the fourth and never make up for the first three. What the rule cannot see is a
statement made of the passage's own words in another order of persons; the person is told to read the passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from service.checks.citations import citations, without_citations
from service.checks.grounding import around, bears, content_words, stated, year_of
from service.records import Judged, Passage, Support
from service.text import Quantity, fold, nfc, normalise_tone, quantities, sentences, syllables

ENOUGH = 0.5
"""The least overlap, 0 to 1, with which a passage holds a sentence; chosen on one half of the labelled pairs."""

MEANING = 0.25
"""What a cosine of 1 adds to the overlap; a cosine up to ``UNLIKE`` adds nothing."""
UNLIKE = 0.4

Likeness = Callable[[str, str], float]
"""Cosine of a sentence and a passage, −1 to 1."""


def judge(answer: str, passages: Sequence[Passage], likeness: Likeness | None = None) -> tuple[Judged, ...]:
    """Each sentence of an answer that states something, with what bears it out.

    ``cited`` names the passages that hold; ``unheld`` those that are named and do not; ``found`` the passage that
    holds although none was named; ``none`` nothing. A lead-in («Các việc phải làm:») states nothing and is left out.
    """
    numbered = {passage.number: passage for passage in passages}
    stating = [(start, end) for start, end in sentences(answer) if _states(answer[start:end])]
    return tuple(_judged(answer, start, end, numbered, likeness) for start, end in stating)


def holds(sentence: str, passage: Passage, likeness: Likeness | None = None) -> float:
    """How well a passage bears a sentence out: its overlap, 0 to 1, or 0 when something in it is not borne out."""
    return _held(_claim(without_citations(sentence)), (passage,), likeness)


# ── one sentence ────────────────────────────────────────────────────────────────────────────────


def _judged(answer: str, start: int, end: int, numbered: Mapping[int, Passage], likeness: Likeness | None) -> Judged:
    said = answer[start:end]
    claim = _claim(without_citations(said))
    named = [n for mark in citations(said) for n in mark.numbers if n in numbered]
    named = list(dict.fromkeys(named))
    if named:
        alone = [n for n in named if _held(claim, (numbered[n],), likeness) >= ENOUGH]
        if alone:
            return Judged(start, end, Support.CITED, tuple(alone))
        if len(named) > 1 and _held(claim, [numbered[n] for n in named], likeness) >= ENOUGH:
            return Judged(start, end, Support.CITED, tuple(named))
        return Judged(start, end, Support.UNHELD, tuple(named))
    best, score = None, ENOUGH
    for number, passage in numbered.items():
        found = _held(claim, (passage,), likeness)
        if found >= score and (best is None or found > score):
            best, score = number, found
    return Judged(start, end, Support.FOUND, (best,)) if best is not None else Judged(start, end, Support.NONE, ())


def _states(sentence: str) -> bool:
    """False for a mark of its own, a rule of a table, a heading or a lead-in."""
    bare = without_citations(sentence).strip(" \t*_#|–-•+")
    words = content_words(bare)
    if quantities(bare) and len(words) > 1:
        return not bare.endswith(":") or len(words) > 8
    return len(words) >= 4 and not bare.endswith(":")


@dataclass(frozen=True)
class _Text:
    """A text with what the rules look at, worked out once."""

    text: str
    words: tuple[str, ...]
    quantities: tuple[Quantity, ...]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        return set(pairwise(self.words))


def _claim(sentence: str) -> _Text:
    return _read(_LEAD.sub("", sentence.strip(" \t*_#|–-•+")))


@lru_cache(maxsize=512)
def _read(text: str) -> _Text:
    plain = _expanded(normalise_tone(nfc(text)))
    return _Text(plain, tuple(content_words(plain)), stated(plain))


_LEAD = re.compile(
    r"^(?:Theo (?:tài liệu|văn bản|đoạn)(?: này| trên)?|Như vậy|Ngoài ra|Cụ thể|Đồng thời|Do đó)[,:]?\s+"
)


def _held(claim: _Text, passages: Sequence[Passage], likeness: Likeness | None) -> float:
    whole = "\n".join(f"{one.document_title}. {one.heading}\n{one.text}" for one in passages)
    there = _read(whole)
    if not claim.words or not _quantities_hold(claim, there) or not _names_hold(claim, there):
        return 0.0
    beside = _beside(claim, there)
    if _denied(claim, beside) or _turned(claim, beside):
        return 0.0
    known = set(there.words)
    own = set(claim.words)
    single = len(own & known) / len(own)
    pairs = claim.pairs
    double = len(pairs & there.pairs) / len(pairs) if pairs else single
    score = (single + double) / 2
    if likeness is not None:
        near = max(likeness(claim.text, one.text) for one in passages)
        score += MEANING * max(0.0, near - UNLIKE) / (1 - UNLIKE)
    return min(score, 1.0)


# ── 1. quantities ───────────────────────────────────────────────────────────────────────────────

_COUNTED = ("number", "words")
_NEARER = 2
"""So many more shared words around another quantity of the kind, and the claim took the wrong one."""


def _quantities_hold(claim: _Text, there: _Text) -> bool:
    years = {year for one in there.quantities if (year := year_of(one)) is not None}
    for one in quantities(claim.text):
        bearing = [other for other in there.quantities if bears(one, other, years)]
        halves = one.kind == "fraction" and set(one.value.split("/")) <= {q.value for q in there.quantities}
        own_count = one.kind in _COUNTED and one.value.isdecimal() and int(one.value) <= 5 and not bearing
        if halves or own_count:  # «3 việc»: the writer's own count
            continue
        if not bearing:
            return False
        if one.kind in ("article", "sign", "words"):
            continue
        near = max(_shared(claim, one, there, other) for other in bearing)
        rivals = [
            other
            for other in there.quantities
            if other.kind == one.kind and not any(bears(mine, other, years) for mine in claim.quantities)
        ]
        if any(_shared(claim, one, there, other) >= near + _NEARER for other in rivals):
            return False
    return True


def _shared(claim: _Text, one: Quantity, there: _Text, other: Quantity) -> int:
    return len(around(claim.text, one) & around(there.text, other))


# ── 2. names ────────────────────────────────────────────────────────────────────────────────────

_SHORT = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính", "CNTT": "công nghệ thông tin", "CBCC": "cán bộ, công chức", "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội", "NSNN": "ngân sách nhà nước", "PCCC": "phòng cháy, chữa cháy", "NTM": "nông thôn mới",
    "KT-XH": "kinh tế - xã hội", "GPMB": "giải phóng mặt bằng", "PCTT": "phòng, chống thiên tai",
    "TNHH": "trách nhiệm hữu hạn", "GDĐT": "giáo dục và đào tạo", "VHTT": "văn hóa, thông tin",
}  # fmt: skip
_SHORT_WORD = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")
_OPENS = (":", ".", "!", "?", "|", "“", '"', "«", "(")
"""After these a capital letter says nothing of a name."""
_ROMAN = re.compile(r"[IVXLC]+")


def _expanded(text: str) -> str:
    return _SHORT_WORD.sub(lambda match: _SHORT[match[0]], text)


def _names_hold(claim: _Text, there: _Text) -> bool:
    """Every capitalised syllable but the first of the sentence stands in the passage, or is an initial of its words."""
    known = {fold(normalise_tone(one.text)) for one in syllables(there.text)}
    for one in syllables(claim.text):
        before = claim.text[: one.start].rstrip()
        opens = not before or before.endswith(_OPENS)
        if opens or not one.text[:1].isupper() or _ROMAN.fullmatch(one.text):
            continue
        word = fold(normalise_tone(one.text))
        if word not in known and not (one.text.isupper() and len(word) > 1 and _initials(word, there)):
            return False
    return True


def _initials(short: str, there: _Text) -> bool:
    letters = "".join(word[0] for word in (fold(one.text) for one in syllables(there.text)))
    return short in letters


# ── 3. nothing turned round ─────────────────────────────────────────────────────────────────────

_COMPARED = (
    (re.compile(r"\b(?:không quá|không vượt quá|nhiều nhất|không nhiều hơn)\b", re.IGNORECASE), "tối đa"),
    (re.compile(r"\b(?:không dưới|không ít hơn|ít nhất|từ [^.;,\n]{1,20} trở lên)\b", re.IGNORECASE), "tối thiểu"),
    (re.compile(r"\b(?:không được(?: phép)?|nghiêm cấm)\b", re.IGNORECASE), "cấm"),
    (re.compile(r"\b(?:không chỉ|không những)\b", re.IGNORECASE), ""),
    (re.compile(r"\b(?:chậm nhất(?: là)?|muộn nhất|trước)\b", re.IGNORECASE), "trước"),
    (re.compile(r"\b(?:bắt buộc|phải)\b", re.IGNORECASE), "phải"),
    (re.compile(r"\b(?:khuyến khích|tự nguyện|có thể)\b", re.IGNORECASE), "tùy ý"),
    (re.compile(r"\b(?:đồng ý|chấp thuận|thống nhất|nhất trí)\b", re.IGNORECASE), "đồng ý"),
)
"""What says a bound or a bidding, in one wording for each."""

_OPPOSITES = tuple(
    (frozenset(map(fold, one.split("/"))), frozenset(map(fold, other.split("/"))))
    for one, other in (
        ("tăng", "giảm"), ("trước", "sau"), ("tối đa", "tối thiểu"), ("trên/hơn/vượt", "dưới"), ("phải", "tùy ý"),
        ("đồng ý", "từ chối/bác"), ("cho phép/được phép", "cấm"), ("cấp", "thu hồi"), ("cao", "thấp"),
        ("sáng", "chiều"), ("hằng tháng/hàng tháng", "hằng quý/hàng quý/hằng năm/hàng năm/hằng tuần/hàng tuần"),
        ("bổ nhiệm", "miễn nhiệm"), ("trực tiếp", "trực tuyến"), ("nam", "nữ"), ("thành lập", "giải thể/sáp nhập"),
        ("tạm dừng/dừng", "tiếp tục"), ("đầu", "cuối"), ("miễn phí/miễn", "thu phí/thu"), ("mở", "đóng"),
        ("tán thành", "phản đối"), ("công khai", "bí mật"), ("bắt đầu", "kết thúc"), ("nhập", "xuất"),
    )
)  # fmt: skip
_DENIALS = frozenset(("khong", "chua", "chang"))


def _worded(text: str) -> str:
    for pattern, word in _COMPARED:
        text = pattern.sub(word, text)
    return text


def _beside(claim: _Text, there: _Text) -> str:
    """The sentence of the passage that is nearest to the claim, with its neighbour when the claim runs over both."""
    own = set(claim.words)
    rated = [(len(own & set(content_words(part))), part) for part in _parts(there.text)]
    rated.sort(key=lambda one: -one[0])
    if len(rated) > 1 and rated[1][0] >= rated[0][0] * 0.8:
        return f"{rated[0][1]}\n{rated[1][1]}"
    return rated[0][1] if rated else ""


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _denied(claim: _Text, beside: str) -> bool:
    """True when one side denies a word that the other only says."""
    mine, other = _polarity(_worded(claim.text)), _polarity(_worded(beside))
    denied = {word for word, signs in (*mine.items(), *other.items()) if False in signs}
    return any(word in mine and word in other and not mine[word] & other[word] for word in denied)


def _polarity(text: str) -> dict[str, set[bool]]:
    """Word → {True} where it is said, {False} where it follows a denial, both where both happen."""
    words = [fold(normalise_tone(one.text)) for one in syllables(text)]
    found = dict[str, set[bool]]()
    for n, word in enumerate(words):
        if word not in _DENIALS and len(word) > 1:
            found.setdefault(word, set()).add(n == 0 or words[n - 1] not in _DENIALS)
    return found


def _turned(claim: _Text, beside: str) -> bool:
    """True when the claim has one of two opposites and the passage has only the other."""
    mine, other = (f" {_joined(_worded(text))} " for text in (claim.text, beside))
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            if _any(here, mine) and not _any(there, mine) and _any(there, other) and not _any(here, other):
                return True
    return False


def _joined(text: str) -> str:
    return " ".join(fold(normalise_tone(one.text)) for one in syllables(text))


def _any(words: Iterable[str], text: str) -> bool:
    return any(f" {word} " in text for word in words)
