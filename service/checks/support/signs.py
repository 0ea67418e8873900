"""Signs for and against: what is weighed when no rule forbids that a passage holds a claim (``weights``)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from service.checks.support.alignment import Layout, Places, laid_out
from service.checks.support.contradiction import beyond, denies_less, denies_more, turned
from service.checks.support.crossing import crossed, swapped
from service.checks.support.intent import bound, hedged, of_all, source_clauses, told_as_done
from service.checks.support.roles import other_doer
from service.checks.support.texts import Text, nearest
from service.checks.support.wordings import SOFT
from service.text import fold, has_marks


def signs(claim: Text, there: Text) -> dict[str, float]:
    """What speaks for and against a claim, by name; one that was typed without marks is compared without any.

    cover    the share of its words that the passage has
    run      how many that the passage lacks stand in a row, up to 5
    words    how many there are, as a logarithm: chance finds less of a long claim
    denial   1 when it denies something: what it denies too much is told by ``against``
    against  how many rules say that it is another claim: something belongs to something else, is denied, turned round,
             said of all or told as done
    doubts   how many say that it may be: it states what the passage leaves open, or has a condition of its own
    """
    marked = has_marks(claim.text)
    mine, other = (laid_out(text if marked else fold(text)) for text in (claim.text, there.text))
    places = [other.places(one) for one in mine.tokens]
    asked = [
        bool(at) for one, at in zip(mine.tokens, places, strict=True) if one.key not in SOFT and one.quantity is None
    ] or list(map(bool, places))  # «Kinh phí là 62.000.000 đồng» has none but soft words
    sentence = _sentence(other, places)
    text = other.sentences[sentence] if other.sentences else ""
    against = (
        crossed(mine, other, places),
        swapped(mine, other, places),
        denies_more(mine, other, places),
        denies_less(mine, other, places),
        turned(claim.text, nearest(claim, there)) or beyond(mine, other, places),
        of_all(claim.text, text),
        told_as_done(claim.text, text),
        other_doer(claim, there),
    )
    doubts = (
        hedged(claim.text, source_clauses(other, places, sentence)),
        bound(claim.text, text),
    )
    return {
        "cover": sum(asked) / max(1, len(asked)),
        "run": _longest_run(asked),
        "words": math.log(max(1, len(asked))),
        "denial": any(one.denied for one in mine.tokens),
        "against": sum(against),
        "doubts": sum(doubts),
    }


def _sentence(there: Layout, places: Places) -> int:
    """The sentence that has most of the claim's words."""
    shares = [0] * max(1, len(there.sentences))
    for at in places:
        for sentence in {there.tokens[k].sentence for k in at}:
            shares[sentence] += 1
    return max(range(len(shares)), key=shares.__getitem__)


def _longest_run(asked: Sequence[bool]) -> int:
    longest = run = 0
    for there in asked:
        run = 0 if there else run + 1
        longest = max(longest, run)
    return min(longest, 5)
