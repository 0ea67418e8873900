"""The same task about something never heard of: what an answer copies is exchanged, everywhere, for a piece of some law.

A large model learns the generator's lists by heart, and then writes what usually stands there instead of what stands there
now. Where a phrase of the material may be any of five million, only copying helps. Names, numbers and dates need nothing of
the kind: the placeholders change them in every sample.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from training import laws, wording
from training.notes import bare
from training.slots import SLOTS
from training.tasks.sample import Sample
from training.words import Chance, capital

LEAST, MOST = 3, 12
"""Syllables of a phrase that is exchanged."""
_BREAK = re.compile(r"[^\w\s]|[\d_\n]|[\ue000-\uf8ff]")
_KEPT = ("cần bổ sung", "không có trong tài liệu", "như trên", "trân trọng", "kính")


def _labels() -> frozenset[str]:
    return frozenset(label.lower() for slot in SLOTS.values() for label in wording.labels(slot))


def _copied(segment: str, source: str) -> str:
    """The first run of small words in the segment, of LEAST syllables or more, that the source holds; the longest there."""
    words = segment.split()
    for start in range(len(words) - LEAST + 1):
        for end in range(min(len(words), start + MOST), start + LEAST - 1, -1):
            run = " ".join(words[start:end])
            run = run[0].lower() + run[1:]
            if run == run.lower() and re.search(rf"(?<!\w){re.escape(run)}(?!\w)", source, re.IGNORECASE):
                return run
    return ""


def _named_otherwise(run: str, asked: str) -> bool:
    """True when a question speaks of the run without saying it whole: two of its syllables stand there side by side, marks
    or not. Exchanged in the material only, the question would ask for something that is no longer there."""
    rest = bare(re.sub(rf"(?<!\w){re.escape(run)}(?!\w)", "|", asked, flags=re.IGNORECASE)).lower()
    words = bare(run).lower().split()
    return any(re.search(rf"(?<!\w){one}\s+{two}(?!\w)", rest) for one, two in pairwise(words))


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
        other = " ".join(words[at : at + count])
        pattern = re.compile(rf"(?<!\w){re.escape(run)}(?!\w)", re.IGNORECASE)

        def exchanged(found: re.Match[str], other: str = other) -> str:
            return capital(other) if found[0][0].isupper() else other

        texts = [pattern.sub(exchanged, text) for text in texts]
        source = pattern.sub(exchanged, source)
    prompt, answer, rest = texts[0], texts[1], texts[2:]
    passages, turns = rest[: len(sample.passages)], rest[len(sample.passages) :]
    more = tuple(zip(turns[::2], turns[1::2], strict=True))
    return replace(sample, prompt=prompt, answer=answer, passages=tuple(passages), more=more)
