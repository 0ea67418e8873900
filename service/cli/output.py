"""Results on the terminal: as JSON, or in lines; what is said on the way goes beside them, to stderr."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

MARKS = {"essential": "!", "error": "!", "actionable": "→", "warning": "→", "celebratory": "✓"}
"""How a finding weighs, by its level or by the severity of its rule; "i" for all else (``mark``)."""


def echo_json(found: object) -> None:
    """Print what --json asks for."""
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def aside(line: str) -> None:
    """Say how it goes, where it does not mix with the result."""
    click.echo(line, err=True)


def mark(weight: str) -> str:
    """The sign before a finding of this level or severity."""
    return MARKS.get(weight, "i")


def place(source: Mapping[str, Any]) -> str:
    """A passage in a list of sources: «[2] Kế hoạch tiêm phòng, mục II»."""
    return f"[{source['number']}] {', '.join(filter(None, (source['document_title'], source['heading'])))}"
