"""The same task about something never heard of: what an answer copies is exchanged, everywhere, for a piece of some law.

A large model learns the generator's lists by heart, and then writes what usually stands there instead of what stands there
now. Where a phrase of the material may be any of five million, only copying helps. Laws know two thousand syllables of some
seven thousand, and none of the kitchen, the field or the street; so part of the phrases is made of syllables that never
stood side by side, or of none that anybody says. Names, numbers and dates need nothing of the kind: the placeholders
change them in every sample.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from training import laws, wording
from training.notes import bare
from training.slots import SLOTS
from training.tasks.sample import Sample
from training.words import Chance, capital

LEAST, MOST = 3, 12
"""Syllables of a phrase that is exchanged."""
THROWN, COINED = 0.35, 0.4
"""The share of phrases whose syllables are thrown together, and of coined syllables among those."""
_WORDS = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"[^\w\s]|[\d_\n]|[\ue000-\uf8ff]")
_KEPT = ("cần bổ sung", "không có trong tài liệu", "như trên", "trân trọng", "kính")


_ONSET = re.compile(r"(?:ngh?|gh?i?|kh|ph|th|tr|ch|nh|qu|[bcdđhklmnprstvx])?")


@cache
def _syllables() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The syllables of the laws, and the same parted into what begins them and the rest."""
    known = {word for clause in laws.clauses() for word in clause.split() if len(word) > 1}
    parted = [(found[0], word[found.end() :]) for word in sorted(known) if (found := _ONSET.match(word))]
    return tuple(sorted(known)), tuple((onset, rest) for onset, rest in parted if rest)


def _thrown(chance: Chance, count: int) -> str:
    """So many syllables in no order, some of them coined of the beginning of one and the end of another."""
    known, parted = _syllables()
    return " ".join(
        chance.random.choice(parted)[0] + chance.random.choice(parted)[1] if chance.odds(COINED) else chance.of(known)
        for _ in range(count)
    )


@cache
def _labels() -> frozenset[str]:
    return frozenset(label.lower() for slot in SLOTS.values() for label in wording.labels(slot))


def _copied(segment: str, source: str) -> str:
    """The first run of small words in the segment, of LEAST syllables or more, that the source holds; the longest there."""
    words, low = segment.split(), source.lower()
    for start in range(len(words) - LEAST + 1):
        first = " ".join(words[start : start + LEAST])
        if first[0].lower() + first[1:] not in low:
            continue
        for end in range(min(len(words), start + MOST), start + LEAST - 1, -1):
            run = " ".join(words[start:end])
            run = run[0].lower() + run[1:]
            if run == run.lower() and run in low and re.search(rf"(?<!\w){re.escape(run)}(?!\w)", low):
                return run
    return ""


def _named_otherwise(run: str, asked: str) -> bool:
    """True when a question speaks of the run without saying it whole: two of its syllables stand there side by side, marks
    or not. Exchanged in the material only, the question would ask for something that is no longer there."""
    rest = asked.lower()
    if run in rest:
        rest = re.sub(rf"(?<!\w){re.escape(run)}(?!\w)", "|", rest)
    rest = f" {' '.join(_WORDS.findall(bare(rest)))} "
    return any(f" {one} {two} " in rest for one, two in pairwise(bare(run).lower().split()))


def _left_over(run: str, answers: Sequence[str], source: str) -> bool:
    """True when an answer still says a part of the run which the source, the run being exchanged, no longer has: it would
    teach to write what nobody gave («về nạo vét kênh» was exchanged, «tổ chức nạo vét kênh» was not)."""
    words, said = run.split(), "\n".join(answers).lower()
    parts = (" ".join(words[at : at + LEAST]) for at in range(len(words) - LEAST + 1))
    return any(part in said and part not in source.lower() for part in parts)


def unfamiliar(chance: Chance, sample: Sample) -> Sample:
    """The sample with other words in most of what its answer copies; unchanged where there are no laws at hand."""
    clauses = laws.clauses()
    asked = "\n".join([*([sample.prompt] if sample.passages else []), *(question for question, _ in sample.more)])
    source = "\n".join(sample.passages) or sample.prompt
    texts = [sample.prompt, sample.answer, *sample.passages, *(text for turn in sample.more for text in turn)]
    for segment in _BREAK.split(sample.answer) if clauses else ():
        run = _copied(segment, source)
        if not run or run in _labels() or any(word in run for word in _KEPT) or chance.odds(0.2):
            continue
        if _named_otherwise(run, asked):
            continue
        words = chance.of(clauses).split()
        count = min(run.count(" ") + 1, len(words))
        at = chance.number(0, len(words) - count)
        other = _thrown(chance, count) if chance.odds(THROWN) else " ".join(words[at : at + count])
        pattern = re.compile(rf"(?<!\w){re.escape(run)}(?!\w)", re.IGNORECASE)

        def exchanged(found: re.Match[str], other: str = other) -> str:
            return capital(other) if found[0][0].isupper() else other

        changed = [pattern.sub(exchanged, text) if run in text.lower() else text for text in texts]
        without = pattern.sub(exchanged, source)
        if _left_over(run, [changed[1], *changed[3 + len(sample.passages) :: 2]], without):
            continue
        texts, source = changed, without
    prompt, answer, rest = texts[0], texts[1], texts[2:]
    passages, turns = rest[: len(sample.passages)], rest[len(sample.passages) :]
    more = tuple(zip(turns[::2], turns[1::2], strict=True))
    return replace(sample, prompt=prompt, answer=answer, passages=tuple(passages), more=more)
