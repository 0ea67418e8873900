"""How a document is set on paper: pages, lines and their type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunLook:
    """How a stretch of a laid-out document is set; offsets into ``Layout.text``, ``size`` in points.

    Styles, defaults and theme fonts are already resolved. ``fonts`` holds the fonts of plain and of marked letters,
    once when they are the same; ``colour`` is six hexadecimal digits, empty for Word's automatic black.
    """

    start: int
    end: int
    fonts: tuple[str, ...]
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Place:
    """The cell of a table: numbers from 1; ``frame`` when the table only sets text side by side, without lines."""

    table: int
    row: int
    column: int
    columns: int
    frame: bool = True


@dataclass(frozen=True)
class Line:
    """One paragraph of a laid-out document, an empty one too. Indents in mm, gaps in points.

    ``anchor`` ("p12") counts the paragraphs of the file and stays the same for the same bytes. ``line`` is a multiple
    of a single line, or points when ``line_rule`` is "exact" or "atLeast". ``label`` is the number or dash that Word
    itself puts before the text; it opens the stretch ``start``–``end``. ``above`` and ``below`` name the drawn line
    over and under the paragraph ("single", "dashed" …).
    """

    anchor: str
    start: int
    end: int
    runs: tuple[RunLook, ...] = ()
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    label: str = ""
    style: str = ""
    section: int = 0
    place: Place | None = None
    boxed: bool = False
    above: str = ""
    below: str = ""
    decomposed: bool = False
    break_before: bool = False


@dataclass(frozen=True)
class PageNumber:
    """A page number field: ``where`` is header or footer, ``pages`` is default, first or even."""

    where: str
    pages: str
    align: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Section:
    """A section of a laid-out document; lengths in mm, ``left`` without the ``gutter``."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float = 0.0
    landscape: bool = False
    different_first: bool = False
    numbers: tuple[PageNumber, ...] = ()
    number_format: str = "decimal"
    number_start: int | None = None
    has_table: bool = False


@dataclass(frozen=True)
class Layout:
    """A Word document as it is set: its text (NFC), its sections and its paragraphs in reading order.

    ``pages`` is what the program that saved the file counted, None when it said nothing; ``pictures`` counts images.
    """

    text: str
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    pages: int | None = None
    pictures: int = 0

    def text_of(self, line: Line) -> str:
        """The text of a paragraph, its automatic number included."""
        return self.text[line.start : line.end]
