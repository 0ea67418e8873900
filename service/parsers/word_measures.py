"""From Word's units to ours: twips become millimetres, points and multiples of a single line."""

from __future__ import annotations

from typing import Any

from service.parsers.word_styles import Properties

_MM_PER_TWIP = 25.4 / 1440
_SINGLE = 240  # twips: a single line
_AUTO_GAP = 280  # twips: what Word makes of before/afterAutospacing


def millimetres(twips: int) -> float:
    """A length in mm, to a hundredth."""
    return round(twips * _MM_PER_TWIP, 2)


def line_fields(shape: Properties) -> dict[str, Any]:
    """The fields of a ``Line`` that follow from the effective properties of a paragraph."""
    rule = shape.get("line_rule", "auto")
    height = shape.get("line", _SINGLE)
    before = _AUTO_GAP if shape.get("beforeAutospacing") else shape.get("before", 0)
    after = _AUTO_GAP if shape.get("afterAutospacing") else shape.get("after", 0)
    return {
        "align": shape.get("align", "left"),
        "left": millimetres(shape.get("left", 0)),
        "right": millimetres(shape.get("right", 0)),
        "first": millimetres(shape.get("first", 0)),
        "before": 0.0 if shape.get("contextual") else before / 20,
        "after": 0.0 if shape.get("contextual") else after / 20,
        "line": height / (_SINGLE if rule == "auto" else 20),
        "line_rule": rule,
        "above": shape.get("border_top", ""),
        "below": shape.get("border_bottom", ""),
        "break_before": shape.get("break_before", False),
    }
