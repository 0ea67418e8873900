"""Nothing mixed up: what belongs to one clause of the passage is not said of what another clause speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from service.checks.bearing import bears
from service.checks.stated import stated
from service.checks.support.texts import Text
from service.quantities import Quantity
from service.text import content_words, fold

_CLAUSE_END = re.compile(r"(?<!\d),(?=\s)|[;:.\n](?=\s|$)|\s(?=(?:còn(?! lại)|trong đó|riêng|việc)\s)")
_TYPED = re.compile(r"\b(?P<kind>[a-zà-ỹđ]+)\s+(?P<name>[A-ZĐÀ-Ỹ]\w*(?:\s+[A-ZĐÀ-Ỹ]\w*)+)")


def mixed(claim: Text, there: Text) -> bool:
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
        figures = (partial(_same_figure, one) for one in part.figures if _telling(one))
        for same_detail in (*figures, *(partial(_same_name, name) for name in part.names)):
            verdicts = [(same_detail(one), len(part.words & one.words)) for one in clauses]
            mine = [shared for same, shared in verdicts if same is True]
            rest = [shared for same, shared in verdicts if same is False]
            if mine and rest and max(rest) >= max(mine) + 2:
                return True
        if any(_crossed(part.words, a.words, b.words) for a, b in pairwise(clauses)):
            return True
    return False


def _clauses(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in _CLAUSE_END.split(text)) if len(part.split()) > 1]


@dataclass(frozen=True)
class _Clause:
    """A clause with its words that are no figures, its figures, and its names, each with the word before it."""

    words: frozenset[str]
    figures: tuple[Quantity, ...]
    names: tuple[tuple[str, str], ...]


def _clause(text: str) -> _Clause:
    words = frozenset(word for word in content_words(text) if not word[0].isdigit())
    return _Clause(words, stated(text), _typed_names(text))


def _typed_names(text: str) -> tuple[tuple[str, str], ...]:
    """(name, the word before it, folded): («Lê Văn Hưu», «duong»)."""
    return tuple((match["name"], fold(match["kind"])) for match in _TYPED.finditer(text))


def _telling(one: Quantity) -> bool:
    """False for what many clauses share, such as a bare year or a document number."""
    bare_year = one.kind == "date" and len(one.value) == 4
    return one.kind in ("number", "money", "percent", "date", "time", "words") and not bare_year


def _same_figure(one: Quantity, clause: _Clause) -> bool | None:
    """True when the clause has the figure, False when it has only others of the kind, None when it has none."""
    if any(bears(one, other, set()) for other in clause.figures):
        return True
    return False if any(other.kind == one.kind and _telling(other) for other in clause.figures) else None


def _same_name(name: tuple[str, str], clause: _Clause) -> bool | None:
    """True when the clause has the name, False when it has only others behind the same word, None when it has none."""
    if name[0] in {other for other, _ in clause.names}:
        return True
    return False if name[1] in {kind for _, kind in clause.names} else None


def _crossed(part: frozenset[str], a: frozenset[str], b: frozenset[str]) -> bool:
    """Two clauses in parallel share two words; the claim has those, one of a's own and one of b's own, and not more."""
    shared = a & b & part
    from_a, from_b = part & (a - b), part & (b - a)
    return len(shared) >= 2 and bool(from_a) and bool(from_b) and len(a - b) <= 6 and len(b - a) <= 6
