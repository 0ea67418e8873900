"""One answer judged: facts in their place, what was invented, what was obeyed, form, syllables, loops. Rules only."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.checks.citations import citations, without_citations
from service.checks.grounding import keeps_numbers, trace
from service.nd30.drafting import draft_from_text, framed, text_of
from service.nd30.examine import check_text
from service.records import Assertion, Case, Draft, Exercise, Level, Passage
from service.text import comparable, count_syllables, fold, normalise_tone, syllables
from training.kinds import MISSING
from training.tasks import NOT_THERE, Expected, Wants

_ONSETS = "(?:ngh|gh|k)(?=[eêiy])|(?:ng|c)(?![eêiy])|g(?![eê])|nh|gi|kh|ph|qu|th|tr|ch|b|d|đ|h|l|m|n|p|r|s|t|v|x|"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|"
    "ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|"
    "oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|oop|ooc|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|"
    "uâng|uât|uây|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uc|up|ut|uơ|uy|uya|uych|uyên|uyêt|uyn|uynh|uyp|uyt|uyu|ư|"
    "ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêt|yêu|yêng"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{_RIMES})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_HONORIFICS = frozenset({"Ông", "Bà", "Anh", "Chị", "Cô", "Thầy", "Bác", "Quý"})
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_HOLE = re.compile(r"\[[^\]\n]*\]")
_REFUSES = re.compile(r"không (có|nêu|thấy|tìm thấy|đề cập|nói|được nêu)", re.IGNORECASE)
_LOOP = 8
"""Syllables: a stretch as long as this, four times over, is a loop; a document may name its subject three times."""


@dataclass(frozen=True)
class Judged:
    """What one answer got; a field is None where the question does not arise."""

    facts: int
    arrived: int
    lost: tuple[str, ...]
    details: int
    invented: tuple[str, ...]
    obeyed: bool | None
    format: bool | None
    refused: bool | None
    cited: tuple[int, int] | None
    syllables: int
    strange: tuple[str, ...]
    looped: bool


def is_syllable(word: str) -> bool:
    """True for a word that can be a Vietnamese syllable: an onset, a rime, at most one tone."""
    plain = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
    return _SYLLABLE.fullmatch(plain) is not None


def in_place(fact: Expected, answer: str) -> bool:
    """True when a line of the answer holds the value unchanged, and a word that belongs to its place."""
    value = comparable(fact.value).casefold()
    lines = [line for line in comparable_lines(answer) if value in line]
    return bool(lines) and (not fact.cues or any(cue.casefold() in line for line in lines for cue in fact.cues))


def comparable_lines(text: str) -> list[str]:
    """The lines of a text, one spelling of marks and spaces, small letters."""
    return [comparable(line).casefold() for line in text.split("\n")]


def names(text: str) -> list[str]:
    """Proper names: two or more neighbouring words that begin with a capital and go on small."""
    found = []
    for run in _RUN.finditer(text):
        held: list[str] = []
        for word in [*run[0].split(" "), ""]:
            if len(word) > 1 and word[0].isupper() and word[1:].islower():
                held.append(word)
                continue
            held = held[1:] if held and held[0] in _HONORIFICS else held
            if len(held) > 1:
                found.append(" ".join(held))
            held = []
    return list(dict.fromkeys(found))


def invented(answer: str, source: str, prompt: str) -> tuple[int, tuple[str, ...]]:
    """How many numbers, dates and names an answer states, and those found in neither source nor prompt."""
    bare = without_citations(re.sub(r"(?m)^(\| )?\d{1,2}[.) |]", "", answer))
    traced = trace(bare, (), (passage_of(source),), prompt)
    numbers = [(item.quantity.text, item.found) for item in traced]
    known = fold(normalise_tone(f"{source}\n{prompt}"))
    called = [(name, fold(normalise_tone(name)) in known) for name in names(bare) if fold(name) not in _FIXED]
    stated = numbers + called
    return len(stated), tuple(text for text, found in stated if not found)


_FIXED = frozenset(fold(text) for text in ("Như Điều",))


def passage_of(text: str) -> Passage:
    """A text as the only passage."""
    return Passage(number=1, document_id=0, document_title="", chunk=0, text=text, heading="", first=0, last=len(text))


def obeyed(answer: str, wants: Wants) -> bool:
    """True when the answer has what the prompt asked for: bullets, rows, lines, length, beginning, open places."""
    lines = [line.strip() for line in answer.strip().split("\n") if line.strip()]
    rows = [line for line in lines if line.startswith("|")]
    found = []
    if wants.bullets is not None:
        found.append(sum(line.startswith(("- ", "• ", "* ")) for line in lines) == wants.bullets)
    if wants.rows is not None:
        found.append(len(rows) == wants.rows + 2)
    if wants.numbered is not None:
        found.append(sum(bool(re.match(r"\d+\. ", line)) for line in lines) == wants.numbered)
    if wants.lines is not None:
        found.append(len(lines) == wants.lines)
    if wants.most_syllables is not None:
        found.append(0 < count_syllables(answer) <= wants.most_syllables)
    if wants.exact is not None and wants.exact != NOT_THERE:
        found.append(answer.strip() == wants.exact)
    if wants.holes is not None:
        found.append((MISSING in answer) == wants.holes)
    if wants.starts:
        found.append(answer.strip().lower().startswith(wants.starts.lower()))
    if wants.without:
        found.append(wants.without not in answer)
    return all(found)


def says(answer: str, fact: str) -> bool:
    """True when the answer states the fact in any notation of numbers and dates: the rule of the briefs written by hand."""
    case = Case(prompt="", answer=answer, exercise=_NO_EXERCISE)
    return bool(keeps_numbers(case, Assertion("keeps-numbers", [fact])).passed) if answer.strip() else False


_NO_EXERCISE = Exercise("bench", "", "draft", 1, 1, "visible", 1, "", 15, "hu_cau", "", "", "")


def holds(answer: str, kind: str, value: Any) -> bool:
    """Whether one condition (``must``) of a brief written by hand is kept; see ``free_briefs.md``."""
    lines = [line.strip() for line in answer.strip().split("\n") if line.strip()]
    rows = [line for line in lines if line.startswith("|")]
    listed = [line for line in lines if re.match(r"([-•*+]|\d{1,2}[.)])\s", line)]
    match kind:
        case "max_words":
            return 0 < count_syllables(answer) <= value
        case "min_words":
            return count_syllables(answer) >= value
        case "table":
            return bool(rows) and (value is True or all(name.casefold() in rows[0].casefold() for name in value))
        case "bullets":
            return bool(listed)
        case "exactly_n":
            return len(listed or lines) == value
        case "contains":
            return comparable(value).casefold() in comparable(answer).casefold()
        case "not_contains":
            return value not in answer
        case "cites":
            return any(value in mark.numbers for mark in citations(answer))
        case "refuses":
            return _REFUSES.search(answer) is not None
    raise ValueError(kind)


def asks_something(wants: Wants) -> bool:
    """True when the prompt sets a condition that :func:`obeyed` can look at."""
    return wants != Wants() and wants != Wants(cites=wants.cites) and wants.exact != NOT_THERE


def form(answer: str, kind: str, frame: Draft) -> bool:
    """True when the answer, set into the head and foot that code writes, has no essential finding for its kind."""
    whole = text_of(framed(draft_from_text(answer, kind=kind), frame))
    return not any(finding.level is Level.ESSENTIAL for finding in check_text(whole, kind))


def loops(answer: str, given: str = "") -> bool:
    """True when a stretch of eight syllables comes four times over, or a whole line three times, and in what was given
    it does not come so often: articles of laws say things over and over, too."""
    stretches, there = _stretches(answer), _stretches(given)
    lines = Counter(line for line in answer.split("\n") if count_syllables(_HOLE.sub("", line)) > 3)
    return any(count >= 4 and count > there[stretch] for stretch, count in stretches.items()) or any(
        count >= 3 and count > given.count(line) for line, count in lines.items()
    )


def _stretches(text: str) -> Counter[tuple[str, ...]]:
    """How often each stretch of eight syllables stands in a text, whether with marks or without."""
    words = [fold(one.text) for one in syllables(_HOLE.sub("", text))]
    return Counter(tuple(words[at : at + _LOOP]) for at in range(len(words) - _LOOP + 1))


def judge(
    answer: str,
    *,
    source: str,
    prompt: str,
    expected: Sequence[Expected],
    wants: Wants,
    kind: str = "",
    frame: Draft | None = None,
    must: Sequence[tuple[str, Any]] = (),
) -> Judged:
    """Everything about one answer; ``source`` is the shared material, ``kind`` a document kind where one was asked for.

    With ``must`` the brief was written by hand: its facts may arrive in any notation, its conditions stand in ``must``.
    """
    arrived = [says(answer, fact.value) if must else in_place(fact, answer) for fact in expected]
    details, strangers = invented(answer, source, prompt)
    known = {word.text.lower() for word in syllables(normalise_tone(f"{source} {prompt}"))}
    words = [one.text for one in syllables(normalise_tone(answer)) if one.text.isalpha()]
    strange = tuple(
        word
        for word in words
        if len(word) > 1 and word.lower() not in known and not word.isupper() and not is_syllable(word)
    )
    given = {number for mark in citations(answer) for number in mark.numbers}
    asked_for = {value for name, value in must if name == "cites"} or set(wants.cites)
    right = len(given & asked_for), len(given | asked_for)
    conditions = [holds(answer, name, value) for name, value in must if name not in ("cites", "refuses")]
    follows = all(conditions) if must else obeyed(answer, wants) if asks_something(wants) else None
    return Judged(
        facts=len(expected),
        arrived=sum(arrived),
        lost=tuple(fact.value for fact, there in zip(expected, arrived, strict=True) if not there),
        details=details,
        invented=strangers,
        obeyed=follows,
        format=form(answer, kind, frame or Draft(kind)) if kind else None,
        refused=_REFUSES.search(answer) is not None if wants.exact == NOT_THERE else None,
        cited=right if asked_for else None,
        syllables=len(words),
        strange=strange,
        looped=loops(answer, f"{source}\n{prompt}"),
    )
