"""The same task typed without marks, as people do in a hurry: «hop luc 8 gio o nha van hoa».

What the words mean can be told, and the answer has them with their marks. How a name is spelt cannot: it stays as it was
typed, for one guess of many would be an invention.
"""

from __future__ import annotations

import re
from dataclasses import replace

from service.engines.llama.placeholders import FAMILY_OF, Placeholders
from training.notes import bare
from training.tasks.sample import Expected, Sample


def unaccented(sample: Sample) -> Sample:
    """The sample with all that is read typed without marks, and its names so in the answers, too."""
    told = Placeholders()
    for text in (*sample.passages, sample.prompt, *(ask for ask, _ in sample.more)):
        told.hide(text)
    names = sorted((text for code, text in told.texts.items() if FAMILY_OF[chr(code)] == "name"), key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) or r"(?!)", re.IGNORECASE)

    def typed(text: str) -> str:
        return pattern.sub(lambda found: bare(found[0]), text)

    return replace(
        sample,
        passages=tuple(map(bare, sample.passages)),
        prompt=bare(sample.prompt),
        answer=typed(sample.answer),
        expected=tuple(Expected(typed(fact.value), tuple(map(typed, fact.cues))) for fact in sample.expected),
        more=tuple((bare(ask), typed(answer)) for ask, answer in sample.more),
    )
