"""What bears out each sentence of an answer or a summary: numbers found and put in, signs said in words, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.checks.citations import citations
from service.records import Judged, Passage, Support

LABEL = "máy viết – chưa kiểm chứng"
"""What stands on every sheet that a model wrote."""
AUTOMATIC = "tự động"
LABELS = {Support.UNHELD: "đoạn dẫn không khớp", Support.NONE: "chưa có căn cứ"}
"""What is said of a sentence that nothing bears out."""


@dataclass(frozen=True)
class Traced:
    """An answer as it is shown: with the numbers found for sentences that named none, «… [3]», at ``automatic``."""

    text: str
    support: tuple[Judged, ...]
    automatic: tuple[tuple[int, int], ...]


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[Judged, ...]:
    """The support of each sentence, as the database keeps it."""
    return tuple(Judged(one["start"], one["end"], Support(one["support"]), tuple(one["passages"])) for one in kept)


def traced(answer: str, support: Sequence[Judged]) -> Traced:
    """Put the found numbers behind their sentences, before the full stop; offsets are those of the new text."""
    text, moved, added = answer, list[Judged](), list[tuple[int, int]]()
    for one in support:
        shift = len(text) - len(answer)
        start, end = one.start + shift, one.end + shift
        if one.support is Support.FOUND:
            at = _before_stop(text, replace(one, start=start, end=end))
            mark = f" [{one.passages[0]}]"
            text = text[:at] + mark + text[at:]
            added.append((at + 1, at + len(mark)))
            end += len(mark)
        moved.append(replace(one, start=start, end=end))
    return Traced(text, tuple(moved), tuple(added))


def labelled(shown: Traced) -> str:
    """The text with what the page draws said in words: «[3] (tự động)», «… (chưa có căn cứ).»"""
    labels = [(end, AUTOMATIC) for _start, end in shown.automatic]
    labels += [(_before_stop(shown.text, one), LABELS[one.support]) for one in shown.support if one.support in LABELS]
    text, at = "", 0
    for end, label in sorted(labels):
        text, at = f"{text}{shown.text[at:end]} ({label})", end
    return text + shown.text[at:]


def sources(text: str, passages: Sequence[Passage]) -> list[str]:
    """«[2] Title, heading. Cũng có trong: Title.» for each passage that the text cites."""
    cited = {n for mark in citations(text) for n in mark.numbers}
    return [f"[{one.number}] {where(one)}{_also(one)}" for one in passages if one.number in cited]


def footnotes(passages: Sequence[Passage]) -> dict[int, str]:
    """Each passage by its number: where it stands, its words, and what else says the same."""
    return {one.number: f"{where(one)}: “{one.text}”{_also(one)}" for one in passages}


def where(passage: Passage) -> str:
    """A passage by its document and its place there: «Kế hoạch tiêm phòng, mục II › khoản 1»."""
    return ", ".join(filter(None, (passage.document_title, passage.heading)))


def _also(passage: Passage) -> str:
    return f". Cũng có trong: {passage.also}." if passage.also else ""


def _before_stop(text: str, one: Judged) -> int:
    """Where the words of a sentence end."""
    return one.start + len(text[one.start : one.end].rstrip().rstrip(".;:,!?…"))
