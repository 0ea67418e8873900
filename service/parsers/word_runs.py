"""The printed text of a Word paragraph, stretch by stretch, and how each is set.

Only ``w:t`` is text; deleted (tracked) and hidden text is not there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from service.parsers.word_drawings import MC
from service.parsers.word_styles import Properties, Styles, W
from service.records import RunLook
from service.text import nfc

_RUN, _RPR, _T = (f"{W}{name}" for name in ("r", "rPr", "t"))
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "txbxContent")}
    | {f"{MC}Fallback"}
)
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PLAIN_LETTER = re.compile(r"[A-Za-z]")
_MARKED_LETTER = re.compile(r"[^\W\d_A-Za-z]")


class Piece(NamedTuple):
    """A stretch of a paragraph's text and the ``w:t`` it comes from, None for a tab or a line break."""

    text: str
    node: Any
    run: Any


def read_pieces(
    paragraph: Any, styles: Styles, style: str, table_style: str, in_table: bool
) -> tuple[list[Piece], list[Properties], bool]:
    """The visible stretches of a paragraph with their looks, and whether the file had letters in several pieces."""
    pieces: list[Piece] = []
    looks: list[Properties] = []
    decomposed = False
    for run, node, raw in _stretches(paragraph):
        own = first_child(run, _RPR)
        direct = () if own is None else tuple(styles.direct(own).items())
        look = styles.look(style, table_style, in_table, direct)
        if look.get("vanish"):
            continue
        text = nfc(raw)
        decomposed = decomposed or text != raw
        if pieces and text and unicodedata.combining(text[0]):  # a mark torn from its letter by a run's end
            decomposed = True
        text = text.upper() if look.get("caps") and len(text.upper()) == len(text) else text
        pieces.append(Piece(text, node, run))
        looks.append(look)
    return pieces, looks, decomposed


def plain_text(paragraph: Any) -> str:
    """What a paragraph says, whatever its look: hidden text too."""
    return nfc("".join(text for _, _, text in _stretches(paragraph))).strip()


def add_run(runs: list[RunLook], run: RunLook) -> None:
    """Append a run, or lengthen the last one that looks the same: Word tears runs apart without a reason."""
    if runs and runs[-1].end == run.start and _look(runs[-1]) == _look(run):
        runs[-1] = replace(runs[-1], end=run.end)
    else:
        runs.append(run)


def run_look(start: int, text: str, look: Properties) -> RunLook:
    """How a stretch of text that begins at ``start`` is set; half points become points."""
    fonts: tuple[str, ...] = (look["ascii"],)
    if look["ascii"] != look["hAnsi"]:
        marked = _MARKED_LETTER.search(text)
        plain = not marked or _PLAIN_LETTER.search(text)
        fonts = (look["ascii"],) * bool(plain) + (look["hAnsi"],) * bool(marked)
    return RunLook(
        start,
        start + len(text),
        fonts,
        look["size"] / 2,
        look["b"],
        look["i"],
        look.get("underline", False),
        look["colour"],
    )


def first_child(element: Any, tag: str) -> Any:
    """The child of this name, which by the schema comes first; None when there is none."""
    for child in element:
        return child if child.tag == tag else element.find(tag)
    return None


def _look(run: RunLook) -> tuple[Any, ...]:
    return run.size, run.bold, run.italic, run.underline, run.colour, run.fonts


def _stretches(element: Any) -> Iterator[tuple[Any, Any, str]]:
    """(run, ``w:t`` or None, text) for everything of a paragraph that is printed on its own line."""
    for child in element:
        tag = child.tag
        if tag == _RUN:
            for part in child:
                tag = part.tag
                if tag == _T:
                    yield child, part, part.text or ""
                elif tag in _MARKS and part.get(f"{W}type") not in ("page", "column"):
                    yield child, None, _MARKS[tag]
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _stretches(child)
