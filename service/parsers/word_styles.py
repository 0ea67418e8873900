"""The effective look of Word text: what styles, numbering, theme and document defaults say together.

The order is that of ECMA-376-1, 17.7.2: document defaults, table style, numbering, paragraph style chain, character
style, the paragraph or run itself; toggles such as bold follow 17.7.3. Lengths stay in Word's units here (twips, half
points), as the strings of the file turned to integers; ``word_measures`` makes millimetres and points of them, and
``word_runs`` the points of type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Properties = Mapping[str, Any]
_TOGGLES = ("b", "i", "caps", "vanish")
_ALIGNS = {"center": "center", "right": "right", "end": "right", "both": "both", "distribute": "both"}
_OFF = frozenset({"0", "false", "off", "none"})
_DEPTH = 32  # styles based on one another; a chain longer than this is a circle
_NOTHING: Properties = {}
_PLAIN_FONT = "Times New Roman"  # what Word takes when the file names no font at all
_PLAIN_SIZE = 20  # half points; the same for the size


def is_on(element: Any) -> bool:
    """True for ``<w:b/>`` and for any value that does not switch it off."""
    return (element.get(f"{W}val") or "1") not in _OFF


def number(value: str | None, default: int = 0) -> int:
    """An integer of the file; ``default`` where it is missing or no number."""
    try:
        return round(float(value)) if value else default
    except (ValueError, OverflowError):
        return default


def run_properties(element: Any, theme: Mapping[str, str]) -> Properties:
    """What one ``w:rPr`` says, and nothing of what it inherits."""
    found: dict[str, Any] = {}
    for child in element if element is not None else ():
        name = _name(child)
        value = child.get(f"{W}val")
        if name in _TOGGLES:
            found[name] = is_on(child)
        elif name == "rFonts":
            for letters in ("ascii", "hAnsi"):
                font = theme.get(child.get(f"{W}{letters}Theme", "")) or child.get(f"{W}{letters}")
                if font:
                    found[letters] = font
        elif name == "sz":
            found["size"] = number(value, _PLAIN_SIZE)
        elif name == "color":
            inked = (child.get(f"{W}themeColor") or "") not in ("", "text1", "dark1", "windowText")
            found["colour"] = "" if (value or "auto") == "auto" and not inked else (value or "").upper()
        elif name == "u":
            found["underline"] = (value or "single") != "none"
        elif name == "rStyle":
            found["style"] = value or ""
    return found


def paragraph_properties(element: Any) -> Properties:
    """What one ``w:pPr`` says, and nothing of what it inherits."""
    found: dict[str, Any] = {}
    for child in element if element is not None else ():
        if read := _READERS.get(_name(child)):
            found.update(read(child))
    return found


def _indents(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, name, sign in (
        ("left", "left", 1), ("left", "start", 1), ("right", "right", 1), ("right", "end", 1),
        ("first", "firstLine", 1), ("first", "hanging", -1),
    ):  # fmt: skip
        if (value := element.get(f"{W}{name}")) is not None:
            found[key] = sign * number(value)
    return found


def _gaps(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in ("before", "after", "line"):
        if (value := element.get(f"{W}{key}")) is not None:
            found[key] = number(value)
    for key in ("beforeAutospacing", "afterAutospacing"):
        if (value := element.get(f"{W}{key}")) is not None:
            found[key] = value not in _OFF
    if "line" in found or element.get(f"{W}lineRule") is not None:
        found["line_rule"] = element.get(f"{W}lineRule", "auto")
    return found


def _borders(element: Any) -> dict[str, Any]:
    drawn = ((_name(side), side.get(f"{W}val", "none")) for side in element)
    return {f"border_{side}": "" if style in ("nil", "none") else style for side, style in drawn}


_READERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "jc": lambda element: {"align": _ALIGNS.get(element.get(f"{W}val", ""), "left")},
    "ind": _indents,
    "spacing": _gaps,
    "contextualSpacing": lambda element: {"contextual": is_on(element)},
    "pageBreakBefore": lambda element: {"break_before": is_on(element)},
    "pBdr": _borders,
    "tabs": lambda element: {"tabs": tuple(tab.get(f"{W}val", "") for tab in element)},
    "framePr": lambda element: {"frame_align": element.get(f"{W}xAlign", "")},
    "numPr": lambda element: {"num": _value(element, "numId"), "level": number(_value(element, "ilvl"))},
    "pStyle": lambda element: {"style": element.get(f"{W}val", "")},
}


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


class Style(NamedTuple):
    """A style with everything it is based on."""

    name: str
    paragraph: Properties
    run: Properties
    borders: bool = False


_NO_STYLE = Style("", _NOTHING, _NOTHING)


class Styles:
    """The styles, theme fonts and lists of one file."""

    def __init__(self, styles: Any, theme: Any, numbering: Any) -> None:
        self._theme = dict(_theme_fonts(theme))
        self._elements: dict[str, Any] = {}
        self._defaults: dict[str, str] = {}
        self.default_run: Properties = _NOTHING
        self.default_paragraph: Properties = _NOTHING
        if styles is not None:
            for style in styles.iterfind(f"{W}style"):
                self._elements.setdefault(style.get(f"{W}styleId", ""), style)
                if style.get(f"{W}default", "0") not in _OFF:
                    self._defaults.setdefault(style.get(f"{W}type", ""), style.get(f"{W}styleId", ""))
            defaults = f"{W}docDefaults/{W}"
            self.default_run = run_properties(styles.find(f"{defaults}rPrDefault/{W}rPr"), self._theme)
            self.default_paragraph = paragraph_properties(styles.find(f"{defaults}pPrDefault/{W}pPr"))
        self.lists = Lists(numbering)
        self._style = lru_cache(maxsize=None)(self._read_style)
        self.look = lru_cache(maxsize=4096)(self._look)

    def direct(self, element: Any) -> Properties:
        """What a ``w:rPr`` of this file says itself."""
        return run_properties(element, self._theme)

    def style(self, kind: str, style_id: str) -> Style:
        """The style, or the default one of its kind (paragraph, character, table) where the id is unknown."""
        known = style_id if style_id in self._elements else self._defaults.get(kind, "")
        return self._style(known) if known else _NO_STYLE

    def paragraph(self, direct: Properties, table_style: str, in_table: bool) -> Properties:
        """The effective properties of a paragraph from its own ones."""
        style = self.style("paragraph", direct.get("style", ""))
        table = self.style("table", table_style).paragraph if in_table else _NOTHING
        merged = {**style.paragraph, **direct}
        level = self.lists.properties(merged.get("num", ""), merged.get("level", 0))
        listed = (level, style.paragraph) if "num" in style.paragraph else (style.paragraph, level)
        return {**self.default_paragraph, **table, **listed[0], **listed[1], **direct}

    def _look(
        self, paragraph_style: str, table_style: str, in_table: bool, direct: tuple[tuple[str, Any], ...]
    ) -> Properties:
        """The effective properties of a run from its own ones."""
        own = dict(direct)
        layers = (
            self.style("table", table_style).run if in_table else _NOTHING,
            self.style("paragraph", paragraph_style).run,
            self.style("character", own["style"]).run if own.get("style") else _NOTHING,
        )
        look: dict[str, Any] = {"ascii": _PLAIN_FONT, "hAnsi": _PLAIN_FONT, "size": _PLAIN_SIZE, "colour": ""}
        for layer in (self.default_run, *layers, own):
            look.update(layer)
        for toggle in _TOGGLES:
            default = self.default_run.get(toggle, False)
            look[toggle] = own.get(toggle, default or sum(layer.get(toggle, False) for layer in layers) % 2 == 1)
        return look

    def _read_style(self, style_id: str) -> Style:
        chain: list[Any] = []
        element = self._elements.get(style_id)
        while element is not None and element not in chain and len(chain) < _DEPTH:
            chain.append(element)
            element = self._elements.get(_value(element, "basedOn"))
        paragraph: dict[str, Any] = {}
        run: dict[str, Any] = {}
        borders = False
        for element in reversed(chain):
            paragraph.update(paragraph_properties(element.find(f"{W}pPr")))
            run.update(run_properties(element.find(f"{W}rPr"), self._theme))
            sides = element.find(f"{W}tblPr/{W}tblBorders")
            borders = borders if sides is None else has_lines(sides)
        return Style(_value(chain[0], "name") if chain else "", paragraph, run, borders)


def has_lines(borders: Any) -> bool:
    """True when a table's or a cell's borders draw anything."""
    return any(side.get(f"{W}val", "none") not in ("nil", "none") for side in borders)


def _theme_fonts(theme: Any) -> Iterator[tuple[str, str]]:
    for which in ("minor", "major") if theme is not None else ():
        latin = theme.find(f".//{A}{which}Font/{A}latin")
        if latin is not None:
            yield f"{which}Ascii", latin.get("typeface", "")
            yield f"{which}HAnsi", latin.get("typeface", "")


class Lists:
    """Automatic numbers and dashes; ``label`` counts on, so paragraphs have to be asked for in reading order."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._of_list: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
            levels = {number(level.get(f"{W}ilvl")): level for level in abstract.iterfind(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for instance in numbering.iterfind(f"{W}num") if numbering is not None else ():
            name = instance.get(f"{W}numId", "")
            self._of_list[name] = _value(instance, "abstractNumId")
            self._starts[name] = {
                number(override.get(f"{W}ilvl")): number(_value(override, "startOverride"), 1)
                for override in instance.iterfind(f"{W}lvlOverride")
                if override.find(f"{W}startOverride") is not None
            }

    def properties(self, name: str, level: int) -> Properties:
        """Indents of a list level."""
        element = self._levels.get(self._of_list.get(name, ""), {}).get(level)
        return paragraph_properties(element.find(f"{W}pPr")) if element is not None else _NOTHING

    def label(self, name: str, level: int) -> str:
        """What Word prints before the next paragraph of this list; empty for none."""
        levels = self._levels.get(self._of_list.get(name, ""), {})
        element = levels.get(level)
        if element is None:
            return ""
        fresh = name not in self._counts and bool(self._starts.get(name))
        counts = self._counts.setdefault(name if self._starts.get(name) else f"abstract {self._of_list[name]}", {})
        if fresh:
            self._counts[name] = counts
            counts.update({at: start - 1 for at, start in self._starts[name].items()})
        first = number(_value(element, "start"), 1)
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        text = _value(element, "lvlText")
        if _value(element, "numFmt") == "bullet":
            return "•" if text and ("\ue000" <= text[0] <= "\uf8ff" or text[0] in "o§Ø·") else text
        for at in range(level + 1):
            form = _value(levels[at], "numFmt") if at in levels else "decimal"
            start = number(_value(levels[at], "start"), 1) if at in levels else 1
            text = text.replace(f"%{at + 1}", _counted(counts.get(at, start), form))
        return text


def _counted(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        numeral = _roman(count)
        return numeral if form == "upperRoman" else numeral.lower()
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    return f"{count:02}" if form == "decimalZero" else "" if form == "none" else str(count)


def _roman(count: int) -> str:
    numeral = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while count >= value and len(numeral) < 40:
            numeral += sign
            count -= value
    return numeral
