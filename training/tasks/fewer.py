"""The same task with a fact fewer: what nobody tells is in no answer.

Tasks composed by hand are few and soon known by heart, and then a model writes what the answer used to say instead of what
the notes say now. So a line of the answer goes, and with it the words that it came from: only where these bear nothing
else, and where nothing of the line is left in what was told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from training.notes import bare
from training.tasks.sample import Sample
from training.words import Chance

LEFT = 2
"""Lines of an answer's list that stay at least."""
OWN, BEHIND = 0.6, 0.2
"""A piece of the notes goes when so much of what the answer takes from it stands in the one line; and of that line's own
words so few may be said elsewhere."""
MOST_TOLD = 0.5
"""The share of all that was told which may go with one line."""
ENOUGH = 3
"""Words of its own that a line without number and name needs, to be known by them."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_PIECE = re.compile(r"(\n|;\s+|(?<=[.!?])\s+|,\s+)")
_ITEM = re.compile(r"(?:- |(?P<number>\d{1,2})\. |\| )")
_ROW_NUMBER = re.compile(r"\| (\d{1,2}) \|")
_RULE = re.compile(r"\|[\s:|-]+\Z")
_SUM = re.compile(r"\b(tổng|cộng|còn lại|chênh|cả thảy|tất cả)\b")
_COUNTED = re.compile(
    r"\b(\d+|mot|hai|ba|bon|nam|sau|bay|tam) (dong|muc|y|gach|diem|dieu|cau|hang|viec|nhiem vu|phan|buoc|nguoi|don vi|noi dung)\b"
)
_COMMON = frozenset(
    "va cua cho cac nhung la co den tu tai o voi de thi duoc bi nay do khi theo ve trong ngoai tren duoi mot nguoi ngay thang "
    "nam gio phut so khong thuc hien noi dung thoi gian".split()
)


@dataclass(frozen=True)
class _Words:
    """The words of a text, small and without marks; ``hard`` are its numbers and what is written with a capital."""

    all: frozenset[str]
    hard: frozenset[str]


def _words(text: str) -> _Words:
    """Of a text; its first word has a capital only because it is the first."""
    found, hard = set(), set()
    for n, token in enumerate(_TOKEN.finditer(text)):
        word = bare(token[0]).lower().lstrip("0") or "0"
        if word in _COMMON:
            continue
        found.add(word)
        if token[0].isdigit() or (token[0][0].isupper() and n):
            hard.add(word)
    return _Words(frozenset(found), frozenset(hard))


def _body(line: str) -> str:
    """A line without its mark or number."""
    return line[found.end() :] if (found := _ITEM.match(line)) else line


def _items(lines: Sequence[str]) -> list[int]:
    """Which lines are items of a list or rows of a table, those that open a list of their own left out."""
    head = {n for n, line in enumerate(lines) if _RULE.fullmatch(line)} | {
        n - 1 for n, line in enumerate(lines) if _RULE.fullmatch(line)
    }
    return [n for n, line in enumerate(lines) if n not in head and _ITEM.match(line) and not line.endswith(":")]


def _renumbered(lines: Sequence[str]) -> Iterator[str]:
    """The lines counted anew where they were counted: items «1. », rows «| 1 | »."""
    item = row = 0
    for line in lines:
        if (found := _ITEM.match(line)) and found["number"]:
            item = item + 1 if int(found["number"]) > 1 else 1
            yield f"{item}. {line[found.end() :]}"
        elif found := _ROW_NUMBER.match(line):
            row += 1
            yield f"| {row} |{line[found.end() :]}"
        else:
            yield line


def _without(text: str, own: _Words, answered: frozenset[str]) -> str:
    """The text without the pieces from which the one line comes."""
    pieces = _PIECE.split(text)
    kept = []
    for piece, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        taken = _words(piece).all & answered
        if not taken & own.all or len(taken & own.all) < OWN * len(taken):
            kept.append((piece, end))
        elif kept and end.strip() == "" and "\n" in end and "\n" not in kept[-1][1]:
            kept[-1] = (kept[-1][0], end)
    return "".join(piece + end for piece, end in kept)


def _fewer(sample: Sample, at: int) -> Sample | None:
    """The sample without this line of its answer; None where the line does not come out clean."""
    lines = sample.answer.split("\n")
    rest = [_body(line) for n, line in enumerate(lines) if n != at]
    gone = _words(_body(lines[at]))
    each = [_words(text) for text in rest]
    others = _Words(frozenset().union(*(one.all for one in each)), frozenset().union(*(one.hard for one in each)))
    own = _Words(gone.all - others.all, gone.hard - others.all)
    if not own.hard and len(own.all) < ENOUGH:
        return None
    texts = sample.passages or (sample.prompt,)
    changed = tuple(_without(text, own, gone.all | others.all) for text in texts)
    prompt, passages = (sample.prompt, changed) if sample.passages else (changed[0], ())
    told, left = _words("\n".join((sample.prompt, *texts))), _words("\n".join((prompt, *changed)))
    lost = told.all - left.all
    clean = (
        not own.hard & left.all
        and own.all & lost
        and len(own.all & left.all) <= BEHIND * len(own.all & told.all)
        and not others.hard & lost
        and len(lost) <= MOST_TOLD * len(told.all)
        and all(text.strip() for text in changed)
    )
    if not clean:
        return None
    end = "./." if lines[at].endswith("./.") and at == len(lines) - 1 else ""
    kept = [line for n, line in enumerate(lines) if n != at]
    if end:
        kept[-1] = kept[-1].rstrip(".;,") + end
    return replace(sample, prompt=prompt, passages=passages, answer="\n".join(_renumbered(kept)))


def fewer(chance: Chance, sample: Sample) -> Sample:
    """The sample without a line or two of its answer and what they came from; unchanged where its lines are counted, add
    up, or bear on one another."""
    for _ in range(chance.number(1, 2)):
        if _COUNTED.search(bare(sample.prompt).lower()) or _SUM.search(sample.answer.lower()):
            return sample
        lines = sample.answer.split("\n")
        items = _items(lines)
        if len(items) <= LEFT:
            return sample
        chance.random.shuffle(items)
        sample = next((one for at in items if (one := _fewer(sample, at))), sample)
    return sample
