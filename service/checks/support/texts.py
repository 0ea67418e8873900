"""A claim and a passage as the rules of support look at them: in one spelling, with their words and quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from service.checks.citations import without_citations
from service.checks.figures.stated import stated
from service.checks.support.normalisation import normalised
from service.quantities import Quantity, quantities
from service.text import content_words, sentences

_FRAME = " \t*_#|–-•+"
"""What lists, tables and headings put around a sentence."""
_LEAD = re.compile(
    r"^(?:Theo (?:tài liệu|văn bản|đoạn)(?: này| trên)?|Như vậy|Ngoài ra|Cụ thể|Đồng thời|Do đó)[,:]?\s+"
    r"|^(?:Không|Không được|Không bắt buộc|Có|Được|Đúng)[,:;.]\s+(?=\w)"
)
_FIGURE = " figure "


@dataclass(frozen=True)
class Text:
    """A text with what the rules look at, worked out once.

    ``text`` is in one spelling (``normalised``); ``words`` are its content words, folded, with one mark for each
    quantity; ``quantities`` all that it states (``stated``).
    """

    text: str
    words: tuple[str, ...]
    quantities: tuple[Quantity, ...]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Neighbours among the words."""
        return set(pairwise(self.words))


@lru_cache(maxsize=512)
def read(text: str) -> Text:
    """A text as the rules look at it."""
    plain = normalised(text)
    return Text(plain, tuple(content_words(_unfigured(plain))), stated(plain))


def claim_of(sentence: str) -> Text:
    """A sentence of an answer, without its marks «[2]», what frames it in a list, and its opening («Theo tài liệu»,
    «Không, …»)."""
    return read(_LEAD.sub("", without_citations(sentence).strip(_FRAME)))


def states(sentence: str) -> bool:
    """False for a mark of its own, a rule of a table, a heading or a lead-in."""
    bare = without_citations(sentence).strip(_FRAME)
    words = content_words(bare)
    if quantities(bare) and len(words) > 1:
        return not bare.endswith(":") or len(words) > 8
    return len(words) >= 4 and not bare.endswith(":")


def nearest(claim: Text, there: Text) -> str:
    """The sentence of a passage that shares most words with a claim, and up to two that share 0.3 times as many.

    A line each; empty when none shares two words.
    """
    own = set(claim.words)
    parts = [there.text[start:end] for start, end in sentences(there.text)]
    rated = sorted(((len(own & set(content_words(part))), part) for part in parts), key=lambda one: -one[0])
    return "\n".join(part for shared, part in rated[:3] if shared >= max(2, rated[0][0] * 0.3))


def _unfigured(text: str) -> str:
    """A text with one mark for each quantity: what was compared by value is no difference of words any more."""
    pieces, at = list[str](), 0
    for one in quantities(text):
        pieces += [text[at : one.start], _FIGURE]
        at = one.end
    return "".join([*pieces, text[at:]])
