"""A claim beside a passage: what makes it another one, and the signs that are weighed otherwise (``weights``)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from service.checks.support.alignment import Layout, Places, laid_out
from service.checks.support.contradiction import beyond, denies_less, denies_more, turned
from service.checks.support.crossing import crossed, swapped
from service.checks.support.intent import of_all, stronger, told_as_done, unguarded
from service.checks.support.roles import other_doer
from service.checks.support.texts import Text, nearest
from service.checks.support.wordings import SOFT
from service.text import fold, has_marks


@dataclass(frozen=True)
class Beside:
    """A claim and the passage it is held against; a claim that was typed without marks is compared without any."""

    claim: Text
    there: Text

    @cached_property
    def cover(self) -> float:
        """The share of the claim's telling words that the passage has."""
        pairs = list(zip(self._mine.tokens, self._places, strict=True))
        telling = [bool(at) for one, at in pairs if one.key not in SOFT and one.quantity is None]
        asked = telling or [bool(at) for _, at in pairs]  # «Kinh phí là 62.000.000 đồng» has none but soft words
        return sum(asked) / max(1, len(asked))

    def another(self) -> bool:
        """True when a rule says that the passage makes another claim: something belongs to something else there, is
        denied, turned round, said of some or not yet done."""
        mine, other, places = self._mine, self._other, self._places
        return (
            crossed(mine, other, places)
            or swapped(mine, other, places)
            or denies_more(mine, other, places)
            or denies_less(mine, other, places)
            or turned(self.claim.text, nearest(self.claim, self.there))
            or beyond(mine, other, places)
            or of_all(self.claim.text, self._sentence)
            or told_as_done(self.claim.text, self._sentence)
            or other_doer(self.claim, self.there)
        )

    def signs(self) -> dict[str, float]:
        """What speaks for and against the claim, by name.

        sentence   the share of its words that one sentence of the passage has
        clauses    from how many clauses of the passage its words must be taken together, for each of its own
        denial     1 when it denies something: what it denies too much is ``another`` claim
        stronger   how many of its words leave nothing open where the sentence has no such word
        unguarded  how many conditions and reservations of the sentence it leaves out
        """
        marked = has_marks(self.claim.text)
        return {
            "sentence": max(self._shares) / max(1, len(self._places)),
            "clauses": self._clauses() / max(1, len(self._mine.clauses)),
            "denial": any(one.denied for one in self._mine.tokens),
            "stronger": stronger(self.claim.text, self._sentence) if marked else 0,
            "unguarded": unguarded(self.claim.text, self._sentence) if marked else 0,
        }

    @cached_property
    def _mine(self) -> Layout:
        return laid_out(self.claim.text if has_marks(self.claim.text) else fold(self.claim.text))

    @cached_property
    def _other(self) -> Layout:
        return laid_out(self.there.text if has_marks(self.claim.text) else fold(self.there.text))

    @cached_property
    def _places(self) -> Places:
        return [self._other.places(one) for one in self._mine.tokens]

    @cached_property
    def _shares(self) -> list[int]:
        """How many of the claim's words each sentence has."""
        shares = [0] * max(1, len(self._other.sentences))
        for at in self._places:
            for sentence in {self._other.tokens[k].sentence for k in at}:
                shares[sentence] += 1
        return shares

    @property
    def _sentence(self) -> str:
        """The sentence that has most of the claim's words."""
        found = self._other.sentences
        return found[self._shares.index(max(self._shares))] if found else ""

    def _clauses(self) -> int:
        """The fewest clauses that have all words of the claim that stand there, taken greedily."""
        left = [{self._other.tokens[k].clause for k in at} for at in self._places if at]
        taken = 0
        while left:
            best = Counter(clause for where in left for clause in where).most_common(1)[0][0]
            left = [where for where in left if best not in where]
            taken += 1
        return taken
