"""Support: which passage bears a sentence of an answer out. No model decides, so tomorrow's answer is the same.

A passage holds a sentence when

1. each quantity of the sentence stands there, compared by value (``grounding.bears``; units of one kind too: 1,2 km is
   1.200 m);
2. each name of the sentence stands there, letter by letter, an abbreviation counting as its words;
3. nothing is turned round: what one says and the other denies («phải nộp», «không phải nộp»), or two opposites
   («trước», «sau»; «tăng», «giảm») on the two sides;
4. nothing is mixed up: no clause of the sentence takes its words from two clauses of the passage that run in parallel
   («thùng xanh …, thùng xám …»);
5. nothing is made stronger: words for all, for certainty and for weighty deeds («mọi», «bảo đảm», «xử phạt») stand on
   both sides;
6. enough of its words are there, half by the word and half by the pair of neighbours.

Vectors, where there are any, add to the sixth and never make up for the others. What no rule sees is a claim in the
passage's own words whose persons or causes are exchanged; the person is told to read the passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import pairwise

from service.checks.bearing import bears, year_of
from service.checks.citations import citations, without_citations
from service.checks.grounding import trace
from service.checks.stated import stated
from service.quantities import Quantity, quantities
from service.records import Judged, Passage, SourceText, Support
from service.text import content_words, fold, has_marks, nfc, normalise_tone, sentences, syllables

ENOUGH = 0.34
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
    return _Text(plain, tuple(content_words(_unfigured(plain))), stated(plain))


def _unfigured(text: str) -> str:
    """A text with one mark for each quantity: what was compared by value is no difference of words any more."""
    pieces, at = list[str](), 0
    for one in quantities(text):
        pieces += [text[at : one.start], _FIGURE]
        at = one.end
    return "".join([*pieces, text[at:]])


_FIGURE = " figure "


_LEAD = re.compile(
    r"^(?:Theo (?:tài liệu|văn bản|đoạn)(?: này| trên)?|Như vậy|Ngoài ra|Cụ thể|Đồng thời|Do đó)[,:]?\s+"
)


def _held(claim: _Text, passages: Sequence[Passage], likeness: Likeness | None) -> float:
    whole = "\n".join(f"{one.document_title}. {one.heading}\n{one.text}" for one in passages)
    there = _read(whole)
    if not claim.words or not _quantities_hold(claim, there) or not _names_hold(claim, there):
        return 0.0
    beside = _beside(claim, there)
    if _denied(claim, beside) or _turned(claim, beside) or _mixed(claim, there):
        return 0.0
    if _other_doer(claim, there) or _stronger(claim, there, beside):
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

_OWN_COUNT = re.compile(r"\s*(?:việc|nội dung|ý|điểm|nhiệm vụ|mục|phần|lý do|vấn đề|yêu cầu)\b", re.IGNORECASE)
"""After a small number these say that the writer has counted: «3 việc»."""


def _quantities_hold(claim: _Text, there: _Text) -> bool:
    years = {year for one in there.quantities if (year := year_of(one)) is not None}
    found = all(item.found for item in trace(claim.text, (SourceText(0, "", there.text),), (), ""))
    for one in quantities(claim.text):
        bearing = [other for other in there.quantities if bears(one, other, years)]
        halves = one.kind == "fraction" and set(one.value.split("/")) <= {q.value for q in there.quantities}
        counted = one.value.isdecimal() and int(one.value) <= 10 and _OWN_COUNT.match(claim.text, one.end)
        if not bearing and not halves and not counted and not found:
            return False
        only_days = bool(bearing) and all(other.kind in ("day", "date") for other in bearing)
        if one.kind == "number" and only_days and _counted_otherwise(one, claim.text, there):
            return False
        if one.kind == "date" and bearing and not _of_document(claim.text, one):
            papers = [_of_document(there.text, other) for other in bearing]
            if all(paper and paper not in claim.text for paper in papers):
                return False  # the day of a document that is cited, not of what the claim speaks of
    return True


def _counted_otherwise(one: Quantity, text: str, there: _Text) -> bool:
    """«8 chi bộ», where the passage counts chi bộ and never has eight of them."""
    thing = [fold(word.text) for word in syllables(text[one.end : one.end + 24])[:2]]
    if len(thing) < 2 or not thing[0].isalpha():
        return False
    counts = {
        other.value
        for other in there.quantities
        if other.kind in ("number", "words")
        and [fold(word.text) for word in syllables(there.text[other.end : other.end + 24])[:2]] == thing
    }
    return bool(counts) and one.value not in counts


def _of_document(text: str, one: Quantity) -> str:
    """The number of the document whose date this is, empty when it is none."""
    found = _OF_DOCUMENT.search(text[max(0, one.start - 60) : one.start])
    return found["sign"] if found else ""


_OF_DOCUMENT = re.compile(r"(?P<sign>\d[\w-]*/[^\s,]+)\s*,?\s*(?:ban hành|ký)?\s*$", re.IGNORECASE)
"""A date behind this is that of a document: «Quyết định số 41/QĐ-UBND ngày 15/4/2024»."""


# ── 2. names ────────────────────────────────────────────────────────────────────────────────────

_SHORT = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính", "CNTT": "công nghệ thông tin", "CBCC": "cán bộ, công chức", "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội", "NSNN": "ngân sách nhà nước", "PCCC": "phòng cháy, chữa cháy", "NTM": "nông thôn mới",
    "KT-XH": "kinh tế - xã hội", "GPMB": "giải phóng mặt bằng", "PCTT": "phòng, chống thiên tai",
    "THPT": "trung học phổ thông", "THCS": "trung học cơ sở", "HTX": "hợp tác xã", "BĐBP": "bộ đội biên phòng",
    "MN": "mầm non", "TH": "tiểu học", "KCN": "khu công nghiệp", "CCN": "cụm công nghiệp", "TP": "thành phố",
    "TNHH": "trách nhiệm hữu hạn", "GDĐT": "giáo dục và đào tạo", "VHTT": "văn hóa, thông tin",
}  # fmt: skip
_SHORT_WORD = re.compile(rf"(?<![-/\w])(?:{'|'.join(_SHORT)})(?![-/\w])")
_ROADS = re.compile(r"\b(QL|TL|ĐT)\.?\s?(?=\d)")
_OPENS = (":", ".", "!", "?", "|", "“", '"', "«", "(")
"""After these a capital letter says nothing of a name."""
_ROMAN = re.compile(r"[IVXLC]+")
_MONTHS = "một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười một|mười hai|mười"
_MONTH_WORD = re.compile(rf"\btháng ({_MONTHS}|giêng|chạp)\b(?=\s+năm\s+\d|[ ,.;]|$)", re.IGNORECASE)
_MONTH_NUMBER = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "giêng": 1, "chạp": 12,
}  # fmt: skip
_FIRST_DAYS = re.compile(r"\b(?:ngày )?(?:mùng|mồng) (?=\d)", re.IGNORECASE)
_BIGGER: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(rf"(?<![\d.,])(\d+(?:\.\d{{3}})*(?:,\d+)?)\s*{unit}\b"), factor, small)
    for unit, factor, small in (
        ("(?:km|k[ií][- ]?lô[- ]?mét|cây số)", 1000, "m"),
        ("(?:tấn)", 1000, "kg"),
        ("tạ", 100, "kg"),
        ("(?:ha|héc[- ]?ta|hecta)", 10_000, "m2"),
        ("(?:k[ií][- ]?lô[- ]?gam|ký|cân)", 1, "kg"),
        ("(?:mét vuông|m²)", 1, "m2"),
    )
)
"""A larger unit, how many of the smaller it is, and the smaller one."""


def _expanded(text: str) -> str:
    """Abbreviations as words, months and first days as figures, larger units in smaller ones."""
    text = _ROADS.sub(lambda match: {"QL": "quốc lộ ", "TL": "tỉnh lộ ", "ĐT": "đường tỉnh "}[match[1]], text)
    text = _SHORT_WORD.sub(lambda match: _SHORT[match[0]], text)
    text = _FIRST_DAYS.sub("ngày ", text)
    text = _MONTH_WORD.sub(lambda match: f"tháng {_MONTH_NUMBER[match[1].lower()]}", text)
    for pattern, factor, small in _BIGGER:
        text = pattern.sub(partial(_smaller, factor, small), text)
    return text


def _smaller(factor: int, small: str, match: re.Match[str]) -> str:
    value = Decimal(match[1].replace(".", "").replace(",", ".")) * factor
    return f"{value.normalize():f} {small}".replace(".", ",")


def _names_hold(claim: _Text, there: _Text) -> bool:
    """Every capitalised syllable but the first of the sentence stands in the passage, or is an initial of its words.

    Marks count («Hiền» is not «Hiển»), unless the sentence was typed without any.
    """
    spell = str.casefold if has_marks(claim.text) else fold
    known = {spell(one.text) for one in syllables(there.text)}
    for one in syllables(claim.text):
        before = claim.text[: one.start].rstrip()
        opens = not before or before.endswith(_OPENS)
        if opens or not one.text[:1].isupper() or _ROMAN.fullmatch(one.text):
            continue
        word = spell(one.text)
        if word not in known and not (one.text.isupper() and len(word) > 1 and _initials(fold(word), there)):
            return False
    return True


def _initials(short: str, there: _Text) -> bool:
    letters = "".join(word[0] for word in (fold(one.text) for one in syllables(there.text)))
    return short in letters


# ── 3. nothing turned round ─────────────────────────────────────────────────────────────────────

_COMPARED = (
    (re.compile(r"\bkhông (?:phải|cần)(?: nộp| trả| đóng)?(?= (?:[a-z]*phí|tiền))", re.IGNORECASE), "miễn"),
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
    (frozenset(one.split("/")), frozenset(other.split("/")))
    for one, other in (
        ("tăng", "giảm"), ("trước", "sau"), ("tối đa", "tối thiểu"), ("trên/hơn/vượt", "dưới"), ("phải", "tùy ý"),
        ("đồng ý", "từ chối/bác"), ("cho phép/được phép", "cấm"), ("cấp", "thu hồi"), ("cao", "thấp"),
        ("sáng", "chiều"),
        ("vượt/cao hơn/quá mức", "trong giới hạn/đạt mức/trong mức"), ("miễn", "phải nộp/phải trả/phải đóng"),
        ("hằng tháng/hàng tháng", "hằng quý/hàng quý/hằng năm/hàng năm/hằng tuần/hàng tuần"),
        ("bổ nhiệm", "miễn nhiệm"), ("trực tiếp", "trực tuyến"), ("nam", "nữ"), ("thành lập", "giải thể/sáp nhập"),
        ("tạm dừng/dừng", "tiếp tục"), ("đầu", "cuối"), ("miễn phí/miễn", "thu phí/thu"), ("mở", "đóng"),
        ("tán thành", "phản đối"), ("công khai", "bí mật"), ("bắt đầu", "kết thúc"), ("nhập", "xuất"),
    )
)  # fmt: skip
_DENIAL = re.compile(r"\b(?:không|chưa|chẳng|đừng|cấm)\b", re.IGNORECASE)
_NOT_DENIAL = re.compile(r"\b(?:không gian|không khí|hàng không|không chỉ|không những|hay không)\b", re.IGNORECASE)
_SCOPE_END = re.compile(
    r"[,;.:\n]|\b(?:mà|nhưng|thì|khi|nếu|vì|do|để|trừ|theo|trong|tại|từ|trước|sau)\b", re.IGNORECASE
)
_REACH = 5
"""Words behind a denial that it speaks of."""


def _worded(text: str) -> str:
    for pattern, word in _COMPARED:
        text = pattern.sub(word, text)
    return text


def _beside(claim: _Text, there: _Text) -> str:
    """The sentence of the passage that is nearest to the claim, with its neighbour when the claim runs over both."""
    own = set(claim.words)
    rated = [(len(own & set(content_words(part))), part) for part in _parts(there.text)]
    rated.sort(key=lambda one: -one[0])
    return "\n".join(part for shared, part in rated[:3] if shared >= max(2, rated[0][0] * 0.3))


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _denied(claim: _Text, beside: str) -> bool:
    """True when one side denies what the other only says.

    What the claim denies: the first word behind the denial, and the second where the passage has it. What the passage
    denies: any two neighbours within reach of the denial, that it says nowhere else.
    """
    mine, other = _polarity(_worded(claim.text)), _polarity(_worded(beside))
    for head in mine.heads:
        if head[0] in other.said and head[0] not in other.denied and (len(head) < 2 or head[1] in other.said):
            return True
    own = mine.said_pairs - mine.denied_pairs
    return any(pair in own and pair not in other.said_pairs for pair in other.denied_pairs)


@dataclass(frozen=True)
class _Polarity:
    """Words and neighbours that a text says, those that a denial reaches, and what stands right behind each denial."""

    said: set[str]
    denied: set[str]
    said_pairs: set[tuple[str, str]]
    denied_pairs: set[tuple[str, str]]
    heads: list[tuple[str, ...]]


def _polarity(text: str) -> _Polarity:
    text = _NOT_DENIAL.sub(" ", normalise_tone(text))
    reached = list[tuple[int, int]]()
    for match in _DENIAL.finditer(text):
        end = _SCOPE_END.search(text, match.end())
        stop = end.start() if end else len(text)
        words = [one for one in syllables(text[match.end() : stop]) if fold(one.text) not in _LIGHT][:_REACH]
        if words:
            reached.append((match.end(), match.end() + words[-1].end))
    said, denied = list[tuple[int, str]](), list[tuple[int, str]]()
    heads: list[list[str]] = [[] for _ in reached]
    for n, one in enumerate(one for one in syllables(text) if fold(one.text) not in _LIGHT and one.text[0].isalpha()):
        at = next((k for k, (start, end) in enumerate(reached) if start <= one.start < end), None)
        (said if at is None else denied).append((n, fold(one.text)))
        if at is not None and len(heads[at]) < 2:
            heads[at].append(fold(one.text))
    return _Polarity(
        {word for _, word in said},
        {word for _, word in denied},
        {(a, b) for (n, a), (m, b) in pairwise(said) if m == n + 1},
        {(a, b) for (n, a), (m, b) in pairwise(denied) if m == n + 1},
        [tuple(head) for head in heads if head],
    )


_LIGHT = frozenset(
    fold("không chưa chẳng đừng cấm phải được là có đã đang sẽ và của các cho với về ở này đó lại tùy ý").split()
)
"""Words that a denial may pass over without saying anything of them."""


def _turned(claim: _Text, beside: str) -> bool:
    """True when the claim has one of two opposites and the passage has only the other."""
    mine, other = (f" {_joined(_worded(text))} " for text in (claim.text, beside))
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            if _any(here, mine) and not _any(there, mine) and _any(there, other) and not _any(here, other):
                return True
    return False


def _joined(text: str) -> str:
    return " ".join(normalise_tone(one.text).lower() for one in syllables(text))


def _any(words: Iterable[str], text: str) -> bool:
    return any(f" {word} " in text for word in words)


# ── 4. nothing mixed up ─────────────────────────────────────────────────────────────────────────

_CLAUSE_END = re.compile(r"(?<!\d),(?=\s)|[;:.\n](?=\s|$)|\s(?=(?:còn(?! lại)|trong đó|riêng|việc)\s)")


def _clauses(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in _CLAUSE_END.split(text)) if len(part.split()) > 1]


def _mixed(claim: _Text, there: _Text) -> bool:
    """A detail of a clause belongs, in the passage, to a clause that says something else.

    Where the passage has other figures of a kind (or other names behind the same word), the clause with the claim's
    must share at least as many of its other words, short of one, as a clause with another. And a clause of the claim
    must not take words of its own from each of two clauses that run in parallel.
    """
    clauses = [_clause(one) for one in _clauses(there.text)]
    for text in _clauses(claim.text) or [claim.text]:
        part = _clause(text)
        if len(part.words) < 2:
            continue
        details: list[Callable[[_Clause], bool | None]] = [
            partial(_same_figure, one) for one in part.figures if _telling(one)
        ]
        details += [partial(_same_name, name) for name in part.names]
        for detail in details:
            verdicts = [(detail(one), len(part.words & one.words)) for one in clauses]
            mine = [shared for same, shared in verdicts if same is True]
            rest = [shared for same, shared in verdicts if same is False]
            if mine and rest and max(rest) >= max(mine) + 2:
                return True
        if any(_crossed(part.words, a.words, b.words) for a, b in pairwise(clauses)):
            return True
    return False


@dataclass(frozen=True)
class _Clause:
    words: frozenset[str]
    figures: tuple[Quantity, ...]
    names: tuple[tuple[str, str], ...]


def _clause(text: str) -> _Clause:
    words = frozenset(word for word in content_words(text) if not word[0].isdigit())
    return _Clause(words, stated(text), tuple(_typed_names(text)))


def _telling(one: Quantity) -> bool:
    bare_year = one.kind == "date" and len(one.value) == 4
    return one.kind in ("number", "money", "percent", "date", "time", "words") and not bare_year


def _same_figure(one: Quantity, clause: _Clause) -> bool | None:
    """True when the clause has the figure, False when it has only others of the kind, None when it has none."""
    if any(bears(one, other, set()) for other in clause.figures):
        return True
    return False if any(other.kind == one.kind and _telling(other) for other in clause.figures) else None


def _same_name(name: tuple[str, str], clause: _Clause) -> bool | None:
    if name[0] in {other for other, _ in clause.names}:
        return True
    return False if name[1] in {kind for _, kind in clause.names} else None


def _crossed(part: frozenset[str], a: frozenset[str], b: frozenset[str]) -> bool:
    """Two clauses in parallel share two words; the claim has those, one of a's own and one of b's own, and not more."""
    shared = a & b & part
    from_a, from_b = part & (a - b), part & (b - a)
    return len(shared) >= 2 and bool(from_a) and bool(from_b) and len(a - b) <= 6 and len(b - a) <= 6


_TYPED = re.compile(r"\b(?P<kind>[a-zà-ỹđ]+)\s+(?P<name>[A-ZĐÀ-Ỹ]\w*(?:\s+[A-ZĐÀ-Ỹ]\w*)+)")


def _typed_names(text: str) -> list[tuple[str, str]]:
    """(name, the word before it): («Lê Văn Hưu», «đường»)."""
    return [(match["name"], fold(match["kind"])) for match in _TYPED.finditer(text)]


# ── who does it ─────────────────────────────────────────────────────────────────────────────────

_ROLES = (
    (
        re.compile(r"^(?P<who>[^,;]{4,80}?)\s+(?:được giao|được phân công)\b"),
        re.compile(r"\b(?:giao|phân công)(?: cho)?\s+(?P<who>[^,;.]{3,60})"),
    ),
    (
        re.compile(r"(?P<who>[^,;]{4,80}?)\s+chủ trì\b"),
        re.compile(r"(?P<who>[^,;.]{3,60})\s+chủ trì\b"),
    ),
)
"""How the claim names a doer, and how the passage does."""
_OFFICE = re.compile(r"^(?P<who>(?:[Ôô]ng|[Bb]à)[^,;]{4,40}?)\s+(?:là|giữ chức)\s+(?P<what>.+)")


def _other_doer(claim: _Text, there: _Text) -> bool:
    for mine, theirs in _ROLES:
        asked = mine.search(claim.text)
        told = [content_words(match["who"]) for match in theirs.finditer(there.text)]
        if asked and told:
            who = content_words(asked["who"])[-4:]
            if not any(len(set(who) & set(other)) * 2 >= len(set(who)) + 1 for other in told):
                return True
    title = _OFFICE.search(claim.text)
    if title:
        name, office = content_words(title["who"])[-2:], content_words(title["what"])[:3]
        together = (set(content_words(part)) for part in re.split(r"[,;.]|\bvà\b", there.text))
        return not any({*name, *office} <= words for words in together) and " là " not in there.text
    return False


# ── 5. nothing made stronger ────────────────────────────────────────────────────────────────────

_STRONG: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), re.compile(rf"\b(?:{needed})\b", re.IGNORECASE))
    for said, needed in (
        ("mọi|tất cả|toàn bộ|bất kỳ|bất cứ|cả hai", "mọi|tất cả|toàn bộ|bất kỳ|bất cứ|mỗi|từng|100%|đều|cả|các"),
        ("mọi|tất cả|bất kỳ|bất cứ", "mọi|tất cả|toàn bộ|bất kỳ|bất cứ|mỗi|từng|100%|đều"),
        ("bảo đảm|cam kết|chắc chắn|khẳng định", "bảo đảm|đảm bảo|cam kết|chắc chắn|khẳng định"),
        ("hoàn toàn|dứt điểm|triệt để|tuyệt đối", "hoàn toàn|dứt điểm|triệt để|tuyệt đối|100%|xong"),
        ("duy nhất|chỉ có|chỉ cần", "duy nhất|chỉ"),
        ("xử phạt|phạt|xử lý hình sự|khởi tố|kỷ luật", "xử phạt|phạt|khởi tố|kỷ luật|cảnh cáo|khiển trách"),
        ("bổ nhiệm|miễn nhiệm|cách chức", "bổ nhiệm|miễn nhiệm|cách chức|giao giữ"),
        ("phê duyệt|duyệt", "phê duyệt|duyệt|chấp thuận|đồng ý|nhất trí|thông qua"),
        ("khen thưởng|tặng giấy khen|biểu dương", "khen|thưởng|biểu dương|tuyên dương"),
        ("nghiệm thu|bàn giao|giải ngân|khởi công|khánh thành", "nghiệm thu|bàn giao|giải ngân|khởi công|khánh thành"),
        ("đã hoàn thành|đã xong|xong hết", "hoàn thành|xong|đạt|kết thúc"),
        ("lần đầu|lần đầu tiên|cao nhất|thấp nhất|lớn nhất|nhiều nhất cả", "lần đầu|nhất|đầu tiên"),
        ("kéo dài", "kéo dài|trong|thời gian|đến|từ|ngày|tháng|buổi"),
        ("bắt buộc", "bắt buộc|phải|yêu cầu|cần"),
        ("ngay lập tức|lập tức", "ngay|lập tức|khẩn"),
        ("luôn|luôn luôn|vĩnh viễn|mãi mãi", "luôn|vĩnh viễn|mãi|suốt|thường xuyên"),
        (
            "toàn quốc|cả nước|toàn tỉnh|toàn huyện|quốc gia|quốc tế",
            "toàn quốc|cả nước|toàn tỉnh|toàn huyện|quốc gia|quốc tế",
        ),
        ("hầu hết|đa số|phần lớn|đại đa số", "hầu hết|đa số|phần lớn|quá nửa|[5-9][0-9](?:,[0-9]+)? ?%|\\d+/\\d+"),
        ("miễn phí|không mất tiền", "miễn|không (?:thu|mất|phải)|không lấy tiền|hỗ trợ"),
        (
            "hằng ngày|hàng ngày|mỗi ngày|quanh năm|cả năm",
            "hằng ngày|hàng ngày|mỗi ngày|/ngày|một ngày|quanh năm|cả năm|năm",
        ),
        ("không giới hạn|không hạn chế|vô thời hạn", "không giới hạn|không hạn chế|vô thời hạn"),
        ("gấp đôi|gấp ba|gấp nhiều lần", "gấp"),
        ("tăng mạnh|giảm mạnh|tăng vọt|giảm sâu", "mạnh|vọt|sâu|gấp"),
        ("tự động", "tự động"),
        ("xuất sắc|vượt xa|vượt chỉ tiêu|vượt kế hoạch", "xuất sắc|vượt"),
        ("nghiêm trọng|đặc biệt nghiêm trọng", "nghiêm trọng|nặng"),
        ("nghỉ việc|thôi việc|buộc thôi việc|giải thể|đình chỉ", "nghỉ việc|thôi việc|giải thể|đình chỉ|tạm dừng|dừng"),
    )
)
_HEDGE = re.compile(r"\b(?:dự kiến|đề xuất|kiến nghị|phấn đấu|xem xét|có thể|dự định|đề nghị|nếu)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:đã|chắc chắn|bảo đảm|cam kết|quyết định)\b", re.IGNORECASE)


def _stronger(claim: _Text, there: _Text, beside: str) -> bool:
    if any(said.search(claim.text) and not needed.search(there.text) for said, needed in _STRONG):
        return True
    hedged = _HEDGE.search(beside) and not _DONE.search(beside)
    return bool(_DONE.search(claim.text) and hedged and not _HEDGE.search(claim.text))
