"""Clean invented documents as plain text, one per kind; the file's name is the kind's id."""

from __future__ import annotations

from pathlib import Path

SAMPLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.txt"))}
