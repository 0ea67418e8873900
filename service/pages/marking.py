"""Text that a model or a person wrote → safe markup with its findings and citations marked.

Everything is escaped; the only tags that leave are the ones written here. Offsets are code points of the raw text, so
marks are placed before anything is dropped. Four layers lie over a line, innermost first: citations ``[2]``, those the
machine found by itself (``auto``), details to verify (``unverified``), other remarks (``remark``). A layer grows over
what it cuts in a layer inside, so that tags always nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from service.checks.citations import Citation as Cited, citations as cited_marks, cited_sentence

_ITEM = re.compile(r"[ \t]*[-–•*+][ \t]+")
_RULE_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*")
_CELL = re.compile(r"[^|]+")
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "reference"])
)
SPOT_KINDS = ("error", "look", "note")
"""What a spot of a checked document may be, the worst first; each is a class of app.css."""

LONGEST_SAID = 400
"""Characters of a sentence that a citation carries along."""

LONG_SPOT = 80
"""Characters of a paragraph from which on a remark about all of it is no longer drawn under every word."""

_ADDED, _REMOVED = Markup('<ins class="added">{}</ins>'), Markup('<del class="removed">{}</del>')
_SPOT = Markup('<span class="spot {}">{}{}</span>')
_SPOT_LINK = Markup('<a class="{}" href="#gop-y-{}" aria-label="{}">{}</a>')
_HEAD, _DATA = Markup('<th scope="col">{}</th>'), Markup("<td>{}</td>")


@dataclass(frozen=True)
class Mark:
    """A stretch to be marked; ``key`` joins it to its finding, ``note`` is what a screen reader is told."""

    start: int
    end: int
    kind: str
    key: str
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """Where the number of a passage leads to; blocks ``first`` to ``last`` of the document."""

    href: str
    label: str
    document_id: int = 0
    first: int = 0
    last: int = 0


@dataclass
class _Region:
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    numbers: tuple[int, ...] = ()


Layer = Sequence[_Region]


def mark(text: str, marks: Iterable[Mark] = (), citations: Mapping[int, Citation] | None = None) -> Markup:
    """Set ``text`` as paragraphs, lists («- ») and tables («| a | b |») with its marks and citations.

    A ``[n]`` without an entry in ``citations`` stays plain text. Markdown other than lists and tables stays as it
    was written: the learner should see it.
    """
    citations = citations or {}
    layers = _layers(text, tuple(marks), citations)

    def inline(start: int, end: int) -> Markup:
        return _inline(text, start, end, layers, citations)

    lines = [found.span() for found in re.finditer(r"[^\n]+", text)]
    lines = [(start, end) for start, end in lines if text[start:end].strip()]
    parts: list[Markup] = []
    at = 0
    while at < len(lines):
        size = _table_size(text, lines[at:])
        if size:
            parts.append(_table(text, lines[at : at + size], inline))
            at += size
        elif _ITEM.match(text, *lines[at]):
            items = []
            while at < len(lines) and (bullet := _ITEM.match(text, *lines[at])):
                items.append(Markup("<li>{}</li>").format(inline(bullet.end(), lines[at][1])))
                at += 1
            parts.append(Markup("<ul>{}</ul>").format(Markup("").join(items)))
        else:
            parts.append(Markup("<p>{}</p>").format(inline(*lines[at])))
            at += 1
    return Markup("\n").join(parts)


def mark_line(text: str, marks: Iterable[Mark] = (), citations: Mapping[int, Citation] | None = None) -> Markup:
    """The same for one line of running text, without a paragraph around it."""
    citations = citations or {}
    return _inline(text, 0, len(text), _layers(text, tuple(marks), citations), citations)


def prose(text: str) -> Markup:
    """What a trainer wrote in Markdown: paragraphs, lists, tables, emphasis. HTML in it is shown, not obeyed."""
    return Markup(_MARKDOWN.render(text))  # noqa: S704  # the renderer escapes; links and pictures are switched off


def mark_parts(text: str, parts: Iterable[tuple[int, int, int]]) -> Markup:
    """The prompt with the parts found in it, as (start, end, number of the part); line breaks stay line breaks.

    Where two parts lie over each other the one that begins first keeps the ground.
    """
    pieces: list[Markup] = []
    at = 0
    for start, end, number in sorted(parts):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        pieces.append(escape(text[at:start]))
        pieces.append(Markup('<span class="part" data-part="{}">{}</span>').format(number, text[start:end]))
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def mark_diff(runs: Iterable[tuple[str, str]]) -> Markup:
    """Runs of a difference, (op, text) with op "=", "+" or "-", as paragraphs with what was added and removed."""
    paragraphs: list[list[Markup]] = [[]]
    before_op = "="
    for op, text in runs:
        if before_op == "-" and op == "+" and paragraphs[-1] and not paragraphs[-1][-1].endswith((" ", "\n")):
            paragraphs[-1].append(Markup(" "))  # what went and what came must not read as one word
        before_op = op
        for n, line in enumerate(text.split("\n")):
            if n:
                paragraphs.append([])
            if not line:
                continue
            if op == "=" or not line.strip():
                paragraphs[-1].append(escape(line))
                continue
            # The space between two words is not part of what changed: it would be drawn as a coloured gap.
            before, word, after = line[: len(line) - len(line.lstrip())], line.strip(), line[len(line.rstrip()) :]
            paragraphs[-1] += [escape(before), (_ADDED if op == "+" else _REMOVED).format(word), escape(after)]
    whole = (Markup("").join(pieces) for pieces in paragraphs)
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in whole if line.strip())


def mark_options(words: Iterable[tuple[str, int, int]]) -> Markup:
    """The words of a line as the options of a list box, each with where it begins and ends in its text."""
    option = Markup(
        '<span role="option" class="word" id="chu-{1}" data-start="{1}" data-end="{2}"'
        ' aria-selected="false">{0}</span> '
    )
    return Markup("").join(option.format(*word) for word in words)


def mark_spots(text: str, spots: Iterable[tuple[int, int, int, str]]) -> Markup:
    """A paragraph of a checked document with the spots (start, end, number, kind) its findings speak of.

    Each number is a link to its finding. Spots that overlap become one, in the kind of the worst. What speaks of a long
    paragraph as a whole is only numbered at its end, so that the spots inside stay seen. Line breaks become ``<br>``.
    """
    merged: list[tuple[int, int, list[tuple[int, str]]]] = []
    whole: list[tuple[int, str]] = []
    for start, end, number, kind in sorted(spots):
        start, end = max(0, start), min(end, len(text))
        if end - start == len(text) > LONG_SPOT:
            whole.append((number, kind))
        elif merged and start < merged[-1][1]:
            first, last, numbers = merged.pop()
            merged.append((first, max(last, end), [*numbers, (number, kind)]))
        elif start < end:
            merged.append((start, end, [(number, kind)]))
    pieces: list[Markup] = []
    at = 0
    for start, end, numbers in merged:
        worst = min((kind for _number, kind in numbers), key=SPOT_KINDS.index)
        pieces += [_broken(text[at:start]), _SPOT.format(worst, _broken(text[start:end]), _links(numbers))]
        at = end
    pieces.append(_broken(text[at:]))
    return Markup("").join([*pieces, _SPOT.format("whole", "", _links(whole))] if whole else pieces)


def _links(numbers: Iterable[tuple[int, str]]) -> Markup:
    links = (_SPOT_LINK.format(kind, number, _("Góp ý %(n)s", n=number), number) for number, kind in sorted(numbers))
    return Markup("").join(links)


def _broken(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _layers(text: str, marks: tuple[Mark, ...], citations: Mapping[int, Citation]) -> list[Layer]:
    cited = [
        _Region(found.start, found.end, numbers=found.numbers)
        for found in cited_marks(text)
        if all(number in citations for number in found.numbers)
    ]
    layers: list[Layer] = [cited]
    for kind in ("auto", "unverified", "remark"):
        regions = [
            _Region(max(0, one.start), min(one.end, len(text)), (one,))
            for one in marks
            if one.kind == kind and one.start < one.end and one.start < len(text)
        ]
        layers.append(_grown(regions, layers))
    return layers


def _grown(regions: list[_Region], inside: Sequence[Layer]) -> Layer:
    """Merge regions that overlap, and grow them over every inner region they cut, until nothing is cut."""
    while True:
        merged: list[_Region] = []
        for region in sorted(regions, key=lambda region: (region.start, region.end)):
            if merged and region.start < merged[-1].end:
                merged[-1].end = max(merged[-1].end, region.end)
                merged[-1].marks += region.marks
            else:
                merged.append(_Region(region.start, region.end, region.marks))
        cut = False
        for region in merged:
            for inner in (inner for layer in inside for inner in layer):
                overlaps = inner.start < region.end and region.start < inner.end
                if overlaps and (inner.start < region.start or inner.end > region.end):
                    region.start, region.end = min(region.start, inner.start), max(region.end, inner.end)
                    cut = True
        if not cut:
            return merged
        regions = merged


def _inline(text: str, start: int, end: int, layers: Sequence[Layer], citations: Mapping[int, Citation]) -> Markup:
    """The text between two offsets under the given layers, the last of which is the outermost."""
    if not layers:
        return escape(text[start:end])
    pieces: list[Markup] = []
    at = start
    for region in layers[-1]:
        left, right = max(region.start, start), min(region.end, end)
        if left >= right:
            continue
        pieces.append(_inline(text, at, left, layers[:-1], citations))
        if region.numbers:
            says = _said(text, region)
            pieces += [_cite(number, citations[number], says) for number in region.numbers]
        else:
            pieces.append(_marked(region.marks, _inline(text, left, right, layers[:-1], citations)))
        at = right
    pieces.append(_inline(text, at, end, layers[:-1], citations))
    return Markup("").join(pieces)


def _marked(marks: tuple[Mark, ...], content: Markup) -> Markup:
    keys = " ".join(dict.fromkeys(one.key for one in marks))
    note = " ".join(dict.fromkeys(one.note for one in marks if one.note))
    title = Markup(' title="{}"').format(note) if note else ""
    return Markup('<span class="{}" data-marks="{}"{}>{}</span>').format(marks[0].kind, keys, title, content)


def _cite(number: int, citation: Citation, says: str) -> Markup:
    """``says`` is the sentence that the number bears out: a table opens at the cells that hold its words, a text of
    several documents at the one that does."""
    return Markup(
        '<a class="cite" href="{}" data-document="{}" data-first="{}" data-last="{}" data-says="{}"'
        ' aria-label="{}">{}</a>'
    ).format(
        citation.href,
        citation.document_id,
        citation.first,
        citation.last,
        says,
        citation.label,
        number,
    )


def _said(text: str, region: _Region) -> str:
    start, end = cited_sentence(Cited(region.numbers, region.start, region.end), text)
    return " ".join(text[start:end].split())[:LONGEST_SAID]


def _table_size(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """How many of the lines form a Markdown table: a head, a line of dashes, and rows; 0 when they form none."""
    if len(lines) < 2 or not _is_rule(text, *lines[1]) or len(_cells(text, *lines[0])) != len(_cells(text, *lines[1])):
        return 0
    size = 2
    while size < len(lines) and "|" in text[slice(*lines[size])]:
        size += 1
    return size


def _is_rule(text: str, start: int, end: int) -> bool:
    cells = _cells(text, start, end)
    return "|" in text[start:end] and bool(cells) and all(_RULE_CELL.fullmatch(text, *cell) for cell in cells)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = [cell.span() for cell in _CELL.finditer(text, start, end)]
    if found and not text[slice(*found[0])].strip() and found[0][0] == start:
        found = found[1:]  # what stands before the first bar
    if found and not text[slice(*found[-1])].strip() and found[-1][1] == end:
        found = found[:-1]
    return found


def _table(text: str, lines: Sequence[tuple[int, int]], inline: Callable[[int, int], Markup]) -> Markup:
    def row(cell: Markup, line: tuple[int, int]) -> Markup:
        cells = (cell.format(inline(*_trimmed(text, *place))) for place in _cells(text, *line))
        return Markup("<tr>{}</tr>").format(Markup("").join(cells))

    head, body = lines[0], lines[2:]
    return Markup(
        '<div class="table-scroll" tabindex="0"><table class="table"><thead>{}</thead><tbody>{}</tbody></table></div>'
    ).format(row(_HEAD, head), Markup("").join(row(_DATA, line) for line in body))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
