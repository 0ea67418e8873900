"""Alignment: where the words of a claim stand in a passage, clause by clause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from service.checks.figures.bearing import bears
from service.checks.support.wordings import COUNTS, LIGHT, MODAL, wording
from service.quantities import Quantity, quantities
from service.text import Syllable, sentences, syllables

_CLAUSE_END = re.compile(
    r"(?<!\d),(?=\s)|,(?=\s\D)|[;:.\n](?=\s|$)|"
    r"\s(?=(?:còn(?! lại)|trong đó|riêng|trong khi|nhưng|song|mà|nếu|để|vì|do|bởi|nhờ|thì|chứ|nên)\s)"
)
_PARTED = re.compile(r"\s*(?:còn|riêng|trong khi|nhưng|song)\b")
_DENIALS = frozenset(("không", "chưa", "chẳng", "đừng", "cấm", "khỏi", "chớ"))
_FORBIDDEN = frozenset(("chất", "hàng", "biển", "lệnh", "giờ"))
"""Behind these «cấm» denies nothing: «chất cấm»."""
_DENIED_LIST = re.compile(r"\b(?:không|cấm)(?: được| phải)?:")
"""What follows is denied, item by item: «Bên B không được: …»."""
_REACH = 3
"""Words behind a denial that it speaks of."""


@dataclass(frozen=True)
class Token:
    """A wording or a quantity, with the number of its clause and sentence.

    ``denied`` is true within reach of a denial, ``head`` for what stands right behind it; ``joined`` for what follows
    «và» or «hoặc»; ``name`` for what has a capital inside its clause.
    """

    key: str
    clause: int
    sentence: int
    denied: bool
    head: bool
    joined: bool
    name: bool
    quantity: Quantity | None


@dataclass(frozen=True)
class Layout:
    """A text by its tokens, clauses and sentences; ``parting`` says how strongly each clause is parted from the last:
    4 by the end of a sentence, 3 by a semicolon or «còn», 2 by a comma, 1 by less."""

    tokens: tuple[Token, ...]
    clauses: tuple[str, ...]
    parting: tuple[int, ...]
    sentences: tuple[str, ...]

    @cached_property
    def at(self) -> dict[str, list[int]]:
        """Where each token stands."""
        found = defaultdict[str, list[int]](list)
        for n, one in enumerate(self.tokens):
            found[one.key].append(n)
        return found

    def places(self, one: Token) -> Sequence[int]:
        """Where this text has a token of another; quantities by value, as ``bears`` has it."""
        found = self.at.get(one.key, [])
        if found or one.quantity is None:
            return found
        wanted = one.quantity
        return [n for n, other in enumerate(self.tokens) if other.quantity and bears(wanted, other.quantity, set())]


Places = Sequence[Sequence[int]]
"""Where each token of a claim stands in a passage."""


@lru_cache(maxsize=512)
def laid_out(text: str) -> Layout:
    """A text in one spelling (``normalised``) as its tokens, clauses and sentences."""
    tokens, clauses, parting, parts = list[Token](), list[str](), list[int](), list[str]()
    found, opened = quantities(text), 0
    for start, end in sentences(text):
        follows = text[max(0, start - 2) : start].rstrip().endswith(";")
        opened = opened if follows else start  # of the list whose items semicolons part
        parts.append(text[start:end])
        cuts = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
        for a, b in pairwise(cuts):
            if not text[a:b].strip():
                continue
            clauses.append(text[a:b])
            parting.append((3 if follows else 4) if a == start else _parting(text[a - 1], text[a:b]))
            inside = [one for one in found if a <= one.start < b]
            reach = _REACH if _DENIED_LIST.search(text, opened, a) else 0
            tokens += _tokens(text, (a, b), inside, (len(clauses) - 1, len(parts) - 1), reach)
    return Layout(tuple(tokens), tuple(clauses), tuple(parting), tuple(parts))


def _parting(mark: str, clause: str) -> int:
    return 3 if _PARTED.match(clause) else 2 if mark == "," else 1


def _tokens(
    text: str, span: tuple[int, int], found: Sequence[Quantity], place: tuple[int, int], reach: int
) -> Iterator[Token]:
    """The tokens of a clause: light words are left out, a denial marks what follows."""
    first, joined = True, False
    for piece in _pieces(text, span, found):
        if isinstance(piece, Quantity):
            yield Token(f"#{piece.kind}:{piece.value}", *place, reach > 0, reach == _REACH, joined, False, piece)
            reach, first, joined = reach - 1, False, False
            continue
        words, n = [one.text.lower() for one in piece], 0
        while n < len(words):
            key, used = wording(words, n)
            if key in _DENIALS and not (key == "cấm" and n and words[n - 1] in _FORBIDDEN):
                reach = _REACH
            elif key not in LIGHT:
                said = key not in MODAL
                count = COUNTS.get(key)
                quantity = Quantity("number", str(count), piece[n].start, piece[n].end, key) if count else None
                name = piece[n].text[:1].isupper() and not first
                shown = f"#number:{count}" if count else key
                yield Token(shown, *place, reach > 0, reach == _REACH, joined, name, quantity)
                reach, first, joined = reach - said, False, False
            joined = joined or key in ("và", "hoặc")
            n += used


def _pieces(text: str, span: tuple[int, int], found: Sequence[Quantity]) -> Iterator[Quantity | list[Syllable]]:
    """The quantities of a span in order, and the syllables between them."""
    at, end = span
    for one in found:
        if one.start >= at:
            yield _syllables(text, at, one.start)
            yield one
            at = one.end
    yield _syllables(text, at, end)


def _syllables(text: str, start: int, end: int) -> list[Syllable]:
    return [Syllable(one.text, one.start + start, one.end + start) for one in syllables(text[start:end])]
