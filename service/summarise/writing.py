"""What the model writes about numbered passages, as far as they bear it out."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import closing

from service import answering
from service.checks.citations import KnownMarks, without_citations
from service.checks.support import judge
from service.embedders.likeness import likeness
from service.extraction import salience
from service.kit import Kit
from service.nd30 import phrases
from service.prompts import fill
from service.quantities import quantities
from service.records import Delta, Lane, Message, NoteItem, Options, Passage, Summary, Support
from service.summarise import rows
from service.summarise.parts import material
from service.text import content_words, fold, sentences

LOOK_EVERY = 0.3
"""Seconds between two looks at the stop button while the model writes."""
IN_WORDS = 0.6
"""So many of its words a statement has from the passages it names: fewer, and it tells something of its own."""
_NUMBER = re.compile(r"\s*(?:(?:Phần|Chương|Mục|Điều)\s+\w+[.:]|\d{1,2}[.)]|[a-zđ]\)|[-–+•])\s+", re.IGNORECASE)
_END = ".;,: "
_WORD = re.compile(r"[\w.,/-]*\w")
_COUNT = re.compile(r"\d[\d.,]*%?")


def statements(
    kit: Kit, found: Summary, wish: str, passages: Sequence[Passage], room: int
) -> tuple[list[NoteItem], int]:
    """The sentences of the model on a ``wish``, about ``room`` syllables, that a passage bears out, each once; and how
    many were dropped, headings and what has a gap among them. The passages are numbered from 1.

    Raises ``answering.Stopped`` soon after the stop button, ``ContextTooLong`` and what else the engine raises.
    """
    frame = fill(kit.frames["summarise"], material=material(passages))
    text = _written(kit, found, (Message("system", frame), Message("user", wish)), len(passages), room)
    return _borne_out(kit, text, passages)


def _written(kit: Kit, found: Summary, messages: Sequence[Message], last: int, room: int) -> str:
    """What comes in the lane of background work, without marks above ``last``."""
    context = kit.engine.state().context
    most = min(max(80, room * 3), context // 3 if context else room * 3)
    options = Options(max_tokens=most, lane=Lane.BACKGROUND, owner=str(found.user_id))
    marks, text = KnownMarks(last), ""
    looked = time.monotonic()
    with closing(kit.engine.stream(messages, options)) as events:
        for event in events:
            if isinstance(event, Delta):
                text += marks.feed(event.text)
            if time.monotonic() - looked >= LOOK_EVERY:
                looked = time.monotonic()
                if not rows.is_open(kit, found.id):
                    raise answering.Stopped
    return answering.as_kept(text + marks.close())


def _borne_out(kit: Kit, text: str, passages: Sequence[Passage]) -> tuple[list[NoteItem], int]:
    """The sentences that a passage bears out and a reader understands, without their marks; and how many were not.

    What stands between two semicolons of a line is judged apart, and joined again when it holds.
    """
    kept, dropped, last = list[NoteItem](), 0, -1
    for one in judge(text, passages, likeness(kit.embedder)):
        if one.support not in (Support.CITED, Support.FOUND):
            dropped += 1
            continue
        said = _bare(text[one.start : one.end])
        bare = phrases.TO_FILL in said or _is_heading(said, passages) or _is_bare_row(said, passages)
        if bare or not _in_words(said, [named for named in passages if named.number in one.passages]):
            dropped += 1
            continue
        between = text[last : one.start]
        if kept and kept[-1].text.endswith(";") and not between.strip() and "\n" not in between:
            before = kept.pop()
            both = tuple(dict.fromkeys((*before.passages, *one.passages)))
            kept.append(NoteItem(f"{before.text} {said}", both))
        else:
            kept.append(NoteItem(said[:1].upper() + said[1:], one.passages))
        last = one.end
    return list({item.text: item for item in kept}.values()), dropped


def _is_heading(said: str, passages: Sequence[Passage]) -> bool:
    """True for the title of a section; and for a bare line of a list under a label that no passage has: «Gửi: Hợp tác
    quốc tế»."""
    label, _, rest = said.rpartition(": ")
    titles = [part for one in passages for part in one.heading.split(" › ") if not salience(part)]
    if label and not any(f"{label}:" in one.text for one in passages):
        titles += [line for one in passages for line in one.text.split("\n")]
    bare = {_NUMBER.sub("", title).strip(_END).casefold() for title in titles}
    return not quantities(rest) and rest.strip(_END).casefold() in bare


def _in_words(said: str, passages: Sequence[Passage]) -> bool:
    """True when most words of a statement stand in the passages that bear it out; and a label before it, «Chức vụ: văn
    bản đến», stands there as a label or in a sentence that goes on with the rest. A figure may be labelled freely:
    «Kinh phí: 62 triệu đồng»."""
    there = [f"{one.heading}\n{one.text}" for one in passages]
    if _share(said, "\n".join(there)) < IN_WORDS:
        return False
    label, _, rest = said.partition(": ")
    if not rest or quantities(rest):
        return True
    pattern = re.compile(rf"(?<!\w){re.escape(fold(label))}(?!\w)(?P<colon>:?)")
    told = (fold(text[start:end]) for text in there for start, end in sentences(text))
    given = ((one, match) for one in told for match in pattern.finditer(one))
    return any(match["colon"] or _share(rest, one[match.end() :]) >= IN_WORDS for one, match in given)


def _share(said: str, there: str) -> float:
    words = set(content_words(said))
    return len(words & set(content_words(there))) / len(words) if words else 1.0


def _is_bare_row(said: str, passages: Sequence[Passage]) -> bool:
    """True for cells of one row of a table strung together, «Gia Lộc: 344, 210»: without the head of the table nobody
    knows what the numbers count."""
    words = set(_WORD.findall(said.casefold()))
    for row in (line.split("|") for one in passages for line in one.text.split("\n") if "|" in line):
        counts = {cell.strip() for cell in row if _COUNT.fullmatch(cell.strip())}
        if words <= set(_WORD.findall(" ".join(row).casefold())) and any(
            re.search(rf"(?<![\w.,]){re.escape(count)}(?![\w.,]\w|\w)", said) for count in counts
        ):
            return True
    return False


def _bare(sentence: str) -> str:
    """A sentence without marks, bullet and the blanks around it."""
    return re.sub(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s+", "", without_citations(sentence)).strip(" *_#|")
