"""A question in other words: people ask for «chích ngừa» where the document says «tiêm phòng».

The questions that were composed by hand are few; a list of what people say for each other makes many of every one, and a
model learns that both mean the same. Only what asks is changed, never what is to be copied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from training import wording
from training.notes import bare
from training.tasks.sample import Sample
from training.words import Chance, capital

ASKING = ("cited", "lookup")
"""Tasks whose prompt is a question to material that stands elsewhere."""
EXCHANGED = 0.6
"""How often a phrase that can be said otherwise is."""


@cache
def _others(*, unmarked: bool) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """What finds the phrases that can be exchanged, and for what.

    A single syllable may mean many things («đưa», «làm»), so none is exchanged, and nothing that stands in two groups.
    """
    shape = bare if unmarked else str
    groups = [tuple(map(shape, group)) for group in wording.synonyms()]
    count = Counter(phrase for group in groups for phrase in set(group))
    others = {
        phrase: tuple(other for other in group if other != phrase)
        for group in groups
        for phrase in group
        if count[phrase] == 1 and " " in phrase
    }
    longest_first = sorted(others, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE), others


def said_otherwise(chance: Chance, question: str) -> str:
    """The question with some of its phrases exchanged for others that mean the same."""
    pattern, others = _others(unmarked=question == bare(question))

    def other(found: re.Match[str]) -> str:
        if not chance.odds(EXCHANGED):
            return found[0]
        said = chance.random.choice(others[found[0].lower()] or (found[0],))
        return capital(said) if found[0][0].isupper() else said

    return pattern.sub(other, question)


def otherwise(chance: Chance, sample: Sample) -> Sample:
    """The sample with its questions in other words; unchanged where the prompt is no question to shared material."""
    if sample.task not in ASKING or not sample.passages:
        return sample
    more = tuple((said_otherwise(chance, question), answer) for question, answer in sample.more)
    return replace(sample, prompt=said_otherwise(chance, sample.prompt), more=more)
