"""A layout across the pipe: from the process that reads a file to the one that asked, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from service.records import Layout, Line, PageNumber, Place, RunLook, Section


def pack(layout: Layout) -> dict[str, Any]:
    """The layout as plain lists and values, for JSON."""
    return asdict(layout)


def unpack(packed: dict[str, Any]) -> Layout:
    """What :func:`pack` packed."""
    lines = tuple(
        Line(
            **{
                **line,
                "runs": tuple(RunLook(**{**run, "fonts": tuple(run["fonts"])}) for run in line["runs"]),
                "place": Place(**line["place"]) if line["place"] else None,
            }
        )
        for line in packed["lines"]
    )
    sections = tuple(
        Section(**{**section, "numbers": tuple(PageNumber(**found) for found in section["numbers"])})
        for section in packed["sections"]
    )
    return Layout(packed["text"], sections, lines, packed["pages"], packed["pictures"])
